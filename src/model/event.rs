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
    /// Another event of the case is withdrawn, as if it had never been sent.
    Void {
        /// Its id.
        of: String,
    },
}

/// The kinds of event, without what they carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "as in `EventKind`")]
pub enum Kind {
    Opened,
    Signature,
    Start,
    Action,
    Deliverable,
    Event,
    End,
    Abandonment,
    Void,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 9] = [
        Kind::Opened,
        Kind::Signature,
        Kind::Start,
        Kind::Action,
        Kind::Deliverable,
        Kind::Event,
        Kind::End,
        Kind::Abandonment,
        Kind::Void,
    ];

    /// The name, as JSON has it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Opened => "opened",
            Kind::Signature => "signature",
            Kind::Start => "start",
            Kind::Action => "action",
            Kind::Deliverable => "deliverable",
            Kind::Event => "event",
            Kind::End => "end",
            Kind::Abandonment => "abandonment",
            Kind::Void => "void",
        }
    }

    /// The kind of this name.
    pub fn find(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

impl EventKind {
    /// The kind, without what it carries.
    pub fn kind(&self) -> Kind {
        match self {
            EventKind::Opened { .. } => Kind::Opened,
            EventKind::Signature => Kind::Signature,
            EventKind::Start => Kind::Start,
            EventKind::Action { .. } => Kind::Action,
            EventKind::Deliverable { .. } => Kind::Deliverable,
            EventKind::Event { .. } => Kind::Event,
            EventKind::End => Kind::End,
            EventKind::Abandonment => Kind::Abandonment,
            EventKind::Void { .. } => Kind::Void,
        }
    }

    /// This kind's name.
    pub fn name(&self) -> &'static str {
        self.kind().name()
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
            | EventKind::Abandonment
            | EventKind::Void { .. } => None,
        }
    }

    /// The place among the events of one day: a day's work comes before its end, however it was
    /// sent. Kinds of the same place keep the order of input.
    pub fn place_in_day(&self) -> u8 {
        match self {
            EventKind::Opened { .. } => 0,
            EventKind::Signature => 1,
            EventKind::Start => 2,
            EventKind::Action { .. }
            | EventKind::Deliverable { .. }
            | EventKind::Event { .. }
            | EventKind::Void { .. } => 3,
            EventKind::End => 4,
            EventKind::Abandonment => 5,
        }
    }

    /// The id of the event that is withdrawn, where one is.
    pub fn withdraws(&self) -> Option<&str> {
        match self {
            EventKind::Void { of } => Some(of),
            EventKind::Opened { .. }
            | EventKind::Signature
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
            | EventKind::Abandonment
            | EventKind::Void { .. } => None,
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
            EventKind::Void { of } => map.serialize_entry("ref", of)?,
            EventKind::Signature | EventKind::Start | EventKind::End | EventKind::Abandonment => {}
        }
        if let Some(id) = &self.id {
            map.serialize_entry("id", id)?;
        }
        map.end()
    }
}
