//! The files of a call that follows invoices: follow-ups, invoices, events, what has been done.
//!
//! In: the options of a call. Out: the book of invoices with what has come of it, and on standard error what is
//! withheld, what is not known, and what does not count yet.

use crate::calendar::Date;
use crate::cli::compressed;
use crate::cli::input::{self, CompiledFile};
use crate::cli::output::{Exit, Failure, message, plain};
use crate::cli::recognised::{Form, LOOKED_AT, form_of};
use crate::feed::UnreadableReason;
use crate::follow::{
    self, Asked, Book, Done, Fault, Format, History, Place, Record, Run, Standing, Table, Why,
    Words,
};
use crate::lang::{Lang, say};
use crate::model::FollowUp;
use crate::money::Money;
use clap::Args;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, HashSet};
use std::io::Read;
use std::path::{Path, PathBuf};

/// The options of every command that follows invoices.
#[derive(Args)]
pub struct InvoiceFiles {
    /// Files with follow-ups, or folders with files whose name ends in .jalon
    #[arg(long, required = true, num_args = 1.., value_name = "PATH")]
    follow_up: Vec<PathBuf>,

    /// Invoices, one JSON object a line, or CSV where the name ends in .csv (also compressed: .gz, .zst)
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    invoices: Vec<PathBuf>,

    /// What happened to them, in files of the same kinds
    #[arg(long, num_args = 1.., value_name = "FILE")]
    events: Vec<PathBuf>,

    /// The last day that counts, as YYYY-MM-DD; today if not stated
    #[arg(long, value_name = "DATE", value_parser = input::date_argument)]
    as_of: Option<Date>,

