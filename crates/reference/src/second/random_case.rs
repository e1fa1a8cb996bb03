//! Random histories of a schedule of the second part: terms that it needs, most of the time within their
//! bounds, and events over some months.

use chrono::Days;

use super::random::{day, money, percent};
use super::random_aimed::aim;
use super::random_when::name;
use super::rules::*;
use crate::exact::{scaled, whole};
use crate::rng::Rng;

pub(super) fn case(rng: &mut Rng, schedule: &Schedule) -> Case {
    let first = day(rng);
    let mut events = Vec::new();
    let agrees = match &schedule.price {
        Price::Agreed { .. } | Price::Period { amount: None, .. } => true,
        Price::Fixed(_) | Price::Period { .. } | Price::PerAction { .. } | Price::Hourly { .. } => {
            false
        }
    };
    let price = |rng: &mut Rng| {
        if rng.chance(92) { scaled(rng.between(2_000, 250_000), 2) } else { money(rng) }
    };
    let late = |rng: &mut Rng| first + Days::new(rng.below(300) as u64);
    let hourly = matches!(schedule.price, Price::Hourly { rate: None, .. });
    let rate = |rng: &mut Rng| scaled(rng.between(100, 9_999_999), 5);
    let opened = Terms {
        rate: (hourly && rng.chance(93)).then(|| rate(rng)),
        price: (agrees && rng.chance(93)).then(|| price(rng)),
        planned_start: rng.chance(85).then(|| late(rng) - Days::new(20)),
        planned_end: rng.chance(85).then(|| late(rng)),
        shares: shares(rng, schedule),
    };
    events.push(Event { date: first, what: What::Opened(opened) });
    if rng.chance(80) {
        events.push(Event { date: first + Days::new(rng.below(12) as u64), what: What::Signature });
    }
    if rng.chance(70) {
        events.push(Event { date: first + Days::new(rng.below(40) as u64), what: What::Start });
    }
    // A deposit of a percentage below zero is left out where several payers share it: the text does
    // not say how their parts come off the open deposits when the payers' parts do not lie alike.
    let falls = schedule.payers.len() < 2;
    let works = !schedule.actions.is_empty() || matches!(schedule.price, Price::Hourly { .. });
    let most = if works { 22 } else { 9 };
    for _ in 0..rng.below(most) {
        let (kind, name) = name(rng);
        let what = if kind == Named::Action && rng.chance(85) {
            What::Worked(name, measure(rng, schedule, name))
        } else {
            What::Named(kind, name)
        };
        events.push(Event { date: late(rng), what });
    }
    let mut certified = 0;
    for date in days(rng, 4, first) {
        let falling = falls && rng.chance(20);
        let low = if falling { 0 } else { certified };
        certified = rng.between(low, 1_000);
        events.push(Event { date, what: What::Progress(scaled(certified, 1)) });
    }
    let deposit_share = schedule.lines.iter().any(|line| line.kind == Kind::Deposit);
    for date in days(rng, 3, first) {
        let terms = Terms {
            rate: (hourly && (falls || !deposit_share) && rng.chance(60)).then(|| rate(rng)),
            price: (agrees && (falls || !deposit_share) && rng.chance(60)).then(|| price(rng)),
            planned_start: rng.chance(40).then(|| late(rng)),
            planned_end: rng.chance(40).then(|| late(rng)),
            shares: Vec::new(),
        };
        if terms.price.is_some()
            || terms.rate.is_some()
            || terms.planned_start.is_some()
            || terms.planned_end.is_some()
        {
            events.push(Event { date, what: What::Amendment(terms) });
        }
    }
    for date in days(rng, 4, first) {
        let what = if rng.chance(60) { What::Suspension } else { What::Resumption };
        if rng.chance(if schedule.may_be_suspended { 80 } else { 10 }) {
            events.push(Event { date, what });
        }
    }
    // On the day of something else, too.
    if schedule.may_be_suspended && rng.chance(25) {
        let date = rng.pick(&events).date;
        events.push(Event { date, what: What::Suspension });
    }
    for what in [What::Signature, What::Start] {
        if rng.chance(10) {
            events.push(Event { date: late(rng), what });
        }
    }
    if rng.chance(80) {
        let what = if rng.chance(70) { What::End } else { What::Abandonment };
        events.push(Event { date: first + Days::new(60 + rng.below(240) as u64), what });
    }
    if rng.chance(30) {
        events[0].date = late(rng);
    }
    if rng.chance(30) {
        rng.shuffle(&mut events[1..]);
    }
    let as_of = first + Days::new(30 + rng.below(420) as u64);
    if rng.chance(70) {
        aim(rng, schedule, &mut events);
    }
    Case { as_of, events }
}

fn days(rng: &mut Rng, most: usize, first: chrono::NaiveDate) -> Vec<chrono::NaiveDate> {
    let count = rng.below(most + 1);
    let mut days: Vec<_> = (0..count).map(|_| first + Days::new(rng.below(260) as u64)).collect();
    days.sort_unstable();
    days
}

fn shares(rng: &mut Rng, schedule: &Schedule) -> Vec<(usize, Share)> {
    let mut shares = Vec::new();
    for (place, payer) in schedule.payers.iter().enumerate() {
        if payer.share == Share::Agreed {
            let share = if rng.chance(50) {
                Share::Percent(percent(rng, 33))
            } else {
                Share::Sum(whole(rng.between(1, 900)))
            };
            shares.push((place, share));
        }
    }
    shares
}

/// What the action of that name is billed by, most of the time.
fn measure(rng: &mut Rng, schedule: &Schedule, name: &str) -> Measure {
    let action = schedule.actions.iter().find(|action| action.name == name);
    let hours = Measure::Hours(scaled(rng.between(0, 90_000), 4));
    let priced = matches!(schedule.price, Price::Hourly { .. });
    match action.map(|action| &action.rate) {
        _ if rng.chance(5) => Measure::Hours(whole(2)),
        None | Some(Rate::AsPriced) if priced && rng.chance(60) => {
            Measure::Hours(scaled(rng.between(0, 80), 1))
        }
        Some(Rate::Hourly(_)) if rng.chance(60) => Measure::Hours(scaled(rng.between(0, 80), 1)),
        Some(Rate::Per(..)) => Measure::Quantity(scaled(rng.between(0, 90_000), 4)),
        Some(Rate::Share(_)) => Measure::Amount(scaled(rng.between(0, 20_000), 2)),
        _ => hours,
    }
}
