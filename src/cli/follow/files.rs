//! The files of a call that follows invoices: follow-ups, invoices, events, what has been done.
//!
//! In: the options of a call. Out: the book of invoices with what has come of it, and on standard error what is
//! withheld, what is not known, and what does not count yet.

use crate::calendar::Date;
use crate::cli::arguments;
#[cfg(feature = "parquet")]
use crate::cli::blocks::faulty;
#[cfg(not(feature = "parquet"))]
use crate::cli::blocks::without_parquet;
use crate::cli::compressed;
use crate::cli::input::{self, CompiledFile};
use crate::cli::output::{Exit, Failure, message, plain};
use crate::cli::spreadsheet::opened::is_workbook;
use crate::cli::spreadsheet::records::{Cell, Holds, Row, Sheet, sheet};
use crate::feed::{Foreign, Form, LOOKED_AT, form_of};
use crate::feed::{PARQUET_MARK, UnreadableReason};
use crate::follow::{
    self, Asked, Book, Done, Draft, Fault, Format, Give, History, Lines, Place, Record, Run,
    SheetRow, Table, Words,
};
use crate::lang::{Lang, say};
use crate::model::FollowUp;
use crate::tell;
use clap::Args;
use std::collections::HashSet;
use std::io::Read;
use std::path::{Path, PathBuf};

/// The options of every command that follows invoices.
#[derive(Args)]
pub struct InvoiceFiles {
    /// Files with follow-ups, also compiled ones, or folders with files whose name ends in .jalon
    #[arg(long, required = true, num_args = 1.., value_name = "PATH")]
    follow_up: Vec<PathBuf>,

    /// Invoices, one JSON object a line, CSV where the name ends in .csv, a workbook (.xlsx), or Parquet (also compressed:
    /// .gz, .zst)
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    invoices: Vec<PathBuf>,

    /// What happened to them, in files of the same kinds
    #[arg(long, num_args = 1.., value_name = "FILE")]
    events: Vec<PathBuf>,

    /// The last day that counts, as YYYY-MM-DD; today if not stated
    #[arg(long, value_name = "DATE", value_parser = arguments::date_argument)]
    as_of: Option<Date>,

    /// The steps that have really been done (invoice, step, day): then only these have fired, and what is still to be
    /// done is given. Without it, every evening up to the last day is replayed
    #[arg(long, num_args = 1.., value_name = "FILE")]
    done: Vec<PathBuf>,

    /// The sheet that is read of each workbook (.xlsx); the only one that has any cell if not stated
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
}

/// What a call has to work with.
pub struct Opened {
    files: Vec<CompiledFile>,
    /// The invoices.
    pub book: Book,
    /// The last day that counts.
    pub as_of: Date,
    /// The language of the answer.
    pub lang: Lang,
    done: Option<Vec<Done>>,
    named: Named,
}

/// The files of a call, each with what its fields are called.
type Named = Vec<(String, Words)>;

