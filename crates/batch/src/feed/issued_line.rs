//! One issued line, from any of the forms in which `jalon run` writes it: its fields as texts in, the line
//! out, or what is wrong with it. Amounts stay the texts that they are, but for a form that has no text.

use super::csv_cells::day_first;
use super::invoice_rows::INVOICE_COLUMNS;
use super::line_words::{HASH, column_named, columns, french_column, value_named};
use super::lines::read_cell;
use crate::calendar::Date;
use crate::diagnostic::did_you_mean;
use crate::lang::{Lang, say, seen};
use crate::model::{InvoiceLine, LineTrigger};
use crate::money::{Currency, read_digits};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde_json::Value;
use std::collections::BTreeMap;

/// Why a line is no issued line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LineFault {
    /// Not UTF-8.
    NotUtf8,
    /// No JSON object.
    NotAnObject,
    /// The beginning of a JSON array, or of an object over several lines.
    SeveralLines,
    /// An object or a record that does not end, or is not written as one.
    Unreadable,
    /// A field that no line has.
    Unknown {
        /// What it is called.
        name: String,
        /// Whether others of its file have French names.
        french: bool,
    },
    /// A field that stands twice.
    Repeated(String),
    /// A field that every line has is missing; it is called as its file calls it.
    Missing(String),
    /// A value that its field cannot have.
    Value {
        /// The field.
        field: String,
        /// What stands there.
        found: String,
    },
    /// A record with more or fewer cells than the first line names.
    Cells {
        /// How many it has.
        found: usize,
        /// How many it has to have.
        expected: usize,
    },
}

impl LineFault {
    /// One sentence, lower case, no full stop.
    pub fn say(&self, lang: Lang) -> String {
        match self {
            LineFault::NotUtf8 => {
                say!(lang, "this line is not UTF-8", "cette ligne n'est pas en UTF-8")
            }
            LineFault::NotAnObject => say!(
                lang,
                "an issued line is one JSON object on one line, or a record under a line that names the fields, as `jalon run` writes them",
                "une ligne émise est un objet JSON sur une ligne, ou un enregistrement sous une ligne qui nomme les champs, tels que `jalon run` les écrit"
            ),
            LineFault::SeveralLines => say!(
                lang,
                "an issued line is one object on one line; this looks like a JSON array, or an object over several lines (`jq -c '.[]'` writes one a line)",
                "une ligne émise est un objet sur une ligne ; ceci ressemble à un tableau JSON, ou à un objet sur plusieurs lignes (`jq -c '.[]'` en écrit un par ligne)"
            ),
            LineFault::Unreadable => say!(
                lang,
                "this issued line is cut off, or is not well-formed",
                "cette ligne émise est tronquée, ou mal formée"
            ),
            LineFault::Unknown { name: field, french } if is_of_invoices(field, *french) => {
                say!(
                    lang,
                    "this is a whole invoice, with its `{field}`: give the lines that were issued, as `jalon run` writes them without `--invoices`",
                    "ceci est une facture entière, avec son champ `{field}` : donnez les lignes émises, telles que `jalon run` les écrit sans `--invoices`"
                )
            }
            LineFault::Unknown { name: field, french } => {
                let near = did_you_mean(field, names(*french));
                let field = seen(field);
                let advice = near.map_or(String::new(), |near| {
                    say!(lang, "; did you mean `{near}`?", " ; vouliez-vous dire `{near}` ?")
                });
                say!(
                    lang,
                    "an issued line has no field `{field}`{advice}",
                    "une ligne émise n'a pas de champ `{field}`{advice}"
                )
            }
            LineFault::Repeated(field) => {
                let field = seen(field);
                say!(
                    lang,
                    "the field `{field}` stands twice",
                    "le champ `{field}` figure deux fois"
                )
            }
            LineFault::Missing(field) => say!(
                lang,
                "the field `{field}` is missing: issued lines are read as `jalon run` writes them",
                "il manque le champ `{field}` : les lignes émises se lisent telles que `jalon run` les écrit"
            ),
            LineFault::Value { field, found } => {
                let (field, found) = (seen(field), seen(found));
                say!(
                    lang,
                    "the field `{field}` cannot be `{found}`: issued lines are read as `jalon run` writes them",
                    "le champ `{field}` ne peut pas être `{found}` : les lignes émises se lisent telles que `jalon run` les écrit"
                )
            }
            LineFault::Cells { found, expected } => say!(
                lang,
                "this line has {found} cells, and the first line names {expected}",
                "cette ligne a {found} cellules, et la première en nomme {expected}"
            ),
        }
    }
}

/// Whether a field is one of whole invoices, and of no line.
fn is_of_invoices(field: &str, in_french: bool) -> bool {
    let mut columns = INVOICE_COLUMNS.into_iter();
    let is_column = columns.any(|(name, french)| [name, french].contains(&field));
    field == "lines" || is_column && !names(in_french).any(|name| name == field)
}

