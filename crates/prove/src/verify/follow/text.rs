//! What the text of a follow-up allows: which steps can fire at all, which wait for which, and which can come in one
//! evening.
//!
//! In: a follow-up. Out: answers that hold in every life of an invoice, whatever is moved to it, withdrawn or set
//! against it: what is said to be impossible is. What is said to be possible may still not be.

use super::facts::{Asked, Sign, Steps, bit, standing};
use crate::calendar::Duration;
use crate::model::{
    FollowStep, FollowUp, InvoiceDay, Standing, StepAnchor, StepCondition, StepTrigger, Turn,
};
use foldhash::HashMap;
use std::cell::RefCell;

/// A follow-up, read.
pub(super) struct Text<'f> {
    /// It itself.
    pub follow_up: &'f FollowUp,
    /// What its conditions ask.
    pub asked: Asked<'f>,
    /// The steps that can fire, as far as the text says.
    pub possible: Steps,
    /// For each trigger of each step whether it is known to open only on the due date or later.
    after_due: Vec<Vec<bool>>,
    /// For each step those that may pass it over, as far as the text says.
    passed_by: Vec<Steps>,
    /// What has been asked before: a step, what of the steps before it matters, and what the invoice is not.
    answered: RefCell<HashMap<(usize, Steps, u64), bool>>,
}

/// What no invoice is in an evening in which a dated step fires.
pub(super) fn not_when_dated() -> u64 {
    standing(Standing::Disputed) | standing(Standing::Promised)
}

/// Whether a trigger is dated.
pub(super) fn is_dated(trigger: &StepTrigger) -> bool {
    !matches!(trigger, StepTrigger::On(_))
}

/// The step from whose firing a trigger counts.
pub(super) fn counts_from(trigger: &StepTrigger) -> Option<usize> {
    match trigger {
        StepTrigger::After(_, StepAnchor::Step(of))
        | StepTrigger::Each(_, StepAnchor::Step(of)) => Some(*of),
        StepTrigger::After(_, StepAnchor::Day(_))
        | StepTrigger::Each(_, StepAnchor::Day(_))
        | StepTrigger::On(_)
        | StepTrigger::BeforeDue(_) => None,
    }
}

/// Whether a repetition has a new time on each day on which another trigger opens, counted from the same day.
fn comes_with(each: &StepTrigger, own: &StepTrigger) -> bool {
    let (
        StepTrigger::Each(length, from),
        StepTrigger::After(other, of) | StepTrigger::Each(other, of),
    ) = (each, own)
    else {
        return false;
    };
    from == of
        && match (*length, *other) {
            (Duration::Days(each), Duration::Days(own))
            | (Duration::Months(each), Duration::Months(own)) => {
                own > 0 && own.checked_rem(each) == Some(0)
            }
            (Duration::Days(_), Duration::Months(_)) | (Duration::Months(_), Duration::Days(_)) => {
                false
            }
        }
}

