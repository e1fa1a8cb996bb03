//! Courses of a case that come to a bound of what conditions ask about, and right below and above it: a hole between two
//! windows shows nowhere else.
//!
//! In: a program. Out: for each bound, and each moment at which a line asks about it, what a case does up to there; and cases
//! that start, or end, on another day than is planned. Nothing says that they are all.

use crate::calendar::{Date, Duration};
use crate::model::program::{
    Anchor, Asked, Condition, Line, Measure, Name, PlannedDate, Program, Term, Test, When, Worked,
};
use crate::model::{Civil, Milestone};
use crate::money::{Hours, Percent};

/// Of several dates of a line so many are tried, the first ones.
const MOST_DATES: usize = 3;
/// At most so many pairs of a bound and a moment are tried.
const MOST_BOUNDS: usize = 60;
/// So often at the most something is repeated.
const MOST_TIMES: usize = 40;
/// What is next to a bound of hours and of percent: a hundredth.
const LEAST_HOURS: i64 = Hours::ONE.0 / 100;
const LEAST_PERCENT: i64 = Percent::ONE / 100;
/// So long after its start a case comes to a moment, where that does not matter.
const LENGTHS: [Duration; 2] = [Duration::Months(4), Duration::Days(50)];
/// So long before anything else a case is signed.
const SIGNED_BEFORE: u32 = 10;
/// So much earlier or later than planned a case starts, or ends.
const OFF_PLAN: Duration = Duration::Months(1);

/// So many hours an action is given that is measured by them, where nothing asks for others.
const HOURS_OF_AN_ACTION: Hours = Hours(2 * Hours::ONE.0);

/// What a case does.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Course {
    pub(super) signature: Date,
    pub(super) start: Option<Date>,
    pub(super) planned_start: Date,
    pub(super) planned_end: Date,
    /// What happens beside it.
    pub(super) beside: Vec<(Date, Thing)>,
    /// How it is over.
    pub(super) over: (Date, Milestone),
    /// What has a name and is to come only when it is asked for.
    pub(super) awaited: Option<Name>,
}

/// What happens in a case.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Thing {
    Hours(Hours),
    Progress(Percent),
    Named(Name),
}

/// At what a line asks.
#[derive(Clone, Copy, PartialEq)]
enum Moment {
    Milestone(Milestone),
    Named(Name),
    /// That progress is reported.
    Progress,
    /// A day that the calendar brings.
    On(Day),
}

/// A day that the calendar brings.
#[derive(Clone, Copy, PartialEq)]
enum Day {
    Date(Date),
    End(Civil),
    OfMonth(u32),
    After(Duration, Anchor),
}

/// A bound of which a line asks.
#[derive(Clone, Copy, PartialEq)]
enum Bound {
    After(Anchor, Duration),
    Before(PlannedDate, Duration),
    Day(Option<Anchor>, Date),
    Hours(Hours),
    Progress(Percent),
    Times(Name, u32),
}

/// The courses of a case that begins on a day. `planned` is how many hours it plans.
pub(super) fn at_bounds(program: &Program, begin: Date, planned: Hours) -> Vec<Course> {
    let mut bounds: Vec<(Bound, Moment)> = Vec::new();
    for line in &program.lines {
        let all = bounds_of(program, line, planned);
        for bound in moments(line).into_iter().flat_map(|at| all.iter().map(move |of| (*of, at))) {
            if bounds.len() < MOST_BOUNDS && !bounds.contains(&bound) {
                bounds.push(bound);
            }
        }
    }
    let before = signed_before(program);
    let mut courses = off_plan(program, begin, before);
    for (bound, moment) in bounds {
        // At it, right below and right above.
        for side in [0, -1, 1] {
            for length in LENGTHS {
                for starts in [true, false] {
                    let drawn = Drawn { program, begin, length, starts, before };
                    let course = drawn.course(bound, side, moment);
                    courses.extend(course.filter(|course| !courses.contains(course)));
                }
            }
        }
    }
    courses
}

/// What is chosen of a course, where its bound leaves it open.
struct Drawn<'p> {
    program: &'p Program,
    begin: Date,
    length: Duration,
    starts: bool,
    /// So long before anything else it is signed.
    before: Duration,
}

/// What of a course is known so far.
struct Placed {
    start: Date,
    signature: Option<Date>,
    planned_start: Option<Date>,
    planned_end: Option<Date>,
    beside: Vec<(Date, Thing)>,
    over: Option<(Date, Milestone)>,
}

