//! The targets that a fuzzer is given, each from bytes. What one of them finds is kept in
//! `tests/cases/fuzz`, in a folder of its name, and run with the tests.

use super::agreement::{Spelling, agreement};
use reference::generate;
use reference::rng::Rng;
use reference::write::Language;

/// A target and its name.
pub type Target = (&'static str, fn(&[u8]));

/// All targets.
pub const ALL: [Target; 5] = [
    ("source", source),
    ("written", written),
    ("layout", layout),
    ("event_lines", event_lines),
    ("agreement", agreement_of),
];

/// The bytes of a schedule file.
pub fn source(bytes: &[u8]) {
    super::source::source(bytes);
}

/// Choices that make schedules.
pub fn written(bytes: &[u8]) {
    super::written::written(&mut Rng::from_bytes(bytes));
}

/// The text of a schedule file, to be laid out.
pub fn layout(bytes: &[u8]) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        super::layout::layout(text);
    }
}

/// The bytes of an event file.
pub fn event_lines(bytes: &[u8]) {
    super::event_lines::event_lines(bytes);
}

/// Choices that make a schedule and a history of it.
pub fn agreement_of(bytes: &[u8]) {
    let mut rng = Rng::from_bytes(bytes);
    let language = if rng.chance(50) { Language::French } else { Language::English };
    let schedule = generate::schedule(&mut rng);
    let case = generate::case(&mut rng, &schedule);
    let spelling = Spelling { language, source: None, events: Some(rng) };
    agreement(&schedule, &case, &spelling);
}
