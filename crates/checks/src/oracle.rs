//! A second reading of event lines, plain and slow: `serde_json` for the syntax, the schema field by
//! field. It exists to be held against the scanner.

use jalon::model::Milestone;
use jalon::money::Hours;
use jalon::plan::PlannedTerms;
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

/// Reads the records of a CSV file under these names: lines are one record where a cell in quotes goes on over them, and
/// nothing where one of them would be a record by itself.
pub fn records(names: &[String], separator: char, bytes: &[u8]) -> Vec<Read> {
    let lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
    let is_odd = |line: &&[u8]| line.iter().filter(|byte| **byte == b'"').count() % 2 == 1;
    let record = |bytes: &[u8]| {
        let text = text_of(bytes).map(|text| text.trim_end_matches(['\n', '\r']));
        text.and_then(|text| cells(text, separator)).filter(|cells| cells.len() == names.len())
    };
    let day = names.iter().position(|name| name == "date").expect("a column that all have");
    let may_be_one = |line: &&[u8]| {
        let text = String::from_utf8_lossy(line);
        let cells: Vec<&str> = text.trim_end_matches(['\n', '\r']).split(separator).collect();
        let dated = cells.get(day).is_some_and(|cell| cell.bytes().any(|b| b.is_ascii_digit()));
        dated || cells.len() >= names.len() && cells.iter().any(|cell| !cell.trim().is_empty())
    };
    let (mut read, mut rest) = (Vec::new(), lines.as_slice());
    while let [line, behind @ ..] = rest {
        let last = behind.iter().position(is_odd).filter(|_| is_odd(line));
        let together =
            last.map(|last| &rest[..last + 2]).filter(|all| record(&all.concat()).is_some());
        read.push(match together {
            Some(all) if all[1..].iter().any(may_be_one) => Read::Unreadable,
            Some(all) => csv(names, separator, &all.concat()),
            None => csv(names, separator, line),
        });
        rest = &rest[together.map_or(1, <[_]>::len)..];
    }
    read
}

/// Reads a line of CSV under these names.
fn csv(names: &[String], separator: char, line: &[u8]) -> Read {
    if line.iter().all(u8::is_ascii_whitespace) {
        return Read::Blank;
    }
    let Some(text) = text_of(line) else { return Read::Unreadable };
    let text = text.trim_end_matches(['\n', '\r']);
    let Some(cells) = cells(text, separator) else {
        return astray(names, separator, text);
    };
    if cells.iter().all(|cell| cell.trim().is_empty()) {
        return Read::Blank;
    }
    if cells.len() != names.len() {
        return Read::Unreadable;
    }
    record(names, cells, separator)
}

/// What cells say under these names.
fn record(names: &[String], cells: Vec<String>, separator: char) -> Read {
    let filled = names.iter().zip(cells).filter(|(name, cell)| !cell.is_empty() && *name != REMARK);
    let mut nameless = false;
    let mut fields = Fields::new();
    for (name, cell) in filled {
        if name.is_empty() {
            nameless |= !cell.trim().is_empty();
            continue;
        }
        let raw = match said(name, cell, separator == ';') {
            Some(text) => serde_json::Value::from(text).to_string(),
            // No field may hold this.
            None => "true".to_owned(),
        };
        fields.push((name.clone(), RawValue::from_string(raw).expect("JSON")));
    }
    match event(&fields) {
        Read::Event(event) if nameless => Read::Fault(event.case),
        read => read,
    }
}

/// A line with quotes astray: something about the case that stands before them, if it ends with its last cell.
fn astray(names: &[String], separator: char, line: &str) -> Read {
    let Some((cells, sound)) = cells_astray(line, separator) else { return Read::Unreadable };
    if line.contains("\\\"") || cells.len() != names.len() {
        return Read::Unreadable;
    }
    match record(names, cells.into_iter().take(sound).collect(), separator) {
        Read::Event(event) => Read::Fault(event.case),
        read => read,
    }
}

