//! The command line as its users meet it: exit codes, what goes where, what is withheld and why.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

mod billing;
mod calls;
mod corrections;
mod event_lines;
mod issued_files;
#[cfg(unix)]
mod outputs;
#[path = "../program/mod.rs"]
mod program;
mod schedule_files;

use program::{file, jalon_with_input};
use serde_json::Value;

const SCHEDULE: &str = r#"
schedule "Training"
  price fixed 1500 EUR
  deposit "Deposit":  25 % on start
  balance "Balance": 100 % on end
"#;

const WORK: &str = r#"
schedule "Work"
  price per action, in EUR
    action "Interview" hourly 70
    action "Review"    flat 300
  balance "Done": work itemised on end
"#;

fn lines(out: &str) -> Vec<Value> {
    out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn amounts(out: &str) -> Vec<String> {
    lines(out).iter().map(|line| line["amount"].as_str().unwrap().to_owned()).collect()
}

/// Runs `jalon run` on one schedule with events on standard input.
fn run(test: &str, schedule: &str, events: &str, more: &[&str]) -> program::Outcome {
    let schedule = file(test, "schedule.jalon", schedule);
    let mut arguments =
        vec!["run", "--schedule", &schedule, "--events", "-", "--as-of", "2025-12-31"];
    arguments.extend(more);
    jalon_with_input(&arguments, events)
}
