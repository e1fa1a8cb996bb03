//! The language server as a module of WebAssembly: messages of the protocol in and out, and proofs as texts, so that another
//! instance makes them while this one answers. `extension/src/border.ts` is its other side.
//!
//! How bytes and answers lie in the memory of the instance is said in `jalon-border`. A failure of the program is a trap,
//! which ends the instance: the other side makes a new one and tells it what the client has said.

#![allow(unsafe_code, reason = "memory is shared with a caller that nobody else can vouch for")]

use jalon_border::give;
use jalon_language_server::{Proof, Server};
use lsp_server::Message;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::cell::RefCell;

thread_local! {
    static SERVER: RefCell<Server> = RefCell::default();
}

/// A proof that is due, by its text.
#[derive(Serialize, Deserialize)]
struct Due {
    uri: String,
    version: i32,
    text: String,
}

/// What an instance answers.
#[derive(Serialize)]
struct Answers {
    messages: Vec<Message>,
    due: Vec<Due>,
    ended: bool,
}

/// What the caller has written, as JSON.
fn read<T: DeserializeOwned>(pointer: *const u8, length: usize) -> Result<T, Value> {
    // SAFETY: the caller says that `alloc` gave it, and keeps it during the call.
    let bytes = unsafe { jalon_border::bytes(pointer, length) };
    serde_json::from_slice(bytes).map_err(wrong)
}

fn wrong(what: impl std::fmt::Display) -> Value {
    json!({ "message": what.to_string() })
}

/// Lets the server of the instance answer, and takes the proofs that are due then.
fn answered(work: impl FnOnce(&mut Server) -> Vec<Message>) -> Result<Value, Value> {
    SERVER.with_borrow_mut(|server| {
        let messages = work(server);
        let due = std::iter::from_fn(|| server.proof_due()).map(|proof| {
            let (uri, version) = proof.of();
            Due { uri: uri.to_owned(), version, text: proof.text().to_owned() }
        });
        let due = due.collect();
        let ended = server.ended().is_some();
        serde_json::to_value(Answers { messages, due, ended }).map_err(wrong)
    })
}

/// Answers a message of the client.
#[unsafe(no_mangle)]
pub extern "C" fn receive(pointer: *const u8, length: usize) -> *mut u8 {
    give(read(pointer, length).and_then(|message| answered(|server| server.receive(message))))
}

/// Makes a proof: what came of it, for `proved` of the instance in which it was due.
#[unsafe(no_mangle)]
pub extern "C" fn prove(pointer: *const u8, length: usize) -> *mut u8 {
    let work = || {
        let Due { uri, version, text } = read(pointer, length)?;
        let proof = Proof::of_text(uri, version, &text);
        let proof = proof.ok_or_else(|| wrong("a text with errors has no proof"))?;
        serde_json::to_value(proof.run()).map_err(wrong)
    };
    give(work())
}

/// Takes what came of a proof.
#[unsafe(no_mangle)]
pub extern "C" fn proved(pointer: *const u8, length: usize) -> *mut u8 {
    give(read(pointer, length).and_then(|proved| answered(|server| server.proved(proved))))
}
