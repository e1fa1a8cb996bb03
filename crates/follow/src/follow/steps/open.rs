//! When a step is open: the days from which its triggers count, and those on which they come.

use super::{Evening, Life, Memory};
use crate::calendar::{Date, Duration};
use crate::model::{FollowStep, InvoiceDay, StepAnchor, StepTrigger};

impl Evening<'_, '_> {
    pub(super) fn anchor(&self, anchor: StepAnchor, life: &Life) -> Option<Date> {
        match anchor {
            StepAnchor::Step(step) => life.steps.get(step)?.latest,
            StepAnchor::Day(InvoiceDay::Issued) => Some(self.member.invoice.date),
            StepAnchor::Day(InvoiceDay::Sent) => {
                self.delivery.sent.filter(|_| !self.delivery.undelivered)
            }
            StepAnchor::Day(InvoiceDay::Received) => self.delivery.received,
            StepAnchor::Day(InvoiceDay::Rejected) => self.delivery.first_rejected,
            StepAnchor::Day(InvoiceDay::Due) => self.due,
        }
    }

    /// A day before the invoice's own is the invoice's.
    pub(super) fn clamped(&self, day: Date) -> Date {
        self.member.day(day)
    }

    /// Whether a step is still to come that fires once: for the latest sending, where it counts from it.
    pub(super) fn is_left(&self, memory: &Memory, anchor: StepAnchor) -> bool {
        if anchor == StepAnchor::Day(InvoiceDay::Sent) {
            !memory.spent_for.contains(&self.delivery.sent)
        } else {
            !memory.spent
        }
    }

    /// Whether a dated trigger is open; for a repeating one, its anchor and which time it is.
    pub(super) fn is_open(
        &self,
        place: usize,
        step: &FollowStep,
        memory: &Memory,
        life: &Life,
    ) -> Option<Option<(Date, u32)>> {
        match *step.triggers.get(place)? {
            StepTrigger::On(_) => None,
            StepTrigger::After(length, anchor) => {
                let from = self.clamped(self.anchor(anchor, life)?.plus(length));
                (from <= self.day && self.is_left(memory, anchor)).then_some(None)
            }
            StepTrigger::BeforeDue(length) => {
                let due = self.due?;
                let from = self.clamped(due.minus(length));
                (from <= self.day && self.day < due && !memory.spent).then_some(None)
            }
            StepTrigger::Each(length, anchor) => {
                let anchor = self.anchor(anchor, life)?;
                let time = latest_time(anchor, length, self.day);
                let taken = memory.taken.contains(&(place, anchor, time));
                let more = step.at_most.is_none_or(|most| memory.since_begun < most);
                (time > 0 && !taken && more).then_some(Some((anchor, time)))
            }
        }
    }

    /// For each step that has one, the next day, after this evening, on which it opens.
    pub fn next_days(&self, life: &Life) -> impl Iterator<Item = Date> {
        let steps = self.follow_up.steps.iter().zip(&life.steps);
        steps.filter_map(|(step, memory)| self.next_day_of(step, memory, life))
    }

    /// The next day, after this evening, on which a trigger of a step opens.
    fn next_day_of(&self, step: &FollowStep, memory: &Memory, life: &Life) -> Option<Date> {
        let days = step.triggers.iter().filter_map(|trigger| match *trigger {
            StepTrigger::On(_) => None,
            StepTrigger::After(length, anchor) => {
                let day = self.clamped(self.anchor(anchor, life)?.plus(length));
                self.is_left(memory, anchor).then_some(day)
            }
            StepTrigger::BeforeDue(length) => {
                (!memory.spent).then_some(self.clamped(self.due?.minus(length)))
            }
            StepTrigger::Each(length, anchor) => {
                let more = step.at_most.is_none_or(|most| memory.since_begun < most);
                let anchor = self.anchor(anchor, life).filter(|_| more)?;
                Some(nth_time(anchor, length, latest_time(anchor, length, self.day) + 1))
            }
        });
        days.filter(|day| *day > self.day).min()
    }
}

/// The day on which a repetition comes for the nth time; its anchor, for none.
pub(super) fn nth_time(anchor: Date, length: Duration, time: u32) -> Date {
    anchor.plus(match length {
        Duration::Days(days) => Duration::Days(days.saturating_mul(time)),
        Duration::Months(months) => Duration::Months(months.saturating_mul(time)),
    })
}

/// The latest time of a repetition whose day has come, counted from 1; none before that.
pub(super) fn latest_time(anchor: Date, length: Duration, evening: Date) -> u32 {
    if evening < anchor {
        return 0;
    }
    let passed = match length {
        Duration::Days(days) => {
            u32::try_from(evening.days_since(anchor)).unwrap_or(u32::MAX) / days.max(1)
        }
        Duration::Months(months) => evening.months_and_days_since(anchor).0 / months.max(1),
    };
    // A month's end can come a little before or after what whole months say.
    let mut time = passed.saturating_add(1);
    while time > 0 && nth_time(anchor, length, time) > evening {
        time -= 1;
    }
    time
}
