//! The numbers of the names that a schedule mentions, each kind of thing with names of its own.

use foldhash::HashMap;

/// A named thing that a schedule knows: an action, a deliverable or an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NameId(pub u32);

/// The kinds of thing that have names of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NameKind {
    /// An action.
    Action,
    /// A deliverable.
    Deliverable,
    /// A named event.
    Event,
}

impl NameKind {
    /// All kinds.
    pub const ALL: [NameKind; 3] = [NameKind::Action, NameKind::Deliverable, NameKind::Event];
}

impl NameId {
    /// An action that the schedule does not mention, with a name like that of one that it does: a
    /// host may have misspelt it.
    pub const LOOK_ALIKE: NameId = NameId(3);

    /// A name of this kind that the schedule does not mention.
    pub fn other(kind: NameKind) -> NameId {
        match kind {
            NameKind::Action => NameId(0),
            NameKind::Deliverable => NameId(1),
            NameKind::Event => NameId(2),
        }
    }

    /// Whether the schedule mentions the name.
    pub fn is_known(self) -> bool {
        self.0 > 3
    }
}

/// The numbers of names.
#[derive(Clone, Debug, Default)]
pub struct Names {
    actions: HashMap<String, NameId>,
    deliverables: HashMap<String, NameId>,
    events: HashMap<String, NameId>,
}

impl Names {
    /// The names of a kind.
    pub fn of(&self, kind: NameKind) -> &HashMap<String, NameId> {
        match kind {
            NameKind::Action => &self.actions,
            NameKind::Deliverable => &self.deliverables,
            NameKind::Event => &self.events,
        }
    }

    /// The number of a name.
    #[inline]
    pub fn find(&self, kind: NameKind, name: &str) -> Option<NameId> {
        self.of(kind).get(name).copied()
    }

    /// Notes a name that is new.
    pub fn insert(&mut self, kind: NameKind, name: &str, id: NameId) {
        let names = match kind {
            NameKind::Action => &mut self.actions,
            NameKind::Deliverable => &mut self.deliverables,
            NameKind::Event => &mut self.events,
        };
        names.insert(name.to_owned(), id);
    }
}
