//! The floors of the house: which crate may name which, and which module of it. The table in `docs/house.md` is the documentation;
//! this test holds manifests and code to it. It also holds a few absences, and the licences of what others wrote.

#![forbid(unsafe_code)]
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test may panic, and reads the source files"
)]

mod circles;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The licences that a package may be had under: each lets us pass the program on under ours.
const LICENCES: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CC0-1.0",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Zlib",
];

/// What may read files, print, and know the day.
const TOP: &[&str] = &["cli", "main"];

/// A row of the table of crates in `docs/house.md`.
struct Row {
    /// The package.
    package: String,
    /// Its modules, each naming none that stands behind it.
    modules: Vec<String>,
    /// The packages of ours that it names.
    names: BTreeSet<String>,
}

/// The table of crates.
fn rows() -> Vec<Row> {
    let page = fs::read_to_string(root().join("docs/house.md")).unwrap();
    let is_row = |line: &&str| line.starts_with("| `jalon");
    let words = |cell: &str| -> Vec<String> {
        cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
    };
    let row = |line: &str| {
        let cells: Vec<&str> = line.split('|').collect();
        let [_, package, modules, _, names, _] = cells[..] else { panic!("{line}") };
        let package = words(package).remove(0);
        Row { package, modules: words(modules), names: words(names).into_iter().collect() }
    };
    page.lines().filter(is_row).map(row).collect()
}

fn source_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(source_files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Crates that are no part of the program: they name it, or stand beside it.
const BESIDE: &[&str] = &["checks", "host", "reference"];

/// The folders of the crates that the program is made of, the one on top of them first.
fn ours() -> Vec<PathBuf> {
    let below = fs::read_dir(root().join("crates")).unwrap().map(|entry| entry.unwrap().path());
    let is_ours = |folder: &PathBuf| !BESIDE.iter().any(|beside| folder.ends_with(beside));
    let mut folders: Vec<PathBuf> = below.filter(is_ours).collect();
    folders.push(root());
    folders.sort();
    folders
}

/// The files that the program is made of.
fn our_files() -> Vec<PathBuf> {
    ours().iter().flat_map(|folder| source_files(&folder.join("src"))).collect()
}

/// The first folder or file name below the `src` of a crate.
fn module_of(path: &Path) -> String {
    let below = path.strip_prefix(root()).unwrap();
    let mut parts = below.iter().skip_while(|part| *part != "src").skip(1);
    parts.next().unwrap().to_string_lossy().trim_end_matches(".rs").to_owned()
}

/// The modules of ours that a text names, by `crate::name` and `crate::{a::…, b::…}`.
fn named(text: &str) -> Vec<String> {
    let code: String = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n");
    let mut names = Vec::new();
    for part in code.split("crate::").skip(1) {
        let word: String = part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        names.push(word);
        if let Some(list) = part.strip_prefix('{') {
            let mut depth = 0_usize;
            let mut word = String::new();
            for c in list.chars() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => {
                        names.push(std::mem::take(&mut word));
                    }
                    c => word.push(c),
                }
            }
            names.push(word);
        }
    }
    names
        .iter()
        .map(|name| name.trim().split("::").next().unwrap_or("").trim().to_owned())
        .filter(|name| !name.is_empty())
        .collect()
}

#[test]
fn crates_name_what_the_table_says() {
    let rows = rows();
    assert_eq!(rows.len(), ours().len());
    for folder in ours() {
        let manifest = manifest(&folder);
        let package = package(&manifest);
        let row = rows.iter().find(|row| row.package == package).unwrap();
        let needed = manifest.get("dependencies").and_then(toml::Value::as_table).unwrap();
        let is_ours = |name: &&String| rows.iter().any(|row| row.package == **name);
        let named: BTreeSet<String> = needed.keys().filter(is_ours).cloned().collect();
        assert_eq!(row.names, named, "{package}");
        let root_of_crate = fs::read_to_string(folder.join("src/lib.rs")).unwrap();
        for name in named {
            let name = name.replace('-', "_");
            assert!(
                root_of_crate.contains(&format!("use {name}::")),
                "{package} has no use of {name}"
            );
        }
    }
}

