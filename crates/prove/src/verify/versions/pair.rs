//! What one history comes to on both versions.
//!
//! A state is what the two cases have in common (the calendar, hours, facts) and what each has come
//! to. It may stand for histories of which some are impossible, and leaves out none.

use super::super::choices::{Choice, What};
use super::super::timeline::{Cell, Step};
use super::side::Effect;
use super::so_far::{Differs, SoFar};
use super::tests_of::Truths;
use crate::life::{self, Becomes, Life};
use crate::model::{SubjectKind, Terminal};
use crate::plan::TriggerId;

/// What one side has come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Case {
    pub(super) signed: bool,
    pub(super) over: Option<Terminal>,
    pub(super) closed: bool,
    /// Work may be left that is not billed yet.
    pub(super) dirty: bool,
    /// Lines that fire once and have fired.
    pub(super) spent: u128,
    /// A place in the table of lists of deposits; 0 where there are none.
    pub(super) deposits: u32,
    pub(super) share_of_deposits: i64,
    pub(super) share_of_others: i64,
    /// Billed so far, where it is known and matters.
    pub(super) billed: Option<i64>,
}

/// What both have come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Pair {
    pub(super) frame: u16,
    pub(super) cell: u16,
    pub(super) begun: bool,
    pub(super) started: bool,
    pub(super) late: u8,
    pub(super) hours: u8,
    pub(super) facts: u128,
    /// The work that is not billed yet is the same on both sides.
    pub(super) same_work: bool,
    /// What the old side has billed, less what the new one has, where either is not known.
    pub(super) ahead: Option<i64>,
    /// What the new side has billed today, less what the old one has; none where it is not known.
    pub(super) today: Option<i64>,
    /// How far the sides have come apart in all.
    pub(super) so_far: SoFar,
    pub(super) cases: [Case; 2],
}

impl Pair {
    /// The calendar triggers of a cell that run on a side.
    pub(super) fn due(&self, side: usize, cell: &Cell) -> Vec<TriggerId> {
        let signed = self.cases.get(side).is_some_and(|case| case.signed);
        let runs = cell.calendar.iter().filter(|due| due.comes(self.started, signed));
        runs.map(|due| due.trigger).collect()
    }

    /// Whether the calendar brings anything on either side.
    pub(super) fn more_comes(&self, cell: &Cell) -> bool {
        [0, 1].into_iter().any(|side| !self.due(side, cell).is_empty())
    }

    /// What an event makes of each side that is open.
    pub(super) fn takes(&self, choice: &Choice, effect: &Effect) -> [Option<Becomes>; 2] {
        let mut taken = [None; 2];
        for (taken, (case, ends)) in taken.iter_mut().zip(self.cases.iter().zip(effect.ends)) {
            let life = Life { signed: case.signed, started: self.started, over: case.over };
            let what = match choice.what {
                What::Subject(SubjectKind::Action) => life::What::Action { ends },
                What::Subject(SubjectKind::Deliverable | SubjectKind::Event)
                | What::Milestone(_) => choice.in_life(),
            };
            *taken = life.take(what).ok().filter(|_| !case.closed);
        }
        taken
    }
}

/// A trigger, and which of its tests hold.
pub(super) type Spot = (TriggerId, Truths);

/// What shows on the way of a step.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shows {
    pub(super) step: Step,
    pub(super) spot: Spot,
    /// None where both sides bill the same.
    pub(super) differs: Option<Differs>,
    /// Whether the day may still make up for it.
    pub(super) may_even_out: bool,
}

/// A moment that is being judged.
pub(super) struct Moment<'m> {
    pub(super) step: Step,
    /// The triggers of each side, by their numbers in both.
    pub(super) triggers: [Vec<TriggerId>; 2],
    pub(super) cell: &'m Cell,
}

/// Where a state leads.
#[derive(Default)]
pub(super) struct Next {
    pub(super) steps: Vec<(Step, Pair)>,
    pub(super) shows: Vec<Shows>,
}
