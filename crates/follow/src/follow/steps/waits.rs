//! What each step waits for: said to whoever asks why nothing comes.

use super::open::{latest_time, nth_time};
use super::{Evening, Life, Memory};
use crate::calendar::Date;
use crate::model::{FollowStep, InvoiceDay, StepAnchor, StepCondition, StepTrigger, Turn};

/// What a trigger of a step waits for in the last evening.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wait {
    /// Until this happens.
    For(Turn),
    /// Until there is the day from which it counts.
    Anchor(StepAnchor),
    /// Until this day.
    From(Date),
    /// Its day has come: for its conditions, and for what holds the invoice.
    Since(Date),
    /// For nothing more: it was due on this day.
    Lapsed(Date),
    /// For nothing more: the step has fired, or was passed over.
    Over,
    /// For nothing more: the step has fired as often as it may.
    AsOften(u32),
}

/// How a step stands in the last evening.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepNow {
    /// What each of its triggers waits for.
    pub waits: Vec<Wait>,
    /// The parts of its condition that keep it back, and whether each is wanted.
    pub failing: Vec<(StepCondition, bool)>,
}

impl Evening<'_, '_> {
    /// How each step stands.
    pub fn steps_now(&self, life: &Life) -> Vec<StepNow> {
        let now = |(step, memory): (&FollowStep, &Memory)| StepNow {
            waits: (0..step.triggers.len())
                .filter_map(|trigger| self.wait(trigger, step, memory, life))
                .collect(),
            failing: step.condition.as_ref().map_or(Vec::new(), |condition| {
                let mut failing = Vec::new();
                self.failing(condition, true, life, &mut failing);
                failing
            }),
        };
        self.follow_up.steps.iter().zip(&life.steps).map(now).collect()
    }

    /// What a trigger of a step waits for.
    fn wait(&self, place: usize, step: &FollowStep, memory: &Memory, life: &Life) -> Option<Wait> {
        let later = |day: Date| if day > self.day { Wait::From(day) } else { Wait::Since(day) };
        Some(match *step.triggers.get(place)? {
            StepTrigger::On(turn) => Wait::For(turn),
            StepTrigger::After(length, anchor) => match self.anchor(anchor, life) {
                None => Wait::Anchor(anchor),
                Some(_) if !self.is_left(memory, anchor) => Wait::Over,
                Some(day) => later(self.clamped(day.plus(length))),
            },
            StepTrigger::BeforeDue(length) => match self.due {
                None => Wait::Anchor(StepAnchor::Day(InvoiceDay::Due)),
                Some(_) if memory.spent => Wait::Over,
                Some(due) if self.day >= due => Wait::Lapsed(due),
                Some(due) => later(self.clamped(due.minus(length))),
            },
            StepTrigger::Each(length, anchor) => match self.anchor(anchor, life) {
                None => Wait::Anchor(anchor),
                Some(_) if step.at_most.is_some_and(|most| memory.since_begun >= most) => {
                    Wait::AsOften(memory.since_begun)
                }
                Some(day) => {
                    let time = latest_time(day, length, self.day);
                    match self.is_open(place, step, memory, life) {
                        Some(_) => Wait::Since(self.clamped(nth_time(day, length, time))),
                        None => Wait::From(nth_time(day, length, time + 1)),
                    }
                }
            },
        })
    }

    /// The parts of a condition that keep it from being what is wanted.
    fn failing(
        &self,
        condition: &StepCondition,
        wanted: bool,
        life: &Life,
        failing: &mut Vec<(StepCondition, bool)>,
    ) {
        if self.holds(condition, life) == wanted {
            return;
        }
        match condition {
            StepCondition::Any(parts) | StepCondition::All(parts) => {
                parts.iter().for_each(|part| self.failing(part, wanted, life, failing));
            }
            StepCondition::Not(part) => self.failing(part, !wanted, life, failing),
            StepCondition::Open(..)
            | StepCondition::Total(..)
            | StepCondition::Is(_)
            | StepCondition::SentBy(_)
            | StepCondition::Done(_) => failing.push((condition.clone(), wanted)),
        }
    }
}
