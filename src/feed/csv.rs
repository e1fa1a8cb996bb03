//! Events as CSV: a header that names the fields, then one event a line.
//!
//! The first line names the fields of an event as JSON does, in any order, between commas or
//! semicolons. A cell may stand in quotes, a quote in it doubled; a record is one physical line, so
//! that a quote that is not closed is an error of its line and swallows no other. An empty cell is a
//! field that the event does not have. With semicolons, hours may be written with a decimal comma.

use super::block::{Block, LONGEST_LINE, LineSays, Said};
use super::events::UnreadableReason;
use crate::diagnostic::did_you_mean;
use crate::lang::{Lang, say, seen};
use crate::model::{Field, read_event};

/// What the first line of a CSV file says.
#[derive(Clone, Debug)]
pub struct CsvHeader {
    separator: u8,
    fields: Vec<Field>,
}

/// Why the first line of a CSV file is no header.
#[derive(Clone, Debug)]
pub enum HeaderFault {
    /// A name that no field has.
    Unknown(String),
    /// A field named twice.
    Repeated(Field),
    /// A field that every event has is missing.
    Missing(Field),
    /// A quote that is not closed, or no UTF-8.
    Unreadable,
}

impl HeaderFault {
    /// One sentence, lower case, no full stop.
    pub fn say(&self, lang: Lang) -> String {
        match self {
            HeaderFault::Unknown(name) => {
                let near = did_you_mean(name, Field::ALL.map(Field::name));
                let advice = if name.contains('\t') {
                    lang.pick(
                        "; commas or semicolons stand between them",
                        " ; des virgules ou des points-virgules les séparent",
                    )
                    .to_owned()
                } else if let Some(near) = near {
                    say!(lang, "; did you mean `{near}`?", " ; vouliez-vous dire `{near}` ?")
                } else {
                    let all = Field::ALL.map(|field| format!("`{}`", field.name())).join(", ");
                    say!(lang, "; they are {all}", " ; ce sont {all}")
                };
                let name = seen(name);
                say!(
                    lang,
                    "the first line has to name the fields of events, and `{name}` is none{advice}",
                    "la première ligne doit nommer les champs des événements, et `{name}` n'en est pas un{advice}"
                )
            }
            HeaderFault::Repeated(field) => say!(
                lang,
                "the first line names `{0}` twice",
                "la première ligne nomme `{0}` deux fois",
                field.name()
            ),
            HeaderFault::Missing(field) => say!(
                lang,
                "the first line has to name the fields of events, and `{0}` is missing",
                "la première ligne doit nommer les champs des événements, et il manque `{0}`",
                field.name()
            ),
            HeaderFault::Unreadable => say!(
                lang,
                "the first line cannot be read: it has to name the fields of events",
                "la première ligne est illisible : elle doit nommer les champs des événements"
            ),
        }
    }
}

impl CsvHeader {
    /// Reads the first line of a file.
    pub fn read(line: &[u8]) -> Result<CsvHeader, HeaderFault> {
        let text = std::str::from_utf8(line).map_err(|_| HeaderFault::Unreadable)?;
        let text = text.trim_end_matches(['\n', '\r']);
        let separator = if text.contains(';') { b';' } else { b',' };
        let mut fields = Vec::new();
        for name in cells(text, separator).ok_or(HeaderFault::Unreadable)? {
            let name = name.trim();
            let field = Field::find(name).ok_or_else(|| HeaderFault::Unknown(name.to_owned()))?;
            if fields.contains(&field) {
                return Err(HeaderFault::Repeated(field));
            }
            fields.push(field);
        }
        for field in [Field::Case, Field::Date, Field::Kind] {
            if !fields.contains(&field) {
                return Err(HeaderFault::Missing(field));
            }
        }
        Ok(CsvHeader { separator, fields })
    }

