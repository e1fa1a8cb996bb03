//! Random schedules of the second part that the checker accepts, and a case of each from one seed.

use chrono::NaiveDate;

use super::random_case;
use super::random_when::{anchor, condition, recurrence, triggers};
use super::random_work::{action, work};
use super::rules::*;
use crate::exact::{Exact, scaled, whole};
use crate::rng::Rng;
use crate::rules::Span;

/// A schedule and a case of it, from one seed.
#[must_use]
pub fn pair(seed: u64) -> (Schedule, Case) {
    let mut rng = Rng::new(seed);
    let schedule = schedule(&mut rng);
    let case = random_case::case(&mut rng, &schedule);
    (schedule, case)
}

/// A schedule, and so many cases of it.
#[must_use]
pub fn sample(seed: u64, histories: usize) -> (Schedule, Vec<Case>) {
    let mut rng = Rng::new(seed);
    let schedule = schedule(&mut rng);
    let cases = (0..histories).map(|_| random_case::case(&mut rng, &schedule)).collect();
    (schedule, cases)
}

pub(super) fn money(rng: &mut Rng) -> Exact {
    match rng.below(4) {
        0 => whole(rng.between(1, 40) * 50),
        1 => scaled(rng.between(1, 300), 2),
        _ => scaled(rng.between(1_000, 300_000), 2),
    }
}

pub(super) fn percent(rng: &mut Rng, most: i64) -> Exact {
    if rng.chance(50) { whole(rng.between(1, most)) } else { scaled(rng.between(1, most * 100), 2) }
}

pub(super) fn day(rng: &mut Rng) -> NaiveDate {
    let first = NaiveDate::from_ymd_opt(2024, 11, 15).expect("a date");
    first + chrono::Days::new(rng.below(420) as u64)
}

fn schedule(rng: &mut Rng) -> Schedule {
    let price = match rng.below(18) {
        14..18 => Price::Hourly {
            rate: rng.chance(30).then(|| scaled(rng.between(500, 12_000), 2)),
            at_least: rng.chance(40).then(|| whole(rng.between(1, 20))),
            at_most: rng.chance(40).then(|| whole(rng.between(20, 60))),
        },
        10..14 => Price::PerAction {
            at_least: rng.chance(40).then(|| money(rng)),
            at_most: rng.chance(40).then(|| whole(rng.between(100, 6_000))),
            each_month: rng.chance(50),
        },
        0..4 => Price::Fixed(money(rng)),
        4..8 => Price::Agreed {
            at_least: rng.chance(30).then(|| whole(20)),
            at_most: rng.chance(30).then(|| whole(2_500)),
        },
        _ => Price::Period {
            months: *rng.pick(&[1, 1, 3, 12]),
            amount: rng.chance(50).then(|| money(rng)),
        },
    };
    let mut schedule = Schedule {
        price,
        planned_months: rng.chance(40).then(|| u32::try_from(rng.between(1, 14)).expect("small")),
        vat: rng.chance(40).then(|| whole(20)),
        planned_hours: rng.chance(50).then(|| scaled(rng.between(10, 600), 1)),
        may_be_suspended: rng.chance(35),
        actions: Vec::new(),
        payers: if rng.chance(65) { payers(rng) } else { Vec::new() },
        lines: Vec::new(),
    };
    let per_action = matches!(schedule.price, Price::PerAction { .. });
    if let Price::PerAction { at_least: Some(least), at_most: Some(most), .. } = &mut schedule.price
    {
        *least = least.clone().min(most.clone());
    }
    if per_action || rng.chance(25) {
        schedule.actions = vec![action(rng, "Visit"), action(rng, "Lesson")];
        // Left out: a rate of its own beside another price in a schedule that uses nothing else of the
        // second part, which the checker refuses.
        schedule.may_be_suspended |= !per_action;
    }
    if matches!(schedule.price, Price::Hourly { .. })
        && let Some(lesson) = schedule.actions.last_mut()
    {
        let (rate, step, vat) = (Rate::AsPriced, None, None);
        *lesson = Action { name: "Lesson", rate, step, vat, at_most: None, each_month: false };
    }
    if schedule.vat.is_some() {
        for action in &mut schedule.actions {
            let billed = !matches!(action.rate, Rate::NotBilled | Rate::AsPriced);
            action.vat = (billed && rng.chance(40)).then(|| scaled(55, 1));
        }
    }
    for place in 0..=rng.between(2, 6) {
        let line = line(rng, &schedule, usize::try_from(place).expect("small"));
        schedule.lines.push(line);
    }
    // There is a way for a case to close.
    let balance = closing(rng, &schedule);
    schedule.lines.push(balance);
    schedule
}

