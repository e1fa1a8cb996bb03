//! What a run tells while cases are billed and when it ends: lines, withheld cases, notices, accounts.

use super::billing::{Done, MOST_NOTICES, Shape};
use super::isolation::failed_on;
use super::line_table::table;
use super::new_file::NewFile;
use super::output::{Exit, Failure, message};
use super::progress::Progress;
#[cfg(feature = "parquet")]
use crate::feed::LineFile;
use crate::feed::{Tally, write_header};
use crate::lang::{Lang, say};
use crate::model::InvoiceLine;
use std::io::Write;
use std::path::{Path, PathBuf};

#[cfg(feature = "parquet")]
fn unwritten(error: &impl std::fmt::Display) -> Failure {
    Failure::both(
        format!("the output could not be written: {error}"),
        format!("les résultats n'ont pas pu être écrits : {error}"),
    )
}

/// The files in which a run gives account. They are of this run, or not there: a run that fails leaves
/// none of an earlier one, which would be taken for its own.
pub struct AccountFiles {
    /// Every notice.
    pub notices: Option<NewFile>,
    /// The accounts.
    pub summary: Option<NewFile>,
}

impl AccountFiles {
    /// Room for them; what stands there is taken away. `read` is what the call reads.
    pub fn create(
        notices: Option<&Path>,
        summary: Option<&Path>,
        read: &[&[PathBuf]],
    ) -> Result<AccountFiles, Failure> {
        let notices = notices.map(NewFile::create).transpose()?;
        let summary = summary.map(NewFile::create).transpose()?;
        for file in notices.iter().chain(&summary) {
            if read.iter().any(|paths| file.is_among(paths)) {
                let name = file.name();
                return Err(Failure::both(
                    format!("{name}: this call reads the file, and would lose it"),
                    format!("{name} : cet appel lit ce fichier, qui serait perdu"),
                ));
            }
        }
        if let (Some(notices), Some(summary)) = (&notices, &summary)
            && notices.is_in_place_of(summary)
        {
            let name = summary.name();
            return Err(Failure::both(
                format!("{name}: `--notices` and `--summary` name the same file"),
                format!("{name} : `--notices` et `--summary` nomment le même fichier"),
            ));
        }
        notices.iter().chain(&summary).try_for_each(NewFile::take_old_away)?;
        Ok(AccountFiles { notices, summary })
    }
}

/// What is told while cases are billed.
pub struct Told {
    /// The accounts.
    pub tally: Tally,
    /// The first notices.
    notices: Vec<String>,
    notices_file: Option<NewFile>,
    rows: Vec<InvoiceLine>,
    /// On how many cases the program failed.
    failed: u64,
    #[cfg(feature = "parquet")]
    file: Option<LineFile>,
    /// How far the run has come.
    pub progress: Progress,
    /// How many cases there are, where that is known before they are billed.
    pub all_cases: Option<u64>,
}

impl Told {
    /// Nothing has been told yet.
    pub fn new(notices_file: Option<NewFile>, progress: Progress) -> Told {
        Told {
            tally: Tally::default(),
            notices: Vec::new(),
            notices_file,
            rows: Vec::new(),
            failed: 0,
            #[cfg(feature = "parquet")]
            file: None,
            progress,
            all_cases: None,
        }
    }

    /// What stands before all lines.
    pub fn begin(
        &mut self,
        shape: Shape,
        schedule_hash: bool,
        out: &mut dyn Write,
    ) -> Result<(), Failure> {
        match shape {
            Shape::Written(format) => {
                let mut header = Vec::new();
                write_header(&mut header, format, schedule_hash);
                out.write_all(&header)?;
            }
            Shape::Rows => {}
            #[cfg(feature = "parquet")]
            Shape::Columns => self.file = Some(LineFile::new().map_err(|error| unwritten(&error))?),
        }
        Ok(())
    }

    /// What stands after all lines.
    pub fn end(&mut self, shape: Shape, lang: Lang, out: &mut dyn Write) -> Result<(), Failure> {
        match shape {
            Shape::Written(_) => {}
            Shape::Rows => writeln!(out, "{}", table(&self.rows, lang))?,
            #[cfg(feature = "parquet")]
            Shape::Columns => {
                if let Some(file) = self.file.take() {
                    out.write_all(&file.finish().map_err(|error| unwritten(&error))?)?;
                }
            }
        }
        Ok(())
    }

