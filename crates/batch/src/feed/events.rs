//! Event files as a whole: their cases, interleaved in any order, each event in 20 bytes
//! and what its id takes.
//!
//! A line whose case can be read concerns that case only, whatever else is wrong with it. A line
//! whose case cannot be read could belong to any case, and is told apart.

use super::block::{Block, LineSays, NameOf, Said, Sound};
use super::entry::{Entry, NONE, Opening};
use super::few::Few;
use super::groups::Groups;
use super::place::Place;
use super::readings::{Readings, ToldOnce};
use super::span::Span;
use super::texts::{TextRef, TextStore, same};
use super::wrong_lines::{CaseFault, Unreadable};
use crate::model::{Fault, Kind, More};
use foldhash::HashMap;

/// The cases of one or more event files.
#[derive(Default)]
pub struct Histories {
    /// Lines that could belong to any case.
    pub unreadable: Few<Unreadable>,
    /// How many events were read, sound or not.
    pub event_count: u64,
    /// The ids of events.
    pub(super) texts: TextStore,
    /// The names of the cases: apart from ids, of which there are many more, so that they lie close together
    /// where they are looked for.
    pub(super) case_names: TextStore,
    /// Where they are, in the order of their first appearance.
    pub(super) cases: Vec<TextRef>,
    /// For each case, the one that came after it the last time, or [`NONE`].
    followers: Vec<u32>,
    /// The events of all cases, in the order of input.
    pub(super) entries: Vec<Entry>,
    /// For each case that has any, its lines that are no event.
    pub(super) faults: HashMap<u32, Few<CaseFault>>,
    /// The names that events mention.
    pub(super) names: Vec<(NameOf, Box<str>)>,
    by_name: HashMap<(NameOf, Box<str>), u32>,
    /// How cases are opened: few, since cases of one schedule plan much the same.
    pub(super) openings: Vec<Opening>,
    by_opening: HashMap<Opening, u32>,
    /// What events say that only the second part of the language has, by their places.
    pub(super) more: HashMap<usize, More>,
    /// For each file, how many events came before it.
    pub(super) files: Vec<usize>,
    /// Which of them are sheets of workbooks.
    pub(super) sheets: Vec<u32>,
    /// Where an event does not stand on the line after that of the event before it: which event,
    /// and its line.
    pub(super) breaks: Vec<(usize, u32)>,
    /// The file and the line of each event, where they have been put away and brought back.
    pub(super) places: Vec<(u32, u32)>,
    /// The line on which the next event stands, if no such break comes first.
    pub(super) next_line: u32,
    /// The lines of the file that is being read, so far.
    pub(super) lines: u32,
    /// The case of the last event, which is often that of the next.
    last: Option<u32>,
    /// For so many runs of lines to come, no case is expected to follow the one that it followed before.
    disordered: u32,
    /// How many cases have been looked for.
    looked_for: u64,
    /// A case whose events do not stand together, if there is one.
    pub(super) scattered: Option<u32>,
    /// For each name of a block, its place here.
    pub(super) map: Vec<u32>,
    /// For each line of a block, its case.
    pub(super) cases_of_block: Vec<u32>,
    pub(super) groups: Groups,
    /// Days that other lines may speak against.
    pub(super) readings: Readings,
}

impl Histories {
    /// Reads one more file: JSON objects, one a line; blank lines are passed over.
    pub fn read(&mut self, bytes: &[u8]) {
        let mut block = Block::default();
        block.begins_file = true;
        block.bytes.extend_from_slice(bytes.strip_prefix(super::BOM).unwrap_or(bytes));
        block.read();
        self.take(&block);
        self.group();
    }

