//! Two versions of a schedule of the second part, compared, against brute force: what is called equivalent
//! bills the same lines, or the same sum to each payer on each day, in every history that is tried, at
//! every price.

use crate::{from_environment, sample};
use jalon::verify::versions::{Options, Verdict, compare};
use reference::exact::{Exact, decimal, whole, zero};
use reference::rng::Rng;
use reference::second::random_first;
use reference::second::rules::{Amount, Case, Schedule, Share, Trigger};
use reference::second::text;
use reference::second::walk::evaluate;
use std::collections::BTreeMap;

/// Another version: most of the time it says nearly the same.
fn another(rng: &mut Rng, schedule: &Schedule) -> Schedule {
    let mut new = schedule.clone();
    let place = rng.below(new.lines.len());
    match rng.below(9) {
        0 => new.lines.rotate_left(1),
        1 if new.lines.len() > 2 => {
            new.lines.remove(place);
        }
        2 => {
            new.payers.clear();
            new.lines.iter_mut().for_each(|line| line.charged_to = None);
        }
        3 => {
            if let Some(payer) = new.payers.first_mut()
                && payer.share != Share::Remainder
            {
                payer.share = Share::Percent(whole(5));
            }
        }
        4 => new.vat = None,
        5 => new.lines[place].beside &= rng.chance(50),
        6 => {
            for line in &mut new.lines {
                line.amount = match &line.amount {
                    Amount::Remainder => Amount::UpTo(whole(100)),
                    Amount::UpTo(share) if *share == whole(100) => Amount::Remainder,
                    Amount::Percent(share) if *share == whole(100) => Amount::Remainder,
                    other => other.clone(),
                };
            }
        }
        7 => {
            let line = &mut new.lines[place];
            line.amount = match &line.amount {
                Amount::Percent(_) => Amount::Percent(whole(rng.between(1, 40))),
                Amount::Sum(_) => Amount::Sum(whole(rng.between(1, 90))),
                other => other.clone(),
            };
        }
        _ => {
            let line = &mut new.lines[place];
            let more = Trigger::Signature;
            if !line.triggers.iter().any(|known| matches!(known, Trigger::Signature)) {
                line.triggers.push(more);
            }
        }
    }
    for line in &mut new.lines {
        if !line.beside {
            line.charged_to = None;
        }
    }
    new
}

/// What is billed: by line, or in all on each day; to each payer.
fn billed(schedule: &Schedule, case: &Case, money: bool) -> Option<BTreeMap<Vec<String>, Exact>> {
    let mut sums: BTreeMap<Vec<String>, Exact> = BTreeMap::new();
    for line in evaluate(schedule, case)? {
        let payer = line.payer.clone().unwrap_or_default();
        let key = if money {
            vec![line.date.clone(), payer]
        } else {
            let vat = line.vat.clone().unwrap_or_default();
            vec![line.date.clone(), payer, line.kind.to_owned(), line.line, line.label, vat]
        };
        *sums.entry(key).or_insert_with(zero) += decimal(&line.amount).expect("an amount");
    }
    sums.retain(|_, sum| *sum != zero());
    Some(sums)
}

#[test]
fn versions_of_the_second_part_called_equivalent_bill_the_same() {
    let pairs = from_environment("JALON_COMPARE_PAIRS", sample(80));
    let seed = from_environment("JALON_COMPARE_SEED", 1).wrapping_mul(1_000_003);
    let mut verdicts: BTreeMap<(&str, bool), u32> = BTreeMap::new();
    let mut bad: Vec<String> = Vec::new();
    for seed in seed..seed + pairs {
        let (old, cases) = random_first::sample(seed, 30);
        let new = another(&mut Rng::new(seed), &old);
        let sources = [&old, &new].map(text::source);
        let compiled = sources.clone().map(|source| jalon::compile("second.jalon", &source));
        let [Ok(old_compiled), Ok(new_compiled)] = compiled else { continue };
        for money in [false, true] {
            let options = Options { money, started: false, budget: 20_000 };
            let found = compare(&old_compiled.schedules[0], &new_compiled.schedules[0], &options);
            *verdicts.entry((found.verdict.name(), money)).or_default() += 1;
            let differs = |case: &&Case| billed(&old, case, money) != billed(&new, case, money);
            if found.verdict == Verdict::Equivalent
                && let Some(case) = cases.iter().find(differs)
            {
                let [old, new] = &sources;
                bad.push(format!("seed {seed}, money {money}\n{old}{new}{:?}\n", case.events));
            }
        }
    }
    println!("{verdicts:#?}");
    let told: String = bad.iter().take(4).cloned().collect();
    assert!(bad.is_empty(), "{} disagreements\n{told}", bad.len());
    let decided = |verdict: &str| {
        verdicts
            .iter()
            .filter(|((name, _), _)| *name == verdict)
            .map(|(_, count)| count)
            .sum::<u32>()
    };
    let (same, other) = (decided("equivalent"), decided("different"));
    assert!(pairs < 40 || same > 4 && other > 4, "{same} equivalent, {other} different");
}
