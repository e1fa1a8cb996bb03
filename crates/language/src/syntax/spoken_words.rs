//! A line as its words stand, for who looks for what administrators say: in, a place of a text; out, its words, phrases among
//! them, where they stand, and the error that names them.

use super::mishaps::month_named;
use super::parser::Parser;
use crate::diagnostic::{Code, Diagnostic};
use crate::lang::say;
use crate::money::Currency;
use crate::span::Span;
use std::ops::Range;

/// A line as its words stand in the folded text.
pub(super) struct Spoken<'t> {
    words: Vec<(Range<usize>, &'t str)>,
}

/// Some words of a line: the places of the first and of the one after the last.
pub(super) type Found = (usize, usize);

impl<'t> Spoken<'t> {
    pub(super) fn at(parser: &'t Parser<'_>, place: usize) -> Spoken<'t> {
        let text = parser.folded.text.as_str();
        let before = text.get(..place).unwrap_or("");
        let start = before.rfind('\n').map_or(0, |line| line + 1);
        let end = parser.folded.line_break_after(place);
        let mut words = Vec::new();
        let mut next = parser.folded.skip_blanks(start);
        while next < end && words.len() < 60 {
            let word = parser.folded.token_at(next);
            words.push((next..next + word.len(), word));
            next = parser.folded.skip_blanks(next + word.len().max(1));
        }
        // `trois mensualités`: the number is read as one.
        let counted = |word: &str| COUNTED.iter().find(|(spelled, _)| *spelled == word);
        for place in 0..words.len() {
            let before = place.checked_sub(1).and_then(|before| words.get(before));
            let behind = words.get(place + 1).map_or("", |(_, word)| *word);
            let is_counted = COUNTS.contains(&behind)
                || before.is_some_and(|(_, word)| COUNTING.contains(word))
                    && behind.chars().all(char::is_alphabetic)
                    && !UNITS.contains(&behind);
            if let Some((_, word)) = words.get_mut(place)
                && let Some((_, digits)) = counted(word).filter(|_| is_counted)
            {
                *word = digits;
            }
        }
        Spoken { words }
    }

    pub(super) fn word(&self, place: usize) -> &'t str {
        self.words.get(place).map_or("", |(_, word)| word)
    }

    /// The word before a place; empty at the first.
    pub(super) fn before(&self, place: usize) -> &'t str {
        place.checked_sub(1).map_or("", |before| self.word(before))
    }

    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// Where it begins in the folded text.
    pub(super) fn start(&self) -> usize {
        self.words.first().map_or(0, |(at, _)| at.start)
    }

    /// The first of these phrases that stands in the line, `#` for any number.
    pub(super) fn find(&self, phrases: &[&str]) -> Option<Found> {
        let stands = |from: usize, phrase: &str| {
            let mut to = from;
            for wanted in phrase.split(' ') {
                let word = self.word(to);
                if word != wanted && !(wanted == "#" && is_number(word)) {
                    return None;
                }
                to += 1;
            }
            Some((from, to))
        };
        phrases
            .iter()
            .find_map(|phrase| (0..self.words.len()).find_map(|from| stands(from, phrase)))
    }

    /// The first of these phrases that stands at a place.
    pub(super) fn stands(&self, from: usize, phrases: &[&str]) -> Option<Found> {
        let to = phrases.iter().find_map(|phrase| {
            let words = phrase.split(' ').enumerate();
            let mut to = from;
            for (at, wanted) in words {
                let word = self.word(from + at);
                if word != wanted && !(wanted == "#" && is_number(word)) {
                    return None;
                }
                to = from + at + 1;
            }
            Some(to)
        })?;
        Some((from, to))
    }

    /// Where the first of these phrases begins that ends at a place.
    pub(super) fn ending_at(&self, to: usize, phrases: &[&str]) -> Option<usize> {
        phrases.iter().find_map(|phrase| {
            let from = to.checked_sub(phrase.split(' ').count())?;
            self.stands(from, &[phrase]).map(|(from, _)| from)
        })
    }

    pub(super) fn begins(&self, words: &[&str]) -> bool {
        words.contains(&self.word(0))
    }
}

/// Words with a capital, as a label has them; none of nothing.
pub(super) fn capital(words: &str) -> Option<String> {
    let mut letters = words.chars();
    Some(letters.next()?.to_uppercase().chain(letters).collect())
}

