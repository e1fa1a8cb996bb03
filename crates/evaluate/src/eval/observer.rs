//! What evaluation tells as it goes: each moment, each line that is looked at, each computation.

use super::{State, WorkItem};
use crate::calendar::Date;
use crate::money::{Exact, Hours, Money, Percent};
use crate::plan::{LineId, TriggerId};

/// Is told each step of an evaluation. Every method does nothing unless it is written, so that an
/// observer that listens to nothing costs nothing.
pub trait Observer {
    /// Whether it listens at all. Where it does not, month ends at which nothing can be billed are
    /// passed over.
    const LISTENS: bool = true;

    /// Of an action's hours only a part is billed, or none: the price bills no more than so many
    /// in all. The moment of the action comes after. `event` is its place in the slice of events.
    fn hours_cut(&mut self, event: u32, given: Hours, billed: Hours) {
        let _ = (event, given, billed);
    }

    /// A moment begins; its event has taken effect. `event` is its place in the slice of events,
    /// `None` for a moment of the calendar.
    fn moment(&mut self, date: Date, event: Option<u32>, triggers: &[TriggerId], state: &State) {
        let _ = (date, event, triggers, state);
    }

    /// A line that waits for a trigger of this moment has been looked at.
    fn considered(&mut self, line: LineId, verdict: Verdict, state: &State) {
        let _ = (line, verdict, state);
    }

    /// A line that fires has computed an amount, of work from these items. `lines` are the places of the invoice lines that
    /// it gave: none where the amount is zero.
    fn computed(
        &mut self,
        line: LineId,
        arithmetic: Arithmetic,
        items: &[WorkItem],
        amount: Money,
        lines: std::ops::Range<usize>,
    ) {
        let _ = (line, arithmetic, items, amount, lines);
    }

    /// A moment is over: everything that fires at it has fired.
    fn settled(&mut self, state: &State) {
        let _ = state;
    }

    /// Every moment up to the as-of date has been taken.
    fn finished(&mut self, state: &State) {
        let _ = state;
    }
}

/// Listens to nothing.
pub struct Silent;

impl Observer for Silent {
    const LISTENS: bool = false;
}

/// What comes of a line that is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It fires.
    Fires,
    /// It has fired before, on that day, and fires at most once.
    FiredBefore(Date),
    /// Its condition does not hold.
    ConditionFails,
    /// A balance that closes the case came first.
    CaseClosed,
}

/// How an amount is computed.
#[derive(Clone, Copy, Debug)]
pub enum Arithmetic {
    /// round(total × (before + share)) − round(total × before).
    Share {
        /// The price.
        total: Exact,
        /// The percentages billed before.
        before: Percent,
        /// The percentage.
        share: Percent,
    },
    /// As written.
    Sum,
    /// The sum of rounded items, and the hours that are missing to the least billed.
    Work,
    /// round(share × total) − billed.
    UpTo {
        /// The price.
        total: Exact,
        /// The share.
        share: Percent,
        /// Everything billed before.
        billed: Money,
    },
    /// Nothing, on purpose.
    Nothing,
    /// total × attendance, at most the total.
    Attended {
        /// The price.
        total: Exact,
        /// Hours so far.
        hours: Hours,
        /// Planned hours.
        planned: Hours,
        /// The whole percentage, where the schedule asks for it.
        whole: Option<i128>,
    },
    /// total × elapsed ÷ planned, at most the total.
    Elapsed {
        /// The price.
        total: Exact,
        /// Days from the start to the moment, both included.
        elapsed: i64,
        /// Days from the start to the end of the planned duration, the latter not included.
        planned: i64,
    },
    /// The case has not started: pro rata duration is nothing.
    NotStarted,
    /// A deposit taken off.
    Deduction {
        /// The place of the deposit's line among the case's lines.
        deposit: usize,
        /// What stays of the deposit for later.
        left: Money,
    },
}
