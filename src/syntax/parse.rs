//! From a source text to the tree as written, with every error that can be told apart.
//!
//! The text is folded, then read item by item: the first word says which rule of the grammar reads
//! the item. An item that cannot be read becomes one error; reading goes on at the next line that
//! begins an item, so that a file with five mistakes reports five. No item is read twice and no
//! place is found by counting from the top: the cost is linear in the size of the text.

use super::ast::*;
use super::fold::{self, Folded, LARGEST_SOURCE};
use super::grammar::{Grammar, Rule};
use super::{build, errors, lookalikes, words};
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::lang::Lang;
use crate::span::Span;
use pest::Parser as _;
use pest::error::{ErrorVariant, InputLocation};

/// After this many errors the rest of a file is not read: it is no schedule.
const MOST_ERRORS: usize = 1_000;
/// So much of a file that cannot be read is looked at to tell its language.
const LANG_SAMPLE: usize = 64 * 1024;

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
        let lang = lang.unwrap_or_else(|| likely_lang(source.as_bytes()));
        return nothing_read(lang, errors::file_too_large(lang));
    }
    let folded = fold::fold(source);
    let unread = folded.problems.iter().any(fold::Problem::is_fatal);
    let file_lang = if unread { likely_lang(source.as_bytes()) } else { folded.lang() };
    let asked = lang;
    let lang = asked.unwrap_or(file_lang);
    let unclosed = folded.problems.iter().filter_map(|problem| match problem {
        fold::Problem::UnclosedText { at, .. } => Some(*at),
        fold::Problem::LineTooLong { .. }
        | fold::Problem::NestedTooDeep { .. }
        | fold::Problem::Forbidden { .. }
        | fold::Problem::Escape { .. }
        | fold::Problem::ForeignDigit { .. } => None,
    });
    let unclosed = unclosed.collect();
    let mut parser = Parser {
        source,
        folded: &folded,
        lang,
        file_lang,
        place: Place::Nowhere,
        diagnostics: Vec::new(),
        unclosed,
    };
    parser.diagnostics.extend(folded.problems.iter().map(|problem| errors::problem(lang, problem)));
    let items = if unread { Vec::new() } else { parser.items() };
    let empty = items.is_empty() && parser.diagnostics.is_empty();
    let lang = if empty { asked.unwrap_or_else(|| folded.lang_of_comments()) } else { lang };
    if empty {
        parser.diagnostics.push(errors::empty_file(lang));
    }
    if !unread {
        parser.mixed_vocabularies();
        parser.names();
    }
    let mut diagnostics = parser.diagnostics;
    diagnostics.sort_by_key(|diagnostic| diagnostic.span);
    let file = File { lang: file_lang, items, comments: folded.comments };
    Parsed { file, diagnostics, lang }
}

/// Reads the bytes of a file, which may be no text at all.
pub fn parse_bytes(bytes: &[u8], lang: Option<Lang>) -> (String, Parsed) {
    let fallback = || lang.unwrap_or_else(|| likely_lang(bytes));
    if bytes.len() > LARGEST_SOURCE {
        return (String::new(), nothing_read(fallback(), errors::file_too_large(fallback())));
    }
    let encoding = Encoding::of(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) if encoding != Encoding::Utf16 => (text.to_owned(), parse(text, lang)),
        Ok(_) | Err(_) => {
            let text = match encoding {
                Encoding::Utf16 | Encoding::Binary => String::new(),
                Encoding::OneByte => String::from_utf8_lossy(bytes).into_owned(),
            };
            let lang = fallback();
            (text, nothing_read(lang, errors::not_utf8(lang, bytes, encoding)))
        }
    }
}

/// What bytes that are no UTF-8 look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// Two bytes a letter, every other one zero.
    Utf16,
    /// Latin-1, Windows-1252 and the like.
    OneByte,
    /// No text.
    Binary,
}

