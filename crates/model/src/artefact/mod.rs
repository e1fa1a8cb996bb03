//! Compiled schedules and follow-ups as a file: written from the model, read back without parser or checker.
//!
//! In and out: sound schedules and follow-ups, and JSON in a closed form (`docs/artefact.md`). Whatever the bytes
//! are, reading gives what the checker would accept and what is as it was compiled,
//! or says what is wrong and where. Reading never panics, never guesses and never repairs.

mod amount;
mod condition;
mod errors;
mod fault;
mod follow;
mod format;
mod meaning;
mod place;
mod price;
mod program;
mod quantities;
mod read;
mod record;
mod write;

use crate::diagnostic::Diagnostic;
use crate::lang::Lang;
use crate::model::{FollowUp, Schedule};
use crate::span::Span;
use errors::Unsound;
use place::{Part, Path};

pub use errors::too_large;
pub use follow::follow_up_hash;
pub use format::{FORMAT, FORMAT_VERSION, LANGUAGE_VERSION, LARGEST_ARTEFACT};
pub use meaning::semantic_hash;

/// What an artefact holds.
#[derive(Clone, Debug)]
pub struct Contents {
    /// The language of the source, and so of messages about its schedules.
    pub lang: Lang,
    /// The hash of the source, as 64 hexadecimal digits.
    pub source_hash: String,
    /// The schedules, in the order of the source.
    pub schedules: Vec<Schedule>,
    /// The follow-ups, in the order of the source.
    pub follow_ups: Vec<FollowUp>,
}

/// An artefact that is not read: its text as far as it is one, and why.
#[derive(Clone, Debug)]
pub struct Refused {
    /// The text, empty if it is too large.
    pub text: String,
    /// The language of the message.
    pub lang: Lang,
    /// Why.
    pub diagnostic: Diagnostic,
}

/// The hash of a source: BLAKE3 of its bytes, as 64 hexadecimal digits.
pub fn source_hash(source: &[u8]) -> String {
    blake3::hash(source).to_hex().to_string()
}

/// Whether bytes are to be read as an artefact: they begin as JSON does, which no schedule does.
pub fn is_artefact(bytes: &[u8]) -> bool {
    without_mark(bytes).trim_ascii_start().starts_with(b"{")
}

/// Whether bytes say of themselves that they are an artefact: of any version, whole or cut off.
pub fn says_artefact(bytes: &[u8]) -> bool {
    let says = |rest: &[u8]| {
        let rest = rest.trim_ascii_start().strip_prefix(b":").unwrap_or_default();
        rest.trim_ascii_start().starts_with(format!("\"{FORMAT}\"").as_bytes())
    };
    let word = b"\"format\"";
    let mut places = bytes.windows(word.len()).enumerate().filter(|(_, there)| there == word);
    is_artefact(bytes) && places.any(|(at, _)| bytes.get(at + word.len()..).is_some_and(says))
}

/// Some programs put a byte-order mark before whatever they save.
fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes)
}

/// The text of an artefact: the same contents give the same bytes. `None` if they are too large.
pub fn write<'s>(
    lang: Lang,
    source_hash: &str,
    schedules: impl IntoIterator<Item = &'s Schedule>,
    follow_ups: &[FollowUp],
) -> Option<String> {
    let schedule = |schedule: &Schedule| record::Schedule {
        semantic_hash: semantic_hash(schedule).to_string(),
        billing: schedule.second.is_none().then(|| write::billing(schedule)),
        program: schedule.second.as_ref().map(|second| program::write(schedule, second)),
        written: schedule.lines.iter().map(|line| line.text.clone()).collect(),
    };
    let mut file = record::File {
        format: FORMAT.to_owned(),
        format_version: FORMAT_VERSION,
        language_version: LANGUAGE_VERSION,
        lang: lang.pick(record::Lang::En, record::Lang::Fr),
        source_hash: source_hash.to_owned(),
        schedules: schedules.into_iter().map(schedule).collect(),
        follow_ups: follow_ups.iter().map(follow::written).collect(),
        checksum: String::new(),
    };
    file.checksum = checksum(&file);
    let text = serde_json::to_string_pretty(&file).ok()? + "\n";
    (text.len() <= LARGEST_ARTEFACT).then_some(text)
}

/// The hash of everything else in the file. It tells an accident, or an edit; it is no signature.
fn checksum(file: &record::File) -> String {
    let blank = record::File { checksum: String::new(), ..file.clone() };
    blake3::hash(&record::json(&blank)).to_hex().to_string()
}

