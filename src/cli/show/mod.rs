//! `jalon show`: schedules as the tables that billing administrators know.

mod annex;
mod follow_up;
mod grid;
mod html;
mod markdown;
mod sheet;
mod situations;
mod terminal;

use super::input;
use super::not_covered;
use super::output::{Exit, Failure, results, view};
use super::spreadsheet::{bytes, written};
use super::tongue;
use crate::calendar::Date;
use crate::cli::arguments;
use crate::lang::Lang;
use crate::syntax;
use crate::verify;
use clap::{Args, ValueEnum};
use grid::Sheet;
pub use sheet::currency_of;
use std::io::IsTerminal;
use std::path::PathBuf;

/// What `jalon show` takes.
#[derive(Args)]
#[command(group = clap::ArgGroup::new("dated").args(["situations", "annex"]))]
pub struct Options {
    /// Schedule files, or folders with files whose name ends in .jalon
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Show every situation that a case can come to, and what is billed there: in HTML, to be printed and
    /// signed
    #[arg(long)]
    situations: bool,

    /// Show an annex to a contract: the lines in sentences and as a table, a case worked out, every situation, and
    /// where both sides sign; in HTML, to be printed
    #[arg(long, conflicts_with = "situations")]
    annex: bool,

    /// The day that stands on a table of situations or an annex, as YYYY-MM-DD; today if not stated
    #[arg(long, value_name = "DATE", value_parser = arguments::date_argument, requires = "dated")]
    date: Option<Date>,

    /// How the tables are written
    #[arg(long, value_enum, default_value_t = Format::Terminal)]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Drawn, as wide as the terminal, or 120 columns
    Terminal,
    /// A document of its own, to read or print
    Html,
    /// Tables as GitHub reads them
    Markdown,
    /// One row for each line billed, with --situations only
    Csv,
    /// A workbook for a spreadsheet, which `jalon import` reads back
    Xlsx,
}

/// Shows schedules.
pub fn show(options: &Options, lang: Option<Lang>) -> Result<Exit, Failure> {
    if options.format == Format::Xlsx {
        return workbook(options, lang);
    }
    let files = input::sound_sources(&options.paths, lang)?;
    // Rows for a program say nothing of a day.
    let day = match options.format {
        Format::Csv | Format::Xlsx => None,
        Format::Terminal | Format::Html | Format::Markdown => Some(input::as_of(options.date)?),
    };
    let mut sheets = Vec::new();
    for file in &files {
        let report = &file.compiled.warnings;
        let parsed = syntax::parse(&report.source.text, Some(report.lang));
        let shown = sheet::sheets(&parsed.file, report.lang);
        if !options.situations && !options.annex {
            sheets.extend(shown.into_iter().map(|sheet| Sheet { rules: Vec::new(), ..sheet }));
            continue;
        }
        if options.situations {
            not_covered::refuse(file.compiled.schedules.iter(), report.lang)?;
        }
        // The schedules of a sound file stand in its order in both.
        let mut shown = shown.into_iter().filter(|sheet| !sheet.follow_up);
        let plans = file.compiled.schedules.iter();
        sheets.extend(plans.clone().map(|plan| {
            let in_force = verify::InForce::of(plan, plans.clone());
            let shown = shown.next();
            if !options.annex {
                return situations::sheet((plan, in_force), shown, day, report.lang);
            }
            let scenarios =
                annex::Scenarios { of: &file.compiled.scenarios, written: &parsed.file };
            annex::sheet((plan, in_force), shown, &scenarios, day, report.lang)
        }));
    }
    if sheets.is_empty() {
        return Err(Failure::both(
            "the files hold no schedule to be shown so",
            "les fichiers ne contiennent aucun échéancier à montrer ainsi",
        ));
    }
    view(&match options.format {
        Format::Terminal => terminal::text(&sheets, terminal::width()),
        Format::Html => html::document(&sheets),
        Format::Markdown => markdown::text(&sheets),
        Format::Csv if options.situations => situations::csv(&sheets)?,
        Format::Csv | Format::Xlsx => {
            let lang = tongue::of_answer(lang);
            return Err(Failure::new(
                lang.pick("--format csv needs --situations", "--format csv demande --situations"),
            ));
        }
    })?;
    Ok(Exit::Fine)
}

/// Writes the schedules as a workbook, in one language.
fn workbook(options: &Options, lang: Option<Lang>) -> Result<Exit, Failure> {
    if options.situations || options.annex {
        return Err(Failure::both(
            "--format xlsx shows the schedule itself: for its situations, --format csv or html",
            "--format xlsx montre l'échéancier lui-même : pour ses situations, --format csv ou html",
        ));
    }
    if std::io::stdout().is_terminal() {
        return Err(Failure::both(
            "a workbook is not for a terminal: write it to a file (`> schedule.xlsx`)",
            "un classeur n'est pas fait pour un terminal : écrivez-le dans un fichier (`> echeancier.xlsx`)",
        ));
    }
    let files = input::sound_sources(&options.paths, lang)?;
    let lang = lang.unwrap_or_else(|| tongue::of_answer(None));
    let parsed: Vec<_> = files
        .iter()
        .map(|file| syntax::parse(&file.compiled.warnings.source.text, Some(lang)).file)
        .collect();
    let workbook = bytes::workbook(&written::pages(parsed.iter(), lang))?;
    results(|out| out.write_all(&workbook))?;
    Ok(Exit::Fine)
}
