//! A file as written: items in their order, words resolved, quantities still digits.
//!
//! Nothing here is valid yet: money, dates and names are checked by `check`. Two trees are equal
//! when they say the same, wherever it stands in the file: places ([`At`]) are always equal.

use super::fold::Comment;
use crate::lang::Lang;
use crate::span::Span;

/// A place that does not count when two trees are compared.
#[derive(Clone, Copy, Debug, Default)]
pub struct At(pub Span);

impl PartialEq for At {
    fn eq(&self, _: &At) -> bool {
        true
    }
}

/// A parsed file.
#[derive(Clone, Debug)]
pub struct File {
    /// The vocabulary in which it is written.
    pub lang: Lang,
    /// Its items, in order.
    pub items: Vec<Item>,
    /// Its comments, in order.
    pub comments: Vec<Comment>,
}

/// One item: what begins with a keyword or a date.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    pub at: At,
    pub kind: ItemKind,
}

#[derive(Clone, Debug, PartialEq)]
pub enum ItemKind {
    Schedule(Name),
    Unit(Unit),
    Price(Price),
    Action(Action),
    Planned(Measure),
    WholeAttendance,
    Line(Line),
    /// A property that the schedule is not to have, by its stable name, on one line or as a whole, and
    /// why.
    Accepts {
        property: &'static str,
        line: Option<Name>,
        reason: Name,
    },
    Scenario {
        name: Name,
        schedule: Option<Name>,
    },
    Event {
        date: Date,
        happening: Happening,
    },
    Expect(Expect),
    Until(Date),
    /// An item with an error in it, which is reported: what follows from it is not.
    Broken(Shape),
}

/// What an item is, by its first word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Schedule,
    Unit,
    Price,
    Action,
    Planned,
    WholeAttendance,
    Line,
    Accepts,
    Scenario,
    Event,
    Expect,
    Until,
    /// No known first word.
    Unknown,
}

/// A quoted text.
#[derive(Clone, Debug, PartialEq)]
pub struct Name {
    pub text: String,
    pub at: At,
}

/// Digits with an optional `.` and decimals: no groups, no comma.
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    pub digits: String,
    pub at: At,
}

/// A number with an optional currency, as written (folded: lower case).
#[derive(Clone, Debug, PartialEq)]
pub struct Sum {
    pub number: Number,
    pub currency: Option<Currency>,
}

/// A currency's code (upper case), which also stands for the sign `€` or `£`; or a sign that several
/// currencies share (`$`, `¥`), as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Currency {
    pub code: String,
    pub at: At,
}

/// A date's three numbers, as digits.
#[derive(Clone, Debug, PartialEq)]
pub struct Date {
    /// `YYYY-MM-DD`, whichever way it was written; not yet known to exist.
    pub iso: String,
    pub at: At,
}

/// A number with its unit: the one written, or the one that goes without saying where it was left
/// out (the other bound's in a window, hours for a number of hours). A clock has none.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    pub quantity: Quantity,
    pub unit: Option<MeasureUnit>,
    pub at: At,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Quantity {
    Number(Number),
    /// `1h30`: hours and minutes, as digits.
    Clock {
        hours: String,
        minutes: String,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MeasureUnit {
    Percent,
    Hours,
    Minutes,
    Days,
    Weeks,
    Months,
    Years,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Case,
    Group,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Price {
    Fixed(Sum),
    Hourly { rate: Option<Sum>, bounds: Vec<Bound> },
    PerAction { currency: Option<Currency> },
}

#[derive(Clone, Debug, PartialEq)]
pub struct Bound {
    pub side: BoundSide,
    pub hours: Measure,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoundSide {
    AtLeast,
    AtMost,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Action {
    pub name: Name,
    pub rate: Option<Rate>,
    pub ends_case: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Rate {
    pub kind: RateKind,
    pub at: At,
}

#[derive(Clone, Debug, PartialEq)]
pub enum RateKind {
    Hourly(Option<Sum>),
    Flat(Sum),
    NotBilled,
}

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
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    Deposit,
    Installment,
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
}

#[derive(Clone, Debug, PartialEq)]
pub struct Trigger {
    pub kind: TriggerKind,
    pub at: At,
}

#[derive(Clone, Debug, PartialEq)]
pub enum TriggerKind {
    Signature,
    Start,
    End,
    Abandonment,
    Action(Name),
    Event(Name),
    Deliverable(Name),
    MonthEnd,
    After { length: Measure, anchor: Anchor },
    Date(Date),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    Start,
    Signature,
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
    Compare { measured: Measured, comparator: Comparator, with: Measure },
    Window { measured: Measured, from: Measure, to: Measure },
    Fact(Fact),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measured {
    Duration,
    Attendance,
    Hours,
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
    Started,
    Signed,
    Ended,
    Abandoned,
    ActionDone(Name),
    DeliverableReceived(Name),
    EventHappened(Name),
}

#[derive(Clone, Debug, PartialEq)]
pub enum Happening {
    Signature,
    Start,
    End,
    Abandonment,
    Action { name: Name, hours: Option<Measure> },
    Deliverable(Name),
    Event(Name),
}

#[derive(Clone, Debug, PartialEq)]
pub enum Expect {
    Nothing,
    Total(Expected),
    Line { date: Date, label: Name, amount: Expected },
}

/// An expected amount: the only number that may be below zero.
#[derive(Clone, Debug, PartialEq)]
pub struct Expected {
    pub negative: bool,
    pub sum: Sum,
    pub at: At,
}
