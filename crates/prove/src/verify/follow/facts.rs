//! What conditions of steps ask, as bits: whether one holds, and whether several can hold together at all.
//!
//! In: conditions. Out: yes or no. Where too much is asked to try every combination, the answer to "can they hold"
//! is yes: whoever asks takes that for "perhaps".

use crate::follow::Seen;
use crate::model::{FollowUp, Standing, StepCondition};
use crate::money::Money;

/// A set of steps, by their places.
pub(super) type Steps = u64;

/// The bit of a step.
pub(super) fn bit(step: usize) -> Steps {
    u32::try_from(step).ok().and_then(|step| 1_u64.checked_shl(step)).unwrap_or(0)
}

/// What an invoice is in an evening: standings, then channels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Facts {
    /// What is open.
    pub open: Money,
    /// What was asked.
    pub total: Money,
    /// What it is.
    pub is: u64,
    /// The steps that have fired.
    pub done: Steps,
}

/// What the conditions of a follow-up may ask.
#[derive(Default)]
pub(super) struct Asked<'f> {
    /// The channels that are named.
    channels: Vec<&'f str>,
    /// The sums with which what is open is compared.
    opens: Vec<Money>,
    /// The sums with which the total is.
    totals: Vec<Money>,
    /// All that are named.
    sums: Vec<Money>,
}

/// What a condition asks.
#[derive(Clone, Copy, Default)]
struct Mentioned {
    is: u64,
    done: Steps,
}

/// The bit of a standing.
pub(super) fn standing(of: Standing) -> u64 {
    let place = Standing::ALL.iter().position(|standing| *standing == of);
    bit(place.unwrap_or(Standing::ALL.len()))
}

/// So many facts are combined at the most.
const COMBINED: u32 = 10;

/// Which sums are open where it is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// Any.
    Any,
    /// More than nothing.
    Open,
    /// Nothing.
    Settled,
    /// Less than nothing.
    Overpaid,
}

