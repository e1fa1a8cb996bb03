//! JSON objects as fields: in, a text with one object a line, or with an array of them; out, the line on which each
//! begins and its fields, or why it cannot be read.
//!
//! A sum that is a number has the digits that stand there, and a whole number is one however a tool writes it (`12.0`,
//! `3E+1`): nothing goes through binary floating point.

use super::record::Record;
use super::words::{Table, known_name};
use crate::feed::ArrayLines;
use crate::lang::{Lang, say};
use crate::model::plain_digits;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

/// The fields of an object.
#[derive(Default)]
pub(super) struct Fields {
    /// In order, a repeated one included.
    pub all: Vec<(Cow<'static, str>, Value)>,
    /// Those with a number or a text that no value takes (`1e400`, half of a character): each is what is written.
    pub unreadable: Vec<String>,
}

/// Gives each object of a text, which is about this, with its line; or why it cannot be read, in English and French.
pub(super) fn each_object(
    text: &str,
    table: Table,
    mut give: impl FnMut(u32, Result<Fields, [String; 2]>),
) {
    let mut lines = Cow::Borrowed(text);
    if text.trim_start().starts_with('[') {
        let Some(objects) = ArrayLines::of_text(text) else {
            return give(1, Err([cut_off(Lang::En), cut_off(Lang::Fr)]));
        };
        lines = Cow::Owned(objects);
    }
    for (number, line) in (1..).zip(lines.lines()) {
        if !line.trim().is_empty() {
            let fields = fields(line, table);
            give(number, fields.ok_or_else(|| [no_object(Lang::En), no_object(Lang::Fr)]));
        }
    }
}

/// Whether an object says nothing of an invoice.
pub(super) fn is_of_no_invoice(record: &Record) -> bool {
    record.get("invoice_id").is_none() && record.get("total").is_none()
}

/// That a file holds lines, or events of cases, none of which names an invoice: told once, and not of each of its objects.
pub(super) fn of_no_invoice(records: &[Record]) -> Option<[String; 2]> {
    let all = |name: &str| records.iter().all(|record| record.get(name).is_some());
    if records.is_empty() {
        return None;
    }
    let (lines, events) =
        (all("line") && all("trigger"), all("case") && all("kind") && all("date"));
    let says = |lang: Lang| {
        let what = if lines {
            lang.pick(
                "these are lines: `jalon run --invoices` writes whole invoices",
                "ce sont des lignes : `jalon run --invoices` écrit des factures entières",
            )
        } else {
            lang.pick(
                "these are events of cases: `jalon run --invoices` writes the invoices that come of them",
                "ce sont des événements de dossiers : `jalon run --invoices` écrit les factures qui en résultent",
            )
        };
        say!(
            lang,
            "no object of this file has `invoice_id`; {what}",
            "aucun objet de ce fichier n'a `invoice_id` ; {what}"
        )
    };
    (lines || events).then(|| [says(Lang::En), says(Lang::Fr)])
}

fn cut_off(lang: Lang) -> String {
    say!(
        lang,
        "the array that begins here does not end: the file has been cut off",
        "le tableau qui commence ici ne se termine pas : le fichier est tronqué"
    )
}

fn no_object(lang: Lang) -> String {
    say!(lang, "this is no JSON object", "ce n'est pas un objet JSON")
}

fn fields(line: &str, table: Table) -> Option<Fields> {
    match serde_json::from_str::<Object<Value>>(line) {
        Ok(Object(all)) if all.iter().all(|(_, value)| is_exact(value)) => {
            Some(Fields { all, unreadable: Vec::new() })
        }
        // Numbers that are no whole ones, or larger than a value of JSON takes: as they are written.
        Ok(_) | Err(_) => {
            let Object(written) = serde_json::from_str::<Object<&RawValue>>(line).ok()?;
            let mut fields = Fields::default();
            for (name, raw) in written {
                let value = as_written(raw.get(), table.is_sum(&name)).unwrap_or_else(|| {
                    fields.unreadable.push(name.to_string());
                    Value::String(raw.get().to_owned())
                });
                fields.all.push((name, value));
            }
            Some(fields)
        }
    }
}

fn is_exact(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.is_i64() || number.is_u64(),
        Value::Null | Value::Bool(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => {
            true
        }
    }
}

/// As many digits a number keeps that has gone through binary floating point.
const KEPT: usize = 15;

/// A value of JSON; a number as a text of its digits, if it is whole, or states a sum. A whole number that is written as others
/// are, and may have lost digits, stays a number: it names nothing.
fn as_written(raw: &str, is_sum: bool) -> Option<Value> {
    let (sign, digits) = raw.strip_prefix('-').map_or(("", raw), |digits| ("-", digits));
    if digits.starts_with(|first: char| first.is_ascii_digit()) {
        match plain_digits(digits) {
            Ok(plain) if is_sum || !plain.contains('.') && plain.len() <= KEPT => {
                return Some(Value::String(format!("{sign}{plain}")));
            }
            Ok(_) | Err(_) if is_sum => return Some(Value::String(raw.to_owned())),
            Ok(_) | Err(_) => {}
        }
    }
    serde_json::from_str(raw).ok()
}

/// What a JSON object says.
struct Object<V>(Vec<(Cow<'static, str>, V)>);

/// The name of a field.
struct Name(Cow<'static, str>);

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = Cow::<'_, str>::deserialize(deserializer)?;
        Ok(Name(known_name(&name).map_or_else(|| Cow::Owned(name.into_owned()), Cow::Borrowed)))
    }
}

impl<'de, V: Deserialize<'de>> Deserialize<'de> for Object<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields<V>(PhantomData<V>);
        impl<'de, V: Deserialize<'de>> Visitor<'de> for Fields<V> {
            type Value = Object<V>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object<V>, A::Error> {
                let mut fields = Vec::new();
                while let Some((Name(name), value)) = map.next_entry()? {
                    fields.push((name, value));
                }
                fields.shrink_to_fit();
                Ok(Object(fields))
            }
        }
        deserializer.deserialize_map(Fields(PhantomData))
    }
}

