//! What fires in an evening: the steps on what happens, and at most one of those that the calendar brings.

use super::{Evening, Fired, Life, Logged, with_collector};
use crate::calendar::Date;
use crate::model::StepTrigger;
use crate::money::Money;

impl Evening<'_, '_> {
    /// Fires what this evening fires.
    pub fn fire(&self, life: &mut Life, told: bool, is_last: bool, fired: &mut Vec<Fired>) {
        let mut this_evening = Vec::new();
        for (place, step) in self.follow_up.steps.iter().enumerate() {
            let comes = step.triggers.iter().any(|trigger| match trigger {
                StepTrigger::On(turn) => self.turns(*turn, life.before),
                StepTrigger::After(..) | StepTrigger::Each(..) | StepTrigger::BeforeDue(_) => false,
            });
            if comes && self.condition_holds(step, life) {
                if told {
                    life.waiting.push((place, self.day, Money(self.account.open)));
                } else {
                    self.log(place, life, None);
                    self.record(place, life, fired, false);
                    this_evening.push(place);
                }
            }
        }
        if told {
            let dated = self.take_done(life);
            if !is_last {
                return;
            }
            self.give_waiting(life, fired);
            if dated {
                return;
            }
            this_evening.extend(life.waiting.iter().map(|(step, ..)| *step));
        }
        if let Some((place, passed)) = self.dated_beside(life, &this_evening, told) {
            self.log(place, life, None);
            passed.iter().for_each(|above| self.log(*above, life, Some(place)));
            self.take(place, life, true);
            passed.into_iter().for_each(|above| self.take(above, life, true));
            self.record(place, life, fired, false);
        }
    }

    /// The same where steps on an event come first this evening; `given` is whether they are asked for, and not yet known to
    /// be done: the dated step is one that may come with them.
    fn dated_beside(
        &self,
        life: &Life,
        before: &[usize],
        given: bool,
    ) -> Option<(usize, Vec<usize>)> {
        if !given || before.is_empty() {
            return self.dated(life, before);
        }
        let mut then = life.clone();
        before.iter().for_each(|step| self.record(*step, &mut then, &mut Vec::new(), true));
        self.dated(&then, before)
    }

    /// The dated step that fires, and those above it that could have; steps that have fired this evening left out.
    pub fn dated(&self, life: &Life, fired: &[usize]) -> Option<(usize, Vec<usize>)> {
        let held = self.delivery.disputed || self.is_promised();
        if self.account.open <= 0 || held || with_collector(self.delivery, life) {
            return None;
        }
        let steps = self.follow_up.steps.iter().zip(&life.steps).enumerate();
        let could = steps.filter(|(place, (step, memory))| {
            !fired.contains(place)
                && (0..step.triggers.len())
                    .any(|trigger| self.is_open(trigger, step, memory, life).is_some())
                && self.condition_holds(step, life)
        });
        let mut could: Vec<usize> = could.map(|(place, _)| place).collect();
        let last = could.pop()?;
        Some((last, could))
    }

    /// Takes what is open of a step: it has fired, or is passed over.
    fn take(&self, place: usize, life: &mut Life, is_dated: bool) {
        let Some(step) = self.follow_up.steps.get(place) else { return };
        let Some(memory) = life.steps.get(place) else { return };
        let open: Vec<(usize, Option<(Date, u32)>)> = (0..step.triggers.len())
            .filter_map(|at| Some((at, self.is_open(at, step, memory, life)?)))
            .collect();
        let repeats = |trigger: &StepTrigger| matches!(trigger, StepTrigger::Each(..));
        let once = open.iter().any(|(_, time)| time.is_none())
            || is_dated && !step.triggers.iter().any(repeats);
        let sent = self.delivery.sent;
        let Some(memory) = life.steps.get_mut(place) else { return };
        for (trigger, time) in open {
            if let Some((anchor, time)) = time {
                memory.taken.retain(|(of, ..)| *of != trigger);
                memory.taken.push((trigger, anchor, time));
            }
        }
        if once {
            memory.spent = true;
            memory.spent_for = sent;
        }
    }

    fn record(&self, place: usize, life: &mut Life, fired: &mut Vec<Fired>, is_told: bool) {
        let Some(step) = self.follow_up.steps.get(place) else { return };
        let Some(memory) = life.steps.get_mut(place) else { return };
        memory.times = memory.times.saturating_add(1);
        memory.since_begun = memory.since_begun.saturating_add(1);
        memory.latest = Some(self.day);
        if step.hands_over {
            life.handed_over = Some(self.day);
        }
        if !is_told {
            fired.push(Fired {
                invoice: self.member.number,
                day: self.day,
                step: place,
                time: memory.times,
                open: Money(self.account.open),
            });
        }
    }

    /// Notes what comes of a step this evening, before it is taken.
    fn log(&self, place: usize, life: &mut Life, passed_by: Option<usize>) {
        let (Some(step), Some(memory)) = (self.follow_up.steps.get(place), life.steps.get(place))
        else {
            return;
        };
        let is_why = |at: &usize| match step.triggers.get(*at) {
            Some(StepTrigger::On(turn)) => passed_by.is_none() && self.turns(*turn, life.before),
            Some(_) => self.is_open(*at, step, memory, life).is_some(),
            None => false,
        };
        let triggers = (0..step.triggers.len()).filter(is_why).collect();
        life.log.push(Logged { day: self.day, step: place, passed_by, triggers });
    }

    /// What is known to have been done this day; whether a dated step is among it.
    fn take_done(&self, life: &mut Life) -> bool {
        let today: Vec<usize> = life
            .done
            .iter()
            .filter(|(day, _)| self.member.day(*day) == self.day)
            .map(|(_, step)| *step)
            .collect();
        let mut any_dated = false;
        for place in today {
            self.log(place, life, None);
            if let Some(waits) = life.waiting.iter().position(|(step, ..)| *step == place) {
                life.waiting.remove(waits);
                self.record(place, life, &mut Vec::new(), true);
                continue;
            }
            let could = self.dated(life, &[]);
            let above = could.into_iter().flat_map(|(last, mut above)| {
                above.push(last);
                above
            });
            let above: Vec<usize> = above.filter(|other| *other < place).collect();
            above.iter().for_each(|above| self.log(*above, life, Some(place)));
            self.take(place, life, true);
            above.into_iter().for_each(|above| self.take(above, life, true));
            self.record(place, life, &mut Vec::new(), true);
            any_dated = true;
        }
        any_dated
    }

    /// The steps on an event that are not known to be done.
    fn give_waiting(&self, life: &mut Life, fired: &mut Vec<Fired>) {
        let mut given: Vec<(usize, u32)> = Vec::new();
        for (place, day, open) in &life.waiting {
            let before = given.iter().filter(|(step, _)| step == place).count();
            let done = life.steps.get(*place).map_or(0, |memory| memory.times);
            let time = done + u32::try_from(before).unwrap_or(u32::MAX) + 1;
            given.push((*place, time));
            let invoice = self.member.number;
            fired.push(Fired { invoice, day: *day, step: *place, time, open: *open });
        }
        // What comes of the dated step counts after them.
        for (place, time) in given {
            if let Some(memory) = life.steps.get_mut(place) {
                memory.times = memory.times.max(time);
            }
        }
    }
}
