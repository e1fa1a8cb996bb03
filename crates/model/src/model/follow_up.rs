//! A follow-up: what is done about an invoice, when and on which conditions, until it is settled.
//!
//! In: what `check` has found sound. Out: what the evaluator of invoices walks. Nothing here remembers how it
//! was spelled.

use super::program::PaymentTerm;
use super::property::FollowProperty;
use crate::calendar::{Date, Duration};
use crate::money::{Currency, Money};
use crate::span::Span;

/// A field of an invoice by which a follow-up is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InvoiceField {
    /// Who pays it.
    Payer,
    /// The schedule on which it was billed.
    Schedule,
    /// The group of the customer, or of the case.
    Group,
    /// The customer.
    Customer,
}

impl InvoiceField {
    /// All of them.
    pub const ALL: [InvoiceField; 4] =
        [InvoiceField::Payer, InvoiceField::Schedule, InvoiceField::Group, InvoiceField::Customer];
}

/// What happens to an invoice, where a step may wait for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Turn {
    /// A sending did not arrive.
    Undelivered,
    /// The payer rejects it.
    Rejected,
    /// The payer disputes it.
    Disputed,
    /// A dispute is over.
    Resolved,
    /// A payment leaves something open.
    PaidInPart,
    /// More was paid than was asked.
    Overpaid,
    /// Nothing is open any more.
    Settled,
}

impl Turn {
    /// All of them.
    pub const ALL: [Turn; 7] = [
        Turn::Undelivered,
        Turn::Rejected,
        Turn::Disputed,
        Turn::Resolved,
        Turn::PaidInPart,
        Turn::Overpaid,
        Turn::Settled,
    ];
}

/// A day from which a step counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum InvoiceDay {
    /// Its own date.
    Issued,
    /// Its latest sending.
    Sent,
    /// The first sign of its receipt since it last did not arrive.
    Received,
    /// The first rejection.
    Rejected,
    /// The day on which it is due.
    Due,
}

impl InvoiceDay {
    /// All of them.
    pub const ALL: [InvoiceDay; 5] = [
        InvoiceDay::Issued,
        InvoiceDay::Sent,
        InvoiceDay::Received,
        InvoiceDay::Rejected,
        InvoiceDay::Due,
    ];
}

/// What an invoice may be, in a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// It is on its way, or has arrived.
    Sent,
    /// It has arrived.
    Received,
    /// The payer's last answer accepts it.
    Accepted,
    /// The payer's last answer rejects it.
    Rejected,
    /// A dispute is open.
    Disputed,
    /// A payment is promised, and the promise is not broken.
    Promised,
    /// Something was paid, and something is open.
    PaidInPart,
}

impl Standing {
    /// All of them.
    pub const ALL: [Standing; 7] = [
        Standing::Sent,
        Standing::Received,
        Standing::Accepted,
        Standing::Rejected,
        Standing::Disputed,
        Standing::Promised,
        Standing::PaidInPart,
    ];
}

/// From where a dated step counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StepAnchor {
    /// A day of the invoice.
    Day(InvoiceDay),
    /// The latest firing of the step of this number.
    Step(usize),
}

/// When a step is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepTrigger {
    /// In the evening of the day on which it happens, each time.
    On(Turn),
    /// From so long after a day on, once.
    After(Duration, StepAnchor),
    /// Again and again, each time so long after the last, counted from a day.
    Each(Duration, StepAnchor),
    /// From so long before it is due on, and no longer on that day.
    BeforeDue(Duration),
}

/// How two sums are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SumComparator {
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
}

impl SumComparator {
    /// Whether it holds.
    pub fn holds(self, left: Money, right: Money) -> bool {
        match self {
            SumComparator::Less => left < right,
            SumComparator::AtMost => left <= right,
            SumComparator::Greater => left > right,
            SumComparator::AtLeast => left >= right,
        }
    }
}

/// A condition of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepCondition {
    /// One of them holds.
    Any(Vec<StepCondition>),
    /// All of them hold.
    All(Vec<StepCondition>),
    /// It does not hold.
    Not(Box<StepCondition>),
    /// What is open, against a sum.
    Open(SumComparator, Money),
    /// What the invoice asks, against a sum.
    Total(SumComparator, Money),
    /// How the invoice stands.
    Is(Standing),
    /// Its latest sending went by this channel.
    SentBy(String),
    /// The step of this number has fired.
    Done(usize),
}

impl StepCondition {
    /// The parts of it that ask how large a sum is.
    pub fn bounds(&self) -> Vec<&StepCondition> {
        match self {
            StepCondition::Any(parts) | StepCondition::All(parts) => {
                parts.iter().flat_map(StepCondition::bounds).collect()
            }
            StepCondition::Not(part) => part.bounds(),
            StepCondition::Open(..) | StepCondition::Total(..) => vec![self],
            StepCondition::Is(_) | StepCondition::SentBy(_) | StepCondition::Done(_) => Vec::new(),
        }
    }
}

