//! No money is lost or made: said here of the invoice lines alone, without a second evaluation.

use crate::books::{book, one};
use crate::strategies::{Pair, config, pairs};
use jalon::{InvoiceLine, InvoiceLineKind};
use proptest::prelude::*;
use reference::exact::{Exact, decimal, percent, round, scaled, whole, zero};
use reference::rules::{Amount, Line, LineKind, What};
use reference::sound::{each_once, terms};

fn amount(line: &InvoiceLine) -> Exact {
    decimal(line.amount.trim_start_matches('-'))
        .map(|amount| if line.amount.starts_with('-') { -amount } else { amount })
        .expect("a decimal")
}

fn sum<'l>(lines: impl IntoIterator<Item = &'l InvoiceLine>) -> Exact {
    lines.into_iter().fold(zero(), |sum, line| sum + amount(line))
}

/// The schedule's line that an invoice line comes from.
fn stated<'p>(pair: &'p Pair, line: &InvoiceLine) -> &'p Line {
    pair.schedule.lines.iter().find(|stated| stated.label == line.line).expect("a known line")
}

fn lines(pair: &Pair) -> Option<Vec<InvoiceLine>> {
    one(&book(&pair.source()), &pair.events(), pair.as_of())
}

/// The price of the case, where its total is known.
fn price(pair: &Pair) -> Option<Exact> {
    let events = each_once(&pair.case.events).ok()?;
    terms(std::slice::from_ref(&pair.schedule), &pair.case, &events).ok()?.price()
}

fn is_up_to(line: &Line) -> bool {
    matches!(line.amount, Amount::UpTo(_) | Amount::Remainder)
}

fn closes(line: &Line) -> bool {
    line.kind == LineKind::Balance && !line.stays_open
}

