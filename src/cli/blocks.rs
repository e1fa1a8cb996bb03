//! Event files as blocks of whole lines or rows: plain, compressed, or standard input.

#![expect(clippy::disallowed_methods, reason = "this is where event files are read")]

use super::compressed::{self, Opened};
use super::output::{Failure, message, plain};
use super::spreadsheet::events;
use super::spreadsheet::opened::{OF_EVENTS, is_workbook};
use crate::feed::{ArrayLines, BOM, Block, CsvHeader, LONGEST_LINE, Layout, separator_line};
use crate::feed::{Foreign, Form, LOOKED_AT, form_of, otherwise};
#[cfg(feature = "parquet")]
use crate::feed::{PARQUET_MARK, ParquetEvents};
use crate::lang::{Lang, say};
use crate::model::HostNames;
use crate::money::Currency;
use clap::ValueEnum;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// How many bytes a block has, about: few enough to stay near the processor.
const BLOCK: usize = 256 * 1024;

/// The blocks of event files, in order.
pub struct Blocks {
    files: std::vec::IntoIter<PathBuf>,
    open: Option<OpenFile>,
    /// Blocks that have been taken and can be used again.
    pub spare: Vec<Block>,
    lang: Lang,
    how: Written,
    /// How many bytes of the files have been read, as they lie on disk.
    pub read: Arc<AtomicU64>,
}

/// How event files are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum EventsFormat {
    /// One JSON object a line.
    Ndjson,
    /// Records, after a line that names the fields.
    Csv,
    /// Parquet, its columns named as the fields.
    Parquet,
}

impl EventsFormat {
    /// Whether they are records, as the rows of a sheet are.
    pub fn is_csv(self) -> bool {
        self == EventsFormat::Csv
    }
}

/// What is stated of how event files are written.
#[derive(Clone, Default)]
pub struct Written {
    /// In which format, if that is stated: else what they begin with says it, or their names.
    pub format: Option<EventsFormat>,
    /// The names that columns and kinds have there.
    pub host: Option<Arc<HostNames>>,
    /// The sheet of a workbook that holds them.
    pub sheet: Option<String>,
    /// The currencies of the schedules, where they are known.
    pub currencies: Vec<Currency>,
}

struct OpenFile {
    path: PathBuf,
    source: Source,
    begins: bool,
}

/// Where the blocks of a file come from.
enum Source {
    Lines(Lines),
    #[cfg(feature = "parquet")]
    Rows(ParquetRows),
}

/// A file of lines.
struct Lines {
    reader: BufReader<Box<dyn Read + Send>>,
    layout: Layout,
    /// What follows the last whole line of the block before.
    rest: Vec<u8>,
}

/// A Parquet file, and the share of its bytes that each row stands for.
#[cfg(feature = "parquet")]
struct ParquetRows {
    events: Box<ParquetEvents>,
    size: u64,
    rows: u64,
    read: Arc<AtomicU64>,
}

/// Counts the bytes that pass.
struct Counted<R> {
    inner: R,
    read: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(room)?;
        self.read.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

impl Blocks {
    /// The blocks of these files, and how they are written.
    pub fn new(paths: &[PathBuf], how: Written, lang: Lang) -> Blocks {
        let files: Vec<PathBuf> = paths.to_vec();
        let files = files.into_iter();
        Blocks { files, open: None, spare: Vec::new(), lang, how, read: Arc::default() }
    }