    /// Takes what a block has read.
    pub fn take(&mut self, block: &Block) {
        if block.begins_file {
            self.files.push(self.entries.len());
            self.lines = 0;
        }
        self.map.clear();
        for (of, name) in &block.names {
            let place = self.name(*of, name);
            self.map.push(place);
        }
        let file = u32::try_from(self.files.len()).unwrap_or(u32::MAX).saturating_sub(1);
        let sheet = block.layout.is_sheet();
        if block.begins_file && sheet {
            self.sheets.push(file);
        }
        let whole = u32::from(!sheet);
        self.event_count += block.said.len() as u64;
        let mut cases = std::mem::take(&mut self.cases_of_block);
        self.find_cases(block, &mut cases);
        for (said, case) in block.said.iter().zip(&cases) {
            let line = self.lines.saturating_add(said.line).saturating_add(1);
            let place = |column: u32| Place { file, line, column, sheet };
            match &said.what {
                LineSays::Event(event) => self.event(block, event, *case, line),
                LineSays::Fault(wrong) => {
                    let (_, column, fault) = &**wrong;
                    let fault = CaseFault { place: place(*column), fault: fault.clone() };
                    self.faults.entry(*case).or_default().push(fault);
                }
                LineSays::Unreadable(wrong) => {
                    let (column, reason) = &**wrong;
                    let (place, reason) = (place(*column), reason.clone());
                    self.unreadable.push(Unreadable { place, reason });
                }
            }
        }
        for (said, marks) in &block.marks {
            let Some((said, case)) = block.said.get(*said as usize).zip(cases.get(*said as usize))
            else {
                continue;
            };
            let line = self.lines.saturating_add(said.line).saturating_add(1);
            let case = Some(*case).filter(|_| matches!(said.what, LineSays::Event(_)));
            let names = block.layout.names();
            let place = Place { file, line, column: whole, sheet };
            self.readings.take(place, case, marks, names);
        }
        for (said, cut) in &block.cuts {
            let place = *said as usize;
            if let Some((said, case)) = block.said.get(place).zip(cases.get(place)) {
                let line = self.lines.saturating_add(said.line).saturating_add(1);
                let names = block.layout.names();
                let place = Place { file, line, column: whole, sheet };
                self.readings.take_cut(place, *case, cut, names);
            }
        }
        self.cases_of_block = cases;
        self.lines = self.lines.saturating_add(block.line_count);
    }

    /// The case of each line of a block, where it has one. They are looked for before anything else is done
    /// with the lines: a processor then waits for several at once, where each lies somewhere else in memory.
    fn find_cases(&mut self, block: &Block, cases: &mut Vec<u32>) {
        cases.clear();
        for lines in block.said.chunks(RUN) {
            if let Some(left) = self.disordered.checked_sub(1) {
                self.disordered = left;
                self.find_apart(block, lines, cases);
                continue;
            }
            let before = self.looked_for;
            let mut last: Option<(Span, u32)> = None;
            cases.extend(lines.iter().map(|said| {
                let place = match &said.what {
                    LineSays::Event(event) => Some(event.case),
                    LineSays::Fault(_) | LineSays::Unreadable(_) => None,
                };
                // Where the name stands in the same place, the line before has been of the same case.
                let same = last.filter(|(last, _)| Some(*last) == place);
                let case = match (same, name_in(block, said)) {
                    (Some((_, case)), _) => case,
                    (None, Some(name)) => self.case_of(name),
                    (None, None) => NONE,
                };
                last = place.map(|place| (place, case));
                case
            }));
            if self.looked_for - before > RUN as u64 / 4 {
                self.disordered = RUNS_APART;
            }
        }
    }

