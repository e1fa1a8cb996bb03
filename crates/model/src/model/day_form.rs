//! A day as tools write it: in, a text; out, the day it states, or what it states instead.
//!
//! A day is `YYYY-MM-DD`. Many tools have no type for it and write the midnight with which it begins:
//! that is read as the day that stands there, never as what another clock would show. Any other time is
//! a moment and no day: nothing is cut off.

use crate::calendar::Date;
use crate::lang::{Lang, say};

/// What a text states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayForm {
    /// A day, or the midnight with which it begins on no particular clock.
    Day(Date),
    /// The midnight of a clock with a zone: the day as written, unless other times of the same column
    /// show that it holds moments.
    ZonedMidnight(Date),
    /// A moment that is no midnight.
    Moment,
    /// Neither.
    Nothing,
}

/// What stands in place of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayShape {
    /// A number, which counts from some day in some unit.
    Number,
    /// `[2025,2,3]`.
    Parts,
    /// An object.
    Object,
}

impl DayShape {
    /// That of a value of JSON that is no text.
    pub fn of(raw: &str) -> Option<DayShape> {
        match raw.as_bytes().first()? {
            b'[' => Some(DayShape::Parts),
            b'{' => Some(DayShape::Object),
            b'0'..=b'9' | b'-' => Some(DayShape::Number),
            _ => None,
        }
    }

    /// What to say of a text in a field of this name.
    pub fn say(self, name: &str, text: &str, lang: Lang) -> String {
        let (english, french) = match self {
            DayShape::Number => (
                "is a number, and a day is written YYYY-MM-DD (pandas: `date_format=\"iso\"`; Jackson: disable `WRITE_DATES_AS_TIMESTAMPS`)",
                "est un nombre, et un jour s'écrit AAAA-MM-JJ (pandas : `date_format=\"iso\"` ; Jackson : désactivez `WRITE_DATES_AS_TIMESTAMPS`)",
            ),
            DayShape::Parts => (
                "is a list, and a day is written `\"YYYY-MM-DD\"` (Jackson: disable `WRITE_DATES_AS_TIMESTAMPS`)",
                "est une liste, et un jour s'écrit `\"AAAA-MM-JJ\"` (Jackson : désactivez `WRITE_DATES_AS_TIMESTAMPS`)",
            ),
            DayShape::Object => (
                "is an object, and a day is written `\"YYYY-MM-DD\"` (PHP: `$date->format('Y-m-d')`; MongoDB: `$dateToString`)",
                "est un objet, et un jour s'écrit `\"AAAA-MM-JJ\"` (PHP : `$date->format('Y-m-d')` ; MongoDB : `$dateToString`)",
            ),
        };
        say!(lang, "field `{name}`: `{text}` {english}", "champ `{name}` : `{text}` {french}")
    }
}

/// Reads a day, a midnight or a moment.
pub fn day_form(text: &str) -> DayForm {
    if let Some(day) = Date::parse(text) {
        return DayForm::Day(day);
    }
    let Some((day, time)) = text.split_at_checked(10) else { return DayForm::Nothing };
    let Some(day) = Date::parse(day) else { return DayForm::Nothing };
    let Some(time) = time.strip_prefix(['T', 't', ' ']) else { return DayForm::Nothing };
    let Some((is_midnight, zone)) = clock(time) else { return DayForm::Nothing };
    match (is_midnight, is_zone(zone)) {
        (true, Some(false)) => DayForm::Day(day),
        (true, Some(true)) => DayForm::ZonedMidnight(day),
        (false, Some(_)) => DayForm::Moment,
        (_, None) => DayForm::Nothing,
    }
}

/// A time of day at the beginning of a text: whether it is midnight, and what follows.
fn clock(text: &str) -> Option<(bool, &str)> {
    let (hours, rest) = two_digits(text, 23)?;
    let (minutes, rest) = two_digits(rest.strip_prefix(':')?, 59)?;
    let Some(after) = rest.strip_prefix(':') else { return Some((hours + minutes == 0, rest)) };
    let (seconds, rest) = two_digits(after, 60)?;
    let whole = hours + minutes + seconds == 0;
    let Some(fraction) = rest.strip_prefix('.') else { return Some((whole, rest)) };
    let end = fraction.find(|c: char| !c.is_ascii_digit()).unwrap_or(fraction.len());
    let (digits, rest) = fraction.split_at_checked(end)?;
    let exact = digits.bytes().all(|digit| digit == b'0');
    (!digits.is_empty()).then_some((whole && exact, rest))
}

/// Whether a text behind a time states a zone: `Z`, `+01:00`, `+0100`, `+01`, ` UTC`; none if it is
/// something else.
fn is_zone(text: &str) -> Option<bool> {
    if text.is_empty() {
        return Some(false);
    }
    let text = text.strip_prefix(' ').unwrap_or(text);
    // Java's clocks also name the place: `+01:00[Europe/Paris]`.
    let text = match text.split_once('[') {
        Some((offset, place)) if place.ends_with(']') && !offset.is_empty() => offset,
        Some(_) | None => text,
    };
    if matches!(text, "Z" | "z" | "UTC" | "GMT") {
        return Some(true);
    }
    let (_, rest) = two_digits(text.strip_prefix(['+', '-'])?, 18)?;
    if rest.is_empty() {
        return Some(true);
    }
    let (_, rest) = two_digits(rest.strip_prefix(':').unwrap_or(rest), 59)?;
    rest.is_empty().then_some(true)
}

/// Two digits at the beginning of a text, a number of at most so much; and what follows.
fn two_digits(text: &str, most: u32) -> Option<(u32, &str)> {
    let (digits, rest) = text.split_at_checked(2)?;
    let sound = digits.bytes().all(|byte| byte.is_ascii_digit());
    let number = digits.parse().ok().filter(|number| sound && *number <= most)?;
    Some((number, rest))
}

#[cfg(test)]
mod tests {
    use super::{DayForm, day_form};
    use crate::calendar::Date;

    #[test]
    fn midnights_are_days_and_other_times_are_moments() {
        let day = Date::parse("2025-02-03").expect("a day");
        for end in ["", "T00:00:00", " 00:00:00", "T00:00", "T00:00:00.000", " 00:00:00.000000000"]
        {
            let text = format!("2025-02-03{end}");
            assert_eq!(day_form(&text), DayForm::Day(day), "{text}");
        }
        for zone in
            ["Z", "+00", "+01:00", "+0100", " +0100", " UTC", "-05:00", "+01:00[Europe/Paris]"]
        {
            let text = format!("2025-02-03T00:00:00.000{zone}");
            assert_eq!(day_form(&text), DayForm::ZonedMidnight(day), "{text}");
            let text = format!("2025-02-03 23:00:00{zone}");
            assert_eq!(day_form(&text), DayForm::Moment, "{text}");
        }
        for text in ["2025-02-03T00:00:01", "2025-02-03T00:00:00.001", "2025-02-03 09:30"] {
            assert_eq!(day_form(text), DayForm::Moment, "{text}");
        }
        for text in [
            "2025-02-30T00:00:00",
            "2025-02-03T",
            "2025-02-03Z",
            "2025-02-03T24:00:00",
            "2025-02-03T00:00:00.",
            "2025-02-03T00:00:00+1",
            "2025-02-03T00:00:00 CET",
            "2025-02-03T0:00:00",
            "2025-02-03T00:00:00[Europe/Paris]",
            "2025-02-03T+0:00:00",
            "03/02/2025",
            "",
        ] {
            assert_eq!(day_form(text), DayForm::Nothing, "{text}");
        }
    }
}
