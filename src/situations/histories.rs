//! Histories that may come to the situations of a trigger, the plainest first.

use super::axes::{Axes, bound, is_fact};
use super::times::{Times, times};
use crate::calendar::{Date, Duration};
use crate::model::{Event, EventKind, Price, Rate, SOME_ACTION, Trigger};
use crate::money::{Hours, Money};
use crate::plan::{AttendanceBound, NameKind, Plan, PlannedTerms, PlannedTest, TriggerId};

/// About so many histories are tried for one trigger at the most.
pub(super) const MOST_HISTORIES: usize = 50_000;

/// On which day the facts come about.
#[derive(Clone, Copy)]
enum Place {
    /// On the day of the start; an action among them starts the case.
    Begin,
    Start,
    Eve,
    Day,
    /// Actions first, on the day of the start; the others last.
    ActionsFirst,
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
    /// The action that is the trigger's event, and brings all hours with it.
    own: Option<&'a str>,
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
    let unsigned = facts.contains(&PlannedTest::Signed);
    let work = work(plan, axes);
    let measured = axes.tests.iter().any(measures_hours);
    let hours = hours(plan, axes, terms, work.is_some());
    let signing = plan.simple().signature.is_some()
        && !facts.contains(&PlannedTest::Signed)
        && *trigger != Trigger::Signature;
    let mut all = Vec::new();
    let mut owns: Vec<Option<&str>> = vec![None];
    owns.extend(own_actions(plan, trigger, work.as_deref()).into_iter().map(Some));
    let times = times(axes, trigger);
    for own in owns {
        for signed in if signing { &[true, false][..] } else { &[false][..] } {
            for times in &times {
                if all.len() > MOST_HISTORIES {
                    return all;
                }
                for chosen in subsets(&facts) {
                    let places =
                        [Place::Start, Place::Begin, Place::Eve, Place::Day, Place::ActionsFirst];
                    let count = if chosen.is_empty() { 2 } else { places.len() };
                    for (place, hours) in
                        places.iter().take(count).flat_map(|p| hours.iter().map(move |h| (p, h)))
                    {
                        let wish = Wish {
                            plan,
                            trigger,
                            times: *times,
                            facts: chosen.clone(),
                            place: *place,
                            hours: *hours,
                            work: work.as_deref(),
                            signed: *signed,
                            own,
                        };
                        all.push((wish.events(measured, unsigned), times.target));
                    }
                }
            }
        }
    }
    all
}

/// Every choice of facts, none first.
fn subsets(facts: &[PlannedTest]) -> impl Iterator<Item = Vec<PlannedTest>> {
    (0..1_u32 << facts.len().min(6)).map(|subset| {
        let chosen = facts.iter().enumerate().filter(|(place, _)| subset >> place & 1 == 1);
        chosen.map(|(_, fact)| *fact).collect()
    })
}

/// Actions that can be the event of a trigger.
fn own_actions<'a>(plan: &'a Plan, trigger: &'a Trigger, work: Option<&'a str>) -> Vec<&'a str> {
    let declared = plan.schedule.actions.iter();
    match trigger {
        Trigger::Action(name) => vec![name],
        Trigger::End => {
            declared.filter(|action| action.ends_case).map(|action| action.name.as_str()).collect()
        }
        Trigger::Start => {
            let mut names: Vec<&str> = plan.known_names(NameKind::Action).collect();
            if plan.schedule.price == Price::PerAction {
                names.retain(|name| declared.clone().any(|action| action.name == *name));
            }
            names.sort_unstable();
            work.into_iter().chain(names).collect()
        }
        Trigger::Signature
        | Trigger::Abandonment
        | Trigger::Event(_)
        | Trigger::Deliverable(_)
        | Trigger::MonthEnd
        | Trigger::After(..)
        | Trigger::Date(_) => Vec::new(),
    }
}

impl Wish<'_> {
    fn events(&self, measured: bool, unsigned: bool) -> Vec<Event> {
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
        let action =
            |fact: &PlannedTest| matches!(self.comes_about(fact), Some(EventKind::Action { .. }));
        let early = match self.place {
            Place::Begin | Place::ActionsFirst => true,
            Place::Start | Place::Eve | Place::Day => false,
        };
        let works = self.hours.is_some() && self.work.is_some() && self.own.is_none();
        let begins = early && (works || self.facts.iter().any(action))
            || self.own.is_some() && *self.trigger == Trigger::Start;
        if let Some(start) = start.filter(|_| !begins) {
            add(start, EventKind::Start);
        }
        let before = self.own.is_none();
        if let (Some(hours), Some(start), Some(name), true) = (self.hours, start, self.work, before)
        {
            let week = start.plus(Duration::Days(7));
            let day = if week < target && !early { week } else { start };
            let hours = Some(hours).filter(|hours| *hours > Hours::ZERO);
            add(day, EventKind::Action { name: name.to_owned(), hours });
        }
        let begun = start.unwrap_or_else(|| target.minus_days(5));
        for fact in &self.facts {
            let day = match self.place {
                Place::Start | Place::Begin => begun,
                Place::ActionsFirst if action(fact) => begun,
                Place::Eve => target.pred(),
                Place::Day | Place::ActionsFirst => target,
            };
            match self.comes_about(fact) {
                // The trigger's own event sees to it.
                Some(EventKind::Action { name, .. }) if Some(name.as_str()) == self.own => {}
                Some(kind) => add(day, kind),
                None => {}
            }
        }
        let own_hours = (!measured && self.hours.is_some()).then_some(Hours::ONE);
        if let Some(name) = self.own {
            let hours = if measured { self.hours } else { own_hours };
            let hours = hours.filter(|hours| *hours > Hours::ZERO);
            add(target, EventKind::Action { name: name.to_owned(), hours });
            events.sort_by_key(|event| (event.date, event.kind.place_in_day()));
            return events;
        }
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
            let kind = if unsigned {
                EventKind::Event { name: "Note".to_owned() }
            } else {
                EventKind::Signature
            };
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
    let mut name = SOME_ACTION.to_owned();
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