impl Placed {
    /// Something from which is counted comes on a day.
    fn put(&mut self, anchor: Anchor, day: Date) {
        match anchor {
            Anchor::Milestone(Milestone::Start) => self.start = day,
            Anchor::Milestone(Milestone::Signature) => self.signature = Some(day),
            Anchor::Milestone(terminal) => self.over = Some((day, terminal)),
            Anchor::Named(name) => self.beside.push((day, Thing::Named(name))),
            Anchor::Planned(PlannedDate::Start) => self.planned_start = Some(day),
            Anchor::Planned(PlannedDate::End) => self.planned_end = Some(day),
        }
    }
}

/// From which day is counted, of what, and when the moment comes.
struct Counted {
    from: Date,
    of: Option<Anchor>,
    day: Date,
}

impl Drawn<'_> {
    fn course(&self, bound: Bound, side: i64, moment: Moment) -> Option<Course> {
        let Counted { from, of, day } = match moment {
            Moment::On(on) => self.counted_back(bound, side, on)?,
            Moment::Milestone(_) | Moment::Named(_) | Moment::Progress => self.counted(bound, side),
        };
        let signed_then = of == Some(Anchor::Milestone(Milestone::Signature));
        let start =
            if of.is_none() || signed_then { from } else { from.min(day).minus(self.length) };
        let (signature, planned_start, planned_end) = (None, None, None);
        let beside = self.measured(bound, side, moment, (from, day))?;
        let mut placed =
            Placed { start, signature, planned_start, planned_end, beside, over: None };
        if let Some(anchor) = of {
            placed.put(anchor, from);
        }
        match moment {
            Moment::Named(name) => placed.beside.push((day, Thing::Named(name))),
            Moment::Progress if matches!(bound, Bound::Progress(_)) => {}
            Moment::Progress => placed.beside.push((day, Thing::Progress(Percent::WHOLE))),
            Moment::Milestone(milestone) if milestone.is_terminal() && placed.over.is_some() => {
                return None;
            }
            Moment::Milestone(milestone) => placed.put(Anchor::Milestone(milestone), day),
            Moment::On(Day::After(_, anchor)) => placed.put(anchor, self.begin),
            Moment::On(Day::Date(_) | Day::End(_) | Day::OfMonth(_)) => {}
        }
        // What a line of the calendar bills is one of several: the others come, too.
        let goes_on = if let Moment::On(_) = moment { self.length } else { OFF_PLAN };
        let last = day.max(from).max(placed.start).plus(goes_on);
        self.finished(placed, last, moment)
    }

    /// The course, over on a day if nothing else is said.
    fn finished(&self, placed: Placed, last: Date, moment: Moment) -> Option<Course> {
        let Placed { start, signature, planned_start, planned_end, beside, over } = placed;
        let over = over.unwrap_or((last, Milestone::End));
        let first = beside.iter().map(|(day, _)| *day).chain([start, over.0]).min()?;
        // A case that never starts was to start later, unless it was to end before that.
        let was_to_start = self.starts || planned_end.is_some();
        let planned = if was_to_start { start } else { over.0.plus(OFF_PLAN) };
        let planned_start = planned_start.unwrap_or(planned);
        let course = Course {
            signature: signature.unwrap_or(first.minus(self.before)),
            start: self.starts.then_some(start),
            planned_start,
            planned_end: planned_end.unwrap_or(over.0.max(planned_start)),
            beside,
            over,
            awaited: match moment {
                Moment::Named(name) => Some(name),
                Moment::Milestone(_) | Moment::Progress | Moment::On(_) => None,
            },
        };
        (!self.starts || start <= over.0).then_some(course)
    }

    /// A moment that comes when the bound is met.
    fn counted(&self, bound: Bound, side: i64) -> Counted {
        let next = |day: Date| day.minus_days(-side);
        let (from, of, day) = match bound {
            Bound::After(anchor, length) => {
                (self.begin, Some(anchor), next(self.begin.plus(length)))
            }
            Bound::Before(date, length) => {
                (self.begin, Some(Anchor::Planned(date)), next(self.begin.minus(length)))
            }
            Bound::Day(None, day) => (day.minus(self.length), None, next(day)),
            Bound::Day(of, day) => (next(day), of, next(day).plus(self.length)),
            Bound::Hours(_) | Bound::Progress(_) | Bound::Times(..) => {
                (self.begin, None, self.begin.plus(self.length))
            }
        };
        Counted { from, of, day }
    }

    /// A day that the calendar brings: the case is such that the bound is met on it.
    fn counted_back(&self, bound: Bound, side: i64, on: Day) -> Option<Counted> {
        let after = self.begin.plus(self.length);
        let (day, anchor) = match on {
            Day::Date(date) => (date, None),
            Day::End(civil) => (civil.end(after), None),
            Day::OfMonth(number) => {
                let last = after.end_of_month();
                (last.minus_days(i64::from(last.day().saturating_sub(number))), None)
            }
            Day::After(length, anchor) => (self.begin.plus(length), Some(anchor)),
        };
        let (from, of) = match bound {
            Bound::After(of, length) => (day.minus_days(side).minus(length), Some(of)),
            Bound::Before(date, length) => {
                (day.minus_days(side).plus(length), Some(Anchor::Planned(date)))
            }
            Bound::Day(None, _) => return None,
            Bound::Day(of, bound) => (bound.minus_days(-side), of),
            Bound::Hours(_) | Bound::Progress(_) | Bound::Times(..) => {
                (if anchor.is_some() { self.begin } else { day.minus(self.length) }, None)
            }
        };
        // Where both count from one day, nothing is left to choose.
        (of.is_none() || of != anchor).then_some(Counted { from, of, day })
    }

    /// What comes beside it so that a measure is at its bound, or next to it; none where it cannot be.
    fn measured(
        &self,
        bound: Bound,
        side: i64,
        moment: Moment,
        (from, day): (Date, Date),
    ) -> Option<Vec<(Date, Thing)>> {
        let soon = from.plus(Duration::Days(1));
        let mut beside = Vec::new();
        match bound {
            Bound::After(..) | Bound::Before(..) | Bound::Day(..) => {}
            Bound::Hours(hours) => {
                // What the line waits for may be work itself.
                let own = self.hours_of(moment);
                let hours = Hours(hours.0 + side * LEAST_HOURS - own.0);
                let fits = Hours::ZERO < hours && hours <= Hours::LARGEST;
                beside.extend(fits.then_some((soon, Thing::Hours(hours))));
            }
            Bound::Progress(share) => {
                let share = Percent(share.0 + side * LEAST_PERCENT);
                let fits = (Percent(0)..=Percent::WHOLE).contains(&share);
                let reported = if moment == Moment::Progress { day } else { soon };
                beside.extend(fits.then_some((reported, Thing::Progress(share))));
            }
            Bound::Times(name, least) => {
                // What the line waits for is one of them.
                let own = i64::from(moment == Moment::Named(name));
                let times = usize::try_from(i64::from(least) + side - own).ok()?.min(MOST_TIMES);
                beside.extend(std::iter::repeat_n((soon, Thing::Named(name)), times));
            }
        }
        Some(beside)
    }

    /// The hours that come with a moment.
    fn hours_of(&self, moment: Moment) -> Hours {
        let Moment::Named(name) = moment else { return Hours::ZERO };
        let place = usize::try_from(name.0).ok();
        let named = place.and_then(|place| self.program.names.get(place));
        let worked = named.and_then(|named| named.worked.as_ref());
        let by_hours = |worked: &&Worked| {
            matches!(worked.measure, Measure::Priced { .. } | Measure::Hours { .. })
        };
        let worked = worked.filter(by_hours);
        worked.map_or(Hours::ZERO, |worked| hours_of_an_action(&worked.measure))
    }
}