    /// The cases of lines that are each of another case, in no order. All are looked for in the table before the
    /// first is compared with what was found: each step is the same for all of them and needs nothing
    /// of what another found.
    fn find_apart(&mut self, block: &Block, lines: &[Said], cases: &mut Vec<u32>) {
        let mut names: [&[u8]; RUN] = [&[]; RUN];
        for (name, said) in names.iter_mut().zip(lines) {
            *name = name_in(block, said).unwrap_or_default();
        }
        let mut hashes = [0; RUN];
        for (hash, name) in hashes.iter_mut().zip(&names) {
            *hash = self.case_names.hash(name);
        }
        let mut likely = [None; RUN];
        for (likely, hash) in likely.iter_mut().zip(&hashes) {
            *likely = self.case_names.likely(*hash);
        }
        let mut known = [None; RUN];
        for ((known, likely), name) in known.iter_mut().zip(&likely).zip(&names) {
            *known = likely.filter(|(text, _)| same(self.case_names.get(*text), name));
        }
        for ((name, said), (hash, known)) in names.iter().zip(lines).zip(hashes.iter().zip(known)) {
            cases.push(match known {
                _ if matches!(said.what, LineSays::Unreadable(_)) => NONE,
                Some((_, place)) => self.follows(place, false),
                None => self.look_for(name, *hash),
            });
        }
    }

    #[inline]
    fn event(&mut self, block: &Block, event: &Sound, case: u32, line: u32) {
        let id =
            if event.id.is_empty() { TextRef::NONE } else { self.texts.push(block.text(event.id)) };
        let mut name = self.map.get(event.name as usize).copied().unwrap_or(NONE);
        if event.kind == Kind::Opened {
            name = self.opening(Opening { schedule: name, terms: event.terms() });
        }
        if let Some(more) = block.more.get(event.more as usize) {
            self.more.insert(self.entries.len(), more.clone());
        }
        let when = event.date.bits() << 4 | event.kind.number();
        self.push(Entry { when, name, hours: event.hours, case, id }, line);
    }

    /// Puts the events of each case together: to be done when all have been taken.
    pub fn group(&mut self) {
        self.groups.put(self.cases.len(), &self.entries, self.scattered.is_none());
    }

    /// Adds an event that stands on this line.
    #[inline]
    pub(super) fn push(&mut self, entry: Entry, line: u32) {
        if line != self.next_line {
            self.breaks.push((self.entries.len(), line));
        }
        self.next_line = line.saturating_add(1);
        self.entries.push(entry);
    }

    /// The case of this name, new or known. It is often that of the event before, or the one that
    /// came after that case the last time: files of one month after another, each in the order of
    /// cases, or sessions of the same group. Only others are looked for.
    #[inline]
    pub(super) fn case_of(&mut self, name: &[u8]) -> u32 {
        let is = |case: &u32| {
            self.cases.get(*case as usize).is_some_and(|known| {
                // Numbered cases differ in their ends: most are told apart without a comparison.
                let known = self.case_names.get(*known);
                known.last() == name.last() && same(known, name)
            })
        };
        if let Some(last) = self.last.filter(is) {
            return last;
        }
        let after = self.last.and_then(|last| self.followers.get(last as usize)).copied();
        match after.filter(is) {
            Some(known) => {
                self.scattered = Some(known);
                self.last = Some(known);
                known
            }
            None => self.look_for(name, self.case_names.hash(name)),
        }
    }

    fn look_for(&mut self, name: &[u8], hash: u64) -> u32 {
        self.looked_for += 1;
        let next = u32::try_from(self.cases.len()).unwrap_or(u32::MAX);
        let (text, place) = self.case_names.intern(name, hash, next);
        let is_new = place == next;
        if is_new {
            self.cases.push(text);
            self.followers.push(NONE);
        }
        self.follows(place, is_new)
    }

    /// Notes that the next event is of this case.
    #[inline]
    fn follows(&mut self, case: u32, is_new: bool) -> u32 {
        if self.last == Some(case) {
            return case;
        }
        if !is_new {
            self.scattered = Some(case);
        }
        if let Some(after) = self.last.and_then(|last| self.followers.get_mut(last as usize)) {
            *after = case;
        }
        self.last = Some(case);
        case
    }

    pub(super) fn name(&mut self, of: NameOf, name: &str) -> u32 {
        let key = (of, Box::from(name));
        if let Some(place) = self.by_name.get(&key) {
            return *place;
        }
        let place = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.names.push(key.clone());
        self.by_name.insert(key, place);
        place
    }

