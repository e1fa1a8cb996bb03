//! Calls whose streams are closed, whose memory is bounded, and which are killed.

use crate::SCHEDULE;
use crate::program::{Outcome, file, jalon, read, root};
use std::path::Path;
use std::process::{Command, Stdio};

/// Runs `jalon` from a shell that first does something with its streams or limits.
fn under(shell: &str, arguments: &[&str]) -> Outcome {
    let output = Command::new("sh")
        .args(["-c", &format!("{shell} exec \"$@\""), "sh"])
        .arg(env!("CARGO_BIN_EXE_jalon"))
        .args(arguments)
        .current_dir(root())
        .env("NO_COLOR", "1")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    Outcome {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

#[test]
fn a_closed_standard_output_is_an_error() {
    let test = "closed";
    let schedule = file(test, "s.jalon", SCHEDULE);
    let events = file(test, "e.ndjson", r#"{"case":"A","date":"2025-01-02","kind":"start"}"#);
    let summary = events.replace("e.ndjson", "summary");
    let run = ["run", "--schedule", &schedule, "--events", &events, "--summary", &summary];
    let calls: [&[&str]; 5] =
        [&run, &["check", &schedule], &["show", &schedule], &["--help"], &["--version"]];
    for call in calls {
        for (lang, says) in
            [("en", "standard output is closed"), ("fr", "la sortie standard est fermée")]
        {
            let told = under("exec >&-;", &[&["--lang", lang], call].concat());
            assert_eq!(told.code, 2, "{call:?}: {}", told.err);
            assert!(told.err.contains(says), "{call:?}: {}", told.err);
        }
        assert_ne!(under("exec >/dev/null;", call).code, 2, "{call:?}: nobody looks, on purpose");
        assert_ne!(
            under("exec 1<>/dev/null;", call).code,
            2,
            "{call:?}: as other programs open it"
        );
    }
    assert!(Path::new(&summary).exists(), "of the call that went well");
    let _ = std::fs::remove_file(&summary);
    assert_eq!(under("exec >&-;", &run).code, 2);
    assert!(!Path::new(&summary).exists(), "a run whose lines are nowhere leaves no accounts");
}

#[test]
fn a_closed_standard_input_is_not_an_empty_one() {
    let schedule = file("closed-input", "s.jalon", SCHEDULE);
    let run = ["run", "--schedule", &schedule, "--events", "-"];
    assert_eq!(under("", &run).code, 0);
    for (lang, says) in [("en", "standard input is closed"), ("fr", "l'entrée standard est fermée")]
    {
        let told = under("exec <&-;", &[&run[..], &["--lang", lang]].concat());
        assert_eq!((told.code, told.out.as_str()), (2, ""), "{}", told.err);
        assert!(told.err.contains(says), "{}", told.err);
    }
}

#[test]
fn a_pipe_among_schedules_is_named() {
    let schedule = file("pipe", "folder/s.jalon", SCHEDULE);
    let folder = Path::new(&schedule).parent().unwrap();
    let pipe = folder.join("a.jalon");
    let _ = std::fs::remove_file(&pipe);
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    for (lang, says) in [("en", "this is a pipe"), ("fr", "c'est un tube")] {
        let told = jalon(&["check", folder.to_str().unwrap(), "--lang", lang]);
        assert_eq!(told.code, 2, "{}", told.err);
        assert!(
            told.err.contains(pipe.to_str().unwrap()) && told.err.contains(says),
            "{}",
            told.err
        );
    }
}

#[test]
fn links_in_a_circle_are_told_in_words() {
    let (one, other) = (file("circle", "one.ndjson", ""), file("circle", "other.ndjson", ""));
    let schedule = file("circle", "s.jalon", SCHEDULE);
    for (from, to) in [(&one, &other), (&other, &one)] {
        std::fs::remove_file(from).unwrap();
        std::os::unix::fs::symlink(to, from).unwrap();
    }
    let told = jalon(&["run", "--schedule", &schedule, "--events", &one, "--lang", "fr"]);
    for link in [&one, &other] {
        std::fs::remove_file(link).unwrap();
    }
    assert_eq!(told.code, 2, "{}", told.err);
    assert!(told.err.contains("des liens tournent en rond"), "{}", told.err);
}

/// Every notice of a million is counted, and written where that is asked for; the memory that it takes
/// is about that of the events.
#[test]
fn a_million_notices_of_one_case_take_little_memory() {
    use std::io::Write;
    let test = "million";
    let schedule = file(test, "s.jalon", SCHEDULE);
    let start = "{\"case\":\"c\",\"date\":\"2025-01-02\",\"kind\":\"start\"}\n";
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    for _ in 0..10 {
        encoder.write_all(start.repeat(100_000).as_bytes()).unwrap();
    }
    let events = file(test, "e.ndjson.gz", encoder.finish().unwrap());
    let (summary, notices) =
        (events.replace("e.ndjson.gz", "summary"), events.replace("e.ndjson.gz", "notices"));
    let run = [
        "run",
        "--threads",
        "1",
        "--schedule",
        &schedule,
        "--events",
        &events,
        "--summary",
        &summary,
    ];
    let run = [&run[..], &["--as-of", "2025-12-31"]].concat();
    for more in [&[][..], &["--notices", &notices]] {
        let told = under("ulimit -v 180000;", &[&run[..], more].concat());
        assert_eq!(told.code, 0, "{more:?}: {}", told.err);
        assert!(told.err.contains("and 999979 more notices"), "{more:?}: {}", told.err);
        let accounts: serde_json::Value = serde_json::from_str(&read(&summary)).unwrap();
        assert_eq!(accounts["notices_by_kind"], serde_json::json!({ "second-start": 999_999 }));
        assert_eq!(accounts["notices"], 999_999);
        assert_eq!(accounts["events"]["without_effect"], 999_999);
        if !more.is_empty() {
            assert_eq!(read(&notices).lines().count(), 999_999, "{more:?}");
        }
    }
}

/// A run that is killed leaves nothing of the files that it was asked for.
#[cfg(target_os = "linux")]
#[test]
fn a_run_that_is_killed_leaves_no_file() {
    let test = "killed";
    let schedule = file(test, "s.jalon", SCHEDULE);
    // Who starts the tests may have told them, and so what they start, to ignore a signal (`nohup`).
    let status = read("/proc/self/status");
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:")).unwrap();
    let ignored = u64::from_str_radix(ignored.trim(), 16).unwrap();
    let signals = [("TERM", 15), ("HUP", 1), ("INT", 2), ("KILL", 9)];
    let heard = signals.iter().filter(|(_, number)| ignored >> (number - 1) & 1 == 0);
    for signal in heard.map(|(name, _)| *name) {
        // The files of an earlier run are taken away once the new ones are under way.
        let summary = file(test, &format!("{signal}/summary"), "{\"cases\":{},\"totals\":[]}");
        let old = "{\"case\":\"A\",\"message\":\"…\",\"notice\":\"withheld\"}";
        let notices = file(test, &format!("{signal}/notices"), old);
        let mut child = Command::new(env!("CARGO_BIN_EXE_jalon"))
            .args(["run", "--schedule", &schedule, "--events", "-"])
            .args(["--summary", &summary, "--notices", &notices])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        while Path::new(&summary).exists() || Path::new(&notices).exists() {
            assert!(child.try_wait().unwrap().is_none(), "{signal}: it waits for events");
            std::thread::yield_now();
        }
        let pid = child.id().to_string();
        assert!(Command::new("kill").args(["-s", signal, &pid]).status().unwrap().success());
        assert!(!child.wait().unwrap().success());
        let folder = Path::new(&summary).parent().unwrap();
        let left: Vec<_> = std::fs::read_dir(folder).unwrap().collect();
        assert!(left.is_empty(), "{signal}: {left:?}");
    }
}