/// The cells of a line with quotes astray, and how many of them stand before the first of these; none if one is open at the end.
fn cells_astray(line: &str, separator: char) -> Option<(Vec<String>, usize)> {
    #[derive(Clone, Copy, PartialEq)]
    enum At {
        Start,
        Plain,
        Quoted,
        /// Behind a quote that may close the cell.
        Closed,
    }
    let (mut cells, mut at, mut sound) = (vec![String::new()], At::Start, None);
    for letter in line.chars() {
        let number = cells.len() - 1;
        let cell = cells.last_mut()?;
        at = match (at, letter) {
            (At::Start, '"') => At::Quoted,
            (At::Quoted, '"') => At::Closed,
            (At::Closed, letter) if letter != separator => {
                if letter != '"' {
                    sound.get_or_insert(number);
                }
                cell.push('"');
                cell.extend(Some(letter).filter(|letter| *letter != '"'));
                At::Quoted
            }
            (At::Start | At::Plain | At::Closed, letter) if letter == separator => {
                cells.push(String::new());
                At::Start
            }
            (At::Quoted, letter) => {
                cell.push(letter);
                At::Quoted
            }
            (_, letter) => {
                if letter == '"' {
                    sound.get_or_insert(number);
                }
                cell.push(letter);
                At::Plain
            }
        };
    }
    (at != At::Quoted).then_some((cells, sound?))
}

/// What tools write where there is nothing.
const NOTHING: &str = "\\N NULL Null null NaN nan NaT None <NA> #N/A (null)";

/// What a cell says, in the words of JSON; none if it may not stand there.
fn said(name: &str, cell: String, french: bool) -> Option<String> {
    const NUMBERS: &str =
        "hours minutes planned_hours planned_months price rate quantity amount percent";
    if NOTHING.split(' ').any(|word| word == cell.trim()) || cell.contains(['\n', '\r']) {
        return None;
    }
    match name {
        "kind" => {
            let typed = folded(&cell);
            let is = |(french, ours): &&(&str, &str)| folded(french) == typed || *ours == typed;
            let kinds = FRENCH_KINDS.iter().find(is);
            Some(kinds.map_or(cell, |(_, ours)| (*ours).to_owned()))
        }
        "date" | "planned_start" | "planned_end" => {
            let text = cell.trim().to_owned();
            let (date, time) = text.split_once(' ').unwrap_or((&text, "0:00"));
            let signs = ['/', '-', '.'];
            let parts: Vec<Vec<&str>> = signs.map(|by| date.split(by).collect()).into();
            let Some(parts) = parts.into_iter().find(|parts| parts.len() == 3) else {
                return Some(cell);
            };
            let year_first = parts[0].len() > 2 && !date.contains('/');
            if year_first || !parts.iter().all(|part| is_digits(part)) {
                return Some(cell);
            }
            let day = format!("{}-{}-{}", parts[2], parts[1], parts[0]);
            let midnight = ["0:00", "00:00", "0:00:00", "00:00:00"].contains(&time);
            (french && midnight && parts[0].len() == 2 && date_of(&day).is_some()).then_some(day)
        }
        _ if french && NUMBERS.split(' ').any(|number| number == name) => {
            // A point or a comma before three digits is as likely to set thousands apart, but in percentages.
            let thousands = |whole: &str, part: &str| {
                let three = is_digits(part) && part.len() == 3;
                three && whole.len() < 4 && whole != "0" && name != "percent"
            };
            if let Some((whole, part)) = cell.split_once('.')
                && is_digits(whole)
                && thousands(whole, part)
            {
                return None;
            }
            let groups_end = cell.find(',').unwrap_or(cell.len());
            let (whole, part) = cell.split_at(groups_end);
            let part = part.strip_prefix(',');
            let groups: Vec<&str> = whole.split([' ', '\u{a0}', '\u{202f}']).collect();
            let grouped = groups.len() > 1;
            let sound = groups.iter().all(|group| is_digits(group))
                && (!grouped
                    || (groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3)));
            match part {
                _ if !sound => Some(cell),
                None => Some(groups.concat()),
                Some(part) if !is_digits(part) => Some(cell),
                Some(part) if !grouped && thousands(whole, part) => None,
                Some(part) => Some(format!("{}.{part}", groups.concat())),
            }
        }
        _ => Some(cell),
    }
}

