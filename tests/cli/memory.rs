//! Events for which memory has no room: the same output to the byte, a private file that goes with the run whatever its
//! end, and a full disk that leaves nothing half.

use crate::program::{Outcome, bytes, file, folder, jalon, read, root};
use std::fmt::Write as _;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const SCHEDULE: &str = "schedule \"s\"
  price hourly 70 EUR, at most 24 hours
  planned 10 hours
  deposit \"D\": 25 % on start
  installment \"M\": work on month end
  balance \"B\": remainder on end or abandonment";

/// An event file of several blocks: 6,000 cases in turns, among them such as are withheld, say more than the first part of the
/// language, have notices, or midnights with a zone; some lines are of no case.
fn events() -> String {
    let mut text = String::new();
    for round in 1..=5 {
        for case in 0..6_000 {
            let date = format!("2025-0{round}-{:02}", 1 + case % 28);
            let _ = match (round, case % 50) {
                (2, 7) => writeln!(text, "{{\"case\":\"D-{case}\",\"date\":\"2025-13-01\"}}"),
                (3, 8) => writeln!(text, "nothing of a case"),
                (4, 9) => writeln!(text),
                (3, 10) => writeln!(
                    text,
                    "{{\"case\":\"D-{case}\",\"date\":\"{date}T00:00:00+01:00\",\"kind\":\"start\"}}"
                ),
                (3, 11) => writeln!(
                    text,
                    "{{\"case\":\"D-{case}\",\"date\":\"{date}\",\"kind\":\"action\",\"name\":\"é\",\"hours\":1,\"quantity\":\"2.5\",\"amount\":\"12.30\"}}"
                ),
                (4, 12) => writeln!(
                    text,
                    "{{\"case\":\"D-{case}\",\"date\":\"{date}\",\"kind\":\"void\",\"ref\":\"e3-{case}\"}}"
                ),
                (1, 13) => writeln!(
                    text,
                    "{{\"case\":\"d-{}\",\"date\":\"{date}\",\"kind\":\"start\"}}",
                    case + 1
                ),
                (5, 0..25) => {
                    writeln!(text, "{{\"case\":\"D-{case}\",\"date\":\"{date}\",\"kind\":\"end\"}}")
                }
                _ => writeln!(
                    text,
                    "{{\"case\":\"D-{case}\",\"date\":\"{date}\",\"kind\":\"action\",\"name\":\"A\",\"hours\":1.5,\"id\":\"e{round}-{case}\"}}"
                ),
            };
        }
    }
    text
}

/// What a run gives: its output, what it says, its exit code, its notices and its accounts.
fn all_of(call: &[&str], more: &[&str], beside: &str) -> (Vec<u8>, String, i32, String, String) {
    let [notices, summary] = ["notices", "summary"].map(|name| format!("{beside}.{name}"));
    let files = ["--notices", &notices, "--summary", &summary];
    let Outcome { code, out, err } = bytes(&[call, more, &files].concat());
    (out, err, code, read(&notices), read(&summary))
}

