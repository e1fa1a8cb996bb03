//! Event files: one JSON object a line, cases interleaved in any order.
//!
//! A line whose case can be read concerns that case only, whatever else is wrong with it. A line
//! whose case cannot be read could belong to any case, and is told apart.

use crate::lang::{Lang, say};
use crate::model::{Event, Fault, read_event};
use std::collections::HashMap;

/// The longest line of an event file, in bytes.
const LONGEST_LINE: usize = 1024 * 1024;

/// A place in an event file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Which of the files, in the order in which they were read.
    pub file: u32,
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
}

/// All that is known of one case.
#[derive(Clone, Debug)]
pub struct Case {
    /// Its name.
    pub name: String,
    /// Its events, in the order of input.
    pub events: Vec<Event>,
    /// For each event, where it stands.
    pub places: Vec<Place>,
    /// Lines of this case that are no event.
    pub faults: Vec<CaseFault>,
}

/// A line that names its case and is no event.
#[derive(Clone, Debug)]
pub struct CaseFault {
    /// Where.
    pub place: Place,
    /// What is wrong with it.
    pub fault: Fault,
}

/// A line that could belong to any case.
#[derive(Clone, Debug)]
pub struct Unreadable {
    /// Where.
    pub place: Place,
    /// Why it cannot be read.
    pub reason: UnreadableReason,
}

/// Why the case of a line cannot be read.
#[derive(Clone, Debug)]
pub enum UnreadableReason {
    /// Not UTF-8.
    NotUtf8,
    /// Longer than any event.
    TooLong,
    /// The last line of a file, cut in its middle.
    Cut,
    /// The beginning of a JSON array, or of an object over several lines.
    SeveralLines,
    /// No object with a case in it.
    NoCase(Fault),
}

impl UnreadableReason {
    /// One sentence, lower case, no full stop.
    pub fn say(&self, lang: Lang) -> String {
        match self {
            UnreadableReason::NotUtf8 => {
                say!(lang, "this line is not UTF-8", "cette ligne n'est pas en UTF-8")
            }
            UnreadableReason::TooLong => say!(
                lang,
                "this line is longer than 1 MiB: it is no event",
                "cette ligne dépasse 1 Mio : ce n'est pas un événement"
            ),
            UnreadableReason::Cut => say!(
                lang,
                "the file is cut in the middle of this line",
                "le fichier est coupé au milieu de cette ligne"
            ),
            UnreadableReason::SeveralLines => say!(
                lang,
                "an event is one object on one line; this looks like a JSON array, or an object over several lines (`jq -c '.[]'` writes one a line)",
                "un événement est un objet sur une ligne ; ceci ressemble à un tableau JSON, ou à un objet sur plusieurs lignes (`jq -c '.[]'` en écrit un par ligne)"
            ),
            UnreadableReason::NoCase(fault) => fault.say(lang),
        }
    }
}

/// The cases of one or more event files.
#[derive(Clone, Debug, Default)]
pub struct Histories {
    /// The cases, in the order of their first appearance.
    pub cases: Vec<Case>,
    /// Lines that could belong to any case.
    pub unreadable: Vec<Unreadable>,
    /// How many events were read, sound or not.
    pub event_count: u64,
    by_name: HashMap<String, usize>,
    files: u32,
}

impl Histories {
    /// Reads one more file: JSON objects, one a line; blank lines are passed over.
    pub fn read(&mut self, bytes: &[u8]) {
        let file = self.files;
        self.files += 1;
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        for (number, line) in (1_u32..).zip(bytes.split_inclusive(|byte| *byte == b'\n')) {
            let whole = line.ends_with(b"\n");
            let place = Place { file, line: number, column: 1 };
            self.line(place, line, whole);
        }
    }

    fn line(&mut self, place: Place, line: &[u8], whole: bool) {
        if line.iter().all(u8::is_ascii_whitespace) {
            return;
        }
        self.event_count += 1;
        if line.len() > LONGEST_LINE {
            return self.unreadable(place, UnreadableReason::TooLong);
        }
        let Ok(text) = std::str::from_utf8(line) else {
            return self.unreadable(place, UnreadableReason::NotUtf8);
        };
        let text = text.trim_end_matches(['\n', '\r']);
        let fault = match read_event(text) {
            Ok(event) => {
                let case = self.case(&event.case);
                case.events.push(event);
                case.places.push(place);
                return;
            }
            Err(fault) => fault,
        };
        let before = text.get(..fault.offset).unwrap_or(text);
        let column = u32::try_from(before.chars().count() + 1).unwrap_or(u32::MAX);
        let place = Place { column, ..place };
        match fault.case {
            Some(name) => {
                let case = self.case(&name);
                case.faults.push(CaseFault { place, fault: fault.fault });
            }
            None => {
                let trimmed = text.trim();
                let opened = trimmed == "{" || trimmed.starts_with('[') || trimmed == "]";
                let reason = if opened {
                    UnreadableReason::SeveralLines
                } else if !whole && !trimmed.ends_with('}') {
                    UnreadableReason::Cut
                } else {
                    UnreadableReason::NoCase(fault.fault)
                };
                self.unreadable(place, reason);
            }
        }
    }

    fn unreadable(&mut self, place: Place, reason: UnreadableReason) {
        self.unreadable.push(Unreadable { place, reason });
    }

    fn case(&mut self, name: &str) -> &mut Case {
        let place = match self.by_name.get(name) {
            Some(place) => *place,
            None => {
                self.by_name.insert(name.to_owned(), self.cases.len());
                self.cases.push(Case {
                    name: name.to_owned(),
                    events: Vec::new(),
                    places: Vec::new(),
                    faults: Vec::new(),
                });
                self.cases.len() - 1
            }
        };
        #[expect(clippy::indexing_slicing, reason = "the place was found or made just above")]
        &mut self.cases[place]
    }
}
