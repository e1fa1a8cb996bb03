//! Conditions, dense: what is asked of a case when a line would fire.

use super::{Anchor, Name, Term};
use crate::calendar::{Date, Duration};
use crate::model::{Milestone, Range};
use crate::money::{Hours, Percent};
use serde::{Deserialize, Serialize};

/// On which conditions.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// At least one holds.
    Any(Vec<Condition>),
    /// All hold.
    All(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
    /// One test.
    Test(Test),
}

/// A single test.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Test {
    /// Time since an anchor; false before it.
    Since(Anchor, Range<Duration>),
    /// Time left to the planned start.
    Notice(Range<Duration>),
    /// Hours of all actions, as a share of the planned hours.
    Attendance(Range<Percent>),
    /// Hours of all actions.
    Hours(Range<Hours>),
    /// What is certified.
    Progress(Range<Percent>),
    /// The day of an anchor, or of the moment.
    Day(Option<Anchor>, Range<Date>),
    /// A milestone has come.
    Came(Milestone),
    /// Something with a name has happened so often at the least.
    Happened(Name, u32),
}

impl Condition {
    /// Calls `each` for every test in it.
    pub fn each_test(&self, each: &mut impl FnMut(&Test)) {
        match self {
            Condition::Any(parts) | Condition::All(parts) => {
                parts.iter().for_each(|part| part.each_test(each));
            }
            Condition::Not(inner) => inner.each_test(each),
            Condition::Test(test) => each(test),
        }
    }

    /// Whether what it says can change with the days alone.
    pub fn follows_the_calendar(&self) -> bool {
        match self {
            Condition::Any(parts) | Condition::All(parts) => {
                parts.iter().any(Condition::follows_the_calendar)
            }
            Condition::Not(inner) => inner.follows_the_calendar(),
            Condition::Test(test) => match test {
                Test::Since(..) | Test::Notice(_) | Test::Day(None, _) => true,
                Test::Attendance(_)
                | Test::Hours(_)
                | Test::Progress(_)
                | Test::Day(Some(_), _)
                | Test::Came(_)
                | Test::Happened(..) => false,
            },
        }
    }
}

/// What a test asks of what is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Time.
    Length(Range<Duration>),
    /// A percentage.
    Share(Range<Percent>),
    /// Hours.
    Hours(Range<Hours>),
    /// Days of the calendar.
    Day(Range<Date>),
    /// So often at the least.
    Times(u32),
    /// That it has come at all.
    Nothing,
}

impl Test {
    /// What it asks.
    pub fn asked(&self) -> Asked {
        match self {
            Test::Since(_, range) | Test::Notice(range) => Asked::Length(*range),
            Test::Attendance(range) | Test::Progress(range) => Asked::Share(*range),
            Test::Hours(range) => Asked::Hours(*range),
            Test::Day(_, range) => Asked::Day(*range),
            Test::Happened(_, least) if *least > 1 => Asked::Times(*least),
            Test::Happened(..) | Test::Came(_) => Asked::Nothing,
        }
    }

    /// The term that it asks about.
    pub fn needs(&self) -> Option<Term> {
        match self {
            Test::Attendance(_) => Some(Term::PlannedHours),
            Test::Notice(_) => Some(Term::PlannedStart),
            Test::Since(Anchor::Planned(date), _) | Test::Day(Some(Anchor::Planned(date)), _) => {
                Some(date.term())
            }
            Test::Since(..)
            | Test::Day(..)
            | Test::Hours(_)
            | Test::Progress(_)
            | Test::Came(_)
            | Test::Happened(..) => None,
        }
    }
}
