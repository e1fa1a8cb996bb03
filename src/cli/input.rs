//! Files and folders that a call names, read with care: nothing hangs and nothing is too large.

#![expect(clippy::disallowed_methods, reason = "this is where files are read")]

use super::output::Failure;
use super::report::{self, Style};
use super::tongue;
use crate::artefact::{self, LARGEST_ARTEFACT};
use crate::calendar::Date;
use crate::compiled::{Compiled, compile_bytes, load};
use crate::diagnostic::Report;
use crate::feed::Book;
use crate::lang::{Lang, say};
use crate::syntax::{LARGEST_SOURCE, tells_language};
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// A schedule file, read.
pub struct SourceFile {
    /// Its path, as messages name it.
    pub path: PathBuf,
    /// Its bytes, at most one more than are accepted.
    pub bytes: Vec<u8>,
}

impl SourceFile {
    /// Its name in messages.
    pub fn name(&self) -> String {
        super::output::plain(&self.path.display().to_string())
    }
}

/// The schedule files that paths name: files as they are, folders with all files below them whose
/// name ends in `.jalon`, in the order of their names.
pub fn schedule_files(paths: &[PathBuf]) -> Result<Vec<SourceFile>, Failure> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            let before = files.len();
            for entry in walkdir::WalkDir::new(path).follow_links(true).sort_by_file_name() {
                let entry = entry.map_err(|error| not_walked(path, error))?;
                let named = entry.path().extension().is_some_and(|ending| ending == "jalon");
                // What is named like a schedule and is no file is refused, and not left out.
                if named && !entry.file_type().is_dir() {
                    files.push(read_schedule(entry.path())?);
                }
            }
            if files.len() == before {
                let path = path.display();
                return Err(Failure::both(
                    format!("{path}: no file here whose name ends in .jalon"),
                    format!("{path} : aucun fichier ici dont le nom finit par .jalon"),
                ));
            }
        } else {
            files.push(read_schedule(path)?);
        }
    }
    Ok(files)
}

fn not_walked(path: &Path, error: walkdir::Error) -> Failure {
    let at = error.path().unwrap_or(path).to_owned();
    match error.io_error() {
        Some(error) => Failure::file(&at, error),
        None => Failure::both(
            format!("{}: a link leads back into its own folder", at.display()),
            format!("{} : un lien ramène dans son propre répertoire", at.display()),
        ),
    }
}

/// The language of a schedule file, if it can be read as one.
pub fn language_of(path: &Path) -> Option<Lang> {
    let file = read_schedule(path)
        .ok()
        .filter(|file| !file.is_artefact() && tells_language(&file.bytes))?;
    let (_, parsed) = crate::syntax::parse_bytes(&file.bytes, None);
    Some(parsed.lang)
}

/// Reads a file up to one byte more than a schedule may have.
fn read_schedule(path: &Path) -> Result<SourceFile, Failure> {
    let failed = |error: io::Error| Failure::file(path, &error);
    refuse_pipe(path)?;
    let mut bytes = Vec::new();
    let most = LARGEST_SOURCE.max(LARGEST_ARTEFACT) as u64 + 1;
    File::open(path).map_err(failed)?.take(most).read_to_end(&mut bytes).map_err(failed)?;
    Ok(SourceFile { path: path.to_owned(), bytes })
}

/// A pipe may wait for ever for somebody to write into it.
fn refuse_pipe(path: &Path) -> Result<(), Failure> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        let kind =
            std::fs::metadata(path).map_err(|error| Failure::file(path, &error))?.file_type();
        if kind.is_fifo() || kind.is_socket() {
            let path = path.display();
            return Err(Failure::both(
                format!("{path}: this is a pipe, not a file"),
                format!("{path} : c'est un tube, pas un fichier"),
            ));
        }
    }
    Ok(())
}

/// Reads a workbook, up to one byte more than `most`.
pub fn read_workbook(path: &Path, most: u64) -> Result<Vec<u8>, Failure> {
    let failed = |error: io::Error| Failure::file(path, &error);
    refuse_pipe(path)?;
    let mut bytes = Vec::new();
    File::open(path).map_err(failed)?.take(most + 1).read_to_end(&mut bytes).map_err(failed)?;
    Ok(bytes)
}

/// Reads a whole file.
pub fn read_file(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|error| Failure::file(path, &error))
}

/// Reads all of standard input.
pub fn read_stdin() -> Result<Vec<u8>, Failure> {
    super::output::refuse_closed_stdin()?;
    let mut bytes = Vec::new();
    let read = io::stdin().lock().read_to_end(&mut bytes);
    read.map_err(|error| Failure::file(Path::new("-"), &error))?;
    Ok(bytes)
}

impl SourceFile {
    /// Whether it is read as a schedule that was compiled before: by what it holds, not by its name.
    pub fn is_artefact(&self) -> bool {
        artefact::is_artefact(&self.bytes)
    }

