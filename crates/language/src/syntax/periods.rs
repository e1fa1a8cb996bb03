//! Ends and beginnings of months, quarters and years, in everyday words: the one that the language
//! has, and those that it has not.

use super::ast::Shape;
use super::grammar::Rule;
use super::parse::Parser;
use super::quantities::word;
use super::{errors, kinds, unsaid};
use crate::diagnostic::Diagnostic;
use crate::model::Civil;

/// What everyday words say of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Period {
    MonthEnd,
    OtherEnd,
    Beginning,
    EachMonth,
    EachOther,
}

const MONTHS: &[&str] = &["month", "months", "mois"];
const OTHERS: &[&str] = &[
    "quarter",
    "quarters",
    "trimestre",
    "trimestres",
    "semester",
    "semesters",
    "semestre",
    "semestres",
    "year",
    "years",
    "annee",
    "annees",
    "an",
    "ans",
    "week",
    "weeks",
    "semaine",
    "semaines",
    "fortnight",
    "quinzaine",
    "term",
    "day",
    "days",
    "jour",
    "jours",
];
const ENDS: &[&str] = &["end", "close", "fin", "ends", "last"];
const BEGINNINGS: &[&str] =
    &["start", "beginning", "debut", "first", "premier", "1er", "begin", "middle", "mid", "milieu"];
const EACH: &[&str] = &["each", "every", "per", "chaque", "par", "tous", "toutes"];
const MONTHLY: &[&str] =
    &["monthly", "mensuel", "mensuelle", "mensuels", "mensuelles", "mensuellement"];
const OTHERLY: &[&str] = &[
    "quarterly",
    "trimestriel",
    "trimestrielle",
    "trimestriellement",
    "yearly",
    "annually",
    "annual",
    "annuel",
    "annuelle",
    "annuellement",
    "weekly",
    "hebdomadaire",
    "semestriel",
    "semestrielle",
    "daily",
    "quotidien",
    "biannual",
];
/// Small words between an end and its period.
const BETWEEN: &[&str] = &[
    "of", "de", "du", "d", "des", "'", "the", "le", "la", "les", "l", "each", "every", "chaque",
    "calendar", "civil", "-", "s", "jour", "day", "a",
];