/// A step of a follow-up.
#[derive(Clone, Debug)]
pub struct FollowStep {
    /// What it is called.
    pub label: String,
    /// When it is looked at: at least one.
    pub triggers: Vec<StepTrigger>,
    /// How often it fires at most, where it repeats.
    pub at_most: Option<u32>,
    /// On which conditions.
    pub condition: Option<StepCondition>,
    /// Whether the invoice is then with a collector.
    pub hands_over: bool,
    /// Where it stands in its source.
    pub span: Span,
}

/// A finding of `jalon verify` that an administrator accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FollowAcceptance {
    /// The property that does not hold.
    pub property: FollowProperty,
    /// The step on which it does not, by its place; as a whole, if none.
    pub step: Option<usize>,
    /// Why that is meant.
    pub reason: String,
    /// Where it is stated.
    pub span: Span,
}

/// A sound follow-up.
#[derive(Clone, Debug)]
pub struct FollowUp {
    /// Its name.
    pub name: String,
    /// The fields that an invoice has to have, each with the values of which it has one.
    pub criteria: Vec<(InvoiceField, Vec<String>)>,
    /// When an invoice is due that does not say it.
    pub payment: Option<PaymentTerm>,
    /// The steps, in order.
    pub steps: Vec<FollowStep>,
    /// The currency of its sums, where it has any.
    pub currency: Option<Currency>,
    /// What it accepts of what `jalon verify` finds.
    pub accepts: Vec<FollowAcceptance>,
    /// Where it is named in its source.
    pub span: Span,
}

impl FollowStep {
    /// A step may be asked to fire so often at the most, where it is bounded.
    pub const MOST_TIMES: u32 = 10_000;
}

impl FollowUp {
    /// Of each step, whether it may ever fire: not if it counts only from steps that never do. A step without a trigger
    /// is not known to.
    pub fn reached(&self) -> Vec<bool> {
        let mut reached = vec![false; self.steps.len()];
        loop {
            let fires = |trigger: &StepTrigger| match trigger {
                StepTrigger::After(_, StepAnchor::Step(of))
                | StepTrigger::Each(_, StepAnchor::Step(of)) => {
                    reached.get(*of).copied().unwrap_or(true)
                }
                StepTrigger::After(_, StepAnchor::Day(_))
                | StepTrigger::Each(_, StepAnchor::Day(_))
                | StepTrigger::On(_)
                | StepTrigger::BeforeDue(_) => true,
            };
            let of =
                |step: &FollowStep| step.triggers.is_empty() || step.triggers.iter().any(fires);
            let next: Vec<bool> = self.steps.iter().map(of).collect();
            if next == reached {
                return reached;
            }
            reached = next;
        }
    }

    /// Whether any of its steps depends on how large a sum is.
    pub fn bounds_a_sum(&self) -> bool {
        self.steps
            .iter()
            .filter_map(|step| step.condition.as_ref())
            .any(|condition| !condition.bounds().is_empty())
    }

    /// Whether another one, wherever it stands, asks the same to be done of the same invoices.
    pub fn asks_the_same(&self, other: &FollowUp) -> bool {
        let step = |(own, other): (&FollowStep, &FollowStep)| {
            own.label == other.label
                && own.triggers == other.triggers
                && own.at_most == other.at_most
                && own.condition == other.condition
                && own.hands_over == other.hands_over
        };
        self.criteria == other.criteria
            && self.payment == other.payment
            && self.currency == other.currency
            && self.steps.len() == other.steps.len()
            && self.steps.iter().zip(&other.steps).all(step)
    }
}

/// A test written beside a follow-up: an invoice, what happens to it, and the steps that are to fire.
#[derive(Clone, Debug)]
pub struct FollowScenario {
    /// Its name.
    pub name: String,
    /// The follow-up, by its place among those of the file.
    pub follow_up: usize,
    /// The invoice's total.
    pub total: Money,
    /// Its currency.
    pub currency: Currency,
    /// Its date.
    pub date: Date,
    /// Its own due date.
    pub due: Option<Date>,
    /// What happens to it.
    pub events: Vec<(Date, FollowHappening)>,
    /// Up to when it is followed.
    pub as_of: Date,
    /// The steps that are to fire, in order; `None` if nothing is stated.
    pub expected: Option<Vec<(Date, String)>>,
    /// Its name's place.
    pub span: Span,
    /// The items that state what is expected, in their order.
    pub expectations: Vec<Span>,
    /// Its last item.
    pub last: Span,
}

/// What happens to the invoice of a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FollowHappening {
    /// It is sent, by a channel where that is said.
    Sent(Option<String>),
    /// It did not arrive.
    Undelivered,
    /// It arrived.
    Received,
    /// The payer accepts it.
    Accepted,
    /// The payer rejects it.
    Rejected,
    /// The payer disputes it.
    Disputed,
    /// The dispute is over.
    Resolved,
    /// It is to be paid up to this day.
    Promised(Date),
    /// Paid.
    Payment(Money),
    /// Sent back by the bank.
    Returned(Money),
    /// Given back to the payer.
    Refund(Money),
    /// No longer asked for.
    WrittenOff(Money),
    /// Asked on another invoice.
    Moved(Money),
    /// Billed again.
    Replaced,
    /// With a collector.
    HandedOver,
    /// No longer with a collector.
    TakenBack,
}
