//! From a source text to the tree as written, with every error that can be told apart.
//!
//! The text is folded, then read a few items at a time. An item that cannot be read is read again
//! by itself, by the rule that its first word names, and becomes one error; reading goes on at the
//! next line that may begin one, so that a file with five mistakes reports five. It is read once
//! more only where a line that begins with nothing known follows it, and then to that line; no
//! place is found by counting from the top: the cost is linear in the size of the text.

use super::ast::*;
use super::encoding::{Encoding, likely_lang};
use super::fold::{self, Folded, LARGEST_SOURCE};
use super::grammar::{Grammar, Rule};
#[cfg(not(target_arch = "wasm32"))]
use super::quick;
use super::{advice, build, errors, hints, lookalikes, words};
use crate::diagnostic::Diagnostic;
use crate::lang::Lang;
use crate::span::Span;
use pest::Parser as _;
use pest::error::{Error, ErrorVariant, InputLocation};
use pest::iterators::{Pair, Pairs};

pub use super::parser::Parser;
pub use super::place::Place;

/// After this many errors the rest of a file is not read: it is no schedule.
const MOST_ERRORS: usize = 1_000;
/// Where several items are read at a time, so much of the text is.
const FEW_ITEMS: usize = 1024;
/// So much of the text is given to the grammar at first: it may look at all that it is given.
const FIRST_WINDOW: usize = 4 * 1024;

/// The outcome of reading a text: the tree, which leaves out what could not be read, and the
/// errors and warnings, in the order of their places.
#[derive(Debug)]
pub struct Parsed {
    /// The tree as written.
    pub file: File,
    /// What is wrong with the text.
    pub diagnostics: Vec<Diagnostic>,
    /// What is wrong with names, which can be read all the same: empty, or lookalikes.
    pub names: Vec<Diagnostic>,
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
    let mut parser = Parser::new(source, &folded, lang, file_lang);
    parser.diagnostics.extend(folded.problems.iter().map(|problem| errors::problem(lang, problem)));
    let items = if unread { Vec::new() } else { parser.items() };
    let empty = items.is_empty() && parser.diagnostics.is_empty();
    let lang = if empty { asked.unwrap_or_else(|| folded.lang_of_comments()) } else { lang };
    if empty {
        parser.diagnostics.push(errors::empty_file(lang));
    }
    if !unread {
        parser.mixed_vocabularies(&items);
    }
    let names = if unread { Vec::new() } else { parser.names() };
    let mut diagnostics = parser.diagnostics;
    diagnostics.sort_by_key(|diagnostic| diagnostic.span);
    let file = File { lang: file_lang, items, comments: folded.comments };
    Parsed { file, diagnostics, names, lang }
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
                Encoding::Utf16 | Encoding::Workbook | Encoding::Binary => String::new(),
                Encoding::OneByte => String::from_utf8_lossy(bytes).into_owned(),
            };
            let lang = fallback();
            (text, nothing_read(lang, errors::not_utf8(lang, bytes, encoding)))
        }
    }
}

fn nothing_read(lang: Lang, diagnostic: Diagnostic) -> Parsed {
    let file = File { lang, items: Vec::new(), comments: Vec::new() };
    Parsed { file, diagnostics: vec![diagnostic], names: Vec::new(), lang }
}

impl<'a> Parser<'a> {
    /// Reads all items.
    pub fn items(&mut self) -> Vec<Item> {
        let mut items = Vec::new();
        let mut at = self.folded.skip_blanks(0);
        while at < self.folded.text.len() && self.diagnostics.len() < MOST_ERRORS {
            let end = match self.sound_items(at, &mut items) {
                Some(end) => end,
                None => {
                    let (item, end) = self.item(at);
                    self.add(&mut items, item);
                    end
                }
            };
            at = self.folded.skip_blanks(end);
        }
        items
    }

