//! How much each property weighs for a project: the `[verify]` table of the nearest `jalon.toml`, at
//! the file's folder or above it.

use super::input;
use super::output::Failure;
use crate::model::{Level, Property};
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
    let absolute = std::path::absolute(file).map_err(|error| Failure::new(error.to_string()))?;
    let folders = absolute.ancestors().skip(1);
    let Some(path) = folders.map(|folder| folder.join("jalon.toml")).find(|path| path.is_file())
    else {
        return Ok(Levels::default());
    };
    let fault = |what: String| Failure::new(format!("{}: {what}", path.display()));
    let bytes = input::read_file(&path)?;
    let text = String::from_utf8(bytes).map_err(|error| fault(error.to_string()))?;
    let table: toml::Table = text
        .parse()
        .map_err(|error: toml::de::Error| fault(error.to_string().trim_end().to_owned()))?;
    let mut levels = Levels::default();
    let Some(verify) = table.get("verify") else { return Ok(levels) };
    let verify = verify.as_table().ok_or_else(|| fault("`verify` is a table".to_owned()))?;
    for (name, level) in verify {
        let property = Property::find(name)
            .ok_or_else(|| fault(format!("[verify]: there is no property `{name}`")))?;
        let level = match level.as_str() {
            Some("deny") => Level::Error,
            Some("warn") => Level::Warning,
            Some("note") => Level::Note,
            Some("allow") => Level::Allow,
            Some(_) | None => {
                let words = "\"deny\", \"warn\", \"note\" or \"allow\"";
                return Err(fault(format!("[verify]: `{name}` is {words}")));
            }
        };
        levels.0.insert(property, level);
    }
    Ok(levels)
}
