//! Ids of invoice lines do not change. In: lines of every kind with their ids, as they were written once
//! (`tests/cases/ids`). They are computed again here from what `docs/language-reference.md` says of the bytes that
//! are hashed, without a line of the program's own code; and billing gives the same lines today.

use crate::program::{self, jalon, read, root};
use serde_json::Value;
use std::collections::{HashMap, HashSet};

fn path(name: &str) -> String {
    root().join("tests/cases/ids").join(name).to_str().unwrap().to_owned()
}

fn golden() -> Vec<Value> {
    read(&path("lines.ndjson")).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn half(bytes: &[u8]) -> Vec<u8> {
    blake3::hash(bytes).as_bytes()[..16].to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(digits: &str) -> Vec<u8> {
    (0..16).map(|byte| u8::from_str_radix(&digits[2 * byte..2 * byte + 2], 16).unwrap()).collect()
}

fn text(text: &str) -> Vec<u8> {
    [&u32::try_from(text.len()).unwrap().to_le_bytes()[..], text.as_bytes()].concat()
}

fn date(date: &str) -> Vec<u8> {
    let numbers: Vec<u32> = date.split('-').map(|number| number.parse().unwrap()).collect();
    ((numbers[0] * 12 + numbers[1] - 1) * 32 + numbers[2]).to_le_bytes().to_vec()
}

/// A decimal with so many decimals, as a whole number of the last of them.
fn scaled(digits: &str, decimals: usize) -> Vec<u8> {
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    format!("{whole}{part:0<decimals$}").parse::<i64>().unwrap().to_le_bytes().to_vec()
}

fn place(of: &str, names: &[&str]) -> u8 {
    u8::try_from(names.iter().position(|name| *name == of).unwrap()).unwrap()
}

/// The id of a line, as the documentation says, with so many lines before it that say the same.
fn id(line: &Value, ordinal: u32) -> String {
    let of = |field: &str| line[field].as_str();
    if let Some(credited) = of("credits") {
        return hex(&half(&[b"jalon credit 2".to_vec(), unhex(credited)].concat()));
    }
    let decimals = if of("currency") == Some("JPY") { 0 } else { 2 };
    let texts: Vec<u8> = ["schedule", "line", "currency"]
        .into_iter()
        .flat_map(|field| text(of(field).unwrap()))
        .collect();
    let mut said = half(&[b"jalon line 2".to_vec(), texts].concat());
    said.extend(date(of("date").unwrap()));
    said.extend(scaled(of("amount").unwrap(), decimals));
    said.extend(ordinal.to_le_bytes());
    said.push(place(of("kind").unwrap(), &["deposit", "installment", "balance", "deduction"]));
    let triggers = [
        "signature",
        "start",
        "end",
        "abandonment",
        "action",
        "event",
        "deliverable",
        "month_end",
        "after_start",
        "after_signature",
        "date",
    ];
    let trigger = &line["trigger"];
    said.push(place(trigger["kind"].as_str().unwrap(), &triggers));
    said.extend(text(of("case").unwrap()));
    let mut part = |number: u8, value: Option<Vec<u8>>| {
        said.extend(value.into_iter().flat_map(|value| [vec![number], value].concat()));
    };
    part(1, of("label").filter(|label| Some(*label) != of("line")).map(text));
    part(2, trigger["date"].as_str().filter(|day| Some(*day) != of("date")).map(date));
    part(3, trigger["name"].as_str().map(text));
    part(4, trigger["id"].as_str().map(text));
    part(5, of("quantity").map(|quantity| scaled(quantity, 4)));
    part(6, of("unit_price").map(|price| scaled(price, decimals)));
    part(7, of("service_from").map(|from| [date(from), date(of("service_to").unwrap())].concat()));
    part(8, of("deducts").map(unhex));
    hex(&half(&said))
}

#[test]
fn ids_are_those_that_the_documentation_describes() {
    let (mut said, mut kinds, mut ordinals) = (HashMap::new(), HashSet::new(), 0);
    for line in golden() {
        let first = id(&line, 0);
        let ordinal = said.entry(first).or_insert(0);
        assert_eq!(line["id"], id(&line, *ordinal), "{line}");
        ordinals += *ordinal;
        *ordinal += 1;
        kinds.insert(line["kind"].to_string());
        kinds.insert(line["trigger"]["kind"].to_string());
    }
    assert_eq!(ordinals, 1, "a line that says what another says is among them");
    assert_eq!(kinds.len(), 4 + 11, "every kind of line and of trigger is among them: {kinds:?}");
}

#[test]
fn the_same_lines_have_the_same_ids_today() {
    let (schedules, events) = (path("schedules.jalon"), path("events.ndjson"));
    let call = ["run", "--schedule", &schedules, "--events", &events, "--as-of", "2025-12-31"];
    let billed = jalon(&call);
    assert_eq!((billed.code, billed.out), (0, read(&path("lines.ndjson"))), "{}", billed.err);
    let issued = jalon(&[&call[..], &["--issued", &path("lines.ndjson")]].concat());
    assert_eq!((issued.code, issued.out.as_str()), (0, ""), "{}", issued.err);
}

/// The id of a credit is that of the line which it takes back, hashed once more.
#[test]
fn the_id_of_a_credit_is_derived_from_that_of_its_line() {
    let (schedules, lines) = (path("schedules.jalon"), path("lines.ndjson"));
    let voids = program::file(
        "ids",
        "voids.ndjson",
        "{\"case\":\"D-001\",\"date\":\"2025-12-01\",\"kind\":\"void\",\"ref\":\"é-1\"}\n",
    );
    let call = ["run", "--schedule", &schedules, "--as-of", "2025-12-31", "--issued", &lines];
    let told = jalon(&[&call[..], &["--events", &path("events.ndjson"), &voids]].concat());
    assert_eq!(told.code, 0, "{}", told.err);
    let given: Vec<Value> =
        told.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let credits: Vec<&Value> = given.iter().filter(|line| line["kind"] == "credit").collect();
    // The deposit that was withdrawn, and its deduction.
    assert_eq!(credits.len(), 2, "{}", told.out);
    for credit in credits {
        assert_eq!(credit["id"], id(credit, 0), "{credit}");
    }
}
