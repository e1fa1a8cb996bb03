//! Sources to schedules that can be evaluated, and their verification.

use super::rounds::{Rounds, black_box, row};
use super::workload;
use jalon::verify::Options;

/// A schedule of so many lines, and so many of them.
fn sources(lines: usize, schedules: usize) -> String {
    let line = |number: usize| {
        format!(
            "  installment \"Part {number}\": {}.50 EUR on action \"Step {number}\" if duration < 4 months\n",
            number % 90 + 1
        )
    };
    let lines: String = (0..lines.saturating_sub(2)).map(line).collect();
    let schedule = |number: usize| {
        format!("schedule \"Training {number}\"\n  price fixed 1500 EUR\n{lines}\n")
    };
    (0..schedules).map(schedule).collect()
}

/// Parse, check and compile; verify.
pub fn compilation() {
    let source = sources(20, 1);
    let (hundred, many) = (sources(20, 100), sources(20, 1_000));
    let parts: Vec<String> = (0..10).map(|_| many.clone()).collect();
    let compile = |source: &str| black_box(jalon::compile("s.jalon", source).is_ok());
    assert!(compile(&source) && compile(&many));
    let mut rounds = Rounds::default();
    rounds.run(
        5,
        &mut [&mut || (0..100).for_each(|_| assert!(compile(&source))), &mut || {
            compile(&hundred);
        }],
    );
    let what = "parse, check, compile a schedule of 20 lines ÷ one of a file of 100";
    rounds.print(what, 100.0, "µs", 1e6, "≤ 150 µs · ≤ 50 µs");
    let mut rounds = Rounds::default();
    rounds.run(
        3,
        &mut [&mut || parts.iter().for_each(|source| assert!(compile(source))), &mut || {
            compile(&many);
        }],
    );
    rounds.print(
        "compile 10,000 such schedules, in ten files ÷ one file of 1,000",
        1.0,
        "s",
        1.0,
        "≤ 2 s · ≤ 0.6 s",
    );
    let bytes = (many.len() * parts.len()) as f64;
    row("  source read", &format!("{:.1} MB/s", bytes / 1e6 / rounds.medians()[0]), "", "", "");
    for (name, source) in workload::SCHEDULES {
        let plan = jalon::compile(name, source).expect("a sound schedule");
        let mut rounds = Rounds::default();
        rounds.run(
            3,
            &mut [
                &mut || {
                    black_box(jalon::verify::verify(&plan.schedules[0], &Options::default()));
                },
                &mut || {
                    compile(source);
                },
            ],
        );
        rounds.print(&format!("verify {name} ÷ compile its file"), 1.0, "ms", 1e3, "");
    }
}
