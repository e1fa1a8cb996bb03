//! `jalon import`: a workbook with the table of a schedule in, the text of the schedule out.

use super::input;
use super::new_file;
use super::output::{Exit, Failure, message, plain, results};
use super::spreadsheet::words::Column;
use super::spreadsheet::{Fault, address, opened, read};
use super::tongue;
use crate::compiled::compile_bytes;
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::{Lang, say};
use crate::span::Span;
use crate::syntax;
use crate::syntax::ast::{Item, ItemKind};
use clap::Args;
use std::path::{Path, PathBuf};

/// So many cells are told; the rest are counted.
const MOST_TOLD: usize = 50;

/// What `jalon import` takes.
#[derive(Args)]
pub struct Options {
    /// A workbook (.xlsx) as `jalon show --format xlsx` writes it
    #[arg(value_name = "FILE")]
    path: PathBuf,

    /// The schedule file to write; standard output if not stated
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    output: PathBuf,

    /// Write over the file, if it is there already and says something else
    #[arg(long, requires = "output")]
    force: bool,
}

/// Reads a workbook as a schedule file. With anything that cannot be read, nothing is written.
pub fn import(options: &Options, lang: Option<Lang>) -> Result<Exit, Failure> {
    new_file::keep_apart(&options.path, &options.output)?;
    let bytes = input::read_workbook(&options.path, opened::OF_SCHEDULES.bytes)?;
    let name = plain(&options.path.display().to_string());
    let pages = opened::pages(&name, &bytes, &opened::OF_SCHEDULES)?;
    let lang = lang.unwrap_or_else(|| read::language(&pages));
    tongue::files_are([lang]);
    let draft = match read::draft(&pages, lang) {
        Ok(draft) => draft,
        Err(faults) => return Err(refused(&name, &faults, lang)?),
    };
    if let Err(report) = compile_bytes(&name, draft.text.as_bytes(), Some(lang)) {
        let errors = report.diagnostics.iter().filter(|found| found.severity() == Severity::Error);
        let parsed = syntax::parse(&draft.text, Some(lang));
        let faults: Vec<Fault> =
            errors.map(|error| unsound(error, &parsed.file.items, &draft, lang)).collect();
        return Err(refused(&name, &faults, lang)?);
    }
    if options.output == Path::new("-") {
        results(|out| out.write_all(draft.text.as_bytes()))?;
    } else {
        if !options.force {
            let same = |there: &[u8]| there == draft.text.as_bytes();
            new_file::keep_what_is_there(&options.output, same)?;
        }
        new_file::write_file(&options.output, &draft.text)?;
    }
    Ok(Exit::Fine)
}

/// Tells every cell that cannot be read, and that nothing was written.
fn refused(name: &str, faults: &[Fault], lang: Lang) -> Result<Failure, Failure> {
    let mut text = String::new();
    for Fault { sheet, at, said, wrong, right } in faults.iter().take(MOST_TOLD) {
        let place = plain(&address(sheet, *at));
        let wrong = plain(wrong);
        text += &match said {
            Some(said) => {
                let said = plain(said);
                say!(lang, "{place}: \"{said}\": {wrong}\n", "{place} : « {said} » : {wrong}\n")
            }
            None => say!(lang, "{place}: {wrong}\n", "{place} : {wrong}\n"),
        };
        if let Some(right) = right {
            let right = plain(right);
            text += &say!(lang, "  right would be: {right}\n", "  serait juste : {right}\n");
        }
    }
    if let Some(more) = faults.len().checked_sub(MOST_TOLD).filter(|more| *more > 0) {
        text += &say!(lang, "and {more} more\n", "et {more} de plus\n");
    }
    message(&text)?;
    let count = faults.len();
    Ok(Failure::new(match count {
        1 => say!(
            lang,
            "{name}: one cell is to be mended: nothing was written",
            "{name} : une cellule est à corriger : rien n'a été écrit"
        ),
        _ => say!(
            lang,
            "{name}: {count} cells are to be mended: nothing was written",
            "{name} : {count} cellules sont à corriger : rien n'a été écrit"
        ),
    }))
}

/// What is wrong with a schedule whose cells can all be read, at the cell that says it.
fn unsound(error: &Diagnostic, items: &[Item], draft: &read::Draft, lang: Lang) -> Fault {
    let place = items.partition_point(|item| item.at.0.start <= error.span.start).saturating_sub(1);
    let origin = draft.origins.get(place).cloned().unwrap_or_default();
    let column = items.get(place).and_then(|item| column(item, error.span));
    let column = column.and_then(|column| origin.columns.get(&column));
    let at = column.map_or(origin.at, |column| (origin.at.0, *column));
    let right = error.help.clone().or_else(|| error.label.clone());
    let said = error.span.of(&draft.text);
    let (code, message) = (error.code.called(lang), &error.message);
    Fault {
        sheet: origin.sheet,
        at,
        said: (!said.is_empty()).then(|| said.to_owned()),
        wrong: format!("{message} [{code}]"),
        right: right.or_else(|| error.example.clone()),
    }
}

/// The column of the part of an item in which a place stands.
fn column(item: &Item, span: Span) -> Option<Column> {
    let within = |outer: Span| outer.start <= span.start && span.start < outer.end;
    if let ItemKind::Line(line) = &item.kind {
        let condition = line.condition.as_ref().map(|condition| condition.at.0);
        let triggers = line.triggers.iter().any(|trigger| within(trigger.at.0));
        if within(line.label.at.0) {
            Some(Column::Label)
        } else if within(line.amount_at.0) {
            Some(Column::Value)
        } else if condition.is_some_and(within) {
            Some(Column::Condition)
        } else if triggers {
            Some(Column::Which)
        } else {
            None
        }
    } else if let ItemKind::Action(action) = &item.kind {
        let rate = action.rate.as_ref().is_some_and(|rate| within(rate.at.0));
        let name = within(action.name.at.0).then_some(Column::Name);
        if rate { Some(Column::Rate) } else { name }
    } else {
        None
    }
}
