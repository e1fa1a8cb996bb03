//! Work that nobody waits for any more ends early, and what it gives is no answer; cases are explained one by one.

#![forbid(unsafe_code)]
#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop")]

use jalon_host::{Invoices, Options, Schedules, Stop, day, evaluate};
use serde_json::{Value, json};

const SCHEDULE: &str = "schedule \"S\"\n price fixed 9 EUR\n balance \"B\": 100 % on end";
const FOLLOW_UP: &str =
    "follow-up \"F\"\n payment due 30 days\n step \"Reminder\": 8 days after due";

fn compiled() -> Schedules {
    let texts = [("s.jalon", SCHEDULE.as_bytes()), ("f.jalon", FOLLOW_UP.as_bytes())];
    Schedules::compile(&texts, None).unwrap()
}

fn end(case: &str) -> String {
    format!("{{\"case\":\"{case}\",\"date\":\"2025-02-28\",\"kind\":\"end\"}}\n")
}

fn options(stop: &Stop) -> Options {
    Options { stop: stop.clone(), ..Options::new("2025-12-31").unwrap() }
}

#[test]
fn what_is_stopped_gives_no_answer() {
    let compiled = compiled();
    let stop = Stop::default();
    let events = end("A") + &end("B");
    let invoices = "{\"invoice_id\":\"1\",\"case\":\"A\",\"date\":\"2025-01-31\",\"total\":\"9.00\",\"currency\":\"EUR\"}\n";
    let of = Invoices {
        invoices: invoices.as_bytes(),
        events: b"",
        done: None,
        as_of: day("the day", "2025-12-31").unwrap(),
        stop: Some(&stop),
    };
    let all = || {
        [
            compiled.verify_unless(&stop),
            compiled.explain(events.as_bytes(), None, &options(&stop)),
            compiled.leaks(events.as_bytes(), None, &options(&stop)),
            compiled.follow(&of, None),
            compiled.unpaid(&of),
            compiled.journal(&of),
        ]
    };
    assert!(all().iter().all(Result::is_ok), "{:?}", all());
    let answer = evaluate(&compiled, events.as_bytes(), &options(&stop));
    assert_eq!((answer.billed, answer.held), (2, 0));
    stop.ask();
    for outcome in all() {
        assert_eq!(outcome.unwrap_err().message, "the call was stopped");
    }
    // A case is billed or withheld, here as everywhere.
    let answer = evaluate(&compiled, events.as_bytes(), &options(&stop));
    assert_eq!((answer.billed, answer.held, answer.lines.as_str()), (0, 2, ""));
    assert!(answer.withheld.contains("the call was stopped"));
}

#[test]
fn cases_are_explained_one_by_one() {
    let compiled = compiled();
    let read = |told: String| -> Value { serde_json::from_str(&told).unwrap() };
    let asked = options(&Stop::default());
    let bad = end("B").replace("28", "30");
    let events = end("A") + &bad + &end("C");
    let told = read(compiled.explain(events.as_bytes(), None, &asked).unwrap());
    assert_eq!(told["as_of"], "2025-12-31");
    assert_eq!(told["cases"].as_array().unwrap().len(), 3);
    assert_eq!(told["cases"][0]["totals"]["net"], "9.00");
    assert_eq!(told["cases"][0]["moments"][0]["place"], "events:1:1");
    assert_eq!(told["cases"][1]["withheld"][0]["place"], "events:2:20");
    let told = read(compiled.explain(events.as_bytes(), Some("C"), &asked).unwrap());
    assert_eq!(told["cases"][0]["case"], "C");
    assert_eq!(told["cases"].as_array().unwrap().len(), 1);
    assert!(compiled.explain(events.as_bytes(), Some("D"), &asked).is_err());
    // A line that could be of any case.
    let events = events + "{}\n";
    let told = read(compiled.explain(events.as_bytes(), None, &asked).unwrap());
    assert_eq!((&told["cases"], told["withheld"].as_array().unwrap().len()), (&json!([]), 4));
    let skipping = Options { skip_unreadable: true, ..asked };
    let told = read(compiled.explain(events.as_bytes(), None, &skipping).unwrap());
    assert_eq!(told["cases"].as_array().unwrap().len(), 3);
    assert_eq!(told["withheld"][0]["line"], 4);
}
