//! The values of an event's fields: in, the JSON that stands there, as it is written; out, the exact value,
//! or what is wrong with it. Numbers are read from their digits, however a tool spells them, and never
//! through binary floating point.

use super::agreement::{StatedShare, StatedSum};
use super::cell_fault::{CellFault, NO_VALUE, of_a_formula};
use super::day_form::{DayForm, DayShape, day_form};
use super::event_fault::Fault;
use super::exact_digits::plain_digits;
use super::field::{Field, LONGEST_TEXT};
use super::json_fields::Fields;
use crate::calendar::Date;
use crate::lang::seen;
use crate::money::{DigitsError, Hours, Percent, read_digits};
use std::borrow::Cow;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Up to here every whole number has a binary floating point number of its own: a larger one that went
/// through one may have been another.
const LARGEST_CERTAIN: u64 = 1 << 53;

/// A text in quotes.
pub fn text(field: Field, raw: &str) -> Result<String, Fault> {
    let text: String = serde_json::from_str(raw).map_err(|_| Fault::NotAText { field })?;
    if text.trim().is_empty() {
        Err(Fault::EmptyText { field })
    } else if text.len() > LONGEST_TEXT {
        Err(Fault::LongText { field })
    } else if let Some(fault) = of_a_formula(&text) {
        Err(Fault::cell(field, text, fault))
    } else {
        Ok(text)
    }
}

/// What tells cases and events apart: a text, every character of which counts, or a whole number, which
/// stands for its digits.
pub fn key(field: Field, raw: &str) -> Result<String, Fault> {
    if raw.starts_with(|c: char| c.is_ascii_digit() || c == '-') {
        return whole_key(field, raw);
    }
    let text = text(field, raw)?;
    if text.trim().len() == text.len() { Ok(text) } else { Err(Fault::Padded { field, text }) }
}

fn whole_key(field: Field, raw: &str) -> Result<String, Fault> {
    let (sign, unsigned) = raw.split_at(usize::from(raw.starts_with('-')));
    if unsigned.bytes().all(|byte| byte.is_ascii_digit()) && raw != "-0" {
        return if raw.len() > LONGEST_TEXT {
            Err(Fault::LongText { field })
        } else {
            Ok(raw.to_owned())
        };
    }
    let digits = plain_digits(unsigned).ok().filter(|digits| !digits.contains('.'));
    let digits = digits.filter(|digits| sign.is_empty() || **digits != *"0");
    let Some(digits) = digits else { return Err(Fault::NotAText { field }) };
    match digits.parse::<u64>() {
        Ok(number) if number <= LARGEST_CERTAIN => Ok(format!("{sign}{digits}")),
        Ok(_) | Err(_) => Err(Fault::RoundedKey { field, text: shortened(raw) }),
    }
}

/// A name as schedules compare it: in NFC, trimmed.
pub fn name(field: Field, raw: &str) -> Result<String, Fault> {
    let text = text(field, raw)?;
    let trimmed = text.trim();
    Ok(if is_nfc(trimmed) { trimmed.to_owned() } else { trimmed.nfc().collect() })
}

/// A JSON number or a decimal text, as it is written.
fn written(field: Field, raw: &str) -> Result<Cow<'_, str>, Fault> {
    if raw.starts_with('"') {
        let text = text(field, raw)?;
        if NO_VALUE.contains(&text.trim()) {
            return Err(Fault::cell(field, text, CellFault::StandsForNothing));
        }
        Ok(Cow::Owned(text))
    } else if raw.starts_with(|c: char| c.is_ascii_digit() || c == '-') {
        Ok(Cow::Borrowed(raw))
    } else {
        Err(Fault::NotDigits { field, text: shortened(raw) })
    }
}

/// The digits of a number, or what is wrong with the field.
fn read<T>(
    field: Field,
    raw: &str,
    read: impl FnOnce(&str) -> Result<T, DigitsError>,
) -> Result<T, Fault> {
    let written = written(field, raw)?;
    plain_digits(&written).and_then(|digits| read(&digits)).map_err(|error| {
        let text = shortened(&written);
        match error {
            DigitsError::NotDigits => Fault::NotDigits { field, text },
            DigitsError::TooManyDecimals => Fault::TooManyDecimals { field, text },
            DigitsError::TooLarge => Fault::OutOfRange { field, text },
        }
    })
}

