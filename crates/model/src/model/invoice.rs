//! Whole invoices, as a host receives them.

use super::InvoiceLine;
use crate::calendar::Date;
use crate::lang::Lang;
use serde::{Deserialize, Serialize};

/// One invoice: the lines that are billed together, their tax and their total. As JSON, one object;
/// amounts are decimal strings with exactly the currency's decimals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Invoice {
    /// Made from the ids of its lines: the same lines are the same invoice, in whatever order.
    pub invoice_id: String,
    /// The case.
    pub case: String,
    /// The schedule's name.
    pub schedule: String,
    /// Who pays it, where the schedule has payers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payer: Option<String>,
    /// The case's invoices are counted from 1.
    pub invoice: u32,
    /// What it is to whoever receives it.
    #[serde(rename = "type")]
    pub kind: InvoiceKind,
    /// Its day: that of its lines or, where lines have been issued before, the day of issue.
    pub date: Date,
    /// When it is due, where the schedule says so. Nothing is due of what is below zero.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Date>,
    /// ISO 4217.
    pub currency: String,
    /// Its lines.
    pub lines: Vec<InvoiceLine>,
    /// Before tax.
    pub net: String,
    /// Its tax by rate and exemption, in the order in which they first stand on a line.
    pub vat: Vec<InvoiceTax>,
    /// After tax.
    pub total: String,
}

/// The tax of an invoice at one rate, or that there is none and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InvoiceTax {
    /// The rate, in percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate: Option<String>,
    /// Why there is no tax.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exempt: Option<String>,
    /// What is taxed, before tax.
    pub base: String,
    /// The tax, rounded once.
    pub tax: String,
}

/// What an invoice is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvoiceKind {
    /// All its lines are deposits.
    Deposit,
    /// It comes to less than nothing.
    CreditNote,
    /// Any other.
    Invoice,
}

impl InvoiceKind {
    /// Its name, as JSON has it.
    pub fn name(self) -> &'static str {
        match self {
            InvoiceKind::Deposit => "deposit",
            InvoiceKind::CreditNote => "credit_note",
            InvoiceKind::Invoice => "invoice",
        }
    }

    /// What people call it.
    pub fn word(self, lang: Lang) -> &'static str {
        match self {
            InvoiceKind::Deposit => lang.pick("deposit", "acompte"),
            InvoiceKind::CreditNote => lang.pick("credit note", "avoir"),
            InvoiceKind::Invoice => lang.pick("invoice", "facture"),
        }
    }
}
