//! `jalon follow`, `jalon unpaid` and `jalon journal`, called as users call them, and what other commands say of follow-ups.

mod journal;
mod sheets;
mod steps;
mod told;
mod unpaid;

use crate::program::{Outcome, file, jalon};
use serde_json::Value;

const FOLLOW_UP: &str = "follow-up \"Patients\" for payer \"Patient\"\n  payment due 30 days\n  \
     step \"Reminder\": 8 days after due if open >= 5 EUR\n  step \"Pay back\": on overpaid\n";
const INVOICES: &str = "invoice_id,number,case,payer,date,total,currency\n\
     a,F-1,D-1,Patient,2025-01-10,100.00,EUR\nb,F-2,D-2,Patient,2025-01-10,80.00,EUR\n";

/// Runs a command on these files, with what follows.
fn run(test: &str, command: &str, events: &str, more: &[&str]) -> Outcome {
    let follow_up = file(test, "follow.jalon", FOLLOW_UP);
    let invoices = file(test, "invoices.csv", INVOICES);
    let events = file(test, "events.ndjson", events);
    let mut call = vec![command, "--follow-up", &follow_up, "--invoices", &invoices];
    call.extend(["--events", &events, "--as-of", "2025-02-28"]);
    call.extend(more);
    jalon(&call)
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}
