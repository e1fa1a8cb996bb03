//! A schedule of the second part as it is written, and a case as it is sent.

use chrono::NaiveDate;

use crate::exact::Exact;
use crate::rules::{Compare, Span};

/// A billing schedule, in euros.
#[derive(Clone, Debug)]
pub struct Schedule {
    pub price: Price,
    pub planned_months: Option<u32>,
    pub planned_hours: Option<Exact>,
    /// The tax of what states none of its own.
    pub vat: Option<Exact>,
    pub may_be_suspended: bool,
    pub actions: Vec<Action>,
    /// None, or the last one has what remains.
    pub payers: Vec<Payer>,
    pub lines: Vec<Line>,
}

/// How the case is priced.
#[derive(Clone, Debug)]
pub enum Price {
    Fixed(Exact),
    Agreed {
        at_least: Option<Exact>,
        at_most: Option<Exact>,
    },
    /// For each month, quarter or year, by their months; the case agrees it where there is none.
    Period {
        months: u32,
        amount: Option<Exact>,
    },
    /// Bounds in hours; the case agrees the rate where there is none.
    Hourly {
        rate: Option<Exact>,
        at_least: Option<Exact>,
        at_most: Option<Exact>,
    },
    /// Bounds in money; `each_month` is of `at_most`.
    PerAction {
        at_least: Option<Exact>,
        at_most: Option<Exact>,
        each_month: bool,
    },
}

/// An action with a rate.
#[derive(Clone, Debug)]
pub struct Action {
    pub name: &'static str,
    pub rate: Rate,
    /// Whole steps of so many minutes.
    pub step: Option<u32>,
    pub vat: Option<Exact>,
    pub at_most: Option<Exact>,
    pub each_month: bool,
}

/// What an action is billed at; tiers have a bound each but the last.
#[derive(Clone, Debug)]
pub enum Rate {
    Hourly(Vec<(Option<Exact>, Exact)>),
    Per(&'static str, Vec<(Option<Exact>, Exact)>),
    Share(Exact),
    Flat(Exact),
    NotBilled,
    /// None of its own.
    AsPriced,
}

/// What an entry of work states.
#[derive(Clone, Debug)]
pub enum Measure {
    Hours(Exact),
    Quantity(Exact),
    Amount(Exact),
}

/// The three forms of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorkForm {
    Whole,
    Itemised,
    ByAction,
}

/// Who pays, and what of it.
#[derive(Clone, Debug)]
pub struct Payer {
    pub name: String,
    pub share: Share,
    pub at_most: Option<Exact>,
}

/// What a payer takes. Percentages are numbers of hundredths.
#[derive(Clone, Debug, PartialEq)]
pub enum Share {
    Percent(Exact),
    Sum(Exact),
    Agreed,
    Remainder,
}

/// A line of the schedule.
#[derive(Clone, Debug)]
pub struct Line {
    pub kind: Kind,
    pub label: String,
    pub amount: Amount,
    /// `each`, or else `on`. Days of the month and lists of dates repeat by themselves.
    pub each: bool,
    pub triggers: Vec<Trigger>,
    pub conditions: Vec<Condition>,
    pub stays_open: bool,
    pub no_refund: bool,
    pub pro_rata: bool,
    pub beside: bool,
    /// The payer who takes all of it.
    pub charged_to: Option<usize>,
    pub vat: Option<Exact>,
    pub at_most: Option<u32>,
}

/// The four kinds of line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Deposit,
    Installment,
    Discount,
    Balance,
}

/// How much.
#[derive(Clone, Debug)]
pub enum Amount {
    Percent(Exact),
    Sum(Exact),
    UpTo(Exact),
    Remainder,
    Nothing,
    PercentInParts(Exact, u32),
    SumInParts(Exact, u32),
    /// The price of a period.
    Price,
    /// That share of the progress.
    Progress(Exact),
    ProRataDuration,
    Work(WorkForm),
}

/// When.
#[derive(Clone, Debug)]
pub enum Trigger {
    Signature,
    Start,
    End,
    Abandonment,
    Named(Named, &'static str),
    Progress,
    /// The last day of a civil month, quarter or year, by its months.
    PeriodEnd(u32),
    DayOfMonth(u32),
    /// `each … after` or `from` an anchor.
    Every {
        span: Span,
        anchor: Anchor,
        from: bool,
    },
    After(Span, Anchor),
    Before(Span, Planned),
    Date(NaiveDate),
    Dates(Vec<NaiveDate>),
}

/// The kinds of event that bear a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    Action,
    Deliverable,
    Event,
}

/// What time is counted from.
#[derive(Clone, Copy, Debug)]
pub enum Anchor {
    Signature,
    Start,
    End,
    Abandonment,
    Named(Named, &'static str),
    Planned(Planned),
}

/// A planned date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Planned {
    Start,
    End,
}

/// On which conditions; those of a line all hold, or it does not fire.
#[derive(Clone, Debug)]
pub enum Condition {
    Not(Box<Condition>),
    Signed,
    Started,
    Ended,
    /// As many times at least.
    Done(Named, &'static str, usize),
    Duration(Compare, Span),
    SinceSignature(Compare, Span),
    Notice(Compare, Span),
    Progress(Compare, Exact),
    /// The day lies before it, or else not before it.
    Day(Day, bool, NaiveDate),
}

/// Which day a condition looks at.
#[derive(Clone, Copy, Debug)]
pub enum Day {
    Signature,
    Start,
    Moment,
}

/// A case: its history, and the date on which it is looked at.
#[derive(Clone, Debug)]
pub struct Case {
    pub as_of: NaiveDate,
    /// In input order.
    pub events: Vec<Event>,
}

/// An event of a history.
#[derive(Clone, Debug)]
pub struct Event {
    pub date: NaiveDate,
    pub what: What,
}

/// The kinds of event and what each carries.
#[derive(Clone, Debug)]
pub enum What {
    Opened(Terms),
    Amendment(Terms),
    Signature,
    Start,
    Named(Named, &'static str),
    /// An action that states what it took.
    Worked(&'static str, Measure),
    Progress(Exact),
    Suspension,
    Resumption,
    End,
    Abandonment,
}

/// What a case agrees.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    pub price: Option<Exact>,
    pub rate: Option<Exact>,
    pub planned_start: Option<NaiveDate>,
    pub planned_end: Option<NaiveDate>,
    /// By the place of the payer.
    pub shares: Vec<(usize, Share)>,
}

impl What {
    /// The kind and the name of an event that bears one.
    #[must_use]
    pub fn named(&self) -> Option<(Named, &'static str)> {
        match self {
            Self::Named(kind, name) => Some((*kind, name)),
            Self::Worked(name, _) => Some((Named::Action, name)),
            _ => None,
        }
    }
}
