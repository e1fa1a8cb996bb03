//! What calls ask, as they write it: in, JSON; out, texts for the layer below. Numbers of events stay as they are written.

use crate::object::Object;
use crate::problem::Problem;
use axum::http::StatusCode;
use jalon_host::{Invoices, Options, Schedules, Stop, day, language};
use serde::Deserialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

/// A schedule file.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, from = "Object<Named>")]
pub struct File {
    /// The name by which messages call it; nothing is opened.
    #[schema(example = "coaching.jalon")]
    name: String,
    /// Its text.
    #[schema(example = "schedule \"S\"\n price fixed 90 EUR\n balance \"Fee\": 100 % on end")]
    text: String,
}

/// The fields of a file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    name: String,
    text: String,
}

impl From<Object<Named>> for File {
    fn from(Object(Named { name, text }): Object<Named>) -> File {
        File { name, text }
    }
}

/// A language of messages.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Tongue {
    /// English.
    En,
    /// French.
    Fr,
}

/// Files to be compiled.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Files {
    /// Schedules and follow-ups.
    files: Vec<File>,
    /// The language of messages; without it that of the files.
    lang: Option<Tongue>,
}

impl Files {
    /// Compiles them.
    pub fn compile(&self) -> Result<Schedules, Problem> {
        compile(&self.files, self.lang)
    }
}

fn compile(files: &[File], lang: Option<Tongue>) -> Result<Schedules, Problem> {
    let texts = files.iter().map(|file| (file.name.as_str(), file.text.as_bytes()));
    let texts: Vec<(&str, &[u8])> = texts.collect();
    let code = lang.map(|lang| match lang {
        Tongue::En => "en",
        Tongue::Fr => "fr",
    });
    Ok(Schedules::compile(&texts, language(code)?)?)
}

/// Cases to be billed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Cases {
    /// Schedules and follow-ups.
    files: Vec<File>,
    /// The language of messages; without it that of the files.
    lang: Option<Tongue>,
    /// The last day that counts.
    #[schema(format = Date, example = "2025-12-31")]
    as_of: String,
    /// Events of the cases, in any order: objects, or a text of one JSON object a line.
    #[schema(schema_with = super::document::events)]
    events: Box<RawValue>,
    /// Whether invoices are made of the lines.
    #[serde(default)]
    invoices: bool,
    /// Whether notices are told.
    #[serde(default)]
    notices: bool,
    /// Whether lines whose case cannot be read are left out; else nothing is billed.
    #[serde(default)]
    skip_unreadable: bool,
}

impl Cases {
    /// Compiles the files; what is asked and the events.
    pub fn opened(&self, stop: &Stop) -> Result<(Schedules, Options, Vec<u8>), Problem> {
        let options = Options {
            invoices: self.invoices,
            notices: self.notices,
            ..options(&self.as_of, self.skip_unreadable, stop)?
        };
        Ok((compile(&self.files, self.lang)?, options, lines("events", &self.events)?))
    }
}

fn options(as_of: &str, skip_unreadable: bool, stop: &Stop) -> Result<Options, Problem> {
    Ok(Options { skip_unreadable, stop: stop.clone(), ..Options::new(as_of)? })
}

/// Cases to be explained.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Explained {
    /// Schedules and follow-ups.
    files: Vec<File>,
    /// The language of messages; without it that of the files.
    lang: Option<Tongue>,
    /// The last day that counts.
    #[schema(format = Date, example = "2025-12-31")]
    as_of: String,
    /// Events of the cases, in any order: objects, or a text of one JSON object a line.
    #[schema(schema_with = super::document::events)]
    events: Box<RawValue>,
    /// The case; all of them if it is not stated.
    pub case: Option<String>,
    /// Whether lines whose case cannot be read are left out; else nothing is explained.
    #[serde(default)]
    skip_unreadable: bool,
}

impl Explained {
    /// Compiles the files; what is asked and the events.
    pub fn opened(&self, stop: &Stop) -> Result<(Schedules, Options, Vec<u8>), Problem> {
        let options = options(&self.as_of, self.skip_unreadable, stop)?;
        Ok((compile(&self.files, self.lang)?, options, lines("events", &self.events)?))
    }
}

