//! Lives that a case of a schedule may well have, the plainest first: of those whom no proof covers, they show what
//! goes wrong. In: a program. Out: histories, each with what its case agrees and plans. Nothing says that they are
//! all.

use super::at_bounds::{Course, HOURS_OF_AN_ACTION, Thing, at_bounds, each_test};
use super::in_force::InForce;
use super::past_bounds::{Past, past_bounds};
use crate::calendar::{Date, Duration};
use crate::model::program::{
    Anchor, Asked, Measure, Opening, Program, Term, Terms, Test, When, Worked,
};
use crate::model::{Beside, Event, EventKind, Milestone, More, Scenario, StatedSum, SubjectKind};
use crate::money::{Hours, Money, Percent};
use crate::plan::{Plan, PlannedTerms};
use std::collections::BTreeSet;

/// A life.
#[derive(Clone)]
pub(super) struct Life {
    /// What its case agrees.
    pub(super) opening: Opening,
    /// What it plans where the schedule states nothing.
    pub(super) terms: PlannedTerms,
    /// Its price or rate, if each case agrees its own.
    pub(super) figure: Money,
    /// Its events, in the order of their days.
    pub(super) events: Vec<Event>,
}

/// How a case is over.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Over {
    /// Not at all.
    Not,
    By(Milestone),
    /// By an action that ends the case, by its place among the names.
    Action(usize),
}

/// What comes between the start and the end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Between {
    Nothing,
    /// Each name that the schedule mentions, once, soon.
    EachOnce,
    /// The same, month after month.
    EachMonth,
    /// So many hours of work, on one day.
    Hours(Hours),
    /// One name, by its place, on the day before the end, after the most hours that are tried and all progress.
    Late(usize),
    /// Work that passes a bound.
    Past(Past),
    /// The clock of the case stands still for a month.
    Suspended,
}

/// The day on which a case begins that nothing says otherwise of.
const USUAL: (i32, u32, u32) = (2025, 1, 15);
/// So many days before its start a case is signed.
const SIGNED_BEFORE: i64 = 10;
/// The most months in which something comes each month.
const MOST_MONTHS: u32 = 15;
/// So many hours of work at the most are tried, the fewest first.
const MOST_HOURS: usize = 4;
/// Work that passes a bound begins on so many days at the most, and its case goes on for so long.
const MOST_BEGINS_PAST: usize = 2;
const LONG_ENOUGH: Duration = Duration::Months(4);
/// So many names at the most are tried late, each by itself.
const MOST_LATE: usize = 4;
/// Planned hours and months of a case where the schedule states none.
const PLANNED: (i64, u32) = (100, 10);

pub(super) struct Lives<'p> {
    plan: &'p Plan,
    program: &'p Program,
}

