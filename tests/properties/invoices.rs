//! Whole invoices: every line stands on one and on no other, tax is rounded once for each rate, and net, tax and
//! total add up. In: random schedules of the second part of the language, tax on top or in the amounts, each with a
//! random history. Out: nothing.

use crate::strategies::config;
use jalon::model::read_event;
use jalon::{Date, Invoice, InvoiceKind, InvoiceLineKind};
use proptest::prelude::*;
use reference::second::random::pair;
use reference::second::text;
use rust_decimal::{Decimal, RoundingStrategy};
use std::collections::{BTreeMap, BTreeSet};

fn decimal(text: &str) -> Decimal {
    text.parse().expect("a decimal")
}

fn rounded(of: Decimal) -> Decimal {
    of.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
}

/// Base and tax by rate, worked out from the lines.
fn taxes(invoice: &Invoice, included: bool) -> BTreeMap<String, (Decimal, Decimal)> {
    let mut sums: BTreeMap<String, Decimal> = BTreeMap::new();
    for line in &invoice.lines {
        if let Some(rate) = &line.vat_rate {
            *sums.entry(rate.clone()).or_default() += decimal(&line.amount);
        }
    }
    let taxed = |(rate, sum): (String, Decimal)| {
        let percent = decimal(&rate);
        let hundred = Decimal::ONE_HUNDRED;
        let tax = rounded(sum * percent / if included { hundred + percent } else { hundred });
        (rate, (if included { sum - tax } else { sum }, tax))
    };
    sums.into_iter().map(taxed).collect()
}

fn holds(invoice: &Invoice, included: bool) {
    let stated: BTreeMap<String, (Decimal, Decimal)> = invoice
        .vat
        .iter()
        .map(|tax| {
            let rate = tax.rate.clone().expect("no exemption here");
            (rate, (decimal(&tax.base), decimal(&tax.tax)))
        })
        .collect();
    assert_eq!(stated.len(), invoice.vat.len(), "a rate stands twice: {invoice:#?}");
    assert_eq!(stated, taxes(invoice, included), "{invoice:#?}");
    let amounts: Decimal = invoice.lines.iter().map(|line| decimal(&line.amount)).sum();
    let tax: Decimal = stated.values().map(|(_, tax)| *tax).sum();
    let (net, total) = (decimal(&invoice.net), decimal(&invoice.total));
    assert_eq!(net + tax, total, "{invoice:#?}");
    assert_eq!(if included { total } else { net }, amounts, "{invoice:#?}");
    for line in &invoice.lines {
        let of_line = (&line.case, &line.payer, line.invoice, line.date);
        let of_invoice = (&invoice.case, &invoice.payer, invoice.invoice, invoice.date);
        assert_eq!(of_line, of_invoice);
    }
    let deposits = invoice.lines.iter().all(|line| line.kind == InvoiceLineKind::Deposit);
    assert_eq!(invoice.kind == InvoiceKind::Deposit, deposits);
    if !deposits {
        assert_eq!(invoice.kind == InvoiceKind::CreditNote, total < Decimal::ZERO);
    }
    assert_eq!(invoice.due.is_some(), total >= Decimal::ZERO);
}

proptest! {
    #![proptest_config(config(300))]

    #[test]
    fn lines_tax_and_totals_add_up(seed in any::<u64>().no_shrink(), included in any::<bool>()) {
        let (schedule, case) = pair(seed);
        let mut source = text::source(&schedule);
        if included {
            source = source.replacen("  vat 20 %\n", "  vat 20 % included\n", 1);
        }
        let (name, items) = source.split_once('\n').expect("a name and items");
        let source = format!("{name}\n  payment due 30 days\n{items}");
        let compiled = jalon::compile("invoices.jalon", &source).expect("a sound schedule");
        let included = source.contains(" included");
        let events: Vec<_> = text::events(&schedule, &case)
            .iter()
            .map(|event| read_event(event).expect("a sound event"))
            .collect();
        let as_of = Date::parse(&case.as_of.to_string()).expect("a date");
        let Ok(evaluation) = jalon::evaluate(&compiled.schedules[0], &events, as_of) else {
            return Ok(());
        };
        let lines = evaluation.lines;
        let invoices = compiled.invoices(&lines, None).expect("lines as they were billed");
        invoices.iter().for_each(|invoice| holds(invoice, included));
        let mut on_invoices: Vec<_> =
            invoices.iter().flat_map(|invoice| invoice.lines.clone()).collect();
        let order = |line: &jalon::InvoiceLine| lines.iter().position(|own| own.id == line.id);
        on_invoices.sort_by_key(order);
        prop_assert_eq!(&on_invoices, &lines);
        let numbers: Vec<u32> = invoices.iter().map(|invoice| invoice.invoice).collect();
        prop_assert!(numbers.is_sorted() && numbers.first().is_none_or(|first| *first == 1));
        let ids: BTreeSet<&str> = invoices.iter().map(|one| one.invoice_id.as_str()).collect();
        prop_assert_eq!(ids.len(), invoices.len());
        // The day of issue changes dates, and nothing else.
        let issued_on = Date::parse("2030-05-05").expect("a date");
        for (own, issued) in invoices.iter().zip(compiled.invoices(&lines, Some(issued_on)).expect("lines")) {
            let (due, date) = (issued.due, issued.date);
            prop_assert_eq!(date, issued_on);
            prop_assert!(due.is_none() || due == Date::parse("2030-06-04"));
            prop_assert_eq!(&Invoice { date: own.date, due: own.due, ..issued }, own);
        }
    }
}
