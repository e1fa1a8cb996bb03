//! The compiled evaluator against the naive reference, on generated schedules and histories: the
//! schedule goes through the parser in either vocabulary and in varied spellings, the events through
//! the reader of event files.
//!
//! A few thousand pairs run with the other tests; `JALON_PAIRS=1000000 cargo test --release --test
//! laws` runs as many as are asked for, from the seed that `JALON_SEED` names.

#![allow(
    dead_code,
    missing_docs,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::wildcard_enum_match_arm,
    reason = "a test may panic, and the reference is a library of its own"
)]

mod forecasts;
mod reference;

use jalon::feed::{Biller, Book, Histories, LineFormat, write_line};
use jalon::{Date, InvoiceLine};
use reference::generate;
use reference::naive::{self, Outcome};
use reference::rng::Rng;
use reference::rules::{Case, Schedule};
use reference::{write, write_events};
use serde_json::Value;

fn from_environment(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

/// A second schedule, beside which a case has to say on which one it is opened.
const ANOTHER: &str = "schedule \"another\" price fixed 1 EUR balance \"b\": 100 % on end";

/// What the program makes of a pair: its lines, or `None` if the case is withheld.
fn compiled(source: &str, events: &[String], case: &Case) -> Option<Vec<InvoiceLine>> {
    let mut book = Book::default();
    let another = if case.named.is_none() { ANOTHER } else { "" };
    let compiled = match jalon::compile("generated.jalon", &format!("{source}\n{another}")) {
        Ok(compiled) => compiled,
        Err(report) => panic!("{:#?}\n{source}", report.diagnostics),
    };
    for plan in compiled.schedules {
        book.add(plan).expect("one schedule of a name");
    }
    let mut histories = Histories::default();
    histories.read(events.join("\n").as_bytes());
    assert!(histories.unreadable.is_empty(), "{:?}", histories.unreadable);
    let Some(typed) = histories.case(0) else { return Some(Vec::new()) };
    let as_of = Date::parse(&case.as_of.to_string()).expect("a date");
    let mut biller = Biller::new(&book);
    let dense = biller.bill(&histories, 0, as_of).ok().map(|mut billed| {
        let (mut lines, mut written, mut json) = (Vec::new(), Vec::new(), Vec::new());
        billed.each_line(|line| {
            write_line(&mut written, LineFormat::Ndjson, line);
            lines.push(line.to_line());
        });
        for line in &lines {
            serde_json::to_writer(&mut json, line).expect("a line is JSON");
            json.push(b'\n');
        }
        assert_eq!(written, json, "what is written is what serde writes");
        (lines, billed.bill.notices.to_vec())
    });
    let plan = book.plan_of_sound(&typed).ok();
    let whole = plan.and_then(|plan| jalon::evaluate(plan, &typed.events, as_of).ok());
    let whole = whole.map(|evaluation| (evaluation.lines, evaluation.notices));
    assert_eq!(dense, whole, "events kept dense and events typed come to the same");
    let same = typed_again(events);
    assert!(typed.faults.len() + typed.events.len() == events.len() && same == typed.events);
    dense.map(|(lines, _)| lines)
}

/// The events as serde reads them.
fn typed_again(events: &[String]) -> Vec<jalon::Event> {
    events.iter().filter_map(|line| serde_json::from_str(line).ok()).collect()
}

/// The reference's lines in the program's JSON, ids aside.
fn expected(schedule: &Schedule, case: &Case) -> Option<Vec<Value>> {
    match naive::evaluate(std::slice::from_ref(schedule), case) {
        Outcome::Withheld(_) => None,
        Outcome::Billed(lines) => {
            Some(lines.iter().map(|line| line.to_json(&case.id, &schedule.name)).collect())
        }
    }
}

/// The program's lines as the reference writes them: a deduction names its deposit by its place.
fn comparable(lines: &[InvoiceLine]) -> Vec<Value> {
    lines
        .iter()
        .map(|line| {
            let mut value = serde_json::to_value(line).expect("a line is JSON");
            let object = value.as_object_mut().expect("a line is an object");
            object.remove("id");
            if let Some(id) = object.remove("deducts") {
                let place = lines.iter().position(|line| id == line.id.as_str());
                object.insert("deducts_line".to_owned(), Value::from(place.expect("a deposit")));
            }
            value
        })
        .collect()
}

#[test]
fn the_compiled_evaluator_agrees_with_the_reference() {
    let first = from_environment("JALON_SEED", 0);
    for seed in first..first + from_environment("JALON_PAIRS", 4_000) {
        let (schedule, case) = generate::pair(seed);
        let language =
            if seed % 2 == 0 { write::Language::English } else { write::Language::French };
        let spelling = (seed % 3 != 0).then(|| Rng::new(seed));
        let source = write::source(std::slice::from_ref(&schedule), language, spelling);
        let spelling = (seed % 5 != 0).then(|| Rng::new(seed));
        let events = write_events::events(&case, spelling);
        let actual = compiled(&source, &events, &case);
        let expected = expected(&schedule, &case);
        let actual = actual.as_deref().map(comparable);
        if actual != expected {
            let show = |lines: &Option<Vec<Value>>| match lines {
                None => "withheld".to_owned(),
                Some(lines) => lines.iter().map(|line| format!("{line}\n")).collect(),
            };
            panic!(
                "seed {seed}, as of {}\n{source}\n{}\n\nexpected\n{}\nactual\n{}",
                case.as_of,
                events.join("\n"),
                show(&expected),
                show(&actual)
            );
        }
    }
}
