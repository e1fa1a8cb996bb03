//! The whole command on one thread and on two, by the clock on the wall.

use super::rounds::row;
use super::workload;
use jalon::Plan;
use std::process::{Command, Stdio};
use std::time::Instant;

/// `jalon run` on a file, its lines thrown away.
pub fn threads(plans: &[&Plan], cases: usize) {
    let folder = workload::Folder::new();
    let events = folder.file("events.ndjson");
    let written = workload::ndjson(cases, 10_000, &workload::names(plans));
    std::fs::write(&events, written).expect("a file");
    let run = |threads: &str| {
        let before = Instant::now();
        let status = Command::new(env!("CARGO_BIN_EXE_jalon"))
            .args(["run", "--as-of", "2027-12-31", "--threads", threads, "--events"])
            .arg(&events)
            .arg("--schedule")
            .args(workload::FILES.map(|file| format!("{}/{file}", env!("CARGO_MANIFEST_DIR"))))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        assert!(status.expect("it runs").success());
        before.elapsed().as_secs_f64()
    };
    let (mut one, mut two) = (Vec::new(), Vec::new());
    for _ in 0..7 {
        one.push(run("1"));
        two.push(run("2"));
    }
    // The least: whatever else the machine does can only add to it.
    let least = |times: &[f64]| times.iter().copied().fold(f64::INFINITY, f64::min);
    let (one, two) = (least(&one), least(&two));
    row(
        "jalon run on one thread ÷ on two, wall clock, least of 7",
        &format!("{one:.2} s"),
        &format!("{two:.2} s"),
        &format!("{:.2}", one / two),
        "≥ 1.6 · ≥ 1.85",
    );
}
