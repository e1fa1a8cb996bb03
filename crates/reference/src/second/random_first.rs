//! Random schedules that need little beyond the first part of the language: payers, tax, agreed prices,
//! lines beside the price, balances without refund; and histories of them over awkward days, with what
//! comes after the end.

use chrono::{Days, NaiveDate};

use super::random::{day, money, payers, percent, plain};
use super::random_when::name;
use super::rules::*;
use crate::exact::{Exact, scaled, whole};
use crate::rng::Rng;
use crate::rules::{Compare, Span, SpanUnit};

/// A schedule, and so many histories of it.
#[must_use]
pub fn sample(seed: u64, histories: usize) -> (Schedule, Vec<Case>) {
    let mut rng = Rng::new(seed);
    let schedule = schedule(&mut rng);
    let cases = (0..histories).map(|_| case(&mut rng, &schedule)).collect();
    (schedule, cases)
}

fn schedule(rng: &mut Rng) -> Schedule {
    let price = match rng.below(10) {
        0..4 => Price::Fixed(money(rng)),
        4..8 => Price::Agreed {
            at_least: rng.chance(50).then(|| whole(rng.between(1, 40) * 25)),
            at_most: rng.chance(40).then(|| whole(20_000)),
        },
        8 => Price::Hourly {
            rate: rng.chance(50).then(|| scaled(rng.between(500, 12_000), 2)),
            at_least: rng.chance(30).then(|| whole(rng.between(1, 20))),
            at_most: rng.chance(30).then(|| whole(rng.between(20, 60))),
        },
        _ => Price::PerAction { at_least: None, at_most: None, each_month: false },
    };
    let per_action = matches!(price, Price::PerAction { .. });
    let hourly = matches!(price, Price::Hourly { .. });
    let mut schedule = Schedule {
        planned_hours: (hourly && rng.chance(60)).then(|| whole(rng.between(2, 40))),
        price,
        planned_months: rng.chance(30).then(|| u32::try_from(rng.between(1, 14)).expect("small")),
        vat: rng.chance(40).then(|| whole(20)),
        may_be_suspended: false,
        actions: Vec::new(),
        payers: if rng.chance(60) { payers(rng) } else { Vec::new() },
        lines: Vec::new(),
    };
    if per_action {
        let rates = [
            Rate::Hourly(vec![(None, scaled(rng.between(100, 9_000), 2))]),
            Rate::Flat(money(rng)),
        ];
        schedule.actions = ["Visit", "Lesson"]
            .into_iter()
            .zip(rates)
            .map(|(name, rate)| Action {
                name,
                rate,
                step: None,
                vat: None,
                at_most: None,
                each_month: false,
            })
            .collect();
    }
    for place in 0..rng.between(1, 4) {
        let line = line(rng, &schedule, usize::try_from(place).expect("small"));
        schedule.lines.push(line);
    }
    for place in 0..rng.between(1, 2) {
        let closing = closing(rng, &schedule, usize::try_from(place).expect("small"));
        schedule.lines.push(closing);
    }
    schedule
}

fn knows_its_total(schedule: &Schedule) -> bool {
    match schedule.price {
        Price::Fixed(_) | Price::Agreed { .. } => true,
        Price::Hourly { .. } => schedule.planned_hours.is_some(),
        Price::Period { .. } | Price::PerAction { .. } => false,
    }
}

fn bills_work(schedule: &Schedule) -> bool {
    matches!(schedule.price, Price::Hourly { .. } | Price::PerAction { .. })
}

fn line(rng: &mut Rng, schedule: &Schedule, place: usize) -> Line {
    let label = format!("Line {place}");
    let total = knows_its_total(schedule);
    if bills_work(schedule) && rng.chance(40) {
        let forms = [WorkForm::Whole, WorkForm::Itemised];
        let amount = Amount::Work(*rng.pick(&forms));
        let mut line = plain(Kind::Balance, label, amount, vec![Trigger::PeriodEnd(1)]);
        line.each = true;
        line.stays_open = true;
        return line;
    }
    let kind = if rng.chance(45) { Kind::Deposit } else { Kind::Installment };
    let amount = match rng.below(8) {
        0 | 1 => Amount::Sum(sum(rng)),
        2 if kind == Kind::Installment && total => Amount::UpTo(share(rng)),
        _ if total => Amount::Percent(share(rng)),
        _ => Amount::Sum(sum(rng)),
    };
    let triggers = triggers(rng);
    let mut line = plain(kind, label, amount, triggers);
    if rng.chance(15) {
        line.kind = Kind::Balance;
        line.stays_open = true;
    }
    if matches!(line.amount, Amount::Sum(_)) && line.kind != Kind::Balance && rng.chance(50) {
        line.beside = true;
        if !schedule.payers.is_empty() && rng.chance(40) {
            line.charged_to = Some(rng.below(schedule.payers.len()));
        }
    }
    if rng.chance(35) {
        line.conditions.push(condition(rng));
    }
    line
}

