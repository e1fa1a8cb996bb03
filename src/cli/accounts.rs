//! What a run tells while cases are billed and when it ends: lines, withheld cases, notices, accounts.

use super::billing::{CaseNotices, CaseWithheld, Done, Job, MOST_NOTICES, Shape, ToldNotice};
use super::event_files::{parts_words, zoned_words};
use super::isolation::failed_on;
use super::issued_files::Repeated;
use super::line_table::{self, invoice_table, table};
use super::new_file::{NewFile, keep_what_no_run_wrote};
use super::output::{Exit, Failure, message, plain};
use super::progress::Progress;
use crate::calendar::Date;
#[cfg(feature = "parquet")]
use crate::feed::LineFile;
use crate::feed::{
    Histories, NamesAlike, Place, ReasonInCommon, Tally, write_header, write_invoice_header,
};
use crate::lang::{Lang, say};
use crate::model::{Invoice, InvoiceLine};
use serde_json::{Value, json};
use std::io::Write;
use std::path::{Path, PathBuf};

#[cfg(feature = "parquet")]
fn unwritten() -> Failure {
    // Into memory nothing can fail to be written: it is the library that gives up.
    Failure::both(
        "the lines could not be put in the form of Parquet: please report this",
        "les lignes n'ont pas pu être mises en Parquet : merci de le signaler",
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
        notices_at: Option<&Path>,
        summary_at: Option<&Path>,
        read: &[&[PathBuf]],
    ) -> Result<AccountFiles, Failure> {
        let notices = notices_at.map(NewFile::create).transpose()?;
        let summary = summary_at.map(NewFile::create).transpose()?;
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
        for (path, is_ours) in
            [(notices_at, is_notices as fn(&[u8]) -> bool), (summary_at, is_summary)]
        {
            path.map_or(Ok(()), |path| keep_what_no_run_wrote(path, is_ours))?;
        }
        notices.iter().chain(&summary).try_for_each(NewFile::take_old_away)?;
        Ok(AccountFiles { notices, summary })
    }
}

/// Whether a file is one of notices, by its first line.
fn is_notices(bytes: &[u8]) -> bool {
    let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let told = serde_json::from_slice::<Value>(first);
    told.is_ok_and(|told| told.get("notice").is_some() && told.get("message").is_some())
}

/// Whether a file is one of accounts.
fn is_summary(bytes: &[u8]) -> bool {
    let accounts = serde_json::from_slice::<Value>(bytes);
    accounts
        .is_ok_and(|accounts| accounts.get("cases").is_some() && accounts.get("totals").is_some())
}

impl IssuedAccount {
    fn to_json(&self, late_lines: u64) -> Value {
        json!({
            "lines": self.lines, "repeated": self.repeated,
            "date_of_issue": self.date_of_issue.to_string(), "late_lines": late_lines,
        })
    }
}

/// Of cases that are withheld for reasons that have something in common, so many are told.
const MOST_ALIKE: u64 = 20;

/// Cases that are withheld for reasons that have something in common.
struct Alike {
    in_common: ReasonInCommon,
    /// The first of them.
    first: String,
    count: u64,
}

/// What is told while cases are billed.
pub struct Told {
    /// The accounts.
    pub tally: Tally,
    /// The first notices.
    notices: Vec<String>,
    notices_file: Option<NewFile>,
    rows: Vec<InvoiceLine>,
    invoices: Vec<Invoice>,
    withheld: Vec<Alike>,
    /// On how many cases the program failed.
    failed: u64,
    #[cfg(feature = "parquet")]
    file: Option<LineFile>,
    /// How far the run has come.
    pub progress: Progress,
    /// How many cases there are, where that is known before they are billed.
    pub all_cases: Option<u64>,
    /// What was read of issued lines, where the call names any.
    pub issued: Option<IssuedAccount>,
}

/// What was read of issued lines.
pub struct IssuedAccount {
    /// How many there are.
    pub lines: u64,
    /// How many stood in the files before.
    pub repeated: u64,
    /// The day on which what is given now is issued, whatever the dates of the lines.
    pub date_of_issue: Date,
}

impl Told {
    /// Nothing has been told yet.
    pub fn new(notices_file: Option<NewFile>, progress: Progress) -> Told {
        Told {
            tally: Tally::default(),
            notices: Vec::new(),
            notices_file,
            rows: Vec::new(),
            invoices: Vec::new(),
            withheld: Vec::new(),
            failed: 0,
            #[cfg(feature = "parquet")]
            file: None,
            progress,
            all_cases: None,
            issued: None,
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
            Shape::InvoiceRecords(form) => {
                let mut header = Vec::new();
                write_invoice_header(&mut header, form);
                out.write_all(&header)?;
            }
            Shape::Rows | Shape::Invoices | Shape::InvoiceRows => {}
            #[cfg(feature = "parquet")]
            Shape::Columns => self.file = Some(LineFile::new().map_err(|_| unwritten())?),
        }
        Ok(())
    }

