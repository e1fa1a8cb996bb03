//! What administrators say of a month or a year: its end, its middle, the month of the signature, a day without its year. In: a
//! line that is not understood. Out: its error with the day that says it; an edit where no other can be meant.

use super::errors;
use super::mishaps::month_named;
use super::parse::Parser;
use super::spoken::Spoken;
use super::spoken_days::{BY, is_year, next_day};
use crate::calendar::Date;
use crate::diagnostic::Diagnostic;
use crate::lang::say;
use crate::model::written::last_day;

/// What stands before a month and means one of its days, longer ones first: that day, nothing where it is the last; and whether
/// no other day can be meant.
const OF_MONTH: &[(&[&str], Option<&str>, bool)] = &[
    (
        &[
            "on the last day of",
            "the last day of",
            "last day of",
            "at the end of",
            "on the end of",
            "by the end of",
            "the end of",
            "at end of",
            "on end of",
            "end of",
            "at end",
            "end",
            "le dernier jour du mois de",
            "le dernier jour de",
            "le dernier jour d '",
            "dernier jour de",
            "dernier jour d '",
            "a la fin du mois de",
            "a la fin de",
            "a la fin d '",
            "en fin de",
            "a fin",
            "fin du mois de",
            "fin de",
            "fin d '",
            "fin",
        ],
        None,
        true,
    ),
    (
        &["in the middle of", "mid -", "mid", "a la mi -", "a mi -", "mi -", "au milieu de"],
        Some("15"),
        false,
    ),
    (
        &[
            "on the first day of",
            "the first day of",
            "first day of",
            "le premier jour du mois de",
            "le premier jour de",
            "le premier jour d '",
            "premier jour de",
            "premier jour d '",
        ],
        Some("01"),
        true,
    ),
    (
        &[
            "at the beginning of",
            "at the start of",
            "beginning of",
            "start of",
            "early",
            "au debut de",
            "debut de",
            "debut d '",
            "debut",
        ],
        Some("01"),
        false,
    ),
];
/// The end of the month after, with its preposition; longer ones first.
const END_OF_NEXT: &[&str] = &[
    "at the end of the following month",
    "at the end of the next month",
    "at the end of next month",
    "by the end of the next month",
    "by the end of next month",
    "on the next month end",
    "end of the following month",
    "end of following month",
    "end of the next month",
    "end of next month",
    "a la fin du mois suivant",
    "a la fin du mois prochain",
    "a la fin du mois d ' apres",
    "en fin de mois suivant",
    "en fin de mois prochain",
    "fin du mois suivant",
    "fin du mois prochain",
    "fin de mois suivant",
    "fin de mois prochain",
];
/// The end of the month in which something comes.
const MONTH_OF: &[&str] = &[
    "at the end of the month of",
    "on the end of the month of",
    "on month end of",
    "at month end of",
    "month end of",
    "end of the month of",
    "a la fin du mois de",
    "a la fin du mois du",
    "en fin de mois de",
    "en fin de mois du",
    "fin de mois de",
    "fin du mois de",
    "fin du mois du",
];
const IN_MONTH: &[&str] = &[
    "in the month of",
    "during",
    "in",
    "au mois de",
    "au mois d '",
    "courant",
    "au cours de",
    "en",
];

