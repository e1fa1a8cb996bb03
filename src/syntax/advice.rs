//! What was most likely meant where a text is not understood, and how what could stand there is
//! named: few words, the exact edit where there is one.

use super::ast::Shape;
use super::grammar::Rule;
use super::parse::Parser;
use super::{beginnings, errors, vocabulary, words};
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::span::Span;

impl Parser<'_> {
    /// What was most likely meant by a token that cannot stand at `at`; the text before it ends at
    /// `before`.
    pub fn advise(
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
        if let Some(found) = self.everyday(&diagnostic, (at, before), token, possible) {
            return found;
        }
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
            word_at = self.folded.skip_blanks(at + token.len());
            for article in ["the", "de", "du", "la", "le", "l", "'"] {
                if self.folded.token_at(word_at) == article {
                    word_at = self.folded.skip_blanks(word_at + article.len());
                }
            }
        }
        let word = self.folded.token_at(word_at);
        let end = word_at + word.len();
        let span = self.folded.original(at, end);
        if let Some(preposition) = words::preposition(word, self.file_lang) {
            let shown = self.folded.original(word_at, end).of(self.source);
            return Some((format!("{preposition}{shown}"), span));
        }
        let (english, french) = words::other_form(word).and_then(words::spelling)?;
        let right = self.file_lang.pick(english, french);
        let folded = crate::diagnostic::fold_for_likeness(right);
        let preposition = words::preposition(&folded, self.file_lang)?;
        Some((format!("{preposition}{right}"), span))
    }

    /// A name that was written without quotes: to the end of the line for a schedule or a scenario,
    /// else one word, where something that is known follows.
    fn unquoted_name(&self, shape: Shape, at: usize, token: &str) -> Option<(String, Span)> {
        let rest = self.folded.text.get(at..).unwrap_or("");
        let line = rest.split('\n').next().unwrap_or("").trim_end();
        let after = line.get(token.len()..).unwrap_or("").trim_start();
        let next = self.folded.token_at(at + line.len() - after.len());
        let known = after.is_empty()
            || after.starts_with([':', ',', '-', '"'])
            || after.starts_with(|c: char| c.is_ascii_digit())
            || vocabulary::of(next).is_some();
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
    pub fn shown(&self, possible: &[Rule]) -> Vec<String> {
        let mut left = possible.to_vec();
        let mut together = Vec::new();
        for (rules, english, french) in beginnings::TOGETHER {
            if rules.iter().all(|rule| left.contains(rule)) {
                left.retain(|rule| !rules.contains(rule));
                together.push((*self.file_lang.pick(english, french)).to_owned());
            }
        }
        let mut shown: Vec<String> = Vec::new();
        let (words, others): (Vec<Rule>, Vec<Rule>) =
            left.into_iter().partition(|rule| words::spelling(*rule).is_some());
        let named = words.into_iter().chain(others).map(|rule| beginnings::shown(rule, self.lang));
        for words in together.into_iter().chain(named) {
            if !shown.contains(&words) {
                shown.push(words);
            }
        }
        shown
    }

    /// The word, among those possible, that was most likely meant; in the file's own vocabulary.
    pub fn likely_word(&self, token: &str, possible: &[Rule]) -> Option<&'static str> {
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
}

/// The words and quantities with which the possible rules begin.
pub fn beginnings(possible: &[Rule]) -> Vec<Rule> {
    let mut beginnings = Vec::new();
    for rule in possible {
        for rule in beginnings::of(*rule).unwrap_or(std::slice::from_ref(rule)) {
            // A rule that stands for another (`kw_on`) is expanded once more.
            for rule in beginnings::of(*rule).unwrap_or(std::slice::from_ref(rule)) {
                if !beginnings.contains(rule) {
                    beginnings.push(*rule);
                }
            }
        }
    }
    beginnings
}
