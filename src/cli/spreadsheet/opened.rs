//! The bytes of a workbook as sheets: in, a file of any kind; out, the cells that are not blank, or why it is no workbook.
//!
//! A workbook is a zip file of texts. Before any of them is read as such, all are unpacked once, counted and thrown away, so that a
//! small file that unpacks to a large one is refused whatever it says of its own size. Cells are read one by one: no table is made
//! of the corners that a sheet says it has.

use super::{Page, Unreadable, Value, formats, hidden};
use crate::cli::output::Failure;
use calamine::{DataRef, Reader, SheetType, Xlsx, XlsxError, open_workbook_from_rs};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read, Seek, Write};
use std::sync::Arc;

/// How large a workbook may be.
pub struct Limits {
    /// It has at most so many bytes.
    pub bytes: u64,
    /// What is in it has at most so many bytes, all together.
    unpacked: u64,
    /// It has at most so many cells that are not blank.
    cells: usize,
    /// So many bytes of text stand in its cells, all together: a text that is stored once may stand in each of them.
    text: usize,
    /// Whether cells are taken for exactly what is stored: a text with its blanks, a day only where no part of one stands
    /// behind it, and no formula that the next program is told to compute.
    exact: bool,
}

/// Of schedules.
pub const OF_SCHEDULES: Limits = Limits {
    bytes: MIB * 8,
    unpacked: MIB * 64,
    cells: 200_000,
    text: MIB as usize * 16,
    exact: false,
};
/// Of events: some 250,000 of them with eight cells each.
pub const OF_EVENTS: Limits = Limits {
    bytes: MIB * 64,
    unpacked: MIB * 512,
    cells: 2_000_000,
    text: MIB as usize * 128,
    exact: true,
};

const MIB: u64 = 1024 * 1024;
/// It has at most so many parts: sheets, styles, pictures.
const MOST_PARTS: usize = 2_000;

/// Whether bytes are a workbook of the form that is read, whole or damaged.
pub fn is_workbook(bytes: &[u8]) -> bool {
    let archive = zip::ZipArchive::new(Cursor::new(bytes));
    archive.is_ok_and(|archive| archive.index_for_name("xl/workbook.xml").is_some())
}

/// Whether a workbook says that its formulas are computed when it is opened: what stands in their cells may be anything.
fn is_computed_later(bytes: &[u8]) -> bool {
    let mut text = String::new();
    let archive = zip::ZipArchive::new(Cursor::new(bytes)).ok();
    let read = archive.and_then(|mut archive| {
        archive.by_name("xl/workbook.xml").ok()?.read_to_string(&mut text).ok()
    });
    let marks = ["fullCalcOnLoad=\"1\"", "fullCalcOnLoad=\"true\"", "fullCalcOnLoad='1'"];
    read.is_some() && marks.iter().any(|mark| text.contains(mark))
}

/// How cells are read.
#[derive(Clone, Copy)]
struct How {
    exact: bool,
    /// No formula has a value that counts.
    computed_later: bool,
}

/// The sheets of a workbook, in its order.
pub fn pages(name: &str, bytes: &[u8], limits: &Limits) -> Result<Vec<Page>, Failure> {
    if u64::try_from(bytes.len()).is_ok_and(|length| length > limits.bytes) {
        return Err(too_large(name, limits));
    }
    let has_errors = unpacked_is_small(name, bytes, limits)?;
    let unreadable = |_: XlsxError| no_workbook(name);
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).map_err(unreadable)?;
    let sheets = book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let names: Vec<String> = sheets.map(|sheet| sheet.name.clone()).collect();
    let mut pages = Vec::new();
    let mut room = Room { cells: limits.cells, text: limits.text };
    let computed_later = limits.exact && is_computed_later(bytes);
    let how = How { exact: limits.exact, computed_later };
    for sheet in names {
        let page = page(&mut book, &sheet, how, &mut room).map_err(unreadable)?;
        let mut page = page.ok_or_else(|| too_large(name, limits))?;
        if has_errors {
            // An error that says nothing is no blank cell.
            let mut fits = true;
            hidden::nameless_errors(bytes, &sheet, |(row, column)| {
                fits &= room.takes(&DataRef::Empty).is_some();
                if let Some(column) = u16::try_from(column).ok().filter(|_| fits) {
                    let nothing = Value::Unreadable(Unreadable::NotComputed);
                    page.cells.entry((row, column)).or_insert(nothing);
                }
            });
            if !fits {
                return Err(too_large(name, limits));
            }
        }
        pages.push(Page { name: sheet, ..page });
    }
    Ok(pages)
}

/// Whether a part that is unpacked into nothing has a cell that is an error.
#[derive(Default)]
struct Watch {
    last: Vec<u8>,
    seen: bool,
}