/// Cases of which it is asked what was never billed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Leaking {
    /// Schedules and follow-ups.
    files: Vec<File>,
    /// The language of messages; without it that of the files.
    lang: Option<Tongue>,
    /// The last day that counts.
    #[schema(format = Date, example = "2025-12-31")]
    as_of: String,
    /// Events of the cases, in any order: objects, or a text of one JSON object a line.
    #[schema(schema_with = super::document::events)]
    events: Box<RawValue>,
    /// The lines that have been issued: objects, or a text of one JSON object a line, or of CSV.
    #[schema(schema_with = super::document::issued)]
    issued: Option<Box<RawValue>>,
    /// Whether lines whose case cannot be read are left out; else nothing is looked at.
    #[serde(default)]
    skip_unreadable: bool,
}

impl Leaking {
    /// What was done and never billed.
    pub fn leaks(&self, stop: &Stop) -> Result<String, Problem> {
        let options = options(&self.as_of, self.skip_unreadable, stop)?;
        let events = lines("events", &self.events)?;
        let issued = self.issued.as_deref().map(|issued| lines("issued", issued)).transpose()?;
        let schedules = compile(&self.files, self.lang)?;
        Ok(schedules.leaks(&events, issued.as_deref(), &options)?)
    }
}

/// Invoices under their follow-ups.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Followed {
    /// Schedules and follow-ups.
    files: Vec<File>,
    /// The language of messages; without it that of the files.
    lang: Option<Tongue>,
    /// The last day that counts.
    #[schema(format = Date, example = "2025-12-31")]
    as_of: String,
    /// The invoices: objects, or a text of one JSON object a line, or of CSV.
    #[schema(schema_with = super::document::invoices)]
    invoices: Box<RawValue>,
    /// What happened to them: the same.
    #[schema(schema_with = super::document::happened)]
    events: Box<RawValue>,
    /// The steps that have really been done: the same; without it every evening up to the last day is replayed.
    #[schema(schema_with = super::document::done)]
    done: Option<Box<RawValue>>,
    /// The first day whose steps are told; of `follow` alone.
    #[schema(format = Date, example = "2025-01-01")]
    since: Option<String>,
}

/// A list of invoices.
#[derive(Clone, Copy)]
pub enum List {
    /// The steps that fired.
    Follow,
    /// What is unpaid.
    Unpaid,
    /// The journal.
    Journal,
}

impl Followed {
    /// The list that is asked for.
    pub fn list(&self, which: List, stop: &Stop) -> Result<String, Problem> {
        let invoices = lines("invoices", &self.invoices)?;
        let events = lines("events", &self.events)?;
        let done = self.done.as_deref().map(|done| lines("done", done)).transpose()?;
        let as_of = day("the last day that counts", &self.as_of)?;
        let since = self.since.as_deref().map(|since| day("`since`", since)).transpose()?;
        if since.is_some() && !matches!(which, List::Follow) {
            return Err(wrong_fields("`since` is of `follow` alone"));
        }
        let schedules = compile(&self.files, self.lang)?;
        let (invoices, events, done) = (&invoices, &events, done.as_deref());
        let of = Invoices { invoices, events, done, as_of, stop: Some(stop) };
        Ok(match which {
            List::Follow => schedules.follow(&of, since)?,
            List::Unpaid => schedules.unpaid(&of)?,
            List::Journal => schedules.journal(&of)?,
        })
    }
}

/// Objects as one a line; a text as it is. What an object holds is for the reader of such files to judge.
fn lines(field: &str, given: &RawValue) -> Result<Vec<u8>, Problem> {
    if let Ok(text) = serde_json::from_str::<String>(given.get()) {
        return Ok(text.into_bytes());
    }
    let items: Vec<&RawValue> = serde_json::from_str(given.get()).map_err(|_| {
        wrong_fields(&format!("`{field}` has to be an array of objects, or a text"))
    })?;
    let mut out = Vec::with_capacity(given.get().len());
    for item in items {
        // In JSON the end of a line stands between values alone: a text has none unescaped.
        let bytes = item.get().bytes();
        out.extend(bytes.map(|byte| if matches!(byte, b'\n' | b'\r') { b' ' } else { byte }));
        out.push(b'\n');
    }
    Ok(out)
}

fn wrong_fields(detail: &str) -> Problem {
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "wrong-fields", detail)
}
