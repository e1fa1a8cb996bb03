//! Quantities and names as a schedule writes them, in either language.
//!
//! In: a quantity or a name. Out: text that reads back as the same; nothing here rounds.

use crate::calendar::Duration;
use crate::lang::{Lang, say};
use crate::money::{Hours, Percent};

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