/// The fields, as CSV names them.
fn names(in_french: bool) -> impl Iterator<Item = &'static str> {
    columns().map(move |(name, french)| if in_french { french } else { name })
}

/// The fields of a line, as texts.
#[derive(Default)]
pub struct Fields(BTreeMap<&'static str, String>);

impl Fields {
    /// Adds a field; fails if there is none of that name, or the line has it already.
    pub fn put(&mut self, name: &str, value: String) -> Result<(), LineFault> {
        let known = names(false).find(|known| *known == name);
        let known =
            known.ok_or_else(|| LineFault::Unknown { name: name.to_owned(), french: false })?;
        match self.0.insert(known, value) {
            None => Ok(()),
            Some(_) => Err(LineFault::Repeated(name.to_owned())),
        }
    }

    /// Adds an amount as a decimal, which may have more or fewer zeros at its end than its currency.
    pub fn fit(&mut self, name: &'static str) {
        let currency = self.0.get("currency").and_then(|code| Currency::find(code));
        let (Some(currency), Some(amount)) = (currency, self.0.get_mut(name)) else { return };
        let (sign, digits) = match amount.strip_prefix('-') {
            Some(digits) => ("-", digits),
            None => ("", amount.as_str()),
        };
        if let Ok(money) = currency.read(digits) {
            *amount = format!("{sign}{}", currency.show(money));
        }
    }

    /// The line.
    pub fn line(mut self) -> Result<InvoiceLine, LineFault> {
        Ok(InvoiceLine {
            case: self.need("case")?,
            schedule: self.need("schedule")?,
            in_force_from: self.date("in_force_from")?,
            date: self.date("date")?.ok_or_else(|| missing("date"))?,
            invoice: self.whole("invoice")?,
            kind: self.word("kind")?,
            line: self.need("line")?,
            label: self.need("label")?,
            payer: self.0.remove("payer"),
            quantity: self.0.remove("quantity"),
            unit_price: self.0.remove("unit_price"),
            amount: self.need("amount")?,
            currency: self.need("currency")?,
            vat_rate: self.0.remove("vat_rate"),
            vat_exempt: self.0.remove("vat_exempt"),
            service_from: self.date("service_from")?,
            service_to: self.date("service_to")?,
            deducts: self.0.remove("deducts"),
            credits: self.0.remove("credits"),
            trigger: LineTrigger {
                kind: self.word("trigger_kind")?,
                date: self.date("trigger_date")?.ok_or_else(|| missing("trigger_date"))?,
                name: self.0.remove("trigger_name"),
                id: self.0.remove("trigger_id"),
            },
            id: self.need("id")?,
            schedule_hash: self.0.remove(HASH),
        })
    }

    fn need(&mut self, field: &'static str) -> Result<String, LineFault> {
        self.0.remove(field).ok_or_else(|| missing(field))
    }

    fn date(&mut self, field: &'static str) -> Result<Option<Date>, LineFault> {
        let Some(found) = self.0.remove(field) else { return Ok(None) };
        match Date::parse(&found) {
            Some(date) => Ok(Some(date)),
            None => Err(wrong(field, found)),
        }
    }

    fn whole(&mut self, field: &'static str) -> Result<u32, LineFault> {
        let found = self.need(field)?;
        let number = read_digits(&found, 0).ok().and_then(|number| u32::try_from(number).ok());
        number.ok_or_else(|| wrong(field, found))
    }

    /// One of the words that a field can have.
    fn word<'de, T: Deserialize<'de>>(&mut self, field: &'static str) -> Result<T, LineFault> {
        let found = self.need(field)?;
        let word = found.clone().into_deserializer();
        let word =
            T::deserialize::<serde::de::value::StringDeserializer<serde::de::value::Error>>(word);
        word.map_err(|_| wrong(field, found))
    }
}

fn missing(field: &str) -> LineFault {
    LineFault::Missing(field.to_owned())
}

fn wrong(field: &str, found: String) -> LineFault {
    LineFault::Value { field: field.to_owned(), found: found.chars().take(60).collect() }
}

/// A line of an NDJSON file.
pub fn from_json(line: &[u8]) -> Result<InvoiceLine, LineFault> {
    let text = std::str::from_utf8(line).map_err(|_| LineFault::NotUtf8)?;
    serde_json::from_str(text).or_else(|_| slowly(text))
}

/// A line that is most likely none: what is wrong with it.
#[cold]
fn slowly(text: &str) -> Result<InvoiceLine, LineFault> {
    let trimmed = text.trim();
    let value: Value = serde_json::from_str(text).map_err(|_| match trimmed {
        "[" | "{" => LineFault::SeveralLines,
        _ if trimmed.starts_with('{') => LineFault::Unreadable,
        _ => LineFault::NotAnObject,
    })?;
    let fields_of = match value {
        Value::Object(fields) => fields,
        Value::Array(_) => return Err(LineFault::SeveralLines),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            return Err(LineFault::NotAnObject);
        }
    };
    let mut fields = Fields::default();
    for (name, value) in fields_of {
        match (name.as_str(), value) {
            ("trigger", Value::Object(trigger)) => {
                for (name, value) in trigger {
                    put_json(&mut fields, &format!("trigger_{name}"), value)?;
                }
            }
            (name, _) if name.starts_with("trigger_") => {
                return Err(LineFault::Unknown { name: name.to_owned(), french: false });
            }
            (name, value) => put_json(&mut fields, name, value)?,
        }
    }
    // All fields are sound, and the line is not: one of them stands twice.
    fields.line().and(Err(LineFault::Unreadable))
}

