//! A schedule: its price, its actions, its lines.

use super::{Amount, Condition, Milestone, Property, When};
use crate::calendar::Date;
use crate::money::{Currency, Hours, Money};
use crate::span::Span;

/// A sound schedule: names are known, quantities in range, amounts fit the price.
#[derive(Clone, Debug)]
pub struct Schedule {
    /// Its name, in NFC, trimmed.
    pub name: String,
    /// What is billed.
    pub billed: Billed,
    /// The one currency.
    pub currency: Currency,
    /// The price.
    pub price: Price,
    /// Default planned hours; a case may state its own.
    pub planned_hours: Option<Hours>,
    /// Default planned duration in months; a case may state its own.
    pub planned_months: Option<u32>,
    /// Whether attendance is rounded to a whole percentage wherever it is used.
    pub whole_attendance: bool,
    /// The declared actions, in order.
    pub actions: Vec<Action>,
    /// The lines, in order.
    pub lines: Vec<Line>,
    /// The properties that it is not to have, and why.
    pub accepts: Vec<Acceptance>,
    /// Where it is named in its source.
    pub span: Span,
    /// What it bills, where it uses the second part of the language. Then the price, the rates, the
    /// amounts, the triggers and the conditions above say nothing: only names, labels, texts and places
    /// are to be taken from them.
    pub second: Option<std::sync::Arc<super::program::Program>>,
}

/// A finding of `jalon verify` that an administrator accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acceptance {
    /// The property that does not hold.
    pub property: Property,
    /// The line on which it does not, by its place in the schedule; as a whole, if none.
    pub line: Option<usize>,
    /// Why that is meant.
    pub reason: String,
    /// Where it is stated.
    pub span: Span,
}

/// The billed unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Billed {
    /// One person's case.
    #[default]
    Case,
    /// A whole group, however many people take part.
    Group,
}

/// How a case is priced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Price {
    /// One price for the case.
    Fixed(Money),
    /// Delivered hours at one rate.
    Hourly {
        /// The rate of an hour.
        rate: Money,
        /// Hours billed in all, at the least, when a closing balance of work fires.
        at_least: Option<Hours>,
        /// Hours billed in all, at the most.
        at_most: Option<Hours>,
    },
    /// A rate for each action.
    PerAction,
}

impl Price {
    /// Whether it is a rate of an hour.
    pub fn is_a_rate(self) -> bool {
        matches!(self, Price::Hourly { .. })
    }

    /// The one price for the case.
    pub fn fixed(self) -> Option<Money> {
        if let Price::Fixed(price) = self { Some(price) } else { None }
    }

    /// Whether it values work.
    pub fn values_work(self) -> bool {
        self.fixed().is_none()
    }

    /// Whether what a case costs in all is known, with these planned hours.
    pub fn has_total(self, planned: Option<Hours>) -> bool {
        match self {
            Price::Fixed(_) => true,
            Price::Hourly { .. } => planned.is_some(),
            Price::PerAction => false,
        }
    }

    /// The rate of an hour, where there is one for all.
    pub fn rate(self) -> Option<Money> {
        match self {
            Price::Hourly { rate, .. } => Some(rate),
            Price::Fixed(_) | Price::PerAction => None,
        }
    }

    /// The hours billed in all, at the least.
    pub fn at_least(self) -> Option<Hours> {
        match self {
            Price::Hourly { at_least, .. } => at_least,
            Price::Fixed(_) | Price::PerAction => None,
        }
    }

    /// The hours billed in all, at the most.
    pub fn at_most(self) -> Option<Hours> {
        match self {
            Price::Hourly { at_most, .. } => at_most,
            Price::Fixed(_) | Price::PerAction => None,
        }
    }

    /// The hours that bound what is billed in all.
    pub fn hour_bounds(self) -> impl Iterator<Item = Hours> {
        [self.at_least(), self.at_most()].into_iter().flatten()
    }
}

/// A declared action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// Its name.
    pub name: String,
    /// How it is billed.
    pub rate: Rate,
    /// Whether it is the end of the case.
    pub ends_case: bool,
    /// Where it is declared.
    pub span: Span,
}

/// How an action is billed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rate {
    /// Its hours at a rate.
    Hourly(Money),
    /// An amount each time.
    Flat(Money),
    /// Not at all.
    NotBilled,
    /// As the schedule's price says: declared for its name only.
    AsPriced,
}

impl Rate {
    /// What an hour of it costs.
    pub fn of_an_hour(self) -> Option<Money> {
        match self {
            Rate::Hourly(rate) => Some(rate),
            Rate::Flat(_) | Rate::NotBilled | Rate::AsPriced => None,
        }
    }

    /// Whether it is an amount each time.
    pub fn is_flat(self) -> bool {
        matches!(self, Rate::Flat(_))
    }
}

/// A line of a schedule.
#[derive(Clone, Debug)]
pub struct Line {
    /// Deposit, installment or balance.
    pub kind: LineKind,
    /// What stands on the invoice.
    pub label: String,
    /// How much.
    pub amount: Amount,
    /// When: at least one.
    pub triggers: Vec<When>,
    /// On which conditions, for all triggers.
    pub condition: Option<Condition>,
    /// Whether a balance settles without closing the case.
    pub stays_open: bool,
    /// The line as written, for explanations.
    pub text: String,
    /// Where it stands in its source.
    pub span: Span,
}

/// The three kinds of line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// An advance, deducted by a balance.
    Deposit,
    /// A part, not deducted.
    Installment,
    /// What settles; closes the case unless it stays open.
    Balance,
}

impl Schedule {
    /// Whether a line closes a case without its work, though work is billed as it goes, and not where a case is closed alone: then
    /// it only closes, and what was done since is lost. Elsewhere a balance of nothing says that none is due.
    pub fn loses_work(&self, line: &Line) -> bool {
        let over = |when: &When| when.milestone().is_some_and(Milestone::is_terminal);
        let as_it_goes = |line: &Line| {
            line.amount.is_work() && !line.closes() && !line.triggers.iter().all(over)
        };
        line.closes() && line.amount == Amount::Nothing && self.lines.iter().any(as_it_goes)
    }
}

impl Line {
    /// Whether the case is closed once this line has fired.
    pub fn closes(&self) -> bool {
        match self.kind {
            LineKind::Balance => !self.stays_open,
            LineKind::Deposit | LineKind::Installment => false,
        }
    }
}

impl Schedule {
    /// From when this version of the schedule is in force, where it says so.
    pub fn in_force_from(&self) -> Option<Date> {
        self.second.as_ref().and_then(|program| program.in_force_from)
    }

    /// Whether the schedule needs planned hours: a condition or an amount is of attendance.
    pub fn uses_attendance(&self) -> bool {
        self.lines.iter().any(Line::uses_attendance)
    }

    /// Whether the schedule needs a planned duration.
    pub fn uses_planned_duration(&self) -> bool {
        self.lines.iter().any(Line::uses_planned_duration)
    }
}

impl Line {
    /// Whether its amount or its condition is of attendance.
    pub fn uses_attendance(&self) -> bool {
        let mut found = self.amount.measures_attendance();
        if let Some(condition) = &self.condition {
            condition.each_test(&mut |test, _| found |= test.needs_planned_hours());
        }
        found
    }

    /// Whether it bills by the elapsed share of the planned duration.
    pub fn uses_planned_duration(&self) -> bool {
        self.amount.measures_duration()
    }
}
