//! Which file of a crate names which, by `use` and by paths in the code; and the circles among them. In: the files of one crate. Out: each
//! set of files that all lead to one another. A name is followed through `pub use` to the file that has it, and what stands in a
//! file's own tests counts for nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// A module, by the names on the way to it from the root of its crate.
type Module = Vec<String>;

/// What a file has of others.
struct File {
    /// By `use`: the path, and the name that it has here.
    uses: Vec<(Module, String)>,
    /// All paths that begin at `crate`, `super` or `self`, those of `use` among them.
    paths: Vec<Module>,
}

/// The files of a crate.
pub struct Files(BTreeMap<Module, File>);

impl Files {
    /// Reads the files below the `src` of a crate.
    pub fn read(src: &Path, files: &[std::path::PathBuf]) -> Files {
        let module = |path: &Path| -> Module {
            let below = path.strip_prefix(src).unwrap().with_extension("");
            let names = below.iter().map(|name| name.to_string_lossy().into_owned());
            names.filter(|name| !["mod", "lib", "main"].contains(&name.as_str())).collect()
        };
        let read = |path: &std::path::PathBuf| {
            (module(path), File::new(&fs::read_to_string(path).unwrap()))
        };
        let tests =
            |path: &&std::path::PathBuf| !path.ends_with("tests.rs") && !path.ends_with("main.rs");
        Files(files.iter().filter(tests).map(read).collect())
    }

    /// The sets of files that lead to one another, the larger ones first.
    pub fn circles(&self) -> Vec<Vec<String>> {
        let names: BTreeMap<&Module, BTreeSet<&Module>> =
            self.0.iter().map(|(module, file)| (module, self.named_by(module, file))).collect();
        let reach: BTreeMap<&Module, BTreeSet<&Module>> =
            names.keys().map(|module| (*module, reached(module, &names))).collect();
        let mut circles: Vec<Vec<String>> = Vec::new();
        let mut seen: BTreeSet<&Module> = BTreeSet::new();
        for (module, others) in &reach {
            if seen.contains(module) || !others.contains(module) {
                continue;
            }
            let circle = others.iter().filter(|other| reach[**other].contains(*module));
            let circle: Vec<&Module> = circle.copied().collect();
            seen.extend(&circle);
            circles.push(circle.iter().map(|module| module.join("/")).collect());
        }
        circles.sort_by_key(|circle| std::cmp::Reverse(circle.len()));
        circles
    }

    fn named_by<'f>(&'f self, module: &Module, file: &File) -> BTreeSet<&'f Module> {
        let paths = file.paths.iter().filter_map(|path| self.absolute(module, path));
        let files = paths.filter_map(|path| self.file_of(&path, 0));
        files.filter(|other| *other != module).collect()
    }

    /// A path from the root of the crate; none where it leads to another crate.
    fn absolute(&self, module: &Module, path: &[String]) -> Option<Module> {
        let up = path.iter().take_while(|name| *name == "super").count();
        let (base, rest) = match path.first()?.as_str() {
            "crate" => (&[][..], &path[1..]),
            "self" => (&module[..], &path[1..]),
            "super" => (&module[..module.len().checked_sub(up)?], &path[up..]),
            name => {
                let below = [&module[..], &[name.to_owned()]].concat();
                self.0.contains_key(&below).then_some((&module[..], path))?
            }
        };
        Some([base, rest].concat())
    }

    /// The file that has what a path names.
    fn file_of(&self, path: &[String], steps: usize) -> Option<&Module> {
        let known = (0..=path.len()).rev().find(|length| self.0.contains_key(&path[..*length]))?;
        let (module, file) = self.0.get_key_value(&path[..known])?;
        let again = path.get(known).and_then(|name| file.uses.iter().find(|(_, own)| own == name));
        match again {
            Some((from, _)) if steps < 8 => {
                let from = self.absolute(module, from)?;
                self.file_of(&[&from[..], &path[known + 1..]].concat(), steps + 1)
            }
            Some(_) | None => Some(module),
        }
    }
}

/// All that a module leads to.
fn reached<'f>(
    from: &'f Module,
    names: &BTreeMap<&'f Module, BTreeSet<&'f Module>>,
) -> BTreeSet<&'f Module> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<&Module> = names[from].iter().copied().collect();
    while let Some(module) = open.pop() {
        if reached.insert(module) {
            open.extend(&names[module]);
        }
    }
    reached
}

impl File {
    fn new(text: &str) -> File {
        let lines = text.lines().map(|line| line.split("//").next().unwrap_or(""));
        let code = lines.collect::<Vec<_>>().join("\n");
        let code = code.split("#[cfg(test)]\nmod tests {").next().unwrap_or("");
        let (mut uses, mut paths, mut rest) = (Vec::new(), Vec::new(), String::new());
        for part in code.split_inclusive(';') {
            let Some((before, tree)) = split_use(part) else {
                rest.push_str(part);
                continue;
            };
            rest.push_str(before);
            let mut all = Vec::new();
            leaves(&[], tree.trim_end_matches(';'), &mut all);
            // What is only offered again, from a module below, is no use of it here.
            let is_offered = before.trim_end().ends_with("pub") || before.trim_end().ends_with(')');
            if !is_offered {
                paths.extend(all.iter().map(|(path, _)| path.clone()));
            }
            uses.extend(all);
        }
        let word = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
        for path in rest.split(|c: char| !word(c)) {
            let names: Module = path.split("::").map(str::to_owned).collect();
            if names.len() > 1 && ["crate", "super", "self"].contains(&names[0].as_str()) {
                paths.push(names);
            }
        }
        File { uses, paths }
    }
}

/// A statement that ends with a `use`, and the tree after the word.
fn split_use(statement: &str) -> Option<(&str, &str)> {
    let place = statement.rfind("use ")?;
    let (before, tree) = statement.split_at(place);
    let begins = before.is_empty() || before.ends_with([' ', '\n', '}']);
    let tree = tree.strip_prefix("use ")?;
    (begins && tree.starts_with(|c: char| c.is_alphanumeric() || c == '{'))
        .then_some((before, tree))
}

/// Each name of a tree of `use`: its path, and what it is called here.
fn leaves(prefix: &[String], tree: &str, all: &mut Vec<(Module, String)>) {
    let (mut depth, mut start) = (0_usize, 0);
    let mut parts = Vec::new();
    for (place, c) in tree.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&tree[start..place]);
                start = place + 1;
            }
            _ => {}
        }
    }
    parts.push(&tree[start..]);
    for part in parts.into_iter().map(str::trim).filter(|part| !part.is_empty()) {
        let names = |path: &str| -> Module {
            let names = path.split("::").map(str::trim).filter(|name| !name.is_empty());
            prefix.iter().cloned().chain(names.map(str::to_owned)).collect()
        };
        if let Some((path, below)) = part.split_once('{') {
            leaves(&names(path), below.strip_suffix('}').unwrap_or(below), all);
            continue;
        }
        let (path, called) = part.split_once(" as ").unwrap_or((part, ""));
        let mut path = names(path);
        path.pop_if(|last| last == "self");
        let own = path.last().cloned().unwrap_or_default();
        all.push((path, if called.is_empty() { own } else { called.trim().to_owned() }));
    }
}
