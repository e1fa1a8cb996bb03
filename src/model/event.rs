//! What happens in a case.

use super::{Milestone, Subject, SubjectKind};
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
    /// The quote is signed, the case starts, is finished or abandoned.
    Milestone(Milestone),
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
    Milestone(Milestone),
    Subject(SubjectKind),
    Void,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 9] = [
        Kind::Opened,
        Kind::Milestone(Milestone::Signature),
        Kind::Milestone(Milestone::Start),
        Kind::Subject(SubjectKind::Action),
        Kind::Subject(SubjectKind::Deliverable),
        Kind::Subject(SubjectKind::Event),
        Kind::Milestone(Milestone::End),
        Kind::Milestone(Milestone::Abandonment),
        Kind::Void,
    ];

    /// The name, as JSON has it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Opened => "opened",
            Kind::Milestone(milestone) => milestone.name(),
            Kind::Subject(kind) => kind.name(),
            Kind::Void => "void",
        }
    }

    /// The kind of this name.
    pub fn find(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The kind of this number: its place in [`Kind::ALL`].
    #[inline]
    pub fn numbered(number: u32) -> Kind {
        Kind::ALL.get(number as usize).copied().unwrap_or(Kind::Void)
    }

    /// Its number, below 16.
    pub fn number(self) -> u32 {
        match self {
            Kind::Opened => 0,
            Kind::Milestone(Milestone::Signature) => 1,
            Kind::Milestone(Milestone::Start) => 2,
            Kind::Subject(SubjectKind::Action) => 3,
            Kind::Subject(SubjectKind::Deliverable) => 4,
            Kind::Subject(SubjectKind::Event) => 5,
            Kind::Milestone(Milestone::End) => 6,
            Kind::Milestone(Milestone::Abandonment) => 7,
            Kind::Void => 8,
        }
    }

    /// The place among the events of one day: a day's work comes before its end, however it was
    /// sent. Kinds of the same place keep the order of input.
    pub fn place_in_day(self) -> u8 {
        match self {
            Kind::Opened => 0,
            Kind::Milestone(milestone) => milestone.place_in_day(),
            Kind::Subject(_) | Kind::Void => SubjectKind::PLACE_IN_DAY,
        }
    }
}

impl EventKind {
    /// The kind, without what it carries.
    pub fn kind(&self) -> Kind {
        match self {
            EventKind::Opened { .. } => Kind::Opened,
            EventKind::Milestone(milestone) => Kind::Milestone(*milestone),
            EventKind::Action { .. } => Kind::Subject(SubjectKind::Action),
            EventKind::Deliverable { .. } => Kind::Subject(SubjectKind::Deliverable),
            EventKind::Event { .. } => Kind::Subject(SubjectKind::Event),
            EventKind::Void { .. } => Kind::Void,
        }
    }

    /// What happened to something with a name. An action has no hours yet.
    pub fn of(subject: Subject) -> EventKind {
        let Subject { kind, name } = subject;
        match kind {
            SubjectKind::Action => EventKind::Action { name, hours: None },
            SubjectKind::Deliverable => EventKind::Deliverable { name },
            SubjectKind::Event => EventKind::Event { name },
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
            EventKind::Milestone(_)
            | EventKind::Action { .. }
            | EventKind::Deliverable { .. }
            | EventKind::Event { .. }
            | EventKind::Void { .. } => None,
        }
    }

    /// The place among the events of one day.
    pub fn place_in_day(&self) -> u8 {
        self.kind().place_in_day()
    }

    /// The id of the event that is withdrawn, where one is.
    pub fn withdraws(&self) -> Option<&str> {
        match self {
            EventKind::Void { of } => Some(of),
            EventKind::Opened { .. }
            | EventKind::Milestone(_)
            | EventKind::Action { .. }
            | EventKind::Deliverable { .. }
            | EventKind::Event { .. } => None,
        }
    }

    /// The milestone to which the case comes, where it does.
    pub fn milestone(&self) -> Option<Milestone> {
        match self.kind() {
            Kind::Milestone(milestone) => Some(milestone),
            Kind::Opened | Kind::Subject(_) | Kind::Void => None,
        }
    }

    /// Whether it is such that a case starts by it.
    pub fn may_start(&self) -> bool {
        match self.kind() {
            Kind::Milestone(Milestone::Start) | Kind::Subject(SubjectKind::Action) => true,
            Kind::Opened | Kind::Milestone(_) | Kind::Subject(_) | Kind::Void => false,
        }
    }

    /// Whether an action was validated.
    pub fn is_action(&self) -> bool {
        self.kind() == Kind::Subject(SubjectKind::Action)
    }

    /// The hours of an action, where it states any.
    pub fn hours(&self) -> Option<Hours> {
        match self {
            EventKind::Action { hours, .. } => *hours,
            EventKind::Opened { .. }
            | EventKind::Milestone(_)
            | EventKind::Deliverable { .. }
            | EventKind::Event { .. }
            | EventKind::Void { .. } => None,
        }
    }

    /// The name of what happened, where it has one.
    pub fn subject(&self) -> Option<&str> {
        match self {
            EventKind::Action { name, .. }
            | EventKind::Deliverable { name }
            | EventKind::Event { name } => Some(name),
            EventKind::Opened { .. } | EventKind::Milestone(_) | EventKind::Void { .. } => None,
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
            EventKind::Milestone(_) => {}
        }
        if let Some(id) = &self.id {
            map.serialize_entry("id", id)?;
        }
        map.end()
    }
}
