//! Civil dates, from 1900-01-01 to 2199-12-31 on input, and the arithmetic of deadlines.
//!
//! A [`Date`] is packed so that comparing and adding months cost a few instructions; days are
//! counted through chrono's checked operations. No time of day, no time zone, no clock. Adding
//! months keeps the day of the month or takes the last day of a shorter month, and is always
//! computed from the anchor, never step by step.

use chrono::{Datelike, Days, NaiveDate};
use std::fmt;

/// A civil date. Orders as the calendar does.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(u32);

const FIRST_YEAR: u32 = 1900;
const LAST_YEAR: u32 = 2199;

impl Date {
    /// The earliest date that input may state.
    pub const MIN: Date = Date::pack(FIRST_YEAR * 12, 1);
    /// The latest date that input may state.
    pub const MAX: Date = Date::pack(LAST_YEAR * 12 + 11, 31);
    /// The latest date that is computed: later than any that input may state.
    pub const FAR: Date = Date::pack(9999 * 12 + 11, 31);

    #[inline]
    const fn pack(month_index: u32, day: u32) -> Date {
        Date(month_index << 5 | day)
    }

    /// The date, if it exists and its year is from 1900 to 2199.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Date> {
        Date::of_parts(u32::try_from(year).ok()?, month, day)
    }

    #[inline]
    fn of_parts(year: u32, month: u32, day: u32) -> Option<Date> {
        if !(FIRST_YEAR..=LAST_YEAR).contains(&year) || !(1..=12).contains(&month) {
            return None;
        }
        let index = year * 12 + month - 1;
        // Every month has 28 days: how many this one has is asked for few dates.
        let exists = (1..=28).contains(&day) || (29..=days_in_month(index)).contains(&day);
        exists.then(|| Date::pack(index, day))
    }

    /// The date as one number of 22 bits, in the order of the calendar.
    #[inline]
    pub fn bits(self) -> u32 {
        self.0
    }

    /// The date of these bits, which are those of a date.
    #[inline]
    pub fn from_bits(bits: u32) -> Date {
        Date(bits)
    }

    /// Reads `YYYY-MM-DD`, exactly ten bytes, and nothing else.
    #[inline]
    pub fn parse(text: &str) -> Option<Date> {
        Date::parse_bytes(text.as_bytes().try_into().ok()?)
    }

    /// As [`Date::parse`].
    #[inline]
    pub fn parse_bytes(bytes: &[u8; 10]) -> Option<Date> {
        let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *bytes else {
            return None;
        };
        // All digits at once, each in a byte of its own.
        const EACH: u64 = 0x0101_0101_0101_0101;
        let digits = u64::from_le_bytes([y1, y2, y3, y4, m1, m2, d1, d2]) ^ (EACH * 0x30);
        if (digits | digits.wrapping_add(EACH * 0x76)) & (EACH * 0x80) != 0 {
            return None;
        }
        // Tens and ones: a number of two digits in every second byte.
        let pairs = (digits * 10 + (digits >> 8)).to_le_bytes();
        let [century, _, year, _, month, _, day, _] = pairs;
        let year = u32::from(century) * 100 + u32::from(year);
        Date::of_parts(year, u32::from(month), u32::from(day))
    }

    /// From chrono's date; `None` before year 1.
    #[inline]
    pub fn from_naive(date: NaiveDate) -> Option<Date> {
        let year = u32::try_from(date.year()).ok().filter(|year| (1..=9999).contains(year))?;
        Some(Date::pack(year * 12 + date.month0(), date.day()))
    }

    /// The date so many days after 1970-01-01, if its year is from 1900 to 2199.
    #[inline]
    pub fn from_days(days: i32) -> Option<Date> {
        // Days since 1 March of the year 0: a year then ends with its leap day, so that centuries,
        // years and months come from one multiplication each (C. Neri and L. Schneider, "Euclidean
        // affine functions and their application to calendar algorithms", 2022).
        let day = u64::try_from(days.checked_add(719_468)?).ok()?;
        let quarters = 4 * day + 3;
        let (century, of_century) = (quarters / 146_097, (quarters % 146_097) | 3);
        let years = of_century * 2_939_745;
        let of_year = (years & 0xffff_ffff) / 2_939_745 / 4;
        let months = of_year * 2_141 + 197_913;
        let (month, of_month) = (months >> 16, (months & 0xffff) / 2_141);
        let year = u32::try_from(century * 100 + (years >> 32)).ok()? + u32::from(of_year >= 306);
        let (month, of_month) = (u32::try_from(month).ok()?, u32::try_from(of_month).ok()?);
        let known = (FIRST_YEAR..=LAST_YEAR).contains(&year);
        known.then(|| Date::pack(year * 12 + (month - 1) % 12, of_month + 1))
    }

    /// How many days after 1970-01-01 it is.
    #[inline]
    pub fn to_days(self) -> i32 {
        // Years from 1 March on, four centuries later than they are: no number is below zero.
        let month = self.month_index() % 12;
        let of_march = (month + 10) % 12;
        let year = self.month_index() / 12 + 400 - u32::from(month < 2);
        let of_years = year * 365 + year / 4 - year / 100 + year / 400;
        let days = of_years + (of_march * 153 + 2) / 5 + self.day();
        // From four centuries before the last day of February of the year 0 to 1970-01-01.
        i32::try_from(days).unwrap_or(i32::MAX) - 719_469 - 146_097
    }

    /// As chrono's date.
    #[inline]
    pub fn naive(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year(), self.month(), self.day()).unwrap_or_default()
    }

    /// The year.
    #[inline]
    pub fn year(self) -> i32 {
        i32::try_from(self.month_index() / 12).unwrap_or(i32::MAX)
    }

    /// The month, 1 to 12.
    #[inline]
    pub fn month(self) -> u32 {
        self.month_index() % 12 + 1
    }

    /// The day of the month, 1 to 31.
    #[inline]
    pub fn day(self) -> u32 {
        self.0 & 31
    }

    /// Months since year 0: the month itself, as a number that can be counted with.
    #[inline]
    pub fn month_index(self) -> u32 {
        self.0 >> 5
    }

    /// The last day of the month with this index.
    #[inline]
    pub fn month_end(month_index: u32) -> Date {
        Date::pack(month_index, days_in_month(month_index))
    }

    /// The last day of this date's month.
    #[inline]
    pub fn end_of_month(self) -> Date {
        Date::month_end(self.month_index())
    }

    /// This date plus `length`; a date past year 9999 is held at its last day, which is later than
    /// any date that input may state.
    #[inline]
    pub fn plus(self, length: Duration) -> Date {
        match length {
            Duration::Days(days) => self.days_later(i64::from(days)).unwrap_or_else(|| {
                let later = self.naive().checked_add_days(Days::new(u64::from(days)));
                later.and_then(Date::from_naive).unwrap_or(Date::FAR)
            }),
            Duration::Months(months) => {
                let index = self.month_index().saturating_add(months);
                let last = days_in_month(index);
                if index / 12 > 9999 { Date::FAR } else { Date::pack(index, self.day().min(last)) }
            }
        }
    }

    /// This date less `length`: a month earlier keeps the day, or takes the month's last. A date
    /// before the year 0 is held at its first day.
    #[inline]
    pub fn minus(self, length: Duration) -> Date {
        match length {
            Duration::Days(days) => self.days_later(-i64::from(days)).unwrap_or_else(|| {
                let earlier = self.naive().checked_sub_days(Days::new(u64::from(days)));
                earlier.and_then(Date::from_naive).unwrap_or(Date::pack(0, 1))
            }),
            Duration::Months(months) => match self.month_index().checked_sub(months) {
                Some(index) => Date::pack(index, self.day().min(days_in_month(index))),
                None => Date::pack(0, 1),
            },
        }
    }

    /// Adds the date to a text, as `YYYY-MM-DD`.
    #[inline]
    pub fn write(self, out: &mut Vec<u8>) {
        // Each below a hundred.
        let digits = |number: u32| {
            let [number, ..] = number.to_le_bytes();
            [b'0' + number / 10 % 10, b'0' + number % 10]
        };
        let year = self.month_index() / 12;
        let ([y1, y2], [y3, y4]) = (digits(year / 100), digits(year % 100));
        let ([m1, m2], [d1, d2]) = (digits(self.month()), digits(self.day()));
        out.extend_from_slice(&[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2]);
    }

    /// Days from `earlier` to this date; negative if it is later.
    #[inline]
    pub fn days_since(self, earlier: Date) -> i64 {
        i64::from(self.to_days()) - i64::from(earlier.to_days())
    }

    /// The day after.
    #[inline]
    pub fn next(self) -> Date {
        let index = self.month_index();
        if self.day() < 28 || self.day() < days_in_month(index) {
            Date(self.0 + 1)
        } else if self < Date::FAR {
            Date::pack(index + 1, 1)
        } else {
            Date::FAR
        }
    }

    /// So many days before (after, if negative); the date itself where there is no such date.
    #[inline]
    pub fn minus_days(self, days: i64) -> Date {
        let known = days.checked_neg().and_then(|days| self.days_later(days));
        known.unwrap_or_else(|| {
            let earlier = chrono::TimeDelta::try_days(days)
                .and_then(|days| self.naive().checked_sub_signed(days))
                .and_then(Date::from_naive);
            earlier.unwrap_or(self)
        })
    }

    /// The day before.
    #[inline]
    pub fn pred(self) -> Date {
        self.minus_days(1)
    }

    /// So many days later (before, if negative), where that is a date that input may state: nearly always.
    #[inline]
    fn days_later(self, days: i64) -> Option<Date> {
        let day = i64::from(self.day()).checked_add(days)?;
        if (1..=28).contains(&day) && (Date::MIN..=Date::MAX).contains(&self) {
            return Some(Date::pack(self.month_index(), u32::try_from(day).ok()?));
        }
        let day = i64::from(self.to_days()).checked_add(days)?;
        Date::from_days(i32::try_from(day).ok()?)
    }

    /// How long after `earlier` this date is, in whole months and the days beyond them, counted as
    /// [`Date::plus`] counts. Zero and zero if it is not after.
    pub fn months_and_days_since(self, earlier: Date) -> (u32, u32) {
        if self <= earlier {
            return (0, 0);
        }
        let whole = self.month_index() - earlier.month_index();
        let months = (0..=whole)
            .rev()
            .find(|months| earlier.plus(Duration::Months(*months)) <= self)
            .unwrap_or(0);
        let days = self.days_since(earlier.plus(Duration::Months(months)));
        (months, u32::try_from(days).unwrap_or(0))
    }
}