#[test]
fn the_output_is_the_same_to_the_byte() {
    let test = "same";
    let schedule = file(test, "s.jalon", SCHEDULE);
    let text = events();
    let events = file(test, "e.ndjson", &text);
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(text.as_bytes()).unwrap();
    let packed = file(test, "e.ndjson.gz", encoder.finish().unwrap());
    let run = ["run", "--schedule", &schedule, "--as-of", "2025-12-31", "--skip-unreadable"];
    let plain = [&run[..], &["--events", &events]].concat();
    let away = file(test, "away/none", "");
    let away = Path::new(&away).parent().unwrap().to_str().unwrap();
    let first = all_of(&plain, &[], &events);
    assert!(first.0.len() > 1_000_000 && first.2 == 1, "{}", first.1);
    assert!(first.4.contains("midnights-with-a-zone") && first.4.contains("cases-alike"));
    let half = first.0.split_inclusive(|byte| *byte == b'\n').step_by(2);
    let issued = file(test, "issued.ndjson", half.collect::<Vec<_>>().concat());
    let unopened = file(test, "other.jalon", SCHEDULE.replace("\"s\"", "\"t\""));
    let shapes: [&[&str]; 6] = [
        &[],
        &["--threads", "3"],
        &["--format", "csv-fr", "--schedule-hash"],
        &["--invoices", "--lang", "fr"],
        &["--issued", &issued, "--credit-later-lines"],
        &["--schedule", &unopened],
    ];
    for shape in shapes {
        let expected = all_of(&plain, shape, &events);
        for size in ["1kB", "1MB"] {
            let more = [shape, &["--memory", size, "--temp-dir", away]].concat();
            assert!(all_of(&plain, &more, &events) == expected, "{shape:?} {size}");
        }
    }
    // Compressed, and in two files of which the first holds the beginning only.
    let half = text[..text.len() / 2].rfind('\n').unwrap() + 1;
    let parts =
        [("1", &text[..half]), ("2", &text[half..])].map(|(name, part)| file(test, name, part));
    for files in [vec![packed.as_str()], parts.iter().map(String::as_str).collect()] {
        let call = [&run[..], &["--events"], &files].concat();
        let expected = all_of(&call, &[], &events);
        assert_eq!(all_of(&call, &["--memory", "1kB"], &events), expected, "{files:?}");
    }
    // A line of no case bills nothing, whatever has been put away.
    let call = ["run", "--schedule", &schedule, "--as-of", "2025-12-31", "--events", &events];
    let (expected, other) = (jalon(&call), jalon(&[&call[..], &["--memory", "1kB"]].concat()));
    assert_eq!((other.code, &other.out, &other.err), (2, &String::new(), &expected.err));
    let left: Vec<_> = std::fs::read_dir(away).unwrap().map(|of| of.unwrap().file_name()).collect();
    assert_eq!(left, ["none"]);
}

/// The file that a run has open in a folder and that no folder names, once it holds anything.
fn nameless(process: u32, folder: &Path) -> Option<std::fs::Metadata> {
    let open = std::fs::read_dir(format!("/proc/{process}/fd")).ok()?;
    let mut open = open.filter_map(|entry| Some(entry.ok()?.path()));
    let is_it = |path: &PathBuf| {
        let target = std::fs::read_link(path).unwrap_or_default();
        target.starts_with(folder) && target.to_string_lossy().ends_with(" (deleted)")
    };
    std::fs::metadata(open.find(is_it)?).ok().filter(|about| about.len() > 0)
}

#[test]
fn nobody_else_reads_the_file_and_nothing_of_it_remains() {
    let test = "killed";
    let schedule = file(test, "s.jalon", SCHEDULE);
    let text = events();
    // Who starts the tests may have told them, and so what they start, to ignore a signal (`nohup`).
    let status = read("/proc/self/status");
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:")).unwrap();
    let ignored = u64::from_str_radix(ignored.trim(), 16).unwrap();
    for (signal, number) in [("TERM", 15), ("INT", 2), ("KILL", 9)] {
        if ignored >> (number - 1) & 1 == 1 {
            continue;
        }
        let none = file(test, &format!("{signal}/none"), "");
        std::fs::remove_file(&none).unwrap();
        let away = Path::new(&none).parent().unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_jalon"))
            .args(["run", "--schedule", &schedule, "--events", "-", "--memory", "1kB"])
            .arg("--temp-dir")
            .arg(away)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut input = child.stdin.take().unwrap();
        input.write_all(text.as_bytes()).unwrap();
        let about = loop {
            assert!(child.try_wait().unwrap().is_none(), "{signal}: it waits for events");
            if let Some(about) = nameless(child.id(), away) {
                break about;
            }
            std::thread::yield_now();
        };
        assert_eq!(about.permissions().mode() & 0o777, 0o600);
        assert_eq!(std::fs::read_dir(away).unwrap().count(), 0, "{signal}");
        let pid = child.id().to_string();
        assert!(Command::new("kill").args(["-s", signal, &pid]).status().unwrap().success());
        assert!(!child.wait().unwrap().success());
        assert_eq!(std::fs::read_dir(away).unwrap().count(), 0, "{signal}");
    }
}

