//! The kinds of event: what each is called, which of its fields stand in JSON, and its place in a day; and what the kinds carry
//! that only the second part of the language has.

use super::{Agreement, Beside, Field, Milestone, Noun, PlannedTerms, SubjectKind};
use crate::lang::Lang;
use crate::money::{Hours, Percent};

/// What an event changes of its case, beside being a moment itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changes {
    /// Nothing.
    Nothing,
    /// When the calendar comes.
    Clock,
    /// What it has agreed or plans.
    Terms,
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
    /// What it changes.
    changes: Changes,
}

impl Row {
    /// That of a turn or of something with a name, of which lines may be waited for.
    const fn moment(number: u32, noun: Noun, place_in_day: u8, fields: (u32, u32)) -> Row {
        Row { number, noun, place_in_day, fields: Some(fields), changes: Changes::Nothing }
    }

    /// That of a kind of the second part, whose events are read the long way.
    const fn later(number: u32, noun: Noun, place_in_day: u8, changes: Changes) -> Row {
        Row { number, noun, place_in_day, fields: None, changes }
    }

    fn opened() -> Row {
        let planned = Field::PlannedHours.bit() | Field::PlannedMonths.bit();
        let fields = (Field::Schedule.bit(), planned);
        Row::moment(0, Noun::feminine("opened", "ouverture"), 0, fields)
    }

    fn of_milestone(milestone: Milestone) -> Row {
        let number = match milestone {
            Milestone::Signature => 1,
            Milestone::Start => 2,
            Milestone::End => 6,
            Milestone::Abandonment => 7,
        };
        Row::moment(number, milestone.noun(), milestone.place_in_day(), (0, 0))
    }

    fn of_subject(kind: SubjectKind) -> Row {
        let (number, may_have) = match kind {
            SubjectKind::Action => (3, Field::Hours.bit() | Field::Minutes.bit()),
            SubjectKind::Deliverable => (4, 0),
            SubjectKind::Event => (5, 0),
        };
        let fields = (Field::Name.bit(), may_have);
        Row::moment(number, kind.noun(), SubjectKind::PLACE_IN_DAY, fields)
    }

    fn void() -> Row {
        let (noun, fields) = (Noun::masculine("void", "retrait"), (Field::Ref.bit(), 0));
        Row::moment(8, noun, SubjectKind::PLACE_IN_DAY, fields)
    }
}

/// A row for each kind that only the second part of the language has. Made of it: the kind, what an event of it carries, and
/// the list of all kinds.
macro_rules! later_kinds {
    ($($(#[$doc:meta])+ $kind:ident $(($carried:ty))? => $row:expr;)+) => {
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
            $($(#[$doc])+ $kind $(($carried))?,)+
        }

        /// The kinds of event, without what they carry.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[expect(missing_docs, reason = "as in `EventKind`")]
        pub enum Kind {
            Opened,
            Milestone(Milestone),
            Subject(SubjectKind),
            Void,
            $($(#[$doc])+ $kind,)+
        }

        impl Kind {
            /// All kinds.
            pub const ALL: [Kind; 9 + [$(Kind::$kind),+].len()] = [
                Kind::Opened,
                Kind::Milestone(Milestone::Signature),
                Kind::Milestone(Milestone::Start),
                Kind::Subject(SubjectKind::Action),
                Kind::Subject(SubjectKind::Deliverable),
                Kind::Subject(SubjectKind::Event),
                Kind::Milestone(Milestone::End),
                Kind::Milestone(Milestone::Abandonment),
                Kind::Void,
                $(Kind::$kind,)+
            ];

            #[inline]
            fn row(self) -> Row {
                match self {
                    Kind::Opened => Row::opened(),
                    Kind::Milestone(milestone) => Row::of_milestone(milestone),
                    Kind::Subject(kind) => Row::of_subject(kind),
                    Kind::Void => Row::void(),
                    $(Kind::$kind => $row,)+
                }
            }
        }

        impl More {
            /// The kind, without what it carries.
            #[inline]
            pub(super) fn kind(&self) -> Kind {
                match self {
                    More::Opened { .. } => Kind::Opened,
                    More::Action { .. } => Kind::Subject(SubjectKind::Action),
                    $(More::$kind { .. } => Kind::$kind,)+
                }
            }
        }
    };
}

later_kinds! {
    /// The terms of the case change.
    Amendment(Agreement) => Row::later(9, Noun::elided("amendment", "avenant"), 0, Changes::Terms);
    /// Progress is certified: so much in all.
    Progress(Percent) => Row::later(
        10, Noun::elided("progress", "avancement"), SubjectKind::PLACE_IN_DAY, Changes::Nothing
    );
    /// The clock of the case stops.
    Suspension => Row::later(
        11, Noun::feminine("suspension", "suspension"), SubjectKind::PLACE_IN_DAY, Changes::Clock
    );
    /// It goes on.
    Resumption => Row::later(
        12, Noun::feminine("resumption", "reprise"), SubjectKind::PLACE_IN_DAY, Changes::Clock
    );
}

impl Kind {
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
        self.changes() != Changes::Nothing
    }

    /// What such an event changes, beside being a moment itself.
    #[inline]
    pub fn changes(self) -> Changes {
        self.row().changes
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

impl More {
    /// What it states that others may state without it.
    pub(super) fn stated(&self) -> (Option<&str>, Option<Hours>, Option<u32>) {
        if let More::Opened { schedule, planned, .. } = self {
            (Some(schedule), planned.hours, planned.months)
        } else if let More::Action { name, hours, .. } = self {
            (Some(name), *hours, None)
        } else {
            (None, None, None)
        }
    }

    /// The progress that it certifies, where it does.
    pub fn progress(&self) -> Option<Percent> {
        if let More::Progress(percent) = self { Some(*percent) } else { None }
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
