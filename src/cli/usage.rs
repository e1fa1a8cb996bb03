//! A call that cannot be understood, said in French. (In English, the argument parser says it.)

use super::arguments::BadValue;
use super::output::plain;
use super::{input, tongue};
use crate::lang::{Lang, say};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use std::error::Error;
use std::ffi::OsString;
use std::path::Path;

/// The language in which a call that fails is answered: the one that it asks for, or else that of its
/// schedule files, or if it has failed before they are read of the first that it names, or else that of
/// the session.
pub fn language(words: &[OsString]) -> Lang {
    let of = |name: &OsString| match name.to_str() {
        Some("en") => Some(Lang::En),
        Some("fr") => Some(Lang::Fr),
        _ => None,
    };
    let joined = |word: &OsString| of(&word.to_str()?.strip_prefix("--lang=")?.into());
    let asked = words.iter().find_map(joined).or_else(|| {
        let follows = |words: &[OsString]| match words {
            [option, name] if option == "--lang" => of(name),
            _ => None,
        };
        words.windows(2).find_map(follows)
    });
    if asked.is_none() && !tongue::files_are_known() {
        let paths = words.iter().skip(1).map(Path::new);
        let paths = paths.filter(|path| path.extension().is_some_and(|ending| ending == "jalon"));
        tongue::files_are(paths.take(1).filter_map(input::language_of));
    }
    tongue::of_answer(asked)
}

/// The call `jalon help run --lang fr` as the parser knows it, with the language first.
pub fn help_of_a_language(mut words: Vec<OsString>) -> Vec<OsString> {
    if words.get(1).is_none_or(|word| word != "help") {
        return words;
    }
    let one = words.iter().position(|word| word.to_string_lossy().starts_with("--lang="));
    let two = words.windows(2).position(|words| words.iter().take(1).eq(["--lang"]));
    let (place, count) = match (one, two) {
        (Some(place), _) => (place, 1),
        (None, Some(place)) => (place, 2),
        (None, None) => return words,
    };
    let lang: Vec<OsString> = words.drain(place..place + count).collect();
    words.splice(1..1, lang);
    words
}

/// What was meant by files that stand behind no option, or behind that of schedules, in the language of the answer.
#[expect(clippy::wildcard_enum_match_arm, reason = "the list is another crate's and grows")]
pub fn misplaced_files(error: &clap::Error, words: &[OsString], lang: Lang) -> Option<String> {
    let words: Vec<&str> = words.iter().map(|word| word.to_str().unwrap_or_default()).collect();
    let command = words.get(1)?;
    let takes_events = ["run", "forecast", "leaks"].contains(command);
    let argument = value(error, ContextKind::InvalidArg).unwrap_or_default();
    match error.kind() {
        ErrorKind::UnknownArgument if takes_events && !argument.starts_with('-') => {
            let files = words.iter().skip(2).take_while(|word| !word.starts_with('-'));
            let (events, schedules): (Vec<&str>, Vec<&str>) =
                files.copied().partition(|file| holds_events(file));
            let or = |files: Vec<&str>, other: &str| match files.is_empty() {
                true => other.to_owned(),
                false => files.join(" "),
            };
            let schedules = or(schedules, lang.pick("FILE.jalon", "FICHIER.jalon"));
            let events = or(events, lang.pick("FILE.csv", "FICHIER.csv"));
            let right = plain(&format!("jalon {command} --schedule {schedules} --events {events}"));
            Some(say!(
                lang,
                "schedules stand behind --schedule, events behind --events: `{right}`",
                "les échéanciers se donnent par --schedule, les événements par --events : `{right}`"
            ))
        }
        ErrorKind::MissingRequiredArgument if takes_events && argument.contains("--events") => {
            let begin = words.iter().position(|word| *word == "--schedule")? + 1;
            let given = words.iter().skip(begin).take_while(|word| !word.starts_with('-'));
            let file = given.copied().find(|file| holds_events(file))?;
            let file = plain(file);
            Some(say!(
                lang,
                "`{file}` stands behind --schedule; events stand behind --events: `--events {file}`",
                "`{file}` est donné par --schedule ; les événements se donnent par --events : `--events {file}`"
            ))
        }
        _ => None,
    }
}

