//! Events for which there is no room in memory: in, cases while they are read; out, runs of their events, one
//! after another in a file that the caller lends, and from these the cases again, as many at a time as there is room for.
//!
//! A run is what had been read when memory was full, case by case. Cases are numbered in the order of their first
//! appearance, in which they are billed: each run is read once, from its beginning to its end, all of them side by
//! side. What is known of a case as a whole stays in memory: its name, its lines that are no event, its
//! days that can be read in two ways; and the names that events mention.

use super::case_events::{CaseEvents, Together};
use super::entry::Entry;
use super::events::Histories;
use super::texts::TextRef;
use crate::model::More;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::ops::Range;

/// So many bytes are written or read at a time, or a few more.
const PIECE: usize = 256 * 1024;

/// Runs of events in a file.
pub struct Runs<F> {
    file: F,
    /// So many bytes of events are held in memory, about.
    room: usize,
    /// Where each run stands in the file.
    places: Vec<Range<u64>>,
    stage: Stage,
}

/// Events are put away first, and then brought back.
enum Stage {
    Away,
    Back(Back),
}

/// Runs that are being read.
struct Back {
    runs: Vec<Run>,
    /// For each run that has not ended its next case: the smallest is wanted next, of the earliest run.
    heads: BinaryHeap<Reverse<(u32, usize)>>,
    /// The next case to be brought back.
    next: usize,
}

/// A run that is being read: what comes next of it, and where the rest stands.
struct Run {
    bytes: Vec<u8>,
    /// So many of them have been taken.
    taken: usize,
    rest: Range<u64>,
    /// So many are read at a time.
    piece: usize,
}

impl<F: Read + Write + Seek> Runs<F> {
    /// No run yet. Where all events have room in so many bytes, none is written.
    pub fn new(file: F, room: usize) -> Runs<F> {
        Runs { file, room, places: Vec::new(), stage: Stage::Away }
    }

    /// How many bytes have been put away.
    pub fn size(&self) -> u64 {
        self.places.last().map_or(0, |last| last.end)
    }

    /// Puts events away, if they have no room: to be done after each block that is taken.
    pub fn relieve(&mut self, histories: &mut Histories) -> io::Result<()> {
        if histories.held() <= self.room && !histories.texts.is_full() {
            return Ok(());
        }
        histories.group();
        self.put_away(histories)
    }

    /// Puts the last events away, too, if any have been: to be done when all have been taken and
    /// put together. What cannot be written is known from here on.
    pub fn end(&mut self, histories: &mut Histories) -> io::Result<()> {
        if !self.places.is_empty() {
            self.put_away(histories)?;
        }
        // Many runs are read in smaller pieces, so that these have room together.
        let piece = (self.room / self.places.len().max(1)).clamp(PIECE / 64, PIECE);
        let run =
            |place: &Range<u64>| Run { bytes: Vec::new(), taken: 0, rest: place.clone(), piece };
        let mut runs: Vec<Run> = self.places.iter().map(run).collect();
        let mut heads = BinaryHeap::new();
        for (number, run) in runs.iter_mut().enumerate() {
            heads.extend(run.head(&mut self.file)?.map(|case| Reverse((case, number))));
        }
        self.stage = Stage::Back(Back { runs, heads, next: 0 });
        Ok(())
    }

    /// Brings the next cases back, those before them are gone: which ones these are; none when
    /// all have been. Where nothing was put away, that is all cases at once.
    pub fn next_cases(&mut self, histories: &mut Histories) -> io::Result<Option<Range<usize>>> {
        let Stage::Back(back) = &mut self.stage else { return Ok(None) };
        let (first, all) = (back.next, histories.case_count());
        if first >= all {
            return Ok(None);
        }
        if self.places.is_empty() {
            back.next = all;
            return Ok(Some(0..all));
        }
        histories.forget_events();
        histories.groups.first = first;
        back.next = all;
        let mut begun = None;
        while let Some(Reverse((case, number))) = back.heads.pop() {
            let over = histories.held() > self.room || histories.texts.is_full();
            if begun.is_some_and(|begun| begun != case) && over {
                back.heads.push(Reverse((case, number)));
                back.next = case as usize;
                break;
            }
            begun = Some(case);
            histories.begin_cases(case as usize + 1);
            let Some(run) = back.runs.get_mut(number) else { continue };
            run.bring_back(case, histories, &mut self.file)?;
            back.heads.extend(run.head(&mut self.file)?.map(|case| Reverse((case, number))));
        }
        histories.begin_cases(back.next + 1);
        Ok(Some(first..back.next))
    }

    /// Writes events that have been put together as one run, and forgets them.
    fn put_away(&mut self, histories: &mut Histories) -> io::Result<()> {
        let start = self.size();
        let (mut end, mut bytes) = (start, Vec::with_capacity(2 * PIECE));
        let mut together = Together::default();
        for case in 0..histories.case_count() {
            let events = together.events(histories, case);
            if events.count == 0 {
                continue;
            }
            let number = u32::try_from(case).unwrap_or(u32::MAX);
            write_numbers(&mut bytes, &[number, events.count]);
            for event in 0..events.count {
                write_event(&mut bytes, events, event)?;
                if bytes.len() >= PIECE {
                    self.file.write_all(&bytes)?;
                    end += bytes.len() as u64;
                    bytes.clear();
                }
            }
        }
        self.file.write_all(&bytes)?;
        self.file.flush()?;
        self.places.push(start..end + bytes.len() as u64);
        histories.forget_events();
        Ok(())
    }
}

