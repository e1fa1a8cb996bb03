//! Lines that have been issued: in, files as `jalon run` writes them, in any of its forms; out, the lines
//! by their cases. A line that is none is refused with its place, and nothing is guessed: whether a line is
//! as it was issued shows in its id, which is not looked at here.

use super::Place;
use super::issued_line::{LineFault, from_json, from_record, header};
use crate::calendar::Date;
use crate::model::{InvoiceLine, LineKey};
use foldhash::HashMap;
use std::collections::BTreeMap;
use std::io::{self, BufRead};

/// Issued lines by their cases.
#[derive(Default)]
pub struct Issued {
    cases: BTreeMap<String, Vec<InvoiceLine>>,
    /// For each id, where its line stands among those of its case, and in which file.
    known: HashMap<LineKey, (usize, Place)>,
    /// The names of the files, as messages show them.
    pub names: Vec<String>,
    /// How many lines there are, each counted once.
    pub line_count: u64,
    /// How many of them stand more than once, each time counted.
    pub repeated: u64,
    /// The latest date of a line.
    pub latest: Option<Date>,
}

impl Issued {
    /// Of files of these names, none of which has been read.
    pub fn of_files(names: Vec<String>) -> Issued {
        Issued { names, ..Issued::default() }
    }

    /// Adds a line that stands here. One that stands in the files already counts once: then it is told
    /// where.
    pub fn add(&mut self, line: InvoiceLine, place: Place) -> Option<Place> {
        let lines = self.cases.entry(line.case.clone()).or_default();
        if let Some(key) = LineKey::parse(&line.id) {
            if let Some((known, first)) = self.known.get(&key)
                && lines.get(*known).is_some_and(|known| known.says_the_same(&line))
            {
                self.repeated += 1;
                return Some(*first);
            }
            self.known.entry(key).or_insert((lines.len(), place));
        }
        self.line_count += 1;
        self.latest = self.latest.max(Some(line.date));
        lines.push(line);
        None
    }

    /// Whether a line of this id has been added.
    pub fn holds(&self, line: &InvoiceLine) -> bool {
        LineKey::parse(&line.id).is_some_and(|key| self.known.contains_key(&key))
    }

    /// The other case under which a line of this id stands, and where, if none of its own case has it: its name is
    /// not what it was when it was issued.
    pub fn elsewhere(&self, line: &InvoiceLine) -> Option<(&str, Place)> {
        let (_, place) = self.known.get(&LineKey::parse(&line.id)?)?;
        let has = |lines: &[InvoiceLine]| lines.iter().any(|issued| issued.id == line.id);
        if has(self.of(&line.case)) {
            return None;
        }
        let other = self.cases.iter().find(|(_, lines)| has(lines));
        other.map(|(case, _)| (case.as_str(), *place))
    }

    /// The lines of a case.
    pub fn of(&self, case: &str) -> &[InvoiceLine] {
        self.cases.get(case).map_or(&[], Vec::as_slice)
    }

    /// The cases.
    pub fn cases(&self) -> impl Iterator<Item = &str> {
        self.cases.keys().map(String::as_str)
    }
}

/// How a file of lines is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinesForm {
    /// One JSON object a line.
    Ndjson,
    /// Records, after a line that names the fields.
    Csv,
    /// Parquet.
    Parquet,
}

impl LinesForm {
    /// What a file that begins like this is; a line that begins with no brace names the fields, in English or French.
    pub fn of(start: &[u8]) -> LinesForm {
        let start = start.strip_prefix(super::BOM).unwrap_or(start);
        if start.starts_with(super::PARQUET_MARK) {
            return LinesForm::Parquet;
        }
        let text = start.trim_ascii_start();
        let mut lines = text.split(|byte| *byte == b'\n');
        let first = lines.find(|line| super::separator_line(line).is_none()).unwrap_or_default();
        let names =
            |field: &[u8]| first.windows(field.len()).any(|word| word.eq_ignore_ascii_case(field));
        let names_fields = names(b"case") || names(b"dossier");
        match text.first() {
            Some(b'{' | b'[') | None => LinesForm::Ndjson,
            Some(_) if names_fields => LinesForm::Csv,
            Some(_) => LinesForm::Ndjson,
        }
    }
}

/// Why a file of lines cannot be read.
#[derive(Debug)]
pub enum LinesFault {
    /// The file itself.
    File(io::Error),
    /// What stands on a line, counted from 1.
    Line(u32, LineFault),
}

impl From<io::Error> for LinesFault {
    fn from(error: io::Error) -> Self {
        LinesFault::File(error)
    }
}

/// Gives each line of a file, with its number, to `each`: one JSON object a line.
pub fn read_ndjson(
    mut file: impl BufRead,
    mut each: impl FnMut(u32, InvoiceLine),
) -> Result<(), LinesFault> {
    let mut bytes = Vec::new();
    for number in 1_u32.. {
        bytes.clear();
        if file.read_until(b'\n', &mut bytes)? == 0 {
            break;
        }
        let text = if number == 1 { bytes.strip_prefix(super::BOM) } else { None };
        let text = text.unwrap_or(&bytes);
        if text.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        each(number, from_json(text).map_err(|fault| LinesFault::Line(number, fault))?);
    }
    Ok(())
}

/// The same of a CSV file, between commas or semicolons.
pub fn read_csv(
    mut file: impl BufRead,
    mut each: impl FnMut(u32, InvoiceLine),
) -> Result<(), LinesFault> {
    let mut first = Vec::new();
    file.read_until(b'\n', &mut first)?;
    let fault = |number| move |fault| LinesFault::Line(number, fault);
    let text = first.strip_prefix(super::BOM).unwrap_or(&first);
    // Spreadsheets state their separator on a line before, which is no record.
    let mut names = Vec::new();
    let before = super::separator_line(text).map_or(1, |_| 2);
    if before == 2 {
        file.read_until(b'\n', &mut names)?;
    }
    let text = if before == 2 { names.as_slice() } else { text };
    let header = header(text).map_err(fault(before))?;
    let mut records = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(header.separator)
        .from_reader(file);
    let mut record = csv::ByteRecord::new();
    loop {
        // The header has been read, and the next record begins where the one before ends.
        let number =
            u32::try_from(records.position().line()).unwrap_or(u32::MAX).saturating_add(before);
        match records.read_byte_record(&mut record) {
            Ok(true) => {}
            Ok(false) => return Ok(()),
            Err(error) => {
                let unreadable = LinesFault::Line(number, LineFault::Unreadable);
                let kind = error.into_kind();
                let csv::ErrorKind::Io(error) = kind else { return Err(unreadable) };
                return Err(error.into());
            }
        }
        let begins = record.position().map_or(0, csv::Position::line);
        let number = u32::try_from(begins).unwrap_or(u32::MAX).saturating_add(before);
        if record.iter().all(|cell| cell.trim_ascii().is_empty()) {
            continue;
        }
        each(number, from_record(&header, &record).map_err(fault(number))?);
    }
}