impl InvoiceFiles {
    /// Reads everything. A line that names no invoice could be about any: then nothing is done.
    pub fn open(&self, lang: Option<Lang>) -> Result<Opened, Failure> {
        let files = input::sound_schedules(&self.follow_up, lang)?;
        let lang = crate::cli::tongue::of_answer(lang);
        if files.iter().all(|file| file.compiled.follow_ups.is_empty()) {
            return Err(Failure::both(
                "the files hold no follow-up",
                "les fichiers ne contiennent aucun suivi",
            ));
        }
        self.refuse_twice()?;
        let mut named = Vec::new();
        let sheet = self.sheet.as_deref();
        let mut read =
            |paths, table, give: Give<'_>| records(paths, table, sheet, (&mut named, lang), give);
        let mut draft = Draft::default();
        read(&self.invoices, Table::Invoices, &mut |record| draft.invoice(&record))?;
        let mut draft = draft.events();
        read(&self.events, Table::Events, &mut |record| draft.event(&record))?;
        let mut done = Vec::new();
        read(&self.done, Table::Done, &mut |record| done.push(record))?;
        if sheet.is_some() && !named.iter().any(|(_, words)| words.is_sheet()) {
            return Err(Failure::both(
                "`--sheet` names a sheet of a workbook (.xlsx), which none of these files is",
                "`--sheet` nomme une feuille de classeur (.xlsx), et aucun de ces fichiers n'en est un",
            ));
        }
        let book = draft.book();
        let as_of = input::as_of(self.as_of)?;
        let opened = Opened { files, book, as_of, lang, done: None, named };
        if !opened.book.nameless.is_empty() {
            let text: String = opened
                .book
                .nameless
                .iter()
                .map(|fault| format!("{}\n", opened.placed(fault)))
                .collect();
            message(&text)?;
            return Err(nothing_done(lang));
        }
        if opened.book.is_too_large() {
            return Err(Failure::both(
                "the amounts are too large to be summed up: give fewer invoices at a time",
                "les montants sont trop grands pour être additionnés : donnez moins de factures à la fois",
            ));
        }
        let read = |done: &[Record]| {
            follow::read_done(done).map_err(|fault| Failure::new(opened.placed(&fault)))
        };
        let done = if self.done.is_empty() { None } else { Some(read(&done)?) };
        Ok(Opened { done, ..opened })
    }

    /// Refuses a file that is named twice: its events without an id would count twice.
    fn refuse_twice(&self) -> Result<(), Failure> {
        let mut seen = HashSet::new();
        for path in self.events.iter().chain(&self.invoices) {
            if !seen.insert(path.canonicalize().unwrap_or_else(|_| path.clone())) {
                let path = plain(&path.display().to_string());
                return Err(Failure::both(
                    format!("{path}: this file is named twice"),
                    format!("{path} : ce fichier est nommé deux fois"),
                ));
            }
        }
        Ok(())
    }
}

fn nothing_done(lang: Lang) -> Failure {
    Failure::new(say!(
        lang,
        "a line that cannot be read could be about any invoice: nothing was done",
        "une ligne illisible pourrait concerner n'importe quelle facture : rien n'a été fait"
    ))
}

/// Gives the records of files, whose names are noted.
fn records(
    paths: &[PathBuf],
    table: Table,
    sheet: Option<&str>,
    (named, lang): (&mut Named, Lang),
    give: Give<'_>,
) -> Result<(), Failure> {
    for path in paths {
        let number = u32::try_from(named.len()).unwrap_or(u32::MAX);
        let name = plain(&path.display().to_string());
        let lines = match file_of(path)? {
            File::Text(text, format) => follow::read(&text, format, table, number, give),
            File::Parquet(bytes) => parquet(bytes, path, (table, number), lang, give)?,
            File::Workbook(bytes) => {
                of_workbook(&bytes, &name, sheet, (table, number), lang, give)?
            }
        };
        if let Some(unread) = lines.words.unread(lang) {
            message(&say!(lang, "{name}: {unread}\n", "{name} : {unread}\n"))?;
        }
        if !lines.unreadable.is_empty() {
            let said = lines.unreadable.iter().map(|line| {
                let (place, why) = (shown(&name, &lines.words, line.place, lang), line.say(lang));
                say!(lang, "{place}: {why}\n", "{place} : {why}\n")
            });
            message(&said.collect::<String>())?;
            return Err(nothing_done(lang));
        }
        named.push((name, lines.words));
    }
    Ok(())
}

/// A file that has been read.
enum File {
    /// A text, and how it is written.
    Text(String, Format),
    /// Parquet.
    Parquet(Vec<u8>),
    /// A workbook.
    Workbook(Vec<u8>),
}

/// Where something stands, as people call it.
fn shown(name: &str, words: &Words, place: Place, lang: Lang) -> String {
    let line = place.line;
    if words.is_sheet() {
        return say!(lang, "{name}: row {line}", "{name} : ligne {line}");
    }
    format!("{name}:{line}")
}

