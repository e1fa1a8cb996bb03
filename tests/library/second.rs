//! Whole histories under schedules that use what a case agrees, quantities, recurrences, payers and versions,
//! each worked out apart from the program: every line of them, field by field, both ways into the evaluator, and
//! every case that is withheld. In: the schedules and histories of `tests/cases/second/`. Out: nothing.

use jalon::feed::{Biller, Book, Histories};
use jalon::scenario::{self, Outcome};
use jalon::syntax::format;
use jalon::{Compiled, Date, InvoiceLine, Lang, semantic_hash};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What is stated of a line; a field that is not stated is not on it.
const STATED: [&str; 12] = [
    "date",
    "kind",
    "line",
    "label",
    "payer",
    "amount",
    "invoice",
    "quantity",
    "unit_price",
    "service_from",
    "service_to",
    "in_force_from",
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/second")
}

fn compiled(name: &str, source: &str) -> Compiled {
    let compiled = jalon::compile(name, source)
        .unwrap_or_else(|report| panic!("{name}: {:#?}", report.diagnostics));
    assert!(
        compiled.warnings.diagnostics.is_empty(),
        "{name}: {:#?}",
        compiled.warnings.diagnostics
    );
    compiled
}

/// The schedule files, by name.
fn schedules() -> BTreeMap<String, String> {
    let files = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let named = files.filter(|path| path.extension().is_some_and(|end| end == "jalon"));
    named
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, std::fs::read_to_string(path).unwrap())
        })
        .collect()
}

/// One history, and what comes of it.
struct History {
    case: String,
    schedule: String,
    as_of: Date,
    events: String,
    /// Its lines, or a piece of the sentence that withholds it.
    expected: Result<Vec<Map<String, Value>>, String>,
}

fn history(line: &str) -> History {
    let value: Value = serde_json::from_str(line).unwrap();
    let text = |field: &str| value[field].as_str().unwrap().to_owned();
    let mut events = String::new();
    for event in value["events"].as_array().unwrap() {
        let mut event = event.clone();
        event.as_object_mut().unwrap().insert("case".to_owned(), value["case"].clone());
        events += &format!("{event}\n");
    }
    let objects = |lines: &Value| {
        let lines = lines.as_array().unwrap().iter();
        lines.map(|line| line.as_object().unwrap().clone()).collect()
    };
    let expected = match value.get("withheld") {
        Some(reason) => Err(reason.as_str().unwrap().to_owned()),
        None => Ok(objects(&value["lines"])),
    };
    let as_of = Date::parse(&text("as_of")).unwrap();
    History { case: text("case"), schedule: text("schedule"), as_of, events, expected }
}

fn histories() -> Vec<History> {
    let text = std::fs::read_to_string(folder().join("histories.ndjson")).unwrap();
    text.lines().map(history).collect()
}

/// What the program says of a line, of what is stated.
fn stated(line: &InvoiceLine) -> Map<String, Value> {
    let Ok(Value::Object(line)) = serde_json::to_value(line) else { panic!("{line:?}") };
    line.into_iter().filter(|(field, _)| STATED.contains(&field.as_str())).collect()
}

/// The lines of a case, from event lines as they are kept and as the library types them.
fn billed(book: &Book, history: &History) -> Result<Vec<InvoiceLine>, String> {
    let mut read = Histories::default();
    read.read(history.events.as_bytes());
    assert!(read.unreadable.is_empty(), "{}: {:?}", history.case, read.unreadable);
    let case = read.case(0).unwrap();
    let mut biller = Biller::new(book);
    let kept = biller.bill(&read, 0, history.as_of).ok().map(|mut billed| {
        let mut lines = Vec::new();
        billed.each_line(|line| lines.push(line.to_line()));
        lines
    });
    let plan = book.plan_of_sound(&case).unwrap();
    let typed = jalon::evaluate(plan, &case.events, history.as_of);
    let typed = typed
        .map(|evaluation| evaluation.lines)
        .map_err(|withheld| withheld.say(plan, &case.events, Lang::En));
    assert_eq!(kept.as_ref(), typed.as_ref().ok(), "{}: kept and typed", history.case);
    typed
}

