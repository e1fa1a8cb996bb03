//! The border of the playground: in, JSON in the memory of the instance, and the bytes of an event file beside it; out, JSON
//! there. `page/src/engine.ts` is its other side. What is done stands in the language server and in `jalon-host`.
//!
//! How bytes and answers lie in the memory of the instance is said in `jalon-border`.

#![allow(unsafe_code, reason = "memory is shared with a caller that nobody else can vouch for")]

use jalon_border::give;
use jalon_host::{Answer, EventFile, Failure, Options, Schedules, language};
use jalon_language_server::Server;
use serde::Deserialize;
use serde_json::{Value, json};
use std::cell::RefCell;

thread_local! {
    static SERVER: RefCell<Server> = RefCell::default();
}

/// What is asked for. A file is the text of a schedule file.
#[derive(Deserialize)]
#[serde(tag = "ask", rename_all = "kebab-case", deny_unknown_fields)]
enum Asked {
    /// A message to the language server: the messages that answer it.
    Message { message: Value },
    /// What the checker finds in a file, said in a language (`en` or `fr`), whatever that of the file is.
    Check { file: String, lang: String },
    /// What the scenarios of a file come to.
    Scenarios { file: String },
    /// What is proved of a file, and what is found.
    Proof { file: String },
    /// The situations of the schedules of a file.
    Situations { file: String },
    /// What a newer file bills otherwise.
    Compare { old: String, new: String },
    /// The lines of the cases of an event file of this name, with the notices about its events.
    Lines { file: String, name: String, as_of: String },
    /// The lines alone, as CSV for a spreadsheet of a language (`en` or `fr`).
    Sheet { file: String, name: String, as_of: String, lang: String },
    /// How one of its cases came to its lines.
    Why { file: String, name: String, as_of: String, case: String },
}

/// What the caller has written.
fn bytes<'a>(pointer: *const u8, length: usize) -> &'a [u8] {
    // SAFETY: the caller says that `alloc` gave it, and keeps it during the call.
    unsafe { jalon_border::bytes(pointer, length) }
}

/// Answers; nothing is read but what is given.
#[unsafe(no_mangle)]
pub extern "C" fn ask(
    asked: *const u8,
    asked_length: usize,
    events: *const u8,
    events_length: usize,
) -> *mut u8 {
    let (asked, events) = (bytes(asked, asked_length), bytes(events, events_length));
    give(serde_json::from_slice(asked).map_err(wrong).and_then(|asked| answer(asked, events)))
}

fn answer(asked: Asked, events: &[u8]) -> Result<Value, Value> {
    match asked {
        Asked::Message { message } => {
            let message = serde_json::from_value(message).map_err(wrong)?;
            let answers = SERVER.with_borrow_mut(|server| server.receive(message));
            serde_json::to_value(answers).map_err(wrong)
        }
        Asked::Check { file, lang } => {
            let lang = language(Some(&lang)).map_err(failed)?;
            match Schedules::compile_texts(&[("", &file)], lang) {
                Ok(schedules) => document(&schedules.warnings()),
                Err(refused) => document(&refused.findings),
            }
        }
        Asked::Scenarios { file } => document(&compiled(&file)?.scenarios()),
        Asked::Proof { file } => document(&compiled(&file)?.prove().map_err(failed)?),
        Asked::Situations { file } => document(&compiled(&file)?.situations()),
        Asked::Compare { old, new } => document(&compiled(&new)?.compare(&compiled(&old)?)),
        Asked::Lines { file, name, as_of } => {
            let schedules = compiled(&file)?;
            let options = Options { notices: true, ..Options::new(&as_of).map_err(failed)? };
            let read = EventFile::read(&name, events, schedules.lang()).map_err(failed)?;
            let Answer { lines, withheld, notices, billed, held, .. } =
                read.evaluate(&schedules, &options);
            Ok(json!({
                "cases": read.cases(), "lines": lines, "withheld": withheld, "notices": notices,
                "billed": billed, "held": held,
            }))
        }
        Asked::Sheet { file, name, as_of, lang } => {
            let (schedules, options) = (compiled(&file)?, Options::new(&as_of).map_err(failed)?);
            let spreadsheet = language(Some(&lang)).map_err(failed)?.unwrap_or_default();
            let read = EventFile::read(&name, events, schedules.lang()).map_err(failed)?;
            Ok(json!(read.sheet(&schedules, &options, spreadsheet)))
        }
        Asked::Why { file, name, as_of, case } => {
            let (schedules, options) = (compiled(&file)?, Options::new(&as_of).map_err(failed)?);
            let read = EventFile::read(&name, events, schedules.lang()).map_err(failed)?;
            document(&read.explain(&schedules, &case, &options).map_err(failed)?)
        }
    }
}

fn compiled(file: &str) -> Result<Schedules, Value> {
    Schedules::compile_texts(&[("", file)], None).map_err(|refused| {
        match document(&refused.findings) {
            Ok(findings) => json!({ "message": refused.message, "findings": findings }),
            Err(fault) => fault,
        }
    })
}

fn failed(failure: Failure) -> Value {
    wrong(failure)
}

fn wrong(what: impl std::fmt::Display) -> Value {
    json!({ "message": what.to_string() })
}

/// A document of JSON that is ours.
fn document(text: &str) -> Result<Value, Value> {
    serde_json::from_str(text).map_err(wrong)
}
