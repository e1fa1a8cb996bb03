//! Conditions, dense: what is asked of a case when a line would fire.

use super::{Anchor, Name, PlannedDate, Term};
use crate::calendar::{Date, Duration};
use crate::model::{self, Milestone, Range};
use crate::money::{Hours, Percent};
use serde::{Deserialize, Serialize};

/// On which conditions. As data it is a list in reading order, each group with how many follow as its parts: a
/// nested form was rejected, since readers of JSON limit its depth.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
#[serde(into = "Vec<Step>", try_from = "Vec<Step>")]
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

/// One step of a condition in reading order.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// At least one of so many holds.
    Any(u32),
    /// All of so many hold.
    All(u32),
    /// What follows does not hold.
    Not,
    /// One test.
    Test(Test),
}

/// How deep groups and `not` may stand in each other: more than the language allows to write.
const DEEPEST: usize = 256;

impl From<Condition> for Vec<Step> {
    fn from(condition: Condition) -> Vec<Step> {
        let mut steps = Vec::new();
        write(&condition, &mut steps);
        steps
    }
}

fn write(condition: &Condition, steps: &mut Vec<Step>) {
    let count = |parts: &[Condition]| u32::try_from(parts.len()).unwrap_or(u32::MAX);
    match condition {
        Condition::Any(parts) => {
            steps.push(Step::Any(count(parts)));
            parts.iter().for_each(|part| write(part, steps));
        }
        Condition::All(parts) => {
            steps.push(Step::All(count(parts)));
            parts.iter().for_each(|part| write(part, steps));
        }
        Condition::Not(inner) => {
            steps.push(Step::Not);
            write(inner, steps);
        }
        Condition::Test(test) => steps.push(Step::Test(*test)),
    }
}

impl TryFrom<Vec<Step>> for Condition {
    type Error = &'static str;

    fn try_from(steps: Vec<Step>) -> Result<Condition, &'static str> {
        let mut steps = steps.into_iter();
        let condition = read(&mut steps, DEEPEST).ok_or("a condition is not whole, or too deep")?;
        match steps.next() {
            None => Ok(condition),
            Some(_) => Err("a condition is followed by something else"),
        }
    }
}

