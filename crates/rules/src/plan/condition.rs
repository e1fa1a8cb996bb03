//! Conditions, dense: their names and bounds are numbers, places in the plan's lists. What a test asks for, and how it is judged.
//! Whoever looks at tests asks them, and does not list what they may measure.

use super::bounds::AttendanceBound;
use super::names::NameId;
use crate::calendar::{Date, Duration};
use crate::model::{Condition, Milestone, Range, Subject, Test};
use crate::money::{Hours, Percent};

/// A condition whose names and bounds are numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlannedCondition {
    /// At least one holds.
    Any(Vec<PlannedCondition>),
    /// All hold.
    All(Vec<PlannedCondition>),
    /// It does not hold.
    Not(Box<PlannedCondition>),
    /// One test.
    Test(PlannedTest),
}

/// What gives bounds and names their numbers.
pub(super) trait Numbers {
    /// The place of a duration.
    fn duration(&mut self, length: Duration) -> u32;
    /// The place of a share of the planned hours.
    fn share(&mut self, share: Percent) -> u32;
    /// What has a name.
    fn subject(&mut self, subject: &Subject) -> NameId;
}

impl PlannedCondition {
    /// A condition, dense.
    pub(super) fn of(condition: &Condition, numbers: &mut impl Numbers) -> PlannedCondition {
        let mut all = |parts: &[Condition]| -> Vec<PlannedCondition> {
            parts.iter().map(|part| PlannedCondition::of(part, numbers)).collect()
        };
        match condition {
            Condition::Any(parts) => PlannedCondition::Any(all(parts)),
            Condition::All(parts) => PlannedCondition::All(all(parts)),
            Condition::Not(inner) => {
                PlannedCondition::Not(Box::new(PlannedCondition::of(inner, numbers)))
            }
            Condition::Test(test) => PlannedCondition::Test(PlannedTest::of(test, numbers)),
        }
    }

    /// Whether it turns on hours.
    pub(super) fn asks_hours(&self) -> bool {
        let mut asks = false;
        self.each_test(&mut |test| {
            asks |= matches!(test, PlannedTest::Attendance(_) | PlannedTest::Hours(_));
        });
        asks
    }

    /// Whether it asks for anything that has a name.
    pub(super) fn asks(&self) -> bool {
        let mut asks = false;
        self.each_test(&mut |test| asks |= test.name().is_some());
        asks
    }

    /// Calls `each` for every test of it, in reading order.
    pub fn each_test(&self, each: &mut impl FnMut(&PlannedTest)) {
        match self {
            PlannedCondition::Any(parts) | PlannedCondition::All(parts) => {
                parts.iter().for_each(|part| part.each_test(each));
            }
            PlannedCondition::Not(inner) => inner.each_test(each),
            PlannedCondition::Test(test) => each(test),
        }
    }

    /// Whether it holds at a moment of a case.
    #[inline]
    pub fn holds(&self, case: &impl Seen) -> bool {
        match self {
            PlannedCondition::Any(parts) => parts.iter().any(|part| part.holds(case)),
            PlannedCondition::All(parts) => parts.iter().all(|part| part.holds(case)),
            PlannedCondition::Not(inner) => !inner.holds(case),
            PlannedCondition::Test(test) => test.passes(case),
        }
    }
}

/// A test whose names and bounds are numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "as in `model::Test`")]
pub enum PlannedTest {
    /// Places in [`Plan::durations`].
    Duration(Range<u32>),
    /// Places in [`Plan::attendances`].
    Attendance(Range<u32>),
    Hours(Range<Hours>),
    Reached(Milestone),
    /// An action done, a deliverable received, an event that happened.
    Happened(NameId),
}

/// A case at a moment, as far as conditions can see it.
pub trait Seen {
    /// The day.
    fn today(&self) -> Date;
    /// Whether it has started.
    fn started(&self) -> bool;
    /// Whether it has come to a milestone.
    fn has_reached(&self, milestone: Milestone) -> bool;
    /// The day on which it reaches a duration, by its place in [`Plan::durations`], where it has started.
    fn deadline(&self, slot: u32) -> Date;
    /// The hours of all actions so far.
    fn hours(&self) -> Hours;
    /// The hours of a share of the planned ones, by its place in [`Plan::attendances`], where these are known.
    fn share(&self, slot: u32) -> Option<&AttendanceBound>;
    /// Whether something with a name has happened.
    fn happened(&self, name: NameId) -> bool;
}

impl PlannedTest {
    fn of(test: &Test, numbers: &mut impl Numbers) -> PlannedTest {
        match test {
            Test::Duration(range) => {
                PlannedTest::Duration(range.map(|length| numbers.duration(length)))
            }
            Test::Attendance(range) => {
                PlannedTest::Attendance(range.map(|share| numbers.share(share)))
            }
            Test::Hours(range) => PlannedTest::Hours(*range),
            Test::Reached(milestone) => PlannedTest::Reached(*milestone),
            Test::Happened(subject) => PlannedTest::Happened(numbers.subject(subject)),
        }
    }

