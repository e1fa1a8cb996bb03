//! What a case costs, as written: its price, the rates of its actions, who pays, the tax, and what a case states
//! for itself.

use super::*;

#[derive(Clone, Debug, PartialEq)]
pub enum Price {
    Fixed(Sum),
    Hourly {
        rate: Option<Sum>,
        bounds: Vec<Bound>,
        step: Option<Measure>,
    },
    PerAction {
        currency: Option<Currency>,
        bounds: Vec<SumBound>,
    },
    /// One price that each case agrees.
    FixedAgreed {
        currency: Option<Currency>,
        bounds: Vec<SumBound>,
    },
    /// A rate that each case agrees.
    HourlyAgreed {
        currency: Option<Currency>,
        bounds: Vec<Bound>,
        step: Option<Measure>,
    },
    /// A price for each period, stated or agreed by each case.
    Periodic {
        period: Civil,
        price: Periodic,
    },
}

impl Price {
    /// The currency that it states, and whether only the second part of the language has it.
    fn row(&self) -> (Option<&Currency>, bool) {
        match self {
            Price::Fixed(sum) => (sum.currency.as_ref(), false),
            Price::Hourly { rate, step, .. } => {
                (rate.as_ref().and_then(|rate| rate.currency.as_ref()), step.is_some())
            }
            Price::PerAction { currency, bounds } => (currency.as_ref(), !bounds.is_empty()),
            Price::FixedAgreed { currency, .. }
            | Price::HourlyAgreed { currency, .. }
            | Price::Periodic { price: Periodic::Agreed(currency), .. } => {
                (currency.as_ref(), true)
            }
            Price::Periodic { price: Periodic::Stated(sum), .. } => (sum.currency.as_ref(), true),
        }
    }

    /// The currency that it states.
    pub fn currency(&self) -> Option<&Currency> {
        self.row().0
    }

    /// Whether only the second part of the language has it.
    pub fn is_of_the_second_part(&self) -> bool {
        self.row().1
    }
}

/// How the price of a period is stated.
#[derive(Clone, Debug, PartialEq)]
pub enum Periodic {
    Stated(Sum),
    Agreed(Option<Currency>),
}

/// A bound in money.
#[derive(Clone, Debug, PartialEq)]
pub struct SumBound {
    pub side: BoundSide,
    pub sum: Sum,
    /// Whether it is of each month.
    pub each_month: bool,
    pub at: At,
}

/// Who pays a part.
#[derive(Clone, Debug, PartialEq)]
pub struct Payer {
    pub name: Name,
    pub share: Share,
    pub share_at: At,
    pub at_most: Option<Sum>,
    pub due: Option<PaymentTerm>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Share {
    Percent(Number),
    Sum(Sum),
    Agreed,
    Remainder,
}

/// When an invoice is due.
#[derive(Clone, Debug, PartialEq)]
pub struct PaymentTerm {
    pub length: Measure,
    pub due: Due,
    pub at: At,
}

/// A tax.
#[derive(Clone, Debug, PartialEq)]
pub enum Vat {
    Rate { percent: Number, included: bool },
    Exempt(Name),
}

/// A term of a case.
#[derive(Clone, Debug, PartialEq)]
pub enum CaseTerm {
    Price(Sum),
    Rate(Sum),
    PlannedStart(Date),
    PlannedEnd(Date),
    Planned(Measure),
    Share { payer: Name, share: Share },
}

#[derive(Clone, Debug, PartialEq)]
pub struct Bound {
    pub side: BoundSide,
    pub hours: Measure,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoundSide {
    AtLeast,
    AtMost,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Action {
    pub name: Name,
    pub rate: Option<Rate>,
    pub ends_case: bool,
    /// What else it states, in the order in which it is printed.
    pub options: ActionOptions,
}

/// What an action states besides its rate.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ActionOptions {
    pub step: Option<Measure>,
    pub at_most: Option<Cap>,
    pub each_month: bool,
    pub vat: Option<Vat>,
}

/// How much of an action is billed at the most.
#[derive(Clone, Debug, PartialEq)]
pub struct Cap {
    pub number: Number,
    pub unit: Option<CapUnit>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CapUnit {
    Hours,
    Minutes,
    Times,
}

/// Graduated rates.
#[derive(Clone, Debug, PartialEq)]
pub struct Tiers {
    /// The first rate.
    pub first: Sum,
    /// Up to how much the one before is, and the next rate.
    pub steps: Vec<(Number, Sum)>,
    /// Where a bound is said to be of hours, the first of them.
    pub hours_at: Option<At>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Rate {
    pub kind: RateKind,
    pub at: At,
}

#[derive(Clone, Debug, PartialEq)]
pub enum RateKind {
    Hourly(Option<Sum>),
    Flat(Sum),
    NotBilled,
    /// Its hours at graduated rates.
    HourlyTiers(Tiers),
    /// Its quantity, in a unit of that name.
    PerUnit {
        unit: Name,
        tiers: Tiers,
    },
    /// Its amount.
    AtCost,
    /// That percentage of its amount.
    OfAmount(Number),
}

impl RateKind {
    /// The one sum of a rate by the hour, or of a flat one.
    pub fn sum(&self) -> Option<&Sum> {
        match self {
            RateKind::Hourly(sum) => sum.as_ref(),
            RateKind::Flat(sum) => Some(sum),
            RateKind::NotBilled
            | RateKind::HourlyTiers(_)
            | RateKind::PerUnit { .. }
            | RateKind::AtCost
            | RateKind::OfAmount(_) => None,
        }
    }

    /// Whether only the second part of the language has it.
    pub fn is_of_the_second_part(&self) -> bool {
        match self {
            RateKind::HourlyTiers(_)
            | RateKind::PerUnit { .. }
            | RateKind::AtCost
            | RateKind::OfAmount(_) => true,
            RateKind::Hourly(_) | RateKind::Flat(_) | RateKind::NotBilled => false,
        }
    }
}
