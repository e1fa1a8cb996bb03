//! `jalon run`: schedules and events in, invoice lines out.

use super::input::{self, CompiledFile};
use super::output::{Exit, Failure, message, plain, results};
use crate::calendar::Date;
use crate::eval::Notice;
use crate::feed::{Case, Histories, LineFormat, Place, write_lines};
use crate::lang::{Lang, say};
use crate::model::{InvoiceLine, InvoiceLineKind};
use crate::plan::Plan;
use clap::{Args, ValueEnum};
use serde_json::json;
use std::path::{Path, PathBuf};

/// So many notices are shown; all of them are in the file that `--notices` names.
const MOST_NOTICES: usize = 20;

/// What `jalon run` takes.
#[derive(Args)]
pub struct Options {
    /// Schedule files, or folders with files whose name ends in .jalon
    #[arg(long, required = true, num_args = 1.., value_name = "PATH")]
    schedule: Vec<PathBuf>,

    /// Event files, one JSON object a line, or `-` for standard input
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    events: Vec<PathBuf>,

    /// The last day that counts, as YYYY-MM-DD; today if not stated
    #[arg(long, value_name = "DATE", value_parser = input::date_argument)]
    as_of: Option<Date>,

    /// How lines are written
    #[arg(long, value_enum, default_value_t = Format::Ndjson)]
    format: Format,

    /// Bill the other cases even if a line cannot be read that could belong to any of them
    #[arg(long)]
    skip_unreadable: bool,

    /// Write every notice to this file, one JSON object a line
    #[arg(long, value_name = "FILE")]
    notices: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Ndjson,
    Csv,
    Table,
}

/// Bills cases.
pub fn run(options: &Options, lang: Option<Lang>) -> Result<Exit, Failure> {
    let files = input::sound_schedules(&options.schedule, lang)?;
    let lang = lang.unwrap_or_else(|| language_of(&files));
    let book = input::book(&files)?;
    let as_of = input::as_of(options.as_of)?;
    let histories = read_histories(&options.events)?;
    let names = names_of(&options.events);
    if !unreadable(&histories, &names, options.skip_unreadable, lang)? {
        return Err(Failure::told());
    }
    if histories.event_count == 0 {
        message(&say!(
            lang,
            "no event: there is nothing to bill\n",
            "aucun événement : il n'y a rien à facturer\n"
        ))?;
    }
    let mut told = Told { names: &names, lang, notices: Vec::new(), withheld: 0 };
    let mut lines: Vec<InvoiceLine> = Vec::new();
    for case in &histories.cases {
        match book.bill(case, as_of) {
            Ok(bill) => {
                lines.extend(bill.evaluation.lines);
                told.notices(bill.plan, case, &bill.evaluation.notices);
            }
            Err(unbilled) => {
                told.withheld += 1;
                let reason = unbilled.say(&book, case, lang);
                told.withheld(case, unbilled.place, &reason)?;
            }
        }
    }
    told.write_notices(options.notices.as_deref())?;
    write(&lines, options.format, lang)?;
    let withheld = told.withheld;
    if withheld > 0 {
        let cases = histories.cases.len();
        message(&say!(
            lang,
            "withheld: {withheld} of {cases} cases; the others are billed\n",
            "retenus : {withheld} dossiers sur {cases} ; les autres sont facturés\n"
        ))?;
    }
    Ok(Exit::findings(withheld > 0 || !histories.unreadable.is_empty()))
}

/// The language of most of the schedule files.
pub fn language_of(files: &[CompiledFile]) -> Lang {
    let french = files.iter().filter(|file| file.compiled.warnings.lang == Lang::Fr).count();
    if french * 2 > files.len() { Lang::Fr } else { Lang::En }
}

/// The cases of event files.
pub fn read_histories(paths: &[PathBuf]) -> Result<Histories, Failure> {
    let mut histories = Histories::default();
    for path in paths {
        histories.read(&input::read_all(path)?);
    }
    Ok(histories)
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

/// Tells of lines that could belong to any case; whether the run may go on.
pub fn unreadable(
    histories: &Histories,
    names: &[String],
    skip: bool,
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
    message(&if skip {
        say!(
            lang,
            "unreadable lines are skipped, as asked: cases may be billed without them\n",
            "les lignes illisibles sont ignorées, comme demandé : des dossiers peuvent être facturés sans elles\n"
        )
    } else {
        say!(
            lang,
            "a line that cannot be read could belong to any case: nothing is billed (--skip-unreadable bills the rest)\n",
            "une ligne illisible peut appartenir à tout dossier : rien n'est facturé (--skip-unreadable facture le reste)\n"
        )
    })?;
    Ok(skip)
}

/// What is told on standard error while cases are billed.
struct Told<'a> {
    names: &'a [String],
    lang: Lang,
    /// Each notice as a line of text and as JSON.
    notices: Vec<(String, serde_json::Value)>,
    withheld: usize,
}

