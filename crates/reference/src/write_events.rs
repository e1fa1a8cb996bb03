//! Writes a case's events as lines of JSON (§3), in input order.

use super::exact::{Exact, fits, print};
use super::rng::Rng;
use super::rules::{Case, Event, What, Worked};

/// The word for a kind of event.
#[must_use]
pub fn kind_word(what: &What) -> &'static str {
    match what {
        What::Opened { .. } => "opened",
        What::Signature => "signature",
        What::Start => "start",
        What::Action { .. } => "action",
        What::Deliverable(_) => "deliverable",
        What::Event(_) => "event",
        What::End => "end",
        What::Abandonment => "abandonment",
    }
}

/// The events of a case, one object a line, without line ends. With a random generator the keys
/// stand in any order and numbers in any form.
#[must_use]
pub fn events(case: &Case, mut rng: Option<Rng>) -> Vec<String> {
    case.events.iter().map(|event| object(&case.id, event, &mut rng)).collect()
}

fn object(case: &str, event: &Event, rng: &mut Option<Rng>) -> String {
    let mut fields = vec![
        ("case", string(case, rng)),
        ("date", string(&event.date.to_string(), rng)),
        ("kind", string(kind_word(&event.what), rng)),
    ];
    if let Some(name) = event.name() {
        fields.push(("name", string(name, rng)));
    }
    match &event.what {
        What::Action { worked: Some(Worked::Hours(hours)), .. } => {
            fields.push(("hours", number(hours, rng)));
        }
        What::Action { worked: Some(Worked::Minutes(minutes)), .. } => {
            fields.push(("minutes", minutes.to_string()));
        }
        What::Opened { schedule, planned_hours, planned_months } => {
            fields.push(("schedule", string(schedule, rng)));
            fields.extend(planned_hours.iter().map(|hours| ("planned_hours", number(hours, rng))));
            fields.extend(planned_months.map(|months| ("planned_months", months.to_string())));
        }
        _ => {}
    }
    if let Some(id) = &event.id {
        fields.push(("id", string(id, rng)));
    }
    if let Some(rng) = rng {
        rng.shuffle(&mut fields);
    }
    let space = if maybe(rng, 20) { " " } else { "" };
    let pairs: Vec<String> =
        fields.iter().map(|(key, value)| format!("\"{key}\":{space}{value}")).collect();
    format!("{{{space}{}{space}}}", pairs.join(&format!(",{space}")))
}

fn maybe(rng: &mut Option<Rng>, percent: u64) -> bool {
    rng.as_mut().is_some_and(|rng| rng.chance(percent))
}

/// A decimal as a JSON number or a string, with or without trailing zeros.
fn number(x: &Exact, rng: &mut Option<Rng>) -> String {
    let needed = (0..4).find(|&d| fits(x, d)).unwrap_or(4);
    // More decimals than four are themselves the fault that is to be seen.
    let needed = if fits(x, needed) { needed } else { 5 };
    let digits = print(x, if needed < 4 && maybe(rng, 20) { needed + 1 } else { needed });
    if maybe(rng, 35) { format!("\"{digits}\"") } else { digits }
}

/// A JSON string; at random, letters beyond ASCII are escaped.
fn string(text: &str, rng: &mut Option<Rng>) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    if !maybe(rng, 10) {
        return quoted;
    }
    let mut escaped = String::new();
    for letter in quoted.chars() {
        if letter.is_ascii() {
            escaped.push(letter);
        } else {
            let mut units = [0; 2];
            for unit in letter.encode_utf16(&mut units) {
                escaped.extend(["\\u", &format!("{unit:04x}")]);
            }
        }
    }
    escaped
}
