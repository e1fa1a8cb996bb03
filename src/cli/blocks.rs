//! Event files as blocks of whole lines: plain, compressed, or standard input.

#![expect(clippy::disallowed_methods, reason = "this is where event files are read")]

use super::output::Failure;
use crate::feed::{BOM, Block, CsvHeader, LONGEST_LINE, Layout};
use crate::lang::Lang;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How many bytes a block has, about: few enough to stay near the processor.
const BLOCK: usize = 256 * 1024;

/// The blocks of event files, in order.
pub struct Blocks {
    files: std::vec::IntoIter<PathBuf>,
    open: Option<OpenFile>,
    /// Blocks that have been taken and can be used again.
    pub spare: Vec<Block>,
    lang: Lang,
    csv: Option<bool>,
}

struct OpenFile {
    path: PathBuf,
    reader: BufReader<Box<dyn Read + Send>>,
    layout: Layout,
    /// What follows the last whole line of the block before.
    rest: Vec<u8>,
    begins: bool,
}

impl Blocks {
    /// The blocks of these files. `csv` says whether they are CSV, where the names do not.
    pub fn new(paths: &[PathBuf], csv: Option<bool>, lang: Lang) -> Blocks {
        let files: Vec<PathBuf> = paths.to_vec();
        let files = files.into_iter();
        Blocks { files, open: None, spare: Vec::new(), lang, csv }
    }

    /// The next block; at least one of each file.
    pub fn next(&mut self) -> Result<Option<Block>, Failure> {
        if self.open.is_none() {
            let Some(path) = self.files.next() else { return Ok(None) };
            self.open = Some(OpenFile::open(path, self.csv, self.lang)?);
        }
        let mut block = self.spare.pop().unwrap_or_default();
        block.clear();
        if let Some(file) = &mut self.open {
            let ended = file.fill(&mut block).map_err(|error| failed(&file.path, &error))?;
            if ended {
                self.open = None;
            }
        }
        Ok(Some(block))
    }
}

fn failed(path: &Path, error: &io::Error) -> Failure {
    Failure::file(path, error)
}

impl OpenFile {
    fn open(path: PathBuf, csv: Option<bool>, lang: Lang) -> Result<OpenFile, Failure> {
        let name = path.to_string_lossy().to_lowercase();
        let plain: Box<dyn Read + Send> = if path == Path::new("-") {
            Box::new(io::stdin())
        } else {
            Box::new(File::open(&path).map_err(|error| failed(&path, &error))?)
        };
        let (reader, inner): (Box<dyn Read + Send>, _) =
            if let Some(inner) = name.strip_suffix(".gz") {
                (Box::new(flate2::read::MultiGzDecoder::new(plain)), inner)
            } else if let Some(inner) = name.strip_suffix(".zst") {
                let decoder = zstd::stream::read::Decoder::new(plain);
                (Box::new(decoder.map_err(|error| failed(&path, &error))?), inner)
            } else {
                (plain, name.as_str())
            };
        let csv = csv.unwrap_or(inner.ends_with(".csv"));
        let mut file = OpenFile {
            reader: BufReader::with_capacity(BLOCK, reader),
            layout: Layout::Ndjson,
            rest: Vec::new(),
            begins: true,
            path,
        };
        let start = file.reader.fill_buf().map_err(|error| failed(&file.path, &error))?;
        if start.starts_with(BOM) {
            file.reader.consume(BOM.len());
        }
        if csv {
            let mut line = Vec::new();
            let mut limited = (&mut file.reader).take(LONGEST_LINE as u64);
            limited.read_until(b'\n', &mut line).map_err(|error| failed(&file.path, &error))?;
            let header = CsvHeader::read(&line).map_err(|fault| {
                Failure::new(format!("{}: {}", file.path.display(), fault.say(lang)))
            })?;
            file.layout = Layout::Csv(Arc::new(header));
        }
        Ok(file)
    }

    /// Fills a block with whole lines; whether the file has ended.
    fn fill(&mut self, block: &mut Block) -> io::Result<bool> {
        block.layout = self.layout.clone();
        block.begins_file = std::mem::take(&mut self.begins);
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
