//! The border to WebAssembly: in, JSON and events in the memory of the instance; out, JSON there. `npm/index.js` is
//! its other side. All that is unsafe stands here; what is done stands in `jalon-host`.
//!
//! How bytes and answers lie in the memory of the instance is said in `jalon-border`.

#![allow(unsafe_code, reason = "memory is shared with a caller that nobody else can vouch for")]

use jalon_border::give;
use jalon_host::{Answer, Failure, Invoices, Options, Schedules, Session, day, language};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What an instance keeps for its caller, by numbers that are never used twice.
#[derive(Default)]
struct Kept {
    last: u32,
    schedules: BTreeMap<u32, Arc<Schedules>>,
    sessions: BTreeMap<u32, Session<Arc<Schedules>>>,
}

thread_local! {
    static KEPT: RefCell<Kept> = RefCell::default();
}

/// Files to compile.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Compile {
    files: Vec<(String, String)>,
    lang: Option<String>,
}

/// What is asked for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    as_of: String,
    invoices: bool,
    notices: bool,
    skip_unreadable: bool,
}

/// What is asked of invoices.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AskedOfInvoices {
    /// `follow`, `unpaid` or `journal`.
    list: String,
    as_of: String,
    /// Whether what has been done is given.
    done: bool,
    /// For `follow`, the day from which on steps are wanted.
    since: Option<String>,
}

/// An answer, its parts as texts of one JSON object a line.
#[derive(Serialize)]
struct Given {
    lines: String,
    invoices: String,
    withheld: String,
    notices: String,
    billed: u64,
    held: u64,
}

/// What the caller has written.
fn bytes<'a>(pointer: *const u8, length: usize) -> &'a [u8] {
    // SAFETY: the caller says that `alloc` gave it, and keeps it during the call.
    unsafe { jalon_border::bytes(pointer, length) }
}

fn failed(failure: Failure) -> Value {
    json!({ "message": failure.message })
}

fn wrong(what: impl std::fmt::Display) -> Value {
    json!({ "message": what.to_string() })
}

fn given(answer: Answer) -> Result<Value, Value> {
    let Answer { lines, invoices, withheld, notices, billed, held } = answer;
    let given = Given { lines, invoices, withheld, notices, billed, held };
    serde_json::to_value(given).map_err(wrong)
}

fn asked(pointer: *const u8, length: usize) -> Result<Options, Value> {
    let asked: Asked = serde_json::from_slice(bytes(pointer, length)).map_err(wrong)?;
    let Asked { as_of, invoices, notices, skip_unreadable } = asked;
    let options = Options::new(&as_of).map_err(failed)?;
    Ok(Options { invoices, notices, skip_unreadable, ..options })
}

/// A document of JSON that is ours.
fn document(text: &str) -> Result<Value, Value> {
    serde_json::from_str(text).map_err(wrong)
}

/// The schedules of a number.
fn schedules(number: u32) -> Result<Arc<Schedules>, Value> {
    let found = KEPT.with_borrow(|kept| kept.schedules.get(&number).cloned());
    found.ok_or_else(|| wrong("there are no such schedules"))
}

/// Works on the session of a number.
fn on_session<T>(
    number: u32,
    work: impl FnOnce(&mut Session<Arc<Schedules>>) -> Result<T, Failure>,
) -> Result<T, Value> {
    KEPT.with_borrow_mut(|kept| {
        let session =
            kept.sessions.get_mut(&number).ok_or_else(|| wrong("there is no such session"))?;
        work(session).map_err(failed)
    })
}

/// Compiles files: the number of the schedules, their list and their warnings.
#[unsafe(no_mangle)]
pub extern "C" fn compile(pointer: *const u8, length: usize) -> *mut u8 {
    let work = || {
        let Compile { files, lang } =
            serde_json::from_slice(bytes(pointer, length)).map_err(wrong)?;
        let lang = language(lang.as_deref()).map_err(failed)?;
        let files: Vec<(&str, &[u8])> =
            files.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
        let compiled = Schedules::compile(&files, lang).map_err(|refused| {
            match document(&refused.findings) {
                Ok(findings) => json!({ "message": refused.message, "findings": findings }),
                Err(fault) => fault,
            }
        })?;
        let (list, warnings) = (document(&compiled.list())?, document(&compiled.warnings())?);
        let number = KEPT.with_borrow_mut(|kept| {
            kept.last += 1;
            kept.schedules.insert(kept.last, Arc::new(compiled));
            kept.last
        });
        Ok(json!({ "schedules": number, "list": list, "warnings": warnings }))
    };
    give(work())
}

/// Forgets schedules, or a session.
#[unsafe(no_mangle)]
pub extern "C" fn forget(number: u32) {
    KEPT.with_borrow_mut(|kept| {
        kept.schedules.remove(&number);
        kept.sessions.remove(&number);
    });
}

