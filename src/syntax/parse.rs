//! From a source text to the tree as written, with every error that can be told apart.
//!
//! The text is folded, then read item by item: the first word says which rule of the grammar reads
//! the item. An item that cannot be read becomes one error; reading goes on at the next line that
//! begins an item, so that a file with five mistakes reports five. No item is read twice and no
//! place is found by counting from the top: the cost is linear in the size of the text.

use super::ast::*;
use super::fold::{self, Folded, LARGEST_SOURCE};
use super::grammar::{Grammar, Rule};
use super::{build, errors, words};
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::lang::{Lang, say};
use crate::span::Span;
use pest::Parser as _;
use pest::error::{ErrorVariant, InputLocation};

/// After this many errors the rest of a file is not read: it is no schedule.
const MOST_ERRORS: usize = 1_000;

/// The outcome of reading a text: the tree, which leaves out what could not be read, and the
/// errors and warnings, in the order of their places.
#[derive(Debug)]
pub struct Parsed {
    /// The tree as written.
    pub file: File,
    /// What is wrong with the text.
    pub diagnostics: Vec<Diagnostic>,
    /// The language of the messages: the file's, or the one that was asked for.
    pub lang: Lang,
}

/// Reads the text of a file. `lang` is the language of messages; the file's own if none.
pub fn parse(source: &str, lang: Option<Lang>) -> Parsed {
    if source.len() > LARGEST_SOURCE {
        let lang = lang.unwrap_or_default();
        return nothing_read(lang, errors::file_too_large(lang));
    }
    let folded = fold::fold(source);
    let file_lang = folded.lang();
    let lang = lang.unwrap_or(file_lang);
    let unclosed = folded.problems.iter().filter_map(|problem| match problem {
        fold::Problem::UnclosedText { at, .. } => Some(*at),
        fold::Problem::LineTooLong { .. }
        | fold::Problem::NestedTooDeep { .. }
        | fold::Problem::Forbidden { .. }
        | fold::Problem::Escape { .. }
        | fold::Problem::ForeignDigit { .. } => None,
    });
    let unclosed = unclosed.collect();
    let mut parser = Parser { source, folded: &folded, lang, diagnostics: Vec::new(), unclosed };
    parser.diagnostics.extend(folded.problems.iter().map(|problem| errors::problem(lang, problem)));
    let fatal = folded.problems.iter().any(fold::Problem::is_fatal);
    let items = if fatal { Vec::new() } else { parser.items() };
    if items.is_empty() && parser.diagnostics.is_empty() {
        parser.diagnostics.push(errors::empty_file(lang));
    }
    parser.mixed_vocabularies(file_lang);
    let mut diagnostics = parser.diagnostics;
    diagnostics.sort_by_key(|diagnostic| diagnostic.span);
    let file = File { lang: file_lang, items, comments: folded.comments };
    Parsed { file, diagnostics, lang }
}

/// Reads the bytes of a file, which may be no text at all.
pub fn parse_bytes(bytes: &[u8], lang: Option<Lang>) -> (String, Parsed) {
    let fallback = lang.unwrap_or_default();
    if bytes.len() > LARGEST_SOURCE {
        return (String::new(), nothing_read(fallback, errors::file_too_large(fallback)));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), parse(text, lang)),
        Err(_) => {
            let text = String::from_utf8_lossy(bytes).into_owned();
            (text, nothing_read(fallback, errors::not_utf8(fallback, bytes)))
        }
    }
}

fn nothing_read(lang: Lang, diagnostic: Diagnostic) -> Parsed {
    let file = File { lang, items: Vec::new(), comments: Vec::new() };
    Parsed { file, diagnostics: vec![diagnostic], lang }
}

struct Parser<'a> {
    source: &'a str,
    folded: &'a Folded,
    lang: Lang,
    diagnostics: Vec<Diagnostic>,
    /// The names that are not closed, in order.
    unclosed: Vec<Span>,
}

