//! `jalon show`: schedules as the tables that billing administrators know.

mod html;
mod markdown;
mod sheet;
mod terminal;

use super::input;
use super::output::{Exit, Failure, view};
use crate::lang::Lang;
use crate::syntax;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// What `jalon show` takes.
///
/// Each schedule is shown with what is billed, how much, when and on which conditions: its price,
/// its actions, and one row for each line. Headings are in the language of the file, or in that of
/// `--lang`; the names that the file gives stay as they are.
#[derive(Args)]
pub struct Options {
    /// Schedule files, or folders with files whose name ends in .jalon
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,

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
}

/// Shows schedules.
pub fn show(options: &Options, lang: Option<Lang>) -> Result<Exit, Failure> {
    let files = input::sound_schedules(&options.paths, lang)?;
    let mut sheets = Vec::new();
    for file in &files {
        let report = &file.compiled.warnings;
        let parsed = syntax::parse(&report.source.text, Some(report.lang));
        sheets.extend(sheet::sheets(&parsed.file, report.lang));
    }
    view(&match options.format {
        Format::Terminal => terminal::text(&sheets, terminal::width()),
        Format::Html => html::document(&sheets),
        Format::Markdown => markdown::text(&sheets),
    })?;
    Ok(Exit::Fine)
}
