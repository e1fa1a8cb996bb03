//! What has a name in a case: an action, a deliverable, an event.

use super::milestone::{Gender, Noun};

/// The kinds of thing that have names of their own.
#[derive(
    serde::Serialize, serde::Deserialize, Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord,
)]
pub enum SubjectKind {
    /// An action.
    Action,
    /// A deliverable.
    Deliverable,
    /// A named event.
    Event,
}

/// Something with a name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Subject {
    /// What it is.
    pub kind: SubjectKind,
    /// Its name.
    pub name: String,
}

impl SubjectKind {
    /// All kinds.
    pub const ALL: [SubjectKind; 3] =
        [SubjectKind::Action, SubjectKind::Deliverable, SubjectKind::Event];

    /// The place of what has a name among the events of one day.
    pub const PLACE_IN_DAY: u8 = 3;

    /// The name in JSON.
    pub fn name(self) -> &'static str {
        self.noun().bare(crate::lang::Lang::En)
    }

    /// What it is called.
    pub fn noun(self) -> Noun {
        match self {
            SubjectKind::Action => Noun::new("action", "action", Gender::Elided),
            SubjectKind::Deliverable => Noun::new("deliverable", "livrable", Gender::Masculine),
            SubjectKind::Event => Noun::new("event", "événement", Gender::Elided),
        }
    }
}

impl Subject {
    /// Something of this kind and name.
    pub fn new(kind: SubjectKind, name: impl Into<String>) -> Subject {
        Subject { kind, name: name.into() }
    }
}
