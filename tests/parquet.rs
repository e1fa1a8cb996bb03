//! Events in Parquet give the lines that the same events give as NDJSON, byte for byte, however
//! they are laid out; what a column cannot hold exactly is refused; lines written as Parquet say
//! what lines written as JSON say.

#![cfg(feature = "parquet")]
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::wildcard_enum_match_arm,
    reason = "a test may panic, and writes its own files"
)]

mod program;

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Decimal128Type, Int64Type};
use arrow_array::{
    Array, ArrayRef, Date32Array, Decimal128Array, Float64Array, Int32Array, Int64Array,
    RecordBatch, StringArray, TimestampMicrosecondArray, UInt16Array,
};
use jalon::Date;
use jalon::money::Hours;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::{WriterProperties, WriterPropertiesBuilder};
use program::{Outcome, file, jalon, root};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::process::{Command, Stdio};
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
enum Typing {
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

fn batch(events: &[Value], typing: Typing) -> RecordBatch {
    RecordBatch::try_from_iter_with_nullable(
        FIELDS.map(|field| (field, column(events, field, typing), true)),
    )
    .unwrap()
}

fn parquet(batch: &RecordBatch, properties: WriterPropertiesBuilder) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut writer =
        ArrowWriter::try_new(&mut bytes, batch.schema(), Some(properties.build())).unwrap();
    writer.write(batch).unwrap();
    writer.close().unwrap();
    bytes
}

fn plain() -> WriterPropertiesBuilder {
    WriterProperties::builder().set_dictionary_enabled(false)
}

