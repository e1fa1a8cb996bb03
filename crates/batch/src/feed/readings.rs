//! Days and percentages that are read in one way as long as nothing in the files speaks against it: in, what each line has of
//! them; out, whether a case may be billed on them.
//!
//! The midnight of a clock with a zone stands for its day, unless the same field holds other times too: then
//! the column holds moments, and its midnights are some of them. A date of a spreadsheet is read day first,
//! unless one of the same field cannot be. What other lines show concerns each case that rests on such a day,
//! wherever it stands: never is half of a column believed.

use super::place::Place;
use super::wrong_lines::CaseFault;
use crate::model::{CellFault, DayMarks, Fault, Field, FileNames};
use foldhash::HashMap;
use std::sync::Arc;

/// What a line has of days that can be read in two ways: sets of [`Field::bit`]s.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// Midnights with a zone, and moments.
    pub days: DayMarks,
    /// Days read day first.
    pub day_first: u32,
    /// Days that are written like these, and cannot be read so.
    pub not_day_first: u32,
    /// A percentage of 1 or less, as a sheet holds those that it shows times a hundred.
    pub part_of_one: bool,
    /// A percentage of more.
    pub more_than_one: bool,
}

/// A number of a line that may be cut in two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// Its field.
    pub field: Field,
    /// Both parts, as they stand there.
    pub text: String,
}

/// What a case has of them.
struct CutOfCase {
    /// Where the first one stands.
    place: Place,
    cut: Cut,
    names: Option<Arc<FileNames>>,
    /// How many lines have one.
    lines: u32,
}

impl Marks {
    fn add(&mut self, other: &Marks) {
        self.days.zoned |= other.days.zoned;
        self.days.moments |= other.days.moments;
        self.day_first |= other.day_first;
        self.not_day_first |= other.not_day_first;
        self.part_of_one |= other.part_of_one;
        self.more_than_one |= other.more_than_one;
    }

    fn has_no_days(&self) -> bool {
        self.days == DayMarks::default() && self.day_first == 0 && self.not_day_first == 0
    }

    fn rests_on_nothing(&self) -> bool {
        self.days.zoned == 0 && self.day_first == 0
    }

    /// The first field of these that is read as what others show it not to be.
    fn against(&self, others: &Marks) -> Option<Fault> {
        let first = |set: u32| Field::ALL.into_iter().find(|field| set & field.bit() != 0);
        let zoned = first(self.days.zoned & others.days.moments);
        let day_first = first(self.day_first & others.not_day_first);
        zoned
            .map(|field| Fault::ZonedBesideMoments { field })
            .or(day_first.map(|field| Fault::cell(field, "", CellFault::DayFirstBesideOthers)))
    }
}

/// What may be read in two ways and nothing speaks against how it is read: told once of all lines.
#[derive(Clone, Debug)]
pub struct ToldOnce {
    /// How many lines have one.
    pub lines: u64,
    /// Where the first one stands.
    pub first: Place,
    /// In which field, as its file calls it.
    pub field: String,
}

/// What a case has of days that can be read in two ways.
struct OfCase {
    /// Where the first one stands.
    place: Place,
    /// All that it rests on.
    marks: Marks,
    /// What the file of the first one calls its columns, where it has any.
    names: Option<Arc<FileNames>>,
}

/// How the days of all lines are read.
#[derive(Default)]
pub struct Readings {
    all: Marks,
    zoned: Option<ToldOnce>,
    parts_of_one: Option<ToldOnce>,
    /// Each case that rests on such a day.
    cases: HashMap<u32, OfCase>,
    /// What the first file with such days calls its columns, where it has any.
    names: Option<Arc<FileNames>>,
    /// Each case with a number that may be cut in two.
    cuts: HashMap<u32, CutOfCase>,
}

