//! What work and cases cost: prices, rates and tiers of actions, tax, terms of payment, payers and their shares.

use super::{TaxId, Term};
use crate::calendar::{Date, Duration};
use crate::model::Civil;
use crate::money::{Exact, Hours, Money, Percent};
use serde::{Deserialize, Serialize};

/// A tax.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub enum Tax {
    /// A rate.
    Rate(Percent),
    /// None, and why.
    Exempt(String),
}

/// When an invoice is due.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct PaymentTerm {
    /// So long after it.
    pub length: Duration,
    /// What comes of the end of the month.
    pub due: Due,
}

/// What comes of the end of the month in a term of payment.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// Nothing: it is due then.
    After,
    /// The end of the month in which the term ends.
    ThenMonthEnd,
    /// The term begins at the end of the invoice's month.
    MonthEndThen,
}

impl PaymentTerm {
    /// The day on which an invoice of this date is due.
    pub fn day(self, date: Date) -> Date {
        match self.due {
            Due::After => date.plus(self.length),
            Due::ThenMonthEnd => date.plus(self.length).end_of_month(),
            Due::MonthEndThen => date.end_of_month().plus(self.length),
        }
    }
}

/// How a case is priced.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub enum Price {
    /// One price for the case.
    Fixed(Agreed<Money>),
    /// Delivered hours at one rate.
    Hourly {
        /// The rate of an hour.
        rate: Agreed<Rate>,
        /// Hours billed in all at the least.
        at_least: Option<Hours>,
        /// Hours billed in all at the most.
        at_most: Option<Hours>,
        /// The step to which each entry is rounded up.
        step: Option<Hours>,
    },
    /// A price for each period.
    Periodic(Civil, Agreed<Money>),
    /// A rate for each action.
    PerAction {
        /// Work billed in all at the least.
        at_least: Option<Money>,
        /// Work billed at the most.
        at_most: Option<Money>,
        /// Whether the most is of each civil month.
        each_month: bool,
    },
}

/// What is true of a price: a row for each kind, which the methods read.
struct Row {
    /// What it is called, in either language.
    called: (&'static str, &'static str),
    /// The price of the case or of a period.
    figure: Option<Agreed<Money>>,
    /// The rate of an hour.
    rate: Option<Agreed<Rate>>,
    /// The period of which it is the price.
    period: Option<Civil>,
    /// The bounds of what is billed in all, in hours.
    hours: [Option<Hours>; 2],
    /// The step to which hours are rounded up.
    step: Option<Hours>,
    /// The bounds of what is billed, in money.
    work: [Option<Money>; 2],
    /// By what it measures an action that has no rate of its own.
    measure: Measure,
    /// Whether it values work by itself, or by the rates that it asks of each action.
    values_work: bool,
    /// The terms of which its total is made: none where it is not known.
    of_total: &'static [Term],
    /// The terms at which it bills work.
    of_work: &'static [Term],
}

impl Row {
    /// That of a price of which nothing is stated but what it is called.
    const fn called(english: &'static str, french: &'static str) -> Row {
        Row {
            called: (english, french),
            figure: None,
            rate: None,
            period: None,
            hours: [None; 2],
            step: None,
            work: [None; 2],
            measure: Measure::Nothing,
            values_work: false,
            of_total: &[],
            of_work: &[],
        }
    }
}

impl Price {
    #[inline]
    fn row(&self) -> Row {
        match *self {
            Price::Fixed(price) => Row {
                figure: Some(price),
                of_total: &[Term::Price],
                ..Row::called("one price for the case", "un tarif par dossier")
            },
            Price::Periodic(civil, price) => Row {
                figure: Some(price),
                period: Some(civil),
                ..Row::called("a price for each period", "un tarif par période")
            },
            Price::Hourly { rate, at_least, at_most, step } => Row {
                rate: Some(rate),
                hours: [at_least, at_most],
                step,
                measure: Measure::Priced { step },
                values_work: true,
                of_total: &[Term::Rate, Term::PlannedHours],
                of_work: &[Term::Rate],
                ..Row::called("a price by the hour", "un tarif horaire")
            },
            Price::PerAction { at_least, at_most, each_month: _ } => Row {
                work: [at_least, at_most],
                values_work: true,
                ..Row::called("a price for each action", "un tarif par action")
            },
        }
    }

    /// What it is called, in either language.
    pub fn called(&self) -> (&'static str, &'static str) {
        self.row().called
    }