    /// What stands after all lines.
    pub fn end(&mut self, shape: Shape, lang: Lang, out: &mut dyn Write) -> Result<(), Failure> {
        match shape {
            Shape::Written(_) | Shape::Invoices | Shape::InvoiceRecords(_) => {}
            Shape::Rows => writeln!(out, "{}", table(&self.rows, lang))?,
            Shape::InvoiceRows => writeln!(out, "{}", invoice_table(&self.invoices, lang))?,
            #[cfg(feature = "parquet")]
            Shape::Columns => {
                if let Some(file) = self.file.take() {
                    out.write_all(&file.finish().map_err(|_| unwritten())?)?;
                }
            }
        }
        Ok(())
    }

    /// An issued line stands in the files before, and counts once.
    pub fn repeated(
        &mut self,
        repeated: &Repeated,
        names: &[String],
        lang: Lang,
    ) -> Result<(), Failure> {
        const NAME: &str = "issued-twice";
        self.tally.notice(NAME, 1);
        let Repeated { line, place, first } = repeated;
        let told = place.told_line(names, lang);
        let place = Place { sheet: false, ..*place }.told_line(names, lang);
        let (first, case) = (first.told_line(names, lang), plain(&line.case));
        let what = say!(
            lang,
            "this issued line stands on {first} already, and counts once",
            "cette ligne émise figure déjà en {first}, et compte une fois"
        );
        if let Some(file) = &mut self.notices_file {
            let json = json!({
                "case": line.case, "date": line.date.to_string(), "kind": line.kind.name(),
                "notice": NAME, "place": place, "message": what, "id": line.id,
            });
            file.write(format!("{json}\n").as_bytes())?;
        }
        if self.wanted_notices() > 0 {
            self.notices.push(say!(
                lang,
                "{told}: case {case}: {what}\n",
                "{told} : dossier {case} : {what}\n"
            ));
        }
        Ok(())
    }

    /// What may be read in two ways, and how it was.
    pub fn read_so(
        &mut self,
        histories: &Histories,
        names: &[String],
        lang: Lang,
    ) -> Result<(), Failure> {
        self.zoned_midnights(histories, names, lang)?;
        self.parts_of_one(histories, names, lang)
    }

    /// Midnights with a zone were read as days: told once, however many there are.
    fn zoned_midnights(
        &mut self,
        histories: &Histories,
        names: &[String],
        lang: Lang,
    ) -> Result<(), Failure> {
        const NAME: &str = "midnights-with-a-zone";
        let Some(zoned) = histories.zoned_midnights() else { return Ok(()) };
        self.tally.notice(NAME, 1);
        let (place, what) = (zoned.first.shown(names), zoned_words(&zoned, lang));
        let told = zoned.first.told(names, lang);
        let json = json!({ "notice": NAME, "place": place, "message": what });
        self.of_the_run(&json, || say!(lang, "{told}: {what}\n", "{told} : {what}\n"))
    }

    /// Percentages of 1 or less were read as they stand: told once, however many there are.
    fn parts_of_one(
        &mut self,
        histories: &Histories,
        names: &[String],
        lang: Lang,
    ) -> Result<(), Failure> {
        const NAME: &str = "percentages-of-one-or-less";
        let Some(parts) = histories.parts_of_one() else { return Ok(()) };
        self.tally.notice(NAME, 1);
        let (place, what) = (parts.first.shown(names), parts_words(&parts, lang));
        let told = parts.first.told(names, lang);
        let json = json!({ "notice": NAME, "place": place, "message": what });
        self.of_the_run(&json, || say!(lang, "{told}: {what}\n", "{told} : {what}\n"))
    }

    /// That two cases have names which look alike.
    pub fn alike(&mut self, histories: &Histories, lang: Lang) -> Result<(), Failure> {
        const NAME: &str = "cases-alike";
        let Some(NamesAlike { one, other, pairs }) = histories.alike() else { return Ok(()) };
        self.tally.notice(NAME, 1);
        let [one, other] = [one, other].map(|name| plain(&name));
        let what = say!(
            lang,
            "cases `{one}` and `{other}` have names that look alike, and are billed apart (such pairs: {pairs}); if they are one case, write one name",
            "les dossiers `{one}` et `{other}` ont des noms qui se ressemblent, et sont facturés à part (de telles paires : {pairs}) ; si c'est le même dossier, écrivez un seul nom"
        );
        let json = json!({ "notice": NAME, "message": what });
        self.of_the_run(&json, || format!("{what}\n"))
    }

