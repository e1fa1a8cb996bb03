//! The lines of a file as fields: NDJSON, CSV with a header, or Parquet.
//!
//! In: a text. Out: for each line its place and its fields, as texts or as JSON has them, or why it cannot be read.
//! What a field means is decided elsewhere. CSV is read as the events of cases are; between
//! semicolons, as French spreadsheets write, sums may have a decimal comma and thousands set apart, and days may be
//! written day first.

use super::objects::{each_object, is_of_no_invoice, of_no_invoice};
use super::place::Place;
use super::record::{Record, Wrong};
use super::words::{Header, Table, Words, header, known_name};
#[cfg(feature = "parquet")]
use crate::feed::{ParquetTexts, TextsFault};
use crate::feed::{
    RecordForm, cells, cut_number, day_first, french_number, is_month_first, read_cell,
    separator_line,
};
use crate::lang::{Lang, say};
use crate::model::{CellFault, without_value};
use foldhash::HashMap;
use serde_json::Value;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// JSON objects, one a line or in one array.
    Ndjson,
    /// Records, after a line that names the fields.
    Csv,
}

impl Format {
    /// What a text is that begins like this: one that begins with no brace names its fields.
    pub fn of(text: &str) -> Format {
        let begins = text.trim_start_matches('\u{feff}').trim_start();
        if begins.is_empty() || begins.starts_with(['{', '[']) {
            Format::Ndjson
        } else {
            Format::Csv
        }
    }
}

/// What a file says besides its records, which are given one by one as they are read: together they may be larger than
/// what becomes of them.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    /// The lines that cannot be read at all.
    pub unreadable: Vec<Unreadable>,
    /// What its fields are called.
    pub words: Words,
}

/// Takes a record.
pub type Give<'g> = &'g mut dyn FnMut(Record);

/// A line that cannot be read at all: it could be about any invoice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Where it stands.
    pub place: Place,
    /// Why, in English and French.
    pub why: [String; 2],
}

impl Unreadable {
    /// One sentence, lower case, no full stop.
    pub fn say(&self, lang: Lang) -> &str {
        let [english, french] = &self.why;
        lang.pick(english, french)
    }
}

/// Reads the lines of a file, which are about this; `file` is its number.
pub fn read(text: &str, format: Format, table: Table, file: u32, give: Give<'_>) -> Lines {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match format {
        Format::Ndjson => ndjson(text, table, file, give),
        Format::Csv => csv(text, table, file, give),
    }
}

/// Reads the rows of a Parquet file, which are about this; `file` is its number. A row is a line: rows are counted from 1.
///
/// # Errors
///
/// If the file is not sound, or a column cannot hold what its name says.
#[cfg(feature = "parquet")]
pub fn read_parquet(
    bytes: bytes::Bytes,
    table: Table,
    file: u32,
    give: Give<'_>,
) -> Result<Lines, TextsFault> {
    let mut rows = ParquetTexts::open(bytes, |name| table.holds(name))?;
    let mut lines = Lines::default();
    let columns = match header(&rows.columns, table) {
        Ok(Header { columns, words }) => {
            lines.words = words;
            columns
        }
        Err(why) => {
            lines.unreadable.push(Unreadable { place: Place { file, line: 1 }, why });
            return Ok(lines);
        }
    };
    let mut line = 0;
    rows.rows(|row| {
        line += 1;
        let field = |(place, text): (usize, String)| {
            let name = columns.get(place).map_or("", String::as_str);
            let name = known_name(name).map_or_else(|| Cow::Owned(name.to_owned()), Cow::Borrowed);
            let value = if name == "credits" && table == Table::Invoices {
                text.split_whitespace().map(str::to_owned).collect()
            } else {
                Value::String(text)
            };
            (name, value)
        };
        let fields = row.into_iter().map(field).collect();
        let place = Place { file, line };
        give(Record { place, fields, is_csv: true, faults: Vec::new() });
    })?;
    Ok(lines)
}

/// A row of a sheet of a workbook.
#[derive(Clone, Debug, Default)]
pub struct SheetRow {
    /// Its number, from 1.
    pub number: u32,
    /// Its cells as texts, one for each column that has a name.
    pub cells: Vec<String>,
    /// What stands in a column, from 1, and cannot be read: with why, or below no name.
    pub wrong: Vec<(usize, String, Option<CellFault>)>,
}

