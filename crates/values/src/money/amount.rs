//! Currencies and rounded amounts of them.

use super::digits::{DigitsError, push_scaled, read_digits, write_scaled};
use rust_decimal::Decimal;
use std::fmt;

/// A currency of ISO 4217 that has a minor unit (or none, as the yen), not a metal or a test code.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Currency(iso_currency::Currency);

impl Currency {
    /// The euro.
    pub const EURO: Currency = Currency(iso_currency::Currency::EUR);

    /// The code that is meant by one, whatever its case, or by a sign that means one currency only (`€`, `£`); whether there is
    /// such a currency or not.
    pub fn code_of(code_or_sign: &str) -> String {
        match code_or_sign {
            "€" => "EUR".to_owned(),
            "£" => "GBP".to_owned(),
            code => code.to_ascii_uppercase(),
        }
    }

    /// From an ISO 4217 code or a sign, as [`Currency::code_of`] reads it.
    pub fn find(code_or_sign: &str) -> Option<Currency> {
        iso_currency::Currency::from_code(&Currency::code_of(code_or_sign))
            .filter(|currency| currency.exponent().is_some())
            .map(Currency)
    }

    /// The ISO 4217 code.
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// How many decimals an amount has: 2 for EUR, 0 for JPY, 3 for TND.
    #[inline]
    pub fn decimals(self) -> u32 {
        self.0.exponent().map_or(0, u32::from)
    }

    /// Reads an amount as written, in this currency.
    pub fn read(self, digits: &str) -> Result<Money, DigitsError> {
        let amount = Money(read_digits(digits, self.decimals())?);
        if amount.0 > Money::LARGEST.0 { Err(DigitsError::TooLarge) } else { Ok(amount) }
    }

    /// Reads an amount that has been [shown](Currency::show): exactly the currency's decimals, and
    /// a minus below zero.
    pub fn read_signed(self, digits: &str) -> Option<Money> {
        let (negative, unsigned) = match digits.strip_prefix('-') {
            Some(unsigned) => (true, unsigned),
            None => (false, digits),
        };
        let amount = read_digits(unsigned, self.decimals()).ok()?;
        let amount = Money(if negative { -amount } else { amount });
        (self.show(amount).to_string() == digits).then_some(amount)
    }

    /// The amount with exactly this currency's decimals, without the code.
    #[inline]
    pub fn show(self, amount: Money) -> ShownMoney {
        ShownMoney { amount, decimals: self.decimals() }
    }
}

impl serde::Serialize for Currency {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> serde::Deserialize<'de> for Currency {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Currency::find(&code).ok_or_else(|| serde::de::Error::custom("no such currency"))
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A rounded amount, in minor units of a currency that the schedule states.
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
pub struct Money(pub i64);

impl Money {
    /// No money.
    pub const ZERO: Money = Money(0);
    /// The largest amount that a schedule may state: 10¹⁵ minor units.
    pub const LARGEST: Money = Money(1_000_000_000_000_000);

    /// The sum, if it fits.
    #[inline]
    pub fn plus(self, other: Money) -> Option<Money> {
        self.0.checked_add(other.0).map(Money)
    }

    /// The difference, if it fits.
    #[inline]
    pub fn minus(self, other: Money) -> Option<Money> {
        self.0.checked_sub(other.0).map(Money)
    }

    /// The amount as a decimal number of the currency's major unit.
    pub fn to_decimal(self, currency: Currency) -> Decimal {
        Decimal::new(self.0, currency.decimals())
    }
}

/// An amount about to be printed: digits, a point, exactly the currency's decimals.
#[derive(Clone, Copy, Debug)]
pub struct ShownMoney {
    amount: Money,
    decimals: u32,
}

impl ShownMoney {
    /// Adds the digits to a text.
    #[inline]
    pub fn write(self, out: &mut Vec<u8>) {
        push_scaled(out, self.amount.0, self.decimals, self.decimals as usize);
    }
}

impl fmt::Display for ShownMoney {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_scaled(f, self.amount.0, self.decimals, self.decimals as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_printed_with_the_currencys_decimals() {
        let show = |code: &str, minor| Currency::find(code).unwrap().show(Money(minor)).to_string();
        assert_eq!(show("EUR", 37_500), "375.00");
        assert_eq!(show("eur", -5), "-0.05");
        assert_eq!(show("JPY", 1500), "1500");
        assert_eq!(show("TND", 1), "0.001");
        assert_eq!(show("€", i64::MIN), "-92233720368547758.08");
        assert_eq!(format!("{:?} {}", Currency::EURO, Currency::EURO.code()), "EUR EUR");
        assert!(Currency::find("XAU").is_none());
        assert!(Currency::find("ABC").is_none());
    }

    #[test]
    fn amounts_are_read_up_to_the_largest() {
        let euro = Currency::EURO;
        assert_eq!(euro.read("1800.5"), Ok(Money(180_050)));
        let largest = Money::LARGEST.to_decimal(euro).to_string();
        assert_eq!(euro.read(&largest), Ok(Money::LARGEST));
        let more = Money(Money::LARGEST.0 + 1).to_decimal(euro).to_string();
        assert_eq!(euro.read(&more), Err(DigitsError::TooLarge));
        assert_eq!(Money(-5).to_decimal(euro), Decimal::new(-5, 2));
    }
}
