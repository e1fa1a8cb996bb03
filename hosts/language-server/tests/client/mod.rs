//! An editor, as far as a test needs one: it opens texts, asks, and keeps what it is sent.

use jalon_language_server::{Ending, serve};
use lsp_server::{Connection, Message, Notification, Request, RequestId, Response};
use serde_json::{Value, json};
use std::thread::JoinHandle;
use std::time::Duration;

/// How long an answer may take before a test fails; proofs of these small files take far less.
const PATIENCE: Duration = Duration::from_secs(120);

/// A client on a connection in memory.
pub struct Client {
    connection: Connection,
    server: Option<JoinHandle<Ending>>,
    asked: i32,
    /// Messages that were not waited for when they came.
    kept: Vec<Message>,
}

impl Client {
    /// A client that has said `initialize` with these capabilities, and what the server has said.
    pub fn begin(capabilities: Value) -> (Client, Value) {
        Client::initialized(json!({ "capabilities": capabilities }))
    }

    /// A client that has said `initialize`, and what the server has said.
    pub fn initialized(params: Value) -> (Client, Value) {
        let (connection, other) = Connection::memory();
        let server = std::thread::spawn(move || serve(&other));
        let mut client = Client { connection, server: Some(server), asked: 0, kept: Vec::new() };
        let said = client.ask("initialize", params).unwrap();
        client.tell("initialized", json!({}));
        (client, said)
    }

    /// A client that can do nothing special.
    pub fn plain() -> Client {
        Client::begin(json!({})).0
    }

    pub fn send(&self, message: Message) {
        self.connection.sender.send(message).unwrap();
    }

    pub fn tell(&self, method: &str, params: Value) {
        self.send(Message::Notification(Notification { method: method.to_owned(), params }));
    }

    /// Asks, and waits for the result, or the message of the error.
    pub fn ask(&mut self, method: &str, params: Value) -> Result<Value, String> {
        self.asked += 1;
        let id: RequestId = self.asked.into();
        let method = method.to_owned();
        self.send(Message::Request(Request { id: id.clone(), method, params }));
        let answer = self.wait(|message| match message {
            Message::Response(response) => response.id == id,
            Message::Request(_) | Message::Notification(_) => false,
        });
        let Message::Response(Response { response_result, .. }) = answer else { panic!() };
        response_result.map_err(|error| error.message)
    }

    /// The next message of a kind; others are kept.
    pub fn wait(&mut self, mut is: impl FnMut(&Message) -> bool) -> Message {
        if let Some(at) = self.kept.iter().position(&mut is) {
            return self.kept.remove(at);
        }
        loop {
            let message = self.connection.receiver.recv_timeout(PATIENCE).expect("an answer");
            if is(&message) {
                return message;
            }
            self.kept.push(message);
        }
    }

    /// The next notification of a method.
    pub fn told(&mut self, method: &str) -> Value {
        let message = self.wait(|message| match message {
            Message::Notification(notification) => notification.method == method,
            Message::Request(_) | Message::Response(_) => false,
        });
        let Message::Notification(notification) = message else { panic!() };
        notification.params
    }

    pub fn open(&self, uri: &str, text: &str) {
        let document = json!({ "uri": uri, "languageId": "jalon", "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
    }

    pub fn change(&self, uri: &str, version: i32, text: &str) {
        let document = json!({ "uri": uri, "version": version });
        let changes = json!([{ "text": text }]);
        let params = json!({ "textDocument": document, "contentChanges": changes });
        self.tell("textDocument/didChange", params);
    }

    /// The diagnostics that are published next.
    pub fn findings(&mut self) -> Vec<Value> {
        let params = self.told("textDocument/publishDiagnostics");
        params["diagnostics"].as_array().unwrap().clone()
    }

    /// Opens a text, and what the checker finds in it.
    pub fn check(&mut self, uri: &str, text: &str) -> Vec<Value> {
        self.open(uri, text);
        self.findings()
    }

    /// Says good-bye; whether the server ended in order.
    pub fn end(mut self) -> bool {
        self.ask("shutdown", Value::Null).unwrap();
        self.tell("exit", Value::Null);
        self.server.take().unwrap().join().unwrap() == Ending::InOrder
    }
}

/// The stable codes of diagnostics.
pub fn codes(findings: &[Value]) -> Vec<&str> {
    findings.iter().map(|finding| finding["data"]["code"].as_str().unwrap()).collect()
}

/// The text with an edit of the protocol made, in UTF-16.
pub fn edited(text: &str, edits: &Value) -> String {
    let lines = jalon_language_server::Lines::new(text, jalon_language_server::Encoding::Utf16);
    let mut edits: Vec<(usize, usize, String)> = edits
        .as_array()
        .unwrap()
        .iter()
        .map(|edit| {
            let at = |end: &str| {
                let position = serde_json::from_value(edit["range"][end].clone()).unwrap();
                lines.offset(text, position)
            };
            (at("start"), at("end"), edit["newText"].as_str().unwrap().to_owned())
        })
        .collect();
    edits.sort();
    let mut text = text.to_owned();
    for (start, end, new) in edits.iter().rev() {
        text.replace_range(start..end, new);
    }
    text
}
