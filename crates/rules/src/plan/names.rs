//! The numbers of the names that a schedule mentions, each kind of thing with names of its own; and
//! which letters names have, by which those that are far from each other are told apart at once.

use crate::model::SubjectKind;
use foldhash::HashMap;

/// A named thing that a schedule knows: an action, a deliverable or an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NameId(pub u32);

impl NameId {
    /// An action that the schedule does not mention, with a name like that of one that it does: a
    /// host may have misspelt it.
    pub const LOOK_ALIKE: NameId = NameId(3);

    /// A name of this kind that the schedule does not mention.
    #[inline]
    pub fn other(kind: SubjectKind) -> NameId {
        match kind {
            SubjectKind::Action => NameId(0),
            SubjectKind::Deliverable => NameId(1),
            SubjectKind::Event => NameId(2),
        }
    }

    /// Whether the schedule mentions the name.
    #[inline]
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
    /// The actions' names, in the order of their numbers, with their letters.
    letters: Vec<(String, Letters)>,
}

/// How often each letter stands in a name. Small and capital letters count as one.
#[derive(Clone, Debug, Default)]
pub struct Letters {
    counts: [u8; 32],
    /// Bytes of letters that are not ASCII: each may stand for any letter.
    others: u32,
    characters: u32,
}

impl Letters {
    /// Those of a name, composed, so that each letter is one character.
    pub fn of(name: &str) -> Letters {
        let mut letters = Letters::default();
        for byte in name.bytes() {
            match letters.counts.get_mut(usize::from(byte & 31)) {
                Some(count) if byte.is_ascii() => *count = count.saturating_add(1),
                Some(_) | None => letters.others += 1,
            }
            letters.characters += u32::from(byte & 0xC0 != 0x80);
        }
        letters
    }

    /// Whether names of these letters can be near each other. This is asked of each action of a
    /// case, and answered without looking at the order of letters: a name some edits away has all
    /// but so many of the letters.
    #[inline]
    pub fn may_be_near(&self, other: &Letters) -> bool {
        const MOST_EDITS: u32 = 3;
        if self.characters.abs_diff(other.characters) > MOST_EDITS {
            return false;
        }
        let (mut more, mut less) = (0, 0);
        for (one, other) in self.counts.iter().zip(&other.counts) {
            more += u32::from(one.saturating_sub(*other));
            less += u32::from(other.saturating_sub(*one));
        }
        more.max(less) <= MOST_EDITS + self.others + other.others
    }
}

impl Names {
    /// The names of a kind.
    #[inline]
    pub fn of(&self, kind: SubjectKind) -> &HashMap<String, NameId> {
        match kind {
            SubjectKind::Action => &self.actions,
            SubjectKind::Deliverable => &self.deliverables,
            SubjectKind::Event => &self.events,
        }
    }

    /// The number of a name.
    #[inline]
    pub fn find(&self, kind: SubjectKind, name: &str) -> Option<NameId> {
        self.of(kind).get(name).copied()
    }

    /// The actions' names, with their letters.
    pub fn actions(&self) -> impl Iterator<Item = (&str, &Letters)> {
        self.letters.iter().map(|(name, letters)| (name.as_str(), letters))
    }

    /// Notes a name that is new.
    pub fn insert(&mut self, kind: SubjectKind, name: &str, id: NameId) {
        let names = match kind {
            SubjectKind::Action => {
                self.letters.push((name.to_owned(), Letters::of(name)));
                &mut self.actions
            }
            SubjectKind::Deliverable => &mut self.deliverables,
            SubjectKind::Event => &mut self.events,
        };
        names.insert(name.to_owned(), id);
    }
}
