//! Random schedules as they are usual: a price that parts, instalments and deposits make up, or a price by the period billed by
//! its days; balances for the end and the abandonment, in windows that leave nothing out, or that do. Of such
//! schedules much follows from the lines alone. Histories are those of any schedule.

use super::random::plain;
use super::random_case;
use super::random_when::{condition, recurrence};
use super::rules::*;
use crate::exact::{Exact, fraction, whole};
use crate::rng::Rng;

/// A schedule, and so many histories of it.
#[must_use]
pub fn sample(seed: u64, histories: usize) -> (Schedule, Vec<Case>) {
    let mut rng = Rng::new(seed);
    let schedule = schedule(&mut rng);
    let cases = (0..histories).map(|_| random_case::case(&mut rng, &schedule)).collect();
    (schedule, cases)
}

fn schedule(rng: &mut Rng) -> Schedule {
    let total = whole(rng.between(2, 60) * 50);
    let price = match rng.below(7) {
        0..4 => Price::Fixed(total.clone()),
        4 => Price::Agreed { at_least: None, at_most: None },
        _ => Price::Period {
            months: *rng.pick(&[1, 1, 3]),
            amount: Some(whole(rng.between(10, 300))),
        },
    };
    let mut schedule = Schedule {
        price,
        planned_months: None,
        vat: None,
        planned_hours: None,
        may_be_suspended: rng.chance(25),
        actions: Vec::new(),
        payers: if rng.chance(20) { super::random::payers(rng) } else { Vec::new() },
        lines: Vec::new(),
    };
    if let Price::Period { months, .. } = schedule.price {
        let mut line = plain(
            Kind::Installment,
            "Period".to_owned(),
            Amount::Price,
            vec![Trigger::PeriodEnd(months)],
        );
        line.each = true;
        line.pro_rata = rng.chance(85);
        line.at_most = rng.chance(10).then_some(6);
        schedule.lines.push(line);
    } else {
        let fixed = matches!(schedule.price, Price::Fixed(_));
        for place in 0..rng.between(1, 3) {
            let line = part(rng, &total, fixed, place);
            schedule.lines.push(line);
        }
    }
    if rng.chance(20) {
        let conditions = vec![condition(rng)];
        let place = rng.below(schedule.lines.len());
        schedule.lines[place].conditions = conditions;
    }
    let periodic = matches!(schedule.price, Price::Period { .. });
    closers(rng, &mut schedule.lines, Trigger::End, periodic);
    closers(rng, &mut schedule.lines, Trigger::Abandonment, periodic);
    schedule
}

/// A share of some parts in ten.
fn tenths(total: &Exact, rng: &mut Rng, most: i64) -> Exact {
    total.clone() * fraction(rng.between(1, most), 10)
}

fn part(rng: &mut Rng, total: &Exact, fixed: bool, place: i64) -> Line {
    let label = format!("Part {place}");
    let share = |rng: &mut Rng| whole(rng.between(1, 5) * 10);
    let parts = |rng: &mut Rng| u32::try_from(rng.between(2, 9)).expect("small");
    let once = *rng.pick(&[0, 1]);
    let trigger = if once == 0 { Trigger::Signature } else { Trigger::Start };
    match rng.below(6) {
        0 => {
            let amount = if fixed && rng.chance(40) {
                Amount::Sum(tenths(total, rng, 3))
            } else {
                Amount::Percent(share(rng))
            };
            plain(Kind::Deposit, label, amount, vec![trigger])
        }
        1 if fixed => {
            plain(Kind::Installment, label, Amount::Sum(tenths(total, rng, 4)), vec![trigger])
        }
        2 | 3 => {
            let amount = if fixed && rng.chance(50) {
                Amount::SumInParts(tenths(total, rng, 8), parts(rng))
            } else {
                Amount::PercentInParts(share(rng), parts(rng))
            };
            let mut line = plain(Kind::Installment, label, amount, vec![recurrence(rng)]);
            line.each = true;
            line
        }
        4 if fixed => {
            let sum = tenths(total, rng, 2);
            let mut line = plain(Kind::Installment, label, Amount::Sum(sum), vec![recurrence(rng)]);
            line.each = true;
            line.at_most = rng.chance(80).then(|| u32::try_from(rng.between(1, 5)).expect("small"));
            line
        }
        _ => plain(Kind::Installment, label, Amount::Percent(share(rng)), vec![trigger]),
    }
}

/// Balances for a terminal event: one, or one on a condition and one on its contrary, or on nearly that.
fn closers(rng: &mut Rng, lines: &mut Vec<Line>, on: Trigger, periodic: bool) {
    let ends = matches!(on, Trigger::End);
    let name = if ends { "End" } else { "Left" };
    let amount = |rng: &mut Rng| match rng.below(6) {
        _ if periodic => Amount::Nothing,
        0 => Amount::Nothing,
        1 => Amount::Percent(whole(if ends { 100 } else { rng.between(1, 10) * 10 })),
        2 | 3 if !ends => Amount::UpTo(whole(rng.between(1, 10) * 10)),
        _ => Amount::Remainder,
    };
    let count = rng.below(10);
    if count == 0 {
        return;
    }
    let windows = count > 5;
    for place in 0..if windows { 2 } else { 1 } {
        let label = format!("{name} {place}");
        let amount = amount(rng);
        lines.push(plain(Kind::Balance, label, amount, vec![on.clone()]));
    }
    if windows {
        let one = condition(rng);
        let other = if rng.chance(75) { contrary(&one, rng) } else { condition(rng) };
        let last = lines.len();
        lines[last - 2].conditions.push(one);
        lines[last - 1].conditions.push(other);
    }
}

/// The contrary of a condition, said with another comparison where there is one.
fn contrary(condition: &Condition, rng: &mut Rng) -> Condition {
    use crate::rules::Compare;
    let turned = |compare: &Compare| match compare {
        Compare::Less => Compare::AtLeast,
        Compare::AtMost => Compare::More,
        Compare::AtLeast => Compare::Less,
        Compare::More => Compare::AtMost,
    };
    match condition {
        Condition::Not(inner) => (**inner).clone(),
        Condition::Duration(compare, span) if rng.chance(60) => {
            Condition::Duration(turned(compare), *span)
        }
        Condition::SinceSignature(compare, span) if rng.chance(60) => {
            Condition::SinceSignature(turned(compare), *span)
        }
        Condition::Notice(compare, span) if rng.chance(60) => {
            Condition::Notice(turned(compare), *span)
        }
        Condition::Progress(compare, share) if rng.chance(60) => {
            Condition::Progress(turned(compare), share.clone())
        }
        Condition::Day(day, before, date) if rng.chance(60) => Condition::Day(*day, !before, *date),
        other => Condition::Not(Box::new(other.clone())),
    }
}
