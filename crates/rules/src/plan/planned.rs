//! What a plan is made of: its triggers and lines by their numbers, and what comes of a name.

use super::condition::PlannedCondition;
use crate::model::{Amount, CalendarDay, LineKind, Price, Rate, Stem, SubjectKind};
use crate::money::Money;

/// A distinct trigger of a schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TriggerId(pub u32);

/// A line, by its place in [`Plan::lines`]: the order in which lines fire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LineId(pub u32);

/// A trigger that comes by itself, on a day.
#[derive(Clone, Copy, Debug)]
pub struct CalendarTrigger {
    /// Which trigger.
    pub id: TriggerId,
    /// Its day.
    pub day: CalendarDay,
}

/// A line, dense.
#[derive(Clone, Debug)]
pub struct PlannedLine {
    /// Its place in the schedule's own list.
    pub index: usize,
    /// What the ids of its invoice lines have in common.
    pub stem: Stem,
    /// Deposit, installment or balance.
    pub kind: LineKind,
    /// How much.
    pub amount: Amount,
    /// Whether it fires at most once.
    pub once: bool,
    /// Whether it closes the case.
    pub closes: bool,
    /// Whether it is a balance that stays open.
    pub stays_open: bool,
    /// Its triggers in the order in which it names them.
    pub triggers: Vec<TriggerId>,
    /// Its condition.
    pub condition: Option<PlannedCondition>,
}

/// What comes of something with a name.
#[derive(Clone, Copy, Debug)]
pub struct PlannedName {
    /// Whether it is an action, a deliverable or an event.
    pub kind: SubjectKind,
    /// Of an action: what it adds to the work that is not billed yet.
    pub work: Work,
    /// Of an action: how it is billed.
    pub rate: Rate,
    /// Of an action: whether it ends the case.
    pub ends_case: bool,
    /// Of an action: whether the schedule declares it.
    pub declared: bool,
    /// An action that neither ends the case nor is worth a notice.
    pub is_work: bool,
    /// Its trigger, where a line waits for it.
    pub trigger: Option<TriggerId>,
}

/// What an action adds to the work that is not billed yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// Nothing: it is not billed, or not by its work.
    None,
    /// An amount each time.
    Flat(Money),
    /// Its hours at a rate.
    Hourly(Money),
}

impl Work {
    /// What an action of this rate adds, under this price.
    pub(super) fn of(price: Price, rate: Rate) -> Work {
        match (price, rate) {
            (Price::Fixed(_), _) | (Price::PerAction, Rate::NotBilled | Rate::AsPriced) => {
                Work::None
            }
            (Price::PerAction, Rate::Flat(amount)) => Work::Flat(amount),
            (Price::PerAction, Rate::Hourly(rate)) | (Price::Hourly { rate, .. }, _) => {
                Work::Hourly(rate)
            }
        }
    }

    /// What an hour of it adds.
    #[inline]
    pub fn of_an_hour(self) -> Option<Money> {
        if let Work::Hourly(rate) = self { Some(rate) } else { None }
    }

    /// What each time adds.
    #[inline]
    pub fn each_time(self) -> Option<Money> {
        if let Work::Flat(amount) = self { Some(amount) } else { None }
    }

    /// The same, where what is worth nothing is no work.
    #[must_use]
    pub fn billable(self) -> Work {
        let worth = self.of_an_hour().or(self.each_time());
        if worth == Some(Money::ZERO) { Work::None } else { self }
    }
}

impl PlannedName {
    /// Nothing comes of it yet.
    pub(super) fn new(kind: SubjectKind) -> PlannedName {
        PlannedName {
            kind,
            work: Work::None,
            rate: Rate::AsPriced,
            ends_case: false,
            declared: false,
            is_work: false,
            trigger: None,
        }
    }
}
