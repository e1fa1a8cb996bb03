//! What may stand at a place of a text that is being written: in, a text and an offset; out, the words of the
//! file's vocabulary that the grammar takes there, and of what a name may be.
//!
//! The grammar itself is asked: it is given what stands before, followed by a mark that nothing takes, and
//! names what it would have taken.

use super::ast::Shape;
use super::encoding::likely_lang;
use super::fold::{self, Folded, LARGEST_SOURCE, Problem};
use super::grammar::{Grammar, Rule};
use super::names::Naming;
use super::parse::{Parser, Place};
use super::words::{self, WORDS, Word};
use super::{advice, beginnings};
use crate::diagnostic::fold_for_likeness;
use crate::lang::Lang;
use crate::span::Span;
use pest::Parser as _;
use pest::error::{ErrorVariant, InputLocation};

/// What nothing takes: no text keeps it.
const MARK: char = '\u{1}';

/// A word has at most so many parts before its last.
const PARTS_BEFORE: usize = 3;

/// What may stand at a place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expected {
    /// What is written already of it: the letters before the place, or the name that is open there.
    pub begun: Span,
    /// The vocabulary of the file.
    pub lang: Lang,
    /// Words, as they are printed, in the order of the table.
    pub words: Vec<String>,
    /// Of what a name may be.
    pub names: Vec<Naming>,
}

/// What may stand at `offset`, which is a byte of `source`. Nothing within a remark, a number, a text that is too large
/// to be read, or behind a mistake in the same item.
pub fn expected(source: &str, offset: usize) -> Expected {
    let before = source.get(..offset).unwrap_or("");
    if before.len() > LARGEST_SOURCE || source.len() > LARGEST_SOURCE {
        return Expected::default();
    }
    let whole = fold::fold(source);
    let lang = if whole.tells_lang() { whole.lang() } else { likely_lang(source.as_bytes()) };
    let folded = fold::fold(before);
    let nothing = Expected { begun: Span::new(offset, offset), lang, ..Expected::default() };
    let in_remark = folded.comments.last().is_some_and(|comment| {
        !before.get(comment.span.start as usize..).unwrap_or("").contains('\n')
    });
    if in_remark || folded.problems.iter().any(Problem::is_fatal) {
        return nothing;
    }
    let open = folded.problems.iter().find_map(|problem| match problem {
        Problem::UnclosedText { at, .. } => {
            let rest = before.get(at.start as usize..).unwrap_or("");
            (!rest.contains('\n')).then_some(at.start as usize)
        }
        Problem::LineTooLong { .. }
        | Problem::NestedTooDeep { .. }
        | Problem::Forbidden { .. }
        | Problem::Escape { .. }
        | Problem::OtherQuotes { .. }
        | Problem::ForeignDigit { .. } => None,
    });
    let word = |c: char| c.is_alphanumeric() || c == '_';
    let start = open.unwrap_or_else(|| before.trim_end_matches(word).len());
    let begun = Span::new(start, offset);
    if begun.of(before).starts_with(|c: char| c.is_ascii_digit()) {
        return nothing;
    }
    let mut found = taken(before, start, open.is_some(), lang);
    let mut from = start;
    // A word of several parts is offered as long as what is written may be its beginning.
    for _ in 0..PARTS_BEFORE {
        if open.is_some() || !(found.words.is_empty() && found.names.is_empty()) {
            break;
        }
        let line = before.get(..from).unwrap_or("");
        from = line.trim_end_matches(|c| c != '\n' && !word(c)).trim_end_matches(word).len();
        let written = fold_for_likeness(before.get(from..).unwrap_or(""));
        let mut longer = taken(before, from, false, lang);
        longer.names.clear();
        longer.words.retain(|word| fold_for_likeness(word).starts_with(&written));
        found = longer;
    }
    found.begun.end = Span::new(offset, offset).end;
    found
}

/// What is taken behind the first bytes of a text, up to `start`.
fn taken(before: &str, start: usize, open: bool, lang: Lang) -> Expected {
    let mut found = Expected { begun: Span::new(start, start), lang, ..Expected::default() };
    let before = before.get(..start).unwrap_or("");
    let folded = fold::fold(before);
    let (rules, place, names) = asked(before, &folded, lang);
    if rules.contains(&Rule::text) {
        found.names = names;
    }
    if open {
        return found;
    }
    let own_line = before.rsplit('\n').next().is_some_and(|line| line.trim().is_empty());
    let begins = |shape: Shape| own_line && place.holds(shape);
    let offered =
        WORDS.iter().filter(|word| rules.contains(&word.rule) || word.begins.is_some_and(begins));
    let printed = |word: &Word| lang.pick(word.english, word.french).first().copied();
    let mut words: Vec<String> = offered.filter_map(printed).map(str::to_owned).collect();
    if rules.contains(&Rule::trigger_hint) {
        let waits = WORDS.iter().filter_map(|word| Some((printed(word)?, word.on?)));
        words.extend(waits.map(|(word, french)| lang.pick("on ", french).to_owned() + word));
    }
    for word in words {
        if !found.words.contains(&word) {
            found.words.push(word);
        }
    }
    found
}

