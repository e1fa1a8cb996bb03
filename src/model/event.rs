//! What happens in a case.

use crate::calendar::Date;
use crate::money::Hours;
use serde::ser::SerializeMap;

/// One dated event of a case's history, as a host sends it.
///
/// As JSON, one object: `{"case":"D-001","date":"2025-02-03","kind":"action","name":"Interview",
/// "hours":1.5,"id":"ev-17"}`. Reading is strict: unknown fields, repeated fields and quantities
/// that are not exact are errors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The case to which it belongs.
    pub case: String,
    /// Its day.
    pub date: Date,
    /// The sender's name for it, unique in its case: the same event sent twice counts once.
    pub id: Option<String>,
    /// What happened.
    pub kind: EventKind,
}

/// The kinds of event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EventKind {
    /// Binds the case to a schedule; what it plans holds for the whole case.
    Opened {
        /// The schedule's name.
        schedule: String,
        /// The case's own planned hours.
        planned_hours: Option<Hours>,
        /// The case's own planned duration in months.
        planned_months: Option<u32>,
    },
    /// The quote is signed.
    Signature,
    /// The case starts.
    Start,
    /// An appointment or session was validated; the first one also starts the case.
    Action {
        /// Its name.
        name: String,
        /// Its hours, where it has any.
        hours: Option<Hours>,
    },
    /// A deliverable was received.
    Deliverable {
        /// Its name.
        name: String,
    },
    /// Any other event.
    Event {
        /// Its name.
        name: String,
    },
    /// The case is finished.
    End,
    /// The case is abandoned.
    Abandonment,
}

impl EventKind {
    /// The names of the kinds, as JSON has them.
    pub const NAMES: [&str; 8] =
        ["opened", "signature", "start", "action", "deliverable", "event", "end", "abandonment"];

    /// This kind's name.
    pub fn name(&self) -> &'static str {
        match self {
            EventKind::Opened { .. } => "opened",
            EventKind::Signature => "signature",
            EventKind::Start => "start",
            EventKind::Action { .. } => "action",
            EventKind::Deliverable { .. } => "deliverable",
            EventKind::Event { .. } => "event",
            EventKind::End => "end",
            EventKind::Abandonment => "abandonment",
        }
    }

    /// The schedule on which it opens the case, where it does.
    pub fn opens(&self) -> Option<&str> {
        match self {
            EventKind::Opened { schedule, .. } => Some(schedule),
            EventKind::Signature
            | EventKind::Start
            | EventKind::Action { .. }
            | EventKind::Deliverable { .. }
            | EventKind::Event { .. }
            | EventKind::End
            | EventKind::Abandonment => None,
        }
    }

    /// The name of what happened, where it has one.
    pub fn subject(&self) -> Option<&str> {
        match self {
            EventKind::Action { name, .. }
            | EventKind::Deliverable { name }
            | EventKind::Event { name } => Some(name),
            EventKind::Opened { .. }
            | EventKind::Signature
            | EventKind::Start
            | EventKind::End
            | EventKind::Abandonment => None,
        }
    }

    /// The place among the events of one day: a day's work comes before its end, however it was
    /// sent. Kinds of the same place keep the order of input.
    pub fn place_in_day(&self) -> u8 {
        match self {
            EventKind::Opened { .. } => 0,
            EventKind::Signature => 1,
            EventKind::Start => 2,
            EventKind::Action { .. } | EventKind::Deliverable { .. } | EventKind::Event { .. } => 3,
            EventKind::End => 4,
            EventKind::Abandonment => 5,
        }
    }
}

impl serde::Serialize for Event {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("case", &self.case)?;
        map.serialize_entry("date", &self.date)?;
        map.serialize_entry("kind", self.kind.name())?;
        match &self.kind {
            EventKind::Opened { schedule, planned_hours, planned_months } => {
                map.serialize_entry("schedule", schedule)?;
                if let Some(hours) = planned_hours {
                    map.serialize_entry("planned_hours", &hours.to_string())?;
                }
                if let Some(months) = planned_months {
                    map.serialize_entry("planned_months", months)?;
                }
            }
            EventKind::Action { name, hours } => {
                map.serialize_entry("name", name)?;
                match hours.map(|hours| (hours, hours.minutes())) {
                    None => {}
                    Some((hours, Some(minutes))) if !hours.is_decimal() => {
                        map.serialize_entry("minutes", &minutes)?;
                    }
                    Some((hours, _)) => map.serialize_entry("hours", &hours.to_string())?,
                }
            }
            EventKind::Deliverable { name } | EventKind::Event { name } => {
                map.serialize_entry("name", name)?;
            }
            EventKind::Signature | EventKind::Start | EventKind::End | EventKind::Abandonment => {}
        }
        if let Some(id) = &self.id {
            map.serialize_entry("id", id)?;
        }
        map.end()
    }
}
