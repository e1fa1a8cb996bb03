//! Follow-ups in an artefact: their records, written from the model.
//!
//! In: a sound follow-up. Out: its record and its hash. Steps are named by their labels, as administrators name them.
//! `read` is the way back.

mod read;

use super::LANGUAGE_VERSION;
use super::quantities::duration_text;
use crate::model::program::{Due, PaymentTerm};
use crate::model::{
    self, FollowStep, InvoiceDay, InvoiceField, SemanticHash, Standing, StepAnchor, StepCondition,
    StepTrigger, SumComparator, Turn,
};
use crate::money::Money;
use serde::{Deserialize, Serialize};

pub use read::read;

/// A follow-up with the hash of what it asks.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Followed {
    pub semantic_hash: String,
    pub follow_up: FollowUp,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FollowUp {
    name: String,
    criteria: Vec<Criterion>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    payment: Option<Payment>,
    /// Of its sums, where it has any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    currency: Option<String>,
    steps: Vec<Step>,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Criterion {
    field: Field,
    values: Vec<String>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Field {
    Payer,
    Schedule,
    Group,
    Customer,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Payment {
    After(String),
    ThenMonthEnd(String),
    MonthEndThen(String),
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    label: String,
    triggers: Vec<Trigger>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    at_most: Option<u32>,
    /// In reading order, as those of lines.
    condition: Vec<Piece>,
    hands_over: bool,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Trigger {
    On(Happens),
    After { length: String, day: Day },
    Each { length: String, day: Day },
    BeforeDue(String),
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Happens {
    Undelivered,
    Rejected,
    Disputed,
    Resolved,
    PaidInPart,
    Overpaid,
    Settled,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Day {
    Issued,
    Sent,
    Received,
    Rejected,
    Due,
    Step(String),
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Piece {
    Any(u32),
    All(u32),
    Not,
    Open(Bound),
    Total(Bound),
    Sent,
    Received,
    Accepted,
    Rejected,
    Disputed,
    Promised,
    PaidInPart,
    SentBy(String),
    Done(String),
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Bound {
    Less(String),
    AtMost(String),
    Greater(String),
    AtLeast(String),
}

/// The hash of what a follow-up asks: comments, layout and vocabulary do not change it.
pub fn follow_up_hash(follow_up: &model::FollowUp) -> SemanticHash {
    let mut said = format!("jalon follow-up {LANGUAGE_VERSION}\n").into_bytes();
    said.extend(super::record::json(&record(follow_up)));
    SemanticHash::of(&said)
}

/// What stands for a follow-up.
pub fn written(follow_up: &model::FollowUp) -> Followed {
    let semantic_hash = follow_up_hash(follow_up).to_string();
    Followed { semantic_hash, follow_up: record(follow_up) }
}

fn record(follow_up: &model::FollowUp) -> FollowUp {
    let criterion = |(field, values): &(InvoiceField, Vec<String>)| Criterion {
        field: match field {
            InvoiceField::Payer => Field::Payer,
            InvoiceField::Schedule => Field::Schedule,
            InvoiceField::Group => Field::Group,
            InvoiceField::Customer => Field::Customer,
        },
        values: values.clone(),
    };
    let payment = |term: PaymentTerm| {
        let length = duration_text(term.length);
        match term.due {
            Due::After => Payment::After(length),
            Due::ThenMonthEnd => Payment::ThenMonthEnd(length),
            Due::MonthEndThen => Payment::MonthEndThen(length),
        }
    };
    FollowUp {
        name: follow_up.name.clone(),
        criteria: follow_up.criteria.iter().map(criterion).collect(),
        payment: follow_up.payment.map(payment),
        currency: follow_up.currency.map(|currency| currency.code().to_owned()),
        steps: follow_up.steps.iter().map(|each| step(each, follow_up)).collect(),
    }
}

fn label(follow_up: &model::FollowUp, place: usize) -> String {
    follow_up.steps.get(place).map_or(String::new(), |step| step.label.clone())
}

fn step(step: &FollowStep, of: &model::FollowUp) -> Step {
    let mut condition = Vec::new();
    if let Some(stated) = &step.condition {
        add(stated, of, &mut condition);
    }
    Step {
        label: step.label.clone(),
        triggers: step.triggers.iter().map(|each| trigger(each, of)).collect(),
        at_most: step.at_most,
        condition,
        hands_over: step.hands_over,
    }
}

fn trigger(trigger: &StepTrigger, of: &model::FollowUp) -> Trigger {
    let day = |anchor: StepAnchor| match anchor {
        StepAnchor::Step(place) => Day::Step(label(of, place)),
        StepAnchor::Day(InvoiceDay::Issued) => Day::Issued,
        StepAnchor::Day(InvoiceDay::Sent) => Day::Sent,
        StepAnchor::Day(InvoiceDay::Received) => Day::Received,
        StepAnchor::Day(InvoiceDay::Rejected) => Day::Rejected,
        StepAnchor::Day(InvoiceDay::Due) => Day::Due,
    };
    match *trigger {
        StepTrigger::On(turn) => Trigger::On(match turn {
            Turn::Undelivered => Happens::Undelivered,
            Turn::Rejected => Happens::Rejected,
            Turn::Disputed => Happens::Disputed,
            Turn::Resolved => Happens::Resolved,
            Turn::PaidInPart => Happens::PaidInPart,
            Turn::Overpaid => Happens::Overpaid,
            Turn::Settled => Happens::Settled,
        }),
        StepTrigger::After(length, anchor) => {
            Trigger::After { length: duration_text(length), day: day(anchor) }
        }
        StepTrigger::Each(length, anchor) => {
            Trigger::Each { length: duration_text(length), day: day(anchor) }
        }
        StepTrigger::BeforeDue(length) => Trigger::BeforeDue(duration_text(length)),
    }
}

/// Adds the parts of a condition, in reading order.
fn add(stated: &StepCondition, of: &model::FollowUp, parts: &mut Vec<Piece>) {
    let count = |parts: &[StepCondition]| u32::try_from(parts.len()).unwrap_or(u32::MAX);
    let bound = |comparator: SumComparator, sum: Money| {
        let sum = of.currency.map_or(String::new(), |currency| currency.show(sum).to_string());
        match comparator {
            SumComparator::Less => Bound::Less(sum),
            SumComparator::AtMost => Bound::AtMost(sum),
            SumComparator::Greater => Bound::Greater(sum),
            SumComparator::AtLeast => Bound::AtLeast(sum),
        }
    };
    match stated {
        StepCondition::Any(inner) => {
            parts.push(Piece::Any(count(inner)));
            inner.iter().for_each(|part| add(part, of, parts));
        }
        StepCondition::All(inner) => {
            parts.push(Piece::All(count(inner)));
            inner.iter().for_each(|part| add(part, of, parts));
        }
        StepCondition::Not(inner) => {
            parts.push(Piece::Not);
            add(inner, of, parts);
        }
        StepCondition::Open(comparator, sum) => parts.push(Piece::Open(bound(*comparator, *sum))),
        StepCondition::Total(comparator, sum) => parts.push(Piece::Total(bound(*comparator, *sum))),
        StepCondition::Is(standing) => parts.push(match standing {
            Standing::Sent => Piece::Sent,
            Standing::Received => Piece::Received,
            Standing::Accepted => Piece::Accepted,
            Standing::Rejected => Piece::Rejected,
            Standing::Disputed => Piece::Disputed,
            Standing::Promised => Piece::Promised,
            Standing::PaidInPart => Piece::PaidInPart,
        }),
        StepCondition::SentBy(channel) => parts.push(Piece::SentBy(channel.clone())),
        StepCondition::Done(place) => parts.push(Piece::Done(label(of, *place))),
    }
}
