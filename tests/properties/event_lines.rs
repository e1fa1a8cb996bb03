//! Event lines damaged in any way, alone or in an array: read as the oracle reads them.

use crate::strategies::{config, random_pairs};
use checks::event_lines::event_lines;
use jalon::Event;
use jalon::feed::{ArrayLines, Histories};
use proptest::prelude::*;
use proptest::sample::Index;
use reference::write_events;
use serde_json::value::RawValue;
use std::io::Read;

/// What is put in, now and then.
const BITS: [&str; 48] = [
    "\"",
    "\\",
    ",",
    "{",
    "}",
    ":",
    " ",
    "0",
    "1.",
    ".5",
    "-",
    "e3",
    "null",
    "é",
    "\u{a0}",
    "\t",
    "\\u0041",
    "\"id\":\"x\",",
    "\"minutes\":80",
    "\"hours\":\"1.5\"",
    "void",
    "00",
    "\u{301}",
    "[",
    "\n",
    "\r\n",
    "\"case\":\"D-1\",",
    "\"case\":1.0,",
    "\"id\":12,",
    "\"ref\":null,",
    "\"name\":null,",
    "\"minutes\":\"80\",",
    "T00:00:00",
    " 00:00",
    "T00:00:00.000Z",
    " 00:00:00+01:00",
    "T23:00:00Z",
    "000000",
    ".0",
    "E+1",
    "e-2",
    "NULL",
    "NaN",
    ";",
    ",500",
    "1 234,5",
    "03/02/2025",
    "abandon",
];

/// A place, and what is put in there, or nothing to take a character out.
type Damage = (Index, Option<&'static str>);

fn damage() -> impl Strategy<Value = Vec<Damage>> {
    let bit = prop::option::of(prop::sample::select(BITS.to_vec()));
    prop::collection::vec((any::<Index>(), bit), 0..4)
}

pub fn damaged(text: &str, damage: &[Damage]) -> String {
    let mut text = text.to_owned();
    for (place, bit) in damage {
        let places: Vec<usize> = (0..=text.len()).filter(|at| text.is_char_boundary(*at)).collect();
        let place = places[place.index(places.len())];
        match bit {
            Some(bit) => text.insert_str(place, bit),
            None if place < text.len() => drop(text.remove(place)),
            None => {}
        }
    }
    text
}

/// The cells of an event line, as far as it is one, every second one with a remark over two lines.
fn csv(lines: &[String], separator: char) -> String {
    const FIELDS: [&str; 11] = [
        "case",
        "date",
        "kind",
        "name",
        "hours",
        "minutes",
        "schedule",
        "planned_hours",
        "planned_months",
        "ref",
        "id",
    ];
    let by = separator.to_string();
    let mut text = FIELDS.join(&by) + &by + "remark\n";
    for (line, remark) in lines.iter().zip(["", "\"see\nthere\""].into_iter().cycle()) {
        let json: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let cells = FIELDS.map(|name| match &json[name] {
            serde_json::Value::Null => String::new(),
            serde_json::Value::String(cell) => format!("\"{}\"", cell.replace('"', "\"\"")),
            other => other.to_string(),
        });
        text.push_str(&(cells.join(&by) + &by + remark + "\n"));
    }
    text
}

/// What a file says of its cases: names, events, lines that are none; and how many lines are of no case.
fn said(lines: &[u8]) -> (Vec<(String, Vec<Event>, u64)>, u64) {
    let mut histories = Histories::default();
    histories.read(lines);
    let cases = histories.cases().map(|case| (case.name, case.events, case.fault_count)).collect();
    (cases, histories.unreadable.count())
}

/// An array is read as its elements, one a line; what is no array is never read as one that lacks something.
fn array(text: &str) {
    let mut lines = Vec::new();
    let whole = ArrayLines::new(text.as_bytes()).read_to_end(&mut lines);
    match serde_json::from_str::<Vec<Box<RawValue>>>(text) {
        Ok(elements) => {
            whole.expect("a sound array");
            let elements = elements.iter().map(|element| element.get().replace(['\n', '\r'], " "));
            let expected = elements.collect::<Vec<_>>().join("\n");
            assert_eq!(said(&lines), said(expected.as_bytes()), "{text}");
        }
        Err(_) => assert!(whole.is_err() || said(&lines).1 > 0, "{text}"),
    }
}

proptest! {
    #![proptest_config(config(120))]

    #[test]
    fn damaged_lines_are_read_as_the_oracle_reads_them(
        pair in random_pairs(), damages in prop::collection::vec(damage(), 30),
    ) {
        let lines = write_events::events(&pair.case, pair.spelling.events.clone());
        let damaged = lines.iter().zip(&damages).map(|(line, damage)| damaged(line, damage));
        event_lines(damaged.collect::<Vec<_>>().join("\n").as_bytes());
    }

    #[test]
    fn damaged_records_are_read_as_the_oracle_reads_them(
        pair in random_pairs(), damage in damage(), semicolons in any::<bool>(),
    ) {
        let lines = write_events::events(&pair.case, None);
        let text = csv(&lines, if semicolons { ';' } else { ',' });
        event_lines(damaged(&text, &damage).as_bytes());
    }

    #[test]
    fn arrays_are_read_as_their_elements(
        pair in random_pairs(), damages in prop::collection::vec(damage(), 2), between in 0..4_usize,
    ) {
        let lines = write_events::events(&pair.case, None);
        let between = [",", " ,\n", "\n,\t", ",\r\n  "][between];
        let text = format!("[{}]\n", lines.join(between)).replace("\",\"", "\",\n\"");
        array(&text);
        for damage in &damages {
            array(&damaged(&text, damage));
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        event_lines(&bytes);
    }
}
