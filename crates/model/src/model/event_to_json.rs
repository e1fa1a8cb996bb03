//! An event as JSON: in, the event; out, one object with the fields that it states, in one order.

use super::{Agreement, Event, EventKind, More, PlannedTerms, StatedShare};
use crate::money::Hours;
use serde::ser::SerializeMap;

impl serde::Serialize for Event {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("case", &self.case)?;
        map.serialize_entry("date", &self.date)?;
        map.serialize_entry("kind", self.kind.name())?;
        match &self.kind {
            EventKind::Opened { schedule, planned } => {
                write_opening(&mut map, schedule, *planned)?;
            }
            EventKind::Action { name, hours } => write_action(&mut map, name, *hours)?,
            EventKind::More(more) => write_more(&mut map, more)?,
            EventKind::Deliverable { name } | EventKind::Event { name } => {
                map.serialize_entry("name", name)?;
            }
            EventKind::Void { of } => map.serialize_entry("ref", of)?,
            EventKind::Milestone(_) => {}
        }
        if let Some(id) = &self.id {
            map.serialize_entry("id", id)?;
        }
        map.end()
    }
}

fn write_opening<M: SerializeMap>(
    map: &mut M,
    schedule: &str,
    planned: PlannedTerms,
) -> Result<(), M::Error> {
    map.serialize_entry("schedule", schedule)?;
    write_planned(map, planned)
}

fn write_planned<M: SerializeMap>(map: &mut M, planned: PlannedTerms) -> Result<(), M::Error> {
    if let Some(hours) = planned.hours {
        map.serialize_entry("planned_hours", &hours.to_string())?;
    }
    if let Some(months) = planned.months {
        map.serialize_entry("planned_months", &months)?;
    }
    Ok(())
}

fn write_action<M: SerializeMap>(
    map: &mut M,
    name: &str,
    hours: Option<Hours>,
) -> Result<(), M::Error> {
    map.serialize_entry("name", name)?;
    match hours.map(|hours| (hours, hours.minutes())) {
        None => Ok(()),
        Some((hours, Some(minutes))) if !hours.is_decimal() => {
            map.serialize_entry("minutes", &minutes)
        }
        Some((hours, _)) => map.serialize_entry("hours", &hours.to_string()),
    }
}

fn write_more<M: SerializeMap>(map: &mut M, more: &More) -> Result<(), M::Error> {
    match more {
        More::Opened { schedule, planned, agreement } => {
            write_opening(map, schedule, *planned)?;
            write_agreement(map, agreement)
        }
        More::Action { name, hours, beside } => {
            write_action(map, name, *hours)?;
            if let Some(quantity) = beside.quantity {
                map.serialize_entry("quantity", &shown(quantity, 4))?;
            }
            if let Some(amount) = beside.amount {
                map.serialize_entry("amount", &amount.to_string())?;
            }
            Ok(())
        }
        More::Amendment(agreement) => write_agreement(map, agreement),
        More::Progress(percent) => map.serialize_entry("percent", &percent.to_string()),
        More::Suspension | More::Resumption => Ok(()),
    }
}

fn write_agreement<M: SerializeMap>(map: &mut M, agreement: &Agreement) -> Result<(), M::Error> {
    write_planned(map, agreement.planned)?;
    if let Some(price) = agreement.price {
        map.serialize_entry("price", &price.to_string())?;
    }
    if let Some(rate) = agreement.rate {
        map.serialize_entry("rate", &shown(rate.0, 6))?;
    }
    if let Some(day) = agreement.planned_start {
        map.serialize_entry("planned_start", &day)?;
    }
    if let Some(day) = agreement.planned_end {
        map.serialize_entry("planned_end", &day)?;
    }
    if !agreement.shares.is_empty() {
        let shown = |share: &StatedShare| match share {
            StatedShare::Percent(percent) => format!("{percent} %"),
            StatedShare::Sum(sum) => sum.to_string(),
        };
        let shares: serde_json::Map<String, serde_json::Value> = agreement
            .shares
            .iter()
            .map(|(payer, share)| (payer.clone(), shown(share).into()))
            .collect();
        map.serialize_entry("shares", &shares)?;
    }
    Ok(())
}

/// A whole number of `1 / 10^decimals` in plain digits.
fn shown(value: i64, decimals: u32) -> String {
    rust_decimal::Decimal::new(value, decimals).normalize().to_string()
}
