//! Invoice lines as they fire, dense, and as a host receives them.

use super::Withheld;
use crate::calendar::Date;
use crate::model::{
    Anchor, Event, InvoiceLine, InvoiceLineKind, LineTrigger, LineTriggerKind, Said, Trigger,
};
use crate::money::{Hours, Money};
use crate::plan::{LineId, Plan, TriggerId};
use std::collections::HashMap;

/// A line that fired, dense.
#[derive(Clone, Copy, Debug)]
pub struct Fired {
    pub line: LineId,
    pub kind: InvoiceLineKind,
    pub label: Label,
    pub date: Date,
    pub amount: Money,
    pub trigger: TriggerId,
    /// The event of its moment.
    pub event: Option<u32>,
    /// For itemised work: its hours, or `None` for one piece.
    pub quantity: Option<Option<Hours>>,
    pub unit_price: Money,
    /// First and last day of the work on it.
    pub service: Option<(Date, Date)>,
}

/// What stands on the invoice.
#[derive(Clone, Copy, Debug)]
pub enum Label {
    /// The label of the schedule's line.
    Line,
    /// The name of an event.
    Event(u32),
    /// The label of a deposit's line, by its place among the case's lines.
    Deposit(usize),
}

/// The lines of one case as a host receives them, in the order in which they fired.
pub fn written(
    plan: &Plan,
    events: &[Event],
    fired: &[Fired],
) -> Result<Vec<InvoiceLine>, Withheld> {
    let schedule = &plan.schedule;
    let case = events.first().map_or("", |event| event.case.as_str());
    let mut lines: Vec<InvoiceLine> = Vec::with_capacity(fired.len());
    let mut ordinals: HashMap<String, u32> = HashMap::new();
    let mut invoice = (None, 0_u32);
    for line in fired {
        if invoice.0 != Some(line.date) {
            invoice = (Some(line.date), invoice.1.checked_add(1).ok_or(Withheld::TooLarge)?);
        }
        let own_label = plan.stated(line.line).map_or("", |line| line.label.as_str());
        let name_of =
            |event: u32| events.get(event as usize).and_then(|event| event.kind.subject());
        let (label, deducts) = match line.label {
            Label::Line => (own_label, None),
            Label::Event(event) => (name_of(event).unwrap_or(own_label), None),
            Label::Deposit(place) => {
                let deposit = lines.get(place);
                let label = deposit.map_or(own_label, |deposit| deposit.line.as_str());
                (label, deposit.map(|deposit| deposit.id.clone()))
            }
        };
        let label = label.to_owned();
        let trigger = line_trigger(plan, events, line);
        let said = |ordinal| Said {
            case,
            schedule: &schedule.name,
            line: own_label,
            label: &label,
            date: line.date,
            trigger: &trigger,
            amount: line.amount,
            currency: schedule.currency,
            ordinal,
        };
        let before = ordinals.entry(said(0).id()).or_insert(0);
        let id = said(*before).id();
        *before += 1;
        let show = |amount| schedule.currency.show(amount).to_string();
        lines.push(InvoiceLine {
            case: case.to_owned(),
            schedule: schedule.name.clone(),
            date: line.date,
            invoice: invoice.1,
            kind: line.kind,
            line: own_label.to_owned(),
            quantity: line
                .quantity
                .map(|hours| hours.map_or("1".to_owned(), |hours| hours.to_string())),
            unit_price: line.quantity.map(|_| show(line.unit_price)),
            amount: show(line.amount),
            currency: schedule.currency.code().to_owned(),
            service_from: line.service.map(|(first, _)| first),
            service_to: line.service.map(|(_, last)| last),
            deducts,
            id,
            label,
            trigger,
        });
    }
    Ok(lines)
}

fn line_trigger(plan: &Plan, events: &[Event], line: &Fired) -> LineTrigger {
    let kind = match plan.trigger(line.trigger) {
        Some(Trigger::Signature) => LineTriggerKind::Signature,
        Some(Trigger::Start) => LineTriggerKind::Start,
        Some(Trigger::End) | None => LineTriggerKind::End,
        Some(Trigger::Abandonment) => LineTriggerKind::Abandonment,
        Some(Trigger::Action(_)) => LineTriggerKind::Action,
        Some(Trigger::Event(_)) => LineTriggerKind::Event,
        Some(Trigger::Deliverable(_)) => LineTriggerKind::Deliverable,
        Some(Trigger::MonthEnd) => LineTriggerKind::MonthEnd,
        Some(Trigger::After(_, Anchor::Start)) => LineTriggerKind::AfterStart,
        Some(Trigger::After(_, Anchor::Signature)) => LineTriggerKind::AfterSignature,
        Some(Trigger::Date(_)) => LineTriggerKind::Date,
    };
    let event = line.event.and_then(|event| events.get(event as usize));
    LineTrigger {
        kind,
        date: line.date,
        name: event.and_then(|event| event.kind.subject()).map(str::to_owned),
        id: event.and_then(|event| event.id.clone()),
    }
}