/// Reads the rows of a sheet whose first row has these names, which are about this; `file` is its number.
pub fn read_sheet(
    names: &[String],
    rows: impl Iterator<Item = SheetRow>,
    table: Table,
    file: u32,
    give: Give<'_>,
) -> Lines {
    let mut lines = Lines::default();
    let Header { columns, words } = match header(names, table) {
        Ok(header) => header,
        Err(why) => {
            lines.words = Words::default().of_sheet();
            lines.unreadable.push(Unreadable { place: Place { file, line: 1 }, why });
            return lines;
        }
    };
    lines.words = words.of_sheet();
    let mut reading = Reading::new(table, false);
    for SheetRow { number: line, cells, wrong } in rows {
        let mut record = reading.record(Place { file, line }, &columns, cells);
        for (column, text, fault) in wrong {
            let name = column.checked_sub(1).and_then(|place| columns.get(place));
            let (Some(name), Some(fault)) = (name, fault) else {
                record.faults.push((text, Wrong::Nameless(column)));
                continue;
            };
            let known = known_name(name).map_or_else(|| Cow::Owned(name.clone()), Cow::Borrowed);
            record.fields.push((known, Value::String(text)));
            record.faults.push((name.clone(), Wrong::Cell(fault)));
        }
        give(record);
    }
    lines
}

fn ndjson(text: &str, table: Table, file: u32, give: Give<'_>) -> Lines {
    let mut lines = Lines::default();
    let mut unknown = BTreeSet::new();
    // Records that are of no invoice, as long as no other has come: all of them may be something else.
    let (mut held, mut all_are) = (Vec::new(), table == Table::Invoices);
    each_object(text, table, |line, fields| {
        let place = Place { file, line };
        match fields {
            Ok(fields) => {
                for (name, _) in &fields.all {
                    // What is known has not been written again. A misspelt field of an event withholds.
                    if let Cow::Owned(name) = name
                        && table == Table::Invoices
                        && unknown.len() < MOST_UNKNOWN
                        && !unknown.contains(name)
                    {
                        unknown.insert(name.clone());
                    }
                }
                let unread = |name| (name, Wrong::Cell(CellFault::NoValue));
                let faults = fields.unreadable.into_iter().map(unread).collect();
                let record = Record { place, fields: fields.all, is_csv: false, faults };
                all_are &= is_of_no_invoice(&record);
                if all_are {
                    held.push(record);
                    return;
                }
                held.drain(..).for_each(&mut *give);
                give(record);
            }
            Err(why) => lines.unreadable.push(Unreadable { place, why }),
        }
    });
    lines.words = Words::of_objects(table, &unknown);
    match of_no_invoice(&held) {
        Some(why) => {
            let place = held.first().map_or(Place { file, line: 1 }, |record| record.place);
            lines.unreadable.push(Unreadable { place, why });
        }
        None => held.into_iter().for_each(give),
    }
    lines
}

/// So many fields of other names are looked at in a file of JSON objects.
const MOST_UNKNOWN: usize = 1_000;

fn csv<'t>(text: &'t str, table: Table, file: u32, give: Give<'_>) -> Lines {
    let mut lines = Lines::default();
    if text.trim().is_empty() {
        return lines;
    }
    let line_of = |text: &'t str| text.split_once('\n').unwrap_or((text, ""));
    let (mut first, mut rest) = line_of(text);
    let stated = separator_line(first.as_bytes());
    if stated.is_some() {
        (first, rest) = line_of(rest);
    }
    let number = 1 + u32::from(stated.is_some());
    let first = first.trim_end_matches('\r');
    let separator = stated.unwrap_or(if first.contains(';') { b';' } else { b',' });
    let unreadable = |line: u32, why: [String; 2]| Unreadable { place: Place { file, line }, why };
    let header = cells(first, separator).map(|names| header(&names, table));
    let Header { columns, words } = match header {
        Some(Ok(header)) => header,
        Some(Err(why)) => {
            lines.unreadable.push(unreadable(number, why));
            return lines;
        }
        None => {
            let says = |lang: Lang| {
                say!(
                    lang,
                    "the first line cannot be read: it has to name the fields",
                    "la première ligne est illisible : elle doit nommer les champs"
                )
            };
            lines.unreadable.push(unreadable(number, [says(Lang::En), says(Lang::Fr)]));
            return lines;
        }
    };
    lines.words = words;
    let day = columns.iter().position(|name| ["date", "day"].contains(&name.as_str()));
    let form = RecordForm { separator, columns: columns.len(), day };
    let body = form.records(rest, number + 1).filter(|record| !record.text.trim().is_empty());
    // What is not believed of one line may follow from all others: they are looked at once before.
    let mut looking = Reading::new(table, separator == b';');
    for record in body.clone() {
        if let Ok(Some(cells)) = record.cells(form) {
            looking.cut(&columns, &cells, record.text, record.line);
            looking.record(Place { file, line: record.line }, &columns, cells);
        }
    }
    let mut reading = looking.doubting();
    for record in body {
        let place = Place { file, line: record.line };
        match record.cells(form) {
            Ok(None) => {}
            Ok(Some(cells)) => give(reading.record(place, &columns, cells)),
            Err(reason) => {
                let why = [reason.say(Lang::En), reason.say(Lang::Fr)];
                lines.unreadable.push(unreadable(record.line, why));
            }
        }
    }
    lines
}

