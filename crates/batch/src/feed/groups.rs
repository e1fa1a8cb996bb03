//! Where the events of each case are: put together once all have been read.

use super::entry::Entry;

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

impl Groups {
    /// Puts the events of each of so many cases together; where they stand so already, `in_order`, they stay where they are.
    pub fn put(&mut self, cases: usize, entries: &[Entry], in_order: bool) {
        let Groups { first, starts, order } = self;
        *first = 0;
        starts.clear();
        order.clear();
        starts.resize(cases + 1, 0);
        for entry in entries {
            if let Some(count) = starts.get_mut(entry.case as usize + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for start in starts.iter_mut() {
            sum += *start;
            *start = sum;
        }
        if in_order {
            return;
        }
        let mut next = starts.clone();
        order.resize(entries.len(), 0);
        for (place, entry) in (0..).zip(entries) {
            if let Some(next) = next.get_mut(entry.case as usize) {
                if let Some(slot) = order.get_mut(*next as usize) {
                    *slot = place;
                }
                *next += 1;
            }
        }
    }
}
