//! The machine of two versions: what one history comes to on both, step by step.
//!
//! A state is what the two cases have in common (the calendar, hours, facts) and what each has come
//! to. It may stand for histories of which some are impossible, and leaves out none. Every moment is
//! compared: what is not surely the same on both sides is shown, to be run through the evaluator
//! before it is believed.

use super::super::choices::{Choice, What};
use super::super::frame::{Cell as Days, Frame};
use super::super::machine::Step;
use super::Options;
use super::invoice::Deposit;
use super::joint::Joint;
use super::moment::Moment;
use super::side::Effect;
use super::so_far::SoFar;
use super::tests_of::Truths;
use super::twins::Twins;
use crate::life::{self, Becomes, Life};
use crate::model::{Milestone, SubjectKind, Terminal};
use crate::plan::{TriggerId, Work};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;

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
    begun: bool,
    pub(super) started: bool,
    late: u8,
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
    fn due(&self, side: usize, cell: &Days) -> Vec<TriggerId> {
        let signed = self.cases.get(side).is_some_and(|case| case.signed);
        let runs = cell.calendar.iter().filter(|due| due.comes(self.started, signed));
        runs.map(|due| due.trigger).collect()
    }

    /// Whether the calendar brings anything on either side.
    pub(super) fn more_comes(&self, cell: &Days) -> bool {
        [0, 1].into_iter().any(|side| !self.due(side, cell).is_empty())
    }

    /// What an event makes of each side that is open.
    fn takes(&self, choice: &Choice, effect: &Effect) -> [Option<Becomes>; 2] {
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

/// How the two sides differ at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Differs {
    /// The new one bills more.
    More,
    /// The new one bills less.
    Less,
    /// The sums are the same, the lines are not.
    Lines,
    /// It is not known.
    Perhaps,
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

/// What is followed of the lines that have fired.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// Only whether both sides have done alike.
    Alike,
    /// All but the parts that both sides bill alike.
    Others,
    /// Every line.
    Every,
}

/// Where a state leads.
#[derive(Default)]
pub(super) struct Next {
    pub(super) steps: Vec<(Step, Pair)>,
    pub(super) shows: Vec<Shows>,
}

/// The machine.
pub(super) struct Pairs<'j, 'p> {
    pub(super) joint: &'j Joint<'p>,
    /// Only what is billed in all on a day counts.
    pub(super) money: bool,
    /// No case is over before it starts.
    started: bool,
    /// Which lines have fired, and what they came to, is not looked at as long as it is the same on
    /// both sides.
    pub(super) coarse: bool,
    /// Parts of which only that is not looked at.
    pub(super) twins: Option<&'j Twins>,
    /// While not looked at, it has become different in a case that goes on.
    pub(super) lost: Cell<bool>,
    lists: RefCell<Lists>,
}

/// Every list of deposits that was met, each with its place.
#[derive(Default)]
struct Lists {
    all: Vec<Vec<Deposit>>,
    places: HashMap<Vec<Deposit>, u32, foldhash::fast::RandomState>,
}

impl Lists {
    fn place_of(&mut self, list: Vec<Deposit>) -> u32 {
        let all = &mut self.all;
        *self.places.entry(list).or_insert_with_key(|list| {
            all.push(list.clone());
            u32::try_from(all.len()).unwrap_or(u32::MAX)
        })
    }
}

impl<'j, 'p> Pairs<'j, 'p> {
    pub(super) fn new(joint: &'j Joint<'p>, options: &Options, look: Look) -> Pairs<'j, 'p> {
        let Options { money, started, budget: _ } = *options;
        let coarse = look == Look::Alike;
        let twins = joint.twins.as_ref().filter(|_| look == Look::Others);
        let (lost, lists) = (Cell::new(false), RefCell::default());
        Pairs { joint, money, started, coarse, twins, lost, lists }
    }

    pub(super) fn initial(&self) -> impl Iterator<Item = Pair> {
        let followed = !self.coarse && self.twins.is_none();
        let billed = (followed || !self.joint.counts_billed).then_some(0);
        let ahead = (self.coarse || !followed && self.joint.counts_billed).then_some(0);
        let case = Case { billed, ..Case::default() };
        (0..self.joint.machine.frames.len()).map(move |frame| Pair {
            frame: u16::try_from(frame).unwrap_or(u16::MAX),
            cell: 0,
            begun: false,
            started: false,
            late: 0,
            hours: 0,
            facts: 0,
            same_work: true,
            ahead,
            today: Some(0),
            so_far: SoFar::ALIKE,
            cases: [case; 2],
        })
    }

