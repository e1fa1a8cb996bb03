//! Digits that are no quantity as they stand, and the quantity that is most likely meant: numbers
//! with marks between thousands, dates with dots or the name of a month, hours with a colon.

use super::grammar::Rule;
use super::parse::Parser;
use super::{errors, hints, ways};
use crate::diagnostic::Diagnostic;
use crate::lang::Lang;

/// The names of months, folded, English and French, from January on.
const MONTHS: [(&str, &str); 12] = [
    ("january", "janvier"),
    ("february", "fevrier"),
    ("march", "mars"),
    ("april", "avril"),
    ("may", "mai"),
    ("june", "juin"),
    ("july", "juillet"),
    ("august", "aout"),
    ("september", "septembre"),
    ("october", "octobre"),
    ("november", "novembre"),
    ("december", "decembre"),
];

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

impl Parser<'_> {
    /// What is wrong with the digits at `at`, or those that end there.
    pub fn number_mishap(&self, at: usize) -> Option<Diagnostic> {
        self.date_mishap(at)
            .or_else(|| self.dash_for_cents(at))
            .or_else(|| self.grouped_number(at))
            .or_else(|| self.clock_mishap(at))
            .or_else(|| self.odd_number(at))
    }

    /// `01.02.2025`, `1 September 2025`, `September 1, 2025`.
    pub fn date_mishap(&self, at: usize) -> Option<Diagnostic> {
        let text = &self.folded.text;
        let before = text.get(..self.folded.end_before(at))?;
        let last = before.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || c == '.').len();
        let (start, end, right) =
            self.dated(at).or_else(|| self.dated(last).filter(|(_, end, _)| *end > at))?;
        let span = self.folded.original(start, end);
        Some(errors::date_digits(self.lang, span, span.of(self.source), right))
    }

    /// A date in another form that begins at `start`: where it ends, and the date as it is written, if there is one.
    fn dated(&self, start: usize) -> Option<(usize, usize, Option<String>)> {
        let rest = self.folded.text.get(start..)?;
        let dotted = |c: char| c.is_ascii_digit() || c == '.';
        let run = rest.len() - rest.trim_start_matches(dotted).len();
        let parts: Vec<&str> = rest.get(..run)?.split('.').collect();
        if let [day, month, year] = parts.as_slice()
            && [day, month].iter().all(|part| all_digits(part) && part.len() <= 2)
            && all_digits(year)
            && year.len() == 4
        {
            let right = format!("{day:0>2}/{month:0>2}/{year}");
            return Some((start, start + run, Some(right)));
        }
        let mut place = start;
        // A dot behind a month that is cut short, and what joins a day to it, say nothing.
        let mut next = || {
            loop {
                let token = self.folded.token_at(place);
                let end = place + token.len();
                place = self.folded.skip_blanks(end);
                if !matches!(token, "." | "of") || end > start + 30 {
                    return (token, end);
                }
            }
        };
        let ((first, _), (second, _), mut last) = (next(), next(), next());
        if last.0 == "," {
            last = next();
        }
        let (year, end) = last;
        let (day, name) =
            if first.starts_with(char::is_alphabetic) { (second, first) } else { (first, second) };
        let day = ["er", "st", "nd", "rd", "th"]
            .iter()
            .find_map(|ending| day.strip_suffix(ending))
            .unwrap_or(day);
        let month = month_named(name)?;
        if !all_digits(day) || day.len() > 2 || !all_digits(year) || year.len() != 4 {
            return None;
        }
        let right = match self.file_lang {
            Lang::En => format!("{year}-{month:02}-{day:0>2}"),
            Lang::Fr => format!("{day:0>2}/{month:02}/{year}"),
        };
        Some((start, end, Some(right)))
    }

    /// Where the digits of a sum end, groups of thousands and decimals included, and the dash in the place of its
    /// cents: `300,-`, `1 500.--`.
    pub fn sum_at(&self, start: usize) -> (usize, usize) {
        let rest = self.folded.text.get(start..).unwrap_or("");
        let digit = |c: char| c.is_ascii_digit();
        let run = |text: &str| text.len() - text.trim_start_matches(digit).len();
        let mut last = run(rest);
        while last > 0 {
            let behind = rest.get(last..).unwrap_or("");
            let group = behind.strip_prefix([' ', '.', ',', '\'']).map_or(0, run);
            // A blank parts thousands only.
            if group == 0 || behind.starts_with(' ') && group != 3 {
                break;
            }
            last += 1 + group;
        }
        let behind = rest.get(last..).unwrap_or("");
        let dashes = behind.strip_prefix(['.', ',']).map_or(0, |dashes| {
            let dashes = dashes.len() - dashes.trim_start_matches('-').len();
            if dashes > 0 { dashes + 1 } else { 0 }
        });
        (start + last, start + last + dashes)
    }

    /// That a percentage is meant, where a line stops behind `0.3`.
    pub(super) fn fraction_of_the_price(
        &self,
        diagnostic: Diagnostic,
        before: usize,
        possible: &[Rule],
    ) -> Diagnostic {
        let text = self.folded.text.get(..before).unwrap_or("");
        let number = text.rsplit([' ', ':']).next().unwrap_or("");
        let share = possible.contains(&Rule::percent_sign);
        let before = text.strip_suffix(number).unwrap_or("");
        match ways::in_percent(number).filter(|_| share) {
            // It is all that the line bills.
            Some(percent) if before.trim_end().ends_with(':') => {
                hints::fraction(self.lang, diagnostic, &percent)
            }
            Some(percent) => hints::percentage_meant(self.lang, diagnostic, &percent),
            None => diagnostic,
        }
    }

    /// `300,-`: a dash stands for cents that there are none of.
    fn dash_for_cents(&self, at: usize) -> Option<Diagnostic> {
        let in_sum = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '\'' | '-');
        let start = self.folded.text.get(..at)?.trim_end_matches(in_sum).len();
        let (last, end) = self.sum_at(start);
        if last == start || end == last || end <= at {
            return None;
        }
        let written = self.folded.text.get(start..last)?;
        // Cents are said not to be there: one mark before three digits is that of the thousands.
        let thousands = written
            .split_once(['.', ','])
            .filter(|(head, group)| all_digits(head) && all_digits(group) && group.len() == 3);
        let right = match (ungrouped(written), thousands) {
            (Some(digits), _) => self.marked(digits),
            (None, Some((head, group))) => format!("{head}{group}"),
            (None, None) => written.to_owned(),
        };
        let span = self.folded.original(start, end);
        Some(errors::not_a_number(self.lang, span, span.of(self.source), Some(right)))
    }

    /// `1.500,00`, `1,500.00`, `1'500`: groups of thousands with a mark between them.
    fn grouped_number(&self, at: usize) -> Option<Diagnostic> {
        let in_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '\'');
        let text = &self.folded.text;
        // Both marks in one number leave no doubt, where what follows it is not understood.
        let behind = text.get(..at)?.strip_suffix(' ').filter(|before| {
            let number = before.len() - before.trim_end_matches(in_number).len();
            let number = before.get(before.len() - number..).unwrap_or("");
            number.contains('.') && number.contains(',')
        });
        let before = behind.or(text.get(..at))?;
        let start = before.trim_end_matches(in_number).len();
        let rest = text.get(start..)?;
        let run = rest.len() - rest.trim_start_matches(in_number).len();
        let written = rest.get(..run)?.trim_end_matches(['.', ',', '\'']);
        let before = text.get(..start)?.strip_suffix(' ').unwrap_or("");
        if before.ends_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let right = self.marked(ungrouped(written)?);
        let span = self.folded.original(start, start + written.len());
        Some(errors::not_a_number(self.lang, span, span.of(self.source), Some(right)))
    }

    /// The digits with the decimal mark of the file. A comma before three digits is never written.
    fn marked(&self, digits: String) -> String {
        match digits.split_once('.') {
            Some((whole, decimals)) if decimals.len() != 3 => {
                format!("{whole}{}{decimals}", self.file_lang.pick('.', ','))
            }
            Some(_) | None => digits,
        }
    }

    /// `1:30`, `1h30min`.
    fn clock_mishap(&self, at: usize) -> Option<Diagnostic> {
        let text = &self.folded.text;
        let in_clock = |c: char| c.is_ascii_digit() || matches!(c, 'h' | ':' | ' ');
        let before = text.get(..at)?.trim_end_matches(in_clock).len();
        let start = self.folded.skip_blanks(before);
        let rest = text.get(start..)?;
        let clock = rest.trim_start_matches(in_clock);
        let unit = ["minutes", "min", "mn", "m"]
            .iter()
            .find(|unit| clock.starts_with(**unit))
            .filter(|unit| {
                let after = clock.get(unit.len()..).unwrap_or("");
                !after.starts_with(|c: char| c.is_alphanumeric() || c == '_')
            });
        let written = rest.get(..rest.len() - clock.len())?.trim_end();
        let end = match unit {
            Some(unit) => start + rest.len() - clock.len() + unit.len(),
            None => start + written.len(),
        };
        // `étape 1 : 30 %` is a name and a share.
        let behind = text.get(end..).unwrap_or("").trim_start_matches(' ');
        if behind.starts_with(['%', '€', '£', '$']) {
            return None;
        }
        let (hours, minutes) = written.split_once(if unit.is_some() { 'h' } else { ':' })?;
        let (hours, minutes) = (hours.trim(), minutes.trim());
        let sound = all_digits(hours) && all_digits(minutes) && minutes.len() == 2;
        if !sound || end <= at || minutes >= "60" {
            return None;
        }
        let hours = hours.trim_start_matches('0');
        let hours = if hours.is_empty() { "0" } else { hours };
        let span = self.folded.original(start, end);
        let right = format!("{hours}h{minutes}");
        let mut found = errors::not_a_clock(self.lang, span, span.of(self.source), Some(right));
        found.label = None;
        Some(found)
    }

    /// `.5`, `5.`, `1_000`: the place where a number stops being one.
    fn odd_number(&self, at: usize) -> Option<Diagnostic> {
        let text = &self.folded.text;
        let before = text.get(..at).unwrap_or("");
        let after = text.get(at..).unwrap_or("");
        let digits = after.trim_start_matches(|c: char| c.is_ascii_digit());
        let power = |text: &str| {
            let digits = text.strip_prefix('e').map(|rest| rest.trim_start_matches(['+', '-']));
            digits.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        };
        let scientific = before.ends_with(|c: char| c.is_ascii_digit()) && power(after);
        let odd = after.starts_with('.') || digits.starts_with('_') || scientific;
        let in_number = |c: char| {
            c.is_ascii_digit()
                || matches!(c, '.' | '_' | ',')
                || scientific && matches!(c, 'e' | '+' | '-')
        };
        let start = before.trim_end_matches(in_number).len();
        let end = at + after.len() - after.trim_start_matches(in_number).len();
        let written = text.get(start..end)?;
        if !odd || !written.contains(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let right = if let Some(decimals) = written.strip_prefix('.') {
            Some(format!("0.{decimals}"))
        } else if let Some(whole) = written.strip_suffix('.') {
            Some(whole.to_owned())
        } else {
            Some(written.replace('_', "")).filter(|_| written.contains('_'))
        };
        let plain = |text: &String| text.chars().all(|c| c.is_ascii_digit() || c == '.');
        let right = right.filter(plain).map(|right| self.marked(right));
        Some(errors::not_a_number(self.lang, self.folded.original(start, end), written, right))
    }
}