/// Proves schedules.
#[unsafe(no_mangle)]
pub extern "C" fn verify(number: u32) -> *mut u8 {
    let proof = || document(&schedules(number)?.verify().map_err(failed)?);
    give(proof())
}

/// Bills the cases of events.
#[unsafe(no_mangle)]
pub extern "C" fn evaluate(
    number: u32,
    asked_pointer: *const u8,
    asked_length: usize,
    events_pointer: *const u8,
    events_length: usize,
) -> *mut u8 {
    let work = || {
        let options = asked(asked_pointer, asked_length)?;
        let events = bytes(events_pointer, events_length);
        given(jalon_host::evaluate(&*schedules(number)?, events, &options))
    };
    give(work())
}

/// Follows invoices: the document of the list that is asked for.
#[unsafe(no_mangle)]
pub extern "C" fn invoices(
    number: u32,
    asked_pointer: *const u8,
    asked_length: usize,
    invoices_pointer: *const u8,
    invoices_length: usize,
    events_pointer: *const u8,
    events_length: usize,
    done_pointer: *const u8,
    done_length: usize,
) -> *mut u8 {
    let work = || {
        let asked: AskedOfInvoices =
            serde_json::from_slice(bytes(asked_pointer, asked_length)).map_err(wrong)?;
        let done = asked.done.then(|| bytes(done_pointer, done_length));
        let of = Invoices {
            stop: None,
            invoices: bytes(invoices_pointer, invoices_length),
            events: bytes(events_pointer, events_length),
            done,
            as_of: day("the last day that counts", &asked.as_of).map_err(failed)?,
        };
        let schedules = schedules(number)?;
        let told = match asked.list.as_str() {
            "follow" => {
                let since = asked.since.map(|since| day("`since`", &since)).transpose();
                schedules.follow(&of, since.map_err(failed)?)
            }
            "unpaid" => schedules.unpaid(&of),
            "journal" => schedules.journal(&of),
            list => return Err(wrong(format!("there is no list `{list}`"))),
        };
        document(&told.map_err(failed)?)
    };
    give(work())
}

/// Lists what was done and never billed; issued lines count where `is_issued` is not 0.
#[unsafe(no_mangle)]
pub extern "C" fn leaks(
    number: u32,
    asked_pointer: *const u8,
    asked_length: usize,
    events_pointer: *const u8,
    events_length: usize,
    is_issued: u32,
    issued_pointer: *const u8,
    issued_length: usize,
) -> *mut u8 {
    let work = || {
        let options = asked(asked_pointer, asked_length)?;
        let issued = (is_issued != 0).then(|| bytes(issued_pointer, issued_length));
        let events = bytes(events_pointer, events_length);
        document(&schedules(number)?.leaks(events, issued, &options).map_err(failed)?)
    };
    give(work())
}

/// Explains cases; one of that name alone where `is_one` is not 0.
#[unsafe(no_mangle)]
pub extern "C" fn explain(
    number: u32,
    asked_pointer: *const u8,
    asked_length: usize,
    events_pointer: *const u8,
    events_length: usize,
    is_one: u32,
    case_pointer: *const u8,
    case_length: usize,
) -> *mut u8 {
    let work = || {
        let options = asked(asked_pointer, asked_length)?;
        let case = if is_one == 0 {
            None
        } else {
            Some(std::str::from_utf8(bytes(case_pointer, case_length)).map_err(wrong)?)
        };
        let events = bytes(events_pointer, events_length);
        document(&schedules(number)?.explain(events, case, &options).map_err(failed)?)
    };
    give(work())
}

/// Begins a session: its number.
#[unsafe(no_mangle)]
pub extern "C" fn session(number: u32, pointer: *const u8, length: usize) -> *mut u8 {
    let work = || {
        let session = Session::new(schedules(number)?, asked(pointer, length)?);
        let number = KEPT.with_borrow_mut(|kept| {
            kept.last += 1;
            kept.sessions.insert(kept.last, session);
            kept.last
        });
        Ok(json!(number))
    };
    give(work())
}

/// Takes a batch.
#[unsafe(no_mangle)]
pub extern "C" fn feed(number: u32, pointer: *const u8, length: usize) -> *mut u8 {
    let events = bytes(pointer, length);
    give(on_session(number, |session| session.feed(events)).map(|()| Value::Null))
}

/// What finished cases come to.
#[unsafe(no_mangle)]
pub extern "C" fn take(number: u32) -> *mut u8 {
    give(on_session(number, |session| Ok(session.take())).and_then(given))
}

/// Bills what is left.
#[unsafe(no_mangle)]
pub extern "C" fn finish(number: u32) -> *mut u8 {
    give(on_session(number, Session::finish).and_then(given))
}