    /// Compiles it, or loads it if it is compiled already. What is wrong with a file that tells no
    /// language is said in that of the session.
    pub fn compile(&self, lang: Option<Lang>) -> Result<Compiled, Report> {
        if self.is_artefact() {
            return load(&self.name(), &self.bytes, lang);
        }
        let compiled = compile_bytes(&self.name(), &self.bytes, lang);
        if compiled.is_err() && lang.is_none() && !tells_language(&self.bytes) {
            return compile_bytes(&self.name(), &self.bytes, Some(tongue::of_answer(None)));
        }
        compiled
    }
}

/// A compiled schedule file.
pub struct CompiledFile {
    /// The file.
    pub file: SourceFile,
    /// What it holds.
    pub compiled: Compiled,
}

/// As [`sound_schedules`], for a command that needs the text of the schedules.
pub fn sound_sources(paths: &[PathBuf], lang: Option<Lang>) -> Result<Vec<CompiledFile>, Failure> {
    let sound = sound_schedules(paths, lang)?;
    sound.iter().try_for_each(|file| refuse_artefact(&file.file))?;
    Ok(sound)
}

/// Refuses a compiled schedule where a source is needed.
pub fn refuse_artefact(file: &SourceFile) -> Result<(), Failure> {
    if !file.is_artefact() {
        return Ok(());
    }
    let name = file.name();
    Err(Failure::both(
        format!("{name}: this file is compiled already: name the one that it was compiled from"),
        format!("{name} : ce fichier est déjà compilé : nommez celui dont il est issu"),
    ))
}

/// Compiles schedule files for a command that needs them sound: what is wrong is reported, and then
/// nothing is done.
pub fn sound_schedules(
    paths: &[PathBuf],
    lang: Option<Lang>,
) -> Result<Vec<CompiledFile>, Failure> {
    let (sound, reports) = compiled_schedules(paths, lang)?;
    if reports.is_empty() { Ok(sound) } else { Err(refused(&reports, lang)?) }
}

/// Compiles schedule files: those that are sound, and what is wrong with the others.
pub fn compiled_schedules(
    paths: &[PathBuf],
    lang: Option<Lang>,
) -> Result<(Vec<CompiledFile>, Vec<Report>), Failure> {
    let mut sound = Vec::new();
    let mut reports = Vec::new();
    for file in schedule_files(paths)? {
        match file.compile(lang) {
            Ok(compiled) => sound.push(CompiledFile { file, compiled }),
            Err(report) => reports.push(report),
        }
    }
    let langs = sound.iter().map(|file| file.compiled.warnings.lang);
    tongue::files_are(langs.chain(reports.iter().map(|report| report.lang)));
    Ok((sound, reports))
}

/// Reports what is wrong with schedules, and says that nothing was done.
pub fn refused(reports: &[Report], lang: Option<Lang>) -> Result<Failure, Failure> {
    let style = Style::of_stderr();
    for report in reports {
        super::output::message(&report::human(report, style))?;
    }
    Ok(Failure::new(say!(
        tongue::of_answer(lang),
        "the schedules have errors: nothing was done",
        "les échéanciers ont des erreurs : rien n'a été fait"
    )))
}

/// The schedules of a call.
pub struct Schedules {
    /// The files, in which all is sound.
    pub files: Vec<CompiledFile>,
    /// Their schedules by name.
    pub book: Book,
    /// The language of the answer: the one that is asked for, or that of most of the files.
    pub lang: Lang,
}

impl Schedules {
    /// The schedules of these paths, for a command that needs them sound.
    pub fn open(paths: &[PathBuf], lang: Option<Lang>) -> Result<Schedules, Failure> {
        let files = sound_schedules(paths, lang)?;
        let book = book(&files)?;
        Ok(Schedules { files, book, lang: tongue::of_answer(lang) })
    }
}

/// All schedules of the files, by name.
fn book(files: &[CompiledFile]) -> Result<Book, Failure> {
    let mut book = Book::default();
    for file in files {
        for plan in &file.compiled.schedules {
            book.add(plan.clone()).map_err(|plan| {
                let (name, file) = (&plan.schedule.name, file.file.name());
                Failure::both(
                    format!("{file}: a second schedule is named `{name}`"),
                    format!("{file} : un deuxième échéancier s'appelle `{name}`"),
                )
            })?;
        }
    }
    if book.plans().is_empty() {
        return Err(Failure::both(
            "the files hold no schedule",
            "les fichiers ne contiennent aucun échéancier",
        ));
    }
    Ok(book)
}

/// The as-of date of a call: the one that it states, or else today.
pub fn as_of(stated: Option<Date>) -> Result<Date, Failure> {
    if let Some(date) = stated {
        return Ok(date);
    }
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let days = now.map(|now| now.as_secs() / 86_400).unwrap_or_default();
    chrono::DateTime::from_timestamp(i64::try_from(days * 86_400).unwrap_or(0), 0)
        .and_then(|time| Date::from_naive(time.date_naive()))
        .ok_or_else(|| {
            Failure::both(
                "the clock of this machine is wrong: state --as-of",
                "l'horloge de cette machine est fausse : indiquez --as-of",
            )
        })
}
