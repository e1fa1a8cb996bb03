//! A file as written: items in their order, words resolved, quantities still digits.
//!
//! Nothing here is valid yet: money, dates and names are checked by `check`. Two trees are equal
//! when they say the same, wherever it stands in the file: places ([`At`]) are always equal.

mod lines;
mod prices;

pub use super::follow::tree::*;
use crate::lang::Lang;
pub use crate::model::program::Due;
pub use crate::model::{Civil, Milestone, SubjectKind};
use crate::span::Span;
pub use lines::*;
pub use prices::*;

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

/// A comment, with its `#` and without its line break.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    pub text: String,
    pub span: Span,
    /// Whether nothing but blanks stands before it on its line.
    pub own_line: bool,
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
        if let Happening::Action { name, .. } = self {
            Some((SubjectKind::Action, name))
        } else if let Happening::Other(kind, name) = self {
            Some((*kind, name))
        } else {
            None
        }
    }

    /// Whether only the second part of the language has it.
    pub fn is_of_the_second_part(&self) -> bool {
        !matches!(
            self,
            Happening::Milestone(_)
                | Happening::Action { quantity: None, amount: None, .. }
                | Happening::Other(..)
                | Happening::Invoice(_)
        )
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
