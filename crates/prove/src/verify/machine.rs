//! The abstract machine: what a case can do next, and what comes of it.
//!
//! In: a plan, its timelines and its axis of hours. A state is a cell of the calendar, a cell of
//! hours, and bits; an event or a step of the calendar leads to others. The machine may do more than
//! the evaluator (a state may stand for histories of which some are impossible), never less: what it
//! cannot reach cannot happen. It bills nothing itself; what it finds is replayed before it is
//! believed.

use super::axis::{HoursAxis, MOST_CELLS, dearest_ratio};
use super::choices::{Choice, Choices, MOST_FACTS, What, Work};
use super::frame::{Cell, Frame};
use super::in_force::InForce;
use super::key::Key;
use super::ledger::{Between, Ledger};
use super::limit::Limit;
use super::moments::dated_lines;
use crate::calendar::Date;
use crate::life::Life;
use crate::model::{Amount, Milestone, SubjectKind, Terminal};
use crate::money::Exact;
use crate::plan::{LineId, Plan, PlannedLine, PlannedTerms, TriggerId};
use std::cell::RefCell;

/// A state has a bit for so many lines, and room for so many things that are followed to the end.
const MOST_LINES: usize = 128;
const MOST_MARKS: usize = 250;

/// What a case has come to, as far as a property needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct State {
    pub(super) frame: u16,
    pub(super) cell: u16,
    pub(super) begun: bool,
    pub(super) started: bool,
    pub(super) signed: bool,
    /// The latest place in this day of an event of a single day: 0 where any may still come.
    pub(super) late: u8,
    pub(super) over: Option<Terminal>,
    pub(super) closed: bool,
    /// Closed by a balance of work before it was over.
    pub(super) after_work: bool,
    /// Work is not billed yet.
    pub(super) dirty: bool,
    pub(super) hours: u8,
    /// Something to follow to the end of the case: a place in the table of marks.
    pub(super) mark: u8,
    /// What it is called if the case leaks, from the terminal event on.
    pub(super) class: u8,
    pub(super) facts: u128,
    /// Lines that fire once and have fired.
    pub(super) spent: u128,
    /// How many of the dates of lines were past when the case began.
    pub(super) missed: u8,
    pub(super) ledger: Ledger,
}

impl State {
    /// What the case has come to, as far as that decides what an event does.
    pub(super) fn life(&self) -> Life {
        Life { signed: self.signed, started: self.started, over: self.over }
    }
}

/// One step of a history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// An event, the cell of hours to which it leads, and whether it is billable work.
    Event { choice: u16, hours: u8, worked: bool },
    /// On to the next cell.
    Advance,
    /// Back to the cell of that number: another month of the same kind.
    Repeat(u16),
}

/// What is worth following to the end of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Deposit(LineId),
    /// A finding, if the case leaks.
    Leaks(Key),
    Closer(LineId),
}

/// How much a state holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Detail {
    /// Which lines have fired, and what is billed.
    pub(super) ledger: bool,
    /// What to follow to the end.
    pub(super) marks: bool,
}

/// Where a step leads.
#[derive(Default)]
pub(super) struct Successors {
    pub(super) steps: Vec<(Step, State)>,
    /// What shows: on the way of a step, or in the state itself where there is none.
    pub(super) shown: Vec<(Option<Step>, Key)>,
}

pub(super) struct Machine<'p> {
    pub(super) plan: &'p Plan,
    pub(super) terms: PlannedTerms,
    pub(super) axis: HoursAxis,
    pub(super) frames: Vec<Frame>,
    pub(super) choices: Choices,
    pub(super) detail: Detail,
    /// The exact and the rounded total, where it is known.
    pub(super) total: Option<(Exact, i64)>,
    pub(super) ratio: (i128, i128),
    /// The dates on which lines bill, the earliest first.
    pub(super) dates: Vec<(Date, Vec<LineId>)>,
    /// Lines that are left out of what a case may not bill.
    pub(super) aside: u128,
    /// Whether the planned hours stand for others, so that hours leave their share of them open.
    pub(super) shares_vary: bool,
    /// When its cases begin.
    pub(super) in_force: InForce,
    marks: RefCell<Vec<Mark>>,
}

