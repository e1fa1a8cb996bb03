//! The shipped schedules with pieces changed, dropped, repeated and exchanged at random: reading,
//! checking and laying out never panic, places lie within the text, and laying out twice changes
//! nothing more. `JALON_MUTATIONS` says how many are tried.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test may panic, and reads the schedules"
)]

use jalon::syntax::{FormatError, format};

/// A small generator of pseudo-random numbers (SplitMix64).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) >> 1).unwrap() % limit.max(1)
    }
}

const PIECES: &[&str] = &[
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
    "25/25/2025",
    "999999999999999999999",
    "0",
    "-",
    "−",
    "€",
    "$",
    "JPY",
    "<=",
    "≤",
    "stays open",
    "schedule \"x\" ",
    "scenario \"y\" ",
    "expect nothing ",
    "\u{fe0f}",
    "１",
    "٣",
    "\\",
    "\t",
    "from 4 to 10 months",
];

fn mutated(source: &str, random: &mut Random) -> String {
    let mut words: Vec<&str> = source.split_inclusive([' ', '\n', '"']).collect();
    for _ in 0..=random.below(6) {
        let place = random.below(words.len());
        match random.below(5) {
            0 => words[place] = PIECES[random.below(PIECES.len())],
            1 => words.insert(place, PIECES[random.below(PIECES.len())]),
            2 => drop(words.remove(place)),
            3 => words.insert(place, words[random.below(words.len())]),
            _ => {
                let other = random.below(words.len());
                words.swap(place, other);
            }
        }
        if words.is_empty() {
            return String::new();
        }
    }
    words.concat()
}

#[test]
fn nothing_panics_and_every_place_lies_in_the_text() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("schedules/teo");
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let sources: Vec<String> =
        paths.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect();
    let runs =
        std::env::var("JALON_MUTATIONS").ok().and_then(|text| text.parse().ok()).unwrap_or(800);
    let mut random = Random(7);
    let (mut sound, mut wrong) = (0_u32, 0_u32);
    for _ in 0..runs {
        let source = mutated(&sources[random.below(sources.len())], &mut random);
        let report = match jalon::compile("mutated.jalon", &source) {
            Ok(compiled) => {
                sound += 1;
                compiled.warnings
            }
            Err(report) => {
                wrong += 1;
                assert!(!report.diagnostics.is_empty());
                report
            }
        };
        for diagnostic in &report.diagnostics {
            let spans = diagnostic.others.iter().map(|(span, _)| *span);
            let edits = diagnostic.edit.iter().map(|edit| edit.span);
            for span in spans.chain(edits).chain([diagnostic.span]) {
                assert!(
                    source.get(span.start as usize..span.end as usize).is_some(),
                    "{span:?} {diagnostic:#?}\n{source}"
                );
            }
        }
        match format(&source, None) {
            Ok(text) => {
                assert_eq!(format(&text, None).ok().as_deref(), Some(text.as_str()), "{source}")
            }
            Err(FormatError::Errors(_)) => {}
            Err(FormatError::MeaningChanged) => panic!("the meaning changed\n{source}"),
        }
    }
    assert!(sound > 50 && wrong > 50, "{sound} sound, {wrong} wrong");
}