fn of_workbook(
    bytes: &[u8],
    name: &str,
    named: Option<&str>,
    (table, number): (Table, u32),
    lang: Lang,
    give: Give<'_>,
) -> Result<Lines, Failure> {
    let holds = |name: &str| match table.field_named(name) {
        None | Some("net" | "vat") => Holds::Nothing,
        Some(field) if table.is_sum(field) => Holds::Number,
        Some("kind" | "currency") => Holds::Other,
        Some(field) if table.is_day(field) => Holds::Other,
        Some(_) => Holds::Name,
    };
    let Sheet { names, rows } = sheet(bytes, name, named, holds, &[], lang)?;
    let of = |row: Row| {
        let cells = vec![String::new(); names.len()];
        let mut read = SheetRow { number: row.number, cells, wrong: Vec::new() };
        for (column, cell) in row.cells {
            let (text, fault) = match cell {
                Cell::Text(text) => {
                    if let Some(cell) = read.cells.get_mut(usize::from(column)) {
                        *cell = text;
                    }
                    continue;
                }
                Cell::Wrong(text, fault) => (text, Some(fault)),
                Cell::Nameless(text) => (text, None),
            };
            read.wrong.push((usize::from(column) + 1, text, fault));
        }
        read
    };
    Ok(follow::read_sheet(&names, rows.into_iter().map(of), table, number, give))
}

#[cfg(feature = "parquet")]
fn parquet(
    bytes: Vec<u8>,
    path: &Path,
    (table, number): (Table, u32),
    lang: Lang,
    give: Give<'_>,
) -> Result<Lines, Failure> {
    let lines = follow::read_parquet(bytes::Bytes::from(bytes), table, number, give);
    lines.map_err(|fault| faulty(path, &fault.say(lang), lang))
}

#[cfg(not(feature = "parquet"))]
fn parquet(
    _: Vec<u8>,
    path: &Path,
    _: (Table, u32),
    lang: Lang,
    _: Give<'_>,
) -> Result<Lines, Failure> {
    Err(without_parquet(path, lang))
}

fn file_of(path: &Path) -> Result<File, Failure> {
    let failed = |error| Failure::file(path, &error);
    let is_stdin = path == Path::new("-");
    let name = if is_stdin { String::new() } else { path.to_string_lossy().to_lowercase() };
    let bytes = if is_stdin { input::read_stdin()? } else { input::read_file(path)? };
    let form = form_of(bytes.get(..LOOKED_AT).unwrap_or(&bytes));
    let shown = plain(&path.display().to_string());
    match form {
        Form::Parquet => return Ok(File::Parquet(bytes)),
        Form::Foreign(Foreign::Zip) if is_workbook(&bytes) => return Ok(File::Workbook(bytes)),
        Form::Foreign(foreign) => {
            return Err(Failure::both(
                format!("{shown}: {}", foreign.say(Lang::En)),
                format!("{shown} : {}", foreign.say(Lang::Fr)),
            ));
        }
        Form::Gzip | Form::Zstd | Form::Ndjson | Form::Array | Form::Csv | Form::Text => {}
    }
    let is_text = matches!(form, Form::Ndjson | Form::Array | Form::Csv | Form::Text);
    let (read, inner) = if is_text && !name.ends_with(".gz") && !name.ends_with(".zst") {
        (bytes, name.as_str())
    } else {
        let mut opened = compressed::opened(&name, std::io::Cursor::new(bytes)).map_err(failed)?;
        let mut read = Vec::new();
        opened.reader.read_to_end(&mut read).map_err(failed)?;
        (read, opened.inner)
    };
    if read.starts_with(PARQUET_MARK) {
        return Ok(File::Parquet(read));
    }
    if is_workbook(&read) {
        return Ok(File::Workbook(read));
    }
    let text = utf8(path, read)?;
    // What begins with a brace or a bracket is JSON, whatever its name says.
    let begins = text.trim_start_matches('\u{feff}').trim_start();
    let is_csv = (inner.ends_with(".csv") || is_stdin && !begins.is_empty())
        && !begins.starts_with(['{', '[']);
    Ok(File::Text(text, if is_csv { Format::Csv } else { Format::Ndjson }))
}