proptest! {
    #![proptest_config(config(100))]

    /// A deposit is deducted from a later line, never beyond its amount, and wholly once the case is
    /// closed, unless a line that bills up to a share has settled it.
    #[test]
    fn deposits_are_deducted_once(pair in pairs()) {
        let lines = lines(&pair).unwrap_or_default();
        for (place, deposit) in lines.iter().enumerate() {
            let of = |line: &&InvoiceLine| line.deducts.as_deref() == Some(&*deposit.id);
            let deducted: Vec<&InvoiceLine> = lines.iter().filter(of).collect();
            prop_assert!(deducted.is_empty() || deposit.kind == InvoiceLineKind::Deposit);
            prop_assert!(lines[..=place].iter().all(|line| !of(&line)), "deducted before");
            let left = amount(deposit) + sum(deducted.iter().copied());
            prop_assert!(deducted.is_empty() || left >= zero(), "deducted beyond its amount");
        }
        let closed = lines.iter().any(|line| closes(stated(&pair, line)));
        if closed && !pair.schedule.lines.iter().any(is_up_to) {
            let deposits = lines.iter().filter(|line| line.kind == InvoiceLineKind::Deposit);
            let deducted = lines.iter().filter(|line| line.kind == InvoiceLineKind::Deduction);
            prop_assert_eq!(sum(deposits) + sum(deducted), zero());
        }
    }

    /// What is billed up to a share comes to that share of the price, whatever came before.
    #[test]
    fn up_to_a_share_is_that_share(pair in pairs()) {
        let (Some(lines), Some(price)) = (lines(&pair), price(&pair)) else { return Ok(()) };
        for (place, line) in lines.iter().enumerate() {
            let share = match &stated(&pair, line).amount {
                Amount::UpTo(share) => percent(share),
                Amount::Remainder => whole(1),
                _ => continue,
            };
            let billed = sum(&lines[..=place]);
            prop_assert_eq!(billed, round(&(&price * share), pair.schedule.currency.decimals));
        }
    }

    /// Percentages share their rounding: deposits among themselves, the other lines among themselves.
    #[test]
    fn percentages_lose_no_cent(pair in pairs()) {
        let (Some(lines), Some(price)) = (lines(&pair), price(&pair)) else { return Ok(()) };
        let decimals = pair.schedule.currency.decimals;
        let share = |line: &Line| match &line.amount {
            Amount::Percent(share) => Some(percent(share)),
            _ => None,
        };
        // A share of less than a cent may come to no line at all, and would not be seen here.
        let smallest = pair.schedule.lines.iter().filter_map(share).min().unwrap_or(zero());
        prop_assume!(&price * smallest >= scaled(1, decimals));
        prop_assume!(!pair.schedule.lines.iter().any(is_up_to));
        for deposits in [true, false] {
            let family = lines.iter().filter(|line| {
                let stated = stated(&pair, line);
                line.kind != InvoiceLineKind::Deduction
                    && share(stated).is_some()
                    && (stated.kind == LineKind::Deposit) == deposits
            });
            let shares = family.clone().filter_map(|line| share(stated(&pair, line)));
            let all = shares.fold(zero(), |all, share| all + share);
            prop_assert_eq!(sum(family), round(&(&price * all), decimals));
        }
    }

    /// Itemised work is quantity by unit price, rounded; nothing is billed twice, nor by zero.
    #[test]
    fn lines_are_exact(pair in pairs()) {
        let decimals = pair.schedule.currency.decimals;
        let lines = lines(&pair).unwrap_or_default();
        let mut ids: Vec<&str> = lines.iter().map(|line| line.id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        prop_assert_eq!(ids.len(), lines.len(), "ids are unique");
        for line in &lines {
            prop_assert!(amount(line) != zero(), "no line is zero");
            let written = line.amount.split_once('.').map_or(0, |(_, part)| part.len());
            prop_assert_eq!(written, decimals as usize);
            if let (Some(quantity), Some(price)) = (&line.quantity, &line.unit_price) {
                // A third of an hour is written rounded, so that only four decimals are compared.
                let (quantity, price) = (decimal(quantity).unwrap(), decimal(price).unwrap());
                let slack = &price * scaled(1, 4) + scaled(1, decimals);
                let product = quantity * price;
                let off = if product > amount(line) { product - amount(line) }
                    else { amount(line) - product };
                prop_assert!(off < slack, "{line:?}");
            }
        }
        for pair in lines.windows(2) {
            let next = u32::from(pair[0].date != pair[1].date);
            prop_assert!(pair[0].date <= pair[1].date);
            prop_assert_eq!(pair[0].invoice + next, pair[1].invoice);
        }
    }

    /// Work that is billed is work that was done, each hour at most once.
    #[test]
    fn work_is_billed_once(pair in pairs()) {
        use reference::rules::{Price, Rate};
        let lines = lines(&pair).unwrap_or_default();
        let work = lines.iter().filter(|line| {
            let work = matches!(stated(&pair, line).amount, Amount::Work | Amount::WorkItemised);
            work && line.kind != InvoiceLineKind::Deduction
        });
        let least = match &pair.schedule.price {
            Price::Hourly { rate, at_least: Some(least), .. } => rate * least,
            _ => zero(),
        };
        let Ok(events) = each_once(&pair.case.events) else { return Ok(()) };
        let mut most = zero();
        for event in events {
            let What::Action { name, worked } = &event.what else { continue };
            let hours = worked.as_ref().map_or_else(zero, |worked| worked.hours());
            let item = match (&pair.schedule.price, pair.schedule.action(name).map(|a| &a.rate)) {
                (Price::Hourly { rate, .. }, _) => hours * rate,
                (_, Some(Rate::Hourly(rate))) => hours * rate,
                (_, Some(Rate::Flat(amount))) => amount.clone(),
                _ => zero(),
            };
            most += round(&item, pair.schedule.currency.decimals);
        }
        let cent = scaled(1, pair.schedule.currency.decimals);
        prop_assert!(sum(work) <= most + least + cent);
    }
}