/// The month of a name, whole or cut short where no other begins so: from 1 on.
pub fn month_named(name: &str) -> Option<usize> {
    let mut near = (1..).zip(MONTHS).filter(|(_, (english, french))| {
        name.len() >= 3 && (english.starts_with(name) || french.starts_with(name))
    });
    let (month, _) = near.next()?;
    near.next().is_none().then_some(month)
}

/// A day between slashes whose year has two digits, or stands first, as it is written; none where it is not certain which
/// number is the day.
pub fn certain_day(parts: &[&str]) -> Option<String> {
    // The last days of a month that every such month has.
    let is_day = |month: &str, day: &str| {
        let short = [day, month].iter().all(|part| all_digits(part) && part.len() <= 2);
        let last = match month.parse::<u8>() {
            Ok(2) => 28,
            Ok(4 | 6 | 9 | 11) => 30,
            Ok(1..=12) => 31,
            Ok(_) | Err(_) => 0,
        };
        short && day.parse::<u8>().is_ok_and(|day| (1..=last).contains(&day))
    };
    match parts {
        [year, month, day] if year.len() == 4 && is_day(month, day) => {
            Some(format!("{year}-{month:0>2}-{day:0>2}"))
        }
        [day, month, year] if year.len() == 2 && is_day(month, day) => {
            let day_alone = day.parse().is_ok_and(|day: u8| day > 12);
            day_alone.then(|| format!("{day:0>2}/{month:0>2}/20{year}"))
        }
        _ => None,
    }
}

/// The digits of a number with marks between its thousands: with a mark of another kind before its
/// decimals, or more than one mark. With one mark alone it is not known which it is.
fn ungrouped(written: &str) -> Option<String> {
    let (last, mark) = written.char_indices().rev().find(|(_, c)| !c.is_ascii_digit())?;
    let first = written.chars().find(|c| !c.is_ascii_digit())?;
    let several = written.matches(first).count() > 1;
    let (whole, decimals) = if mark != first && mark != '\'' {
        written.split_at_checked(last)?
    } else if several || first == '\'' {
        (written, "")
    } else {
        return None;
    };
    let mut groups = whole.split(first);
    let head = groups.next().filter(|head| all_digits(head) && head.len() <= 3)?;
    let mut digits = head.to_owned();
    for group in groups {
        if !all_digits(group) || group.len() != 3 {
            return None;
        }
        digits.push_str(group);
    }
    let decimals = decimals.get(1..).unwrap_or("");
    if head.starts_with('0') || !decimals.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    Some(if decimals.is_empty() { digits } else { format!("{digits}.{decimals}") })
}
