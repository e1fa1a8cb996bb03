//! Which folded word belongs to which vocabulary.

use super::words::{self, PARTS};
use crate::lang::Lang;
use foldhash::HashMap;
use std::sync::LazyLock;

/// The parts of all words. Words of both vocabularies (`action`, `signature`, `total`) tell nothing.
static VOCABULARIES: LazyLock<HashMap<&str, Option<Lang>>> =
    LazyLock::new(|| PARTS.iter().copied().collect());

/// The vocabulary to which a folded word belongs, if to one only.
pub fn of(word: &str) -> Option<Lang> {
    VOCABULARIES.get(word).copied().flatten()
}

/// Whether a folded word belongs to both vocabularies and begins no item.
pub fn is_shared(word: &str) -> bool {
    VOCABULARIES.get(word) == Some(&None) && words::item_shape(word).is_none()
}