    /// The next block; at least one of each file.
    pub fn next(&mut self) -> Result<Option<Block>, Failure> {
        if self.open.is_none() {
            let Some(path) = self.files.next() else { return Ok(None) };
            self.open = Some(OpenFile::open(path, &self.how, &self.read, self.lang)?);
        }
        let mut block = self.spare.pop().unwrap_or_default();
        block.clear();
        block.host.clone_from(&self.how.host);
        if let Some(file) = &mut self.open {
            block.begins_file = std::mem::take(&mut file.begins);
            if file.fill(&mut block, self.lang)? {
                self.open = None;
            }
        }
        Ok(Some(block))
    }
}

fn failed(path: &Path, error: &io::Error) -> Failure {
    Failure::file(path, error)
}

/// A file whose contents are not what they have to be.
pub fn faulty(path: &Path, why: &str, lang: Lang) -> Failure {
    let path = plain(&path.display().to_string());
    Failure::new(say!(lang, "{path}: {why}", "{path} : {why}"))
}

/// Says, once for a file, that it is not what its name says, and how it is read.
pub fn say_otherwise(path: &Path, form: Option<Form>, lang: Lang) -> Result<(), Failure> {
    let Some(what) = form.and_then(|form| otherwise(form, lang)) else { return Ok(()) };
    let path = plain(&path.display().to_string());
    message(&say!(lang, "{path}: {what}\n", "{path} : {what}\n"))
}

impl OpenFile {
    fn open(
        path: PathBuf,
        how: &Written,
        read: &Arc<AtomicU64>,
        lang: Lang,
    ) -> Result<OpenFile, Failure> {
        let source = OpenFile::source(&path, how, read, lang)?;
        Ok(OpenFile { path, source, begins: true })
    }

    fn source(
        path: &Path,
        how: &Written,
        read: &Arc<AtomicU64>,
        lang: Lang,
    ) -> Result<Source, Failure> {
        let fault = |error: io::Error| failed(path, &error);
        let name = path.to_string_lossy().to_lowercase();
        let plain: Box<dyn Read + Send> = if path == Path::new("-") {
            super::output::refuse_closed_stdin()?;
            Box::new(io::stdin())
        } else {
            let file = File::open(path).map_err(fault)?;
            #[cfg(feature = "parquet")]
            if is_parquet(&file, how.format) {
                return ParquetRows::open(file, path, how, read, lang);
            }
            Box::new(file)
        };
        let plain = Counted { inner: plain, read: Arc::clone(read) };
        let Opened { mut reader, inner, otherwise } =
            compressed::opened(&name, plain).map_err(fault)?;
        let mut start = Vec::new();
        (&mut reader).take(LOOKED_AT as u64).read_to_end(&mut start).map_err(fault)?;
        let form = form_of(&start);
        let packed = Form::Foreign(Foreign::Zip);
        if form == packed && how.format.is_none_or(EventsFormat::is_csv) {
            let source = workbook(Cursor::new(start).chain(reader), path, how, lang)?;
            let surprise = Some(packed).filter(|_| !is_workbook_name(inner));
            say_otherwise(path, otherwise.or(surprise), lang)?;
            return Ok(source);
        }
        if let Form::Foreign(foreign) = form {
            return Err(faulty(path, &foreign.say(lang), lang));
        } else if how.sheet.is_some() {
            let why = say!(
                lang,
                "`--sheet` names a sheet of a workbook (.xlsx), which this file is not",
                "`--sheet` nomme une feuille de classeur (.xlsx), et ce fichier n'en est pas un"
            );
            return Err(faulty(path, &why, lang));
        }
        let named = inner.ends_with(".csv");
        let format = how.format.unwrap_or(match form {
            Form::Parquet => EventsFormat::Parquet,
            Form::Ndjson | Form::Array => EventsFormat::Ndjson,
            Form::Csv => EventsFormat::Csv,
            Form::Text | Form::Gzip | Form::Zstd | Form::Foreign(_) if named => EventsFormat::Csv,
            Form::Text | Form::Gzip | Form::Zstd | Form::Foreign(_) => EventsFormat::Ndjson,
        });
        let is_csv = format.is_csv();
        let by_name = how.format.is_some() || path == Path::new("-") || is_csv == named;
        let surprise = Some(form).filter(|form| !by_name && *form != Form::Text);
        say_otherwise(path, otherwise.or(surprise), lang)?;
        // A small buffer: what is wanted of a block goes past it, into the block.
        let whole: Box<dyn Read + Send> = Box::new(Cursor::new(start).chain(reader));
        let mut reader = BufReader::new(whole);
        if reader.fill_buf().map_err(fault)?.starts_with(BOM) {
            reader.consume(BOM.len());
        }
        let layout = match format {
            EventsFormat::Ndjson if form == Form::Array => {
                let lines: Box<dyn Read + Send> = Box::new(ArrayLines::new(reader));
                reader = BufReader::new(lines);
                Layout::Ndjson
            }
            EventsFormat::Ndjson => Layout::Ndjson,
            EventsFormat::Csv => {
                let mut line = first_line(&mut reader).map_err(fault)?;
                let stated = separator_line(&line);
                if stated.is_some() {
                    line = first_line(&mut reader).map_err(fault)?;
                }
                let header = CsvHeader::read_for(&line, stated, how.host.clone())
                    .map_err(|fault| faulty(path, &fault.say(lang), lang))?;
                tell_left_out(path, &header, lang)?;
                Layout::Csv(Arc::new(header))
            }
            EventsFormat::Parquet => return in_memory(reader, path, how, lang),
        };
        Ok(Source::Lines(Lines { reader, layout, rest: Vec::new() }))
    }

