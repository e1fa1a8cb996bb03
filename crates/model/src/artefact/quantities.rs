//! Names and quantities as an artefact writes them, each in one way: from their text, or to it.

use super::errors::Unsound;
use super::fault::{Fault, some, sound};
use crate::calendar::Duration;
use crate::money::{Hours, Percent, read_digits};
use unicode_normalization::UnicodeNormalization;

/// A name as the language holds names: not empty, trimmed, in NFC, without control characters.
pub fn name(text: &str) -> Result<String, Fault> {
    let held = !text.is_empty()
        && text.trim() == text
        && !text.chars().any(char::is_control)
        && text.nfc().eq(text.chars());
    sound(held, Unsound::Name)?;
    Ok(text.to_owned())
}

/// `1.5 hours` or `80 minutes`.
pub fn hours(text: &str) -> Result<Hours, Fault> {
    let hours = match text.split_once(' ') {
        Some((digits, "hours")) => Hours::read(digits).ok(),
        Some((digits, "minutes")) => read_digits(digits, 0)
            .ok()
            .and_then(|minutes| Hours::from_minutes(u64::try_from(minutes).ok()?)),
        Some(_) | None => None,
    };
    some(hours, Unsound::Quantity)
}

/// The same, and above zero.
pub fn hours_above_zero(text: &str) -> Result<Hours, Fault> {
    let hours = hours(text)?;
    sound(hours > Hours::ZERO, Unsound::Quantity)?;
    Ok(hours)
}

/// `25 %`.
pub fn percent(text: &str) -> Result<Percent, Fault> {
    let digits = text.strip_suffix(" %");
    some(digits.and_then(|digits| Percent::read(digits).ok()), Unsound::Quantity)
}

/// The longest length of time: 300 years, in days and in months, as the language states them.
const MOST_DAYS: u32 = 53 * 300 * 7;
const MOST_MONTHS: u32 = 12 * 300;

/// `4 months` or `30 days`.
pub fn duration(text: &str) -> Result<Duration, Fault> {
    let count = |digits: &str| u32::try_from(read_digits(digits, 0).ok()?).ok();
    let length = match text.split_once(' ') {
        Some((digits, "days")) => {
            count(digits).filter(|days| *days <= MOST_DAYS).map(Duration::Days)
        }
        Some((digits, "months")) => {
            count(digits).filter(|months| *months <= MOST_MONTHS).map(Duration::Months)
        }
        Some(_) | None => None,
    };
    some(length, Unsound::Quantity)
}

/// `1.5 hours`; `80 minutes` where a decimal number of hours would have no end.
pub fn hours_text(hours: Hours) -> String {
    match hours.minutes() {
        Some(minutes) if !hours.is_decimal() => format!("{minutes} minutes"),
        Some(_) | None => format!("{hours} hours"),
    }
}

/// `25 %`.
pub fn percent_text(share: Percent) -> String {
    format!("{share} %")
}

/// `4 months`.
pub fn duration_text(length: Duration) -> String {
    match length {
        Duration::Days(days) => format!("{days} days"),
        Duration::Months(months) => format!("{months} months"),
    }
}