fn read(steps: &mut std::vec::IntoIter<Step>, depth: usize) -> Option<Condition> {
    let deeper = depth.checked_sub(1)?;
    Some(match steps.next()? {
        Step::Any(0) | Step::All(0) => return None,
        Step::Any(count) => {
            Condition::Any((0..count).map(|_| read(steps, deeper)).collect::<Option<_>>()?)
        }
        Step::All(count) => {
            Condition::All((0..count).map(|_| read(steps, deeper)).collect::<Option<_>>()?)
        }
        Step::Not => Condition::Not(Box::new(read(steps, deeper)?)),
        Step::Test(test) => Condition::Test(test),
    })
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
    /// Whether the two never hold at one moment, as far as their form tells.
    pub fn excludes(&self, other: &Condition) -> bool {
        match (self, other) {
            (Condition::Not(inner), other) | (other, Condition::Not(inner))
                if **inner == *other =>
            {
                true
            }
            (Condition::All(parts), other) | (other, Condition::All(parts)) => {
                parts.iter().any(|part| part.excludes(other))
            }
            (Condition::Any(parts), other) | (other, Condition::Any(parts)) => {
                parts.iter().all(|part| part.excludes(other))
            }
            (Condition::Test(one), Condition::Test(other)) => one.excludes(other),
            (Condition::Not(_), _) | (_, Condition::Not(_)) => false,
        }
    }

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
            Condition::Test(test) => test.row().follows_the_calendar,
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

/// What the first part of the language does not ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "said in `OfLine::say`")]
pub enum Unasked {
    Since,
    Notice,
    Day,
    Times,
    Progress,
}

/// What is true of a test: a row for each kind, which the methods read.
struct Row {
    /// What it is in the first part of the language, but for the name of what has happened.
    first: Result<model::Test, Unasked>,
    /// What it asks.
    asked: Asked,
    /// The anchor of which it asks.
    anchor: Option<Anchor>,
    /// The term that it asks about.
    needs: Option<Term>,
    /// Whether what it says can change with the days alone.
    follows_the_calendar: bool,
    /// Whether it measures what actions add.
    measures_work: bool,
}

impl Test {
    fn row(&self) -> Row {
        let of = |first, asked, anchor, needs| {
            let (follows_the_calendar, measures_work) = (false, false);
            Row { first, asked, anchor, needs, follows_the_calendar, measures_work }
        };
        let term = |anchor: Anchor| anchor.planned().map(PlannedDate::term);
        match *self {
            Test::Since(anchor, range) => {
                let is_duration = anchor == Anchor::Milestone(Milestone::Start);
                let first = is_duration.then_some(model::Test::Duration(range));
                let first = first.ok_or(Unasked::Since);
                let asked = Asked::Length(range);
                Row { follows_the_calendar: true, ..of(first, asked, Some(anchor), term(anchor)) }
            }
            Test::Notice(range) => {
                let (asked, needs) = (Asked::Length(range), Some(Term::PlannedStart));
                Row { follows_the_calendar: true, ..of(Err(Unasked::Notice), asked, None, needs) }
            }
            Test::Attendance(range) => {
                let (first, needs) = (model::Test::Attendance(range), Some(Term::PlannedHours));
                Row { measures_work: true, ..of(Ok(first), Asked::Share(range), None, needs) }
            }
            Test::Hours(range) => {
                let first = model::Test::Hours(range);
                Row { measures_work: true, ..of(Ok(first), Asked::Hours(range), None, None) }
            }
            Test::Progress(range) => of(Err(Unasked::Progress), Asked::Share(range), None, None),
            Test::Day(anchor, range) => Row {
                follows_the_calendar: anchor.is_none(),
                ..of(Err(Unasked::Day), Asked::Day(range), anchor, anchor.and_then(term))
            },
            Test::Came(milestone) => {
                of(Ok(model::Test::Reached(milestone)), Asked::Nothing, None, None)
            }
            Test::Happened(name, least) => {
                let asked = if least > 1 { Asked::Times(least) } else { Asked::Nothing };
                of(Err(Unasked::Times), asked, Some(Anchor::Named(name)), None)
            }
        }
    }

    /// What it is in the first part of the language, or what that part does not ask. One of a name is not known without
    /// that.
    pub fn of_the_first_part(&self) -> Result<model::Test, Unasked> {
        self.row().first
    }

    /// The anchor of which it asks; of a named thing that has happened, that.
    pub fn anchor(&self) -> Option<Anchor> {
        self.row().anchor
    }

    /// What it asks.
    pub fn asked(&self) -> Asked {
        self.row().asked
    }

    /// Whether it measures what actions add.
    pub fn measures_work(&self) -> bool {
        self.row().measures_work
    }

    /// The term that it asks about.
    pub fn needs(&self) -> Option<Term> {
        self.row().needs
    }

    /// The same test of the things with new numbers.
    #[must_use]
    pub fn renamed(self, name: &impl Fn(Name) -> Name) -> Test {
        let mut renamed = self;
        if let Test::Since(anchor, _) | Test::Day(Some(anchor), _) = &mut renamed {
            *anchor = anchor.renamed(name);
        } else if let Test::Happened(own, _) = &mut renamed {
            *own = name(*own);
        }
        renamed
    }

    /// Whether two tests of one measure leave it no value; a case is over in one way.
    fn excludes(&self, other: &Test) -> bool {
        if let (Test::Came(one), Test::Came(other)) = (self, other) {
            return one != other && one.is_terminal() && other.is_terminal();
        }
        let same = std::mem::discriminant(self) == std::mem::discriminant(other);
        same && self.anchor() == other.anchor() && self.asked().is_apart(other.asked())
    }
}

impl Asked {
    /// Whether no value answers both.
    fn is_apart(self, other: Asked) -> bool {
        fn ordered<T: PartialOrd>(one: &T, other: &T) -> Option<bool> {
            Some(one <= other)
        }
        match (self, other) {
            (Asked::Length(one), Asked::Length(other)) => {
                one.is_apart(&other, |one, other| one.no_longer_than(*other))
            }
            (Asked::Share(one), Asked::Share(other)) => one.is_apart(&other, ordered),
            (Asked::Hours(one), Asked::Hours(other)) => one.is_apart(&other, ordered),
            (Asked::Day(one), Asked::Day(other)) => one.is_apart(&other, ordered),
            _ => false,
        }
    }
}
