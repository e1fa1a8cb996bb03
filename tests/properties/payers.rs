//! Payers split what is billed and change nothing of it: whoever pays, each line comes to the same sum, and
//! what all payers owe in all is shared as it is stated. In: generated pairs, once as they are and once with payers.
//! Out: nothing.

use crate::strategies::{Pair, config, pairs};
use jalon::{Evaluation, InvoiceLineKind, Withheld};
use proptest::prelude::*;
use reference::write;
use rust_decimal::{Decimal, RoundingStrategy};
use std::collections::BTreeMap;
use std::str::FromStr;

/// A share that no cent divides, a sum, and who takes the rest.
const PAYERS: &str = "  payer \"A\": 33.33 %\n  payer \"B\": 20\n  payer \"C\": remainder\n";

fn billed(pair: &Pair, payers: &str) -> Result<Evaluation, Withheld> {
    let schedule = std::slice::from_ref(&pair.schedule);
    let source = write::source(schedule, write::Language::English, None);
    let (name, items) = source.split_once('\n').expect("a name and items");
    let source = format!("{name}\n{payers}{items}");
    let compiled = jalon::compile("generated.jalon", &source)
        .unwrap_or_else(|report| panic!("{source}\n{:#?}", report.diagnostics));
    jalon::evaluate(&compiled.schedules[0], &pair.events(), pair.as_of())
}

type Said = (String, InvoiceLineKind, String, String);

/// What each line of the schedule comes to on a day; what comes to nothing is left out.
fn sums(evaluation: &Evaluation) -> BTreeMap<String, Decimal> {
    let mut sums: BTreeMap<String, Decimal> = BTreeMap::new();
    for line in &evaluation.lines {
        let said: Said = (line.date.to_string(), line.kind, line.line.clone(), line.label.clone());
        *sums.entry(format!("{said:?}")).or_default() += Decimal::from_str(&line.amount).unwrap();
    }
    sums.retain(|_, sum| !sum.is_zero());
    sums
}

/// What each payer owes of a sum, by the words of the language.
fn shares(owed: Decimal, decimals: u32) -> [Decimal; 3] {
    let all = owed.abs();
    let part = all * Decimal::new(3333, 4);
    let a = part.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
    let b = Decimal::from(20).min(all - a);
    let shares = [a, b, all - a - b];
    shares.map(|share| if owed.is_sign_negative() { -share } else { share })
}

fn split(pair: &Pair) {
    let (alone, shared) = (billed(pair, ""), billed(pair, PAYERS));
    let (alone, shared) = match (&alone, &shared) {
        (Ok(alone), Ok(shared)) => (alone, shared),
        (Err(alone), Err(shared)) => return assert_eq!(alone.event(), shared.event(), "{pair:?}"),
        (alone, shared) => panic!("{pair:?}\nalone {alone:#?}\nshared {shared:#?}"),
    };
    assert_eq!(sums(alone), sums(shared), "{pair:?}\n{:#?}", shared.lines);
    assert!(shared.lines.iter().all(|line| line.payer.is_some()));
    // A deposit is owed by nobody until it is settled.
    if shared.lines.iter().any(|line| line.kind == InvoiceLineKind::Deposit) {
        return;
    }
    let mut totals: BTreeMap<&str, Decimal> = BTreeMap::new();
    for line in &shared.lines {
        let amount = Decimal::from_str(&line.amount).unwrap();
        *totals.entry(line.payer.as_deref().unwrap()).or_default() += amount;
    }
    let owed: Decimal = totals.values().sum();
    let Some(decimals) = shared
        .lines
        .first()
        .map(|line| line.amount.split_once('.').map_or(0, |(_, decimals)| decimals.len() as u32))
    else {
        return;
    };
    for (payer, share) in ["A", "B", "C"].into_iter().zip(shares(owed, decimals)) {
        let total = totals.get(payer).copied().unwrap_or_default();
        assert_eq!(total, share, "{payer} of {owed}: {pair:?}\n{:#?}", shared.lines);
    }
}

proptest! {
    #![proptest_config(config(600))]

    #[test]
    fn payers_change_nothing_of_what_is_billed(pair in pairs()) {
        split(&pair);
    }
}
