//! Invoice lines, as a host receives them.

use super::WhenKind;
use crate::calendar::Date;
use crate::lang::Lang;
use serde::{Deserialize, Serialize};

/// One line of an invoice. As JSON, one object; amounts are decimal strings with exactly the
/// currency's decimals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InvoiceLine {
    /// The case.
    pub case: String,
    /// The schedule's name.
    pub schedule: String,
    /// From when the version of the schedule is in force, where it has several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_force_from: Option<Date>,
    /// The day on which it fired: the invoice's day.
    pub date: Date,
    /// The case's invoices are counted from 1.
    pub invoice: u32,
    /// What kind of line it is.
    pub kind: InvoiceLineKind,
    /// The label of the schedule's line.
    pub line: String,
    /// What stands on the invoice: the action's name for itemised work, the deposit's label for a
    /// deduction, else the label of the line.
    pub label: String,
    /// Who pays it, where the schedule has payers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payer: Option<String>,
    /// Hours, or pieces, of itemised work. Hours sent in minutes that have no end as a decimal are
    /// shown to four decimals; the amount comes from the exact number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<String>,
    /// The price of one, for itemised work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_price: Option<String>,
    /// Before tax; below zero for a deduction.
    pub amount: String,
    /// ISO 4217.
    pub currency: String,
    /// The rate of its tax, in percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vat_rate: Option<String>,
    /// Why there is no tax on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vat_exempt: Option<String>,
    /// First day of the work on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_from: Option<Date>,
    /// Last day of the work on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_to: Option<Date>,
    /// For a deduction: the id of the deposit's line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deducts: Option<String>,
    /// For a credit: the id of the issued line that it takes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credits: Option<String>,
    /// What the line waited for.
    pub trigger: LineTrigger,
    /// Derived from what the line says: the same line has the same id whoever computes it.
    pub id: String,
    /// The semantic hash of the schedule on which the case was billed, where it is asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schedule_hash: Option<String>,
}

impl InvoiceLine {
    /// Whether another line says the same; either may carry the hash of its schedule.
    pub fn says_the_same(&self, other: &InvoiceLine) -> bool {
        let schedule_hash = self.schedule_hash.clone();
        *self == InvoiceLine { schedule_hash, ..other.clone() }
    }
}

/// The kinds of invoice line. Their order is part of the ids of lines: a new one comes last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum InvoiceLineKind {
    /// An advance.
    Deposit,
    /// A part.
    Installment,
    /// What settles.
    Balance,
    /// A deposit taken off a balance.
    Deduction,
    /// An issued line taken back, because it no longer stands.
    Credit,
    /// What is taken off, once.
    Discount,
}

impl InvoiceLineKind {
    /// All of them.
    pub const ALL: [InvoiceLineKind; 6] = [
        InvoiceLineKind::Deposit,
        InvoiceLineKind::Installment,
        InvoiceLineKind::Balance,
        InvoiceLineKind::Deduction,
        InvoiceLineKind::Credit,
        InvoiceLineKind::Discount,
    ];

    /// The word for it.
    pub fn word(self, lang: Lang) -> &'static str {
        match self {
            InvoiceLineKind::Deposit => lang.pick("deposit", "acompte"),
            InvoiceLineKind::Installment => lang.pick("installment", "échéance"),
            InvoiceLineKind::Balance => lang.pick("balance", "solde"),
            InvoiceLineKind::Deduction => lang.pick("deduction", "déduction"),
            InvoiceLineKind::Credit => lang.pick("credit", "avoir"),
            InvoiceLineKind::Discount => lang.pick("discount", "remise"),
        }
    }

    /// The name in JSON.
    #[inline]
    pub fn name(self) -> &'static str {
        match self {
            InvoiceLineKind::Deposit => "deposit",
            InvoiceLineKind::Installment => "installment",
            InvoiceLineKind::Balance => "balance",
            InvoiceLineKind::Deduction => "deduction",
            InvoiceLineKind::Credit => "credit",
            InvoiceLineKind::Discount => "discount",
        }
    }
}

/// What a line waited for, and when it came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineTrigger {
    /// The kind of trigger.
    pub kind: WhenKind,
    /// Its day.
    pub date: Date,
    /// The event's name, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The event's id, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
}
