//! How much each property weighs for a project: the `[verify]` table of the nearest `jalon.toml`, at
//! the file's folder or above it.

use super::output::Failure;
use super::toml_file;
use crate::model::Level;
use crate::tell::Levels;
use std::path::Path;

/// The levels for a schedule file.
pub fn of(file: &Path) -> Result<Levels, Failure> {
    let absolute = std::path::absolute(file).map_err(|error| Failure::file(file, &error))?;
    let folders = absolute.ancestors().skip(1);
    let Some(path) = folders.map(|folder| folder.join("jalon.toml")).find(|path| path.is_file())
    else {
        return Ok(Levels::default());
    };
    let fault = |english: String, french: String| toml_file::fault(&path, &english, &french);
    let table = toml_file::read(&path)?;
    let mut levels = Levels::default();
    let Some(verify) = table.get("verify") else { return Ok(levels) };
    let verify = verify.as_table().ok_or_else(|| {
        fault("`verify` is a table".to_owned(), "`verify` est une table".to_owned())
    })?;
    for (name, level) in verify {
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
        if !levels.set(name, level) {
            return Err(fault(
                format!("[verify]: there is no property `{name}`"),
                format!("[verify] : il n'y a pas de propriété `{name}`"),
            ));
        }
    }
    Ok(levels)
}
