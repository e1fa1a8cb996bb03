//! Ratios of what this library takes to what others take for the same work, measured side by side:
//! in rounds that take turns, as processor time of this thread, the median of the rounds.
//!
//! `cargo bench --bench ratios` prints the table; `-- CASES` says how many cases. With
//! `--features parquet`, Parquet files are measured too.

#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::float_arithmetic,
    clippy::print_stdout,
    clippy::wildcard_enum_match_arm,
    reason = "a benchmark may panic and prints what it measures"
)]

mod by_hand;
#[cfg(feature = "parquet")]
mod parquet_files;
mod rounds;
mod workload;

use jalon::eval::{Evaluator, Happened, Pen, Silent, What, put_in_order};
use jalon::feed::{Biller, Block, Book, Histories, LineFormat, write_line};
use jalon::plan::{NameKind, Plan, PlannedTerms};
use jalon::{Event, EventKind};
use rounds::{Rounds, black_box};

fn main() {
    let cases = std::env::args().filter_map(|argument| argument.parse().ok()).next();
    let cases: usize = cases.unwrap_or(100_000);
    // `-- evaluation` and so on measures that part only.
    let wanted = |part: &str| {
        let mut named =
            std::env::args().skip(1).filter(|name| name.chars().all(char::is_alphabetic));
        let named: Vec<String> = named.by_ref().collect();
        named.is_empty() || named.iter().any(|name| name == part)
    };
    let compiled: Vec<_> = workload::SCHEDULES
        .iter()
        .map(|(name, source)| jalon::compile(name, source).expect("a sound schedule"))
        .collect();
    let plans: Vec<&Plan> = compiled.iter().map(|compiled| &compiled.schedules[0]).collect();
    println!("| measure | this | other | ratio |\n| --- | ---: | ---: | ---: |");
    for (which, (name, _)) in workload::SCHEDULES.iter().enumerate() {
        if wanted("evaluation") {
            evaluation(name, which, plans[which], (cases / 4).min(25_000));
        }
    }
    if wanted("library") {
        library(&plans);
    }
    if wanted("ingest") {
        ingest(&compiled, cases);
    }
    if wanted("compilation") {
        compilation();
    }
}

/// An event as the library evaluates it.
fn resolve(plan: &Plan, event: &Event, number: usize) -> Happened {
    let named =
        |kind, name: &str, hours| What::Named(jalon::eval::number_of(plan, kind, name), hours);
    let what = match &event.kind {
        EventKind::Opened { .. } => What::Opened,
        EventKind::Signature => What::Signature,
        EventKind::End => What::End,
        EventKind::Abandonment => What::Abandonment,
        EventKind::Action { name, hours } => named(NameKind::Action, name, *hours),
        _ => panic!("not in the workload"),
    };
    Happened::new(event.date, what, number as u32)
}

/// Dense events in memory, against the program written by hand.
fn evaluation(name: &str, which: usize, plan: &Plan, cases: usize) {
    let as_of = workload::as_of();
    let packed = (as_of.month_index() << 5) | as_of.day();
    let (mut ours, mut theirs, mut ends) = (Vec::new(), Vec::new(), vec![0]);
    for number in 0..cases {
        let events = workload::case(which, number, &plan.schedule.name);
        let start = ours.len();
        ours.extend(events.iter().enumerate().map(|(at, event)| resolve(plan, event, at)));
        put_in_order(&mut ours[start..]);
        theirs.extend(
            events.iter().enumerate().map(|(at, event)| by_hand::resolve(which, event, at)),
        );
        ends.push(ours.len());
    }
    let terms = PlannedTerms::default().complete(plan).expect("terms");
    let mut evaluator = Evaluator::default();
    let mut out = by_hand::Out::default();
    let (mut sums, mut counts) = ([0_i64; 2], [0_usize; 2]);
    for bounds in ends.windows(2) {
        let bill = evaluator.bill_dense(plan, &ours[bounds[0]..bounds[1]], terms, as_of);
        let bill = bill.expect("a sound case");
        by_hand::bill(which, &theirs[bounds[0]..bounds[1]], packed, &mut out);
        let own: Vec<i64> = bill.lines.iter().map(|line| line.amount.0).collect();
        let by_hand: Vec<i64> = out.lines.iter().map(|line| line.amount).collect();
        assert_eq!(own, by_hand, "{name}");
        sums[0] += own.iter().sum::<i64>();
        counts[0] += bill.lines.len();
        counts[1] += bill.notices.len();
    }
    black_box((sums, counts));
    let mut rounds = Rounds::default();
    rounds.run(
        15,
        &mut [
            &mut || {
                for bounds in ends.windows(2) {
                    let bill =
                        evaluator.bill_dense(plan, &ours[bounds[0]..bounds[1]], terms, as_of);
                    black_box(bill.map_or(0, |bill| bill.lines.len()));
                }
            },
            &mut || {
                for bounds in ends.windows(2) {
                    by_hand::bill(which, &theirs[bounds[0]..bounds[1]], packed, &mut out);
                    black_box(out.lines.len());
                }
            },
        ],
    );
    let per = ours.len() as f64;
    rounds.print(&format!("evaluate {name}, an event ÷ by hand"), per, "ns", 1e9);
}

