//! What administrators say of payers and actions, and the sentence that works. In: a line that is not
//! understood. Out: its error with that sentence, in the words of the line. An edit is given only where it says
//! what was written.

use super::mishaps::month_named;
use super::parse::Parser;
use super::spoken_invoices::EXEMPT_FIRST;
use super::spoken_limits::{COUNTED, UNITS};
use super::spoken_payments::product;
use crate::diagnostic::{Code, Diagnostic, fold_for_likeness};
use crate::lang::say;
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

pub(super) const LINES: &[&str] =
    &["deposit", "installment", "balance", "discount", "acompte", "echeance", "solde", "remise"];
pub(super) const PAYERS: &[&str] = &["payer", "payers", "payeur", "payeurs"];
const OTHER_PAYERS: &[&str] = &[
    "funder",
    "funders",
    "sponsor",
    "financer",
    "financeur",
    "financeurs",
    "cofinanceur",
    "financement",
];
const AT_COST: &[&str] = &[
    "at actual cost",
    "actual cost",
    "at real cost",
    "real cost",
    "at expenses",
    "expenses",
    "as incurred",
    "on receipts",
    "au reel",
    "aux frais reels",
    "frais reels",
    "au frais reel",
    "sur justificatifs",
    "sur justificatif",
    "against receipts",
    "against receipt",
    "against invoice",
    "sur facture",
    "sur note de frais",
];
const HOURS: &[&str] = &["hour", "h", "heure"];
/// What follows `per` or `by` and is nothing that is counted.
const NO_UNITS: &[&str] = &["tranche", "action", "case", "dossier", "month", "mois"];
/// What is counted of an action, and is no action of its own.
const MEASURES: &[&str] = &[
    "km",
    "kilometre",
    "kilometres",
    "kilometer",
    "mile",
    "miles",
    "m",
    "m2",
    "m3",
    "kg",
    "litre",
    "liter",
    "page",
    "pages",
    "word",
    "words",
    "mot",
    "mots",
];
const A_UNIT: &[&str] = &["a", "le", "la", "par", "per"];

