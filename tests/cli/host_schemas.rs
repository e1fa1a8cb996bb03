//! The JSON Schemas of what hosts send and get, `hosts/schemas`: they hold for all of conformance, and name neither more
//! nor less than the program does. With `INSTA_UPDATE=always` their lists of names are written anew.

use crate::program::root;
use jalon::eval::NoticeKind;
use jalon::model::{
    Field, Invoice, InvoiceKind, InvoiceLine, InvoiceTax, Kind, LineTrigger, WhenKind,
};
use jalon::{Code, InvoiceLineKind};
use jsonschema::Validator;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::PathBuf;

fn path(name: &str) -> PathBuf {
    root().join("hosts/schemas").join(format!("{name}.schema.json"))
}

fn read(name: &str) -> Value {
    serde_json::from_str(&std::fs::read_to_string(path(name)).unwrap()).unwrap()
}

fn schema(name: &str) -> Validator {
    jsonschema::options().should_validate_formats(true).build(&read(name)).expect("a sound schema")
}

/// What serde expects of a type: it says so of what it does not know.
fn expected<T: DeserializeOwned>(unknown: &str) -> BTreeSet<String> {
    let Err(fault) = serde_json::from_str::<T>(unknown) else { panic!("nothing is unknown") };
    let fault = fault.to_string();
    let (_, known) = fault.split_once("expected").unwrap();
    known.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn fields<T: DeserializeOwned>() -> BTreeSet<String> {
    expected::<T>("{\"no such field\":1}")
}

fn texts(names: impl IntoIterator<Item = &'static str>) -> BTreeSet<String> {
    names.into_iter().map(str::to_owned).collect()
}

#[test]
fn schemas_name_what_the_program_does() {
    let properties: [(&str, &str, BTreeSet<String>); 7] = [
        ("event", "/properties", texts(Field::ALL.map(Field::name))),
        ("line", "/properties", fields::<InvoiceLine>()),
        ("line", "/properties/trigger/properties", fields::<LineTrigger>()),
        ("invoice", "/properties", fields::<Invoice>()),
        ("invoice", "/properties/lines/items/properties", fields::<InvoiceLine>()),
        (
            "invoice",
            "/properties/lines/items/properties/trigger/properties",
            fields::<LineTrigger>(),
        ),
        ("invoice", "/properties/vat/items/properties", fields::<InvoiceTax>()),
    ];
    for (name, place, known) in properties {
        let named =
            read(name).pointer(place).unwrap().as_object().unwrap().keys().cloned().collect();
        assert_eq!(known, named, "{name} {place}");
    }
    let kinds = texts(Kind::ALL.map(Kind::name));
    let lines = expected::<InvoiceLineKind>("\"no such kind\"");
    let triggers = texts(WhenKind::ALL.map(WhenKind::name));
    let names: [(&str, &str, BTreeSet<String>); 8] = [
        ("event", "/properties/kind/enum", kinds.clone()),
        ("notice", "/properties/kind/enum", kinds),
        ("notice", "/properties/notice/enum", texts(NoticeKind::ALL.map(NoticeKind::name))),
        ("line", "/properties/kind/enum", lines.clone()),
        ("line", "/properties/trigger/properties/kind/enum", triggers.clone()),
        ("invoice", "/properties/lines/items/properties/kind/enum", lines),
        ("invoice", "/properties/lines/items/properties/trigger/properties/kind/enum", triggers),
        ("invoice", "/properties/type/enum", expected::<InvoiceKind>("\"no such kind\"")),
    ];
    let codes =
        ("finding", "/properties/code/enum", texts(Code::ALL.iter().map(|code| code.name())));
    for (name, place, known) in names.into_iter().chain([codes]) {
        if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
            let mut schema = read(name);
            *schema.pointer_mut(place).unwrap() = json!(known);
            std::fs::write(path(name), format!("{schema:#}\n")).unwrap();
        }
        assert_eq!(read(name).pointer(place), Some(&json!(known)), "{name} {place}");
    }
}

#[test]
fn schemas_hold_for_all_of_conformance() {
    let held = [
        ("event", "events.ndjson"),
        ("line", "lines.ndjson"),
        ("invoice", "invoices.ndjson"),
        ("withheld", "withheld.ndjson"),
        ("notice", "notices.ndjson"),
        ("finding", "findings.ndjson"),
    ];
    for (name, file) in held {
        let schema = schema(name);
        let mut count = 0;
        for folder in std::fs::read_dir(root().join("hosts/conformance")).unwrap() {
            let folder = folder.unwrap().path();
            let Ok(text) = std::fs::read_to_string(folder.join(file)) else { continue };
            // Events are wrong on purpose where they are withheld.
            let withheld =
                std::fs::read_to_string(folder.join("withheld.ndjson")).unwrap_or_default();
            let cases: Vec<Value> =
                withheld.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
            for line in text.lines() {
                let object: Value = serde_json::from_str(line).unwrap();
                if name == "event" && cases.iter().any(|case| case["case"] == object["case"]) {
                    continue;
                }
                let faults: Vec<String> =
                    schema.iter_errors(&object).map(|fault| fault.to_string()).collect();
                assert!(faults.is_empty(), "{}/{file}: {line}: {faults:?}", folder.display());
                count += 1;
            }
        }
        assert!(count > 2, "{count} of {name}");
    }
}

#[test]
fn schemas_refuse_what_is_not_of_them() {
    let line = "{\"case\":\"A\",\"date\":\"2025-01-31\",\"kind\":\"end\"}";
    let event: Value = serde_json::from_str(line).unwrap();
    assert!(schema("event").is_valid(&event));
    for (field, value) in
        [("kind", json!("ended")), ("hour", json!(1)), ("hours", json!([1])), ("case", json!(""))]
    {
        let mut wrong = event.clone();
        wrong.as_object_mut().unwrap().insert(field.to_owned(), value);
        assert!(!schema("event").is_valid(&wrong), "{wrong}");
    }
}
