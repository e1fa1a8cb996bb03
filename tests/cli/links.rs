//! Links between the pages of the repository lead somewhere: to a file that is there, and to a heading that it has.
//! Files that a page names as `docs/…`, `src/…` and the like are there, too.

use crate::program;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

/// All Markdown of the repository, but for what was built or fetched.
fn pages(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if name.starts_with('.') || name == "target" || name == "node_modules" {
            continue;
        }
        if path.is_dir() {
            pages(&path, found);
        } else if name.ends_with(".md") {
            found.push(path);
        }
    }
}

fn all_pages() -> BTreeMap<PathBuf, String> {
    let mut found = Vec::new();
    pages(&program::root(), &mut found);
    found
        .into_iter()
        .map(|path| (path.canonicalize().unwrap(), std::fs::read_to_string(&path).unwrap()))
        .collect()
}

/// The lines of a page that are prose, with their numbers: what stands in a fence is none.
fn prose(page: &str) -> Vec<(usize, &str)> {
    let mut fenced = false;
    let mut lines = Vec::new();
    for (number, line) in page.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            lines.push((number + 1, line));
        }
    }
    lines
}

/// The anchor of a heading as GitHub makes it: in small letters, without what is neither letter nor digit, a
/// hyphen for each blank.
fn anchor(heading: &str) -> String {
    heading
        .trim()
        .to_lowercase()
        .chars()
        .filter(|letter| letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '_'))
        .map(|letter| if letter == ' ' { '-' } else { letter })
        .collect()
}

/// The anchors of a page. A heading that comes again gets a number.
fn anchors(page: &str) -> BTreeSet<String> {
    let mut times: HashMap<String, usize> = HashMap::new();
    let mut anchors = BTreeSet::new();
    for (_, line) in prose(page) {
        let heading = line.trim_start_matches('#');
        if heading.len() == line.len() || !heading.starts_with(' ') {
            continue;
        }
        let name = anchor(heading);
        let count = times.entry(name.clone()).or_insert(0);
        anchors.insert(if *count == 0 { name } else { format!("{name}-{count}") });
        *count += 1;
    }
    anchors
}

/// The targets of the links of a line: `[words](target)`.
fn targets(line: &str) -> Vec<&str> {
    line.split("](").skip(1).filter_map(|rest| Some(rest.split_once(')')?.0)).collect()
}

/// Why a target leads nowhere.
fn astray(from: &Path, target: &str, pages: &BTreeMap<PathBuf, String>) -> Option<String> {
    if target.starts_with("https://") || target.starts_with("http://") {
        return None;
    }
    let (file, anchor) = target.split_once('#').map_or((target, None), |(a, b)| (a, Some(b)));
    let path = if file.is_empty() { from.to_owned() } else { from.parent().unwrap().join(file) };
    let Ok(path) = path.canonicalize() else { return Some(format!("no file {file}")) };
    let anchor = anchor?;
    match pages.get(&path) {
        Some(page) if anchors(page).contains(anchor) => None,
        Some(_) => Some(format!("no heading #{anchor} in {}", path.display())),
        None => Some(format!("{file} is no page, and has no headings")),
    }
}

#[test]
fn links_lead_to_files_and_headings() {
    let pages = all_pages();
    let mut seen = 0;
    let mut wrong = Vec::new();
    for (path, page) in &pages {
        for (number, line) in prose(page) {
            for target in targets(line) {
                seen += 1;
                if let Some(why) = astray(path, target, &pages) {
                    wrong.push(format!("{}:{number}: {target}: {why}", path.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(seen > 150, "{seen} links");
}

#[test]
fn a_link_that_leads_nowhere_is_found() {
    let pages = all_pages();
    let readme = program::root().join("README.md").canonicalize().unwrap();
    let leads = |target: &str| astray(&readme, target, &pages).is_none();
    assert!(leads("docs/language-reference.md#event-files"));
    assert!(leads("docs/language.md"));
    assert!(leads("#on-a-new-machine"));
    assert!(!leads("docs/language.md#event-files"));
    assert!(!leads("docs/no-such-page.md"));
    assert!(!leads("#no-such-heading"));
}

/// The folders whose files pages name.
const FOLDERS: &[&str] =
    &["benches", "crates", "docs", "findings", "grammar", "schedules", "scripts", "src", "tests"];

#[test]
fn files_that_pages_name_are_there() {
    let mut seen = 0;
    let mut wrong = Vec::new();
    for (path, page) in all_pages() {
        for (number, line) in prose(&page) {
            for name in line.split('`').skip(1).step_by(2) {
                let named = FOLDERS.iter().any(|folder| {
                    name.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
                });
                // `tests/cases/fuzz/TARGET` stands for several, and so does `…`.
                let one = !name.contains(|letter: char| {
                    letter.is_whitespace() || letter.is_ascii_uppercase() || "…{*<".contains(letter)
                });
                if !named || !one {
                    continue;
                }
                seen += 1;
                if !program::root().join(name).exists() {
                    wrong.push(format!("{}:{number}: {name}", path.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(seen > 100, "{seen} names");
}
