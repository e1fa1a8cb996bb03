//! The condition of a line, as its steps in reading order: their record, written and read.

use super::errors::Unsound;
use super::fault::{Fault, Within, some, sound};
use super::quantities::{duration, duration_text, hours, hours_text, name, percent, percent_text};
use crate::calendar::Duration;
use crate::model::{self, Condition, Milestone, Subject, SubjectKind, Test};
use serde::{Deserialize, Serialize};

/// How deep groups and `not` may stand in each other: more than the language allows to write.
const DEEPEST: usize = 256;

/// One step of a condition.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    Any(u32),
    All(u32),
    Not,
    Duration(Range),
    Attendance(Range),
    Hours(Range),
    Started,
    Signed,
    Ended,
    Abandoned,
    ActionDone(String),
    DeliverableReceived(String),
    EventHappened(String),
}

/// A range of what a test measures.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Range {
    Less(String),
    AtMost(String),
    Greater(String),
    AtLeast(String),
    Window { from: String, under: String },
}

/// The steps of a condition.
pub fn steps(condition: &Condition) -> Vec<Step> {
    let mut steps = Vec::new();
    add(condition, &mut steps);
    steps
}

fn add(stated: &Condition, steps: &mut Vec<Step>) {
    let count = |parts: &[Condition]| u32::try_from(parts.len()).unwrap_or(u32::MAX);
    match stated {
        Condition::Any(parts) => {
            steps.push(Step::Any(count(parts)));
            parts.iter().for_each(|part| add(part, steps));
        }
        Condition::All(parts) => {
            steps.push(Step::All(count(parts)));
            parts.iter().for_each(|part| add(part, steps));
        }
        Condition::Not(inner) => {
            steps.push(Step::Not);
            add(inner, steps);
        }
        Condition::Test(stated) => steps.push(step(stated)),
    }
}

/// The step of a single test.
pub fn step(test: &Test) -> Step {
    match test {
        Test::Duration(bounds) => Step::Duration(bounds_of(bounds.map(duration_text))),
        Test::Attendance(bounds) => Step::Attendance(bounds_of(bounds.map(percent_text))),
        Test::Hours(bounds) => Step::Hours(bounds_of(bounds.map(hours_text))),
        Test::Reached(Milestone::Start) => Step::Started,
        Test::Reached(Milestone::Signature) => Step::Signed,
        Test::Reached(Milestone::End) => Step::Ended,
        Test::Reached(Milestone::Abandonment) => Step::Abandoned,
        Test::Happened(Subject { kind: SubjectKind::Action, name }) => {
            Step::ActionDone(name.clone())
        }
        Test::Happened(Subject { kind: SubjectKind::Deliverable, name }) => {
            Step::DeliverableReceived(name.clone())
        }
        Test::Happened(Subject { kind: SubjectKind::Event, name }) => {
            Step::EventHappened(name.clone())
        }
    }
}

fn bounds_of(range: model::Range<String>) -> Range {
    match range {
        model::Range::Less(bound) => Range::Less(bound),
        model::Range::AtMost(bound) => Range::AtMost(bound),
        model::Range::Greater(bound) => Range::Greater(bound),
        model::Range::AtLeast(bound) => Range::AtLeast(bound),
        model::Range::Window { from, under } => Range::Window { from, under },
    }
}

/// The condition that the steps state; none if there is no step. `action` reads the name of an
/// action.
pub fn read(
    steps: &[Step],
    action: &impl Fn(&str) -> Result<String, Fault>,
) -> Result<Option<Condition>, Fault> {
    nested(steps, |step| meant(step, action))
}

/// A condition with groups: of a line, or of a step of a follow-up.
pub trait Nested: Sized {
    /// A group of these parts; none if they are too few.
    fn group(kind: Group, parts: Vec<Self>) -> Option<Self>;
}

impl Nested for Condition {
    fn group(kind: Group, parts: Vec<Condition>) -> Option<Condition> {
        Some(match kind {
            Group::Any => Condition::Any(parts),
            Group::All => Condition::All(parts),
            Group::Not => Condition::Not(Box::new(parts.into_iter().next()?)),
        })
    }
}

