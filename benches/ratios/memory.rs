//! Memory of a batch: programs of their own read events, made up as they go, and say what they hold.

use super::rounds::row;
use super::workload;
use jalon::feed::{Block, Histories};
use std::process::Command;

/// Holds the events of so many cases of so many events each, with ids or without, and prints how
/// many bytes that took at the most.
pub fn hold(arguments: &[&str]) {
    let [cases, events, ids] = arguments else { panic!("hold CASES EVENTS IDS") };
    let (cases, events): (usize, usize) = (cases.parse().unwrap(), events.parse().unwrap());
    let before = peak();
    let (mut histories, mut block) = (Histories::default(), Block::default());
    block.begins_file = true;
    // All first events, then all second ones: interleaved as much as can be.
    for event in 0..events {
        for case in 0..cases {
            workload::plain_event(&mut block.bytes, case, event, *ids == "ids");
            if block.bytes.len() > 250_000 {
                block.read();
                histories.take(&block);
                block.clear();
                block.begins_file = false;
            }
        }
    }
    block.read();
    histories.take(&block);
    histories.group();
    assert_eq!(histories.event_count as usize, cases * events);
    println!("{}", peak() - before);
}

/// The most memory that this program has had, in bytes.
fn peak() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).expect("a peak");
    let kibibytes = line.split_whitespace().nth(1).expect("a number");
    kibibytes.parse::<usize>().expect("a number") * 1024
}

/// What an event takes, and a case: from batches of cases of 15 events and of one.
pub fn memory(cases: usize) {
    let held = |cases: usize, events: usize, ids: &str| {
        let program = std::env::current_exe().expect("this program");
        let (cases, events) = (cases.to_string(), events.to_string());
        let output = Command::new(program).args(["hold", &cases, &events, ids]).output();
        let text = String::from_utf8(output.expect("it runs").stdout).expect("a number");
        text.trim().parse::<f64>().expect("a number of bytes")
    };
    for (ids, what) in [("ids", "with ids of 12 characters"), ("none", "without ids")] {
        let (long, short) = (held(cases, 15, ids), held(cases, 1, ids));
        let event = (long - short) / (14 * cases) as f64;
        let case = short / cases as f64 - event;
        let (cases, mb) = (cases as f64, long / 1e6);
        let what = format!("memory of {cases} cases of 15 interleaved events, {what}: {mb:.0} MB");
        row(&what, &format!("{event:.1} B an event"), "", "", "≤ 48 B · ≤ 24 B");
        row("  besides, for each case", &format!("{case:.1} B"), "", "", "≤ 256 B · ≤ 110 B");
    }
}
