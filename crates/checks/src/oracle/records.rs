//! CSV: which lines are one record, the cells of it, and quotes that stand astray.

use super::columns::{REMARK, said};
use super::event::{Fields, Read, event};
use super::values::text_of;
use serde_json::value::RawValue;

/// Reads the records of a CSV file under these names: lines are one record where a cell in quotes goes on over them, and
/// nothing where one of them would be a record by itself.
pub fn records(names: &[String], separator: char, bytes: &[u8]) -> Vec<Read> {
    let lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
    let is_odd = |line: &&[u8]| line.iter().filter(|byte| **byte == b'"').count() % 2 == 1;
    let record = |bytes: &[u8]| {
        let text = text_of(bytes).map(|text| text.trim_end_matches(['\n', '\r']));
        text.and_then(|text| cells(text, separator)).filter(|cells| cells.len() == names.len())
    };
    let day = names.iter().position(|name| name == "date").expect("a column that all have");
    let may_be_one = |line: &&[u8]| {
        let text = String::from_utf8_lossy(line);
        let cells: Vec<&str> = text.trim_end_matches(['\n', '\r']).split(separator).collect();
        let dated = cells.get(day).is_some_and(|cell| cell.bytes().any(|b| b.is_ascii_digit()));
        dated || cells.len() >= names.len() && cells.iter().any(|cell| !cell.trim().is_empty())
    };
    let (mut read, mut rest) = (Vec::new(), lines.as_slice());
    while let [line, behind @ ..] = rest {
        let last = behind.iter().position(is_odd).filter(|_| is_odd(line));
        let together =
            last.map(|last| &rest[..last + 2]).filter(|all| record(&all.concat()).is_some());
        read.push(match together {
            Some(all) if all[1..].iter().any(may_be_one) => Read::Unreadable,
            Some(all) => csv(names, separator, &all.concat()),
            None => csv(names, separator, line),
        });
        rest = &rest[together.map_or(1, <[_]>::len)..];
    }
    read
}

/// Reads a line of CSV under these names.
fn csv(names: &[String], separator: char, line: &[u8]) -> Read {
    if line.iter().all(u8::is_ascii_whitespace) {
        return Read::Blank;
    }
    let Some(text) = text_of(line) else { return Read::Unreadable };
    let text = text.trim_end_matches(['\n', '\r']);
    let Some(cells) = cells(text, separator) else {
        return astray(names, separator, text);
    };
    if cells.iter().all(|cell| cell.trim().is_empty()) {
        return Read::Blank;
    }
    if cells.len() != names.len() {
        return Read::Unreadable;
    }
    record(names, cells, separator)
}

/// What cells say under these names.
fn record(names: &[String], cells: Vec<String>, separator: char) -> Read {
    let filled = names.iter().zip(cells).filter(|(name, cell)| !cell.is_empty() && *name != REMARK);
    let mut nameless = false;
    let mut fields = Fields::new();
    for (name, cell) in filled {
        if name.is_empty() {
            nameless |= !cell.trim().is_empty();
            continue;
        }
        let raw = match said(name, cell, separator == ';') {
            Some(text) => serde_json::Value::from(text).to_string(),
            // No field may hold this.
            None => "true".to_owned(),
        };
        fields.push((name.clone(), RawValue::from_string(raw).expect("JSON")));
    }
    match event(&fields) {
        Read::Event(event) if nameless => Read::Fault(event.case),
        read => read,
    }
}

/// A line with quotes astray: something about the case that stands before them, if it ends with its last cell.
fn astray(names: &[String], separator: char, line: &str) -> Read {
    let Some((cells, sound)) = cells_astray(line, separator) else { return Read::Unreadable };
    if line.contains("\\\"") || cells.len() != names.len() {
        return Read::Unreadable;
    }
    match record(names, cells.into_iter().take(sound).collect(), separator) {
        Read::Event(event) => Read::Fault(event.case),
        read => read,
    }
}

/// The cells of a line with quotes astray, and how many of them stand before the first of these; none if one is open at the end.
fn cells_astray(line: &str, separator: char) -> Option<(Vec<String>, usize)> {
    #[derive(Clone, Copy, PartialEq)]
    enum At {
        Start,
        Plain,
        Quoted,
        /// Behind a quote that may close the cell.
        Closed,
    }
    let (mut cells, mut at, mut sound) = (vec![String::new()], At::Start, None);
    for letter in line.chars() {
        let number = cells.len() - 1;
        let cell = cells.last_mut()?;
        at = match (at, letter) {
            (At::Start, '"') => At::Quoted,
            (At::Quoted, '"') => At::Closed,
            (At::Closed, letter) if letter != separator => {
                if letter != '"' {
                    sound.get_or_insert(number);
                }
                cell.push('"');
                cell.extend(Some(letter).filter(|letter| *letter != '"'));
                At::Quoted
            }
            (At::Start | At::Plain | At::Closed, letter) if letter == separator => {
                cells.push(String::new());
                At::Start
            }
            (At::Quoted, letter) => {
                cell.push(letter);
                At::Quoted
            }
            (_, letter) => {
                if letter == '"' {
                    sound.get_or_insert(number);
                }
                cell.push(letter);
                At::Plain
            }
        };
    }
    (at != At::Quoted).then_some((cells, sound?))
}

/// The cells of a line; none where quotes are astray.
pub fn cells(line: &str, separator: char) -> Option<Vec<String>> {
    #[derive(PartialEq)]
    enum At {
        Start,
        Plain,
        Quoted,
        Closed,
    }
    let (mut cells, mut at) = (vec![String::new()], At::Start);
    for letter in line.chars() {
        let cell = cells.last_mut()?;
        at = match (at, letter) {
            (At::Quoted, '"') => At::Closed,
            (At::Quoted, _) => {
                cell.push(letter);
                At::Quoted
            }
            (At::Start, '"') => At::Quoted,
            (At::Closed, '"') => {
                cell.push('"');
                At::Quoted
            }
            (At::Plain, '"') => return None,
            (_, letter) if letter == separator => {
                cells.push(String::new());
                At::Start
            }
            (At::Closed, _) => return None,
            (At::Start | At::Plain, _) => {
                cell.push(letter);
                At::Plain
            }
        };
    }
    (at != At::Quoted).then_some(cells)
}
