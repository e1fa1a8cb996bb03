//! What administrators say of when a line is billed: so long before the start, on a day of the week, at the beginning of a period,
//! each month until a day, once something is done. In: a line that is not understood. Out: its error with the sentence that works;
//! an edit where it says what was written, and all of it.

use super::mishaps::month_named;
use super::parse::Parser;
use super::spoken::{LINES, Spoken, is_currency, is_number};
use super::spoken_days::{BY, is_year, next_day};
use super::spoken_limits::{COUNTED, UNITS};
use super::trade_moments::WEEKDAYS;
use crate::diagnostic::Diagnostic;
use crate::lang::say;

/// What counts a time back from the planned start; longer ones first.
pub(super) const BEFORE_START: &[&str] = &[
    "before the planned start date",
    "before the planned start",
    "before the start date",
    "before the first session",
    "ahead of the start",
    "prior to the start",
    "before the start",
    "before planned start",
    "before the event",
    "before the rental",
    "prior to start",
    "before start",
    "avant le debut de la formation",
    "avant le debut de la prestation",
    "avant le debut de la location",
    "avant la date de debut",
    "avant la date de demarrage",
    "avant le debut du stage",
    "avant le debut des travaux",
    "avant le demarrage prevu",
    "avant le debut prevu",
    "avant l ' evenement",
    "avant le demarrage",
    "avant le debut",
    "avant la formation",
    "precedant le demarrage",
    "precedant le debut",
    "avant la location",
    "avant demarrage",
];
const EACH_MONTH: &[&str] = &[
    "chaque mois",
    "tous les mois",
    "par mois",
    "mensuels",
    "each month",
    "every month",
    "per month",
    "monthly",
    "a chaque fin de mois",
    "each month end",
];
const AGAIN: &[&str] = &["on each", "on every", "each", "every", "a chaque", "chaque", "tous les"];
/// What may stand before such a day and belongs to it.
const BEFORE_A_DAY: &[&str] = &["on the", "at the", "on", "at", "a la", "le", "au", "en", "a"];
const BEGINNINGS: &[&str] =
    &["start of", "beginning of", "first day of", "debut de", "debut d '", "premier jour de"];
/// Periods whose beginnings are no moments, and what comes as often.
const PERIODS: &[(&[&str], (&str, &str))] = &[
    (
        &["quarter", "trimestre"],
        ("every 3 months from start", "tous les 3 mois à compter du démarrage"),
    ),
    (
        &["semester", "semestre"],
        ("every 6 months from start", "tous les 6 mois à compter du démarrage"),
    ),
    (&["year", "annee"], ("each year from start", "chaque année à compter du démarrage")),
    (&["week", "semaine"], ("each week from start", "chaque semaine à compter du démarrage")),
];

