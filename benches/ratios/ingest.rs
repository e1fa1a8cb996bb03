//! Event files in memory to lines in memory, on one thread.

use super::rounds::{Rounds, black_box};
use super::workload;
use jalon::Plan;
use jalon::feed::{Biller, Block, Book, Histories, LineFormat, LineWriter};
use std::io::Read;

#[derive(serde::Deserialize)]
struct Borrowed<'a> {
    #[serde(borrow)]
    case: std::borrow::Cow<'a, str>,
    date: &'a str,
    kind: &'a str,
    #[serde(default, borrow)]
    id: Option<std::borrow::Cow<'a, str>>,
    #[serde(default, borrow)]
    name: Option<std::borrow::Cow<'a, str>>,
    #[serde(default, borrow)]
    hours: Option<&'a serde_json::value::RawValue>,
    #[serde(default, borrow)]
    schedule: Option<std::borrow::Cow<'a, str>>,
}

/// NDJSON in, lines out, against reading the same bytes with serde_json alone, and newlines.
pub fn ingest(plans: &[&Plan], cases: usize) {
    let (names, book) = (workload::names(plans), book(plans));
    for window in [1, 10_000] {
        let bytes = workload::ndjson(cases, window, &names);
        let events = bytes.iter().filter(|byte| **byte == b'\n').count();
        let size = bytes.len() / 1_000_000;
        let mut rounds = Rounds::default();
        rounds.run(
            5,
            &mut [
                &mut || {
                    black_box(end_to_end(bytes.as_slice(), &book));
                },
                &mut || {
                    for line in bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
                        let event: Borrowed<'_> = serde_json::from_slice(line).expect("an event");
                        black_box((&event.case, event.date, event.kind, &event.id));
                        black_box((&event.name, event.hours, &event.schedule));
                    }
                },
            ],
        );
        let what = format!("NDJSON ({size} MB, {window} cases interleaved) to lines ÷ serde_json");
        rounds.print(&what, events as f64, "ns", 1e9, "≤ 1.0 · ≤ 0.5");
        let mut rounds = Rounds::default();
        rounds.run(
            5,
            &mut [
                &mut || {
                    black_box(read(bytes.as_slice()).event_count);
                },
                &mut || {
                    black_box(memchr::memchr_iter(b'\n', &bytes).count());
                },
            ],
        );
        rounds.print("  reading alone ÷ counting newlines", events as f64, "ns", 1e9, "");
        let mut rounds = Rounds::default();
        rounds.run(
            5,
            &mut [
                &mut || {
                    black_box(simdutf8::basic::from_utf8(&bytes).is_ok());
                },
                &mut || {
                    black_box(memchr::memchr_iter(b'\n', &bytes).count());
                },
            ],
        );
        rounds.print("  checking UTF-8 ÷ counting newlines", events as f64, "ns", 1e9, "");
    }
}

/// The schedules, to bill on.
pub fn book(plans: &[&Plan]) -> Book {
    let mut book = Book::default();
    for plan in plans {
        book.add((*plan).clone()).expect("one of each name");
    }
    book
}

/// Reads events, a block at a time.
pub fn read(mut input: impl Read) -> Histories {
    const MOST: usize = 256 * 1024;
    let mut histories = Histories::default();
    let mut block = Block::default();
    let mut rest = Vec::new();
    block.begins_file = true;
    loop {
        block.bytes.append(&mut rest);
        let room = (MOST - block.bytes.len()) as u64;
        input.by_ref().take(room).read_to_end(&mut block.bytes).expect("it can be read");
        let Some(end) = memchr::memrchr(b'\n', &block.bytes) else { break };
        rest.extend_from_slice(&block.bytes[end + 1..]);
        block.bytes.truncate(end + 1);
        block.read();
        histories.take(&block);
        block.clear();
        block.begins_file = false;
    }
    histories.group();
    histories
}

/// Reads events and writes lines; how many bytes of them.
pub fn end_to_end(input: impl Read, book: &Book) -> usize {
    bill(&read(input), book)
}

/// Bills cases and writes their lines; how many bytes of them.
pub fn bill(histories: &Histories, book: &Book) -> usize {
    let mut biller = Biller::new(book);
    let (mut out, mut written, mut writer) = (Vec::new(), 0, LineWriter::default());
    for case in 0..histories.case_count() {
        let mut billed = biller.bill(histories, case, workload::as_of()).expect("a sound case");
        billed.each_line(|line| writer.write(&mut out, LineFormat::Ndjson, line));
        if out.len() > 1 << 16 {
            written += out.len();
            out.clear();
        }
    }
    written + out.len()
}
