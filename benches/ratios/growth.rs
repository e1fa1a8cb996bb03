//! What ten times as much costs.

use super::rounds::{Rounds, black_box};
use super::{ingest, workload};
use cpu_time::ThreadTime;
use jalon::Plan;
use jalon::eval::{Evaluator, Silent};
use jalon::plan::PlannedTerms;
use std::cell::RefCell;
use std::fs::File;
use std::path::Path;
use std::process::Command;

const WANTED: &str = "≤ 11 · ≤ 10.3";

/// Reads a file and bills its cases, once, and prints how long that took, in seconds.
pub fn spend(plans: &[&Plan], file: &str) {
    let book = ingest::book(plans);
    let before = ThreadTime::now();
    black_box(ingest::end_to_end(File::open(file).expect("the file"), &book));
    println!("{}", before.elapsed().as_secs_f64());
}

/// The same in a program of its own: where one program does both again and again, the smaller one
/// finds its memory and caches warm, and the larger one does not.
fn spent(file: &Path) -> f64 {
    let program = std::env::current_exe().expect("this program");
    let output = Command::new(program).arg("spend").arg(file).output();
    let text = String::from_utf8(output.expect("it runs").stdout).expect("a number");
    text.trim().parse().expect("a number of seconds")
}

/// Ten times the cases, the events of a case, the lines of a schedule.
pub fn growth(plans: &[&Plan], cases: usize) {
    let names = workload::names(plans);
    let many = |cases: usize| workload::ndjson(cases, 10_000, &names);
    let long = |events: usize| workload::uniform(1, events, &names);
    from_files([many(cases), many(cases / 10)], &format!("{cases} cases ÷ a tenth of them"));
    from_files([long(1_000_000), long(100_000)], "one case of 1,000,000 events ÷ of 100,000");
    let plan_of = |lines: usize| {
        let line = |number| {
            format!("installment \"L{number}\": work on action \"A\" if hours >= {number} hours\n")
        };
        let lines: String = (0..lines).map(line).collect();
        let source = format!("schedule \"S\" price hourly 70 EUR\n{lines}");
        jalon::compile("lines.jalon", &source).expect("a sound schedule").schedules.remove(0)
    };
    let (long, short) = (plan_of(2_000), plan_of(200));
    let as_of = workload::as_of();
    let events = workload::steps(200);
    let evaluator = RefCell::new(Evaluator::default());
    let work = |plan: &Plan| {
        for _ in 0..5 {
            let mut evaluator = evaluator.borrow_mut();
            let bill = evaluator.bill(plan, &events, PlannedTerms::default(), as_of, &mut Silent);
            assert!(black_box(bill).is_ok());
        }
    };
    let mut rounds = Rounds::default();
    rounds.run(5, &mut [&mut || work(&long), &mut || work(&short)]);
    let what = "evaluate on 2,000 lines, all of them looked at ÷ on 200";
    rounds.print(what, 1.0, "ms", 1e3, WANTED);
}

/// What programs of their own take for two files.
pub fn from_files(files: [Vec<u8>; 2], what: &str) {
    let folder = workload::Folder::new();
    let files = files.map(|events| {
        let file = folder.file(&format!("{}.ndjson", events.len()));
        std::fs::write(&file, events).expect("room for it");
        file
    });
    let mut rounds = Rounds::of_programs(7, || [spent(&files[0]), spent(&files[1])]);
    rounds.print(what, 1.0, "ms", 1e3, WANTED);
}
