//! A file as written: items in their order, words resolved, quantities still digits.
//!
//! Nothing here is valid yet: money, dates and names are checked by `check`. Two trees are equal
//! when they say the same, wherever it stands in the file: places ([`At`]) are always equal.

use super::fold::Comment;
pub use super::follow::tree::*;
use crate::lang::Lang;
pub use crate::model::program::Due;
pub use crate::model::{Civil, Milestone, SubjectKind};
use crate::span::Span;

/// A place that does not count when two trees are compared.
#[derive(Clone, Copy, Debug, Default)]
pub struct At(pub Span);

impl PartialEq for At {
    fn eq(&self, _: &At) -> bool {
        true
    }
}

/// Whether a word stands there that does not count when two trees are compared.
#[derive(Clone, Copy, Debug, Default)]
pub struct OnWord(pub bool);

impl PartialEq for OnWord {
    fn eq(&self, _: &OnWord) -> bool {
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
    Schedule {
        name: Name,
        /// From when this version is in force, where it says so.
        in_force_from: Option<Date>,
    },
    Unit(Unit),
    Price(Price),
    Action(Action),
    Planned(Measure),
    WholeAttendance,
    Payer(Payer),
    Vat(Vat),
    Payment(PaymentTerm),
    MaySuspend,
    Line(Line),
    /// A term that the case of a scenario agrees.
    Agreed(CaseTerm),
    /// A property that the schedule is not to have, by its stable name, on one line or as a whole, and
    /// why.
    Accepts {
        property: &'static str,
        line: Option<Name>,
        reason: Name,
    },
    FollowUp(FollowUp),
    Step(Step),
    Scenario {
        name: Name,
        /// What it names, where it names anything.
        of: Option<Of>,
    },
    /// The invoice of a scenario.
    Invoice(Invoice),
    Event {
        date: Date,
        happening: Happening,
    },
    Expect(Expect),
    Until(Date),
    /// An item with an error in it, which is reported: what follows from it is not.
    Broken(Shape),
}

/// Of what a scenario is, where it says so.
#[derive(Clone, Debug, PartialEq)]
pub enum Of {
    Schedule(Name),
    FollowUp(Name),
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
    Payer,
    Vat,
    Payment,
    MaySuspend,
    Line,
    Accepts,
    Scenario,
    Agreed,
    Event,
    Expect,
    Until,
    FollowUp,
    Step,
    Invoice,
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
    Hourly {
        rate: Option<Sum>,
        bounds: Vec<Bound>,
        step: Option<Measure>,
    },
    PerAction {
        currency: Option<Currency>,
        bounds: Vec<SumBound>,
    },
    /// One price that each case agrees.
    FixedAgreed {
        currency: Option<Currency>,
        bounds: Vec<SumBound>,
    },
    /// A rate that each case agrees.
    HourlyAgreed {
        currency: Option<Currency>,
        bounds: Vec<Bound>,
        step: Option<Measure>,
    },
    /// A price for each period, stated or agreed by each case.
    Periodic {
        period: Civil,
        price: Periodic,
    },
}

impl Price {
    /// Whether only the second part of the language has it.
    pub fn is_of_the_second_part(&self) -> bool {
        match self {
            Price::Fixed(_) => false,
            Price::Hourly { step, .. } => step.is_some(),
            Price::PerAction { bounds, .. } => !bounds.is_empty(),
            Price::FixedAgreed { .. } | Price::HourlyAgreed { .. } | Price::Periodic { .. } => true,
        }
    }
}

/// How the price of a period is stated.
#[derive(Clone, Debug, PartialEq)]
pub enum Periodic {
    Stated(Sum),
    Agreed(Option<Currency>),
}

/// A bound in money.
#[derive(Clone, Debug, PartialEq)]
pub struct SumBound {
    pub side: BoundSide,
    pub sum: Sum,
    /// Whether it is of each month.
    pub each_month: bool,
    pub at: At,
}

/// Who pays a part.
#[derive(Clone, Debug, PartialEq)]
pub struct Payer {
    pub name: Name,
    pub share: Share,
    pub share_at: At,
    pub at_most: Option<Sum>,
    pub due: Option<PaymentTerm>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Share {
    Percent(Number),
    Sum(Sum),
    Agreed,
    Remainder,
}

/// When an invoice is due.
#[derive(Clone, Debug, PartialEq)]
pub struct PaymentTerm {
    pub length: Measure,
    pub due: Due,
    pub at: At,
}

/// A tax.
#[derive(Clone, Debug, PartialEq)]
pub enum Vat {
    Rate { percent: Number, included: bool },
    Exempt(Name),
}

/// A term of a case.
#[derive(Clone, Debug, PartialEq)]
pub enum CaseTerm {
    Price(Sum),
    Rate(Sum),
    PlannedStart(Date),
    PlannedEnd(Date),
    Planned(Measure),
    Share { payer: Name, share: Share },
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
    /// What else it states, in the order in which it is printed.
    pub options: ActionOptions,
}

/// What an action states besides its rate.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ActionOptions {
    pub step: Option<Measure>,
    pub at_most: Option<Cap>,
    pub each_month: bool,
    pub vat: Option<Vat>,
}

/// How much of an action is billed at the most.
#[derive(Clone, Debug, PartialEq)]
pub struct Cap {
    pub number: Number,
    pub unit: Option<CapUnit>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CapUnit {
    Hours,
    Minutes,
    Times,
}

/// Graduated rates.
#[derive(Clone, Debug, PartialEq)]
pub struct Tiers {
    /// The first rate.
    pub first: Sum,
    /// Up to how much the one before is, and the next rate.
    pub steps: Vec<(Number, Sum)>,
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
    /// Its hours at graduated rates.
    HourlyTiers(Tiers),
    /// Its quantity, in a unit of that name.
    PerUnit {
        unit: Name,
        tiers: Tiers,
    },
    /// Its amount.
    AtCost,
    /// That percentage of its amount.
    OfAmount(Number),
}

impl RateKind {
    /// The one sum of a rate by the hour, or of a flat one.
    pub fn sum(&self) -> Option<&Sum> {
        match self {
            RateKind::Hourly(sum) => sum.as_ref(),
            RateKind::Flat(sum) => Some(sum),
            RateKind::NotBilled
            | RateKind::HourlyTiers(_)
            | RateKind::PerUnit { .. }
            | RateKind::AtCost
            | RateKind::OfAmount(_) => None,
        }
    }

