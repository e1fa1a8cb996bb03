//! The steps of the abstract machine: what a case can do next, and what comes of it.
//!
//! An event or a step of the calendar leads from a state to others. The machine may do more than
//! the evaluator, never less: what it cannot reach cannot happen. It bills nothing itself; what it
//! finds is replayed before it is believed.

use super::choices::{Choice, What, Work};
use super::key::Key;
use super::machine::{Machine, Mark, State, Successors};
use super::timeline::{Cell, Frame, Step};
use crate::model::{Milestone, SubjectKind};
use crate::plan::TriggerId;

impl Machine<'_> {
    pub(super) fn expand(&self, state: &State, out: &mut Successors) {
        out.steps.clear();
        out.shown.clear();
        let Some(frame) = self.frame(state) else { return };
        let Some(cell) = frame.cells.get(usize::from(state.cell)) else { return };
        if state.closed {
            if state.after_work {
                self.work_after_closing(state, out);
            }
            return;
        }
        self.events(state, frame, cell, out);
        self.advance(state, frame, cell, out);
    }

    fn work_after_closing(&self, state: &State, out: &mut Successors) {
        let Some(Mark::Closer(line)) = self.marked(state.class) else { return };
        for (place, choice) in self.choices.all.iter().enumerate() {
            if choice.work != Work::None && self.may_bill(state.hours) {
                let choice = u16::try_from(place).unwrap_or(u16::MAX);
                let hours = self.work_stays_in(state.hours);
                let step = Step::Event { choice, hours, worked: true };
                out.shown.push((Some(step), Key::WorkAfterClosing(line)));
            }
        }
    }

    /// The cell in which more hours can be given: this one if it has room, or else the next.
    fn work_stays_in(&self, hours: u8) -> u8 {
        let (first, last) = self.axis.cell(hours);
        if first < last { hours } else { hours.saturating_add(1).min(self.axis.len() - 1) }
    }

    /// Whether hours are billable at all from this cell on.
    fn may_bill(&self, hours: u8) -> bool {
        let most = self.plan.schedule.price.at_most();
        most.is_none_or(|most| self.axis.cell(hours).0 < most.0)
    }

    fn events(&self, state: &State, frame: &Frame, cell: &Cell, out: &mut Successors) {
        let single = cell.is_day();
        for (place, choice) in self.choices.all.iter().enumerate() {
            let choice_number = u16::try_from(place).unwrap_or(u16::MAX);
            if !may_come(choice, state, frame, single) {
                continue;
            }
            let mut next = *state;
            if !state.begun && self.detail.ledger {
                let past = self.dates.partition_point(|(date, _)| *date < cell.first);
                next.missed = u8::try_from(past).unwrap_or(u8::MAX);
            }
            next.begun = true;
            if single {
                next.late = next.late.max(choice.place_in_day());
            }
            for (hours, worked) in self.hours_of(state, choice) {
                let mut next = next;
                next.hours = hours;
                next.dirty |= worked;
                let step = Step::Event { choice: choice_number, hours, worked };
                self.event(state, next, choice, cell, step, out);
            }
        }
    }

    /// To which hours an event can lead, and whether it is billable work.
    pub(super) fn hours_of(&self, state: &State, choice: &Choice) -> Vec<(u8, bool)> {
        let here = state.hours;
        if choice.what != What::Subject(SubjectKind::Action) {
            return vec![(here, false)];
        }
        let (first, last) = self.axis.cell(here);
        let mut all = Vec::new();
        all.push((here, choice.work == Work::Flat));
        if choice.work.is_of_hours() && self.may_bill(here) && first < last {
            all.push((here, true));
        }
        let more = choice.work != Work::None && self.may_bill(here);
        all.extend((here + 1..self.axis.len()).map(|hours| (hours, more)));
        all
    }

    fn event(
        &self,
        before: &State,
        next: State,
        choice: &Choice,
        cell: &Cell,
        step: Step,
        out: &mut Successors,
    ) {
        let (next, triggers) = self.happens(before, next, choice);
        self.moment(before, next, &triggers, cell, step, out);
    }

    /// What an event makes of the case, and what it triggers.
    pub(super) fn happens(
        &self,
        before: &State,
        mut next: State,
        choice: &Choice,
    ) -> (State, Vec<TriggerId>) {
        let mut triggers: Vec<TriggerId> = Vec::new();
        let Ok(becomes) = before.life().take(choice.in_life()) else { return (next, triggers) };
        triggers.extend(choice.trigger);
        if let Some(fact) = choice.fact {
            next.facts |= 1 << fact;
        }
        if becomes.signed {
            next.signed = true;
            triggers.extend(self.plan.milestone(Milestone::Signature));
        }
        if becomes.started {
            next.started = true;
            triggers.extend(self.plan.milestone(Milestone::Start));
        }
        if let Some(over) = becomes.over {
            next.over = Some(over);
            triggers.extend(self.plan.milestone(over.milestone()));
        }
        (next, triggers)
    }

    /// What the calendar triggers at the end of a cell.
    pub(super) fn due(&self, state: &State, cell: &Cell) -> Vec<TriggerId> {
        let due = cell.calendar.iter().filter(|due| due.comes(state.started, state.signed));
        due.map(|due| due.trigger).collect()
    }

    fn advance(&self, state: &State, frame: &Frame, cell: &Cell, out: &mut Successors) {
        let after = frame.after(state.cell);
        let Some((&(step, to), again)) = after.split_first() else {
            self.at_the_end(state, out);
            return;
        };
        let next = State { late: 0, cell: to, ..*state };
        let triggers = self.due(state, cell);
        let comes = state.begun && !triggers.is_empty();
        let places = out.steps.len();
        if comes {
            self.moment(state, next, &triggers, cell, step, out);
        } else {
            out.steps.push((step, next));
        }
        if usize::from(state.cell) + 1 == frame.cells.len() && state.over.is_some() {
            // Another month of the same kind changes nothing any more: so it stays.
            let still =
                out.steps.get(places..).unwrap_or_default().iter().any(|(_, after)| {
                    State { cell: state.cell, late: state.late, ..*after } == *state
                });
            if still {
                self.at_the_end(state, out);
            }
        }
        let onward = places..out.steps.len();
        for &(step, cell) in again {
            let next = |place| Some((step, State { cell, ..out.steps.get::<usize>(place)?.1 }));
            let again: Vec<(Step, State)> = onward.clone().filter_map(next).collect();
            out.steps.extend(again);
        }
    }

    /// A case that is over and waits for ever.
    fn at_the_end(&self, state: &State, out: &mut Successors) {
        let Some(over) = state.over else { return };
        let deposit = match self.marked(state.mark) {
            Some(Mark::Deposit(line)) => Some(line),
            Some(Mark::Leaks(_) | Mark::Closer(_)) | None => None,
        };
        if state.dirty {
            out.shown.push((None, Key::WorkLeft(over)));
        }
        if let Some(line) = deposit {
            out.shown.push((None, Key::StrandedDeposit(line, over)));
        }
        let price_left = self
            .total
            .is_some_and(|(_, total)| !self.detail.ledger || state.ledger.net().least < total);
        let owed = self.detail.ledger && state.ledger.deposits.most > 0;
        if price_left || owed || state.dirty || deposit.is_some() {
            for mark in [state.class, state.mark] {
                match self.marked(mark) {
                    Some(Mark::Leaks(key)) => out.shown.push((None, key)),
                    Some(Mark::Deposit(_) | Mark::Closer(_)) | None => {}
                }
            }
        }
    }
}

/// Whether an event that makes something of a case can be its next: on a single day, or in a stretch.
pub(super) fn may_come(choice: &Choice, state: &State, frame: &Frame, single: bool) -> bool {
    let Ok(becomes) = state.life().take(choice.in_life()) else { return false };
    let here = |day: Option<u16>| day.is_none_or(|day| day == state.cell);
    (!becomes.started || here(frame.start_cell))
        && (!becomes.signed || here(frame.signature_cell))
        && (!single || state.late <= choice.place_in_day())
}
