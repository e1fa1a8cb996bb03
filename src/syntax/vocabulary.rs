//! Which folded word belongs to which vocabulary.

use super::words::{self, WORDS};
use crate::lang::Lang;
use foldhash::{HashMap, HashSet};
use std::sync::LazyLock;

/// The parts of all words, folded, and the vocabulary to which they belong, if to one only. Words of both
/// (`action`, `signature`, `total`) tell nothing.
static VOCABULARIES: LazyLock<HashMap<String, Option<Lang>>> = LazyLock::new(|| {
    let parts = |lang: Lang| -> HashSet<String> {
        let told = WORDS.iter().filter(|word| word.tells);
        let spellings = told.flat_map(|word| lang.pick(word.english, word.french));
        let folded = spellings.map(|text| crate::diagnostic::fold_for_likeness(text));
        folded
            .flat_map(|text| words::tokens(&text).map(str::to_owned).collect::<Vec<_>>())
            .collect()
    };
    let (english, french) = (parts(Lang::En), parts(Lang::Fr));
    let of = |part: &String| match (english.contains(part), french.contains(part)) {
        (true, false) => Some(Lang::En),
        (false, true) => Some(Lang::Fr),
        (true, true) | (false, false) => None,
    };
    english.union(&french).map(|part| (part.clone(), of(part))).collect()
});

/// The vocabulary to which a folded word belongs, if to one only.
pub fn of(word: &str) -> Option<Lang> {
    VOCABULARIES.get(word).copied().flatten()
}

/// Whether a folded word belongs to both vocabularies and begins no item.
pub fn is_shared(word: &str) -> bool {
    VOCABULARIES.get(word) == Some(&None) && words::item_shape(word).is_none()
}
