//! The program on files: not a byte of its output depends on threads, on how events are laid out, on
//! their format or on compression.

use crate::books::{Portfolio, ndjson};
use crate::strategies::{config, random_pairs};
use jalon::Event;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Files of one test, in a folder of its own.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        std::fs::create_dir_all(&path).expect("a folder");
        Folder(path)
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.join(name);
        std::fs::write(&path, bytes).expect("a file");
        path
    }
}

fn run(schedule: &Path, events: &Path, more: &[&str]) -> (Vec<u8>, String, Option<i32>) {
    let output = Command::new(env!("CARGO_BIN_EXE_jalon"))
        .env("LC_ALL", "C")
        .arg("run")
        .arg("--schedule")
        .arg(schedule)
        .arg("--events")
        .arg(events)
        .args(["--as-of", "2027-06-30", "--lang", "en"])
        .args(more)
        .output()
        .expect("it runs");
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    (output.stdout, said, output.status.code())
}

#[test]
fn threads_files_and_layouts_do_not_change_a_byte() {
    let mut runner = TestRunner::new(config(1));
    let pairs = proptest::collection::vec(random_pairs(), 120);
    let portfolio = Portfolio::new(&pairs.new_tree(&mut runner).expect("pairs").current());
    let folder = Folder::new("layouts");
    let schedule = folder.file("all.jalon", portfolio.source.as_bytes());
    let text = ndjson(&portfolio.interleaved());
    let mixed = folder.file("mixed.ndjson", text.as_bytes());
    let (expected, said, code) = run(&schedule, &mixed, &["--threads", "1"]);
    assert!(!expected.is_empty() && code == Some(1), "{said}");
    assert!(said.contains(" used + "), "{said}");
    for threads in ["2", "3", "7"] {
        assert_eq!(run(&schedule, &mixed, &["--threads", threads]).0, expected, "{threads}");
    }
    let gz = {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut encoder, text.as_bytes()).expect("memory");
        folder.file("mixed.ndjson.gz", &encoder.finish().expect("memory"))
    };
    assert_eq!(run(&schedule, &gz, &[]).0, expected);
    let zst = zstd::encode_all(text.as_bytes(), 1).expect("memory");
    assert_eq!(run(&schedule, &folder.file("mixed.ndjson.zst", &zst), &[]).0, expected);
    let csv = folder.file("mixed.csv", csv(&portfolio.interleaved()).as_bytes());
    assert_eq!(run(&schedule, &csv, &[]).0, expected, "CSV");
    // Where memory has room for none of them, too: several files, each of which is put away by itself.
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let parts: Vec<PathBuf> = (0..)
        .zip(lines.chunks(lines.len() / 7 + 1))
        .map(|(part, lines)| folder.file(&format!("{part}.ndjson"), lines.concat().as_bytes()))
        .collect();
    let others = parts[1..].iter().map(|part| part.to_str().expect("UTF-8"));
    let others: Vec<&str> = std::iter::once("--events").chain(others).collect();
    let all = run(&schedule, &parts[0], &others);
    assert!(all.0 == expected, "in parts: {}", all.1);
    for size in ["0MB", "8kB", "40kB", "1GB"] {
        let away = [&others[..], &["--memory", size]].concat();
        assert!(run(&schedule, &parts[0], &away) == all, "{size}");
    }
    // Grouped by case, in the order of first appearance, the lines are the same.
    let grouped: Vec<Event> = portfolio.cases.iter().flatten().cloned().collect();
    let grouped = folder.file("grouped.ndjson", ndjson(&grouped).as_bytes());
    assert_eq!(run(&schedule, &grouped, &["--grouped"]).0, expected, "grouped");
    let (_, said, code) = run(&schedule, &mixed, &["--grouped"]);
    assert!(code == Some(2) && said.contains("do not stand together"), "{said}");
    // What has been issued is not issued again.
    let issued = folder.file("issued.ndjson", &expected);
    let again = run(&schedule, &mixed, &["--issued", issued.to_str().expect("UTF-8")]);
    assert_eq!(String::from_utf8(again.0).expect("UTF-8"), "");
    // A compressed file that is cut is an error, not a short result.
    let cut = folder.file("cut.ndjson.zst", &zst[..zst.len() / 2]);
    let (out, said, code) = run(&schedule, &cut, &[]);
    assert!(out.is_empty() && code == Some(2) && said.contains("cut.ndjson.zst"), "{said}");
}

/// Between commas: between semicolons `1.125` may be a thousand and more.
fn csv(events: &[Event]) -> String {
    let mut text = String::from(
        "case,date,kind,name,hours,minutes,schedule,planned_hours,planned_months,ref,id\n",
    );
    for event in events {
        let json = serde_json::to_value(event).expect("JSON");
        let cell = |name: &str| match &json[name] {
            serde_json::Value::Null => String::new(),
            serde_json::Value::String(cell) => format!("\"{}\"", cell.replace('"', "\"\"")),
            other => other.to_string(),
        };
        let cells = [
            "case",
            "date",
            "kind",
            "name",
            "hours",
            "minutes",
            "schedule",
            "planned_hours",
            "planned_months",
            "ref",
            "id",
        ];
        text.push_str(&cells.map(cell).join(","));
        text.push('\n');
    }
    text
}

#[test]
fn a_quote_that_is_not_closed_swallows_no_line() {
    let folder = Folder::new("quotes");
    let source = "schedule \"s\" price fixed 100 EUR balance \"b\": 100 % on end";
    let schedule = folder.file("s.jalon", source.as_bytes());
    let text = "case,date,kind,name\na,2025-01-01,action,\"Open\nb,2025-01-02,end,\n";
    let events = folder.file("open.csv", text.as_bytes());
    let (out, said, code) = run(&schedule, &events, &[]);
    assert!(out.is_empty() && code == Some(2), "{said}");
    assert!(said.contains("open.csv:2:1: unreadable: a quote in this line"), "{said}");
    let (out, said, code) = run(&schedule, &events, &["--skip-unreadable"]);
    assert!(!out.is_empty() && code == Some(1), "{said}");
}