pub(super) fn payers(rng: &mut Rng) -> Vec<Payer> {
    let mut payers = Vec::new();
    for name in &["Town", "Fund", "Mutual"][..rng.below(4)] {
        let share = match rng.below(4) {
            0 | 1 => Share::Percent(percent(rng, 33)),
            2 => Share::Sum(money(rng)),
            _ => Share::Agreed,
        };
        let at_most = rng.chance(40).then(|| money(rng));
        payers.push(Payer { name: (*name).to_owned(), share, at_most });
    }
    payers.push(Payer { name: "Family".to_owned(), share: Share::Remainder, at_most: None });
    payers
}

/// A line that says nothing special yet.
pub(super) fn plain(kind: Kind, label: String, amount: Amount, triggers: Vec<Trigger>) -> Line {
    Line {
        kind,
        label,
        amount,
        each: false,
        triggers,
        conditions: Vec::new(),
        stays_open: false,
        no_refund: false,
        pro_rata: false,
        beside: false,
        charged_to: None,
        vat: None,
        at_most: None,
    }
}

fn total_known(schedule: &Schedule) -> bool {
    match schedule.price {
        Price::Fixed(_) | Price::Agreed { .. } => true,
        Price::Hourly { .. } => schedule.planned_hours.is_some(),
        Price::Period { .. } | Price::PerAction { .. } => false,
    }
}

fn is_periodic(schedule: &Schedule) -> bool {
    matches!(schedule.price, Price::Period { .. })
}

/// Deposits may come below zero where there is one payer only.
fn deposits_may_fall(schedule: &Schedule) -> bool {
    schedule.payers.len() < 2
}

fn line(rng: &mut Rng, schedule: &Schedule, place: usize) -> Line {
    let kind = match rng.below(10) {
        0..3 => Kind::Deposit,
        3..7 => Kind::Installment,
        7 => Kind::Discount,
        _ => Kind::Balance,
    };
    let label = format!("Line {place}");
    let of_work = matches!(kind, Kind::Balance | Kind::Installment) && rng.chance(60);
    if let Some(work) = of_work.then(|| work(rng, schedule, kind)).flatten() {
        return Line { label, ..work };
    }
    let mut line = match kind {
        Kind::Balance => closing(rng, schedule),
        Kind::Discount => {
            let amount = if total_known(schedule) && rng.chance(60) {
                Amount::Percent(percent(rng, 15))
            } else {
                Amount::Sum(scaled(rng.between(1, 9_000), 2))
            };
            plain(kind, label.clone(), amount, triggers(rng))
        }
        _ if rng.chance(45) => repeating(rng, schedule, kind, label.clone()),
        _ => {
            let amount = match rng.below(6) {
                0 => Amount::Sum(money(rng)),
                1 if kind == Kind::Installment && total_known(schedule) => {
                    Amount::UpTo(percent(rng, 100))
                }
                2 if total_known(schedule) && schedule.planned_months.is_some() => {
                    Amount::ProRataDuration
                }
                3 if kind == Kind::Installment && is_periodic(schedule) => Amount::Price,
                _ if total_known(schedule) => Amount::Percent(percent(rng, 40)),
                _ => Amount::Sum(money(rng)),
            };
            let mut line = plain(kind, label.clone(), amount, triggers(rng));
            line.no_refund = matches!(line.amount, Amount::UpTo(_)) && rng.chance(40);
            line
        }
    };
    if kind == Kind::Balance && !matches!(line.amount, Amount::Work(_)) && rng.chance(60) {
        line.stays_open = true;
        line.triggers = triggers(rng);
        if rng.chance(25) && total_known(schedule) {
            line.at_most = None;
            line.amount = Amount::Progress(whole(rng.between(50, 100)));
            line.no_refund = false;
            line.each = true;
            line.triggers = vec![Trigger::Progress];
        }
    }
    line.label = label;
    let sums = matches!(line.amount, Amount::Sum(_) | Amount::SumInParts(..));
    if matches!(kind, Kind::Deposit | Kind::Installment) && sums && rng.chance(45) {
        line.beside = true;
        if !schedule.payers.is_empty() && rng.chance(50) {
            line.charged_to = Some(rng.below(schedule.payers.len()));
        }
    }
    // `up to` settles deposits of its own rate only.
    let settles = matches!(line.amount, Amount::UpTo(_) | Amount::Remainder);
    let free = line.beside || !settles && kind != Kind::Deposit;
    if schedule.vat.is_some() && free && rng.chance(25) {
        line.vat = Some(scaled(55, 1));
    }
    for _ in 0..rng.weighted(&[60, 30, 10]) {
        line.conditions.push(condition(rng));
    }
    line
}

