//! Sheets as the bytes of a workbook in the form of Excel (.xlsx), which other spreadsheets read, too.
//!
//! A number is a plain number with its unit in a cell of its own, and yes or no is a word: lengths of time and check boxes as kinds of
//! cells do not outlive every tool. A text is never a formula. The same sheets give the same bytes.

use super::{Page, Value};
use crate::cli::output::Failure;
use rust_xlsxwriter::{
    DataValidation, DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError,
};

/// The day that stands in every workbook of schedules as that of its making.
const MADE: (u16, u8, u8) = (2000, 1, 1);

/// The workbook.
pub fn workbook(pages: &[Page]) -> Result<Vec<u8>, Failure> {
    written(pages).map_err(|error| {
        Failure::both(
            format!("the schedules do not fit into a workbook: {error}"),
            format!("les échéanciers ne tiennent pas dans un classeur : {error}"),
        )
    })
}

fn written(pages: &[Page]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let (year, month, day) = MADE;
    let created = ExcelDateTime::from_ymd(year, month, day)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    for page in pages {
        let sheet = workbook.add_worksheet();
        sheet.set_name(&page.name)?;
        sheet.set_landscape().set_print_fit_to_pages(1, 0);
        let bold = Format::new().set_bold().set_text_wrap();
        for (at, value) in &page.cells {
            cell(sheet, *at, value, page.look.bold.contains(at).then_some(&bold))?;
        }
        for (column, width) in (0..).zip(&page.look.widths) {
            sheet.set_column_width(column, f64::from(*width))?;
        }
        for list in &page.look.lists {
            let choices = DataValidation::new().allow_list_strings(&list.words)?;
            let choices = choices.show_error_message(!list.open);
            let (first, last) = list.rows;
            sheet.add_data_validation(first, list.column, last, list.column, &choices)?;
        }
    }
    workbook.save_to_buffer()
}

fn cell(
    sheet: &mut Worksheet,
    (row, column): super::At,
    value: &Value,
    format: Option<&Format>,
) -> Result<(), XlsxError> {
    match value {
        Value::Text(text) => match format {
            Some(format) => sheet.write_string_with_format(row, column, text, format)?,
            None => sheet.write_string(row, column, text)?,
        },
        // The format knows binary numbers alone: nothing is computed with one, and its digits come back as they were.
        Value::Number { digits, .. } => match digits.parse::<f64>() {
            Ok(number) => sheet.write_number(row, column, number)?,
            Err(_) => sheet.write_string(row, column, digits)?,
        },
        Value::Day(day) => match ExcelDateTime::parse_from_str(day) {
            // Spreadsheets disagree on the days before.
            Ok(date) if day.as_str() >= "1900-03-01" => {
                let format = Format::new().set_num_format("yyyy-mm-dd");
                sheet.write_datetime_with_format(row, column, &date, &format)?
            }
            Ok(_) | Err(_) => sheet.write_string(row, column, day)?,
        },
        Value::Truth(truth) => sheet.write_boolean(row, column, *truth)?,
        Value::Unreadable(_) => sheet,
    };
    Ok(())
}
