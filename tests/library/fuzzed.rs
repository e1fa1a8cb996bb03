//! What fuzzing has found, and its seeds, run through the same checks as in `fuzz/`.

use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files of a folder, those of its folders included, in order.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = walkdir::WalkDir::new(folder)
        .into_iter()
        .map(|entry| entry.unwrap().into_path())
        .filter(|path| path.is_file())
        .collect();
    files.sort();
    files
}

/// Each target on the files of a folder.
fn replay(target: checks::target::Target, folder: &str) -> usize {
    let (name, check) = target;
    let files = files(&root().join(folder));
    for path in &files {
        let bytes = std::fs::read(path).unwrap();
        let outcome = std::panic::catch_unwind(|| check(&bytes));
        assert!(outcome.is_ok(), "{name}: {}", path.display());
    }
    files.len()
}

fn target(name: &str) -> checks::target::Target {
    checks::target::ALL.into_iter().find(|target| target.0 == name).unwrap()
}

#[test]
fn what_was_found_stays_mended() {
    let folders = std::fs::read_dir(root().join("tests/cases/fuzz")).unwrap();
    let mut run = 0;
    for folder in folders {
        let name = folder.unwrap().file_name().into_string().unwrap();
        run += replay(target(&name), &format!("tests/cases/fuzz/{name}"));
    }
    assert!(run > 0);
}

#[test]
fn seeds_pass() {
    for name in ["source", "layout"] {
        assert!(replay(target(name), "schedules") > 20);
        assert!(replay(target(name), "docs/examples") > 3);
    }
    assert!(replay(target("event_lines"), "fuzz/seeds/event_lines") > 2);
    assert!(replay(target("event_lines"), "docs/examples") > 3);
    // Choices need no seeds: any bytes are some.
    for name in ["written", "agreement"] {
        assert!(replay(target(name), "docs/examples") > 3);
    }
}

/// The fuzzer's dictionary has every word of the grammar.
#[test]
fn the_dictionary_has_every_word() {
    let grammar = std::fs::read_to_string(root().join("grammar/words.pest")).unwrap();
    let dictionary = std::fs::read_to_string(root().join("fuzz/words.dict")).unwrap();
    for line in grammar.lines() {
        let code = line.split("//").next().unwrap_or("");
        for word in code.split('"').skip(1).step_by(2) {
            if !word.trim().is_empty() && !word.contains('\\') {
                let entry = format!("\n\"{word}\"\n");
                assert!(dictionary.contains(&entry), "fuzz/words.dict has no {word}");
            }
        }
    }
}