impl Encoding {
    fn of(bytes: &[u8]) -> Encoding {
        let sample = bytes.get(..4_096).unwrap_or(bytes);
        let zeros = sample.iter().filter(|byte| **byte == 0).count();
        match bytes {
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Encoding::Utf16,
            _ if zeros > 3 && zeros * 4 > sample.len() && zeros * 4 < sample.len() * 3 => {
                Encoding::Utf16
            }
            _ if bytes.contains(&0) => Encoding::Binary,
            _ => Encoding::OneByte,
        }
    }
}

/// The language of a text that cannot be read as a whole, from the words that can.
fn likely_lang(bytes: &[u8]) -> Lang {
    let sample: Vec<u8> =
        bytes.iter().copied().filter(|byte| *byte != 0).take(LANG_SAMPLE).collect();
    // In pieces, so that no line is too long to be read.
    let lines: Vec<String> =
        sample.chunks(5_000).map(|piece| String::from_utf8_lossy(piece).into_owned()).collect();
    fold::fold(&lines.join("\n")).lang()
}

fn nothing_read(lang: Lang, diagnostic: Diagnostic) -> Parsed {
    let file = File { lang, items: Vec::new(), comments: Vec::new() };
    Parsed { file, diagnostics: vec![diagnostic], lang }
}

/// Where in a file the next item stands, as far as its words go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Before any schedule.
    Nowhere,
    /// In a schedule.
    Schedule,
    /// In a scenario.
    Scenario,
}

