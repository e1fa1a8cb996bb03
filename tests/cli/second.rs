//! What a user does with schedules of terms that cases agree: scenarios, and event files of them in either form.

use crate::program::{Outcome, file, jalon, root};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt::Write;

const FOLDER: &str = "tests/cases/second";

/// The columns of an event, and what stands in a cell of one: text as it is, shares as their JSON.
fn csv(events: &[Value]) -> String {
    let mut names: Vec<&String> = Vec::new();
    for event in events {
        for name in event.as_object().unwrap().keys() {
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    let mut text = names.iter().map(|name| name.as_str()).collect::<Vec<_>>().join(",");
    for event in events {
        let cells = names.iter().map(|name| match &event[name.as_str()] {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            other => format!("\"{}\"", other.to_string().replace('"', "\"\"")),
        });
        write!(text, "\n{}", cells.collect::<Vec<_>>().join(",")).unwrap();
    }
    text + "\n"
}

#[test]
fn their_scenarios_pass() {
    let outcome = jalon(&["test", FOLDER]);
    assert_eq!(outcome.code, 0, "{}{}", outcome.out, outcome.err);
    assert!(outcome.out.ends_with("9 passed, 0 failed\n"), "{}", outcome.out);
}

/// The events of all cases that say which schedule is theirs, as one file may hold them.
fn events() -> (Vec<Value>, usize, usize) {
    let histories = std::fs::read_to_string(root().join(FOLDER).join("histories.ndjson")).unwrap();
    let (mut events, mut cases, mut withheld) = (Vec::new(), 0, 0);
    for line in histories.lines() {
        let history: Value = serde_json::from_str(line).unwrap();
        let of = history["events"].as_array().unwrap();
        if !of.iter().any(|event| event["kind"] == "opened") {
            continue;
        }
        cases += 1;
        withheld += usize::from(history.get("withheld").is_some());
        for event in of {
            let mut event = event.clone();
            event["case"] = history["case"].clone();
            events.push(event);
        }
    }
    assert!(cases > 30 && withheld > 0, "{cases} cases, {withheld} withheld");
    (events, cases, withheld)
}

/// Event lines of them all.
fn lines(events: &[Value]) -> String {
    events.iter().map(|event| format!("{event}\n")).collect()
}

fn run(events: &str, as_of: &str, more: &[&str]) -> Outcome {
    let call = ["run", "--schedule", FOLDER, "--events", events, "--as-of", as_of];
    jalon(&[&call[..], more].concat())
}

/// One call for all cases: each on its schedule, and on the version that holds for it.
#[test]
fn event_lines_and_csv_say_the_same() {
    let (events, cases, withheld) = events();
    let ndjson = file("forms", "events.ndjson", lines(&events));
    let csv = file("forms", "events.csv", csv(&events));
    let (read, tabled) = (run(&ndjson, "2026-12-31", &[]), run(&csv, "2026-12-31", &[]));
    assert_eq!(read.code, 1, "{}", read.err);
    let counted = format!("cases: {} billed, {withheld} withheld", cases - withheld);
    assert!(read.err.contains(&counted), "{counted}: {}", read.err);
    assert!(read.out.lines().count() > 100, "{}", read.out);
    assert_eq!((read.code, &read.out), (tabled.code, &tabled.out), "{}", tabled.err);
}

/// What was issued on an earlier day, in either form, is known again, and nothing of it is credited.
#[test]
fn issued_lines_are_known_again() {
    let events = file("issued", "events.ndjson", lines(&events().0));
    let whole = run(&events, "2026-12-31", &[]).out;
    let mut whole: Vec<&str> = whole.lines().collect();
    whole.sort_unstable();
    for as_of in ["2024-12-31", "2025-04-10", "2026-12-31"] {
        let issued = run(&events, as_of, &[]).out;
        for form in ["ndjson", "csv"] {
            let written = run(&events, as_of, &["--format", form]).out;
            let path = file("issued", &format!("{as_of}.{form}"), written);
            let new = run(&events, "2026-12-31", &["--issued", &path]);
            let mut all: Vec<&str> = issued.lines().chain(new.out.lines()).collect();
            all.sort_unstable();
            let number = |line: &&str| {
                let mut line: Value = serde_json::from_str(line).unwrap();
                line.as_object_mut().unwrap().remove("invoice");
                line.to_string()
            };
            let of = |lines: &[&str]| lines.iter().map(number).collect::<BTreeSet<_>>();
            assert_eq!(all.len(), whole.len(), "{as_of} {form}: {}", new.err);
            assert_eq!(of(&all), of(&whole), "{as_of} {form}");
        }
    }
}