    fn add(&mut self, items: &mut Vec<Item>, item: Item) {
        self.place = match &item.kind {
            ItemKind::Schedule { .. } | ItemKind::Broken(Shape::Schedule) => Place::Schedule,
            ItemKind::Scenario { of: Some(Of::Schedule(_)), .. } => Place::Scenario,
            ItemKind::Scenario { of: Some(Of::FollowUp(_)), .. } => Place::FollowScenario,
            ItemKind::Scenario { of: None, .. } | ItemKind::Broken(Shape::Scenario) => {
                let of_follow_up = matches!(self.place, Place::FollowUp | Place::FollowScenario);
                if of_follow_up { Place::FollowScenario } else { Place::Scenario }
            }
            ItemKind::FollowUp(_) | ItemKind::Broken(Shape::FollowUp) => Place::FollowUp,
            ItemKind::Unit(_)
            | ItemKind::Step(_)
            | ItemKind::Invoice(_)
            | ItemKind::Price(_)
            | ItemKind::Action(_)
            | ItemKind::Planned(_)
            | ItemKind::WholeAttendance
            | ItemKind::Payer(_)
            | ItemKind::Vat(_)
            | ItemKind::Payment(_)
            | ItemKind::MaySuspend
            | ItemKind::Agreed(_)
            | ItemKind::Accepts { .. }
            | ItemKind::Line(_)
            | ItemKind::Event { .. }
            | ItemKind::Expect(_)
            | ItemKind::Until(_)
            | ItemKind::Broken(_) => self.place,
        };
        if self.is_unclear_tax(items.last(), &item) {
            items.push(Item { kind: ItemKind::Broken(Shape::Vat), ..item });
        } else {
            items.push(item);
        }
    }

    /// Whether a tax stands behind a line or an action without the comma that would make it theirs:
    /// which is meant cannot be told, and is reported.
    fn is_unclear_tax(&mut self, before: Option<&Item>, item: &Item) -> bool {
        let (ItemKind::Vat(_), Some(before)) = (&item.kind, before) else { return false };
        let (at, before_at) = (item.at.0, before.at.0);
        let between = Span { start: before_at.end, end: at.start }.of(self.source);
        let unclear = matches!(before.kind, ItemKind::Line(_) | ItemKind::Action(_))
            && !between.contains(['\n', '\r']);
        if unclear {
            let written = at.of(self.source);
            self.diagnostics.push(errors::tax_without_comma(self.lang, at, before_at, written));
        }
        unclear
    }

    /// Reads the next few items, as far as the grammar can; where the last of them ends. `None` if
    /// it cannot read the first.
    fn sound_items(&mut self, at: usize, items: &mut Vec<Item>) -> Option<usize> {
        let end = self.folded.line_break_after(at.saturating_add(FEW_ITEMS));
        let text = self.folded.text.get(at..end)?;
        let inside = text.trim_end_matches([' ', '\n']).len();
        let mut read = None;
        for pair in items_at(text)?.next()?.into_inner() {
            // What reaches the end of the few lines at hand may go on behind it.
            let may_go_on = end < self.folded.text.len() && pair.as_span().end() >= inside;
            if may_go_on || self.diagnostics.len() >= MOST_ERRORS {
                break;
            }
            let (item, end) = self.built(pair, at);
            self.add(items, item);
            read = Some(end);
        }
        read
    }

    /// The item that the grammar has read, in the text from `offset` on, and where it ends.
    fn built(&mut self, pair: Pair<'_, Rule>, offset: usize) -> (Item, usize) {
        let at = offset + pair.as_span().start();
        self.begun = Some((at, self.place));
        let length = pair.as_str().trim_end().len();
        let before = self.diagnostics.len();
        let mut builder = build::Builder {
            source: self.source,
            quoted: &self.folded.quoted,
            places: self.folded.places(at, at + length),
            offset,
            lang: self.lang,
            depth: 0,
            diagnostics: &mut self.diagnostics,
        };
        let kind = builder.item(pair);
        // A line of a schedule is no place for what begins one of a scenario.
        let until = matches!(kind, Some(ItemKind::Until(_)));
        let limit = until.then(|| self.limit_behind(at)).flatten();
        self.diagnostics.extend(limit);
        let sound = self.diagnostics.len() == before;
        if kind.is_none() && sound {
            self.disagree(at, length, "None");
        }
        let item = match kind.filter(|_| sound) {
            Some(kind) => Item { at: At(self.folded.original(at, at + length)), kind },
            None => self.broken(self.shape_at(at).unwrap_or(Shape::Unknown), at, length),
        };
        (item, at + length)
    }

