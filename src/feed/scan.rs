//! Lines that are certainly one sound event, read in one pass over their bytes.
//!
//! This knows the closed schema and nothing of faults: it recognises what is certainly right, as
//! [`read_event`](crate::model::read_event) would read it, and leaves every other line to that
//! function, which says what is wrong and where. So it may be as narrow as it likes: escapes,
//! unusual blanks, exponents and long texts are left too.

use crate::calendar::Date;
use crate::model::{Field, Kind, LONGEST_PLAN, LONGEST_TEXT};
use crate::money::Hours;
use std::ops::Range;

/// A line's fields, as places in it.
#[derive(Default)]
pub struct Line {
    /// The case.
    pub case: Range<usize>,
    /// The date.
    pub date: Date,
    /// The kind.
    pub kind: Option<Kind>,
    /// The id; empty if there is none.
    pub id: Range<usize>,
    /// The name, the schedule, or the id of the event that is withdrawn; empty if there is none.
    pub subject: Range<usize>,
    /// Hours, or planned hours.
    pub hours: Option<Hours>,
    /// Planned months.
    pub months: Option<u32>,
}

/// Reads a line that is certainly one sound event (its name still to be compared in NFC).
pub fn line(bytes: &[u8]) -> Option<Line> {
    let mut cursor = Cursor { bytes, at: 0 };
    let mut line = Line::default();
    let mut seen = 0_u16;
    cursor.take(b"{")?;
    loop {
        cursor.blanks();
        let field = cursor.field()?;
        cursor.blanks();
        let bit = field.bit();
        if seen & bit != 0 {
            return None;
        }
        seen |= bit;
        match field {
            Field::Case => line.case = cursor.text()?,
            Field::Id => line.id = cursor.text()?,
            Field::Name | Field::Schedule | Field::Ref => line.subject = cursor.text()?,
            Field::Date => line.date = cursor.date()?,
            Field::Kind => line.kind = Some(cursor.kind()?),
            Field::Hours => line.hours = Some(cursor.hours()?),
            Field::PlannedHours => {
                line.hours = Some(cursor.hours()?).filter(|hours| *hours != Hours::ZERO);
                line.hours?;
            }
            Field::Minutes => line.hours = Some(Hours::from_minutes(cursor.whole()?)?),
            Field::PlannedMonths => {
                let months = u32::try_from(cursor.whole()?).ok();
                line.months = months.filter(|months| (1..=LONGEST_PLAN).contains(months));
                line.months?;
            }
        }
        cursor.blanks();
        match cursor.next()? {
            b',' => {}
            b'}' => break,
            _ => return None,
        }
    }
    let rest = bytes.get(cursor.at..)?;
    let fits = line.kind?.takes(seen)
        && rest.iter().all(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'));
    fits.then_some(line)
}

struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    #[inline]
    fn take<const N: usize>(&mut self, expected: &[u8; N]) -> Option<()> {
        (self.rest().first_chunk() == Some(expected)).then(|| self.at += N)
    }

    #[inline]
    fn next(&mut self) -> Option<u8> {
        let byte = *self.bytes.get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    #[inline]
    fn blanks(&mut self) {
        while self.bytes.get(self.at) == Some(&b' ') {
            self.at += 1;
        }
    }

    /// A field's name, with the colon after it.
    #[inline]
    fn field(&mut self) -> Option<Field> {
        let rest = self.rest();
        let (field, taken) = match rest.get(1)? {
            b'c' => (Field::Case, self.take(b"\"case\":")),
            b'd' => (Field::Date, self.take(b"\"date\":")),
            b'k' => (Field::Kind, self.take(b"\"kind\":")),
            b'i' => (Field::Id, self.take(b"\"id\":")),
            b'n' => (Field::Name, self.take(b"\"name\":")),
            b'h' => (Field::Hours, self.take(b"\"hours\":")),
            b'm' => (Field::Minutes, self.take(b"\"minutes\":")),
            b's' => (Field::Schedule, self.take(b"\"schedule\":")),
            b'r' => (Field::Ref, self.take(b"\"ref\":")),
            b'p' if rest.get(9) == Some(&b'h') => {
                (Field::PlannedHours, self.take(b"\"planned_hours\":"))
            }
            b'p' => (Field::PlannedMonths, self.take(b"\"planned_months\":")),
            _ => return None,
        };
        taken.map(|()| field)
    }

    /// A text in quotes: not blank, not long, without escapes. Where it lies, quotes left out.
    #[inline]
    fn text(&mut self) -> Option<Range<usize>> {
        self.take(b"\"")?;
        let start = self.at;
        let length = plain_length(self.rest());
        self.at += length;
        self.take(b"\"")?;
        // What begins with a visible ASCII character is not blank; others are looked at closely.
        let first = *self.bytes.get(start)?;
        let fits = length > 0 && length <= LONGEST_TEXT && first.is_ascii_graphic();
        let shown = || {
            let text = self.bytes.get(start..start + length).map(std::str::from_utf8);
            text.is_some_and(|text| text.is_ok_and(|text| !text.trim().is_empty()))
        };
        (fits || (length <= LONGEST_TEXT && shown())).then_some(start..start + length)
    }

    #[inline]
    fn date(&mut self) -> Option<Date> {
        self.take(b"\"")?;
        let date = Date::parse_bytes(self.rest().first_chunk()?)?;
        self.at += 10;
        self.take(b"\"")?;
        Some(date)
    }

    #[inline]
    fn kind(&mut self) -> Option<Kind> {
        self.take(b"\"")?;
        let (kind, taken) = match self.rest().first_chunk()? {
            b"ac" => (Kind::Action, self.take(b"action\"")),
            b"op" => (Kind::Opened, self.take(b"opened\"")),
            b"si" => (Kind::Signature, self.take(b"signature\"")),
            b"st" => (Kind::Start, self.take(b"start\"")),
            b"de" => (Kind::Deliverable, self.take(b"deliverable\"")),
            b"ev" => (Kind::Event, self.take(b"event\"")),
            b"en" => (Kind::End, self.take(b"end\"")),
            b"ab" => (Kind::Abandonment, self.take(b"abandonment\"")),
            b"vo" => (Kind::Void, self.take(b"void\"")),
            _ => return None,
        };
        taken.map(|()| kind)
    }

    /// A number of hours, as a number or in quotes.
    #[inline]
    fn hours(&mut self) -> Option<Hours> {
        let quoted = self.take(b"\"").is_some();
        let whole = self.whole()?;
        let mut ten_thousandths = i64::try_from(whole).ok()? * 10_000;
        if self.take(b".").is_some() {
            let mut unit = 1_000;
            let before = self.at;
            while let Some(digit) = self.digit() {
                if unit == 0 {
                    return None;
                }
                ten_thousandths += i64::from(digit) * unit;
                unit /= 10;
            }
            if self.at == before {
                return None;
            }
        }
        if quoted {
            self.take(b"\"")?;
        }
        Some(Hours(ten_thousandths * 3)).filter(|hours| *hours <= Hours::LARGEST)
    }

    /// A whole number of at most nine digits, without zeros before it.
    #[inline]
    fn whole(&mut self) -> Option<u64> {
        let before = self.at;
        let mut number = 0;
        while let Some(digit) = self.digit() {
            number = number * 10 + u64::from(digit);
            if self.at - before > 9 {
                return None;
            }
        }
        let length = self.at - before;
        let padded = length > 1 && self.bytes.get(before) == Some(&b'0');
        (length > 0 && !padded).then_some(number)
    }

    #[inline]
    fn digit(&mut self) -> Option<u8> {
        let digit = self.bytes.get(self.at)?.wrapping_sub(b'0');
        (digit <= 9).then(|| {
            self.at += 1;
            digit
        })
    }
}

/// How many bytes come before the first quote, backslash or control character: eight at a time.
#[inline]
fn plain_length(bytes: &[u8]) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let has_zero = |word: u64| word.wrapping_sub(ONES) & !word & HIGH;
    let mut length = 0;
    while let Some(chunk) = bytes.get(length..).and_then(<[u8]>::first_chunk::<8>) {
        let word = u64::from_le_bytes(*chunk);
        let quote = has_zero(word ^ (ONES * u64::from(b'"')));
        let escape = has_zero(word ^ (ONES * u64::from(b'\\')));
        let control = word.wrapping_sub(ONES * 0x20) & !word & HIGH;
        let found = quote | escape | control;
        if found != 0 {
            return length + found.trailing_zeros() as usize / 8;
        }
        length += 8;
    }
    let ends = |byte: &u8| *byte == b'"' || *byte == b'\\' || *byte < 0x20;
    let rest = bytes.get(length..).unwrap_or_default();
    length + rest.iter().position(ends).unwrap_or(rest.len())
}
