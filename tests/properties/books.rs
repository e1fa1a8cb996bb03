//! What the program makes of generated pairs: books of schedules, histories from event lines, lines billed.

use crate::strategies::Pair;
use jalon::feed::{Biller, Book, Histories};
use jalon::plan::PlannedTerms;
use jalon::{Date, Event, EventKind, InvoiceLine};

/// The schedules of a text.
pub fn book(source: &str) -> Book {
    let mut book = Book::default();
    for plan in jalon::compile("generated.jalon", source).expect("sound").schedules {
        book.add(plan).expect("one of a name");
    }
    book
}

/// Events as lines of JSON.
pub fn ndjson(events: &[Event]) -> String {
    events.iter().map(|event| serde_json::to_string(event).expect("JSON") + "\n").collect()
}

/// The cases of an event file.
pub fn histories(text: &str) -> Histories {
    let mut histories = Histories::default();
    histories.read(text.as_bytes());
    histories
}

/// The lines of each case; `None` where it is withheld.
pub fn billed(book: &Book, histories: &Histories, as_of: Date) -> Vec<Option<Vec<InvoiceLine>>> {
    let mut biller = Biller::new(book);
    (0..histories.case_count())
        .map(|case| {
            let mut lines = Vec::new();
            biller.bill(histories, case, as_of).ok()?.each_line(|line| lines.push(line.to_line()));
            Some(lines)
        })
        .collect()
}

/// The lines of one case; `None` where it is withheld, or has no event.
pub fn one(book: &Book, events: &[Event], as_of: Date) -> Option<Vec<InvoiceLine>> {
    billed(book, &histories(&ndjson(events)), as_of).into_iter().next().flatten()
}

/// The cases of several pairs, each under its own name and on its own schedule.
pub struct Portfolio {
    pub book: Book,
    pub source: String,
    pub cases: Vec<Vec<Event>>,
}

impl Portfolio {
    /// Puts pairs together; a case without events is left out.
    pub fn new(pairs: &[Pair]) -> Portfolio {
        let (mut source, mut cases) = (String::new(), Vec::new());
        for (place, pair) in pairs.iter().enumerate() {
            let mut pair = pair.clone();
            let new = format!("schedule {place}");
            let old = std::mem::replace(&mut pair.schedule.name, new.clone());
            // A mark of the byte order may stand at the beginning of a file only.
            source.push_str(pair.source().trim_start_matches('\u{feff}'));
            source.push('\n');
            let mut events = pair.events();
            for event in &mut events {
                event.case = format!("case {place}");
                if let EventKind::Opened { schedule, .. } = &mut event.kind
                    && *schedule == old
                {
                    schedule.clone_from(&new);
                }
            }
            open(&mut events, &new);
            if !events.is_empty() {
                cases.push(events);
            }
        }
        Portfolio { book: book(&source), source, cases }
    }

    /// The events of all cases, in turns.
    pub fn interleaved(&self) -> Vec<Event> {
        let most = self.cases.iter().map(Vec::len).max().unwrap_or(0);
        let turn = |at: usize| self.cases.iter().filter_map(move |events| events.get(at).cloned());
        (0..most).flat_map(turn).collect()
    }
}

/// A case that the caller opened is opened by its first event.
fn open(events: &mut Vec<Event>, schedule: &str) {
    let Some(first) = events.iter().min_by_key(|event| event.date).cloned() else { return };
    if events.iter().all(|event| event.kind.opens().is_none()) {
        let schedule = schedule.to_owned();
        let kind = EventKind::Opened { schedule, planned: PlannedTerms::default() };
        events.insert(0, Event { id: None, kind, ..first });
    }
}
