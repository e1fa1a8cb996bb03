//! What a line waits for: a milestone, something with a name, or a day that the calendar brings.

use super::{Milestone, Subject, SubjectKind};
use crate::calendar::{Date, Duration};

/// One trigger of a line.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum When {
    /// The case comes to a milestone.
    Milestone(Milestone),
    /// This action is validated, this deliverable received, this named event happens.
    Subject(Subject),
    /// The calendar brings it.
    Calendar(CalendarDay),
}

/// A day that comes by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CalendarDay {
    /// The last day of each month.
    MonthEnd,
    /// So long after the start or the signature.
    After(Duration, Anchor),
    /// A fixed date.
    Date(Date),
}

/// From when a deadline runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Anchor {
    /// The start of the case.
    Start,
    /// The signature.
    Signature,
}

/// The days of a case from which deadlines run, as far as they are known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Anchors {
    /// The day on which it started.
    pub started: Option<Date>,
    /// The day on which it was signed.
    pub signed: Option<Date>,
}

/// The kinds of trigger, without what they wait for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WhenKind {
    /// A milestone.
    Milestone(Milestone),
    /// Something with a name.
    Subject(SubjectKind),
    /// The end of a month.
    MonthEnd,
    /// So long after an anchor.
    After(Anchor),
    /// A fixed date.
    Date,
}

impl Anchor {
    /// All of them.
    pub const ALL: [Anchor; 2] = [Anchor::Start, Anchor::Signature];

    /// The milestone whose day it is.
    pub fn milestone(self) -> Milestone {
        match self {
            Anchor::Start => Milestone::Start,
            Anchor::Signature => Milestone::Signature,
        }
    }
}

impl Anchors {
    /// The day of an anchor, where it is known yet.
    #[inline]
    pub fn day(&self, anchor: Anchor) -> Option<Date> {
        match anchor {
            Anchor::Start => self.started,
            Anchor::Signature => self.signed,
        }
    }
}

impl CalendarDay {
    /// The first of its days that is not before `day`; none where none is, or its anchor is not known.
    #[inline]
    pub fn next_from(self, day: Date, anchors: &Anchors) -> Option<Date> {
        match self {
            CalendarDay::MonthEnd => Some(day.end_of_month()),
            CalendarDay::After(..) | CalendarDay::Date(_) => {
                self.once(anchors).filter(|due| *due >= day)
            }
        }
    }

    /// Its day, where it comes once and its anchor is known.
    #[inline]
    pub fn once(self, anchors: &Anchors) -> Option<Date> {
        match self {
            CalendarDay::MonthEnd => None,
            CalendarDay::After(length, anchor) => anchors.day(anchor).map(|from| from.plus(length)),
            CalendarDay::Date(date) => Some(date),
        }
    }

    /// From what it runs, where it is counted from anything.
    pub fn anchor(self) -> Option<Anchor> {
        match self {
            CalendarDay::After(_, anchor) => Some(anchor),
            CalendarDay::MonthEnd | CalendarDay::Date(_) => None,
        }
    }

    /// Whether it comes again and again.
    pub fn repeats(self) -> bool {
        match self {
            CalendarDay::MonthEnd => true,
            CalendarDay::After(..) | CalendarDay::Date(_) => false,
        }
    }
}

impl When {
    /// Whether it can come more than once in a case.
    pub fn repeats(&self) -> bool {
        match self {
            When::Milestone(_) => false,
            When::Subject(_) => true,
            When::Calendar(day) => day.repeats(),
        }
    }

    /// The milestone, where it is one.
    pub fn milestone(&self) -> Option<Milestone> {
        match self {
            When::Milestone(milestone) => Some(*milestone),
            When::Subject(_) | When::Calendar(_) => None,
        }
    }

    /// What has a name, where it waits for that.
    pub fn subject(&self) -> Option<&Subject> {
        match self {
            When::Subject(subject) => Some(subject),
            When::Milestone(_) | When::Calendar(_) => None,
        }
    }

    /// The day that the calendar brings, where it does.
    pub fn calendar(&self) -> Option<CalendarDay> {
        match self {
            When::Calendar(day) => Some(*day),
            When::Milestone(_) | When::Subject(_) => None,
        }
    }

    /// From what it runs, where it is counted from anything.
    pub fn anchor(&self) -> Option<Anchor> {
        self.calendar().and_then(CalendarDay::anchor)
    }

    /// Its kind.
    pub fn kind(&self) -> WhenKind {
        match self {
            When::Milestone(milestone) => WhenKind::Milestone(*milestone),
            When::Subject(subject) => WhenKind::Subject(subject.kind),
            When::Calendar(CalendarDay::MonthEnd) => WhenKind::MonthEnd,
            When::Calendar(CalendarDay::After(_, anchor)) => WhenKind::After(*anchor),
            When::Calendar(CalendarDay::Date(_)) => WhenKind::Date,
        }
    }

    /// Whether it can come only to a case that has started: the start itself, or what starts it.
    pub fn means_started(&self) -> bool {
        match self.kind() {
            WhenKind::Milestone(Milestone::Start)
            | WhenKind::Subject(SubjectKind::Action)
            | WhenKind::After(Anchor::Start) => true,
            WhenKind::Milestone(_)
            | WhenKind::Subject(_)
            | WhenKind::MonthEnd
            | WhenKind::After(Anchor::Signature)
            | WhenKind::Date => false,
        }
    }
}
