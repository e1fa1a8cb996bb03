//! How much memory the events of a run may take: the options of the call, and the file for those beyond it.
//!
//! The file has no name where the system knows such files, and else none from the moment it is there: nobody else reads
//! it, and nothing of it remains of a run that fails or is killed.

use super::arguments::BadValue;
use super::output::Failure;
use crate::feed::{Histories, Runs};
use clap::Args;
use std::fs::File;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// How much memory a call allows.
#[derive(Args)]
pub struct MemoryOptions {
    /// Do with about so much memory, as `1GB` or `500MB`: events beyond it are put in a file that only
    /// this run reads, and that goes with it. The output is the same
    #[arg(long, value_name = "SIZE", value_parser = size_argument, conflicts_with = "grouped")]
    memory: Option<usize>,

    /// The folder for that file, which may grow as large as the events themselves; that of the system for
    /// temporary files if not stated
    #[arg(long, value_name = "DIR", requires = "memory")]
    temp_dir: Option<PathBuf>,
}

impl MemoryOptions {
    /// The memory for events. That no file can be made is known before anything is read.
    pub fn open(&self) -> Result<Memory, Failure> {
        let Some(size) = self.memory else { return Ok(Memory::default()) };
        let folder = self.temp_dir.clone().unwrap_or_else(std::env::temp_dir);
        let file = private_file(&folder).map_err(|error| Failure::file(&folder, &error))?;
        // The rest is for the names of cases, for blocks that are read, and for lines that are written.
        Ok(Memory { away: Some(Away { runs: Runs::new(file, size / 4), folder }), given: false })
    }
}

/// A file without a name, for nobody else.
fn private_file(folder: &Path) -> io::Result<File> {
    let file = tempfile::tempfile_in(folder)?;
    #[cfg(unix)]
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    Ok(file)
}

/// The memory for the events of a run, and where those are put for which it has no room.
#[derive(Default)]
pub struct Memory {
    away: Option<Away>,
    /// Where none is ever put away: whether all cases have been given.
    given: bool,
}

struct Away {
    runs: Runs<File>,
    folder: PathBuf,
}

impl Memory {
    /// Puts events away for which there is no room.
    pub fn relieve(&mut self, histories: &mut Histories) -> Result<(), Failure> {
        self.away.as_mut().map_or(Ok(()), |away| away.told(|runs| runs.relieve(histories)))
    }

    /// All events have been read.
    pub fn end(&mut self, histories: &mut Histories) -> Result<(), Failure> {
        self.away.as_mut().map_or(Ok(()), |away| away.told(|runs| runs.end(histories)))
    }

    /// The next cases whose events are in memory, until there are no more.
    pub fn next_cases(
        &mut self,
        histories: &mut Histories,
    ) -> Result<Option<Range<usize>>, Failure> {
        match &mut self.away {
            Some(away) => away.told(|runs| runs.next_cases(histories)).map_err(Failure::in_midst),
            None if std::mem::replace(&mut self.given, true) => Ok(None),
            None => Ok(Some(0..histories.case_count())),
        }
    }

    /// How many bytes have been put away.
    pub fn put_away(&self) -> u64 {
        self.away.as_ref().map_or(0, |away| away.runs.size())
    }
}

impl Away {
    fn told<R>(
        &mut self,
        work: impl FnOnce(&mut Runs<File>) -> io::Result<R>,
    ) -> Result<R, Failure> {
        work(&mut self.runs).map_err(|error| Failure::file(&self.folder, &error))
    }
}

/// Reads a size as an argument.
fn size_argument(text: &str) -> Result<usize, BadValue> {
    const UNITS: [(&str, &str, usize); 7] = [
        ("kB", "ko", 1_000),
        ("MB", "Mo", 1_000_000),
        ("GB", "Go", 1_000_000_000),
        ("TB", "To", 1_000_000_000_000),
        ("KiB", "Kio", 1 << 10),
        ("MiB", "Mio", 1 << 20),
        ("GiB", "Gio", 1 << 30),
    ];
    let text = text.trim();
    let end = text.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(text.len());
    let (digits, unit) = text.split_at_checked(end).unwrap_or_default();
    let unit = unit.trim_start();
    let named = |(english, french, _): &&(&str, &str, usize)| {
        unit.eq_ignore_ascii_case(english) || unit.eq_ignore_ascii_case(french)
    };
    let size = UNITS.iter().find(named).zip(digits.parse::<usize>().ok());
    size.and_then(|((_, _, unit), count)| count.checked_mul(*unit)).ok_or_else(|| BadValue {
        english: "a size is a whole number and a unit: `800MB`, `2GB`, `2GiB`".to_owned(),
        french: "une taille est un nombre entier et une unité : `800Mo`, `2Go`, `2Gio`".to_owned(),
    })
}