/// Where a file may not grow any more, as on a full disk, nothing is billed: what is put away has been put away before.
#[test]
fn a_full_disk_leaves_nothing_half() {
    let test = "full";
    let schedule = file(test, "s.jalon", SCHEDULE);
    let events = file(test, "e.ndjson", events());
    let folder = folder(test);
    let full = |more: &[&str]| {
        let output = Command::new("sh")
            .args(["-c", "trap '' XFSZ; ulimit -f 200; exec \"$@\"", "sh"])
            .arg(env!("CARGO_BIN_EXE_jalon"))
            .args(["run", "--schedule", &schedule, "--events", &events, "--skip-unreadable"])
            .args(["--as-of", "2025-12-31", "--format", "csv"])
            .args(["--summary", folder.join("summary").to_str().unwrap()])
            .args(["--memory", "1kB", "--temp-dir"])
            .arg(&folder)
            .args(more)
            .current_dir(root())
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap(), said)
    };
    let name = folder.display();
    let why = format!("jalon: {name}: the file is too large\n");
    assert_eq!(full(&["--lang", "en"]), (Some(2), String::new(), why));
    let why = format!("jalon: {name} : le fichier est trop grand\n");
    assert_eq!(full(&["--lang", "fr"]), (Some(2), String::new(), why));
    let found = std::fs::read_dir(&folder).unwrap().map(|of| of.unwrap().file_name());
    let mut found: Vec<String> = found.map(|name| name.into_string().unwrap()).collect();
    found.sort_unstable();
    assert_eq!(found, ["e.ndjson", "s.jalon"]);
}

#[test]
fn calls_that_cannot_be_meant_are_refused() {
    let test = "calls";
    let schedule = file(test, "s.jalon", SCHEDULE);
    let events =
        file(test, "e.ndjson", "{\"case\":\"A\",\"date\":\"2025-01-02\",\"kind\":\"start\"}\n");
    let missing = folder(test).join("missing");
    let missing = missing.to_str().unwrap();
    let run = ["run", "--schedule", &schedule, "--events", &events, "--as-of", "2025-12-31"];
    let sizes =
        ["1", "GB", "1.5GB", "-1MB", "1 potato", "", "99999999999999999999GB", "99999999999TB"];
    for size in sizes {
        let size = format!("--memory={size}");
        let told = jalon(&[&run[..], &[&size, "--lang", "en"]].concat());
        assert!(told.code == 2 && told.err.contains("`800MB`"), "{size}: {}", told.err);
        let told = jalon(&[&run[..], &[&size, "--lang", "fr"]].concat());
        assert!(told.code == 2 && told.err.contains("`800Mo`"), "{size}: {}", told.err);
    }
    for (more, why) in [
        (&["--memory", "1GB", "--temp-dir", missing][..], "there is no such file or folder"),
        (&["--memory", "1GB", "--temp-dir", &events], "not a folder"),
        (&["--memory", "1GB", "--grouped"], "--grouped"),
        (&["--temp-dir", "."], "--memory"),
    ] {
        let told = jalon(&[&run[..], more, &["--lang", "en"]].concat());
        assert!(told.code == 2 && told.out.is_empty() && told.err.contains(why), "{}", told.err);
    }
    let expected = jalon(&run);
    for size in ["1GB", "2 gib", "500mo", "3Kio", "1TB", "0kB"] {
        let told = jalon(&[&run[..], &["--memory", size]].concat());
        assert_eq!(
            (told.code, told.out, told.err),
            (0, expected.out.clone(), expected.err.clone())
        );
    }
}
