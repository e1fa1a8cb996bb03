//! `jalon run`: schedules and events in, invoice lines out.

use super::billing::{Done, Job, MOST_NOTICES};
use super::blocks::Blocks;
use super::input::{self, CompiledFile, NewFile};
use super::output::{self, Exit, Failure, message, plain};
use super::threads::in_order;
use crate::calendar::Date;
use crate::feed::{
    Biller, Block, Book, Histories, Issued, LineFormat, Place, Seen, Tally, read_issued,
    write_header,
};
use crate::lang::{Lang, say};
use crate::model::{InvoiceLine, InvoiceLineKind};
use clap::{Args, ValueEnum};
use std::io::Write;
use std::num::NonZeroUsize;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// What `jalon run` takes.
#[derive(Args)]
pub struct Options {
    /// Schedule files, or folders with files whose name ends in .jalon
    #[arg(long, required = true, num_args = 1.., value_name = "PATH")]
    schedule: Vec<PathBuf>,

    /// Event files, one JSON object a line, or `-` for standard input
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    events: Vec<PathBuf>,

    /// The last day that counts, as YYYY-MM-DD; today if not stated
    #[arg(long, value_name = "DATE", value_parser = input::date_argument)]
    as_of: Option<Date>,

    /// How lines are written
    #[arg(long, value_enum, default_value_t = Format::Ndjson)]
    format: Format,

    /// Bill the other cases even if a line cannot be read that could belong to any of them
    #[arg(long)]
    skip_unreadable: bool,

    /// Write every notice to this file, one JSON object a line
    #[arg(long, value_name = "FILE")]
    notices: Option<PathBuf>,

    /// Write the accounts of the run to this file, as JSON
    #[arg(long, value_name = "FILE")]
    summary: Option<PathBuf>,

    /// Files of lines that have been issued, as this command writes them: only lines that are new
    /// are given, and for each issued line that no longer stands one of kind `credit`, dated as of
    /// the as-of date
    #[arg(long, num_args = 1.., value_name = "FILE", conflicts_with = "grouped")]
    issued: Vec<PathBuf>,

    /// How many threads work; as many as there are processors if not stated. The output is the same
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,

    /// How events are written; if not stated, CSV where the name ends in .csv (or .csv.gz, .csv.zst)
    #[arg(long, value_enum, value_name = "FORMAT")]
    events_format: Option<EventsFormat>,

    /// Bill each case as soon as its events have been read, in little memory: the events of a case
    /// have to stand together. What is written before a fault is found is not to be used
    #[arg(long)]
    grouped: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum EventsFormat {
    Ndjson,
    Csv,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Ndjson,
    Csv,
    Table,
}

impl Format {
    fn of_lines(self) -> Option<LineFormat> {
        match self {
            Format::Ndjson => Some(LineFormat::Ndjson),
            Format::Csv => Some(LineFormat::Csv),
            Format::Table => None,
        }
    }
}

/// Bills cases.
pub fn run(options: &Options, lang: Option<Lang>) -> Result<Exit, Failure> {
    let files = input::sound_schedules(&options.schedule, lang)?;
    let lang = lang.unwrap_or_else(|| language_of(&files));
    let book = input::book(&files)?;
    input::each_once(&options.events)?;
    let run = Run {
        book: &book,
        as_of: input::as_of(options.as_of)?,
        names: &names_of(&options.events),
        issued: &read_issued_files(&options.issued)?,
        threads: options.threads(),
        lang,
        options,
    };
    let mut told = Told::new(options.notices.as_deref())?;
    let unreadable = if options.grouped { run.grouped(&mut told)? } else { run.whole(&mut told)? };
    told.finish(&run, unreadable)
}

impl Options {
    /// Whether events are CSV, where it is stated.
    fn csv(&self) -> Option<bool> {
        self.events_format.map(|format| match format {
            EventsFormat::Ndjson => false,
            EventsFormat::Csv => true,
        })
    }

    fn threads(&self) -> usize {
        self.threads.map_or_else(
            || std::thread::available_parallelism().map_or(1, NonZeroUsize::get),
            NonZeroUsize::get,
        )
    }
}

/// A run under way.
struct Run<'a> {
    book: &'a Book,
    as_of: Date,
    names: &'a [String],
    issued: &'a Issued,
    threads: usize,
    lang: Lang,
    options: &'a Options,
}

