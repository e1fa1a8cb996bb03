//! Rows of texts as a table that is looked at, or as CSV.

use crate::cli::output::Failure;
use comfy_table::{CellAlignment, Table, presets};
use std::io::Write;

/// A table: its headings, which of its columns are numbers, and its rows.
pub struct Grid {
    /// The headings.
    pub header: Vec<String>,
    /// The columns that are set to the right.
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

    /// As CSV.
    pub fn csv(&self, out: &mut dyn Write) -> Result<(), Failure> {
        let mut writer = csv::Writer::from_writer(out);
        let failed = |error: csv::Error| Failure::from(std::io::Error::other(error));
        writer.write_record(&self.header).map_err(failed)?;
        for row in &self.rows {
            writer.write_record(row).map_err(failed)?;
        }
        Ok(writer.flush()?)
    }
}
