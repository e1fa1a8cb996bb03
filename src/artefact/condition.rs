//! The condition of a line, from its steps in reading order.

use super::errors::Unsound;
use super::read::{Fault, Within, duration, hours, name, percent, some, sound};
use super::record as r;
use crate::calendar::Duration;
use crate::model::{Condition, Milestone, Range, Subject, SubjectKind, Test};

/// How deep groups and `not` may stand in each other: more than the language allows to write.
const DEEPEST: usize = 256;

/// The condition that the steps state; none if there is no step. `action` reads the name of an
/// action.
pub fn read(
    steps: &[r::Step],
    action: &impl Fn(&str) -> Result<String, Fault>,
) -> Result<Option<Condition>, Fault> {
    let mut condition = None;
    // The groups that are not whole yet, the innermost last.
    let mut open: Vec<Group> = Vec::new();
    for (place, step) in steps.iter().enumerate() {
        sound(condition.is_none() && open.len() < DEEPEST, Unsound::Condition).at(place)?;
        let mut whole = match meant(step, action).at(place)? {
            Meant::Group(kind, left) => {
                open.push(Group { kind, left, parts: Vec::new() });
                continue;
            }
            Meant::Test(test) => Condition::Test(test),
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
            whole = group.whole()?;
        }
    }
    sound(open.is_empty(), Unsound::Condition)?;
    Ok(condition)
}

#[derive(Clone, Copy)]
enum Kind {
    Any,
    All,
    Not,
}

/// A group of which some parts are still to come.
struct Group {
    kind: Kind,
    left: u32,
    parts: Vec<Condition>,
}

impl Group {
    fn whole(mut self) -> Result<Condition, Fault> {
        Ok(match self.kind {
            Kind::Any => Condition::Any(self.parts),
            Kind::All => Condition::All(self.parts),
            Kind::Not => Condition::Not(Box::new(some(self.parts.pop(), Unsound::Condition)?)),
        })
    }
}

/// What a step says.
enum Meant {
    /// So many parts follow.
    Group(Kind, u32),
    Test(Test),
}

fn meant(step: &r::Step, action: &impl Fn(&str) -> Result<String, Fault>) -> Result<Meant, Fault> {
    let group = |kind, parts: u32| {
        sound(parts >= 2, Unsound::Condition)?;
        Ok(Meant::Group(kind, parts))
    };
    Ok(Meant::Test(match step {
        r::Step::Any(parts) => return group(Kind::Any, *parts),
        r::Step::All(parts) => return group(Kind::All, *parts),
        r::Step::Not => return Ok(Meant::Group(Kind::Not, 1)),
        r::Step::Duration(bounds) => {
            let never = |from: Duration, under: Duration| under.no_longer_than(from) == Some(true);
            Test::Duration(range(bounds, duration, never)?)
        }
        r::Step::Attendance(bounds) => {
            Test::Attendance(range(bounds, percent, |from, under| under <= from)?)
        }
        r::Step::Hours(bounds) => Test::Hours(range(bounds, hours, |from, under| under <= from)?),
        r::Step::Started => Test::Reached(Milestone::Start),
        r::Step::Signed => Test::Reached(Milestone::Signature),
        r::Step::Ended => Test::Reached(Milestone::End),
        r::Step::Abandoned => Test::Reached(Milestone::Abandonment),
        r::Step::ActionDone(text) => {
            Test::Happened(Subject::new(SubjectKind::Action, action(text)?))
        }
        r::Step::DeliverableReceived(text) => {
            Test::Happened(Subject::new(SubjectKind::Deliverable, name(text)?))
        }
        r::Step::EventHappened(text) => {
            Test::Happened(Subject::new(SubjectKind::Event, name(text)?))
        }
    }))
}

/// A range; a window has to hold something.
fn range<T: Copy>(
    record: &r::Range,
    bound: impl Fn(&str) -> Result<T, Fault>,
    never: impl Fn(T, T) -> bool,
) -> Result<Range<T>, Fault> {
    Ok(match record {
        r::Range::Less(text) => Range::Less(bound(text)?),
        r::Range::AtMost(text) => Range::AtMost(bound(text)?),
        r::Range::Greater(text) => Range::Greater(bound(text)?),
        r::Range::AtLeast(text) => Range::AtLeast(bound(text)?),
        r::Range::Window { from, under } => {
            let (from, under) = (bound(from)?, bound(under)?);
            sound(!never(from, under), Unsound::Misfit)?;
            Range::Window { from, under }
        }
    })
}