/// What is counted, behind a number in words.
const COUNTS: &[&str] = &[
    "mensualites",
    "versements",
    "echeances",
    "paiements",
    "fois",
    "parts",
    "monthly",
    "payments",
    "installments",
    "instalments",
    "times",
];
/// What stands before a number in words that counts something else.
const COUNTING: &[&str] =
    &["if", "si", "exactly", "exactement", "than", "de", "least", "moins", "most", "plus", "les"];

/// Numbers in words.
pub(super) const COUNTED: &[(&str, &str)] = &[
    ("one", "1"),
    ("un", "1"),
    ("une", "1"),
    ("two", "2"),
    ("deux", "2"),
    ("three", "3"),
    ("trois", "3"),
    ("four", "4"),
    ("quatre", "4"),
    ("five", "5"),
    ("cinq", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("sept", "7"),
    ("eight", "8"),
    ("huit", "8"),
    ("nine", "9"),
    ("neuf", "9"),
    ("ten", "10"),
    ("dix", "10"),
    ("eleven", "11"),
    ("onze", "11"),
    ("twelve", "12"),
    ("douze", "12"),
];
/// Units of time.
pub(super) const UNITS: &[&str] = &[
    "day", "days", "week", "weeks", "month", "months", "year", "years", "jour", "jours", "semaine",
    "semaines", "mois", "an", "ans", "annee", "annees",
];
pub(super) const LINES: &[&str] =
    &["deposit", "installment", "balance", "discount", "acompte", "echeance", "solde", "remise"];
pub(super) const PAYERS: &[&str] = &["payer", "payers", "payeur", "payeurs"];

impl Parser<'_> {
    pub(super) fn place(&self, line: &Spoken<'_>, (from, to): Found) -> Span {
        let start = line.words.get(from).map_or(0, |(at, _)| at.start);
        let last = to.checked_sub(1).and_then(|last| line.words.get(last));
        let end = last.map_or(start, |(at, _)| at.end);
        self.folded.original(start, end)
    }

    /// The place of some words, with the blanks before them.
    pub(super) fn place_with_gap(&self, line: &Spoken<'_>, found: Found) -> Span {
        let place = self.place(line, found);
        let before = found.0.checked_sub(1).map(|last| self.place(line, (last, last + 1)));
        Span { start: before.map_or(place.start, |before| before.end), ..place }
    }

    /// The words as they were written.
    pub(super) fn words(&self, line: &Spoken<'_>, found: Found) -> String {
        self.place(line, found).of(self.source).to_owned()
    }

    /// That these words are no words of the language, at their place.
    pub(super) fn unsaid(&self, line: &Spoken<'_>, found: Found, help: String) -> Diagnostic {
        let written = self.words(line, found);
        let message = say!(
            self.lang,
            "the language does not say `{written}`",
            "le langage ne dit pas `{written}`"
        );
        Diagnostic::new(Code::Syntax, self.place(line, found), message).help(help)
    }

    pub(super) fn written(&self, line: &Spoken<'_>, found: Found, right: &str) -> Diagnostic {
        let place = match right.starts_with(',') {
            true => self.place_with_gap(line, found),
            false => self.place(line, found),
        };
        self.unsaid(line, found, say!(self.lang, "write `{right}`", "écrivez `{right}`"))
            .edit(place, right)
    }
}

pub(super) fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

/// Where the sum ends whose number stands at a place, groups of thousands and its currency included.
pub(super) fn sum_end(line: &Spoken<'_>, number: usize) -> usize {
    let end = (number..line.len()).find(|at| !is_number(line.word(*at))).unwrap_or(line.len());
    end + usize::from(is_currency(line.word(end)))
}

/// Whether a word is the code or the sign of a currency that there is: three letters may be of anything.
pub(super) fn is_known_currency(word: &str) -> bool {
    Currency::find(word).is_some()
}

pub(super) fn is_currency(word: &str) -> bool {
    word.len() == 3
        && word.chars().all(|c| c.is_ascii_alphabetic())
        && !["par", "per", "and", "for", "ans", "day"].contains(&word)
        && month_named(word).is_none()
        || ["€", "£"].contains(&word)
}