const FRENCH_KINDS: [(&str, &str); 13] = [
    ("ouverture", "opened"),
    ("signature", "signature"),
    ("démarrage", "start"),
    ("action", "action"),
    ("livrable", "deliverable"),
    ("événement", "event"),
    ("fin", "end"),
    ("abandon", "abandonment"),
    ("retrait", "void"),
    ("avenant", "amendment"),
    ("avancement", "progress"),
    ("suspension", "suspension"),
    ("reprise", "resumption"),
];

const FRENCH_FIELDS: [(&str, &str); 19] = [
    ("dossier", "case"),
    ("date", "date"),
    ("nature", "kind"),
    ("identifiant", "id"),
    ("nom", "name"),
    ("heures", "hours"),
    ("minutes", "minutes"),
    ("échéancier", "schedule"),
    ("heures prévues", "planned_hours"),
    ("mois prévus", "planned_months"),
    ("référence", "ref"),
    ("prix", "price"),
    ("taux", "rate"),
    ("parts", "shares"),
    ("début prévu", "planned_start"),
    ("fin prévue", "planned_end"),
    ("quantité", "quantity"),
    ("montant", "amount"),
    ("pourcentage", "percent"),
];

/// In place of the field of a column that is not read.
const REMARK: &str = "a remark";
const REMARKS: &str = "remark remarks comment comments note notes remarque remarques commentaire commentaires observation observations";

/// The field that a column of a header stands for.
pub fn field_of(name: &str) -> String {
    if REMARKS.split(' ').any(|word| word == jalon::diagnostic::fold_for_likeness(name)) {
        return REMARK.to_owned();
    }
    if FRENCH_FIELDS.iter().any(|(_, ours)| *ours == name) {
        return name.to_owned();
    }
    let typed = folded(name);
    let is = |(french, ours): &&(&str, &str)| folded(french) == typed || folded(ours) == typed;
    let found = FRENCH_FIELDS.iter().find(is);
    found.map_or(name.to_owned(), |(_, ours)| (*ours).to_owned())
}

/// Without capitals, accents and what joins words.
fn folded(word: &str) -> String {
    jalon::diagnostic::fold_for_likeness(word.trim()).replace(['_', '-', '\u{a0}'], " ")
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
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

/// What spreadsheets show where a formula has no value, beside `Err:` and three digits, and what ends with a mark.
const ERRORS: &str = "#NV #YOK #HIÁNYZIK #NENÍ_K_DISPOZICI #NEDOSTUPNÝ #GETTING_DATA";

/// Whether a text is such an error: a hash, capitals with what Spanish puts before them, and a mark, which may stand apart; a hash and
/// two capitals with a slash between; or hashes alone.
fn is_of_a_sheet(text: &str) -> bool {
    let mut letters: Vec<char> = text.chars().collect();
    if letters.len() > 2 && letters.iter().all(|letter| *letter == '#') {
        return true;
    }
    if let ['#', one, '/', other] = letters[..]
        && one.is_uppercase()
        && other.is_uppercase()
    {
        return true;
    }
    if letters.first() != Some(&'#') || !matches!(letters.pop(), Some('!' | '?')) {
        return false;
    }
    while letters.last().is_some_and(|letter| [' ', '\u{a0}', '\u{202f}'].contains(letter)) {
        letters.pop();
    }
    let name = match letters.get(1) {
        Some('¡' | '¿') => letters.get(2..),
        _ => letters.get(1..),
    };
    let name = name.unwrap_or_default();
    name.len() > 1
        && name.first().is_some_and(|letter| letter.is_uppercase())
        && name.iter().all(|letter| {
            letter.is_uppercase() || letter.is_ascii_digit() || "/_".contains(*letter)
        })
}

/// A text in quotes, not blank, at most 1,000 bytes, and no error of a spreadsheet.
fn text(raw: &str) -> Option<String> {
    let text: String = serde_json::from_str(raw).ok()?;
    let trimmed = text.trim();
    let number = trimmed.strip_prefix("Err:").filter(|number| is_digits(number));
    let is_error = number.is_some_and(|number| number.len() == 3)
        || ERRORS.split(' ').any(|error| error == trimmed)
        || is_of_a_sheet(trimmed);
    (!trimmed.is_empty() && text.len() <= 1_000 && !is_error).then_some(text)
}

/// A text without blanks at its ends, or a whole number.
fn key(raw: &str) -> Option<String> {
    if raw.starts_with('"') {
        return text(raw).filter(|text| text.trim() == text);
    }
    let (sign, digits) = match raw.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", raw),
    };
    let whole = is_digits(digits) && (sign.is_empty() || digits != "0");
    if whole && !(digits.len() > 1 && digits.starts_with('0')) {
        return (raw.len() <= 1_000).then(|| raw.to_owned());
    }
    // What has been a floating point number may have been rounded from 2^53 on.
    let number = scaled(digits, 0).filter(|number| *number <= 1 << 53)?;
    (number > 0 || sign.is_empty()).then(|| format!("{sign}{number}"))
}