/// What the grammar would take at the end of a text, where the next item would stand, and of what a name would be.
fn asked(source: &str, folded: &Folded, lang: Lang) -> (Vec<Rule>, Place, Vec<Naming>) {
    let mut parser = Parser::new(source, folded, lang, lang);
    parser.items();
    let place = parser.place;
    let Some((start, of)) = parser.begun else { return (Vec::new(), place, Vec::new()) };
    // The place of the item itself tells what its first word begins.
    parser.place = of;
    let shape = parser.shape_at(start);
    let names = names(&parser, shape, start);
    let Some(rule) = shape.and_then(Shape::rule) else { return (Vec::new(), place, names) };
    let end = folded.end_before(folded.text.len());
    let text = format!("{} {MARK}", folded.text.get(start..end).unwrap_or(""));
    let Err(error) = Grammar::parse(rule, &text) else { return (Vec::new(), place, names) };
    let (InputLocation::Pos(failed) | InputLocation::Span((failed, _))) = error.location;
    let reached = text.get(failed..).is_some_and(|rest| rest.trim_start() == MARK.to_string());
    let possible = match error.variant {
        ErrorVariant::ParsingError { positives, .. } if reached => positives,
        ErrorVariant::ParsingError { .. } | ErrorVariant::CustomError { .. } => Vec::new(),
    };
    let mut rules = advice::beginnings(&possible);
    parser.fitting((start, end), &mut rules);
    if of == Place::FollowScenario && possible.contains(&Rule::happening) {
        rules = beginnings::INVOICE_EVENTS.to_vec();
    }
    (rules, place, names)
}

/// Of what a name would be that comes next in an item which begins at `start`: the word before it says so.
fn names(parser: &Parser<'_>, shape: Option<Shape>, start: usize) -> Vec<Naming> {
    let mut tokens = Vec::new();
    let mut at = start;
    while at < parser.folded.text.len() {
        let token = parser.folded.token_at(at);
        tokens.push(token);
        at = parser.folded.skip_blanks(at + token.len().max(1));
    }
    let last = tokens.last().copied().unwrap_or("");
    let is = |rule: Rule| {
        WORDS.iter().filter(|word| word.rule == rule).flat_map(|word| word.spelled).any(|spelled| {
            let end = words::tokens(spelled).last();
            end == Some(last)
        })
    };
    let first = tokens.len() == 1;
    let subject = [
        (Rule::kw_action, Naming::Action),
        (Rule::kw_deliverable, Naming::Deliverable),
        (Rule::kw_event, Naming::Event),
        (Rule::kw_step, Naming::Step),
        (Rule::kw_payer, Naming::Payer),
        (Rule::kw_schedule, Naming::Schedule),
        (Rule::kw_charged_to, Naming::Payer),
        (Rule::kw_on_line, Naming::Line),
    ];
    match shape {
        // What an item states is a name of its own.
        Some(_) | None if first => Vec::new(),
        Some(Shape::Expect) if last.starts_with(|c: char| c.is_ascii_digit()) => vec![Naming::Line],
        Some(Shape::Scenario) => vec![Naming::Schedule, Naming::FollowUp],
        Some(_) | None => {
            subject.into_iter().filter(|(rule, _)| is(*rule)).map(|(_, naming)| naming).collect()
        }
    }
}

impl Place {
    /// Whether an item of this shape may stand here, or begin another block.
    fn holds(self, shape: Shape) -> bool {
        match shape {
            Shape::Schedule | Shape::FollowUp => true,
            Shape::Scenario => self != Place::Nowhere,
            Shape::Planned => matches!(self, Place::Schedule | Place::Scenario),
            Shape::Payment => matches!(self, Place::Schedule | Place::FollowUp),
            Shape::Agreed | Shape::Event => self == Place::Scenario,
            Shape::Expect | Shape::Until => {
                matches!(self, Place::Scenario | Place::FollowScenario)
            }
            Shape::Step => self == Place::FollowUp,
            Shape::Invoice => self == Place::FollowScenario,
            Shape::Unit
            | Shape::Price
            | Shape::Action
            | Shape::WholeAttendance
            | Shape::Payer
            | Shape::Vat
            | Shape::MaySuspend
            | Shape::Accepts
            | Shape::Line => self == Place::Schedule,
            Shape::Unknown => false,
        }
    }
}
