//! A piece of an event file, read: whole lines, each on its own, in their order.
//!
//! Reading a block needs nothing but its bytes, so blocks can be read side by side; what they hold
//! is then taken into [`Histories`](super::Histories) in the order of the file.

use super::csv_header::CsvHeader;
use super::entry::NONE;
use super::readings::{Cut, Marks};
use super::scan;
use super::span::{DECODED, Span};
use super::wrong_lines::UnreadableReason;
use crate::calendar::Date;
use crate::model::{Event, Fault, FileNames, HostNames, Kind, More, SubjectKind, read_line};
use crate::money::Hours;
use crate::plan::PlannedTerms;
use hashbrown::HashTable;
use std::hash::BuildHasher;
use std::sync::Arc;
use unicode_normalization::is_nfc;

/// The longest line of an event file, in bytes.
pub const LONGEST_LINE: usize = 1024 * 1024;

/// Lines of an event file, read.
#[derive(Default)]
pub struct Block {
    /// The lines themselves: whole ones, except for the last of a file.
    pub bytes: Vec<u8>,
    /// Whether a file begins here.
    pub begins_file: bool,
    /// How its lines are written.
    pub layout: Layout,
    /// Texts that do not stand in the bytes as they are.
    decoded: String,
    /// What each line says.
    pub said: Vec<Said>,
    /// The names that events mention, each once.
    pub names: Vec<(NameOf, Box<str>)>,
    by_name: HashTable<u32>,
    hasher: foldhash::fast::RandomState,
    /// What events say that only the second part of the language has.
    pub more: Vec<More>,
    /// How many lines there are.
    pub line_count: u32,
    /// The names that the host's columns and kinds have, where they are not ours.
    pub host: Option<Arc<HostNames>>,
    /// Lines whose days can be read in two ways, by their places in `said`.
    pub marks: Vec<(u32, Marks)>,
    /// Lines with a number that may be cut, by their places in `said`.
    pub(super) cuts: Vec<(u32, Cut)>,
}

/// How the lines of an event file are written.
#[derive(Clone, Debug, Default)]
pub enum Layout {
    /// One JSON object a line.
    #[default]
    Ndjson,
    /// Records of these columns.
    Csv(Arc<CsvHeader>),
    /// Rows, decoded: no bytes are read.
    #[cfg(feature = "arrow")]
    Rows(super::rows::Rows),
}

impl Layout {
    /// Whether its lines are rows of a sheet.
    pub(super) fn is_sheet(&self) -> bool {
        matches!(self, Layout::Csv(header) if header.sheet.is_some())
    }

    /// What messages call its columns, where it has any that are named by a first line.
    pub(super) fn names(&self) -> Option<&Arc<FileNames>> {
        match self {
            Layout::Csv(header) => Some(&header.names),
            Layout::Ndjson => None,
            #[cfg(feature = "arrow")]
            Layout::Rows(_) => None,
        }
    }
}

/// Of what a name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NameOf {
    /// Something with a name in the case.
    Subject(SubjectKind),
    /// A schedule.
    Schedule,
    /// An event that is withdrawn.
    Void,
}

/// One line.
pub struct Said {
    /// Its number in the block, from 0.
    pub line: u32,
    /// What it says.
    pub what: LineSays,
}

/// What a line says.
pub enum LineSays {
    /// An event.
    Event(Sound),
    /// Something about a case that is no event: the column, in characters, and what is wrong.
    Fault(Box<(String, u32, Fault)>),
    /// Something about any case, perhaps.
    Unreadable(Box<(u32, UnreadableReason)>),
}

impl LineSays {
    pub(super) fn fault(case: String, column: u32, fault: Fault) -> LineSays {
        LineSays::Fault(Box::new((case, column, fault)))
    }

    pub(super) fn unreadable(column: u32, reason: UnreadableReason) -> LineSays {
        LineSays::Unreadable(Box::new((column, reason)))
    }
}

/// An event, its texts in the block.
#[derive(Clone, Copy)]
pub struct Sound {
    /// Its case.
    pub case: Span,
    /// Its id; empty if it has none.
    pub id: Span,
    /// Its date.
    pub date: Date,
    /// Its kind.
    pub kind: Kind,
    /// The place in [`Block::names`] of what it names, or [`NONE`].
    pub name: u32,
    /// Its hours, or the planned hours; or [`NONE`]. More than an event may state fit.
    pub hours: u32,
    /// The planned months, or [`NONE`].
    pub months: u32,
    /// The place in [`Block::more`] of what it says of the second part, or [`NONE`].
    pub more: u32,
}

