//! What administrators say in a scenario, and the sentence that works: the day first, then what comes on it. In: a line that
//! is not understood. Out: its error with that sentence; an edit where it says what was written, and all of it.

use super::errors;
use super::follow::spoken::STEPS;
use super::mishaps::month_named;
use super::parse::{Parser, Place};
use super::spoken::{Found, Spoken, is_currency, is_number};
use crate::calendar::Date;
use crate::diagnostic::{Code, Diagnostic};
use crate::lang::{Lang, say};

const EXPECTED: &[&str] = &["expect", "attendu"];
/// What may stand before a day and says nothing more.
const BEFORE_A_DAY: &[&str] = &["le", "on", "au", "du", "the", ":"];

/// What comes on a day, in a schedule's scenario or a follow-up's.
const COMES: &[&str] = &[
    "signature",
    "start",
    "demarrage",
    "end",
    "fin",
    "abandonment",
    "abandon",
    "action",
    "event",
    "evenement",
    "deliverable",
    "livrable",
    "progress",
    "avancement",
    "suspension",
    "resumption",
    "reprise",
    "amendment",
    "avenant",
    "void",
    "retrait",
    "paid",
    "encaissement",
    "sent",
    "envoyee",
    "received",
    "recue",
    "rejected",
    "rejetee",
    "disputed",
    "contestee",
    "refund",
    "remboursement",
    "promised",
    "promise",
    "undelivered",
    "accepted",
    "acceptee",
];

fn is_date(word: &str) -> bool {
    let signs = |sign: char| word.matches(sign).count() == 2;
    is_number(word) && word.len() >= 8 && (signs('/') || signs('-'))
}