/// The earliest date.
impl Default for Date {
    fn default() -> Self {
        Date::MIN
    }
}

#[inline]
fn days_in_month(month_index: u32) -> u32 {
    match month_index % 12 {
        1 if is_leap(month_index / 12) => 29,
        1 => 28,
        3 | 5 | 8 | 10 => 30,
        _ => 31,
    }
}

#[inline]
fn is_leap(year: u32) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl serde::Serialize for Date {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Date {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Date::parse(&text).ok_or_else(|| {
            serde::de::Error::custom(format!(
                "`{}` is no date: it is written YYYY-MM-DD, from 1900-01-01 to 2199-12-31",
                text.escape_debug()
            ))
        })
    }
}

/// A length of time as a schedule states it: a whole number of days or of months. Weeks are seven
/// days and years twelve months.
#[derive(serde::Serialize, serde::Deserialize, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Duration {
    /// Days.
    Days(u32),
    /// Months.
    Months(u32),
}

impl Duration {
    /// Whether `self` ends no later than `other` whatever the day on which both begin; `None`
    /// where that depends on the day (one month against thirty days).
    pub fn no_longer_than(self, other: Duration) -> Option<bool> {
        // A month has 28 to 31 days; n months have at least 28 n and at most 31 n.
        match (self, other) {
            (Duration::Days(a), Duration::Days(b)) | (Duration::Months(a), Duration::Months(b)) => {
                Some(a <= b)
            }
            (Duration::Days(days), Duration::Months(months)) => {
                if days <= months.saturating_mul(28) {
                    Some(true)
                } else if days > months.saturating_mul(31) {
                    Some(false)
                } else {
                    None
                }
            }
            (Duration::Months(months), Duration::Days(days)) => {
                if months.saturating_mul(31) <= days {
                    Some(true)
                } else if months.saturating_mul(28) > days {
                    Some(false)
                } else {
                    None
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn every_text_of_ten_digits_and_hyphens_is_the_date_that_chrono_reads() {
        for year in [1899, 1900, 1999, 2000, 2023, 2024, 2100, 2199, 2200] {
            for (month, day) in (0..100).flat_map(|month| (0..100).map(move |day| (month, day))) {
                let text = format!("{year:04}-{month:02}-{day:02}");
                let naive = NaiveDate::from_ymd_opt(year, month, day);
                let known = naive.filter(|naive| (1900..=2199).contains(&naive.year()));
                assert_eq!(Date::parse(&text), known.and_then(Date::from_naive), "{text}");
            }
        }
        let sound = *b"2024-02-29";
        for place in 0..10 {
            for byte in (0..=255_u8).filter(|byte| !byte.is_ascii_digit() && *byte != b'-') {
                let mut text = sound;
                text[place] = byte;
                assert_eq!(Date::parse_bytes(&text), None, "{text:?}");
            }
        }
    }

    #[test]
    fn only_ten_exact_bytes_are_a_date() {
        for bad in [
            "24-01-01",
            "2024-2-3",
            " 2024-01-01",
            "+2024-01-01",
            "0000-01-01",
            "1899-12-31",
            "2200-01-01",
            "2023-02-29",
            "2024-13-01",
            "2024-00-10",
            "2024-01-01T00:00",
            "",
        ] {
            assert_eq!(Date::parse(bad), None, "{bad}");
        }
        assert_eq!(date("1900-01-01"), Date::MIN);
        assert_eq!(date("2199-12-31"), Date::MAX);
        assert_eq!(date("2024-02-29").to_string(), "2024-02-29");
    }

    #[test]
    fn months_keep_the_day_or_take_the_last() {
        let table = [
            ("2025-01-31", 1, "2025-02-28"),
            ("2024-01-31", 1, "2024-02-29"),
            ("2025-01-31", 2, "2025-03-31"),
            ("2025-01-31", 13, "2026-02-28"),
            ("2025-11-30", 3, "2026-02-28"),
            ("2025-01-15", 0, "2025-01-15"),
        ];
        for (start, months, end) in table {
            assert_eq!(date(start).plus(Duration::Months(months)), date(end));
        }
    }

    #[test]
    fn agrees_with_chrono_on_every_start_of_four_years() {
        let mut day = date("2023-01-01");
        while day < date("2027-01-01") {
            for months in [0, 1, 2, 6, 11, 12, 13, 25] {
                let theirs = day.naive().checked_add_months(chrono::Months::new(months)).unwrap();
                assert_eq!(day.plus(Duration::Months(months)).naive(), theirs);
            }
            assert_eq!(day.end_of_month().plus(Duration::Days(1)).day(), 1);
            day = day.plus(Duration::Days(1));
        }
    }

    #[test]
    fn far_dates_are_held_and_never_panic() {
        let far = date("2199-12-31").plus(Duration::Months(u32::MAX));
        assert!(far > Date::MAX);
        assert!(date("2199-12-31").plus(Duration::Days(u32::MAX)) > Date::MAX);
        let bounds = [Date::MIN, Date::MAX, Date::FAR].map(|date| date.to_string());
        assert_eq!(bounds, ["1900-01-01", "2199-12-31", "9999-12-31"]);
        // What lies before the last day that is computed is computed.
        let last_year = date("2199-01-15").plus(Duration::Months(7_800 * 12));
        assert_eq!(last_year.to_string(), "9999-01-15");
        assert_eq!(date("2199-01-15").plus(Duration::Months(7_801 * 12)), Date::FAR);
    }

    #[test]
    fn a_century_is_a_leap_year_every_fourth_time() {
        for (year, leap) in
            [(1900, false), (2000, true), (2024, true), (2025, false), (2100, false)]
        {
            assert_eq!(Date::new(year, 2, 29).is_some(), leap, "{year}");
        }
    }

    #[test]
    fn days_follow_one_another_and_are_written_as_they_are_shown() {
        let mut day = date("2023-12-30");
        let mut naive = day.naive();
        while day <= date("2025-03-02") {
            let mut written = Vec::new();
            day.write(&mut written);
            assert_eq!(written, naive.to_string().as_bytes());
            assert_eq!(format!("{day:?} {day}"), format!("{naive} {naive}"));
            (day, naive) = (day.next(), naive.succ_opt().unwrap());
        }
        for text in ["1987-06-05", "2199-12-31"] {
            let mut written = Vec::new();
            date(text).write(&mut written);
            assert_eq!(written, text.as_bytes());
        }
        assert_eq!(date("2199-12-31").next().to_string(), "2200-01-01");
        assert_eq!(Date::FAR.next(), Date::FAR);
    }

    #[test]
    fn every_day_has_its_number_and_a_day_before() {
        let mut day = Date::MIN;
        for number in -25_567..=84_005 {
            assert_eq!((Date::from_days(number), day.to_days()), (Some(day), number));
            assert_eq!(Date::from_naive(day.naive()), Some(day));
            let next = day.next();
            assert_eq!((next.pred(), next.minus_days(1), day.minus_days(-1)), (day, day, next));
            day = next;
        }
        assert_eq!(day.pred(), Date::MAX);
        // What is computed beyond them is counted alike, too.
        for index in (0..10_000 * 12).step_by(7) {
            for day in [1, 28] {
                let day = Date::pack(index, day);
                let since = day.naive().signed_duration_since(NaiveDate::default()).num_days();
                assert_eq!(i64::from(day.to_days()), since, "{day}");
            }
        }
        assert_eq!(Date::MAX.minus_days(109_572), Date::MIN);
        assert_eq!(Date::MAX.minus_days(i64::MIN), Date::MAX);
        for number in [i32::MIN, -719_469, -719_468, -25_568, 84_006, 400_000, 10_000_000, i32::MAX]
        {
            assert_eq!(Date::from_days(number), None, "{number}");
        }
    }

    #[test]
    fn lengths_are_compared_where_that_can_be_done() {
        use Duration::{Days, Months};
        for (one, other, no_longer) in [
            (Days(3), Days(3), Some(true)),
            (Months(4), Months(3), Some(false)),
            (Days(28), Months(1), Some(true)),
            (Days(29), Months(1), None),
            (Days(31), Months(1), None),
            (Days(32), Months(1), Some(false)),
            (Months(1), Days(31), Some(true)),
            (Months(1), Days(30), None),
            (Months(1), Days(28), None),
            (Months(1), Days(27), Some(false)),
        ] {
            assert_eq!(one.no_longer_than(other), no_longer, "{one:?} {other:?}");
        }
    }

    #[test]
    fn elapsed_time_in_months_and_days() {
        assert_eq!(date("2025-06-06").months_and_days_since(date("2025-02-03")), (4, 3));
        assert_eq!(date("2025-02-28").months_and_days_since(date("2025-01-31")), (1, 0));
        assert_eq!(date("2025-01-31").months_and_days_since(date("2025-01-31")), (0, 0));
        assert_eq!(date("2025-02-27").months_and_days_since(date("2025-01-31")), (0, 27));
        assert_eq!(Date::FAR.months_and_days_since(Date::MAX), (7_800 * 12, 0));
    }
}
