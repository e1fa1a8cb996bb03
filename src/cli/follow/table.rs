//! Rows of texts as a table that is looked at, or as CSV.

use crate::cli::output::Failure;
use crate::feed::{BOM, CsvForm, write_cell};
use clap::ValueEnum;
use comfy_table::{CellAlignment, Table, presets};
use std::io::Write;

/// A table: its headings, which of its columns are numbers, and its rows.
pub struct Grid {
    /// The headings.
    pub header: Vec<String>,
    /// The columns that are numbers.
    pub numbers: Vec<usize>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
}

impl Grid {
    /// Drawn.
    pub fn drawn(&self) -> String {
        let mut table = Table::new();
        table.load_style(presets::UTF8_FULL_CONDENSED);
        table.set_header(&self.header);
        for row in &self.rows {
            table.add_row(row);
        }
        for number in &self.numbers {
            if let Some(column) = table.column_mut(*number) {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        format!("{table}\n")
    }

    /// With the words that French spreadsheets have for what is true or false, in these columns, where it is for one.
    pub fn truths(mut self, columns: &[usize], form: CsvForm) -> Grid {
        if form != CsvForm::French {
            return self;
        }
        for row in &mut self.rows {
            for at in columns {
                let word = match row.get(*at).map(String::as_str) {
                    Some("true") => "oui",
                    Some("false") => "non",
                    Some(_) | None => continue,
                };
                if let Some(cell) = row.get_mut(*at) {
                    word.clone_into(cell);
                }
            }
        }
        self
    }

    /// As CSV; `numbers` are then the columns whose decimals a French spreadsheet has behind a comma.
    pub fn csv(&self, form: CsvForm, out: &mut dyn Write) -> Result<(), Failure> {
        let separator = if form == CsvForm::French { b';' } else { b',' };
        let mut bytes = Vec::new();
        let mut is_number = vec![false; self.header.len()];
        for column in &self.numbers {
            if let Some(own) = is_number.get_mut(*column) {
                *own = true;
            }
        }
        if form == CsvForm::French {
            bytes.extend_from_slice(BOM);
        }
        for (number, row) in std::iter::once(&self.header).chain(&self.rows).enumerate() {
            for (column, cell) in row.iter().enumerate() {
                if column > 0 {
                    bytes.push(separator);
                }
                let is_number = is_number.get(column).copied().unwrap_or(false);
                match (number > 0 && is_number, form) {
                    (true, CsvForm::French) => bytes.extend(cell.replace('.', ",").bytes()),
                    (true, CsvForm::Plain | CsvForm::Exact) => bytes.extend(cell.bytes()),
                    (false, _) => write_cell(&mut bytes, form, cell),
                }
            }
            bytes.push(b'\n');
        }
        Ok(out.write_all(&bytes)?)
    }
}

/// How an answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A table to be looked at
    Table,
    /// For a spreadsheet
    Csv,
    /// For a French spreadsheet: semicolons, decimal commas, French headings
    CsvFr,
    /// One object a line
    Json,
}

/// The headings of a file for a spreadsheet, in English and French.
pub type Headings<'h> = &'h [(&'static str, &'static str)];

/// The headings that a form has.
pub fn headings(all: Headings<'_>, form: CsvForm) -> Vec<String> {
    let heading = |(english, french): &(&str, &str)| {
        if form == CsvForm::French { (*french).to_owned() } else { (*english).to_owned() }
    };
    all.iter().map(heading).collect()
}
