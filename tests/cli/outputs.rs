//! Files that a call asks for: whole, or as they were before.

use super::SCHEDULE;
use super::program::{Outcome, file, jalon, read, root};
use std::path::Path;
use std::process::{Command, Stdio};

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
    let _ = std::fs::remove_dir_all(Path::new(env!("CARGO_TARGET_TMPDIR")).join(test));
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
    let (kept, missing) = (file(test, "kept", "kept"), file(test, "missing", ""));
    std::fs::remove_file(&missing).unwrap();
    let before = held(&source);
    let run = ["run", "--schedule", &small, "--events", &events, "--as-of", "2025-12-31"];
    for target in [&kept, &missing] {
        for call in [
            vec!["compile", &source, "-o", target],
            [&run[..], &["--notices", target]].concat(),
            vec!["fmt", &source],
            vec!["test", "--bless", &source],
        ] {
            let outcome = on_a_full_disk(&call);
            assert_eq!(outcome.code, 2, "{call:?}: {}", outcome.err);
            assert!(outcome.err.contains("the file is too large"), "{call:?}: {}", outcome.err);
            assert_eq!(held(&source), before, "{call:?}");
            assert_eq!(read(&kept), "kept", "{call:?}");
            assert_eq!(read(&source), large(), "{call:?}");
        }
    }
    // There is nothing wrong with the calls.
    assert_eq!(jalon(&["compile", &source, "-o", &kept]).code, 0);
    assert_ne!(read(&kept), "kept");
}

#[test]
fn a_new_file_has_the_permissions_of_the_old_one_or_those_of_any_new_file() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let test = "permissions";
    let _ = std::fs::remove_dir_all(Path::new(env!("CARGO_TARGET_TMPDIR")).join(test));
    let source = file(test, "s.jalon", SCHEDULE);
    let old = file(test, "old.json", "");
    let mode = |path: &str| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    std::fs::set_permissions(&old, std::fs::Permissions::from_mode(0o640)).unwrap();
    assert_eq!(jalon(&["compile", &source, "-o", &old]).code, 0);
    assert!(mode(&old) == 0o640 && !read(&old).is_empty());
    let new = old.replace("old", "new");
    assert_eq!(jalon(&["compile", &source, "-o", &new]).code, 0);
    assert_eq!(mode(&new), mode(&source), "as a test's own file has");
    // A link stays one, and leads to the new file.
    let link = old.replace("old", "link");
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
