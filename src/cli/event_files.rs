//! Event files as commands take them: the options of a call, and from them the cases.
//!
//! What a line says is read in `feed`; here is decided which files are read, on how many threads, and
//! whether a command may go on where a line cannot be read.

use super::arguments::{self};
use super::blocks::{Blocks, EventsFormat, Written};
use super::columns;
use super::input;
use super::memory::Memory;
use super::output::{Failure, message, plain};
use super::progress::Progress;
use super::threads::in_order;
use crate::calendar::Date;
use crate::diagnostic::did_you_mean;
use crate::feed::{Block, Histories, ToldOnce};
use crate::lang::{Lang, say};
use crate::money::Currency;
use clap::Args;
use std::collections::HashSet;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

/// The options of every command that reads events. A command whose events are no option says so with
/// `mut_arg`.
#[derive(Args)]
pub struct EventFiles {
    /// Event files, one JSON object a line, or `-` for standard input
    #[arg(long, num_args = 1.., value_name = "FILE")]
    events: Vec<PathBuf>,

    /// The last day that counts, as YYYY-MM-DD; today if not stated
    #[arg(long, value_name = "DATE", value_parser = arguments::date_argument, requires = "events")]
    as_of: Option<Date>,

    /// Leave out lines whose case cannot be read, and go on: any case may then lack an event
    #[arg(long, requires = "events")]
    skip_unreadable: bool,

    /// How many threads work at a time; as many as there are processors if not stated. The output is
    /// the same
    #[arg(long, value_name = "N", value_parser = arguments::threads_argument, requires = "events")]
    threads: Option<NonZeroUsize>,

    /// How events are written; if not stated, what a file begins with says it
    #[arg(long, value_enum, value_name = "FORMAT", requires = "events")]
    events_format: Option<EventsFormat>,

    /// How columns and kinds are called in these files, where they have names of the host's: a file in
    /// TOML, see docs/producers.md
    #[arg(long, value_name = "FILE", requires = "events")]
    columns: Option<PathBuf>,

    /// The sheet of a workbook (.xlsx) that holds the events; the only one that has any cell if not stated
    #[arg(long, value_name = "NAME", requires = "events")]
    sheet: Option<String>,

    /// Do not show on a terminal how far a long run has come
    #[arg(long, requires = "events")]
    no_progress: bool,
}

impl EventFiles {
    /// Whether the call names any.
    pub fn are_given(&self) -> bool {
        !self.events.is_empty()
    }

    /// The files.
    pub fn paths(&self) -> &[PathBuf] {
        &self.events
    }

    /// The events of a call that names each file once. Nothing is read yet.
    pub fn open(&self, lang: Lang) -> Result<Events<'_>, Failure> {
        self.refuse_twice()?;
        Ok(Events {
            files: self,
            how: Written {
                format: self.events_format,
                host: self.columns.as_deref().map(columns::read).transpose()?.map(Arc::new),
                sheet: self.sheet.clone(),
                currencies: Vec::new(),
            },
            names: self.events.iter().map(|path| plain(&path.display().to_string())).collect(),
            as_of: input::as_of(self.as_of)?,
            as_of_is_stated: self.as_of.is_some(),
            lang,
        })
    }

    /// Refuses a file that a call names twice: its events without an id would count twice.
    fn refuse_twice(&self) -> Result<(), Failure> {
        if self.events.len() < 2 {
            return Ok(());
        }
        let mut seen = HashSet::new();
        for path in &self.events {
            if !seen.insert(path.canonicalize().unwrap_or_else(|_| path.clone())) {
                let path = path.display();
                return Err(Failure::both(
                    format!("{path}: this file is named twice"),
                    format!("{path} : ce fichier est nommé deux fois"),
                ));
            }
        }
        Ok(())
    }
}

/// The events of a call.
pub struct Events<'o> {
    files: &'o EventFiles,
    how: Written,
    /// The files' names as messages show them.
    pub names: Vec<String>,
    /// The last day that counts.
    pub as_of: Date,
    /// Whether the call states it: else it is what the clock says.
    pub as_of_is_stated: bool,
    /// The language of messages.
    pub lang: Lang,
}

