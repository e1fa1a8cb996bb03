//! The command line as its users meet it: exit codes, what goes where, what is withheld and why.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

mod program;

use program::{file, jalon, jalon_with_input, read};
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

#[test]
fn the_first_screen_of_the_readme() {
    let outcome = jalon(&[
        "run",
        "--schedule",
        "schedules",
        "--events",
        "docs/examples/events.ndjson",
        "--as-of",
        "2025-12-31",
    ]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert_eq!(amounts(&outcome.out), ["720.00", "375.00", "1500.00", "-375.00", "83.33", "12.00"]);
}

#[test]
fn the_bytes_of_an_invoice_line() {
    let events = r#"{"case":"D-001","date":"2025-07-05","kind":"end","id":"ev-1"}"#;
    let outcome = run("bytes", SCHEDULE, events, &[]);
    assert_eq!(
        outcome.out,
        "{\"case\":\"D-001\",\"schedule\":\"Training\",\"date\":\"2025-07-05\",\"invoice\":1,\
         \"kind\":\"balance\",\"line\":\"Balance\",\"label\":\"Balance\",\"amount\":\"1500.00\",\
         \"currency\":\"EUR\",\"trigger\":{\"kind\":\"end\",\"date\":\"2025-07-05\",\"id\":\"ev-1\"},\
         \"id\":\"2866645dd728ac382c5c34cce211b6e7\"}\n"
    );
}

#[test]
fn a_bad_event_withholds_its_case_and_no_other() {
    let events = r#"
{"case":"bad","date":"2025-02-30","kind":"end"}
{"case":"good","date":"2025-07-05","kind":"end"}
{"case":"bad","date":"2025-07-05","kind":"end"}
"#;
    let outcome = run("withheld", SCHEDULE, events, &[]);
    assert_eq!(outcome.code, 1);
    assert_eq!(
        lines(&outcome.out).iter().map(|line| line["case"].clone()).collect::<Vec<_>>(),
        ["good"]
    );
    assert!(
        outcome.err.contains("-:2:22: case bad is withheld: field `date`: `2025-02-30` is no date"),
        "{}",
        outcome.err
    );
    assert!(outcome.err.contains("withheld: 1 of 2 cases"), "{}", outcome.err);
}

#[test]
fn a_line_of_no_case_stops_the_run_unless_it_is_skipped() {
    for bad in [
        "{\"date\":\"2025-07-05\",\"kind\":\"end\"}\n",
        "not json\n",
        "{}{}\n",
        "[1]\n",
        "{\"case\":\"a\",\"case\":\"b\",\"date\":\"2025-07-05\",\"kind\":\"end\"}\n",
        "{\"case\":7,\"date\":\"2025-07-05\",\"kind\":\"end\"}\n",
        "{\"case\":\"\",\"date\":\"2025-07-05\",\"kind\":\"end\"}\n",
        "{\"case\":\"a\",\"date\":\"2025-0",
    ] {
        let good = "{\"case\":\"good\",\"date\":\"2025-07-05\",\"kind\":\"end\"}\n";
        let events = format!("{good}{bad}");
        let outcome = run("unreadable", SCHEDULE, &events, &[]);
        assert_eq!((outcome.code, outcome.out.as_str()), (2, ""), "{bad}");
        assert!(outcome.err.contains("-:2:"), "{bad}: {}", outcome.err);
        assert!(outcome.err.contains("nothing is billed"), "{bad}: {}", outcome.err);
        let outcome = run("unreadable", SCHEDULE, &events, &["--skip-unreadable"]);
        assert_eq!(outcome.code, 1, "{bad}");
        assert_eq!(amounts(&outcome.out), ["1500.00"], "{bad}");
    }
}

/// Each of these is an event of case `x` that is wrong in one field: the case is withheld, the field
/// is named.
#[test]
fn events_are_read_strictly() {
    let table = [
        (r#""date":"24-01-01","kind":"end""#, "date"),
        (r#""date":"2024-2-3","kind":"end""#, "date"),
        (r#""date":"1899-12-31","kind":"end""#, "date"),
        (r#""date":"2200-01-01","kind":"end""#, "date"),
        (r#""date":"2024-01-01T00:00:00","kind":"end""#, "date"),
        (r#""date":"2024-01-01Z","kind":"end""#, "date"),
        (r#""date":20240101,"kind":"end""#, "date"),
        (r#""kind":"end""#, "date"),
        (r#""date":"2024-01-01""#, "kind"),
        (r#""date":"2024-01-01","kind":"END""#, "kind"),
        (r#""date":"2024-01-01","kind":"end","hours":1"#, "hours"),
        (r#""date":"2024-01-01","kind":"end","colour":"red""#, "colour"),
        (r#""date":"2024-01-01","kind":"end","kind":"end""#, "kind"),
        (r#""date":"2024-01-01","kind":"end","id":null"#, "id"),
        (r#""date":"2024-01-01","kind":"end","id":"""#, "id"),
        (r#""date":"2024-01-01","kind":"end","id":12"#, "id"),
        (r#""date":"2024-01-01","kind":"end","id":["a"]"#, "id"),
        (r#""date":"2024-01-01","kind":"action""#, "name"),
        (r#""date":"2024-01-01","kind":"action","name":"A","hours":-1"#, "hours"),
        (r#""date":"2024-01-01","kind":"action","name":"A","hours":-0"#, "hours"),
        (r#""date":"2024-01-01","kind":"action","name":"A","hours":1e1"#, "hours"),
        (r#""date":"2024-01-01","kind":"action","name":"A","hours":1e400"#, "hours"),
        (r#""date":"2024-01-01","kind":"action","name":"A","hours":"1,5""#, "hours"),
        (r#""date":"2024-01-01","kind":"action","name":"A","hours":"NaN""#, "hours"),
        (r#""date":"2024-01-01","kind":"action","name":"A","hours":true"#, "hours"),
        (r#""date":"2024-01-01","kind":"action","name":"A","hours":null"#, "hours"),
        (r#""date":"2024-01-01","kind":"action","name":"A","hours":1234567890123456789"#, "hours"),
        (r#""date":"2024-01-01","kind":"action","name":"A","hours":1.0000001"#, "hours"),
        (r#""date":"2024-01-01","kind":"action","name":"A","hours":100000.0001"#, "hours"),
        (r#""date":"2024-01-01","kind":"action","name":"A","hours":1,"minutes":60"#, "minutes"),
        (r#""date":"2024-01-01","kind":"action","name":"A","minutes":1.5"#, "minutes"),
        (r#""date":"2024-01-01","kind":"action","name":"A","minutes":"60""#, "minutes"),
        (r#""date":"2024-01-01","kind":"opened""#, "schedule"),
        (
            r#""date":"2024-01-01","kind":"opened","schedule":"Training","planned_hours":0"#,
            "planned_hours",
        ),
        (
            r#""date":"2024-01-01","kind":"opened","schedule":"Training","planned_months":1.5"#,
            "planned_months",
        ),
        (r#""date":"2024-01-01","kind":"opened","schedule":"Trainin""#, "Training"),
    ];
    for (fields, named) in table {
        let outcome = run("strict", SCHEDULE, &format!("{{\"case\":\"x\",{fields}}}\n"), &[]);
        assert_eq!((outcome.code, outcome.out.as_str()), (1, ""), "{fields}: {}", outcome.err);
        assert!(outcome.err.contains("-:1:"), "{fields}: {}", outcome.err);
        assert!(outcome.err.contains(named), "{fields}: {}", outcome.err);
    }
}

#[test]
fn hours_are_read_from_their_digits() {
    let table = [
        ("\"hours\":1.5", "105.00"),
        ("\"hours\":\"1.5\"", "105.00"),
        ("\"hours\":1.50", "105.00"),
        ("\"minutes\":80", "93.33"),
        ("\"hours\":0.0001", "0.01"),
        ("\"hours\":100000", "7000000.00"),
    ];
    for (hours, amount) in table {
        let events = format!(
            "{{\"case\":\"x\",\"date\":\"2025-01-01\",\"kind\":\"action\",\"name\":\"Interview\",{hours}}}\n\
             {{\"case\":\"x\",\"date\":\"2025-01-02\",\"kind\":\"end\"}}\n"
        );
        let outcome = run("hours", WORK, &events, &[]);
        assert_eq!(amounts(&outcome.out), [amount], "{hours}: {}", outcome.err);
    }
}

#[test]
fn a_history_that_is_not_sound_withholds_its_case() {
    let open = r#"{"case":"x","date":"2025-01-01","kind":"opened","schedule":"Work"}"#;
    let table = [
        (vec![open, open], "opened twice"),
        (
            vec![
                r#"{"case":"x","date":"2025-01-01","kind":"end","id":"a"}"#,
                r#"{"case":"x","date":"2025-01-02","kind":"end","id":"a"}"#,
            ],
            "id `a`",
        ),
        (
            vec![r#"{"case":"x","date":"2099-01-01","kind":"action","name":"interview"}"#],
            "did you mean `Interview`?",
        ),
    ];
    for (events, reason) in table {
        let outcome = run("unsound", WORK, &events.join("\n"), &[]);
        assert_eq!((outcome.code, outcome.out.as_str()), (1, ""));
        assert!(outcome.err.contains(reason), "{}", outcome.err);
    }
}

#[test]
fn the_same_event_twice_counts_once_and_order_does_not_matter() {
    let events = [
        r#"{"case":"x","date":"2025-01-01","kind":"action","name":"Interview","hours":1,"id":"a"}"#,
        r#"{"case":"x","date":"2025-01-01","kind":"action","name":"Interview","hours":"1.0","id":"a"}"#,
        r#"{"case":"x","date":"2025-02-01","kind":"action","name":"Review"}"#,
        r#"{"case":"x","date":"2025-03-01","kind":"end"}"#,
    ];
    let forward = run("order", WORK, &events.join("\n"), &[]);
    assert_eq!(amounts(&forward.out), ["70.00", "300.00"]);
    assert!(forward.err.contains("counts once"), "{}", forward.err);
    let backward: Vec<&str> = events.iter().rev().copied().collect();
    assert_eq!(run("order", WORK, &backward.join("\r\n"), &[]).out, forward.out);
}

#[test]
fn every_event_without_effect_is_named() {
    let events = r#"
{"case":"x","date":"2025-01-01","kind":"start"}
{"case":"x","date":"2025-01-02","kind":"start"}
{"case":"x","date":"2025-01-02","kind":"event","name":"Visit"}
{"case":"x","date":"2025-01-02","kind":"deliverable","name":"Report"}
{"case":"x","date":"2025-01-03","kind":"signature"}
{"case":"x","date":"2025-01-04","kind":"signature"}
{"case":"x","date":"2025-01-05","kind":"end"}
{"case":"x","date":"2025-01-06","kind":"abandonment"}
{"case":"x","date":"2026-01-06","kind":"start"}
"#;
    let notices = file("notices", "notices.ndjson", "");
    let outcome = run("notices", SCHEDULE, events, &["--notices", &notices]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let kinds: Vec<String> = lines(&read(&notices))
        .iter()
        .map(|notice| notice["notice"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(
        kinds,
        [
            "second-start",
            "unknown-event",
            "unknown-deliverable",
            "second-signature",
            "after-closing",
            "not-yet"
        ]
    );
}

#[test]
fn a_csv_cell_is_never_a_formula() {
    let events = "{\"case\":\"=1+1\",\"date\":\"2025-07-05\",\"kind\":\"start\"}\n";
    let outcome = run("csv", SCHEDULE, events, &["--format", "csv"]);
    let mut rows = outcome.out.lines();
    assert!(
        rows.next().unwrap().starts_with("case,schedule,date,invoice,kind,line,label,quantity")
    );
    assert!(
        rows.next()
            .unwrap()
            .starts_with("'=1+1,Training,2025-07-05,1,deposit,Deposit,Deposit,,,375.00,EUR,")
    );
}

#[test]
fn several_schedules_need_an_opened_event() {
    let schedules = format!("{SCHEDULE}\n{WORK}");
    let events = "{\"case\":\"x\",\"date\":\"2025-07-05\",\"kind\":\"end\"}\n";
    let outcome = run("several", &schedules, events, &[]);
    assert_eq!(outcome.code, 1);
    assert!(outcome.err.contains("no `opened` event"), "{}", outcome.err);
}

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
    assert_eq!(code(&["check", "--no-verify", &warned]), 0);
    assert_eq!(code(&["check", "--no-verify", "--deny", "warnings", &warned]), 1);
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
    assert!(human.out.is_empty() && human.err.contains("error[percentage-range]"), "{}", human.err);
    let short = jalon(&["check", "--format", "short", &wrong]);
    assert!(
        short.out.is_empty() && short.err.contains("wrong.jalon:4:23: error[percentage-range]: "),
        "{}",
        short.err
    );
    let json = jalon(&["check", "--format", "json", &wrong]);
    let document: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(document["diagnostics"][0]["code"], "percentage-range");
    assert_eq!(document["diagnostics"][0]["place"]["line"], 4);
    assert!(!human.err.contains('\u{1b}'));
}

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
    assert_eq!(jalon(&["test", "--bless", &path]).code, 0);
    let blessed = read(&path);
    assert!(blessed.contains("# the advance") && blessed.contains("# begins"), "{blessed}");
    assert_eq!(jalon(&["test", &path]).code, 0, "{blessed}");
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
        .args(["run", "--schedule", &schedule, "--events", &events, "--as-of", "2025-12-31"])
        .stdout(full)
        .output()
        .unwrap();
    assert_eq!(status.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&status.stderr).contains("could not be written"));
}

#[test]
#[cfg(unix)]
fn a_pipe_is_no_schedule_and_an_endless_file_is_too_large() {
    let outcome = jalon(&["check", "/dev/zero"]);
    assert_eq!(outcome.code, 1);
    assert!(outcome.err.contains("file-too-large"), "{}", outcome.err);
}

#[test]
fn two_files_may_not_name_a_schedule_alike() {
    let first = file("alike", "first.jalon", SCHEDULE);
    let second = file("alike", "second.jalon", SCHEDULE);
    let outcome = jalon(&["check", &first, &second]);
    assert_eq!(outcome.code, 1);
    assert!(
        outcome.err.contains("`Training` is also a schedule of")
            && outcome.err.contains("first.jalon"),
        "{}",
        outcome.err
    );
    assert_eq!(
        jalon(&["run", "--schedule", &first, &second, "--events", "docs/examples/events.ndjson"])
            .code,
        2
    );
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
    let link = real.replace("real", "link");
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
fn test_names_the_events_that_had_no_effect() {
    let text = format!(
        "{SCHEDULE}\nscenario \"late\"\n  2025-01-15 end\n  2025-02-15 start\n  expect total 1\n"
    );
    let path = file("late", "schedule.jalon", &text);
    let outcome = jalon(&["test", &path]);
    assert!(outcome.out.contains("note: 2025-02-15, start: the case is closed"), "{}", outcome.out);
    assert!(outcome.out.contains("2025-01-15       1500.00  Balance"), "{}", outcome.out);
}

#[test]
fn a_corrected_history_gives_credits_and_new_lines_once() {
    let start = r#"{"case":"x","date":"2025-01-15","kind":"start","id":"ev-1"}"#;
    let end = r#"{"case":"x","date":"2025-02-15","kind":"end","id":"ev-2"}"#;
    let void = r#"{"case":"x","date":"2025-03-01","kind":"void","ref":"ev-2"}"#;
    let left = r#"{"case":"x","date":"2025-03-01","kind":"end"}"#;
    let issued = run("issued", SCHEDULE, &[start, end].join("\n"), &[]).out;
    assert_eq!(amounts(&issued), ["375.00", "1500.00", "-375.00"]);
    let path = file("issued", "issued.ndjson", &issued);
    let corrected = [start, end, void, left].join("\n");
    let given = run("issued", SCHEDULE, &corrected, &["--issued", &path]);
    assert_eq!(given.code, 0, "{}", given.err);
    let mut given_amounts = amounts(&given.out);
    given_amounts.sort();
    assert_eq!(given_amounts, ["-1500.00", "-375.00", "1500.00", "375.00"], "{}", given.out);
    let both = file("issued", "both.ndjson", format!("{issued}{}", given.out));
    let again = run("issued", SCHEDULE, &corrected, &["--issued", &both]);
    assert_eq!((again.code, again.out.as_str()), (0, ""), "{}", again.err);
}

#[test]
fn a_file_of_events_named_twice_is_refused() {
    let events = "docs/examples/events.ndjson";
    for command in [
        &["run", "--schedule", "schedules"][..],
        &["forecast", "--schedule", "schedules", "--until", "2199-12-31"],
        &["explain", "--schedule", "schedules"],
        &["compare", "schedules", "schedules"],
    ] {
        let outcome = jalon(&[command, &["--events", events, events]].concat());
        assert_eq!((outcome.code, outcome.out.as_str()), (2, ""), "{command:?}");
        assert!(outcome.err.contains("named twice"), "{command:?}: {}", outcome.err);
    }
}

#[test]
fn an_action_that_looks_like_one_that_a_line_waits_for_is_noticed() {
    let schedule = r#"
schedule "Review"
  price fixed 1500 EUR
  installment "First": 40 % on action "Interview 1"
  balance "Balance": 100 % on action "Final interview"
"#;
    let event = |name: &str, day: u32| {
        format!(
            r#"{{"case":"A","date":"2025-01-{day:02}","kind":"action","name":"{name}","hours":"1"}}"#
        ) + "\n"
    };
    let opened =
        r#"{"case":"A","date":"2025-01-01","kind":"opened","schedule":"Review"}"#.to_owned() + "\n";
    let events =
        opened + &event("interview 1", 2) + &event("Interview 2", 3) + &event("final intervew", 4);
    let told = run("look_alike", schedule, &events, &[]);
    assert_eq!((told.code, told.out.as_str()), (0, ""), "{}", told.err);
    for (place, meant) in [(2, "Interview 1"), (4, "Final interview")] {
        assert!(told.err.contains(&format!("-:{place}:1: case A: action")), "{}", told.err);
        assert!(told.err.contains(&format!("did you mean `{meant}`?")), "{}", told.err);
    }
    assert!(!told.err.contains("-:3:"), "only digits differ: {}", told.err);
}

#[cfg(not(feature = "parquet"))]
#[test]
fn a_program_built_without_parquet_says_so() {
    let schedule = file("no-parquet", "schedule.jalon", SCHEDULE);
    let events = file("no-parquet", "events.dat", "PAR1 and more PAR1");
    let run = ["run", "--schedule", &schedule, "--lang", "en", "--events"];
    let read = jalon(&[&run[..], &[&events]].concat());
    assert_eq!((read.code, read.out.as_str()), (2, ""));
    assert!(read.err.contains("events.dat: this is Parquet"), "{}", read.err);
    let write = jalon(&[&run[..], &["-", "--format", "parquet"]].concat());
    assert!(write.code == 2 && write.err.contains("without Parquet"), "{}", write.err);
}

#[test]
fn a_decimal_comma_is_taken_only_where_it_can_be_read_in_one_way() {
    let schedule = file("comma", "schedule.jalon", WORK);
    for (hours, billed) in [("1,5", Some("105.00")), ("1,50", Some("105.00")), ("1,500", None)] {
        let events = format!(
            "case;date;kind;name;hours\nA;2025-01-02;action;Interview;{hours}\nA;2025-02-02;end;;\n"
        );
        let call = ["run", "--schedule", &schedule, "--events", "-", "--as-of", "2025-12-31"];
        let call = [&call[..], &["--events-format", "csv"]].concat();
        let outcome = jalon_with_input(&call, &events);
        match billed {
            Some(amount) => assert_eq!(amounts(&outcome.out), [amount], "{}", outcome.err),
            None => {
                assert_eq!((outcome.code, outcome.out.as_str()), (1, ""), "{}", outcome.err);
                assert!(outcome.err.contains("`1,500` is not written"), "{}", outcome.err);
                assert!(outcome.err.contains("withheld: 1 of 1 cases\n"), "{}", outcome.err);
            }
        }
    }
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

#[test]
fn a_void_of_a_void_is_told_apart_from_a_void_of_nothing() {
    let events = r#"{"case":"A","date":"2025-01-02","kind":"start","id":"s"}
{"case":"A","date":"2025-01-03","kind":"void","ref":"s","id":"v"}
{"case":"A","date":"2025-01-04","kind":"void","ref":"v"}
"#;
    let told = run("void_of_void", SCHEDULE, events, &[]);
    assert_eq!(told.code, 1, "{}", told.err);
    assert!(told.err.contains("`v` itself withdraws an event"), "{}", told.err);
}

#[test]
fn a_scenario_expects_something_though_its_schedule_cannot_be_read() {
    let source = "schedule \"T\"\n  price fixed 1500 EUR\n  balance \"B\": 1,500 EUR on end\n\nscenario \"s\"\n  2025-01-02 end\n  expect 2025-01-02 \"B\" 1500.00\n";
    let path = file("expects", "schedule.jalon", source);
    let outcome = jalon(&["check", &path]);
    let told = format!("{}{}", outcome.out, outcome.err);
    assert!(told.contains("number-form") && !told.contains("no-expectation"), "{told}");
}

#[test]
fn an_apostrophe_in_a_name_is_shown_as_one() {
    let schedule = "schedule \"Parcours d'emploi\"\n  price fixed 1500 EUR\n  balance \"B\": 100 % on action \"Entretien d'information\"\n";
    let events = "{\"case\":\"A\",\"date\":\"2025-01-02\",\"kind\":\"action\",\"name\":\"Entretien d'infomation\"}\n\
                  {\"case\":\"B\",\"date\":\"2025-01-02\",\"kind\":\"opened\",\"schedule\":\"Parcours d'emplois\"}\n";
    let told = run("apostrophe", schedule, events, &[]);
    let notice = "action `Entretien d'infomation`, which counts as work only; did you mean `Entretien d'information`?";
    assert!(told.err.contains(notice), "{}", told.err);
    let withheld = "no schedule `Parcours d'emplois`; did you mean `Parcours d'emploi`?";
    assert!(told.err.contains(withheld), "{}", told.err);
}
