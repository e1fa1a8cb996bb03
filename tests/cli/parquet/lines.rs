//! Lines written as Parquet say what lines written as JSON say.

use super::files::{Typing, batch, parquet, portfolio};
use crate::program::{file, jalon, root};
use arrow_array::Array;
use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Decimal128Type, Int64Type};
use jalon::Date;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::file::properties::WriterProperties;
use serde_json::Value;
use std::process::Command;

/// Runs with lines written as Parquet.
fn lines_as_parquet(arguments: &[&str]) -> (Vec<u8>, Option<i32>) {
    let output = Command::new(env!("CARGO_BIN_EXE_jalon"))
        .env("LC_ALL", "C")
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
                    arrow_schema::DataType::Decimal128(_, scale) => {
                        let digits = column.as_primitive::<Decimal128Type>().value(row);
                        let scale = u32::try_from(*scale).unwrap();
                        rust_decimal::Decimal::from_i128_with_scale(digits, scale)
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

/// Lines that were written as Parquet are read as issued lines, compressed as a whole or not.
#[test]
fn lines_as_parquet_are_read_as_issued_lines() {
    let folder = "issued-parquet";
    let schedules = ["tests/cases/ids/schedules.jalon", "tests/cases/ids/events.ndjson"];
    let call =
        ["run", "--schedule", schedules[0], "--events", schedules[1], "--as-of", "2025-12-31"];
    let (bytes, code) = lines_as_parquet(&call);
    assert_eq!(code, Some(0));
    let plain = file(folder, "lines.parquet", &bytes);
    let zst = file(folder, "lines.parquet.zst", zstd::encode_all(&bytes[..], 1).unwrap());
    let voids = r#"{"case":"D-001","date":"2025-12-01","kind":"void","ref":"é-1"}"#;
    let voids = file(folder, "voids.ndjson", voids);
    let json = "tests/cases/ids/lines.ndjson";
    let order = ["run", "--schedule", schedules[0], "--as-of", "2025-12-31", "--events"];
    let expected = jalon(&[&order[..], &[schedules[1], &voids, "--issued", json]].concat()).out;
    for path in [&plain, &zst] {
        let given = jalon(&[&call[..], &["--issued", path]].concat());
        assert_eq!((given.code, given.out.as_str()), (0, ""), "{path}: {}", given.err);
        let given = jalon(&[&order[..], &[schedules[1], &voids, "--issued", path]].concat());
        assert_eq!((given.code, &given.out), (0, &expected), "{path}: {}", given.err);
        assert!(given.out.contains("\"credit\""), "{}", given.out);
    }
    let cut = file(folder, "cut.parquet", &bytes[..bytes.len() / 2]);
    let given = jalon(&[&call[..], &["--issued", &cut, "--lang", "fr"]].concat());
    assert_eq!((given.code, given.out.as_str()), (2, ""), "{}", given.err);
    assert!(given.err.contains("ne se lit pas comme du Parquet"), "{}", given.err);
}
