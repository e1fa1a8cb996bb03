//! The border to C: in, pointers; out, pointers to what this library keeps until it is given back. All that
//! is unsafe stands here; what is done stands in `jalon-host`.
//!
//! Where a pointer is not NULL, it must be what its function says: to a text that ends with a zero byte, to so many
//! bytes, or what a function of this library gave and did not take back.

// What C calls and sees, its names in the manner of C.
#![allow(non_camel_case_types, reason = "these are names of C")]
#![allow(unsafe_code, reason = "a border to C is made of pointers that nobody else can vouch for")]

use jalon_host::{self as host, Answer, Failure, Invoices, Options, Schedules, Session};
use std::ffi::{CStr, CString, c_char};
use std::sync::{Arc, Mutex, PoisonError, TryLockError};

/// A schedule file.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct jalon_file {
    /// The name by which messages call it.
    pub name: *const c_char,
    /// Its text.
    pub text: *const u8,
    /// How many bytes the text has.
    pub length: usize,
}

/// What is asked for.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct jalon_options {
    /// The last day that counts, as YYYY-MM-DD.
    pub as_of: *const c_char,
    /// Whether invoices are made of the lines.
    pub invoices: bool,
    /// Whether notices are told.
    pub notices: bool,
    /// Whether lines whose case cannot be read are left out; else nothing is billed.
    pub skip_unreadable: bool,
    /// How many threads bill cases at the most; 0 is one.
    pub threads: usize,
}

/// Invoices that are followed: texts of one JSON object a line, or CSV.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct jalon_invoices {
    /// The invoices.
    pub invoices: *const u8,
    /// How many bytes they have.
    pub invoices_length: usize,
    /// What happened to them.
    pub events: *const u8,
    /// How many bytes that has.
    pub events_length: usize,
    /// The steps that have really been done; with NULL every evening up to the last day is replayed.
    pub done: *const u8,
    /// How many bytes they have.
    pub done_length: usize,
    /// The last day that counts, as YYYY-MM-DD.
    pub as_of: *const c_char,
}

/// Sound schedules.
pub struct jalon_schedules(Arc<Schedules>);

/// Cases that come batch by batch.
pub struct jalon_session(Mutex<Session<Arc<Schedules>>>);

/// What cases come to.
pub struct jalon_answer {
    lines: CString,
    invoices: CString,
    withheld: CString,
    notices: CString,
    billed: u64,
    held: u64,
}

/// Why a call fails, as the JSON that its caller gets.
struct Error(String);

impl From<Failure> for Error {
    fn from(failure: Failure) -> Error {
        Error(serde_json::json!({ "message": failure.message }).to_string())
    }
}

fn missing(what: &str) -> Error {
    Error::from(Failure { message: format!("{what} is NULL") })
}

/// A text of ours for C. JSON has no zero byte; one that had would be cut short there.
fn for_c(text: String) -> Result<CString, Error> {
    let fault = "the program failed on this call: a text has a zero byte; please report this";
    CString::new(text).map_err(|_| Failure::from(fault).into())
}

/// Does the work of a call: no failure of it passes. An error is given where its caller has room for it.
fn call<T>(error: *mut *mut c_char, work: impl FnOnce() -> Result<T, Error>) -> Option<T> {
    let outcome = host::guarded(work).map_err(Error::from).and_then(|outcome| outcome);
    let (done, told) = match outcome {
        Ok(done) => (Some(done), std::ptr::null_mut()),
        Err(Error(json)) => (None, CString::new(json).unwrap_or_default().into_raw()),
    };
    if error.is_null() {
        // Nobody wants it: it is freed here.
        drop_text(told);
    } else {
        // SAFETY: the caller says that there is room for a pointer.
        unsafe { error.write(told) };
    }
    done
}

fn drop_text(text: *mut c_char) {
    if !text.is_null() {
        // SAFETY: it comes from `CString::into_raw`, here or in what the caller was given.
        drop(unsafe { CString::from_raw(text) });
    }
}

/// The text at a pointer; none at NULL.
fn text<'a>(pointer: *const c_char, what: &str) -> Result<Option<&'a str>, Error> {
    if pointer.is_null() {
        return Ok(None);
    }
    // SAFETY: the caller says that a text stands there that ends with a zero byte, and lives as long as the call.
    let text = unsafe { CStr::from_ptr(pointer) };
    let text = text.to_str();
    text.map(Some).map_err(|_| Error::from(Failure { message: format!("{what} is not UTF-8") }))
}

