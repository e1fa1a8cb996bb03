//! The values of options: in, a text of the call; out, the value, or what would be right there, in both languages.

use super::stated;
use crate::calendar::Date;
use crate::model::{LONGEST_PLAN, StatedSum};
use crate::money::{Hours, Percent, read_digits};
use std::error::Error;
use std::fmt;
use std::num::NonZeroUsize;

/// What is wrong with the value of an option, in both languages.
#[derive(Clone, Debug)]
pub struct BadValue {
    /// In English.
    pub english: String,
    /// In French.
    pub french: String,
}

impl fmt::Display for BadValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.english)
    }
}

impl Error for BadValue {}

/// Reads a whole number as an argument.
pub fn count_argument(text: &str) -> Result<usize, BadValue> {
    text.parse().map_err(|_| BadValue {
        english: format!("this is a whole number, at most {}", usize::MAX),
        french: format!("c'est un nombre entier, {} au plus", usize::MAX),
    })
}

/// Reads a date argument.
pub fn date_argument(text: &str) -> Result<Date, BadValue> {
    Date::parse(text).ok_or_else(|| match meant(text) {
        (Some(day_first), Some(month_first)) if day_first != month_first => BadValue {
            english: format!(
                "a date is written YYYY-MM-DD: `{day_first}` if the day comes first here, `{month_first}` if the month does"
            ),
            french: format!(
                "une date s'écrit AAAA-MM-JJ : `{day_first}` si le jour vient ici d'abord, `{month_first}` si c'est le mois"
            ),
        },
        (Some(date), _) | (None, Some(date)) => BadValue {
            english: format!("a date is written YYYY-MM-DD: `{date}`"),
            french: format!("une date s'écrit AAAA-MM-JJ : `{date}`"),
        },
        (None, None) => BadValue {
            english: "this is no date: it is written YYYY-MM-DD, from 1900-01-01 to 2199-12-31"
                .to_owned(),
            french: "ce n'est pas une date : elle s'écrit AAAA-MM-JJ, de 1900-01-01 à 2199-12-31"
                .to_owned(),
        },
    })
}

/// What a date in another form may mean: with the day before its month, and the other way round.
fn meant(text: &str) -> (Option<Date>, Option<Date>) {
    let parts: Vec<&str> = text.trim().split(['/', '-', '.', ' ']).collect();
    let [first, second, third] = parts.as_slice() else { return (None, None) };
    if ![first, second, third].iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit())) {
        return (None, None);
    }
    let date = |year: &str, month: &str, day: &str| {
        let year = if year.len() == 2 { format!("20{year}") } else { year.to_owned() };
        Date::parse(&format!("{year}-{month:0>2}-{day:0>2}"))
    };
    if first.len() == 4 {
        return (date(first, second, third), None);
    }
    (date(third, second, first), date(third, first, second))
}

/// Reads a number of threads as an argument.
pub fn threads_argument(text: &str) -> Result<NonZeroUsize, BadValue> {
    let count = count_argument(text)?;
    NonZeroUsize::new(count).ok_or_else(|| BadValue {
        english: "at least one thread has to work".to_owned(),
        french: "il faut au moins un fil d'exécution".to_owned(),
    })
}

/// Reads hours as an argument.
pub fn hours_argument(text: &str) -> Result<Hours, BadValue> {
    Hours::read(&stated::number(text)).map_err(|_| {
        let english =
            "hours are written in plain digits, as 1.5: at most four decimals, from 0 to 100000";
        let french =
            "les heures s'écrivent en simples chiffres, comme 1.5 : quatre décimales au plus, de 0 à 100000";
        BadValue { english: english.to_owned(), french: french.to_owned() }
    })
}

/// Reads a percentage of progress as an argument.
pub fn percent_argument(text: &str) -> Result<Percent, BadValue> {
    let unit = Percent::ONE / 10_000;
    let percent = Percent::read(&stated::number(text.trim_end_matches('%'))).ok();
    let percent = percent.filter(|share| *share <= Percent::WHOLE && share.0 % unit == 0);
    percent.ok_or_else(|| BadValue {
        english: "progress is a percentage from 0 to 100, with at most four decimals, as 65"
            .to_owned(),
        french: "l'avancement est un pourcentage de 0 à 100, à quatre décimales au plus, comme 65"
            .to_owned(),
    })
}

/// Reads an amount as an argument.
pub fn amount_argument(text: &str) -> Result<StatedSum, BadValue> {
    read_digits(&stated::number(text), StatedSum::DECIMALS).map(StatedSum).map_err(|_| BadValue {
        english: "an amount is written in plain digits, as 84.50".to_owned(),
        french: "un montant s'écrit en simples chiffres, comme 84.50".to_owned(),
    })
}

/// Reads a number of planned months as an argument.
pub fn months_argument(text: &str) -> Result<u32, BadValue> {
    let months = text.parse().ok().filter(|months| (1..=LONGEST_PLAN).contains(months));
    months.ok_or_else(|| BadValue {
        english: format!("this is a whole number of months, from 1 to {LONGEST_PLAN}"),
        french: format!("c'est un nombre entier de mois, de 1 à {LONGEST_PLAN}"),
    })
}
