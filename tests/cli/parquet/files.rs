//! Event files in Parquet, made from events as JSON, and runs on them.

use crate::program::{Outcome, jalon};
use arrow_array::{
    ArrayRef, Date32Array, Decimal128Array, Int32Array, RecordBatch, StringArray, UInt16Array,
};
use jalon::Date;
use jalon::money::Hours;
use parquet::arrow::ArrowWriter;
use parquet::file::properties::{WriterProperties, WriterPropertiesBuilder};
use serde_json::{Value, json};
use std::sync::Arc;

const FIELDS: [&str; 11] = [
    "case",
    "date",
    "kind",
    "id",
    "name",
    "hours",
    "minutes",
    "schedule",
    "planned_hours",
    "planned_months",
    "ref",
];

/// How the columns of a file are typed.
#[derive(Clone, Copy, PartialEq)]
pub enum Typing {
    Texts,
    /// Dates, decimals of so many decimals, whole numbers.
    Typed(i8),
}

fn text(event: &Value, field: &str) -> Option<String> {
    match &event[field] {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

fn days(text: &str) -> Option<i32> {
    Some(text.parse::<chrono::NaiveDate>().ok()?.to_epoch_days())
}

/// Hours as digits with so many decimals.
fn decimal(text: &str, decimals: i8) -> Option<i128> {
    let hours = Hours::read(text).ok()?;
    let thousandths = i128::from(hours.0) / 3;
    let (up, down) =
        (10_i128.pow(decimals.max(4) as u32 - 4), 10_i128.pow(4 - decimals.min(4) as u32));
    (thousandths % down == 0).then_some(thousandths / down * up)
}

fn column(events: &[Value], field: &str, typing: Typing) -> ArrayRef {
    let texts = events.iter().map(|event| text(event, field));
    match (typing, field) {
        (Typing::Typed(_), "date") => {
            Arc::new(texts.map(|text| days(&text?)).collect::<Date32Array>())
        }
        (Typing::Typed(decimals), "hours" | "planned_hours") => {
            let hours: Decimal128Array =
                texts.map(|text| text.map(|text| decimal(&text, decimals).unwrap())).collect();
            Arc::new(hours.with_precision_and_scale(20, decimals).unwrap())
        }
        (Typing::Typed(_), "minutes") => {
            Arc::new(texts.map(|text| text?.parse().ok()).collect::<Int32Array>())
        }
        (Typing::Typed(_), "planned_months") => {
            Arc::new(texts.map(|text| text?.parse().ok()).collect::<UInt16Array>())
        }
        _ => Arc::new(texts.collect::<StringArray>()),
    }
}

pub fn batch(events: &[Value], typing: Typing) -> RecordBatch {
    RecordBatch::try_from_iter_with_nullable(
        FIELDS.map(|field| (field, column(events, field, typing), true)),
    )
    .unwrap()
}

pub fn parquet(batch: &RecordBatch, properties: WriterPropertiesBuilder) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut writer =
        ArrowWriter::try_new(&mut bytes, batch.schema(), Some(properties.build())).unwrap();
    writer.write(batch).unwrap();
    writer.close().unwrap();
    bytes
}

pub fn plain() -> WriterPropertiesBuilder {
    WriterProperties::builder().set_dictionary_enabled(false)
}

/// Interleaved cases of four schedules, some of them with faults that withhold them.
pub fn portfolio(case_count: u64) -> Vec<Value> {
    let mut state = 7_u64;
    let mut below = move |count: u64| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % count
    };
    let mut events = Vec::new();
    for case in 0..case_count {
        let name = format!("Dossier n°{case}");
        let start = Date::parse("2024-01-15").unwrap().minus_days(-(below(400) as i64));
        let on = |days: u64| start.minus_days(-(days as i64)).to_string();
        let schedule = below(4);
        let names: [&str; 3] = match schedule {
            0 => ["Entretien Diag de clôture", "Premier rendez-vous", "Suivi"],
            1 => [
                "Entretien post jury (fin faisabilité)",
                "Accompagnement individuel Acc VAE",
                "Accompagnement collectif Acc VAE",
            ],
            2 => ["Présence en centre", "Présence en stage", "Bilan"],
            _ => ["Séance", "Module", "Atelier"],
        };
        let schedule = [
            "Parcours Emploi Santé",
            "VAE certification en totalité",
            "Amorce de parcours",
            "CPF, par assiduité",
        ][schedule as usize];
        let mut opened =
            json!({"case": name, "date": on(0), "kind": "opened", "schedule": schedule});
        if below(3) == 0 {
            opened["planned_hours"] = json!(["12.5", "40", "0.25"][below(3) as usize]);
            opened["planned_months"] = json!(1 + below(24));
        }
        events.push((below(1000), opened));
        for number in 0..3 + below(20) {
            let mut event = json!({
                "case": name, "date": on(1 + below(300)), "kind": "action",
                "name": names[below(3) as usize], "id": format!("ev-{case}-{number}"),
            });
            match below(4) {
                0 => event["minutes"] = json!(below(600)),
                1 => {}
                _ => event["hours"] = json!(["1.5", "2", "0.25", "7", "3.3333"][below(5) as usize]),
            }
            events.push((below(1000), event));
        }
        let last = ["end", "abandonment", "signature", "start"][below(4) as usize];
        events.push((below(1000), json!({"case": name, "date": on(301), "kind": last})));
        if below(10) == 0 {
            let void = json!({"case": name, "date": on(310), "kind": "void", "ref": format!("ev-{case}-0")});
            events.push((below(1000), void));
        }
        let fault = match below(60) {
            0 => json!({"case": name, "date": on(5), "kind": "beginning"}),
            1 => json!({"case": name, "date": "1850-01-01", "kind": "end"}),
            2 => json!({"case": name, "date": on(5), "kind": "action"}),
            3 => json!({"case": name, "date": on(5), "kind": "end", "name": "x"}),
            4 => {
                json!({"case": name, "date": on(5), "kind": "event", "name": "Accompagnement\u{301} "})
            }
            5 => json!({"case": name, "date": on(5), "kind": "end", "id": ""}),
            6 => {
                json!({"case": name, "date": on(5), "kind": "action", "name": names[0], "hours": "1", "minutes": 60})
            }
            7 => {
                json!({"case": name, "date": on(5), "kind": "action", "name": names[0], "minutes": 9_000_000})
            }
            _ => continue,
        };
        events.push((below(1000), fault));
    }
    events.sort_by_key(|(place, _)| *place);
    events.into_iter().map(|(_, event)| event).collect()
}

pub fn run(events: &str, more: &[&str]) -> Outcome {
    let mut arguments = vec!["run", "--schedule", "schedules", "--events", events];
    arguments.extend(["--as-of", "2025-06-30", "--lang", "en"]);
    arguments.extend(more);
    jalon(&arguments)
}

/// What is said of withheld cases, with the row and without the file and the column.
pub fn withheld(outcome: &Outcome) -> Vec<String> {
    let lines = outcome.err.lines().filter(|line| line.contains(" is withheld: "));
    lines
        .map(|line| {
            let (place, what) = line.split_once(": ").unwrap();
            let row = place.rsplit(':').nth(1).unwrap();
            format!("{row}: {what}")
        })
        .collect()
}

/// A file of one event and these columns.
pub fn one(columns: Vec<(&str, ArrayRef)>) -> Vec<u8> {
    let columns = columns.into_iter().map(|(name, array)| (name, array, true));
    parquet(
        &RecordBatch::try_from_iter_with_nullable(columns).unwrap(),
        WriterProperties::builder(),
    )
}

pub fn texts<const N: usize>(texts: [Option<&str>; N]) -> ArrayRef {
    Arc::new(StringArray::from(texts.to_vec()))
}
