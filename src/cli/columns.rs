//! The file that `--columns` names: in, a table in which a host says how its own columns and kinds are called;
//! out, the names, or what is wrong with the table. Ours are those of events in JSON, or the French ones of spreadsheets.
//!
//! ```toml
//! leave_out = ["_id", "created_by"]
//!
//! [columns]
//! plannedHours = "planned_hours"
//!
//! [kinds]
//! SEANCE = "action"
//! ```

use super::output::Failure;
use super::toml_file;
use crate::diagnostic::did_you_mean;
use crate::lang::seen;
use crate::model::{Field, HostNames, Kind, french};
use std::path::Path;

/// Reads the file.
pub fn read(path: &Path) -> Result<HostNames, Failure> {
    let mut names = HostNames::default();
    for (key, value) in &toml_file::read(path)? {
        match (key.as_str(), value) {
            ("leave_out", toml::Value::Array(columns)) => {
                for column in columns {
                    let column = column.as_str().ok_or_else(|| shape(path, key))?;
                    add(path, column, names.column(column, None))?;
                }
            }
            ("columns", toml::Value::Table(columns)) => {
                for (column, field) in columns {
                    let field = field.as_str().ok_or_else(|| shape(path, key))?;
                    let found = Field::find(field).or_else(|| french::field_named(field));
                    let known = [Field::ALL.map(Field::name), Field::ALL.map(french::field_word)];
                    let found = found.ok_or_else(|| unknown(path, field, known))?;
                    add(path, column, names.column(column, Some(found)))?;
                }
            }
            ("kinds", toml::Value::Table(kinds)) => {
                for (name, kind) in kinds {
                    let kind = kind.as_str().ok_or_else(|| shape(path, key))?;
                    let found = Kind::find(kind).or_else(|| french::kind_named(kind));
                    let known = [Kind::ALL.map(Kind::name), Kind::ALL.map(french::kind_word)];
                    let found = found.ok_or_else(|| unknown(path, kind, known))?;
                    add(path, name, names.add_kind(name, found))?;
                }
            }
            _ => return Err(shape(path, key)),
        }
    }
    Ok(names)
}

fn add(path: &Path, name: &str, is_new: bool) -> Result<(), Failure> {
    if is_new {
        return Ok(());
    }
    let name = seen(name);
    Err(toml_file::fault(
        path,
        &format!("`{name}` stands there twice"),
        &format!("`{name}` y figure deux fois"),
    ))
}

/// A name that is none of ours; `known` are ours in English and in French, which are read as well.
fn unknown<const N: usize>(path: &Path, name: &str, known: [[&'static str; N]; 2]) -> Failure {
    let near = did_you_mean(name, known.as_flattened().iter().copied());
    let all = known.map(|names| names.map(|name| format!("`{name}`")).join(", "));
    let name = seen(name);
    let (english, french) = match near {
        Some(near) => (format!("did you mean `{near}`?"), format!("vouliez-vous dire `{near}` ?")),
        None => {
            let [english, french] = all;
            (format!("there are {english}"), format!("il y a {french}"))
        }
    };
    toml_file::fault(
        path,
        &format!("`{name}` is none of ours; {english}"),
        &format!("`{name}` n'est pas des nôtres ; {french}"),
    )
}

fn shape(path: &Path, key: &str) -> Failure {
    let key = seen(key);
    toml_file::fault(
        path,
        &format!(
            "`{key}`: such a file holds `leave_out = [\"…\"]`, and the tables `[columns]` and `[kinds]`, the host's name before the `=` and ours in quotes behind it"
        ),
        &format!(
            "`{key}` : un tel fichier contient `leave_out = [\"…\"]`, et les tables `[columns]` et `[kinds]`, le nom de l'hôte avant le `=` et le nôtre entre guillemets après"
        ),
    )
}