fn put_json(fields: &mut Fields, name: &str, value: Value) -> Result<(), LineFault> {
    match value {
        Value::String(text) => fields.put(name, text),
        Value::Number(ref number) if name == "invoice" => fields.put(name, number.to_string()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
            fields.put(name, String::new())?;
            Err(wrong(name, value.to_string()))
        }
    }
}

/// What the first line of a CSV file says.
pub struct Header {
    /// What stands between cells.
    pub separator: u8,
    /// Each column, and what the file calls it.
    columns: Vec<(&'static str, String)>,
    /// Whether some of these names are French.
    french: bool,
}

/// Reads the first line of a CSV file, in the names of fields or in those of French spreadsheets.
pub fn header(line: &[u8]) -> Result<Header, LineFault> {
    let text = std::str::from_utf8(line).map_err(|_| LineFault::NotUtf8)?;
    let separator = if text.contains(';') { ';' } else { ',' };
    let words = || text.trim_end().split(separator).map(|name| name.trim().trim_matches('"'));
    let ours = |word: &str| names(false).find(|known| *known == word);
    let french = words().any(|word| ours(word).is_none() && column_named(word).is_some());
    let mut columns: Vec<(&'static str, String)> = Vec::new();
    for word in words() {
        let Some(name) = ours(word).or_else(|| column_named(word)) else {
            return Err(LineFault::Unknown { name: word.to_owned(), french });
        };
        if columns.iter().any(|(known, _)| *known == name) {
            return Err(LineFault::Repeated(word.to_owned()));
        }
        columns.push((name, word.to_owned()));
    }
    Ok(Header { separator: u8::try_from(separator).unwrap_or(b','), columns, french })
}

impl Header {
    /// A fault in the words of the file.
    fn named(&self, fault: LineFault) -> LineFault {
        let called = |field: String| match self.columns.iter().find(|(name, _)| *name == field) {
            Some((_, own)) => own.clone(),
            None => match french_column(&field).filter(|_| self.french) {
                Some(french) => french.to_owned(),
                None => field,
            },
        };
        match fault {
            LineFault::Value { field, found } => LineFault::Value { field: called(field), found },
            LineFault::Missing(field) => LineFault::Missing(called(field)),
            LineFault::Repeated(field) => LineFault::Repeated(called(field)),
            LineFault::NotUtf8
            | LineFault::NotAnObject
            | LineFault::SeveralLines
            | LineFault::Unreadable
            | LineFault::Unknown { .. }
            | LineFault::Cells { .. } => fault,
        }
    }

    /// The value that a cell has in JSON. Between semicolons a spreadsheet may have written decimal commas, and
    /// days day first.
    fn value(&self, name: &str, cell: &str) -> String {
        let of_spreadsheet = self.separator == b';';
        match name {
            "kind" | "trigger_kind" => value_named(name, cell).unwrap_or(cell).to_owned(),
            "quantity" | "unit_price" | "amount" | "vat_rate" if of_spreadsheet => {
                cell.replacen(',', ".", 1)
            }
            "date" | "service_from" | "service_to" | "trigger_date" | "in_force_from"
                if of_spreadsheet =>
            {
                day_first(cell, true).ok().flatten().unwrap_or_else(|| cell.to_owned())
            }
            _ => read_cell(cell).to_owned(),
        }
    }
}

/// A record of a CSV file. An empty cell is a field that the line does not have.
pub fn from_record(header: &Header, record: &csv::ByteRecord) -> Result<InvoiceLine, LineFault> {
    if record.len() != header.columns.len() {
        let (found, expected) = (record.len(), header.columns.len());
        return Err(LineFault::Cells { found, expected });
    }
    let mut fields = Fields::default();
    for ((name, _), cell) in header.columns.iter().zip(record) {
        let cell = std::str::from_utf8(cell).map_err(|_| LineFault::NotUtf8)?;
        if !cell.is_empty() {
            fields.put(name, header.value(name, cell))?;
        }
    }
    // A spreadsheet leaves zeros out at the end of an amount.
    fields.fit("amount");
    fields.fit("unit_price");
    fields.line().map_err(|fault| header.named(fault))
}
