//! Calls: exit codes, what goes where, completions, and outputs that cannot be written.

use super::SCHEDULE;
use crate::program::{file, jalon, jalon_with_input};
use serde_json::Value;

#[test]
fn exit_codes() {
    let sound = file("exit", "sound.jalon", SCHEDULE);
    let warned = file("exit", "warned.jalon", SCHEDULE.replace("deposit", "installment"));
    let wrong = file("exit", "wrong.jalon", SCHEDULE.replace("25 %", "250 %"));
    let failing = file(
        "exit",
        "failing.jalon",
        format!("{SCHEDULE}scenario \"s\"\n2025-01-01 end\nexpect nothing"),
    );
    let code = |arguments: &[&str]| jalon(arguments).code;
    assert_eq!(code(&["check", &sound]), 0);
    let text = format!("{SCHEDULE}accepts closes-early \"no case does it\"\n");
    let doubtful = file("exit", "doubtful.jalon", text);
    assert_eq!(code(&["check", "--no-verify", &doubtful]), 0);
    assert_eq!(code(&["check", "--no-verify", "--deny", "warnings", &doubtful]), 1);
    // What cases have to show is not looked at.
    assert_eq!(code(&["check", "--no-verify", "--deny", "warnings", &warned]), 0);
    // It can bill 125 % of its price.
    assert_eq!(code(&["check", &warned]), 1);
    assert_eq!(code(&["check", &wrong]), 1);
    assert_eq!(code(&["check", "no such file"]), 2);
    assert_eq!(code(&["check"]), 2);
    assert_eq!(code(&["frobnicate"]), 2);
    assert_eq!(code(&["--help"]), 0);
    assert_eq!(code(&["test", &sound]), 0);
    assert_eq!(code(&["test", &failing]), 1);
    assert_eq!(code(&["test", &wrong]), 2);
    assert_eq!(code(&["run", "--schedule", &wrong, "--events", "docs/examples/events.ndjson"]), 2);
    assert_eq!(code(&["run", "--schedule", &sound, "--events", "no such file"]), 2);
    assert_eq!(code(&["run", "--schedule", &sound, "--events", "-", "--as-of", "2025-2-3"]), 2);
    let unreadable = file("exit", "unreadable.jalon", SCHEDULE.replace("balance", "balence"));
    assert_eq!(code(&["fmt", "--check", &unreadable]), 2);
    assert_eq!(code(&["fmt", "--check", &sound]), 1);
}

#[test]
fn results_go_to_standard_output_and_errors_to_standard_error() {
    let wrong = file("streams", "wrong.jalon", SCHEDULE.replace("25 %", "250 %"));
    let human = jalon(&["check", &wrong]);
    assert!(human.err.is_empty() && human.out.contains("error[percentage-range]"), "{}", human.err);
    let short = jalon(&["check", "--format", "short", &wrong]);
    assert!(
        short.err.is_empty() && short.out.contains("wrong.jalon:4:23: error[percentage-range]: "),
        "{}",
        short.err
    );
    let json = jalon(&["check", "--format", "json", &wrong]);
    let document: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(document["diagnostics"][0]["code"], "percentage-range");
    assert_eq!(document["diagnostics"][0]["place"]["line"], 4);
    assert!(!human.out.contains('\u{1b}'));

    // What was asked for can be kept in a file; what keeps a command from it cannot get into that file.
    let leaks = file("streams", "leaks.jalon", SCHEDULE);
    let failing = file(
        "streams",
        "failing.jalon",
        format!("{SCHEDULE}scenario \"s\"\n2025-01-01 end\nexpect nothing"),
    );
    for (call, says) in [
        (&["check", &leaks][..], "warning["),
        (&["check", "--format", "short", &leaks], "warning["),
        (&["verify", &leaks], "warning["),
        (&["verify", "--format", "short", &leaks], "warning["),
        (&["verify", "--format", "github", &leaks], "::warning"),
        (&["test", &failing], "0 passed, 1 failed\n"),
        (&["fmt", "--check", &leaks], "leaks.jalon\n"),
        (&["compare", &leaks, &failing], "equivalent"),
        (&["test", "--bless", &failing], "scenarios rewritten: 1\n"),
    ] {
        let outcome = jalon(call);
        assert_eq!(outcome.err, "", "{call:?}");
        assert!(outcome.out.contains(says), "{call:?}: {}", outcome.out);
    }
    for command in ["verify", "test", "show", "fmt"] {
        let outcome = jalon(&[command, &wrong.replace("wrong", "none")]);
        assert!(
            outcome.code == 2 && outcome.out.is_empty() && !outcome.err.is_empty(),
            "{command}"
        );
    }
    for command in ["verify", "test", "show"] {
        let outcome = jalon(&[command, &wrong]);
        assert!(outcome.code == 2 && outcome.out.is_empty(), "{command}: {}", outcome.out);
        assert!(outcome.err.contains("percentage-range"), "{command}: {}", outcome.err);
    }
}

#[test]
fn completions_and_the_manual_are_made_from_the_arguments() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let outcome = jalon(&["completions", shell]);
        assert!(outcome.code == 0 && outcome.out.contains("skip-unreadable"), "{shell}");
    }
    let manual = jalon(&["man"]);
    assert!(manual.out.contains(".TH jalon 1") && manual.out.contains("skip\\-unreadable"));
}

#[test]
#[cfg(unix)]
fn a_full_disk_is_no_silent_loss() {
    let schedule = file("full", "schedule.jalon", SCHEDULE);
    let events = file(
        "full",
        "events.ndjson",
        "{\"case\":\"x\",\"date\":\"2025-07-05\",\"kind\":\"end\"}\n",
    );
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let status = std::process::Command::new(env!("CARGO_BIN_EXE_jalon"))
        .env("LC_ALL", "C")
        .args(["run", "--schedule", &schedule, "--events", &events, "--as-of", "2025-12-31"])
        .stdout(full)
        .output()
        .unwrap();
    assert_eq!(status.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&status.stderr).contains("could not be written"));
}

#[test]
fn a_summary_that_cannot_be_written_stops_the_run_before_it_bills() {
    let schedule = file("no_summary", "schedule.jalon", SCHEDULE);
    let events = r#"{"case":"A","date":"2025-01-02","kind":"start"}"#;
    let call = ["run", "--schedule", &schedule, "--events", "-", "--as-of", "2025-12-31"];
    let call = [&call[..], &["--summary", "/no/such/folder/summary.json"]].concat();
    let outcome = jalon_with_input(&call, events);
    assert_eq!((outcome.code, outcome.out.as_str()), (2, ""), "{}", outcome.err);
}
