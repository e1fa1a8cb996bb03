//! Random histories brought to the bounds of their schedule's conditions: on the day itself, the day before, the day after,
//! which drawn days seldom are.

use chrono::{Days, NaiveDate};

use super::conditions::earlier;
use super::rules::*;
use crate::exact::Exact;
use crate::rng::Rng;

/// Moves some of the events of a case to where conditions of the schedule change.
pub(super) fn aim(rng: &mut Rng, schedule: &Schedule, events: &mut [Event]) {
    let conditions: Vec<&Condition> =
        schedule.lines.iter().flat_map(|line| &line.conditions).collect();
    if conditions.is_empty() {
        return;
    }
    for _ in 0..3 {
        let condition = match *rng.pick(&conditions) {
            Condition::Not(inner) => inner,
            other => other,
        };
        if let Condition::Progress(_, bound) = condition {
            certify(events, bound);
        } else if let Some(bound) = bound(condition, events) {
            let movable: Vec<usize> = (0..events.len())
                .filter(|place| may_move(condition, &events[*place].what))
                .collect();
            if !movable.is_empty() {
                events[*rng.pick(&movable)].date =
                    bound - Days::new(1) + Days::new(rng.below(3) as u64);
            }
        }
    }
}

/// The day on which the condition changes, as far as the events tell.
fn bound(condition: &Condition, events: &[Event]) -> Option<NaiveDate> {
    let day_of = |is: fn(&What) -> bool| {
        events.iter().filter(|event| is(&event.what)).map(|event| event.date).min()
    };
    let planned = events.iter().find_map(|event| match &event.what {
        What::Opened(terms) => terms.planned_start,
        _ => None,
    });
    match condition {
        Condition::Duration(_, span) => span.after(day_of(|what| matches!(what, What::Start))?),
        Condition::SinceSignature(_, span) => {
            span.after(day_of(|what| matches!(what, What::Signature))?)
        }
        Condition::Notice(_, span) => Some(earlier(planned?, *span)),
        Condition::Day(_, _, day) => Some(*day),
        Condition::Not(_)
        | Condition::Signed
        | Condition::Started
        | Condition::Ended
        | Condition::Done(..)
        | Condition::Progress(..) => None,
    }
}

/// Whether an event on that day is one at which the condition is judged, and not what its bound is counted from.
fn may_move(condition: &Condition, what: &What) -> bool {
    match (condition, what) {
        (Condition::Day(Day::Signature, ..), _) => matches!(what, What::Signature),
        (Condition::Day(Day::Start, ..), _) => matches!(what, What::Start),
        (Condition::Duration(..), What::Start) => false,
        (Condition::SinceSignature(..), What::Signature) => false,
        (_, What::Named(..) | What::Worked(..) | What::Signature | What::Start) => true,
        (_, What::End | What::Abandonment) => true,
        (_, What::Opened(_) | What::Amendment(_) | What::Progress(_)) => false,
        (_, What::Suspension | What::Resumption) => false,
    }
}

/// Makes the first progress that reaches the bound come to it.
fn certify(events: &mut [Event], bound: &Exact) {
    let mut progress: Vec<&mut Event> =
        events.iter_mut().filter(|event| matches!(event.what, What::Progress(_))).collect();
    progress.sort_by_key(|event| event.date);
    for event in progress {
        if let What::Progress(percent) = &mut event.what
            && *percent >= *bound
        {
            *percent = bound.clone();
            return;
        }
    }
}
