//! A history run through the evaluator, with the situations that it comes to.

use super::axes::Axes;
use super::edges::{EdgeDay, edge_days};
use crate::calendar::Date;
use crate::eval::{self, Arithmetic, Evaluation, Observer, State, Verdict, WorkItem};
use crate::model::Event;
use crate::money::Money;
use crate::plan::{LineId, Plan, PlannedCondition, PlannedTerms, TriggerId};

/// A trigger that came, and what the tests of its axes were.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    pub(super) date: Date,
    pub(super) trigger: TriggerId,
    pub(super) truths: Vec<bool>,
    /// On which days next to a bound of durations it came.
    pub(super) edges: Vec<EdgeDay>,
    /// The lines that fired for it.
    pub(super) fired: Vec<LineId>,
    /// The places of the invoice lines that they gave.
    pub(super) billed: Vec<usize>,
}

struct Watch<'a> {
    plan: &'a Plan,
    axes: &'a [Axes],
    seen: Vec<Seen>,
    /// From where in `seen` the moment under way begins.
    moment: usize,
}

impl Watch<'_> {
    /// What the moment under way has seen of the triggers of a line.
    fn of(&mut self, line: LineId) -> impl Iterator<Item = &mut Seen> {
        let plan = self.plan;
        let waits = move |seen: &&mut Seen| plan.waiting_for(seen.trigger).contains(&line);
        self.seen.iter_mut().skip(self.moment).filter(waits)
    }
}

impl Observer for Watch<'_> {
    fn moment(&mut self, date: Date, _event: Option<u32>, triggers: &[TriggerId], state: &State) {
        self.moment = self.seen.len();
        for trigger in triggers {
            let Some(axes) = self.axes.get(trigger.0 as usize) else { continue };
            let holds = |test| state.holds(&PlannedCondition::Test(test));
            let truths = axes.tests.iter().copied().map(holds).collect();
            let (fired, billed) = (Vec::new(), Vec::new());
            let start = state.anchors.started;
            let edges = start.map(|start| edge_days(start, date, &axes.lengths));
            let edges = edges.unwrap_or_default();
            self.seen.push(Seen { date, trigger: *trigger, truths, edges, fired, billed });
        }
    }

    fn considered(&mut self, line: LineId, verdict: Verdict, _state: &State) {
        if verdict == Verdict::Fires {
            self.of(line).for_each(|seen| seen.fired.push(line));
        }
    }

    fn computed(
        &mut self,
        line: LineId,
        _arithmetic: Arithmetic,
        _items: &[WorkItem],
        _amount: Money,
        lines: std::ops::Range<usize>,
    ) {
        for seen in self.of(line) {
            seen.billed.extend(lines.clone());
            seen.billed.sort_unstable();
            seen.billed.dedup();
        }
    }
}

/// Runs a history; `None` where the evaluator withholds it.
pub(super) fn watch(
    plan: &Plan,
    axes: &[Axes],
    events: &[Event],
    terms: PlannedTerms,
    as_of: Date,
) -> Option<(Vec<Seen>, Evaluation)> {
    let mut watch = Watch { plan, axes, seen: Vec::new(), moment: 0 };
    let evaluation = eval::evaluate_with(plan, events, terms, as_of, &mut watch).ok()?;
    Some((watch.seen, evaluation))
}
