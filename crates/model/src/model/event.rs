//! What happens in a case.

use super::{Agreement, Beside, Field, Milestone, Noun, PlannedTerms, Subject, SubjectKind};
use crate::calendar::Date;
use crate::lang::Lang;
use crate::money::{Hours, Percent};

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

/// What the second part of the language adds to the events of a case.
#[derive(serde::Serialize, serde::Deserialize, Clone, Debug, PartialEq, Eq)]
pub enum More {
    /// Binds the case to a schedule, and states what it agrees.
    Opened {
        /// The schedule's name.
        schedule: String,
        /// The case's own planned hours and months.
        planned: PlannedTerms,
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

/// What is true of a kind: a row for each, which the methods read.
struct Row {
    /// Its number, below 16: its place in [`Kind::ALL`].
    number: u32,
    /// What it is called; the English word is its name in JSON.
    noun: Noun,
    /// The place among the events of one day.
    place_in_day: u8,
    /// The fields that it needs and those that it may have, sets of [`Field::bit`]s; none where its events are
    /// read the long way.
    fields: Option<(u32, u32)>,
    /// Whether it may change when the calendar comes or what it brings, and is no moment itself.
    moves_what_comes: bool,
}

impl Row {
    /// That of a turn or of something with a name, of which lines may be waited for.
    const fn moment(number: u32, noun: Noun, place_in_day: u8, fields: (u32, u32)) -> Row {
        Row { number, noun, place_in_day, fields: Some(fields), moves_what_comes: false }
    }
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

    #[inline]
    fn row(self) -> Row {
        let later = |number, noun| Row {
            number,
            noun,
            place_in_day: SubjectKind::PLACE_IN_DAY,
            fields: None,
            moves_what_comes: true,
        };
        match self {
            Kind::Opened => {
                let planned = Field::PlannedHours.bit() | Field::PlannedMonths.bit();
                let fields = (Field::Schedule.bit(), planned);
                Row::moment(0, Noun::feminine("opened", "ouverture"), 0, fields)
            }
            Kind::Milestone(milestone) => {
                let number = match milestone {
                    Milestone::Signature => 1,
                    Milestone::Start => 2,
                    Milestone::End => 6,
                    Milestone::Abandonment => 7,
                };
                Row::moment(number, milestone.noun(), milestone.place_in_day(), (0, 0))
            }
            Kind::Subject(kind) => {
                let (number, may_have) = match kind {
                    SubjectKind::Action => (3, Field::Hours.bit() | Field::Minutes.bit()),
                    SubjectKind::Deliverable => (4, 0),
                    SubjectKind::Event => (5, 0),
                };
                let fields = (Field::Name.bit(), may_have);
                Row::moment(number, kind.noun(), SubjectKind::PLACE_IN_DAY, fields)
            }
            Kind::Void => {
                let fields = (Field::Ref.bit(), 0);
                Row::moment(
                    8,
                    Noun::masculine("void", "retrait"),
                    SubjectKind::PLACE_IN_DAY,
                    fields,
                )
            }
            Kind::Amendment => {
                Row { place_in_day: 0, ..later(9, Noun::elided("amendment", "avenant")) }
            }
            Kind::Progress => {
                Row { moves_what_comes: false, ..later(10, Noun::elided("progress", "avancement")) }
            }
            Kind::Suspension => later(11, Noun::feminine("suspension", "suspension")),
            Kind::Resumption => later(12, Noun::feminine("resumption", "reprise")),
        }
    }

    /// The name, as JSON has it.
    #[inline]
    pub fn name(self) -> &'static str {
        self.noun().bare(Lang::En)
    }

    /// What it is called.
    pub fn noun(self) -> Noun {
        self.row().noun
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
    #[inline]
    pub fn number(self) -> u32 {
        self.row().number
    }

    /// The place among the events of one day: a day's work comes before its end, however it was
    /// sent. Kinds of the same place keep the order of input.
    #[inline]
    pub fn place_in_day(self) -> u8 {
        self.row().place_in_day
    }

    /// Whether an event of this kind may have exactly these fields, a set of [`Field::bit`]s.
    pub fn takes(self, fields: u32) -> bool {
        let always = Field::Case.bit() | Field::Date.bit() | Field::Kind.bit();
        let Some((needed, allowed)) = self.row().fields else { return false };
        let needed = always | needed;
        let both = Field::Hours.bit() | Field::Minutes.bit();
        fields & needed == needed
            && fields & !(needed | allowed | Field::Id.bit()) == 0
            && fields & both != both
    }

    /// Whether such an event triggers nothing, and changes when the calendar comes or what it brings.
    #[inline]
    pub fn moves_what_comes(self) -> bool {
        self.row().moves_what_comes
    }

    /// The milestone that it is.
    #[inline]
    pub fn milestone(self) -> Option<Milestone> {
        if let Kind::Milestone(milestone) = self { Some(milestone) } else { None }
    }

    /// The kind of thing with a name to which it happens.
    #[inline]
    pub fn subject(self) -> Option<SubjectKind> {
        if let Kind::Subject(kind) = self { Some(kind) } else { None }
    }
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

impl More {
    /// The kind, without what it carries.
    #[inline]
    fn kind(&self) -> Kind {
        match self {
            More::Opened { .. } => Kind::Opened,
            More::Action { .. } => Kind::Subject(SubjectKind::Action),
            More::Amendment(_) => Kind::Amendment,
            More::Progress(_) => Kind::Progress,
            More::Suspension => Kind::Suspension,
            More::Resumption => Kind::Resumption,
        }
    }

    /// What it states that others may state without it.
    fn stated(&self) -> (Option<&str>, Option<Hours>, Option<u32>) {
        if let More::Opened { schedule, planned, .. } = self {
            (Some(schedule), planned.hours, planned.months)
        } else if let More::Action { name, hours, .. } = self {
            (Some(name), *hours, None)
        } else {
            (None, None, None)
        }
    }

    /// What it changes of the terms of its case, where it does.
    pub fn amendment(self) -> Option<Agreement> {
        if let More::Amendment(agreement) = self { Some(agreement) } else { None }
    }

    /// What a case agrees as it is opened, where it states that.
    pub fn agreed(self) -> Option<Agreement> {
        if let More::Opened { agreement, .. } = self { Some(agreement) } else { None }
    }
}
