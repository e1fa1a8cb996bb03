//! The files of a call that follows invoices: follow-ups, invoices, events, what has been done.
//!
//! In: the options of a call. Out: the book of invoices with what has come of it, and on standard error what is
//! withheld, what is not known, and what does not count yet.

use crate::calendar::Date;
use crate::cli::compressed;
use crate::cli::input::{self, CompiledFile};
use crate::cli::output::{Exit, Failure, message, plain};
use crate::follow::{self, Asked, Book, Done, Fault, Format, Place, Record, Run, Why};
use crate::lang::{Lang, say};
use crate::model::FollowUp;
use clap::Args;
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
    names: Vec<String>,
}

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
        let mut names = Vec::new();
        let invoices = records(&self.invoices, &mut names, lang)?;
        let events = records(&self.events, &mut names, lang)?;
        let done = records(&self.done, &mut names, lang)?;
        let book = Book::new(&invoices, &events);
        let opened =
            Opened { files, book, as_of: input::as_of(self.as_of)?, lang, done: None, names };
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
fn records(paths: &[PathBuf], names: &mut Vec<String>, lang: Lang) -> Result<Vec<Record>, Failure> {
    let mut all = Vec::new();
    for path in paths {
        let number = u32::try_from(names.len()).unwrap_or(u32::MAX);
        let name = plain(&path.display().to_string());
        let (text, format) = text_of(path)?;
        let (records, unreadable) = follow::read(&text, format, number);
        names.push(name.clone());
        if !unreadable.is_empty() {
            let said = unreadable.iter().map(|line| {
                let (number, why) = (line.place.line, line.say(lang));
                say!(lang, "{name}:{number}: {why}\n", "{name}:{number} : {why}\n")
            });
            message(&said.collect::<String>())?;
            return Err(nothing_done(lang));
        }
        all.extend(records);
    }
    Ok(all)
}

fn text_of(path: &Path) -> Result<(String, Format), Failure> {
    let failed = |error| Failure::file(path, &error);
    if path == Path::new("-") {
        let bytes = input::read_stdin()?;
        return Ok((utf8(path, bytes)?, Format::Ndjson));
    }
    let name = path.to_string_lossy().to_lowercase();
    if name.ends_with(".parquet") {
        let path = plain(&path.display().to_string());
        return Err(Failure::both(
            format!(
                "{path}: invoices and their events are not read from Parquet yet: give NDJSON or CSV"
            ),
            format!(
                "{path} : les factures et leurs événements ne se lisent pas encore en Parquet : donnez du NDJSON ou du CSV"
            ),
        ));
    }
    let bytes = input::read_file(path)?;
    let mut opened = compressed::opened(&name, std::io::Cursor::new(bytes)).map_err(failed)?;
    let mut read = Vec::new();
    opened.reader.read_to_end(&mut read).map_err(failed)?;
    let format = if opened.inner.ends_with(".csv") { Format::Csv } else { Format::Ndjson };
    Ok((utf8(path, read)?, format))
}

fn utf8(path: &Path, bytes: Vec<u8>) -> Result<String, Failure> {
    String::from_utf8(bytes).map_err(|_| {
        let path = plain(&path.display().to_string());
        Failure::both(
            format!("{path}: this is no text in UTF-8"),
            format!("{path} : ce n'est pas un texte en UTF-8"),
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

    fn place(&self, place: Place) -> String {
        let file = usize::try_from(place.file).ok().and_then(|file| self.names.get(file));
        format!("{}:{}", file.map_or("", String::as_str), place.line)
    }

    fn placed(&self, fault: &Fault) -> String {
        let why = plain(&fault.why.say(self.lang));
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
                let why = plain(&fault.why.say(self.lang));
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
            let mut sums: BTreeMap<(&str, &str), Option<rust_decimal::Decimal>> = BTreeMap::new();
            for (kind, digits, currency) in &unknown.money {
                let sum = sums
                    .entry((kind, currency.as_deref().unwrap_or("")))
                    .or_insert(Some(rust_decimal::Decimal::ZERO));
                let amount: Option<rust_decimal::Decimal> = digits.parse().ok();
                *sum = sum.zip(amount).and_then(|(sum, amount)| sum.checked_add(amount));
            }
            let sums = sums.into_iter().map(|((kind, currency), sum)| {
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