impl<'f> Asked<'f> {
    /// By a follow-up.
    pub fn by(follow_up: &'f FollowUp) -> Asked<'f> {
        let (mut opens, mut totals) = (Vec::new(), Vec::new());
        let mut asked = Asked::default();
        for condition in follow_up.steps.iter().filter_map(|step| step.condition.as_ref()) {
            asked.collect(condition, &mut opens, &mut totals);
        }
        let around = |sums: Vec<Money>| {
            let each = |sum: Money| [-1, 0, 1].map(|more| Money(sum.0.saturating_add(more)));
            let mut all: Vec<Money> = sums.into_iter().flat_map(each).collect();
            all.sort_unstable();
            all.dedup();
            all
        };
        asked.sums = around(opens.iter().chain(&totals).copied().collect());
        opens.push(Money::ZERO);
        totals.push(Money::ZERO);
        asked.opens = around(opens);
        asked.totals = around(totals);
        asked
    }

    fn collect(
        &mut self,
        condition: &'f StepCondition,
        opens: &mut Vec<Money>,
        totals: &mut Vec<Money>,
    ) {
        match condition {
            StepCondition::Any(parts) | StepCondition::All(parts) => {
                parts.iter().for_each(|part| self.collect(part, opens, totals));
            }
            StepCondition::Not(part) => self.collect(part, opens, totals),
            StepCondition::Open(_, sum) => opens.push(*sum),
            StepCondition::Total(_, sum) => totals.push(*sum),
            StepCondition::SentBy(channel) if !self.channels.contains(&channel.as_str()) => {
                self.channels.push(channel);
            }
            StepCondition::SentBy(_) | StepCondition::Is(_) | StepCondition::Done(_) => {}
        }
    }

    /// The channels that are named.
    pub fn channels(&self) -> &[&'f str] {
        &self.channels
    }

    /// The sums that may make a difference to what is open, in order.
    pub fn opens(&self) -> &[Money] {
        &self.opens
    }

    /// The sums that the text names, with those next to them.
    pub fn sums(&self) -> Vec<Money> {
        self.sums.clone()
    }

    /// The bit of a channel.
    fn channel(&self, channel: &str) -> u64 {
        let place = self.channels.iter().position(|known| *known == channel);
        place.map_or(0, |place| bit(Standing::ALL.len() + place))
    }

    fn mentioned(&self, condition: &StepCondition, into: &mut Mentioned) {
        match condition {
            StepCondition::Any(parts) | StepCondition::All(parts) => {
                parts.iter().for_each(|part| self.mentioned(part, into));
            }
            StepCondition::Not(part) => self.mentioned(part, into),
            StepCondition::Open(..) | StepCondition::Total(..) => {}
            StepCondition::Is(of) => into.is |= standing(*of),
            StepCondition::SentBy(channel) => into.is |= self.channel(channel),
            StepCondition::Done(step) => into.done |= bit(*step),
        }
    }

    /// The standings and channels that a condition asks about.
    pub fn asks(&self, condition: &StepCondition) -> u64 {
        let mut mentioned = Mentioned::default();
        self.mentioned(condition, &mut mentioned);
        mentioned.is
    }

    /// The steps that a condition asks about.
    pub fn asks_done(&self, condition: &StepCondition) -> Steps {
        let mut mentioned = Mentioned::default();
        self.mentioned(condition, &mut mentioned);
        mentioned.done
    }

    /// Whether a condition holds.
    pub fn holds(&self, condition: &StepCondition, facts: &Facts) -> bool {
        match condition {
            StepCondition::Any(parts) => parts.iter().any(|part| self.holds(part, facts)),
            StepCondition::All(parts) => parts.iter().all(|part| self.holds(part, facts)),
            StepCondition::Not(part) => !self.holds(part, facts),
            StepCondition::Open(comparator, sum) => comparator.holds(facts.open, *sum),
            StepCondition::Total(comparator, sum) => comparator.holds(facts.total, *sum),
            StepCondition::Is(of) => facts.is & standing(*of) != 0,
            StepCondition::SentBy(channel) => facts.is & self.channel(channel) != 0,
            StepCondition::Done(step) => facts.done & bit(*step) != 0,
        }
    }

    /// Whether a condition holds at some sums of an invoice that is no credit note, all else being so and something open.
    pub fn holds_at_some_sums(
        &self,
        condition: Option<&StepCondition>,
        is: u64,
        done: Steps,
    ) -> bool {
        let Some(condition) = condition else { return true };
        let opens = || self.opens.iter().filter(|open| **open > Money::ZERO);
        let mut totals = self.totals.iter().filter(|total| **total >= Money::ZERO);
        totals.any(|total| {
            opens()
                .any(|open| self.holds(condition, &Facts { open: *open, total: *total, is, done }))
        })
    }

    /// Whether conditions can hold in one evening, as far as the text says; `never` are standings that it does not have
    /// then, and `done` the steps that may have fired.
    pub fn can_hold(
        &self,
        conditions: &[&StepCondition],
        sign: Sign,
        never: u64,
        done: Steps,
    ) -> bool {
        let mut mentioned = Mentioned::default();
        conditions.iter().for_each(|condition| self.mentioned(condition, &mut mentioned));
        let (is, done) = (mentioned.is & !never, mentioned.done & done);
        if is.count_ones() + done.count_ones() > COMBINED {
            return true;
        }
        let both = standing(Standing::Accepted) | standing(Standing::Rejected);
        let in_part = standing(Standing::PaidInPart);
        let signed = |open: &&Money| match sign {
            Sign::Any => true,
            Sign::Open => **open > Money::ZERO,
            Sign::Settled => **open == Money::ZERO,
            Sign::Overpaid => **open < Money::ZERO,
        };
        let sums: Vec<(Money, Money)> = self
            .opens
            .iter()
            .filter(signed)
            .flat_map(|open| self.totals.iter().map(|total| (*open, *total)))
            .collect();
        subsets(is).any(|is| {
            is & both != both
                && subsets(done).any(|done| {
                    sums.iter().any(|(open, total)| {
                        let facts = Facts { open: *open, total: *total, is, done };
                        (is & in_part == 0 || *open > Money::ZERO)
                            && conditions.iter().all(|of| self.holds(of, &facts))
                    })
                })
        })
    }

    /// What an invoice is in the last evening of a life.
    pub fn of(&self, seen: &Seen, total: Money) -> Facts {
        let is = seen.is.iter().fold(0, |all, of| all | standing(*of));
        let by = seen.channels.iter().fold(0, |all, by| all | self.channel(by));
        let fired = seen.log.iter().filter(|logged| logged.passed_by.is_none());
        let done = fired.fold(0, |all, logged| all | bit(logged.step));
        Facts { open: seen.end.open, total, is: is | by, done }
    }
}

/// The subsets of a set of bits.
pub(super) fn subsets(of: u64) -> impl Iterator<Item = u64> {
    let mut next = Some(0_u64);
    std::iter::from_fn(move || {
        let now = next?;
        next = (now != of).then(|| now.wrapping_sub(of) & of);
        Some(now)
    })
}
