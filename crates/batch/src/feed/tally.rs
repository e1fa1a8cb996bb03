//! The accounts of a run: what was read, what became of it, and what was billed.

use crate::eval::Notices;
use crate::model::InvoiceLineKind;
use crate::money::{Currency, Money};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What became of the cases and events of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Cases that are billed, if only with nothing.
    pub billed_cases: u64,
    /// Cases that are withheld.
    pub withheld_cases: u64,
    /// Events that count.
    pub used: u64,
    /// Events of billed cases that have no effect.
    pub without_effect: u64,
    /// Events of withheld cases, sound or not.
    pub withheld: u64,
    /// Notices by their kinds, of events with an effect too.
    pub notices: BTreeMap<&'static str, u64>,
    /// Lines that are given although a line of a later day has been issued.
    pub late_lines: u64,
    /// Whole invoices that are made, where they are wanted.
    pub invoices: u64,
    /// What is billed, by currency and kind of line.
    pub totals: BTreeMap<(&'static str, &'static str), Total>,
}

/// What is billed of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Total {
    /// How many lines.
    pub lines: u64,
    /// Their sum, in minor units.
    pub amount_minor: i128,
    /// How many decimals the currency has.
    pub decimals: u32,
}

impl Tally {
    /// A case of so many events is billed.
    pub fn bill(&mut self, events: u64, notices: &Notices) {
        let mut without = 0;
        for (kind, count) in notices.counts() {
            without += if kind.has_effect() { 0 } else { count };
            self.notice(kind.name(), count);
        }
        self.billed_cases += 1;
        self.used += events - without.min(events);
        self.without_effect += without;
    }

    /// There are so many notices of a kind.
    pub fn notice(&mut self, kind: &'static str, count: u64) {
        *self.notices.entry(kind).or_default() += count;
    }

    /// How many notices there are.
    pub fn notice_count(&self) -> u64 {
        self.notices.values().sum()
    }

    /// A case of so many events is withheld.
    pub fn withhold(&mut self, events: u64) {
        self.withheld_cases += 1;
        self.withheld += events;
    }

    /// Lines of a case are billed.
    pub fn bill_lines(
        &mut self,
        currency: Currency,
        lines: impl Iterator<Item = (InvoiceLineKind, Money)>,
    ) {
        let decimals = currency.decimals();
        // Lines of one kind mostly stand together: each run of them is looked up once.
        let mut run: Option<(InvoiceLineKind, Total)> = None;
        for (kind, amount) in lines {
            let total = match &mut run {
                Some((of, total)) if *of == kind => total,
                _ => {
                    let begun = (kind, Total { lines: 0, amount_minor: 0, decimals });
                    self.add_run(currency, run.take());
                    &mut run.insert(begun).1
                }
            };
            total.lines += 1;
            total.amount_minor += i128::from(amount.0);
        }
        self.add_run(currency, run);
    }

    fn add_run(&mut self, currency: Currency, run: Option<(InvoiceLineKind, Total)>) {
        if let Some((kind, total)) = run {
            self.add_total((currency.code(), kind.name()), total);
        }
    }

    fn add_total(&mut self, key: (&'static str, &'static str), total: Total) {
        let empty = Total { lines: 0, amount_minor: 0, ..total };
        let sum = self.totals.entry(key).or_insert(empty);
        sum.lines += total.lines;
        sum.amount_minor += total.amount_minor;
    }

    /// Adds the accounts of other cases.
    pub fn add(&mut self, other: &Tally) {
        self.billed_cases += other.billed_cases;
        self.withheld_cases += other.withheld_cases;
        self.used += other.used;
        self.without_effect += other.without_effect;
        self.withheld += other.withheld;
        other.notices.iter().for_each(|(kind, count)| self.notice(kind, *count));
        self.late_lines += other.late_lines;
        self.invoices += other.invoices;
        other.totals.iter().for_each(|(key, total)| self.add_total(*key, *total));
    }

    /// How many events are accounted for: as many as were read.
    pub fn events(&self) -> u64 {
        self.used + self.without_effect + self.withheld
    }

    /// How many lines are billed.
    pub fn lines(&self) -> u64 {
        self.totals.values().map(|total| total.lines).sum()
    }

    /// The accounts as JSON; `unreadable` lines were skipped.
    pub fn to_json(&self, unreadable: u64) -> Value {
        let totals: Vec<Value> = self
            .totals
            .iter()
            .map(|((currency, kind), total)| {
                json!({
                    "currency": currency, "kind": kind, "lines": total.lines,
                    "amount": total.to_string(),
                })
            })
            .collect();
        json!({
            "cases": {
                "read": self.billed_cases + self.withheld_cases,
                "billed": self.billed_cases, "withheld": self.withheld_cases,
            },
            "events": {
                "read": self.events(), "used": self.used,
                "without_effect": self.without_effect, "withheld": self.withheld,
            },
            "unreadable_lines": unreadable,
            "notices": self.notice_count(),
            "notices_by_kind": self.notices,
            "lines": self.lines(),
            "totals": totals,
        })
    }
}

/// The sum, with exactly the currency's decimals.
impl std::fmt::Display for Total {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if self.amount_minor < 0 { "-" } else { "" };
        let unit = 10_u128.saturating_pow(self.decimals);
        let (whole, part) =
            (self.amount_minor.unsigned_abs() / unit, self.amount_minor.unsigned_abs() % unit);
        match self.decimals {
            0 => write!(f, "{sign}{whole}"),
            1 => write!(f, "{sign}{whole}.{part:01}"),
            2 => write!(f, "{sign}{whole}.{part:02}"),
            3 => write!(f, "{sign}{whole}.{part:03}"),
            _ => write!(f, "{sign}{whole}.{part:04}"),
        }
    }
}
