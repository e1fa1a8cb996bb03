//! The program that editors start, over its standard input and output.

use lsp_server::{Message, Notification, Request};
use serde_json::{Value, json};
use std::io::BufReader;
use std::process::{Command, Stdio};

fn conversation(messages: &[Message]) -> (Vec<Message>, bool) {
    let mut program = Command::new(env!("CARGO_BIN_EXE_jalon-language-server"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = program.stdin.take().unwrap();
    for message in messages {
        message.write(&mut input).unwrap();
    }
    drop(input);
    let mut output = BufReader::new(program.stdout.take().unwrap());
    let mut answers = Vec::new();
    while let Some(message) = Message::read(&mut output).unwrap() {
        answers.push(message);
    }
    (answers, program.wait().unwrap().success())
}

fn request(id: i32, method: &str, params: Value) -> Message {
    Message::Request(Request { id: id.into(), method: method.to_owned(), params })
}

fn notification(method: &str, params: Value) -> Message {
    Message::Notification(Notification { method: method.to_owned(), params })
}

fn opened() -> Vec<Message> {
    let document = json!({ "uri": "file:///s.jalon", "languageId": "jalon", "version": 1, "text": "schedule \"S\"" });
    vec![
        request(1, "initialize", json!({ "capabilities": {} })),
        notification("initialized", json!({})),
        notification("textDocument/didOpen", json!({ "textDocument": document })),
    ]
}

#[test]
fn the_program_answers_and_ends() {
    let mut messages = opened();
    messages.extend([request(2, "shutdown", Value::Null), notification("exit", Value::Null)]);
    let (answers, success) = conversation(&messages);
    assert!(success);
    let [Message::Response(first), Message::Notification(found), Message::Response(last)] =
        answers.as_slice()
    else {
        panic!("{answers:#?}")
    };
    assert!(first.response_result.as_ref().unwrap()["capabilities"].is_object());
    assert_eq!(found.params["diagnostics"][0]["data"]["code"], "no-price");
    assert_eq!(last.response_result.as_ref().unwrap(), &Value::Null);
}

#[test]
fn the_program_ends_when_the_editor_is_gone_and_says_that_it_was_not_in_order() {
    let (answers, success) = conversation(&opened());
    assert!(!success);
    assert_eq!(answers.len(), 2);
}
