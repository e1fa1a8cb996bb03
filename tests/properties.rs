//! Laws of many cases and of corrections, on generated schedules and histories: what is billed does
//! not depend on the order of input, on other cases, on the layout of files or on threads, and every
//! event is accounted for.
//!
//! `JALON_PAIRS=100000 cargo test --release --test properties` runs as many as are asked for.

#![allow(
    dead_code,
    missing_docs,
    unused_imports,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::wildcard_enum_match_arm,
    clippy::disallowed_methods,
    reason = "a test may panic, and the reference is a library of its own"
)]

mod reference;

use jalon::eval::outstanding;
use jalon::feed::{Biller, Block, Book, Histories, Tally};
use jalon::model::read_event;
use jalon::{Date, Event, EventKind, InvoiceLine, InvoiceLineKind};
use reference::generate;
use reference::rng::Rng;
use reference::{write, write_events};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

fn pairs() -> std::ops::Range<u64> {
    let count = std::env::var("JALON_PAIRS").ok().and_then(|text| text.parse().ok());
    0..count.unwrap_or(600)
}

/// A generated schedule as a book, the events of a case of it, and the as-of date; the case is
/// opened on the schedule, and every event has an id.
fn pair(seed: u64) -> (String, Vec<Event>, Date) {
    let (schedule, case) = generate::pair(seed);
    let source = write::source(std::slice::from_ref(&schedule), write::Language::English, None);
    let lines = write_events::events(&case, None);
    let mut events: Vec<Event> =
        lines.iter().filter_map(|line| serde_json::from_str(line).ok()).collect();
    for (place, event) in events.iter_mut().enumerate() {
        event.id.get_or_insert(format!("given-{place}"));
    }
    (source, events, Date::parse(&case.as_of.to_string()).expect("a date"))
}

fn book(source: &str) -> Book {
    let mut book = Book::default();
    for plan in jalon::compile("generated.jalon", source).expect("sound").schedules {
        book.add(plan).expect("one of a name");
    }
    book
}

fn ndjson(events: &[Event]) -> String {
    events.iter().map(|event| serde_json::to_string(event).expect("JSON") + "\n").collect()
}

fn histories(text: &str) -> Histories {
    let mut histories = Histories::default();
    histories.read(text.as_bytes());
    histories
}

/// The lines of each case; `None` where it is withheld.
fn billed(book: &Book, histories: &Histories, as_of: Date) -> Vec<Option<Vec<InvoiceLine>>> {
    let mut biller = Biller::new(book);
    (0..histories.case_count())
        .map(|case| {
            let mut lines = Vec::new();
            biller.bill(histories, case, as_of).ok()?.each_line(|line| lines.push(line.to_line()));
            Some(lines)
        })
        .collect()
}

fn one(book: &Book, events: &[Event], as_of: Date) -> Option<Vec<InvoiceLine>> {
    billed(book, &histories(&ndjson(events)), as_of).into_iter().next().flatten()
}

/// What each line of a schedule comes to, and what stands on it.
type Net = BTreeMap<(String, String, String), i128>;

fn net<'l>(lines: impl IntoIterator<Item = &'l InvoiceLine>) -> Net {
    let mut net = Net::new();
    for line in lines {
        let amount: i128 = line.amount.replace('.', "").parse().expect("digits");
        let key = (line.case.clone(), line.line.clone(), line.label.clone());
        *net.entry(key).or_default() += amount;
    }
    net.retain(|_, amount| *amount != 0);
    net
}

