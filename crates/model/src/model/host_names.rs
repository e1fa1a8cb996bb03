//! The names that a host's own files have: in, which of its columns is which field, which of its kinds is
//! which of ours, and which columns are no part of events; out, the field or kind of a name. A name that is
//! not listed is read as if there were no list.

use super::french::folded;
use super::{Field, Kind};
use std::collections::HashMap;

/// The names of a host.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HostNames {
    columns: Names<Option<Field>>,
    kinds: Names<Kind>,
}

/// What names mean, as they are listed and in whatever capitals: else a word that the list gives another meaning would
/// have ours in capitals.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Names<T> {
    listed: HashMap<String, T>,
    /// The same without capitals and accents; of several that differ in these alone, the first.
    folded: HashMap<String, T>,
}

impl<T> Default for Names<T> {
    fn default() -> Self {
        Names { listed: HashMap::new(), folded: HashMap::new() }
    }
}

impl<T: Copy> Names<T> {
    /// Lists a name. False if it is listed already.
    fn add(&mut self, name: &str, meaning: T) -> bool {
        self.folded.entry(folded(name)).or_insert(meaning);
        self.listed.insert(name.to_owned(), meaning).is_none()
    }

    fn find(&self, name: &str) -> Option<T> {
        // Most files have no list.
        if self.listed.is_empty() {
            return None;
        }
        self.listed.get(name).or_else(|| self.folded.get(&folded(name))).copied()
    }
}

impl HostNames {
    /// A column of the host's is this field, or is left out. False if the column is listed already.
    pub fn column(&mut self, name: &str, field: Option<Field>) -> bool {
        self.columns.add(name, field)
    }

    /// A kind of the host's is this one. False if it is listed already.
    pub fn add_kind(&mut self, name: &str, kind: Kind) -> bool {
        self.kinds.add(name, kind)
    }

    /// What a column is: a field, or left out (`Some(None)`); `None` if it is not listed.
    pub fn field(&self, column: &str) -> Option<Option<Field>> {
        self.columns.find(column)
    }

    /// What a kind is, if it is listed.
    pub fn kind(&self, name: &str) -> Option<Kind> {
        self.kinds.find(name)
    }

    /// Whether a name of ours means something else here, so that no line can be read without the list.
    pub fn redefines(&self) -> bool {
        let is_column = |field: Field| self.columns.folded.contains_key(&folded(field.name()));
        let is_kind = |kind: Kind| self.kinds.folded.contains_key(&folded(kind.name()));
        Field::ALL.into_iter().any(is_column) || Kind::ALL.into_iter().any(is_kind)
    }
}