impl Parser<'_> {
    /// What a line says in the words of administrators that the language has not: the error at `at`, whose
    /// item began at `start`, with the sentence that works.
    pub fn spoken(&self, start: usize, at: usize) -> Option<Diagnostic> {
        let line = Spoken::at(self, at);
        // An item that stops too early leaves the next line alone, unless that is no item at all.
        if at > start && self.stops_before(at) {
            let stopped = Spoken::at(self, self.folded.end_before(at).max(start));
            let exempt =
                || line.begins(EXEMPT_FIRST).then(|| self.spoken_exemption(&line)).flatten();
            let payment = self.spoken_payment(&line).filter(|_| !line.begins(PAYERS));
            let price = || line.begins(&["prix"]).then(|| self.spoken_price(&line)).flatten();
            let of_next = payment.or_else(exempt).or_else(price);
            return self
                .parts_without_label(&line)
                .or(of_next)
                .or_else(|| self.without_reason(&stopped))
                .or_else(|| self.spoken_shares(&stopped))
                .or_else(|| self.spoken_of_invoices(&stopped))
                .or_else(|| self.spoken_payment(&stopped))
                .or_else(|| {
                    stopped
                        .begins(&["vat", "tva"])
                        .then(|| self.spoken_exemption(&stopped))
                        .flatten()
                })
                .or_else(|| self.spoken_rate(&stopped))
                .or_else(|| self.spoken_recurrence(&stopped));
        }
        // What stands before it is told first.
        let here = self.folded.original(at, at).start;
        let first = |found: &Diagnostic| found.span.start <= here;
        let told = self.unreadable_figure(&line);
        let told = told.or_else(|| self.amounts_in_time(&line).filter(first));
        let told = told.or_else(|| self.payments_on_days(&line).filter(first));
        let told = told.or_else(|| self.spoken_apart(&line).filter(first));
        let told = told.or_else(|| self.spoken_timing(&line).filter(first));
        let told = told.or_else(|| self.spoken_base(&line).filter(first));
        let others = || {
            self.while_suspended(&line)
                .or_else(|| self.sum_alone(&line))
                .or_else(|| self.spoken_offer(&line))
                .or_else(|| self.spoken_whenever(&line))
                .or_else(|| self.spoken_time(&line))
                .or_else(|| self.spoken_shares(&line))
                .or_else(|| self.spoken_costs(&line))
                .or_else(|| self.spoken_rates(&line))
                .or_else(|| self.spoken_item(&line))
                .filter(first)
        };
        told.or_else(others)
            .or_else(|| self.spoken_clause(&line))
            .or_else(|| self.spoken_contract(&line, (start, at)))
            .or_else(|| self.spoken_option(&line, at))
            .or_else(|| self.spoken_line(&line, at))
            .or_else(|| self.spoken_scenario(&line, start))
            .or_else(|| self.spoken_payment(&line))
            .or_else(|| self.spoken_step(&line))
            .or_else(|| self.spoken_of_invoices(&line))
            .or_else(|| self.spoken_payers(&line))
            .or_else(|| self.spoken_share(&line))
            .or_else(|| self.spoken_tax(&line))
            .or_else(|| self.spoken_rate(&line))
            .or_else(|| self.spoken_tiers(&line))
            .or_else(|| self.spoken_action(&line))
            .or_else(|| self.spoken_price(&line))
            .or_else(|| self.spoken_bound(&line))
            .or_else(|| self.spoken_discount(&line))
            .or_else(|| self.spoken_amount(&line))
            .or_else(|| self.spoken_days_on(&line))
            .or_else(|| self.spoken_recurrence(&line))
            .or_else(|| self.spoken_delay(&line))
            .or_else(|| self.no_kind(&line))
    }

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

    fn spoken_payers(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let (lang, file) = (self.lang, self.file_lang);
        if line.begins(OTHER_PAYERS) {
            return Some(self.written(line, (0, 1), file.pick("payer", "payeur")));
        }
        let rest = line.find(&["le reste", "le restant", "the rest", "the remainder", "rest"]);
        if let Some(found) = rest.filter(|(from, _)| line.begins(PAYERS) && *from == 3) {
            return Some(self.written(line, found, file.pick("remainder", "reste")));
        }
        let number = |place: usize| is_number(line.word(place));
        let shares = (0..line.len()).filter(|place| number(*place) && line.word(place + 1) == "%");
        let bare = number(0) && line.word(1) == "%";
        let several = line.begins(&["payers", "payeurs"]);
        let listed = line.begins(PAYERS) && (several || !line.word(1).starts_with('"'));
        if (bare && shares.count() > 1) || listed {
            if let Some(help) = bare.then(|| self.shares_in_time(line)).flatten() {
                return Some(self.unsaid(line, (0, line.len()), help));
            }
            if bare && self.names_no_payers(line) {
                return Some(self.unsaid(line, (0, line.len()), self.what_each_share_is(line)));
            }
            let right = self.payers_listed(line, usize::from(!bare));
            return Some(self.unsaid(
                line,
                (0, line.len()),
                say!(
                    lang,
                    "write one line for each payer, its name in quotes; the last takes what is left: {right}",
                    "écrivez une ligne par payeur, son nom entre guillemets ; le dernier prend ce qui reste : {right}"
                ),
            ));
        }
        None
    }

    fn spoken_action(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        if !line.begins(&["action"]) {
            return None;
        }
        if let Some(found) = line.find(AT_COST) {
            return Some(self.written(line, found, self.file_lang.pick("at cost", "au coût réel")));
        }
        if let Some(found) = line.find(&["fixed", "fixe"]) {
            return Some(self.written(line, found, self.file_lang.pick("flat", "forfait")));
        }
        // A rate for one of something whose name has no quotes: `0.085 a word`.
        let number = |place: usize| is_number(line.word(place));
        let one_of = |place: usize| {
            let unit = line.word(place + 1);
            A_UNIT.contains(&line.word(place))
                && unit.starts_with(char::is_alphabetic)
                && !NO_UNITS.contains(&unit)
        };
        let currency = |place: usize| usize::from(is_currency(line.word(place)));
        let of_each = |place: &usize| number(*place) && one_of(place + 1 + currency(place + 1));
        let rate = (0..line.len()).find(of_each)?;
        let per = rate + 1 + currency(rate + 1);
        let unit = self.words(line, (per + 1, per + 2));
        if HOURS.contains(&line.word(per + 1)) {
            let hourly = self.words(line, (rate, rate + 1));
            let right =
                self.file_lang.pick(format!("hourly {hourly}"), format!("horaire {hourly}"));
            return Some(self.written(line, (rate, per + 2), &right));
        }
        // A part of a day has a name of several words; a time is billed by the hour.
        let last = match (line.word(per + 1), line.word(per + 2)) {
            ("half" | "demi" | "quarter", "-") => per + 4,
            ("half", _) => per + 3,
            _ => per + 2,
        };
        let behind = line.word(last);
        let begun = ["started", "begun", "commenced"].contains(&line.word(per + 1));
        if begun {
            let step = self.words(line, (per + 2, per + 3));
            let minutes = if is_number(&step) { step } else { "15".to_owned() };
            let right = self.file_lang.pick(
                format!("hourly …, by {minutes} minutes"),
                format!("horaire …, par tranche de {minutes} minutes"),
            );
            let help = say!(
                self.lang,
                "what is begun counts whole by a step of an hourly rate: `{right}`",
                "ce qui est entamé compte en entier par une tranche d'un tarif horaire : `{right}`"
            );
            return Some(self.unsaid(line, (rate, line.len()), help));
        }
        if !["", ",", "at", "au", "up", "jusqu", "then", "puis"].contains(&behind) {
            return None;
        }
        if ["minute", "minutes"].contains(&line.word(per + 1)) {
            let whole = product("60", line.word(rate))?;
            let right = format!("{} {whole}", self.file_lang.pick("hourly", "horaire"));
            let help = say!(
                self.lang,
                "time is billed by the hour, to the minute: `{right}`",
                "le temps se facture à l'heure, à la minute près : `{right}`"
            );
            return Some(self.unsaid(line, (rate, per + 2), help));
        }
        let unit = if last > per + 2 { self.words(line, (per + 1, last)) } else { unit };
        let right = self.file_lang.pick(format!("per \"{unit}\""), format!("par \"{unit}\""));
        // The price of one such action each time, or of something that each event counts.
        let name = fold_for_likeness(self.words(line, (1, 2)).trim_matches(['"', '«', '»', ' ']));
        let named = name == line.word(per + 1).trim_end_matches('s') || name == line.word(per + 1);
        if named && !MEASURES.contains(&line.word(per + 1)) {
            let sum = self.words(line, (rate, per));
            let flat = format!("{} {sum}", self.file_lang.pick("flat", "forfait"));
            let counted = format!("{} {right}", self.words(line, (rate, rate + 1)));
            let help = say!(
                self.lang,
                "write `{flat}` if each event is one of them, `{counted}` if each event says how many in its `quantity`",
                "écrivez `{flat}` si chaque événement en est une, `{counted}` si chaque événement en dit le nombre par sa `quantité`"
            );
            return Some(self.unsaid(line, (rate, per + 2), help));
        }
        Some(self.written(line, (rate + 1, last), &right))
    }
}

pub(super) fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

pub(super) fn is_currency(word: &str) -> bool {
    word.len() == 3
        && word.chars().all(|c| c.is_ascii_alphabetic())
        && !["par", "per", "and", "for", "ans", "day"].contains(&word)
        && month_named(word).is_none()
        || ["€", "£"].contains(&word)
}
