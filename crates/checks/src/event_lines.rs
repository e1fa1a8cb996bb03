//! Any bytes as an event file: read as the oracle reads them, the same however they are cut into
//! blocks and where memory has no room for any of them, and every event that was read accounted for once the cases
//! are billed.

use super::oracle::{self, Read};
use jalon::feed::{BOM, Biller, Block, Book, Case, CsvHeader, Histories, Layout, Runs, Tally};
use jalon::{Date, Event};
use std::io::Cursor;
use std::sync::Arc;

/// Reads bytes as NDJSON and, where the first line allows, as CSV.
pub fn event_lines(bytes: &[u8]) {
    let bytes = bytes.strip_prefix(BOM).unwrap_or(bytes);
    let lines: Vec<Read> =
        bytes.split_inclusive(|byte| *byte == b'\n').map(oracle::ndjson).collect();
    compare(bytes, &Layout::Ndjson, lines);
    let end = bytes.iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |end| end + 1);
    let (first, records) = bytes.split_at(end);
    if let Ok(header) = CsvHeader::read(first) {
        let first = std::str::from_utf8(first).expect("a header is text");
        let separator = if first.contains(';') { ';' } else { ',' };
        let names = oracle::cells(first.trim_end_matches(['\n', '\r']), separator);
        let names: Vec<String> =
            names.expect("a header").iter().map(|name| oracle::field_of(name.trim())).collect();
        let lines = oracle::records(&names, separator, records);
        compare(records, &Layout::Csv(Arc::new(header)), lines);
    }
}

/// A case: its name, its events, how many lines of it are no event.
type Known = (String, Vec<Event>, u64);

fn compare(bytes: &[u8], layout: &Layout, lines: Vec<Read>) {
    let mut expected: Vec<Known> = Vec::new();
    let (mut unreadable, mut count) = (0, 0);
    for line in lines {
        count += u64::from(!matches!(line, Read::Blank));
        let name = match &line {
            Read::Event(event) => event.case.clone(),
            Read::Fault(case) => case.clone(),
            Read::Blank => continue,
            Read::Unreadable => {
                unreadable += 1;
                continue;
            }
        };
        let place = expected.iter().position(|(known, ..)| *known == name);
        let place = place.unwrap_or_else(|| {
            expected.push((name, Vec::new(), 0));
            expected.len() - 1
        });
        match line {
            Read::Event(event) => expected[place].1.push(event),
            _ => expected[place].2 += 1,
        }
    }
    let whole = read(bytes, layout, usize::MAX, |_| {});
    let most = 1 + bytes.len() % 37;
    let cut = read(bytes, layout, most, |_| {});
    for histories in [&whole, &cut] {
        assert_eq!(known(histories), expected);
        assert_eq!((histories.unreadable.count(), histories.event_count), (unreadable, count));
    }
    for room in [0, bytes.len()] {
        let away = put_away(bytes, layout, most, room);
        let seen = |case: Case| (case.name, case.events, case.places, case.fault_count);
        let whole = whole.cases().map(seen);
        assert!(whole.eq(away.into_iter().map(seen)), "with room for {room} bytes");
    }
    accounts(&whole);
}

/// The cases as they come back where events have room in so many bytes.
fn put_away(bytes: &[u8], layout: &Layout, most: usize, room: usize) -> Vec<Case> {
    let mut runs = Runs::new(Cursor::new(Vec::new()), room);
    let relieve = |histories: &mut Histories| runs.relieve(histories).expect("memory");
    let mut histories = read(bytes, layout, most, relieve);
    runs.end(&mut histories).expect("memory");
    let mut found = Vec::new();
    while let Some(cases) = runs.next_cases(&mut histories).expect("what was written") {
        found.extend(cases.map(|case| histories.case(case).expect("a case")));
    }
    found
}

/// Reads bytes in blocks of whole lines, of that many bytes or a line more.
fn read(
    bytes: &[u8],
    layout: &Layout,
    most: usize,
    mut taken: impl FnMut(&mut Histories),
) -> Histories {
    let mut histories = Histories::default();
    let mut rest = bytes;
    let mut begins_file = true;
    while begins_file || !rest.is_empty() {
        let (now, later) = rest.split_at(end_of_block(rest, layout, most));
        let mut block = Block::default();
        block.layout = layout.clone();
        block.begins_file = begins_file;
        block.bytes.extend_from_slice(now);
        block.read();
        histories.take(&block);
        taken(&mut histories);
        begins_file = false;
        rest = later;
    }
    histories.group();
    histories
}

/// How many of these bytes the next block has.
fn end_of_block(rest: &[u8], layout: &Layout, most: usize) -> usize {
    let breaks = rest.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1);
    let mut ends = breaks.filter(|end| *end > most);
    let whole = |end: &usize| match layout {
        Layout::Csv(header) => header.form().whole(&rest[..*end]) == *end,
        _ => true,
    };
    ends.find(whole).unwrap_or(rest.len())
}

fn known(histories: &Histories) -> Vec<Known> {
    histories.cases().map(|case| (case.name, case.events, case.fault_count)).collect()
}

const SCHEDULE: &str = "schedule \"S\"
  price hourly 70 EUR, at most 24 hours
  planned 10 hours
  deposit \"D\": 25 % on start
  installment \"M\": work on month end
  balance \"B\": remainder on end or abandonment if attendance >= 25 %
  balance \"A\": work on abandonment, stays open";

fn accounts(histories: &Histories) {
    let mut book = Book::default();
    for plan in jalon::compile("s.jalon", SCHEDULE).expect("sound").schedules {
        book.add(plan).expect("one of a name");
    }
    let as_of = Date::parse("2030-12-31").expect("a date");
    let (mut biller, mut tally) = (Biller::new(&book), Tally::default());
    for case in 0..histories.case_count() {
        let events = histories.event_count_of(case);
        match biller.bill(histories, case, as_of) {
            Ok(mut billed) => {
                billed.each_line(|line| drop(line.to_line()));
                tally.bill(events, billed.bill.notices);
            }
            Err(_) => tally.withhold(events),
        }
    }
    let unreadable = histories.unreadable.count();
    assert_eq!(tally.events() + unreadable, histories.event_count);
}
