//! Events for which memory has no room, beside the same events in memory: whole programs, in processor time, and the
//! most memory that each has at a time.

use super::programs::{jalon, output, pairs, path};
use super::rounds::row;
use super::workload::{self, Folder};
use jalon::Plan;
use std::process::Stdio;
use std::time::Duration;

/// Interleaved as files mostly are, and in random order: most events are put away and brought back.
pub fn disk(plans: &[&Plan], cases: usize) {
    let (folder, names) = (Folder::new(), workload::names(plans));
    let memory = format!("{}kB", cases * 350 / 1_000);
    for (order, bytes) in [
        ("10,000 cases interleaved", workload::ndjson(cases, 10_000, &names)),
        ("random order", workload::shuffled(cases, &names)),
    ] {
        let file = folder.file("events.ndjson");
        std::fs::write(&file, &bytes).expect("room for it");
        let mut run = vec!["run", "--threads", "1", "--as-of", "2027-12-31", "--schedule"];
        run.extend(workload::FILES);
        run.extend(["--events", path(&file)]);
        let away = [&run[..], &["--memory", &memory]].concat();
        assert!(output(&away) == output(&run), "--memory gives the same lines");
        let mut rounds = pairs(5, 1, &away, &run);
        let size = bytes.len() as f64 / 1e6;
        let what = format!("`jalon run --memory {memory}` ({size:.0} MB, {order}) ÷ `jalon run`");
        rounds.print(&what, 1.0, "ms", 1e3, "≤ 1.4");
        let [own, other] = [peak(&away), peak(&run)];
        let shown = |bytes: f64| format!("{:.0} MB", bytes / 1e6);
        let ratio = format!("{:.2}", own / other);
        row("  memory at the peak", &shown(own), &shown(other), &ratio, "");
    }
}

/// The most memory that a run has had, in bytes, as it is seen now and then.
fn peak(arguments: &[&str]) -> f64 {
    let mut command = jalon(arguments);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it runs");
    let mut most = 0.0;
    while child.try_wait().expect("it runs").is_none() {
        let status = std::fs::read_to_string(format!("/proc/{}/status", child.id()));
        let status = status.unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kibibytes = line.and_then(|line| line.split_whitespace().next());
        if let Some(seen) = kibibytes.and_then(|kibibytes| kibibytes.parse::<f64>().ok()) {
            most = seen * 1024.0;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    most
}
