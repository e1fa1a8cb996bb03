//! The second part of the language: a minimum, a price by the month, several payers. Typed events in memory, against
//! what a programmer would write for each of three schedules and for no other.

use super::rounds::{Rounds, black_box};
use super::workload::Dice;
use jalon::eval::{Evaluator, Silent};
use jalon::model::{Beside, Milestone, More};
use jalon::money::Hours;
use jalon::plan::{Plan, PlannedTerms};
use jalon::{Date, Event, EventKind};

type Make = fn(&mut Dice, &mut Case);
type ByHand = fn(&[Event], &mut Vec<i64>);

/// Each schedule, its file, how a case of it goes, and what bills one by hand.
const SCHEDULES: [(&str, &str, Make, ByHand); 3] = [
    (
        "translation with a minimum",
        include_str!("../../schedules/services/traduction.jalon"),
        translation,
        translation_by_hand,
    ),
    (
        "subscription, pro rata",
        include_str!("../../schedules/abonnements/sports-club.jalon"),
        subscription,
        subscription_by_hand,
    ),
    (
        "weekly care, three payers",
        include_str!("../../schedules/sante/soins.jalon"),
        care,
        care_by_hand,
    ),
];

/// A case that grows.
struct Case {
    name: String,
    day: Date,
    events: Vec<Event>,
}

impl Case {
    fn push(&mut self, kind: EventKind) {
        let id = Some(format!("ev-{}", self.events.len()));
        self.events.push(Event { case: self.name.clone(), date: self.day, id, kind });
    }

    /// An action; a quantity in whole units.
    fn act(&mut self, name: &str, quarters: Option<i64>, quantity: Option<i64>) {
        let (name, hours) = (name.to_owned(), quarters.map(|quarters| Hours(quarters * 7_500)));
        self.push(match quantity {
            None => EventKind::Action { name, hours },
            Some(units) => {
                let beside = Beside { quantity: Some(units * 10_000), amount: None };
                EventKind::More(Box::new(More::Action { name, hours, beside }))
            }
        });
    }

    fn after(&mut self, days: u64) {
        (0..days).for_each(|_| self.day = self.day.next());
    }
}

fn translation(dice: &mut Dice, case: &mut Case) {
    for _ in 0..1 + dice.roll(20) {
        case.act("Traduction", None, Some(1 + dice.roll(400) as i64));
        case.after(dice.roll(4));
        if dice.roll(3) == 0 {
            case.act("Relecture", Some(1 + dice.roll(8) as i64), None);
        }
    }
    case.push(EventKind::Milestone(Milestone::End));
}

fn subscription(dice: &mut Dice, case: &mut Case) {
    case.push(EventKind::Milestone(Milestone::Start));
    for _ in 0..dice.roll(4) {
        case.after(1 + dice.roll(90));
        case.push(EventKind::More(Box::new(More::Suspension)));
        case.after(1 + dice.roll(20));
        case.push(EventKind::More(Box::new(More::Resumption)));
    }
    case.after(1 + dice.roll(90));
    let end = if dice.roll(2) == 0 { Milestone::End } else { Milestone::Abandonment };
    case.push(EventKind::Milestone(end));
}

fn care(dice: &mut Dice, case: &mut Case) {
    case.push(EventKind::Milestone(Milestone::Start));
    for _ in 0..5 + dice.roll(30) {
        case.act("Soin", None, None);
        if dice.roll(2) == 0 {
            case.act("Déplacement", None, None);
            case.act("Kilomètres", None, Some(1 + dice.roll(20) as i64));
        }
        case.after(1 + dice.roll(4));
    }
    case.push(EventKind::Milestone(Milestone::End));
}

/// Both bill each case to the same amounts in the same order, or nothing is measured.
pub fn by_hand(cases: usize) {
    for (which, (name, source, make, by_hand)) in SCHEDULES.into_iter().enumerate() {
        let compiled = jalon::compile(name, source).expect("a sound schedule");
        one(name, &compiled.schedules[0], &cases_of(which, make, cases), by_hand);
    }
}

fn cases_of(which: usize, make: Make, cases: usize) -> Vec<Vec<Event>> {
    let case = |number: usize| {
        let mut dice = Dice::new((number * 3 + which + 1) as u64);
        let day = Date::parse("2025-01-01").expect("a date");
        let mut case = Case { name: format!("D-{number:07}"), day, events: Vec::new() };
        case.after(dice.roll(360));
        make(&mut dice, &mut case);
        case.events
    };
    (0..cases).map(case).collect()
}

fn one(name: &str, plan: &Plan, cases: &[Vec<Event>], by_hand: ByHand) {
    let (as_of, terms) = (super::workload::as_of(), PlannedTerms::default());
    let (mut evaluator, mut amounts, mut lines) = (Evaluator::default(), Vec::new(), 0);
    for events in cases {
        let bill = evaluator.bill(plan, events, terms, as_of, &mut Silent).expect("a sound case");
        let own: Vec<i64> = bill.lines.amounts().map(|(_, _, amount)| amount.0).collect();
        amounts.clear();
        by_hand(events, &mut amounts);
        assert_eq!(own, amounts, "{name}: {events:#?}");
        lines += own.len();
    }
    assert!(lines > cases.len(), "{name}");
    let mut rounds = Rounds::default();
    rounds.run(
        15,
        &mut [
            &mut || {
                for events in cases {
                    let bill = evaluator.bill(plan, events, terms, as_of, &mut Silent);
                    black_box(bill.map_or(0, |bill| bill.lines.len()));
                }
            },
            &mut || {
                for events in cases {
                    amounts.clear();
                    by_hand(events, &mut amounts);
                    black_box(amounts.len());
                }
            },
        ],
    );
    let per = cases.iter().map(Vec::len).sum::<usize>() as f64;
    let what = format!("evaluate {name}, a typed event ÷ written by hand");
    rounds.print(&what, per, "ns", 1e9, "≤ 2.5 · ≤ 1.5");
}

