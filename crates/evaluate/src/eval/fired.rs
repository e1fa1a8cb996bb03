//! Lines as they fire, dense: numbers of lines, triggers and events, and no texts.

use crate::calendar::Date;
use crate::model::InvoiceLineKind;
use crate::model::program::{Kind, Program};
use crate::money::{Hours, Money};
use crate::plan::{LineId, TriggerId};
use crate::rules;
use std::sync::Arc;

/// A line that fired, dense.
#[derive(Clone, Copy, Debug)]
pub struct Fired {
    /// The schedule's line.
    pub line: LineId,
    /// What kind of line it is.
    pub kind: InvoiceLineKind,
    /// What stands on the invoice.
    pub label: Label,
    /// The invoice's day.
    pub date: Date,
    /// What it bills.
    pub amount: Money,
    /// What it waited for.
    pub trigger: TriggerId,
    /// The event of its moment.
    pub event: Option<u32>,
    /// For itemised work: its hours, or `None` for one piece.
    pub quantity: Option<Option<Hours>>,
    /// For itemised work: the price of one.
    pub unit_price: Money,
    /// First and last day of the work on it.
    pub service: Option<(Date, Date)>,
}

/// The lines of a case, dense.
#[derive(Clone, Debug)]
pub enum FiredLines<'e> {
    /// Of a schedule of the first part of the language.
    First(&'e [Fired]),
    /// Of a program.
    Second(Arc<Program>, &'e [rules::Billed]),
}

impl FiredLines<'_> {
    /// How many there are.
    #[inline]
    pub fn len(&self) -> usize {
        match self {
            FiredLines::First(lines) => lines.len(),
            FiredLines::Second(_, lines) => lines.len(),
        }
    }

    /// Each line's day, kind and amount.
    pub fn amounts(&self) -> impl Iterator<Item = (Date, InvoiceLineKind, Money)> {
        let (first, second) = match self {
            FiredLines::First(lines) => (*lines, &[][..]),
            FiredLines::Second(_, lines) => (&[][..], *lines),
        };
        let first = first.iter().map(|line| (line.date, line.kind, line.amount));
        first.chain(second.iter().map(|line| (line.date, kind_of(line.kind), line.amount)))
    }

    /// Whether there is none.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// What stands on the invoice.
#[derive(Clone, Copy, Debug)]
pub enum Label {
    /// The label of the schedule's line.
    Line,
    /// The name of an event.
    Event(u32),
    /// The label of a deposit's line, by its place among the case's lines.
    Deposit(usize),
}

/// What kind of invoice line a program bills.
pub(super) fn kind_of(kind: rules::BilledKind) -> InvoiceLineKind {
    match kind {
        rules::BilledKind::Deduction => InvoiceLineKind::Deduction,
        rules::BilledKind::Own(Kind::Deposit) => InvoiceLineKind::Deposit,
        rules::BilledKind::Own(Kind::Installment) => InvoiceLineKind::Installment,
        rules::BilledKind::Own(Kind::Discount) => InvoiceLineKind::Discount,
        rules::BilledKind::Own(Kind::Balance) => InvoiceLineKind::Balance,
    }
}
