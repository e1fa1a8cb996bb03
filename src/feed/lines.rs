//! Invoice lines as files: one JSON object a line, or CSV.

use crate::model::InvoiceLine;
use std::io::{self, Write};

/// A format for files of invoice lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineFormat {
    /// One JSON object a line.
    Ndjson,
    /// Comma-separated, with a header.
    Csv,
}

/// The columns of a CSV file, in order.
const COLUMNS: [&str; 18] = [
    "case",
    "schedule",
    "date",
    "invoice",
    "kind",
    "line",
    "label",
    "quantity",
    "unit_price",
    "amount",
    "currency",
    "service_from",
    "service_to",
    "trigger_kind",
    "trigger_date",
    "trigger_name",
    "deducts",
    "id",
];

/// Writes lines; `header` says whether a CSV file begins here.
pub fn write_lines(
    out: &mut impl Write,
    format: LineFormat,
    header: bool,
    lines: &[InvoiceLine],
) -> io::Result<()> {
    match format {
        LineFormat::Ndjson => {
            for line in lines {
                serde_json::to_writer(&mut *out, line)?;
                out.write_all(b"\n")?;
            }
            Ok(())
        }
        LineFormat::Csv => write_csv(out, header, lines),
    }
}

fn write_csv(out: &mut impl Write, header: bool, lines: &[InvoiceLine]) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    if header {
        csv.write_record(COLUMNS)?;
    }
    for line in lines {
        let date = |date: Option<crate::calendar::Date>| {
            date.map(|date| date.to_string()).unwrap_or_default()
        };
        csv.write_record([
            text(&line.case),
            text(&line.schedule),
            line.date.to_string(),
            line.invoice.to_string(),
            line.kind.name().to_owned(),
            text(&line.line),
            text(&line.label),
            line.quantity.clone().unwrap_or_default(),
            line.unit_price.clone().unwrap_or_default(),
            line.amount.clone(),
            line.currency.clone(),
            date(line.service_from),
            date(line.service_to),
            line.trigger.kind.name().to_owned(),
            line.trigger.date.to_string(),
            text(line.trigger.name.as_deref().unwrap_or("")),
            line.deducts.clone().unwrap_or_default(),
            line.id.clone(),
        ])?;
    }
    csv.flush()
}

/// A text that a spreadsheet would take for a formula is preceded by an apostrophe, so that it
/// stays a text; numbers are not touched.
fn text(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    if formula { format!("'{cell}") } else { cell.to_owned() }
}