/// Interleaved cases of four schedules, some of them with faults that withhold them.
fn portfolio(case_count: u64) -> Vec<Value> {
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

fn run(events: &str, more: &[&str]) -> Outcome {
    let mut arguments = vec!["run", "--schedule", "schedules", "--events", events];
    arguments.extend(["--as-of", "2025-06-30", "--lang", "en"]);
    arguments.extend(more);
    jalon(&arguments)
}

/// What is said of withheld cases, with the row and without the file and the column.
fn withheld(outcome: &Outcome) -> Vec<String> {
    let lines = outcome.err.lines().filter(|line| line.contains(" is withheld: "));
    lines
        .map(|line| {
            let (place, what) = line.split_once(": ").unwrap();
            let row = place.rsplit(':').nth(1).unwrap();
            format!("{row}: {what}")
        })
        .collect()
}

#[test]
fn however_it_is_laid_out_parquet_gives_the_lines_of_ndjson() {
    let events = portfolio(1_600);
    assert!(events.len() > 16_000);
    let ndjson: String = events.iter().map(|event| format!("{event}\n")).collect();
    let expected = run(&file("parquet", "events.ndjson", &ndjson), &["--threads", "1"]);
    assert!(expected.code == 1 && expected.out.lines().count() > 1_000, "{}", expected.err);
    let reasons = withheld(&expected);
    assert!(reasons.len() > 100);
    let layouts = [
        ("texts", Typing::Texts, WriterProperties::builder()),
        ("typed", Typing::Typed(4), WriterProperties::builder()),
        ("fine", Typing::Typed(9), WriterProperties::builder().set_data_page_row_count_limit(777)),
        ("plain", Typing::Typed(4), plain()),
        ("plain-texts", Typing::Texts, plain().set_max_row_group_row_count(Some(5_000))),
        (
            "groups",
            Typing::Typed(4),
            WriterProperties::builder()
                .set_max_row_group_row_count(Some(1_000))
                .set_compression(Compression::ZSTD(ZstdLevel::default())),
        ),
        (
            "overflowing-dictionaries",
            Typing::Typed(6),
            WriterProperties::builder()
                .set_dictionary_page_size_limit(64)
                .set_write_batch_size(64)
                .set_compression(Compression::SNAPPY),
        ),
        (
            "gzip",
            Typing::Texts,
            WriterProperties::builder().set_compression(Compression::GZIP(Default::default())),
        ),
    ];
    for (name, typing, properties) in layouts {
        let bytes = parquet(&batch(&events, typing), properties);
        let path = file("parquet", &format!("{name}.parquet"), &bytes);
        let outcome = run(&path, &[]);
        assert!(outcome.out == expected.out, "{name}: {}", outcome.err);
        assert_eq!(withheld(&outcome), reasons, "{name}");
    }
    // By its content, whatever its name; through a pipe; compressed as a whole; threads or none.
    let bytes = parquet(&batch(&events, Typing::Typed(4)), WriterProperties::builder());
    assert!(run(&file("parquet", "events.dat", &bytes), &["--threads", "3"]).out == expected.out);
    let zst = zstd::encode_all(&bytes[..], 1).unwrap();
    assert!(run(&file("parquet", "events.parquet.zst", &zst), &[]).out == expected.out);
    let mut piped = Command::new(env!("CARGO_BIN_EXE_jalon"));
    piped.args(["run", "--schedule", "schedules", "--events", "-", "--as-of", "2025-06-30"]);
    let stdin = std::fs::File::open(file("parquet", "piped.parquet", &bytes)).unwrap();
    let piped = piped.current_dir(root()).stdin(stdin).stderr(Stdio::null()).output().unwrap();
    assert!(piped.stdout == expected.out.as_bytes());
}

#[test]
fn grouped_files_are_billed_as_they_are_read() {
    let mut events = portfolio(800);
    let mut order: HashMap<String, usize> = HashMap::new();
    let name = |event: &Value| event["case"].as_str().unwrap().to_owned();
    for event in &events {
        let next = order.len();
        order.entry(name(event)).or_insert(next);
    }
    events.sort_by_key(|event| order[&name(event)]);
    let bytes = parquet(&batch(&events, Typing::Typed(4)), WriterProperties::builder());
    let path = file("parquet-grouped", "events.parquet", &bytes);
    let (whole, grouped) = (run(&path, &[]), run(&path, &["--grouped"]));
    assert!(whole.out == grouped.out && !whole.out.is_empty(), "{}", grouped.err);
}

/// A file of one event and these columns.
fn one(columns: Vec<(&str, ArrayRef)>) -> Vec<u8> {
    let columns = columns.into_iter().map(|(name, array)| (name, array, true));
    parquet(
        &RecordBatch::try_from_iter_with_nullable(columns).unwrap(),
        WriterProperties::builder(),
    )
}

fn texts<const N: usize>(texts: [Option<&str>; N]) -> ArrayRef {
    Arc::new(StringArray::from(texts.to_vec()))
}

#[test]
fn columns_that_cannot_be_exact_are_refused_with_the_file() {
    let sound = || {
        vec![
            ("case", texts([Some("A")])),
            ("date", texts([Some("2025-01-01")])),
            ("kind", texts([Some("start")])),
        ]
    };
    let with = |name, array: ArrayRef| {
        let mut columns = sound();
        columns.push((name, array));
        one(columns)
    };
    let table = [
        ("float", with("hours", Arc::new(Float64Array::from(vec![1.5]))), "binary floating point"),
        ("unknown", with("colour", texts([Some("red")])), "`colour` is none"),
        ("id", with("id", Arc::new(Int64Array::from(vec![7]))), "column `id` is of type `Int64`"),
        ("no-date", one(vec![sound().remove(0), sound().remove(2)]), "no column `date`"),
        (
            "time",
            one(vec![
                sound().remove(0),
                ("date", Arc::new(TimestampMicrosecondArray::from(vec![0]))),
                sound().remove(2),
            ]),
            "column `date` is of type",
        ),
    ];
    for (name, bytes, said) in table {
        let outcome = run(&file("parquet-refused", &format!("{name}.parquet"), bytes), &[]);
        assert_eq!((outcome.code, outcome.out.as_str()), (2, ""), "{name}");
        assert!(outcome.err.contains(&format!("{name}.parquet: ")), "{}", outcome.err);
        assert!(outcome.err.contains(said), "{name}: {}", outcome.err);
    }
}

#[test]
fn a_damaged_file_is_an_error_and_no_short_result() {
    let sound = parquet(&batch(&portfolio(50), Typing::Typed(4)), plain());
    let path = file("parquet-damaged", "sound.parquet", &sound);
    assert!(!run(&path, &[]).out.is_empty());
    for length in [0, 3, 4, 12, sound.len() / 2, sound.len() - 1] {
        let path = file("parquet-damaged", "cut.parquet", &sound[..length]);
        let outcome = run(&path, &["--events-format", "parquet"]);
        assert_eq!((outcome.code, outcome.out.as_str()), (2, ""), "{length}: {}", outcome.err);
    }
    // A wrong byte anywhere: an error, or other values that are judged; never a crash.
    for place in (4..sound.len()).step_by(sound.len() / 25) {
        let mut bytes = sound.clone();
        bytes[place] ^= 0x55;
        let outcome = run(&file("parquet-damaged", "wrong.parquet", &bytes), &[]);
        assert!((0..=2).contains(&outcome.code), "{place}: {}", outcome.err);
    }
}

#[test]
fn a_fault_names_row_and_column_and_withholds_its_case() {
    let columns = vec![
        ("kind", texts([Some("start"), Some("end"), Some("end")])),
        ("case", texts([Some("A"), Some("B"), Some("A")])),
        ("date", Arc::new(Date32Array::from(vec![Some(20_000), Some(20_010), Some(100_000)]))),
    ];
    let schedule = file(
        "parquet-row",
        "s.jalon",
        "schedule \"s\" price fixed 10 EUR balance \"b\": 100 % on end",
    );
    let events = file("parquet-row", "row.parquet", one(columns));
    let arguments = ["run", "--schedule", &schedule, "--events", &events, "--as-of", "2025-12-31"];
    let outcome = jalon(&arguments);
    assert_eq!((outcome.code, outcome.out.lines().count()), (1, 1), "{}", outcome.err);
    assert!(
        outcome
            .err
            .contains("row.parquet:3:3: case A is withheld: field `date`: `2243-10-17` is no date"),
        "{}",
        outcome.err
    );
    // A row without a case could belong to any.
    let columns = vec![
        ("case", texts([Some("A"), None])),
        ("date", texts([Some("2025-01-01"), Some("2025-01-02")])),
        ("kind", texts([Some("start"), Some("end")])),
    ];
    let events = file("parquet-row", "no-case.parquet", one(columns));
    let arguments = ["run", "--schedule", &schedule, "--events", &events, "--as-of", "2025-12-31"];
    let outcome = jalon(&arguments);
    assert_eq!((outcome.code, outcome.out.as_str()), (2, ""));
    assert!(outcome.err.contains("no-case.parquet:2:1: unreadable"), "{}", outcome.err);
}

#[test]
fn padded_minutes_are_a_fault_of_their_case_and_not_of_the_run() {
    let columns = vec![
        ("case", texts([Some("A"), Some("B"), Some("B")])),
        ("date", texts([Some("2025-01-01"); 3])),
        ("kind", texts([Some("end"), Some("action"), Some("end")])),
        ("name", texts([None, Some("N"), None])),
        ("minutes", texts([None, Some("090"), None])),
    ];
    let schedule = file(
        "parquet-padded",
        "s.jalon",
        "schedule \"s\" price fixed 10 EUR balance \"b\": 100 % on end",
    );
    let events = file("parquet-padded", "padded.parquet", one(columns));
    let arguments = ["run", "--schedule", &schedule, "--events", &events, "--as-of", "2025-12-31"];
    let outcome = jalon(&arguments);
    assert_eq!((outcome.code, outcome.out.lines().count()), (1, 1), "{}", outcome.err);
    assert!(
        outcome.err.contains("padded.parquet:2:5: case B is withheld: field `minutes`"),
        "{}",
        outcome.err
    );
}

/// Runs with lines written as Parquet.
fn lines_as_parquet(arguments: &[&str]) -> (Vec<u8>, Option<i32>) {
    let output = Command::new(env!("CARGO_BIN_EXE_jalon"))
        .args(arguments)
        .args(["--format", "parquet"])
        .current_dir(root())
        .output()
        .unwrap();
    (output.stdout, output.status.code())
}

/// The lines of a Parquet file, as JSON has them.
fn lines_in(bytes: Vec<u8>) -> Vec<Value> {
    let reader = ParquetRecordBatchReaderBuilder::try_new(bytes::Bytes::from(bytes)).unwrap();
    let mut lines = Vec::new();
    for batch in reader.build().unwrap() {
        let batch = batch.unwrap();
        for row in 0..batch.num_rows() {
            let cell = |name: &str| -> Option<Value> {
                let column = batch.column_by_name(name).unwrap();
                if column.is_null(row) {
                    return None;
                }
                Some(match column.data_type() {
                    arrow_schema::DataType::Utf8 => column.as_string::<i32>().value(row).into(),
                    arrow_schema::DataType::Date32 => {
                        let days = column.as_primitive::<Date32Type>().value(row);
                        Date::from_days(days).unwrap().to_string().into()
                    }
                    arrow_schema::DataType::Int64 => {
                        column.as_primitive::<Int64Type>().value(row).into()
                    }
                    arrow_schema::DataType::Decimal128(_, 4) => {
                        let digits = column.as_primitive::<Decimal128Type>().value(row);
                        rust_decimal::Decimal::from_i128_with_scale(digits, 4)
                            .normalize()
                            .to_string()
                            .into()
                    }
                    other => panic!("{name}: {other}"),
                })
            };
            let mut line = serde_json::Map::new();
            for name in [
                "case",
                "schedule",
                "date",
                "invoice",
                "kind",
                "line",
                "label",
                "quantity",
                "unit_price",
                "amount",
                "currency",
                "service_from",
                "service_to",
                "deducts",
                "credits",
                "id",
                "schedule_hash",
            ] {
                if let Some(value) = cell(name) {
                    line.insert(name.to_owned(), value);
                }
            }
            let mut trigger = serde_json::Map::new();
            for name in ["kind", "date", "name", "id"] {
                if let Some(value) = cell(&format!("trigger_{name}")) {
                    trigger.insert(name.to_owned(), value);
                }
            }
            line.insert("trigger".to_owned(), trigger.into());
            lines.push(line.into());
        }
    }
    lines
}

/// Lines as JSON, their decimals without zeros at the end.
fn lines_of(out: &str) -> Vec<Value> {
    let mut lines: Vec<Value> =
        out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for line in &mut lines {
        for name in ["quantity", "unit_price", "amount"] {
            if let Some(Value::String(text)) = line.get_mut(name) {
                let number: rust_decimal::Decimal = text.parse().unwrap();
                *text = number.normalize().to_string();
            }
        }
    }
    lines
}

#[test]
fn lines_as_parquet_say_what_lines_as_json_say() {
    let events = portfolio(1_500);
    let bytes = parquet(&batch(&events, Typing::Typed(4)), WriterProperties::builder());
    let path = file("parquet-out", "events.parquet", &bytes);
    // Three currencies, of none, two and three decimals, one of them itemised.
    let schedules = file(
        "parquet-out",
        "s.jalon",
        "schedule \"y\" price hourly 1500 JPY balance \"b\": work itemised on end\n\
         schedule \"d\" price fixed 100.125 TND deposit \"a\": 30 % on start balance \"b\": 100 % on end",
    );
    let more: String = [
        r#"{"case":"Y","date":"2025-01-01","kind":"opened","schedule":"y"}"#,
        r#"{"case":"Y","date":"2025-01-02","kind":"action","name":"a","minutes":80,"id":"e1"}"#,
        r#"{"case":"Y","date":"2025-02-02","kind":"end","id":"e2"}"#,
        r#"{"case":"T","date":"2025-01-01","kind":"opened","schedule":"d"}"#,
        r#"{"case":"T","date":"2025-01-02","kind":"start"}"#,
        r#"{"case":"T","date":"2025-02-02","kind":"end"}"#,
    ]
    .map(|line| format!("{line}\n"))
    .concat();
    let more = file("parquet-out", "more.ndjson", more);
    let arguments = [
        "run",
        "--schedule",
        "schedules",
        &schedules,
        "--events",
        &path,
        &more,
        "--as-of",
        "2025-06-30",
    ];
    let expected = jalon(&arguments);
    let (written, code) = lines_as_parquet(&arguments);
    assert_eq!(code, Some(expected.code));
    assert_eq!(lines_in(written.clone()), lines_of(&expected.out));
    let one_thread = [&arguments[..], &["--threads", "1"]].concat();
    assert!(lines_as_parquet(&one_thread).0 == written, "threads change no byte");
    // Nothing billed is a file with no line.
    let none = ["run", "--schedule", "schedules", "--events", &more, "--as-of", "2020-01-01"];
    assert_eq!(lines_in(lines_as_parquet(&none).0), Vec::<Value>::new());
}
