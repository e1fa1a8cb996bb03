//! The lines of a file as fields: NDJSON, or CSV with a header.
//!
//! In: a text. Out: for each line its place and its fields, as texts or as JSON has them, or why it cannot be read.
//! What a field means is decided elsewhere.

use crate::lang::{Lang, say};
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::Value;
use std::fmt;

/// Where something stands: the number of a file, and a line in it, counted from 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Which of the files.
    pub file: u32,
    /// The line.
    pub line: u32,
}

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One JSON object a line.
    Ndjson,
    /// Records, after a line that names the fields.
    Csv,
}

/// A line: its fields, in order.
#[derive(Clone, Debug)]
pub struct Record {
    /// Where it stands.
    pub place: Place,
    /// Its fields.
    pub fields: Vec<(String, Value)>,
}

/// A line that cannot be read at all: it could be about any invoice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Where it stands.
    pub place: Place,
    /// Why, in English and French.
    pub why: [String; 2],
}

impl Unreadable {
    /// One sentence, lower case, no full stop.
    pub fn say(&self, lang: Lang) -> &str {
        let [english, french] = &self.why;
        lang.pick(english, french)
    }
}

/// What a JSON object says, a repeated field included.
struct Fields(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Fields;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_map(Object)
    }
}

/// Reads the lines of a file; `file` is its number.
pub fn read(text: &str, format: Format, file: u32) -> (Vec<Record>, Vec<Unreadable>) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match format {
        Format::Ndjson => ndjson(text, file),
        Format::Csv => csv(text, file),
    }
}

fn ndjson(text: &str, file: u32) -> (Vec<Record>, Vec<Unreadable>) {
    let (mut records, mut unreadable) = (Vec::new(), Vec::new());
    for (line, text) in (1..).zip(text.lines()) {
        if text.trim().is_empty() {
            continue;
        }
        let place = Place { file, line };
        match serde_json::from_str::<Fields>(text) {
            Ok(Fields(fields)) => records.push(Record { place, fields }),
            Err(_) => {
                let says =
                    |lang: Lang| say!(lang, "this is no JSON object", "ce n'est pas un objet JSON");
                unreadable.push(Unreadable { place, why: [says(Lang::En), says(Lang::Fr)] });
            }
        }
    }
    (records, unreadable)
}

fn csv(text: &str, file: u32) -> (Vec<Record>, Vec<Unreadable>) {
    let (mut records, mut unreadable) = (Vec::new(), Vec::new());
    let first = text.lines().next().unwrap_or("");
    let semicolons = first.contains(';');
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(if semicolons { b';' } else { b',' })
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let header: Vec<String> = match reader.headers() {
        Ok(header) => header.iter().map(str::to_owned).collect(),
        Err(_) => Vec::new(),
    };
    for record in reader.records() {
        let line = |position: Option<&csv::Position>| {
            position.map_or(0, |position| u32::try_from(position.line()).unwrap_or(u32::MAX))
        };
        match record {
            Ok(record) => {
                let place = Place { file, line: line(record.position()) };
                let cells = header.iter().zip(record.iter()).filter(|(_, cell)| !cell.is_empty());
                // A spreadsheet that writes semicolons writes decimals with a comma.
                let cell = |name: &str, cell: &str| match name {
                    "total" | "amount" if semicolons => Value::String(cell.replacen(',', ".", 1)),
                    "credits" => cell.split_whitespace().map(str::to_owned).collect(),
                    _ => Value::String(cell.to_owned()),
                };
                let fields = cells.map(|(name, text)| (name.clone(), cell(name, text))).collect();
                records.push(Record { place, fields });
            }
            Err(error) => {
                let place = Place { file, line: line(error.position()) };
                let says = |lang: Lang| {
                    say!(
                        lang,
                        "this record has not as many cells as the first line names fields",
                        "cet enregistrement n'a pas autant de cellules que la première ligne nomme de champs"
                    )
                };
                unreadable.push(Unreadable { place, why: [says(Lang::En), says(Lang::Fr)] });
            }
        }
    }
    (records, unreadable)
}

impl Record {
    /// A field by its name; an empty or a null one is none.
    pub fn get(&self, name: &str) -> Option<&Value> {
        let found = self.fields.iter().find(|(field, _)| field == name).map(|(_, value)| value);
        found.filter(|value| !value.is_null() && value.as_str() != Some(""))
    }

    /// The first field that stands twice.
    pub fn repeated(&self) -> Option<&str> {
        let names = self.fields.iter().enumerate();
        let mut twice = names.filter(|(place, (name, _))| {
            self.fields.iter().take(*place).any(|(earlier, _)| earlier == name)
        });
        twice.next().map(|(_, (name, _))| name.as_str())
    }
}