impl Parser<'_> {
    /// The error of a line of a scenario, or of the one that follows its title, which began at `start`.
    pub(super) fn spoken_scenario(&self, line: &Spoken<'_>, start: usize) -> Option<Diagnostic> {
        if matches!(self.place_below(start), Place::Scenario | Place::FollowScenario)
            && let Some((found, right)) =
                self.day_without_year(line, usize::from(line.begins(EXPECTED)))
        {
            return Some(self.needs_year(line, found, &right));
        }
        match self.place_below(start) {
            Place::Scenario => self
                .day_elsewhere(line)
                .or_else(|| self.planned_on_a_day(line))
                .or_else(|| self.no_label(line)),
            Place::FollowScenario => {
                self.invoice_without_of(line).or_else(|| self.day_elsewhere(line))
            }
            Place::Nowhere | Place::Schedule | Place::FollowUp => None,
        }
    }

    /// `10/01`, `10 janvier`: a day without its year at a place, and as it is with that of the date before.
    pub(super) fn day_without_year(
        &self,
        line: &Spoken<'_>,
        place: usize,
    ) -> Option<(Found, String)> {
        let number = |word: &str| {
            let short = word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_digit());
            word.parse::<u32>().ok().filter(|number| short && *number > 0)
        };
        let (first, sign, second) = (line.word(place), line.word(place + 1), line.word(place + 2));
        let (day, month, to) = if let Some((day, month)) = first.split_once('.') {
            (number(day)?, number(month).filter(|_| month.len() == 2)?, place + 1)
        } else if ["/", "-"].contains(&sign) {
            (number(first)?, number(second)?, place + 3)
        } else if let Some(month) = month_named(first) {
            let day = sign.trim_end_matches(char::is_alphabetic);
            // `January 10, 2025` has its year.
            let comma = second == "," && line.word(place + 3).len() == 4;
            let day = number(day).filter(|_| !comma)?;
            (day, u32::try_from(month).ok()?, place + 2)
        } else {
            let day = first.trim_end_matches(char::is_alphabetic);
            // `the 1st of September`
            let of = usize::from(["of", "de"].contains(&sign) && day.len() < first.len());
            let month = u32::try_from(month_named(line.word(place + 1 + of))?).ok()?;
            (number(day)?, month, place + 2 + of)
        };
        let goes_on = ["/", "-", "."].contains(&line.word(to)) || line.word(to).len() == 4;
        let year_behind = goes_on && (is_number(line.word(to)) || line.word(to).len() == 1);
        // With a hyphen, the year stands first in English.
        let iso = sign == "-" && self.file_lang == Lang::En;
        let (day, month) = if iso { (month, day) } else { (day, month) };
        if year_behind || month > 12 || day > 31 {
            return None;
        }
        let before = self.folded.text.get(..line.start()).unwrap_or("");
        let dates = before.split_whitespace().rev().take(200);
        let year = dates.filter(|word| is_date(word)).find_map(|word| {
            word.split(['/', '-']).find(|part| part.len() == 4).map(str::to_owned)
        });
        let year = year.unwrap_or_else(|| "2026".to_owned());
        let right = match self.file_lang {
            Lang::En => format!("{year}-{month:02}-{day:02}"),
            Lang::Fr => format!("{day:02}/{month:02}/{year}"),
        };
        Some(((place, to), right))
    }

    /// That a date has its year.
    pub(super) fn needs_year(&self, line: &Spoken<'_>, found: Found, right: &str) -> Diagnostic {
        let date = right.rsplit(' ').next().unwrap_or(right);
        let iso = errors::iso_of(date);
        // A day that some years have is shown in one of them.
        let leap = right.replace(iso.split('-').next().unwrap_or(""), "2028");
        let leap_day = leap.rsplit(' ').next().unwrap_or(&leap);
        let is_leap = Date::parse(&errors::iso_of(leap_day)).is_some();
        let right = match Date::parse(&iso) {
            Some(_) => right,
            None if is_leap => &leap,
            None => {
                let (place, written) = (self.place(line, found), self.words(line, found));
                return errors::no_such_date(self.lang, place, &written, &iso);
            }
        };
        let help = say!(
            self.lang,
            "a date has its year, in figures: `{right}`",
            "une date a son année, en chiffres : `{right}`"
        );
        self.unsaid(line, found, help)
    }

    /// `démarrage le 01/01/2026`, `attendu "Acompte" 375,00 le 01/01/2026`, `01/01/2026 : démarrage`.
    fn day_elsewhere(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let first = usize::from(line.begins(EXPECTED));
        // These are said of the whole scenario, and have no day.
        if first == 1 && ["rien", "nothing", "total"].contains(&line.word(1)) {
            return None;
        }
        let mut days = (0..line.len()).filter(|place| is_date(line.word(*place)));
        let (Some(day), None) = (days.next(), days.next()) else { return None };
        let skipped = |place: &usize| BEFORE_A_DAY.contains(&line.word(*place));
        let begins = (first..day).rev().take_while(skipped).last().unwrap_or(day);
        let mut after = day + 1;
        while line.word(after) == ":" {
            after += 1;
        }
        if begins == first && day == first && after == day + 1 {
            return None;
        }
        let rest = |from: usize, to: usize| {
            if from < to { self.words(line, (from, to)) } else { String::new() }
        };
        // Only what can follow a day is put behind it.
        let what = if begins > first { first } else { after };
        let comes = COMES.contains(&line.word(what)) || first == 1;
        if !comes {
            return None;
        }
        // What is expected says its label before its sum.
        let labels = (day + 1..line.len()).chain(first..day).filter(|_| first == 1);
        let label = labels.into_iter().find(|place| line.word(*place).starts_with('"'));
        let label = label.map(|label| {
            let step = usize::from(STEPS.contains(&line.before(label)));
            (label - step, label + 1)
        });
        let told = match label {
            Some((label, behind)) => vec![
                rest(0, first),
                self.words(line, (day, day + 1)),
                self.words(line, (label, behind)),
                rest(first, label.min(begins)),
                rest(behind, begins),
                rest(after, label),
                rest(after.max(behind), line.len()),
            ],
            None => vec![
                rest(0, first),
                self.words(line, (day, day + 1)),
                rest(first, begins),
                rest(after, line.len()),
            ],
        };
        let told: Vec<String> = told.into_iter().filter(|part| !part.is_empty()).collect();
        let right = told.join(" ");
        let help = say!(
            self.lang,
            "the day comes first: write `{right}`",
            "le jour vient d'abord : écrivez `{right}`"
        );
        let found = (0, line.len());
        Some(self.unsaid(line, found, help).edit(self.place(line, found), right))
    }

    /// `01/01/2026 prévu 3 mois`: what a case plans has no day.
    fn planned_on_a_day(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let planned = ["planned", "prevu", "prevue", "prevus", "prevues"].contains(&line.word(1));
        if !is_date(line.word(0)) || !planned {
            return None;
        }
        let right = self.words(line, (1, line.len()));
        let help = say!(
            self.lang,
            "what a case plans has no day: write `{right}`",
            "ce que le dossier prévoit n'a pas de jour : écrivez `{right}`"
        );
        let found = (0, line.len());
        Some(self.unsaid(line, found, help).edit(self.place(line, found), right))
    }

    /// `attendu 01/01/2026 375,00`: the label of the line is missing.
    fn no_label(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        if !line.begins(EXPECTED) || !is_date(line.word(1)) {
            return None;
        }
        if line.word(2).starts_with('"') && line.word(3) == ":" {
            let place = self.place(line, (3, 4));
            let message =
                say!(self.lang, "no colon stands here", "aucun deux-points ne se met ici");
            let help = say!(
                self.lang,
                "the sum stands right behind the label",
                "la somme suit directement le libellé"
            );
            return Some(Diagnostic::new(Code::Syntax, place, message).help(help).edit(place, ""));
        }
        if !is_number(line.word(2)) {
            return None;
        }
        let label = (3..line.len()).find(|place| line.word(*place).starts_with('"'));
        if let Some(label) = label {
            let (sum, label) =
                (self.words(line, (2, label)), self.words(line, (label, line.len())));
            let right = format!("{label} {sum}");
            let help = say!(
                self.lang,
                "the label comes before its sum: write `{right}`",
                "le libellé vient avant sa somme : écrivez `{right}`"
            );
            let found = (2, line.len());
            return Some(self.unsaid(line, found, help).edit(self.place(line, found), right));
        }
        let (before, sum) = (self.words(line, (0, 2)), self.words(line, (2, line.len())));
        Some(self.unsaid(
            line,
            (2, line.len()),
            say!(
                self.lang,
                "say which line bills it, by its label: `{before} \"…\" {sum}`",
                "dites quelle ligne le facture, par son libellé : `{before} \"…\" {sum}`"
            ),
        ))
    }

    /// `facture 120 EUR datée du 31/01/2025`, `facture du 31/01/2025 de 120 EUR`.
    fn invoice_without_of(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let date = (1..line.len()).find(|place| is_date(line.word(*place)));
        if let Some(date) = date.filter(|date| line.begins(&["invoice", "facture"]) && *date < 4)
            && let Some(sum) = (date + 1..line.len()).find(|place| is_number(line.word(*place)))
            && is_currency(line.word(line.len() - 1))
        {
            let (day, sum) =
                (self.words(line, (date, date + 1)), self.words(line, (sum, line.len())));
            let right = self.file_lang.pick(
                format!("invoice of {sum} dated {day}"),
                format!("facture de {sum} datée du {day}"),
            );
            return Some(self.written(line, (0, line.len()), &right));
        }
        let invoice = line.begins(&["invoice", "facture"]) && is_number(line.word(1));
        invoice.then(|| {
            let sum = self.words(line, (1, 2));
            let right = format!("{} {sum}", self.file_lang.pick("invoice of", "facture de"));
            self.written(line, (0, 2), &right)
        })
    }
}