    /// Fills a block; whether the file has ended.
    #[cfg_attr(
        not(feature = "parquet"),
        expect(unused_variables, reason = "a file of lines has no faults of its own")
    )]
    fn fill(&mut self, block: &mut Block, lang: Lang) -> Result<bool, Failure> {
        let path = &self.path;
        match &mut self.source {
            Source::Lines(lines) => lines.fill(block).map_err(|error| failed(path, &error)),
            #[cfg(feature = "parquet")]
            Source::Rows(rows) => {
                rows.fill(block).map_err(|fault| faulty(path, &fault.say(lang), lang))
            }
        }
    }
}

/// Whether a name is that of a workbook.
fn is_workbook_name(name: &str) -> bool {
    name.ends_with(".xlsx") || name.ends_with(".xlsm")
}

/// The sheet of a workbook as records.
fn workbook(file: impl Read, path: &Path, how: &Written, lang: Lang) -> Result<Source, Failure> {
    let mut bytes = Vec::new();
    let read = file.take(OF_EVENTS.bytes + 1).read_to_end(&mut bytes);
    read.map_err(|error| failed(path, &error))?;
    if !is_workbook(&bytes) {
        return Err(faulty(path, &Foreign::Zip.say(lang), lang));
    }
    let name = plain(&path.display().to_string());
    let (sheet, host) = (how.sheet.as_deref(), how.host.as_deref());
    let records = events::records(&bytes, &name, sheet, host, &how.currencies, lang)?;
    let faults = Arc::new(records.faults);
    let header =
        CsvHeader::of_sheet(&records.names, faults, how.host.clone()).map_err(|fault| {
            let row = lang.pick("row 1: ", "ligne 1 : ");
            faulty(path, &(row.to_owned() + &fault.of_sheet(lang)), lang)
        })?;
    tell_left_out(path, &header, lang)?;
    let text: Box<dyn Read + Send> = Box::new(Cursor::new(records.text.into_bytes()));
    let layout = Layout::Csv(Arc::new(header));
    Ok(Source::Lines(Lines { reader: BufReader::new(text), layout, rest: Vec::new() }))
}

/// Tells of columns that are left out.
fn tell_left_out(path: &Path, header: &CsvHeader, lang: Lang) -> Result<(), Failure> {
    let Some(columns) = header.left_out(lang) else { return Ok(()) };
    let path = plain(&path.display().to_string());
    message(&say!(lang, "{path}: {columns}\n", "{path} : {columns}\n"))
}

/// The next line, as far as an event may be long.
fn first_line(reader: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut line = Vec::new();
    reader.take(LONGEST_LINE as u64).read_until(b'\n', &mut line)?;
    Ok(line)
}

/// Whether a file is to be read as Parquet: if nothing is stated, by what it begins with. A pipe is
/// looked at when it is read.
#[cfg(feature = "parquet")]
fn is_parquet(mut file: &File, format: Option<EventsFormat>) -> bool {
    use std::io::{Seek, SeekFrom};
    let mut mark = [0; PARQUET_MARK.len()];
    if !file.metadata().is_ok_and(|about| about.is_file()) {
        return false;
    }
    let begins = file.read_exact(&mut mark).is_ok() && mark == PARQUET_MARK;
    let rewound = file.seek(SeekFrom::Start(0)).is_ok();
    rewound && format.map_or(begins, |format| format == EventsFormat::Parquet)
}