struct Parser<'a> {
    source: &'a str,
    folded: &'a Folded,
    /// The language of messages.
    lang: Lang,
    /// The vocabulary of what is to be written.
    file_lang: Lang,
    place: Place,
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
            self.place = match &item.kind {
                ItemKind::Schedule(_) | ItemKind::Broken(Shape::Schedule) => Place::Schedule,
                ItemKind::Scenario { .. } | ItemKind::Broken(Shape::Scenario) => Place::Scenario,
                ItemKind::Unit(_)
                | ItemKind::Price(_)
                | ItemKind::Action(_)
                | ItemKind::Planned(_)
                | ItemKind::WholeAttendance
                | ItemKind::Line(_)
                | ItemKind::Event { .. }
                | ItemKind::Expect(_)
                | ItemKind::Until(_)
                | ItemKind::Broken(_) => self.place,
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
                    depth: 0,
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
                let next = self.skip_blanks(failed);
                let stops = next > at && self.stops_before(next);
                let end = if stops { next } else { self.next_item_line(failed) };
                if !self.holds_unclosed_text(at, end) {
                    self.unexpected(shape, at, failed, &possible);
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
        let meant = self.likely_word(&token, words::ITEM_WORDS);
        let diagnostic = errors::unknown_item(self.lang, span, span.of(self.source));
        let diagnostic = match meant {
            Some(word) => errors::did_you_mean_word(self.lang, diagnostic, word).edit(span, word),
            None => errors::line_beginnings(self.lang, diagnostic, self.place),
        };
        let folded = meant.map(crate::diagnostic::fold_for_likeness);
        let shape = folded.as_deref().and_then(words::item_shape);
        let example = match (shape, &folded) {
            (Some(shape), Some(word)) => shape.example(self.file_lang, word, ""),
            (Some(_), None) | (None, _) => self.place.example(self.file_lang),
        };
        self.diagnostics.push(diagnostic.example(example));
        let end = self.next_item_line(at + token.len().max(1));
        (self.broken(shape.unwrap_or(Shape::Unknown), at, end - at), end)
    }

    /// The error of an item, begun at `start`, that stops being one at `failed`.
    fn unexpected(&mut self, shape: Shape, start: usize, failed: usize, possible: &[Rule]) {
        let at = self.skip_blanks(failed);
        let token = self.token_at(at).to_owned();
        if let Some(diagnostic) = self.number_mishap(at) {
            self.diagnostics.push(diagnostic);
            return;
        }
        let before = self.end_before(at);
        let beginnings = beginnings(possible);
        let shown = self.shown(&beginnings);
        let diagnostic = if self.stops_before(at) {
            let place = self.folded.original(before, before);
            errors::stops_early(self.lang, place, &shown)
        } else {
            let span = self.folded.original(at, at + token.len());
            let unexpected = errors::unexpected(self.lang, span, span.of(self.source), &shown);
            self.advise(unexpected, shape, (at, before), &token, &beginnings)
        };
        let first = self.token_at(start);
        let second = self.token_at(self.skip_blanks(start + first.len()));
        let example = shape.example(self.file_lang, first, second);
        self.diagnostics.push(diagnostic.example(example));
    }

    /// Where the text before the blanks before `at` ends.
    fn end_before(&self, at: usize) -> usize {
        self.folded.text.get(..at).unwrap_or("").trim_end_matches([' ', '\n']).len()
    }

    /// Whether what stands at `at` is the end of the text, or a line that begins an item: what was
    /// being read stops before it.
    fn stops_before(&self, at: usize) -> bool {
        let gap = self.folded.text.get(self.end_before(at)..at).unwrap_or("");
        at >= self.folded.text.len() || gap.contains('\n') && self.shape_at(at).is_some()
    }

    /// What was most likely meant by a token that cannot stand at `at`; the text before it ends at
    /// `before`.
    fn advise(
        &self,
        diagnostic: Diagnostic,
        shape: Shape,
        (at, before): (usize, usize),
        token: &str,
        possible: &[Rule],
    ) -> Diagnostic {
        let lang = self.lang;
        let span = diagnostic.span;
        let found = span.of(self.source);
        let can = |rule: Rule| possible.contains(&rule);
        if let Some((right, span)) =
            self.trigger_meant(at, token).filter(|_| can(Rule::trigger_hint))
        {
            return errors::write(lang, diagnostic, &right).edit(span, right);
        }
        if possible == [Rule::colon] {
            let place = self.folded.original(before, before);
            return errors::colon_after_label(lang, diagnostic).edit(place, ":");
        }
        if can(Rule::currency) && matches!(token, "euro" | "euros") {
            return errors::write(lang, diagnostic, "EUR").edit(span, "EUR");
        }
        if can(Rule::kw_or) && matches!(token, "on" | "a" | "au" | "en" | "le") {
            let or = self.file_lang.pick("or ", "ou ");
            return errors::joined_by_or(lang, diagnostic, or)
                .edit(Span { end: span.start, ..span }, or);
        }
        if can(Rule::kw_or) && !can(Rule::kw_and) && matches!(token, "and" | "et" | ",") {
            let or = self.file_lang.pick("or", "ou");
            let right = if token == "," { format!(" {or}") } else { or.to_owned() };
            return errors::joined_by_or(lang, diagnostic, or).edit(span, right);
        }
        let form = words::other_form(token).filter(|rule| can(*rule));
        if let Some((english, french)) = form.and_then(words::spelling) {
            let word = self.file_lang.pick(english, french);
            return errors::write(lang, diagnostic, word).edit(span, word);
        }
        if let Some(word) = self.likely_word(token, possible) {
            return errors::did_you_mean_word(lang, diagnostic, word).edit(span, word);
        }
        if can(Rule::text) && token.starts_with(char::is_alphabetic) {
            return match self.unquoted_name(shape, at, token) {
                Some((name, span)) => {
                    let right = format!("\"{name}\"");
                    errors::name_in_quotes(lang, diagnostic, &right).edit(span, right)
                }
                None => errors::name_in_quotes(lang, diagnostic, &format!("\"{found} …\"")),
            };
        }
        let number = token.starts_with(|c: char| c.is_ascii_digit());
        if number && can(Rule::kw_fixed) {
            return errors::kind_of_price(lang, diagnostic);
        }
        if number && can(Rule::kw_flat) {
            return errors::kind_of_rate(lang, diagnostic);
        }
        if token == "-" && (can(Rule::number) || can(Rule::sum_hint)) {
            return errors::no_minus(lang, diagnostic);
        }
        diagnostic
    }

    /// `signature`, `at signature`, `à signature` where a trigger should come: the trigger as it
    /// is written, and what it replaces.
    fn trigger_meant(&self, at: usize, token: &str) -> Option<(String, Span)> {
        let mut word_at = at;
        if matches!(token, "at" | "upon" | "when" | "by" | "a" | "lors" | "des") {
            word_at = self.skip_blanks(at + token.len());
            for article in ["the", "de", "la", "le"] {
                if self.token_at(word_at) == article {
                    word_at = self.skip_blanks(word_at + article.len());
                }
            }
        }
        let word = self.token_at(word_at);
        let preposition = words::preposition(word, self.file_lang)?;
        let end = word_at + word.len();
        let shown = self.folded.original(word_at, end).of(self.source);
        Some((format!("{preposition}{shown}"), self.folded.original(at, end)))
    }

    /// A name that was written without quotes: to the end of the line for a schedule or a scenario,
    /// else one word, where something that is known follows.
    fn unquoted_name(&self, shape: Shape, at: usize, token: &str) -> Option<(String, Span)> {
        let rest = self.folded.text.get(at..).unwrap_or("");
        let line = rest.split('\n').next().unwrap_or("").trim_end();
        let after = line.get(token.len()..).unwrap_or("").trim_start();
        let next = self.token_at(at + line.len() - after.len());
        let known = after.is_empty()
            || after.starts_with([':', ',', '-', '"'])
            || after.starts_with(|c: char| c.is_ascii_digit())
            || words::vocabulary_of(next).is_some();
        let whole_line = [Shape::Schedule, Shape::Scenario].contains(&shape);
        let length = if whole_line && !line.contains('"') {
            line.len()
        } else if known {
            token.len()
        } else {
            return None;
        };
        let span = self.folded.original(at, at + length);
        Some((span.of(self.source).to_owned(), span))
    }

    /// How the possible beginnings are named, those that go together in one.
    fn shown(&self, possible: &[Rule]) -> Vec<String> {
        let mut left = possible.to_vec();
        let mut together = Vec::new();
        for (rules, english, french) in words::TOGETHER {
            if rules.iter().all(|rule| left.contains(rule)) {
                left.retain(|rule| !rules.contains(rule));
                together.push((*self.file_lang.pick(english, french)).to_owned());
            }
        }
        let mut shown: Vec<String> = Vec::new();
        let (words, others): (Vec<Rule>, Vec<Rule>) =
            left.into_iter().partition(|rule| words::spelling(*rule).is_some());
        let named = words.into_iter().chain(others).map(|rule| words::shown(rule, self.lang));
        for words in together.into_iter().chain(named) {
            if !shown.contains(&words) {
                shown.push(words);
            }
        }
        shown
    }

    /// `.5`, `5.`, `1_000`: the place where a number stops being one.
    fn number_mishap(&self, at: usize) -> Option<Diagnostic> {
        let text = &self.folded.text;
        let before = text.get(..at).unwrap_or("");
        let after = text.get(at..).unwrap_or("");
        let digits = after.trim_start_matches(|c: char| c.is_ascii_digit());
        let power = |text: &str| {
            let digits = text.strip_prefix('e').map(|rest| rest.trim_start_matches(['+', '-']));
            digits.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        };
        let scientific = before.ends_with(|c: char| c.is_ascii_digit()) && power(after);
        let odd = after.starts_with('.') || digits.starts_with('_') || scientific;
        let in_number = |c: char| {
            c.is_ascii_digit()
                || matches!(c, '.' | '_' | ',')
                || scientific && matches!(c, 'e' | '+' | '-')
        };
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
        // A comma before three digits is never written.
        let mark = |text: String| match text.split_once('.') {
            Some((whole, decimals)) if decimals.len() != 3 => {
                format!("{whole}{}{decimals}", self.file_lang.pick('.', ','))
            }
            Some(_) | None => text,
        };
        let right = right.filter(plain).map(mark);
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
            self.file_lang.pick(|w| w.0, |w| w.1);
        let other: fn((&'static str, &'static str)) -> &'static str =
            self.file_lang.pick(|w| w.1, |w| w.0);
        did_you_mean(token, first_words(own)).or_else(|| {
            let foreign = did_you_mean(token, first_words(other))?;
            spellings().find(|spelling| other(*spelling) == foreign).map(own)
        })
    }

    fn mixed_vocabularies(&mut self) {
        let foreign = self.file_lang.pick(self.folded.french, self.folded.english);
        if let Some(span) = foreign.first {
            let word = span.of(self.source);
            self.diagnostics.push(errors::mixed_vocabularies(
                self.lang,
                self.file_lang,
                span,
                word,
            ));
        }
    }

    /// Names that are empty, and names with letters that look like others.
    fn names(&mut self) {
        for quoted in &self.folded.quoted {
            if self.unclosed.binary_search_by_key(&quoted.span.start, |at| at.start).is_ok() {
                continue;
            }
            if quoted.text.is_empty() {
                self.diagnostics.push(errors::empty_name(self.lang, quoted.span));
            } else if let Some(found) = lookalikes::find(self.source, quoted.span) {
                self.diagnostics.push(errors::lookalike(self.lang, &quoted.text, &found));
            }
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
            Some(c) if word(c) => {
                let end = rest.find(|c| !word(c)).unwrap_or(rest.len());
                end + date_length(rest, end).max(decimals_length(rest, end))
            }
            Some(c) => c.len_utf8(),
        };
        rest.get(..length).unwrap_or("")
    }

    fn shape_at(&self, at: usize) -> Option<Shape> {
        let token = self.token_at(at);
        if token.starts_with(|c: char| c.is_ascii_digit()) {
            let after = self.folded.text.get(at + token.len()..).unwrap_or("");
            let dated = after.starts_with(['-', '/']) && token.chars().all(|c| c.is_ascii_digit());
            return (dated || token.contains(['-', '/'])).then_some(Shape::Event);
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

/// How long the decimals are that follow the digits that end at `end`, with their mark.
fn decimals_length(text: &str, end: usize) -> usize {
    let whole = text.get(..end).unwrap_or("");
    let rest = text.get(end..).unwrap_or("");
    let decimals = rest.strip_prefix(['.', ',']).unwrap_or("");
    let count = decimals.len() - decimals.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let digits = whole.chars().all(|c| c.is_ascii_digit());
    if digits && count > 0 { count + 1 } else { 0 }
}

/// How much of a date follows the digits that end at `end`; 0 if it is none.
fn date_length(text: &str, end: usize) -> usize {
    let digits =
        |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = text.get(end..).unwrap_or("");
    let mut length = 0;
    for _ in 0..2 {
        let part = rest.get(length..).unwrap_or("");
        let count = digits(part.strip_prefix(['-', '/']).unwrap_or(""));
        if digits(text) != end || count == 0 {
            return 0;
        }
        length += 1 + count;
    }
    length
}

/// The words and quantities with which the possible rules begin.
fn beginnings(possible: &[Rule]) -> Vec<Rule> {
    let mut beginnings = Vec::new();
    for rule in possible {
        for rule in words::beginnings(*rule).unwrap_or(std::slice::from_ref(rule)) {
            // A rule that stands for another (`kw_on`) is expanded once more.
            for rule in words::beginnings(*rule).unwrap_or(std::slice::from_ref(rule)) {
                if !beginnings.contains(rule) {
                    beginnings.push(*rule);
                }
            }
        }
    }
    beginnings
}