impl<'p> Lives<'p> {
    pub(super) fn of(plan: &'p Plan, program: &'p Program) -> Lives<'p> {
        Lives { plan, program }
    }

    /// Those that scenarios of the schedule tell.
    pub(super) fn told<'s>(
        &self,
        scenarios: &'s [Scenario],
    ) -> impl Iterator<Item = Life> + use<'_, 's, 'p> {
        scenarios.iter().filter_map(|scenario| self.of_scenario(scenario))
    }

    /// As many as there may be of those that are made up and begin while the schedule is in force, those with the fewest
    /// events first. Those that come to bounds are half of them at the most, where there are enough others.
    pub(super) fn all(&self, in_force: InForce, most: usize) -> Vec<Life> {
        let mut lives = Vec::new();
        let overs = self.overs();
        let signed: &[bool] =
            if self.waits_for(Milestone::Signature) { &[true, false] } else { &[false] };
        for begin in self.begins() {
            for length in self.lengths() {
                for between in self.between() {
                    for over in &overs {
                        for signed in signed {
                            for started in [true, false] {
                                let life =
                                    self.life(begin, length, between, *over, *signed, started);
                                lives.extend(life.and_then(|life| within(life, in_force)));
                            }
                        }
                    }
                }
            }
        }
        for between in past_bounds(self.program).into_iter().map(Between::Past) {
            for begin in self.begins().into_iter().take(MOST_BEGINS_PAST) {
                for over in &overs {
                    for signed in signed {
                        let life = self.life(begin, LONG_ENOUGH, between, *over, *signed, true);
                        lives.extend(life.and_then(|life| within(life, in_force)));
                    }
                }
            }
        }
        let planned = self.planned_hours();
        // One that does not depend on the day on which it begins comes once.
        let mut courses: Vec<Course> = Vec::new();
        for begin in self.begins().into_iter().take(MOST_BEGINS_PAST) {
            for course in at_bounds(self.program, begin, planned) {
                if !courses.contains(&course) {
                    courses.push(course);
                }
            }
        }
        let mut short = Vec::new();
        for course in &courses {
            for signed in signed {
                short.extend(within(self.of_course(course, *signed), in_force));
            }
        }
        let room = most.saturating_sub(lives.len()).max(most / 2);
        let mut short = the_first_and_some(short, room);
        lives = the_first_and_some(lives, most.saturating_sub(short.len()));
        lives.append(&mut short);
        lives.sort_by_key(|life: &Life| life.events.len());
        lives
    }

    /// The case of a scenario of this schedule, if it keeps to what is assumed of all: nothing is amended, and progress does not
    /// fall.
    fn of_scenario(&self, scenario: &Scenario) -> Option<Life> {
        let schedule = &self.plan.schedule;
        let is_of_it = scenario.schedule == schedule.name
            && scenario.in_force_from == schedule.in_force_from();
        let terms = &scenario.opening.terms;
        let agreed = terms.price.or_else(|| self.program.sum_of(terms.rate?));
        if !is_of_it || self.program.price.is_agreed() && agreed.is_none() {
            return None;
        }
        let mut events = scenario.events.clone();
        events.sort_by_key(|event| event.date);
        let mut reached = Percent(0);
        let is_as_assumed = |event: &Event| match &event.kind {
            EventKind::More(more) => match &**more {
                More::Amendment(_) => false,
                More::Opened { .. } | More::Action { .. } | More::Suspension | More::Resumption => {
                    true
                }
                More::Progress(percent) => {
                    let rises = *percent >= reached;
                    reached = *percent;
                    rises
                }
            },
            EventKind::Opened { .. }
            | EventKind::Milestone(_)
            | EventKind::Action { .. }
            | EventKind::Deliverable { .. }
            | EventKind::Event { .. }
            | EventKind::Void { .. } => true,
        };
        events.iter().all(is_as_assumed).then(|| Life {
            opening: scenario.opening.clone(),
            terms: PlannedTerms::of(scenario),
            figure: agreed.unwrap_or_else(|| self.program.round_figure()),
            events,
        })
    }

    fn life(
        &self,
        begin: Date,
        length: Duration,
        between: Between,
        over: Over,
        signed: bool,
        started: bool,
    ) -> Option<Life> {
        // Without a start there is nothing in between, and no length.
        if !started && (between != Between::Nothing || length != Duration::Days(0)) {
            return None;
        }
        let end = begin.plus(length);
        let mut events = Vec::new();
        if signed {
            events.push((
                begin.minus_days(SIGNED_BEFORE),
                EventKind::Milestone(Milestone::Signature),
            ));
        }
        if started {
            events.push((begin, EventKind::Milestone(Milestone::Start)));
        }
        let inside = |day: &Date| *day < end || length == Duration::Days(0) && *day == end;
        match between {
            Between::Nothing => {}
            Between::EachOnce => {
                let names = self.happenings(Percent::WHOLE);
                let days = (1..).map(|days| begin.plus(Duration::Days(days)));
                events.extend(days.zip(names).filter(|(day, _)| inside(day)));
            }
            Between::EachMonth => {
                for month in 1..=MOST_MONTHS {
                    let day = begin.plus(Duration::Months(month));
                    let reached = (i64::from(month) * 10).min(100);
                    let names = self.happenings(Percent(Percent::ONE * reached));
                    events
                        .extend(names.into_iter().map(|kind| (day, kind)).filter(|_| inside(&day)));
                }
            }
            Between::Hours(hours) => {
                let work = self.work(begin, hours, None);
                events.extend(Some(work).filter(|(day, _)| inside(day)));
            }
            Between::Late(name) => {
                let work = self.hours().into_iter().max();
                let work = work.map(|hours| self.work(begin, hours, Some(name)));
                let done = More::Progress(Percent::WHOLE);
                let done = (begin.plus(Duration::Days(2)), EventKind::More(Box::new(done)));
                let done = Some(done).filter(|_| self.program.asks_for_progress());
                let late = self.happening(name).map(|kind| (end.minus_days(1), kind));
                let all = work.into_iter().chain(done).chain(late);
                events.extend(all.filter(|(day, _)| *day > begin && inside(day)));
            }
            Between::Past(past) => events.extend(self.past(begin, past)),
            Between::Suspended => {
                let stops = begin.plus(Duration::Days(20));
                let both = [
                    (stops, EventKind::More(Box::new(More::Suspension))),
                    (stops.plus(Duration::Months(1)), EventKind::More(Box::new(More::Resumption))),
                ];
                events.extend(both.into_iter().filter(|(day, _)| inside(day)));
            }
        }
        match over {
            Over::Not => {}
            Over::By(milestone) => events.push((end, EventKind::Milestone(milestone))),
            Over::Action(name) => events.push((end, self.happening(name)?)),
        }
        let planned_end =
            if length == Duration::Days(0) { begin.plus(Duration::Months(1)) } else { end };
        (!events.is_empty()).then(|| self.case(events, begin, planned_end))
    }

    /// A life of these events, with what its case agrees and plans.
    fn case(&self, events: Vec<(Date, EventKind)>, planned_start: Date, planned_end: Date) -> Life {
        let figure = self.program.round_figure();
        let mut opening = super::by_the_rules::opening(self.program, figure);
        let needs = self.program.needs();
        let planned = |term: Term, day: Date| needs.contains(&term).then_some(day);
        opening.terms = Terms {
            planned_start: planned(Term::PlannedStart, planned_start),
            planned_end: planned(Term::PlannedEnd, planned_end),
            ..opening.terms
        };
        let stated = &self.program.planned;
        let terms = PlannedTerms {
            hours: Some(Hours(PLANNED.0 * Hours::ONE.0))
                .filter(|_| needs.contains(&Term::PlannedHours) && stated.hours.is_none()),
            months: Some(PLANNED.1)
                .filter(|_| needs.contains(&Term::PlannedMonths) && stated.months.is_none()),
        };
        let event = |(date, kind)| Event { case: "D-001".to_owned(), date, id: None, kind };
        Life { opening, terms, figure, events: events.into_iter().map(event).collect() }
    }

    fn of_course(&self, course: &Course, signed: bool) -> Life {
        let milestone = |(day, milestone)| (day, EventKind::Milestone(milestone));
        let signature = signed.then_some((course.signature, Milestone::Signature));
        let start = course.start.map(|day| (day, Milestone::Start));
        let mut events: Vec<_> = signature.into_iter().chain(start).map(milestone).collect();
        // Work for its own sake, by another action than one that a line waits for.
        let awaited = course.awaited.and_then(|name| usize::try_from(name.0).ok());
        for (day, thing) in &course.beside {
            let kind = match *thing {
                Thing::Hours(hours) => {
                    Some(EventKind::Action { name: self.usual_action(awaited), hours: Some(hours) })
                }
                Thing::Progress(share) => Some(EventKind::More(Box::new(More::Progress(share)))),
                Thing::Named(name) => {
                    usize::try_from(name.0).ok().and_then(|place| self.happening(place))
                }
            };
            events.extend(kind.map(|kind| (*day, kind)));
        }
        events.push(milestone(course.over));
        events.sort_by_key(|(day, _)| *day);
        self.case(events, course.planned_start, course.planned_end)
    }

    /// Entries that pass a bound, from the day after the first on.
    fn past(&self, begin: Date, past: Past) -> impl Iterator<Item = (Date, EventKind)> + use<> {
        let place = |place: usize| {
            let (_, name) = self.program.subjects.get(place)?;
            let worked = self.program.names.get(place).and_then(|named| named.worked.as_ref());
            Some((name.clone(), worked))
        };
        let (name, worked) = past.action.and_then(place).unwrap_or_else(|| {
            (self.plan.unnamed(SubjectKind::Action), self.program.unlisted.as_ref())
        });
        let kind = entry(name, worked, past.size);
        let days = (0..past.months).map(move |month| {
            let month = begin.plus(Duration::Months(month));
            month.plus(Duration::Days(1))
        });
        let times = usize::try_from(past.times).unwrap_or(usize::MAX);
        days.flat_map(move |day| std::iter::repeat_n((day, kind.clone()), times))
    }

    /// Work on the day after the first, by another action than one that is to come later.
    fn work(&self, begin: Date, hours: Hours, later: Option<usize>) -> (Date, EventKind) {
        let kind = EventKind::Action { name: self.usual_action(later), hours: Some(hours) };
        (begin.plus(Duration::Days(1)), kind)
    }

    /// One of everything that has a name, and progress if the schedule asks for it.
    fn happenings(&self, progress: Percent) -> Vec<EventKind> {
        let ends =
            |place: &usize| self.program.names.get(*place).is_some_and(|name| name.ends_case);
        let named = (0..self.program.subjects.len()).filter(|place| !ends(place));
        let mut all: Vec<EventKind> = named.filter_map(|place| self.happening(place)).collect();
        if let Some(worked) = self.program.unlisted.as_ref().filter(|worked| worked.is_billed()) {
            all.push(action(self.plan.unnamed(SubjectKind::Action), Some(worked)));
        }
        if self.program.asks_for_progress() {
            all.push(EventKind::More(Box::new(More::Progress(progress))));
        }
        all
    }

    fn happening(&self, place: usize) -> Option<EventKind> {
        let (kind, name) = self.program.subjects.get(place)?.clone();
        Some(match kind {
            SubjectKind::Deliverable => EventKind::Deliverable { name },
            SubjectKind::Event => EventKind::Event { name },
            SubjectKind::Action => {
                let worked = self.program.names.get(place).and_then(|named| named.worked.as_ref());
                action(name, worked)
            }
        })
    }

    fn between(&self) -> Vec<Between> {
        let mut all = vec![Between::Nothing];
        if !self.happenings(Percent::WHOLE).is_empty() {
            all.extend([Between::EachOnce, Between::EachMonth]);
        }
        all.extend(self.hours().into_iter().map(Between::Hours));
        all.extend(self.awaited().into_iter().take(MOST_LATE).map(Between::Late));
        if self.program.may_suspend {
            all.push(Between::Suspended);
        }
        all
    }

    /// Names that lines wait for and that end no case.
    fn awaited(&self) -> BTreeSet<usize> {
        let whens = self.program.lines.iter().flat_map(|line| &line.whens);
        let names = whens.filter_map(|when| usize::try_from(when.named()?.0).ok());
        let ends =
            |place: &usize| self.program.names.get(*place).is_some_and(|name| name.ends_case);
        names.filter(|place| !ends(place)).collect()
    }

    /// An action that ends no case, and is not this one.
    fn usual_action(&self, but: Option<usize>) -> String {
        let subjects = (0..).zip(self.program.subjects.iter().zip(&self.program.names));
        let mut actions = subjects
            .filter(|(place, _)| Some(*place) != but)
            .filter(|(_, ((kind, _), named))| *kind == SubjectKind::Action && !named.ends_case)
            .map(|(_, ((_, name), _))| name.clone());
        actions.next().unwrap_or_else(|| self.plan.unnamed(SubjectKind::Action))
    }

    fn planned_hours(&self) -> Hours {
        self.program.planned.hours.unwrap_or(Hours(PLANNED.0 * Hours::ONE.0))
    }

    /// Hours of work that make a difference to the conditions of lines, and all that are planned where a line bills by them.
    fn hours(&self) -> Vec<Hours> {
        let planned = self.planned_hours();
        let mut all = BTreeSet::new();
        let mut add = |hours: i64, passes: bool| {
            all.insert(hours.saturating_add(if passes { Hours::ONE.0 } else { 0 }));
        };
        for line in &self.program.lines {
            each_test(line, &mut |test| match test.asked() {
                Asked::Hours(range) => range.each_bound(|hours, passes| add(hours.0, passes)),
                Asked::Share(range) => range.each_bound(|share, passes| {
                    let part = i128::from(planned.0) * i128::from(share.0);
                    let whole = i128::from(Percent::WHOLE.0) * i128::from(Hours::ONE.0);
                    // To the next whole hour.
                    let hours = (part + whole - 1).div_euclid(whole) * i128::from(Hours::ONE.0);
                    add(i64::try_from(hours).unwrap_or(i64::MAX), passes);
                }),
                Asked::Length(_) | Asked::Day(_) | Asked::Times(_) | Asked::Nothing => {}
            });
        }
        let mut all: Vec<Hours> =
            all.into_iter().filter(|hours| *hours > 0).map(Hours).take(MOST_HOURS).collect();
        let measured = self.program.lines.iter().any(|line| line.amount.measures_hours());
        if measured && !all.contains(&planned) {
            all.push(planned);
        }
        all
    }

    fn overs(&self) -> Vec<Over> {
        let ends = (0..).zip(&self.program.names).filter(|(_, name)| name.ends_case);
        let actions = ends.map(|(place, _)| Over::Action(place));
        let milestones = Milestone::ALL.into_iter().filter(|milestone| milestone.is_terminal());
        milestones.map(Over::By).chain([Over::Not]).chain(actions.take(1)).collect()
    }

    /// The usual day, and days around the dates that the schedule names.
    fn begins(&self) -> Vec<Date> {
        let (year, month, day) = USUAL;
        let usual = Date::new(year, month, day).unwrap_or(Date::MIN);
        let dates = self.dates();
        let around = dates
            .iter()
            .flat_map(|date| [date.minus(Duration::Months(2)), date.plus(Duration::Days(10))]);
        let first = dates.first().map(|date| date.minus(Duration::Months(2)));
        let mut all: Vec<Date> = first.into_iter().chain([usual]).chain(around).collect();
        let mut known = BTreeSet::new();
        all.retain(|day| (Date::MIN..=Date::MAX).contains(day) && known.insert(*day));
        all.truncate(5);
        all
    }

    fn dates(&self) -> Vec<Date> {
        let mut dates = BTreeSet::new();
        for line in &self.program.lines {
            for when in &line.whens {
                if let When::Dates(days) = when {
                    dates.extend(days);
                }
            }
            each_test(line, &mut |test| {
                if let Asked::Day(range) = test.asked() {
                    range.each_bound(|day, _| {
                        dates.insert(*day);
                    });
                }
            });
        }
        dates.into_iter().collect()
    }

    /// From start to end: some, and those that the lines of the schedule make a difference at.
    fn lengths(&self) -> Vec<Duration> {
        let mut all =
            vec![Duration::Days(0), Duration::Months(4), Duration::Days(20), Duration::Months(13)];
        for line in &self.program.lines {
            let times = line.at_most.unwrap_or(line.amount.parts());
            for when in &line.whens {
                let period = match when {
                    When::End(civil) => Duration::Months(civil.months()),
                    When::DayOfMonth(_) => Duration::Months(1),
                    When::Every { length, .. } | When::After(length, _) => *length,
                    When::Milestone(_)
                    | When::Named(_)
                    | When::Progress
                    | When::Before(..)
                    | When::Dates(_) => continue,
                };
                let whole = crate::plan::times(period, times);
                all.extend(whole);
            }
            each_test(line, &mut |test| {
                if let Asked::Length(range) = test.asked() {
                    range.each_bound(|length, _| all.push(*length));
                }
            });
        }
        let mut known = Vec::new();
        all.retain(|length| {
            !known.contains(length) && {
                known.push(*length);
                true
            }
        });
        all.truncate(10);
        all
    }

    fn waits_for(&self, milestone: Milestone) -> bool {
        let of = |anchor: &Anchor| *anchor == Anchor::Milestone(milestone);
        self.program.lines.iter().any(|line| {
            let mut asked = false;
            each_test(line, &mut |test| {
                asked |= test.anchor().as_ref().is_some_and(of) || *test == Test::Came(milestone);
            });
            asked
                || line.whens.iter().any(|when| {
                    when.milestone() == Some(milestone) || when.anchor().as_ref().is_some_and(of)
                })
        })
    }
}

