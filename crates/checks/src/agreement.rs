//! The compiled evaluator against the naive reference, on one schedule and one history: the schedule
//! through the parser, the events through the reader of event files, both ways into the evaluator.

use jalon::feed::{Biller, Book, Histories, LineFormat, LineWriter};
use jalon::{Date, InvoiceLine};
use reference::naive::{self, Outcome};
use reference::rng::Rng;
use reference::rules::{Case, Schedule};
use reference::{write, write_events};
use serde_json::Value;

/// How a pair of a schedule and a case is written down.
#[derive(Clone, Debug)]
pub struct Spelling {
    /// The vocabulary.
    pub language: write::Language,
    /// The forms of the schedule; plain if none.
    pub source: Option<Rng>,
    /// The forms of the events; plain if none.
    pub events: Option<Rng>,
}

/// A second schedule, beside which a case has to say on which one it is opened.
const ANOTHER: &str = "schedule \"another\" price fixed 1 EUR balance \"b\": 100 % on end";

/// Both come to the same lines, or both withhold the case.
pub fn agreement(schedule: &Schedule, case: &Case, spelling: &Spelling) {
    let source =
        write::source(std::slice::from_ref(schedule), spelling.language, spelling.source.clone());
    let events = write_events::events(case, spelling.events.clone());
    if events.is_empty() {
        // A case of no event is no case: nothing names it.
        return;
    }
    let actual = compiled(&source, &events, case);
    let actual = actual.as_deref().map(comparable);
    let expected = expected(schedule, case);
    if actual != expected {
        let show = |lines: &Option<Vec<Value>>| match lines {
            None => "withheld".to_owned(),
            Some(lines) => lines.iter().map(|line| format!("{line}\n")).collect(),
        };
        panic!(
            "as of {}\n{source}\n{}\n\nexpected\n{}\nactual\n{}",
            case.as_of,
            events.join("\n"),
            show(&expected),
            show(&actual)
        );
    }
}

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
        let mut writer = LineWriter::default();
        billed.each_line(|line| {
            writer.write(&mut written, LineFormat::Ndjson, line);
            lines.push(line.to_line());
        });
        for line in &lines {
            serde_json::to_writer(&mut json, line).expect("a line is JSON");
            json.push(b'\n');
        }
        assert_eq!(written, json, "what is written is what serde writes");
        (lines, billed.bill.notices.kept().to_vec())
    });
    let plan = book.plan_of_sound(&typed).ok();
    let whole = plan.and_then(|plan| jalon::evaluate(plan, &typed.events, as_of).ok());
    let whole = whole.map(|evaluation| (evaluation.lines, evaluation.notices));
    assert_eq!(dense, whole, "events kept dense and events typed come to the same");
    let same = typed_again(events);
    assert!(
        typed.fault_count as usize + typed.events.len() == events.len() && same == typed.events
    );
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
