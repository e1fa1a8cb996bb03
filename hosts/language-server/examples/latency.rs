//! How long an answer takes on a file of 1,000 lines, in milliseconds: `cargo run --release --example latency`. It
//! prints, and holds nothing to a bound: machines differ.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement, which prints; a failure is one of the measurement"
)]

use jalon_language_server::Server;
use lsp_server::{Message, Notification, Request};
use serde_json::{Value, json};
use std::time::Instant;

const URI: &str = "file:///large.jalon";
const ROUNDS: u32 = 20;

/// A block of ten lines, in which each number is its own.
fn block(number: usize) -> String {
    format!(
        "échéancier \"Formation {number}\"\n  tarif forfait 1500 EUR\n  action \"Entretien {number}\"\n  \
         échéance \"Début {number}\": 30 % au démarrage\n  solde \"Solde {number}\": reste à la fin si action \"Entretien {number}\" faite\n\
         scénario \"fin {number}\"\n  03/02/2025 démarrage\n  04/02/2025 action \"Entretien {number}\"\n  05/02/2025 fin\n  attendu total 1500,00\n"
    )
}

fn request(id: i32, method: &str, params: Value) -> Message {
    Message::Request(Request { id: id.into(), method: method.to_owned(), params })
}

fn notification(method: &str, params: Value) -> Message {
    Message::Notification(Notification { method: method.to_owned(), params })
}

fn main() {
    let text: String = (0..100).map(block).collect();
    println!("{} lines, {} bytes; each the mean of {ROUNDS}", text.lines().count(), text.len());
    let mut server = Server::default();
    server.receive(request(0, "initialize", json!({ "capabilities": {} })));
    let document = json!({ "uri": URI, "languageId": "jalon", "version": 0, "text": text });
    server.receive(notification("textDocument/didOpen", json!({ "textDocument": document })));
    let mut measure = |what: &str, message: &dyn Fn(u32) -> Message| {
        let begun = Instant::now();
        for round in 0..ROUNDS {
            let answers = server.receive(message(round));
            assert!(!answers.is_empty(), "{what} is answered");
        }
        let mean = begun.elapsed() / ROUNDS;
        println!("{:>8} µs  {what}", mean.as_micros());
    };
    measure("a keystroke: checked, findings published", &|round| {
        let version = json!({ "uri": URI, "version": round });
        let changed = format!("{text}# {round}\n");
        let changes = json!([{ "text": changed }]);
        let params = json!({ "textDocument": version, "contentChanges": changes });
        notification("textDocument/didChange", params)
    });
    let place = json!({ "line": 994, "character": 14 });
    let at = json!({ "textDocument": { "uri": URI }, "position": place });
    for method in ["completion", "hover", "definition"] {
        let at = at.clone();
        measure(method, &move |_| request(1, &format!("textDocument/{method}"), at.clone()));
    }
    for method in ["documentSymbol", "semanticTokens/full", "codeLens"] {
        let params = json!({ "textDocument": { "uri": URI } });
        measure(method, &move |_| request(1, &format!("textDocument/{method}"), params.clone()));
    }
    let params = json!({ "textDocument": { "uri": URI }, "options": { "tabSize": 2, "insertSpaces": true } });
    measure("formatting", &|_| request(1, "textDocument/formatting", params.clone()));
}