impl Told<'_> {
    fn withheld(&self, case: &Case, place: Option<Place>, reason: &str) -> Result<(), Failure> {
        let place =
            place.map(|place| format!("{}: ", shown(self.names, place))).unwrap_or_default();
        let (name, reason) = (plain(&case.name), plain(reason));
        message(&say!(
            self.lang,
            "{place}case {name} is withheld: {reason}\n",
            "{place}le dossier {name} est retenu : {reason}\n"
        ))
    }

    fn notices(&mut self, plan: &Plan, case: &Case, notices: &[Notice]) {
        for notice in notices {
            let (Some(event), Some(place)) =
                (case.events.get(notice.event), case.places.get(notice.event))
            else {
                continue;
            };
            let place = shown(self.names, *place);
            let what = plain(&notice.kind.say(plan, event, self.lang));
            let (name, kind) = (plain(&case.name), event.kind.name());
            let text = say!(
                self.lang,
                "{place}: case {name}: {kind}: {what}\n",
                "{place} : dossier {name} : {kind} : {what}\n"
            );
            let json = json!({
                "case": case.name, "date": notice.date.to_string(), "kind": kind,
                "notice": notice.kind.name(), "place": place, "message": what, "id": event.id,
            });
            self.notices.push((text, json));
        }
    }

    /// Shows the first notices, and writes all to a file where one is named.
    fn write_notices(&self, file: Option<&Path>) -> Result<(), Failure> {
        for (text, _) in self.notices.iter().take(MOST_NOTICES) {
            message(text)?;
        }
        if let Some(more) = self.notices.len().checked_sub(MOST_NOTICES).filter(|more| *more > 0) {
            message(&say!(
                self.lang,
                "and {more} more notices (--notices FILE writes all of them)\n",
                "et {more} autres remarques (--notices FICHIER les écrit toutes)\n"
            ))?;
        }
        if let Some(path) = file {
            let text: String = self.notices.iter().map(|(_, json)| format!("{json}\n")).collect();
            input::write_new(path, &text)?;
        }
        Ok(())
    }
}

fn write(lines: &[InvoiceLine], format: Format, lang: Lang) -> Result<(), Failure> {
    results(|out| match format {
        Format::Ndjson => write_lines(&mut &mut *out, LineFormat::Ndjson, false, lines),
        Format::Csv => write_lines(&mut &mut *out, LineFormat::Csv, true, lines),
        Format::Table => writeln!(out, "{}", table(lines, lang)),
    })
}

fn kind(kind: InvoiceLineKind, lang: Lang) -> &'static str {
    match kind {
        InvoiceLineKind::Deposit => lang.pick("deposit", "acompte"),
        InvoiceLineKind::Installment => lang.pick("installment", "échéance"),
        InvoiceLineKind::Balance => lang.pick("balance", "solde"),
        InvoiceLineKind::Deduction => lang.pick("deduction", "déduction"),
    }
}

fn table(lines: &[InvoiceLine], lang: Lang) -> comfy_table::Table {
    use comfy_table::{CellAlignment, Table, presets};
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED);
    table.set_header(lang.pick(
        ["case", "date", "invoice", "kind", "label", "quantity", "unit price", "amount", ""],
        [
            "dossier",
            "date",
            "facture",
            "nature",
            "libellé",
            "quantité",
            "prix unitaire",
            "montant",
            "",
        ],
    ));
    for line in lines {
        table.add_row([
            plain(&line.case),
            line.date.to_string(),
            line.invoice.to_string(),
            kind(line.kind, lang).to_owned(),
            plain(&line.label),
            line.quantity.clone().unwrap_or_default(),
            line.unit_price.clone().unwrap_or_default(),
            line.amount.clone(),
            line.currency.clone(),
        ]);
    }
    for column in [2, 5, 6, 7] {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table
}