impl Sound {
    /// An event; what it states of hours and months comes last.
    #[inline]
    pub fn new(
        kind: Kind,
        date: Date,
        case: Span,
        id: Span,
        name: Option<u32>,
        (hours, months): (Option<Hours>, Option<u32>),
    ) -> Sound {
        let hours = hours.and_then(|hours| u32::try_from(hours.0).ok()).unwrap_or(NONE);
        let (name, months) = (name.unwrap_or(NONE), months.unwrap_or(NONE));
        Sound { case, id, date, kind, name, hours, months, more: NONE }
    }

    /// What it states of a case that it opens.
    pub fn terms(&self) -> PlannedTerms {
        let hours = Some(self.hours).filter(|hours| *hours != NONE);
        PlannedTerms {
            hours: hours.map(|hours| Hours(i64::from(hours))),
            months: Some(self.months).filter(|months| *months != NONE),
        }
    }
}

impl NameOf {
    /// What an event of a kind names, if it names anything.
    pub(super) fn kind(kind: Kind) -> Option<NameOf> {
        match kind.subject() {
            Some(kind) => Some(NameOf::Subject(kind)),
            None if kind == Kind::Opened => Some(NameOf::Schedule),
            None if kind == Kind::Void => Some(NameOf::Void),
            None => None,
        }
    }
}

impl Block {
    /// Forgets what was read; what there is room for is kept.
    pub fn clear(&mut self) {
        self.bytes.clear();
        self.forget();
    }

    fn forget(&mut self) {
        self.decoded.clear();
        self.said.clear();
        self.names.clear();
        self.by_name.clear();
        self.more.clear();
        self.marks.clear();
        self.cuts.clear();
        self.line_count = 0;
    }

    /// Reads the lines.
    pub fn read(&mut self) {
        self.forget();
        match self.layout.clone() {
            Layout::Ndjson => self.read_ndjson(),
            Layout::Csv(header) => self.read_csv(&header),
            #[cfg(feature = "arrow")]
            Layout::Rows(rows) => self.read_rows(&rows),
        }
    }

    /// Reads JSON objects, one a line.
    fn read_ndjson(&mut self) {
        // Taken out while it is read, so that what is read can be noted.
        let bytes = std::mem::take(&mut self.bytes);
        let text = simdutf8::basic::from_utf8(&bytes).ok();
        // Where a name of ours means something else, no line is certain.
        let text = text.filter(|_| !self.host.as_ref().is_some_and(|host| host.redefines()));
        let mut start = 0;
        let mut case = Span::default();
        while start < bytes.len() {
            let line = self.line_count;
            if let Some((sound, end)) = text.and_then(|text| self.certain(text, start, case)) {
                case = sound.case;
                self.said.push(Said { line, what: LineSays::Event(sound) });
                start = end;
            } else {
                let rest = bytes.get(start..).unwrap_or_default();
                let length = memchr::memchr(b'\n', rest).map_or(rest.len(), |end| end + 1);
                if let Some(what) = self.slow(rest.get(..length).unwrap_or_default()) {
                    self.said.push(Said { line, what });
                }
                start += length;
            }
            self.line_count += 1;
        }
        self.bytes = bytes;
    }

    /// A text of the block.
    pub fn text(&self, span: Span) -> &[u8] {
        let (bytes, start) = match span.start.checked_sub(DECODED) {
            Some(start) => (self.decoded.as_bytes(), start as usize),
            None => (self.bytes.as_slice(), span.start as usize),
        };
        bytes.get(start..start + span.length as usize).unwrap_or_default()
    }

    /// The line at `start`, if it is certainly one sound event, and where the next one begins.
    #[inline]
    fn certain(&mut self, text: &str, start: usize, before: Span) -> Option<(Sound, usize)> {
        let (read, kind, end) = scan::line(text.as_bytes(), start, before)?;
        if end - start > LONGEST_LINE {
            return None;
        }
        let name = match NameOf::kind(kind) {
            None => None,
            Some(of) => {
                let range = read.subject.start as usize..;
                let name = text.get(range)?.get(..read.subject.length as usize)?;
                Some(self.plain_name(of, name)?)
            }
        };
        let scan::Line { case, id, date, hours, months, .. } = read;
        Some((Sound::new(kind, date, case, id, name, (hours, months)), end))
    }

