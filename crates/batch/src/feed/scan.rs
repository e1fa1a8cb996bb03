//! Lines that are certainly one sound event, read in one pass over their bytes.
//!
//! This knows the closed schema and nothing of faults: it recognises what is certainly right, as
//! [`read_event`](crate::model::read_event) would read it, and leaves every other line to that
//! function, which says what is wrong and where. So it may be as narrow as it likes: escapes,
//! unusual blanks, exponents and long texts are left too.

use super::span::Span;
use super::texts::{may_be_of_a_formula, same};
use crate::calendar::Date;
use crate::model::{Field, Kind, LONGEST_PLAN, LONGEST_TEXT, Milestone, SubjectKind};
use crate::money::Hours;
use wide::u8x16;

/// A line's fields; texts as places among the bytes.
#[derive(Default)]
pub struct Line {
    /// The case.
    pub case: Span,
    /// The date.
    pub date: Date,
    /// The kind.
    pub kind: Option<Kind>,
    /// The id; empty if there is none.
    pub id: Span,
    /// The name, the schedule, or the id of the event that is withdrawn; empty if there is none.
    pub subject: Span,
    /// Hours, or planned hours.
    pub hours: Option<Hours>,
    /// Planned months.
    pub months: Option<u32>,
}

/// Reads a line that is certainly one sound event (its name still to be compared in NFC), the one that
/// begins at `start`; and where the next one does. If it is of the same case as the one before, its case is
/// `before`, the place of that one's.
#[inline]
pub fn line(bytes: &[u8], start: usize, before: Span) -> Option<(Line, Kind, usize)> {
    let mut cursor = Cursor { rest: bytes.get(start..)?, length: bytes.len() };
    let mut line = Line::default();
    let (mut seen, mut count) = (0_u32, 0);
    cursor.take(b"{")?;
    loop {
        let field = cursor.field()?;
        seen |= field.bit();
        count += 1;
        match field {
            Field::Case if cursor.again(before.of(bytes)).is_some() => line.case = before,
            Field::Case => line.case = cursor.text::<true>()?,
            Field::Id => line.id = cursor.text::<true>()?,
            Field::Name | Field::Schedule | Field::Ref => line.subject = cursor.text::<false>()?,
            Field::Date => line.date = cursor.date()?,
            Field::Kind => line.kind = Some(cursor.kind()?),
            Field::Hours => line.hours = Some(cursor.hours()?),
            Field::PlannedHours | Field::Minutes | Field::PlannedMonths => {
                cursor = cursor.seldom(field, &mut line)?;
            }
            // Read the long way.
            Field::Price
            | Field::Rate
            | Field::Shares
            | Field::PlannedStart
            | Field::PlannedEnd
            | Field::Quantity
            | Field::Amount
            | Field::Percent => return None,
        }
        match cursor.next_visible()? {
            b',' => {}
            b'}' => break,
            _ => return None,
        }
    }
    let _ = cursor.take(b"\r");
    if cursor.take(b"\n").is_none() && !cursor.rest.is_empty() {
        return None;
    }
    let kind = line.kind?;
    let each_once = seen.count_ones() == count;
    (each_once && kind.takes(seen)).then(|| (line, kind, cursor.place()))
}

/// What is left of the bytes, and how many there are in all. What is seldom read is read of a copy, so that the
/// cursor itself stays in registers.
#[derive(Clone, Copy)]
struct Cursor<'a> {
    rest: &'a [u8],
    length: usize,
}

