//! Schedule files: generated ones in any spelling, the shipped ones with words dropped, repeated, moved
//! and put in. Nothing panics, places lie in the text, and laying out keeps meaning and comments.

use crate::strategies::config;
use checks::{layout::layout, source::source, written::written};
use proptest::prelude::*;
use proptest::sample::Index;
use reference::rng::Rng;
use std::path::Path;

const PIECES: [&str; 43] = [
    "\"",
    "«",
    "»",
    "(",
    ")",
    "#",
    "%",
    ",",
    ":",
    "1,500",
    "1_000",
    ".5",
    "\u{202e}",
    "\0",
    "\r",
    "\r\n",
    "é",
    "e\u{301}",
    "\u{a0}",
    "if ",
    "not ",
    "si ",
    "non ",
    "or ",
    "on ",
    "à l’",
    "balance ",
    "solde ",
    "2025-02-30",
    "31/12/2025",
    "999999999999999999999",
    "0",
    "-",
    "−",
    "€",
    "JPY",
    "<=",
    "≤",
    "stays open",
    "schedule \"x\" ",
    "expect nothing ",
    "\\",
    "from 4 to 10 months",
];

/// A change of the words of a text.
#[derive(Clone, Debug)]
enum Change {
    Replace(Index, &'static str),
    Insert(Index, &'static str),
    Drop(Index),
    Repeat(Index, Index),
    Swap(Index, Index),
}

fn change() -> impl Strategy<Value = Change> {
    let piece = || prop::sample::select(PIECES.to_vec());
    let place = any::<Index>;
    prop_oneof![
        (place(), piece()).prop_map(|(at, piece)| Change::Replace(at, piece)),
        (place(), piece()).prop_map(|(at, piece)| Change::Insert(at, piece)),
        place().prop_map(Change::Drop),
        (place(), place()).prop_map(|(from, to)| Change::Repeat(from, to)),
        (place(), place()).prop_map(|(one, other)| Change::Swap(one, other)),
    ]
}

fn changed(source: &str, changes: &[Change]) -> String {
    let mut words: Vec<&str> = source.split_inclusive([' ', '\n', '"']).collect();
    for change in changes {
        let count = words.len();
        if count == 0 {
            break;
        }
        match change {
            Change::Replace(at, piece) => words[at.index(count)] = piece,
            Change::Insert(at, piece) => words.insert(at.index(count), piece),
            Change::Drop(at) => drop(words.remove(at.index(count))),
            Change::Repeat(from, to) => words.insert(to.index(count), words[from.index(count)]),
            Change::Swap(one, other) => words.swap(one.index(count), other.index(count)),
        }
    }
    words.concat()
}

fn shipped() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("schedules/teo");
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect()
}

proptest! {
    #![proptest_config(config(120))]

    #[test]
    fn changed_schedules_are_read_or_refused(
        text in prop::sample::select(shipped()),
        changes in prop::collection::vec(change(), 1..7),
    ) {
        let text = changed(&text, &changes);
        source(text.as_bytes());
        layout(&text);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,80}", bytes in prop::collection::vec(any::<u8>(), 0..80)) {
        source(text.as_bytes());
        layout(&text);
        source(&bytes);
    }
}

proptest! {
    #![proptest_config(config(60))]

    #[test]
    fn generated_schedules_mean_the_same_in_every_spelling(seed in any::<u64>()) {
        written(&mut Rng::new(seed));
    }
}