/// The hours of an action: some of them beyond what is included, so that they are billed.
pub(super) fn hours_of_an_action(measure: &Measure) -> Hours {
    let hours = measure.included().saturating_add(HOURS_OF_AN_ACTION.0);
    Hours(hours.min(Hours::LARGEST.0))
}

/// Cases that start, or end, earlier or later than is planned, where a schedule counts from what is.
fn off_plan(program: &Program, begin: Date, before: Duration) -> Vec<Course> {
    let needs = program.needs();
    let counts_from = |term: Term| needs.contains(&term);
    let terminal = Milestone::ALL.into_iter().filter(|milestone| milestone.is_terminal());
    let day = begin.plus(LENGTHS[0]);
    let plain = terminal.map(|over| Course {
        signature: begin.minus(before),
        start: Some(begin),
        planned_start: begin,
        planned_end: day,
        beside: Vec::new(),
        over: (day, over),
        awaited: None,
    });
    let both = |day: Date| [day.minus(OFF_PLAN), day.plus(OFF_PLAN)];
    plain
        .flat_map(|plain| {
            let starts = both(begin).map(|planned_start| Course { planned_start, ..plain.clone() });
            let ends = both(day).map(|planned_end| Course { planned_end, ..plain.clone() });
            let starts = starts.into_iter().filter(|_| counts_from(Term::PlannedStart));
            starts.chain(ends.into_iter().filter(|_| counts_from(Term::PlannedEnd)))
        })
        .collect()
}