/// So many values at a pointer.
fn values<'a, T>(pointer: *const T, count: usize, what: &str) -> Result<&'a [T], Error> {
    if count == 0 {
        return Ok(&[]);
    }
    let size = count.checked_mul(size_of::<T>()).filter(|size| isize::try_from(*size).is_ok());
    if size.is_none() || !pointer.is_aligned() {
        return Err(Error::from(Failure { message: format!("{what} cannot be that many") }));
    }
    if pointer.is_null() {
        return Err(missing(what));
    }
    // SAFETY: the caller says that so many stand there and live as long as the call; not NULL, aligned, and no more
    // than there can be, as was looked at.
    Ok(unsafe { std::slice::from_raw_parts(pointer, count) })
}

/// What stands at a pointer of ours.
fn known<'a, T>(pointer: *const T, what: &str) -> Result<&'a T, Error> {
    // SAFETY: the caller says that it was given by this library and not taken back; NULL is none.
    unsafe { pointer.as_ref() }.ok_or_else(|| missing(what))
}

fn give<T>(value: Option<T>) -> *mut T {
    value.map_or(std::ptr::null_mut(), |value| Box::into_raw(Box::new(value)))
}

fn take_back<T>(pointer: *mut T) {
    if !pointer.is_null() {
        // SAFETY: it comes from `give`, and the caller says that it is not used any more.
        let value = unsafe { Box::from_raw(pointer) };
        // What fails in the end must not reach the caller either.
        drop(host::guarded(|| drop(value)));
    }
}

fn options(given: *const jalon_options) -> Result<Options, Error> {
    let given = known(given, "options")?;
    let as_of = text(given.as_of, "as_of")?.ok_or_else(|| missing("as_of"))?;
    Ok(Options {
        invoices: given.invoices,
        notices: given.notices,
        skip_unreadable: given.skip_unreadable,
        threads: given.threads.max(1),
        ..Options::new(as_of)?
    })
}

fn answer(answer: Answer) -> Result<jalon_answer, Error> {
    let Answer { lines, invoices, withheld, notices, billed, held } = answer;
    Ok(jalon_answer {
        lines: for_c(lines)?,
        invoices: for_c(invoices)?,
        withheld: for_c(withheld)?,
        notices: for_c(notices)?,
        billed,
        held,
    })
}

/// The version of the library; not to be freed.
#[unsafe(no_mangle)]
pub extern "C" fn jalon_version() -> *const c_char {
    const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), "\0");
    VERSION.as_ptr().cast()
}

/// Compiles schedule files; messages are in `lang` ("en", "fr"), or with NULL in the language of each file. NULL, and an
/// error, where they cannot be used.
#[unsafe(no_mangle)]
pub extern "C" fn jalon_compile(
    files: *const jalon_file,
    count: usize,
    lang: *const c_char,
    error: *mut *mut c_char,
) -> *mut jalon_schedules {
    give(call(error, || {
        let lang = host::language(text(lang, "lang")?)?;
        let mut texts = Vec::new();
        for file in values(files, count, "files")? {
            let name = text(file.name, "the name of a file")?;
            let name = name.ok_or_else(|| missing("the name of a file"))?;
            texts.push((name, values(file.text, file.length, "the text of a file")?));
        }
        let compiled = Schedules::compile(&texts, lang).map_err(|refused| {
            let message = serde_json::Value::String(refused.message);
            Error(format!("{{\"message\":{message},\"findings\":{}}}", refused.findings))
        })?;
        Ok(jalon_schedules(Arc::new(compiled)))
    }))
}

/// Gives schedules back. Sessions on them go on.
#[unsafe(no_mangle)]
pub extern "C" fn jalon_schedules_free(schedules: *mut jalon_schedules) {
    take_back(schedules);
}

/// The schedules as a JSON array: `name`, `in_force_from`, `currency`, `hash`. To be freed with `jalon_text_free`.
#[unsafe(no_mangle)]
pub extern "C" fn jalon_list(
    schedules: *const jalon_schedules,
    error: *mut *mut c_char,
) -> *mut c_char {
    let list = call(error, || for_c(known(schedules, "schedules")?.0.list()));
    list.map_or(std::ptr::null_mut(), CString::into_raw)
}

/// Proves schedules over every case that can come: the JSON document of `jalon verify --format json`. To be freed with
/// `jalon_text_free`.
#[unsafe(no_mangle)]
pub extern "C" fn jalon_verify(
    schedules: *const jalon_schedules,
    error: *mut *mut c_char,
) -> *mut c_char {
    let proof = call(error, || for_c(known(schedules, "schedules")?.0.verify()?));
    proof.map_or(std::ptr::null_mut(), CString::into_raw)
}

/// Bills the cases of events: `length` bytes, JSON objects, one a line, in any order. What is wrong with a case withholds
/// the case, and is no error.
#[unsafe(no_mangle)]
pub extern "C" fn jalon_evaluate(
    schedules: *const jalon_schedules,
    events: *const u8,
    length: usize,
    asked: *const jalon_options,
    error: *mut *mut c_char,
) -> *mut jalon_answer {
    give(call(error, || {
        let schedules = known(schedules, "schedules")?;
        let events = values(events, length, "events")?;
        answer(host::evaluate(&schedules.0, events, &options(asked)?))
    }))
}