    pub(super) fn opening(&mut self, opening: Opening) -> u32 {
        let next = u32::try_from(self.openings.len()).unwrap_or(u32::MAX);
        let place = *self.by_opening.entry(opening).or_insert(next);
        if place == next {
            self.openings.push(opening);
        }
        place
    }

    /// Whether there is no room for another block: for more than four thousand million events, or
    /// 4 GiB of names and ids.
    pub fn is_full(&self) -> bool {
        self.texts.is_full()
            || self.case_names.is_full()
            || self.entries.len() >= (u32::MAX - (1 << 24)) as usize
    }

    /// How many cases there are.
    pub fn case_count(&self) -> usize {
        self.cases.len()
    }

    /// The name of a case.
    pub fn name_of(&self, case: usize) -> Option<&str> {
        std::str::from_utf8(self.case_names.get(*self.cases.get(case)?)).ok()
    }

    /// The place of the case of this name.
    pub fn find(&self, name: &str) -> Option<usize> {
        self.case_names.find(name.as_bytes()).map(|place| place as usize)
    }

    /// What speaks against days that have been read, of whatever case.
    pub fn contradiction(&self) -> Option<Fault> {
        self.readings.contradiction()
    }

    /// Midnights with a zone that are read as days.
    pub fn zoned_midnights(&self) -> Option<ToldOnce> {
        self.readings.zoned_midnights()
    }

    /// Percentages of 1 or less in cells, if there are no others.
    pub fn parts_of_one(&self) -> Option<ToldOnce> {
        self.readings.parts_of_one()
    }

    /// The first lines of a case that are no event.
    pub(super) fn faults(&self, case: usize) -> &[CaseFault] {
        let case = u32::try_from(case).unwrap_or(u32::MAX);
        self.faults.get(&case).map_or(&[], Few::first)
    }

    /// The lines of a case that are no event behind the first, as far as they are kept.
    pub fn further_faults(&self, case: usize) -> &[CaseFault] {
        self.faults(case).get(1..).unwrap_or_default()
    }

    /// How many lines of a case are no event.
    pub(super) fn fault_count(&self, case: usize) -> u64 {
        let case = u32::try_from(case).unwrap_or(u32::MAX);
        self.faults.get(&case).map_or(0, Few::count)
    }

    /// Where an event stands.
    pub(super) fn place_of(&self, entry: usize) -> Place {
        let (file, line) = self.places.get(entry).copied().unwrap_or_else(|| self.counted(entry));
        let sheet = self.sheets.contains(&file);
        Place { file, line, column: u32::from(!sheet), sheet }
    }

    /// The file and the line of an event, of those that stand one after another.
    fn counted(&self, entry: usize) -> (u32, u32) {
        let file = self.files.partition_point(|first| *first <= entry).saturating_sub(1);
        let last = self.breaks.partition_point(|(first, _)| *first <= entry).checked_sub(1);
        let (first, line) = last.and_then(|last| self.breaks.get(last)).copied().unwrap_or((0, 0));
        let line = line.saturating_add(u32::try_from(entry - first).unwrap_or(u32::MAX));
        (u32::try_from(file).unwrap_or(u32::MAX), line)
    }
}

/// So many lines are a run, whose cases are looked for together where they come in no order.
const RUN: usize = 64;

/// After a run in no order, so many are taken to be in none, before one is tried again.
const RUNS_APART: u32 = 15;

/// The name of the case of a line that has one.
#[inline]
fn name_in<'b>(block: &'b Block, said: &'b Said) -> Option<&'b [u8]> {
    match &said.what {
        LineSays::Event(event) => Some(block.text(event.case)),
        LineSays::Fault(wrong) => Some(wrong.0.as_bytes()),
        LineSays::Unreadable(_) => None,
    }
}
