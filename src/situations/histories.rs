//! Histories that may come to the situations of a trigger, the plainest first.

use super::axes::{Axes, bound, is_fact};
use super::times::{Times, times};
use crate::calendar::{Date, Duration};
use crate::model::{Event, EventKind, Price, Rate, Trigger};
use crate::money::{Hours, Money};
use crate::plan::{AttendanceBound, NameKind, Plan, PlannedTerms, PlannedTest, TriggerId};

/// On which day the facts come about.
#[derive(Clone, Copy)]
enum Place {
    Start,
    Eve,
    Day,
}

/// What one history is made from.
struct Wish<'a> {
    plan: &'a Plan,
    trigger: &'a Trigger,
    times: Times,
    facts: Vec<PlannedTest>,
    place: Place,
    hours: Option<Hours>,
    work: Option<&'a str>,
    signed: bool,
}

/// Each with the day on which the trigger comes.
pub(super) fn histories(
    plan: &Plan,
    axes: &Axes,
    id: TriggerId,
    terms: PlannedTerms,
) -> Vec<(Vec<Event>, Date)> {
    let Some(trigger) = plan.trigger(id) else { return Vec::new() };
    let facts: Vec<PlannedTest> = axes.tests.iter().copied().filter(is_fact).collect();
    let work = work(plan, axes);
    let measured = axes.tests.iter().any(measures_hours);
    let hours = hours(plan, axes, terms, work.is_some());
    let signing = plan.simple().signature.is_some()
        && !facts.contains(&PlannedTest::Signed)
        && *trigger != Trigger::Signature;
    let mut all = Vec::new();
    for signed in if signing { &[true, false][..] } else { &[false][..] } {
        for times in times(plan, axes, trigger) {
            for subset in 0..1_u32 << facts.len().min(6) {
                let chosen: Vec<PlannedTest> = facts
                    .iter()
                    .enumerate()
                    .filter(|(place, _)| subset >> place & 1 == 1)
                    .map(|(_, fact)| *fact)
                    .collect();
                let places = [Place::Start, Place::Eve, Place::Day];
                for place in places.iter().take(if chosen.is_empty() { 1 } else { 3 }) {
                    for hours in &hours {
                        let wish = Wish {
                            plan,
                            trigger,
                            times,
                            facts: chosen.clone(),
                            place: *place,
                            hours: *hours,
                            work: work.as_deref(),
                            signed: *signed,
                        };
                        all.push((wish.events(measured), times.target));
                    }
                }
            }
        }
    }
    all
}

impl Wish<'_> {
    fn events(&self, measured: bool) -> Vec<Event> {
        let target = self.times.target;
        let start = self.times.start;
        let mut events = Vec::new();
        let mut add = |date: Date, kind: EventKind| {
            events.push(Event { case: "D-001".to_owned(), date, id: None, kind });
        };
        match self.times.signature {
            Some(signed) => add(signed, EventKind::Signature),
            None if self.signed => {
                add(start.unwrap_or(target).minus_days(5), EventKind::Signature);
            }
            None => {}
        }
        if let Some(start) = start {
            add(start, EventKind::Start);
        }
        if let (Some(hours), Some(start), Some(name)) = (self.hours, start, self.work) {
            let week = start.plus(Duration::Days(7));
            let day = if week < target { week } else { start };
            let hours = Some(hours).filter(|hours| *hours > Hours::ZERO);
            add(day, EventKind::Action { name: name.to_owned(), hours });
        }
        let day = match self.place {
            Place::Start => start.unwrap_or_else(|| target.minus_days(5)),
            Place::Eve => target.pred(),
            Place::Day => target,
        };
        for fact in &self.facts {
            if let Some(kind) = self.comes_about(fact) {
                add(day, kind);
            }
        }
        let own_hours = (!measured && self.hours.is_some()).then_some(Hours::ONE);
        match self.trigger {
            Trigger::Signature => add(target, EventKind::Signature),
            Trigger::End => add(target, EventKind::End),
            Trigger::Abandonment => add(target, EventKind::Abandonment),
            Trigger::Action(name) => {
                add(target, EventKind::Action { name: name.clone(), hours: own_hours });
            }
            Trigger::Event(name) => add(target, EventKind::Event { name: name.clone() }),
            Trigger::Deliverable(name) => {
                add(target, EventKind::Deliverable { name: name.clone() });
            }
            Trigger::Start | Trigger::MonthEnd | Trigger::After(..) | Trigger::Date(_) => {}
        }
        if events.is_empty() {
            // The calendar runs from a case's first event on: any does.
            let date = target.minus_days(5);
            let kind = EventKind::Signature;
            events.push(Event { case: "D-001".to_owned(), date, id: None, kind });
        }
        events.sort_by_key(|event| (event.date, event.kind.place_in_day()));
        events
    }

    /// The event that makes a fact true.
    fn comes_about(&self, fact: &PlannedTest) -> Option<EventKind> {
        match fact {
            PlannedTest::Signed => Some(EventKind::Signature),
            PlannedTest::Ended => Some(EventKind::End),
            PlannedTest::Abandoned => Some(EventKind::Abandonment),
            PlannedTest::Happened(id) => {
                let (kind, name) = self.plan.name_of(*id)?;
                let name = name.to_owned();
                Some(match kind {
                    NameKind::Action => EventKind::Action { name, hours: None },
                    NameKind::Deliverable => EventKind::Deliverable { name },
                    NameKind::Event => EventKind::Event { name },
                })
            }
            PlannedTest::Started
            | PlannedTest::Duration(_)
            | PlannedTest::Attendance(_)
            | PlannedTest::Hours(_) => None,
        }
    }
}

