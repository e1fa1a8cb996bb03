//! A second reading of event lines, plain and slow: `serde_json` for the syntax, the schema field by
//! field. It exists to be held against the scanner.

use jalon::model::Milestone;
use jalon::money::Hours;
use jalon::{Date, Event, EventKind};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;
use unicode_normalization::UnicodeNormalization;

/// What a line is.
#[derive(Debug)]
pub enum Read {
    /// Nothing.
    Blank,
    /// An event.
    Event(Event),
    /// Something about this case that is no event.
    Fault(String),
    /// Something about any case, perhaps.
    Unreadable,
}

/// The fields of an object in their order, with what stands there.
pub type Fields = Vec<(String, Box<RawValue>)>;

/// Reads a line of NDJSON.
pub fn ndjson(line: &[u8]) -> Read {
    if line.iter().all(u8::is_ascii_whitespace) {
        return Read::Blank;
    }
    let Some(text) = text_of(line) else { return Read::Unreadable };
    match serde_json::from_str::<Object>(text) {
        Ok(Object(fields)) => event(&fields),
        Err(_) => Read::Unreadable,
    }
}

/// Reads a line of CSV under these names.
pub fn csv(names: &[String], separator: char, line: &[u8]) -> Read {
    if line.iter().all(u8::is_ascii_whitespace) {
        return Read::Blank;
    }
    let Some(text) = text_of(line) else { return Read::Unreadable };
    let Some(cells) = cells(text.trim_end_matches(['\n', '\r']), separator) else {
        return Read::Unreadable;
    };
    if cells.len() != names.len() {
        return Read::Unreadable;
    }
    let filled = names.iter().zip(cells).filter(|(_, cell)| !cell.is_empty());
    let fields: Fields = filled
        .map(|(name, cell)| {
            let whole = name == "minutes" || name == "planned_months";
            let cell = match name.as_str() {
                // A comma before three digits is as likely to set thousands apart: it is refused.
                "hours" | "planned_hours" if separator == ';' => match cell.split_once(',') {
                    Some((whole, part)) if part.len() != 3 => format!("{whole}.{part}"),
                    Some(_) | None => cell,
                },
                _ => cell,
            };
            let bare = whole && cell.parse().is_ok_and(|n: u128| n.to_string() == cell);
            let raw = if bare { cell } else { serde_json::Value::from(cell).to_string() };
            (name.clone(), RawValue::from_string(raw).expect("JSON"))
        })
        .collect();
    event(&fields)
}

/// The cells of a line; none where quotes are astray.
pub fn cells(line: &str, separator: char) -> Option<Vec<String>> {
    #[derive(PartialEq)]
    enum At {
        Start,
        Plain,
        Quoted,
        Closed,
    }
    let (mut cells, mut at) = (vec![String::new()], At::Start);
    for letter in line.chars() {
        let cell = cells.last_mut()?;
        at = match (at, letter) {
            (At::Quoted, '"') => At::Closed,
            (At::Quoted, _) => {
                cell.push(letter);
                At::Quoted
            }
            (At::Start, '"') => At::Quoted,
            (At::Closed, '"') => {
                cell.push('"');
                At::Quoted
            }
            (At::Plain, '"') => return None,
            (_, letter) if letter == separator => {
                cells.push(String::new());
                At::Start
            }
            (At::Closed, _) => return None,
            (At::Start | At::Plain, _) => {
                cell.push(letter);
                At::Plain
            }
        };
    }
    (at != At::Quoted).then_some(cells)
}

fn text_of(line: &[u8]) -> Option<&str> {
    std::str::from_utf8(line).ok().filter(|text| text.len() <= 1 << 20)
}

/// An object's fields; anything else is an error.
struct Object(Fields);

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = Object;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
                let mut fields = Fields::new();
                while let Some(pair) = map.next_entry()? {
                    fields.push(pair);
                }
                Ok(Object(fields))
            }
        }
        deserializer.deserialize_map(Pairs)
    }
}

