//! Sums, numbers, measures and dates: digits as written, their units filled in.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "pest's rules are a list of the whole grammar; a function reads a few of them"
)]

use super::super::mishaps::certain_day;
use super::*;

/// Of what a number is, which tells what its comma may part.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Digits {
    Plain,
    Percentage,
    Money,
}

impl Builder<'_> {
    /// A sum of money, with the decimals of its currency at most.
    pub(super) fn sum(&mut self, parts: &mut Pairs<'_, Rule>) -> Option<Sum> {
        self.sum_of(parts, Digits::Money)
    }

    /// The price of one of something, which may have more decimals.
    pub(super) fn rate_sum(&mut self, parts: &mut Pairs<'_, Rule>) -> Option<Sum> {
        self.sum_of(parts, Digits::Plain)
    }

    fn sum_of(&mut self, parts: &mut Pairs<'_, Rule>, of: Digits) -> Option<Sum> {
        let number = self.need(parts, Rule::number)?;
        let number = self.number_of(number, of)?;
        let currency = take(parts, Rule::currency).map(|pair| self.currency(&pair));
        Some(Sum { number, currency })
    }

    /// A rate: `Some(None)` where none stands; `None` where one stands that is wrong.
    pub(super) fn optional_rate(&mut self, parts: &mut Pairs<'_, Rule>) -> Option<Option<Sum>> {
        let present = parts.peek().is_some_and(|pair| pair.as_rule() == Rule::number);
        if present { self.rate_sum(parts).map(Some) } else { Some(None) }
    }

    pub(super) fn currency(&self, pair: &P<'_>) -> Currency {
        let code = crate::money::Currency::code_of(pair.as_str().trim_end());
        Currency { code, at: self.at(pair) }
    }

    pub(super) fn number(&mut self, pair: P<'_>) -> Option<Number> {
        self.number_of(pair, Digits::Plain)
    }

    /// A number; one of a percentage can be no thousands.
    pub(super) fn number_of(&mut self, pair: P<'_>, of: Digits) -> Option<Number> {
        let at = self.at(&pair);
        let folded = pair.as_str();
        if let Some((whole, decimals)) = folded.split_once(',')
            && decimals.len() == 3
        {
            // Where what stands before the comma can be no group of thousands, it sets off decimals.
            let decimal = of == Digits::Percentage
                || whole.contains(' ')
                || whole.len() > 3
                || whole.starts_with('0');
            if !decimal {
                let is_sum = of == Digits::Money;
                let found = errors::comma_and_three_digits(self.lang, at.0, folded, is_sum);
                self.diagnostics.push(found);
                return None;
            }
        }
        let point = |c| if c == ',' { '.' } else { c };
        let digits: String = folded.chars().filter(|c| *c != ' ').map(point).collect();
        let whole = digits.split('.').next().unwrap_or("");
        if whole.len() > 1 && whole.starts_with('0') {
            let trimmed = digits.trim_start_matches('0');
            let zero = if trimmed.is_empty() || trimmed.starts_with('.') { "0" } else { "" };
            let right = format!("{zero}{trimmed}");
            let written = at.0.of(self.source);
            self.diagnostics.push(errors::not_a_number(self.lang, at.0, written, Some(right)));
            return None;
        }
        Some(Number { digits, at })
    }

    /// A number with its unit, or a clock; whichever of the rules that name the units of a place.
    pub(super) fn measure(&mut self, pair: P<'_>) -> Option<Measure> {
        match pair.as_rule() {
            Rule::hours | Rule::share | Rule::length | Rule::planned_quantity => {}
            _ => return self.unknown(&pair),
        }
        let at = self.at(&pair);
        let mut parts = pair.into_inner();
        let first = parts.next()?;
        let measure = match first.as_rule() {
            Rule::clock => self.clock(&first, at)?,
            Rule::number => {
                let unit = match parts.next() {
                    None => None,
                    Some(unit) => Some(self.unit(unit)?),
                };
                let of = match unit {
                    Some(MeasureUnit::Percent) => Digits::Percentage,
                    _ => Digits::Plain,
                };
                let number = self.number_of(first, of)?;
                Measure { quantity: Quantity::Number(number), unit, at }
            }
            _ => return self.unknown(&first),
        };
        self.whole(parts, measure)
    }

    /// A unit, in its place or out of it.
    pub(super) fn unit(&mut self, pair: P<'_>) -> Option<MeasureUnit> {
        Some(match pair.as_rule() {
            Rule::percent_sign => MeasureUnit::Percent,
            Rule::unit_hour => MeasureUnit::Hours,
            Rule::unit_minute => MeasureUnit::Minutes,
            Rule::unit_day => MeasureUnit::Days,
            Rule::unit_week => MeasureUnit::Weeks,
            Rule::unit_month => MeasureUnit::Months,
            Rule::unit_year => MeasureUnit::Years,
            Rule::misplaced_unit => return self.unit(pair.into_inner().next()?),
            _ => return self.unknown(&pair),
        })
    }

    pub(super) fn clock(&mut self, pair: &P<'_>, at: At) -> Option<Measure> {
        let text = pair.as_str().replace(' ', "");
        let (hours, minutes) = text.split_once('h')?;
        let sound =
            minutes.len() == 2 && minutes < "60" && (hours.len() == 1 || !hours.starts_with('0'));
        if !sound {
            let padded = (minutes.len() == 1).then(|| format!("{hours}h0{minutes}"));
            let written = at.0.of(self.source);
            self.diagnostics.push(errors::not_a_clock(self.lang, at.0, written, padded));
            return None;
        }
        let quantity = Quantity::Clock { hours: hours.to_owned(), minutes: minutes.to_owned() };
        Some(Measure { quantity, unit: None, at })
    }

    pub(super) fn date(&mut self, pair: P<'_>) -> Option<Date> {
        let at = self.at(&pair);
        let written = pair.as_str();
        let parts: Vec<&str> = written.split(['-', '/']).collect();
        let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
        let iso = match (parts.as_slice(), lengths.as_slice(), written.contains('/')) {
            ([year, month, day], [4, 2, 2], false) => Some(format!("{year}-{month}-{day}")),
            ([day, month, year], [2, 2, 4], true) => Some(format!("{year}-{month}-{day}")),
            _ => None,
        };
        if iso.is_none() {
            let right = padded_date(&parts, written.contains('/'))
                .or_else(|| certain_day(&parts).filter(|_| written.contains('/')))
                .filter(|_| !may_be_month_first(&parts, self.lang));
            self.diagnostics.push(errors::date_digits(
                self.lang,
                at.0,
                at.0.of(self.source),
                right,
            ));
        }
        Some(Date { iso: iso?, at })
    }
}

