//! What a case agrees, as its events state it: before the currency of its schedule is known.

use super::PlannedTerms;
use super::program::{Opening, Rate, Share, Terms};
use crate::calendar::Date;
use crate::money::{Currency, Money, Percent};
use serde::{Deserialize, Serialize};

/// A sum in ten-thousandths of a major unit: as many decimals as any currency has.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatedSum(pub i64);

impl StatedSum {
    /// How many decimals it has at the most.
    pub const DECIMALS: u32 = 4;
    /// The largest that is read: ten million millions of a major unit.
    pub const LARGEST: StatedSum = StatedSum(100_000_000_000_000_000);

    /// The sum in a currency; none where it has more decimals than the currency, or, of one with more than two, is too large.
    pub fn in_currency(self, currency: Currency) -> Option<Money> {
        let unit = 10_i64.checked_pow(Self::DECIMALS.checked_sub(currency.decimals())?)?;
        let money = Money(self.0 / unit);
        (self.0 % unit == 0 && money <= Money::LARGEST).then_some(money)
    }
}

impl std::fmt::Display for StatedSum {
    /// In plain digits.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        rust_decimal::Decimal::new(self.0, Self::DECIMALS).normalize().fmt(f)
    }
}

/// A share of what the case owes, as an event states it.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StatedShare {
    /// A percentage.
    Percent(Percent),
    /// A sum.
    Sum(StatedSum),
}

/// What an opening or an amendment states beside the planned hours and months of an opening.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Agreement {
    /// The price of the case, or of a period.
    pub price: Option<StatedSum>,
    /// The rate of an hour.
    pub rate: Option<Rate>,
    /// When it is to start.
    pub planned_start: Option<Date>,
    /// When it is to end.
    pub planned_end: Option<Date>,
    /// Of an amendment: planned hours and months.
    pub planned: PlannedTerms,
    /// Of an opening: what payers pay by agreement.
    pub shares: Vec<(String, StatedShare)>,
}

impl Agreement {
    /// Whether it states nothing.
    pub fn is_empty(&self) -> bool {
        *self == Agreement::default()
    }

    /// The terms in a currency; none where a price has more decimals than the currency.
    pub fn terms(&self, currency: Currency) -> Option<Terms> {
        let price = match self.price {
            None => None,
            Some(price) => Some(price.in_currency(currency)?),
        };
        Some(Terms {
            price,
            rate: self.rate,
            planned_start: self.planned_start,
            planned_end: self.planned_end,
            hours: self.planned.hours,
            months: self.planned.months,
        })
    }

    /// All that it states, in a currency.
    pub fn opening(&self, currency: Currency) -> Option<Opening> {
        let share = |share: StatedShare| match share {
            StatedShare::Percent(percent) => Some(Share::Percent(percent)),
            StatedShare::Sum(sum) => sum.in_currency(currency).map(Share::Sum),
        };
        let shares = self.shares.iter().map(|(payer, of)| Some((payer.clone(), share(*of)?)));
        Some(Opening { terms: self.terms(currency)?, shares: shares.collect::<Option<_>>()? })
    }
}

/// What an action states beside its hours.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Beside {
    /// Its quantity, in ten-thousandths.
    pub quantity: Option<i64>,
    /// Its amount.
    pub amount: Option<StatedSum>,
}

impl Beside {
    /// The most that a quantity may be.
    pub const LARGEST_QUANTITY: i64 = 1_000_000 * 10_000;

    /// Whether it states nothing.
    pub fn is_empty(self) -> bool {
        self == Beside::default()
    }
}
