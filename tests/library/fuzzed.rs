//! What fuzzing has found, and its seeds, run through the same checks as in `fuzz/`.

use std::collections::BTreeSet;
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

/// The fuzzer's dictionary has every word of the grammar, as it is read: folded. `INSTA_UPDATE=always` adds
/// those that are missing.
#[test]
fn the_dictionary_has_every_word() {
    let table = std::fs::read_to_string(root().join("grammar/words.toml")).unwrap();
    let table: toml::Table = table.parse().unwrap();
    let path = root().join("fuzz/words.dict");
    let dictionary = std::fs::read_to_string(&path).unwrap();
    let mut missing = BTreeSet::new();
    for word in table["word"].as_array().unwrap() {
        for spellings in ["en", "fr"] {
            for spelling in word[spellings].as_array().unwrap() {
                let folded = jalon::diagnostic::fold_for_likeness(spelling.as_str().unwrap());
                let parts = folded.split(' ').map(|part| format!("\"{part}\"\n"));
                missing.extend(parts.filter(|part| !dictionary.contains(&format!("\n{part}"))));
            }
        }
    }
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        std::fs::write(&path, dictionary + &missing.into_iter().collect::<String>()).unwrap();
        return;
    }
    assert!(missing.is_empty(), "fuzz/words.dict has no {missing:?}");
}
