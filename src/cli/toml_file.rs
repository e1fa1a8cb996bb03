//! Small files of a project in TOML: in, a path; out, the table, or where it is not written as TOML has it, in
//! words of ours.

use super::input;
use super::output::{Failure, plain};
use crate::span::LineIndex;
use std::path::Path;

/// What is wrong with such a file.
pub fn fault(path: &Path, english: &str, french: &str) -> Failure {
    let path = plain(&path.display().to_string());
    Failure::both(format!("{path}: {english}"), format!("{path} : {french}"))
}

/// Reads one.
pub fn read(path: &Path) -> Result<toml::Table, Failure> {
    let text = String::from_utf8(input::read_file(path)?)
        .map_err(|_| fault(path, "this file is not UTF-8", "ce fichier n'est pas en UTF-8"))?;
    text.parse().map_err(|error: toml::de::Error| {
        let at = error.span().map_or(0, |span| span.start);
        let place = LineIndex::new(&text).position(&text, u32::try_from(at).unwrap_or(0));
        let (line, column) = (place.line, place.column);
        fault(
            path,
            &format!("line {line}, column {column}: this is not written as TOML has it"),
            &format!("ligne {line}, colonne {column} : ce n'est pas écrit comme le veut TOML"),
        )
    })
}
