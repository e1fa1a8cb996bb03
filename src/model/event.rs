//! What happens in a case.

use super::{Agreement, Beside, Milestone, StatedShare, Subject, SubjectKind};
use crate::calendar::Date;
use crate::money::{Hours, Percent};
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
    /// What only the second part of the language has.
    More(Box<More>),
}

/// What the second part of the language adds to the events of a case.
#[derive(serde::Serialize, serde::Deserialize, Clone, Debug, PartialEq, Eq)]
pub enum More {
    /// Binds the case to a schedule, and states what it agrees.
    Opened {
        /// The schedule's name.
        schedule: String,
        /// The case's own planned hours.
        planned_hours: Option<Hours>,
        /// The case's own planned duration in months.
        planned_months: Option<u32>,
        /// What it agrees besides.
        agreement: Agreement,
    },
    /// An action with a quantity or an amount.
    Action {
        /// Its name.
        name: String,
        /// Its hours, where it has any.
        hours: Option<Hours>,
        /// Its quantity and its amount.
        beside: Beside,
    },
    /// The terms of the case change.
    Amendment(Agreement),
    /// Progress is certified: so much in all.
    Progress(Percent),
    /// The clock of the case stops.
    Suspension,
    /// It goes on.
    Resumption,
}

/// The kinds of event, without what they carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "as in `EventKind`")]
pub enum Kind {
    Opened,
    Milestone(Milestone),
    Subject(SubjectKind),
    Void,
    Amendment,
    Progress,
    Suspension,
    Resumption,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 13] = [
        Kind::Opened,
        Kind::Milestone(Milestone::Signature),
        Kind::Milestone(Milestone::Start),
        Kind::Subject(SubjectKind::Action),
        Kind::Subject(SubjectKind::Deliverable),
        Kind::Subject(SubjectKind::Event),
        Kind::Milestone(Milestone::End),
        Kind::Milestone(Milestone::Abandonment),
        Kind::Void,
        Kind::Amendment,
        Kind::Progress,
        Kind::Suspension,
        Kind::Resumption,
    ];

    /// The name, as JSON has it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Opened => "opened",
            Kind::Milestone(milestone) => milestone.name(),
            Kind::Subject(kind) => kind.name(),
            Kind::Void => "void",
            Kind::Amendment => "amendment",
            Kind::Progress => "progress",
            Kind::Suspension => "suspension",
            Kind::Resumption => "resumption",
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
            Kind::Amendment => 9,
            Kind::Progress => 10,
            Kind::Suspension => 11,
            Kind::Resumption => 12,
        }
    }

    /// The place among the events of one day: a day's work comes before its end, however it was
    /// sent. Kinds of the same place keep the order of input.
    pub fn place_in_day(self) -> u8 {
        match self {
            Kind::Opened | Kind::Amendment => 0,
            Kind::Milestone(milestone) => milestone.place_in_day(),
            Kind::Subject(_)
            | Kind::Void
            | Kind::Progress
            | Kind::Suspension
            | Kind::Resumption => SubjectKind::PLACE_IN_DAY,
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
            EventKind::More(more) => match **more {
                More::Opened { .. } => Kind::Opened,
                More::Action { .. } => Kind::Subject(SubjectKind::Action),
                More::Amendment(_) => Kind::Amendment,
                More::Progress(_) => Kind::Progress,
                More::Suspension => Kind::Suspension,
                More::Resumption => Kind::Resumption,
            },
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
        self.opening().map(|(schedule, ..)| schedule)
    }

    /// What the case plans where this opens it: the schedule's name, hours and months.
    pub fn opening(&self) -> Option<(&str, Option<Hours>, Option<u32>)> {
        match self {
            EventKind::Opened { schedule, planned_hours, planned_months } => {
                Some((schedule, *planned_hours, *planned_months))
            }
            EventKind::More(more) => match &**more {
                More::Opened { schedule, planned_hours, planned_months, .. } => {
                    Some((schedule, *planned_hours, *planned_months))
                }
                More::Action { .. }
                | More::Amendment(_)
                | More::Progress(_)
                | More::Suspension
                | More::Resumption => None,
            },
            EventKind::Milestone(_)
            | EventKind::Action { .. }
            | EventKind::Deliverable { .. }
            | EventKind::Event { .. }
            | EventKind::Void { .. } => None,
        }
    }

    /// What only the second part of the language has, where it is such an event.
    pub fn more(&self) -> Option<&More> {
        match self {
            EventKind::More(more) => Some(more),
            EventKind::Opened { .. }
            | EventKind::Milestone(_)
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
            | EventKind::Event { .. }
            | EventKind::More(_) => None,
        }
    }

    /// The milestone to which the case comes, where it does.
    pub fn milestone(&self) -> Option<Milestone> {
        match self.kind() {
            Kind::Milestone(milestone) => Some(milestone),
            Kind::Opened
            | Kind::Subject(_)
            | Kind::Void
            | Kind::Amendment
            | Kind::Progress
            | Kind::Suspension
            | Kind::Resumption => None,
        }
    }

    /// Whether it is such that a case starts by it.
    pub fn may_start(&self) -> bool {
        match self.kind() {
            Kind::Milestone(Milestone::Start) | Kind::Subject(SubjectKind::Action) => true,
            Kind::Opened
            | Kind::Milestone(_)
            | Kind::Subject(_)
            | Kind::Void
            | Kind::Amendment
            | Kind::Progress
            | Kind::Suspension
            | Kind::Resumption => false,
        }
    }

    /// What kind of thing with a name happened, where one did.
    pub fn subject_kind(&self) -> Option<SubjectKind> {
        match self.kind() {
            Kind::Subject(kind) => Some(kind),
            Kind::Opened
            | Kind::Milestone(_)
            | Kind::Void
            | Kind::Amendment
            | Kind::Progress
            | Kind::Suspension
            | Kind::Resumption => None,
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
            EventKind::More(more) => match **more {
                More::Action { hours, .. } => hours,
                More::Opened { .. }
                | More::Amendment(_)
                | More::Progress(_)
                | More::Suspension
                | More::Resumption => None,
            },
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
            EventKind::More(more) => match &**more {
                More::Action { name, .. } => Some(name),
                More::Opened { .. }
                | More::Amendment(_)
                | More::Progress(_)
                | More::Suspension
                | More::Resumption => None,
            },
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
                write_opening(&mut map, schedule, *planned_hours, *planned_months)?;
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
    planned_hours: Option<Hours>,
    planned_months: Option<u32>,
) -> Result<(), M::Error> {
    map.serialize_entry("schedule", schedule)?;
    write_planned(map, planned_hours, planned_months)
}

fn write_planned<M: SerializeMap>(
    map: &mut M,
    planned_hours: Option<Hours>,
    planned_months: Option<u32>,
) -> Result<(), M::Error> {
    if let Some(hours) = planned_hours {
        map.serialize_entry("planned_hours", &hours.to_string())?;
    }
    if let Some(months) = planned_months {
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
        More::Opened { schedule, planned_hours, planned_months, agreement } => {
            write_opening(map, schedule, *planned_hours, *planned_months)?;
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
        More::Amendment(agreement) => {
            write_planned(map, agreement.planned_hours, agreement.planned_months)?;
            write_agreement(map, agreement)
        }
        More::Progress(percent) => map.serialize_entry("percent", &percent.to_string()),
        More::Suspension | More::Resumption => Ok(()),
    }
}

fn write_agreement<M: SerializeMap>(map: &mut M, agreement: &Agreement) -> Result<(), M::Error> {
    write_planned(map, agreement.planned_hours, agreement.planned_months)?;
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
