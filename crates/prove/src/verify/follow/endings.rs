//! Whether an invoice can be forgotten at all: every way in which it can stand once nothing more happens to it.
//!
//! In: a follow-up, read. Out: whether some way in which it can stand leaves it open, with nothing to come.
//!
//! What is looked at is what has fired since the follow-up began, and what the invoice is; not when, in which order it
//! came to be so, or what was open before. So no life is left out:
//!
//! - what has fired can only be what the text lets fire one after another;
//! - a step that fires once is spent if it has fired, or if one below it that may pass it over has;
//! - one that fires so often at most is used up if it has fired at all;
//! - a sum that is open or was asked may be any: what only a bound on it keeps back is not forgotten;
//! - every dispute is resolved, and every promise has ended.

use super::facts::{Steps, bit, standing, subsets};
use super::text::{Text, counts_from, is_dated, not_when_dated};
use crate::model::{FollowStep, InvoiceDay, Standing, StepAnchor, StepTrigger};
use foldhash::HashMap;
use std::collections::BTreeSet;

/// What comes of looking at all endings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Endings {
    /// In none is anything forgotten; so many were looked at.
    Sound(usize),
    /// In some it may be.
    Open(usize),
    /// There are more than were to be looked at.
    TooMany,
}

impl Endings {
    /// Whether something may be forgotten.
    pub fn is_open(self) -> bool {
        !matches!(self, Endings::Sound(_))
    }
}

/// That it has been rejected once, beside the standings.
const ONCE_REJECTED: usize = 62;

/// Looks at all endings in which no step of a set has fired, so many at the most.
pub(super) fn endings(text: &Text<'_>, aside: Steps, budget: usize) -> Endings {
    let Some(fired) = fired(text, aside, budget) else { return Endings::TooMany };
    let is = asked(text);
    let most = fired.len().checked_mul(1_usize.checked_shl(is.count_ones()).unwrap_or(usize::MAX));
    if most.is_none_or(|most| most > budget) {
        return Endings::TooMany;
    }
    let mut count = 0;
    let mut known = HashMap::default();
    for is in subsets(is).filter(|one| can_be(*one, is)) {
        for done in &fired {
            count += 1;
            let mut steps = text.follow_up.steps.iter().enumerate();
            if !steps.any(|(place, step)| comes(text, (place, step), is, *done, &mut known)) {
                return Endings::Open(count);
            }
        }
    }
    Endings::Sound(count)
}

/// The sets of steps that can have fired while none of them has handed over or is left aside; none where there are too many.
fn fired(text: &Text<'_>, aside: Steps, budget: usize) -> Option<Vec<Steps>> {
    let steps = &text.follow_up.steps;
    let named = steps.iter().fold(0, |all, step| {
        let of_anchors = step.triggers.iter().filter_map(counts_from);
        let asked = step.condition.as_ref().map_or(0, |of| text.asked.asks_done(of));
        of_anchors.fold(all | asked, |all, of| all | bit(of))
    });
    let matters = |place: &usize| {
        let hands_over = steps.get(*place).is_some_and(|step| step.hands_over);
        !hands_over
            && aside & bit(*place) == 0
            && (text.has_day(*place) || named & bit(*place) != 0)
    };
    let matter: Vec<usize> = (0..steps.len()).filter(matters).collect();
    let mut known: BTreeSet<Steps> = BTreeSet::from([0]);
    let mut next: Vec<Steps> = vec![0];
    while let Some(done) = next.pop() {
        for place in matter.iter().filter(|place| done & bit(**place) == 0) {
            if text.can_fire(*place, done, 0) && known.insert(done | bit(*place)) {
                next.push(done | bit(*place));
            }
        }
        if known.len() > budget {
            return None;
        }
    }
    Some(known.into_iter().collect())
}

/// What dated steps ask of an invoice.
fn asked(text: &Text<'_>) -> u64 {
    let mut is = 0;
    for (place, step) in text.follow_up.steps.iter().enumerate() {
        if !text.has_day(place) {
            continue;
        }
        is |= step.condition.as_ref().map_or(0, |condition| text.asked.asks(condition));
        for trigger in &step.triggers {
            is |= anchor(trigger).map_or(0, |day| match day {
                InvoiceDay::Sent => standing(Standing::Sent),
                InvoiceDay::Received => standing(Standing::Received),
                InvoiceDay::Rejected => bit(ONCE_REJECTED),
                InvoiceDay::Issued | InvoiceDay::Due => 0,
            });
        }
    }
    is & !not_when_dated()
}

fn anchor(trigger: &StepTrigger) -> Option<InvoiceDay> {
    match trigger {
        StepTrigger::After(_, StepAnchor::Day(day))
        | StepTrigger::Each(_, StepAnchor::Day(day)) => Some(*day),
        StepTrigger::After(_, StepAnchor::Step(_))
        | StepTrigger::Each(_, StepAnchor::Step(_))
        | StepTrigger::On(_)
        | StepTrigger::BeforeDue(_) => None,
    }
}

/// Whether an invoice can be this, of all that is asked.
fn can_be(is: u64, asked: u64) -> bool {
    let (accepted, rejected) = (standing(Standing::Accepted), standing(Standing::Rejected));
    let once = bit(ONCE_REJECTED) & asked;
    is & (accepted | rejected) != accepted | rejected && (is & rejected == 0 || is & once == once)
}

/// Whether a step is still to come, or is kept back by sums alone.
fn comes(
    text: &Text<'_>,
    (place, step): (usize, &FollowStep),
    is: u64,
    done: Steps,
    known: &mut HashMap<(usize, u64, Steps), bool>,
) -> bool {
    let has_fired = |of: usize| done & bit(of) != 0;
    let is_there = |anchor: StepAnchor| match anchor {
        StepAnchor::Step(of) => has_fired(of),
        StepAnchor::Day(InvoiceDay::Issued | InvoiceDay::Due) => true,
        StepAnchor::Day(InvoiceDay::Sent) => is & standing(Standing::Sent) != 0,
        StepAnchor::Day(InvoiceDay::Received) => is & standing(Standing::Received) != 0,
        StepAnchor::Day(InvoiceDay::Rejected) => is & bit(ONCE_REJECTED) != 0,
    };
    let is_spent = has_fired(place) || done & text.passed_by(place) != 0;
    let open =
        step.triggers.iter().filter(|trigger| is_dated(trigger)).any(|trigger| match *trigger {
            StepTrigger::After(_, anchor) => is_there(anchor) && !is_spent,
            StepTrigger::Each(_, anchor) => {
                is_there(anchor) && !(step.at_most.is_some() && has_fired(place))
            }
            // Once it is due, no more.
            StepTrigger::BeforeDue(_) | StepTrigger::On(_) => false,
        });
    let Some(condition) = step.condition.as_ref().filter(|_| open) else { return open };
    let key = (place, is & text.asked.asks(condition), done & text.asked.asks_done(condition));
    *known.entry(key).or_insert_with(|| text.asked.holds_at_some_sums(Some(condition), is, done))
}
