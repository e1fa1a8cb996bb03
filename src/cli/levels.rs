//! How much each property weighs for a project: the `[verify]` table of the nearest `jalon.toml`, at
//! the file's folder or above it.

use super::output::Failure;
use super::toml_file;
use crate::diagnostic::did_you_mean;
use crate::lang::{Lang, say, seen};
use crate::model::{FollowProperty, Level, Property};
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
    // What is not read would be taken for set.
    if let Some(key) = table.keys().find(|key| *key != "verify") {
        let key = seen(key);
        return Err(fault(
            format!(
                "`{key}`: such a file holds the table `[verify]`, and in it lines as `leak = \"deny\"`"
            ),
            format!(
                "`{key}` : un tel fichier contient la table `[verify]`, et des lignes comme `fuite = \"deny\"`"
            ),
        ));
    }
    let Some(verify) = table.get("verify") else { return Ok(levels) };
    let verify = verify.as_table().ok_or_else(|| {
        fault("`verify` is a table".to_owned(), "`verify` est une table".to_owned())
    })?;
    for (property, level) in verify {
        let name = seen(property);
        let level = match level.as_str() {
            Some("deny") => Level::Error,
            Some("warn") => Level::Warning,
            Some("note") => Level::Note,
            Some("allow") => Level::Allow,
            Some(_) | None => {
                return Err(fault(
                    format!(
                        "[verify]: `{name}` is \"deny\" (an error), \"warn\", \"note\" or \"allow\""
                    ),
                    format!(
                        "[verify] : `{name}` vaut \"deny\" (erreur), \"warn\" (avertissement), \"note\" (remarque) ou \"allow\" (admis)"
                    ),
                ));
            }
        };
        if !levels.set(property, level) {
            return Err(fault(
                format!("[verify]: there is no property `{name}`{}", near(&name, Lang::En)),
                format!("[verify] : il n'y a pas de propriété `{name}`{}", near(&name, Lang::Fr)),
            ));
        }
    }
    Ok(levels)
}

/// The property that a name was most likely meant as.
fn near(name: &str, lang: Lang) -> String {
    let of_schedules = Property::ALL.iter().map(|property| property.called(lang));
    let of_follow_ups = FollowProperty::ALL.iter().map(|property| property.called(lang));
    match did_you_mean(name, of_schedules.chain(of_follow_ups)) {
        Some(near) => {
            say!(lang, "; did you mean `{near}`?", " ; vouliez-vous dire `{near}` ?")
        }
        None => String::new(),
    }
}