/// Whether a name is that of a file of events, and not of a schedule.
fn holds_events(name: &str) -> bool {
    let name = name.to_lowercase();
    let name = name.trim_end_matches(".gz").trim_end_matches(".zst");
    [".csv", ".ndjson", ".jsonl", ".parquet"].iter().any(|ending| name.ends_with(ending))
}

/// The message in French; none where it is no error, or one that this page does not know.
#[expect(clippy::wildcard_enum_match_arm, reason = "the list is another crate's and grows")]
pub fn in_french(error: &clap::Error, meant: Option<String>) -> Option<String> {
    let of = |kind| value(error, kind);
    let argument = of(ContextKind::InvalidArg).unwrap_or_default();
    let given = of(ContextKind::InvalidValue).unwrap_or_default();
    let message = match error.kind() {
        ErrorKind::UnknownArgument if !argument.starts_with('-') => {
            format!("`{argument}` ne se met pas ici")
        }
        ErrorKind::UnknownArgument => format!("l'option `{argument}` n'existe pas ici"),
        ErrorKind::InvalidSubcommand => {
            let command = of(ContextKind::InvalidSubcommand).unwrap_or_default();
            format!("la commande `{command}` n'existe pas")
        }
        ErrorKind::MissingSubcommand => {
            let known = of(ContextKind::ValidSubcommand).unwrap_or_default();
            format!("il manque la commande : {known}")
        }
        ErrorKind::InvalidValue if given.is_empty() => format!("`{argument}` demande une valeur"),
        ErrorKind::InvalidValue => {
            let known = of(ContextKind::ValidValue).unwrap_or_default();
            format!("`{given}` n'est pas possible pour `{argument}` : {known}")
        }
        ErrorKind::ValueValidation => {
            let reason = error.source().map(|reason| match reason.downcast_ref::<BadValue>() {
                Some(bad) => bad.french.clone(),
                None => reason.to_string(),
            });
            format!(
                "`{given}` n'est pas possible pour `{argument}` : {}",
                reason.unwrap_or_default()
            )
        }
        ErrorKind::TooManyValues => format!("`{argument}` ne prend pas la valeur `{given}`"),
        ErrorKind::InvalidUtf8 => "un mot de l'appel n'est pas écrit en UTF-8".to_owned(),
        ErrorKind::MissingRequiredArgument => format!("il manque {argument}"),
        ErrorKind::ArgumentConflict => {
            let other = of(ContextKind::PriorArg).unwrap_or_default();
            format!("`{argument}` et `{other}` ne vont pas ensemble, ou l'un est donné deux fois")
        }
        // The rest is help and the version, and what no option of ours gives rise to.
        _ => return None,
    };
    let mut said = format!("erreur : {}\n", plain(&message));
    let suggested =
        [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    if let Some(near) = suggested.into_iter().find_map(of) {
        said.push_str(&format!("\n  vouliez-vous dire `{}` ?\n", plain(&near)));
    }
    if let Some(meant) = meant {
        said.push_str(&format!("\n  {meant}\n"));
    }
    if let Some(usage) = of(ContextKind::Usage) {
        said.push_str(&format!("\n{}\n", usage.replace("Usage:", "Utilisation :")));
    }
    said.push_str("\nPour en savoir plus : --lang fr --help\n");
    Some(said)
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the list is another crate's and grows")]
fn value(error: &clap::Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) => Some(texts.join(", ")),
        ContextValue::StyledStr(text) => Some(text.to_string()),
        ContextValue::StyledStrs(texts) => texts.first().map(ToString::to_string),
        ContextValue::Number(number) => Some(number.to_string()),
        // The kind says all there is to say.
        _ => None,
    }
}