    /// The place of a test of one bound among those of a plan: the start, then durations, hours and shares, each
    /// from the least on, then what is reached and what has happened. `durations` and `shares` are the plan's.
    pub fn place(&self, durations: &[Duration], shares: &[Percent]) -> (u8, i64, bool) {
        match self {
            PlannedTest::Reached(Milestone::Start) => (0, 0, false),
            PlannedTest::Duration(range) => {
                let (slot, passed) = range.first_bound();
                let size = match durations.get(*slot as usize) {
                    // A month is a little more than thirty days.
                    Some(Duration::Months(months)) => i64::from(*months) * 3044,
                    Some(Duration::Days(days)) => i64::from(*days) * 100,
                    None => 0,
                };
                (1, size, passed)
            }
            PlannedTest::Hours(range) => {
                let (Hours(hours), passed) = range.first_bound();
                (2, *hours, passed)
            }
            PlannedTest::Attendance(range) => {
                let (slot, passed) = range.first_bound();
                (3, shares.get(*slot as usize).map_or(0, |share| share.0), passed)
            }
            PlannedTest::Reached(milestone) => (4, i64::from(milestone.place_in_day()), false),
            PlannedTest::Happened(name) => (5, i64::from(name.0), false),
        }
    }

    /// The same test with other numbers; none where one of them has none.
    pub(super) fn try_map(
        &self,
        duration: impl FnMut(u32) -> Option<u32>,
        share: impl FnMut(u32) -> Option<u32>,
        name: impl FnOnce(NameId) -> Option<NameId>,
    ) -> Option<PlannedTest> {
        Some(match self {
            PlannedTest::Duration(range) => PlannedTest::Duration(range.try_map(duration)?),
            PlannedTest::Attendance(range) => PlannedTest::Attendance(range.try_map(share)?),
            PlannedTest::Happened(of) => PlannedTest::Happened(name(*of)?),
            PlannedTest::Hours(_) | PlannedTest::Reached(_) => *self,
        })
    }

    /// The time since the start of which it asks, as places in [`Plan::durations`].
    #[inline]
    pub fn time(&self) -> Option<&Range<u32>> {
        if let PlannedTest::Duration(range) = self { Some(range) } else { None }
    }

    /// The share of the planned hours of which it asks, as places in [`Plan::attendances`].
    #[inline]
    pub fn share(&self) -> Option<&Range<u32>> {
        if let PlannedTest::Attendance(range) = self { Some(range) } else { None }
    }

    /// The hours of which it asks.
    #[inline]
    pub fn hours(&self) -> Option<&Range<Hours>> {
        if let PlannedTest::Hours(range) = self { Some(range) } else { None }
    }

    /// The milestone for which it asks.
    #[inline]
    pub fn milestone(&self) -> Option<Milestone> {
        if let PlannedTest::Reached(milestone) = self { Some(*milestone) } else { None }
    }

    /// The name for which it asks.
    #[inline]
    pub fn name(&self) -> Option<NameId> {
        if let PlannedTest::Happened(name) = self { Some(*name) } else { None }
    }

    /// Whether it asks for hours, or for a share of the planned ones.
    #[inline]
    pub fn measures_hours(&self) -> bool {
        self.hours().is_some() || self.share().is_some()
    }

    /// Calls `each` for every bound in hours, with whether it has to be passed. `shares` are the plan's shares of the
    /// planned hours: those that are not known bound nothing.
    pub fn each_hours(
        &self,
        shares: &[AttendanceBound],
        mut each: impl FnMut(AttendanceBound, bool),
    ) {
        if let Some(range) = self.hours() {
            range.each_bound(|hours, passed| each(AttendanceBound::of_hours(*hours), passed));
        }
        if let Some(range) = self.share() {
            range.each_bound(|slot, passed| {
                if let Some(bound) = shares.get(*slot as usize) {
                    each(*bound, passed);
                }
            });
        }
    }

    /// Whether it holds at a moment of a case.
    #[inline]
    pub fn passes(&self, case: &impl Seen) -> bool {
        let (today, hours) = (case.today(), case.hours());
        match self {
            PlannedTest::Duration(range) => {
                case.started()
                    && range.holds(
                        |slot| today >= case.deadline(*slot),
                        |slot| today > case.deadline(*slot),
                    )
            }
            PlannedTest::Attendance(range) => range.holds(
                |slot| case.share(*slot).is_some_and(|bound| hours >= bound.reached),
                |slot| case.share(*slot).is_some_and(|bound| hours >= bound.passed),
            ),
            PlannedTest::Hours(range) => {
                range.holds(|bound| hours >= *bound, |bound| hours > *bound)
            }
            PlannedTest::Reached(milestone) => case.has_reached(*milestone),
            PlannedTest::Happened(name) => case.happened(*name),
        }
    }

    /// Every comparison comes down to whether a bound is reached or passed: a test for each.
    pub fn bounds(&self) -> Vec<PlannedTest> {
        match self {
            PlannedTest::Duration(range) => {
                bounds(range).into_iter().map(PlannedTest::Duration).collect()
            }
            PlannedTest::Attendance(range) => {
                bounds(range).into_iter().map(PlannedTest::Attendance).collect()
            }
            PlannedTest::Hours(range) => {
                bounds(range).into_iter().map(PlannedTest::Hours).collect()
            }
            PlannedTest::Reached(_) | PlannedTest::Happened(_) => vec![*self],
        }
    }
}

fn bounds<T: Copy>(range: &Range<T>) -> Vec<Range<T>> {
    match range {
        Range::Less(n) | Range::AtLeast(n) => vec![Range::AtLeast(*n)],
        Range::AtMost(n) | Range::Greater(n) => vec![Range::Greater(*n)],
        Range::Window { from, under } => vec![Range::AtLeast(*from), Range::AtLeast(*under)],
    }
}
