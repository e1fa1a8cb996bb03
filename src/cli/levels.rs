//! How much each property weighs for a project: the `[verify]` table of the nearest `jalon.toml`, at
//! the file's folder or above it.

use super::input;
use super::output::Failure;
use crate::model::{Level, Property};
use crate::span::LineIndex;
use std::collections::HashMap;
use std::path::Path;

/// The levels that a project states.
#[derive(Clone, Debug, Default)]
pub struct Levels(HashMap<Property, Level>);

impl Levels {
    /// What a finding of a property weighs.
    pub fn of(&self, property: Property) -> Level {
        self.0.get(&property).copied().unwrap_or(property.level())
    }
}

/// The levels for a schedule file.
pub fn of(file: &Path) -> Result<Levels, Failure> {
    let absolute = std::path::absolute(file).map_err(|error| Failure::file(file, &error))?;
    let folders = absolute.ancestors().skip(1);
    let Some(path) = folders.map(|folder| folder.join("jalon.toml")).find(|path| path.is_file())
    else {
        return Ok(Levels::default());
    };
    let fault = |english: String, french: String| {
        let path = path.display();
        Failure::both(format!("{path}: {english}"), format!("{path} : {french}"))
    };
    let bytes = input::read_file(&path)?;
    let text = String::from_utf8(bytes).map_err(|_| {
        fault("this file is not UTF-8".to_owned(), "ce fichier n'est pas en UTF-8".to_owned())
    })?;
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
        let at = error.span().map_or(0, |span| span.start);
        let place = LineIndex::new(&text).position(&text, u32::try_from(at).unwrap_or(0));
        let (line, column) = (place.line, place.column);
        fault(
            format!("line {line}, column {column}: this is not written as TOML has it"),
            format!("ligne {line}, colonne {column} : ce n'est pas écrit comme le veut TOML"),
        )
    })?;
    let mut levels = Levels::default();
    let Some(verify) = table.get("verify") else { return Ok(levels) };
    let verify = verify.as_table().ok_or_else(|| {
        fault("`verify` is a table".to_owned(), "`verify` est une table".to_owned())
    })?;
    for (name, level) in verify {
        let property = Property::find(name).ok_or_else(|| {
            fault(
                format!("[verify]: there is no property `{name}`"),
                format!("[verify] : il n'y a pas de propriété `{name}`"),
            )
        })?;
        let level = match level.as_str() {
            Some("deny") => Level::Error,
            Some("warn") => Level::Warning,
            Some("note") => Level::Note,
            Some("allow") => Level::Allow,
            Some(_) | None => {
                return Err(fault(
                    format!("[verify]: `{name}` is \"deny\", \"warn\", \"note\" or \"allow\""),
                    format!("[verify] : `{name}` vaut \"deny\", \"warn\", \"note\" ou \"allow\""),
                ));
            }
        };
        levels.0.insert(property, level);
    }
    Ok(levels)
}
