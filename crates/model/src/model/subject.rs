//! What has a name in a case: an action, a deliverable, an event.

use crate::lang::Lang;

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
        self.noun().bare(Lang::En)
    }
}

impl Subject {
    /// Something of this kind and name.
    pub fn new(kind: SubjectKind, name: impl Into<String>) -> Subject {
        Subject { kind, name: name.into() }
    }
}
