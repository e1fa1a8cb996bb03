//! Compiled schedules: written, loaded and billed on as their sources; their hashes stay with what
//! is billed and change with it; whatever else is loaded is refused, at its place, without a panic.

mod follow;
mod program_on_artefacts;
mod refused;
mod same_bytes;
mod second;

use crate::program;
use jalon::{Compiled, compile, load};
use serde_json::Value;

/// The schedules of the guide: file and text.
fn teo() -> Vec<(String, String)> {
    let folder = program::root().join("schedules/teo");
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let name = |path: &std::path::PathBuf| path.file_name().unwrap().to_str().unwrap().to_owned();
    paths.iter().map(|path| (name(path), std::fs::read_to_string(path).unwrap())).collect()
}

fn sound(source: &str) -> Compiled {
    compile("a schedule", source)
        .unwrap_or_else(|report| panic!("{:#?}\n{source}", report.diagnostics))
}

fn loaded(artefact: &str) -> Compiled {
    load("an artefact", artefact.as_bytes(), None)
        .unwrap_or_else(|report| panic!("{:#?}\n{artefact}", report.diagnostics))
}

fn artefact(file: &str) -> String {
    let source = std::fs::read_to_string(program::root().join("schedules/teo").join(file)).unwrap();
    sound(&source).to_artefact().unwrap()
}

fn value(artefact: &str) -> Value {
    serde_json::from_str(artefact).unwrap()
}
