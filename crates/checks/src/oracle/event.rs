//! What the fields of a line come to, the schema field by field.

use super::columns::FRENCH_FIELDS;
use super::values::{date, hours, key, text, whole};
use jalon::model::Milestone;
use jalon::money::Hours;
use jalon::plan::PlannedTerms;
use jalon::{Event, EventKind};
use serde_json::value::RawValue;
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

/// What the fields say: the case stands there once, and so does every other known field, and the
/// kind takes exactly these.
pub(super) fn event(fields: &Fields) -> Read {
    let all = |name: &str| -> Vec<&str> {
        let same = fields.iter().filter(|(key, _)| key == name);
        same.map(|(_, raw)| raw.get()).collect()
    };
    let cases = all("case");
    let [case] = cases.as_slice() else { return Read::Unreadable };
    let case = match key(case) {
        Some(case) => case,
        // The case that it most likely is.
        None => match text(case) {
            Some(padded) if padded.trim() != padded => {
                return Read::Fault(padded.trim().to_owned());
            }
            _ => return Read::Unreadable,
        },
    };
    let is_field = |name: &str| FRENCH_FIELDS.iter().any(|(_, ours)| *ours == name);
    if !fields.iter().all(|(name, _)| is_field(name) && all(name).len() == 1) {
        return Read::Fault(case);
    }
    // What is null is not there.
    let all =
        |name: &str| -> Vec<&str> { all(name).into_iter().filter(|raw| *raw != "null").collect() };
    let fields: Vec<&(String, Box<RawValue>)> =
        fields.iter().filter(|(_, raw)| raw.get() != "null").collect();
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
                planned: PlannedTerms {
                    hours: match one("planned_hours") {
                        Some(raw) => Some(hours(raw).filter(|hours| *hours != Hours::ZERO)?),
                        None => None,
                    },
                    months: match one("planned_months") {
                        Some(raw) => Some(u32::try_from(whole(raw, 1, 1_200)?).ok()?),
                        None => None,
                    },
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
            "void" => EventKind::Void { of: key(one("ref")?)? },
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
            Some(raw) => Some(key(raw)?),
            None => None,
        };
        Some(Event { case: case.clone(), date, id, kind })
    };
    read().map_or_else(|| Read::Fault(case.clone()), Read::Event)
}
