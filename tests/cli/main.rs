//! The compiled program, called as users call it: what it reads, writes and says, its exit codes, and every
//! example of the documentation.

#![forbid(unsafe_code)]
#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::unreachable,
    clippy::wildcard_enum_match_arm,
    clippy::disallowed_methods,
    reason = "a test may stop, and reads and writes its own files"
)]

mod after_the_end;
mod artefact;
mod billing;
mod calls;
mod cells_of_events;
mod clauses;
mod clauses_as_typed;
mod clauses_beyond;
mod clauses_bounded;
mod clauses_kept;
mod clauses_left_open;
mod clauses_no_charge;
mod clauses_of_conditions;
mod clauses_of_names;
mod clauses_of_trades;
mod clauses_on_top;
mod clauses_shared;
mod clauses_told;
mod clauses_uncounted;
mod compare;
mod contracts;
mod corrections;
mod coverage;
mod docs;
mod edits;
mod errors;
mod event_lines;
mod explain;
#[cfg(unix)]
mod faults;
mod follow;
mod forecast;
mod host_schemas;
mod hostile;
mod hosts;
mod ids;
mod invoices;
mod invoices_of_tools;
mod issued_files;
mod leaks;
mod linked_invoices;
mod links;
#[cfg(target_os = "linux")]
mod memory;
#[cfg(unix)]
mod outputs;
mod own_words;
#[cfg(feature = "parquet")]
mod parquet;
mod producers;
mod program;
#[cfg(unix)]
mod progress;
mod sarif;
mod schedule_files;
mod second;
mod show;
mod spreadsheet;
mod spreadsheet_refused;
#[cfg(unix)]
mod streams;
mod told_of_invoices;
mod verify;
mod verify_bounds;
mod verify_follow_ups;
mod verify_lives;
mod verify_second;
mod verify_second_said;
mod workbook_events;
mod workbook_invoices;
mod wrong_calls;

use crate::program::{file, jalon_with_input};
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
