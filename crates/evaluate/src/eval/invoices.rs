//! Whole invoices: the lines of a case in, one invoice for each of its numbers out, with tax, total and the
//! day on which it is due. The one place where tax is computed: a line states its rate and never its tax,
//! so that it is rounded once for each rate of an invoice.

use super::issued::IssuedFault;
use super::written::{LineTax, Written};
use crate::calendar::Date;
use crate::lang::{Lang, say, seen};
use crate::model::program::Program;
use crate::model::{Invoice, InvoiceKind, InvoiceLine, InvoiceLineKind, InvoiceTax, LineKey};
use crate::money::{Currency, Exact, Money, Percent};
use crate::plan::Plan;
use std::collections::BTreeMap;

/// Why lines cannot be put on invoices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InvoiceFault {
    /// A line that is not as it was billed.
    Line(IssuedFault),
    /// A line states a tax, and the schedule that says whether it is in the amount is not there.
    UnknownTerms {
        /// The line.
        id: String,
        /// Its schedule.
        schedule: String,
    },
    /// Lines of one invoice that cannot stand on one.
    Mixed {
        /// A line that does not go with the first.
        id: String,
        /// The invoice.
        invoice: u32,
    },
    /// A sum is too large.
    TooLarge,
}

impl InvoiceFault {
    /// One sentence, lower case, no full stop.
    pub fn say(&self, lang: Lang) -> String {
        match self {
            InvoiceFault::Line(fault) => fault.say(lang),
            InvoiceFault::UnknownTerms { id, schedule } => say!(
                lang,
                "line `{id}` was issued on a version of schedule `{schedule}` that is not given, and only that version says whether its tax is in the amount: give the file of that version too",
                "la ligne `{id}` a été émise sur une version de l'échéancier `{schedule}` qui n'est pas donnée, et elle seule dit si la TVA est comprise dans le montant : donnez aussi le fichier de cette version",
                id = seen(id),
                schedule = seen(schedule)
            ),
            InvoiceFault::Mixed { id, invoice } => say!(
                lang,
                "line `{id}` is of another schedule, payer or currency than the first line of invoice {invoice}",
                "la ligne `{id}` n'a pas l'échéancier, le payeur ou la devise de la première ligne de la facture {invoice}",
                id = seen(id)
            ),
            InvoiceFault::TooLarge => {
                say!(
                    lang,
                    "an invoice comes to too much",
                    "le montant d'une facture est trop grand"
                )
            }
        }
    }
}

/// The invoices that lines make: those of one case and number are one. `issued_on` is the day of issue,
/// where lines have been issued before, and the day of every invoice then; else each has the day of its lines.
/// `plan_of` finds the schedule, and the version of it, on which a line was billed.
pub fn invoices<'p>(
    lines: &[InvoiceLine],
    issued_on: Option<Date>,
    plan_of: impl Fn(&InvoiceLine) -> Option<&'p Plan>,
) -> Result<Vec<Invoice>, InvoiceFault> {
    let mut numbered: BTreeMap<(&str, u32), Vec<&InvoiceLine>> = BTreeMap::new();
    for line in lines {
        numbered.entry((&line.case, line.invoice)).or_default().push(line);
    }
    let invoice = |lines: &Vec<&InvoiceLine>| invoice(lines, issued_on, &plan_of);
    numbered.values().filter_map(|lines| invoice(lines).transpose()).collect()
}

