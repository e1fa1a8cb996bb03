//! Numbers as digits: read exactly or refused, and written with as many decimals as are wanted.

use std::fmt;

/// Digits as written: `1800`, `1800.00`. A sign, a group mark, an exponent or a bare point are
/// not digits.
///
/// Returns the value times 10^`scale`.
pub fn read_digits(text: &str, scale: u32) -> Result<i64, DigitsError> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let point = text.len() != whole.len();
    if !all_digits(whole) || (point && !all_digits(decimals)) {
        return Err(DigitsError::NotDigits);
    }
    if whole.len() > 1 && whole.starts_with('0') {
        return Err(DigitsError::NotDigits);
    }
    let scale = scale as usize;
    if decimals.len() > scale {
        return Err(DigitsError::TooManyDecimals);
    }
    let padding = std::iter::repeat_n(b'0', scale - decimals.len());
    whole
        .bytes()
        .chain(decimals.bytes())
        .chain(padding)
        .try_fold(0_i64, |sum, digit| sum.checked_mul(10)?.checked_add(i64::from(digit - b'0')))
        .ok_or(DigitsError::TooLarge)
}

/// Why digits could not be read as a quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DigitsError {
    /// Something else than digits with an optional decimal part.
    NotDigits,
    /// More decimals than the quantity has.
    TooManyDecimals,
    /// More than the quantity can hold.
    TooLarge,
}

/// A whole number of `1 / 10^scale`, with at least `least` and at most `scale` decimals.
pub fn push_scaled(out: &mut Vec<u8>, value: i64, scale: u32, least: usize) {
    let (mut left, mut decimals) = (value.unsigned_abs(), scale as usize);
    while decimals > least && left % 10 == 0 {
        left /= 10;
        decimals -= 1;
    }
    // From the last character to the first.
    let mut text = [0; LONGEST_NUMBER];
    let mut places = text.iter_mut().rev();
    let mut put = |character: u8| {
        if let Some(place) = places.next() {
            *place = character;
        }
    };
    let mut digit = || {
        let digit = b'0' + u8::try_from(left % 10).unwrap_or(0);
        left /= 10;
        (digit, left > 0)
    };
    if decimals > 0 {
        (0..decimals).for_each(|_| put(digit().0));
        put(b'.');
    }
    loop {
        let (digit, more) = digit();
        put(digit);
        if !more {
            break;
        }
    }
    if value < 0 {
        put(b'-');
    }
    let unused = places.len();
    out.extend_from_slice(text.get(unused..).unwrap_or_default());
}

/// A sign, a point, and more digits than a number and its decimals have.
const LONGEST_NUMBER: usize = 48;

/// A rate of millionths, with at least so many decimals.
#[inline]
pub fn push_rate(out: &mut Vec<u8>, millionths: i64, least: usize) {
    push_scaled(out, millionths, 6, least);
}

/// The digits of a number, zeros before them up to a width.
pub fn push_digits(out: &mut Vec<u8>, number: u64, width: usize) {
    let (mut left, mut count, mut digits) = (number, 0, [b'0'; 20]);
    for digit in digits.iter_mut().rev() {
        if left == 0 && count >= width {
            break;
        }
        *digit = b'0' + u8::try_from(left % 10).unwrap_or(0);
        left /= 10;
        count += 1;
    }
    out.extend_from_slice(digits.get(digits.len() - count..).unwrap_or_default());
}

/// A whole number of `1 / 10^scale`, as [`push_scaled`] writes it, into what is displayed.
pub(super) fn write_scaled(
    f: &mut fmt::Formatter<'_>,
    value: i64,
    scale: u32,
    least: usize,
) -> fmt::Result {
    let mut digits = Vec::with_capacity(24);
    push_scaled(&mut digits, value, scale, least);
    f.write_str(std::str::from_utf8(&digits).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_read_exactly_or_refused() {
        assert_eq!(read_digits("1800.5", 2), Ok(180_050));
        assert_eq!(read_digits("0", 2), Ok(0));
        assert_eq!(read_digits("0.07", 2), Ok(7));
        for bad in ["", ".5", "5.", "+1", "-1", "1e5", "1_000", "007", "1,5", "٣", " 1", "1.2.3"] {
            assert_eq!(read_digits(bad, 4), Err(DigitsError::NotDigits), "{bad}");
        }
        assert_eq!(read_digits("1.500", 2), Err(DigitsError::TooManyDecimals));
        assert_eq!(read_digits(&"9".repeat(30), 2), Err(DigitsError::TooLarge));
        assert_eq!(read_digits(&"9".repeat(1_000_000), 2), Err(DigitsError::TooLarge));
    }

    #[test]
    fn numbers_are_written_with_as_many_decimals_as_are_wanted() {
        let written = |value, scale, least| {
            let mut out = b"is ".to_vec();
            push_scaled(&mut out, value, scale, least);
            String::from_utf8(out).unwrap()
        };
        for (value, scale, least, expected) in [
            (0, 2, 2, "is 0.00"),
            (0, 4, 0, "is 0"),
            (-7, 2, 2, "is -0.07"),
            (105, 2, 2, "is 1.05"),
            (15_000, 4, 0, "is 1.5"),
            (10_000, 4, 0, "is 1"),
            (120_000, 6, 2, "is 0.12"),
            (30_630_000, 6, 2, "is 30.63"),
            (30_500_000, 6, 2, "is 30.50"),
            (1_234_567, 6, 2, "is 1.234567"),
            (-500, 0, 0, "is -500"),
            (100, 0, 0, "is 100"),
            (i64::MIN, 2, 2, "is -92233720368547758.08"),
            (i64::MAX, 18, 18, "is 9.223372036854775807"),
            (1, 18, 0, "is 0.000000000000000001"),
        ] {
            assert_eq!(written(value, scale, least), expected, "{value} {scale} {least}");
        }
    }
}