/// A day, or the midnight with which it begins.
fn date(text: &str) -> Option<Date> {
    if text.len() <= 10 {
        return date_of(text);
    }
    let (day, time) = text.split_at_checked(10)?;
    let time = time.strip_prefix(['T', 't', ' '])?;
    let zeros = time.find(|c: char| !matches!(c, '0' | ':' | '.')).unwrap_or(time.len());
    let (clock, zone) = time.split_at(zeros);
    let fraction = clock.strip_prefix("00:00:00.");
    let midnight = matches!(clock, "00:00" | "00:00:00")
        || fraction.is_some_and(|zeros| !zeros.is_empty() && zeros.bytes().all(|c| c == b'0'));
    let zone = zone.strip_prefix(' ').map_or(zone, |rest| if rest.is_empty() { "?" } else { rest });
    let zone = match zone.split_once('[') {
        Some((offset, place)) if place.ends_with(']') && !offset.is_empty() => offset,
        _ => zone,
    };
    let offset = |text: &str| {
        let shape: String =
            text.chars().map(|c| if c.is_ascii_digit() { '9' } else { c }).collect();
        let minutes = text.trim_start_matches(['+', '-']).replace(':', "");
        let minutes: Option<u32> = minutes.get(2..).and_then(|minutes| minutes.parse().ok());
        let hours: Option<u32> = text.get(1..3).and_then(|hours| hours.parse().ok());
        matches!(&*shape, "+99" | "-99" | "+9999" | "-9999" | "+99:99" | "-99:99")
            && hours.is_some_and(|hours| hours <= 18)
            && minutes.is_none_or(|minutes| minutes <= 59)
    };
    let zoned = zone.is_empty() || ["Z", "z", "UTC", "GMT"].contains(&zone) || offset(zone);
    (midnight && zoned).then(|| date_of(day))?
}

fn date_of(text: &str) -> Option<Date> {
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
    let units = scaled(&digits, 4)?;
    (units <= 1_000_000_000).then_some(Hours(units * 3))
}

/// A whole number from `least` to `most`.
fn whole(raw: &str, least: i64, most: i64) -> Option<i64> {
    let digits = if raw.starts_with('"') { text(raw)? } else { raw.to_owned() };
    let number = scaled(&digits, 0)?;
    (least..=most).contains(&number).then_some(number)
}

/// A number times ten to the power of `decimals`, if that is whole.
fn scaled(text: &str, decimals: i64) -> Option<i64> {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let unsigned = exponent.trim_start_matches(['+', '-']);
    if !is_digits(unsigned) || exponent.len() > unsigned.len() + 1 {
        return None;
    }
    let size: i64 = unsigned.parse().unwrap_or(1 << 40).min(1 << 40);
    let exponent = if exponent.starts_with('-') { -size } else { size };
    let (units, part) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    if !is_digits(units) || !is_digits(part) || (units.len() > 1 && units.starts_with('0')) {
        return None;
    }
    let all = format!("{units}{part}");
    let kept = all.trim_end_matches('0');
    if kept.is_empty() {
        return Some(0);
    }
    let dropped = (all.len() - kept.len()) as i64;
    let shift = decimals + exponent + dropped - part.len() as i64;
    let zeros = usize::try_from(shift).ok().filter(|zeros| *zeros < 30)?;
    format!("{kept}{}", "0".repeat(zeros)).parse().ok()
}