impl Parser<'_> {
    fn items(&mut self) -> Vec<Item> {
        let mut items = Vec::new();
        let mut at = self.skip_blanks(0);
        while at < self.folded.text.len() && self.diagnostics.len() < MOST_ERRORS {
            let shape = self.shape_at(at);
            let (item, end) = match shape.and_then(Shape::rule) {
                Some(rule) => self.item(shape.unwrap_or(Shape::Unknown), rule, at),
                None => self.unknown_item(at),
            };
            items.push(item);
            at = self.skip_blanks(end);
        }
        items
    }

    /// Reads one item at `at`; where it ends, or where reading goes on after an error.
    fn item(&mut self, shape: Shape, rule: Rule, at: usize) -> (Item, usize) {
        let rest = self.folded.text.get(at..).unwrap_or("");
        match Grammar::parse(rule, rest) {
            Ok(mut pairs) => {
                let Some(pair) = pairs.next() else {
                    return (self.broken(shape, at, rest.len()), self.folded.text.len());
                };
                let before = self.diagnostics.len();
                let mut builder = build::Builder {
                    source: self.source,
                    folded: self.folded,
                    offset: at,
                    lang: self.lang,
                    diagnostics: &mut self.diagnostics,
                };
                let length = pair.as_str().trim_end().len();
                let kind = builder.item(pair);
                let sound = self.diagnostics.len() == before;
                match kind.filter(|_| sound) {
                    Some(kind) => {
                        let span = self.folded.original(at, at + length);
                        (Item { at: At(span), kind }, at + length)
                    }
                    None => (self.broken(shape, at, length), at + length),
                }
            }
            Err(error) => {
                let failed = match error.location {
                    InputLocation::Pos(offset) | InputLocation::Span((offset, _)) => at + offset,
                };
                let possible = match error.variant {
                    ErrorVariant::ParsingError { positives, .. } => positives,
                    ErrorVariant::CustomError { .. } => Vec::new(),
                };
                let end = self.next_item_line(failed);
                if !self.holds_unclosed_text(at, end) {
                    self.unexpected(shape, failed, &possible);
                }
                (self.broken(shape, at, end - at), end)
            }
        }
    }

    /// Whether a name in this folded range is not closed: what fails to parse there follows from it.
    fn holds_unclosed_text(&self, start: usize, end: usize) -> bool {
        let span = self.folded.original(start, end);
        let first = self.unclosed.partition_point(|at| at.start < span.start);
        self.unclosed.get(first).is_some_and(|at| at.start < span.end)
    }

    fn broken(&self, shape: Shape, at: usize, length: usize) -> Item {
        let span = self.folded.original(at, at + length);
        Item { at: At(span), kind: ItemKind::Broken(shape) }
    }

    /// A line whose first word begins no item: one error up to the next line that begins one.
    fn unknown_item(&mut self, at: usize) -> (Item, usize) {
        let token = self.token_at(at).to_owned();
        let span = self.folded.original(at, at + token.len());
        let shown: Vec<String> =
            words::ITEM_WORDS.iter().map(|rule| words::shown(*rule, self.lang)).collect();
        let mut diagnostic = errors::unknown_item(self.lang, span, span.of(self.source), &shown);
        let meant = self.likely_word(&token, words::ITEM_WORDS);
        let shape =
            meant.and_then(|word| words::item_shape(&crate::diagnostic::fold_for_likeness(word)));
        if let Some(word) = meant {
            diagnostic = diagnostic
                .help(say!(self.lang, "did you mean `{word}`?", "vouliez-vous dire `{word}` ?"))
                .edit(span, word);
        }
        let shape = shape.unwrap_or(Shape::Unknown);
        self.diagnostics.push(diagnostic.example(shape.example(self.lang)));
        let end = self.next_item_line(at + token.len().max(1));
        (self.broken(shape, at, end - at), end)
    }

    fn unexpected(&mut self, shape: Shape, failed: usize, possible: &[Rule]) {
        let at = self.skip_blanks(failed);
        let token = self.token_at(at).to_owned();
        let span = if token.is_empty() {
            self.folded.original(failed, failed)
        } else {
            self.folded.original(at, at + token.len())
        };
        let found = span.of(self.source).to_owned();
        if let Some(diagnostic) = self.number_mishap(at) {
            self.diagnostics.push(diagnostic);
            return;
        }
        let mut beginnings = Vec::new();
        for rule in possible {
            let expanded = words::beginnings(*rule);
            for rule in expanded.unwrap_or(std::slice::from_ref(rule)) {
                // A rule that stands for another (`kw_on`) is expanded once more.
                for rule in words::beginnings(*rule).unwrap_or(std::slice::from_ref(rule)) {
                    if !beginnings.contains(rule) {
                        beginnings.push(*rule);
                    }
                }
            }
        }
        let mut shown: Vec<String> = Vec::new();
        for rule in &beginnings {
            let words = words::shown(*rule, self.lang);
            if !shown.contains(&words) {
                shown.push(words);
            }
        }
        let mut diagnostic = errors::unexpected(self.lang, span, &found, &shown);
        let preposition = words::preposition(&token, self.lang);
        if let Some(preposition) = preposition.filter(|_| beginnings.contains(&Rule::trigger_hint))
        {
            let right = format!("{preposition}{found}");
            diagnostic = diagnostic
                .help(say!(self.lang, "write `{right}`", "écrivez `{right}`"))
                .edit(span, right);
        } else if beginnings == [Rule::colon] {
            let place = self.folded.original(failed, failed);
            diagnostic = diagnostic
                .help(say!(self.lang, "write `:` after the label", "écrivez `:` après le libellé"))
                .edit(place, ":");
        } else if let Some(word) = self.likely_word(&token, &beginnings) {
            diagnostic = diagnostic
                .help(say!(self.lang, "did you mean `{word}`?", "vouliez-vous dire `{word}` ?"))
                .edit(span, word);
        }
        self.diagnostics.push(diagnostic.example(shape.example(self.lang)));
    }

    /// `.5`, `5.`, `1_000`: the place where a number stops being one.
    fn number_mishap(&self, at: usize) -> Option<Diagnostic> {
        let text = &self.folded.text;
        let before = text.get(..at).unwrap_or("");
        let after = text.get(at..).unwrap_or("");
        let digits = after.trim_start_matches(|c: char| c.is_ascii_digit());
        let odd = after.starts_with('.') || digits.starts_with('_');
        let in_number = |c: char| c.is_ascii_digit() || c == '.' || c == '_' || c == ',';
        let start = before.trim_end_matches(in_number).len();
        let end = at + after.len() - after.trim_start_matches(in_number).len();
        let written = text.get(start..end)?;
        if !odd || !written.contains(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let right = if let Some(decimals) = written.strip_prefix('.') {
            Some(format!("0.{decimals}"))
        } else if let Some(whole) = written.strip_suffix('.') {
            Some(whole.to_owned())
        } else {
            Some(written.replace('_', "")).filter(|_| written.contains('_'))
        };
        let plain = |text: &String| text.chars().all(|c| c.is_ascii_digit() || c == '.');
        let right = right.filter(plain);
        Some(errors::not_a_number(self.lang, self.folded.original(start, end), written, right))
    }

    /// The word, among those possible, that was most likely meant; in the file's own vocabulary.
    fn likely_word(&self, token: &str, possible: &[Rule]) -> Option<&'static str> {
        let spellings = || possible.iter().filter_map(|rule| words::spelling(*rule));
        let first_words = |of: fn((&'static str, &'static str)) -> &'static str| {
            spellings().map(of).filter(|word| word.chars().all(|c| c.is_alphabetic() || c == ' '))
        };
        if token.len() < 2 {
            return None;
        }
        let own: fn((&'static str, &'static str)) -> &'static str =
            self.lang.pick(|w| w.0, |w| w.1);
        let other: fn((&'static str, &'static str)) -> &'static str =
            self.lang.pick(|w| w.1, |w| w.0);
        did_you_mean(token, first_words(own)).or_else(|| {
            let foreign = did_you_mean(token, first_words(other))?;
            spellings().find(|spelling| other(*spelling) == foreign).map(own)
        })
    }

    fn mixed_vocabularies(&mut self, file_lang: Lang) {
        let foreign = file_lang.pick(self.folded.french, self.folded.english);
        if let Some(span) = foreign.first {
            let diagnostic =
                errors::mixed_vocabularies(self.lang, file_lang, span, span.of(self.source));
            self.diagnostics.push(diagnostic);
        }
    }

    fn skip_blanks(&self, at: usize) -> usize {
        let rest = self.folded.text.get(at..).unwrap_or("");
        at + rest.len() - rest.trim_start_matches([' ', '\n']).len()
    }

    /// The word, number, quoted text or single character at `at`.
    fn token_at(&self, at: usize) -> &str {
        let rest = self.folded.text.get(at..).unwrap_or("");
        let word = |c: char| c.is_alphanumeric() || c == '_';
        let length = match rest.chars().next() {
            None => 0,
            Some('"') => {
                rest.char_indices().skip(1).find(|(_, c)| *c == '"').map_or(1, |(i, _)| i + 1)
            }
            Some(c) if word(c) => rest.find(|c| !word(c)).unwrap_or(rest.len()),
            Some(c) => c.len_utf8(),
        };
        rest.get(..length).unwrap_or("")
    }

    fn shape_at(&self, at: usize) -> Option<Shape> {
        let token = self.token_at(at);
        if token.starts_with(|c: char| c.is_ascii_digit()) {
            let after = self.folded.text.get(at + token.len()..).unwrap_or("");
            let dated = after.starts_with(['-', '/']) && token.chars().all(|c| c.is_ascii_digit());
            return dated.then_some(Shape::Event);
        }
        let shape = words::item_shape(token)?;
        // `jusqu'à 40 %` is an amount; `jusqu'au 31/12/2025` an item.
        let after = self.folded.text.get(at + token.len()..).unwrap_or("");
        let amount = token == "jusqu" && !after.starts_with("'au");
        (!amount).then_some(shape)
    }

    /// Whether an unknown word stands at `at` that is nearly one that begins an item.
    fn nearly_begins_item(&self, at: usize) -> bool {
        let token = self.token_at(at);
        token.starts_with(char::is_alphabetic)
            && words::vocabulary_of(token).is_none()
            && self.likely_word(token, words::ITEM_WORDS).is_some()
    }

    /// The start of the next line, after `from`, that begins an item; else the end of the text.
    fn next_item_line(&self, from: usize) -> usize {
        let mut at = from;
        while let Some(rest) = self.folded.text.get(at..) {
            let Some(line_break) = rest.find('\n') else {
                break;
            };
            let line = at + line_break + 1;
            let indented = self.folded.text.get(line..).unwrap_or("");
            let first = line + indented.len() - indented.trim_start_matches(' ').len();
            if self.shape_at(first).is_some() || self.nearly_begins_item(first) {
                return first;
            }
            at = first;
        }
        self.folded.text.len()
    }
}
