//! What happens in a case: an event, and what it states.

use super::{Kind, Milestone, More, PlannedTerms, Subject, SubjectKind};
use crate::calendar::Date;
use crate::money::Hours;

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
        /// The case's own planned hours and months.
        planned: PlannedTerms,
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

impl EventKind {
    /// The kind, without what it carries.
    #[inline]
    pub fn kind(&self) -> Kind {
        match self {
            EventKind::Opened { .. } => Kind::Opened,
            EventKind::Milestone(milestone) => Kind::Milestone(*milestone),
            EventKind::Action { .. } => Kind::Subject(SubjectKind::Action),
            EventKind::Deliverable { .. } => Kind::Subject(SubjectKind::Deliverable),
            EventKind::Event { .. } => Kind::Subject(SubjectKind::Event),
            EventKind::Void { .. } => Kind::Void,
            EventKind::More(more) => more.kind(),
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
    #[inline]
    pub fn name(&self) -> &'static str {
        self.kind().name()
    }

    /// What it states beside its day: a text (the schedule, the name, the id that it withdraws), hours and months.
    #[inline]
    pub fn stated(&self) -> (Option<&str>, Option<Hours>, Option<u32>) {
        match self {
            EventKind::Opened { schedule, planned } => {
                (Some(schedule), planned.hours, planned.months)
            }
            EventKind::Action { name, hours } => (Some(name), *hours, None),
            EventKind::Deliverable { name } | EventKind::Event { name } => (Some(name), None, None),
            EventKind::Void { of } => (Some(of), None, None),
            EventKind::Milestone(_) => (None, None, None),
            EventKind::More(more) => more.stated(),
        }
    }

    /// The schedule on which it opens the case, where it does.
    #[inline]
    pub fn opens(&self) -> Option<&str> {
        self.opening().map(|(schedule, ..)| schedule)
    }

    /// The schedule on which this opens a case, where it does, and what the case plans.
    pub fn opening(&self) -> Option<(&str, PlannedTerms)> {
        let (schedule, hours, months) = self.stated();
        let schedule = schedule.filter(|_| self.kind() == Kind::Opened)?;
        Some((schedule, PlannedTerms { hours, months }))
    }

    /// What only the second part of the language has, where it is such an event.
    #[inline]
    pub fn more(&self) -> Option<&More> {
        if let EventKind::More(more) = self { Some(more) } else { None }
    }

    /// The place among the events of one day.
    pub fn place_in_day(&self) -> u8 {
        self.kind().place_in_day()
    }

    /// The id of the event that is withdrawn, where one is.
    #[inline]
    pub fn withdraws(&self) -> Option<&str> {
        if let EventKind::Void { of } = self { Some(of) } else { None }
    }

    /// The milestone to which the case comes, where it does.
    pub fn milestone(&self) -> Option<Milestone> {
        self.kind().milestone()
    }

    /// Whether it is such that a case starts by it.
    #[inline]
    pub fn may_start(&self) -> bool {
        self.milestone() == Some(Milestone::Start) || self.is_action()
    }

    /// What kind of thing with a name happened, where one did.
    #[inline]
    pub fn subject_kind(&self) -> Option<SubjectKind> {
        self.kind().subject()
    }

    /// Whether an action was validated.
    #[inline]
    pub fn is_action(&self) -> bool {
        self.subject_kind() == Some(SubjectKind::Action)
    }

    /// The hours of an action, where it states any.
    #[inline]
    pub fn hours(&self) -> Option<Hours> {
        let (_, hours, _) = self.stated();
        hours.filter(|_| self.is_action())
    }

    /// The name of what happened, where it has one.
    #[inline]
    pub fn subject(&self) -> Option<&str> {
        let (name, ..) = self.stated();
        name.filter(|_| self.subject_kind().is_some())
    }
}
