//! What reads a text: the text itself, folded, the place that was reached, and what is wrong so far.

use super::fold::{Folded, Problem};
use super::place::Place;
use crate::diagnostic::Diagnostic;
use crate::lang::Lang;
use crate::span::Span;
use std::cell::OnceCell;

/// A folded text that is being read, and what has been said of it so far.
pub struct Parser<'a> {
    pub source: &'a str,
    pub folded: &'a Folded,
    /// The language of messages.
    pub lang: Lang,
    /// The vocabulary of what is to be written.
    pub file_lang: Lang,
    /// In what the next item stands.
    pub place: Place,
    /// Where, in the folded text, the item begins that was read last, and in what it stands.
    pub begun: Option<(usize, Place)>,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// The names that are not closed, in order.
    pub(super) unclosed: Vec<Span>,
    /// The currencies that are stated below each head of the file, once they have been asked for.
    pub stated_currencies: OnceCell<Vec<(usize, Vec<crate::money::Currency>)>>,
}

impl<'a> Parser<'a> {
    /// What reads a folded text, at its beginning.
    pub fn new(source: &'a str, folded: &'a Folded, lang: Lang, file_lang: Lang) -> Parser<'a> {
        let unclosed = folded.problems.iter().filter_map(|problem| match problem {
            Problem::UnclosedText { at, .. } => Some(*at),
            Problem::LineTooLong { .. }
            | Problem::NestedTooDeep { .. }
            | Problem::Forbidden { .. }
            | Problem::Escape { .. }
            | Problem::OtherQuotes { .. }
            | Problem::ForeignDigit { .. } => None,
        });
        Parser {
            source,
            folded,
            lang,
            file_lang,
            place: Place::Nowhere,
            begun: None,
            diagnostics: Vec::new(),
            unclosed: unclosed.collect(),
            stated_currencies: OnceCell::new(),
        }
    }
}