impl Readings {
    /// Takes a number of a case that may be cut in two.
    pub fn take_cut(&mut self, place: Place, case: u32, cut: &Cut, names: Option<&Arc<FileNames>>) {
        let new = || CutOfCase { place, cut: cut.clone(), names: names.cloned(), lines: 0 };
        self.cuts.entry(case).or_insert_with(new).lines += 1;
    }

    /// Why a case cannot be billed on its numbers: those with an id behind them may be cut in two. `ids` says how many of its
    /// events have one: where others have one, too, ids are what stands there.
    pub fn cut(&self, case: u32, ids: impl FnOnce() -> u32) -> Option<CaseFault> {
        if self.cuts.is_empty() {
            return None;
        }
        let CutOfCase { place, cut, names, lines } = self.cuts.get(&case)?;
        let fault = Fault::cell(cut.field, cut.text.as_str(), CellFault::Cut);
        (ids() <= *lines)
            .then(|| CaseFault { place: *place, fault: in_words(fault, names.as_ref()) })
    }

    /// Takes what a line has of them; its case, if it is an event; the names of its file, if it has columns.
    pub fn take(
        &mut self,
        place: Place,
        case: Option<u32>,
        marks: &Marks,
        names: Option<&Arc<FileNames>>,
    ) {
        if self.all.has_no_days() {
            self.names = names.cloned();
        }
        self.all.add(marks);
        let called =
            |field: Field| names.map_or(field.name(), |names| names.field(field)).to_owned();
        let new = |field: Field| ToldOnce { lines: 0, first: place, field: called(field) };
        if marks.part_of_one {
            self.parts_of_one.get_or_insert_with(|| new(Field::Percent)).lines += 1;
        }
        let Some(case) = case.filter(|_| !marks.rests_on_nothing()) else { return };
        let of_case = || OfCase { place, marks: Marks::default(), names: names.cloned() };
        self.cases.entry(case).or_insert_with(of_case).marks.add(marks);
        let zoned = |field: &Field| marks.days.zoned & field.bit() != 0;
        if let Some(field) = Field::ALL.into_iter().find(zoned) {
            self.zoned.get_or_insert_with(|| new(field)).lines += 1;
        }
    }

    /// Why a case cannot be billed on its days, if it rests on one that other lines speak against.
    pub fn fault(&self, case: u32) -> Option<CaseFault> {
        if self.cases.is_empty() {
            return None;
        }
        let OfCase { place, marks, names } = self.cases.get(&case)?;
        let fault = marks.against(&self.all)?;
        Some(CaseFault { place: *place, fault: in_words(fault, names.as_ref()) })
    }

    /// What speaks against days that are read already, of whatever case.
    pub fn contradiction(&self) -> Option<Fault> {
        let fault = self.all.against(&self.all)?;
        Some(in_words(fault, self.names.as_ref()))
    }

    /// Midnights with a zone that are read as days, if nothing speaks against it.
    pub fn zoned_midnights(&self) -> Option<ToldOnce> {
        self.zoned.clone().filter(|_| self.all.days.zoned & self.all.days.moments == 0)
    }

    /// Percentages of 1 or less in cells, if there are no others.
    pub fn parts_of_one(&self) -> Option<ToldOnce> {
        self.parts_of_one.clone().filter(|_| !self.all.more_than_one)
    }

    /// Forgets all cases but this one, whose number is 0 from now on.
    pub fn keep_case(&mut self, case: u32) {
        keep(&mut self.cases, case);
        keep(&mut self.cuts, case);
    }
}

/// Keeps what is known of one case, whose number is 0 from now on.
fn keep<T>(cases: &mut HashMap<u32, T>, case: u32) {
    let kept = cases.remove(&case);
    cases.clear();
    cases.extend(kept.map(|kept| (0, kept)));
}

/// A fault in the words of its file, where it has any.
fn in_words(fault: Fault, names: Option<&Arc<FileNames>>) -> Fault {
    match names {
        Some(names) => fault.named(names, None),
        None => fault,
    }
}