    /// A notice of the whole run: written if notices are wanted, and shown while few are.
    fn of_the_run(
        &mut self,
        json: &serde_json::Value,
        shown: impl FnOnce() -> String,
    ) -> Result<(), Failure> {
        if let Some(file) = &mut self.notices_file {
            file.write(format!("{json}\n").as_bytes())?;
        }
        if self.wanted_notices() > 0 {
            self.notices.push(shown());
        }
        Ok(())
    }

    /// The notices of a case: the first ones are kept to be shown, and all are written if they are
    /// wanted.
    fn take_notices(&mut self, job: &Job<'_>, of: &CaseNotices<'_>) -> Result<(), Failure> {
        for notice in &of.notices {
            let is_shown = self.wanted_notices() > 0;
            if !is_shown && self.notices_file.is_none() {
                return Ok(());
            }
            let Some(ToldNotice { mut json, line }) = job.tell(of.case, of.plan, notice) else {
                continue;
            };
            if let Some(file) = &mut self.notices_file {
                json.push('\n');
                file.write(json.as_bytes())?;
            }
            if is_shown {
                self.notices.push(line);
            }
        }
        Ok(())
    }

    /// What comes of a range of cases.
    pub fn take(
        &mut self,
        job: &Job<'_>,
        done: &mut Done<'_>,
        out: &mut dyn Write,
    ) -> Result<(), Failure> {
        out.write_all(&done.out)?;
        #[cfg(feature = "parquet")]
        if let Some(file) = &mut self.file {
            let columns = std::mem::take(&mut done.columns);
            out.write_all(&file.write(columns).map_err(|_| unwritten())?)?;
        }
        self.rows.append(&mut done.rows);
        self.invoices.append(&mut done.invoices);
        self.tally.add(&done.tally);
        self.failed += done.failed;
        // Case by case, so that nothing depends on which of them make a range.
        let mut notices = done.notices.iter().peekable();
        for (number, case) in &done.withheld {
            while let Some(before) = notices.next_if(|of| of.case < *number) {
                self.take_notices(job, before)?;
            }
            self.take_withheld(case, job.lang)?;
        }
        notices.try_for_each(|of| self.take_notices(job, of))?;
        let (billed, withheld) = (self.tally.billed_cases, self.tally.withheld_cases);
        self.progress.cases(billed + withheld, self.all_cases, withheld);
        Ok(())
    }

    /// A case that is withheld: of those that have a reason in common, the first are told and the others
    /// counted; all are written where notices are.
    fn take_withheld(&mut self, case: &CaseWithheld, lang: Lang) -> Result<(), Failure> {
        if let Some(file) = &mut self.notices_file {
            let mut json = json!({
                "case": case.case, "notice": "withheld", "place": case.place, "message": case.why,
            });
            let also = case.also.iter();
            let also = also.map(|[place, _, why]| json!({"place": place, "message": why}));
            if let Some(object) = json.as_object_mut().filter(|_| !case.also.is_empty()) {
                object.insert("also".to_owned(), also.collect());
            }
            file.write(format!("{json}\n").as_bytes())?;
        }
        let known = self.withheld.iter().position(|alike| alike.in_common == case.in_common);
        let place = known.unwrap_or(self.withheld.len());
        if known.is_none() {
            let first = plain(&case.case);
            self.withheld.push(Alike { in_common: case.in_common, first, count: 0 });
        }
        let Some(alike) = self.withheld.get_mut(place) else { return Ok(()) };
        alike.count += 1;
        if alike.count > MOST_ALIKE { Ok(()) } else { self.progress.aside(&case.say(lang)) }
    }

