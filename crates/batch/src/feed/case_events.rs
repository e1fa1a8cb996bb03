//! The events of one case, wherever they stand among those of all; and of a few cases that are billed one after another.

use super::entry::{Entry, Opening};
use super::events::Histories;
use super::groups::Groups;
use crate::calendar::Date;
use crate::model::{Kind, More};
use std::hint::black_box;
use std::ops::Range;

impl Histories {
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

    /// What an event says that only the second part of the language has.
    pub fn more(&self, event: u32) -> Option<&'h More> {
        if self.histories.more.is_empty() {
            return None;
        }
        self.histories.more.get(&self.place(event))
    }

    /// How an event opens its case, where it does.
    pub fn opening(&self, event: u32) -> Option<&'h Opening> {
        let entry = self.entry(event).filter(|entry| entry.kind() == Kind::Opened)?;
        self.histories.openings.get(entry.name as usize)
    }

    /// The sender's name for an event.
    pub fn id(&self, event: u32) -> Option<&'h str> {
        let bytes = self.histories.texts.get_some(self.entry(event)?.id)?;
        std::str::from_utf8(bytes).ok()
    }

    /// How the case is opened: the event, and the schedule's name.
    pub fn opened(&self) -> Option<(u32, &'h str)> {
        let openings = (0..self.count).filter_map(|event| Some((event, self.opening(event)?)));
        let (event, opening) = crate::eval::first_that_counts(openings, |event| {
            let id = self.id(event)?;
            let voids = (0..self.count).find(|void| self.withdrawn_by(*void) == Some(id));
            voids.map(|_| ())
        })?;
        Some((event, self.histories.name_at(opening.schedule)))
    }

    /// The day of the first event that stands.
    pub fn first_day(&self) -> Option<Date> {
        let withdrawn: Vec<&str> =
            (0..self.count).filter_map(|event| self.withdrawn_by(event)).collect();
        let stands = |event: &u32| {
            self.entry(*event).is_some_and(|entry| entry.kind() != Kind::Void)
                && !self.id(*event).is_some_and(|id| withdrawn.contains(&id))
        };
        let days = (0..self.count).filter(stands).filter_map(|event| self.entry(event));
        days.map(Entry::date).min()
    }

    /// The id of the event that an event withdraws, where it does.
    pub fn withdrawn_by(&self, event: u32) -> Option<&'h str> {
        let entry = self.entry(event).filter(|entry| entry.kind() == Kind::Void)?;
        Some(self.histories.name_at(entry.name))
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