/// Whether English readers read the month first, and another day.
fn may_be_month_first(parts: &[&str], lang: Lang) -> bool {
    let [day, month, year] = parts else { return false };
    let of_month = |part: &str| part.parse().is_ok_and(|part: u8| part <= 12);
    lang == Lang::En && year.len() == 4 && of_month(day) && of_month(month) && day != month
}

impl Measure {
    /// With this unit, if it is a number that was written without one.
    pub(super) fn or_in(mut self, unit: Option<MeasureUnit>) -> Measure {
        match self.quantity {
            Quantity::Number(_) => self.unit = self.unit.or(unit),
            Quantity::Clock { .. } => {}
        }
        self
    }
}

impl Measured {
    /// The unit that may be left out: only a number of hours needs none.
    pub(super) fn implied_unit(&self) -> Option<MeasureUnit> {
        (*self == Measured::Hours).then_some(MeasureUnit::Hours)
    }
}

/// `5/7/2025` → `05/07/2025`: where only leading zeros are missing, or slashes.
pub(super) fn padded_date(parts: &[&str], slashes: bool) -> Option<String> {
    match (parts, slashes) {
        ([day, month, year], true) if year.len() == 4 && day.len() <= 2 && month.len() <= 2 => {
            Some(format!("{day:0>2}/{month:0>2}/{year}"))
        }
        ([day, month, year], false) if year.len() == 4 && day.len() <= 2 && month.len() <= 2 => {
            Some(format!("{day:0>2}/{month:0>2}/{year}"))
        }
        ([year, month, day], false) if year.len() == 4 && day.len() <= 2 && month.len() <= 2 => {
            Some(format!("{year}-{month:0>2}-{day:0>2}"))
        }
        _ => None,
    }
}
