//! A schedule as it is written, and a case as it is sent.

use std::cmp::Ordering;

use chrono::{Days, Months, NaiveDate};

use super::exact::{Exact, fraction};

/// A billing schedule.
#[derive(Clone, Debug, PartialEq)]
pub struct Schedule {
    pub name: String,
    pub unit: Unit,
    pub currency: Currency,
    pub price: Price,
    pub actions: Vec<Action>,
    pub planned_hours: Option<Exact>,
    pub planned_months: Option<u32>,
    pub whole_percent: bool,
    pub lines: Vec<Line>,
}

/// What is billed as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Case,
    Group,
}

/// A currency: its ISO 4217 code and its number of decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Currency {
    pub code: &'static str,
    pub decimals: u32,
}

/// How the case is priced.
#[derive(Clone, Debug, PartialEq)]
pub enum Price {
    Fixed(Exact),
    Hourly { rate: Exact, at_least: Option<Exact>, at_most: Option<Exact> },
    PerAction,
}

/// An action that the schedule lists.
#[derive(Clone, Debug, PartialEq)]
pub struct Action {
    pub name: String,
    pub rate: Rate,
    pub ends_case: bool,
}

/// What an action is billed at. `Declared` stands without a rate (fixed and hourly prices only).
#[derive(Clone, Debug, PartialEq)]
pub enum Rate {
    Declared,
    Hourly(Exact),
    Flat(Exact),
    NotBilled,
}

/// A line of the schedule.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub kind: LineKind,
    pub label: String,
    pub amount: Amount,
    pub triggers: Vec<Trigger>,
    pub condition: Option<Condition>,
    pub stays_open: bool,
}

/// The three kinds of line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LineKind {
    Deposit,
    Installment,
    Balance,
}

/// How much. Percentages are numbers of hundredths: 30 for 30 %.
#[derive(Clone, Debug, PartialEq)]
pub enum Amount {
    Percent(Exact),
    Money(Exact),
    Work,
    WorkItemised,
    UpTo(Exact),
    Remainder,
    Nothing,
    ProRataAttendance,
    ProRataDuration,
}

/// When.
#[derive(Clone, Debug, PartialEq)]
pub enum Trigger {
    Signature,
    Start,
    End,
    Abandonment,
    Action(String),
    Deliverable(String),
    Event(String),
    MonthEnd,
    After(Span, Anchor),
    On(NaiveDate),
}

/// What `N months after …` counts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    Start,
    Signature,
}

/// A length of time as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub count: u32,
    pub unit: SpanUnit,
}

/// A unit of duration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpanUnit {
    Days,
    Weeks,
    Months,
    Years,
}

impl Span {
    /// That many months.
    #[must_use]
    pub fn months(count: u32) -> Self {
        Self { count, unit: SpanUnit::Months }
    }

    /// The date that lies this long after another (§4, duration); none beyond the calendar.
    #[must_use]
    pub fn after(self, date: NaiveDate) -> Option<NaiveDate> {
        match self.unit {
            SpanUnit::Days => date.checked_add_days(Days::new(self.count.into())),
            SpanUnit::Weeks => date.checked_add_days(Days::new(u64::from(self.count) * 7)),
            SpanUnit::Months => date.checked_add_months(Months::new(self.count)),
            SpanUnit::Years => date.checked_add_months(Months::new(self.count.checked_mul(12)?)),
        }
    }
}

/// On which conditions.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    Not(Box<Condition>),
    And(Vec<Condition>),
    Or(Vec<Condition>),
    Duration(Test<Span>),
    Hours(Test<Exact>),
    /// Bounds are numbers of hundredths: 25 for 25 %.
    Attendance(Test<Exact>),
    Started,
    Signed,
    Ended,
    Abandoned,
    ActionDone(String),
    DeliverableReceived(String),
    EventHappened(String),
}

/// A comparison with one bound, or `from a to under b`.
#[derive(Clone, Debug, PartialEq)]
pub enum Test<T> {
    Is(Compare, T),
    From(T, T),
}

/// `<`, `<=`, `>=`, `>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compare {
    Less,
    AtMost,
    AtLeast,
    More,
}

impl Compare {
    /// Whether what stands so to its bound meets it.
    #[must_use]
    pub fn is_met(self, side: Ordering) -> bool {
        match self {
            Self::Less => side.is_lt(),
            Self::AtMost => side.is_le(),
            Self::AtLeast => side.is_ge(),
            Self::More => side.is_gt(),
        }
    }
}

impl Condition {
    /// The condition and all those inside it.
    #[must_use]
    pub fn all(&self) -> Vec<&Self> {
        let inside: Vec<&Self> = match self {
            Self::Not(one) => one.all(),
            Self::And(many) | Self::Or(many) => many.iter().flat_map(Self::all).collect(),
            _ => Vec::new(),
        };
        std::iter::once(self).chain(inside).collect()
    }
}

impl Schedule {
    /// Every condition in the schedule, at every depth.
    #[must_use]
    pub fn conditions(&self) -> Vec<&Condition> {
        self.lines
            .iter()
            .filter_map(|line| line.condition.as_ref())
            .flat_map(Condition::all)
            .collect()
    }

    /// The action of that name, if the schedule lists it.
    #[must_use]
    pub fn action(&self, name: &str) -> Option<&Action> {
        self.actions.iter().find(|action| same_name(&action.name, name))
    }
}

/// Names are compared trimmed (§2, strings); all names here are already in NFC.
#[must_use]
pub fn same_name(left: &str, right: &str) -> bool {
    left.trim() == right.trim()
}

/// A case: its history, and the date on which it is looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    pub id: String,
    /// The schedule that the caller names, for a case without `opened`.
    pub named: Option<String>,
    pub as_of: NaiveDate,
    /// In input order.
    pub events: Vec<Event>,
}

/// An event of a history.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    pub date: NaiveDate,
    pub what: What,
    pub id: Option<String>,
}

/// The kinds of event and what each carries.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    Opened { schedule: String, planned_hours: Option<Exact>, planned_months: Option<u32> },
    Signature,
    Start,
    Action { name: String, worked: Option<Worked> },
    Deliverable(String),
    Event(String),
    End,
    Abandonment,
}

/// The time an action took, as it was sent.
#[derive(Clone, Debug, PartialEq)]
pub enum Worked {
    Hours(Exact),
    Minutes(u32),
}

impl Worked {
    /// The same in hours, exactly.
    #[must_use]
    pub fn hours(&self) -> Exact {
        match self {
            Self::Hours(hours) => hours.clone(),
            Self::Minutes(minutes) => fraction(i64::from(*minutes), 60),
        }
    }
}

impl Event {
    /// The name it carries, where it has one.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        match &self.what {
            What::Action { name, .. } | What::Deliverable(name) | What::Event(name) => Some(name),
            _ => None,
        }
    }

    /// Whether both say the same; hours count by their value, names as they are compared.
    #[must_use]
    pub fn says_the_same(&self, other: &Self) -> bool {
        let name = |event: &Self| event.name().map(|name| name.trim().to_owned());
        let bare = |what: &What| match what {
            What::Action { worked, .. } => (worked.as_ref().map(Worked::hours), None),
            What::Deliverable(_) | What::Event(_) => (None, None),
            plain => (None, Some(plain.clone())),
        };
        self.date == other.date
            && std::mem::discriminant(&self.what) == std::mem::discriminant(&other.what)
            && name(self) == name(other)
            && bare(&self.what) == bare(&other.what)
    }
}