/// An action that gives hours or work and, where possible, does nothing else.
fn work(plan: &Plan, axes: &Axes) -> Option<String> {
    let rank = |action: &crate::model::Action| {
        let id = plan.name(NameKind::Action, &action.name);
        let asked = id.is_some_and(|id| axes.tests.contains(&PlannedTest::Happened(id)));
        let waited = id.and_then(|id| plan.trigger_of(id)).is_some();
        let unpaid = match action.rate {
            Rate::Hourly(rate) => rate == Money::ZERO,
            Rate::Flat(_) => true,
            Rate::NotBilled => plan.schedule.price == Price::PerAction,
            Rate::AsPriced => false,
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
    let mut name = "Session".to_owned();
    while plan.name(NameKind::Action, &name).is_some() {
        name.push('*');
    }
    Some(name)
}

fn measures_hours(test: &PlannedTest) -> bool {
    match test {
        PlannedTest::Attendance(_) | PlannedTest::Hours(_) => true,
        PlannedTest::Duration(_)
        | PlannedTest::Started
        | PlannedTest::Signed
        | PlannedTest::Ended
        | PlannedTest::Abandoned
        | PlannedTest::Happened(_) => false,
    }
}

/// The hours that a history has before its trigger: those from which a comparison comes out
/// otherwise; where none does and hours are billed, some.
fn hours(plan: &Plan, axes: &Axes, terms: PlannedTerms, possible: bool) -> Vec<Option<Hours>> {
    let mut cuts: Vec<i64> = Vec::new();
    for test in &axes.tests {
        match test {
            PlannedTest::Hours(range) => {
                let (hours, passed) = bound(range);
                cuts.push(hours.0.saturating_add(i64::from(passed)));
            }
            PlannedTest::Attendance(range) => {
                let (slot, passed) = bound(range);
                let share = plan.attendances.get(*slot as usize);
                let whole = plan.schedule.whole_attendance;
                if let (Some(share), Some(planned)) = (share, terms.hours) {
                    let bound = AttendanceBound::new(*share, planned, whole);
                    cuts.push(if passed { bound.passed.0 } else { bound.reached.0 });
                }
            }
            PlannedTest::Duration(_)
            | PlannedTest::Started
            | PlannedTest::Signed
            | PlannedTest::Ended
            | PlannedTest::Abandoned
            | PlannedTest::Happened(_) => {}
        }
    }
    cuts.retain(|cut| *cut > 0);
    cuts.sort_unstable();
    cuts.dedup();
    let ends = cuts.iter().skip(1).copied().chain([i64::MAX]);
    let mut all: Vec<Option<Hours>> =
        cuts.iter().zip(ends).filter_map(|(first, end)| within(*first, end)).map(Some).collect();
    if let Some(first) = cuts.first() {
        all.insert(0, below(*first));
        all.push(None);
        return all;
    }
    let billed = !matches!(plan.schedule.price, Price::Fixed(_));
    let uses = plan.lines.iter().any(|line| line.amount == crate::model::Amount::ProRataAttendance);
    let some = possible && (billed || uses);
    if some { vec![Some(Hours(10 * Hours::ONE.0)), Some(Hours::ZERO), None] } else { vec![None] }
}

/// The least number of hours from `first` on and below `end` that can be written.
fn within(first: i64, end: i64) -> Option<Hours> {
    let up = |step: i64| first.checked_add(step - 1).map(|sum| sum / step * step);
    let fits = |hours: &i64| (first..end).contains(hours) && *hours <= Hours::LARGEST.0;
    if first % 300 == 0 && fits(&first) {
        return Some(Hours(first));
    }
    let steps = [Hours::ONE.0 / 2, Hours::ONE.0 / 4, Hours::MINUTE.0, 300, 3];
    steps.iter().filter_map(|step| up(*step)).find(fits).map(Hours)
}

/// The most hours below `end`, in half hours, in minutes, or none.
fn below(end: i64) -> Option<Hours> {
    let down = |step: i64| (end - 1) / step * step;
    let steps = [Hours::ONE.0 / 2, Hours::MINUTE.0];
    steps.iter().map(|step| down(*step)).find(|hours| *hours > 0).map(Hours)
}
