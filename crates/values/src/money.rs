//! Exact quantities: currencies, money, hours, percentages, and the one rounding.
//!
//! What a schedule or an event states comes in as digits and is held as whole numbers of a small
//! unit: money in the currency's minor unit, hours in 1/30,000 of an hour (which holds both four
//! decimals and whole minutes), percentages in 10⁻⁹ of a percent. What is computed from them is an
//! [`Exact`] fraction until [`Exact::round`] makes it [`Money`]: the only rounding of the crate,
//! half away from zero. Nothing here is binary floating point, and what does not fit is `None`.

use rust_decimal::Decimal;
use std::fmt;

/// Digits as written: `1800`, `1800.00`. A sign, a group mark, an exponent or a bare point are
/// not digits.
///
/// Returns the value times 10^`scale`.
pub fn read_digits(text: &str, scale: u32) -> Result<i64, DigitsError> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let point = text.len() != whole.len();
    if !all_digits(whole) || (point && !all_digits(decimals)) {
        return Err(DigitsError::NotDigits);
    }
    if whole.len() > 1 && whole.starts_with('0') {
        return Err(DigitsError::NotDigits);
    }
    let scale = scale as usize;
    if decimals.len() > scale {
        return Err(DigitsError::TooManyDecimals);
    }
    let padding = std::iter::repeat_n(b'0', scale - decimals.len());
    whole
        .bytes()
        .chain(decimals.bytes())
        .chain(padding)
        .try_fold(0_i64, |sum, digit| sum.checked_mul(10)?.checked_add(i64::from(digit - b'0')))
        .ok_or(DigitsError::TooLarge)
}

/// Why digits could not be read as a quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DigitsError {
    /// Something else than digits with an optional decimal part.
    NotDigits,
    /// More decimals than the quantity has.
    TooManyDecimals,
    /// More than the quantity can hold.
    TooLarge,
}

/// A whole number of `1 / 10^scale`, with at least `least` and at most `scale` decimals.
pub fn push_scaled(out: &mut Vec<u8>, value: i64, scale: u32, least: usize) {
    let (mut left, mut decimals) = (value.unsigned_abs(), scale as usize);
    while decimals > least && left % 10 == 0 {
        left /= 10;
        decimals -= 1;
    }
    // From the last character to the first.
    let mut text = [0; LONGEST_NUMBER];
    let mut places = text.iter_mut().rev();
    let mut put = |character: u8| {
        if let Some(place) = places.next() {
            *place = character;
        }
    };
    let mut digit = || {
        let digit = b'0' + u8::try_from(left % 10).unwrap_or(0);
        left /= 10;
        (digit, left > 0)
    };
    if decimals > 0 {
        (0..decimals).for_each(|_| put(digit().0));
        put(b'.');
    }
    loop {
        let (digit, more) = digit();
        put(digit);
        if !more {
            break;
        }
    }
    if value < 0 {
        put(b'-');
    }
    let unused = places.len();
    out.extend_from_slice(text.get(unused..).unwrap_or_default());
}

/// A sign, a point, and more digits than a number and its decimals have.
const LONGEST_NUMBER: usize = 48;

/// A rate of millionths, with at least so many decimals.
#[inline]
pub fn push_rate(out: &mut Vec<u8>, millionths: i64, least: usize) {
    push_scaled(out, millionths, 6, least);
}

/// The digits of a number, zeros before them up to a width.
pub fn push_digits(out: &mut Vec<u8>, number: u64, width: usize) {
    let (mut left, mut count, mut digits) = (number, 0, [b'0'; 20]);
    for digit in digits.iter_mut().rev() {
        if left == 0 && count >= width {
            break;
        }
        *digit = b'0' + u8::try_from(left % 10).unwrap_or(0);
        left /= 10;
        count += 1;
    }
    out.extend_from_slice(digits.get(digits.len() - count..).unwrap_or_default());
}

fn write_scaled(f: &mut fmt::Formatter<'_>, value: i64, scale: u32, least: usize) -> fmt::Result {
    let mut digits = Vec::with_capacity(24);
    push_scaled(&mut digits, value, scale, least);
    f.write_str(std::str::from_utf8(&digits).unwrap_or_default())
}

/// A currency of ISO 4217 that has a minor unit (or none, as the yen), not a metal or a test code.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Currency(iso_currency::Currency);

impl Currency {
    /// The euro.
    pub const EURO: Currency = Currency(iso_currency::Currency::EUR);

    /// From an ISO 4217 code, whatever its case, or a sign that means one currency only (`€`, `£`).
    pub fn find(code_or_sign: &str) -> Option<Currency> {
        let code = match code_or_sign {
            "€" => "EUR".to_owned(),
            "£" => "GBP".to_owned(),
            code => code.to_ascii_uppercase(),
        };
        iso_currency::Currency::from_code(&code)
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

/// As a decimal number of hours; a number of minutes that has no end as a decimal is shown to four
/// decimals (1h20 as 1.3333), which is for reading: amounts are computed from the exact number.
/// Hours as the nearest whole percentage of planned ones, half up.
#[inline]
pub fn whole_attendance(hours: Hours, planned: Hours) -> i128 {
    let (hours, planned) = (i128::from(hours.0), i128::from(planned.0).max(1));
    (200 * hours + planned).div_euclid(2 * planned)
}

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
    fn digits_are_read_exactly_or_refused() {
        assert_eq!(read_digits("1800.5", 2), Ok(180_050));
        assert_eq!(read_digits("0", 2), Ok(0));
        assert_eq!(read_digits("0.07", 2), Ok(7));
        for bad in ["", ".5", "5.", "+1", "-1", "1e5", "1_000", "007", "1,5", "٣", " 1", "1.2.3"] {
            assert_eq!(read_digits(bad, 4), Err(DigitsError::NotDigits), "{bad}");
        }
        assert_eq!(read_digits("1.500", 2), Err(DigitsError::TooManyDecimals));
        assert_eq!(read_digits(&"9".repeat(30), 2), Err(DigitsError::TooLarge));
        assert_eq!(read_digits(&"9".repeat(1_000_000), 2), Err(DigitsError::TooLarge));
    }

    #[test]
    fn numbers_are_written_with_as_many_decimals_as_are_wanted() {
        let written = |value, scale, least| {
            let mut out = b"is ".to_vec();
            push_scaled(&mut out, value, scale, least);
            String::from_utf8(out).unwrap()
        };
        for (value, scale, least, expected) in [
            (0, 2, 2, "is 0.00"),
            (0, 4, 0, "is 0"),
            (-7, 2, 2, "is -0.07"),
            (105, 2, 2, "is 1.05"),
            (15_000, 4, 0, "is 1.5"),
            (10_000, 4, 0, "is 1"),
            (120_000, 6, 2, "is 0.12"),
            (30_630_000, 6, 2, "is 30.63"),
            (30_500_000, 6, 2, "is 30.50"),
            (1_234_567, 6, 2, "is 1.234567"),
            (-500, 0, 0, "is -500"),
            (100, 0, 0, "is 100"),
            (i64::MIN, 2, 2, "is -92233720368547758.08"),
            (i64::MAX, 18, 18, "is 9.223372036854775807"),
            (1, 18, 0, "is 0.000000000000000001"),
        ] {
            assert_eq!(written(value, scale, least), expected, "{value} {scale} {least}");
        }
    }

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