    /// Whether only the second part of the language has it.
    pub fn is_of_the_second_part(&self) -> bool {
        match self {
            RateKind::HourlyTiers(_)
            | RateKind::PerUnit { .. }
            | RateKind::AtCost
            | RateKind::OfAmount(_) => true,
            RateKind::Hourly(_) | RateKind::Flat(_) | RateKind::NotBilled => false,
        }
    }
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
        match self {
            Amount::PercentParts(..)
            | Amount::SumParts(..)
            | Amount::Price
            | Amount::WorkByAction
            | Amount::Progress(_) => true,
            Amount::Percent(_)
            | Amount::Sum(_)
            | Amount::Work
            | Amount::WorkItemised
            | Amount::UpTo(_)
            | Amount::Remainder
            | Amount::Nothing
            | Amount::ProRataAttendance
            | Amount::ProRataDuration => false,
        }
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
    /// Whether a line that waits for it fires every time, without `each`.
    pub fn comes_again(&self) -> bool {
        match self {
            TriggerKind::DayOfMonth(_) | TriggerKind::Every { .. } => true,
            TriggerKind::Dates(days) => days.len() > 1,
            TriggerKind::Milestone(_)
            | TriggerKind::Subject(..)
            | TriggerKind::End(_)
            | TriggerKind::After { .. }
            | TriggerKind::Date(_)
            | TriggerKind::Progress
            | TriggerKind::Before { .. } => false,
        }
    }

    /// What has a name among it, and is waited for.
    pub fn subject(&self) -> Option<(SubjectKind, &Name)> {
        match self {
            TriggerKind::Subject(kind, name) => Some((*kind, name)),
            TriggerKind::Milestone(_)
            | TriggerKind::End(_)
            | TriggerKind::After { .. }
            | TriggerKind::Date(_)
            | TriggerKind::Progress
            | TriggerKind::DayOfMonth(_)
            | TriggerKind::Every { .. }
            | TriggerKind::Before { .. }
            | TriggerKind::Dates(_) => None,
        }
    }

    /// From where it counts.
    pub fn anchor(&self) -> Option<&Anchor> {
        match self {
            TriggerKind::After { anchor, .. }
            | TriggerKind::Every { anchor, .. }
            | TriggerKind::Before { anchor, .. } => Some(anchor),
            TriggerKind::Milestone(_)
            | TriggerKind::Subject(..)
            | TriggerKind::End(_)
            | TriggerKind::Date(_)
            | TriggerKind::Progress
            | TriggerKind::DayOfMonth(_)
            | TriggerKind::Dates(_) => None,
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
        match self {
            Measured::Duration | Measured::Attendance | Measured::Hours => false,
            Measured::Notice | Measured::Progress | Measured::Since(_) => true,
        }
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

#[derive(Clone, Debug, PartialEq)]
pub enum Happening {
    Milestone(Milestone),
    Action {
        name: Name,
        hours: Option<Measure>,
        quantity: Option<Number>,
        amount: Option<Sum>,
    },
    /// A deliverable or a named event.
    Other(SubjectKind, Name),
    Amendment(CaseTerm),
    Progress(Number),
    Suspension,
    Resumption,
    /// To the invoice of a scenario.
    Invoice(InvoiceEvent),
}

impl Happening {
    /// What has a name, where anything has.
    pub fn subject(&self) -> Option<(SubjectKind, &Name)> {
        match self {
            Happening::Action { name, .. } => Some((SubjectKind::Action, name)),
            Happening::Other(kind, name) => Some((*kind, name)),
            Happening::Milestone(_)
            | Happening::Amendment(_)
            | Happening::Progress(_)
            | Happening::Suspension
            | Happening::Resumption
            | Happening::Invoice(_) => None,
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub enum Expect {
    Nothing,
    Total(Expected),
    Line { date: Date, label: Name, amount: Expected, payer: Option<Name> },
    Step { date: Date, step: Name },
}

/// An expected amount: the only number that may be below zero.
#[derive(Clone, Debug, PartialEq)]
pub struct Expected {
    pub negative: bool,
    pub sum: Sum,
    pub at: At,
}