/// Reads an artefact. Messages are in `lang`, or else in the language of its source.
///
/// # Errors
///
/// If it is cut off, or anything else than what was written, or of another version.
pub fn read(bytes: &[u8], lang: Option<Lang>) -> Result<Contents, Box<Refused>> {
    let bytes = without_mark(bytes);
    let lang = lang.unwrap_or_else(|| likely_lang(bytes));
    let refused = |text: String, diagnostic| Box::new(Refused { text, lang, diagnostic });
    if bytes.len() > LARGEST_ARTEFACT {
        return Err(refused(String::new(), too_large(lang)));
    }
    let text = std::str::from_utf8(bytes).map_err(|fault| {
        let at = fault.valid_up_to();
        let text = String::from_utf8_lossy(bytes).into_owned();
        // What is no UTF-8 stands there as the sign for that.
        let end = at + char::REPLACEMENT_CHARACTER.len_utf8();
        refused(text, errors::unreadable(lang, Span::new(at, end)))
    })?;
    read_text(text, lang).map_err(|diagnostic| refused(text.to_owned(), *diagnostic))
}

fn read_text(text: &str, lang: Lang) -> Result<Contents, Box<Diagnostic>> {
    let at = |path: &[Part]| Path(path.to_vec()).span(text);
    let unreadable = |fault: serde_json::Error| {
        Box::new(match fault.classify() {
            serde_json::error::Category::Eof => errors::cut_off(lang, place::end(text)),
            serde_json::error::Category::Io
            | serde_json::error::Category::Syntax
            | serde_json::error::Category::Data => {
                errors::unreadable(lang, place::stopped(text, &fault))
            }
        })
    };
    let head: record::Head = serde_json::from_str(text).map_err(unreadable)?;
    if head.format.as_deref() != Some(FORMAT) {
        return Err(Box::new(errors::other_json(lang, at(&[Part::Key("format")]))));
    }
    let versions = [
        (head.format_version, FORMAT_VERSION, "format_version", false),
        (head.language_version, LANGUAGE_VERSION, "language_version", true),
    ];
    for (found, known, key, of_language) in versions {
        if let Some(found) = found.filter(|found| *found != known) {
            let at = at(&[Part::Key(key)]);
            return Err(Box::new(errors::version(lang, at, of_language, found)));
        }
    }
    let file: record::File = serde_json::from_str(text).map_err(unreadable)?;
    // Whatever else a reader of JSON lets pass (a list in the place of an object, a null in that of
    // nothing) is refused here: what was read says exactly what stands there.
    let stated: serde_json::Value = serde_json::from_str(text).map_err(unreadable)?;
    if serde_json::to_value(&file).ok() != Some(stated) {
        return Err(Box::new(errors::unreadable(lang, Span::default())));
    }
    contents(&file, text, lang)
}

fn contents(file: &record::File, text: &str, lang: Lang) -> Result<Contents, Box<Diagnostic>> {
    let told = |fault: fault::Fault| {
        let (path, why): (Path, Unsound) = fault.told();
        Box::new(errors::unsound(lang, path.span(text), &path, why))
    };
    let (schedules, follow_ups) = read::all(file).map_err(told)?;
    let changed = |list, place, name: &str| {
        let path = vec![Part::Key(list), Part::Number(place), Part::Key("semantic_hash")];
        Err(Box::new(errors::changed(lang, Path(path).span(text), Some(name))))
    };
    for (place, (schedule, record)) in schedules.iter().zip(&file.schedules).enumerate() {
        if semantic_hash(schedule).to_string() != record.semantic_hash {
            return changed("schedules", place, &schedule.name);
        }
    }
    for (place, (follow_up, record)) in follow_ups.iter().zip(&file.follow_ups).enumerate() {
        if follow_up_hash(follow_up).to_string() != record.semantic_hash {
            return changed("follow_ups", place, &follow_up.name);
        }
    }
    if checksum(file) != file.checksum {
        let at = Path(vec![Part::Key("checksum")]).span(text);
        return Err(Box::new(errors::changed(lang, at, None)));
    }
    let lang = match file.lang {
        record::Lang::En => Lang::En,
        record::Lang::Fr => Lang::Fr,
    };
    Ok(Contents { lang, source_hash: file.source_hash.clone(), schedules, follow_ups })
}

/// The language that an artefact states, however little of it can be read.
fn likely_lang(bytes: &[u8]) -> Lang {
    let head = bytes.get(..bytes.len().min(1000)).unwrap_or_default();
    let head: Vec<u8> = head.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let french = b"\"lang\":\"fr\"";
    if head.windows(french.len()).any(|part| part == french) { Lang::Fr } else { Lang::En }
}
