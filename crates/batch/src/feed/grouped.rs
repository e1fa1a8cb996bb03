//! Files whose events stand together case by case: histories that are billed and forgotten as they
//! are read.

use super::entry::{NONE, Opening};
use super::events::Histories;
use super::texts::TextRef;
use crate::model::Kind;
use hashbrown::HashTable;
use std::hash::BuildHasher;

/// Which cases have come before: 64 bits of each name, which is all that is kept of a case that has
/// been billed. (That two of ten million names have the same 64 bits has a chance of one in 300,000;
/// the file would then be refused.)
#[derive(Default)]
pub struct Seen {
    hashes: HashTable<u64>,
    hasher: foldhash::quality::RandomState,
}

impl Histories {
    /// Whether so little has been read that it is worth reading on before cases are billed.
    pub fn is_small(&self) -> bool {
        self.entries.len() < 20_000
    }

    /// A case whose events do not stand together.
    pub fn scattered_case(&self) -> Option<String> {
        Some(self.name_of(self.scattered? as usize)?.to_owned())
    }

    /// A case that has come before, in what has been forgotten. All but the last are noted.
    pub fn seen_again(&self, seen: &mut Seen) -> Option<String> {
        let before_last = self.cases.len().saturating_sub(1);
        for (place, name) in self.cases.iter().enumerate() {
            let hash = seen.hasher.hash_one(self.case_names.get(*name));
            if seen.hashes.find(hash, |known| *known == hash).is_some() {
                return self.name_of(place).map(str::to_owned);
            }
            if place < before_last {
                seen.hashes.insert_unique(hash, hash, |hash| *hash);
            }
        }
        None
    }

    /// Forgets all cases but the last, of which more may come.
    pub fn keep_last_case(&mut self) {
        let Some(last) = self.cases.len().checked_sub(1) else { return };
        let mut kept = Histories::default();
        (kept.files, kept.lines) = (std::mem::take(&mut self.files), self.lines);
        kept.sheets = std::mem::take(&mut self.sheets);
        // All events but those of the last case belong to files that have been accounted for.
        let events = self.events(last);
        let before = events.place(0);
        kept.files.iter_mut().for_each(|first| *first = first.saturating_sub(before));
        if let Some(name) = self.cases.get(last) {
            kept.case_of(self.case_names.get(*name));
        }
        for event in 0..events.count {
            let Some(entry) = events.entry(event) else { continue };
            let mut entry = *entry;
            let name_of = |place: u32| self.names.get(place as usize);
            if entry.kind() == Kind::Opened {
                if let Some(opening) = self.openings.get(entry.name as usize) {
                    let schedule = name_of(opening.schedule);
                    let schedule = schedule.map_or(NONE, |(of, name)| kept.name(*of, name));
                    entry.name = kept.opening(Opening { schedule, ..*opening });
                }
            } else if let Some((of, name)) = name_of(entry.name) {
                entry.name = kept.name(*of, name);
            }
            entry.id = match self.texts.get_some(entry.id) {
                Some(id) => kept.texts.push(id),
                None => TextRef::NONE,
            };
            entry.case = 0;
            if let Some(more) = self.more.get(&events.place(event)) {
                kept.more.insert(kept.entries.len(), more.clone());
            }
            kept.push(entry, self.place_of(events.place(event)).line);
        }
        if let Some(faults) = u32::try_from(last).ok().and_then(|last| self.faults.remove(&last)) {
            kept.faults.insert(0, faults);
        }
        kept.readings = std::mem::take(&mut self.readings);
        kept.readings.keep_case(u32::try_from(last).unwrap_or(u32::MAX));
        kept.move_to(self);
        *self = kept;
    }

    /// Moves to where others stood that are forgotten: there is room for as much again.
    fn move_to(&mut self, others: &mut Histories) {
        fn move_to<T>(kept: &mut Vec<T>, room: &mut Vec<T>) {
            room.clear();
            room.append(kept);
            std::mem::swap(kept, room);
        }
        move_to(&mut self.entries, &mut others.entries);
        move_to(self.texts.bytes(), others.texts.bytes());
        move_to(&mut self.map, &mut others.map);
        move_to(&mut self.cases_of_block, &mut others.cases_of_block);
    }
}