    /// Says that an item was read and nothing came of it.
    fn disagree(&mut self, at: usize, length: usize, what: &str) {
        let span = self.folded.original(at, at + length);
        self.diagnostics.push(errors::grammar_and_reader_disagree(self.lang, span, what));
    }

    /// Reads one item at `at`; where it ends, or where reading goes on after an error.
    fn item(&mut self, at: usize) -> (Item, usize) {
        self.begun = Some((at, self.place));
        let Some((shape, rule)) = self.shape_at(at).and_then(|shape| Some((shape, shape.rule()?)))
        else {
            return self.unknown_item(at);
        };
        match self.read_item(rule, at) {
            Ok(mut pairs) => match pairs.next() {
                Some(pair) => self.built(pair, at),
                None => {
                    let rest = self.folded.text.len() - at;
                    self.disagree(at, rest, "None");
                    (self.broken(shape, at, rest), self.folded.text.len())
                }
            },
            Err(error) => {
                let failed = at + failed_at(&error);
                let possible = match error.variant {
                    ErrorVariant::ParsingError { positives, .. } => positives,
                    ErrorVariant::CustomError { .. } => Vec::new(),
                };
                let next = self.folded.skip_blanks(failed);
                let stops = next > at && self.stops_before(next);
                let end = if stops { next } else { self.next_item_line(failed) };
                if !self.holds_unclosed_text(at, end) {
                    self.unexpected(shape, at, failed, &possible);
                }
                (self.broken(shape, at, end - at), end)
            }
        }
    }

    /// The grammar's reading of one item; an item that is complete before a line which begins
    /// with nothing known ends there, and only that line is wrong.
    fn read_item(&self, rule: Rule, at: usize) -> Result<Pairs<'a, Rule>, Error<Rule>> {
        let folded = self.folded;
        parse_item(folded, rule, at).or_else(|error| {
            let next = folded.skip_blanks(at + failed_at(&error));
            let end = folded.end_before(next);
            let gap = folded.text.get(end..next).unwrap_or("");
            // A line that stands no deeper than the item goes on with nothing.
            let column = |place| self.folded.original(place, place).start as usize;
            let indent = |place: usize| {
                let before = self.source.get(..column(place)).unwrap_or("");
                before.len() - before.rfind('\n').map_or(0, |line| line + 1)
            };
            let stray = self.is_stray(next)
                || self.shape_at(next).is_some()
                || (next < folded.text.len() && indent(next) <= indent(at));
            let complete = || Grammar::parse(rule, folded.text.get(at..end)?).ok();
            let found = (end > at && gap.contains('\n') && stray).then(complete).flatten();
            found.ok_or(error)
        })
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

    /// A line whose first word begins no item: one error up to the next line that may begin one.
    fn unknown_item(&mut self, at: usize) -> (Item, usize) {
        let rest = self.folded.text.get(at..).unwrap_or("");
        let token = if rest.starts_with("//") { "//" } else { self.folded.token_at(at) }.to_owned();
        let after = at + token.len().max(1);
        let end = self.next_item_line(after);
        if self.holds_unclosed_text(at, end) {
            return (self.broken(Shape::Unknown, at, end - at), end);
        }
        if let Some(diagnostic) = self.number_mishap(at) {
            self.diagnostics.push(diagnostic);
            return (self.broken(Shape::Unknown, at, end - at), end);
        }
        if let Some(diagnostic) = self.spoken(at, at) {
            self.diagnostics.push(diagnostic.example(self.place.example(self.file_lang)));
            return (self.broken(Shape::Unknown, at, end - at), end);
        }
        let span = self.folded.original(at, at + token.len());
        let diagnostic = errors::unknown_item(self.lang, span, span.of(self.source));
        if token == "//" {
            self.diagnostics.push(hints::remark(self.lang, diagnostic).edit(span, "#"));
            return (self.broken(Shape::Unknown, at, end - at), end);
        }
        let item = self.folded.skip_blanks(after);
        let near = || self.likely_word(self.folded.token_at(item), &words::ITEM_WORDS).is_some();
        let bullet =
            !token.starts_with(char::is_alphanumeric) && (self.shape_at(item).is_some() || near());
        if bullet && item < self.folded.line_break_after(at) {
            let place = self.folded.original(at, item);
            let diagnostic = hints::no_bullet(self.lang, diagnostic, span.of(self.source));
            self.diagnostics.push(diagnostic.edit(place, ""));
            return (self.broken(Shape::Unknown, at, item - at), item);
        }
        if let Some(found) =
            self.guard_at(&diagnostic, at, at).or_else(|| self.trade_item(&diagnostic, at, &token))
        {
            self.diagnostics.push(found.example(self.place.example(self.file_lang)));
            return (self.broken(Shape::Unknown, at, end - at), end);
        }
        let meant = words::item_meant(&token).and_then(words::spelling);
        let meant = meant.map(|(english, french)| self.file_lang.pick(english, french));
        let meant = meant.or_else(|| self.likely_word(&token, &words::ITEM_WORDS));
        // `location` is no `action`: a word that is written wrongly keeps its first letter.
        let is_near = |word: &str| {
            let folded = crate::diagnostic::fold_for_likeness(word);
            words::item_meant(&token).is_some() || folded.chars().next() == token.chars().next()
        };
        let named = if meant.is_some_and(is_near) { None } else { self.named_amount(at) };
        if let Some(found) = named {
            self.diagnostics.push(found.example(self.place.example(self.file_lang)));
            return (self.broken(Shape::Unknown, at, end - at), end);
        }
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
        (self.broken(shape.unwrap_or(Shape::Unknown), at, end - at), end)
    }

