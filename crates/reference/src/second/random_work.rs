//! Random actions with their rates, tiers, steps and caps, and lines that bill their work.

use super::random::plain;
use super::random_when::{anchor, named, span};
use super::rules::*;
use crate::exact::{scaled, whole};
use crate::rng::Rng;

pub(super) fn action(rng: &mut Rng, name: &'static str) -> Action {
    let rate = |rng: &mut Rng| scaled(rng.between(100, 12_000), 2);
    let tiers = |rng: &mut Rng| {
        let mut tiers = Vec::new();
        let mut bound = 0;
        for _ in 0..rng.below(3) {
            bound += rng.between(1, 9);
            // What lies in a tier may be included.
            let rate = if rng.chance(15) { whole(0) } else { rate(rng) };
            tiers.push((Some(whole(bound)), rate));
        }
        tiers.push((
            None,
            if rng.chance(30) {
                let most = *rng.pick(&[9_999, 9_999_999]);
                scaled(rng.between(1, most), 6)
            } else {
                rate(rng)
            },
        ));
        tiers
    };
    let rate = match rng.below(8) {
        0..3 => Rate::Hourly(tiers(rng)),
        3..5 => Rate::Per("unit", tiers(rng)),
        5 => Rate::Share(if rng.chance(40) {
            whole(100)
        } else {
            scaled(rng.between(100, 15_000), 2)
        }),
        6 => Rate::Flat(scaled(rng.between(100, 30_000), 2)),
        _ => Rate::NotBilled,
    };
    let counted = matches!(rate, Rate::Hourly(_) | Rate::Per(..) | Rate::Flat(_));
    let tiered = matches!(&rate, Rate::Hourly(tiers) | Rate::Per(_, tiers) if tiers.len() > 1);
    let step = matches!(rate, Rate::Hourly(_)) && rng.chance(40);
    let step = step.then(|| *rng.pick(&[5, 6, 10, 15, 7, 60]));
    let at_most = (counted && rng.chance(40)).then(|| whole(rng.between(1, 25)));
    let each_month = (tiered || at_most.is_some()) && rng.chance(50);
    let vat = None;
    Action { name, rate, step, vat, at_most, each_month }
}

/// A line of work; none where nothing is billed by the action.
pub(super) fn work(rng: &mut Rng, schedule: &Schedule, kind: Kind) -> Option<Line> {
    let bills = |action: &Action| !matches!(action.rate, Rate::NotBilled);
    let hourly = matches!(schedule.price, Price::Hourly { .. });
    if !hourly && !schedule.actions.iter().any(bills) {
        return None;
    }
    let forms = [WorkForm::Whole, WorkForm::Itemised, WorkForm::ByAction];
    let trigger = match rng.below(4) {
        0 | 1 => Trigger::PeriodEnd(*rng.pick(&[1, 1, 3])),
        2 => Trigger::Every { span: span(rng), anchor: anchor(rng), from: false },
        _ => named(rng),
    };
    let amount = Amount::Work(*rng.pick(&forms));
    let mut line = plain(kind, "Work".to_owned(), amount, vec![trigger]);
    line.each = true;
    if kind == Kind::Balance {
        line.stays_open = rng.chance(60);
        if !line.stays_open {
            line.each = false;
            line.triggers = vec![Trigger::End];
        }
    }
    line.at_most = (line.each && rng.chance(15)).then_some(2);
    Some(line)
}