impl Parser<'_> {
    /// `fin mars 2025`, `en mars 2025`: a line is billed on a day.
    pub(super) fn month_of_year(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let asks = (0..line.len()).find(|place| ["if", "si"].contains(&line.word(*place)));
        let place = (4..line.len()).find(|place| {
            let word = line.word(*place);
            let may_be = word != "may" || is_year(line.word(place + 1));
            word.len() > 2 && may_be && month_named(word).is_some()
        })?;
        let month =
            month_named(line.word(place)).filter(|_| asks.is_none_or(|asks| place < asks))?;
        // `end of June, 2026`.
        let joined = usize::from(["of", "de", ","].contains(&line.word(place + 1)));
        let at = [place + 1, place + 1 + joined].into_iter().find(|at| is_year(line.word(*at)));
        let year = at.map(|at| line.word(at));
        let end = at.unwrap_or(place) + 1;
        let ends = ["", ",", "if", "si", "or", "ou"].contains(&line.word(end));
        let ends_here = |words: &[&str]| line.ending_at(place, words).filter(|from| *from > 3);
        let written = |day: &str, year: &str| match self.file_lang {
            crate::lang::Lang::En => format!("on {year}-{month:02}-{day:0>2}"),
            crate::lang::Lang::Fr => format!("le {day:0>2}/{month:02}/{year}"),
        };
        let example = year.unwrap_or("2026");
        let part =
            OF_MONTH.iter().find_map(|(words, day, exact)| Some((ends_here(words)?, *day, *exact)));
        let last = last_day(example.parse().ok()?, u32::try_from(month).ok()?)?;
        let last = last.rsplit('-').next()?;
        let Some((from, day, exact)) = part else {
            let from = ends_here(IN_MONTH).filter(|_| ends)?;
            let (first, last) = (written("1", example), written(last, example));
            let help = say!(
                self.lang,
                "a line is billed on a day, and a month has many: `{first}`, `{last}`, or another",
                "une ligne se facture un jour, et un mois en a plusieurs : `{first}`, `{last}`, ou un autre"
            );
            return Some(self.unsaid(line, (from, end), help));
        };
        let right = written(day.unwrap_or(last), example);
        let found = (from, end);
        if year.is_none() {
            return ends.then(|| self.needs_year(line, found, &right));
        }
        let limit = line.ending_at(from, BY);
        if exact && limit.is_none() && line.word(from) != "by" {
            return Some(self.written(line, found, &right));
        }
        let help = say!(
            self.lang,
            "a line is billed on a day, written in figures: `{right}`",
            "une ligne se facture un jour, écrit en chiffres : `{right}`"
        );
        Some(self.unsaid(line, (limit.unwrap_or(from), end), help))
    }

    /// `at the end of 2025`, `début 2026`: a line is billed on a day.
    pub(super) fn day_of_year(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let part = |year: usize| {
            is_year(line.word(year)).then_some(())?;
            let said = |(words, day, _): &(&[&str], Option<&'static str>, bool)| {
                let from = line.ending_at(year, words).filter(|from| *from > 3)?;
                Some((from, year, *day))
            };
            OF_MONTH.iter().find_map(said)
        };
        let (from, year, day) = (4..line.len()).find_map(part)?;
        let asks = (0..from).any(|at| ["if", "si"].contains(&line.word(at)));
        let number = self.words(line, (year, year + 1));
        let iso = match day {
            None => format!("{number}-12-31"),
            Some("01") => format!("{number}-01-01"),
            Some(_) => format!("{number}-07-01"),
        };
        let date = self.file_lang.date(iso);
        let right = self.file_lang.pick(format!("on {date}"), format!("le {date}"));
        let found = (line.ending_at(from, BY).unwrap_or(from), year + 1);
        // The end of a year is one day; its beginning may be any of some.
        if day.is_none() && !asks && found.0 == from && line.word(from) != "by" {
            return Some(self.written(line, found, &right));
        }
        let help = say!(
            self.lang,
            "a line is billed on a day, written in figures: `{right}`",
            "une ligne se facture un jour, écrit en chiffres : `{right}`"
        );
        (!asks).then(|| self.unsaid(line, found, help))
    }

    /// `at the end of next month`, `fin du mois suivant`: no line counts months from the one in which it stands.
    pub(super) fn end_of_next_month(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let found = line.find(END_OF_NEXT).filter(|(from, _)| *from > 3)?;
        let (first, due) = self.file_lang.pick(
            ("on month end", "payment due 30 days then month end"),
            ("en fin de mois", "paiement à 30 jours, puis fin de mois"),
        );
        let help = say!(
            self.lang,
            "no line is billed at the end of the month after: `{first}` is the first month end that comes; when its invoice is to be paid is said by `{due}`, on a line of its own",
            "aucune ligne ne se facture à la fin du mois d'après : `{first}` est la première fin de mois qui vient ; quand sa facture est à payer se dit par `{due}`, sur une ligne à part"
        );
        Some(self.unsaid(line, found, help))
    }

    /// `on month end of signature`, `à la fin du mois de la signature`: the first month end by which it is so.
    pub(super) fn end_of_that_month(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let (from, to) = line.find(MONTH_OF).filter(|(from, _)| *from > 3)?;
        let of = line.stands(to, &["the", "la", "le", "l '"]).map_or(to, |(_, to)| to);
        let (fact, rule) = match line.word(of) {
            "signature" | "signing" => (("signed", "signé"), of + 1),
            "start" | "demarrage" | "debut" => (("started", "démarré"), of + 1),
            _ => return None,
        };
        let (fact, when) = (
            self.file_lang.pick(fact.0, fact.1),
            self.file_lang.pick("on month end", "en fin de mois"),
        );
        let ask = self.file_lang.pick("if", "si");
        let right = format!("{when} {ask} {fact}");
        let help = say!(
            self.lang,
            "the first month end by which it is so is that of its own month: `{right}`",
            "la première fin de mois où c'est le cas est celle de ce mois-là : `{right}`"
        );
        let told = self.unsaid(line, (from, rule), help);
        let alone = rule == line.len() || line.word(rule) == ",";
        Some(if alone { told.edit(self.place(line, (from, rule)), right) } else { told })
    }

    /// `le 10/01`, `on 15 March`.
    pub(super) fn no_year(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let after = |place: usize| {
            let word = place - usize::from(["le", "the"].contains(&line.before(place)));
            ["after", "apres"].contains(&line.before(word)).then_some(word - 1)
        };
        let asked = |place: usize| {
            let from = after(place)?;
            ["if", "si", "and", "et"].contains(&line.before(from)).then_some(())?;
            let (found, right) = self.day_without_year(line, place)?;
            Date::parse(&errors::iso_of(&right))?;
            let next = next_day(&right)?;
            let [later, same] = [next, right].map(|day| {
                self.file_lang.pick(format!("date from {day}"), format!("date à compter du {day}"))
            });
            let help = say!(
                self.lang,
                "the day of the moment is a condition, and a date has its year: `{later}` after that day, `{same}` with it",
                "le jour du moment est une condition, et une date a son année : `{later}` après ce jour, `{same}` avec lui"
            );
            Some(self.unsaid(line, (from, found.1), help))
        };
        if let Some(found) = (5..line.len()).find_map(asked) {
            return Some(found);
        }
        let before = ["le", "au", "on", "the", "before", "from"];
        let on = |place: &usize| before.contains(&line.before(*place));
        let ends =
            |to: usize| ["", ",", "if", "si", "or", "ou", "and", "et"].contains(&line.word(to));
        let day = |place: usize| {
            let (found, right) = self.day_without_year(line, place)?;
            ends(found.1).then(|| self.needs_year(line, found, &right))
        };
        (5..line.len()).filter(on).find_map(day)
    }
}
