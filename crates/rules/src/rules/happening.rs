//! What goes into the life of a case and what comes out of it: events that count, billed lines, remarks on
//! events, and what stops it.

use super::work::{Amiss, NoWork, Stated};
use crate::calendar::Date;
use crate::life::{Idle, What};
use crate::model::Milestone;
use crate::model::program::{Kind, Name, Terms};
use crate::money::{Money, Percent};

/// One event that counts.
#[derive(Clone, Copy, Debug)]
pub struct Happening {
    /// Its day.
    pub date: Date,
    /// What it does.
    pub deed: Deed,
    /// Its place among the events as they were sent.
    pub event: u32,
}

/// What an event does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Opens the case: no moment.
    Opened,
    /// Changes its terms: no moment.
    Amendment(Terms),
    /// The case comes to a milestone.
    Milestone(Milestone),
    /// An action.
    Action(Name, Stated),
    /// A deliverable or a named event.
    Named(Name),
    /// Progress is certified.
    Progress(Percent),
    /// The clock stops.
    Suspension,
    /// The clock goes on.
    Resumption,
}

impl Deed {
    /// Its place among the events of a day.
    pub fn place_in_day(&self) -> u8 {
        match self {
            Deed::Opened | Deed::Amendment(_) => What::Opened.place_in_day(),
            Deed::Milestone(milestone) => milestone.place_in_day(),
            Deed::Action(..)
            | Deed::Named(_)
            | Deed::Progress(_)
            | Deed::Suspension
            | Deed::Resumption => What::Other.place_in_day(),
        }
    }
}

/// What is remarkable about an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remark {
    /// It is dated after the as-of date.
    NotYet,
    /// The case is closed.
    AfterClosing,
    /// It makes nothing of the case.
    Idle(Idle),
    /// The schedule has no suspension.
    NoSuspension,
    /// The clock stands still already, or runs already, or the case is over.
    ChangesNothing,
    /// What is certified in all falls: what it was before.
    ProgressFalls(Percent),
    /// The schedule declares its actions, and not this one.
    Unlisted,
    /// It counts again: this event, of its day, says the same.
    Repeated(u32),
    /// Something is missing that is billed, or stated that is not.
    Work(Amiss),
    /// It states no hours, and hours decide a line: its place among the lines of the schedule.
    HoursDecide(u32),
}

/// Why a case cannot be billed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// A sum is too large.
    TooLarge,
    /// An amount needs a price that is not stated yet.
    NoPrice,
    /// An amount needs a rate that is not stated yet.
    NoRate,
    /// An amount needs planned hours.
    NoPlannedHours,
    /// An amount needs a planned duration.
    NoPlannedDuration,
}

/// A line on an invoice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Billed {
    /// The place of the schedule's line in the program.
    pub line: u32,
    /// Which of its triggers.
    pub when: u32,
    /// Its kind.
    pub kind: BilledKind,
    /// Its day.
    pub date: Date,
    /// The case's invoices are counted from 1, by day, then by payer.
    pub invoice: u32,
    /// Who pays it.
    pub payer: Option<crate::model::program::PayerId>,
    /// What stands on it.
    pub label: Label,
    /// What it comes to.
    pub amount: Money,
    /// How much of what, where it states that.
    pub quantity: Option<super::work::Quantity>,
    /// The days that it is for.
    pub service: Option<(Date, Date)>,
    /// The event that triggered it; none for the calendar.
    pub event: Option<u32>,
    /// Of a deduction: the place among the case's lines of the deposit's line.
    pub deducts: Option<u32>,
    /// Its tax.
    pub tax: Option<crate::model::program::TaxId>,
}

/// The kinds of line on an invoice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BilledKind {
    /// Of a line of the schedule.
    Own(Kind),
    /// A deposit taken off.
    Deduction,
}

/// What stands on a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// The label of the schedule's line.
    Line,
    /// The name of that event.
    Event(u32),
    /// The label of that line of the schedule, by its place in the program.
    Deposit(u32),
}

impl From<NoWork> for Stop {
    fn from(why: NoWork) -> Stop {
        match why {
            NoWork::NoRate => Stop::NoRate,
            NoWork::TooLarge => Stop::TooLarge,
        }
    }
}
