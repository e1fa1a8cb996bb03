//! `jalon run`: schedules and events in, invoice lines out.

use super::accounts::{AccountFiles, IssuedAccount, Told};
use super::billing::{Hashes, Job, Room, Shape, hashes};
use super::event_files::{EventFiles, Events, refuse_full};
use super::input::Schedules;
use super::issued_files::IssuedFiles;
use super::memory::MemoryOptions;
use super::output::{self, Exit, Failure, message, plain};
use super::threads::{CASES, cases_in_order};
use crate::feed::{Book, CsvForm, Histories, Issued, LineFormat, Seen};
use crate::lang::{Lang, say};
use clap::{Args, ValueEnum};
use std::io::{IsTerminal, Write};
use std::ops::Range;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What `jalon run` takes.
#[derive(Args)]
#[command(mut_arg("events", |events| events.required(true)))]
pub struct Options {
    /// Schedule files, also compiled ones, or folders with files whose name ends in .jalon
    #[arg(long, required = true, num_args = 1.., value_name = "PATH")]
    schedule: Vec<PathBuf>,

    #[command(flatten)]
    events: EventFiles,

    /// How lines are written
    #[arg(long, value_enum, default_value_t = Format::Ndjson)]
    format: Format,

    /// Give whole invoices instead of lines: for each its lines, its tax, its total and the day on which
    /// it is due, as NDJSON; as CSV or as a table one row each, without its lines
    #[arg(long)]
    invoices: bool,

    /// Write every notice, of an event without effect for instance, and every withheld case to this
    /// file, one JSON object a line. What an earlier run wrote there is removed first; any other file is
    /// kept, and the call refused
    #[arg(long, value_name = "FILE")]
    notices: Option<PathBuf>,

    /// Write how many cases, events and lines there are, and the totals, to this file, as JSON. What an
    /// earlier run wrote there is removed first; any other file is kept, and the call refused
    #[arg(long, value_name = "FILE")]
    summary: Option<PathBuf>,

    /// Files of lines (not of whole invoices) that have been issued already, as this command writes them in any
    /// format, compressed or not: only new lines are given, and for each issued line that no longer stands a
    /// `credit`, dated as of the last day that counts
    #[arg(long, num_args = 1.., value_name = "FILE", conflicts_with = "grouped")]
    issued: Vec<PathBuf>,

    /// Go on where an issued line is dated after the last day that counts, and credit it if it does not
    /// stand on that day; else the call is refused, since the date is most likely wrong
    #[arg(long, requires = "issued")]
    credit_later_lines: bool,

    /// Add to each line the semantic hash of its schedule, which changes only when what is billed does
    #[arg(long)]
    schedule_hash: bool,

    /// For large files in which the events of each case stand together: bill a case as soon as its
    /// events have been read, in little memory. Where this fails, the lines written so far are not to
    /// be used
    #[arg(long)]
    grouped: bool,

    #[command(flatten)]
    memory: MemoryOptions,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// One JSON object a line
    Ndjson,
    /// Records, after a line that names the fields
    Csv,
    /// The same for a French spreadsheet: semicolons, decimal commas, French headings
    CsvFr,
    /// The same for a database: no apostrophe before what a spreadsheet would take for a formula
    CsvExact,
    /// Parquet, in a program that was built with it
    Parquet,
    /// A table, to be looked at
    Table,
}

impl Format {
    /// What is made of lines. Parquet is no text, and refused where it would be looked at.
    fn shape(self, invoices: bool, lang: Lang) -> Result<Shape, Failure> {
        match self {
            Format::Ndjson if invoices => Ok(Shape::Invoices),
            Format::Table if invoices => Ok(Shape::InvoiceRows),
            Format::Csv if invoices => Ok(Shape::InvoiceRecords(CsvForm::Plain)),
            Format::CsvFr if invoices => Ok(Shape::InvoiceRecords(CsvForm::French)),
            Format::CsvExact if invoices => Ok(Shape::InvoiceRecords(CsvForm::Exact)),
            Format::Parquet if invoices => Err(Failure::new(say!(
                lang,
                "Parquet is for lines: `--invoices` gives NDJSON, CSV or a table; leave out `--invoices` for one row a line",
                "le Parquet est fait pour les lignes : `--invoices` donne du NDJSON, du CSV ou un tableau ; retirez `--invoices` pour une rangée par ligne"
            ))),
            Format::Ndjson => Ok(Shape::Written(LineFormat::Ndjson)),
            Format::Csv => Ok(Shape::Written(LineFormat::Csv(CsvForm::Plain))),
            Format::CsvFr => Ok(Shape::Written(LineFormat::Csv(CsvForm::French))),
            Format::CsvExact => Ok(Shape::Written(LineFormat::Csv(CsvForm::Exact))),
            Format::Table => Ok(Shape::Rows),
            Format::Parquet if std::io::stdout().is_terminal() => Err(Failure::new(say!(
                lang,
                "Parquet is not for a terminal: write it to a file (`> lines.parquet`)",
                "le Parquet n'est pas fait pour un terminal : écrivez-le dans un fichier (`> lignes.parquet`)"
            ))),
            #[cfg(feature = "parquet")]
            Format::Parquet => Ok(Shape::Columns),
            #[cfg(not(feature = "parquet"))]
            Format::Parquet => Err(Failure::new(say!(
                lang,
                "this program was built without Parquet (`cargo build --features parquet`)",
                "ce programme a été construit sans Parquet (`cargo build --features parquet`)"
            ))),
        }
    }
}

