//! A record of one evaluation, for explaining it.

use super::{Arithmetic, Observer, Shortfall, State, Verdict, WorkItem};
use crate::calendar::Date;
use crate::money::{Exact, Hours, Money, Percent};
use crate::plan::{LineId, Plan, TriggerId};
use std::ops::Range;

/// Every moment of a case, with what came of each line that waited for it.
pub struct Trace<'p> {
    plan: &'p Plan,
    /// The moments, in order.
    pub steps: Vec<Step>,
}

/// One moment.
#[derive(Debug)]
pub struct Step {
    /// Its day.
    pub date: Date,
    /// Its event's place in the slice of events; `None` for the calendar.
    pub event: Option<u32>,
    /// Its triggers, as far as a line waits for them.
    pub triggers: Vec<TriggerId>,
    /// The lines that waited, in the order in which they were looked at.
    pub considered: Vec<Considered>,
}

/// A line that was looked at.
#[derive(Debug)]
pub struct Considered {
    /// Which line.
    pub line: LineId,
    /// What came of it.
    pub verdict: Verdict,
    /// Why its condition failed, where it did.
    pub shortfall: Option<Shortfall>,
    /// What it computed, where it fired: its own amount, then deductions.
    pub computed: Vec<Computed>,
}

/// An amount and how it came about.
#[derive(Debug)]
pub struct Computed {
    /// How.
    pub how: How,
    /// The amount, rounded.
    pub amount: Money,
    /// The places of the invoice lines.
    pub lines: Range<usize>,
}

/// [`Arithmetic`], kept.
#[derive(Debug)]
#[expect(missing_docs, reason = "as in `Arithmetic`")]
pub enum How {
    Share { total: Exact, before: Percent, share: Percent },
    Sum,
    Work { items: Vec<WorkItem> },
    UpTo { total: Exact, share: Percent, billed: Money },
    Nothing,
    Attendance { total: Exact, hours: Hours, planned: Hours, whole: Option<i128> },
    Elapsed { total: Exact, elapsed: i64, planned: i64 },
    NotStarted,
    Deduction { deposit: usize, left: Money },
}

impl<'p> Trace<'p> {
    /// An empty record.
    pub fn new(plan: &'p Plan) -> Self {
        Self { plan, steps: Vec::new() }
    }
}

impl Observer for Trace<'_> {
    fn moment(&mut self, date: Date, event: Option<u32>, triggers: &[TriggerId]) {
        let triggers = triggers.to_vec();
        self.steps.push(Step { date, event, triggers, considered: Vec::new() });
    }

    fn considered(&mut self, line: LineId, verdict: Verdict, state: &State) {
        let condition = self.plan.line(line).and_then(|line| line.condition.as_ref());
        let shortfall = condition
            .filter(|_| verdict == Verdict::ConditionFails)
            .and_then(|condition| state.first_shortfall(self.plan, condition));
        if let Some(step) = self.steps.last_mut() {
            step.considered.push(Considered { line, verdict, shortfall, computed: Vec::new() });
        }
    }

    fn computed(
        &mut self,
        _: LineId,
        arithmetic: Arithmetic<'_>,
        amount: Money,
        lines: Range<usize>,
    ) {
        let how = match arithmetic {
            Arithmetic::Share { total, before, share } => How::Share { total, before, share },
            Arithmetic::Sum => How::Sum,
            Arithmetic::Work { items } => How::Work { items: items.to_vec() },
            Arithmetic::UpTo { total, share, billed } => How::UpTo { total, share, billed },
            Arithmetic::Nothing => How::Nothing,
            Arithmetic::Attendance { total, hours, planned, whole } => {
                How::Attendance { total, hours, planned, whole }
            }
            Arithmetic::Elapsed { total, elapsed, planned } => {
                How::Elapsed { total, elapsed, planned }
            }
            Arithmetic::NotStarted => How::NotStarted,
            Arithmetic::Deduction { deposit, left } => How::Deduction { deposit, left },
        };
        if let Some(considered) = self.steps.last_mut().and_then(|step| step.considered.last_mut())
        {
            considered.computed.push(Computed { how, amount, lines });
        }
    }
}
