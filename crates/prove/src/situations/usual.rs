//! An example made that of a usual case: one that is signed and has work done, where the schedule bills
//! by them.
//!
//! In: a history with the fewest events that come to a situation. Out: what may be added to it, each
//! addition for whoever asks to try: it is kept only if the situation is still come to.

use super::axes::Axes;
use crate::calendar::{Date, Duration};
use crate::model::{CalendarDay, Event, EventKind, Milestone, Price, Rate, SubjectKind, When};
use crate::money::{Hours, Money};
use crate::plan::{Plan, PlannedTerms, PlannedTest, TriggerId};

/// The same history with a signature, with work, and with hours of its last action: each that this
/// schedule may bill by and that no test of the trigger asks about.
pub(super) fn additions(
    plan: &Plan,
    id: TriggerId,
    axes: &Axes,
    terms: PlannedTerms,
) -> Vec<Addition> {
    let mut all = Vec::new();
    let trigger = plan.trigger(id);
    if let Some(When::Calendar(CalendarDay::Date(_))) = trigger {
        all.push(Addition::Nearer);
    }
    let asks_signed = axes.tests.contains(&PlannedTest::Reached(Milestone::Signature));
    if plan.milestone(Milestone::Signature).is_some()
        && !asks_signed
        && trigger != Some(&When::Milestone(Milestone::Signature))
    {
        all.push(Addition::Signature);
    }
    let first = first_bound(plan, axes, terms);
    let billed = !matches!(plan.schedule.price, Price::Fixed(_))
        || plan.lines.iter().any(|line| line.amount.measures_attendance());
    let hours = match first {
        Some(first) => below(first),
        None => billed.then_some(Hours(10 * Hours::ONE.0)),
    };
    if let (Some(hours), Some(name)) = (hours, work(plan, axes)) {
        all.push(Addition::Work(name, hours));
    }
    if billed && first.is_none() {
        all.push(Addition::OwnHours);
    }
    all
}

/// Something that a usual case has.
pub(super) enum Addition {
    /// Events shortly before a fixed date: a customer has rarely waited for it for years.
    Nearer,
    Signature,
    Work(String, Hours),
    /// An hour of an action that states none.
    OwnHours,
}

impl Addition {
    /// The history with it; none if it has it, or it does not fit.
    pub(super) fn to(&self, events: &[Event], target: Date) -> Option<Vec<Event>> {
        let start =
            events.iter().find(|event| event.kind == EventKind::Milestone(Milestone::Start));
        let start = start.map(|event| event.date);
        match self {
            Addition::Nearer => {
                let last = events.last()?.date;
                let before = target.minus_days(30);
                let wanted = Date::new(before.year(), before.month(), 15)?;
                let later = u32::try_from(wanted.days_since(last)).ok().filter(|days| *days > 0)?;
                let moved = |event: &Event| Event {
                    date: event.date.plus(Duration::Days(later)),
                    ..event.clone()
                };
                Some(events.iter().map(moved).collect())
            }
            Addition::Signature => {
                if has(events, |kind| *kind == EventKind::Milestone(Milestone::Signature)) {
                    return None;
                }
                let first = events.first()?.date;
                let signed = start.map_or(first, |start| start.minus_days(5)).min(first);
                Some(with(events, signed, EventKind::Milestone(Milestone::Signature)))
            }
            Addition::Work(name, hours) => {
                if has(events, |kind| matches!(kind, EventKind::Action { hours: Some(_), .. })) {
                    return None;
                }
                let week = start?.plus(Duration::Days(7));
                let day = if week < target { week } else { start? };
                let kind = EventKind::Action { name: name.clone(), hours: Some(*hours) };
                Some(with(events, day, kind))
            }
            Addition::OwnHours => {
                let mut events = events.to_vec();
                match &mut events.last_mut()?.kind {
                    EventKind::Action { hours: hours @ None, .. } => *hours = Some(Hours::ONE),
                    EventKind::Action { hours: Some(_), .. }
                    | EventKind::More(_)
                    | EventKind::Opened { .. }
                    | EventKind::Void { .. }
                    | EventKind::Milestone(_)
                    | EventKind::Deliverable { .. }
                    | EventKind::Event { .. } => return None,
                }
                Some(events)
            }
        }
    }
}

/// The history with one more event, in its place.
fn with(events: &[Event], date: Date, kind: EventKind) -> Vec<Event> {
    let mut events = events.to_vec();
    let order = |event: &Event| (event.date, event.kind.place_in_day());
    let new = Event { case: "D-001".to_owned(), date, id: None, kind };
    let place = match new.kind {
        // The trigger's own event stays the last of its kind.
        EventKind::Action { .. } => events.partition_point(|known| order(known) < order(&new)),
        EventKind::More(_)
        | EventKind::Opened { .. }
        | EventKind::Void { .. }
        | EventKind::Milestone(_)
        | EventKind::Deliverable { .. }
        | EventKind::Event { .. } => events.partition_point(|known| order(known) <= order(&new)),
    };
    events.insert(place, new);
    events
}

fn has(events: &[Event], kind: impl Fn(&EventKind) -> bool) -> bool {
    events.iter().any(|event| kind(&event.kind))
}

/// An action that gives hours or work and, where possible, does nothing else.
fn work(plan: &Plan, axes: &Axes) -> Option<String> {
    let rank = |action: &crate::model::Action| {
        let id = plan.name(SubjectKind::Action, &action.name);
        let asked = id.is_some_and(|id| axes.tests.contains(&PlannedTest::Happened(id)));
        let waited = id.and_then(|id| plan.trigger_of(id)).is_some();
        let unpaid = match action.rate.of_an_hour() {
            Some(rate) => rate == Money::ZERO,
            None if action.rate == Rate::NotBilled => plan.schedule.price == Price::PerAction,
            None => action.rate.is_flat(),
        };
        (action.ends_case, asked, waited, unpaid)
    };
    let best = plan.schedule.actions.iter().min_by_key(|action| rank(action));
    let plain = best.filter(|action| {
        let (ends, asked, waited, _) = rank(action);
        !ends && !asked && !waited
    });
    if let Some(action) = plain {
        return Some(action.name.clone());
    }
    if plan.schedule.price == Price::PerAction {
        return best.map(|action| action.name.clone());
    }
    Some(plan.unnamed(SubjectKind::Action))
}

/// The fewest hours from which a test of them comes out otherwise.
fn first_bound(plan: &Plan, axes: &Axes, terms: PlannedTerms) -> Option<i64> {
    let mut shares = Vec::new();
    plan.attendance_bounds(terms.hours, &mut shares);
    let mut bounds = Vec::new();
    for test in &axes.tests {
        test.each_hours(&shares, |bound, passed| bounds.push(bound.at(passed).0));
    }
    bounds.into_iter().filter(|bound| *bound > 0).min()
}

/// The most hours below `end`, in half hours, in minutes, or none.
fn below(end: i64) -> Option<Hours> {
    let down = |step: i64| (end - 1) / step * step;
    let steps = [Hours::ONE.0 / 2, Hours::MINUTE.0];
    steps.iter().map(|step| down(*step)).find(|hours| *hours > 0).map(Hours)
}
