//! What administrators say of prices, actions, payers and recurrences, and the sentence that works. In: a line that is not
//! understood. Out: its error with that sentence, in the words of the line. An edit is given only where it says
//! what was written.

use super::parse::Parser;
use super::spoken_invoices::EXEMPT_FIRST;
use crate::diagnostic::{Code, Diagnostic};
use crate::lang::say;
use crate::span::Span;

/// A line as its words stand in the folded text.
pub(super) struct Spoken<'t> {
    words: Vec<(usize, &'t str)>,
}

/// Some words of a line: the places of the first and of the one after the last.
pub(super) type Found = (usize, usize);

impl<'t> Spoken<'t> {
    fn at(parser: &'t Parser<'_>, place: usize) -> Spoken<'t> {
        let text = parser.folded.text.as_str();
        let before = text.get(..place).unwrap_or("");
        let start = before.rfind('\n').map_or(0, |line| line + 1);
        let end = parser.folded.line_break_after(place);
        let mut words = Vec::new();
        let mut next = parser.folded.skip_blanks(start);
        while next < end && words.len() < 60 {
            let word = parser.folded.token_at(next);
            words.push((next, word));
            next = parser.folded.skip_blanks(next + word.len().max(1));
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
        self.words.first().map_or(0, |(at, _)| *at)
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

    pub(super) fn begins(&self, words: &[&str]) -> bool {
        words.contains(&self.word(0))
    }
}

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
const MONTHLY: &[&str] = &[
    "monthly",
    "per month",
    "every month",
    "each month",
    "mensuel",
    "mensuelle",
    "mensuels",
    "mensuelles",
    "mensuellement",
    "par mois",
    "tous les mois",
    "chaque mois",
];
const QUARTERLY: &[&str] = &[
    "quarterly",
    "per quarter",
    "every quarter",
    "each quarter",
    "trimestriel",
    "trimestrielle",
    "trimestriellement",
    "par trimestre",
    "tous les trimestres",
    "chaque trimestre",
];
const YEARLY: &[&str] = &[
    "yearly",
    "annually",
    "annual",
    "per year",
    "every year",
    "each year",
    "annuel",
    "annuelle",
    "annuellement",
    "par an",
    "tous les ans",
    "chaque annee",
];
const WEEKLY: &[&str] = &[
    "weekly",
    "per week",
    "every week",
    "each week",
    "hebdomadaire",
    "par semaine",
    "toutes les semaines",
    "chaque semaine",
];
const EVERY_FEW: &[&str] = &["every # months", "each # months", "tous les # mois"];
const END_OF_EACH: &[&str] = &["end of each month", "end of every month", "fin de chaque mois"];
/// What makes a day of a period: then something else is wrong.
const OF_A_DAY: &[&str] = &["end", "after", "from", "apres", "a compter", "fin", "day"];
const IN_ADVANCE: &[&str] =
    &["in advance", "upfront", "up front", "d ' avance", "a l ' avance", "payable d ' avance"];
const IN_ARREARS: &[&str] = &["in arrears", "a terme echu", "terme echu", "echu"];
const PAYMENTS_OF: &[&str] = &[
    "# monthly payments of #",
    "# payments of #",
    "# installments of #",
    "# instalments of #",
    "# mensualites de #",
    "# versements de #",
    "# echeances de #",
    "# paiements de #",
];
const IN_PAYMENTS: &[&str] = &[
    "in # payments",
    "in # monthly payments",
    "in # installments",
    "in # instalments",
    "en # mensualites",
    "en # versements",
    "en # echeances",
    "en # paiements",
];
const FOR_SO_LONG: &[&str] = &[
    "for # months",
    "during # months",
    "over # months",
    "pendant # mois",
    "durant # mois",
    "sur # mois",
];
const LAST_DAY: &[&str] = &[
    "last day of each month",
    "last day of every month",
    "last day of the month",
    "last day of month",
    "dernier jour de chaque mois",
    "dernier jour du mois",
];
const TEMPORIS: &[&str] =
    &["prorata temporis", "pro rata temporis", "au prorata temporis", "au pro rata temporis"];
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
];
const HOURS: &[&str] = &["hour", "h", "heure"];
/// What follows `per` or `by` and is nothing that is counted.
const NO_UNITS: &[&str] = &["tranche", "action", "case", "dossier", "month", "mois"];
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
            let of_next = payment.or_else(exempt);
            return of_next
                .or_else(|| self.spoken_of_invoices(&stopped))
                .or_else(|| self.spoken_recurrence(&stopped));
        }
        self.spoken_payment(&line)
            .or_else(|| self.spoken_step(&line))
            .or_else(|| self.spoken_of_invoices(&line))
            .or_else(|| self.spoken_payers(&line))
            .or_else(|| self.spoken_tax(&line))
            .or_else(|| self.spoken_tiers(&line))
            .or_else(|| self.spoken_action(&line))
            .or_else(|| self.spoken_price(&line))
            .or_else(|| self.spoken_bound(&line))
            .or_else(|| self.spoken_discount(&line))
            .or_else(|| self.spoken_recurrence(&line))
            .or_else(|| self.spoken_delay(&line))
    }

    pub(super) fn place(&self, line: &Spoken<'_>, (from, to): Found) -> Span {
        let start = line.words.get(from).map_or(0, |(at, _)| *at);
        let last = to.checked_sub(1).and_then(|last| line.words.get(last));
        let end = last.map_or(start, |(at, word)| at + word.len());
        self.folded.original(start, end)
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
        let place = self.place(line, found);
        self.unsaid(line, found, say!(self.lang, "write `{right}`", "écrivez `{right}`"))
            .edit(place, right)
    }

    fn spoken_payers(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let (lang, file) = (self.lang, self.file_lang);
        if line.begins(OTHER_PAYERS) {
            return Some(self.written(line, (0, 1), file.pick("payer", "payeur")));
        }
        let number = |place: usize| is_number(line.word(place));
        let shares = (0..line.len()).filter(|place| number(*place) && line.word(place + 1) == "%");
        let bare = number(0) && line.word(1) == "%";
        let listed = line.begins(PAYERS) && !line.word(1).starts_with('"');
        if (bare && shares.count() > 1) || listed {
            let right = file.pick(
                "`payer \"Fund\": 70 %`, `payer \"Employer\": remainder`",
                "`payeur \"OPCO\" : 70 %`, `payeur \"Employeur\" : reste`",
            );
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
        let right = self.file_lang.pick(format!("per \"{unit}\""), format!("par \"{unit}\""));
        Some(self.written(line, (rate + 1, per + 2), &right))
    }

    fn spoken_price(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        if !line.begins(&["price", "tarif", "prix"]) {
            return None;
        }
        let number = |place: usize| is_number(line.word(place));
        let fixed = ["fixed", "forfait"].contains(&line.word(1));
        let sum = if number(1) { 1 } else { 2 };
        if !number(sum) || (sum == 2 && !fixed) {
            return None;
        }
        let currency = line.word(sum + 1);
        let after = if is_currency(currency) { sum + 2 } else { sum + 1 };
        let amount = self.words(line, (sum, after));
        let rhythm = [
            (MONTHLY, ("monthly", "mensuel")),
            (QUARTERLY, ("quarterly", "trimestriel")),
            (YEARLY, ("yearly", "annuel")),
        ];
        let (_, (english, french)) = rhythm
            .into_iter()
            .find(|(words, _)| line.find(words).is_some_and(|(from, _)| from == after))?;
        let right = self
            .file_lang
            .pick(format!("price {english} {amount}"), format!("tarif {french} {amount}"));
        Some(self.written(line, (0, line.len()), &right))
    }

    fn spoken_recurrence(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        if !line.begins(LINES) {
            return None;
        }
        let (lang, file) = (self.lang, self.file_lang);
        if let Some(found) = line.find(TEMPORIS) {
            let comma = if line.before(found.0) == "," { "" } else { ", " };
            let right = format!("{comma}{}", file.pick("pro rata", "au prorata"));
            return Some(self.written(line, found, &right));
        }
        if let Some(found) = line.find(LAST_DAY) {
            let right = file.pick("each month end", "à chaque fin de mois");
            let once = file.pick("on month end", "en fin de mois");
            return Some(self.unsaid(
                line,
                found,
                say!(
                    lang,
                    "write `{right}` for every month, or `{once}` for the first one at which the line may fire",
                    "écrivez `{right}` pour tous les mois, ou `{once}` pour le premier où la ligne peut se déclencher"
                ),
            ));
        }
        if let Some(found) = line.find(PAYMENTS_OF) {
            let times = line.word(found.0);
            let sum = line.word(found.1 - 1);
            let right = file.pick(
                format!("{sum} EUR each month end, at most {times} times"),
                format!("{sum} EUR à chaque fin de mois, au plus {times} fois"),
            );
            let parts = file.pick(
                format!("420 EUR in {times} parts each month end"),
                format!("420 EUR en {times} fois à chaque fin de mois"),
            );
            return Some(self.unsaid(
                line,
                found,
                say!(
                    lang,
                    "write the sum of each time, and how often it comes: `{right}`; or the whole, cut into parts: `{parts}`",
                    "écrivez la somme de chaque fois, et combien de fois elle revient : `{right}` ; ou le tout, coupé en parts : `{parts}`"
                ),
            ));
        }
        if let Some((from, to)) = line.find(IN_PAYMENTS) {
            let times = line.word(from + 1);
            let right = file.pick(format!("in {times} parts"), format!("en {times} fois"));
            return Some(self.written(line, (from, to), &right));
        }
        if let Some(found) = line.find(FOR_SO_LONG) {
            let times = line.word(found.0 + 1);
            let right =
                file.pick(format!(", at most {times} times"), format!(", au plus {times} fois"));
            let whole = file.pick(
                format!("35 EUR each month end{right}"),
                format!("35 EUR à chaque fin de mois{right}"),
            );
            return Some(self.unsaid(
                line,
                found,
                say!(
                    lang,
                    "how often a line comes is said at its end: `{whole}`",
                    "combien de fois une ligne revient se dit à sa fin : `{whole}`"
                ),
            ));
        }
        let advance = file.pick("each month from start", "chaque mois à compter du démarrage");
        let arrears = file.pick("each month end", "à chaque fin de mois");
        let recurs =
            [MONTHLY, QUARTERLY, YEARLY, WEEKLY].iter().any(|words| line.find(words).is_some())
                || line.find(&["le tarif", ": price"]).is_some();
        if let Some(found) = line.find(IN_ADVANCE).filter(|_| recurs) {
            return Some(self.unsaid(
                line,
                found,
                say!(
                    lang,
                    "write from when it counts: `{advance}` comes first with the start itself",
                    "écrivez à compter de quand : `{advance}` vient d'abord avec le démarrage lui-même"
                ),
            ));
        }
        if let Some(found) = line.find(IN_ARREARS) {
            let after = file.pick("each month after start", "chaque mois après le démarrage");
            return Some(self.unsaid(
                line,
                found,
                say!(
                    lang,
                    "write on which day: `{arrears}`, or `{after}`, a month after the start and so on",
                    "écrivez quel jour : `{arrears}`, ou `{after}`, un mois après le démarrage et ainsi de suite"
                ),
            ));
        }
        // Parts without a moment: `420 EUR in 12 parts`, and the line ends.
        if let Some((from, to)) = line.find(&["in # parts", "en # fois"])
            && to == line.len()
        {
            let parts = self.words(line, (from, to));
            let end = file.pick("each month end", "à chaque fin de mois");
            let message = say!(
                lang,
                "`{parts}` does not say when each part comes",
                "`{parts}` ne dit pas quand vient chaque part"
            );
            let help = say!(lang, "write `{parts} {end}`", "écrivez `{parts} {end}`");
            let at = self.place(line, (from, to));
            return Some(Diagnostic::new(Code::Syntax, at, message).help(help));
        }
        let of_work = line.find(&[": work", ": realise"]).is_some();
        if of_work { None } else { self.without_a_day(line) }
    }

    /// `monthly`, `every quarter`, and no day of it.
    fn without_a_day(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let (lang, file) = (self.lang, self.file_lang);
        let of_a_day = |(_, to): &Found| {
            OF_A_DAY.contains(&line.word(*to))
                || line.word(*to) == "a" && line.word(to + 1) == "compter"
        };
        if let Some(found) = line.find(END_OF_EACH) {
            let right = file.pick("each month end", "à chaque fin de mois");
            return Some(self.unsaid(
                line,
                found,
                say!(lang, "write `{right}`", "écrivez `{right}`"),
            ));
        }
        // `on the 5th of each month` says its day.
        let of = |(from, _): &Found| ["of", "de", "du"].contains(&line.before(*from));
        let find = |words: &[&str]| line.find(words).filter(|found| !of_a_day(found) && !of(found));
        let days = [
            (
                find(MONTHLY),
                "`each month end`, `on day 5 of each month`, or `each month from start` (in advance)",
                "`à chaque fin de mois`, `le 5 de chaque mois`, ou `chaque mois à compter du démarrage` (d'avance)",
            ),
            (
                find(QUARTERLY),
                "`each quarter end`, or `every 3 months from start` (in advance)",
                "`à chaque fin de trimestre`, ou `tous les 3 mois à compter du démarrage` (d'avance)",
            ),
            (
                find(YEARLY),
                "`each year end`, or `each year from start` (in advance)",
                "`à chaque fin d'année`, ou `chaque année à compter du démarrage` (d'avance)",
            ),
            (
                find(EVERY_FEW),
                "`every 3 months from start` (in advance), or `every 3 months after start`",
                "`tous les 3 mois à compter du démarrage` (d'avance), ou `tous les 3 mois après le démarrage`",
            ),
            (
                find(WEEKLY),
                "`each week after start`, or `each week from start` (in advance)",
                "`chaque semaine après le démarrage`, ou `chaque semaine à compter du démarrage` (d'avance)",
            ),
        ];
        let (found, english, french) = days
            .into_iter()
            .find_map(|(found, english, french)| Some((found?, english, french)))?;
        let right = file.pick(english, french);
        let written = self.words(line, found);
        let message =
            say!(lang, "`{written}` does not say on which day", "`{written}` ne dit pas quel jour");
        let at = self.place(line, found);
        let help = say!(lang, "write {right}", "écrivez {right}");
        Some(Diagnostic::new(Code::Syntax, at, message).help(help))
    }
}

pub(super) fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

pub(super) fn is_currency(word: &str) -> bool {
    word.len() == 3
        && word.chars().all(|c| c.is_ascii_alphabetic())
        && word != "par"
        && word != "per"
        || ["€", "£"].contains(&word)
}
