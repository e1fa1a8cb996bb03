//! In which language a call is answered: the one that it asks for with `--lang`, or else that of most of
//! its schedule files, or else that of the session (`LC_ALL`, `LC_MESSAGES`, `LANG`).
//!
//! In: what the call says, and what its files turn out to be. Out: one language, for what is said of all
//! of the call. What is said of one file is in the language of that file, and is not decided here.

use crate::lang::Lang;
use std::sync::atomic::{AtomicU8, Ordering};

/// The language of most files of this call; nothing before they have been read.
static OF_FILES: AtomicU8 = AtomicU8::new(0);

/// Notes the languages of the schedule files that a call has read.
pub fn files_are(langs: impl IntoIterator<Item = Lang>) {
    let (mut french, mut all) = (0_usize, 0_usize);
    for lang in langs {
        french += usize::from(lang == Lang::Fr);
        all += 1;
    }
    if all > 0 {
        OF_FILES.store(if french * 2 > all { 2 } else { 1 }, Ordering::Relaxed);
    }
}

/// Whether any have been read.
pub fn files_are_known() -> bool {
    OF_FILES.load(Ordering::Relaxed) > 0
}

/// The language of the answer as far as it is known by now.
pub fn of_answer(asked: Option<Lang>) -> Lang {
    asked.unwrap_or_else(|| match OF_FILES.load(Ordering::Relaxed) {
        1 => Lang::En,
        2 => Lang::Fr,
        _ => of_session(),
    })
}

/// The language of the session: French where it says so, English otherwise.
fn of_session() -> Lang {
    let stated = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    let is_french = |locale: String| {
        let language = locale.split(['_', '-', '.', '@']).next().unwrap_or_default();
        language.eq_ignore_ascii_case("fr")
    };
    if stated.is_some_and(is_french) { Lang::Fr } else { Lang::En }
}