impl Events<'_> {
    /// The same, of cases whose schedules are in these currencies.
    pub fn in_currencies(mut self, currencies: Vec<Currency>) -> Self {
        self.how.currencies = currencies;
        self
    }

    /// How many threads work.
    pub fn threads(&self) -> usize {
        let stated = self.files.threads.map_or_else(std::thread::available_parallelism, Ok);
        stated.map_or(1, NonZeroUsize::get)
    }

    /// The files block by block.
    pub fn blocks(&self) -> Blocks {
        Blocks::new(&self.files.events, self.how.clone(), self.lang)
    }

    /// How far a command has come with them.
    pub fn progress(&self) -> Progress {
        Progress::new(&self.files.events, !self.files.no_progress, self.lang)
    }

    /// Their cases; it fails where a line could belong to any of them, and the call does not say to go
    /// on. `what` is done with cases, to say that there are none. Of events for which there is no room, none is left
    /// in them.
    pub fn cases(
        &self,
        what: &str,
        memory: &mut Memory,
        progress: &mut Progress,
    ) -> Result<Histories, Failure> {
        let histories = self.read(memory, progress)?;
        self.refuse_unreadable(&histories)?;
        if histories.event_count == 0 {
            message(&say!(
                self.lang,
                "no event: there is nothing to {what}\n",
                "aucun événement : il n'y a rien à {what}\n"
            ))?;
        }
        Ok(histories)
    }

    /// The same, for a command that keeps no notices: what there is to say of how its lines are read is said.
    pub fn told_cases(&self, what: &str, progress: &mut Progress) -> Result<Histories, Failure> {
        let histories = self.cases(what, &mut Memory::default(), progress)?;
        let zoned = histories.zoned_midnights();
        let zoned = zoned.map(|zoned| (zoned.first, zoned_words(&zoned, self.lang)));
        let parts = histories.parts_of_one();
        let parts = parts.map(|parts| (parts.first, parts_words(&parts, self.lang)));
        for (first, said) in zoned.into_iter().chain(parts) {
            let place = first.told(&self.names, self.lang);
            message(&say!(self.lang, "{place}: {said}\n", "{place} : {said}\n"))?;
        }
        Ok(histories)
    }

    fn read(&self, memory: &mut Memory, progress: &mut Progress) -> Result<Histories, Failure> {
        let blocks = self.blocks();
        progress.count(&blocks.read);
        let blocks = Mutex::new(blocks);
        let own = || blocks.lock().unwrap_or_else(PoisonError::into_inner);
        let mut histories = Histories::default();
        in_order(
            || self.threads(),
            || own().next(),
            || (),
            |(), mut block: Block| {
                block.read();
                block
            },
            |block| {
                histories.take(&block);
                own().spare.push(block);
                memory.relieve(&mut histories)?;
                progress.reading(histories.event_count, memory.put_away());
                refuse_full(&histories, self.lang)
            },
        )?;
        histories.group();
        memory.end(&mut histories)?;
        progress.clear();
        Ok(histories)
    }

    /// Tells of lines that could belong to any case, and fails unless the call says to go on.
    pub fn refuse_unreadable(&self, histories: &Histories) -> Result<(), Failure> {
        if histories.unreadable.is_empty() {
            return Ok(());
        }
        // One message for each reason in each file.
        let mut reasons: Vec<(u32, String, String, u64)> = Vec::new();
        for line in histories.unreadable.first() {
            let (place, why) = (line.place, plain(&line.reason.say(self.lang)));
            match reasons.iter_mut().find(|known| known.0 == place.file && known.2 == why) {
                Some(known) => known.3 += 1,
                None => reasons.push((place.file, place.told(&self.names, self.lang), why, 1)),
            }
        }
        for (_, place, why, count) in reasons {
            let more = count - 1;
            let others = match more {
                0 => String::new(),
                more => {
                    let more = self.lang.more_lines(more);
                    say!(self.lang, " (and {more})", " (et {more})")
                }
            };
            message(&say!(
                self.lang,
                "{place}: unreadable: {why}{others}\n",
                "{place} : illisible : {why}{others}\n"
            ))?;
        }
        let shown = histories.unreadable.first().len() as u64;
        let more = histories.unreadable.count().saturating_sub(shown);
        if more > 0 {
            message(&say!(self.lang, "and {more} more\n", "et {more} de plus\n"))?;
        }
        if self.files.skip_unreadable {
            return message(&say!(
                self.lang,
                "unreadable lines are skipped, as asked: any case may lack events\n",
                "les lignes illisibles sont ignorées, comme demandé : il peut manquer des événements à tout dossier\n"
            ));
        }
        message(&say!(
            self.lang,
            "a line that cannot be read could belong to any case: nothing is billed (--skip-unreadable goes on without it)\n",
            "une ligne illisible peut appartenir à tout dossier : rien n'est facturé (--skip-unreadable continue sans elle)\n"
        ))?;
        Err(Failure::told())
    }
}

/// That midnights with a zone are read as the days that they state.
pub fn zoned_words(zoned: &ToldOnce, lang: Lang) -> String {
    let (lines, field) = (zoned.lines, plain(&zoned.field));
    let s = lang.s(lines);
    say!(
        lang,
        "field `{field}` is a midnight with a time zone here, and on {lines} line{s} in all: each is read as the day that it states, since no other time stands there",
        "le champ `{field}` est ici minuit avec un fuseau horaire, et sur {lines} ligne{s} en tout : chacun est lu comme le jour qu'il indique, puisque aucune autre heure n'y figure"
    )
}

/// That percentages of 1 or less are read as they stand.
pub fn parts_words(parts: &ToldOnce, lang: Lang) -> String {
    let (lines, field) = (parts.lines, plain(&parts.field));
    let s = lang.s(lines);
    say!(
        lang,
        "field `{field}` is 1 or less here, on {lines} line{s} in all, and nowhere more: it is read as a percentage, `0.4` as 0.4 %; if a spreadsheet means 40 %, write `40`, or give the cells the format of a percentage in a workbook",
        "le champ `{field}` vaut ici 1 ou moins, sur {lines} ligne{s} en tout, et nulle part davantage : il est lu comme un pourcentage, `0,4` comme 0,4 % ; si un tableur y entend 40 %, écrivez `40`, ou donnez aux cellules le format pourcentage dans un classeur"
    )
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

/// The cases of these names, in the order of the events; all of them, if none is named.
pub fn chosen(histories: &Histories, names: &[String], lang: Lang) -> Result<Vec<usize>, Failure> {
    if names.is_empty() {
        return Ok((0..histories.case_count()).collect());
    }
    let found =
        names.iter().map(|name| histories.find(name).ok_or_else(|| no_case(histories, name, lang)));
    let mut cases = found.collect::<Result<Vec<usize>, Failure>>()?;
    cases.sort_unstable();
    cases.dedup();
    Ok(cases)
}

/// That no event is of a case of this name.
fn no_case(histories: &Histories, name: &str, lang: Lang) -> Failure {
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