#[test]
fn no_module_names_one_behind_it() {
    let mut faults = Vec::new();
    for (folder, row) in ours().iter().map(|folder| (folder, row_of(folder))) {
        let files = source_files(&folder.join("src"));
        let seen: BTreeSet<String> = files.iter().map(|path| module_of(path)).collect();
        let roots = ["lib", "main"].map(str::to_owned);
        let told: BTreeSet<String> = row.modules.iter().chain(&roots).cloned().collect();
        assert!(seen.is_subset(&told), "{}: {seen:?}", row.package);
        assert!(row.modules.iter().all(|module| seen.contains(module)), "{}", row.package);
        for path in files {
            let Some(place) = row.modules.iter().position(|own| *own == module_of(&path)) else {
                continue;
            };
            let behind = &row.modules[place + 1..];
            let named = named(&fs::read_to_string(&path).unwrap());
            faults.extend(named.iter().filter(|name| behind.contains(name)).map(|name| {
                format!("{}: {} may not name {name}", path.display(), row.modules[place])
            }));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

fn row_of(folder: &Path) -> Row {
    let package = package(&manifest(folder));
    rows().into_iter().find(|row| row.package == package).unwrap()
}

/// What a crate depends on stands in its code, or in what builds it; what is optional, in its tests as well, since what those need
/// alone cannot be optional.
#[test]
fn crates_use_what_they_depend_on() {
    for folder in ours() {
        let mut files = source_files(&folder.join("src"));
        files.extend([folder.join("build.rs")].into_iter().filter(|path| path.exists()));
        let read = |files: &[PathBuf]| -> String {
            files.iter().map(|path| fs::read_to_string(path).unwrap()).collect()
        };
        let code = read(&files);
        let tried = [folder.join("tests/cli/parquet"), folder.join("benches")];
        let tried = tried.iter().filter(|path| path.is_dir()).flat_map(|path| source_files(path));
        let tried = read(&tried.collect::<Vec<_>>());
        let manifest = manifest(&folder);
        for name in dependencies_of("dependencies", &manifest) {
            let table = manifest.get("dependencies").and_then(|table| table.get(&name));
            let optional = table.and_then(|table| table.get("optional")).is_some();
            let name = name.replace('-', "_");
            let is_in = |code: &str| {
                ["::", "!", ";", "]"].iter().any(|end| code.contains(&format!("{name}{end}")))
            };
            let used = is_in(&code) || optional && is_in(&tried);
            assert!(used, "{}: {name}", folder.display());
        }
    }
}

/// Sets of files that all lead to one another: what each of them needs of the others belongs in a file below them.
#[test]
fn no_files_stand_in_a_circle() {
    for folder in ours() {
        let src = folder.join("src");
        let circles = circles::Files::read(&src, &source_files(&src)).circles();
        assert!(circles.is_empty(), "{}: {circles:#?}", folder.display());
    }
}

#[test]
fn nothing_below_the_command_line_reads_writes_or_knows_the_day() {
    let absent = [
        "std::fs",
        "std::io::stdin",
        "std::io::stdout",
        "std::env",
        "SystemTime",
        "println!",
        "f64",
        "f32",
    ];
    for path in our_files() {
        if TOP.contains(&module_of(&path).as_str()) {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        for (number, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap_or("");
            for word in absent {
                assert!(!code.contains(word), "{}:{}: {word}", path.display(), number + 1);
            }
        }
    }
}

#[test]
fn the_rules_of_the_grammar_stay_in_syntax() {
    for path in our_files() {
        let of_language = path.starts_with(root().join("crates/language"));
        if !(of_language && module_of(&path) == "syntax") {
            let text = fs::read_to_string(&path).unwrap();
            assert!(!text.contains("Rule::"), "{}", path.display());
            assert!(!text.contains("pest"), "{}", path.display());
        }
    }
}

/// Only the program itself, which looks at its streams before it begins, does not forbid unsafe code.
#[test]
fn unsafe_code_is_forbidden() {
    let roots = ["crates/language/build.rs", "src/lib.rs"].map(|file| root().join(file));
    let folders =
        ["crates", "tests", "benches"].iter().flat_map(|folder| source_files(&root().join(folder)));
    let mains = folders.filter(|path| {
        let relative = path.strip_prefix(root()).unwrap();
        let root_of_crate = relative.ends_with("src/lib.rs") || relative.ends_with("main.rs");
        root_of_crate && !relative.starts_with("benches/peers")
    });
    let mut count = 0;
    for path in roots.into_iter().chain(mains) {
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains("#![forbid(unsafe_code)]"), "{}", path.display());
        count += 1;
    }
    assert!(count >= 9, "{count}");
    let program = fs::read_to_string(root().join("src/main.rs")).unwrap();
    assert_eq!(
        program.matches("unsafe").count(),
        1,
        "the program looks at its streams, and no more"
    );
}

/// Each host and what it names of ours: the layer below it and, to WebAssembly, the border that these share. Hosts do not
/// name each other, except that the extension of an editor and the playground carry the language server. That shows what the
/// library finds in a text, and names the library itself.
const HOSTS_NAME: &[(&str, &[&str])] = &[
    ("border", &[]),
    ("c", &["jalon-host"]),
    ("http", &["jalon-host"]),
    ("language-server", &["jalon"]),
    ("playground", &["jalon-border", "jalon-host", "jalon-language-server"]),
    ("python", &["jalon-host"]),
    ("vscode", &["jalon-border", "jalon-language-server"]),
    ("wasm", &["jalon-border", "jalon-host"]),
];

/// Hosts name what the table says of them and nothing else of ours; what is unsafe stands in one file of each, with its
/// reason.
#[test]
fn hosts_are_borders() {
    let of_hosts = |folder: &Path| folder.starts_with(root().join("hosts"));
    let hosts: Vec<_> = manifests().into_iter().filter(|(folder, _)| of_hosts(folder)).collect();
    assert_eq!(hosts.len(), HOSTS_NAME.len());
    for (folder, manifest) in hosts {
        let ours = dependencies(&manifest).into_iter().filter(|name| name.starts_with("jalon"));
        let (_, named) = HOSTS_NAME.iter().find(|(host, _)| folder.ends_with(host)).unwrap();
        assert!(ours.eq(named.iter().copied()), "{}", folder.display());
        for path in source_files(&folder.join("src")) {
            let text = fs::read_to_string(&path).unwrap();
            let text = text.replace("#![forbid(unsafe_code)]", "");
            let is_border = path.ends_with("src/lib.rs");
            let blocks = text.matches("unsafe {").count();
            assert!(is_border || !text.contains("unsafe"), "{}", path.display());
            assert_eq!(blocks, text.matches("// SAFETY: ").count(), "{}", path.display());
        }
    }
}

#[test]
fn every_file_opens_by_saying_what_it_is() {
    let folders = [
        "crates/host/src",
        "hosts/border/src",
        "hosts/c/src",
        "hosts/http/src",
        "hosts/language-server/src",
        "hosts/playground/src",
        "hosts/python/src",
        "hosts/vscode/src",
        "hosts/wasm/src",
    ];
    let folders = folders.map(|folder| root().join(folder));
    let hosts = folders.iter().flat_map(|folder| source_files(folder));
    for path in our_files().into_iter().chain(hosts) {
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("//! "), "{}", path.display());
    }
}

#[test]
fn every_dependency_is_there_for_a_reason() {
    let decisions = fs::read_to_string(root().join("docs/decisions.md")).unwrap();
    let reasons: String = decisions.lines().filter(|line| line.starts_with('|')).collect();
    let words: Vec<&str> =
        reasons.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-')).collect();
    let manifests = manifests();
    let ours: Vec<String> = manifests.iter().map(|(_, manifest)| package(manifest)).collect();
    for name in manifests.iter().flat_map(|(_, manifest)| dependencies(manifest)) {
        // Crates of ours are layers: the map of the house says who may name whom.
        if ours.contains(&name) {
            continue;
        }
        assert!(words.contains(&name.as_str()), "docs/decisions.md says nothing of {name}");
    }
}

/// The manifests of the program and of each crate beside it, with their folders.
fn manifests() -> Vec<(PathBuf, toml::Table)> {
    let below = |folder: &str| fs::read_dir(root().join(folder)).unwrap();
    let all = below("crates").chain(below("hosts")).map(|entry| entry.unwrap().path());
    let mut folders: Vec<PathBuf> = all.filter(|path| path.join("Cargo.toml").exists()).collect();
    folders.push(root());
    folders.into_iter().map(|folder| (folder.clone(), manifest(&folder))).collect()
}

fn manifest(folder: &Path) -> toml::Table {
    fs::read_to_string(folder.join("Cargo.toml")).unwrap().parse().unwrap()
}

/// The name of a package.
fn package(manifest: &toml::Table) -> String {
    let package = manifest.get("package").and_then(toml::Value::as_table).unwrap();
    package.get("name").and_then(toml::Value::as_str).unwrap().to_owned()
}

/// What a manifest depends on, wherever it says so.
fn dependencies(manifest: &toml::Table) -> Vec<String> {
    let tables = ["dependencies", "dev-dependencies", "build-dependencies"];
    tables.iter().flat_map(|table| dependencies_of(table, manifest)).collect()
}

/// What a manifest depends on by one kind of table, on every platform.
fn dependencies_of(table: &str, manifest: &toml::Table) -> Vec<String> {
    let tables = |value: Option<&toml::Value>| value.and_then(toml::Value::as_table).cloned();
    let own = tables(manifest.get(table)).into_iter().flatten().map(|(name, _)| name);
    let platforms = tables(manifest.get("target")).into_iter().flatten();
    let theirs = platforms.flat_map(|(_, of)| dependencies_of(table, of.as_table().unwrap()));
    own.chain(theirs).collect()
}

/// The lock of the hosts names what each crate needs today: a new package is written into both.
#[test]
fn hosts_lock_what_the_library_needs() {
    let lock = fs::read_to_string(root().join("hosts/Cargo.lock")).unwrap();
    let lock: toml::Table = lock.parse().unwrap();
    let packages = lock.get("package").unwrap().as_array().unwrap();
    for (folder, manifest) in manifests() {
        if !ours().contains(&folder) {
            continue;
        }
        let name = package(&manifest);
        let is_it = |other: &&toml::Value| other.get("name").unwrap().as_str() == Some(&name);
        let locked = packages.iter().find(is_it).unwrap();
        let locked = locked.get("dependencies").and_then(toml::Value::as_array);
        let locked = locked.into_iter().flatten().map(|name| name.as_str().unwrap());
        let locked: BTreeSet<&str> = locked.map(|name| name.split(' ').next().unwrap()).collect();
        assert_eq!(
            needed_by_hosts(&manifest),
            locked,
            "{name}: `cargo metadata --manifest-path hosts/Cargo.toml` writes the lock"
        );
    }
}

/// What a crate needs that is built for a host, columns of events and lines among it.
fn needed_by_hosts(manifest: &toml::Table) -> BTreeSet<&str> {
    let is_optional =
        |of: &toml::Value| of.get("optional").is_some_and(|it| it.as_bool() == Some(true));
    let tables = ["dependencies", "build-dependencies"].map(|table| manifest.get(table));
    let needed = tables.into_iter().flatten().flat_map(|table| table.as_table().unwrap());
    let needed = needed.filter(|(_, of)| !is_optional(of)).map(|(name, _)| name.as_str());
    let columns = manifest.get("features").and_then(|features| features.get("arrow"));
    let columns = columns.and_then(toml::Value::as_array).into_iter().flatten();
    let columns = columns.filter_map(|name| name.as_str().unwrap().strip_prefix("dep:"));
    needed.chain(columns).collect()
}

/// What the evaluator is held against must not lean on it.
#[test]
fn the_reference_names_nothing_of_ours() {
    let manifests = manifests();
    let (_, reference) =
        manifests.iter().find(|(folder, _)| folder.ends_with("crates/reference")).unwrap();
    let named = dependencies(reference);
    assert!(named.len() > 3 && !named.iter().any(|name| name.starts_with("jalon")), "{named:?}");
}

/// Whether one of our licences, or several that hold together, fulfil an expression.
fn may_be_had(expression: &str) -> bool {
    // Older packages write a slash for "or".
    let Ok(expression) = spdx::Expression::parse_mode(expression, spdx::ParseMode::LAX) else {
        return false;
    };
    expression.evaluate(|asked| LICENCES.contains(&asked.to_string().as_str()))
}

/// The workspace of what hosts in other languages load.
const HOSTS: &str = "hosts/Cargo.toml";

/// What cargo says. Nothing but what this test was built from need be on this machine.
fn cargo(arguments: &[&str]) -> String {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let output = Command::new(cargo).args(arguments).current_dir(root()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Every package that cargo tells of may be had under one of our licences.
fn assert_licences(which: &[&str]) {
    let metadata = cargo(&[&["metadata", "--format-version", "1"], which].concat());
    let metadata: serde_json::Value = serde_json::from_str(&metadata).unwrap();
    let packages = metadata.get("packages").and_then(|packages| packages.as_array()).unwrap();
    let fewest = if which.contains(&HOSTS) { 60 } else { 100 };
    assert!(packages.len() > fewest, "{} packages", packages.len());
    let field = |package: &serde_json::Value, name| {
        package.get(name).and_then(|text| text.as_str()).unwrap_or("none").to_owned()
    };
    let faults: Vec<String> = packages
        .iter()
        .map(|package| (field(package, "name"), field(package, "license")))
        .filter(|(_, licence)| !may_be_had(licence))
        .map(|(name, licence)| format!("{name}: {licence}"))
        .collect();
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn packages_of_this_platform_may_be_passed_on() {
    let version = cargo(&["-vV"]);
    let platform = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    assert_licences(&["--offline", "--filter-platform", platform]);
}

#[test]
#[ignore = "fetches the packages of every platform and feature"]
fn packages_of_every_platform_may_be_passed_on() {
    assert_licences(&["--locked", "--all-features"]);
    assert_licences(&["--locked", "--all-features", "--manifest-path", HOSTS]);
}

#[test]
fn licences_that_bind_are_seen() {
    for fine in ["MIT", "MIT/Apache-2.0", "Apache-2.0 / MIT", "GPL-3.0-only OR MIT", "MIT AND Zlib"]
    {
        assert!(may_be_had(fine), "{fine}");
    }
    for bad in
        ["GPL-3.0-only", "MIT AND GPL-2.0-or-later", "AGPL-3.0", "none", "", "SSPL-1.0/GPL-2.0"]
    {
        assert!(!may_be_had(bad), "{bad}");
    }
}

/// Kinds of the trade, and in how many files of the source each may be named: where more do, what is
/// matched there belongs beside the kind. `docs/house.md` says where they are to come to.
const KINDS: &[(&str, usize)] =
    &[("MonthEnd", 10), ("Abandonment", 17), ("ProRata", 12), ("Attendance", 15), ("Hourly", 13)];

#[test]
fn a_kind_is_named_in_few_files() {
    let files = our_files();
    let texts: Vec<String> = files.iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    // `ProRata` begins the names of its kinds; the others stand alone.
    let names = |text: &str, kind: &str| {
        text.split(|c: char| !(c.is_alphanumeric() || c == '_'))
            .any(|word| word == kind || kind == "ProRata" && word.starts_with(kind))
    };
    for (kind, most) in KINDS {
        let count = texts.iter().filter(|text| names(text, kind)).count();
        assert!(count <= *most, "{kind} is named in {count} files, and is to be in {most}");
        assert!(count > 0, "nothing is called {kind} any more");
    }
}
