//! Commands on schedule files: what `check`, `test` and `fmt` say and write.

use super::SCHEDULE;
use crate::program::{beside, file, jalon, jalon_with_input, read};
use serde_json::Value;

#[test]
fn test_shows_what_differs_and_bless_mends_it() {
    let text = format!(
        "{SCHEDULE}\nscenario \"wrong\"\n  2025-01-15 start\n  2025-02-15 end\n  \
         expect 2025-01-15 \"Deposit\" 370.00 # the advance\n  expect 2025-02-15 \"Balance\" 1500.00\n\n\
         scenario \"to fill in\"\n  2025-01-15 start   # begins\n\nscenario \"total\"\n  2025-01-15 start\n  expect total 1\n"
    );
    let path = file("bless", "schedule.jalon", &text);
    let outcome = jalon(&["test", &path]);
    assert_eq!(outcome.code, 1);
    for row in [
        "- 2025-01-15        370.00  Deposit",
        "+ 2025-01-15        375.00  Deposit",
        "  2025-02-15       1500.00  Balance",
        "+ 2025-02-15       -375.00  Deposit",
        "total 375.00, expected 1.00",
    ] {
        assert!(outcome.out.contains(row), "{row}\n{}", outcome.out);
    }
    let junit = jalon(&["test", "--format", "junit", &path]);
    assert!(
        junit.out.contains("<testsuite name=") && junit.out.contains("failures=\"3\""),
        "{}",
        junit.out
    );
    let json: Value =
        serde_json::from_str(&jalon(&["test", "--format", "json", &path]).out).unwrap();
    assert_eq!(json["failed"], 3);
    let told = jalon(&["test", "--bless", &path]);
    assert_eq!(told.code, 0);
    let replaced = format!(
        "{path}: wrong\n  - expect 2025-01-15 \"Deposit\" 370.00\n  + expect 2025-01-15 \"Deposit\" 375.00\n  \
         + expect 2025-02-15 \"Deposit\" -375.00\n\
         {path}: to fill in\n  + expect 2025-01-15 \"Deposit\" 375.00\n\
         {path}: total\n  - expect total 1\n  + expect total 375.00\nscenarios rewritten: 3\n"
    );
    assert_eq!(told.out, replaced);
    let blessed = read(&path);
    assert!(blessed.contains("# the advance") && blessed.contains("# begins"), "{blessed}");
    assert_eq!(jalon(&["test", &path]).code, 0, "{blessed}");
}

#[test]
fn test_names_the_events_that_had_no_effect() {
    let text = format!(
        "{SCHEDULE}\nscenario \"late\"\n  2025-01-15 end\n  2025-02-15 start\n  expect total 1\n"
    );
    let path = file("late", "schedule.jalon", &text);
    let outcome = jalon(&["test", &path]);
    assert!(outcome.out.contains("note: 2025-02-15 start: the case is closed"), "{}", outcome.out);
    assert!(outcome.out.contains("2025-01-15       1500.00  Balance"), "{}", outcome.out);
}

#[test]
fn fmt_reads_standard_input_and_translates() {
    let outcome = jalon_with_input(&["fmt", "--lang", "fr", "-"], SCHEDULE);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert_eq!(
        outcome.out,
        "échéancier \"Training\"\n  tarif forfait 1500 EUR\n  acompte \"Deposit\":  25 % au démarrage\n  solde   \"Balance\": 100 % à la fin\n"
    );
    assert_eq!(jalon_with_input(&["fmt", "--check", "-"], &outcome.out).code, 0);
}

#[test]
fn fmt_writes_all_files_or_none() {
    let untidy = file("none", "a.jalon", SCHEDULE);
    let broken = file("none", "b.jalon", SCHEDULE.replace("balance", "balence"));
    let outcome = jalon(&["fmt", &untidy, &broken]);
    assert_eq!(outcome.code, 2);
    assert!(outcome.err.contains("no file was written"), "{}", outcome.err);
    assert_eq!(read(&untidy), SCHEDULE);
    assert_eq!(jalon(&["fmt", &untidy]).code, 0);
    assert_eq!(jalon(&["fmt", "--check", &untidy]).code, 0);
}

#[test]
#[cfg(unix)]
fn fmt_follows_links_and_leaves_read_only_files_alone() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let real = file("links", "real.jalon", SCHEDULE);
    let link = beside(&real, "link.jalon");
    // One may be left of an earlier run.
    let _ = std::fs::remove_file(&link);
    symlink(&real, &link).unwrap();
    assert_eq!(jalon(&["fmt", &link]).code, 0);
    assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_ne!(read(&real), SCHEDULE);
    let locked = file("links", "locked.jalon", SCHEDULE);
    std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(0o444)).unwrap();
    assert_eq!(jalon(&["fmt", &locked]).code, 2);
    assert_eq!(read(&locked), SCHEDULE);
    std::fs::remove_file(&locked).unwrap();
}

#[test]
fn two_files_may_not_name_a_schedule_alike() {
    let first = file("alike", "first.jalon", SCHEDULE);
    let second = file("alike", "second.jalon", SCHEDULE);
    let outcome = jalon(&["check", &first, &second]);
    assert_eq!(outcome.code, 1);
    assert!(
        outcome.out.contains("`Training` is also a schedule of")
            && outcome.out.contains("first.jalon"),
        "{}",
        outcome.out
    );
    assert_eq!(
        jalon(&["run", "--schedule", &first, &second, "--events", "docs/examples/events.ndjson"])
            .code,
        2
    );
}

#[test]
#[cfg(unix)]
fn a_pipe_is_no_schedule_and_an_endless_file_is_too_large() {
    let outcome = jalon(&["check", "/dev/zero"]);
    assert_eq!(outcome.code, 1);
    assert!(outcome.out.contains("file-too-large"), "{}", outcome.out);
}

#[test]
fn a_scenario_expects_something_though_its_schedule_cannot_be_read() {
    let source = "schedule \"T\"\n  price fixed 1500 EUR\n  balance \"B\": 1,500 EUR on end\n\nscenario \"s\"\n  2025-01-02 end\n  expect 2025-01-02 \"B\" 1500.00\n";
    let path = file("expects", "schedule.jalon", source);
    let outcome = jalon(&["check", &path]);
    let told = format!("{}{}", outcome.out, outcome.err);
    assert!(told.contains("number-form") && !told.contains("no-expectation"), "{told}");
}
