//! Event files as blocks of whole lines or rows: plain, compressed, or standard input.

#![expect(clippy::disallowed_methods, reason = "this is where event files are read")]

use super::compressed;
use super::event_files::EventsFormat;
use super::output::{Failure, plain};
#[cfg(feature = "parquet")]
use crate::feed::ParquetEvents;
use crate::feed::{BOM, Block, CsvHeader, LONGEST_LINE, Layout, PARQUET_MARK};
use crate::lang::{Lang, say};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
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
    format: Option<EventsFormat>,
    /// How many bytes of the files have been read, as they lie on disk.
    pub read: Arc<AtomicU64>,
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
    /// The blocks of these files. `format` says how they are written, where their names and
    /// contents do not.
    pub fn new(paths: &[PathBuf], format: Option<EventsFormat>, lang: Lang) -> Blocks {
        let files: Vec<PathBuf> = paths.to_vec();
        let files = files.into_iter();
        Blocks { files, open: None, spare: Vec::new(), lang, format, read: Arc::default() }
    }

    /// The next block; at least one of each file.
    pub fn next(&mut self) -> Result<Option<Block>, Failure> {
        if self.open.is_none() {
            let Some(path) = self.files.next() else { return Ok(None) };
            self.open = Some(OpenFile::open(path, self.format, &self.read, self.lang)?);
        }
        let mut block = self.spare.pop().unwrap_or_default();
        block.clear();
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

impl OpenFile {
    fn open(
        path: PathBuf,
        format: Option<EventsFormat>,
        read: &Arc<AtomicU64>,
        lang: Lang,
    ) -> Result<OpenFile, Failure> {
        let source = OpenFile::source(&path, format, read, lang)?;
        Ok(OpenFile { path, source, begins: true })
    }

    fn source(
        path: &Path,
        format: Option<EventsFormat>,
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
            if is_parquet(&file, format) {
                return ParquetRows::open(file, path, read, lang);
            }
            Box::new(file)
        };
        let plain = Counted { inner: plain, read: Arc::clone(read) };
        let (reader, inner) = compressed::opened(&name, plain).map_err(fault)?;
        // A small buffer: what is wanted of a block goes past it, into the block.
        let mut reader = BufReader::new(reader);
        let start = reader.fill_buf().map_err(fault)?;
        let format = format.unwrap_or(if start.starts_with(PARQUET_MARK) {
            EventsFormat::Parquet
        } else if inner.ends_with(".csv") {
            EventsFormat::Csv
        } else {
            EventsFormat::Ndjson
        });
        if start.starts_with(BOM) {
            reader.consume(BOM.len());
        }
        let layout = match format {
            EventsFormat::Ndjson => Layout::Ndjson,
            EventsFormat::Csv => {
                let mut line = Vec::new();
                let mut limited = (&mut reader).take(LONGEST_LINE as u64);
                limited.read_until(b'\n', &mut line).map_err(fault)?;
                let header =
                    CsvHeader::read(&line).map_err(|fault| faulty(path, &fault.say(lang), lang))?;
                Layout::Csv(Arc::new(header))
            }
            EventsFormat::Parquet => return in_memory(reader, path, lang),
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
fn in_memory(mut reader: impl Read, path: &Path, lang: Lang) -> Result<Source, Failure> {
    let mut bytes = Vec::new();
    reader.read_to_end(&mut bytes).map_err(|error| failed(path, &error))?;
    ParquetRows::source(bytes::Bytes::from(bytes), 0, path, &Arc::default(), lang)
}

#[cfg(not(feature = "parquet"))]
fn in_memory(_: impl Read, path: &Path, lang: Lang) -> Result<Source, Failure> {
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
    fn open(file: File, path: &Path, read: &Arc<AtomicU64>, lang: Lang) -> Result<Source, Failure> {
        let size = file.metadata().map_err(|error| failed(path, &error))?.len();
        ParquetRows::source(file, size, path, read, lang)
    }

    fn source<R: parquet::file::reader::ChunkReader + 'static>(
        bytes: R,
        size: u64,
        path: &Path,
        read: &Arc<AtomicU64>,
        lang: Lang,
    ) -> Result<Source, Failure> {
        let events =
            ParquetEvents::open(bytes).map_err(|fault| faulty(path, &fault.say(lang), lang))?;
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
            if let Some(end) = memchr::memrchr(b'\n', bytes) {
                self.rest.extend_from_slice(bytes.get(end + 1..).unwrap_or_default());
                bytes.truncate(end + 1);
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