/// Bills cases.
pub fn run(options: &Options, lang: Option<Lang>) -> Result<Exit, Failure> {
    // Before anything else can fail: what is left of an earlier run is not of this one.
    let files = AccountFiles::create(
        options.notices.as_deref(),
        options.summary.as_deref(),
        &[&options.schedule, options.events.paths(), &options.issued],
    )?;
    let schedules = Schedules::open(&options.schedule, lang)?;
    let (book, lang) = (&schedules.book, schedules.lang);
    let events = options.events.open(lang)?.in_currencies(book.currencies());
    let shape = options.format.shape(options.invoices, lang)?;
    let mut told = Told::new(files.notices, events.progress());
    let issued = match options.issued.as_slice() {
        [] => None,
        paths => Some(read_issued(paths, options.credit_later_lines, &events, &mut told)?),
    };
    let run = Run {
        book,
        hashes: options.schedule_hash.then(|| hashes(book)),
        shape,
        issued: issued.as_ref(),
        events,
        lang,
        options,
        spare: Mutex::default(),
    };
    let unreadable = if options.grouped { run.grouped(&mut told)? } else { run.whole(&mut told)? };
    told.finish(unreadable, files.summary, run.shape, lang)
}

/// The issued lines of files; those that stand twice are told.
fn read_issued(
    paths: &[PathBuf],
    credit_later: bool,
    events: &Events<'_>,
    told: &mut Told,
) -> Result<Issued, Failure> {
    let files = IssuedFiles {
        paths,
        names: paths.iter().map(|path| plain(&path.display().to_string())).collect(),
        as_of: events.as_of,
        as_of_is_stated: events.as_of_is_stated,
        credit_later,
        lang: events.lang,
    };
    let mut outcome = Ok(());
    let issued = files.read(|repeated| {
        if outcome.is_ok() {
            outcome = told.repeated(&repeated, &files.names, events.lang);
        }
    })?;
    outcome?;
    told.issued = Some(IssuedAccount {
        lines: issued.line_count,
        repeated: issued.repeated,
        date_of_issue: events.as_of,
    });
    Ok(issued)
}

/// A run under way.
struct Run<'a> {
    book: &'a Book,
    hashes: Option<Hashes>,
    shape: Shape,
    issued: Option<&'a Issued>,
    events: Events<'a>,
    lang: Lang,
    options: &'a Options,
    /// Where lines stood that have been written, to be used again.
    spare: Mutex<Vec<Vec<u8>>>,
}

