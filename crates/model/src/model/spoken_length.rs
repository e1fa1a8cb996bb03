//! Lengths of time as people and tools write them: in, `1h30`, `1:30`, `01:30:00`, `PT1H30M`; out, how to write them as a number.

use super::field::Field;
use super::file_names::FileNames;
use crate::lang::{Lang, say};

/// The minutes of a length, if they are whole.
pub(super) fn in_minutes(text: &str) -> Option<u64> {
    let text = text.trim();
    text.strip_prefix("PT").map_or_else(|| by_a_clock(text), in_iso)
}

/// As a clock or a timesheet has it: `1h30`, `1 h`, `1:30`, `01:30:00`.
fn by_a_clock(text: &str) -> Option<u64> {
    let (hours, rest) = text.split_once(['h', 'H', ':'])?;
    let hours: u64 = hours.trim_end().parse().ok().filter(|hours| *hours < 100_000)?;
    let rest = rest.trim();
    let rest = rest.strip_suffix(":00").unwrap_or(rest);
    let minutes: u64 = match rest {
        "" => 0,
        rest => rest.parse().ok().filter(|minutes| rest.len() == 2 && *minutes < 60)?,
    };
    Some(hours * 60 + minutes)
}

/// As ISO 8601 has it behind `PT`: `1H30M`, `5400S`, `1H30M0.000S`.
fn in_iso(text: &str) -> Option<u64> {
    let mut rest = text;
    let mut seconds: u64 = 0;
    for (unit, each) in [('H', 3600), ('M', 60), ('S', 1)] {
        let Some((count, after)) = rest.split_once(unit) else { continue };
        let (count, fraction) = count.split_once('.').unwrap_or((count, ""));
        let count: u64 = count.parse().ok().filter(|count| *count < 100_000_000)?;
        if fraction.bytes().any(|digit| digit != b'0') {
            return None;
        }
        seconds += count * each;
        rest = after;
    }
    (rest.is_empty() && !text.is_empty() && seconds.is_multiple_of(60)).then_some(seconds / 60)
}

/// How to write a length: in hours, where they have an end as a decimal.
pub(super) fn as_hours(minutes: u64, names: &FileNames, lang: Lang) -> String {
    let by = names.field(Field::Minutes);
    if !minutes.is_multiple_of(3) {
        return say!(lang, "; write `{minutes}` as `{by}`", " ; écrivez `{minutes}` sous `{by}`");
    }
    let (whole, hundredths) = (minutes / 60, minutes % 60 * 100 / 60);
    let digits = match hundredths {
        0 => whole.to_string(),
        _ => format!("{whole}.{hundredths:02}").trim_end_matches('0').to_owned(),
    };
    let digits = if names.has_decimal_commas(lang) { digits.replace('.', ",") } else { digits };
    say!(
        lang,
        "; write `{digits}`, or `{minutes}` as `{by}`",
        " ; écrivez `{digits}`, ou `{minutes}` sous `{by}`"
    )
}

#[cfg(test)]
mod tests {
    use super::in_minutes;

    #[test]
    fn a_length_has_minutes_where_they_are_whole() {
        for (text, minutes) in [
            ("1h30", 90),
            ("1 h", 60),
            ("1:30", 90),
            ("01:30:00", 90),
            ("PT5400S", 90),
            ("PT1H30M", 90),
            ("PT1H30M0.000S", 90),
            ("PT7H", 420),
        ] {
            assert_eq!(in_minutes(text), Some(minutes), "{text}");
        }
        let none = [
            "0:01:30",
            "1:3",
            "PT",
            "PT1S",
            "PT1.5H",
            "P1D",
            "1:30:00:00",
            "h30",
            "PT1M1H",
            "PT99999999999S",
        ];
        for text in none {
            assert_eq!(in_minutes(text), None, "{text}");
        }
    }
}