fn closing(rng: &mut Rng, schedule: &Schedule) -> Line {
    if rng.chance(70)
        && let Some(work) = work(rng, schedule, Kind::Balance)
        && !work.stays_open
    {
        return work;
    }
    let amount = match rng.below(6) {
        _ if !total_known(schedule) => {
            if rng.chance(50) {
                Amount::Nothing
            } else {
                Amount::Sum(money(rng))
            }
        }
        0 => Amount::Percent(percent(rng, 100)),
        1 => Amount::UpTo(percent(rng, 100)),
        2 => Amount::Nothing,
        3 if schedule.planned_months.is_some() => Amount::ProRataDuration,
        _ => Amount::Remainder,
    };
    let trigger = if rng.chance(70) { Trigger::End } else { Trigger::Abandonment };
    let mut line = plain(Kind::Balance, "Closing".to_owned(), amount, vec![trigger]);
    line.no_refund = matches!(line.amount, Amount::UpTo(_)) && rng.chance(40);
    if rng.chance(30) {
        line.triggers = vec![Trigger::End, Trigger::Abandonment];
    }
    line
}

fn repeating(rng: &mut Rng, schedule: &Schedule, kind: Kind, label: String) -> Line {
    let parts = u32::try_from(rng.between(2, 9)).expect("small");
    let amount = match rng.below(7) {
        0 | 1 if total_known(schedule) => Amount::PercentInParts(percent(rng, 60), parts),
        2 => Amount::SumInParts(money(rng), parts),
        3 if total_known(schedule) && (kind != Kind::Deposit || deposits_may_fall(schedule)) => {
            Amount::Progress(whole(rng.between(50, 100)))
        }
        0..5 if kind == Kind::Installment && is_periodic(schedule) => Amount::Price,
        _ => Amount::Sum(money(rng)),
    };
    let mut line = plain(kind, label, amount, Vec::new());
    line.each = true;
    let trigger = match (&line.amount, &schedule.price) {
        (Amount::Price, Price::Period { months, .. }) => match rng.below(3) {
            0 if *months == 1 => {
                Trigger::DayOfMonth(u32::try_from(rng.between(1, 31)).expect("small"))
            }
            1 => Trigger::Every {
                span: Span::months(*months),
                anchor: anchor(rng),
                from: rng.chance(50),
            },
            _ => Trigger::PeriodEnd(*months),
        },
        (Amount::Progress(_), _) => Trigger::Progress,
        _ => recurrence(rng),
    };
    let whole_sum = matches!(line.amount, Amount::Sum(_) | Amount::Price);
    line.pro_rata = kind == Kind::Installment
        && whole_sum
        && matches!(trigger, Trigger::PeriodEnd(_))
        && rng.chance(60);
    if !matches!(line.amount, Amount::PercentInParts(..) | Amount::SumInParts(..)) && rng.chance(30)
    {
        line.at_most = Some(u32::try_from(rng.between(1, 5)).expect("small"));
    }
    line.triggers.push(settled(trigger, schedule));
    line
}

/// Left out: `from start` where the case may be suspended, until it is settled whether a suspension
/// that comes later changes the days that a line billed before it stands for.
fn settled(trigger: Trigger, schedule: &Schedule) -> Trigger {
    match trigger {
        Trigger::Every { span, anchor: Anchor::Start, .. } if schedule.may_be_suspended => {
            Trigger::Every { span, anchor: Anchor::Start, from: false }
        }
        other => other,
    }
}