impl Write for Watch {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let is_error = |text: &[u8]| {
            let marks: [&[u8]; 2] = [b"t=\"e\"", b"t='e'"];
            marks.iter().any(|mark| memchr::memmem::find(text, mark).is_some())
        };
        let length = MARK.min(bytes.len());
        let (head, tail) = (bytes.get(..length), bytes.get(bytes.len() - length..));
        self.last.extend(head.unwrap_or_default());
        self.seen = self.seen || is_error(&self.last) || is_error(bytes);
        self.last = tail.unwrap_or_default().to_vec();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// So many bytes has the mark of an error.
const MARK: usize = 5;

/// Unpacks every part into nothing, counts, and answers whether any cell is an error.
fn unpacked_is_small(name: &str, bytes: &[u8], limits: &Limits) -> Result<bool, Failure> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| no_workbook(name))?;
    if archive.len() > MOST_PARTS {
        return Err(too_large(name, limits));
    }
    let mut room = limits.unpacked;
    let mut has_errors = false;
    for part in 0..archive.len() {
        let part = archive.by_index(part).map_err(|_| no_workbook(name))?;
        let mut part = part.take(room + 1);
        let mut watch = Watch::default();
        let length = std::io::copy(&mut part, &mut watch);
        has_errors |= watch.seen;
        let length = length.map_err(|_| no_workbook(name))?;
        room = room.checked_sub(length).ok_or_else(|| too_large(name, limits))?;
    }
    Ok(has_errors)
}

fn too_large(name: &str, limits: &Limits) -> Failure {
    let [most, unpacked] = [limits.bytes, limits.unpacked].map(|bytes| bytes / MIB);
    let (cells, text) = (limits.cells, limits.text / 1024 / 1024);
    Failure::both(
        format!(
            "{name}: this workbook is too large: at most {most} MiB, {unpacked} MiB unpacked, {cells} cells and {text} MiB of text in them are read"
        ),
        format!(
            "{name} : ce classeur est trop grand : {most} Mio, {unpacked} Mio décompressés, {cells} cellules et {text} Mio de texte en elles au plus sont lus"
        ),
    )
}

fn no_workbook(name: &str) -> Failure {
    Failure::both(
        format!("{name}: this is no workbook (.xlsx), or it is damaged: save it again as one"),
        format!(
            "{name} : ce n'est pas un classeur (.xlsx), ou il est abîmé : enregistrez-le de nouveau sous cette forme"
        ),
    )
}

/// What is left for the cells of a workbook.
struct Room {
    cells: usize,
    text: usize,
}

impl Room {
    /// Takes the room of one more cell, if there is any.
    fn takes(&mut self, read: &DataRef<'_>) -> Option<()> {
        let length = match read {
            DataRef::String(text) => text.len(),
            DataRef::SharedString(text) => text.len(),
            DataRef::Int(_)
            | DataRef::Float(_)
            | DataRef::Bool(_)
            | DataRef::DateTime(_)
            | DataRef::DateTimeIso(_)
            | DataRef::DurationIso(_)
            | DataRef::Error(_)
            | DataRef::Empty => 0,
        };
        self.cells = self.cells.checked_sub(1)?;
        self.text = self.text.checked_sub(length)?;
        Some(())
    }
}

/// A sheet, without its name; none if there are too many cells.
fn page<R: Read + Seek>(
    book: &mut Xlsx<R>,
    sheet: &str,
    how: How,
    room: &mut Room,
) -> Result<Option<Page>, XlsxError> {
    let mut shown = Shown::default();
    let mut known: BTreeMap<usize, Arc<str>> = BTreeMap::new();
    let most = room.cells;
    let mut reader = book.worksheet_cells_reader(sheet)?;
    while let Some((row, column, style)) = reader.next_style_id()? {
        let format = reader.styles().get(style).and_then(|style| style.number_format.as_ref());
        let Some((format, column)) = format.zip(u16::try_from(column).ok()) else { continue };
        let code = format.format_code.as_str();
        let percent = formats::is_of_percent(code);
        if percent && !formats::has_sections(code) {
            shown.percentages.insert((row, column));
        } else if percent || how.exact && !["General", "@", "0"].contains(&code) {
            let code = known.entry(style).or_insert_with(|| Arc::from(code));
            shown.formats.insert((row, column), Arc::clone(code));
        }
        if shown.percentages.len() + shown.formats.len() > most {
            return Ok(None);
        }
    }
    drop(reader);
    let left = (room.cells, room.text);
    let cells = match cells(book, sheet, how, &shown, room, None) {
        // The reader of workbooks knows seven errors of formulas and says of another neither where it stands.
        Err(XlsxError::CellError(_)) => {
            let mut places = Vec::new();
            let mut reader = book.worksheet_cells_reader(sheet)?;
            while let Some(cell) = reader.next_formula()? {
                places.push(cell.get_position());
            }
            drop(reader);
            (room.cells, room.text) = left;
            cells(book, sheet, how, &shown, room, Some(&places))?
        }
        read => read?,
    };
    Ok(cells.map(|cells| Page { cells, formats: shown.formats, ..Page::default() }))
}

/// How the cells of a sheet are shown.
#[derive(Default)]
struct Shown {
    /// Those that show a hundred times their number, whatever it is.
    percentages: BTreeSet<(u32, u16)>,
    /// The formats of others that say something.
    formats: BTreeMap<(u32, u16), Arc<str>>,
}