    /// Whether its figures are such as schedules state.
    pub fn is_sound(&self) -> bool {
        let row = self.row();
        let money = |amount: Money| amount > Money::ZERO && amount <= Money::LARGEST;
        let figures = row.figure.map_or([None; 2], Agreed::stated_or_bounds);
        let rates = row.rate.map_or([None; 2], Agreed::stated_or_bounds);
        let [at_least, at_most] = row.hours;
        let hours = [at_least, at_most, row.step].into_iter().flatten();
        figures.into_iter().chain(row.work).flatten().all(money)
            && rates.into_iter().flatten().all(Rate::is_sound)
            && hours.into_iter().all(|hours| hours > Hours::ZERO && hours <= Hours::LARGEST)
    }

    /// Whether each case states its figure.
    pub fn is_agreed(&self) -> bool {
        let row = self.row();
        row.figure.is_some_and(Agreed::is_by_case) || row.rate.is_some_and(Agreed::is_by_case)
    }

    /// Whether it is a rate of an hour.
    pub fn is_a_rate(&self) -> bool {
        self.rate().is_some()
    }

    /// The price of the case or of a period.
    pub fn figure(&self) -> Option<Agreed<Money>> {
        self.row().figure
    }

    /// The rate of an hour.
    pub fn rate(&self) -> Option<Agreed<Rate>> {
        self.row().rate
    }

    /// The period of which it is the price.
    pub fn period(&self) -> Option<Civil> {
        self.row().period
    }

    /// The hours billed in all at the least.
    #[inline]
    pub fn least_hours(&self) -> Option<Hours> {
        let [at_least, _] = self.row().hours;
        at_least
    }

    /// The hours billed in all at the most.
    #[inline]
    pub fn most_hours(&self) -> Option<Hours> {
        let [_, at_most] = self.row().hours;
        at_most
    }

    /// The work billed in all at the least, where each action has a rate of its own.
    #[inline]
    pub fn least_work(&self) -> Option<Money> {
        let [at_least, _] = self.row().work;
        at_least
    }

    /// The work billed at the most, where each action has a rate of its own.
    #[inline]
    pub fn most_work(&self) -> Option<Money> {
        let [_, at_most] = self.row().work;
        at_most
    }

    /// Whether it is the price of a whole case, and not of each period or action.
    pub fn is_of_the_case(&self) -> bool {
        !self.row().of_total.is_empty()
    }

    /// By what it measures an action that has no rate of its own, each entry rounded up to whole steps where the action
    /// says so.
    pub fn measure(&self, step: Option<Hours>) -> Measure {
        let mut measure = self.row().measure;
        if let Measure::Priced { step: own } = &mut measure {
            *own = step.or(*own);
        }
        measure
    }

    /// Whether it values work by itself, or by the rates that it asks of each action.
    pub fn values_work(&self) -> bool {
        self.row().values_work
    }

    /// Whether what a case costs in all is known, with these planned hours.
    pub fn has_total(&self, planned: Option<Hours>) -> bool {
        let of = self.of_total();
        !of.is_empty() && (planned.is_some() || !of.contains(&Term::PlannedHours))
    }

    /// The terms of which its total is made.
    pub fn of_total(&self) -> &'static [Term] {
        self.row().of_total
    }

    /// Its total, where it is known; the rate is a fraction of the currency's minor unit.
    pub(super) fn total(
        &self,
        price: Option<Money>,
        rate: Option<(i128, i128)>,
        hours: Option<Hours>,
    ) -> Option<Exact> {
        match self.of_total() {
            [] => None,
            [Term::Price] => price.map(Exact::from_money),
            _ => {
                let (numerator, denominator) = rate?;
                let hours = i128::from(hours?.0);
                Exact::new(numerator.checked_mul(hours)?, denominator * i128::from(Hours::ONE.0))
            }
        }
    }

    /// The terms at which it bills work.
    pub fn of_work(&self) -> &'static [Term] {
        self.row().of_work
    }
}

/// A figure that the schedule states, or that each case agrees.
#[derive(Serialize, Deserialize, Clone, Copy, Debug)]
pub enum Agreed<T> {
    /// Stated by the schedule.
    Stated(T),
    /// Stated by the case, within bounds.
    ByCase {
        /// At the least.
        at_least: Option<T>,
        /// At the most.
        at_most: Option<T>,
    },
}

