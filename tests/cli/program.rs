//! The compiled program, run as a user runs it.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// What a run gave.
pub struct Outcome<Out = String> {
    pub code: i32,
    pub out: Out,
    pub err: String,
}

/// The root of the package.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Runs `jalon` from the root of the package.
pub fn jalon(arguments: &[&str]) -> Outcome {
    jalon_with_input(arguments, "")
}

/// Runs `jalon` with a text on standard input.
pub fn jalon_with_input(arguments: &[&str], input: &str) -> Outcome {
    let Outcome { code, out, err } = bytes_with_input(arguments, input);
    Outcome { code, out: String::from_utf8(out).unwrap(), err }
}

/// Runs `jalon` where it gives what is no text.
pub fn bytes(arguments: &[&str]) -> Outcome<Vec<u8>> {
    bytes_with_input(arguments, "")
}

fn bytes_with_input(arguments: &[&str], input: &str) -> Outcome<Vec<u8>> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_jalon"))
        .env("LC_ALL", "C")
        .args(arguments)
        .current_dir(root())
        .env("NO_COLOR", "1")
        .env_remove("COLUMNS")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that fails early closes its input: that is no fault of the test.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    Outcome {
        code: output.status.code().unwrap_or(-1),
        out: output.stdout,
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A folder for one test, apart from those that tests in other files have: they run at the same time.
#[track_caller]
pub fn folder(test: &str) -> PathBuf {
    let asking = std::panic::Location::caller().file().replace(['/', '\\', ':'], "-");
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(asking.trim_end_matches(".rs")).join(test)
}

/// Writes a file for one test; its path.
#[track_caller]
#[expect(clippy::disallowed_methods, reason = "a test writes its own files")]
pub fn file(test: &str, name: &str, text: impl AsRef<[u8]>) -> String {
    let folder = folder(test);
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

/// The path of a neighbour. Nothing is to be replaced in a path as a whole: its folders are not ours.
pub fn beside(path: &str, name: &str) -> String {
    let neighbour = PathBuf::from(path).with_file_name(name);
    neighbour.to_str().unwrap().to_owned()
}

/// Reads a file back.
#[expect(clippy::disallowed_methods, reason = "a test reads its own files")]
pub fn read(path: &str) -> String {
    std::fs::read_to_string(path).unwrap()
}