#[test]
fn corrections_come_to_what_billing_from_scratch_comes_to() {
    let (mut credits, mut given_lines) = (0, 0);
    for seed in pairs() {
        let (source, events, as_of) = pair(seed);
        let book = book(&source);
        let mut rng = Rng::new(seed);
        let mut issued: Vec<InvoiceLine> = Vec::new();
        let mut known: Vec<Event> = Vec::new();
        for round in 0..5 {
            // Some events are known by now, and some that were are withdrawn.
            for (place, event) in events.iter().enumerate() {
                let known_already = known.iter().any(|known| known.id == event.id);
                if !known_already && (round == 4 || rng.below(2) == 0) {
                    known.push(event.clone());
                } else if known_already && rng.below(6) == 0 {
                    let of = event.id.clone().expect("an id");
                    let id = Some(format!("void-{round}-{place}"));
                    known.push(Event { id, kind: EventKind::Void { of }, ..event.clone() });
                }
            }
            let Some(standing) = one(&book, &known, as_of) else { continue };
            let given = outstanding(&standing, &issued, as_of).expect("sound lines");
            for line in &given {
                assert!(issued.iter().all(|old| old.id != line.id), "seed {seed}: repeated");
                credits += usize::from(line.kind == InvoiceLineKind::Credit);
                given_lines += 1;
            }
            issued.extend(given);
            assert_eq!(net(&issued), net(&standing), "seed {seed}, round {round}\n{source}");
            rng.shuffle(&mut issued);
            let again = outstanding(&standing, &issued, as_of).expect("sound lines");
            assert_eq!(again, [], "seed {seed}");
        }
    }
    assert!(credits > 50 && given_lines > credits * 2, "{credits} of {given_lines}");
}

#[test]
fn a_changed_issued_line_is_refused() {
    let (source, events, as_of) = (0..)
        .map(pair)
        .find(|(source, events, as_of)| {
            one(&book(source), events, *as_of).is_some_and(|lines| !lines.is_empty())
        })
        .expect("a case that bills");
    let lines = one(&book(&source), &events, as_of).expect("lines");
    let mut changed = lines.clone();
    changed[0].label.push('!');
    assert!(outstanding(&lines, &changed, as_of).is_err());
}

#[test]
fn the_order_of_input_counts_within_a_day_only() {
    for seed in pairs() {
        let (source, events, as_of) = pair(seed);
        let book = book(&source);
        let mut shuffled = events.clone();
        Rng::new(seed).shuffle(&mut shuffled);
        let mut left = events.clone();
        for event in &mut shuffled {
            let next = left.iter().position(|other| other.date == event.date).expect("as many");
            *event = left.remove(next);
        }
        let doubled: Vec<Event> = shuffled.iter().chain(&events).cloned().collect();
        let lines = one(&book, &events, as_of);
        assert_eq!(lines, one(&book, &shuffled, as_of), "seed {seed}");
        assert_eq!(lines, one(&book, &doubled, as_of), "seed {seed}, sent twice");
    }
}

#[test]
fn an_earlier_date_gives_a_prefix() {
    for seed in pairs() {
        let (source, events, as_of) = pair(seed);
        let book = book(&source);
        let Some(lines) = one(&book, &events, as_of) else { continue };
        let Some(middle) = lines.get(lines.len() / 2).map(|line| line.date) else { continue };
        for earlier in [middle, middle.pred()] {
            let seen: Vec<_> = lines.iter().filter(|line| line.date <= earlier).cloned().collect();
            assert_eq!(one(&book, &events, earlier), Some(seen), "seed {seed}");
        }
    }
}

/// The cases of several pairs, each under its own name and schedule.
fn portfolio(seeds: std::ops::Range<u64>) -> (Book, String, Vec<Vec<Event>>) {
    let (mut book, mut sources, mut cases) = (Book::default(), String::new(), Vec::new());
    for seed in seeds {
        let (source, mut events, _) = pair(seed);
        let compiled = jalon::compile("generated.jalon", &source).expect("sound");
        let mut plan = compiled.schedules.into_iter().next().expect("a schedule");
        let (old, new) = (plan.schedule.name.clone(), format!("schedule {seed}"));
        sources.push_str(&source.replacen(&format!("\"{old}\""), &format!("\"{new}\""), 1));
        sources.push('\n');
        plan.schedule.name.clone_from(&new);
        book.add(plan).expect("one of a name");
        let opens = events.iter().any(|event| event.kind.opens().is_some());
        for event in &mut events {
            event.case = format!("case {seed}");
            if let EventKind::Opened { schedule, .. } = &mut event.kind {
                schedule.clone_from(&new);
            }
        }
        if let (false, Some(first)) = (opens, events.first().cloned()) {
            let date = events.iter().map(|event| event.date).min().unwrap_or(first.date);
            let (planned_hours, planned_months) = (None, None);
            let kind = EventKind::Opened { schedule: new, planned_hours, planned_months };
            events.insert(0, Event { date, id: None, kind, ..first });
        }
        if !events.is_empty() {
            cases.push(events);
        }
    }
    (book, sources, cases)
}