/// A Parquet file that comes through a pipe, or compressed as a whole: its table of contents stands
/// at its end.
#[cfg(feature = "parquet")]
fn in_memory(
    mut reader: impl Read,
    path: &Path,
    how: &Written,
    lang: Lang,
) -> Result<Source, Failure> {
    let mut bytes = Vec::new();
    reader.read_to_end(&mut bytes).map_err(|error| failed(path, &error))?;
    ParquetRows::source(bytes::Bytes::from(bytes), 0, path, how, &Arc::default(), lang)
}

#[cfg(not(feature = "parquet"))]
fn in_memory(_: impl Read, path: &Path, _: &Written, lang: Lang) -> Result<Source, Failure> {
    Err(without_parquet(path, lang))
}

/// That a file is Parquet, which this program does not read.
#[cfg(not(feature = "parquet"))]
pub fn without_parquet(path: &Path, lang: Lang) -> Failure {
    faulty(
        path,
        &say!(
            lang,
            "this is Parquet, and this program was built without it (`cargo build --features parquet`)",
            "c'est du Parquet, et ce programme a été construit sans (`cargo build --features parquet`)"
        ),
        lang,
    )
}

#[cfg(feature = "parquet")]
impl ParquetRows {
    fn open(
        file: File,
        path: &Path,
        how: &Written,
        read: &Arc<AtomicU64>,
        lang: Lang,
    ) -> Result<Source, Failure> {
        let size = file.metadata().map_err(|error| failed(path, &error))?.len();
        ParquetRows::source(file, size, path, how, read, lang)
    }

    fn source<R: parquet::file::reader::ChunkReader + 'static>(
        bytes: R,
        size: u64,
        path: &Path,
        how: &Written,
        read: &Arc<AtomicU64>,
        lang: Lang,
    ) -> Result<Source, Failure> {
        let events = ParquetEvents::open(bytes, how.host.clone())
            .map_err(|fault| faulty(path, &fault.say(lang), lang))?;
        let (events, read) = (Box::new(events), Arc::clone(read));
        Ok(Source::Rows(ParquetRows { events, size, rows: 0, read }))
    }

    fn fill(&mut self, block: &mut Block) -> Result<bool, crate::feed::ParquetFault> {
        let Some((layout, rows)) = self.events.next_rows()? else {
            block.layout = Layout::Ndjson;
            return Ok(true);
        };
        block.layout = layout;
        let share = |rows: u64| {
            let all = u128::from(self.events.row_count.max(1));
            u64::try_from(u128::from(self.size) * u128::from(rows) / all).unwrap_or(u64::MAX)
        };
        let before = share(self.rows);
        let more = share(self.rows + rows).saturating_sub(before);
        self.rows += rows;
        self.read.fetch_add(more, Ordering::Relaxed);
        Ok(false)
    }
}

impl Lines {
    /// Fills a block with whole lines; whether the file has ended.
    fn fill(&mut self, block: &mut Block) -> io::Result<bool> {
        block.layout = self.layout.clone();
        let bytes = &mut block.bytes;
        bytes.append(&mut self.rest);
        loop {
            let wanted = BLOCK.saturating_sub(bytes.len()).max(BLOCK / 4);
            let read = (&mut self.reader).take(wanted as u64).read_to_end(bytes)?;
            if read < wanted {
                return Ok(true);
            }
            let whole = if let Layout::Csv(header) = &self.layout {
                header.form().whole(bytes)
            } else {
                memchr::memrchr(b'\n', bytes).map_or(0, |end| end + 1)
            };
            if whole > 0 {
                self.rest.extend_from_slice(bytes.get(whole..).unwrap_or_default());
                bytes.truncate(whole);
                return Ok(false);
            }
            if bytes.len() > LONGEST_LINE {
                // No event is that long: what is missing of the line is of no interest.
                self.reader.skip_until(b'\n')?;
                return Ok(false);
            }
        }
    }
}