/// In the length of an id: more follows it.
const HAS_MORE: u32 = 1 << 31;

fn write_numbers(bytes: &mut Vec<u8>, numbers: &[u32]) {
    bytes.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
}

/// Writes one event of a case.
fn write_event(bytes: &mut Vec<u8>, events: CaseEvents<'_>, event: u32) -> io::Result<()> {
    let Some(Entry { when, name, hours, id, .. }) = events.entry(event).copied() else {
        return Err(ErrorKind::InvalidData.into());
    };
    let place = events.histories.place_of(events.place(event));
    let id = events.histories.texts.get_some(id).unwrap_or_default();
    let more = events.more(event);
    let length = u32::try_from(id.len()).unwrap_or(u32::MAX);
    let length = if more.is_some() { length | HAS_MORE } else { length };
    write_numbers(bytes, &[when, name, hours, place.file, place.line, length]);
    bytes.extend_from_slice(id);
    if let Some(more) = more {
        let more = serde_json::to_vec(more)?;
        write_numbers(bytes, &[u32::try_from(more.len()).unwrap_or(u32::MAX)]);
        bytes.extend_from_slice(&more);
    }
    Ok(())
}

impl Run {
    /// The next bytes.
    fn take(&mut self, length: usize, file: &mut (impl Read + Seek)) -> io::Result<&[u8]> {
        if self.bytes.len() - self.taken < length {
            self.bytes.drain(..self.taken);
            self.taken = 0;
            let wanted = length.max(self.piece) as u64;
            let count = wanted.min(self.rest.end - self.rest.start);
            file.seek(SeekFrom::Start(self.rest.start))?;
            let read = file.take(count).read_to_end(&mut self.bytes)?;
            self.rest.start += read as u64;
        }
        let start = self.taken;
        self.taken += length;
        self.bytes.get(start..self.taken).ok_or_else(|| ErrorKind::UnexpectedEof.into())
    }

    fn numbers<const N: usize>(&mut self, file: &mut (impl Read + Seek)) -> io::Result<[u32; N]> {
        let bytes = self.take(4 * N, file)?;
        let mut numbers = [0; N];
        for (number, bytes) in numbers.iter_mut().zip(bytes.as_chunks().0) {
            *number = u32::from_le_bytes(*bytes);
        }
        Ok(numbers)
    }

    /// The next case, if the run has not ended.
    fn head(&mut self, file: &mut (impl Read + Seek)) -> io::Result<Option<u32>> {
        if self.taken == self.bytes.len() && self.rest.is_empty() {
            return Ok(None);
        }
        let [case] = self.numbers(file)?;
        Ok(Some(case))
    }

    /// Brings back the events of the next case.
    fn bring_back(
        &mut self,
        case: u32,
        histories: &mut Histories,
        file: &mut (impl Read + Seek),
    ) -> io::Result<()> {
        let [count] = self.numbers(file)?;
        for _ in 0..count {
            let [when, name, hours, in_file, line, length] = self.numbers(file)?;
            let id = match length & !HAS_MORE {
                0 => TextRef::NONE,
                // The ids of one case fill all that there is room for.
                _ if histories.texts.is_full() => return Err(ErrorKind::OutOfMemory.into()),
                length => histories.texts.push(self.take(length as usize, file)?),
            };
            if length & HAS_MORE != 0 {
                let [length] = self.numbers(file)?;
                let more: More = serde_json::from_slice(self.take(length as usize, file)?)?;
                histories.more.insert(histories.entries.len(), more);
            }
            histories.places.push((in_file, line));
            histories.entries.push(Entry { when, name, hours, case, id });
        }
        Ok(())
    }
}

impl Histories {
    /// How many bytes the events take, about, and their order when they are put together.
    fn held(&self) -> usize {
        let event = size_of::<Entry>() + size_of::<u32>();
        self.entries.len() * event
            + self.texts.length()
            + self.more.len() * 2 * size_of::<(usize, More)>()
            + self.breaks.len() * size_of::<(usize, u32)>()
            + self.places.len() * size_of::<(u32, u32)>()
    }

    /// Forgets the events; all that is known of cases, files and names is kept.
    fn forget_events(&mut self) {
        self.entries.clear();
        self.texts.bytes().clear();
        self.more.clear();
        self.breaks.clear();
        self.places.clear();
        self.groups.starts.clear();
        self.groups.order.clear();
        self.scattered = None;
        // The next event is the first one here, of the file that is being read.
        self.files.iter_mut().for_each(|first| *first = 0);
        self.next_line = 0;
    }

    /// Notes where events begin of the cases up to this one that have not begun: the next one that comes.
    fn begin_cases(&mut self, up_to: usize) {
        let start = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        let begun = up_to.saturating_sub(self.groups.first);
        if self.groups.starts.len() < begun {
            self.groups.starts.resize(begun, start);
        }
    }
}
