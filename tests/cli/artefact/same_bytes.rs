//! Artefacts load and bill the same bytes as their sources.

use super::{artefact, loaded, sound, teo, value};
use jalon::Compiled;
use jalon::feed::{Biller, Book, Histories, LineFormat, LineWriter};
use reference::{generate, write, write_events};
use serde_json::Value;

/// The bytes that the scenarios of a file come to on schedules; no line is lost by withholding.
fn bill(schedules: &Compiled, scenarios: &Compiled) -> Vec<u8> {
    let mut out = Vec::new();
    for scenario in &scenarios.scenarios {
        let plan = schedules.schedule(&scenario.schedule).unwrap();
        let mut book = Book::default();
        book.add(plan.clone()).unwrap();
        let events: String = scenario
            .events
            .iter()
            .map(|event| serde_json::to_string(event).unwrap() + "\n")
            .collect();
        let opened = serde_json::json!({
            "case": scenario.name, "date": scenario.events.first().map(|event| event.date),
            "kind": "opened", "schedule": scenario.schedule,
        });
        let mut opened = opened.as_object().unwrap().clone();
        if let Some(hours) = scenario.planned.hours {
            opened.insert("planned_hours".into(), hours.to_string().into());
        }
        if let Some(months) = scenario.planned.months {
            opened.insert("planned_months".into(), months.into());
        }
        let mut histories = Histories::default();
        histories.read(format!("{}\n{events}", Value::Object(opened)).as_bytes());
        let (mut biller, mut writer) = (Biller::new(&book), LineWriter::default());
        for case in 0..histories.case_count() {
            let mut billed = biller.bill(&histories, case, scenario.as_of).expect("a sound case");
            billed.each_line(|line| writer.write(&mut out, LineFormat::Ndjson, line));
        }
    }
    out
}

#[test]
fn the_schedules_of_the_guide_load_and_bill_the_same_bytes() {
    let files = teo();
    assert_eq!(files.len(), 21);
    for (name, source) in &files {
        let compiled = sound(source);
        let artefact = compiled.to_artefact().unwrap();
        let again = loaded(&artefact);
        assert!(!compiled.scenarios.is_empty(), "{name}");
        let lines = bill(&compiled, &compiled);
        assert!(!lines.is_empty(), "{name}");
        assert_eq!(
            String::from_utf8(bill(&again, &compiled)).unwrap(),
            String::from_utf8(lines).unwrap(),
            "{name}"
        );
        assert_eq!(again.to_artefact().unwrap(), artefact, "{name}: not the same bytes");
        assert_eq!(sound(source).to_artefact().unwrap(), artefact, "{name}: not the same bytes");
        assert_eq!(again.source_hash, blake3::hash(source.as_bytes()).to_string());
    }
}

#[test]
fn generated_schedules_load_and_bill_the_same() {
    let mut lines = 0;
    for seed in 0..600 {
        let (schedule, case) = generate::pair(seed);
        let language =
            if seed % 2 == 0 { write::Language::English } else { write::Language::French };
        let source = write::source(std::slice::from_ref(&schedule), language, None);
        let compiled = sound(&source);
        let again = loaded(&compiled.to_artefact().unwrap());
        let events: Vec<jalon::Event> = write_events::events(&case, None)
            .iter()
            .filter_map(|line| serde_json::from_str(line).ok())
            .collect();
        let as_of = jalon::Date::parse(&case.as_of.to_string()).unwrap();
        let outcome = compiled.evaluate(&events, as_of);
        assert_eq!(again.evaluate(&events, as_of), outcome, "seed {seed}\n{source}");
        lines += outcome.and_then(Result::ok).map_or(0, |outcome| outcome.lines.len());
        let texts = |compiled: &Compiled| -> Vec<String> {
            let plans = compiled.schedules.iter();
            plans.flat_map(|plan| &plan.schedule.lines).map(|line| line.text.clone()).collect()
        };
        assert_eq!(texts(&again), texts(&compiled));
    }
    assert!(lines > 500, "{lines}");
}

#[test]
fn the_order_of_fields_and_the_layout_of_json_do_not_matter() {
    let whole = artefact("parcours-emploi-sante.jalon");
    // A JSON value holds its fields by name.
    let other = value(&whole).to_string();
    assert_ne!(other, whole);
    assert_eq!(loaded(&other).to_artefact().unwrap(), whole);
}

/// What the language can nest, an artefact can hold.
#[test]
fn the_deepest_condition_loads() {
    let mut condition = String::from("started");
    for depth in 0..64 {
        let joined = if depth % 2 == 0 { "and" } else { "or" };
        condition = format!("(signed and ended or {condition} {joined} abandoned)");
    }
    let nots = "not ".repeat(64);
    for condition in [condition, format!("{nots}started")] {
        let source = format!(
            "schedule \"Deep\"\n price fixed 1 EUR\n balance \"B\": 100 % on end if {}\n",
            condition.replace(" and ", "\n and ")
        );
        let compiled = sound(&source);
        let again = loaded(&compiled.to_artefact().unwrap());
        let condition =
            |compiled: &Compiled| compiled.schedules[0].schedule.lines[0].condition.clone();
        assert_eq!(condition(&again), condition(&compiled));
    }
}
