//! Exact numbers: fractions, one rounding, one printer.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

/// An exact number.
pub type Exact = BigRational;

/// A whole number.
#[must_use]
pub fn whole(n: i64) -> Exact {
    Exact::from_integer(BigInt::from(n))
}

/// `numerator / denominator`; the denominator is not zero.
#[must_use]
pub fn fraction(numerator: i64, denominator: i64) -> Exact {
    Exact::new(BigInt::from(numerator), BigInt::from(denominator))
}

/// `mantissa` with that many decimals: `scaled(1234, 2)` is 12.34.
#[must_use]
pub fn scaled(mantissa: i64, decimals: u32) -> Exact {
    Exact::new(BigInt::from(mantissa), power_of_ten(decimals))
}

/// Reads a plain decimal such as `-12.34`.
#[must_use]
pub fn decimal(text: &str) -> Option<Exact> {
    let (digits, decimals) = match text.split_once('.') {
        Some((head, tail)) => (format!("{head}{tail}"), u32::try_from(tail.len()).ok()?),
        None => (text.to_owned(), 0),
    };
    Some(Exact::new(digits.parse().ok()?, power_of_ten(decimals)))
}

/// `p` hundredths.
#[must_use]
pub fn percent(p: &Exact) -> Exact {
    p / whole(100)
}

/// Rounds once to that many decimals, half away from zero (§6).
#[must_use]
pub fn round(x: &Exact, decimals: u32) -> Exact {
    let unit = Exact::from_integer(power_of_ten(decimals));
    let nearest = (x.abs() * &unit + fraction(1, 2)).floor() / unit;
    if x.is_negative() { -nearest } else { nearest }
}

/// Whether the number can be written with at most that many decimals.
#[must_use]
pub fn fits(x: &Exact, decimals: u32) -> bool {
    (x * Exact::from_integer(power_of_ten(decimals))).is_integer()
}

/// Prints with exactly that many decimals, rounding if it must.
#[must_use]
pub fn print(x: &Exact, decimals: u32) -> String {
    let places = decimals as usize;
    let units = (round(x, decimals) * Exact::from_integer(power_of_ten(decimals))).to_integer();
    let digits = format!("{:0>width$}", units.abs().to_string(), width = places + 1);
    let (head, tail) = digits.split_at(digits.len() - places);
    let sign = if units.is_negative() { "-" } else { "" };
    let point = if places == 0 { "" } else { "." };
    format!("{sign}{head}{point}{tail}")
}

/// Prints with as few decimals as it needs, four at most.
#[must_use]
pub fn print_short(x: &Exact) -> String {
    let rounded = round(x, 4);
    let needed = (0..4).find(|&d| fits(&rounded, d)).unwrap_or(4);
    print(&rounded, needed)
}

fn power_of_ten(n: u32) -> BigInt {
    (0..n).fold(BigInt::one(), |product, _| product * 10)
}

/// Nothing.
#[must_use]
pub fn zero() -> Exact {
    Exact::zero()
}