/// What the fields say: the case stands there once, and so does every other known field, and the
/// kind takes exactly these.
fn event(fields: &Fields) -> Read {
    let all = |name: &str| -> Vec<&str> {
        let same = fields.iter().filter(|(key, _)| key == name);
        same.map(|(_, raw)| raw.get()).collect()
    };
    let cases = all("case");
    let [case] = cases.as_slice() else { return Read::Unreadable };
    let Some(case) = text(case) else { return Read::Unreadable };
    let of_kind = || -> Option<EventKind> {
        let one = |name: &str| match all(name).as_slice() {
            [raw] => Some(*raw),
            _ => None,
        };
        let kind = text(one("kind")?)?;
        let optional = match kind.as_str() {
            "opened" => ["id", "planned_hours", "planned_months"].as_slice(),
            "action" => &["id", "hours", "minutes"],
            _ => &["id"],
        };
        let needed = match kind.as_str() {
            "opened" => ["schedule"].as_slice(),
            "action" | "deliverable" | "event" => &["name"],
            "void" => &["ref"],
            "signature" | "start" | "end" | "abandonment" => &[],
            _ => return None,
        };
        let always = ["case", "date", "kind"];
        let known = |key: &str| [&always, needed, optional].concat().contains(&key);
        let once = |name: &&str| all(name).len() == 1;
        let at_most_once = |name: &&str| all(name).len() <= 1;
        if !fields.iter().all(|(key, _)| known(key))
            || !always.iter().chain(needed).all(once)
            || !optional.iter().all(at_most_once)
            || (one("hours").is_some() && one("minutes").is_some())
        {
            return None;
        }
        let name = |field: &str| Some(text(one(field)?)?.trim().nfc().collect::<String>());
        Some(match kind.as_str() {
            "opened" => EventKind::Opened {
                schedule: name("schedule")?,
                planned_hours: match one("planned_hours") {
                    Some(raw) => Some(hours(raw).filter(|hours| *hours != Hours::ZERO)?),
                    None => None,
                },
                planned_months: match one("planned_months") {
                    Some(raw) => Some(u32::try_from(whole(raw, 1, 1_200)?).ok()?),
                    None => None,
                },
            },
            "action" => EventKind::Action {
                name: name("name")?,
                hours: match (one("hours"), one("minutes")) {
                    (Some(raw), _) => Some(hours(raw)?),
                    (None, Some(raw)) => Some(Hours(whole(raw, 0, 6_000_000)? * 500)),
                    (None, None) => None,
                },
            },
            "deliverable" => EventKind::Deliverable { name: name("name")? },
            "event" => EventKind::Event { name: name("name")? },
            "void" => EventKind::Void { of: text(one("ref")?)? },
            "signature" => EventKind::Milestone(Milestone::Signature),
            "start" => EventKind::Milestone(Milestone::Start),
            "end" => EventKind::Milestone(Milestone::End),
            _ => EventKind::Milestone(Milestone::Abandonment),
        })
    };
    let read = || -> Option<Event> {
        let kind = of_kind()?;
        let date = date(&text(all("date").first()?)?)?;
        let id = match all("id").first() {
            Some(raw) => Some(text(raw)?),
            None => None,
        };
        Some(Event { case: case.clone(), date, id, kind })
    };
    read().map_or_else(|| Read::Fault(case.clone()), Read::Event)
}

/// A text in quotes, not blank, at most 1,000 bytes.
fn text(raw: &str) -> Option<String> {
    let text: String = serde_json::from_str(raw).ok()?;
    (!text.trim().is_empty() && text.len() <= 1_000).then_some(text)
}

fn date(text: &str) -> Option<Date> {
    let shape: Vec<bool> = text.bytes().map(|byte| byte.is_ascii_digit()).collect();
    let expected = [true, true, true, true, false, true, true, false, true, true];
    let date = chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
    let in_range = ("1900-01-01".."2200-01-01").contains(&text);
    (shape == expected && date.to_string() == text && in_range)
        .then(|| Date::parse(text).expect("a date in range"))
}

/// A number, or a text of the same digits: at most four decimals, 0 to 100,000.
fn hours(raw: &str) -> Option<Hours> {
    let digits = if raw.starts_with('"') { text(raw)? } else { raw.to_owned() };
    let (units, decimals) = digits.split_once('.').unwrap_or((&digits, "0"));
    let plain = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let padded = units.len() > 1 && units.starts_with('0');
    if !plain(units) || !plain(decimals) || padded || decimals.len() > 4 {
        return None;
    }
    let units: i64 = units.parse().ok().filter(|units| *units <= 100_000)?;
    let decimals: i64 = format!("{decimals:0<4}").parse().ok()?;
    let hours = (units * 10_000 + decimals) * 3;
    (hours <= 100_000 * 30_000).then_some(Hours(hours))
}

/// A whole number from `least` to `most`.
fn whole(raw: &str, least: i64, most: i64) -> Option<i64> {
    let plain = raw.bytes().all(|byte| byte.is_ascii_digit());
    let number: i64 = plain.then(|| raw.parse().ok())??;
    (least..=most).contains(&number).then_some(number)
}