/// The share of an amount, halves away from zero.
fn part(amount: i64, share: i64, of: i64) -> i64 {
    (amount * share * 2 + of) / (of * 2)
}

fn push_some(out: &mut Vec<i64>, amount: i64) {
    if amount != 0 {
        out.push(amount);
    }
}

/// Once it ends: what was translated, what was read again, and what is missing of 60 EUR.
fn translation_by_hand(events: &[Event], out: &mut Vec<i64>) {
    let (mut words, mut quarters) = (0, 0);
    let mut first_read = None;
    let mut first_translated = None;
    for (place, event) in events.iter().enumerate() {
        match &event.kind {
            EventKind::Action { name, hours: Some(hours) } if name == "Relecture" => {
                first_read = first_read.or(Some(place));
                quarters += (hours.0 + 7_499) / 7_500;
            }
            EventKind::More(more) => {
                let More::Action { name, beside, .. } = &**more else { continue };
                if let ("Traduction", Some(quantity)) = (name.as_str(), beside.quantity) {
                    first_translated = first_translated.or(Some(place));
                    words += quantity / 10_000;
                }
            }
            EventKind::Milestone(Milestone::End) => {
                let (translated, read) = (words * 12, quarters * 1_375);
                if first_read < first_translated {
                    push_some(out, read);
                }
                push_some(out, translated);
                if first_read > first_translated {
                    push_some(out, read);
                }
                push_some(out, (6_000 - translated - read).max(0));
            }
            _ => {}
        }
    }
}

/// The card; then each month the share of its days that ran.
fn subscription_by_hand(events: &[Event], out: &mut Vec<i64>) {
    let days_in = |index: u32| match index % 12 {
        1 if (index / 12).is_multiple_of(4) => 29,
        1 => 28,
        3 | 5 | 8 | 10 => 30,
        _ => 31,
    };
    // The month of which days are counted, how many of its days ran, and from which of its days it runs.
    let first = events.first().map_or(0, |event| event.date.month_index());
    let (mut month, mut ran, mut from) = (first, 0, None);
    let mut forward = |to: Date, last: bool, runs: Option<bool>, out: &mut Vec<i64>| {
        while month < to.month_index() {
            let days = days_in(month);
            ran += from.map_or(0, |from| days + 1 - from);
            push_some(out, part(4_200, ran, days));
            (month, ran, from) = (month + 1, 0, from.map(|_| 1));
        }
        if last {
            ran += from.map_or(0, |from| i64::from(to.day()) + 1 - from);
            push_some(out, part(4_200, ran, days_in(month)));
        } else if runs == Some(false) {
            ran += from.map_or(0, |from| i64::from(to.day()) - from);
            from = None;
        } else if runs == Some(true) {
            from = Some(i64::from(to.day()));
        }
    };
    for event in events {
        match &event.kind {
            EventKind::Milestone(Milestone::Start) => {
                out.push(1_500);
                forward(event.date, false, Some(true), out);
            }
            EventKind::Milestone(Milestone::End | Milestone::Abandonment) => {
                return forward(event.date, true, None, out);
            }
            EventKind::More(more) => match &**more {
                More::Suspension => forward(event.date, false, Some(false), out),
                More::Resumption => forward(event.date, false, Some(true), out),
                _ => {}
            },
            _ => {}
        }
    }
}

/// Each week what was done in it, action by action, each to three payers.
fn care_by_hand(events: &[Event], out: &mut Vec<i64>) {
    const NAMES: [&str; 3] = ["Soin", "Déplacement", "Kilomètres"];
    let (mut done, mut order) = ([0; 3], Vec::with_capacity(3));
    // What has been billed in all, by the fund and by the insurer: each bears its share of all of it, rounded once.
    let (mut total, mut fund, mut insurer) = (0, 0, 0);
    let mut next = None;
    let mut bill = |done: &mut [i64; 3], order: &mut Vec<usize>, out: &mut Vec<i64>| {
        for place in order.drain(..) {
            let amount = std::mem::take(&mut done[place]);
            total += amount;
            let to_fund = part(total, 60, 100) - fund;
            let to_insurer = part(total, 35, 100).min(40_000) - insurer;
            (fund, insurer) = (fund + to_fund, insurer + to_insurer);
            push_some(out, to_fund);
            push_some(out, to_insurer);
            push_some(out, amount - to_fund - to_insurer);
        }
    };
    let week = |date: Date| (0..7).fold(date, |date, _| date.next());
    for event in events {
        while next.is_some_and(|next| next < event.date) {
            bill(&mut done, &mut order, out);
            next = next.map(week);
        }
        let (name, amount) = match &event.kind {
            EventKind::Milestone(Milestone::Start) => {
                next = Some(week(event.date));
                continue;
            }
            EventKind::Milestone(Milestone::End) => {
                return bill(&mut done, &mut order, out);
            }
            EventKind::Action { name, .. } if name == NAMES[0] => (0, 1_613),
            EventKind::Action { name, .. } if name == NAMES[1] => (1, 275),
            EventKind::More(more) => match &**more {
                More::Action { name, beside, .. } if name == NAMES[2] => {
                    (2, beside.quantity.unwrap_or(0) / 10_000 * 35)
                }
                _ => continue,
            },
            _ => continue,
        };
        if !order.contains(&name) {
            order.push(name);
        }
        done[name] += amount;
    }
}
