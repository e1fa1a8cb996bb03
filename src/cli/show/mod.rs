//! `jalon show`: schedules as the tables that billing administrators know.

mod html;
mod markdown;
mod sheet;
mod situations;
mod terminal;

use super::input;
use super::output::{Exit, Failure, view};
use crate::lang::Lang;
use crate::syntax;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// What `jalon show` takes.
#[derive(Args)]
pub struct Options {
    /// Schedule files, or folders with files whose name ends in .jalon
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Show every situation that a case can come to, and what is billed there
    #[arg(long)]
    situations: bool,

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
    let mut sheets = Vec::new();
    for file in &files {
        let report = &file.compiled.warnings;
        if options.situations {
            let plans = &file.compiled.schedules;
            sheets.extend(plans.iter().map(|plan| situations::sheet(plan, report.lang)));
            continue;
        }
        let parsed = syntax::parse(&report.source.text, Some(report.lang));
        sheets.extend(sheet::sheets(&parsed.file, report.lang));
    }
    view(&match options.format {
        Format::Terminal => terminal::text(&sheets, terminal::width()),
        Format::Html => html::document(&sheets),
        Format::Markdown => markdown::text(&sheets),
        Format::Csv if options.situations => situations::csv(&sheets)?,
        Format::Csv => {
            let lang = sheets.first().map(|sheet| sheet.lang).unwrap_or_default();
            return Err(Failure::new(
                lang.pick("--format csv needs --situations", "--format csv demande --situations"),
            ));
        }
    })?;
    Ok(Exit::Fine)
}
