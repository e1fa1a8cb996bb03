//! A file of events, as somebody has it: in, its bytes, in one of the forms that are told by how they begin; out, the
//! lines of its cases, and the explanation of each.

use crate::billing::{FrenchRecords, Records};
use crate::session::{evaluate_as_records, evaluate_read, full, read_as};
use crate::{Answer, Failure, Options, Schedules};
use jalon::Lang;
use jalon::explain::Explanation;
use jalon::feed::{
    ArrayLines, BOM, Block, CsvHeader, Form, Histories, LOOKED_AT, Layout, Unbilled, form_of,
    separator_line,
};
use jalon::model::program::Opening;
use jalon::plan::PlannedTerms;
use serde_json::{Value, json};
use std::borrow::Cow;
use std::io::Read;
use std::sync::Arc;

/// Events that have been read.
pub struct EventFile {
    histories: Histories,
}

impl EventFile {
    /// Reads a file: JSON objects one a line, an array of them, or CSV. `name` is used where its first bytes say
    /// nothing.
    ///
    /// # Errors
    ///
    /// If it is in no such form, compressed for instance, or if it is too large.
    pub fn read(name: &str, bytes: &[u8], lang: Lang) -> Result<EventFile, Failure> {
        let failed = |message: String| Failure { message };
        let form = form_of(bytes.get(..LOOKED_AT).unwrap_or(bytes));
        let bytes = bytes.strip_prefix(BOM).unwrap_or(bytes);
        let named_csv = name.to_lowercase().ends_with(".csv");
        let (layout, lines) = match form {
            Form::Foreign(foreign) => return Err(failed(foreign.say(lang))),
            Form::Gzip | Form::Zstd => {
                return Err(Failure::from(lang.pick(
                    "the file is compressed: unpack it first",
                    "le fichier est compressé : décompressez-le d'abord",
                )));
            }
            Form::Parquet => {
                return Err(Failure::from(lang.pick(
                    "this is Parquet: give the events as JSON, one object a line, or as CSV",
                    "c'est du Parquet : donnez les événements en JSON, un objet par ligne, ou en CSV",
                )));
            }
            Form::Array => {
                let mut lines = Vec::new();
                ArrayLines::new(bytes)
                    .read_to_end(&mut lines)
                    .map_err(|error| failed(error.to_string()))?;
                (Layout::Ndjson, Cow::Owned(lines))
            }
            Form::Csv => csv(bytes, lang)?,
            Form::Text if named_csv => csv(bytes, lang)?,
            Form::Ndjson | Form::Text => (Layout::Ndjson, Cow::Borrowed(bytes)),
        };
        let mut histories = Histories::default();
        read_as(&mut histories, &lines, &layout, &mut Block::default())
            .map_err(|_| Failure::from(full(lang)))?;
        histories.group();
        Ok(EventFile { histories })
    }

    /// Bills the cases on schedules, as [`evaluate`](crate::evaluate) does.
    pub fn evaluate(&self, schedules: &Schedules, options: &Options) -> Answer {
        evaluate_read(schedules, &self.histories, options)
    }

    /// The lines of the cases that are billed, as CSV for a spreadsheet of a language (what `jalon run --format csv` and, in
    /// French, `csv-fr` write), below a line that names the columns. Where a line of the file could belong to any case, no case
    /// is billed.
    pub fn sheet(&self, schedules: &Schedules, options: &Options, spreadsheet: Lang) -> String {
        let form = match spreadsheet {
            Lang::En => evaluate_as_records::<Records>,
            Lang::Fr => evaluate_as_records::<FrenchRecords>,
        };
        form(schedules, &self.histories, options).lines
    }

    /// The names of the cases, in the order of the file.
    pub fn cases(&self) -> Vec<&str> {
        (0..self.histories.case_count()).filter_map(|case| self.histories.name_of(case)).collect()
    }

    /// How a case of a name came to its lines: the JSON object of `jalon explain --format json`, and under `text` the same
    /// to be read. `withheld` instead, where the case is.
    ///
    /// # Errors
    ///
    /// If there is no such case.
    pub fn explain(
        &self,
        schedules: &Schedules,
        case: &str,
        options: &Options,
    ) -> Result<String, Failure> {
        let (lang, book) = (schedules.lang(), &schedules.book);
        let found = self.histories.find(case).and_then(|case| self.histories.case(case));
        let Some(case) = found else {
            let message = lang.pick(
                format!("there is no case {}", jalon::lang::plain(case)),
                format!("il n'y a pas de dossier {}", jalon::lang::plain(case)),
            );
            return Err(Failure { message });
        };
        let withheld = |unbilled: Unbilled<'_>| {
            let reason = jalon::lang::plain(&unbilled.say(book, &case.events, lang));
            let line = unbilled.place.map(|place| place.line);
            json!({ "case": case.name, "withheld": [{ "line": line, "reason": reason }] })
        };
        let plan = match book.plan_of_sound(&case) {
            Ok(plan) => plan,
            Err(unbilled) => return Ok(withheld(unbilled).to_string()),
        };
        let terms = (PlannedTerms::default(), &Opening::default());
        let told = match Explanation::new((plan, &case), terms, options.as_of, (&[], lang)) {
            Ok(explanation) => told(&explanation),
            Err(fault) => withheld(Unbilled::by(plan, &case, fault)),
        };
        Ok(told.to_string())
    }
}

/// An explanation as data, the lines that it explains, and under `text` the same to be read.
pub(crate) fn told(explanation: &Explanation<'_>) -> Value {
    let mut told = explanation.json();
    if let Value::Object(fields) = &mut told {
        fields.insert("text".to_owned(), json!(explanation.text()));
        fields.insert("lines".to_owned(), json!(explanation.evaluation().lines));
    }
    told
}

/// The records of a CSV file, below the line that names its columns.
fn csv(bytes: &[u8], lang: Lang) -> Result<(Layout, Cow<'_, [u8]>), Failure> {
    let (mut line, mut rest) = first_line(bytes);
    let stated = separator_line(line);
    if stated.is_some() {
        (line, rest) = first_line(rest);
    }
    let header = CsvHeader::read_for(line, stated, None)
        .and_then(CsvHeader::whole)
        .map_err(|fault| Failure { message: fault.say(lang) })?;
    Ok((Layout::Csv(Arc::new(header)), Cow::Borrowed(rest)))
}

/// The first line, with its end, and what follows.
fn first_line(bytes: &[u8]) -> (&[u8], &[u8]) {
    let end = bytes.iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |end| end + 1);
    bytes.split_at_checked(end).unwrap_or((bytes, &[]))
}
