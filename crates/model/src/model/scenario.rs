//! A test written beside a schedule: a history and the invoice lines that are expected of it.

use super::{Event, PlannedTerms};
use crate::calendar::Date;
use crate::money::Money;
use crate::span::Span;

/// A sound scenario.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// Its name.
    pub name: String,
    /// The name of the schedule to which it belongs.
    pub schedule: String,
    /// The version of that schedule.
    pub in_force_from: Option<Date>,
    /// Its history; the case is named after the scenario.
    pub events: Vec<Event>,
    /// What the case plans itself.
    pub planned: PlannedTerms,
    /// What else the case agrees.
    pub opening: super::program::Opening,
    /// Up to when it is evaluated.
    pub as_of: Date,
    /// What is expected.
    pub expected: Expected,
    /// Its name's place.
    pub span: Span,
    /// The items that state what is expected, in their order.
    pub expectations: Vec<Span>,
    /// Its last item.
    pub last: Span,
}

/// What a scenario expects.
#[derive(Clone, Debug, Default)]
pub struct Expected {
    /// These lines, in this order, and no other; unless only a total is stated.
    pub lines: Vec<ExpectedLine>,
    /// Stated that no line comes.
    pub nothing: bool,
    /// This total.
    pub total: Option<Money>,
}

impl Expected {
    /// Whether the lines count: they do unless a total stands alone.
    pub fn states_lines(&self) -> bool {
        self.nothing || !self.lines.is_empty()
    }

    /// Whether nothing at all is stated.
    pub fn is_missing(&self) -> bool {
        !self.states_lines() && self.total.is_none()
    }
}

/// An expected invoice line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpectedLine {
    /// Its day.
    pub date: Date,
    /// What stands on the invoice.
    pub label: String,
    /// Its amount.
    pub amount: Money,
    /// Who pays it, where that is stated; otherwise the parts of all payers count together.
    pub payer: Option<String>,
    /// Where it is stated.
    pub span: Span,
}
