//! Invoices of a host under their follow-ups: in, invoices and what happened to them, one JSON object a line or CSV; out, one
//! document for each call. An invoice is in its answer or among the withheld, never in both.

use crate::schedules::Schedules;
use crate::{Failure, unless_stopped};
use jalon::feed::{BOM, PARQUET_MARK};
use jalon::follow::{self, Asked, Book, Draft, Fault, Format, Give, Run, Table, Words};
use jalon::lang::{Lang, plain};
use jalon::model::FollowUp;
use jalon::tell::{self, ToldStep};
use jalon::{Date, Stop};
use serde_json::{Value, json};

/// What is known of invoices, and up to when.
#[derive(Clone, Copy, Debug)]
pub struct Invoices<'a> {
    /// The invoices.
    pub invoices: &'a [u8],
    /// What happened to them.
    pub events: &'a [u8],
    /// The steps that have really been done; without it every evening up to the last day is replayed.
    pub done: Option<&'a [u8]>,
    /// The last day that counts.
    pub as_of: Date,
    /// From where it may be stopped: then there is no answer.
    pub stop: Option<&'a Stop>,
}

/// The three texts, by their numbers as places have them.
const TEXTS: [(Table, &str, &str); 3] = [
    (Table::Invoices, "invoices", "factures"),
    (Table::Events, "events", "événements"),
    (Table::Done, "done", "fait"),
];

impl Schedules {
    /// The steps that fired: a document with `answer` (what `jalon follow --format json` writes, as an array),
    /// `withheld`, `unknown` and `notices`. With `since`, only steps of that day or later.
    ///
    /// # Errors
    ///
    /// If no follow-up is compiled, a line names no invoice, the amounts are too large for a sum, or it is stopped.
    pub fn follow(&self, of: &Invoices<'_>, since: Option<Date>) -> Result<String, Failure> {
        let follow_ups = self.follow_ups()?;
        let opened = Opened::read(of, self.lang())?;
        let run = opened.run(&follow_ups, false)?;
        let steps = run.fired.iter().filter_map(|of| ToldStep::of(&opened.book, &follow_ups, of));
        let steps = steps.filter(|step| since.is_none_or(|since| step.day >= since));
        Ok(opened.document(&follow_ups, &run, steps.map(|step| step.json()).collect()))
    }

    /// What is unpaid: `answer` is what `jalon unpaid --format json` writes, as an array.
    ///
    /// # Errors
    ///
    /// As [`Schedules::follow`].
    pub fn unpaid(&self, of: &Invoices<'_>) -> Result<String, Failure> {
        let follow_ups = self.follow_ups()?;
        let opened = Opened::read(of, self.lang())?;
        let run = opened.run(&follow_ups, true)?;
        let list = follow::unpaid(&follow_ups, &opened.book, &run, of.as_of, &|_| true);
        Ok(opened.document(&follow_ups, &run, list.rows.iter().map(tell::unpaid_json).collect()))
    }

    /// The journal: `answer` is the document of `jalon journal --format json`.
    ///
    /// # Errors
    ///
    /// As [`Schedules::follow`].
    pub fn journal(&self, of: &Invoices<'_>) -> Result<String, Failure> {
        let follow_ups = self.follow_ups()?;
        let opened = Opened::read(of, self.lang())?;
        let run = opened.run(&follow_ups, false)?;
        let journal = follow::journal(&follow_ups, &opened.book, &run, of.as_of);
        let withheld = tell::withheld_ids(&opened.book, &run);
        let journal = tell::journal_json(&opened.book, &journal, of.as_of, &withheld);
        Ok(opened.document(&follow_ups, &run, journal))
    }

    fn follow_ups(&self) -> Result<Vec<&FollowUp>, Failure> {
        let all: Vec<&FollowUp> = self.files.iter().flat_map(|file| &file.follow_ups).collect();
        if all.is_empty() {
            let message = self
                .lang()
                .pick("the files hold no follow-up", "les fichiers ne contiennent aucun suivi");
            return Err(Failure::from(message));
        }
        Ok(all)
    }
}

/// Invoices that have been read.
struct Opened {
    book: Book,
    done: Option<Vec<follow::Done>>,
    /// What the fields of each text are called in it.
    words: Vec<Words>,
    as_of: Date,
    stop: Stop,
    lang: Lang,
}