    /// The steps that have really been done (invoice, step, day): then only these have fired, and what is still to be
    /// done is given. Without it, every evening up to the last day is replayed
    #[arg(long, num_args = 1.., value_name = "FILE")]
    done: Vec<PathBuf>,
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
        let files = input::sound_sources(&self.follow_up, lang)?;
        let lang = crate::cli::tongue::of_answer(lang);
        if files.iter().all(|file| file.compiled.follow_ups.is_empty()) {
            return Err(Failure::both(
                "the files hold no follow-up",
                "les fichiers ne contiennent aucun suivi",
            ));
        }
        self.refuse_twice()?;
        let mut named = Vec::new();
        let invoices = records(&self.invoices, Table::Invoices, &mut named, lang)?;
        let events = records(&self.events, Table::Events, &mut named, lang)?;
        let done = records(&self.done, Table::Done, &mut named, lang)?;
        let book = Book::new(&invoices, &events);
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

/// The records of files, whose names are noted.
fn records(
    paths: &[PathBuf],
    table: Table,
    named: &mut Named,
    lang: Lang,
) -> Result<Vec<Record>, Failure> {
    let mut all = Vec::new();
    for path in paths {
        let number = u32::try_from(named.len()).unwrap_or(u32::MAX);
        let name = plain(&path.display().to_string());
        let (text, format) = text_of(path)?;
        let lines = follow::read(&text, format, table, number);
        named.push((name.clone(), lines.words));
        if !lines.unreadable.is_empty() {
            let said = lines.unreadable.iter().map(|line| {
                let (number, why) = (line.place.line, line.say(lang));
                say!(lang, "{name}:{number}: {why}\n", "{name}:{number} : {why}\n")
            });
            message(&said.collect::<String>())?;
            return Err(nothing_done(lang));
        }
        all.extend(lines.records);
    }
    Ok(all)
}

fn text_of(path: &Path) -> Result<(String, Format), Failure> {
    let failed = |error| Failure::file(path, &error);
    let is_stdin = path == Path::new("-");
    let name = if is_stdin { String::new() } else { path.to_string_lossy().to_lowercase() };
    let bytes = if is_stdin { input::read_stdin()? } else { input::read_file(path)? };
    let form = form_of(bytes.get(..LOOKED_AT).unwrap_or(&bytes));
    let shown = plain(&path.display().to_string());
    match form {
        Form::Parquet => {
            return Err(Failure::both(
                format!(
                    "{shown}: invoices and their events are not read from Parquet yet: give NDJSON or CSV"
                ),
                format!(
                    "{shown} : les factures et leurs événements ne se lisent pas encore en Parquet : donnez du NDJSON ou du CSV"
                ),
            ));
        }
        Form::Foreign(foreign) => {
            return Err(Failure::both(
                format!("{shown}: {}", foreign.say(Lang::En)),
                format!("{shown} : {}", foreign.say(Lang::Fr)),
            ));
        }
        Form::Gzip | Form::Zstd | Form::Ndjson | Form::Array | Form::Csv | Form::Text => {}
    }
    let mut opened = compressed::opened(&name, std::io::Cursor::new(bytes)).map_err(failed)?;
    let mut read = Vec::new();
    opened.reader.read_to_end(&mut read).map_err(failed)?;
    let text = utf8(path, read)?;
    // What begins with a brace is JSON, whatever its name says.
    let begins = text.trim_start_matches('\u{feff}').trim_start();
    let is_csv = (opened.inner.ends_with(".csv") || is_stdin && !begins.is_empty())
        && !begins.starts_with('{');
    Ok((text, if is_csv { Format::Csv } else { Format::Ndjson }))
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
        let text = self.withheld(&run) + &self.unknown() + &self.notices(&run);
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
        format!("{}:{}", self.file(place).map_or("", |(name, _)| name), place.line)
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

    fn withheld(&self, run: &Run) -> String {
        let mut text = String::new();
        for withheld in &run.withheld {
            let Some(invoice) = self.book.invoices.get(withheld.invoice) else { continue };
            let id = plain(&invoice.invoice_id);
            for fault in &withheld.faults {
                let why = self.said(fault);
                // What only follows needs no place of its own.
                let place = match (&fault.why, fault.place) {
                    (Why::Linked { .. }, _) | (_, None) => String::new(),
                    (_, Some(place)) => {
                        let place = self.place(place);
                        say!(self.lang, "{place}: ", "{place} : ")
                    }
                };
                text += &say!(
                    self.lang,
                    "{place}invoice `{id}` is withheld: {why}\n",
                    "{place}la facture `{id}` est retenue : {why}\n"
                );
            }
        }
        text
    }

    /// What came for invoices that are not known: how many events, and their sums, kind by kind.
    fn unknown(&self) -> String {
        let mut text = String::new();
        for unknown in &self.book.unknown {
            let (id, count) = (plain(&unknown.invoice_id), unknown.events);
            let mut sums: BTreeMap<(&str, &str), (&str, Option<Decimal>)> = BTreeMap::new();
            for (kind, word, digits, currency) in &unknown.money {
                let (_, sum) = sums
                    .entry((kind, currency.as_deref().unwrap_or("")))
                    .or_insert((word, Some(Decimal::ZERO)));
                let amount: Option<Decimal> = digits.parse().ok();
                *sum = sum.zip(amount).and_then(|(sum, amount)| sum.checked_add(amount));
            }
            let sums = sums.into_iter().map(|((_, currency), (kind, sum))| {
                let sum = sum.map_or_else(
                    || self.lang.pick("?", "?").to_owned(),
                    |sum| self.lang.digits(sum),
                );
                let sum = format!("`{kind}` {sum} {currency}");
                plain(sum.trim_end())
            });
            let sums = sums.collect::<Vec<_>>().join(", ");
            let sums =
                if sums.is_empty() { sums } else { say!(self.lang, ": {sums}", " : {sums}") };
            let (s, ont) = if count == 1 { ("", "nomme") } else { ("s", "nomment") };
            let verb = if count == 1 { "names" } else { "name" };
            text += &say!(
                self.lang,
                "{count} event{s} {verb} an unknown invoice, `{id}`{sums}\n",
                "{count} événement{s} {ont} une facture inconnue, `{id}`{sums}\n"
            );
        }
        text
    }

    fn notices(&self, run: &Run) -> String {
        let mut text = String::new();
        let as_of = self.lang.date(self.as_of);
        if run.later_events > 0 {
            let count = run.later_events;
            text += &say!(
                self.lang,
                "events dated after {as_of}, which do not count: {count}\n",
                "événements datés après le {as_of}, qui ne comptent pas : {count}\n"
            );
        }
        if run.later_invoices > 0 {
            let count = run.later_invoices;
            text += &say!(
                self.lang,
                "invoices dated after {as_of}, which are in no list: {count}\n",
                "factures datées après le {as_of}, qui ne figurent dans aucune liste : {count}\n"
            );
        }
        let alone = |of: &&Standing| of.follow_up.is_none() && of.open != Money::ZERO;
        let alone: Vec<String> = run
            .standings
            .iter()
            .filter(alone)
            .filter_map(|of| Some(plain(&self.book.invoices.get(of.invoice)?.number)))
            .collect();
        if let Some(first) = alone.first() {
            let count = alone.len();
            text += &say!(
                self.lang,
                "invoices that no follow-up takes, for which no step is ever due: {count}, `{first}` for one\n",
                "factures qu'aucun suivi ne prend, pour lesquelles aucune étape ne viendra : {count}, dont `{first}`\n"
            );
        }
        for done in &run.unknown_done {
            let (id, step) = (plain(&done.invoice_id), plain(&done.step));
            text += &say!(
                self.lang,
                "`{step}` is said to be done on invoice `{id}`, and there is no such invoice, or its follow-up has no such step\n",
                "`{step}` serait faite pour la facture `{id}`, et il n'y a pas de telle facture, ou son suivi n'a pas cette étape\n"
            );
        }
        text
    }
}