fn invoices<'a>(given: *const jalon_invoices) -> Result<Invoices<'a>, Error> {
    let given = known(given, "invoices")?;
    let as_of = text(given.as_of, "as_of")?.ok_or_else(|| missing("as_of"))?;
    let done = if given.done.is_null() {
        None
    } else {
        Some(values(given.done, given.done_length, "done")?)
    };
    Ok(Invoices {
        invoices: values(given.invoices, given.invoices_length, "invoices")?,
        events: values(given.events, given.events_length, "events")?,
        done,
        as_of: host::day("as_of", as_of)?,
        stop: None,
    })
}

/// A document for C.
fn document(error: *mut *mut c_char, work: impl FnOnce() -> Result<String, Error>) -> *mut c_char {
    call(error, || for_c(work()?)).map_or(std::ptr::null_mut(), CString::into_raw)
}

/// The steps of follow-ups that fired: a JSON document with `answer` (what `jalon follow --format json` writes, as an array),
/// `withheld` (`invoice_id`, `in`: "invoices", "events" or null, `line`, `message`), `unknown` and `notices` (sentences). Only
/// steps of the day `since` or later, unless it is NULL. What is wrong with an invoice withholds it, and is no error; a line
/// that names none is. To be freed with `jalon_text_free`.
#[unsafe(no_mangle)]
pub extern "C" fn jalon_follow(
    schedules: *const jalon_schedules,
    of: *const jalon_invoices,
    since: *const c_char,
    error: *mut *mut c_char,
) -> *mut c_char {
    document(error, || {
        let since = text(since, "since")?.map(|since| host::day("since", since)).transpose()?;
        Ok(known(schedules, "schedules")?.0.follow(&invoices(of)?, since)?)
    })
}

/// What is unpaid: a document like that of `jalon_follow`, whose `answer` is what `jalon unpaid --format json` writes.
#[unsafe(no_mangle)]
pub extern "C" fn jalon_unpaid(
    schedules: *const jalon_schedules,
    of: *const jalon_invoices,
    error: *mut *mut c_char,
) -> *mut c_char {
    document(error, || Ok(known(schedules, "schedules")?.0.unpaid(&invoices(of)?)?))
}

/// The journal: a document like that of `jalon_follow`, whose `answer` is the document of `jalon journal --format json`.
#[unsafe(no_mangle)]
pub extern "C" fn jalon_journal(
    schedules: *const jalon_schedules,
    of: *const jalon_invoices,
    error: *mut *mut c_char,
) -> *mut c_char {
    document(error, || Ok(known(schedules, "schedules")?.0.journal(&invoices(of)?)?))
}

/// What was done and never billed, of the events of cases and, unless NULL, of the lines that have been issued: a document
/// with `answer` (what `jalon leaks --format json` writes, as an array) and `withheld` (cases). Of the options only `as_of` and
/// `skip_unreadable` count. To be freed with `jalon_text_free`.
#[unsafe(no_mangle)]
pub extern "C" fn jalon_leaks(
    schedules: *const jalon_schedules,
    events: *const u8,
    length: usize,
    issued: *const u8,
    issued_length: usize,
    asked: *const jalon_options,
    error: *mut *mut c_char,
) -> *mut c_char {
    document(error, || {
        let schedules = known(schedules, "schedules")?;
        let events = values(events, length, "events")?;
        let issued =
            if issued.is_null() { None } else { Some(values(issued, issued_length, "issued")?) };
        Ok(schedules.0.leaks(events, issued, &options(asked)?)?)
    })
}

/// How each line of the cases came about and why the others did not, of one case or, with NULL, of all: the document of
/// `jalon explain --format json`, whose places name the file `events`, with `withheld` (lines that could belong to any case, and
/// with one of them all cases). Of the options only `as_of` and `skip_unreadable` count. To be freed with `jalon_text_free`.
#[unsafe(no_mangle)]
pub extern "C" fn jalon_explain(
    schedules: *const jalon_schedules,
    events: *const u8,
    length: usize,
    case_name: *const c_char,
    asked: *const jalon_options,
    error: *mut *mut c_char,
) -> *mut c_char {
    document(error, || {
        let schedules = known(schedules, "schedules")?;
        let events = values(events, length, "events")?;
        let case = text(case_name, "the name of the case")?;
        Ok(schedules.0.explain(events, case, &options(asked)?)?)
    })
}

