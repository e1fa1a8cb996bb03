//! What a host has done and never billed: in, events of cases and, where they are known, the lines that have been issued; out,
//! one document. A case is looked at, or among the withheld.

use crate::billing::Answer;
use crate::schedules::Schedules;
use crate::session::{Options, any_case, full, read, unreadable};
use crate::{Failure, unless_stopped};
use jalon::feed::{
    Block, EventsOf, Histories, Issued, LinesFault, LinesForm, Place, Unbilled, UnbilledReason,
    read_csv, read_ndjson,
};
use jalon::lang::{Lang, plain};
use jalon::tell::{self, ToldLeak};
use serde_json::{Value, json};
use std::panic::{AssertUnwindSafe, catch_unwind};

impl Schedules {
    /// What was done and never billed, or billed and should not stand: a document with `answer` (what `jalon leaks
    /// --format json` writes, as an array) and `withheld` (cases, as [`crate::evaluate`] has them). Of the options only
    /// the day and what becomes of lines whose case cannot be read count.
    ///
    /// # Errors
    ///
    /// If an issued line is none, or the call is stopped.
    pub fn leaks(
        &self,
        events: &[u8],
        issued: Option<&[u8]>,
        options: &Options,
    ) -> Result<String, Failure> {
        let lang = self.lang();
        let issued = issued.map(|issued| issued_lines(issued, lang)).transpose()?;
        let mut histories = Histories::default();
        let mut told = Answer::default();
        if read(&mut histories, events, &mut Block::default()).is_err() {
            return Err(Failure::from(full(lang)));
        }
        histories.group();
        let unreadable = unreadable(&histories, lang, &mut told);
        if unreadable && !options.skip_unreadable {
            for case in 0..histories.case_count() {
                told.withhold(histories.name_of(case), None, any_case(lang));
            }
            return Ok(document(&[], &told));
        }
        let mut found = Vec::new();
        for case in 0..histories.case_count() {
            unless_stopped(&options.stop)?;
            let outcome = catch_unwind(AssertUnwindSafe(|| {
                let Some(case) = histories.case(case) else { return Ok(Vec::new()) };
                tell::leaks_of_case(&self.book, &case, issued.as_ref(), options.as_of, &[], lang)
            }));
            match outcome {
                Ok(Ok(leaks)) => found.extend(leaks),
                Ok(Err(unbilled)) => self.withhold(&histories, case, &unbilled, &mut told),
                Err(_) => {
                    let place = histories.first_place(case);
                    let unbilled = Unbilled { place, reason: UnbilledReason::Panic };
                    self.withhold(&histories, case, &unbilled, &mut told);
                }
            }
        }
        if let Some(issued) = &issued {
            found.extend(tell::leaks_without_events(issued, &histories, options.as_of, lang));
        }
        // Within a case they are in order.
        found.sort_by(|one, other| one.case.cmp(&other.case));
        Ok(document(&found, &told))
    }

    fn withhold(
        &self,
        histories: &Histories,
        case: usize,
        unbilled: &Unbilled<'_>,
        told: &mut Answer,
    ) {
        let events = EventsOf { histories, case };
        let why = unbilled.say(&self.book, &events, self.lang());
        told.withhold(histories.name_of(case), unbilled.place, &why);
    }
}

fn document(found: &[ToldLeak], told: &Answer) -> String {
    let withheld = told.rows();
    let answer: Vec<Value> = found.iter().map(ToldLeak::json).collect();
    json!({ "answer": answer, "withheld": withheld }).to_string()
}

/// Lines as `jalon run` writes them: one JSON object a line, or CSV.
fn issued_lines(bytes: &[u8], lang: Lang) -> Result<Issued, Failure> {
    let mut issued = Issued::of_files(vec!["issued".to_owned()]);
    let each = |line, of| {
        issued.add(of, Place { file: 0, line, column: 1, sheet: false });
    };
    let outcome = match LinesForm::of(bytes) {
        LinesForm::Ndjson => read_ndjson(bytes, each),
        LinesForm::Csv => read_csv(bytes, each),
        LinesForm::Parquet => {
            return Err(Failure::from(lang.pick(
                "the issued lines are Parquet: give one JSON object a line, or CSV",
                "les lignes émises sont en Parquet : donnez un objet JSON par ligne, ou du CSV",
            )));
        }
    };
    match outcome {
        Ok(()) => Ok(issued),
        // There is no file here that could fail.
        Err(LinesFault::File(error)) => Err(Failure { message: error.to_string() }),
        Err(LinesFault::Line(line, fault)) => {
            let why = plain(&fault.say(lang));
            let message = lang.pick(
                format!("issued lines, line {line}: {why}"),
                format!("lignes émises, ligne {line} : {why}"),
            );
            Err(Failure { message })
        }
    }
}
