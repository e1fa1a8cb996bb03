//! A call that names a case as if it were a message code, or a file: what was most likely meant, and the
//! call that says it.

use crate::cli::output::{Failure, plain};
use crate::diagnostic::Code;
use crate::model::{FollowProperty, Property};
use std::path::{Path, PathBuf};

/// That a word and schedules are given, where only one of them can be.
pub fn word_with_schedules(word: &str, case_is_given: bool) -> Failure {
    let seen = plain(word);
    let is_property =
        Property::find(word.trim()).is_some() || FollowProperty::find(word.trim()).is_some();
    if Code::find(word.trim()).is_some() || is_property {
        return Failure::both(
            format!("the page of `{seen}` needs no schedule:\n  jalon explain {seen}"),
            format!("la page de `{seen}` se passe d'échéancier :\n  jalon explain {seen}"),
        );
    }
    if case_is_given {
        return Failure::both(
            format!(
                "`{seen}` is too much here: a call with schedules explains the case that `--case` names, or all of them"
            ),
            format!(
                "`{seen}` est de trop ici : un appel avec des échéanciers explique le dossier que nomme `--case`, ou tous"
            ),
        );
    }
    let call = call_with_case(word);
    Failure::both(
        format!(
            "`{seen}` stands where a message code does; a case is named with `--case`:\n  {call}"
        ),
        format!(
            "`{seen}` tient la place d'un code de message ; un dossier se nomme avec `--case` :\n  {call}"
        ),
    )
}

/// Refuses a word that stands after files and most likely names a case: an option that takes several
/// files takes it for one of them.
pub fn refuse_case_among(files: &[PathBuf]) -> Result<(), Failure> {
    let is_case = |path: &&PathBuf| {
        let alone = path.components().count() == 1 && path.extension().is_none();
        alone && path.as_path() != Path::new("-") && !path.exists()
    };
    let Some(path) = files.iter().skip(1).find(is_case) else { return Ok(()) };
    let word = path.display().to_string();
    let (seen, call) = (plain(&word), call_with_case(&word));
    Err(Failure::both(
        format!("{seen}: there is no such file; a case is named with `--case`:\n  {call}"),
        format!(
            "{seen} : il n'y a pas de tel fichier ; un dossier se nomme avec `--case` :\n  {call}"
        ),
    ))
}

/// The call of this process, with this word as the name of a case.
fn call_with_case(word: &str) -> String {
    let mut words: Vec<String> =
        std::env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned()).collect();
    let before = [None].into_iter().chain(words.iter().map(|word| Some(word.as_str())));
    let place = words.iter().zip(before).enumerate().filter_map(|(place, (given, before))| {
        (given == word && before != Some("--lang")).then_some(place)
    });
    if let Some(place) = place.last() {
        words.insert(place, "--case".to_owned());
    }
    let words = words.iter().map(|word| quoted(&plain(word)));
    ["jalon".to_owned()].into_iter().chain(words).collect::<Vec<String>>().join(" ")
}

/// A word as a shell takes it.
pub fn quoted(word: &str) -> String {
    let bare = |c: char| c.is_alphanumeric() || "-_./=:,@+%".contains(c);
    if !word.is_empty() && word.chars().all(bare) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}
