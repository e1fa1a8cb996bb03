//! Files that a call asks for: whole, or as they were before.

use super::SCHEDULE;
use crate::program::{Outcome, beside, file, folder, jalon, read, root};
use std::path::Path;
use std::process::{Command, Stdio};

/// What earlier calls have written: a compiled file that was cut off, notices, accounts.
const KEPT: &str = "{\n  \"format\": \"jalon artefact\",\n";
const OLD_NOTICES: &str =
    "{\"case\":\"A\",\"message\":\"the case has started before\",\"notice\":\"second-start\"}\n";
const OLD_SUMMARY: &str = "{\"cases\":{\"billed\":7},\"totals\":[]}\n";

/// Runs `jalon` where no file may grow past a few kilobytes, as on a disk that is full.
fn on_a_full_disk(arguments: &[&str]) -> Outcome {
    let output = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 4; exec \"$@\"", "sh"])
        .arg(env!("CARGO_BIN_EXE_jalon"))
        .args(arguments)
        .current_dir(root())
        .env("NO_COLOR", "1")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    Outcome {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The names of what a folder holds.
fn held(file: &str) -> Vec<String> {
    let folder = Path::new(file).parent().unwrap();
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// A schedule that takes more than a few kilobytes, not laid out.
fn large() -> String {
    let scenarios: String = (0..200)
        .map(|number| format!("scenario \"{number}\"\n2025-01-02 start\nexpect total 1.00\n"))
        .collect();
    let parts: String = (0..200)
        .map(|number| format!("deposit \"{number}\": 1 EUR on event \"{number}\"\n"))
        .collect();
    format!("{SCHEDULE}{parts}\n{scenarios}")
}

#[test]
fn a_disk_that_is_full_leaves_the_old_file_and_no_half_of_a_new_one() {
    let test = "half";
    let _ = std::fs::remove_dir_all(folder(test));
    let source = file(test, "large.jalon", large());
    let small = file(test, "small.jalon", SCHEDULE);
    let events: String = (0..500)
        .map(|case| {
            let event =
                format!("{{\"case\":\"D-{case}\",\"date\":\"2025-03-01\",\"kind\":\"start\"}}\n");
            format!("{event}{event}")
        })
        .collect();
    let events = file(test, "events.ndjson", events);
    let (kept, missing) = (file(test, "kept", KEPT), file(test, "missing", ""));
    std::fs::remove_file(&missing).unwrap();
    let before = held(&source);
    let run = ["run", "--schedule", &small, "--events", &events, "--as-of", "2025-12-31"];
    for target in [&kept, &missing] {
        for call in [
            vec!["compile", &source, "-o", target],
            vec!["fmt", &source],
            vec!["test", "--bless", &source],
        ] {
            let outcome = on_a_full_disk(&call);
            assert_eq!(outcome.code, 2, "{call:?}: {}", outcome.err);
            assert!(outcome.err.contains("the file is too large"), "{call:?}: {}", outcome.err);
            assert_eq!(held(&source), before, "{call:?}");
            assert_eq!(read(&kept), KEPT, "{call:?}");
            assert_eq!(read(&source), large(), "{call:?}");
        }
    }
    // Notices are of this run, or there are none.
    let noticed = file(test, "noticed", OLD_NOTICES);
    for target in [&noticed, &missing] {
        let outcome = on_a_full_disk(&[&run[..], &["--notices", target]].concat());
        assert_eq!(outcome.code, 2, "{}", outcome.err);
        assert!(outcome.err.contains("the file is too large"), "{}", outcome.err);
        assert_eq!(held(&source), ["events.ndjson", "kept", "large.jalon", "small.jalon"]);
    }
    // There is nothing wrong with the calls.
    assert_eq!(jalon(&["compile", &source, "-o", &kept]).code, 0);
    assert!(!read(&kept).is_empty());
    let noticed = file(test, "noticed", OLD_NOTICES);
    assert_eq!(jalon(&[&run[..], &["--notices", &noticed]].concat()).code, 0);
    assert_eq!(read(&noticed).lines().count(), 500);
}

#[test]
fn a_new_file_has_the_permissions_of_the_old_one_or_those_of_any_new_file() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let test = "permissions";
    let _ = std::fs::remove_dir_all(folder(test));
    let source = file(test, "s.jalon", SCHEDULE);
    let old = file(test, "old.json", "");
    let mode = |path: &str| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    std::fs::set_permissions(&old, std::fs::Permissions::from_mode(0o640)).unwrap();
    assert_eq!(jalon(&["compile", &source, "-o", &old]).code, 0);
    assert!(mode(&old) == 0o640 && !read(&old).is_empty());
    let new = beside(&old, "new.json");
    assert_eq!(jalon(&["compile", &source, "-o", &new]).code, 0);
    assert_eq!(mode(&new), mode(&source), "as a test's own file has");
    // A link stays one, and leads to the new file.
    let link = beside(&old, "link.json");
    symlink(&new, &link).unwrap();
    let other = file(test, "other.jalon", SCHEDULE.replace("1500", "1600"));
    assert_eq!(jalon(&["compile", &other, "-o", &link]).code, 0);
    assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
    assert!(read(&new).contains("1600"), "{}", read(&new));
    // What may not be written is left alone, and a folder is none to write to.
    std::fs::set_permissions(&old, std::fs::Permissions::from_mode(0o440)).unwrap();
    let before = read(&old);
    assert_eq!(jalon(&["compile", &other, "-o", &old]).code, 2);
    assert_eq!(read(&old), before);
    let folder = Path::new(&old).parent().unwrap().to_str().unwrap();
    let outcome = jalon(&["compile", &source, "-o", folder]);
    assert_eq!(outcome.code, 2);
    assert!(outcome.err.contains("this is a folder"), "{}", outcome.err);
    let outcome = jalon(&["compile", &source, "-o", "/no/such/folder/s.json"]);
    assert_eq!(outcome.code, 2);
    assert!(outcome.err.contains("/no/such/folder/s.json: there is no such"), "{}", outcome.err);
}

/// Runs with both files in which a run gives account, where those of an earlier one stand.
fn run_again(test: &str, schedule: &str, events: &str) -> (Outcome, [Option<String>; 2]) {
    let schedule = file(test, "s.jalon", schedule);
    let events = file(test, "e.ndjson", events);
    let (notices, summary) =
        (file(test, "notices", OLD_NOTICES), file(test, "summary", OLD_SUMMARY));
    let call = ["run", "--schedule", &schedule, "--events", &events, "--as-of", "2025-12-31"];
    let files = ["--notices", &notices, "--summary", &summary];
    let outcome = jalon(&[&call[..], &files].concat());
    let left = [notices, summary].map(|path| Path::new(&path).exists().then(|| read(&path)));
    (outcome, left)
}

#[test]
fn a_run_that_fails_leaves_no_accounts_of_an_earlier_one() {
    let start = r#"{"case":"A","date":"2025-01-02","kind":"start"}"#;
    for (test, schedule, events) in [
        ("wrong", SCHEDULE.replace("25 %", "250 %"), start.to_owned()),
        ("unreadable", SCHEDULE.to_owned(), format!("{start}\nno event\n")),
        ("no_schedule", "# nothing\n".to_owned(), start.to_owned()),
    ] {
        let (outcome, left) = run_again(test, &schedule, &events);
        assert_eq!((outcome.code, outcome.out.as_str()), (2, ""), "{test}: {}", outcome.err);
        assert_eq!(left, [None, None], "{test}");
    }
    // Withheld cases are no failure: the accounts tell of them.
    let withheld = format!("{start}\n{}\n", start.replace("start", "void"));
    for (test, events, code, billed) in [("sound", start, 0, 1), ("withheld", &withheld, 1, 0)] {
        let (outcome, [notices, summary]) = run_again(test, SCHEDULE, events);
        assert_eq!(outcome.code, code, "{}", outcome.err);
        let notices = notices.unwrap();
        assert_eq!(notices.matches("\"notice\":\"withheld\"").count(), usize::from(code == 1));
        assert_eq!(notices.lines().count(), usize::from(code == 1));
        let summary: serde_json::Value = serde_json::from_str(&summary.unwrap()).unwrap();
        assert_eq!(summary["cases"]["billed"], billed);
    }
}

#[test]
fn no_file_that_a_run_reads_is_taken_away() {
    let test = "apart";
    let schedule = file(test, "schedules/s.jalon", SCHEDULE);
    let folder = Path::new(&schedule).parent().unwrap().to_str().unwrap();
    let events = file(test, "e.ndjson", r#"{"case":"A","date":"2025-01-02","kind":"start"}"#);
    let issued = file(test, "issued.ndjson", "");
    let (fresh, link) = (beside(&issued, "fresh.ndjson"), beside(&issued, "link.ndjson"));
    let _ = std::fs::remove_file(&link);
    std::os::unix::fs::symlink(&events, &link).unwrap();
    let before = [&schedule, &events, &issued].map(|path| read(path));
    for option in ["--summary", "--notices"] {
        for (schedules, file) in [
            (schedule.as_str(), &schedule),
            (folder, &schedule),
            (folder, &events),
            (folder, &link),
            (folder, &issued),
        ] {
            for (lang, says) in [("en", "this call reads the file"), ("fr", "lit ce fichier")] {
                let call = ["run", "--schedule", schedules, "--events", &events];
                let more = ["--issued", &issued, "--lang", lang, option, file];
                let outcome = jalon(&[&call[..], &more].concat());
                assert_eq!((outcome.code, outcome.out.as_str()), (2, ""), "{file}");
                assert!(outcome.err.contains(says), "{file}: {}", outcome.err);
            }
        }
    }
    let both = ["--summary", &fresh, "--notices", &beside(&issued, "../apart/fresh.ndjson")];
    let call = ["run", "--schedule", folder, "--events", &events];
    let outcome = jalon(&[&call[..], &both].concat());
    assert_eq!((outcome.code, outcome.out.as_str()), (2, ""));
    assert!(outcome.err.contains("name the same file"), "{}", outcome.err);
    assert!(!Path::new(&fresh).exists());
    assert_eq!([&schedule, &events, &issued].map(|path| read(path)), before);
    // What is no file takes both.
    let both = ["--summary", "/dev/null", "--notices", "/dev/null"];
    assert_eq!(jalon(&[&call[..], &both].concat()).code, 0);
    // A file among schedules that is none is no file that is read.
    let summary = beside(&schedule, "summary.json");
    assert_eq!(jalon(&[&call[..], &["--summary", &summary]].concat()).code, 0);
    assert_eq!(jalon(&[&call[..], &["--summary", &summary]].concat()).code, 0);
}

/// What somebody may have written by hand, or another program, is not lost to a call that names the wrong file.
#[test]
fn no_file_of_another_kind_is_written_over() {
    let test = "another-kind";
    let source = file(test, "s.jalon", SCHEDULE);
    let events = file(test, "e.ndjson", r#"{"case":"A","date":"2025-01-02","kind":"start"}"#);
    let run = ["run", "--schedule", &source, "--events", &events];
    let compile = ["compile", &source, "-o"];
    let compiled = jalon(&["compile", &source, "-o", "-"]).out;
    let newer = compiled.replace("\"language_version\": 2", "\"language_version\": 99");
    assert_ne!(newer, compiled);
    let others = [
        ("notes.txt", "by hand"),
        ("package.json", "{\"name\": \"site\", \"format\": \"module\"}"),
        ("other.jalon", SCHEDULE),
        ("lines.ndjson", "{\"case\":\"A\",\"schedule\":\"jalon artefact\"}\n"),
    ];
    for (name, text) in others {
        let there = file(test, name, text);
        let calls: [(&[&str], &str); 3] = [
            (&compile, "add --force"),
            (&[&run[..], &["--notices"]].concat(), "no earlier run has written this file"),
            (&[&run[..], &["--summary"]].concat(), "no earlier run has written this file"),
        ];
        for (call, says) in calls {
            let outcome = jalon(&[call, &[&there]].concat());
            assert_eq!((outcome.code, outcome.out.as_str()), (2, ""), "{call:?} {name}");
            assert!(outcome.err.contains(says), "{call:?} {name}: {}", outcome.err);
            assert_eq!(read(&there), text, "{call:?} {name}");
        }
        let french = jalon(&[&compile[..], &[&there, "--lang", "fr"]].concat());
        assert!(french.err.contains("ajoutez --force"), "{}", french.err);
        let forced = jalon(&[&compile[..], &[&there, "--force"]].concat());
        assert_eq!((forced.code, read(&there)), (0, compiled.clone()), "{name}: {}", forced.err);
    }
    // A compiled file is built anew: whole or cut off, of whatever version, laid out otherwise; an empty file holds nothing.
    let half = compiled.get(..60).unwrap();
    let other_layout = compiled.replace('\n', "").replace("\": ", "\":");
    for (number, there) in [&compiled, &newer, half, &other_layout, ""].into_iter().enumerate() {
        let there = file(test, &format!("{number}.json"), there);
        assert_eq!(jalon(&[&compile[..], &[&there]].concat()).code, 0, "{number}");
        assert_eq!(read(&there), compiled, "{number}");
    }
    // Accounts of an earlier run are, too, but not those of the other option.
    let notices = file(test, "notices", OLD_NOTICES);
    let summary = file(test, "summary", OLD_SUMMARY);
    let both = ["--notices", &notices, "--summary", &summary];
    assert_eq!(jalon(&[&run[..], &both].concat()).code, 0);
    let notices = file(test, "notices", OLD_NOTICES);
    let crossed = jalon(&[&run[..], &["--notices", &summary, "--summary", &notices]].concat());
    assert_eq!(crossed.code, 2, "{}", crossed.err);
    assert_eq!(read(&notices), OLD_NOTICES);
}