#[cfg(test)]
mod tests {
    use super::{Table, as_written, each_object};
    use serde_json::{Value, json};

    #[test]
    fn a_number_is_what_is_written() {
        for (raw, sum, other) in [
            ("259.12", json!("259.12"), json!(259.12)),
            ("-259.10", json!("-259.1"), json!(-259.1)),
            ("12.0", json!("12"), json!("12")),
            ("3E+1", json!("30"), json!("30")),
            ("90071992547409.93", json!("90071992547409.93"), json!(90071992547409.93)),
            ("9007199254740996.0", json!("9007199254740996"), json!(9007199254740996.0)),
            ("0.30000000000000004", json!("0.30000000000000004"), json!(0.30000000000000004)),
            ("\"1.0\"", json!("1.0"), json!("1.0")),
            ("null", Value::Null, Value::Null),
        ] {
            assert_eq!(as_written(raw, true), Some(sum), "{raw}");
            assert_eq!(as_written(raw, false), Some(other), "{raw}");
        }
        assert_eq!(as_written("1e400", true), Some(json!("1e400")));
        assert_eq!(as_written("1e400", false), None);
    }

    #[test]
    fn objects_stand_one_a_line_or_in_an_array() {
        let read = |text: &str| {
            let mut given = Vec::new();
            each_object(text, Table::Invoices, |line, fields| {
                given.push((line, fields.ok().map(|fields| fields.all.len())));
            });
            given
        };
        assert_eq!(read("{}\n\n{\"total\":1.5}\n"), [(1, Some(0)), (3, Some(1))]);
        assert_eq!(read("[{},\n{\"total\":1.5}]"), [(1, Some(0)), (2, Some(1))]);
        assert_eq!(read("[]"), []);
        assert_eq!(read("[{},"), [(1, None)]);
        assert_eq!(read("[{},1]"), [(1, Some(0)), (2, None)]);
    }
}
