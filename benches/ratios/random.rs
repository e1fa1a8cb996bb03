//! Cases in random order: each event of another case than the one before.

use super::rounds::{Rounds, black_box};
use super::{growth, ingest, workload};
use jalon::Plan;
use jalon::feed::{Biller, LineFormat, LineWriter};

/// NDJSON to lines in random order, against the same events case by case; and ten times the cases.
pub fn random(plans: &[&Plan], cases: usize) {
    let (names, book) = (workload::names(plans), ingest::book(plans));
    let (shuffled, ordered) =
        (workload::shuffled(cases, &names), workload::ndjson(cases, 1, &names));
    let lines = |bytes: &[u8]| {
        let histories = ingest::read(bytes);
        let (mut biller, mut writer) = (Biller::new(&book), LineWriter::default());
        let mut lines = Vec::new();
        for case in 0..histories.case_count() {
            let mut billed = biller.bill(&histories, case, workload::as_of()).expect("sound");
            billed.each_line(|line| {
                let mut written = Vec::new();
                writer.write(&mut written, LineFormat::Ndjson, line);
                lines.push(written);
            });
        }
        lines.sort_unstable();
        lines
    };
    assert!(lines(&shuffled) == lines(&ordered), "the same lines, whatever the order of cases");
    let events = ordered.iter().filter(|byte| **byte == b'\n').count();
    let mut rounds = Rounds::default();
    rounds.run(
        5,
        &mut [
            &mut || {
                black_box(ingest::end_to_end(shuffled.as_slice(), &book));
            },
            &mut || {
                black_box(ingest::end_to_end(ordered.as_slice(), &book));
            },
        ],
    );
    let what = format!("NDJSON to lines, {cases} cases in random order, an event ÷ case by case");
    rounds.print(&what, events as f64, "ns", 1e9, "≤ 260 ns");
    let tenth = workload::shuffled(cases / 10, &names);
    growth::from_files(
        [shuffled, tenth],
        &format!("{cases} cases in random order ÷ a tenth of them"),
    );
}
