//! What the lines that wait for a trigger ask of a case, as yes-or-no tests in a fixed order.

use crate::calendar::Duration;
use crate::model::{Milestone, Range, When};
use crate::money::Hours;
use crate::plan::{Plan, PlannedCondition, PlannedTest, TriggerId};
use crate::verify::reached::MOST_TESTS;

/// The tests that tell the situations of a trigger apart. Bounds are `at least` and `more than`
/// only: every comparison comes down to them.
#[derive(Clone, Debug, Default)]
pub(super) struct Axes {
    /// The start, durations, hours, attendances, each from the least on, then facts.
    pub(super) tests: Vec<PlannedTest>,
    /// The durations asked about, each with whether it has to be passed.
    pub(super) lengths: Vec<(Duration, bool)>,
    /// Whether there were more tests than are told apart.
    pub(super) cut: bool,
}

impl Axes {
    pub(super) fn new(plan: &Plan, id: TriggerId) -> Axes {
        let mut tests: Vec<PlannedTest> = Vec::new();
        let mut add = |test: PlannedTest| {
            if !tests.contains(&test) {
                tests.push(test);
            }
        };
        let lines = plan.waiting_for(id).iter().filter_map(|line| plan.line(*line));
        for condition in lines.filter_map(|line| line.condition.as_ref()) {
            each_test(condition, &mut |test| match test {
                PlannedTest::Duration(range) => {
                    add(PlannedTest::Reached(Milestone::Start));
                    bounds(range).for_each(|bound| add(PlannedTest::Duration(bound)));
                }
                PlannedTest::Attendance(range) => {
                    bounds(range).for_each(|bound| add(PlannedTest::Attendance(bound)));
                }
                PlannedTest::Hours(range) => {
                    bounds(range).for_each(|bound| add(PlannedTest::Hours(bound)));
                }
                PlannedTest::Reached(_) | PlannedTest::Happened(_) => add(*test),
            });
        }
        if let Some(trigger) = plan.trigger(id) {
            tests.retain(|test| !settled(plan, trigger, test));
        }
        tests.sort_by_key(|test| order(plan, test));
        let cut = tests.len() > MOST_TESTS;
        tests.truncate(MOST_TESTS);
        Axes { cut, lengths: lengths(plan, &tests), tests }
    }
}

impl Axes {
    /// No more than so many situations are possible: of bounds of one kind, each holds where a higher one
    /// does.
    pub(super) fn most(&self, plan: &Plan) -> usize {
        let (mut days, mut months, mut hours, mut shares, mut facts) = (0_u32, 0_u32, 0, 0, 0_u32);
        let mut asks_started = false;
        for test in &self.tests {
            match test {
                PlannedTest::Duration(range) => {
                    match plan.durations.get(*bound(range).0 as usize) {
                        Some(Duration::Months(_)) | None => months += 1,
                        Some(Duration::Days(_)) => days += 1,
                    }
                }
                PlannedTest::Hours(_) => hours += 1,
                PlannedTest::Attendance(_) => shares += 1,
                PlannedTest::Reached(Milestone::Start) => asks_started = true,
                PlannedTest::Reached(_) | PlannedTest::Happened(_) => facts += 1,
            }
        }
        let in_order = |count: u32| count as usize + 1;
        // Days and months may come in any order.
        let time = in_order(days).saturating_mul(in_order(months)) + usize::from(asks_started);
        let facts = 2_usize.checked_pow(facts).unwrap_or(usize::MAX);
        [in_order(hours), in_order(shares), facts].into_iter().fold(time, usize::saturating_mul)
    }
}

fn lengths(plan: &Plan, tests: &[PlannedTest]) -> Vec<(Duration, bool)> {
    let mut all = Vec::new();
    for test in tests {
        if let PlannedTest::Duration(range) = test {
            let (slot, passed) = bound(range);
            let length = plan.durations.get(*slot as usize);
            all.extend(length.map(|length| (*length, passed)));
        }
    }
    all
}

/// The bound of a range that has one, and whether it has to be passed.
pub(super) fn bound<T>(range: &Range<T>) -> (&T, bool) {
    match range {
        Range::Less(n) | Range::AtLeast(n) | Range::Window { from: n, .. } => (n, false),
        Range::AtMost(n) | Range::Greater(n) => (n, true),
    }
}

fn bounds<T: Copy>(range: &Range<T>) -> impl Iterator<Item = Range<T>> + use<T> {
    let (first, second) = match range {
        Range::Less(n) | Range::AtLeast(n) => (Range::AtLeast(*n), None),
        Range::AtMost(n) | Range::Greater(n) => (Range::Greater(*n), None),
        Range::Window { from, under } => (Range::AtLeast(*from), Some(Range::AtLeast(*under))),
    };
    std::iter::once(first).chain(second)
}

fn each_test(condition: &PlannedCondition, each: &mut impl FnMut(&PlannedTest)) {
    match condition {
        PlannedCondition::Any(parts) | PlannedCondition::All(parts) => {
            parts.iter().for_each(|part| each_test(part, each));
        }
        PlannedCondition::Not(inner) => each_test(inner, each),
        PlannedCondition::Test(test) => each(test),
    }
}

/// Whether a trigger settles a test whenever it comes.
fn settled(plan: &Plan, trigger: &When, test: &PlannedTest) -> bool {
    let happens = |kind, name: &str| match test {
        PlannedTest::Happened(id) => plan.name(kind, name) == Some(*id),
        PlannedTest::Duration(_)
        | PlannedTest::Attendance(_)
        | PlannedTest::Hours(_)
        | PlannedTest::Reached(_) => false,
    };
    match trigger {
        When::Milestone(milestone) if milestone.is_terminal() => {
            matches!(test, PlannedTest::Reached(asked) if asked.is_terminal())
        }
        When::Milestone(milestone) => *test == PlannedTest::Reached(*milestone),
        // An action starts the case, unless that is over.
        When::Subject(subject) => happens(subject.kind, &subject.name),
        When::Calendar(day) => {
            let from = day.anchor().map(|anchor| PlannedTest::Reached(anchor.milestone()));
            from.is_some_and(|from| *test == from)
        }
    }
}

fn order(plan: &Plan, test: &PlannedTest) -> (u8, i64, bool) {
    match test {
        PlannedTest::Reached(Milestone::Start) => (0, 0, false),
        PlannedTest::Duration(range) => {
            let (slot, passed) = bound(range);
            let size = match plan.durations.get(*slot as usize) {
                // A month is a little more than thirty days.
                Some(Duration::Months(months)) => i64::from(*months) * 3044,
                Some(Duration::Days(days)) => i64::from(*days) * 100,
                None => 0,
            };
            (1, size, passed)
        }
        PlannedTest::Hours(range) => {
            let (Hours(hours), passed) = bound(range);
            (2, *hours, passed)
        }
        PlannedTest::Attendance(range) => {
            let (slot, passed) = bound(range);
            (3, plan.attendances.get(*slot as usize).map_or(0, |share| share.0), passed)
        }
        PlannedTest::Reached(milestone) => (4, i64::from(milestone.place_in_day()), false),
        PlannedTest::Happened(name) => (5, i64::from(name.0), false),
    }
}
