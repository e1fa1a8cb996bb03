//! Invoice lines as a table that is looked at.

use super::output::plain;
use crate::lang::Lang;
use crate::model::{Invoice, InvoiceLine, InvoiceLineKind};
use comfy_table::{CellAlignment, Table, presets};

/// The word for the name of a kind, as accounts keep it.
pub fn kind_named(name: &'static str, lang: Lang) -> &'static str {
    let kind = InvoiceLineKind::ALL.into_iter().find(|one| one.name() == name);
    kind.map_or(name, |kind| kind.word(lang))
}

/// Invoice lines as a table for a terminal.
pub fn table(lines: &[InvoiceLine], lang: Lang) -> Table {
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED);
    table.set_header(lang.pick(
        ["case", "date", "invoice", "kind", "label", "quantity", "unit price", "amount", ""],
        [
            "dossier",
            "date",
            "facture",
            "nature",
            "libellé",
            "quantité",
            "prix unitaire",
            "montant",
            "",
        ],
    ));
    let digits = |number: Option<&String>| number.map_or(String::new(), |of| lang.digits(of));
    for line in lines {
        table.add_row([
            plain(&line.case),
            lang.date(line.date),
            line.invoice.to_string(),
            line.kind.word(lang).to_owned(),
            match &line.payer {
                None => plain(&line.label),
                Some(payer) => format!("{} ({})", plain(&line.label), plain(payer)),
            },
            digits(line.quantity.as_ref()),
            digits(line.unit_price.as_ref()),
            lang.digits(&line.amount),
            line.currency.clone(),
        ]);
    }
    right(&mut table, &[2, 5, 6, 7]);
    table
}

/// Whole invoices as a table for a terminal: one row each, what is taxed and the tax rate by rate.
pub fn invoice_table(invoices: &[Invoice], lang: Lang) -> Table {
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED);
    table.set_header(lang.pick(
        ["case", "invoice", "payer", "type", "date", "due", "net", "VAT", "total", ""],
        ["dossier", "facture", "payeur", "nature", "date", "échéance", "HT", "TVA", "total", ""],
    ));
    for invoice in invoices {
        let taxes = invoice.vat.iter().map(|tax| match &tax.rate {
            Some(rate) => {
                let (tax, rate) = (lang.digits(&tax.tax), lang.digits(rate));
                lang.pick(format!("{tax} ({rate}%)"), format!("{tax} ({rate} %)"))
            }
            None => lang.pick("exempt", "exonérée").to_owned(),
        });
        table.add_row([
            plain(&invoice.case),
            invoice.invoice.to_string(),
            invoice.payer.as_deref().map(plain).unwrap_or_default(),
            invoice.kind.word(lang).to_owned(),
            lang.date(invoice.date),
            invoice.due.map(|due| lang.date(due)).unwrap_or_default(),
            lang.digits(&invoice.net),
            taxes.collect::<Vec<_>>().join("\n"),
            lang.digits(&invoice.total),
            invoice.currency.clone(),
        ]);
    }
    right(&mut table, &[1, 6, 7, 8]);
    table
}

/// Sets columns of numbers to the right.
fn right(table: &mut Table, columns: &[usize]) {
    for column in columns {
        if let Some(column) = table.column_mut(*column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
}
