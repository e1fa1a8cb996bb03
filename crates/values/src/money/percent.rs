//! Percentages.

use super::digits::{DigitsError, read_digits, write_scaled};
use std::fmt;

/// A percentage, in 10⁻⁹ of a percent.
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
pub struct Percent(pub i64);

impl Percent {
    /// 100 %.
    pub const WHOLE: Percent = Percent(100 * Percent::ONE);
    /// How many decimals a percentage may have.
    pub const DECIMALS: u32 = 9;
    /// One percent.
    pub const ONE: i64 = 1_000_000_000;

    /// Reads a percentage as written, without the sign.
    pub fn read(digits: &str) -> Result<Percent, DigitsError> {
        read_digits(digits, Self::DECIMALS).map(Percent)
    }

    /// The sum, if it fits.
    #[inline]
    pub fn plus(self, other: Percent) -> Option<Percent> {
        self.0.checked_add(other.0).map(Percent)
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_scaled(f, self.0, Self::DECIMALS, 0)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Exact, Money};
    use super::*;

    #[test]
    fn percentages_keep_nine_decimals() {
        assert_eq!(Percent::read("33.333333333").unwrap().to_string(), "33.333333333");
        assert_eq!(Percent::read("100"), Ok(Percent::WHOLE));
        let price = Exact::from_money(Money(10_000));
        assert_eq!(
            price.percent(Percent::read("33.33").unwrap()).unwrap().round(),
            Some(Money(3333))
        );
    }
}