fn utf8(path: &Path, bytes: Vec<u8>) -> Result<String, Failure> {
    String::from_utf8(bytes).map_err(|error| {
        let path = plain(&path.display().to_string());
        let before = error.as_bytes().get(..error.utf8_error().valid_up_to());
        let line = 1 + before.unwrap_or_default().iter().filter(|byte| **byte == b'\n').count();
        let why = |lang: Lang| UnreadableReason::NotUtf8.say(lang);
        Failure::both(
            format!("{path}:{line}: {}", why(Lang::En)),
            format!("{path}:{line} : {}", why(Lang::Fr)),
        )
    })
}

impl Opened {
    /// The follow-ups of all files, in order.
    pub fn follow_ups(&self) -> Vec<&FollowUp> {
        self.files.iter().flat_map(|file| &file.compiled.follow_ups).collect()
    }

    /// Follows everything, and tells on standard error what is not in the answer.
    pub fn run(&self, follow_ups: &[&FollowUp], with_next: bool) -> Result<(Run, Exit), Failure> {
        let asked = Asked { as_of: self.as_of, done: self.done.as_deref(), with_next };
        let run = follow::follow(follow_ups, &self.book, asked);
        let mut text = self.withheld(&run);
        let notices = tell::notices(follow_ups, &self.book, &run, self.as_of, self.lang);
        for line in tell::unknown(&self.book, self.lang).into_iter().chain(notices) {
            text += &line;
            text.push('\n');
        }
        if !text.is_empty() {
            message(&text)?;
        }
        let findings = !run.withheld.is_empty()
            || !self.book.unknown.is_empty()
            || !run.unknown_done.is_empty();
        Ok((run, Exit::findings(findings)))
    }

    /// The history of an invoice, by its number in the book; none where it is withheld.
    pub fn explain(&self, follow_ups: &[&FollowUp], invoice: usize) -> Option<History> {
        let asked = Asked { as_of: self.as_of, done: self.done.as_deref(), with_next: true };
        follow::explain(follow_ups, &self.book, asked, invoice)
    }

    fn place(&self, place: Place) -> String {
        let shown = |(name, words): &(String, Words)| shown(name, words, place, self.lang);
        self.file(place).map_or_else(String::new, shown)
    }

    fn file(&self, place: Place) -> Option<&(String, Words)> {
        self.named.get(usize::try_from(place.file).ok()?)
    }

    /// Why, with the words of the file in which it stands.
    fn said(&self, fault: &Fault) -> String {
        let none = Words::default();
        let words = fault.place.and_then(|place| self.file(place)).map(|(_, words)| words);
        plain(&fault.why.say(self.lang, words.unwrap_or(&none)))
    }

    fn placed(&self, fault: &Fault) -> String {
        let why = self.said(fault);
        match fault.place {
            None => why,
            Some(place) => {
                let place = self.place(place);
                say!(self.lang, "{place}: {why}", "{place} : {why}")
            }
        }
    }

    /// How many invoices are withheld and in nothing of a list, and which; none if all are judged.
    pub fn left_out(&self, run: &Run, of: &str) -> Option<String> {
        let invoices = run.withheld.iter().filter_map(|of| self.book.invoices.get(of.invoice));
        let numbers: Vec<String> = invoices.map(|invoice| plain(&invoice.number)).collect();
        let (count, numbers) = (numbers.len(), numbers.join(", "));
        (count > 0).then(|| {
            say!(
                self.lang,
                "Invoices withheld, {of}: {count} ({numbers})",
                "Factures retenues, {of} : {count} ({numbers})"
            )
        })
    }

    fn withheld(&self, run: &Run) -> String {
        let of = |(id, fault): (&str, Fault)| {
            let (id, why) = (plain(id), self.said(&fault));
            let place = fault.place.map_or(String::new(), |place| {
                let place = self.place(place);
                say!(self.lang, "{place}: ", "{place} : ")
            });
            say!(
                self.lang,
                "{place}invoice `{id}` is withheld: {why}\n",
                "{place}la facture `{id}` est retenue : {why}\n"
            )
        };
        tell::withheld(&self.book, run).map(of).collect()
    }
}
