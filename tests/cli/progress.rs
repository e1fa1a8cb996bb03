//! How far a long run has come is shown on a terminal, and nowhere else.

use crate::program::{file, root};
use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

const SCHEDULE: &str = "schedule \"s\" price fixed 100 EUR balance \"b\": 100 % on end";

/// Events of which one withholds its case.
fn events() -> String {
    let mut events = String::from("{\"case\":\"bad\",\"date\":\"2025-02-30\",\"kind\":\"end\"}\n");
    for case in 0..12_000 {
        events.push_str(&format!(
            "{{\"case\":\"D-{case:05}\",\"date\":\"2025-01-02\",\"kind\":\"end\"}}\n"
        ));
    }
    events
}

/// Gives a program its events, more than a block, then the rest after more than a second; gives what
/// it writes on standard output, and its exit code.
fn slowly(mut child: Child) -> (Vec<u8>, Option<i32>) {
    let mut input = child.stdin.take().unwrap();
    let mut output = child.stdout.take().unwrap();
    let reader = std::thread::spawn(move || {
        let mut out = Vec::new();
        output.read_to_end(&mut out).unwrap();
        out
    });
    let events = events();
    let (first, rest) = events.split_at(300_000);
    input.write_all(first.as_bytes()).unwrap();
    input.flush().unwrap();
    std::thread::sleep(Duration::from_millis(1_300));
    input.write_all(rest.as_bytes()).unwrap();
    drop(input);
    (reader.join().unwrap(), child.wait().unwrap().code())
}

fn arguments(test: &str, more: &[&'static str]) -> Vec<String> {
    let schedule = file(test, "s.jalon", SCHEDULE);
    let mut arguments = vec!["run", "--schedule", &schedule, "--events", "-", "--lang", "en"];
    arguments.extend(["--as-of", "2025-12-31"]);
    arguments.extend(more);
    arguments.iter().map(|argument| (*argument).to_owned()).collect()
}

/// Runs with standard error on a terminal; what the terminal receives, and standard output.
fn on_a_terminal(test: &str, more: &[&'static str]) -> (String, Vec<u8>, Option<i32>) {
    let (mut pty, pts) = pty_process::blocking::open().unwrap();
    pty.resize(pty_process::Size::new(24, 100)).unwrap();
    let child = pty_process::blocking::Command::new(env!("CARGO_BIN_EXE_jalon"))
        .env("LC_ALL", "C")
        .args(arguments(test, more))
        .current_dir(root())
        .env("TERM", "xterm")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn(pts)
        .unwrap();
    let terminal = std::thread::spawn(move || {
        let (mut shown, mut room) = (Vec::new(), [0; 4096]);
        // The terminal ends with an error once nobody has it open any more.
        while let Ok(count) = pty.read(&mut room) {
            if count == 0 {
                break;
            }
            shown.extend_from_slice(&room[..count]);
        }
        shown
    });
    let (out, code) = slowly(child);
    (String::from_utf8(terminal.join().unwrap()).unwrap(), out, code)
}

/// Runs with standard error in a pipe.
fn in_a_pipe(test: &str) -> (String, Vec<u8>, Option<i32>) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_jalon"))
        .env("LC_ALL", "C")
        .args(arguments(test, &[]))
        .current_dir(root())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut errors = child.stderr.take().unwrap();
    let reader = std::thread::spawn(move || {
        let mut said = String::new();
        errors.read_to_string(&mut said).unwrap();
        said
    });
    let (out, code) = slowly(child);
    (reader.join().unwrap(), out, code)
}

#[test]
fn a_long_run_shows_how_far_it_has_come_on_a_terminal_only() {
    let (piped, out, code) = in_a_pipe("progress-pipe");
    assert_eq!(code, Some(1));
    assert!(!out.is_empty() && piped.contains("case bad is withheld"), "{piped}");
    assert!(!piped.contains('\u{1b}') && !piped.contains("reading"), "{piped}");

    let (shown, beside, code) = on_a_terminal("progress-terminal", &[]);
    assert!(beside == out && code == Some(1), "the output is the same");
    assert!(shown.contains("reading: ") && shown.contains(" events, "), "{shown:?}");
    // What is drawn is wiped before anything is said.
    let said = shown.find("case bad is withheld").unwrap();
    let wiped = shown[..said].rfind("\u{1b}[2K").expect("the line is wiped");
    assert!(!shown[wiped..said].contains("reading"), "{shown:?}");
    for line in piped.lines() {
        assert!(shown.contains(line), "{line}: {shown:?}");
    }

    let (shown, beside, code) = on_a_terminal("progress-disk", &["--memory", "1kB"]);
    assert!(beside == out && code == Some(1), "the output is the same");
    assert!(shown.contains(" on disk"), "{shown:?}");

    let (quiet, beside, _) = on_a_terminal("progress-none", &["--no-progress"]);
    assert!(beside == out);
    assert_eq!(quiet.replace("\r\n", "\n"), piped);
}