/// When a line asks: at what it waits for, and at the end where that comes by itself.
fn moments(line: &Line) -> Vec<Moment> {
    line.whens.iter().flat_map(moments_of).collect()
}

fn moments_of(when: &When) -> Vec<Moment> {
    let by_itself = |days: Vec<Day>| -> Vec<Moment> {
        let end = Moment::Milestone(Milestone::End);
        days.into_iter().map(Moment::On).chain([end]).collect()
    };
    match when {
        When::Milestone(milestone) => vec![Moment::Milestone(*milestone)],
        When::Named(name) => vec![Moment::Named(*name)],
        When::Progress => vec![Moment::Progress],
        When::End(civil) => by_itself(vec![Day::End(*civil)]),
        When::DayOfMonth(day) => by_itself(vec![Day::OfMonth(*day)]),
        When::After(length, anchor) | When::Every { length, anchor, .. } => {
            by_itself(vec![Day::After(*length, *anchor)])
        }
        When::Dates(days) => {
            by_itself(days.iter().take(MOST_DATES).map(|day| Day::Date(*day)).collect())
        }
        // That is a bound of its own.
        When::Before(..) => by_itself(Vec::new()),
    }
}

/// The bounds of which a line asks, and the planned days before which it waits.
fn bounds_of(program: &Program, line: &Line, planned: Hours) -> Vec<Bound> {
    let mut bounds = Vec::new();
    for when in &line.whens {
        if let When::Before(length, date) = when {
            bounds.push(Bound::Before(*date, *length));
        }
    }
    each_test(line, &mut |test| match test.asked() {
        Asked::Length(range) => range.each_bound(|length, _| {
            bounds.push(match test.anchor() {
                Some(anchor) => Bound::After(anchor, *length),
                None => Bound::Before(PlannedDate::Start, *length),
            });
        }),
        Asked::Day(range) => {
            range.each_bound(|day, _| bounds.push(Bound::Day(test.anchor(), *day)))
        }
        Asked::Hours(range) => range.each_bound(|hours, _| bounds.push(Bound::Hours(*hours))),
        Asked::Share(range) if test.measures_work() => range.each_bound(|share, _| {
            // Where whole percents are compared, what is next to it is a percent away.
            let next = if program.whole_attendance { &[0, -1, 1][..] } else { &[0] };
            for percent in next {
                let share = share.0.saturating_add(percent * Percent::ONE);
                let hours = i128::from(planned.0) * i128::from(share);
                let whole = i128::from(Percent::WHOLE.0);
                let hours = i64::try_from((hours + whole - 1).div_euclid(whole));
                bounds.extend(hours.map(|hours| Bound::Hours(Hours(hours))));
            }
        }),
        Asked::Share(range) => range.each_bound(|share, _| bounds.push(Bound::Progress(*share))),
        Asked::Times(least) => {
            if let Some(Anchor::Named(name)) = test.anchor() {
                bounds.push(Bound::Times(name, least));
            }
        }
        Asked::Nothing => {}
    });
    bounds
}

/// So long before anything else a case is signed: longer than any line asks for.
fn signed_before(program: &Program) -> Duration {
    let mut days = SIGNED_BEFORE;
    for line in &program.lines {
        each_test(line, &mut |test| {
            if let (Asked::Length(range), Some(Anchor::Milestone(Milestone::Signature))) =
                (test.asked(), test.anchor())
            {
                range.each_bound(|length, _| {
                    days = days.max(about(*length).saturating_add(SIGNED_BEFORE))
                });
            }
        });
    }
    Duration::Days(days)
}

/// At least as many days as a length has.
fn about(length: Duration) -> u32 {
    match length {
        Duration::Days(days) => days,
        Duration::Months(months) => months.saturating_mul(31),
    }
}

/// Each test of the condition of a line.
pub(super) fn each_test(line: &Line, each: &mut impl FnMut(&Test)) {
    if let Some(condition) = &line.condition {
        Condition::each_test(condition, each);
    }
}
