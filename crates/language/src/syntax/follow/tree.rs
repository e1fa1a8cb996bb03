//! A follow-up as written: its criteria, its steps, their conditions, and the invoice of a scenario.
//!
//! As in the rest of the tree, quantities are still digits and places do not count when two are compared.

use super::super::ast::{At, Comparator, Date, Measure, Name, Number, Sum};
pub use crate::model::{InvoiceDay, InvoiceField, Standing, Turn};

/// `follow-up "Patients" for payer "Patient"`.
#[derive(Clone, Debug, PartialEq)]
pub struct FollowUp {
    pub name: Name,
    pub criteria: Vec<Criterion>,
}

/// `for payer "A" or "B"`.
#[derive(Clone, Debug, PartialEq)]
pub struct Criterion {
    pub field: InvoiceField,
    pub values: Vec<Name>,
    pub at: At,
}

/// `step "Reminder": 8 days after due if open >= 5 EUR`.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    pub label: Name,
    pub triggers: Vec<StepTrigger>,
    pub at_most: Option<Number>,
    pub condition: Option<StepCondition>,
    pub hands_over: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct StepTrigger {
    pub kind: StepTriggerKind,
    pub at: At,
}

#[derive(Clone, Debug, PartialEq)]
pub enum StepTriggerKind {
    On(Turn),
    After { length: Measure, anchor: StepAnchor, each: bool },
    BeforeDue(Measure),
}

/// From where a step counts.
#[derive(Clone, Debug, PartialEq)]
pub enum StepAnchor {
    Day(InvoiceDay),
    Step(Name),
}

#[derive(Clone, Debug, PartialEq)]
pub struct StepCondition {
    pub kind: StepConditionKind,
    pub at: At,
}

#[derive(Clone, Debug, PartialEq)]
pub enum StepConditionKind {
    Any(Vec<StepCondition>),
    All(Vec<StepCondition>),
    Not(Box<StepCondition>),
    /// What is open, or the total.
    Sum {
        open: bool,
        comparator: Comparator,
        with: Sum,
    },
    Is(Standing),
    SentBy(Name),
    Done(Name),
}

/// `invoice of 100 EUR dated 2025-01-31, due 2025-03-02`.
#[derive(Clone, Debug, PartialEq)]
pub struct Invoice {
    pub total: Sum,
    pub date: Date,
    pub due: Option<Date>,
}

/// What happens to the invoice of a scenario.
#[derive(Clone, Debug, PartialEq)]
pub enum InvoiceEvent {
    Sent(Option<Name>),
    Promised(Date),
    Money(MoneyKind, Sum),
    Plain(PlainEvent),
}

/// What is said with a sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoneyKind {
    Payment,
    Returned,
    Refund,
    WrittenOff,
    Moved,
}

/// What is said with nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlainEvent {
    Undelivered,
    Received,
    Accepted,
    Rejected,
    Disputed,
    Resolved,
    Replaced,
    HandedOver,
    TakenBack,
}

impl MoneyKind {
    /// All of them.
    pub const ALL: [MoneyKind; 5] = [
        MoneyKind::Payment,
        MoneyKind::Returned,
        MoneyKind::Refund,
        MoneyKind::WrittenOff,
        MoneyKind::Moved,
    ];
}

impl PlainEvent {
    /// All of them.
    pub const ALL: [PlainEvent; 9] = [
        PlainEvent::Undelivered,
        PlainEvent::Received,
        PlainEvent::Accepted,
        PlainEvent::Rejected,
        PlainEvent::Disputed,
        PlainEvent::Resolved,
        PlainEvent::Replaced,
        PlainEvent::HandedOver,
        PlainEvent::TakenBack,
    ];
}