impl<T: Copy> Agreed<T> {
    /// The figure that the schedule states.
    pub fn stated(self) -> Option<T> {
        if let Agreed::Stated(figure) = self { Some(figure) } else { None }
    }

    /// Whether each case states it.
    pub fn is_by_case(self) -> bool {
        matches!(self, Agreed::ByCase { .. })
    }

    /// The figures that the schedule states: it, or its bounds.
    fn stated_or_bounds(self) -> [Option<T>; 2] {
        match self {
            Agreed::Stated(figure) => [Some(figure), None],
            Agreed::ByCase { at_least, at_most } => [at_least, at_most],
        }
    }
}

/// A price of one unit, in millionths of the currency's major unit.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rate(pub i64);

impl Rate {
    /// Decimals of a rate.
    pub const DECIMALS: u32 = 6;
    /// One major unit.
    pub const ONE: i64 = 1_000_000;

    /// Whether a schedule can state it.
    pub fn is_sound(self) -> bool {
        self.0 >= 0
    }
}

/// A name of the schedule.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct Named {
    /// Of an action: what it adds to the work.
    pub worked: Option<Worked>,
    /// Whether it ends the case.
    pub ends_case: bool,
    /// Whether it is an action that a schedule with declared actions leaves out.
    pub unlisted: bool,
}

/// What an action adds to the work.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct Worked {
    /// By what it is measured, and at which rates.
    pub measure: Measure,
    /// Up to how many units in all it is billed: in the smallest unit of its measure.
    pub at_most: Option<i64>,
    /// Whether its tiers and its cap begin anew with each civil month.
    pub each_month: bool,
    /// Its own tax.
    pub tax: Option<TaxId>,
    /// Whether it belongs to the price: hours of an hourly price, and every action of a price per
    /// action.
    pub of_price: bool,
}

impl Worked {
    /// Whether it may have hours: what is billed each time, by its quantity or by its amount has none to state.
    #[inline]
    pub fn may_have_hours(&self) -> bool {
        match self.measure {
            Measure::Nothing | Measure::Priced { .. } | Measure::Hours { .. } => true,
            Measure::Quantity(_) | Measure::Times(_) | Measure::Amount(_) => false,
        }
    }

    /// Whether anything is billed of it.
    pub fn is_billed(&self) -> bool {
        match self.measure {
            Measure::Nothing => false,
            Measure::Priced { .. }
            | Measure::Hours { .. }
            | Measure::Quantity(_)
            | Measure::Times(_)
            | Measure::Amount(_) => true,
        }
    }
}

/// By what work is measured.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub enum Measure {
    /// Not billed.
    Nothing,
    /// Its hours at the rate of the price, each entry rounded up to whole steps.
    Priced {
        /// The step, if any.
        step: Option<Hours>,
    },
    /// Its hours.
    Hours {
        /// The step to which each entry is rounded up.
        step: Option<Hours>,
        /// Rates; hours in [`Hours`].
        tiers: Tiers,
    },
    /// Its quantity, in ten-thousandths.
    Quantity(Tiers),
    /// Once each time.
    Times(Rate),
    /// A share of its amount.
    Amount(Percent),
}

impl Measure {
    /// Whether it has more than one rate.
    pub fn has_tiers(&self) -> bool {
        match self {
            Measure::Hours { tiers, .. } | Measure::Quantity(tiers) => !tiers.below.is_empty(),
            Measure::Nothing | Measure::Priced { .. } | Measure::Times(_) | Measure::Amount(_) => {
                false
            }
        }
    }

    /// How much of it is included: up to there nothing is billed, and beyond it something is.
    pub fn included(&self) -> i64 {
        let (Measure::Hours { tiers, .. } | Measure::Quantity(tiers)) = self else { return 0 };
        let free = tiers.below.iter().take_while(|(_, rate)| rate.0 == 0).last();
        free.map_or(0, |(bound, _)| *bound)
    }
}

/// Graduated rates: up to each bound, then the last one.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct Tiers {
    /// Up to and including a bound, a rate.
    pub below: Vec<(i64, Rate)>,
    /// Beyond them.
    pub last: Rate,
}

/// Who pays a part.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Payer {
    /// Its share; the last payer takes what is left.
    pub share: Share,
    /// At most so much.
    pub at_most: Option<Money>,
}

/// A part of what the case owes.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Share {
    /// A percentage.
    Percent(Percent),
    /// All, up to a sum.
    Sum(Money),
    /// Stated by each case.
    Agreed,
    /// What is left.
    Remainder,
}
