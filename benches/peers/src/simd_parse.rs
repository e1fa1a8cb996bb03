//! Event lines to invoice lines, against a bare parse of the same bytes with SIMD instructions: what
//! simd-json finds stays on its tape, and nobody looks at it.

use super::rounds::{Rounds, black_box};
use super::{ingest, workload};
use jalon::Plan;
use simd_json::Buffers;
use simd_json::tape::Tape;

/// One row: this library, one thread, against the parse alone.
pub fn compare(plans: &[&Plan], cases: usize) {
    let bytes = workload::ndjson(cases, 10_000, &workload::names(plans));
    let events = memchr::memchr_iter(b'\n', &bytes).count();
    let book = ingest::book(plans);
    // The parser writes into the line that it reads, so that it needs one of its own.
    let (mut line, mut buffers, mut tape) = (Vec::new(), Buffers::default(), Tape::null());
    let mut rounds = Rounds::default();
    rounds.run(
        5,
        &mut [
            &mut || {
                black_box(ingest::end_to_end(bytes.as_slice(), &book));
            },
            &mut || {
                for event in bytes.split_inclusive(|byte| *byte == b'\n') {
                    line.clear();
                    line.extend_from_slice(event);
                    let mut filled = std::mem::replace(&mut tape, Tape::null()).reset();
                    simd_json::fill_tape(&mut line, &mut buffers, &mut filled).expect("JSON");
                    black_box(filled.0.len());
                    tape = filled.reset();
                }
            },
        ],
    );
    let medians = rounds.medians();
    let nanoseconds = |seconds: f64| seconds / events as f64 * 1e9;
    println!(
        "| NDJSON ({} MB) to lines ({:.0} ns an event) ÷ simd-json parsing alone ({:.0} ns) | {:.2} | | |",
        bytes.len() / 1_000_000,
        nanoseconds(medians[0]),
        nanoseconds(medians[1]),
        medians[0] / medians[1]
    );
}