/// A session: cases that come batch by batch, the events of each case together.
#[unsafe(no_mangle)]
pub extern "C" fn jalon_session_new(
    schedules: *const jalon_schedules,
    asked: *const jalon_options,
    error: *mut *mut c_char,
) -> *mut jalon_session {
    give(call(error, || {
        let schedules = known(schedules, "schedules")?.0.clone();
        Ok(jalon_session(Mutex::new(Session::new(schedules, options(asked)?))))
    }))
}

/// Works on a session, unless another thread does.
fn on_session<T>(
    session: *const jalon_session,
    work: impl FnOnce(&mut Session<Arc<Schedules>>) -> Result<T, Failure>,
) -> Result<T, Error> {
    let mut session = match known(session, "session")?.0.try_lock() {
        Ok(session) => session,
        Err(TryLockError::Poisoned(poisoned)) => PoisonError::into_inner(poisoned),
        Err(TryLockError::WouldBlock) => {
            return Err(Failure::from("another thread is at work on this session").into());
        }
    };
    Ok(work(&mut session)?)
}

/// Takes a batch of events, whole lines. False, and an error, where the events of a case do not stand together or the
/// case of a line cannot be read: then nothing that the session gave is to be used.
#[unsafe(no_mangle)]
pub extern "C" fn jalon_session_feed(
    session: *const jalon_session,
    events: *const u8,
    length: usize,
    error: *mut *mut c_char,
) -> bool {
    let work = || {
        let events = values(events, length, "events")?;
        on_session(session, |session| session.feed(events))
    };
    call(error, work).is_some()
}

/// What finished cases come to, since the last time.
#[unsafe(no_mangle)]
pub extern "C" fn jalon_session_take(
    session: *const jalon_session,
    error: *mut *mut c_char,
) -> *mut jalon_answer {
    give(call(error, || answer(on_session(session, |session| Ok(session.take()))?)))
}

/// Bills what is left of a session, which can then begin anew.
#[unsafe(no_mangle)]
pub extern "C" fn jalon_session_finish(
    session: *const jalon_session,
    error: *mut *mut c_char,
) -> *mut jalon_answer {
    give(call(error, || answer(on_session(session, Session::finish)?)))
}

/// Gives a session back.
#[unsafe(no_mangle)]
pub extern "C" fn jalon_session_free(session: *mut jalon_session) {
    take_back(session);
}

/// A text of an answer, and its length where there is room for it.
fn part(
    answer: *const jalon_answer,
    length: *mut usize,
    of: impl FnOnce(&jalon_answer) -> &CStr,
) -> *const c_char {
    let text = known(answer, "answer").ok().map(of);
    if !length.is_null() {
        // SAFETY: the caller says that there is room for a length.
        unsafe { length.write(text.map_or(0, CStr::count_bytes)) };
    }
    text.map_or(std::ptr::null(), CStr::as_ptr)
}

/// Invoice lines, one JSON object a line; they live as long as the answer.
#[unsafe(no_mangle)]
pub extern "C" fn jalon_answer_lines(
    answer: *const jalon_answer,
    length: *mut usize,
) -> *const c_char {
    part(answer, length, |answer| &answer.lines)
}

/// Invoices, where they were asked for, one JSON object a line.
#[unsafe(no_mangle)]
pub extern "C" fn jalon_answer_invoices(
    answer: *const jalon_answer,
    length: *mut usize,
) -> *const c_char {
    part(answer, length, |answer| &answer.invoices)
}

/// Withheld cases, one JSON object a line: `case` (null for a line that could belong to any case), `batch`, `line`,
/// `column`, `message`.
#[unsafe(no_mangle)]
pub extern "C" fn jalon_answer_withheld(
    answer: *const jalon_answer,
    length: *mut usize,
) -> *const c_char {
    part(answer, length, |answer| &answer.withheld)
}

/// Notices, where they were asked for, one JSON object a line.
#[unsafe(no_mangle)]
pub extern "C" fn jalon_answer_notices(
    answer: *const jalon_answer,
    length: *mut usize,
) -> *const c_char {
    part(answer, length, |answer| &answer.notices)
}

/// How many cases are billed.
#[unsafe(no_mangle)]
pub extern "C" fn jalon_answer_billed(answer: *const jalon_answer) -> u64 {
    known(answer, "answer").map_or(0, |answer| answer.billed)
}

/// How many cases are withheld.
#[unsafe(no_mangle)]
pub extern "C" fn jalon_answer_held(answer: *const jalon_answer) -> u64 {
    known(answer, "answer").map_or(0, |answer| answer.held)
}

/// Gives an answer back, with its texts.
#[unsafe(no_mangle)]
pub extern "C" fn jalon_answer_free(answer: *mut jalon_answer) {
    take_back(answer);
}

/// Gives a text or an error back.
#[unsafe(no_mangle)]
pub extern "C" fn jalon_text_free(text: *mut c_char) {
    drop_text(text);
}