impl<'f> Text<'f> {
    /// Reads a follow-up.
    pub fn of(follow_up: &'f FollowUp) -> Text<'f> {
        let asked = Asked::by(follow_up);
        let mut text = Text {
            follow_up,
            asked,
            possible: 0,
            after_due: follow_up
                .steps
                .iter()
                .map(|step| vec![false; step.triggers.len()])
                .collect(),
            passed_by: Vec::new(),
            answered: RefCell::default(),
        };
        text.possible = text.reachable(0);
        let steps = 0..follow_up.steps.len();
        // What one step makes known of a trigger, others may go on from.
        while let Some((step, trigger)) = text.next_after_due() {
            if let Some(known) =
                text.after_due.get_mut(step).and_then(|known| known.get_mut(trigger))
            {
                *known = true;
            }
        }
        // Those that never fire before a step has.
        let waiting: Vec<Steps> = steps.clone().map(|step| !text.reachable(bit(step))).collect();
        let passes = |step: usize| {
            let waiting = waiting.get(step).copied().unwrap_or(0);
            let below = steps.clone().filter(|by| text.meets(step, *by, waiting & bit(*by) != 0));
            below.fold(0, |all, by| all | bit(by))
        };
        text.passed_by = steps.clone().map(passes).collect();
        text
    }

    /// The steps by which one may be passed over, as far as the text says.
    pub fn passed_by(&self, step: usize) -> Steps {
        self.passed_by.get(step).copied().unwrap_or(0)
    }

    /// Whether a trigger opens only on the due date or later.
    pub fn is_after_due(&self, trigger: &StepTrigger) -> bool {
        match trigger {
            StepTrigger::After(_, StepAnchor::Day(day))
            | StepTrigger::Each(_, StepAnchor::Day(day)) => *day == InvoiceDay::Due,
            StepTrigger::After(length, StepAnchor::Step(of))
            | StepTrigger::Each(length, StepAnchor::Step(of)) => self.outlasts(*length, *of),
            StepTrigger::On(_) | StepTrigger::BeforeDue(_) => false,
        }
    }

    /// A trigger that opens only on the due date or later, and is not known to.
    fn next_after_due(&self) -> Option<(usize, usize)> {
        let mut steps = self.follow_up.steps.iter().zip(&self.after_due).enumerate();
        steps.find_map(|(place, (step, known))| {
            let mut triggers = step.triggers.iter().zip(known);
            let found = triggers.position(|(of, known)| !known && self.is_after_due(of));
            Some((place, found?))
        })
    }

    /// Whether so long after a step is the due date or later, as far as is known of its triggers.
    fn outlasts(&self, length: Duration, step: usize) -> bool {
        let known = self.after_due.get(step).into_iter().flatten();
        let triggers = self.follow_up.steps.get(step).map_or(&[][..], |step| &step.triggers);
        triggers.iter().zip(known).all(|(trigger, after_due)| match (trigger, length) {
            (StepTrigger::BeforeDue(Duration::Days(lead)), Duration::Days(length)) => {
                length >= *lead
            }
            _ => *after_due,
        })
    }

    /// The steps that can fire if those of a set never do.
    fn reachable(&self, without: Steps) -> Steps {
        let mut reached: Steps = 0;
        loop {
            let before = reached;
            for place in 0..self.follow_up.steps.len() {
                if bit(place) & (reached | without) == 0 && self.can_fire(place, reached, 0) {
                    reached |= bit(place);
                }
            }
            if reached == before {
                return reached;
            }
        }
    }

    /// Whether a step can fire where only steps of a set have fired before; `never` are standings that it does not have.
    pub fn can_fire(&self, place: usize, before: Steps, never: u64) -> bool {
        let Some(step) = self.follow_up.steps.get(place) else { return false };
        let from = step.triggers.iter().filter_map(counts_from);
        let asked = step.condition.as_ref().map_or(0, |of| self.asked.asks_done(of));
        let matters = from.fold(asked, |all, of| all | bit(of));
        let key = (place, before & matters, never);
        if let Some(known) = self.answered.borrow().get(&key) {
            return *known;
        }
        let fires = self.fires(step, before, never);
        self.answered.borrow_mut().insert(key, fires);
        fires
    }

    fn fires(&self, step: &FollowStep, before: Steps, never: u64) -> bool {
        let conditions: Vec<&StepCondition> = step.condition.iter().collect();
        step.triggers.iter().any(|trigger| {
            let (sign, not) = match trigger {
                StepTrigger::On(Turn::PaidInPart) => (Sign::Open, 0),
                StepTrigger::On(Turn::Settled) => (Sign::Settled, 0),
                StepTrigger::On(Turn::Overpaid) => (Sign::Overpaid, 0),
                StepTrigger::On(
                    Turn::Undelivered | Turn::Rejected | Turn::Disputed | Turn::Resolved,
                ) => (Sign::Any, 0),
                StepTrigger::After(..) | StepTrigger::Each(..) | StepTrigger::BeforeDue(_) => {
                    (Sign::Open, not_when_dated())
                }
            };
            counts_from(trigger).is_none_or(|of| before & bit(of) != 0)
                && self.asked.can_hold(&conditions, sign, never | not, before)
        })
    }

    /// Whether a step has a day.
    pub fn has_day(&self, place: usize) -> bool {
        let step = self.follow_up.steps.get(place);
        step.is_some_and(|step| step.triggers.iter().any(is_dated))
    }

    /// A step that stands below one and passes it over whenever that could fire: it waits for the same, or comes again and again
    /// and each time that this one comes.
    fn twin(&self, place: usize) -> bool {
        let Some(step) = self.follow_up.steps.get(place) else { return false };
        let below = self.follow_up.steps.iter().skip(place + 1);
        let same = |other: &FollowStep| {
            step.triggers.iter().all(|trigger| other.triggers.contains(trigger))
                && other.triggers.iter().all(|trigger| step.triggers.contains(trigger))
        };
        // One that comes again and again is never spent.
        let again = |other: &FollowStep| {
            let comes_with =
                |own: &StepTrigger| other.triggers.iter().any(|each| comes_with(each, own));
            other.triggers.iter().all(|each| matches!(each, StepTrigger::Each(..)))
                && step.triggers.iter().all(comes_with)
        };
        let passes = |other: &FollowStep| {
            let unlimited = other.at_most.is_none() && other.condition == step.condition;
            unlimited && (same(other) || again(other))
        };
        step.triggers.iter().all(is_dated) && below.into_iter().any(passes)
    }

    /// Whether no life reaches a step.
    pub fn is_never(&self, place: usize) -> bool {
        self.possible & bit(place) == 0 || self.twin(place)
    }

    /// Whether a step could fire in an evening in which another that stands below it could, too, which may wait for it.
    fn meets(&self, step: usize, by: usize, waits: bool) -> bool {
        let steps = &self.follow_up.steps;
        let (Some(above), Some(below)) = (steps.get(step), steps.get(by)) else { return false };
        let both = bit(step) | bit(by);
        if step >= by || self.possible & both != both {
            return false;
        }
        let conditions: Vec<&StepCondition> =
            above.condition.iter().chain(&below.condition).collect();
        let together =
            || self.asked.can_hold(&conditions, Sign::Open, not_when_dated(), self.possible);
        let before_due = |trigger: &StepTrigger| matches!(trigger, StepTrigger::BeforeDue(_));
        let meet = |one: &StepTrigger, other: &StepTrigger| {
            !(before_due(one) && self.is_after_due(other)
                || before_due(other) && self.is_after_due(one))
        };
        let dated = |step: &'f FollowStep| step.triggers.iter().filter(|of| is_dated(of));
        let once = above.triggers.iter().all(|trigger| match trigger {
            StepTrigger::After(_, anchor) => *anchor != StepAnchor::Day(InvoiceDay::Sent),
            StepTrigger::BeforeDue(_) => true,
            StepTrigger::On(_) | StepTrigger::Each(..) => false,
        });
        dated(above).any(|one| dated(below).any(|other| meet(one, other)))
            && !(once && waits)
            && together()
    }

    /// The steps that remind after the due date and can do so of an invoice that has not arrived, as far as the text says;
    /// none where some step asks whether it has.
    pub fn before_receipt(&self) -> Steps {
        let steps = &self.follow_up.steps;
        let received = standing(Standing::Received);
        let mut conditions = steps.iter().filter_map(|step| step.condition.as_ref());
        if conditions.any(|condition| self.asked.asks(condition) & received != 0) {
            return 0;
        }
        let of_the_payer =
            [Standing::Accepted, Standing::Rejected, Standing::Disputed, Standing::PaidInPart];
        let never = of_the_payer.iter().fold(received, |all, of| all | standing(*of));
        let reminds = |(place, step): &(usize, &FollowStep)| {
            step.triggers.iter().any(|trigger| self.is_after_due(trigger))
                && self.possible & bit(*place) != 0
                && self.can_fire(*place, self.possible, never)
        };
        steps.iter().enumerate().filter(reminds).fold(0, |all, (place, _)| all | bit(place))
    }
}