    /// What comes of a range of cases.
    pub fn take(&mut self, done: Done, out: &mut dyn Write) -> Result<(), Failure> {
        out.write_all(&done.out)?;
        #[cfg(feature = "parquet")]
        if let Some(file) = &mut self.file {
            out.write_all(&file.write(done.columns).map_err(|error| unwritten(&error))?)?;
        }
        self.rows.extend(done.rows);
        self.tally.add(&done.tally);
        self.failed += done.failed;
        if !done.withheld.is_empty() {
            self.progress.aside(&done.withheld)?;
        }
        let (billed, withheld) = (self.tally.billed_cases, self.tally.withheld_cases);
        self.progress.cases(billed + withheld, self.all_cases, withheld);
        let wanted = self.wanted_notices();
        self.notices.extend(done.notices.into_iter().take(wanted));
        if let Some(file) = &mut self.notices_file {
            file.write(done.all_notices.as_bytes())?;
        }
        Ok(())
    }

    /// How many notices there is still room for among those that are shown.
    pub fn wanted_notices(&self) -> usize {
        MOST_NOTICES.saturating_sub(self.notices.len())
    }

    /// Every event that was read is accounted for.
    pub fn check(&self, read: u64, lang: Lang) -> Result<(), Failure> {
        let accounted = self.tally.events();
        if accounted == read {
            return Ok(());
        }
        Err(Failure::new(say!(
            lang,
            "{read} events were read and {accounted} are accounted for: this is a fault of the program, and nothing that it wrote is to be used",
            "{read} événements ont été lus et {accounted} sont comptés : c'est une faute du programme, et rien de ce qu'il a écrit n'est à utiliser"
        )))
    }

    /// Shows the first notices and the accounts.
    pub fn finish(
        mut self,
        unreadable: u64,
        summary: Option<NewFile>,
        is_table: bool,
        lang: Lang,
    ) -> Result<Exit, Failure> {
        self.progress.clear();
        message(&self.notices.concat())?;
        let more = self.tally.notices.saturating_sub(self.notices.len() as u64);
        if more > 0 {
            message(&say!(
                lang,
                "and {more} more notices (--notices FILE writes all of them)\n",
                "et {more} autres remarques (--notices FICHIER les écrit toutes)\n"
            ))?;
        }
        if let Some(file) = self.notices_file.take() {
            file.finish()?;
        }
        if let Some(mut file) = summary {
            file.write(format!("{:#}\n", self.tally.to_json(unreadable)).as_bytes())?;
            file.finish()?;
        }
        let tally = &self.tally;
        let (billed, withheld) = (tally.billed_cases, tally.withheld_cases);
        let (events, used, without) = (tally.events(), tally.used, tally.without_effect);
        let (events_withheld, lines) = (tally.withheld, tally.lines());
        if withheld > 0 {
            let cases = billed + withheld;
            let others = match billed {
                0 => "",
                _ => lang.pick("; the others are billed", " ; les autres sont facturés"),
            };
            message(&say!(
                lang,
                "withheld: {withheld} of {cases} cases{others}\n",
                "dossiers retenus : {withheld} sur {cases}{others}\n"
            ))?;
        }
        // A table is looked at, and needs no accounts beside it.
        if is_table {
            return self.exit(unreadable, lang);
        }
        message(&say!(
            lang,
            "cases: {billed} billed, {withheld} withheld\n\
             events: {events} read = {used} used + {without} without effect + {events_withheld} withheld\n\
             lines: {lines}\n",
            "dossiers : {billed} facturés, {withheld} retenus\n\
             événements : {events} lus = {used} utilisés + {without} sans effet + {events_withheld} retenus\n\
             lignes : {lines}\n"
        ))?;
        for ((currency, kind), total) in &tally.totals {
            let lines = total.lines;
            message(&format!("  {kind:<12} {lines:>10} {total:>18} {currency}\n"))?;
        }
        self.exit(unreadable, lang)
    }

    /// How the run ends: where the program itself failed on a case, as where nothing was done.
    fn exit(&self, unreadable: u64, lang: Lang) -> Result<Exit, Failure> {
        if self.failed == 0 {
            return Ok(Exit::findings(self.tally.withheld_cases > 0 || unreadable > 0));
        }
        Err(failed_on(self.failed, lang.pick("billed", "facturés"), lang))
    }
}
