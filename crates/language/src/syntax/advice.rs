//! What was most likely meant where a text is not understood, and how what could stand there is
//! named: few words, the exact edit where there is one.

use super::ast::Shape;
use super::grammar::Rule;
use super::parse::Parser;
use super::{beginnings, errors, hints, unsaid, vocabulary, words};
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::span::Span;

/// Prices by the month, the day, the year.
const PER_PERIOD: &[&str] = &[
    "monthly",
    "mensuel",
    "mensuelle",
    "daily",
    "journalier",
    "journaliere",
    "weekly",
    "hebdomadaire",
    "yearly",
    "annual",
    "annuel",
    "annuelle",
    "quarterly",
    "trimestriel",
    "trimestrielle",
    "day",
    "jour",
    "journee",
    "week",
    "semaine",
];
/// Prepositions of everyday speech before the moment of a trigger.
const PREPOSITIONS: &[&str] = &["at", "upon", "when", "a", "lors", "des", "on"];

/// What joins moments in everyday speech.
const JOINING: &[&str] = &["and", "et", "then", "puis", "&", "+"];
/// Words of the language that may as well belong to a name without quotes: `Entretien de bilan`.
const PARTS_OF_NAMES: &[&str] =
    &["de", "du", "a", "au", "la", "le", "en", "et", "the", "and", "for", "in", "to", "pour"];

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
        if let Some(found) = self.of_follow_ups(&diagnostic, shape, (at, token), possible) {
            return found;
        }
        // A step bills nothing: what is said of the moments of lines is not said of it.
        let bills = shape != Shape::Step;
        if bills
            && let Some(found) = self
                .everyday(&diagnostic, (at, before), token, possible)
                .or_else(|| self.moment_meant(&diagnostic, (at, before), token, possible))
        {
            return found;
        }
        if possible == [Rule::colon] {
            let place = self.folded.original(before, before);
            return errors::colon_after_label(lang, diagnostic).edit(place, ":");
        }
        if can(Rule::currency) && matches!(token, "euro" | "euros") {
            return errors::write(lang, diagnostic, "EUR").edit(span, "EUR");
        }
        if bills
            && let Some(found) = self
                .several_moments(&diagnostic, at, token, possible)
                .or_else(|| self.counted(&diagnostic, at, token, possible))
        {
            return found;
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
        if can(Rule::kw_fixed) && PER_PERIOD.contains(&token) {
            return unsaid::price_per(lang, diagnostic, found);
        }
        if let Some(found) = self.price_per(&diagnostic, at, token, possible) {
            return found;
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
        self.own_moment(&diagnostic, at, token, possible)
            .or_else(|| self.own_fact(&diagnostic, at, token, possible))
            .unwrap_or(diagnostic)
    }

    /// The moment that is meant where a trigger, or the moment of one, should come; or what is
    /// wrong with what follows one.
    fn moment_meant(
        &self,
        diagnostic: &Diagnostic,
        (at, before): (usize, usize),
        token: &str,
        possible: &[Rule],
    ) -> Option<Diagnostic> {
        let can = |rule: Rule| possible.contains(&rule);
        let limited = self.limit_of_time(diagnostic, at, possible);
        if limited.is_some() {
            return limited;
        }
        if can(Rule::trigger_hint) {
            let noun = self.after_preposition(at, token);
            return self
                .period(diagnostic, (at, noun), possible)
                .or_else(|| self.trade_moment(diagnostic, (at, noun), possible))
                .or_else(|| {
                    let (right, span) = self.trigger_meant(at, token)?;
                    let found = errors::write(self.lang, diagnostic.clone(), &right);
                    Some(found.edit(span, right))
                })
                .or_else(|| self.share_of(diagnostic, (at, before)))
                .or_else(|| self.amount_per(diagnostic, at, possible));
        }
        if can(Rule::kw_month_end) {
            let from = self.preposition_before(at);
            return self
                .period(diagnostic, (from, at), possible)
                .or_else(|| self.trade_moment(diagnostic, (from, at), possible));
        }
        if can(Rule::kw_or) && can(Rule::kw_if) {
            let head = self.folded.text.get(..before)?;
            let word = head.trim_end_matches(char::is_alphabetic).len();
            return self
                .period(diagnostic, (self.preposition_before(word), word), possible)
                .or_else(|| self.period(diagnostic, (at, at), possible))
                .or_else(|| self.milestone_of(diagnostic, at));
        }
        None
    }

    /// Several moments that are not joined by `or`. Where the line bills once, `or` may say
    /// something else.
    fn several_moments(
        &self,
        diagnostic: &Diagnostic,
        at: usize,
        token: &str,
        possible: &[Rule],
    ) -> Option<Diagnostic> {
        let (or, span) = (self.file_lang.pick("or", "ou"), diagnostic.span);
        let can = |rule: Rule| possible.contains(&rule);
        let next = self.folded.token_at(self.folded.skip_blanks(at + token.len()));
        if token == "," && can(Rule::kw_if) && matches!(next, "if" | "si") {
            return Some(hints::no_comma(self.lang, diagnostic.clone(), next).edit(span, ""));
        }
        let edit = if can(Rule::kw_or) && words::begins(Rule::kw_on, token) {
            (Span { end: span.start, ..span }, format!("{or} "))
        } else if can(Rule::kw_or) && !can(Rule::kw_and) && JOINING.contains(&token) {
            (span, or.to_owned())
        } else if can(Rule::kw_or) && !can(Rule::kw_and) && token == "," {
            (span, format!(" {or}"))
        } else {
            return None;
        };
        if can(Rule::kw_and) || !self.bills_work(at) {
            return Some(unsaid::once_or_each(self.lang, diagnostic.clone(), or));
        }
        Some(errors::joined_by_or(self.lang, diagnostic.clone(), or).edit(edit.0, edit.1))
    }

    /// What is counted where the language counts hours, or counts from the start.
    fn counted(
        &self,
        diagnostic: &Diagnostic,
        at: usize,
        token: &str,
        possible: &[Rule],
    ) -> Option<Diagnostic> {
        let can = |rule: Rule| possible.contains(&rule);
        let what = self.text(at, at + token.len());
        let word = token.starts_with(|c: char| c.is_alphabetic() || matches!(c, '€' | '$' | '£'));
        let head = self.folded.text.get(..self.folded.end_before(at))?;
        let number = head.ends_with(|c: char| c.is_ascii_digit());
        if word && number && can(Rule::kw_times) && can(Rule::unit_hour) {
            return Some(unsaid::caps_are_counted(self.lang, diagnostic.clone(), self.file_lang));
        }
        if word && number && can(Rule::unit_hour) && can(Rule::kw_at_most) {
            return Some(unsaid::bounds_are_hours(self.lang, diagnostic.clone(), what));
        }
        let near = || self.likely_word(token, possible).is_some();
        let unit = [Rule::unit_hour, Rule::unit_day, Rule::percent_sign].into_iter().any(can);
        if word && number && unit && can(Rule::kw_and) && token.len() > 3 && !near() {
            return Some(unsaid::not_counted(self.lang, diagnostic.clone(), what));
        }
        if can(Rule::kw_and) { self.counted_from(diagnostic, at) } else { None }
    }

    /// Where the noun of a trigger begins, after a preposition of everyday speech.
    fn after_preposition(&self, at: usize, token: &str) -> usize {
        let mut noun = at;
        let phrase = self.any_phrase(at, &["as soon as", "une fois", "des que", "once"]);
        if phrase.is_some() || PREPOSITIONS.contains(&token) {
            noun = self.folded.skip_blanks(phrase.unwrap_or(at + token.len()));
            for article in ["the", "de", "du", "la", "le", "l", "'"] {
                if self.folded.token_at(noun) == article {
                    noun = self.folded.skip_blanks(noun + article.len());
                }
            }
        }
        noun
    }

    /// `signature`, `at signature`, `à signature` where a trigger should come: the trigger as it
    /// is written, and what it replaces.
    fn trigger_meant(&self, at: usize, token: &str) -> Option<(String, Span)> {
        let word_at = self.after_preposition(at, token);
        let word = self.folded.token_at(word_at);
        let end = word_at + word.len();
        let span = self.folded.original(at, end);
        // `fin mars 2025` is a day, and no milestone.
        let next = self.any_phrase(end, &["of", "de", "d '"]).unwrap_or(end);
        let next = self.folded.token_at(self.folded.skip_blanks(next));
        if super::mishaps::month_named(next).is_some() {
            return None;
        }
        let month = word == "month";
        if let Some(preposition) = words::preposition(word, self.file_lang).filter(|_| !month) {
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
            || vocabulary::of(next).is_some() && !PARTS_OF_NAMES.contains(&next);
        let whole_line = [Shape::Schedule, Shape::Scenario].contains(&shape);
        // A label ends before its colon: `étape Relance 2 : 45 jours après l'échéance`.
        let label = line.split_once(':').map_or("", |(label, _)| label.trim_end());
        let is_label = label.len() > token.len() && !label.contains(['"', '%', '(']);
        let length = if whole_line && !line.contains('"') {
            line.len()
        } else if is_label && !whole_line {
            label.len()
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
        for whole in beginnings::TOGETHER {
            let rules = beginnings::of(*whole).unwrap_or_default();
            if rules.iter().all(|rule| left.contains(rule)) {
                left.retain(|rule| !rules.contains(rule));
                together.push(beginnings::together(*whole, self.file_lang));
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
        // What leaves something out is no hour.
        if token == "hors" {
            return None;
        }
        // A small word is one letter away from too many others: only its case or accents may differ.
        let short = token.chars().count() < 4;
        let near = |word: &'static str| {
            let folded = crate::diagnostic::fold_for_likeness(word);
            // `unsigned` is the contrary of `signed`.
            let contrary = token.len() > folded.len() && token.ends_with(&folded);
            // So many hours are not so many days, as near as the words are.
            let of_days = ["days", "day", "jours", "jour"].contains(&folded.as_str());
            let other = of_days && ["hours", "hour", "heures", "heure"].contains(&token);
            // How often something comes is no month.
            let other = other || token == "fois" && folded == "mois";
            !contrary && !other && (!short || folded == token)
        };
        let first_words = |of: fn((&'static str, &'static str)) -> &'static str| {
            let plain = |word: &&str| word.chars().all(|c| c.is_alphabetic() || c == ' ');
            spellings().map(of).filter(plain).filter(|word| near(word))
        };
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
