//! Ratios of what this library takes to what others take for the same work, measured side by side:
//! in rounds that take turns, as processor time of this thread, the median of the rounds.
//!
//! `cargo bench --bench ratios` prints one table; `-- 1000000` measures with so many cases (100,000 if
//! not stated), `-- evaluation ingest` those parts only: evaluation, second, library, ingest, random,
//! compilation, programs, growth, memory, disk, threads. `-- generate CASES EVENTS` writes an event file instead: so many cases of
//! so many events each, or, without EVENTS, as the table measures them. With `--features parquet`,
//! Parquet files are measured too. See `docs/performance.md`.

#![forbid(unsafe_code)]
#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::float_arithmetic,
    clippy::print_stdout,
    clippy::wildcard_enum_match_arm,
    clippy::disallowed_methods,
    reason = "a benchmark may panic, reads and writes files, and prints what it measures"
)]

mod by_hand;
mod compilation;
mod disk;
mod evaluation;
mod growth;
mod ingest;
mod memory;
#[cfg(feature = "parquet")]
mod parquet_files;
mod programs;
mod random;
mod reference;
mod rounds;
mod second;
mod second_by_hand;
mod threads;
mod workload;

use jalon::Plan;

fn main() {
    let arguments: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["generate", rest @ ..] => return workload::generate(rest),
        ["hold", rest @ ..] => return memory::hold(rest),
        _ => {}
    }
    let compiled: Vec<_> = workload::SCHEDULES
        .iter()
        .map(|(name, source)| jalon::compile(name, source).expect("a sound schedule"))
        .collect();
    let plans: Vec<&Plan> = compiled.iter().map(|compiled| &compiled.schedules[0]).collect();
    if let ["spend", file] = words.as_slice() {
        return growth::spend(&plans, file);
    }
    let cases = words.iter().find_map(|word| word.parse().ok()).unwrap_or(100_000);
    let parts: Vec<&&str> = words.iter().filter(|word| word.parse::<usize>().is_err()).collect();
    let wanted = |part: &str| parts.is_empty() || parts.iter().any(|named| **named == part);
    rounds::header();
    if wanted("evaluation") {
        evaluation::by_hand(&plans, (cases / 4).min(25_000));
        evaluation::naive(&plans, 500);
    }
    if wanted("second") {
        second::by_hand((cases / 4).min(10_000));
    }
    if wanted("library") {
        evaluation::library(&plans);
    }
    if wanted("ingest") {
        ingest::ingest(&plans, cases);
        #[cfg(feature = "parquet")]
        parquet_files::ingest(&plans, cases);
    }
    if wanted("random") {
        random::random(&plans, cases);
    }
    if wanted("compilation") {
        compilation::compilation();
    }
    if wanted("programs") {
        programs::programs(&plans, cases);
    }
    if wanted("growth") {
        growth::growth(&plans, cases);
    }
    if wanted("memory") {
        memory::memory(cases);
    }
    if wanted("disk") {
        disk::disk(&plans, cases);
    }
    if wanted("threads") {
        threads::threads(&plans, cases);
    }
}