    /// A record as the JSON object that says the same.
    fn to_json(&self, cells: &[String]) -> String {
        let mut json = String::from("{");
        for (field, cell) in self.fields.iter().zip(cells).filter(|(_, cell)| !cell.is_empty()) {
            if json.len() > 1 {
                json.push(',');
            }
            json.push_str(&format!("\"{}\":", field.name()));
            let decimal_comma = self.separator == b';'
                && match field {
                    Field::Hours
                    | Field::PlannedHours
                    | Field::Price
                    | Field::Rate
                    | Field::Quantity
                    | Field::Amount
                    | Field::Percent => true,
                    Field::Case
                    | Field::Date
                    | Field::Kind
                    | Field::Id
                    | Field::Name
                    | Field::Minutes
                    | Field::Schedule
                    | Field::PlannedMonths
                    | Field::Shares
                    | Field::PlannedStart
                    | Field::PlannedEnd
                    | Field::Ref => false,
                };
            if decimal_comma {
                json.push_str(&serde_json::Value::from(with_point(cell)).to_string());
            } else {
                json.push_str(&json_value(*field, cell));
            }
        }
        json.push('}');
        json
    }
}

/// A number with a decimal comma, with a point. A comma before exactly three digits is left, and so
/// refused: `1,500` is 1.5 to one reader and 1500 to another.
fn with_point(cell: &str) -> String {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match cell.split_once(',') {
        Some((whole, part)) if digits(whole) && digits(part) && part.len() != 3 => {
            format!("{whole}.{part}")
        }
        Some(_) | None => cell.to_owned(),
    }
}

/// The JSON of a field that is stated as a text: a number where the field is a whole number and the
/// text is one as JSON has it. Another, `090`, stays a text: a fault of its field.
pub fn json_value(field: Field, text: &str) -> String {
    let padded = text.len() > 1 && text.starts_with('0');
    let is_whole = !text.is_empty() && !padded && text.bytes().all(|byte| byte.is_ascii_digit());
    match field {
        Field::Minutes | Field::PlannedMonths if is_whole => text.to_owned(),
        Field::Case
        | Field::Date
        | Field::Kind
        | Field::Id
        | Field::Name
        | Field::Hours
        | Field::Minutes
        | Field::Schedule
        | Field::PlannedHours
        | Field::PlannedMonths
        | Field::Price
        | Field::Rate
        | Field::Shares
        | Field::PlannedStart
        | Field::PlannedEnd
        | Field::Quantity
        | Field::Amount
        | Field::Percent
        | Field::Ref => serde_json::Value::from(text).to_string(),
    }
}

/// The cells of a record; `None` if a quote is not closed or stands in the middle of a cell.
fn cells(line: &str, separator: u8) -> Option<Vec<String>> {
    let separator = char::from(separator);
    let mut cells = Vec::new();
    let mut rest = line;
    loop {
        let (cell, after) = match rest.strip_prefix('"') {
            None => {
                let end = rest.find(separator).unwrap_or(rest.len());
                let (cell, after) = rest.split_at_checked(end)?;
                if cell.contains('"') {
                    return None;
                }
                (cell.to_owned(), after)
            }
            Some(mut quoted) => {
                let mut cell = String::new();
                loop {
                    let (before, after) = quoted.split_once('"')?;
                    cell.push_str(before);
                    match after.strip_prefix('"') {
                        None => break (cell, after),
                        Some(more) => {
                            cell.push('"');
                            quoted = more;
                        }
                    }
                }
            }
        };
        cells.push(cell);
        if after.is_empty() {
            return Some(cells);
        }
        rest = after.strip_prefix(separator)?;
    }
}

impl Block {
    /// Reads the block as CSV records, one a line.
    pub(super) fn read_csv(&mut self, header: &CsvHeader) {
        let bytes = std::mem::take(&mut self.bytes);
        // The header is the first line of its file.
        self.line_count = u32::from(self.begins_file);
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            if let Some(what) = self.record(header, line) {
                self.said.push(Said { line: self.line_count, what });
            }
            self.line_count += 1;
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
        let text = text.trim_end_matches(['\n', '\r']);
        let Some(cells) = cells(text, header.separator) else {
            return Some(LineSays::unreadable(1, UnreadableReason::OpenQuote));
        };
        if cells.len() != header.fields.len() {
            let (found, expected) = (cells.len(), header.fields.len());
            return Some(LineSays::unreadable(1, UnreadableReason::Cells { found, expected }));
        }
        Some(match read_event(&header.to_json(&cells)) {
            Ok(event) => self.typed(&event),
            Err(fault) => match fault.case {
                Some(case) => LineSays::fault(case, 1, fault.fault),
                None => LineSays::unreadable(1, UnreadableReason::NoCase(fault.fault)),
            },
        })
    }
}
