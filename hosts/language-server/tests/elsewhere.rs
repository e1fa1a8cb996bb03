//! Proofs that are made by another instance of the program: what is carried over comes to the same.

use jalon_language_server::{Proof, Proved, Server};
use lsp_server::{Message, Notification, Request};
use serde_json::{Value, json};

/// The prover finds a case that goes wrong in it.
const TEXT: &str = include_str!("../../../docs/examples/four-months.jalon");

/// A server that has a text open, and the proof that is due.
fn opened(text: &str) -> (Server, Proof) {
    let mut server = Server::default();
    let method = "initialize".to_owned();
    let params = json!({ "capabilities": {} });
    server.receive(Message::Request(Request { id: 1.into(), method, params }));
    let method = "textDocument/didOpen".to_owned();
    let document =
        json!({ "uri": "file:///a.jalon", "languageId": "jalon", "version": 4, "text": text });
    let params = json!({ "textDocument": document });
    server.receive(Message::Notification(Notification { method, params }));
    let proof = server.proof_due().unwrap();
    (server, proof)
}

fn told(messages: Vec<Message>) -> Value {
    serde_json::to_value(messages).unwrap()
}

#[test]
fn a_proof_made_of_the_text_comes_to_the_same() {
    let (mut here, proof) = opened(TEXT);
    let (uri, version) = proof.of();
    let text = proof.text();
    assert_eq!((uri, version, text), ("file:///a.jalon", 4, TEXT));
    let elsewhere = Proof::of_text(uri.to_owned(), version, text).unwrap().run();
    let carried = serde_json::to_string(&elsewhere).unwrap();
    let carried: Proved = serde_json::from_str(&carried).unwrap();
    let (mut there, _) = opened(TEXT);
    let told_there = told(there.proved(carried));
    assert_eq!(told(here.proved(proof.run())), told_there);
    assert!(told_there.to_string().contains("jalon verify"), "{told_there}");
    // Lenses need the case, which the protocol's diagnostics do not show.
    let asked = || {
        let method = "textDocument/codeLens".to_owned();
        let params = json!({ "textDocument": { "uri": "file:///a.jalon" } });
        Message::Request(Request { id: 2.into(), method, params })
    };
    let lenses = told(there.receive(asked()));
    assert_eq!(told(here.receive(asked())), lenses);
    assert!(lenses.to_string().contains("jalon.showCase"), "{lenses}");
}

#[test]
fn there_is_no_proof_of_a_text_with_an_error() {
    assert!(Proof::of_text("file:///a.jalon".to_owned(), 1, "balance").is_none());
}
