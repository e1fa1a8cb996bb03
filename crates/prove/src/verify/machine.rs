//! The abstract machine: what a case can come to, and how much of that is held.
//!
//! In: a plan, its timelines and its axis of hours. A state is a cell of the calendar, a cell of
//! hours, and bits. A state may stand for histories of which some are impossible.

use super::axis::{HoursAxis, MOST_CELLS, dearest_ratio};
use super::choices::{Choices, MOST_FACTS};
use super::dated::dated_lines;
use super::in_force::InForce;
use super::key::Key;
use super::ledger::{Between, Ledger};
use super::limit::Limit;
use super::timeline::{Frame, Step};
use crate::calendar::Date;
use crate::life::Life;
use crate::model::{Amount, Terminal};
use crate::money::Exact;
use crate::plan::{LineId, Plan, PlannedLine, PlannedTerms};
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
}
