//! Where records of a CSV file end: in, its bytes; out, how many of them are the first record.
//!
//! A cell in quotes may go on in the next lines, as a note does in which somebody broke the line. Lines are taken together
//! only if that makes one record, of as many cells as there are columns: a quote that is astray swallows no line.

use super::block::LONGEST_LINE;
use super::csv_cells::cells;
use super::wrong_lines::UnreadableReason;
use std::str::from_utf8;

/// How the records of a file are written.
#[derive(Clone, Copy)]
pub struct RecordForm {
    /// What stands between cells.
    pub separator: u8,
    /// How many there are.
    pub columns: usize,
    /// The place of the one that has the day of each record, if there is one.
    pub day: Option<usize>,
}

/// A record of a text.
#[derive(Clone)]
pub struct Record<'t> {
    /// The number of its first line.
    pub line: u32,
    /// Its lines.
    pub text: &'t str,
    doubt: Option<UnreadableReason>,
}

impl Record<'_> {
    /// Its cells, as many as there are columns; none where all are empty.
    pub fn cells(&self, form: RecordForm) -> Result<Option<Vec<String>>, UnreadableReason> {
        self.doubt.clone().map_or_else(|| form.cells(self.text), Err)
    }
}

/// The first record of some bytes.
pub(super) struct Extent {
    /// How many bytes it takes.
    pub length: usize,
    /// How many lines.
    pub lines: u32,
    /// Why it cannot be read: a line of it may be a record by itself, and which of the two it is cannot be told.
    pub doubt: Option<UnreadableReason>,
}

impl RecordForm {
    /// The records of a text whose first line has that number.
    pub fn records(self, text: &str, first: u32) -> impl Iterator<Item = Record<'_>> + Clone {
        let (mut line, mut rest) = (first, text);
        std::iter::from_fn(move || {
            let extent = self.extent(rest.as_bytes(), false)?;
            let (text, behind) = rest.split_at_checked(extent.length)?;
            let record = Record { line, text, doubt: extent.doubt };
            (line, rest) = (line.saturating_add(extent.lines), behind);
            Some(record)
        })
    }

    /// How many bytes are whole records, of some that others follow.
    pub fn whole(self, bytes: &[u8]) -> usize {
        let mut whole = 0;
        while let Some(extent) = self.extent(bytes.get(whole..).unwrap_or_default(), true) {
            whole += extent.length;
        }
        whole
    }

    /// The first record; none where there is no whole one and `more` bytes follow, or there are none.
    pub(super) fn extent(self, bytes: &[u8], more: bool) -> Option<Extent> {
        let (mut length, closed) = first_line(bytes, more)?;
        let one = Extent { length, lines: 1, doubt: None };
        if closed {
            return Some(one);
        }
        // Until as many quotes have come as close what they open.
        for lines in 2.. {
            let rest = bytes.get(length..).unwrap_or_default();
            if length > LONGEST_LINE || rest.is_empty() && !more {
                break;
            }
            let Some((next, even)) = first_line(rest, more) else {
                // What has not ended so far is longer than any record.
                if bytes.len() > LONGEST_LINE {
                    break;
                }
                return None;
            };
            length += next;
            if !even {
                let joined = from_utf8(bytes.get(..length)?).ok();
                let joined = joined.filter(|_| length <= LONGEST_LINE);
                let Some(text) = joined.filter(|text| self.is_record(text)) else { break };
                let is_doubtful = text.lines().skip(1).any(|line| self.may_be_a_record(line));
                let doubt = is_doubtful.then_some(UnreadableReason::RecordInQuotes { lines });
                return Some(Extent { length, lines, doubt });
            }
        }
        Some(one)
    }

    /// The cells of a record, as many as there are columns; none where all are empty.
    pub(super) fn cells(self, record: &str) -> Result<Option<Vec<String>>, UnreadableReason> {
        let text = record.trim_end_matches(['\n', '\r']);
        let Some(cells) = cells(text, self.separator) else {
            return Err(match text.contains("\\\"") {
                true => UnreadableReason::BackslashQuote,
                false => UnreadableReason::OpenQuote,
            });
        };
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            return Ok(None);
        }
        if cells.len() != self.columns {
            return Err(match is_row_count(text) {
                true => UnreadableReason::RowCount,
                false => UnreadableReason::Cells { found: cells.len(), expected: self.columns },
            });
        }
        Ok(Some(cells))
    }

    /// Whether a line may be a record by itself, whatever its quotes: it has as many cells, or digits where a day stands.
    fn may_be_a_record(self, line: &str) -> bool {
        let cells: Vec<&str> = line.split(char::from(self.separator)).collect();
        let has_digits = |cell: &&str| cell.contains(|c: char| c.is_ascii_digit());
        let day = match self.day {
            Some(place) => cells.get(place).is_some_and(has_digits),
            None => cells.iter().any(has_digits),
        };
        let is_filled = cells.iter().any(|cell| !cell.trim().is_empty());
        day || is_filled && cells.len() >= self.columns
    }

    fn is_record(self, text: &str) -> bool {
        let cells = cells(text.trim_end_matches(['\n', '\r']), self.separator);
        cells.is_some_and(|cells| cells.len() == self.columns)
    }
}

/// How long the first line is, and whether as many quotes close in it as open; none if it is not whole.
fn first_line(bytes: &[u8], more: bool) -> Option<(usize, bool)> {
    let length = match memchr::memchr(b'\n', bytes) {
        Some(end) => end + 1,
        None if more || bytes.is_empty() => return None,
        None => bytes.len(),
    };
    let quotes = memchr::memchr_iter(b'"', bytes.get(..length)?).count();
    Some((length, quotes.is_multiple_of(2)))
}

/// Whether a line is what `psql` writes below a table: `(8 rows)`.
fn is_row_count(text: &str) -> bool {
    let inner = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
    inner.and_then(|inner| inner.split_once(' ')).is_some_and(|(count, word)| {
        count.parse::<u64>().is_ok() && matches!(word, "row" | "rows" | "ligne" | "lignes")
    })
}