impl Shown {
    /// Whether a cell shows this number as a percentage.
    fn is_percent(&self, at: (u32, u16), number: f64) -> bool {
        let format = || self.formats.get(&at).map(|format| formats::section_of(format, number));
        self.percentages.contains(&at) || format().is_some_and(formats::is_of_percent)
    }
}

type Cells = BTreeMap<(u32, u16), Value>;

/// The cells of a sheet; none if there are too many. Where all `places` of them are known, an error of a formula that the
/// reader of workbooks does not know is the value of its cell.
fn cells<R: Read + Seek>(
    book: &mut Xlsx<R>,
    sheet: &str,
    how: How,
    shown: &Shown,
    room: &mut Room,
    places: Option<&[(u32, u32)]>,
) -> Result<Option<Cells>, XlsxError> {
    let mut cells = BTreeMap::new();
    let mut reader = book.worksheet_cells_reader(sheet)?;
    for count in 0.. {
        let known = places.and_then(|places| places.get(count)).copied();
        let (of_record, read, computed) = match (reader.next_cell_with_formula_metadata(), known) {
            (Ok(None), _) => break,
            (Ok(Some(record)), _) => (record.pos, Ok(record.value), record.formula.is_some()),
            (Err(XlsxError::CellError(name)), Some(place)) => (place, Err(name), false),
            (Err(error), _) => return Err(error),
        };
        let (row, column) = known.unwrap_or(of_record);
        let Ok(column) = u16::try_from(column) else { return Ok(None) };
        let at = (row, column);
        let read = match read {
            Ok(read) => read,
            Err(name) => {
                if room.takes(&DataRef::Empty).is_none() {
                    return Ok(None);
                }
                cells.insert(at, Value::Unreadable(Unreadable::Error(name)));
                continue;
            }
        };
        let is_blank = matches!(read, DataRef::Empty);
        if !is_blank && room.takes(&read).is_none() {
            return Ok(None);
        }
        let value = match value(&read, |number| shown.is_percent(at, number), how.exact) {
            _ if computed && (is_blank || how.computed_later) => {
                Some(Value::Unreadable(Unreadable::NotComputed))
            }
            value => value,
        };
        if let Some(value) = value {
            let timed = matches!(value, Value::Number { .. })
                && shown.formats.get(&at).is_some_and(|format| formats::is_of_time(format));
            let value = if timed { Value::Unreadable(Unreadable::Time(None)) } else { value };
            cells.insert(at, value);
        }
    }
    Ok(Some(cells))
}

fn value(read: &DataRef<'_>, is_percent: impl Fn(f64) -> bool, exact: bool) -> Option<Value> {
    let time = |shown: Option<String>| Some(Value::Unreadable(Unreadable::Time(shown)));
    let text = |text: &str| {
        Value::text(text).map(|value| if exact { Value::Text(text.to_owned()) } else { value })
    };
    match read {
        DataRef::Empty => None,
        DataRef::String(of) => text(of),
        DataRef::SharedString(of) => text(of),
        DataRef::Int(number) => {
            // Which section shows it is told by its sign, or by a comparison with a few digits.
            let percent = is_percent(*number as f64);
            Some(Value::Number { digits: number.to_string(), percent })
        }
        // The shortest decimal that stands for it, as everywhere in this program.
        DataRef::Float(number) if number.is_finite() => {
            Some(Value::Number { digits: number.to_string(), percent: is_percent(*number) })
        }
        DataRef::Float(number) => Some(Value::Unreadable(Unreadable::Error(number.to_string()))),
        DataRef::Bool(truth) => Some(Value::Truth(*truth)),
        DataRef::DateTime(day) if day.is_datetime() => match day.to_ymd_hms_milli() {
            // A moment just before midnight is rounded to the day behind it.
            (.., 0, 0, 0, 0) if exact && day.as_f64().to_string().contains('.') => time(None),
            (year, month, day, 0, 0, 0, 0) => {
                Some(Value::Day(format!("{year:04}-{month:02}-{day:02}")))
            }
            // What is before all days is a time of day alone.
            (year, month, day, hour, minute, second, milli) if year > 1904 => time(Some(format!(
                "{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}.{milli:03}"
            ))),
            _time_of_day => time(None),
        },
        DataRef::DateTimeIso(text) => match text.split_once('T') {
            None => Some(Value::Day(text.clone())),
            // Where a clock with a zone stands, the same column may hold other times of it.
            Some(_) if exact && text.ends_with('Z') => time(Some(text.clone())),
            Some((day, hour))
                if hour.trim_end_matches('Z').bytes().all(|c| matches!(c, b'0' | b':' | b'.')) =>
            {
                Some(Value::Day(day.to_owned()))
            }
            Some(_) => time(Some(text.clone())),
        },
        DataRef::DateTime(_) | DataRef::DurationIso(_) => time(None),
        DataRef::Error(error) => Some(Value::Unreadable(Unreadable::Error(error.to_string()))),
    }
}
