//! Where in an artefact something stands: a path of keys and numbers, and its bytes in the text.

use crate::span::{LineIndex, Span};
use serde_json::value::RawValue;
use std::collections::HashMap;
use std::fmt;

/// One step of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A field.
    Key(&'static str),
    /// A place in a list, from 0.
    Number(usize),
}

/// A path from the top of an artefact, as `schedules[0].billing.lines[2].amount`.
#[derive(Clone, Debug, Default)]
pub struct Path(pub Vec<Part>);

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, part) in self.0.iter().enumerate() {
            match part {
                Part::Key(key) if place == 0 => f.write_str(key)?,
                Part::Key(key) => write!(f, ".{key}")?,
                Part::Number(number) => write!(f, "[{number}]")?,
            }
        }
        Ok(())
    }
}

impl Path {
    /// The bytes of what stands there; the beginning of the text, where nothing does.
    pub fn span(&self, text: &str) -> Span {
        let begin = text.as_ptr() as usize;
        let whole: Option<&RawValue> = serde_json::from_str(text).ok();
        let found = self.0.iter().try_fold(whole, |at, part| {
            let raw = at?.get();
            Some(match part {
                Part::Key(key) => {
                    let fields: HashMap<String, &RawValue> = serde_json::from_str(raw).ok()?;
                    fields.get(*key).copied()
                }
                Part::Number(number) => {
                    let items: Vec<&RawValue> = serde_json::from_str(raw).ok()?;
                    items.get(*number).copied()
                }
            })
        });
        let value = found.flatten().map_or("", RawValue::get);
        let start = (value.as_ptr() as usize).checked_sub(begin);
        let span = start.filter(|start| start + value.len() <= text.len() && !value.is_empty());
        span.map_or(Span::default(), |start| {
            // A long value is marked where it begins.
            let line = value.find('\n').unwrap_or(value.len()).min(200);
            let end = (0..=line).rev().find(|end| value.is_char_boundary(*end)).unwrap_or(0);
            Span::new(start, start + end)
        })
    }
}

/// The last character of a text that is cut off.
pub fn end(text: &str) -> Span {
    let kept = text.trim_end();
    let last = kept.char_indices().next_back().map_or(0, |(start, _)| start);
    Span::new(last, kept.len())
}

/// The place where a reader of JSON stopped.
pub fn stopped(text: &str, error: &serde_json::Error) -> Span {
    let start = LineIndex::new(text).line_start(error.line()) as usize;
    let at = start.saturating_add(error.column().saturating_sub(1)).min(text.len());
    let at = (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let next = text.get(at..).and_then(|rest| rest.chars().next());
    Span::new(at, at + next.filter(|next| !next.is_control()).map_or(0, char::len_utf8))
}
