//! Quantities and names as a schedule writes them, in either language.
//!
//! In: a quantity or a name. Out: text that reads back as the same; nothing here rounds.

use super::StatedSum;
use super::program::{Due, PaymentTerm};
use crate::calendar::{Date, Duration};
use crate::lang::{Lang, say};
use crate::model::program::{Opening, Share};
use crate::money::{Currency, Hours, Money, Percent};

/// `5.25 hours`, `20 minutes`.
pub fn hours(hours: Hours, lang: Lang) -> String {
    match hours.minutes() {
        Some(minutes) if !hours.is_decimal() => format!("{minutes} minutes"),
        Some(_) | None => {
            let one = hours == Hours::ONE;
            let few = hours.0 < 2 * Hours::ONE.0;
            let number = number(hours.to_string(), lang);
            let (s, h) = (if one { "" } else { "s" }, if few { "" } else { "s" });
            say!(lang, "{number} hour{s}", "{number} heure{h}")
        }
    }
}

/// `49.5 %`.
pub fn share(share: Percent, lang: Lang) -> String {
    format!("{} %", number(share.to_string(), lang))
}

/// `4 months`, `1 day`.
pub fn length(length: Duration, lang: Lang) -> String {
    match length {
        Duration::Days(days) => {
            let (s, j) = (if days == 1 { "" } else { "s" }, if days < 2 { "" } else { "s" });
            say!(lang, "{days} day{s}", "{days} jour{j}")
        }
        Duration::Months(months) => {
            let s = if months == 1 { "" } else { "s" };
            say!(lang, "{months} month{s}", "{months} mois")
        }
    }
}

/// What the case of an example agrees, as a scenario states it, one item each: its price or its rate, what payers pay by
/// agreement, and when it is to start and to end.
pub fn agreed(
    opening: &Opening,
    figure: Option<Money>,
    currency: Currency,
    lang: Lang,
) -> Vec<String> {
    let sum = |sum: Money| number(currency.show(sum).to_string(), lang);
    let figure = figure.map(sum).map(|sum| {
        if opening.terms.rate.is_some() {
            say!(lang, "agreed rate {sum}", "taux convenu {sum}")
        } else {
            say!(lang, "agreed price {sum}", "prix convenu {sum}")
        }
    });
    let share = |of: Share| match of {
        Share::Percent(percent) => Some(share(percent, lang)),
        Share::Sum(of) => Some(format!("{} {}", sum(of), currency.code())),
        Share::Agreed | Share::Remainder => None,
    };
    let shares = opening.shares.iter().filter_map(|(payer, of)| {
        let (payer, of) = (quoted(payer), share(*of)?);
        Some(say!(lang, "share {payer} {of}", "part {payer} {of}"))
    });
    figure.into_iter().chain(shares).chain(planned_days(opening, lang)).collect()
}

/// When a case is to start and to end, one item each.
pub fn planned_days(opening: &Opening, lang: Lang) -> Vec<String> {
    let day = |day: Option<Date>| day.map(|day| lang.date(day));
    let start = day(opening.terms.planned_start);
    let end = day(opening.terms.planned_end);
    let start = start.map(|day| say!(lang, "planned start {day}", "démarrage prévu le {day}"));
    let end = end.map(|day| say!(lang, "planned end {day}", "fin prévue le {day}"));
    start.into_iter().chain(end).collect()
}

/// A number of ten-thousandths.
pub fn ten_thousandths(value: i64, lang: Lang) -> String {
    number(StatedSum(value).to_string(), lang)
}

/// A decimal comma in French, except before exactly three digits, where it could be misread.
fn number(digits: String, lang: Lang) -> String {
    match (lang, digits.split_once('.')) {
        (Lang::Fr, Some((whole, decimals))) if decimals.len() != 3 => format!("{whole},{decimals}"),
        (Lang::Fr | Lang::En, _) => digits,
    }
}

/// A name in quotes.
pub fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""))
}

/// The days on which an invoice of 2025-01-31 is due so many days later, then at the month's end; and so many
/// days after its month's end: the two readings of "days end of month".
pub fn month_ends(days: u32) -> [String; 2] {
    let length = Duration::Days(days);
    let invoice = Date::new(2025, 1, 31).unwrap_or(Date::MIN);
    [Due::ThenMonthEnd, Due::MonthEndThen]
        .map(|due| PaymentTerm { length, due }.day(invoice).to_string())
}

/// The day after one, both as `2025-06-01`.
pub fn day_after(iso: &str) -> Option<String> {
    let next = Date::parse(iso)?.plus(Duration::Days(1));
    (next.year() <= 9999).then(|| next.to_string())
}

/// The last day of a month, as `2026-06-30`.
pub fn last_day(year: i32, month: u32) -> Option<String> {
    Some(Date::new(year, month, 1)?.end_of_month().to_string())
}
