//! The events of each case, put together: once all have been read, and where those of a few cases are billed.

use super::events::{Entry, Histories};
use std::hint::black_box;
use std::ops::Range;

/// Where the events of each case are, once all have been read.
#[derive(Default)]
pub struct Groups {
    /// The first case whose events are here: 0, but where others have been put away.
    pub(super) first: usize,
    /// For each case from that one on, where its events begin; and where the last one's end.
    pub(super) starts: Vec<u32>,
    /// The events' places, case by case; empty where that is their order already.
    pub(super) order: Vec<u32>,
}

impl Histories {
    /// Puts the events of each case together: to be done when all have been taken.
    pub fn group(&mut self) {
        let Groups { first, starts, order } = &mut self.groups;
        *first = 0;
        starts.clear();
        order.clear();
        starts.resize(self.cases.len() + 1, 0);
        for entry in &self.entries {
            if let Some(count) = starts.get_mut(entry.case as usize + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for start in starts.iter_mut() {
            sum += *start;
            *start = sum;
        }
        if self.scattered.is_none() {
            return;
        }
        let mut next = starts.clone();
        order.resize(self.entries.len(), 0);
        for (place, entry) in (0..).zip(&self.entries) {
            if let Some(next) = next.get_mut(entry.case as usize) {
                if let Some(slot) = order.get_mut(*next as usize) {
                    *slot = place;
                }
                *next += 1;
            }
        }
    }

    /// The events of a case.
    pub(super) fn events(&self, case: usize) -> CaseEvents<'_> {
        let Groups { first, starts, order } = &self.groups;
        let bounds = case.checked_sub(*first).and_then(|place| starts.get(place..=place + 1));
        let (start, end) = match bounds {
            Some([start, end]) => (*start, *end),
            Some(_) | None => (0, 0),
        };
        let entries = match order.is_empty() {
            true => self.entries.get(start as usize..end as usize).unwrap_or_default(),
            false => &[],
        };
        CaseEvents { histories: self, order, entries, case, start, count: end - start }
    }
}

/// The events of one case, by their places among them.
#[derive(Clone, Copy)]
pub struct CaseEvents<'h> {
    pub histories: &'h Histories,
    order: &'h [u32],
    /// They themselves, where they stand together.
    entries: &'h [Entry],
    pub case: usize,
    start: u32,
    pub count: u32,
}

impl<'h> CaseEvents<'h> {
    /// The place of an event among the events of all cases.
    #[inline]
    pub fn place(&self, event: u32) -> usize {
        let place = (self.start + event) as usize;
        self.order.get(place).map_or(place, |place| *place as usize)
    }

    /// An event.
    #[inline]
    pub fn entry(&self, event: u32) -> Option<&'h Entry> {
        let entry = self.entries.get(event as usize);
        entry.or_else(|| self.histories.entries.get(self.place(event)))
    }
}

/// The events of a few cases, put together where they do not stand so: a processor then waits for many of them
/// at once, which lie anywhere in memory.
#[derive(Default)]
pub struct Together {
    /// Whose they are, and how many events there were of all cases.
    cases: Range<usize>,
    of: usize,
    /// The place of the first among the events of all cases, case by case.
    start: u32,
    entries: Vec<Entry>,
}

impl Together {
    /// So many events are put together, or those of one case.
    const AT_ONCE: u32 = 1_000;

    /// The events of a case. Mostly those of the next case are asked for next.
    pub fn events<'h>(&'h mut self, histories: &'h Histories, case: usize) -> CaseEvents<'h> {
        let events = histories.events(case);
        if events.order.is_empty() {
            return events;
        }
        if !self.cases.contains(&case) || self.of != histories.entries.len() {
            self.put(histories, case, events.start);
        }
        let start = (events.start - self.start) as usize;
        let entries = self.entries.get(start..start + events.count as usize);
        CaseEvents { entries: entries.unwrap_or_default(), ..events }
    }

    fn put(&mut self, histories: &Histories, case: usize, start: u32) {
        let Groups { starts, order, .. } = &histories.groups;
        let after = starts.get(case + 1..).unwrap_or_default();
        let count = after.partition_point(|end| end - start <= Self::AT_ONCE).max(1);
        let end = after.get(count - 1).copied().unwrap_or(start);
        let places = order.get(start as usize..end as usize).unwrap_or_default();
        self.entries.clear();
        let entries = |place: &u32| histories.entries.get(*place as usize);
        self.entries.extend(places.iter().filter_map(entries));
        // Their ids lie elsewhere: each is asked for before the first is needed.
        let ids = self.entries.iter().filter_map(|entry| histories.texts.get_some(entry.id));
        black_box(ids.map(<[u8]>::len).sum::<usize>());
        (self.cases, self.of, self.start) = (case..case + count, histories.entries.len(), start);
    }
}
