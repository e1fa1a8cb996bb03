//! What says `if` or `if not` in everyday words: `unless`, `sauf si`, `only if`.

use super::grammar::{Grammar, Rule};
use super::parse::Parser;
use super::{errors, unsaid, words};
use crate::diagnostic::Diagnostic;
use pest::Parser as _;

/// Words that say `if not`, the longer ones first.
const UNLESS: &[&str] = &[
    "unless",
    "except when",
    "except if",
    "except in case of",
    "except",
    "sauf en cas d '",
    "sauf en cas de",
    "sauf quand",
    "sauf si",
    "sauf s '",
    "sauf",
    "excepte si",
    "excepte en cas d '",
    "excepte en cas de",
    "excepte",
    "hormis",
    "without",
    "sans",
    "a moins que",
    "a moins d '",
    "a moins de",
    "if not when",
];
/// Words that say `if`.
const ONLY_IF: &[&str] = &[
    "only if",
    "only when",
    "provided that",
    "provided",
    "on condition that",
    "as long as",
    "when",
    "seulement si",
    "uniquement si",
    "a condition que",
    "pourvu que",
    "lorsque",
    "quand",
    "tant que",
];

impl Parser<'_> {
    /// The advice for `unless` or `only if` at `at`, where a condition may begin.
    pub fn guard_meant(
        &self,
        diagnostic: &Diagnostic,
        (at, before): (usize, usize),
        possible: &[Rule],
    ) -> Option<Diagnostic> {
        let head = self.folded.text.get(..before)?;
        let after_comma = possible.contains(&Rule::kw_in_proportion) && head.ends_with(',');
        if !possible.contains(&Rule::kw_if) && !after_comma {
            return None;
        }
        let from = if after_comma { self.folded.end_before(before - 1) } else { at };
        self.guard_at(diagnostic, from, at)
    }

    /// The same, for words that stand at `at` and are replaced from `from` on.
    pub fn guard_at(&self, diagnostic: &Diagnostic, from: usize, at: usize) -> Option<Diagnostic> {
        let negated = self.any_phrase(at, UNLESS);
        let end = negated.or_else(|| self.any_phrase(at, ONLY_IF))?;
        let unclear = match negated {
            Some(_) => unsaid::unless(self.lang, diagnostic.clone()),
            None => unsaid::only_if(self.lang, diagnostic.clone()),
        };
        let start = self.folded.skip_blanks(end);
        let Some((condition, last, single)) = self.condition_at(start) else {
            return Some(unclear);
        };
        let (word_if, word_not) = self.file_lang.pick(("if", "not"), ("si", "non"));
        let right = match (negated.is_some(), single) {
            (false, _) => format!("{word_if} {condition}"),
            (true, true) => format!("{word_if} {word_not} {condition}"),
            (true, false) => format!("{word_if} {word_not} ({condition})"),
        };
        let found = errors::write(self.lang, diagnostic.clone(), &right);
        let space = if from == at { "" } else { " " };
        Some(found.edit(self.folded.original(from, last), format!("{space}{right}")))
    }

    /// The condition at `at`, if all that is left of the line is one: as it is written, where it
    /// ends, and whether it is a single test. `abandonment` stands for `abandoned`.
    fn condition_at(&self, at: usize) -> Option<(String, usize, bool)> {
        let end = self.folded.line_break_after(at);
        let line = self.folded.text.get(at..end)?;
        let open = [", stays open", ", reste ouvert"].iter().find_map(|words| line.find(words));
        let text = line.get(..open.unwrap_or(line.len()))?.trim_end();
        let last = at + text.len();
        if text.is_empty() || open.is_none() && !self.stops_before(self.folded.skip_blanks(last)) {
            return None;
        }
        let reads = |rule| {
            let read = Grammar::parse(rule, text).ok().and_then(|mut pairs| pairs.next());
            read.is_some_and(|pair| pair.as_str().trim_end().len() == text.len())
        };
        if reads(Rule::negation) {
            return Some((self.text(at, last).to_owned(), last, true));
        }
        if reads(Rule::condition) {
            return Some((self.text(at, last).to_owned(), last, false));
        }
        let (english, french) = words::other_form(text).and_then(words::spelling)?;
        let fact = self.file_lang.pick(english, french);
        let fact_folded = crate::diagnostic::fold_for_likeness(fact);
        let is_fact = Grammar::parse(Rule::test, &fact_folded).is_ok();
        is_fact.then(|| (fact.to_owned(), last, true))
    }
}
