//! From the records of follow-ups to what the evaluator walks, or to what is not sound in them.
//!
//! In: records. Out: follow-ups that the checker would accept.

use super::{
    Bound, Criterion, Day, Field, FollowUp, Followed, Happens, Payment, Piece, Step, Trigger,
};
use crate::artefact::condition::{self, Group, Meant, Nested};
use crate::artefact::errors::Unsound;
use crate::artefact::fault::{Fault, Within, each, some, sound};
use crate::artefact::quantities::{duration, name};
use crate::calendar::Duration;
use crate::model::program::{Due, PaymentTerm};
use crate::model::{
    self, FollowStep, InvoiceDay, InvoiceField, Standing, StepAnchor, StepCondition, StepTrigger,
    SumComparator, Turn,
};
use crate::money::{Currency, Money};
use crate::span::Span;
use std::collections::{HashMap, HashSet};

/// All follow-ups; their names differ.
pub fn read(records: &[Followed]) -> Result<Vec<model::FollowUp>, Fault> {
    let mut names = HashSet::new();
    each(records, |record| {
        let follow_up = follow_up(&record.follow_up).of("follow_up")?;
        let new = names.insert(follow_up.name.clone());
        sound(new, Unsound::Repeated).of("name").of("follow_up")?;
        Ok(follow_up)
    })
    .of("follow_ups")
}

/// What the steps of a follow-up may name.
struct Known<'r> {
    steps: HashMap<&'r str, usize>,
    currency: Option<Currency>,
}

impl Known<'_> {
    fn step(&self, label: &str) -> Result<usize, Fault> {
        some(self.steps.get(label).copied(), Unsound::Step)
    }

    fn sum(&self, text: &str) -> Result<Money, Fault> {
        let currency = some(self.currency, Unsound::Misfit)?;
        let sum = currency.read(text).ok();
        some(sum.filter(|sum| currency.show(*sum).to_string() == text), Unsound::Quantity)
    }
}

fn follow_up(record: &FollowUp) -> Result<model::FollowUp, Fault> {
    let known = currency(record.currency.as_deref()).of("currency")?;
    let mut known = Known { steps: HashMap::new(), currency: known };
    sound(!record.steps.is_empty(), Unsound::Missing).of("steps")?;
    for (place, step) in record.steps.iter().enumerate() {
        let new = known.steps.insert(&step.label, place).is_none();
        sound(new, Unsound::Repeated).of("label").at(place).of("steps")?;
    }
    let follow_up = model::FollowUp {
        name: name(&record.name).of("name")?,
        criteria: criteria(&record.criteria).of("criteria")?,
        payment: record.payment.as_ref().map(payment).transpose().of("payment")?,
        steps: each(&record.steps, |record| read_step(record, &known)).of("steps")?,
        currency: known.currency,
        accepts: Vec::new(),
        span: Span::default(),
    };
    let has_sums = follow_up.bounds_a_sum();
    sound(has_sums == follow_up.currency.is_some(), Unsound::Misfit).of("currency")?;
    let reached = follow_up.reached();
    let unreached = reached.iter().position(|reached| !reached);
    let place = unreached.unwrap_or_default();
    sound(unreached.is_none(), Unsound::Misfit).of("triggers").at(place).of("steps")?;
    Ok(follow_up)
}

fn currency(code: Option<&str>) -> Result<Option<Currency>, Fault> {
    let found = |code| Currency::find(code).filter(|currency| currency.code() == code);
    code.map(|code| some(found(code), Unsound::Quantity)).transpose()
}

fn criteria(records: &[Criterion]) -> Result<Vec<(InvoiceField, Vec<String>)>, Fault> {
    let mut fields = HashSet::new();
    each(records, |record| {
        let field = match record.field {
            Field::Payer => InvoiceField::Payer,
            Field::Schedule => InvoiceField::Schedule,
            Field::Group => InvoiceField::Group,
            Field::Customer => InvoiceField::Customer,
        };
        sound(fields.insert(field), Unsound::Repeated).of("field")?;
        sound(!record.values.is_empty(), Unsound::Missing).of("values")?;
        Ok((field, each(&record.values, |value| name(value)).of("values")?))
    })
}

fn payment(record: &Payment) -> Result<PaymentTerm, Fault> {
    let (length, due) = match record {
        Payment::After(length) => (length, Due::After),
        Payment::ThenMonthEnd(length) => (length, Due::ThenMonthEnd),
        Payment::MonthEndThen(length) => (length, Due::MonthEndThen),
    };
    Ok(PaymentTerm { length: duration(length)?, due })
}

