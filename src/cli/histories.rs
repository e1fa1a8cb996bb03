//! Event files read into cases, files of issued lines, and what is said of lines that cannot be read.

use super::blocks::Blocks;
use super::input::{self, CompiledFile, EventsFormat};
use super::output::{Failure, message, plain};
use super::progress::Progress;
use super::threads::in_order;
use crate::diagnostic::did_you_mean;
use crate::feed::{Block, Histories, Issued, Place, read_issued};
use crate::lang::{Lang, say};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

/// The issued lines of files.
pub fn read_issued_files(paths: &[PathBuf]) -> Result<Issued, Failure> {
    let mut issued = Issued::new();
    for path in paths {
        read_issued(&input::read_file(path)?, &mut issued).map_err(|(line, error)| {
            Failure::new(format!("{}:{line}: {error}", plain(&path.display().to_string())))
        })?;
    }
    Ok(issued)
}

/// The cases of event files, read on so many threads.
pub fn read(
    paths: &[PathBuf],
    format: Option<EventsFormat>,
    threads: usize,
    progress: &mut Progress,
    lang: Lang,
) -> Result<Histories, Failure> {
    let blocks = Blocks::new(paths, format, lang);
    progress.count(&blocks.read);
    let blocks = Mutex::new(blocks);
    let own = || blocks.lock().unwrap_or_else(PoisonError::into_inner);
    let mut histories = Histories::default();
    in_order(
        threads,
        || own().next(),
        || (),
        |(), mut block: Block| {
            block.read();
            block
        },
        |block| {
            histories.take(&block);
            own().spare.push(block);
            progress.reading(histories.event_count);
            refuse_full(&histories, lang)
        },
    )?;
    histories.group();
    progress.clear();
    Ok(histories)
}

/// Fails where there is no room for another block: an id that is not kept would not be known again.
pub fn refuse_full(histories: &Histories, lang: Lang) -> Result<(), Failure> {
    if !histories.is_full() {
        return Ok(());
    }
    Err(Failure::new(say!(
        lang,
        "too many events for one run: split them by case",
        "trop d'événements pour un seul passage : répartissez-les par dossier"
    )))
}

/// The language of most of the schedule files.
pub fn language_of(files: &[CompiledFile]) -> Lang {
    let french = files.iter().filter(|file| file.compiled.warnings.lang == Lang::Fr).count();
    if french * 2 > files.len() { Lang::Fr } else { Lang::En }
}

/// The cases of event files.
pub fn read_histories(paths: &[PathBuf], lang: Lang) -> Result<Histories, Failure> {
    read(paths, None, 1, &mut Progress::none(lang), lang)
}

/// That no event is of a case of this name.
pub fn no_case(histories: &Histories, name: &str, lang: Lang) -> Failure {
    let known = (0..histories.case_count()).filter_map(|case| histories.name_of(case));
    // Names as short as `7` are all a letter apart.
    let near = did_you_mean(name, known).filter(|_| name.chars().nth(2).is_some()).map(plain);
    let name = plain(name);
    Failure::new(match near {
        Some(near) => say!(
            lang,
            "there is no case `{name}` in the events; did you mean `{near}`?",
            "il n'y a pas de dossier `{name}` dans les événements ; vouliez-vous dire `{near}` ?"
        ),
        None => say!(
            lang,
            "there is no case `{name}` in the events",
            "il n'y a pas de dossier `{name}` dans les événements"
        ),
    })
}

/// The files' names as messages show them.
pub fn names_of(paths: &[PathBuf]) -> Vec<String> {
    paths.iter().map(|path| plain(&path.display().to_string())).collect()
}

/// `file:line:column` of a place.
pub fn shown(names: &[String], place: Place) -> String {
    let name = names.get(place.file as usize).map_or("-", String::as_str);
    format!("{name}:{}:{}", place.line, place.column)
}

/// Tells of lines that could belong to any case; whether the command may go on. `skip` is whether
/// the call says so, none for a command that cannot be told.
pub fn unreadable(
    histories: &Histories,
    names: &[String],
    skip: Option<bool>,
    lang: Lang,
) -> Result<bool, Failure> {
    if histories.unreadable.is_empty() {
        return Ok(true);
    }
    const MOST: usize = 20;
    for line in histories.unreadable.iter().take(MOST) {
        let (place, why) = (shown(names, line.place), plain(&line.reason.say(lang)));
        message(&say!(lang, "{place}: unreadable: {why}\n", "{place} : illisible : {why}\n"))?;
    }
    if let Some(more) = histories.unreadable.len().checked_sub(MOST).filter(|more| *more > 0) {
        message(&say!(lang, "and {more} more\n", "et {more} de plus\n"))?;
    }
    message(&match skip {
        Some(true) => say!(
            lang,
            "unreadable lines are skipped, as asked: any case may lack events\n",
            "les lignes illisibles sont ignorées, comme demandé : il peut manquer des événements à tout dossier\n"
        ),
        Some(false) => say!(
            lang,
            "a line that cannot be read could belong to any case: nothing is billed (--skip-unreadable goes on without it)\n",
            "une ligne illisible peut appartenir à tout dossier : rien n'est facturé (--skip-unreadable continue sans elle)\n"
        ),
        None => say!(
            lang,
            "a line that cannot be read could belong to any case: nothing is billed\n",
            "une ligne illisible peut appartenir à tout dossier : rien n'est facturé\n"
        ),
    })?;
    Ok(skip == Some(true))
}
