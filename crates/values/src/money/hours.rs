//! Numbers of hours, and what they come to at a rate.

use super::amount::Money;
use super::digits::{DigitsError, push_scaled, read_digits, write_scaled};
use super::exact::Exact;
use rust_decimal::Decimal;
use std::fmt;

/// A number of hours, in 1/30,000 of an hour: 0.12 seconds.
#[derive(
    serde::Serialize,
    serde::Deserialize,
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
)]
pub struct Hours(pub i64);

impl Hours {
    /// No hours.
    pub const ZERO: Hours = Hours(0);
    /// One hour.
    pub const ONE: Hours = Hours(30_000);
    /// One minute.
    pub const MINUTE: Hours = Hours(500);
    /// The most that one event, bound or condition may state.
    pub const LARGEST: Hours = Hours(100_000 * Hours::ONE.0);
    /// How many decimals a number of hours may have.
    pub const DECIMALS: u32 = 4;

    /// Reads a number of hours as written: at most four decimals, 0 to 100,000.
    pub fn read(digits: &str) -> Result<Hours, DigitsError> {
        let ten_thousandths = read_digits(digits, Self::DECIMALS)?;
        ten_thousandths
            .checked_mul(3)
            .map(Hours)
            .filter(|hours| *hours <= Hours::LARGEST)
            .ok_or(DigitsError::TooLarge)
    }

    /// A whole number of minutes, up to 100,000 hours.
    #[inline]
    pub fn from_minutes(minutes: u64) -> Option<Hours> {
        let units = i64::try_from(minutes).ok()?.checked_mul(Hours::MINUTE.0)?;
        Some(Hours(units)).filter(|hours| *hours <= Hours::LARGEST)
    }

    /// From a decimal number of hours: at most four decimals, 0 to 100,000.
    pub fn from_decimal(hours: Decimal) -> Option<Hours> {
        Hours::read(&hours.normalize().to_string()).ok()
    }

    /// The sum, if it fits.
    #[inline]
    pub fn plus(self, other: Hours) -> Option<Hours> {
        self.0.checked_add(other.0).map(Hours)
    }

    /// This many hours at a rate, exactly.
    #[inline]
    pub fn at_rate(self, rate: Money) -> Option<Exact> {
        Exact::from_money(rate).times(i128::from(self.0), i128::from(Hours::ONE.0))
    }

    /// What this many hours come to at a rate, rounded.
    #[inline]
    pub fn priced(self, rate: Money) -> Option<Money> {
        let half = Hours::ONE.0 / 2;
        // As `Exact::round` does, within 64 bits and for what is not below zero: nearly always.
        match self.0.checked_mul(rate.0) {
            Some(product) if (0..=i64::MAX - half).contains(&product) => {
                Some(Money((product + half) / Hours::ONE.0))
            }
            Some(_) | None => self.at_rate(rate)?.round(),
        }
    }

    /// Whether four decimals state this number of hours exactly.
    #[inline]
    pub fn is_decimal(self) -> bool {
        self.0 % 3 == 0
    }

    /// Whole minutes, if it is a whole number of minutes.
    #[inline]
    pub fn minutes(self) -> Option<i64> {
        (self.0 % Hours::MINUTE.0 == 0).then_some(self.0 / Hours::MINUTE.0)
    }
}

/// Hours as the nearest whole percentage of planned ones, half up.
#[inline]
pub fn whole_attendance(hours: Hours, planned: Hours) -> i128 {
    let (hours, planned) = (i128::from(hours.0), i128::from(planned.0).max(1));
    (200 * hours + planned).div_euclid(2 * planned)
}

/// As a decimal number of hours; a number of minutes that has no end as a decimal is shown to four
/// decimals (1h20 as 1.3333), which is for reading: amounts are computed from the exact number.
impl fmt::Display for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_scaled(f, self.nearest(), Self::DECIMALS, 0)
    }
}

impl Hours {
    /// Adds the digits to a text, as they are displayed.
    #[inline]
    pub fn write(self, out: &mut Vec<u8>) {
        push_scaled(out, self.nearest(), Self::DECIMALS, 0);
    }

    /// The nearest number of 1/10,000 of an hour, as which it is displayed.
    #[inline]
    pub fn nearest(self) -> i64 {
        (self.0.saturating_mul(2).saturating_add(3 * self.0.signum())) / 6
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_priced_as_exactly_as_they_can_be() {
        // An hour is 30,000 units: the half of a cent, just below it, below zero, and too much.
        for (hours, rate, priced) in [
            (45_000, 7_000, Some(10_500)),
            (1, 15_000, Some(1)),
            (1, 14_999, Some(0)),
            (1, -15_000, Some(-1)),
            (-3, 5_000, Some(-1)),
            (0, 7_000, Some(0)),
            (1, i64::MAX, Some(307_445_734_561_826)),
            (30_000, i64::MAX, Some(i64::MAX)),
            (30_001, i64::MAX, None),
        ] {
            let (hours, rate) = (Hours(hours), Money(rate));
            assert_eq!(hours.priced(rate), priced.map(Money), "{hours:?} {rate:?}");
            assert_eq!(hours.at_rate(rate).unwrap().round(), priced.map(Money));
        }
    }

    #[test]
    fn hours_hold_decimals_and_minutes_exactly() {
        assert_eq!(Hours::read("1.5"), Ok(Hours(45_000)));
        assert_eq!(Hours::from_minutes(90), Some(Hours(45_000)));
        assert_eq!(Hours::from_minutes(80), Some(Hours(40_000)));
        assert_eq!(Hours(40_000).to_string(), "1.3333");
        assert_eq!(Hours(50_000).to_string(), "1.6667");
        assert_eq!(Hours(45_000).to_string(), "1.5");
        assert_eq!(Hours::read("100000"), Ok(Hours::LARGEST));
        assert_eq!(Hours::read("100000.0001"), Err(DigitsError::TooLarge));
        assert_eq!(Hours::read("1.00000"), Err(DigitsError::TooManyDecimals));
        assert_eq!(Hours::from_minutes(u64::MAX), None);
    }

    #[test]
    fn hours_are_shown_written_and_told_apart() {
        for (units, shown, decimal, minutes) in [
            (45_000, "1.5", true, Some(90)),
            (40_000, "1.3333", false, Some(80)),
            (50_000, "1.6667", false, Some(100)),
            (3, "0.0001", true, None),
            (0, "0", true, Some(0)),
        ] {
            let (hours, mut written) = (Hours(units), Vec::new());
            hours.write(&mut written);
            assert_eq!((hours.to_string().as_str(), written.as_slice()), (shown, shown.as_bytes()));
            assert_eq!((hours.is_decimal(), hours.minutes()), (decimal, minutes), "{shown}");
        }
        assert_eq!(Hours::from_decimal(Decimal::new(15, 1)), Some(Hours(45_000)));
        assert_eq!(Hours::from_decimal(Decimal::new(1, 5)), None);
        assert_eq!(Hours::from_decimal(Decimal::new(-1, 0)), None);
    }
}