impl<'p> Machine<'p> {
    pub(super) fn new(
        plan: &'p Plan,
        terms: PlannedTerms,
        frames: Vec<Frame>,
        axis: HoursAxis,
    ) -> Machine<'p> {
        let known = plan.total(terms.hours).ok().flatten();
        let stated = !plan.schedule.price.is_a_rate() || plan.schedule.planned_hours.is_some();
        let known = known.filter(|_| stated);
        Machine {
            plan,
            terms,
            axis,
            frames,
            choices: Choices::new(plan),
            detail: Detail { ledger: false, marks: true },
            total: known.and_then(|exact| Some((exact, exact.round()?.0))),
            ratio: dearest_ratio(plan),
            dates: dated_lines(plan),
            aside: 0,
            shares_vary: false,
            in_force: InForce::default(),
            marks: RefCell::new(Vec::new()),
        }
    }

    /// The same for cases that begin while a version is in force.
    pub(super) fn beginning(self, in_force: InForce) -> Machine<'p> {
        Machine { in_force, ..self }
    }

    /// The states before anything has happened.
    pub(super) fn initial(&self) -> impl Iterator<Item = State> {
        (0..self.frames.len()).map(|frame| State {
            frame: u16::try_from(frame).unwrap_or(u16::MAX),
            cell: 0,
            begun: false,
            started: false,
            signed: false,
            late: 0,
            over: None,
            closed: false,
            after_work: false,
            dirty: false,
            hours: 0,
            mark: 0,
            class: 0,
            facts: 0,
            spent: 0,
            missed: 0,
            ledger: Ledger::default(),
        })
    }

    /// What had to be told apart and is more than a state can hold.
    pub(super) fn limit(&self) -> Option<Limit> {
        let limits = [
            (self.plan.lines.len() > MOST_LINES, Limit::Lines(MOST_LINES)),
            (self.choices.too_many_facts, Limit::Names(MOST_FACTS)),
            (self.axis.too_fine(), Limit::HourCells(MOST_CELLS)),
            (self.marks.borrow().len() > MOST_MARKS, Limit::Marks(MOST_MARKS)),
            (self.dates.len() > MOST_MARKS, Limit::Marks(MOST_MARKS)),
        ];
        limits.into_iter().find(|(met, _)| *met).map(|(_, limit)| limit)
    }

    /// Whether there is such a thing.
    pub(super) fn overflowed(&self) -> bool {
        self.limit().is_some()
    }

    /// Whether a line is left out of what a case may not bill.
    pub(super) fn is_aside(&self, line: LineId) -> bool {
        self.aside & 1_u128.checked_shl(line.0).unwrap_or(0) != 0
    }

    /// Everything billed so far, less what is left out.
    pub(super) fn counted(&self, ledger: &Ledger) -> Between {
        if self.aside == 0 {
            return ledger.net();
        }
        let of_work = |line: &PlannedLine| matches!(line.amount, Amount::Work { .. });
        let ids = (0..).map(LineId).zip(&self.plan.lines);
        let work = ids.filter(|(_, line)| of_work(line)).all(|(id, _)| self.is_aside(id));
        ledger.net_without(work)
    }

    pub(super) fn mark(&self, mark: Mark) -> u8 {
        let mut marks = self.marks.borrow_mut();
        let place = marks.iter().position(|known| *known == mark).unwrap_or_else(|| {
            marks.push(mark);
            marks.len() - 1
        });
        u8::try_from(place + 1).unwrap_or(u8::MAX)
    }

    pub(super) fn marked(&self, mark: u8) -> Option<Mark> {
        usize::from(mark).checked_sub(1).and_then(|place| self.marks.borrow().get(place).copied())
    }

    pub(super) fn frame(&self, state: &State) -> Option<&Frame> {
        self.frames.get(usize::from(state.frame))
    }

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