    /// How many cases are withheld for each reason of which not all were told.
    fn tell_alike(&self, lang: Lang) -> Result<(), Failure> {
        for Alike { first, count, .. } in &self.withheld {
            let more = count.saturating_sub(MOST_ALIKE);
            if more > 0 {
                let (cases, dossiers) = match more {
                    1 => ("1 more case is".to_owned(), "1 autre dossier est retenu".to_owned()),
                    _ => (
                        format!("{more} more cases are"),
                        format!("{more} autres dossiers sont retenus"),
                    ),
                };
                message(&say!(
                    lang,
                    "{cases} withheld for the same reason as case {first} (--notices FILE writes all of them)\n",
                    "{dossiers} pour la même raison que le dossier {first} (--notices FICHIER les écrit tous)\n"
                ))?;
            }
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
        shape: Shape,
        lang: Lang,
    ) -> Result<Exit, Failure> {
        self.progress.clear();
        self.tell_alike(lang)?;
        message(&self.notices.concat())?;
        let more = self.tally.notice_count().saturating_sub(self.notices.len() as u64);
        if more > 0 {
            let s = lang.s(more);
            message(&say!(
                lang,
                "and {more} more notice{s} (--notices FILE writes all of them)\n",
                "et {more} autre{s} remarque{s} (--notices FICHIER les écrit toutes)\n"
            ))?;
        }
        if let Some(file) = self.notices_file.take() {
            file.finish()?;
        }
        if let Some(mut file) = summary {
            let mut accounts = self.tally.to_json(unreadable);
            if let (true, Some(accounts)) = (shape.is_of_invoices(), accounts.as_object_mut()) {
                accounts.insert("invoices".to_owned(), json!(self.tally.invoices));
            }
            if let (Some(issued), Some(accounts)) = (&self.issued, accounts.as_object_mut()) {
                accounts.insert("issued".to_owned(), issued.to_json(self.tally.late_lines));
            }
            file.write(format!("{accounts:#}\n").as_bytes())?;
            file.finish()?;
        }
        self.tell_late(lang)?;
        let tally = &self.tally;
        let (billed, withheld) = (tally.billed_cases, tally.withheld_cases);
        let (events, used, without) = (tally.events(), tally.used, tally.without_effect);
        let (events_withheld, lines) = (tally.withheld, tally.lines());
        if withheld > 0 {
            let cases = billed + withheld;
            let s = lang.s(cases);
            let others = match billed {
                0 => "",
                _ => lang.pick("; the others are billed", " ; les autres sont facturés"),
            };
            message(&say!(
                lang,
                "withheld: {withheld} of {cases} case{s}{others}\n",
                "dossiers retenus : {withheld} sur {cases}{others}\n"
            ))?;
        }
        let [b, w, r, u, e] =
            [billed, withheld, events, used, events_withheld].map(|count| lang.s(count));
        // A table is looked at, and needs no accounts beside it.
        if [Shape::Rows, Shape::InvoiceRows].contains(&shape) {
            return self.exit(unreadable, lang);
        }
        message(&say!(
            lang,
            "cases: {billed} billed, {withheld} withheld\n\
             events: {events} read = {used} used + {without} without effect + {events_withheld} withheld\n\
             lines: {lines}\n",
            "dossiers : {billed} facturé{b}, {withheld} retenu{w}\n\
             événements : {events} lu{r} = {used} utilisé{u} + {without} sans effet + {events_withheld} retenu{e}\n\
             lignes : {lines}\n"
        ))?;
        if shape.is_of_invoices() {
            let invoices = tally.invoices;
            message(&say!(lang, "invoices: {invoices}\n", "factures : {invoices}\n"))?;
        }
        for ((currency, kind), total) in &tally.totals {
            let (lines, kind) = (total.lines, line_table::kind_named(kind, lang));
            let total = lang.digits(total);
            message(&format!("  {kind:<12} {lines:>10} {total:>18} {currency}\n"))?;
        }
        self.exit(unreadable, lang)
    }

    /// That lines are dated before what is issued already.
    fn tell_late(&self, lang: Lang) -> Result<(), Failure> {
        let Some(issued) = &self.issued else { return Ok(()) };
        let (late, day) = (self.tally.late_lines, lang.date(issued.date_of_issue));
        let (lines, lignes) = match late {
            0 => return Ok(()),
            1 => ("1 new line is".to_owned(), "1 nouvelle ligne est datée".to_owned()),
            _ => (format!("{late} new lines are"), format!("{late} nouvelles lignes sont datées")),
        };
        message(&say!(
            lang,
            "{lines} dated before what is issued already: `date` is the day on which a line fired; what is given now is issued on {day}\n",
            "{lignes} d'avant ce qui est déjà émis : `date` est le jour où une ligne s'est déclenchée ; ce qui est donné maintenant est émis le {day}\n"
        ))
    }

    /// How the run ends: where the program itself failed on a case, as where nothing was done.
    fn exit(&self, unreadable: u64, lang: Lang) -> Result<Exit, Failure> {
        if self.failed == 0 {
            return Ok(Exit::findings(self.tally.withheld_cases > 0 || unreadable > 0));
        }
        Err(failed_on(self.failed, lang.pick("billed", "facturés"), lang))
    }
}
