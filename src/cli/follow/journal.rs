//! `jalon journal`: each invoice with how it went out and when it was settled, the delays of payers and channels, and the
//! invoices of which no sending is proved. Its form with `--format json` stands in [`crate::tell`].

use super::files::InvoiceFiles;
use super::journal_page;
use super::journal_told::{Part, Told};
use crate::cli::output::{Exit, Failure, results, view};
use crate::feed::CsvForm;
use crate::follow;
use crate::lang::Lang;
use crate::tell::withheld_ids;
use clap::{Args, ValueEnum};

/// What `jalon journal` takes.
#[derive(Args)]
pub struct Options {
    #[command(flatten)]
    files: InvoiceFiles,

    /// How the journal is written
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,

    /// Which part of it, for a spreadsheet
    #[arg(long, value_enum, default_value_t = Part::Invoices)]
    part: Part,
}

/// How a journal is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Tables to be looked at
    Table,
    /// For a spreadsheet
    Csv,
    /// For a French spreadsheet: semicolons, decimal commas, French headings
    CsvFr,
    /// One document
    Json,
    /// One document, for other programs
    Xml,
    /// A page to be read or printed, with pictures of ageing and delays
    Html,
}

/// Writes the journal.
pub fn journal(options: &Options, lang: Option<Lang>) -> Result<Exit, Failure> {
    let opened = options.files.open(lang)?;
    let follow_ups = opened.follow_ups();
    let (run, exit) = opened.run(&follow_ups, false)?;
    let journal = follow::journal(&follow_ups, &opened.book, &run, opened.as_of);
    let withheld = withheld_ids(&opened.book, &run);
    let of = opened.lang.pick("in no figure", "comptées nulle part");
    let left_out = opened.left_out(&run, of);
    let told = Told { journal: &journal, opened: &opened, lang: opened.lang, withheld, left_out };
    match options.format {
        Format::Table => view(&told.tables())?,
        Format::Csv => {
            results(|out| told.sheet(options.part, CsvForm::Plain).csv(CsvForm::Plain, out))?
        }
        Format::CsvFr => {
            results(|out| told.sheet(options.part, CsvForm::French).csv(CsvForm::French, out))?;
        }
        Format::Json => results(|out| writeln!(out, "{}", told.json()))?,
        Format::Xml => results(|out| out.write_all(told.xml().as_bytes()))?,
        Format::Html => results(|out| out.write_all(journal_page::page(&told).as_bytes()))?,
    }
    Ok(exit)
}