/// A number of hours.
pub fn hours(field: Field, raw: &str) -> Result<Hours, Fault> {
    read(field, raw, Hours::read)
}

/// A number of at most so many decimals, 0 or more, times 10^`decimals`.
pub fn scaled(field: Field, raw: &str, decimals: u32) -> Result<i64, Fault> {
    read(field, raw, |digits| read_digits(digits, decimals))
}

/// A sum of money.
pub fn sum(field: Field, raw: &str) -> Result<StatedSum, Fault> {
    let sum = scaled(field, raw, StatedSum::DECIMALS).map(StatedSum)?;
    if sum <= StatedSum::LARGEST {
        Ok(sum)
    } else {
        Err(Fault::OutOfRange { field, text: as_written(raw) })
    }
}

/// A sum that is not zero.
pub fn above_zero(field: Field, sum: StatedSum) -> Result<StatedSum, Fault> {
    if sum.0 > 0 { Ok(sum) } else { Err(Fault::OutOfRange { field, text: "0".to_owned() }) }
}

/// A whole number.
pub fn whole(field: Field, raw: &str) -> Result<u64, Fault> {
    let whole = scaled(field, raw, 0).map_err(|fault| {
        let is_part = matches!(fault, Fault::TooManyDecimals { .. });
        if is_part { Fault::NotWhole { field, text: as_written(raw) } } else { fault }
    })?;
    u64::try_from(whole).map_err(|_| Fault::OutOfRange { field, text: as_written(raw) })
}

/// A day, and whether it is written as the midnight of a clock with a zone.
pub fn day(field: Field, raw: &str) -> Result<(Date, bool), Fault> {
    if let Some(shape) = DayShape::of(raw) {
        return Err(Fault::DayAs { field, shape, text: shortened(raw) });
    }
    let written = text(field, raw)?;
    match day_form(&written) {
        DayForm::Day(day) => Ok((day, false)),
        DayForm::ZonedMidnight(day) => Ok((day, true)),
        DayForm::Moment => Err(Fault::cell(field, shortened(&written), CellFault::Moment)),
        DayForm::Nothing if NO_VALUE.contains(&written.trim()) => {
            Err(Fault::cell(field, written, CellFault::StandsForNothing))
        }
        DayForm::Nothing => Err(Fault::cell(field, shortened(&written), CellFault::NotADay)),
    }
}

/// An object of payers and their shares, or the same in a text: `{"Fund":"70 %"}`, `{"Fund":"900.00"}`.
pub fn shares(field: Field, raw: &str) -> Result<Vec<(String, StatedShare)>, Fault> {
    let wrong = |text: &str| Fault::NotShares { text: shortened(text) };
    let inner: String;
    let object = if raw.starts_with('"') {
        inner = text(field, raw)?;
        inner.as_str()
    } else {
        raw
    };
    let fields: Fields<'_> = serde_json::from_str(object).map_err(|_| wrong(object))?;
    let mut shares: Vec<(String, StatedShare)> = Vec::with_capacity(fields.0.len());
    for (payer, value) in &fields.0 {
        let payer = payer.trim();
        let payer: String = if is_nfc(payer) { payer.to_owned() } else { payer.nfc().collect() };
        let digits = written(field, value.get()).map_err(|_| wrong(value.get()))?;
        let share = match digits.trim().strip_suffix('%') {
            Some(percent) => Percent::read(percent.trim())
                .ok()
                .filter(|percent| *percent <= Percent::WHOLE)
                .map(StatedShare::Percent),
            None => read_digits(digits.trim(), StatedSum::DECIMALS)
                .ok()
                .map(|sum| StatedShare::Sum(StatedSum(sum))),
        };
        let share = share.ok_or_else(|| wrong(&digits))?;
        if payer.is_empty() || shares.iter().any(|(known, _)| *known == payer) {
            return Err(wrong(object));
        }
        shares.push((payer, share));
    }
    if shares.is_empty() { Err(wrong(object)) } else { Ok(shares) }
}

/// What stands in a field, without its quotes.
pub fn as_written(raw: &str) -> String {
    let text = serde_json::from_str(raw).unwrap_or_else(|_| raw.to_owned());
    shortened(&text)
}

/// The user's own words, cut after 60 characters, control characters escaped.
pub fn shortened(text: &str) -> String {
    let escaped = seen(&text.chars().take(60).collect::<String>());
    if text.chars().nth(60).is_some() { format!("{escaped}…") } else { escaped }
}