    /// The error of an item, begun at `start`, that stops being one at `failed`.
    fn unexpected(&mut self, shape: Shape, start: usize, failed: usize, possible: &[Rule]) {
        let at = self.folded.skip_blanks(failed);
        let token = self.folded.token_at(at).to_owned();
        if let Some(diagnostic) = self.number_mishap(at) {
            self.diagnostics.push(diagnostic);
            return;
        }
        if let Some(diagnostic) = self.spoken(start, at) {
            let example = self.example(shape, start);
            self.diagnostics.push(diagnostic.example(example));
            return;
        }
        let before = self.folded.end_before(at);
        let mut beginnings = advice::beginnings(possible);
        if self.place == Place::FollowScenario && possible.contains(&Rule::happening) {
            beginnings = super::beginnings::INVOICE_EVENTS.to_vec();
        }
        // What is said of follow-ups only is not offered among schedules.
        if matches!(self.place, Place::Nowhere | Place::Schedule | Place::Scenario)
            && matches!(shape, Shape::Expect | Shape::Scenario)
        {
            beginnings.retain(|rule| !matches!(rule, Rule::kw_step | Rule::kw_follow_up));
        }
        // A schedule and a follow-up accept what is proved of each.
        if beginnings.contains(&Rule::kw_leak_property) {
            let of_follow_ups = self.place == Place::FollowUp;
            beginnings.retain(|rule| is_of_follow_ups(*rule) == of_follow_ups);
        }
        let mut fitting = beginnings.clone();
        self.fitting((start, before), &mut fitting);
        let shown = self.shown(&fitting);
        // What is wrong from its beginning on is told there.
        let stops = at > start && self.stops_before(at);
        let open = self.open_parenthesis(start, before);
        let open = open.filter(|_| beginnings.contains(&Rule::kw_or) && (stops || token == ","));
        let place = self.folded.original(before, before);
        let diagnostic = if let Some(open) = open {
            hints::unclosed_parenthesis(self.lang, self.folded.original(open, open + 1), place)
        } else if stops
            && matches!(
                beginnings.as_slice(),
                [Rule::minus, Rule::number] | [Rule::number, Rule::minus]
            )
        {
            hints::amount_missing(self.lang, place)
        } else if stops {
            let early = errors::stops_early(self.lang, place, &shown);
            self.fraction_of_the_price(early, before, &beginnings)
        } else {
            let span = self.folded.original(at, at + token.len());
            let gap = self.folded.text.get(before..at).unwrap_or("");
            let is_title = matches!(shape, Shape::Schedule | Shape::Scenario)
                && !beginnings.contains(&Rule::text);
            if gap.contains('\n') && (shown.is_empty() || is_title) {
                // What was read is complete, and this is another line.
                let unknown = errors::unknown_item(self.lang, span, span.of(self.source));
                errors::line_beginnings(self.lang, unknown, self.place_below(start))
            } else {
                let unexpected = errors::unexpected(self.lang, span, span.of(self.source), &shown);
                self.advise(unexpected, shape, (at, before), &token, &beginnings)
            }
        };
        let example = self.example(shape, start);
        self.diagnostics.push(diagnostic.example(example));
    }