    /// Any line: an event, or what is wrong with it; `None` if it is blank.
    #[cold]
    fn slow(&mut self, line: &[u8]) -> Option<LineSays> {
        if line.iter().all(u8::is_ascii_whitespace) {
            return None;
        }
        if line.len() > LONGEST_LINE {
            return Some(LineSays::unreadable(1, UnreadableReason::TooLong));
        }
        let Ok(text) = std::str::from_utf8(line) else {
            return Some(LineSays::unreadable(1, UnreadableReason::NotUtf8));
        };
        let whole = text.ends_with('\n');
        let text = text.trim_end_matches(['\n', '\r']);
        let read = read_line(text, self.host.clone().as_deref());
        self.mark(&Marks { days: read.days, ..Marks::default() });
        let fault = match read.outcome {
            Ok(event) => return Some(self.typed(&event)),
            Err(fault) => fault,
        };
        let before = text.get(..fault.offset).unwrap_or(text);
        let column = u32::try_from(before.chars().count() + 1).unwrap_or(u32::MAX);
        if let Some(case) = fault.case {
            return Some(LineSays::fault(case, column, fault.fault));
        }
        let trimmed = text.trim();
        let opened = trimmed == "{" || trimmed.starts_with('[') || trimmed == "]";
        let inside = trimmed.strip_prefix('[').and_then(|inside| inside.strip_suffix(']'));
        let is_list = inside
            .is_some_and(|inside| inside.contains(',') && !inside.trim_start().starts_with('{'));
        let reason = if is_list {
            UnreadableReason::List
        } else if opened {
            UnreadableReason::SeveralLines
        } else if !whole && !trimmed.ends_with('}') {
            UnreadableReason::Cut
        } else {
            UnreadableReason::NoCase(fault.fault)
        };
        Some(LineSays::unreadable(column, reason))
    }

    /// Notes what the next line has of days that can be read in two ways.
    pub(super) fn mark(&mut self, marks: &Marks) {
        if *marks != Marks::default() {
            self.marks.push((u32::try_from(self.said.len()).unwrap_or(u32::MAX), *marks));
        }
    }

    /// Notes that the next line has a number that may be cut.
    pub(super) fn mark_cut(&mut self, cut: Cut) {
        self.cuts.push((u32::try_from(self.said.len()).unwrap_or(u32::MAX), cut));
    }

    /// An event that is typed already.
    pub fn typed(&mut self, event: &Event) -> LineSays {
        let (name, hours, months) = event.kind.stated();
        let name = NameOf::kind(event.kind.kind()).zip(name);
        let more = event.kind.more().map(|more| {
            self.more.push(more.clone());
            u32::try_from(self.more.len() - 1).unwrap_or(NONE)
        });
        let name = name.map(|(of, name)| self.name(of, name));
        let case = self.decode(&event.case);
        let id = event.id.as_deref().map_or(Span::default(), |id| self.decode(id));
        let (kind, date) = (event.kind.kind(), event.date);
        let sound = Sound::new(kind, date, case, id, name, (hours, months));
        LineSays::Event(Sound { more: more.unwrap_or(NONE), ..sound })
    }

    /// Keeps a text that does not stand in the bytes.
    pub fn decode(&mut self, text: &str) -> Span {
        let start = DECODED.saturating_add(u32::try_from(self.decoded.len()).unwrap_or(u32::MAX));
        self.decoded.push_str(text);
        Span { start, length: u32::try_from(text.len()).unwrap_or(u32::MAX) }
    }

    /// The place of a name that is as schedules compare it, or has been seen to be; else `None`.
    #[inline]
    pub(super) fn plain_name(&mut self, of: NameOf, name: &str) -> Option<u32> {
        if let Some(place) = self.known(of, name) {
            return Some(place);
        }
        let plain = name.trim() == name && (of == NameOf::Void || is_nfc(name));
        plain.then(|| self.name(of, name))
    }

    #[inline]
    fn known(&self, of: NameOf, name: &str) -> Option<u32> {
        let hash = self.hasher.hash_one((of, name));
        let same = |place: &u32| {
            let known = self.names.get(*place as usize);
            known.is_some_and(|(known_of, known)| *known_of == of && **known == *name)
        };
        self.by_name.find(hash, same).copied()
    }

    /// The place of a name, new or known.
    fn name(&mut self, of: NameOf, name: &str) -> u32 {
        if let Some(place) = self.known(of, name) {
            return place;
        }
        let place = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.names.push((of, name.into()));
        let Block { names, by_name, hasher, .. } = self;
        by_name.insert_unique(hasher.hash_one((of, name)), place, |place| {
            names.get(*place as usize).map_or(0, |(of, name)| hasher.hash_one((*of, &**name)))
        });
        place
    }
}