impl Run<'_> {
    fn spare(&self) -> MutexGuard<'_, Vec<Vec<u8>>> {
        self.spare.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads all events, then bills all cases; gives how many lines could not be read.
    fn whole(&self, told: &mut Told) -> Result<u64, Failure> {
        let what = self.lang.pick("bill", "facturer");
        let mut memory = self.options.memory.open()?;
        let mut histories = self.events.cases(what, &mut memory, &mut told.progress)?;
        told.read_so(&histories, &self.events.names, self.lang)?;
        told.alike(&histories, self.lang)?;
        told.all_cases = Some(histories.case_count() as u64);
        output::results(|out| {
            told.begin(self.shape, self.hashes.is_some(), out)?;
            while let Some(cases) = memory.next_cases(&mut histories)? {
                self.bill(&self.job(&histories), cases, told, out)?;
            }
            told.end(self.shape, self.lang, out)
        })?;
        told.progress.clear();
        self.cases_without_events(&histories, told)?;
        let unreadable = histories.unreadable.count();
        told.check(histories.event_count - unreadable, self.lang)?;
        Ok(unreadable)
    }

    /// Bills each case as soon as the next one begins; gives how many lines could not be read.
    fn grouped(&self, told: &mut Told) -> Result<u64, Failure> {
        let mut blocks = self.events.blocks();
        told.progress.count(&blocks.read);
        let mut histories = Histories::default();
        let mut seen = Seen::default();
        let (mut read, mut skipped) = (0, 0);
        output::results(|out| {
            told.begin(self.shape, self.hashes.is_some(), out)?;
            loop {
                let block = blocks.next()?;
                let ended = block.is_none();
                if let Some(mut block) = block {
                    block.read();
                    histories.take(&block);
                    blocks.spare.push(block);
                    refuse_full(&histories, self.lang)?;
                }
                let cases =
                    histories.case_count() - usize::from(!ended).min(histories.case_count());
                if !ended && (cases == 0 || (histories.is_small() && cases < CASES)) {
                    continue;
                }
                histories.group();
                if let Some(case) = histories.scattered_case().or(histories.seen_again(&mut seen)) {
                    let case = plain(&case);
                    return Err(Failure::new(say!(
                        self.lang,
                        "the events of case {case} do not stand together: --grouped needs files grouped by case, and nothing that it wrote is to be used",
                        "les événements du dossier {case} ne se suivent pas : --grouped demande des fichiers groupés par dossier, et rien de ce qu'il a écrit n'est à utiliser"
                    )));
                }
                if let Some(fault) = histories.contradiction() {
                    let why = plain(&fault.say(self.lang));
                    return Err(Failure::new(say!(
                        self.lang,
                        "{why}: cases before were billed on such days, and nothing that --grouped wrote is to be used",
                        "{why} : des dossiers ont été facturés plus haut sur de tels jours, et rien de ce que --grouped a écrit n'est à utiliser"
                    )));
                }
                if !histories.unreadable.is_empty() {
                    told.progress.clear();
                }
                self.events.refuse_unreadable(&histories)?;
                skipped += histories.unreadable.count();
                self.bill(&self.job(&histories), 0..cases, told, out)?;
                read += (0..cases).map(|case| histories.event_count_of(case)).sum::<u64>();
                if ended {
                    told.read_so(&histories, &self.events.names, self.lang)?;
                    return told.end(self.shape, self.lang, out);
                }
                histories.keep_last_case();
            }
        })?;
        told.check(read, self.lang)?;
        Ok(skipped)
    }

    /// A case that has been billed and has no event at all is left as it is: more likely its events
    /// are missing than all of them withdrawn.
    fn cases_without_events(&self, histories: &Histories, told: &mut Told) -> Result<(), Failure> {
        let issued = self.issued.into_iter().flat_map(Issued::cases);
        for case in issued.filter(|case| histories.find(case).is_none()) {
            told.tally.withhold(0);
            let case = plain(case);
            message(&say!(
                self.lang,
                "case {case} is withheld: lines of it have been issued, and it has no event\n",
                "le dossier {case} est retenu : des lignes en ont été émises, et il n'a pas d'événement\n"
            ))?;
        }
        Ok(())
    }

    fn job<'j>(&'j self, histories: &'j Histories) -> Job<'j> {
        Job {
            book: self.book,
            hashes: self.hashes.as_ref(),
            histories,
            as_of: self.events.as_of,
            shape: self.shape,
            names: &self.events.names,
            lang: self.lang,
            issued: self.issued,
            all_notices: self.options.notices.is_some(),
        }
    }

    /// Bills a range of cases; what comes of them is told in their order.
    fn bill(
        &self,
        job: &Job<'_>,
        cases: Range<usize>,
        told: &mut Told,
        out: &mut dyn Write,
    ) -> Result<(), Failure> {
        let notices = AtomicUsize::new(told.wanted_notices());
        cases_in_order(
            || self.events.threads(),
            cases,
            || job.biller(),
            |biller, cases| {
                let out = self.spare().pop().unwrap_or_default();
                job.bill(biller, cases, Room { out, notices: notices.load(Ordering::Relaxed) })
            },
            |mut done| {
                let taken = told.take(job, &mut done, out);
                notices.store(told.wanted_notices(), Ordering::Relaxed);
                done.out.clear();
                self.spare().push(done.out);
                taken
            },
        )
    }
}
