//! On which conditions a line fires.

use super::{Milestone, Subject};
use crate::calendar::Duration;
use crate::money::{Hours, Percent};

/// A condition, judged as a whole at the moment of the trigger.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Condition {
    /// At least one of them holds.
    Any(Vec<Condition>),
    /// All of them hold.
    All(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
    /// A single test.
    Test(Test),
}

/// A test of one fact or one measured value of a case.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Test {
    /// Time since the start; always false before the start.
    Duration(Range<Duration>),
    /// Hours of all actions so far, as a share of the planned hours.
    Attendance(Range<Percent>),
    /// Hours of all actions so far.
    Hours(Range<Hours>),
    /// The case has come to a milestone.
    Reached(Milestone),
    /// This action has been done, this deliverable received, this named event has happened.
    Happened(Subject),
}

/// Where a measured value has to lie.
#[derive(serde::Serialize, serde::Deserialize, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Range<T> {
    /// `< n`.
    Less(T),
    /// `<= n`.
    AtMost(T),
    /// `> n`.
    Greater(T),
    /// `>= n`.
    AtLeast(T),
    /// `>= from` and `< under`.
    Window {
        /// The first value inside.
        from: T,
        /// The first value past the end.
        under: T,
    },
}

impl<T> Range<T> {
    /// The same range with each bound turned into something else.
    pub fn map<U>(self, mut bound: impl FnMut(T) -> U) -> Range<U> {
        match self {
            Range::Less(n) => Range::Less(bound(n)),
            Range::AtMost(n) => Range::AtMost(bound(n)),
            Range::Greater(n) => Range::Greater(bound(n)),
            Range::AtLeast(n) => Range::AtLeast(bound(n)),
            Range::Window { from, under } => {
                Range::Window { from: bound(from), under: bound(under) }
            }
        }
    }

    /// The same, where each bound can be turned.
    pub fn try_map<U>(self, mut bound: impl FnMut(T) -> Option<U>) -> Option<Range<U>> {
        Some(match self {
            Range::Less(n) => Range::Less(bound(n)?),
            Range::AtMost(n) => Range::AtMost(bound(n)?),
            Range::Greater(n) => Range::Greater(bound(n)?),
            Range::AtLeast(n) => Range::AtLeast(bound(n)?),
            Range::Window { from, under } => {
                Range::Window { from: bound(from)?, under: bound(under)? }
            }
        })
    }

    /// Its bound, the first of two, and whether a value has to pass it to be on its other side.
    pub fn first_bound(&self) -> (&T, bool) {
        match self {
            Range::Less(n) | Range::AtLeast(n) | Range::Window { from: n, .. } => (n, false),
            Range::AtMost(n) | Range::Greater(n) => (n, true),
        }
    }

    /// Calls `each` for every bound, with whether a value has to pass it to be on its other side.
    pub fn each_bound(&self, mut each: impl FnMut(&T, bool)) {
        match self {
            Range::Less(n) | Range::AtLeast(n) => each(n, false),
            Range::AtMost(n) | Range::Greater(n) => each(n, true),
            Range::Window { from, under } => {
                each(from, false);
                each(under, false);
            }
        }
    }

    /// Whether no value lies in both ranges, as far as `at_most` can tell one bound from another.
    pub fn is_apart(&self, other: &Range<T>, at_most: impl Fn(&T, &T) -> Option<bool>) -> bool {
        let below = |one: &Range<T>, other: &Range<T>| {
            let Some(((most, in_one), (least, in_other))) = one.upper().zip(other.lower()) else {
                return false;
            };
            match in_one && in_other {
                true => at_most(least, most) == Some(false),
                false => at_most(most, least) == Some(true),
            }
        };
        below(self, other) || below(other, self)
    }

    /// The bound above, and whether it lies in the range.
    fn upper(&self) -> Option<(&T, bool)> {
        match self {
            Range::Less(n) | Range::Window { under: n, .. } => Some((n, false)),
            Range::AtMost(n) => Some((n, true)),
            Range::Greater(_) | Range::AtLeast(_) => None,
        }
    }

    /// The bound below, and whether it lies in the range.
    fn lower(&self) -> Option<(&T, bool)> {
        match self {
            Range::AtLeast(n) | Range::Window { from: n, .. } => Some((n, true)),
            Range::Greater(n) => Some((n, false)),
            Range::Less(_) | Range::AtMost(_) => None,
        }
    }

    /// Whether a value lies in the range, told whether it has reached (`>=`) or passed (`>`) a
    /// bound.
    pub fn holds(&self, reached: impl Fn(&T) -> bool, passed: impl Fn(&T) -> bool) -> bool {
        match self {
            Range::Less(n) => !reached(n),
            Range::AtMost(n) => !passed(n),
            Range::Greater(n) => passed(n),
            Range::AtLeast(n) => reached(n),
            Range::Window { from, under } => reached(from) && !reached(under),
        }
    }
}

impl Test {
    /// Whether it asks for a share of the planned hours.
    pub fn needs_planned_hours(&self) -> bool {
        matches!(self, Test::Attendance(_))
    }
}

impl Condition {
    /// Calls `each` for every test in it, in reading order, with whether it stands under a `not`.
    pub fn each_test<'c>(&'c self, each: &mut impl FnMut(&'c Test, bool)) {
        self.walk(false, each);
    }

    fn walk<'c>(&'c self, negated: bool, each: &mut impl FnMut(&'c Test, bool)) {
        match self {
            Condition::Any(parts) | Condition::All(parts) => {
                parts.iter().for_each(|part| part.walk(negated, each));
            }
            Condition::Not(inner) => inner.walk(!negated, each),
            Condition::Test(test) => each(test, negated),
        }
    }
}
