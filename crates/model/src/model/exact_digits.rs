//! Numbers as tools write them, as plain digits: in, `12.0`, `3E+1`, `0.15e1`, `1.5000000000000000`; out,
//! `12`, `30`, `1.5`, `1.5`. The number stays exactly what it is: nothing is rounded, and nothing goes
//! through binary floating point.

use crate::money::DigitsError;
use std::borrow::Cow;

/// More digits than any field has.
const MOST: usize = 60;

/// The plain digits of a number without a sign, zeros at the end of its decimals left out.
pub fn plain_digits(text: &str) -> Result<Cow<'_, str>, DigitsError> {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let (whole, decimals) = match mantissa.split_once('.') {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (mantissa, None),
    };
    let padded = whole.len() > 1 && whole.starts_with('0');
    if !is_digits(whole) || padded || decimals.is_some_and(|decimals| !is_digits(decimals)) {
        return Err(DigitsError::NotDigits);
    }
    let decimals = decimals.unwrap_or("");
    let kept = decimals.trim_end_matches('0');
    match exponent {
        None if kept.len() == decimals.len() => Ok(Cow::Borrowed(text)),
        None if kept.is_empty() => Ok(Cow::Borrowed(whole)),
        None => Ok(Cow::Owned(format!("{whole}.{kept}"))),
        Some(exponent) => shifted(&format!("{whole}{kept}"), kept.len(), exponent),
    }
}

/// Digits of which so many are decimals, times ten to the power of a text.
fn shifted(
    digits: &str,
    decimals: usize,
    exponent: &str,
) -> Result<Cow<'static, str>, DigitsError> {
    let (up, power) = match exponent.strip_prefix('-') {
        Some(power) => (false, power),
        None => (true, exponent.strip_prefix('+').unwrap_or(exponent)),
    };
    if !is_digits(power) {
        return Err(DigitsError::NotDigits);
    }
    let digits = digits.trim_start_matches('0');
    let significant = digits.trim_end_matches('0');
    if significant.is_empty() {
        return Ok(Cow::Borrowed("0"));
    }
    let zeros = digits.len() - significant.len();
    let power: Option<i64> = power.parse().ok().filter(|power| *power <= 1_000_000);
    let power = match (power, up) {
        (Some(power), true) => power,
        (Some(power), false) => -power,
        (None, true) => return Err(DigitsError::TooLarge),
        (None, false) => return Err(DigitsError::TooManyDecimals),
    };
    let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    // How many places behind the last digit that counts the point stands.
    let places = count(zeros).saturating_sub(count(decimals)).saturating_add(power);
    let most = count(MOST);
    match usize::try_from(places) {
        Ok(_) if places > most => Err(DigitsError::TooLarge),
        Ok(places) => Ok(Cow::Owned(format!("{significant}{}", "0".repeat(places)))),
        Err(_) if places < -most => Err(DigitsError::TooManyDecimals),
        Err(_) => {
            let decimals = usize::try_from(-places).unwrap_or(MOST);
            let padded = format!("{significant:0>width$}", width = decimals + 1);
            let (whole, part) = padded.split_at(padded.len() - decimals);
            Ok(Cow::Owned(format!("{whole}.{part}")))
        }
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::plain_digits;
    use crate::money::DigitsError::{NotDigits, TooLarge, TooManyDecimals};

    #[test]
    fn a_number_is_its_digits_however_it_is_written() {
        for (written, digits) in [
            ("12", "12"),
            ("12.0", "12"),
            ("1.50", "1.5"),
            ("1.5000000000000000", "1.5"),
            ("3E+1", "30"),
            ("0.15e1", "1.5"),
            ("0.245e2", "24.5"),
            ("1.5e-2", "0.015"),
            ("150e-1", "15"),
            ("0e400", "0"),
            ("0E-20", "0"),
            ("0.000", "0"),
            ("1200e-4", "0.12"),
            ("0.0001e4", "1"),
            ("0.30000000000000004", "0.30000000000000004"),
            ("0.0", "0"),
            ("10", "10"),
        ] {
            assert_eq!(plain_digits(written).as_deref(), Ok(digits), "{written}");
        }
        for written in
            ["", ".5", "5.", "+1", "-1", "007", "1_000", "1e", "1e+", "1e1.5", "NaN", "1,5"]
        {
            assert_eq!(plain_digits(written), Err(NotDigits), "{written}");
        }
        assert_eq!(plain_digits("1e400"), Err(TooLarge));
        assert_eq!(plain_digits("1e99999999999999999999"), Err(TooLarge));
        assert_eq!(plain_digits("1e-400"), Err(TooManyDecimals));
    }
}
