//! A history run through the evaluator, with what each moment came to.

use crate::calendar::Date;
use crate::eval::{self, Arithmetic, Evaluation, Observer, State, Verdict, WorkItem};
use crate::model::{Event, LineKind, Terminal};
use crate::money::{Hours, Money};
use crate::plan::{LineId, Plan, PlannedTerms, TriggerId};

/// A history as the evaluator took it.
pub(super) struct Replay {
    pub(super) moments: Vec<Moment>,
    pub(super) evaluation: Evaluation,
    /// For each invoice line, the line of the schedule that fired.
    pub(super) of: Vec<LineId>,
}

/// One moment.
#[derive(Clone, Debug)]
pub(super) struct Moment {
    pub(super) date: Date,
    pub(super) event: Option<u32>,
    pub(super) triggers: Vec<TriggerId>,
    /// The lines that were looked at while the case was open, before each fired or not.
    pub(super) judged: Vec<(LineId, Verdict)>,
    /// Balances that held and could not fire, because the first had closed the case.
    pub(super) too_late: Vec<LineId>,
    /// What fired, with its own amount, deductions apart.
    pub(super) fired: Vec<LineId>,
    /// What was billed, deductions included.
    pub(super) amount: Money,
    /// Work that is not billed when a line closes the case.
    pub(super) left: Money,
    /// How many invoice lines there are then.
    pub(super) lines: usize,
    pub(super) after: After,
}

/// The case after a moment.
#[derive(Clone, Debug, Default)]
pub(super) struct After {
    pub(super) started: Option<Date>,
    pub(super) signed: bool,
    pub(super) over: Option<Terminal>,
    pub(super) closed: bool,
    pub(super) hours: Hours,
    pub(super) hours_taken: Hours,
    pub(super) billed: Money,
    pub(super) unbilled: Money,
    /// Deposits that are left, by their lines.
    pub(super) deposits: Vec<LineId>,
}

struct Recorder<'p> {
    plan: &'p Plan,
    moments: Vec<Moment>,
    /// For each invoice line, the line of the schedule that fired.
    lines: Vec<LineId>,
    billed: Money,
}

impl Observer for Recorder<'_> {
    fn moment(&mut self, date: Date, event: Option<u32>, triggers: &[TriggerId], _state: &State) {
        self.billed = self.moments.last().map_or(Money::ZERO, |moment| moment.after.billed);
        self.moments.push(Moment {
            date,
            event,
            triggers: triggers.to_vec(),
            judged: Vec::new(),
            too_late: Vec::new(),
            fired: Vec::new(),
            amount: Money::ZERO,
            left: Money::ZERO,
            lines: 0,
            after: After::default(),
        });
    }

    fn considered(&mut self, line: LineId, verdict: Verdict, state: &State) {
        let Some(moment) = self.moments.last_mut() else { return };
        let Some(planned) = self.plan.line(line) else { return };
        match verdict {
            Verdict::Fires => {
                moment.fired.push(line);
                moment.left = state.unbilled.amount;
            }
            Verdict::FiredBefore(_) | Verdict::ConditionFails => {}
            Verdict::CaseClosed => {
                let fired = state.fired.get(line.0 as usize).copied().flatten().is_some();
                let holds = planned.condition.as_ref().is_none_or(|c| state.holds(c));
                if planned.kind == LineKind::Balance && holds && !(planned.once && fired) {
                    moment.too_late.push(line);
                }
                return;
            }
        }
        moment.judged.push((line, verdict));
    }

    fn computed(
        &mut self,
        line: LineId,
        _arithmetic: Arithmetic,
        _items: &[WorkItem],
        _amount: Money,
        lines: std::ops::Range<usize>,
    ) {
        if self.lines.len() < lines.end {
            self.lines.resize(lines.end, line);
        }
        for place in lines {
            if let Some(slot) = self.lines.get_mut(place) {
                *slot = line;
            }
        }
    }

    fn settled(&mut self, state: &State) {
        let Some(moment) = self.moments.last_mut() else { return };
        moment.amount = state.billed.minus(self.billed).unwrap_or_default();
        moment.lines = self.lines.len();
        let deposit = |place: usize| self.lines.get(place).copied();
        moment.after = After {
            started: state.anchors.started,
            signed: state.anchors.signed.is_some(),
            over: state.over,
            closed: state.closed,
            hours: state.hours,
            hours_taken: state.hours_taken,
            billed: state.billed,
            unbilled: state.unbilled.amount,
            deposits: state
                .deposits
                .iter()
                .filter(|deposit| deposit.left != Money::ZERO)
                .filter_map(|left| deposit(left.line))
                .collect(),
        };
    }
}

/// Runs a history; `None` where the evaluator withholds it.
pub(super) fn replay(
    plan: &Plan,
    events: &[Event],
    terms: PlannedTerms,
    as_of: Date,
) -> Option<Replay> {
    let mut recorder =
        Recorder { plan, moments: Vec::new(), lines: Vec::new(), billed: Money::ZERO };
    let evaluation = eval::evaluate_with(plan, events, terms, as_of, &mut recorder).ok()?;
    Some(Replay { moments: recorder.moments, evaluation, of: recorder.lines })
}