/// So many cases are billed at a time.
const CASES: usize = 512;

impl Run<'_> {
    /// Reads all events, then bills all cases; gives how many lines could not be read.
    fn whole(&self, told: &mut Told) -> Result<u64, Failure> {
        let events = &self.options.events;
        let histories = read(events, self.options.csv(), self.threads, self.lang)?;
        if !unreadable(&histories, self.names, self.options.skip_unreadable, self.lang)? {
            return Err(Failure::told());
        }
        if histories.event_count == 0 {
            message(&say!(
                self.lang,
                "no event: there is nothing to bill\n",
                "aucun événement : il n'y a rien à facturer\n"
            ))?;
        }
        let job = self.job(&histories);
        output::results(|out| {
            told.header(&job, out)?;
            self.bill(&job, 0..histories.case_count(), told, out)?;
            told.table(&job, out)
        })?;
        self.cases_without_events(&histories, told)?;
        let unreadable = histories.unreadable.len() as u64;
        told.check(histories.event_count - unreadable, self.lang)?;
        Ok(unreadable)
    }

    /// Bills each case as soon as the next one begins; gives how many lines could not be read.
    fn grouped(&self, told: &mut Told) -> Result<u64, Failure> {
        let mut blocks = Blocks::new(&self.options.events, self.options.csv(), self.lang);
        let mut histories = Histories::default();
        let mut seen = Seen::default();
        let (mut read, mut skipped) = (0, 0);
        output::results(|out| {
            told.header(&self.job(&histories), out)?;
            loop {
                let block = blocks.next()?;
                let ended = block.is_none();
                if let Some(mut block) = block {
                    block.read();
                    histories.take(&block);
                    blocks.spare.push(block);
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
                let skip = self.options.skip_unreadable;
                if !unreadable(&histories, self.names, skip, self.lang)? {
                    return Err(Failure::told());
                }
                skipped += histories.unreadable.len() as u64;
                self.bill(&self.job(&histories), 0..cases, told, out)?;
                read += (0..cases).map(|case| histories.event_count_of(case)).sum::<u64>();
                if ended {
                    return told.table(&self.job(&histories), out);
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
        for case in self.issued.keys().filter(|case| histories.find(case).is_none()) {
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
            histories,
            as_of: self.as_of,
            format: self.options.format.of_lines(),
            names: self.names,
            lang: self.lang,
            issued: (!self.options.issued.is_empty()).then_some(self.issued),
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
        let mut ranges = cases.clone().step_by(CASES);
        in_order(
            self.threads.min(cases.len() / CASES + 1),
            || Ok(ranges.next().map(|start| start..(start + CASES).min(cases.end))),
            || Biller::new(job.book),
            |biller, cases| job.bill(biller, cases),
            |done| told.take(done, out),
        )
    }
}

/// The issued lines of files.
fn read_issued_files(paths: &[PathBuf]) -> Result<Issued, Failure> {
    let mut issued = Issued::new();
    for path in paths {
        read_issued(&input::read_file(path)?, &mut issued).map_err(|(line, error)| {
            Failure::new(format!("{}:{line}: {error}", plain(&path.display().to_string())))
        })?;
    }
    Ok(issued)
}

/// The cases of event files, read on so many threads.
pub fn read(
    paths: &[PathBuf],
    csv: Option<bool>,
    threads: usize,
    lang: Lang,
) -> Result<Histories, Failure> {
    let blocks = Mutex::new(Blocks::new(paths, csv, lang));
    let own = || blocks.lock().unwrap_or_else(PoisonError::into_inner);
    let mut histories = Histories::default();
    in_order(
        threads,
        || own().next(),
        || (),
        |(), mut block: Block| {
            block.read();
            block
        },
        |block| {
            histories.take(&block);
            own().spare.push(block);
            if histories.is_full() {
                return Err(Failure::new(say!(
                    lang,
                    "too many events for one run: split them by case",
                    "trop d'événements pour un seul passage : répartissez-les par dossier"
                )));
            }
            Ok(())
        },
    )?;
    histories.group();
    Ok(histories)
}

/// The language of most of the schedule files.
pub fn language_of(files: &[CompiledFile]) -> Lang {
    let french = files.iter().filter(|file| file.compiled.warnings.lang == Lang::Fr).count();
    if french * 2 > files.len() { Lang::Fr } else { Lang::En }
}

/// The cases of event files.
pub fn read_histories(paths: &[PathBuf], lang: Lang) -> Result<Histories, Failure> {
    read(paths, None, 1, lang)
}

/// The files' names as messages show them.
pub fn names_of(paths: &[PathBuf]) -> Vec<String> {
    paths.iter().map(|path| plain(&path.display().to_string())).collect()
}

/// `file:line:column` of a place.
pub fn shown(names: &[String], place: Place) -> String {
    let name = names.get(place.file as usize).map_or("-", String::as_str);
    format!("{name}:{}:{}", place.line, place.column)
}

/// Tells of lines that could belong to any case; whether the run may go on.
pub fn unreadable(
    histories: &Histories,
    names: &[String],
    skip: bool,
    lang: Lang,
) -> Result<bool, Failure> {
    if histories.unreadable.is_empty() {
        return Ok(true);
    }
    const MOST: usize = 20;
    for line in histories.unreadable.iter().take(MOST) {
        let (place, why) = (shown(names, line.place), plain(&line.reason.say(lang)));
        message(&say!(lang, "{place}: unreadable: {why}\n", "{place} : illisible : {why}\n"))?;
    }
    if let Some(more) = histories.unreadable.len().checked_sub(MOST).filter(|more| *more > 0) {
        message(&say!(lang, "and {more} more\n", "et {more} de plus\n"))?;
    }
    message(&if skip {
        say!(
            lang,
            "unreadable lines are skipped, as asked: cases may be billed without them\n",
            "les lignes illisibles sont ignorées, comme demandé : des dossiers peuvent être facturés sans elles\n"
        )
    } else {
        say!(
            lang,
            "a line that cannot be read could belong to any case: nothing is billed (--skip-unreadable bills the rest)\n",
            "une ligne illisible peut appartenir à tout dossier : rien n'est facturé (--skip-unreadable facture le reste)\n"
        )
    })?;
    Ok(skip)
}

/// What is told while cases are billed.
struct Told {
    tally: Tally,
    /// The first notices.
    notices: Vec<String>,
    notices_file: Option<NewFile>,
    rows: Vec<InvoiceLine>,
    /// On how many cases the program failed.
    failed: u64,
}

impl Told {
    fn new(notices: Option<&Path>) -> Result<Told, Failure> {
        let notices_file = notices.map(NewFile::create).transpose()?;
        Ok(Told {
            tally: Tally::default(),
            notices: Vec::new(),
            notices_file,
            rows: Vec::new(),
            failed: 0,
        })
    }

    fn header(&self, job: &Job<'_>, out: &mut dyn Write) -> Result<(), Failure> {
        let mut header = Vec::new();
        if let Some(format) = job.format {
            write_header(&mut header, format);
        }
        Ok(out.write_all(&header)?)
    }

    fn table(&mut self, job: &Job<'_>, out: &mut dyn Write) -> Result<(), Failure> {
        if job.format.is_none() {
            writeln!(out, "{}", table(&self.rows, job.lang))?;
        }
        Ok(())
    }

    fn take(&mut self, done: Done, out: &mut dyn Write) -> Result<(), Failure> {
        out.write_all(&done.out)?;
        self.rows.extend(done.rows);
        self.tally.add(&done.tally);
        self.failed += done.failed;
        if !done.withheld.is_empty() {
            message(&done.withheld)?;
        }
        let room = MOST_NOTICES.saturating_sub(self.notices.len());
        self.notices.extend(done.notices.into_iter().take(room));
        if let Some(file) = &mut self.notices_file {
            file.write(done.all_notices.as_bytes())?;
        }
        Ok(())
    }

    /// Every event that was read is accounted for.
    fn check(&self, read: u64, lang: Lang) -> Result<(), Failure> {
        let accounted = self.tally.events();
        if accounted == read {
            return Ok(());
        }
        Err(Failure::new(say!(
            lang,
            "{read} events were read and {accounted} are accounted for: this is a fault of the program, and nothing that it wrote is to be used",
            "{read} événements ont été lus et {accounted} sont comptés : c'est une faute du programme, et rien de ce qu'il a écrit n'est à utiliser"
        )))
    }

    /// Shows the first notices and the accounts.
    fn finish(mut self, run: &Run<'_>, unreadable: u64) -> Result<Exit, Failure> {
        let lang = run.lang;
        message(&self.notices.concat())?;
        let more = self.tally.notices.saturating_sub(self.notices.len() as u64);
        if more > 0 {
            message(&say!(
                lang,
                "and {more} more notices (--notices FILE writes all of them)\n",
                "et {more} autres remarques (--notices FICHIER les écrit toutes)\n"
            ))?;
        }
        if let Some(file) = self.notices_file.take() {
            file.finish()?;
        }
        if let Some(path) = &run.options.summary {
            input::write_new(path, &format!("{:#}\n", self.tally.to_json(unreadable)))?;
        }
        let tally = &self.tally;
        let (billed, withheld) = (tally.billed_cases, tally.withheld_cases);
        let (events, used, without) = (tally.events(), tally.used, tally.without_effect);
        let (events_withheld, lines) = (tally.withheld, tally.lines());
        if withheld > 0 {
            let cases = billed + withheld;
            message(&say!(
                lang,
                "withheld: {withheld} of {cases} cases; the others are billed\n",
                "retenus : {withheld} dossiers sur {cases} ; les autres sont facturés\n"
            ))?;
        }
        // A table is looked at, and needs no accounts beside it.
        if run.options.format.of_lines().is_none() {
            return self.exit(unreadable, lang);
        }
        message(&say!(
            lang,
            "cases: {billed} billed, {withheld} withheld\n\
             events: {events} read = {used} used + {without} without effect + {events_withheld} withheld\n\
             lines: {lines}\n",
            "dossiers : {billed} facturés, {withheld} retenus\n\
             événements : {events} lus = {used} utilisés + {without} sans effet + {events_withheld} retenus\n\
             lignes : {lines}\n"
        ))?;
        for ((currency, kind), total) in &tally.totals {
            let lines = total.lines;
            message(&format!("  {kind:<12} {lines:>10} {total:>18} {currency}\n"))?;
        }
        self.exit(unreadable, lang)
    }

    /// How the run ends: where the program itself failed on a case, as where nothing was done.
    fn exit(&self, unreadable: u64, lang: Lang) -> Result<Exit, Failure> {
        if self.failed == 0 {
            return Ok(Exit::findings(self.tally.withheld_cases > 0 || unreadable > 0));
        }
        let cases = self.failed;
        Err(Failure::new(say!(
            lang,
            "the program failed on {cases} of the withheld cases: please report this; the other cases are billed",
            "le programme a échoué sur {cases} des dossiers retenus : merci de le signaler ; les autres dossiers sont facturés"
        )))
    }
}

fn kind(kind: InvoiceLineKind, lang: Lang) -> &'static str {
    match kind {
        InvoiceLineKind::Deposit => lang.pick("deposit", "acompte"),
        InvoiceLineKind::Installment => lang.pick("installment", "échéance"),
        InvoiceLineKind::Balance => lang.pick("balance", "solde"),
        InvoiceLineKind::Deduction => lang.pick("deduction", "déduction"),
        InvoiceLineKind::Credit => lang.pick("credit", "avoir"),
    }
}

fn table(lines: &[InvoiceLine], lang: Lang) -> comfy_table::Table {
    use comfy_table::{CellAlignment, Table, presets};
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED);
    table.set_header(lang.pick(
        ["case", "date", "invoice", "kind", "label", "quantity", "unit price", "amount", ""],
        [
            "dossier",
            "date",
            "facture",
            "nature",
            "libellé",
            "quantité",
            "prix unitaire",
            "montant",
            "",
        ],
    ));
    for line in lines {
        table.add_row([
            plain(&line.case),
            line.date.to_string(),
            line.invoice.to_string(),
            kind(line.kind, lang).to_owned(),
            plain(&line.label),
            line.quantity.clone().unwrap_or_default(),
            line.unit_price.clone().unwrap_or_default(),
            line.amount.clone(),
            line.currency.clone(),
        ]);
    }
    for column in [2, 5, 6, 7] {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table
}