impl Parser<'_> {
    /// The advice for a period that is written at `at`, with its preposition from `from` on.
    pub fn period(
        &self,
        diagnostic: &Diagnostic,
        (from, at): (usize, usize),
        possible: &[Rule],
    ) -> Option<Diagnostic> {
        let moment = possible.contains(&Rule::trigger_hint)
            || possible.contains(&Rule::kw_month_end)
            || possible.contains(&Rule::kw_or);
        let (period, end) = self.period_at(at).filter(|_| moment)?;
        let lang = self.lang;
        let whole = self.folded.original(from, end);
        let written = self.folded.original(at, end).of(self.source);
        let found = unsaid::no_such_moment(lang, self.folded.original(at, end), written);
        let work = self.bills_work(from);
        let said = self.folded.text.get(from..end).unwrap_or("");
        let each = said.split(|c: char| !c.is_alphanumeric()).any(|word| EACH.contains(&word));
        // The price comes at the ends of its own periods.
        let other_than = |named: Civil| {
            let civil = self.bills_the_price(from).then(|| self.rhythm_of_the_price(from))??;
            let each = civil.each_ending(self.file_lang);
            (civil != named).then(|| errors::write(lang, diagnostic.clone(), &each))
        };
        let month_end = || {
            if let Some(found) = other_than(Civil::Month) {
                return found;
            }
            // Where it comes again, one month end is not what was written; and a share comes again in parts only.
            let again = (each || self.bills_the_price(from)) && !work;
            let right = match again {
                true => Civil::Month.each_ending(self.file_lang),
                false => Civil::Month.once_ending(self.file_lang),
            };
            let found = errors::write(lang, diagnostic.clone(), &right);
            let before = self.folded.text.get(..from).unwrap_or("").trim_end();
            let sum = before.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '€' || c == '£');
            if again && !sum { found } else { found.edit(whole, right) }
        };
        Some(match period {
            Period::MonthEnd => month_end(),
            Period::EachMonth if work => month_end(),
            Period::OtherEnd => match each_end(said).filter(|_| self.bills_the_price(from)) {
                Some(civil) => other_than(civil).unwrap_or_else(|| {
                    let right = civil.each_ending(self.file_lang);
                    errors::write(lang, diagnostic.clone(), &right).edit(whole, right)
                }),
                None => unsaid::only_month_ends(lang, found),
            },
            Period::Beginning => unsaid::no_beginnings(lang, found),
            Period::EachMonth | Period::EachOther => unsaid::each_period(lang, found),
        })
    }

    /// Whether the line that is being read before `at` bills `work`: that may bill several times.
    pub fn bills_work(&self, at: usize) -> bool {
        let before = self.folded.text.get(..at).unwrap_or("");
        let amount = before.rsplit(':').next().unwrap_or("").trim_start();
        amount.starts_with("work") || amount.starts_with("realise")
    }

    /// The period of the price of the schedule that holds `at`.
    fn rhythm_of_the_price(&self, at: usize) -> Option<Civil> {
        let text = self.folded.text.as_str();
        let price = self.lines_of_the_schedule(at, Shape::Price);
        let mut said = price.into_iter().filter_map(|start| {
            let line = text.get(start..self.folded.line_break_after(start))?;
            Civil::ALL.into_iter().find(|civil| {
                let by = word(kinds::of_price_by(*civil), self.file_lang);
                line.split(|c: char| !c.is_alphanumeric()).any(|each| each == by)
            })
        });
        said.next()
    }

    /// Whether that line bills the price of a period, which comes with each of them.
    fn bills_the_price(&self, at: usize) -> bool {
        let before = self.folded.text.get(..at).unwrap_or("");
        let amount = before.rsplit(':').next().unwrap_or("").trim_end_matches([',', ' ']);
        ["price", "the price", "le tarif", "tarif"].contains(&amount.trim())
    }

    fn period_at(&self, at: usize) -> Option<(Period, usize)> {
        let mut tokens = Vec::new();
        let mut place = at;
        let line = self.folded.line_break_after(at);
        while place < line && tokens.len() < 8 {
            let token = self.folded.token_at(place);
            if token.is_empty() {
                break;
            }
            tokens.push((token, place + token.len()));
            place = self.folded.skip_blanks(place + token.len());
        }
        let (first, end) = *tokens.first()?;
        if MONTHLY.contains(&first) {
            return Some((Period::EachMonth, end));
        }
        if OTHERLY.contains(&first) {
            return Some((Period::EachOther, end));
        }
        let rest = tokens.get(1..)?;
        let is_period = |token: &str| MONTHS.contains(&token) || OTHERS.contains(&token);
        // `month end`, `quarter's end`, `each month`, `chaque fin de mois`
        if is_period(first) {
            let (last, end) = rest.iter().find(|(token, _)| !BETWEEN.contains(token))?;
            let kind = if ENDS.contains(last) {
                if MONTHS.contains(&first) { Period::MonthEnd } else { Period::OtherEnd }
            } else if BEGINNINGS.contains(last) {
                Period::Beginning
            } else {
                return None;
            };
            return Some((kind, *end));
        }
        if EACH.contains(&first) {
            let counted = |token: &str| token.chars().all(|c| c.is_ascii_digit());
            let named = |(token, _): &&(&str, usize)| !BETWEEN.contains(token) && !counted(token);
            let (next, end) = *rest.iter().find(named)?;
            let several = rest.iter().take_while(|each| each.1 < end).any(|each| counted(each.0));
            let after = self.folded.skip_blanks(end);
            if is_period(next) && ENDS.contains(&self.folded.token_at(after)) {
                return self.period_at(end - next.len());
            }
            if ENDS.contains(&next) || BEGINNINGS.contains(&next) {
                return self.period_at(end - next.len());
            }
            return is_period(next).then_some(match MONTHS.contains(&next) && !several {
                true => (Period::EachMonth, end),
                false => (Period::EachOther, end),
            });
        }
        let ending = ENDS.contains(&first);
        if !ending && !BEGINNINGS.contains(&first) {
            return None;
        }
        // `start every quarter` is two moments, `start of every quarter` one.
        if rest.first().is_some_and(|(token, _)| EACH.contains(token)) {
            return None;
        }
        let (period, end) = *rest.iter().find(|(token, _)| !BETWEEN.contains(token))?;
        let kind = match (ending, MONTHS.contains(&period)) {
            (true, true) => Period::MonthEnd,
            (true, false) => Period::OtherEnd,
            (false, _) => Period::Beginning,
        };
        is_period(period).then_some((kind, end))
    }
}

/// The longer period whose end is named, where the language has it.
fn each_end(said: &str) -> Option<Civil> {
    let named = |words: [&str; 2]| {
        said.split(|c: char| !c.is_alphanumeric()).any(|word| words.contains(&word))
    };
    if named(["quarter", "trimestre"]) {
        return Some(Civil::Quarter);
    }
    named(["year", "annee"]).then_some(Civil::Year)
}
