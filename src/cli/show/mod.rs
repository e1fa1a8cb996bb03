//! `jalon show`: schedules as the tables that billing administrators know.

mod follow_up;
mod html;
mod markdown;
mod sheet;
mod situations;
mod terminal;

use super::input;
use super::not_covered;
use super::output::{Exit, Failure, view};
use super::tongue;
use crate::calendar::Date;
use crate::lang::Lang;
use crate::syntax;
use crate::verify;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// What `jalon show` takes.
#[derive(Args)]
pub struct Options {
    /// Schedule files, or folders with files whose name ends in .jalon
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Show every situation that a case can come to, and what is billed there: in HTML, to be printed and
    /// signed
    #[arg(long)]
    situations: bool,

    /// The day that stands on a table of situations, as YYYY-MM-DD; today if not stated
    #[arg(long, value_name = "DATE", value_parser = input::date_argument, requires = "situations")]
    date: Option<Date>,

    /// How the tables are written
    #[arg(long, value_enum, default_value_t = Format::Terminal)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// Drawn, as wide as the terminal, or 120 columns
    Terminal,
    /// A document of its own, to read or print
    Html,
    /// Tables as GitHub reads them
    Markdown,
    /// One row for each line billed, with --situations only
    Csv,
}

/// Shows schedules.
pub fn show(options: &Options, lang: Option<Lang>) -> Result<Exit, Failure> {
    let files = input::sound_sources(&options.paths, lang)?;
    // Rows for a program say nothing of a day.
    let day = match options.format {
        Format::Csv => None,
        Format::Terminal | Format::Html | Format::Markdown => Some(input::as_of(options.date)?),
    };
    let mut sheets = Vec::new();
    for file in &files {
        let report = &file.compiled.warnings;
        let parsed = syntax::parse(&report.source.text, Some(report.lang));
        let shown = sheet::sheets(&parsed.file, report.lang);
        if !options.situations {
            sheets.extend(shown);
            continue;
        }
        not_covered::refuse(file.compiled.schedules.iter(), report.lang)?;
        // The schedules of a sound file stand in its order in both.
        let mut shown = shown.into_iter().filter(|sheet| !sheet.follow_up);
        let plans = file.compiled.schedules.iter();
        sheets.extend(plans.clone().map(|plan| {
            let in_force = verify::InForce::of(plan, plans.clone());
            situations::sheet((plan, in_force), shown.next(), day, report.lang)
        }));
    }
    view(&match options.format {
        Format::Terminal => terminal::text(&sheets, terminal::width()),
        Format::Html => html::document(&sheets),
        Format::Markdown => markdown::text(&sheets),
        Format::Csv if options.situations => situations::csv(&sheets)?,
        Format::Csv => {
            let lang = tongue::of_answer(lang);
            return Err(Failure::new(
                lang.pick("--format csv needs --situations", "--format csv demande --situations"),
            ));
        }
    })?;
    Ok(Exit::Fine)
}