/// The kinds of group.
#[derive(Clone, Copy)]
pub enum Group {
    /// One of them holds.
    Any,
    /// All of them hold.
    All,
    /// The only one does not hold.
    Not,
}

/// What a step says.
pub enum Meant<C> {
    /// So many parts follow.
    Group(Group, u32),
    /// One test.
    Test(C),
}

impl<C> Meant<C> {
    /// A group of several.
    pub fn of_many(kind: Group, parts: u32) -> Result<Meant<C>, Fault> {
        sound(parts >= 2, Unsound::Condition)?;
        Ok(Meant::Group(kind, parts))
    }
}

/// A group of which some parts are still to come.
struct Open<C> {
    kind: Group,
    left: u32,
    parts: Vec<C>,
}

/// The condition that steps state in reading order; none if there is no step.
pub fn nested<S, C: Nested>(
    steps: &[S],
    meant: impl Fn(&S) -> Result<Meant<C>, Fault>,
) -> Result<Option<C>, Fault> {
    let mut condition = None;
    // The groups that are not whole yet, the innermost last.
    let mut open: Vec<Open<C>> = Vec::new();
    for (place, step) in steps.iter().enumerate() {
        sound(condition.is_none() && open.len() < DEEPEST, Unsound::Condition).at(place)?;
        let mut whole = match meant(step).at(place)? {
            Meant::Group(kind, left) => {
                open.push(Open { kind, left, parts: Vec::new() });
                continue;
            }
            Meant::Test(test) => test,
        };
        loop {
            let Some(mut group) = open.pop() else {
                condition = Some(whole);
                break;
            };
            group.parts.push(whole);
            group.left -= 1;
            if group.left > 0 {
                open.push(group);
                break;
            }
            whole = some(C::group(group.kind, group.parts), Unsound::Condition)?;
        }
    }
    sound(open.is_empty(), Unsound::Condition)?;
    Ok(condition)
}

fn meant(
    step: &Step,
    action: &impl Fn(&str) -> Result<String, Fault>,
) -> Result<Meant<Condition>, Fault> {
    Ok(Meant::Test(Condition::Test(match step {
        Step::Any(parts) => return Meant::of_many(Group::Any, *parts),
        Step::All(parts) => return Meant::of_many(Group::All, *parts),
        Step::Not => return Ok(Meant::Group(Group::Not, 1)),
        Step::Duration(bounds) => {
            let never = |from: Duration, under: Duration| under.no_longer_than(from) == Some(true);
            Test::Duration(range(bounds, duration, never)?)
        }
        Step::Attendance(bounds) => {
            Test::Attendance(range(bounds, percent, |from, under| under <= from)?)
        }
        Step::Hours(bounds) => Test::Hours(range(bounds, hours, |from, under| under <= from)?),
        Step::Started => Test::Reached(Milestone::Start),
        Step::Signed => Test::Reached(Milestone::Signature),
        Step::Ended => Test::Reached(Milestone::End),
        Step::Abandoned => Test::Reached(Milestone::Abandonment),
        Step::ActionDone(text) => Test::Happened(Subject::new(SubjectKind::Action, action(text)?)),
        Step::DeliverableReceived(text) => {
            Test::Happened(Subject::new(SubjectKind::Deliverable, name(text)?))
        }
        Step::EventHappened(text) => Test::Happened(Subject::new(SubjectKind::Event, name(text)?)),
    })))
}

/// A range; a window has to hold something.
fn range<T: Copy>(
    record: &Range,
    bound: impl Fn(&str) -> Result<T, Fault>,
    never: impl Fn(T, T) -> bool,
) -> Result<model::Range<T>, Fault> {
    Ok(match record {
        Range::Less(text) => model::Range::Less(bound(text)?),
        Range::AtMost(text) => model::Range::AtMost(bound(text)?),
        Range::Greater(text) => model::Range::Greater(bound(text)?),
        Range::AtLeast(text) => model::Range::AtLeast(bound(text)?),
        Range::Window { from, under } => {
            let (from, under) = (bound(from)?, bound(under)?);
            sound(!never(from, under), Unsound::Misfit)?;
            model::Range::Window { from, under }
        }
    })
}
