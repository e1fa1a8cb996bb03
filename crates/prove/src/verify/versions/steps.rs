//! The steps of the machine of two versions: what one history comes to on both, event by event and day by day. Every moment is
//! compared: what is not surely the same on both sides is shown, to be run through the evaluator
//! before it is believed.

use super::super::choices::{Choice, What};
use super::super::timeline::{Cell, Frame, Step};
use super::pair::{Moment, Next, Pair};
use super::pairs::Pairs;
use super::side::Effect;
use crate::life::Becomes;
use crate::model::{Milestone, SubjectKind};
use crate::plan::{TriggerId, Work};

impl Pairs<'_, '_> {
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

    fn events(&self, pair: &Pair, frame: &Frame, cell: &Cell, next: &mut Next) {
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

    fn event(
        &self,
        mut then: Pair,
        choice: &Choice,
        takes: [Option<Becomes>; 2],
        cell: &Cell,
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

    fn advance(&self, pair: &Pair, frame: &Frame, cell: &Cell, next: &mut Next) {
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
