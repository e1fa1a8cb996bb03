//! What goes wrong around the program: full disks, closed pipes, input that ends or breaks in its midst, a
//! failure of the program itself. Exit codes and messages say so; output is never silently short.

use crate::program::{self, file, jalon, read, root};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::fs::File;
use std::io::Write;
use std::process::{Command, Output, Stdio};

const SCHEDULE: &str = r#"
schedule "Training"
  price fixed 1500 EUR
  deposit "Deposit":  25 % on start
  balance "Balance": 100 % on end
"#;

/// Cases that each give three lines: more than a pipe or a buffer holds.
fn events(cases: usize) -> String {
    let mut text = String::new();
    for case in 0..cases {
        for (day, kind) in [("01", "start"), ("02", "start"), ("03", "end")] {
            text.push_str(&format!(
                "{{\"case\":\"D-{case}\",\"date\":\"2025-03-{day}\",\"kind\":\"{kind}\"}}\n"
            ));
        }
    }
    text
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jalon"));
    command.env("LC_ALL", "C");
    command.args(arguments).current_dir(root()).env("NO_COLOR", "1").stdin(Stdio::null());
    command
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The commands that write results, with what they need.
fn commands(test: &str) -> Vec<Vec<String>> {
    let schedule = file(test, "s.jalon", SCHEDULE);
    let events = file(test, "e.ndjson", events(2));
    let tested = "docs/examples/deposit.jalon";
    let case = ["--schedule", &schedule, "--events", &events, "--as-of", "2025-12-31"];
    let open = ["--schedule", &schedule, "--events", &events, "--as-of", "2025-03-02"];
    let open = [&open[..], &["--until", "2026-12-31"]].concat();
    let with = |first: &[&str], rest: &[&str]| -> Vec<String> {
        first.iter().chain(rest).map(|word| (*word).to_owned()).collect()
    };
    vec![
        with(&["run"], &case),
        with(&["run", "--format", "csv"], &case),
        with(&["run", "--format", "table"], &case),
        with(&["run", "--grouped"], &case),
        with(&["check", &schedule], &[]),
        with(&["check", "--format", "short", &schedule], &[]),
        with(&["check", "--format", "json", &schedule], &[]),
        with(&["verify", &schedule], &[]),
        with(&["test", tested], &[]),
        with(&["test", "--format", "json", tested], &[]),
        with(&["test", "--format", "junit", tested], &[]),
        with(&["test", "--generate", &schedule], &[]),
        with(&["verify", "--format", "json", &schedule], &[]),
        with(&["verify", "--format", "sarif", &schedule], &[]),
        with(&["verify", "--format", "junit", &schedule], &[]),
        with(&["compile", &schedule, "-o", "-"], &[]),
        with(&["compare", &schedule, &schedule], &[]),
        with(&["compare", "--format", "json", &schedule, tested], &[]),
        with(&["forecast"], &open),
        with(&["forecast", "--format", "csv"], &open),
        with(&["explain", "--case", "D-1"], &case),
        with(&["explain", "--case", "D-1", "--format", "json"], &case),
        with(&["explain", "bills-once"], &[]),
        with(&["show", &schedule], &[]),
        with(&["show", "--format", "html", &schedule], &[]),
        with(&["show", "--situations", &schedule], &[]),
        with(&["completions", "bash"], &[]),
        with(&["man"], &[]),
        with(&["--help"], &[]),
    ]
}

fn words(command: &[String]) -> Vec<&str> {
    command.iter().map(String::as_str).collect()
}

#[test]
fn a_full_disk_is_told_by_every_command() {
    for arguments in commands("full") {
        let full = File::options().write(true).open("/dev/full").unwrap();
        let output = command(&words(&arguments)).stdout(full).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", said(&output));
        if arguments != ["--help"] {
            let words = "jalon: the output could not be written: ";
            assert!(said(&output).contains(words), "{arguments:?}: {}", said(&output));
        }
    }
}

#[test]
fn fmt_to_a_full_disk_is_told() {
    let full = File::options().write(true).open("/dev/full").unwrap();
    let input = File::open(file("full", "in.jalon", SCHEDULE)).unwrap();
    let output = command(&["fmt", "-"]).stdin(input).stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
}

#[test]
fn messages_that_cannot_be_written_end_with_exit_code_2() {
    let wrong = file("full", "wrong.jalon", SCHEDULE.replace("25 %", "250 %"));
    let full = File::options().write(true).open("/dev/full").unwrap();
    let output = command(&["test", &wrong]).stderr(full).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn accounts_and_notices_on_a_full_disk_are_told() {
    let schedule = file("accounts", "s.jalon", SCHEDULE);
    let events = file("accounts", "e.ndjson", events(2_000));
    for (option, lines) in [("--summary", 6_000), ("--notices", 0)] {
        let outcome = jalon(&[
            "run",
            "--schedule",
            &schedule,
            "--events",
            &events,
            "--as-of",
            "2025-12-31",
            option,
            "/dev/full",
        ]);
        assert_eq!(outcome.code, 2, "{option}: {}", outcome.err);
        assert!(outcome.err.contains("/dev/full: the disk is full"), "{option}: {}", outcome.err);
        assert!(outcome.out.lines().count() >= lines, "{option}");
    }
    let missing = jalon(&[
        "run",
        "--schedule",
        &schedule,
        "--events",
        &events,
        "--summary",
        "/no/such/folder/s.json",
    ]);
    assert_eq!(missing.code, 2, "{}", missing.err);
}

#[test]
fn a_closed_pipe_is_told_where_a_program_reads_on() {
    for arguments in commands("pipe") {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = command(&words(&arguments)).stdout(writer).output().unwrap();
        let (told, code) = (said(&output), output.status.code());
        assert!(!told.contains("panicked"), "{arguments:?}: {told}");
        // What is found is a report that somebody keeps, whatever its format.
        let read_on = [
            "json",
            "sarif",
            "junit",
            "csv",
            "check",
            "verify",
            "test",
            "completions",
            "man",
            "run",
            "compile",
            "forecast",
        ];
        if read_on.iter().any(|word| arguments.iter().any(|argument| argument == word)) {
            assert_eq!(code, Some(2), "{arguments:?}: {told}");
            assert!(told.contains("the reader has closed the pipe"), "{arguments:?}: {told}");
        } else {
            // Whoever closes the pipe of something that is looked at has seen enough.
            assert_eq!((code, told.as_str()), (Some(0), ""), "{arguments:?}");
        }
    }
}

/// Runs on an event file; nothing may have been written where it fails.
fn run_on(test: &str, events: &str, more: &[&str]) -> program::Outcome {
    let schedule = file(test, "s.jalon", SCHEDULE);
    let mut arguments = vec!["run", "--schedule", &schedule, "--events", events];
    arguments.extend(["--as-of", "2025-12-31"]);
    arguments.extend(more);
    jalon(&arguments)
}

fn gz(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

fn zst(text: &str) -> Vec<u8> {
    let mut encoder = zstd::Encoder::new(Vec::new(), 1).unwrap();
    encoder.include_checksum(true).unwrap();
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn a_compressed_file_that_is_cut_anywhere_bills_nothing() {
    let text = events(40);
    for (ending, bytes) in [("gz", gz(&text)), ("zst", zst(&text))] {
        let whole = file("cut", &format!("whole.ndjson.{ending}"), &bytes);
        let outcome = run_on("cut", &whole, &[]);
        assert_eq!((outcome.code, outcome.out.lines().count()), (0, 120), "{}", outcome.err);
        let places = (0..bytes.len()).filter(|at| at % 17 == 0 || *at + 9 > bytes.len() || *at < 6);
        for at in places {
            let cut = file("cut", &format!("cut.ndjson.{ending}"), &bytes[..at]);
            let outcome = run_on("cut", &cut, &[]);
            assert_eq!((outcome.code, outcome.out.as_str()), (2, ""), "{ending} cut at {at}");
            assert!(outcome.err.contains(&cut), "{ending} cut at {at}: {}", outcome.err);
        }
    }
}

#[test]
fn a_compressed_file_that_is_damaged_bills_nothing() {
    let text = events(40);
    for (ending, bytes) in [("gz", gz(&text)), ("zst", zst(&text))] {
        for at in (14..bytes.len()).step_by(23) {
            let mut damaged = bytes.clone();
            damaged[at] ^= 0x55;
            let path = file("damaged", &format!("damaged.ndjson.{ending}"), &damaged);
            let outcome = run_on("damaged", &path, &[]);
            assert_eq!((outcome.code, outcome.out.as_str()), (2, ""), "{ending} damaged at {at}");
            assert!(outcome.err.contains(&path), "{ending} damaged at {at}: {}", outcome.err);
        }
    }
}

#[test]
fn a_long_file_that_breaks_in_its_midst_is_told_with_any_number_of_threads() {
    let text = events(20_000);
    let bytes = gz(&text);
    let cut = file("broken", "cut.ndjson.gz", &bytes[..bytes.len() / 2]);
    for threads in ["1", "2", "5"] {
        let outcome = run_on("broken", &cut, &["--threads", threads]);
        assert_eq!((outcome.code, outcome.out.as_str()), (2, ""), "{threads}");
        assert!(outcome.err.contains("cut.ndjson.gz"), "{threads}: {}", outcome.err);
    }
    // What --grouped has written by then is not to be used: the exit code and the message say so.
    let outcome = run_on("broken", &cut, &["--grouped"]);
    assert_eq!(outcome.code, 2);
    assert!(outcome.err.contains("cut.ndjson.gz"), "{}", outcome.err);
    assert!(!outcome.err.contains("cases:"), "no accounts: {}", outcome.err);
    // Cut in mid-line, without compression.
    let plain = file("broken", "cut.ndjson", &text[..text.len() / 2 - 7]);
    let outcome = run_on("broken", &plain, &[]);
    assert_eq!((outcome.code, outcome.out.as_str()), (2, ""), "{}", outcome.err);
    assert!(outcome.err.contains("the file is cut in the middle of this line"), "{}", outcome.err);
}

#[test]
fn what_cannot_be_read_is_named() {
    let folder = file("unreadable", "folder/inside.ndjson", "");
    let folder = std::path::Path::new(&folder).parent().unwrap().to_str().unwrap().to_owned();
    let link = format!("{folder}/circle.ndjson");
    drop(std::fs::remove_file(&link));
    std::os::unix::fs::symlink(&link, &link).unwrap();
    let forbidden = file("unreadable", "forbidden.ndjson", events(1));
    let mut permissions = std::fs::metadata(&forbidden).unwrap().permissions();
    std::os::unix::fs::PermissionsExt::set_mode(&mut permissions, 0o000);
    std::fs::set_permissions(&forbidden, permissions).unwrap();
    let mut unreadable = vec![folder.as_str(), &link, "no such file", "/proc/self/mem"];
    // Whoever may read everything is not stopped by a mode.
    if File::open(&forbidden).is_err() {
        unreadable.push(&forbidden);
    }
    let good = file("unreadable", "good.ndjson", events(2));
    for path in unreadable {
        for more in [&["--threads", "1"][..], &["--threads", "3"], &["--grouped"]] {
            for files in [vec![path], vec![&good, path], vec![path, &good]] {
                let schedule = file("unreadable", "s.jalon", SCHEDULE);
                let mut arguments = vec!["run", "--schedule", &schedule, "--as-of", "2025-12-31"];
                arguments.extend(more);
                arguments.push("--events");
                arguments.extend(files);
                let outcome = jalon(&arguments);
                assert_eq!(outcome.code, 2, "{arguments:?}: {}", outcome.err);
                assert!(outcome.err.contains(path), "{arguments:?}: {}", outcome.err);
                assert!(more == ["--grouped"] || outcome.out.is_empty(), "{arguments:?}");
            }
        }
    }
    let issued = run_on("unreadable", &good, &["--issued", &folder]);
    assert_eq!((issued.code, issued.out.as_str()), (2, ""), "{}", issued.err);
    let cut = file("unreadable", "issued.ndjson", "{\"case\":\"D-0\",\"sched");
    let issued = run_on("unreadable", &good, &["--issued", &cut]);
    assert_eq!((issued.code, issued.out.as_str()), (2, ""), "{}", issued.err);
    assert!(issued.err.contains("issued.ndjson:1: "), "{}", issued.err);
}

#[cfg(debug_assertions)]
mod failures {
    use super::*;

    /// Runs with a program that fails on one case.
    fn failing(events: &str, case: &str, more: &[&str]) -> Output {
        let schedule = file("failing-run", "s.jalon", SCHEDULE);
        let mut arguments = vec!["run", "--schedule", &schedule, "--events", events];
        arguments.extend(["--as-of", "2025-12-31", "--lang", "en"]);
        arguments.extend(more);
        command(&arguments).env("JALON_FAIL_ON", case).output().unwrap()
    }

    #[test]
    fn a_failure_on_one_case_loses_no_other() {
        let path = file("failing-run", "e.ndjson", events(1_500));
        let sound = String::from_utf8(failing(&path, "none", &[]).stdout).unwrap();
        assert_eq!(sound.lines().count(), 4_500);
        for case in ["D-0", "D-511", "D-700", "D-1499"] {
            let others: String = sound
                .split_inclusive('\n')
                .filter(|line| !line.starts_with(&format!("{{\"case\":\"{case}\",")))
                .collect();
            for more in [&["--threads", "1"][..], &["--threads", "3"], &["--grouped"]] {
                let summary = file("failing-run", "summary.json", "");
                let notices = file("failing-run", "notices.ndjson", "");
                let more = [more, &["--summary", &summary, "--notices", &notices]].concat();
                let output = failing(&path, case, &more);
                let told = said(&output);
                assert_eq!(output.status.code(), Some(2), "{case}: {told}");
                assert_eq!(String::from_utf8(output.stdout).unwrap(), others, "{case} {more:?}");
                let withheld = format!("case {case} is withheld: the program failed on it");
                assert!(told.contains(&withheld), "{told}");
                assert!(told.contains("the program failed on 1 of the withheld cases"), "{told}");
                let summary: serde_json::Value = serde_json::from_str(&read(&summary)).unwrap();
                assert_eq!(summary["cases"]["withheld"], 1);
                assert_eq!(summary["events"]["withheld"], 3);
                assert_eq!(summary["events"]["read"], 4_500);
                assert_eq!(summary["lines"], 4_497);
                let notices = read(&notices);
                let (withheld, told): (Vec<&str>, Vec<&str>) =
                    notices.lines().partition(|line| line.contains("\"notice\":\"withheld\""));
                assert_eq!((withheld.len(), told.len()), (1, 1_499), "its notices are not told");
            }
        }
    }

    #[test]
    fn a_failure_on_one_open_case_is_no_withheld_case_like_others() {
        let open: String = events(3)
            .lines()
            .filter(|line| !line.contains("end"))
            .map(|l| format!("{l}\n"))
            .collect();
        let path = file("failing-forecast", "open.ndjson", open);
        let schedule = file("failing-forecast", "s.jalon", SCHEDULE);
        let arguments = ["forecast", "--schedule", &schedule, "--events", &path, "--lang", "en"];
        let days = ["--as-of", "2025-03-10", "--until", "2025-12-31"];
        let foreseen = |case: &str| {
            let mut command = command(&[&arguments[..], &days].concat());
            command.env("JALON_FAIL_ON", case).output().unwrap()
        };
        let sound = String::from_utf8(foreseen("none").stdout).unwrap();
        assert_eq!(sound.lines().count(), 3);
        let others: String =
            sound.split_inclusive('\n').filter(|line| !line.contains("\"D-1\"")).collect();
        let output = foreseen("D-1");
        let told = said(&output);
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert_eq!(String::from_utf8(output.stdout).unwrap(), others);
        assert!(told.contains("case D-1 is withheld: the program failed on it"), "{told}");
        assert!(told.contains("the program failed on 1 of the withheld cases"), "{told}");
    }
    #[test]
    fn a_failure_on_one_case_leaves_the_others_explained() {
        let path = file("failing-explain", "explained.ndjson", events(3));
        let schedule = file("failing-explain", "s.jalon", SCHEDULE);
        let arguments = ["explain", "--schedule", &schedule, "--events", &path, "--lang", "en"];
        let arguments = [&arguments[..], &["--as-of", "2025-12-31", "--format", "json"]].concat();
        let output = command(&arguments).env("JALON_FAIL_ON", "D-1").output().unwrap();
        let told = said(&output);
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(told.contains("the other cases are explained"), "{told}");
        let document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let cases = document["cases"].as_array().unwrap();
        let withheld: Vec<bool> = cases.iter().map(|case| case["withheld"].is_array()).collect();
        assert_eq!(withheld, [false, true, false]);
        let reason = &cases[1]["withheld"][0]["reason"];
        assert_eq!(reason, "the program failed on it; please report this");
    }
}

/// Of a case with several rows that are no event, each is told, up to five of them; a file of notices has more.
#[test]
fn every_bad_row_of_a_case_is_told_at_once() {
    let schedule = file("faults-rows", "s.jalon", SCHEDULE);
    let day = |number: usize| format!("A,2025-03-{number:02},action,Visit,1h{number}\n");
    let rows = |count: usize| (10..10 + count).map(day).collect::<String>();
    let told = |count: usize, lang: &str| {
        let text = format!(
            "case,date,kind,name,hours\nA,2025-03-01,start,,\n{}B,2025-03-01,start,,\n",
            rows(count)
        );
        let events = file("faults-rows", "e.csv", text);
        let notices = file("faults-rows", "notices.ndjson", "");
        let call = ["run", "--lang", lang, "--schedule", &schedule, "--events", &events];
        let outcome =
            jalon(&[&call[..], &["--as-of", "2025-12-31", "--notices", &notices]].concat());
        assert_eq!((outcome.code, outcome.out.lines().count()), (1, 1), "{}", outcome.err);
        let rows = outcome.err.lines().filter(|line| line.contains("hours")).count();
        (rows, outcome.err, std::fs::read_to_string(notices).unwrap())
    };
    let (rows, english, notices) = told(3, "en");
    assert!(rows == 3 && english.contains("e.csv:3:"), "{english}");
    assert!(
        english.contains(": case A is withheld: ") && english.contains("e.csv:5:"),
        "{english}"
    );
    assert_eq!(english.matches(": case A, too: ").count(), 2, "{english}");
    let withheld: serde_json::Value =
        serde_json::from_str(notices.lines().next().unwrap()).unwrap();
    assert_eq!(withheld["also"].as_array().map(Vec::len), Some(2), "{withheld}");
    let (rows, french, notices) = told(30, "fr");
    assert!(rows == 5 && french.matches(" : le dossier A, aussi : ").count() == 4, "{french}");
    let withheld: serde_json::Value =
        serde_json::from_str(notices.lines().next().unwrap()).unwrap();
    assert_eq!(withheld["also"].as_array().map(Vec::len), Some(19), "{withheld}");
    let (_, _, notices) = told(1, "en");
    assert!(!notices.contains("also"), "{notices}");
}