/// How the cells of one file are read.
struct Reading {
    table: Table,
    /// Cells stand between semicolons.
    french: bool,
    /// Fields of which a day cannot be read day first.
    others: Vec<String>,
    /// Fields of which no day that is read so is believed.
    doubted: Vec<String>,
    /// Lines with a sum that may be cut in two, with its field and both parts.
    cuts: HashMap<u32, (String, String)>,
    /// How many lines have something in the column behind their sum.
    behind: usize,
}

impl Reading {
    fn new(table: Table, french: bool) -> Reading {
        let (others, doubted, cuts) = (Vec::new(), Vec::new(), HashMap::default());
        Reading { table, french, others, doubted, cuts, behind: 0 }
    }

    /// Once all lines have been looked at: days that are read day first are not believed where others of the same column
    /// cannot be read so, nor sums behind which decimals may stand, where no other line has anything there.
    fn doubting(self) -> Reading {
        let cuts = if self.behind <= self.cuts.len() { self.cuts } else { HashMap::default() };
        let (doubted, others) = (self.others, Vec::new());
        Reading { doubted, others, cuts, ..self }
    }

    /// Notes a sum that may be one number with a decimal comma together with the cell behind it, in a row that lacks a cell.
    fn cut(&mut self, columns: &[String], cells: &[String], text: &str, line: u32) {
        let mut places = columns.iter().enumerate();
        let Some((at, name)) = places.find(|(_, name)| self.table.is_sum(name)) else { return };
        let Some((sum, behind)) = cells.get(at).zip(cells.get(at + 1)) else { return };
        self.behind += usize::from(!behind.trim().is_empty());
        if !self.french
            && let Some(both) = cut_number(sum, behind, text)
        {
            self.cuts.insert(line, (name.clone(), both));
        }
    }

    fn record(&mut self, place: Place, columns: &[String], cells: Vec<String>) -> Record {
        let mut record = Record { place, fields: Vec::new(), is_csv: true, faults: Vec::new() };
        for ((name, cell), column) in columns.iter().zip(cells).zip(1..) {
            let cell = cell.trim();
            if cell.is_empty() {
                continue;
            }
            if name.is_empty() {
                record.faults.push((cell.to_owned(), Wrong::Nameless(column)));
                continue;
            }
            let mut wrong = |fault| record.faults.push((name.clone(), Wrong::Cell(fault)));
            let mut value = match self.value(name, cell) {
                Ok(Some((value, is_day))) => {
                    if is_day && self.doubted.contains(name) {
                        wrong(CellFault::DayFirstBesideOthers);
                    }
                    value
                }
                Ok(None) => Value::String(cell.to_owned()),
                Err(fault) => {
                    if fault.is_no_day() && is_month_first(cell) && !self.others.contains(name) {
                        self.others.push(name.clone());
                    }
                    wrong(fault);
                    Value::String(cell.to_owned())
                }
            };
            if let Some((_, both)) = self.cuts.get(&place.line).filter(|(of, _)| of == name) {
                wrong(CellFault::Cut);
                value = Value::String(both.clone());
            }
            let name = known_name(name).map_or_else(|| Cow::Owned(name.clone()), Cow::Borrowed);
            record.fields.push((name, value));
        }
        record.fields.shrink_to_fit();
        record
    }

    /// What a cell says, and whether it is a day that was read day first; none where it says what stands there.
    fn value(&self, name: &str, cell: &str) -> Result<Option<(Value, bool)>, CellFault> {
        if let Some(fault) = without_value(cell) {
            return Err(fault);
        }
        if self.table.is_day(name) {
            let day = day_first(cell, self.french)?;
            return Ok(day.map(|day| (Value::String(day), true)));
        }
        if self.table.is_sum(name) {
            if !self.french {
                return Ok(None);
            }
            // Some programs write the minus of typography.
            let (sign, digits) = match cell.strip_prefix(['-', '\u{2212}']) {
                Some(digits) => ("-", digits.trim_start()),
                None => ("", cell),
            };
            let of_sum = |fault| {
                if fault == CellFault::TwoNumbers { CellFault::Thousands } else { fault }
            };
            let read = french_number(digits).map_err(of_sum)?;
            // What is no number is told as it was typed.
            let as_typed = read == digits;
            return Ok((!as_typed).then(|| (Value::String(format!("{sign}{read}")), false)));
        }
        let credits = name == "credits" && self.table == Table::Invoices;
        Ok(Some((
            if credits {
                cell.split_whitespace().map(str::to_owned).collect()
            } else {
                Value::String(read_cell(cell).to_owned())
            },
            false,
        )))
    }
}
