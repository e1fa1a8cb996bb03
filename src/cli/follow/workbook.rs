//! Tables as a workbook in the form of Excel (.xlsx), which other spreadsheets read, too.
//!
//! A sum is a number there, and no text, so that a spreadsheet adds it up. Such a number has some fifteen digits: what has
//! more is written as text, exactly. The format knows binary numbers alone, and this is the one place where a sum becomes one:
//! nothing is computed with it, and its fifteen digits come back as they were. A text is never a formula.

use super::table::Grid;
use crate::calendar::Date;
use crate::cli::output::Failure;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

/// A table, and the place where it stands.
pub struct Sheet {
    /// The name of its sheet.
    pub name: &'static str,
    /// The table.
    pub grid: Grid,
    /// Which of its columns are days, written as YYYY-MM-DD.
    pub days: Vec<usize>,
}

/// So many digits of a number are kept by every spreadsheet.
const DIGITS: usize = 15;

/// The sheets as a file. It is dated, so that the same list gives the same bytes.
pub fn workbook(sheets: &[Sheet], dated: Date) -> Result<Vec<u8>, Failure> {
    written(sheets, dated).map_err(|error| {
        Failure::both(
            format!("the list does not fit into a workbook: {error}"),
            format!("la liste ne tient pas dans un classeur : {error}"),
        )
    })
}

fn written(sheets: &[Sheet], dated: Date) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::parse_from_str(&dated.to_string())?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    for sheet in sheets {
        let page = workbook.add_worksheet();
        page.set_name(sheet.name)?;
        page.set_freeze_panes(1, 0)?;
        let heading = Format::new().set_bold().set_text_wrap();
        for (column, text) in (0..).zip(&sheet.grid.header) {
            page.write_string_with_format(0, column, text, &heading)?;
        }
        let mut kinds = vec![Kind::Text; sheet.grid.header.len()];
        for (columns, kind) in [(&sheet.days, Kind::Day), (&sheet.grid.numbers, Kind::Number)] {
            for column in columns {
                if let Some(own) = kinds.get_mut(*column) {
                    *own = kind;
                }
            }
        }
        for (row, cells) in (1..).zip(&sheet.grid.rows) {
            for (column, (text, kind)) in (0..).zip(cells.iter().zip(&kinds)) {
                cell(page, (row, column), text, *kind)?;
            }
        }
        page.autofit();
    }
    workbook.save_to_buffer()
}

#[derive(Clone, Copy)]
enum Kind {
    Text,
    Number,
    Day,
}

fn cell(
    page: &mut Worksheet,
    (row, column): (u32, u16),
    text: &str,
    kind: Kind,
) -> Result<(), XlsxError> {
    if text.is_empty() {
        return Ok(());
    }
    match kind {
        Kind::Number
            if text.bytes().filter(u8::is_ascii_digit).count() <= DIGITS
                && let Ok(number) = text.parse::<f64>() =>
        {
            let decimals = text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
            let form = match decimals {
                0 => "#,##0".to_owned(),
                _ => format!("#,##0.{}", "0".repeat(decimals)),
            };
            page.write_number_with_format(
                row,
                column,
                number,
                &Format::new().set_num_format(form),
            )?;
        }
        Kind::Day => {
            let day = ExcelDateTime::parse_from_str(text)?;
            page.write_datetime_with_format(
                row,
                column,
                &day,
                &Format::new().set_num_format("yyyy-mm-dd"),
            )?;
        }
        Kind::Number | Kind::Text => {
            page.write_string(row, column, text)?;
        }
    }
    Ok(())
}