/// Three in four of so many are those with the fewest events, and the others are spread over the longer ones.
pub(super) fn the_first_and_some(mut lives: Vec<Life>, most: usize) -> Vec<Life> {
    lives.sort_by_key(|life| life.events.len());
    if lives.len() <= most {
        return lives;
    }
    let spread = most / 4;
    let longer = lives.split_off(most - spread);
    let all = longer.len();
    // The place of each that is kept: the last one of as many equal parts.
    let kept: BTreeSet<usize> =
        (1..=spread).filter_map(|part| (part * all / spread).checked_sub(1)).collect();
    let longer = longer.into_iter().enumerate().filter(|(place, _)| kept.contains(place));
    lives.extend(longer.map(|(_, life)| life));
    lives
}

/// An action, with what its work is measured by.
fn action(name: String, worked: Option<&Worked>) -> EventKind {
    let size = match worked.map_or(&Measure::Nothing, |worked| &worked.measure) {
        Measure::Nothing | Measure::Times(_) => 1,
        Measure::Priced { .. } | Measure::Hours { .. } => HOURS_OF_AN_ACTION.0,
        Measure::Quantity(_) => 100_000,
        Measure::Amount(_) => 1_000_000,
    };
    entry(name, worked, size)
}

/// An action of so much work, in the smallest unit of what measures it.
fn entry(name: String, worked: Option<&Worked>, size: i64) -> EventKind {
    let (hours, beside) = match worked.map_or(&Measure::Nothing, |worked| &worked.measure) {
        Measure::Nothing | Measure::Times(_) => (None, Beside::default()),
        Measure::Priced { .. } | Measure::Hours { .. } => (Some(Hours(size)), Beside::default()),
        Measure::Quantity(_) => (None, Beside { quantity: Some(size), ..Beside::default() }),
        Measure::Amount(_) => (None, Beside { amount: Some(StatedSum(size)), ..Beside::default() }),
    };
    if beside.is_empty() {
        return EventKind::Action { name, hours };
    }
    EventKind::More(Box::new(More::Action { name, hours, beside }))
}

/// The life, moved so that it begins while the schedule is in force.
fn within(mut life: Life, in_force: InForce) -> Option<Life> {
    let first = life.events.iter().map(|event| event.date).min()?;
    if !in_force.holds(first) {
        let moved = in_force.shift(first)?;
        life.events.iter_mut().for_each(|event| event.date = moved(event.date));
        let terms = &mut life.opening.terms;
        terms.planned_start = terms.planned_start.map(&moved);
        terms.planned_end = terms.planned_end.map(&moved);
    }
    let within = |event: &Event| (Date::MIN..=Date::MAX).contains(&event.date);
    life.events.iter().all(within).then_some(life)
}
