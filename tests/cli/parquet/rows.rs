//! Events in Parquet give the lines that the same events give as NDJSON, and faults their place.

use super::files::{Typing, batch, one, parquet, plain, portfolio, run, texts, withheld};
use crate::program::{file, jalon, root};
use arrow_array::Date32Array;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use serde_json::Value;
use std::collections::HashMap;
use std::process::{Command, Stdio};
use std::sync::Arc;

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
    piped.env("LC_ALL", "C");
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
