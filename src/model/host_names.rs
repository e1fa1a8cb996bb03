//! The names that a host's own files have: in, which of its columns is which field, which of its kinds is
//! which of ours, and which columns are no part of events; out, the field or kind of a name. A name that is
//! not listed is read as if there were no list.

use super::{Field, Kind};
use std::collections::HashMap;

/// The names of a host.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HostNames {
    columns: HashMap<String, Option<Field>>,
    kinds: HashMap<String, Kind>,
}

impl HostNames {
    /// A column of the host's is this field, or is left out. False if the column is listed already.
    pub fn column(&mut self, name: &str, field: Option<Field>) -> bool {
        self.columns.insert(name.to_owned(), field).is_none()
    }

    /// A kind of the host's is this one. False if it is listed already.
    pub fn add_kind(&mut self, name: &str, kind: Kind) -> bool {
        self.kinds.insert(name.to_owned(), kind).is_none()
    }

    /// What a column is: a field, or left out (`Some(None)`); `None` if it is not listed.
    pub fn field(&self, column: &str) -> Option<Option<Field>> {
        listed(&self.columns, column)
    }

    /// What a kind is, if it is listed.
    pub fn kind(&self, name: &str) -> Option<Kind> {
        listed(&self.kinds, name)
    }

    /// Whether a name of ours means something else here, so that no line can be read without the list.
    pub fn redefines(&self) -> bool {
        self.columns.keys().any(|name| Field::find(name).is_some())
            || self.kinds.keys().any(|name| Kind::find(name).is_some())
    }
}

/// What is listed under a name, whatever its capitals and accents where no name is written just so: else a word that the
/// list gives another meaning would have ours in capitals.
fn listed<T: Copy>(names: &HashMap<String, T>, name: &str) -> Option<T> {
    if let Some(exact) = names.get(name) {
        return Some(*exact);
    }
    let folded = super::french::folded(name);
    let mut alike: Vec<_> =
        names.iter().filter(|(listed, _)| super::french::folded(listed) == folded).collect();
    // Of several that differ in their capitals, always the same.
    alike.sort_by_key(|(listed, _)| *listed);
    alike.first().map(|(_, meaning)| **meaning)
}