fn closing(rng: &mut Rng, schedule: &Schedule, place: usize) -> Line {
    let label = format!("Closing {place}");
    let amount = match rng.below(8) {
        0 | 1 if bills_work(schedule) => Amount::Work(WorkForm::Whole),
        0..=2 if knows_its_total(schedule) => Amount::Remainder,
        3 if knows_its_total(schedule) => Amount::Percent(whole(100)),
        4 if knows_its_total(schedule) => Amount::UpTo(share(rng)),
        5 if knows_its_total(schedule) && schedule.planned_months.is_some() => {
            Amount::ProRataDuration
        }
        6 => Amount::Nothing,
        _ if knows_its_total(schedule) => Amount::Percent(share(rng)),
        _ => Amount::Sum(sum(rng)),
    };
    let trigger = match (place, rng.below(4)) {
        (0, 0..3) => Trigger::End,
        (_, 0..3) => Trigger::Abandonment,
        _ => triggers(rng).remove(0),
    };
    let mut line = plain(Kind::Balance, label, amount, vec![trigger]);
    if place == 0 && rng.chance(30) {
        line.triggers = vec![Trigger::End, Trigger::Abandonment];
    }
    line.no_refund = matches!(line.amount, Amount::UpTo(_)) && rng.chance(60);
    if rng.chance(25) {
        line.conditions.push(condition(rng));
    }
    line
}

fn share(rng: &mut Rng) -> Exact {
    match rng.below(4) {
        0 => percent(rng, 60),
        _ => whole(*rng.pick(&[10, 20, 25, 30, 40, 50])),
    }
}

fn sum(rng: &mut Rng) -> Exact {
    if rng.chance(60) { whole(rng.between(1, 12) * 10) } else { scaled(rng.between(1, 9_000), 2) }
}

fn span(rng: &mut Rng) -> Span {
    let (count, unit) = *rng.pick(&[
        (1, SpanUnit::Months),
        (2, SpanUnit::Months),
        (3, SpanUnit::Months),
        (14, SpanUnit::Days),
        (30, SpanUnit::Days),
    ]);
    Span { count, unit }
}

fn triggers(rng: &mut Rng) -> Vec<Trigger> {
    let one = |rng: &mut Rng| match rng.below(10) {
        0..2 => Trigger::Signature,
        2..4 => Trigger::Start,
        4..7 => {
            let (kind, name) = name(rng);
            Trigger::Named(kind, name)
        }
        7 => Trigger::After(span(rng), Anchor::Start),
        8 => Trigger::PeriodEnd(1),
        _ => Trigger::Date(day(rng)),
    };
    vec![one(rng)]
}

fn condition(rng: &mut Rng) -> Condition {
    let compare = *rng.pick(&[Compare::Less, Compare::AtMost, Compare::AtLeast, Compare::More]);
    let simple = match rng.below(6) {
        0 => Condition::Signed,
        1 => Condition::Started,
        2 => {
            let (kind, name) = name(rng);
            Condition::Done(kind, name, 1)
        }
        _ => Condition::Duration(compare, span(rng)),
    };
    if rng.chance(20) { Condition::Not(Box::new(simple)) } else { simple }
}

/// Days after the first one that lie about the bounds above.
const DAYS: [u64; 22] =
    [0, 0, 0, 1, 13, 14, 15, 28, 29, 30, 31, 32, 44, 58, 59, 60, 61, 62, 89, 91, 92, 93];

fn case(rng: &mut Rng, schedule: &Schedule) -> Case {
    let first = if rng.chance(50) {
        *rng.pick(&[date(2025, 1, 15), date(2025, 1, 31), date(2024, 2, 29), date(2025, 11, 30)])
    } else {
        day(rng)
    };
    let at = |rng: &mut Rng| first + Days::new(*rng.pick(&DAYS));
    let mut events = Vec::new();
    let agreed = match &schedule.price {
        Price::Agreed { at_least, at_most } => {
            let least = at_least.clone().unwrap_or_else(|| scaled(1, 2));
            let most = at_most.clone().unwrap_or_else(|| whole(1_000_000));
            let any = [
                least.clone(),
                whole(1_000),
                &least + scaled(rng.between(0, 20_000), 2),
                scaled(rng.between(1, 250_000), 2),
            ];
            Some(rng.pick(&any).clone().max(least).min(most))
        }
        _ => None,
    };
    let rate = matches!(schedule.price, Price::Hourly { rate: None, .. });
    let shares = schedule.payers.iter().enumerate().filter(|(_, p)| p.share == Share::Agreed);
    let shares = shares.map(|(place, _)| (place, Share::Sum(whole(rng.between(1, 300))))).collect();
    let opened = Terms {
        price: agreed,
        rate: rate.then(|| scaled(rng.between(100, 9_999), 2)),
        shares,
        ..Terms::default()
    };
    // An opening is no moment, but the calendar counts from it: it comes with what comes first.
    for (what, chance) in [(What::Signature, 60), (What::Start, 60)] {
        if rng.chance(chance) {
            events.push(Event { date: at(rng), what });
        }
    }
    for _ in 0..rng.below(4) {
        let (kind, name) = name(rng);
        let hours = scaled(rng.between(0, 60), 1);
        let what = if kind == Named::Action && rng.chance(70) {
            What::Worked(name, Measure::Hours(hours))
        } else {
            What::Named(kind, name)
        };
        events.push(Event { date: at(rng), what });
    }
    if rng.chance(85) {
        let what = if rng.chance(55) { What::End } else { What::Abandonment };
        events.push(Event { date: at(rng), what });
    }
    if events.is_empty() {
        events.push(Event { date: first, what: What::Start });
    }
    let begins = events.iter().map(|event| event.date).min().expect("an event");
    events.insert(0, Event { date: begins, what: What::Opened(opened) });
    let last = events.iter().map(|event| event.date).max().expect("an event");
    // Everything that may come by itself has come.
    let patience = last + Days::new(140);
    Case { as_of: patience.max(date(2026, 2, 1)), events }
}

fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a date")
}
