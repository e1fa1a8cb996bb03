//! A record of one evaluation, for explaining it.

use super::{Arithmetic, Measurement, Observer, Outstanding, Shortfall, State, Verdict, WorkItem};
use crate::calendar::Date;
use crate::model::{Anchors, Terminal};
use crate::money::{Hours, Money};
use crate::plan::{LineId, Plan, TriggerId};
use std::ops::Range;

/// Every moment of a case, with what came of each line that waited for it.
pub struct Trace<'p> {
    plan: &'p Plan,
    /// The moments, in order.
    pub steps: Vec<Step>,
    /// Actions whose hours are not all billed.
    pub cuts: Vec<Cut>,
    /// How the case stands at the end.
    pub standing: Standing,
}

/// An action whose hours are not all billed.
#[derive(Clone, Copy, Debug)]
pub struct Cut {
    /// Its place in the slice of events.
    pub event: u32,
    /// Its hours.
    pub given: Hours,
    /// Those of them that are billed.
    pub billed: Hours,
}

/// How a case stands.
#[derive(Clone, Debug, Default)]
pub struct Standing {
    /// The days on which it started and was signed.
    pub anchors: Anchors,
    /// Its terminal event, once one has come.
    pub over: Option<Terminal>,
    /// Everything billed, deductions included.
    pub billed: Money,
    /// Work that is not billed.
    pub unbilled: Money,
    /// Deposits that are not deducted.
    pub deposits: Vec<Outstanding>,
}

impl Standing {
    fn of(state: &State) -> Standing {
        Standing {
            anchors: state.anchors,
            over: state.over,
            billed: state.billed,
            unbilled: state.unbilled.amount,
            deposits: state.deposits.clone(),
        }
    }
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
    /// Whether its event starts the case.
    pub starts: bool,
    /// Whether its event ends or abandons the case.
    pub ends: bool,
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
    pub shortfalls: Vec<Shortfall>,
    /// What the tests of its condition measured, where it fired.
    pub measurements: Vec<Measurement>,
    /// What it computed, where it fired: its own amount, then deductions.
    pub computed: Vec<Computed>,
}

/// An amount and how it came about.
#[derive(Debug)]
pub struct Computed {
    /// How.
    pub how: Arithmetic,
    /// Of work: its items.
    pub items: Vec<WorkItem>,
    /// The amount, rounded.
    pub amount: Money,
    /// The places of the invoice lines.
    pub lines: Range<usize>,
}

impl<'p> Trace<'p> {
    /// An empty record.
    pub fn new(plan: &'p Plan) -> Self {
        Self { plan, steps: Vec::new(), cuts: Vec::new(), standing: Standing::default() }
    }
}

impl Observer for Trace<'_> {
    fn hours_cut(&mut self, event: u32, given: Hours, billed: Hours) {
        self.cuts.push(Cut { event, given, billed });
    }

    fn moment(&mut self, date: Date, event: Option<u32>, triggers: &[TriggerId], state: &State) {
        let before = std::mem::replace(&mut self.standing, Standing::of(state));
        self.steps.push(Step {
            date,
            event,
            triggers: triggers.to_vec(),
            starts: before.anchors.started.is_none() && state.anchors.started.is_some(),
            ends: before.over.is_none() && state.is_over(),
            considered: Vec::new(),
        });
    }

    fn considered(&mut self, line: LineId, verdict: Verdict, state: &State) {
        let condition = self.plan.line(line).and_then(|line| line.condition.as_ref());
        let mut considered = Considered {
            line,
            verdict,
            shortfalls: Vec::new(),
            measurements: Vec::new(),
            computed: Vec::new(),
        };
        match (verdict, condition) {
            (Verdict::ConditionFails, Some(condition)) => {
                considered.shortfalls = state.shortfalls(self.plan, condition);
            }
            (Verdict::Fires, Some(condition)) => {
                considered.measurements = state.measurements(self.plan, condition);
            }
            (Verdict::ConditionFails | Verdict::Fires, None)
            | (Verdict::FiredBefore(_) | Verdict::CaseClosed, _) => {}
        }
        if let Some(step) = self.steps.last_mut() {
            step.considered.push(considered);
        }
    }

    fn computed(
        &mut self,
        _: LineId,
        how: Arithmetic,
        items: &[WorkItem],
        amount: Money,
        lines: Range<usize>,
    ) {
        if let Some(considered) = self.steps.last_mut().and_then(|step| step.considered.last_mut())
        {
            considered.computed.push(Computed { how, items: items.to_vec(), amount, lines });
        }
    }

    fn finished(&mut self, state: &State) {
        self.standing = Standing::of(state);
    }
}