    /// An item like the one that begins there, as it is written right.
    fn example(&self, shape: Shape, start: usize) -> &'static str {
        if self.place == Place::FollowScenario && shape == Shape::Expect {
            return self.file_lang.pick(
                "expect 2025-02-17 step \"Reminder\"",
                "attendu 17/02/2025 étape \"Relance\"",
            );
        }
        if self.place == Place::FollowScenario && shape == Shape::Event {
            return self.file_lang.pick("2025-02-10 paid 20 EUR", "10/02/2025 encaissement 20 EUR");
        }
        let first = self.folded.token_at(start);
        let second = self.folded.token_at(self.folded.skip_blanks(start + first.len()));
        shape.example(self.file_lang, first, second)
    }

    /// Words of the other vocabulary; one in an item that could not be read may be no word of the
    /// language at all.
    fn mixed_vocabularies(&mut self, items: &[Item]) {
        let foreign = self.file_lang.pick(self.folded.french, self.folded.english);
        let unread = |span: Span| {
            let next = items.partition_point(|item| item.at.0.start <= span.start);
            let item = next.checked_sub(1).and_then(|index| items.get(index));
            item.is_some_and(|item| {
                matches!(item.kind, ItemKind::Broken(_)) && span.start < item.at.0.end
            })
        };
        if let Some(span) = foreign.first.filter(|span| !unread(*span)) {
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
    fn names(&self) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for quoted in &self.folded.quoted {
            if self.unclosed.binary_search_by_key(&quoted.span.start, |at| at.start).is_ok() {
                continue;
            }
            if quoted.text.is_empty() {
                found.push(errors::empty_name(self.lang, quoted.span));
            } else if let Some(lookalikes) = lookalikes::find(self.source, quoted.span) {
                found.push(errors::lookalike(self.lang, &quoted.text, &lookalikes));
            }
        }
        found
    }
}

/// The items with which a folded text begins; `None` if the first cannot be read. A page loads all of what reads it before
/// it answers: there the parser that pest derives does it alone.
fn items_at(text: &str) -> Option<Pairs<'_, Rule>> {
    #[cfg(not(target_arch = "wasm32"))]
    return quick::read(text);
    #[cfg(target_arch = "wasm32")]
    Grammar::parse(Rule::items, text).ok()
}

/// Whether a word is a property of follow-ups.
fn is_of_follow_ups(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::kw_forgotten_property
            | Rule::kw_never_property
            | Rule::kw_passed_over_property
            | Rule::kw_before_receipt_property
    )
}

/// Where the grammar came no further.
fn failed_at(error: &Error<Rule>) -> usize {
    match error.location {
        InputLocation::Pos(offset) | InputLocation::Span((offset, _)) => offset,
    }
}

/// The grammar's reading of one item. It is given the lines at hand, and more of them only if
/// the item or what is wrong with it may go on there: the grammar scans all that it is given.
fn parse_item(folded: &Folded, rule: Rule, at: usize) -> Result<Pairs<'_, Rule>, Error<Rule>> {
    // A word of the grammar has at most three parts, between which lines may break.
    const LONGEST_WORD: usize = 4;
    let all = folded.text.len();
    let mut window = FIRST_WINDOW;
    loop {
        let end = folded.line_break_after(at.saturating_add(window));
        let text = folded.text.get(at..end).unwrap_or("");
        let inside = text.trim_end_matches([' ', '\n']).len();
        let outcome = Grammar::parse(rule, text);
        let reached = match &outcome {
            Ok(pairs) => pairs.as_str().trim_end().len(),
            Err(error) => {
                let mut reached = at + failed_at(error);
                for _ in 0..LONGEST_WORD {
                    reached = folded.skip_blanks(reached);
                    reached += folded.token_at(reached).len();
                }
                reached - at
            }
        };
        if end >= all || reached < inside {
            return outcome;
        }
        window = window.saturating_mul(8);
    }
}
