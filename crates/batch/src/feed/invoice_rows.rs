//! Whole invoices as rows: in, an invoice; out, one record of CSV, as follow-ups read it again.
//!
//! Its lines, and its tax rate by rate, are in no row: who needs them takes whole invoices as JSON.

use super::lines::{CsvForm, write_cell};
use crate::calendar::Date;
use crate::lang::Lang;
use crate::model::Invoice;
use rust_decimal::Decimal;

/// The columns, in order, each with its French name.
pub const INVOICE_COLUMNS: [(&str, &str); 13] = [
    ("invoice_id", "facture"),
    ("number", "numéro"),
    ("case", "dossier"),
    ("invoice", "n° dans le dossier"),
    ("schedule", "échéancier"),
    ("payer", "payeur"),
    ("type", "type"),
    ("date", "date"),
    ("due", "échéance"),
    ("net", "total HT"),
    ("vat", "TVA"),
    ("total", "total TTC"),
    ("currency", "devise"),
];

/// Writes what stands above all invoices.
pub fn write_invoice_header(out: &mut Vec<u8>, form: CsvForm) {
    if form == CsvForm::French {
        out.extend_from_slice(super::BOM);
    }
    for (place, (name, french)) in INVOICE_COLUMNS.into_iter().enumerate() {
        begin_cell(out, form, place);
        let name = if form == CsvForm::French { french } else { name };
        out.extend_from_slice(name.as_bytes());
    }
    out.push(b'\n');
}

/// Writes one invoice.
pub fn write_invoice(out: &mut Vec<u8>, form: CsvForm, invoice: &Invoice) {
    let number = |digits: &str| match form {
        CsvForm::Plain | CsvForm::Exact => Cell::Ours(digits.to_owned()),
        CsvForm::French => Cell::Ours(digits.replace('.', ",")),
    };
    let day = |day: Option<Date>| Cell::Ours(day.map_or(String::new(), |day| day.to_string()));
    let kind = match form {
        CsvForm::Plain | CsvForm::Exact => invoice.kind.name(),
        CsvForm::French => invoice.kind.word(Lang::Fr),
    };
    // As the lists of follow-ups call it.
    let own = format!("{}/{}", invoice.case, invoice.invoice);
    let cells = [
        Cell::Ours(invoice.invoice_id.clone()),
        Cell::Text(&own),
        Cell::Text(&invoice.case),
        Cell::Ours(invoice.invoice.to_string()),
        Cell::Text(&invoice.schedule),
        Cell::Text(invoice.payer.as_deref().unwrap_or_default()),
        Cell::Ours(kind.to_owned()),
        day(Some(invoice.date)),
        day(invoice.due),
        number(&invoice.net),
        number(&tax(invoice)),
        number(&invoice.total),
        Cell::Ours(invoice.currency.clone()),
    ];
    for (place, cell) in cells.iter().enumerate() {
        begin_cell(out, form, place);
        match cell {
            Cell::Ours(text) => out.extend_from_slice(text.as_bytes()),
            Cell::Text(text) => write_cell(out, form, text),
        }
    }
    out.push(b'\n');
}

/// What stands in a row.
enum Cell<'i> {
    /// What we have written ourselves: it needs no quotes, and a spreadsheet takes it for what it is.
    Ours(String),
    /// A text of the user's.
    Text(&'i str),
}

fn begin_cell(out: &mut Vec<u8>, form: CsvForm, place: usize) {
    if place > 0 {
        out.push(form.separator());
    }
}

/// All tax of an invoice, what is exempt at zero; empty where the schedule says nothing of tax.
fn tax(invoice: &Invoice) -> String {
    if invoice.vat.is_empty() {
        return String::new();
    }
    let taxes = invoice.vat.iter().map(|one| one.tax.parse::<Decimal>());
    taxes.sum::<Result<Decimal, _>>().map_or(String::new(), |sum| sum.to_string())
}