fn read_step(record: &Step, known: &Known<'_>) -> Result<FollowStep, Fault> {
    sound(!record.triggers.is_empty(), Unsound::Missing).of("triggers")?;
    let triggers = each(&record.triggers, |record| read_trigger(record, known)).of("triggers")?;
    let repeats = triggers.iter().any(|trigger| matches!(trigger, StepTrigger::Each(..)));
    if let Some(times) = record.at_most {
        sound(repeats, Unsound::Misfit).of("at_most")?;
        sound((1..=FollowStep::MOST_TIMES).contains(&times), Unsound::Quantity).of("at_most")?;
    }
    Ok(FollowStep {
        label: name(&record.label).of("label")?,
        triggers,
        at_most: record.at_most,
        condition: condition::nested(&record.condition, |part| meant(part, known))
            .of("condition")?,
        hands_over: record.hands_over,
        span: Span::default(),
    })
}

fn read_trigger(record: &Trigger, known: &Known<'_>) -> Result<StepTrigger, Fault> {
    let anchor = |day: &Day| {
        Ok(StepAnchor::Day(match day {
            Day::Issued => InvoiceDay::Issued,
            Day::Sent => InvoiceDay::Sent,
            Day::Received => InvoiceDay::Received,
            Day::Rejected => InvoiceDay::Rejected,
            Day::Due => InvoiceDay::Due,
            Day::Step(label) => return Ok(StepAnchor::Step(known.step(label)?)),
        }))
    };
    Ok(match record {
        Trigger::On(happens) => StepTrigger::On(match happens {
            Happens::Undelivered => Turn::Undelivered,
            Happens::Rejected => Turn::Rejected,
            Happens::Disputed => Turn::Disputed,
            Happens::Resolved => Turn::Resolved,
            Happens::PaidInPart => Turn::PaidInPart,
            Happens::Overpaid => Turn::Overpaid,
            Happens::Settled => Turn::Settled,
        }),
        Trigger::After { length, day } => StepTrigger::After(duration(length)?, anchor(day)?),
        Trigger::Each { length, day } => {
            let length = duration(length)?;
            let some = !matches!(length, Duration::Days(0) | Duration::Months(0));
            sound(some, Unsound::Quantity)?;
            StepTrigger::Each(length, anchor(day)?)
        }
        Trigger::BeforeDue(length) => StepTrigger::BeforeDue(duration(length)?),
    })
}

impl Nested for StepCondition {
    fn group(kind: Group, parts: Vec<StepCondition>) -> Option<StepCondition> {
        Some(match kind {
            Group::Any => StepCondition::Any(parts),
            Group::All => StepCondition::All(parts),
            Group::Not => StepCondition::Not(Box::new(parts.into_iter().next()?)),
        })
    }
}

fn meant(part: &Piece, known: &Known<'_>) -> Result<Meant<StepCondition>, Fault> {
    let bound = |bound: &Bound| {
        Ok(match bound {
            Bound::Less(sum) => (SumComparator::Less, known.sum(sum)?),
            Bound::AtMost(sum) => (SumComparator::AtMost, known.sum(sum)?),
            Bound::Greater(sum) => (SumComparator::Greater, known.sum(sum)?),
            Bound::AtLeast(sum) => (SumComparator::AtLeast, known.sum(sum)?),
        })
    };
    let is = |standing| Ok(Meant::Test(StepCondition::Is(standing)));
    match part {
        Piece::Any(parts) => Meant::of_many(Group::Any, *parts),
        Piece::All(parts) => Meant::of_many(Group::All, *parts),
        Piece::Not => Ok(Meant::Group(Group::Not, 1)),
        Piece::Open(stated) => {
            let (comparator, sum) = bound(stated)?;
            Ok(Meant::Test(StepCondition::Open(comparator, sum)))
        }
        Piece::Total(stated) => {
            let (comparator, sum) = bound(stated)?;
            Ok(Meant::Test(StepCondition::Total(comparator, sum)))
        }
        Piece::Sent => is(Standing::Sent),
        Piece::Received => is(Standing::Received),
        Piece::Accepted => is(Standing::Accepted),
        Piece::Rejected => is(Standing::Rejected),
        Piece::Disputed => is(Standing::Disputed),
        Piece::Promised => is(Standing::Promised),
        Piece::PaidInPart => is(Standing::PaidInPart),
        Piece::SentBy(channel) => Ok(Meant::Test(StepCondition::SentBy(name(channel)?))),
        Piece::Done(label) => Ok(Meant::Test(StepCondition::Done(known.step(label)?))),
    }
}
