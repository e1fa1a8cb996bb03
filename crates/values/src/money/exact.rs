//! Exact amounts: fractions of a minor unit, and the one rounding.

use super::amount::{Currency, Money};
use super::digits::write_scaled;
use super::percent::Percent;
use std::fmt;

/// An exact amount in minor units: a fraction, its denominator above zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exact {
    numerator: i128,
    denominator: i128,
}

impl Exact {
    /// A rounded amount, exactly.
    #[inline]
    pub fn from_money(amount: Money) -> Exact {
        Exact { numerator: i128::from(amount.0), denominator: 1 }
    }

    /// The fraction `numerator / denominator`, in minor units; `None` unless the denominator is
    /// above zero.
    #[inline]
    pub fn new(numerator: i128, denominator: i128) -> Option<Exact> {
        (denominator > 0).then_some(Exact { numerator, denominator })
    }

    /// This amount times a fraction; `None` if it does not fit or the denominator is not above
    /// zero.
    #[inline]
    pub fn times(self, numerator: i128, denominator: i128) -> Option<Exact> {
        Exact::new(product(self.numerator, numerator)?, product(self.denominator, denominator)?)
    }

    /// The sum, if it fits.
    #[inline]
    pub fn plus(self, other: Exact) -> Option<Exact> {
        if self.denominator == other.denominator {
            return Exact::new(self.numerator.checked_add(other.numerator)?, self.denominator);
        }
        let numerator = product(self.numerator, other.denominator)?
            .checked_add(product(other.numerator, self.denominator)?)?;
        Exact::new(numerator, product(self.denominator, other.denominator)?)
    }

    /// This amount times a percentage.
    #[inline]
    pub fn percent(self, share: Percent) -> Option<Exact> {
        self.times(i128::from(share.0), i128::from(Percent::WHOLE.0))
    }

    /// A percentage of this amount, rounded.
    #[inline]
    pub fn share(self, share: Percent) -> Option<Money> {
        self.percent(share)?.round()
    }

    /// Whether it is a whole number of minor units, so that nothing is rounded.
    #[inline]
    pub fn is_whole(self) -> bool {
        self.numerator % self.denominator == 0
    }

    /// The nearest minor unit, halves away from zero. This is the one rounding of the crate.
    #[inline]
    pub fn round(self) -> Option<Money> {
        // Most fractions fit 64 bits, which are divided several times faster.
        let narrow = (i64::try_from(self.numerator), i64::try_from(self.denominator));
        let (quotient, rest) = match narrow {
            (Ok(numerator), Ok(denominator)) => {
                (i128::from(numerator / denominator), i128::from(numerator % denominator))
            }
            (Err(_), _) | (_, Err(_)) => {
                (self.numerator / self.denominator, self.numerator % self.denominator)
            }
        };
        let half = rest.unsigned_abs() >= self.denominator.unsigned_abs() - rest.unsigned_abs();
        let away = if half { self.numerator.signum() } else { 0 };
        i64::try_from(quotient + away).ok().map(Money)
    }

    /// The whole part in minor units and the rest, for showing the arithmetic: a decimal string of
    /// the major unit with two decimals more than the currency has, cut (not rounded), and whether
    /// digits were cut.
    pub fn show_cut(self, currency: Currency) -> (String, bool) {
        let more = 100;
        let scaled = self.numerator.saturating_mul(more);
        let (value, rest) = (scaled / self.denominator, scaled % self.denominator);
        let decimals = currency.decimals();
        let shown = match i64::try_from(value) {
            Ok(value) => {
                Scaled { value, scale: decimals + 2, least: decimals as usize }.to_string()
            }
            Err(_) => value.to_string(),
        };
        (shown, rest != 0)
    }
}

/// The product, if it fits; two factors of 64 bits always do.
#[inline]
fn product(a: i128, b: i128) -> Option<i128> {
    match (i64::try_from(a), i64::try_from(b)) {
        (Ok(a), Ok(b)) => Some(i128::from(a) * i128::from(b)),
        (Err(_), _) | (_, Err(_)) => a.checked_mul(b),
    }
}

struct Scaled {
    value: i64,
    scale: u32,
    least: usize,
}

impl fmt::Display for Scaled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_scaled(f, self.value, self.scale, self.least)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_round_away_from_zero() {
        let table = [
            (1, 2, 1),
            (-1, 2, -1),
            (3, 2, 2),
            (-3, 2, -2),
            (1, 3, 0),
            (2, 3, 1),
            (-2, 3, -1),
            (149, 100, 1),
            (5, 1, 5),
        ];
        for (numerator, denominator, rounded) in table {
            // Whether or not the parts of the fraction fit 64 bits.
            for more in [1, 1 << 100] {
                let exact = Exact::new(numerator * more, denominator * more).unwrap();
                assert_eq!(exact.round(), Some(Money(rounded)), "{numerator}/{denominator}");
            }
        }
        assert_eq!(Exact::new(i128::MAX, 1).unwrap().round(), None);
        assert_eq!(Exact::new(1, 0), None);
    }

    #[test]
    fn exact_amounts_are_cut_for_show() {
        let euro = Currency::EURO;
        let third = Exact::from_money(Money(10_000)).times(1, 3).unwrap();
        assert_eq!(third.show_cut(euro), ("33.3333".to_owned(), true));
        let half = Exact::from_money(Money(1_001)).times(1, 2).unwrap();
        assert_eq!(half.show_cut(euro), ("5.005".to_owned(), false));
        let whole = Exact::from_money(Money(1_000));
        assert_eq!(whole.show_cut(euro), ("10.00".to_owned(), false));
        // Two decimals more than the currency has, whatever it has.
        let third = Exact::new(100, 3).unwrap();
        for (code, shown) in [("JPY", "33.33"), ("TND", "0.03333")] {
            let currency = Currency::find(code).unwrap();
            assert_eq!(third.show_cut(currency), (shown.to_owned(), true));
        }
    }
}
