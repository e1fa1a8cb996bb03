//! A line as written: how much, when, and on which conditions.

use super::*;

#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub kind: LineKind,
    pub kind_at: At,
    pub label: Name,
    pub amount: Amount,
    pub amount_at: At,
    pub triggers: Vec<Trigger>,
    pub condition: Option<Condition>,
    pub stays_open: Option<At>,
    pub options: LineOptions,
}

/// What a line states besides its amount, its triggers and its conditions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LineOptions {
    pub no_refund: Option<At>,
    pub beside: Option<At>,
    pub pro_rata: Option<At>,
    pub charged_to: Option<Name>,
    pub at_most: Option<Number>,
    pub vat: Option<Vat>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    Deposit,
    Installment,
    Discount,
    Balance,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Amount {
    Percent(Number),
    Sum(Sum),
    Work,
    WorkItemised,
    UpTo(Number),
    Remainder,
    Nothing,
    ProRataAttendance,
    ProRataDuration,
    /// A percentage, in so many parts.
    PercentParts(Number, Number),
    /// A sum, in so many parts.
    SumParts(Sum, Number),
    /// The price of a period.
    Price,
    WorkByAction,
    /// What is certified, or that share of it.
    Progress(Option<Number>),
}

impl Amount {
    /// Whether only the second part of the language has it.
    pub fn is_of_the_second_part(&self) -> bool {
        !matches!(
            self,
            Amount::Percent(_)
                | Amount::Sum(_)
                | Amount::Work
                | Amount::WorkItemised
                | Amount::UpTo(_)
                | Amount::Remainder
                | Amount::Nothing
                | Amount::ProRataAttendance
                | Amount::ProRataDuration
        )
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Trigger {
    pub kind: TriggerKind,
    /// Whether `each` stands before it: then the whole line fires every time.
    pub each: bool,
    /// Whether `on` stands before it.
    pub on: OnWord,
    pub at: At,
}

#[derive(Clone, Debug, PartialEq)]
pub enum TriggerKind {
    Milestone(Milestone),
    Subject(SubjectKind, Name),
    /// The end of each civil period of this length.
    End(Civil),
    After {
        length: Measure,
        anchor: Anchor,
    },
    Date(Date),
    Progress,
    DayOfMonth(Number),
    /// So long after an anchor, again and again; `first` where it begins with its anchor.
    Every {
        length: Measure,
        anchor: Anchor,
        first: bool,
    },
    Before {
        length: Measure,
        anchor: Anchor,
    },
    /// Each of several dates.
    Dates(Vec<Date>),
}

impl TriggerKind {
    /// Whether a line that waits for it fires every time without `each`, whether `each` may stand before it, and
    /// whether only the second part of the language has it.
    fn row(&self) -> (bool, bool, bool) {
        match self {
            TriggerKind::Milestone(_) | TriggerKind::Date(_) => (false, false, false),
            TriggerKind::Subject(..) => (false, true, false),
            TriggerKind::End(civil) => (false, true, !civil.is_of_the_first_part()),
            TriggerKind::Progress => (false, true, true),
            TriggerKind::DayOfMonth(_) | TriggerKind::Every { .. } => (true, false, true),
            TriggerKind::After { anchor, .. } => (false, false, anchor.is_of_the_second_part()),
            TriggerKind::Before { .. } => (false, false, true),
            TriggerKind::Dates(days) => (days.len() > 1, false, true),
        }
    }

    /// Whether a line that waits for it fires every time, without `each`.
    pub fn comes_again(&self) -> bool {
        self.row().0
    }

    /// Whether `each` may stand before it.
    pub fn takes_each(&self) -> bool {
        self.row().1
    }

    /// Whether only the second part of the language has it.
    pub fn is_of_the_second_part(&self) -> bool {
        self.row().2
    }

    /// What has a name among it, and is waited for.
    pub fn subject(&self) -> Option<(SubjectKind, &Name)> {
        if let TriggerKind::Subject(kind, name) = self { Some((*kind, name)) } else { None }
    }

    /// From where it counts.
    pub fn anchor(&self) -> Option<&Anchor> {
        if let TriggerKind::After { anchor, .. }
        | TriggerKind::Every { anchor, .. }
        | TriggerKind::Before { anchor, .. } = self
        {
            Some(anchor)
        } else {
            None
        }
    }
}

impl Anchor {
    /// Whether only the second part of the language counts from it.
    pub fn is_of_the_second_part(&self) -> bool {
        match self {
            Anchor::Milestone(milestone) => crate::model::Anchor::at(*milestone).is_none(),
            Anchor::Subject(..) | Anchor::PlannedStart | Anchor::PlannedEnd => true,
        }
    }
}

impl Measured {
    /// From where it is counted, where it says so.
    pub fn anchor(&self) -> Option<&Anchor> {
        if let Measured::Since(anchor) = self { Some(anchor) } else { None }
    }

    /// Whether only the second part of the language has it.
    pub fn is_of_the_second_part(&self) -> bool {
        !matches!(self, Measured::Duration | Measured::Attendance | Measured::Hours)
    }
}

/// From where a deadline runs.
#[derive(Clone, Debug, PartialEq)]
pub enum Anchor {
    Milestone(Milestone),
    Subject(SubjectKind, Name),
    PlannedStart,
    PlannedEnd,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    pub kind: ConditionKind,
    pub at: At,
}

#[derive(Clone, Debug, PartialEq)]
pub enum ConditionKind {
    Any(Vec<Condition>),
    All(Vec<Condition>),
    Not(Box<Condition>),
    Compare {
        measured: Measured,
        comparator: Comparator,
        with: Measure,
    },
    Window {
        measured: Measured,
        from: Measure,
        to: Measure,
    },
    Fact(Fact),
    /// Something with a name, so often at the least.
    Times {
        fact: Fact,
        times: Number,
    },
    /// The day of something: before a date, or from it on.
    Day {
        of: DayOf,
        before: bool,
        date: Date,
    },
}

/// Whose day a condition compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayOf {
    Signature,
    Start,
    Moment,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Measured {
    Duration,
    Attendance,
    Hours,
    Notice,
    Progress,
    Since(Anchor),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparator {
    Less,
    AtMost,
    Greater,
    AtLeast,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Fact {
    Reached(Milestone),
    Happened(SubjectKind, Name),
}