/// One invoice; none of no lines.
fn invoice<'p>(
    lines: &[&InvoiceLine],
    issued_on: Option<Date>,
    plan_of: &impl Fn(&InvoiceLine) -> Option<&'p Plan>,
) -> Result<Option<Invoice>, InvoiceFault> {
    let Some(first) = lines.first() else { return Ok(None) };
    let changed = |line: &InvoiceLine| InvoiceFault::Line(IssuedFault::Changed(line.id.clone()));
    let currency = Currency::find(&first.currency).ok_or_else(|| changed(first))?;
    let mut sums = Sums::default();
    let mut keys = Vec::with_capacity(lines.len());
    for line in lines {
        let shared =
            |line: &InvoiceLine| (line.schedule.clone(), line.payer.clone(), line.currency.clone());
        if shared(line) != shared(first) {
            let (id, invoice) = (line.id.clone(), line.invoice);
            return Err(InvoiceFault::Mixed { id, invoice });
        }
        let written = Written::of(line).ok_or_else(|| changed(line))?;
        let included = match written.tax {
            Some(LineTax::Rate(_)) => {
                let plan = plan_of(line).ok_or_else(|| InvoiceFault::UnknownTerms {
                    id: line.id.clone(),
                    schedule: line.schedule.clone(),
                })?;
                plan.schedule.second.as_ref().is_some_and(|program| program.tax_included)
            }
            Some(LineTax::Exempt(_)) | None => false,
        };
        sums.add(written.tax, included, written.amount).ok_or(InvoiceFault::TooLarge)?;
        keys.push(written.id);
    }
    let Totals { net, taxes, total } = sums.totals(currency).ok_or(InvoiceFault::TooLarge)?;
    let date = issued_on.unwrap_or(first.date);
    let due = plan_of(first)
        .and_then(|plan| plan.schedule.second.as_ref())
        .filter(|_| total >= Money::ZERO)
        .and_then(|program| due(program, first.payer.as_deref(), date));
    let all_deposits = lines.iter().all(|line| line.kind == InvoiceLineKind::Deposit);
    let kind = match (all_deposits, total < Money::ZERO) {
        (true, _) => InvoiceKind::Deposit,
        (false, true) => InvoiceKind::CreditNote,
        (false, false) => InvoiceKind::Invoice,
    };
    Ok(Some(Invoice {
        invoice_id: LineKey::of_an_invoice(keys).to_string(),
        case: first.case.clone(),
        schedule: first.schedule.clone(),
        payer: first.payer.clone(),
        invoice: first.invoice,
        kind,
        date,
        due,
        currency: first.currency.clone(),
        lines: lines.iter().map(|line| (*line).clone()).collect(),
        net: currency.show(net).to_string(),
        vat: taxes,
        total: currency.show(total).to_string(),
    }))
}

/// When an invoice of that day is due: the payer's own term comes before the schedule's.
fn due(program: &Program, payer: Option<&str>, date: Date) -> Option<Date> {
    let place = payer.and_then(|payer| program.payer_names.iter().position(|own| own == payer));
    let own = place.and_then(|place| program.dues.get(place).copied().flatten());
    own.or(program.payment).map(|term| term.day(date))
}

/// What lines come to, by their tax, in the order in which it first stands on one.
#[derive(Default)]
struct Sums<'l>(Vec<(Option<LineTax<'l>>, bool, Money)>);

/// What an invoice comes to.
struct Totals {
    net: Money,
    taxes: Vec<InvoiceTax>,
    total: Money,
}

impl<'l> Sums<'l> {
    fn add(&mut self, tax: Option<LineTax<'l>>, included: bool, amount: Money) -> Option<()> {
        let same = |(own, own_included, _): &&mut (Option<LineTax<'l>>, bool, Money)| {
            (*own, *own_included) == (tax, included)
        };
        match self.0.iter_mut().find(same) {
            Some((.., sum)) => *sum = sum.plus(amount)?,
            None => self.0.push((tax, included, amount)),
        }
        Some(())
    }

    fn totals(&self, currency: Currency) -> Option<Totals> {
        let mut totals = Totals { net: Money::ZERO, taxes: Vec::new(), total: Money::ZERO };
        for (tax, included, sum) in &self.0 {
            let of_it = match tax {
                Some(LineTax::Rate(rate)) => tax_of(*sum, *rate, *included)?,
                Some(LineTax::Exempt(_)) | None => Money::ZERO,
            };
            let base = if *included { sum.minus(of_it)? } else { *sum };
            totals.net = totals.net.plus(base)?;
            totals.total = totals.total.plus(base)?.plus(of_it)?;
            let (rate, exempt) = match tax {
                Some(LineTax::Rate(rate)) => (Some(rate.to_string()), None),
                Some(LineTax::Exempt(reason)) => (None, Some((*reason).to_owned())),
                None => continue,
            };
            let (base, tax) = (currency.show(base).to_string(), currency.show(of_it).to_string());
            totals.taxes.push(InvoiceTax { rate, exempt, base, tax });
        }
        Some(totals)
    }
}

/// The tax of a sum, rounded once: on top of it, or in it.
fn tax_of(sum: Money, rate: Percent, included: bool) -> Option<Money> {
    let whole = i128::from(Percent::WHOLE.0);
    let of = if included { whole + i128::from(rate.0) } else { whole };
    Exact::from_money(sum).times(i128::from(rate.0), of)?.round()
}
