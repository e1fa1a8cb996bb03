//! Values of fields: texts and the errors of spreadsheets, keys, days, hours, whole numbers.

use jalon::Date;
use jalon::money::Hours;

pub(super) fn text_of(line: &[u8]) -> Option<&str> {
    std::str::from_utf8(line).ok().filter(|text| text.len() <= 1 << 20)
}

/// What spreadsheets show where a formula has no value, beside `Err:` and three digits, and what ends with a mark.
const ERRORS: &str = "#NV #YOK #HIÁNYZIK #NENÍ_K_DISPOZICI #NEDOSTUPNÝ #GETTING_DATA";

/// Whether a text is such an error: a hash, capitals with what Spanish puts before them, and a mark, which may stand apart; a hash and
/// two capitals with a slash between; or hashes alone.
fn is_of_a_sheet(text: &str) -> bool {
    let mut letters: Vec<char> = text.chars().collect();
    if letters.len() > 2 && letters.iter().all(|letter| *letter == '#') {
        return true;
    }
    if let ['#', one, '/', other] = letters[..]
        && one.is_uppercase()
        && other.is_uppercase()
    {
        return true;
    }
    if letters.first() != Some(&'#') || !matches!(letters.pop(), Some('!' | '?')) {
        return false;
    }
    while letters.last().is_some_and(|letter| [' ', '\u{a0}', '\u{202f}'].contains(letter)) {
        letters.pop();
    }
    let name = match letters.get(1) {
        Some('¡' | '¿') => letters.get(2..),
        _ => letters.get(1..),
    };
    let name = name.unwrap_or_default();
    name.len() > 1
        && name.first().is_some_and(|letter| letter.is_uppercase())
        && name.iter().all(|letter| {
            letter.is_uppercase() || letter.is_ascii_digit() || "/_".contains(*letter)
        })
}

/// A text in quotes, not blank, at most 1,000 bytes, and no error of a spreadsheet.
pub(super) fn text(raw: &str) -> Option<String> {
    let text: String = serde_json::from_str(raw).ok()?;
    let trimmed = text.trim();
    let number = trimmed.strip_prefix("Err:").filter(|number| is_digits(number));
    let is_error = number.is_some_and(|number| number.len() == 3)
        || ERRORS.split(' ').any(|error| error == trimmed)
        || is_of_a_sheet(trimmed);
    (!trimmed.is_empty() && text.len() <= 1_000 && !is_error).then_some(text)
}

/// A text without blanks at its ends, or a whole number.
pub(super) fn key(raw: &str) -> Option<String> {
    if raw.starts_with('"') {
        return text(raw).filter(|text| text.trim() == text);
    }
    let (sign, digits) = match raw.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", raw),
    };
    let whole = is_digits(digits) && (sign.is_empty() || digits != "0");
    if whole && !(digits.len() > 1 && digits.starts_with('0')) {
        return (raw.len() <= 1_000).then(|| raw.to_owned());
    }
    // What has been a floating point number may have been rounded from 2^53 on.
    let number = scaled(digits, 0).filter(|number| *number <= 1 << 53)?;
    (number > 0 || sign.is_empty()).then(|| format!("{sign}{number}"))
}

/// A day, or the midnight with which it begins.
pub(super) fn date(text: &str) -> Option<Date> {
    if text.len() <= 10 {
        return date_of(text);
    }
    let (day, time) = text.split_at_checked(10)?;
    let time = time.strip_prefix(['T', 't', ' '])?;
    let zeros = time.find(|c: char| !matches!(c, '0' | ':' | '.')).unwrap_or(time.len());
    let (clock, zone) = time.split_at(zeros);
    let fraction = clock.strip_prefix("00:00:00.");
    let midnight = matches!(clock, "00:00" | "00:00:00")
        || fraction.is_some_and(|zeros| !zeros.is_empty() && zeros.bytes().all(|c| c == b'0'));
    let zone = zone.strip_prefix(' ').map_or(zone, |rest| if rest.is_empty() { "?" } else { rest });
    let zone = match zone.split_once('[') {
        Some((offset, place)) if place.ends_with(']') && !offset.is_empty() => offset,
        _ => zone,
    };
    let offset = |text: &str| {
        let shape: String =
            text.chars().map(|c| if c.is_ascii_digit() { '9' } else { c }).collect();
        let minutes = text.trim_start_matches(['+', '-']).replace(':', "");
        let minutes: Option<u32> = minutes.get(2..).and_then(|minutes| minutes.parse().ok());
        let hours: Option<u32> = text.get(1..3).and_then(|hours| hours.parse().ok());
        matches!(&*shape, "+99" | "-99" | "+9999" | "-9999" | "+99:99" | "-99:99")
            && hours.is_some_and(|hours| hours <= 18)
            && minutes.is_none_or(|minutes| minutes <= 59)
    };
    let zoned = zone.is_empty() || ["Z", "z", "UTC", "GMT"].contains(&zone) || offset(zone);
    (midnight && zoned).then(|| date_of(day))?
}

pub(super) fn date_of(text: &str) -> Option<Date> {
    let shape: Vec<bool> = text.bytes().map(|byte| byte.is_ascii_digit()).collect();
    let expected = [true, true, true, true, false, true, true, false, true, true];
    let date = chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
    let in_range = ("1900-01-01".."2200-01-01").contains(&text);
    (shape == expected && date.to_string() == text && in_range)
        .then(|| Date::parse(text).expect("a date in range"))
}

/// A number, or a text of the same digits: at most four decimals, 0 to 100,000.
pub(super) fn hours(raw: &str) -> Option<Hours> {
    let digits = if raw.starts_with('"') { text(raw)? } else { raw.to_owned() };
    let units = scaled(&digits, 4)?;
    (units <= 1_000_000_000).then_some(Hours(units * 3))
}

/// A whole number from `least` to `most`.
pub(super) fn whole(raw: &str, least: i64, most: i64) -> Option<i64> {
    let digits = if raw.starts_with('"') { text(raw)? } else { raw.to_owned() };
    let number = scaled(&digits, 0)?;
    (least..=most).contains(&number).then_some(number)
}

/// A number times ten to the power of `decimals`, if that is whole.
fn scaled(text: &str, decimals: i64) -> Option<i64> {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let unsigned = exponent.trim_start_matches(['+', '-']);
    if !is_digits(unsigned) || exponent.len() > unsigned.len() + 1 {
        return None;
    }
    let size: i64 = unsigned.parse().unwrap_or(1 << 40).min(1 << 40);
    let exponent = if exponent.starts_with('-') { -size } else { size };
    let (units, part) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    if !is_digits(units) || !is_digits(part) || (units.len() > 1 && units.starts_with('0')) {
        return None;
    }
    let all = format!("{units}{part}");
    let kept = all.trim_end_matches('0');
    if kept.is_empty() {
        return Some(0);
    }
    let dropped = (all.len() - kept.len()) as i64;
    let shift = decimals + exponent + dropped - part.len() as i64;
    let zeros = usize::try_from(shift).ok().filter(|zeros| *zeros < 30)?;
    format!("{kept}{}", "0".repeat(zeros)).parse().ok()
}

pub(super) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