fn interleaved(cases: &[Vec<Event>]) -> Vec<Event> {
    let most = cases.iter().map(Vec::len).max().unwrap_or(0);
    (0..most)
        .flat_map(|at| cases.iter().filter_map(move |events| events.get(at).cloned()))
        .collect()
}

#[test]
fn a_case_does_not_depend_on_others_and_every_event_is_accounted_for() {
    let as_of = Date::parse("2027-06-30").expect("a date");
    for start in (0..200).step_by(40) {
        let (book, _, cases) = portfolio(start..start + 40);
        let text = ndjson(&interleaved(&cases));
        let all = histories(&text);
        let together = billed(&book, &all, as_of);
        for (events, lines) in cases.iter().zip(&together) {
            assert_eq!(&one(&book, events, as_of), lines);
        }
        // Cut into blocks anywhere between lines, it reads the same.
        let mut cut = Histories::default();
        let mut rest = text.as_str();
        let mut rng = Rng::new(start);
        while !rest.is_empty() {
            let most = (1 + rng.below(900)).min(rest.len());
            let end = rest.as_bytes()[most..].iter().position(|byte| *byte == b'\n');
            let end = end.map_or(rest.len(), |end| most + end + 1);
            let mut block = Block::default();
            block.begins_file = rest.len() == text.len();
            block.bytes.extend_from_slice(&rest.as_bytes()[..end]);
            block.read();
            cut.take(&block);
            rest = &rest[end..];
        }
        cut.group();
        assert_eq!(billed(&book, &cut, as_of), together);
        let (mut biller, mut tally) = (Biller::new(&book), Tally::default());
        for case in 0..all.case_count() {
            let events = all.event_count_of(case);
            match biller.bill(&all, case, as_of) {
                Ok(billed) => tally.bill(events, billed.bill.notices),
                Err(_) => tally.withhold(events),
            }
        }
        assert_eq!(tally.events(), all.event_count);
    }
}

/// Lines that are damaged in any way are read as `read_event` reads them, or not at all.
#[test]
fn the_scanner_knows_only_what_is_certainly_right() {
    const BITS: [&str; 24] = [
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
    ];
    let mut sound = 0;
    for seed in pairs() {
        let (_, events, _) = pair(seed);
        let mut rng = Rng::new(seed);
        for event in &events {
            let mut line = serde_json::to_string(event).expect("JSON");
            for _ in 0..rng.below(3) {
                let at = (0..=line.len()).filter(|at| line.is_char_boundary(*at));
                let at: Vec<usize> = at.collect();
                let place = at[rng.below(at.len())];
                if rng.below(2) == 0 {
                    line.insert_str(place, BITS[rng.below(BITS.len())]);
                } else if place < line.len() {
                    line.remove(place);
                }
            }
            let read = histories(&(line.clone() + "\n"));
            match read_event(&line) {
                Ok(event) => {
                    let case = read.case(0).expect("a case");
                    assert_eq!(
                        (case.events, case.name),
                        (vec![event.clone()], event.case),
                        "{line}"
                    );
                    sound += 1;
                }
                Err(fault) => match fault.case {
                    Some(name) => {
                        let case = read.case(0).expect("a case");
                        assert_eq!((case.name, &case.faults[0].fault), (name, &fault.fault));
                        assert!(case.events.is_empty());
                    }
                    None if line.trim_ascii().is_empty() => {}
                    None => assert_eq!(read.unreadable.len(), 1, "{line}"),
                },
            }
        }
    }
    assert!(sound > 1_000);
}

/// Files of one test, in a folder of its own.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        std::fs::create_dir_all(&path).expect("a folder");
        Folder(path)
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.join(name);
        std::fs::write(&path, bytes).expect("a file");
        path
    }
}