impl Cursor<'_> {
    #[inline]
    fn place(&self) -> usize {
        self.length - self.rest.len()
    }

    #[inline]
    fn take<const N: usize>(&mut self, expected: &[u8; N]) -> Option<()> {
        let (first, rest) = self.rest.split_first_chunk()?;
        (first == expected).then(|| self.rest = rest)
    }

    /// The next byte that is no blank.
    #[inline]
    fn next_visible(&mut self) -> Option<u8> {
        loop {
            let (byte, rest) = self.rest.split_first()?;
            self.rest = rest;
            if *byte != b' ' {
                return Some(*byte);
            }
        }
    }

    fn blanks(&mut self) {
        while let Some((b' ', rest)) = self.rest.split_first() {
            self.rest = rest;
        }
    }

    /// A field's name, and what stands between it and its value: of a text, its quote too.
    #[inline]
    fn field(&mut self) -> Option<Field> {
        // Those of most lines, as most programs write them, are eight bytes: one comparison each.
        const CASE: u64 = u64::from_le_bytes(*b"\"case\":\"");
        const DATE: u64 = u64::from_le_bytes(*b"\"date\":\"");
        const KIND: u64 = u64::from_le_bytes(*b"\"kind\":\"");
        const NAME: u64 = u64::from_le_bytes(*b"\"name\":\"");
        const HOURS: u64 = u64::from_le_bytes(*b"\"hours\":");
        let (word, rest) = self.rest.split_first_chunk()?;
        let field = match u64::from_le_bytes(*word) {
            CASE => Field::Case,
            DATE => Field::Date,
            KIND => Field::Kind,
            NAME => Field::Name,
            HOURS => Field::Hours,
            _ if self.take(b"\"id\":\"").is_some() => return Some(Field::Id),
            _ => {
                let (field, after) = self.any_field()?;
                *self = after;
                return Some(field);
            }
        };
        self.rest = rest;
        Some(field)
    }

    /// The same of any field, with blanks before it and after its colon.
    #[inline(never)]
    fn any_field(mut self) -> Option<(Field, Self)> {
        self.blanks();
        let (field, taken) = match self.rest.get(1)? {
            b'c' => (Field::Case, self.take(b"\"case\":")),
            b'd' => (Field::Date, self.take(b"\"date\":")),
            b'k' => (Field::Kind, self.take(b"\"kind\":")),
            b'i' => (Field::Id, self.take(b"\"id\":")),
            b'n' => (Field::Name, self.take(b"\"name\":")),
            b'h' => (Field::Hours, self.take(b"\"hours\":")),
            b'm' => (Field::Minutes, self.take(b"\"minutes\":")),
            b's' => (Field::Schedule, self.take(b"\"schedule\":")),
            b'r' => (Field::Ref, self.take(b"\"ref\":")),
            b'p' if self.rest.get(9) == Some(&b'h') => {
                (Field::PlannedHours, self.take(b"\"planned_hours\":"))
            }
            b'p' => (Field::PlannedMonths, self.take(b"\"planned_months\":")),
            _ => return None,
        };
        taken?;
        self.blanks();
        match field {
            Field::Case
            | Field::Date
            | Field::Kind
            | Field::Id
            | Field::Name
            | Field::Schedule
            | Field::Ref => self.take(b"\"")?,
            Field::Hours
            | Field::Minutes
            | Field::PlannedHours
            | Field::PlannedMonths
            | Field::Price
            | Field::Rate
            | Field::Shares
            | Field::PlannedStart
            | Field::PlannedEnd
            | Field::Quantity
            | Field::Amount
            | Field::Percent => {}
        }
        Some((field, self))
    }

    /// The value of a number that few lines have.
    #[inline(never)]
    fn seldom(mut self, field: Field, line: &mut Line) -> Option<Self> {
        if field == Field::PlannedMonths {
            let months = u32::try_from(self.whole()?).ok();
            line.months = Some(months.filter(|months| (1..=LONGEST_PLAN).contains(months))?);
        } else if field == Field::Minutes {
            line.hours = Some(Hours::from_minutes(self.whole()?)?);
        } else {
            line.hours = Some(Some(self.hours()?).filter(|hours| *hours != Hours::ZERO)?);
        }
        Some(self)
    }

    /// This text once more, if it is one, and the quote behind it.
    #[inline(always)]
    fn again(&mut self, text: &[u8]) -> Option<()> {
        let (begins, rest) = self.rest.split_at_checked(text.len())?;
        let (b'"', rest) = rest.split_first()? else { return None };
        (!text.is_empty() && same(begins, text)).then(|| self.rest = rest)
    }

    /// A text and the quote behind it: not blank, not long, without escapes; of a key, whose every character
    /// counts, without a blank at its ends. Where it lies.
    #[inline(always)]
    fn text<const KEY: bool>(&mut self) -> Option<Span> {
        let length = plain_length(self.rest);
        let (text, rest) = self.rest.split_at_checked(length)?;
        let visible = is_visible(text) && (!KEY || text.last().is_some_and(u8::is_ascii_graphic));
        if length > LONGEST_TEXT || !(visible || shown(text)) || may_be_of_a_formula(text) {
            return None;
        }
        let span = Span::new(self.place(), length);
        self.rest = rest;
        self.take(b"\"")?;
        span
    }

    #[inline]
    fn date(&mut self) -> Option<Date> {
        let (date, rest) = self.rest.split_first_chunk()?;
        self.rest = rest;
        let date = Date::parse_bytes(date)?;
        self.take(b"\"").map(|()| date)
    }

    #[inline]
    fn kind(&mut self) -> Option<Kind> {
        let (kind, taken) = match self.rest.first_chunk()? {
            b"ac" => (Kind::Subject(SubjectKind::Action), self.take(b"action\"")),
            b"op" => (Kind::Opened, self.take(b"opened\"")),
            b"si" => (Kind::Milestone(Milestone::Signature), self.take(b"signature\"")),
            b"st" => (Kind::Milestone(Milestone::Start), self.take(b"start\"")),
            b"de" => (Kind::Subject(SubjectKind::Deliverable), self.take(b"deliverable\"")),
            b"ev" => (Kind::Subject(SubjectKind::Event), self.take(b"event\"")),
            b"en" => (Kind::Milestone(Milestone::End), self.take(b"end\"")),
            b"ab" => (Kind::Milestone(Milestone::Abandonment), self.take(b"abandonment\"")),
            b"vo" => (Kind::Void, self.take(b"void\"")),
            _ => return None,
        };
        taken.map(|()| kind)
    }

    /// A number of hours, as a number or in quotes.
    #[inline(always)]
    fn hours(&mut self) -> Option<Hours> {
        let quoted = self.take(b"\"").is_some();
        let mut ten_thousandths = i64::try_from(self.whole()?).ok()? * 10_000;
        if self.take(b".").is_some() {
            let mut unit = 1_000;
            let before = self.rest.len();
            while let Some(digit) = self.digit() {
                if unit == 0 {
                    return None;
                }
                ten_thousandths += i64::from(digit) * unit;
                unit /= 10;
            }
            if self.rest.len() == before {
                return None;
            }
        }
        if quoted {
            self.take(b"\"")?;
        }
        Some(Hours(ten_thousandths * 3)).filter(|hours| *hours <= Hours::LARGEST)
    }

    /// A whole number of at most nine digits, without zeros before them.
    #[inline(always)]
    fn whole(&mut self) -> Option<u64> {
        let before = self.rest;
        let mut number = 0;
        while let Some(digit) = self.digit() {
            number = number * 10 + u64::from(digit);
            if before.len() - self.rest.len() > 9 {
                return None;
            }
        }
        let length = before.len() - self.rest.len();
        let padded = length > 1 && before.first() == Some(&b'0');
        (length > 0 && !padded).then_some(number)
    }

    #[inline]
    fn digit(&mut self) -> Option<u8> {
        let (byte, rest) = self.rest.split_first()?;
        let digit = byte.wrapping_sub(b'0');
        (digit <= 9).then(|| {
            self.rest = rest;
            digit
        })
    }
}

