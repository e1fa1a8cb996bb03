//! What administrators say of an action beside its rate: how many of something are included, and what it costs beyond its cost. In: a line of an
//! action, or one that begins with no word of the language. Out: its error with the rate that says it, all its figures kept.

use super::parse::{Parser, Place};
use super::spoken::{Spoken, is_currency, is_number};
use super::spoken_hours::{BEYOND, INCLUDED, PER_MONTH};
use crate::diagnostic::Diagnostic;
use crate::lang::say;

const INCLUDES: &[&str] =
    &["included", "includes", "including", "inclus", "inclut", "comprend", "compris", "dont"];
const HOURS: &[&str] = &["hour", "hours", "h", "heure", "heures"];
/// What costs so much, and so many percent more.
const COST_PLUS: &[&str] = &[
    "at cost plus # %",
    "at cost + # %",
    "cost plus # %",
    "cost + # %",
    "au cout reel majore de # %",
    "cout reel majore de # %",
    "au cout reel plus # %",
    "au cout reel + # %",
    "cout reel + # %",
    "prix coutant majore de # %",
    "prix coutant + # %",
];

impl Parser<'_> {
    /// The error of a line that says what is included of an action, or what it costs beyond its cost.
    pub(super) fn beyond_the_rate(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        if line.begins(&["action"]) {
            return self.cost_plus(line).or_else(|| self.units_included(line));
        }
        (self.place == Place::Schedule).then(|| self.included_apart(line)).flatten()
    }

    /// `at cost plus 10 %`: a share of its amount that is more than the whole.
    fn cost_plus(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let found = line.find(COST_PLUS)?;
        let (_, share) = self.percentages(line).into_iter().find(|((at, _), _)| *at < found.1)?;
        let digits = share.trim_end_matches(['%', ' ', '\u{a0}', '\u{202f}']);
        let whole = digits.split(['.', ',']).next()?;
        let more: u32 = whole.parse().ok()?;
        let rest = digits.get(whole.len()..)?;
        let right = format!("{}{rest} %", more.checked_add(100)?);
        let right =
            self.file_lang.pick(format!("{right} of amount"), format!("{right} du montant"));
        Some(self.written(line, found, &right))
    }

    /// `0.11 per "word" beyond 10000 per month`, `flat 65 beyond 8`, `10 hours included, then 15 EUR per hour`.
    fn units_included(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        if !line.word(1).starts_with('"') {
            return None;
        }
        let flat = usize::from(["flat", "forfait"].contains(&line.word(2)));
        let first = 2 + flat;
        if is_number(line.word(first)) && HOURS.contains(&line.word(first + 1)) {
            return self.hours_then(line, first);
        }
        let per = first + 1 + usize::from(is_currency(line.word(first + 1)));
        let counted = ["per", "par"].contains(&line.word(per));
        let unit = if counted && line.word(per + 1).starts_with('"') {
            self.words(line, (per + 1, per + 2))
        } else {
            self.words(line, (1, 2)).to_lowercase()
        };
        let behind = if counted { per + 2 } else { per };
        let (_, number) = line.stands(behind, BEYOND)?;
        let known = is_number(line.word(first)) && is_number(line.word(number));
        (known && (counted || flat > 0)).then_some(())?;
        // `10000 words`: what is counted may be said again.
        let noun = line.word(number + 1).starts_with(char::is_alphabetic)
            && line.stands(number + 1, PER_MONTH).is_none();
        let end = number + 1 + usize::from(noun);
        let month = line.stands(end, PER_MONTH).map(|(_, to)| to);
        let monthly = month.map_or("", |_| self.file_lang.pick(", each month", ", chaque mois"));
        let (rate, most) =
            (self.words(line, (first, first + 1)), self.words(line, (number, number + 1)));
        let right = self.file_lang.pick(
            format!("per {unit} 0 up to {most} then {rate}{monthly}"),
            format!("par {unit} 0 jusqu'à {most} puis {rate}{monthly}"),
        );
        let help = say!(
            self.lang,
            "what is included is a tier of zero, of units of which each event states how many in its quantity: `{right}`",
            "ce qui est compris est un palier à zéro, d'unités dont chaque événement dit le nombre par sa quantité : `{right}`"
        );
        Some(self.unsaid(line, (2, month.unwrap_or(end)), help))
    }

    /// `10 hours included, then 15 EUR per hour`.
    fn hours_then(&self, line: &Spoken<'_>, first: usize) -> Option<Diagnostic> {
        let (_, then) = line.stands(first + 2, INCLUDED)?;
        let then = then + usize::from(line.word(then) == ",");
        let then = then + usize::from(["then", "puis", "et"].contains(&line.word(then)));
        let rate = is_number(line.word(then)).then(|| self.words(line, (then, then + 1)))?;
        let right = self.in_tiers(&self.words(line, (first, first + 1)), &rate);
        let month = line.find(PER_MONTH).is_some();
        let monthly = self.file_lang.pick(", each month", ", chaque mois");
        let help = if month {
            say!(
                self.lang,
                "hours that are included are a tier of zero: `{right}{monthly}`",
                "des heures comprises sont un palier à zéro : `{right}{monthly}`"
            )
        } else {
            say!(
                self.lang,
                "hours that are included are a tier of zero: `{right}` in all, `{right}{monthly}` of each month",
                "des heures comprises sont un palier à zéro : `{right}` en tout, `{right}{monthly}` pour chaque mois"
            )
        };
        Some(self.unsaid(line, (2, line.len()), help))
    }

    /// `10 hours included`, `8 passages compris par mois`, `includes 10000 words`: of which action, and at what rate beyond.
    fn included_apart(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let first = usize::from(line.begins(INCLUDES));
        let noun = line.word(first + 1);
        let counts = is_number(line.word(first)) && noun.starts_with(char::is_alphabetic);
        let end = match first {
            0 => line.stands(2, INCLUDED).map(|(_, to)| to)?,
            _ => first + 2,
        };
        let month = line.stands(end, PER_MONTH).map(|(_, to)| to);
        let closes = month.unwrap_or(end) == line.len();
        (counts && closes && !is_currency(noun) && noun != "mois" && !noun.starts_with("month"))
            .then_some(())?;
        let (many, unit) =
            (self.words(line, (first, first + 1)), self.words(line, (first + 1, first + 2)));
        let monthly = month.map_or("", |_| self.file_lang.pick(", each month", ", chaque mois"));
        let right = if HOURS.contains(&noun) {
            self.in_tiers(&many, "…")
        } else {
            let unit = unit.strip_suffix('s').unwrap_or(&unit);
            self.file_lang.pick(
                format!("per \"{unit}\" 0 up to {many} then …"),
                format!("par \"{unit}\" 0 jusqu'à {many} puis …"),
            )
        };
        let help = say!(
            self.lang,
            "what is included stands with the rate of its action, as a tier of zero, and the rate beyond it behind: `action \"…\" {right}{monthly}`",
            "ce qui est compris se dit avec le tarif de son action, comme palier à zéro, suivi du tarif au-delà : `action \"…\" {right}{monthly}`"
        );
        Some(self.unsaid(line, (0, line.len()), help))
    }
}