    pub(super) fn frame(&self, pair: &Pair) -> Option<&'j Frame> {
        self.joint.machine.frames.get(usize::from(pair.frame))
    }

    /// The list of deposits of that number.
    pub(super) fn list(&self, place: u32) -> Vec<Deposit> {
        let Some(place) = (place as usize).checked_sub(1) else { return Vec::new() };
        self.lists.borrow().all.get(place).cloned().unwrap_or_default()
    }

    pub(super) fn place_of(&self, list: Vec<Deposit>) -> u32 {
        if list.is_empty() { 0 } else { self.lists.borrow_mut().place_of(list) }
    }

    pub(super) fn expand(&self, pair: &Pair, next: &mut Next) {
        next.steps.clear();
        next.shows.clear();
        let Some(frame) = self.frame(pair) else { return };
        let Some(cell) = frame.cells.get(usize::from(pair.cell)) else { return };
        if pair.cases.iter().all(|case| case.closed) {
            return;
        }
        self.events(pair, frame, cell, next);
        self.advance(pair, frame, cell, next);
    }

    fn events(&self, pair: &Pair, frame: &Frame, cell: &Days, next: &mut Next) {
        let single = cell.is_day();
        let here = |day: Option<u16>| day.is_none_or(|day| day == pair.cell);
        let choices = &self.joint.machine.choices.all;
        for (place, (choice, effect)) in choices.iter().zip(&self.joint.effects).enumerate() {
            let takes = pair.takes(choice, effect);
            let any = |what: fn(&Becomes) -> bool| takes.iter().flatten().any(what);
            let ends = any(|becomes| becomes.over.is_some())
                && choice.what != What::Subject(SubjectKind::Action);
            let possible = any(|_| true)
                && (!any(|becomes| becomes.started) || here(frame.start_cell))
                && (!any(|becomes| becomes.signed) || here(frame.signature_cell))
                && (!single || pair.late <= choice.place_in_day())
                && (!ends || pair.started || !self.started);
            if !possible {
                continue;
            }
            let mut then = *pair;
            then.begun = true;
            if single {
                then.late = then.late.max(choice.place_in_day());
            } else {
                then.today = Some(0);
            }
            if let Some(fact) = choice.fact {
                then.facts |= 1 << fact;
            }
            let number = u16::try_from(place).unwrap_or(u16::MAX);
            for (hours, worked) in self.hours_of(pair, choice) {
                let mut then = then;
                let step = Step::Event { choice: number, hours, worked };
                self.work(&mut then, effect, hours, worked);
                self.event(then, choice, takes, cell, step, next);
            }
        }
    }

    /// To which hours an event can lead, and whether it brings any.
    fn hours_of(&self, pair: &Pair, choice: &Choice) -> Vec<(u8, bool)> {
        let (axis, here) = (&self.joint.machine.axis, pair.hours);
        if choice.what != What::Subject(SubjectKind::Action) {
            return vec![(here, false)];
        }
        let (first, last) = axis.cell(here);
        let mut all = vec![(here, false)];
        if first < last && choice.work.is_of_hours() {
            all.push((here, true));
        }
        all.extend((here + 1..axis.len()).map(|hours| (hours, true)));
        all
    }

    /// What an action adds to the work of each side.
    fn work(&self, pair: &mut Pair, effect: &Effect, hours: u8, worked: bool) {
        let axis = &self.joint.machine.axis;
        let (before, after) = (axis.cell(pair.hours).0, axis.cell(hours).1);
        pair.hours = hours;
        let caps = [0, 1].map(|side: usize| self.joint.sides.get(side).map_or(0, |side| side.cap));
        let mut added = effect.work;
        for (work, (case, cap)) in added.iter_mut().zip(pair.cases.iter_mut().zip(caps)) {
            if work.of_an_hour().is_some() && (!worked || before >= cap) {
                *work = Work::None;
            }
            case.dirty |= *work != Work::None && !case.closed;
        }
        let [old, new] = added;
        let [old_cap, new_cap] = caps;
        let cut_alike = old_cap == new_cap || after <= old_cap.min(new_cap);
        let hourly = old.of_an_hour().is_some();
        pair.same_work &= old == new && (cut_alike || !hourly);
        self.even_work(pair);
    }

    /// Where neither has any work left, or one bills no more, it is the same.
    pub(super) fn even_work(&self, pair: &mut Pair) {
        pair.same_work |= pair.cases.iter().all(|case| !case.dirty);
        pair.same_work |= pair.cases.iter().any(|case| case.closed);
    }

    fn event(
        &self,
        mut then: Pair,
        choice: &Choice,
        takes: [Option<Becomes>; 2],
        cell: &Days,
        step: Step,
        next: &mut Next,
    ) {
        let plan = self.joint.machine.plan;
        let mut triggers: [Vec<TriggerId>; 2] = [Vec::new(), Vec::new()];
        let sides = triggers.iter_mut().zip(&mut then.cases).zip(takes);
        for ((triggers, case), becomes) in sides {
            let Some(becomes) = becomes else { continue };
            triggers.extend(choice.trigger);
            if becomes.signed {
                case.signed = true;
                triggers.extend(plan.milestone(Milestone::Signature));
            }
            if becomes.started {
                then.started = true;
                triggers.extend(plan.milestone(Milestone::Start));
            }
            if let Some(over) = becomes.over {
                case.over = Some(over);
                triggers.extend(plan.milestone(over.milestone()));
            }
        }
        self.moment(then, &Moment { step, triggers, cell }, next);
    }

    fn advance(&self, pair: &Pair, frame: &Frame, cell: &Days, next: &mut Next) {
        let after = frame.after(pair.cell);
        let Some((&(step, to), again)) = after.split_first() else { return };
        let triggers = [0, 1].map(|side| pair.due(side, cell));
        let places = next.steps.len();
        if pair.begun && triggers.iter().any(|triggers| !triggers.is_empty()) {
            self.moment(*pair, &Moment { step, triggers, cell }, next);
        } else {
            next.steps.push((step, *pair));
        }
        for (_, then) in next.steps.iter_mut().skip(places) {
            *then = Pair { late: 0, today: Some(0), cell: to, ..*then };
        }
        let onward = places..next.steps.len();
        for &(step, cell) in again {
            let then = |place| Some((step, Pair { cell, ..next.steps.get::<usize>(place)?.1 }));
            let again: Vec<(Step, Pair)> = onward.clone().filter_map(then).collect();
            next.steps.extend(again);
        }
    }
}
