//! One moment of the search: which of the lines that wait fire, as the evaluator judges them, and
//! what shows.

use super::dated::bills_a_share_or_sum;
use super::key::Key;
use super::ledger::{Between, Ledger};
use super::machine::{Machine, Mark, State, Successors};
use super::situation::{self, Situation};
use super::timeline::{Cell, Step};
use crate::model::{Amount, LineKind, Terminal};
use crate::money::Hours;
use crate::plan::{LineId, NameId, Plan, PlannedLine, TriggerId};

impl Machine<'_> {
    pub(super) fn situation<'a>(
        &'a self,
        state: &State,
        cell: &Cell,
        happened: &'a dyn Fn(NameId) -> bool,
    ) -> Situation<'a> {
        let start = self.frame(state).and_then(|frame| frame.start).unwrap_or(cell.first);
        Situation {
            plan: self.plan,
            axis: &self.axis,
            today: cell.first,
            started: state.started.then_some(start),
            signed: state.signed,
            over: state.over,
            hours: Hours(self.axis.cell(state.hours).0),
            happened,
        }
    }

    /// The lines that wait for the triggers of a moment, in the order in which they are judged.
    pub(super) fn waiting(&self, triggers: &[TriggerId]) -> Vec<LineId> {
        let each = triggers.iter().flat_map(|trigger| self.plan.waiting_for(*trigger));
        let mut waiting: Vec<LineId> = each.copied().collect();
        if triggers.len() > 1 {
            waiting.sort_unstable();
            waiting.dedup();
        }
        waiting
    }

    /// The lines that fire at a moment, the state being the one that they see: up to the first that
    /// closes the case.
    pub(super) fn firing(
        &self,
        state: &State,
        triggers: &[TriggerId],
        cell: &Cell,
    ) -> Vec<(LineId, &PlannedLine)> {
        let happened =
            |name: NameId| self.choices.fact(name).is_some_and(|bit| state.facts & (1 << bit) != 0);
        let situation = self.situation(state, cell, &happened);
        let mut firing = Vec::new();
        for id in self.waiting(triggers) {
            let Some(line) = self.plan.line(id) else { continue };
            let bit = 1_u128.checked_shl(id.0).unwrap_or(0);
            if line.once && state.spent & bit != 0 || !situation.line_holds(id) {
                continue;
            }
            firing.push((id, line));
            if line.closes {
                break;
            }
        }
        firing
    }

    /// Looks at the lines that wait for the triggers of a moment, as the evaluator does.
    pub(super) fn moment(
        &self,
        before: &State,
        mut next: State,
        triggers: &[TriggerId],
        cell: &Cell,
        step: Step,
        out: &mut Successors,
    ) {
        let facts = next.facts;
        let happened =
            |name: NameId| self.choices.fact(name).is_some_and(|bit| facts & (1 << bit) != 0);
        let judged = next;
        let situation = self.situation(&judged, cell, &happened);
        let waiting = self.waiting(triggers);
        let becomes_over = before.over.is_none() && next.over.is_some();
        let over = next.over.filter(|_| becomes_over);
        let thought_of = over.is_some()
            && waiting
                .iter()
                .any(|line| situation::tests(self.plan, *line, situation::asks_for_the_start));
        let mut closer: Option<LineId> = None;
        let mut marks: Vec<Mark> = Vec::new();
        let mut invoice = Between::ZERO;
        let mut last_fired = None;
        for id in waiting {
            let Some(line) = self.plan.line(id) else { continue };
            let bit = 1_u128.checked_shl(id.0).unwrap_or(0);
            if line.once && self.detail.ledger && next.spent & bit != 0 {
                continue;
            }
            let holds = situation.line_holds(id);
            if let (Some(first), LineKind::Balance, true) = (closer, line.kind, holds) {
                out.shown.push((Some(step), Key::Overlap(first, id)));
            }
            if closer.is_some() {
                continue;
            }
            if let Some(over) = over
                && !next.started
                && !thought_of
                && holds != situation.had_it_started().line_holds(id)
            {
                out.shown.push((Some(step), Key::NeverStarted(over)));
            }
            if !holds {
                continue;
            }
            out.shown.push((Some(step), Key::DeadLine(id)));
            last_fired = Some(id);
            let mut bills = bills_a_share_or_sum(line.amount);
            if self.detail.ledger {
                if line.once && !line.closes {
                    next.spent |= bit;
                }
                let own = self.bill(&mut next, id, line, cell);
                bills &= own != Between::ZERO || !matches!(line.amount, Amount::UpTo(_));
                invoice = invoice.plus(own);
            }
            if let (Some(over), Step::Advance | Step::Repeat(_), true) = (before.over, step, bills)
            {
                out.shown.push((Some(step), Key::AfterTerminal(id, over)));
            }
            let loses = |line| self.plan.schedule.loses_work(line);
            if next.dirty && line.closes && self.plan.stated(id).is_some_and(loses) {
                out.shown.push((Some(step), Key::WorkAtClosing(id)));
            }
            self.settle(&mut next, id, line, &mut marks);
            if line.closes {
                next.closed = true;
                closer = Some(id);
                next.after_work = over.is_none()
                    && next.over.is_none()
                    && matches!(line.amount, Amount::Work { .. });
            }
        }
        if let Some(closer) = closer {
            self.closes(&mut next, closer, step, out);
        } else if before.over.is_none() && next.over != before.over {
            next.class = self.class(&situation, triggers, next.over);
        } else if next.over.is_none() && next.started {
            for trigger in triggers {
                let missing = situation.missing(*trigger);
                marks.extend(missing.map(|missing| Mark::Leaks(Key::Gap(*trigger, missing))));
            }
        }
        if self.detail.ledger {
            self.money_shows(&next, invoice, last_fired, step, out);
        }
        if next.closed {
            // Nothing comes after: what led here does not matter any more.
            next =
                State { mark: 0, facts: 0, spent: 0, missed: 0, ledger: Ledger::default(), ..next };
        }
        out.steps.push((step, next));
        if self.detail.marks && !next.closed && next.mark == 0 {
            for mark in marks {
                out.steps.push((step, State { mark: self.mark(mark), ..next }));
            }
        }
    }

    /// What a line that fires does to deposits and work.
    fn settle(&self, next: &mut State, id: LineId, line: &PlannedLine, marks: &mut Vec<Mark>) {
        next.dirty &= !line.amount.is_work();
        if line.kind == LineKind::Deposit {
            marks.push(Mark::Deposit(id));
        }
        let settled = self.detail.ledger && next.ledger.deposits == Between::ZERO;
        if settled && line.kind != LineKind::Deposit {
            marks.retain(|mark| !matches!(mark, Mark::Deposit(_)));
            if let Some(Mark::Deposit(_)) = self.marked(next.mark) {
                next.mark = 0;
            }
        }
    }

    fn closes(&self, next: &mut State, closer: LineId, step: Step, out: &mut Successors) {
        next.class = if next.after_work { self.mark(Mark::Closer(closer)) } else { 0 };
        next.dirty = false;
        if !self.detail.ledger || next.over.is_some_and(|over| !over.owes_the_price()) {
            return;
        }
        let total = self.total.map(|(_, total)| total);
        if total.is_some_and(|total| next.ledger.net().least >= total) {
            return;
        }
        let fired = |line: LineId| next.spent & 1_u128.checked_shl(line.0).unwrap_or(0) != 0;
        let places = out.shown.len();
        for (_, lines) in self.dates.iter().take(usize::from(next.missed)) {
            let missed = lines.iter().filter(|line| !fired(**line));
            out.shown.extend(missed.map(|line| (Some(step), Key::PastDate(*line))));
        }
        if out.shown.len() == places && total.is_some() {
            out.shown.push((Some(step), Key::Underbilling(closer)));
        }
    }

    fn money_shows(
        &self,
        next: &State,
        invoice: Between,
        last: Option<LineId>,
        step: Step,
        out: &mut Successors,
    ) {
        if self.total.is_some_and(|(_, total)| self.counted(&next.ledger).most > total) {
            out.shown.push((Some(step), Key::Overbilling));
        }
        if let Some(line) = last.filter(|_| invoice.least < 0) {
            out.shown.push((Some(step), Key::Credit(line)));
        }
    }

    /// What a leak is called in a case that is over at this moment and stays open.
    fn class(
        &self,
        situation: &Situation<'_>,
        triggers: &[TriggerId],
        over: Option<Terminal>,
    ) -> u8 {
        let Some(over) = over else { return 0 };
        self.mark(Mark::Leaks(leak_class(self.plan, situation, triggers, over)))
    }
}

/// What a leak is called: a gap between windows, a case that never started, or a plain leak.
pub(super) fn leak_class(
    plan: &Plan,
    situation: &Situation<'_>,
    triggers: &[TriggerId],
    over: Terminal,
) -> Key {
    for trigger in triggers {
        if let Some(missing) = situation.missing(*trigger) {
            return Key::Gap(*trigger, missing);
        }
    }
    let timed = |trigger: &TriggerId| {
        situation::closing(plan, *trigger)
            .any(|line| situation::tests(plan, line, situation::measures_time))
    };
    if situation.started.is_none() && triggers.iter().any(timed) {
        return Key::NeverStarted(over);
    }
    Key::Leak(over)
}