#[test]
fn every_line_of_every_history_is_as_worked_out() {
    let sources = schedules();
    let (mut lines, mut withheld, mut wrong) = (0, 0, Vec::new());
    for history in histories() {
        let source = &sources[&history.schedule];
        let mut book = Book::default();
        for plan in compiled(&history.schedule, source).schedules {
            book.add(plan).unwrap_or_else(|_| panic!("{}: a duplicate", history.schedule));
        }
        match (billed(&book, &history), &history.expected) {
            (Ok(billed), Ok(expected)) => {
                let actual: Vec<_> = billed.iter().map(stated).collect();
                lines += expected.len();
                if actual != *expected {
                    wrong.push(format!("{}\n  {expected:?}\n  {actual:?}", history.case));
                }
                let case = |line: &InvoiceLine| line.case == history.case && line.currency == "EUR";
                assert!(billed.iter().all(case), "{}", history.case);
            }
            (Err(said), Err(reason)) => {
                withheld += 1;
                if !said.contains(reason) {
                    wrong.push(format!("{}: {reason}: {said}", history.case));
                }
            }
            (actual, expected) => {
                wrong.push(format!("{}\n  {expected:?}\n  {actual:?}", history.case));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(lines >= 265 && withheld >= 7, "{lines} lines, {withheld} withheld");
}

#[test]
fn an_earlier_date_gives_the_lines_that_had_fired() {
    let sources = schedules();
    for mut history in histories().into_iter().filter(|history| history.expected.is_ok()) {
        let mut book = Book::default();
        for plan in compiled(&history.schedule, &sources[&history.schedule]).schedules {
            book.add(plan).unwrap_or_else(|_| panic!("{}: a duplicate", history.schedule));
        }
        let whole = billed(&book, &history).unwrap();
        let days: Vec<Date> = whole.iter().map(|line| line.date).collect();
        for day in days {
            history.as_of = day;
            let now = billed(&book, &history).unwrap();
            let until: Vec<_> = whole.iter().filter(|line| line.date <= day).cloned().collect();
            assert_eq!(now, until, "{} as of {day}", history.case);
        }
    }
}

#[test]
fn the_scenarios_beside_them_pass_in_both_vocabularies() {
    let mut run = 0;
    for (name, source) in schedules() {
        for lang in [Lang::En, Lang::Fr] {
            let Ok(text) = format(&source, Some(lang)) else { panic!("{name}") };
            let compiled = compiled(&name, &text);
            for scenario in &compiled.scenarios {
                let plan = compiled.version(&scenario.schedule, scenario.in_force_from).unwrap();
                let outcome = scenario::run(plan, scenario);
                assert!(
                    matches!(outcome, Outcome::Passed),
                    "{name}: {}: {outcome:#?}",
                    scenario.name
                );
                run += 1;
            }
        }
    }
    assert!(run >= 18, "{run} scenarios");
}

#[test]
fn layout_and_translation_keep_what_they_say() {
    let hashes = |name: &str, source: &str| -> Vec<String> {
        let plans = compiled(name, source).schedules;
        plans.iter().map(|plan| semantic_hash(&plan.schedule).to_string()).collect()
    };
    for (name, source) in schedules() {
        let hash = hashes(&name, &source);
        let text = |source: &str, lang| match format(source, lang) {
            Ok(text) => text,
            Err(_) => panic!("{name} cannot be laid out"),
        };
        let own = text(&source, None);
        let lang = if own == text(&source, Some(Lang::En)) { Lang::En } else { Lang::Fr };
        let other = text(&source, Some(if lang == Lang::En { Lang::Fr } else { Lang::En }));
        assert_ne!(other, own, "{name}");
        assert_eq!(text(&other, Some(lang)), own, "{name} there and back");
        assert_eq!(text(&other, None), other, "{name} as it stays");
        for twin in [&own, &other] {
            assert_eq!(hashes(&name, twin), hash, "{name}\n{twin}");
        }
    }
}
