//! What the lines that wait for a trigger ask of a case, as yes-or-no tests in a fixed order.

use crate::calendar::Duration;
use crate::model::{Milestone, When};
use crate::plan::{Plan, PlannedTest, TriggerId};
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
            condition.each_test(&mut |test| {
                if test.time().is_some() {
                    add(PlannedTest::Reached(Milestone::Start));
                }
                test.bounds().into_iter().for_each(&mut add);
            });
        }
        if let Some(trigger) = plan.trigger(id) {
            tests.retain(|test| !settled(plan, trigger, test));
        }
        tests.sort_by_key(|test| test.place(&plan.durations, &plan.attendances));
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
            if let Some(range) = test.time() {
                match plan.durations.get(*range.first_bound().0 as usize) {
                    Some(Duration::Months(_)) | None => months += 1,
                    Some(Duration::Days(_)) => days += 1,
                }
            } else if test.hours().is_some() {
                hours += 1;
            } else if test.share().is_some() {
                shares += 1;
            } else if test.milestone() == Some(Milestone::Start) {
                asks_started = true;
            } else {
                facts += 1;
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
        if let Some(range) = test.time() {
            let (slot, passed) = range.first_bound();
            let length = plan.durations.get(*slot as usize);
            all.extend(length.map(|length| (*length, passed)));
        }
    }
    all
}

/// Whether a trigger settles a test whenever it comes.
fn settled(plan: &Plan, trigger: &When, test: &PlannedTest) -> bool {
    let happens =
        |kind, name: &str| test.name().is_some_and(|id| plan.name(kind, name) == Some(id));
    match trigger {
        When::Milestone(milestone) if milestone.is_terminal() => {
            test.milestone().is_some_and(Milestone::is_terminal)
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