impl Opened {
    fn read(of: &Invoices<'_>, lang: Lang) -> Result<Opened, Failure> {
        let texts = [Some(of.invoices), Some(of.events), of.done];
        let mut words = Vec::new();
        let mut read = |number: usize, give: Give<'_>| -> Result<(), Failure> {
            let Some(bytes) = texts.get(number).copied().flatten() else { return Ok(()) };
            words.push(lines(bytes, number, lang, give)?.words);
            Ok(())
        };
        let mut draft = Draft::default();
        read(0, &mut |record| draft.invoice(&record))?;
        let mut draft = draft.events();
        read(1, &mut |record| draft.event(&record))?;
        let mut done = Vec::new();
        read(2, &mut |record| done.push(record))?;
        let book = draft.book();
        let stop = of.stop.cloned().unwrap_or_default();
        let opened = Opened { book, done: None, words, as_of: of.as_of, stop, lang };
        if let Some(fault) = opened.book.nameless.first() {
            return Err(nothing_done(&opened.placed(fault), lang));
        }
        if opened.book.is_too_large() {
            return Err(Failure::from(lang.pick(
                "the amounts are too large to be summed up: give fewer invoices at a time",
                "les montants sont trop grands pour être additionnés : donnez moins de factures à la fois",
            )));
        }
        let done = of.done.map(|_| follow::read_done(&done)).transpose();
        let done = done.map_err(|fault| Failure { message: opened.placed(&fault) })?;
        Ok(Opened { done, ..opened })
    }

    fn run(&self, follow_ups: &[&FollowUp], with_next: bool) -> Result<Run, Failure> {
        let asked = Asked { as_of: self.as_of, done: self.done.as_deref(), with_next };
        let run = follow::follow_unless(follow_ups, &self.book, asked, &self.stop);
        unless_stopped(&self.stop)?;
        Ok(run)
    }

    /// Why, with the words of the text in which it stands.
    fn said(&self, fault: &Fault) -> String {
        let place = fault.place.and_then(|place| usize::try_from(place.file).ok());
        let words = place.and_then(|file| self.words.get(file));
        plain(&fault.why.say(self.lang, words.unwrap_or(&Words::default())))
    }

    fn placed(&self, fault: &Fault) -> String {
        let why = self.said(fault);
        let Some(place) = fault.place else { return why };
        let file = usize::try_from(place.file).unwrap_or(usize::MAX);
        on_line(file, place.line, &why, self.lang)
    }

    fn document(&self, follow_ups: &[&FollowUp], run: &Run, answer: Value) -> String {
        let withheld = tell::withheld(&self.book, run).map(|(id, fault)| {
            let file = fault.place.and_then(|place| TEXTS.get(usize::try_from(place.file).ok()?));
            json!({
                "invoice_id": id,
                "in": file.map(|(_, name, _)| name),
                "line": fault.place.map(|place| place.line),
                "message": self.said(&fault),
            })
        });
        json!({
            "answer": answer,
            "withheld": withheld.collect::<Vec<_>>(),
            "unknown": tell::unknown(&self.book, self.lang),
            "notices": tell::notices(follow_ups, &self.book, run, self.as_of, self.lang),
        })
        .to_string()
    }
}

/// The lines of a text, by its number. One that cannot be read at all could be about any invoice.
fn lines(
    bytes: &[u8],
    number: usize,
    lang: Lang,
    give: Give<'_>,
) -> Result<follow::Lines, Failure> {
    let (table, ..) = TEXTS.get(number).copied().unwrap_or(TEXTS[0]);
    if bytes.starts_with(PARQUET_MARK) {
        let why = lang.pick(
            "this is Parquet: give one JSON object a line, or CSV",
            "c'est du Parquet : donnez un objet JSON par ligne, ou du CSV",
        );
        return Err(nothing_done(&on_line(number, 1, why, lang), lang));
    }
    let text = std::str::from_utf8(bytes.strip_prefix(BOM).unwrap_or(bytes)).map_err(|fault| {
        let before = bytes.get(..fault.valid_up_to()).unwrap_or_default();
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let why = jalon::feed::UnreadableReason::NotUtf8.say(lang);
        nothing_done(&on_line(number, u32::try_from(line).unwrap_or(u32::MAX), &why, lang), lang)
    })?;
    let file = u32::try_from(number).unwrap_or(u32::MAX);
    let lines = follow::read(text, Format::of(text), table, file, give);
    match lines.unreadable.first() {
        Some(line) => {
            Err(nothing_done(&on_line(number, line.place.line, line.say(lang), lang), lang))
        }
        None => Ok(lines),
    }
}

fn on_line(number: usize, line: u32, why: &str, lang: Lang) -> String {
    let (_, english, french) = TEXTS.get(number).copied().unwrap_or(TEXTS[0]);
    let why = plain(why);
    lang.pick(format!("{english}, line {line}: {why}"), format!("{french}, ligne {line} : {why}"))
}

fn nothing_done(why: &str, lang: Lang) -> Failure {
    let message = lang.pick(
        format!("{why}; it could be about any invoice: nothing was done"),
        format!("{why} ; elle pourrait concerner n'importe quelle facture : rien n'a été fait"),
    );
    Failure { message }
}
