//! What fires in an evening: the steps on what happens, and at most one of those that the calendar brings.

use super::{DoneStep, Evening, Fired, Life, Logged, Waiting, step_id, with_collector};
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
                    self.ask_for(place, life);
                } else {
                    self.log(place, life, None);
                    self.record(place, life, Some(fired));
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
            this_evening.extend(life.waiting.iter().map(|waiting| waiting.step));
        }
        if let Some((place, passed)) = self.dated_beside(life, &this_evening, told) {
            self.log(place, life, None);
            passed.iter().for_each(|above| self.log(*above, life, Some(place)));
            self.take(place, life);
            passed.into_iter().for_each(|above| self.take(above, life));
            self.record(place, life, Some(fired));
        }
    }

    /// The dated step that may come with steps on an event, which come first this evening; where it is told what was done, they
    /// are asked for, and are looked at as if they had been.
    fn dated_beside(
        &self,
        life: &Life,
        before: &[usize],
        told: bool,
    ) -> Option<(usize, Vec<usize>)> {
        if !told || before.is_empty() {
            return self.dated(life, before);
        }
        let mut then = life.clone();
        before.iter().for_each(|step| self.has_fired(*step, &mut then));
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
    fn take(&self, place: usize, life: &mut Life) {
        let Some(step) = self.follow_up.steps.get(place) else { return };
        let Some(memory) = life.steps.get(place) else { return };
        let open: Vec<(usize, Option<(Date, u32)>)> = (0..step.triggers.len())
            .filter_map(|at| Some((at, self.is_open(at, step, memory, life)?)))
            .collect();
        let repeats = |trigger: &StepTrigger| matches!(trigger, StepTrigger::Each(..));
        let once =
            open.iter().any(|(_, time)| time.is_none()) || !step.triggers.iter().any(repeats);
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
            memory.spent_for.insert(sent);
        }
    }

    /// A step fires this evening; it is given, if `fired` is there.
    fn record(&self, place: usize, life: &mut Life, fired: Option<&mut Vec<Fired>>) {
        let Some(memory) = life.steps.get_mut(place) else { return };
        memory.times = memory.times.saturating_add(1);
        let time = memory.times;
        self.has_fired(place, life);
        if let Some(fired) = fired {
            let open = Money(self.account.open);
            let (invoice, day) = (self.member.number, self.day);
            fired.push(Fired { invoice, day, step: place, time, open });
        }
    }

    /// What a step leaves behind that fires this evening.
    fn has_fired(&self, place: usize, life: &mut Life) {
        let Some(step) = self.follow_up.steps.get(place) else { return };
        let Some(memory) = life.steps.get_mut(place) else { return };
        memory.since_begun = memory.since_begun.saturating_add(1);
        memory.latest = Some(self.day);
        if step.hands_over {
            life.handed_over = Some(self.day);
        }
    }

    /// A step on an event comes this evening: which time it is stays with it until it is done.
    fn ask_for(&self, place: usize, life: &mut Life) {
        let Some(memory) = life.steps.get_mut(place) else { return };
        memory.times = memory.times.saturating_add(1);
        let (time, open) = (memory.times, Money(self.account.open));
        life.waiting.push(Waiting { step: place, day: self.day, time, open });
    }

    /// Which of the steps that are asked for was done: the one with its id, else the one of its day, else the first.
    fn waiting_for(&self, done: &DoneStep, life: &Life) -> Option<usize> {
        let (invoice, follow_up) = (&self.member.invoice.invoice_id, &self.follow_up.name);
        let label = &self.follow_up.steps.get(done.step)?.label;
        let place = |is_it: &dyn Fn(&Waiting) -> bool| {
            life.waiting.iter().position(|waiting| waiting.step == done.step && is_it(waiting))
        };
        let by_id = done.id.as_ref().and_then(|id| {
            place(&|waiting| step_id(invoice, follow_up, label, waiting.time) == *id)
        });
        by_id.or_else(|| place(&|waiting| waiting.day == done.day)).or_else(|| place(&|_| true))
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
        let today = life.done.iter().filter(|done| self.member.day(done.day) == self.day);
        let today: Vec<DoneStep> = today.cloned().collect();
        let mut any_dated = false;
        for done in today {
            let place = done.step;
            self.log(place, life, None);
            if let Some(waits) = self.waiting_for(&done, life) {
                life.waiting.remove(waits);
                self.has_fired(place, life);
                continue;
            }
            let could = self.dated(life, &[]);
            let above = could.into_iter().flat_map(|(last, mut above)| {
                above.push(last);
                above
            });
            let above: Vec<usize> = above.filter(|other| *other < place).collect();
            above.iter().for_each(|above| self.log(*above, life, Some(place)));
            self.take(place, life);
            above.into_iter().for_each(|above| self.take(above, life));
            self.record(place, life, None);
            any_dated = true;
        }
        any_dated
    }

    /// The steps on an event that are not known to be done.
    fn give_waiting(&self, life: &Life, fired: &mut Vec<Fired>) {
        let invoice = self.member.number;
        fired.extend(life.waiting.iter().map(|waiting| {
            let Waiting { step, day, time, open } = *waiting;
            Fired { invoice, day, step, time, open }
        }));
    }
}