/// Whether a text begins with a visible ASCII character: then it is not blank.
#[inline]
fn is_visible(text: &[u8]) -> bool {
    text.first().is_some_and(u8::is_ascii_graphic)
}

/// Whether a text is not blank, nor has a blank at its ends.
#[cold]
fn shown(text: &[u8]) -> bool {
    std::str::from_utf8(text).is_ok_and(|text| !text.is_empty() && text.trim() == text)
}

/// How many bytes come before the first quote, backslash or control character: sixteen at a time.
#[inline]
pub fn plain_length(bytes: &[u8]) -> usize {
    let mut rest = bytes;
    while let Some((chunk, after)) = rest.split_first_chunk() {
        let chunk = u8x16::new(*chunk);
        let ends = chunk.simd_eq(u8x16::splat(b'"'))
            | chunk.simd_eq(u8x16::splat(b'\\'))
            | chunk.simd_lt(u8x16::splat(0x20));
        let ends = ends.to_bitmask();
        if ends != 0 {
            return bytes.len() - rest.len() + ends.trailing_zeros() as usize;
        }
        rest = after;
    }
    let ends = |byte: &u8| *byte == b'"' || *byte == b'\\' || *byte < 0x20;
    bytes.len() - rest.len() + rest.iter().position(ends).unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use super::{Span, line, plain_length};

    #[test]
    fn a_text_ends_where_it_does_byte_by_byte() {
        for length in 0..50 {
            for place in 0..length {
                for byte in 0..=255 {
                    let mut text = vec![b'a'; length];
                    text[place] = byte;
                    let ends = byte == b'"' || byte == b'\\' || byte < 0x20;
                    let expected = if ends { place } else { length };
                    assert_eq!(plain_length(&text), expected, "{text:?}");
                }
            }
        }
    }

    #[test]
    fn a_case_is_that_of_the_line_before_if_its_whole_name_is() {
        let names = ["D-1", "D-12", "D-12", "D-1", "D-1", "E"];
        let of =
            |name| format!("{{\"case\":\"{name}\",\"date\":\"2025-01-31\",\"kind\":\"end\"}}\n");
        let lines = names.map(of).concat();
        let (mut start, mut before, mut read) = (0, Span::default(), Vec::new());
        while start < lines.len() {
            let (line, _, end) = line(lines.as_bytes(), start, before).expect("a sound event");
            (start, before) = (end, line.case);
            read.push(std::str::from_utf8(before.of(lines.as_bytes())).expect("a name"));
        }
        assert_eq!(read, names);
    }
}