fn run(schedule: &Path, events: &Path, more: &[&str]) -> (Vec<u8>, String, Option<i32>) {
    let output = Command::new(env!("CARGO_BIN_EXE_jalon"))
        .arg("run")
        .arg("--schedule")
        .arg(schedule)
        .arg("--events")
        .arg(events)
        .args(["--as-of", "2027-06-30", "--lang", "en"])
        .args(more)
        .output()
        .expect("it runs");
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    (output.stdout, said, output.status.code())
}

#[test]
fn threads_files_and_layouts_do_not_change_a_byte() {
    let (_, sources, cases) = portfolio(0..120);
    let folder = Folder::new("layouts");
    let schedule = folder.file("all.jalon", sources.as_bytes());
    let text = ndjson(&interleaved(&cases));
    let mixed = folder.file("mixed.ndjson", text.as_bytes());
    let (expected, said, code) = run(&schedule, &mixed, &["--threads", "1"]);
    assert!(!expected.is_empty() && code == Some(1), "{said}");
    assert!(said.contains(" used + "), "{said}");
    for threads in ["2", "3", "7"] {
        assert_eq!(run(&schedule, &mixed, &["--threads", threads]).0, expected, "{threads}");
    }
    let gz = {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut encoder, text.as_bytes()).expect("memory");
        folder.file("mixed.ndjson.gz", &encoder.finish().expect("memory"))
    };
    assert_eq!(run(&schedule, &gz, &[]).0, expected);
    let zst = zstd::encode_all(text.as_bytes(), 1).expect("memory");
    assert_eq!(run(&schedule, &folder.file("mixed.ndjson.zst", &zst), &[]).0, expected);
    let csv = folder.file("mixed.csv", csv(&interleaved(&cases)).as_bytes());
    assert_eq!(run(&schedule, &csv, &[]).0, expected, "CSV");
    // Grouped by case, in the order of first appearance, the lines are the same.
    let grouped: Vec<Event> = cases.iter().flatten().cloned().collect();
    let grouped = folder.file("grouped.ndjson", ndjson(&grouped).as_bytes());
    assert_eq!(run(&schedule, &grouped, &["--grouped"]).0, expected, "grouped");
    let (_, said, code) = run(&schedule, &mixed, &["--grouped"]);
    assert!(code == Some(2) && said.contains("do not stand together"), "{said}");
    // What has been issued is not issued again.
    let issued = folder.file("issued.ndjson", &expected);
    let again = run(&schedule, &mixed, &["--issued", issued.to_str().expect("UTF-8")]);
    assert_eq!(String::from_utf8(again.0).expect("UTF-8"), "");
    // A compressed file that is cut is an error, not a short result.
    let cut = folder.file("cut.ndjson.zst", &zst[..zst.len() / 2]);
    let (out, said, code) = run(&schedule, &cut, &[]);
    assert!(out.is_empty() && code == Some(2) && said.contains("cut.ndjson.zst"), "{said}");
}

fn csv(events: &[Event]) -> String {
    let mut text = String::from(
        "case;date;kind;name;hours;minutes;schedule;planned_hours;planned_months;ref;id\n",
    );
    for event in events {
        let json = serde_json::to_value(event).expect("JSON");
        let cell = |name: &str| match &json[name] {
            serde_json::Value::Null => String::new(),
            serde_json::Value::String(cell) => format!("\"{}\"", cell.replace('"', "\"\"")),
            other => other.to_string(),
        };
        let cells = [
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
        text.push_str(&cells.map(cell).join(";"));
        text.push('\n');
    }
    text
}

#[test]
fn a_quote_that_is_not_closed_swallows_no_line() {
    let folder = Folder::new("quotes");
    let source = "schedule \"s\" price fixed 100 EUR balance \"b\": 100 % on end";
    let schedule = folder.file("s.jalon", source.as_bytes());
    let text = "case,date,kind,name\na,2025-01-01,action,\"Open\nb,2025-01-02,end,\n";
    let events = folder.file("open.csv", text.as_bytes());
    let (out, said, code) = run(&schedule, &events, &[]);
    assert!(out.is_empty() && code == Some(2), "{said}");
    assert!(said.contains("open.csv:2:1: unreadable: a quote in this line"), "{said}");
    let (out, said, code) = run(&schedule, &events, &["--skip-unreadable"]);
    assert!(!out.is_empty() && code == Some(1), "{said}");
}