impl Parser<'_> {
    /// The error of a line that says when it is billed in such words.
    pub(super) fn spoken_timing(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        if !line.begins(LINES) || line.word(2) != ":" {
            return None;
        }
        self.attended(line)
            .or_else(|| self.up_to_a_day(line))
            .or_else(|| self.time_before_the_start(line))
            .or_else(|| self.part_of_a_day(line))
            .or_else(|| self.named_notice(line))
            .or_else(|| self.day_of_the_week(line))
            .or_else(|| self.end_of_next_month(line))
            .or_else(|| self.end_of_that_month(line))
            .or_else(|| self.month_of_year(line))
            .or_else(|| self.day_of_year(line))
            .or_else(|| self.beginning_of_a_period(line))
            .or_else(|| self.dates_in_a_row(line))
            .or_else(|| self.once_it_is_done(line))
    }

    /// What a line says of a time that leaves open which day it is.
    pub(super) fn spoken_time(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        if !line.begins(LINES) {
            return None;
        }
        self.notice_of(line)
            .or_else(|| self.left_in_time(line))
            .or_else(|| self.nth_of_the_case(line))
            .or_else(|| self.again_since(line))
            .or_else(|| self.parts_of_nothing(line))
            .or_else(|| self.no_year(line))
            .or_else(|| self.by_a_day(line))
            .or_else(|| self.before_the_start(line))
            .or_else(|| self.until_a_day(line))
    }

    /// `each monday`, `tous les lundis`, `on Mondays`.
    fn day_of_the_week(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let is_day = |place: &usize| WEEKDAYS.contains(&line.word(*place).trim_end_matches('s'));
        let day = (4..line.len()).find(is_day)?;
        let again = AGAIN.iter().find_map(|words| {
            let from = day.checked_sub(words.split(' ').count())?;
            line.stands(from, &[words]).map(|(from, _)| from)
        });
        let several = line.word(day).ends_with('s');
        let from = match again {
            Some(from) => from,
            None if several || line.before(day) == "le" => day - 1,
            None => return None,
        };
        // A day of the week before a date is no moment of its own.
        let behind = line.word(day + 1);
        if is_number(behind) || behind == "," && is_number(line.word(day + 2)) || from < 4 {
            return None;
        }
        let week = self.file_lang.pick("each week from", "chaque semaine à compter de");
        let [start, event] = [
            self.file_lang
                .pick("each week from start", "chaque semaine à compter du démarrage")
                .to_owned(),
            self.file_lang.pick(
                format!("{week} event \"First time\""),
                format!("{week} l'événement \"Première fois\""),
            ),
        ];
        let help = say!(
            self.lang,
            "no line knows the days of the week: what comes every week is `{start}`, on that of the start, or `{event}`, on that of an event that you record; one day alone is its date",
            "aucune ligne ne connaît les jours de la semaine : ce qui revient chaque semaine est `{start}`, celui du démarrage, ou `{event}`, celui d'un événement que vous enregistrez ; un jour seul est sa date"
        );
        Some(self.unsaid(line, (from, day + 1), help))
    }

    /// `au début de chaque trimestre`: a month alone has a first day in the language.
    fn beginning_of_a_period(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let period_at = |from: usize| {
            let (_, to) = line.stands(from, BEGINNINGS)?;
            let each =
                usize::from(["each", "every", "chaque", "the", "l"].contains(&line.word(to)));
            let elided = usize::from(line.word(to + each) == "'");
            let noun = to + each + elided;
            let (_, every) = PERIODS.iter().find(|(words, _)| words.contains(&line.word(noun)))?;
            Some((from, noun + 1, every))
        };
        let (from, to, every) = (4..line.len()).find_map(period_at)?;
        let from = with_preposition(line, from);
        let every = self.file_lang.pick(every.0, every.1);
        let days =
            self.file_lang.pick("on 2026-01-01 and 2026-04-01", "le 01/01/2026 et le 01/04/2026");
        let help = say!(
            self.lang,
            "the calendar of a line has no such beginning: write `{every}`, counted from the start of the case, or the days themselves, as in `{days}`",
            "le calendrier d'une ligne n'a pas ce début : écrivez `{every}`, compté du démarrage du dossier, ou les jours eux-mêmes, comme `{days}`"
        );
        Some(self.unsaid(line, (from, to), help))
    }

    /// `30 jours avant le début de la location`, `no later than 30 days before start`: before the start that is planned.
    fn before_the_start(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let asks = (0..line.len()).find(|place| ["if", "si"].contains(&line.word(*place)));
        let length = |place: usize| {
            if let Some((days, end)) = self.hours_at(line, place) {
                let (_, to) = line.stands(end, BEFORE_START)?;
                return Some((place, to, days));
            }
            let counted = COUNTED.iter().find(|(word, _)| *word == line.word(place));
            let number = match counted {
                Some((_, digits)) => (*digits).to_owned(),
                None if is_number(line.word(place)) => self.words(line, (place, place + 1)),
                None => return None,
            };
            let unit = UNITS.contains(&line.word(place + 1)).then(|| place + 1)?;
            let (_, to) = line.stands(unit + 1, BEFORE_START)?;
            Some((place, to, format!("{number} {}", self.words(line, (unit, unit + 1)))))
        };
        let (from, to, length) = (4..asks.unwrap_or(line.len())).find_map(length)?;
        let right = self.file_lang.pick(
            format!("{length} before planned start"),
            format!("{length} avant le démarrage prévu"),
        );
        let first = line.ending_at(from, BY).unwrap_or(from);
        let comma = first - usize::from(line.before(first) == ",");
        let bare = ["remainder", "reste", "work", "realise"].contains(&line.before(comma));
        // Behind a moment, it is something else.
        if self.amount_end(line) != Some(comma) && !bare {
            return None;
        }
        let help = say!(
            self.lang,
            "it is counted back from the start that the case plans: `{right}`",
            "cela se compte à rebours du démarrage que le dossier prévoit : `{right}`"
        );
        Some(self.unsaid(line, (first, to), help))
    }

    /// `50 EUR chaque mois jusqu'au 30/06/2026`, `from September 2025 to June 2026`.
    fn until_a_day(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let amount = self.amount_end(line)?;
        let said = self.words(line, (3, amount));
        let (when, after) = self.each_time(line, amount);
        let (if_before, from) = self
            .file_lang
            .pick(("if date before", "date from"), ("si date avant le", "date à compter du"));
        let until =
            line.find(&["jusqu ' au #", "until #", "till #"]).filter(|(at, _)| *at >= amount);
        if let Some((at, to)) = until {
            let day = next_day(line.word(to - 1))?;
            let right = format!("{said} {when} {if_before} {day}");
            let help = say!(
                self.lang,
                "until when a line comes again is a condition, here with that day: `{right}`",
                "jusqu'à quand une ligne revient est une condition, ce jour compris ici : `{right}`"
            );
            let recurs = line.stands(amount, EACH_MONTH).is_some() || at == after;
            return recurs.then(|| self.unsaid(line, (amount, to), help));
        }
        let month = |place: usize| {
            let month = month_named(line.word(place)).filter(|_| line.word(place).len() > 2)?;
            let year = line.word(place + 1);
            let year = is_year(year).then(|| year.parse::<usize>().ok()).flatten();
            Some((month, year, place + 1 + usize::from(year.is_some())))
        };
        let at = (after..line.len()).find(|at| ["de", "from"].contains(&line.word(*at)))?;
        let (first, since, to) = month(at + 1)?;
        let (last, till, to) = month(to + 1).filter(|_| ["a", "to"].contains(&line.word(to)))?;
        let times = match (since, till) {
            (Some(since), Some(till)) => (till * 12 + last + 1).checked_sub(since * 12 + first)?,
            _ => (last + 12 - first) % 12 + 1,
        };
        (1..=1200).contains(&times).then_some(())?;
        let often =
            self.file_lang.pick(format!("at most {times} times"), format!("au plus {times} fois"));
        let before = till.map(|till| till - usize::from(first > last));
        let year = since.or(before).unwrap_or(2026);
        let day =
            self.file_lang.pick(format!("{year}-{first:02}-01"), format!("01/{first:02}/{year}"));
        let help = say!(
            self.lang,
            "write how many months there are, `{said} {when}, {often}`, and a condition where they do not begin with the case (`if {from} {day}`)",
            "écrivez combien il y a de mois, `{said} {when}, {often}`, et une condition s'ils ne commencent pas avec le dossier (`si {from} {day}`)"
        );
        Some(self.unsaid(line, (amount, to), help))
    }

    /// `le 15/09/2025, le 05/01/2026 et le 01/04/2026`: all of them are joined by `and`.
    fn dates_in_a_row(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let is_date = |place: usize| self.iso(line.word(place)).is_some();
        let first = (4..line.len()).find(|place| is_date(*place))?;
        let (mut days, mut last, mut commas, mut and) = (vec![first], first, 0, false);
        loop {
            let mut next = last + 1;
            commas += usize::from(line.word(next) == ",");
            let joined = line.word(next) == ",";
            next += usize::from(joined);
            let by_and = ["and", "et"].contains(&line.word(next));
            next += usize::from(by_and);
            next += usize::from(["on", "le", "the"].contains(&line.word(next)));
            if !(joined || by_and) || !is_date(next) {
                break;
            }
            and = by_and;
            last = next;
            days.push(next);
        }
        if days.len() < 2 || commas == 0 {
            return None;
        }
        let word = self.file_lang.pick(" and ", " et ");
        let days: Vec<String> =
            days.into_iter().map(|day| self.words(line, (day, day + 1))).collect();
        let right = days.join(word);
        let help = say!(
            self.lang,
            "days at each of which a line is billed are joined by `and`: `{right}`",
            "les jours où une ligne est facturée, chacun, se joignent par `et` : `{right}`"
        );
        let found = (first, last + 1);
        let told = self.unsaid(line, found, help);
        Some(if and { told.edit(self.place(line, found), right) } else { told })
    }

    /// A number and its unit of time at a place, as they are written, and the place behind them.
    pub(super) fn length_at(&self, line: &Spoken<'_>, number: usize) -> Option<(String, usize)> {
        let whole = is_number(line.word(number)) && UNITS.contains(&line.word(number + 1));
        whole.then(|| (self.words(line, (number, number + 2)), number + 2))
    }
}

/// Where a day begins with the preposition before it.
fn with_preposition(line: &Spoken<'_>, day: usize) -> usize {
    let before = BEFORE_A_DAY.iter().find_map(|words| {
        let from = day.checked_sub(words.split(' ').count())?;
        line.stands(from, &[words]).map(|(from, _)| from)
    });
    before.unwrap_or(day)
}

/// Whether the words before a place are an amount, or another moment and `or`.
pub(super) fn follows_an_amount(line: &Spoken<'_>, place: usize) -> bool {
    let amounts = [
        "%",
        "remainder",
        "reste",
        "nothing",
        "rien",
        "work",
        "realise",
        "price",
        "tarif",
        "or",
        "ou",
    ];
    let parts = ["parts", "fois"].contains(&line.before(place));
    let before = line.before(place);
    place > 3 && (parts || amounts.contains(&before) || is_currency(before) || is_number(before))
}
