//! Events as CSV: a header that names the fields, then one event a line.
//!
//! A cell may stand in quotes, a quote in it doubled, and go on in the next line; a quote that is
//! not closed is an error of its line and swallows no other. Quotes that are astray in a line which ends with its last cell
//! withhold the case that stands before them. An empty cell is a field that the event does not
//! have, and a record of empty cells is none.

use super::block::{Block, LONGEST_LINE, LineSays, Said};
use super::csv_cells::{cells_astray, cut_number, value};
use super::csv_header::{Column, CsvHeader};
use super::csv_records::RecordForm;
use super::readings::{Cut, Marks};
use super::wrong_lines::UnreadableReason;
use crate::model::{CellFault, Fault, Field, read_line};

/// A record as the JSON object that says the same, but for the first cell that cannot be read.
struct Record {
    json: String,
    /// The number of its column, and what is wrong.
    fault: Option<(u32, Fault)>,
    marks: Marks,
}

impl CsvHeader {
    /// How its records are written.
    pub fn form(&self) -> RecordForm {
        let day = |column: &Column| *column == Column::Field(Field::Date);
        let day = self.columns.iter().position(day);
        RecordForm { separator: self.separator, columns: self.columns.len(), day }
    }

    fn record(&self, cells: &[String]) -> Record {
        let mut record = Record { json: "{".to_owned(), fault: None, marks: Marks::default() };
        // Before the cells of a sheet stands the number of their row.
        let filled = self.columns.iter().zip(cells).zip(u32::from(self.sheet.is_none())..);
        for ((column, cell), number) in filled.filter(|((_, cell), _)| !cell.is_empty()) {
            let Column::Field(field) = column else {
                if *column == Column::Blank && !cell.trim().is_empty() {
                    let fault = Fault::Nameless { column: number as usize, text: cell.clone() };
                    record.fault.get_or_insert((number, fault));
                }
                continue;
            };
            let host = self.host.as_deref();
            match value(*field, cell, self.is_french(), host, &mut record.marks) {
                Ok(text) => {
                    if record.json.len() > 1 {
                        record.json.push(',');
                    }
                    let text = serde_json::Value::from(text);
                    record.json.push_str(&format!("\"{}\":{text}", field.name()));
                }
                Err(fault) => {
                    if matches!(fault, Fault::Cell { fault: CellFault::Moment, .. }) {
                        record.marks.days.moments |= field.bit();
                    }
                    record.fault.get_or_insert((number, fault));
                }
            }
        }
        if let Some((column, fault)) = self.fault_of_sheet(cells)
            && record.fault.as_ref().is_none_or(|(earlier, _)| column < *earlier)
        {
            record.fault = Some((column, fault.clone()));
        }
        record.json.push('}');
        record
    }

    /// The first cell of a row of a sheet that says nothing of an event, whatever its text.
    fn fault_of_sheet(&self, cells: &[String]) -> Option<(u32, &Fault)> {
        let (sheet, row) = (self.sheet.as_deref()?, cells.first()?.parse().ok()?);
        sheet.first_of(row)
    }

    /// The number of a line, and the id or the remark behind it, that may be one number with a decimal comma, in a row that
    /// lacks a cell: `1,5` without quotes. With what stands behind it.
    fn cut(&self, cells: &[String], text: &str) -> Option<(Cut, Column)> {
        self.may_be_cut.iter().find_map(|place| {
            let [Column::Field(field), behind] = *self.columns.get(*place..place + 2)? else {
                return None;
            };
            let (number, decimals) = (cells.get(*place)?, cells.get(place + 1)?);
            cut_number(number, decimals, text).map(|text| (Cut { field, text }, behind))
        })
    }

    /// The kind of an event as its cell has it.
    fn kind_of(&self, cells: &[String]) -> Option<String> {
        let mut filled = self.columns.iter().zip(cells);
        let kind = filled.find(|(column, _)| **column == Column::Field(Field::Kind));
        kind.map(|(_, cell)| cell.trim().to_owned()).filter(|cell| !cell.is_empty())
    }
}

impl Block {
    /// Reads the block as CSV records.
    pub(super) fn read_csv(&mut self, header: &CsvHeader) {
        let bytes = std::mem::take(&mut self.bytes);
        self.line_count = if self.begins_file { header.lines } else { 0 };
        let mut rest = bytes.as_slice();
        while let Some(extent) = header.form().extent(rest, false) {
            let (record, later) = rest.split_at(extent.length);
            let what = match extent.doubt {
                None => self.record(header, record),
                Some(reason) => Some(LineSays::unreadable(1, reason)),
            };
            self.said.extend(what.map(|what| Said { line: self.line_count, what }));
            self.line_count += extent.lines;
            rest = later;
        }
        self.bytes = bytes;
    }

    fn record(&mut self, header: &CsvHeader, line: &[u8]) -> Option<LineSays> {
        if line.iter().all(u8::is_ascii_whitespace) {
            return None;
        }
        if line.len() > LONGEST_LINE {
            return Some(LineSays::unreadable(1, UnreadableReason::TooLong));
        }
        let Ok(text) = std::str::from_utf8(line) else {
            return Some(LineSays::unreadable(1, UnreadableReason::NotUtf8));
        };
        let cells = match header.form().cells(text) {
            Ok(Some(cells)) => cells,
            Ok(None) => return None,
            Err(reason) => {
                let astray = matches!(reason, UnreadableReason::OpenQuote).then_some(text);
                let told = astray.and_then(|text| self.astray(header, text));
                return Some(told.unwrap_or_else(|| LineSays::unreadable(1, reason)));
            }
        };
        let record = header.record(&cells);
        let read = read_line(&record.json, None);
        let mut marks = record.marks;
        marks.days.zoned |= read.days.zoned;
        marks.days.moments |= read.days.moments;
        self.mark(&marks);
        let (case, fault) = match (read.outcome, record.fault) {
            (Ok(event), None) => {
                match header.cut(&cells, text) {
                    Some((cut, Column::Remark)) => {
                        let fault = Fault::cell(cut.field, cut.text.as_str(), CellFault::Cut);
                        (Some(event.case), fault)
                    }
                    // Whether what stands behind it is an id, the other events of the case tell.
                    Some((cut, _)) => {
                        self.mark_cut(cut);
                        return Some(self.typed(&event));
                    }
                    None => return Some(self.typed(&event)),
                }
            }
            (Ok(event), Some((_, fault))) => (Some(event.case), fault),
            (Err(other), fault) => (other.case, fault.map_or(other.fault, |(_, fault)| fault)),
        };
        let column = header.column_of(&fault);
        let fault = fault.named(&header.names, header.kind_of(&cells));
        Some(match case {
            Some(case) => LineSays::fault(case, column, fault),
            None => LineSays::unreadable(column, UnreadableReason::NoCase(fault)),
        })
    }

    /// A line in which quotes are astray, and which is one record all the same: it withholds the case that stands before them.
    fn astray(&mut self, header: &CsvHeader, line: &str) -> Option<LineSays> {
        let text = line.trim_end_matches(['\n', '\r']);
        let (cells, place) = cells_astray(text, header.separator)?;
        if cells.len() != header.columns.len() {
            return None;
        }
        let record = header.record(cells.get(..place)?);
        let case = match read_line(&record.json, None).outcome {
            Ok(event) => event.case,
            Err(other) => other.case?,
        };
        self.mark(&record.marks);
        let fault = Fault::QuoteWithin { column: place + 1, text: cells.get(place)?.clone() };
        let fault = fault.named(&header.names, header.kind_of(&cells));
        Some(LineSays::fault(case, header.column_of(&fault), fault))
    }
}
