//! Invoice lines as a table that is looked at.

use super::output::plain;
use crate::lang::Lang;
use crate::model::{InvoiceLine, InvoiceLineKind};

/// The word for a kind of invoice line.
pub fn kind(kind: InvoiceLineKind, lang: Lang) -> &'static str {
    match kind {
        InvoiceLineKind::Deposit => lang.pick("deposit", "acompte"),
        InvoiceLineKind::Installment => lang.pick("installment", "échéance"),
        InvoiceLineKind::Balance => lang.pick("balance", "solde"),
        InvoiceLineKind::Deduction => lang.pick("deduction", "déduction"),
        InvoiceLineKind::Credit => lang.pick("credit", "avoir"),
        InvoiceLineKind::Discount => lang.pick("discount", "remise"),
    }
}

/// The same for the name of a kind, as accounts keep it.
pub fn kind_named(name: &'static str, lang: Lang) -> &'static str {
    use InvoiceLineKind::{Balance, Credit, Deduction, Deposit, Installment};
    let mut kinds = [Deposit, Installment, Balance, Deduction, Credit].into_iter();
    kinds.find(|one| one.name() == name).map_or(name, |one| kind(one, lang))
}

/// Invoice lines as a table for a terminal.
pub fn table(lines: &[InvoiceLine], lang: Lang) -> comfy_table::Table {
    use comfy_table::{CellAlignment, Table, presets};
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
            kind(line.kind, lang).to_owned(),
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
    for column in [2, 5, 6, 7] {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table
}