/// One case of 19 events through the library, events already typed.
fn library(plans: &[&Plan]) {
    let as_of = workload::as_of();
    for (which, plan) in plans.iter().enumerate() {
        let case = (0..).map(|number| workload::case(which, number, &plan.schedule.name));
        let events = case.into_iter().find(|events| events.len() == 19).expect("19 events");
        let (mut evaluator, mut other, mut pen) =
            (Evaluator::default(), Evaluator::default(), Pen::default());
        let terms = PlannedTerms::default();
        let mut rounds = Rounds::default();
        rounds.run(
            15,
            &mut [
                &mut || {
                    for _ in 0..10_000 {
                        let bill = evaluator.bill(plan, &events, terms, as_of, &mut Silent);
                        black_box(bill.map_or(0, |bill| bill.lines.len()));
                    }
                },
                &mut || {
                    for _ in 0..10_000 {
                        let bill = other.bill(plan, &events, terms, as_of, &mut Silent);
                        let lines = bill.map(|bill| bill.lines.to_vec()).unwrap_or_default();
                        pen.write(plan, &events.as_slice(), &lines, |line| {
                            black_box(line.to_line());
                        });
                    }
                },
            ],
        );
        let name = workload::SCHEDULES[which].0;
        rounds.print(
            &format!("one case of 19 typed events, {name} ÷ the same with lines written"),
            1e4,
            "ns",
            1e9,
        );
    }
}

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
fn ingest(compiled: &[jalon::Compiled], cases: usize) {
    let names: Vec<String> =
        compiled.iter().map(|compiled| compiled.schedules[0].schedule.name.clone()).collect();
    let mut book = Book::default();
    for compiled in compiled {
        for plan in &compiled.schedules {
            book.add(plan.clone()).expect("one of each name");
        }
    }
    #[cfg(feature = "parquet")]
    parquet_files::ingest(&book, cases, &names);
    for window in [1, 10_000] {
        let bytes = workload::ndjson(cases, window, &names);
        let events = bytes.iter().filter(|byte| **byte == b'\n').count();
        let size = bytes.len() / 1_000_000;
        let mut rounds = Rounds::default();
        rounds.run(
            5,
            &mut [
                &mut || {
                    black_box(end_to_end(&bytes, &book));
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
        rounds.print(&what, events as f64, "ns", 1e9);
        let mut rounds = Rounds::default();
        rounds.run(
            5,
            &mut [
                &mut || {
                    black_box(read(&bytes).event_count);
                },
                &mut || {
                    black_box(memchr::memchr_iter(b'\n', &bytes).count());
                },
            ],
        );
        rounds.print("  reading alone ÷ counting newlines", events as f64, "ns", 1e9);
    }
}

fn read(bytes: &[u8]) -> Histories {
    let mut histories = Histories::default();
    let mut block = Block::default();
    let mut rest = bytes;
    while !rest.is_empty() {
        let most = rest.len().min(256 * 1024);
        let end = memchr::memrchr(b'\n', &rest[..most]).map_or(rest.len(), |end| end + 1);
        block.clear();
        block.begins_file = rest.len() == bytes.len();
        block.bytes.extend_from_slice(&rest[..end]);
        block.read();
        histories.take(&block);
        rest = &rest[end..];
    }
    histories.group();
    histories
}

fn end_to_end(bytes: &[u8], book: &Book) -> usize {
    let histories = read(bytes);
    let mut biller = Biller::new(book);
    let (mut out, mut written) = (Vec::new(), 0);
    for case in 0..histories.case_count() {
        let mut billed = biller.bill(&histories, case, workload::as_of()).expect("a sound case");
        billed.each_line(|line| write_line(&mut out, LineFormat::Ndjson, line));
        if out.len() > 1 << 16 {
            written += out.len();
            out.clear();
        }
    }
    written + out.len()
}

/// Parse, check and compile.
fn compilation() {
    let source = workload::SCHEDULES[1].1;
    let schedule = source.split("\nscénario").next().expect("a schedule");
    let many: String = (0..1_000)
        .map(|number| schedule.replace("VAE certification", &format!("VAE {number} certification")))
        .collect();
    let mut rounds = Rounds::default();
    rounds.run(
        9,
        &mut [
            &mut || {
                for _ in 0..100 {
                    black_box(jalon::compile("one.jalon", schedule).is_ok());
                }
            },
            &mut || {
                black_box(jalon::compile("many.jalon", &many).is_ok());
            },
        ],
    );
    rounds.print("compile one schedule, 100 times ÷ a file of 1,000", 1.0, "ms", 1e3);
}
