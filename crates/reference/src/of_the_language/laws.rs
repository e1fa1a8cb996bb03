//! Laws that hold for every random case.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::exact::{Exact, decimal, fits, round, whole, zero};
use crate::generate::pair;
use crate::naive::{BilledKind, Outcome, evaluate};
use crate::rng::Rng;
use crate::rules::{
    Amount, Case, Condition, Event, Line, LineKind, Price, Schedule, Test, Trigger,
};
use crate::write::{Language, source};
use crate::write_events;

const SEEDS: u64 = 400;

fn outcome(schedule: &Schedule, case: &Case) -> Outcome {
    evaluate(std::slice::from_ref(schedule), case)
}

/// What was billed on a date stays billed, whatever comes later.
#[test]
fn an_earlier_date_sees_a_prefix() {
    for seed in 0..SEEDS {
        let (schedule, case) = pair(seed);
        let Outcome::Billed(lines) = outcome(&schedule, &case) else {
            continue;
        };
        for line in &lines {
            for as_of in [line.date, line.date.pred_opt().expect("a date")] {
                let earlier = Case { as_of, ..case.clone() };
                let seen = lines.iter().filter(|line| line.date <= as_of).cloned().collect();
                assert_eq!(outcome(&schedule, &earlier), Outcome::Billed(seen), "seed {seed}");
            }
        }
    }
}

/// Only the order of events of one date counts.
#[test]
fn the_order_of_different_dates_does_not_count() {
    for seed in 0..SEEDS {
        let (schedule, case) = pair(seed);
        let mut events = case.events.clone();
        Rng::new(seed).shuffle(&mut events);
        let mut left = case.events.clone();
        let in_own_order: Vec<Event> = events
            .iter()
            .map(|event| {
                let next = left.iter().position(|other| other.date == event.date);
                left.remove(next.expect("as many of each date"))
            })
            .collect();
        let shuffled = Case { events: in_own_order, ..case.clone() };
        let (one, other) = (outcome(&schedule, &case), outcome(&schedule, &shuffled));
        match (&one, &other) {
            (Outcome::Withheld(_), Outcome::Withheld(_)) => {}
            _ => assert_eq!(one, other, "seed {seed}"),
        }
    }
}

/// Whether a case is withheld does not depend on the as-of date.
#[test]
fn soundness_does_not_look_at_the_date() {
    for seed in 0..SEEDS {
        let (schedule, case) = pair(seed);
        let early = Case { as_of: super::make::date("1950-01-01"), ..case.clone() };
        match outcome(&schedule, &case) {
            Outcome::Billed(_) => assert_eq!(outcome(&schedule, &early), Outcome::Billed(vec![])),
            withheld @ Outcome::Withheld(_) => assert_eq!(outcome(&schedule, &early), withheld),
        }
    }
}

/// No deposit is deducted beyond its amount; dates and invoices do not go back; no line is zero.
#[test]
fn invoices_are_in_order() {
    for seed in 0..SEEDS {
        let (schedule, case) = pair(seed);
        let Outcome::Billed(lines) = outcome(&schedule, &case) else {
            continue;
        };
        let amount = |index: usize| -> Exact { decimal(&lines[index].amount).expect("a decimal") };
        for (index, line) in lines.iter().enumerate() {
            assert_ne!(amount(index), zero(), "seed {seed}");
            let deducted = (0..lines.len()).filter(|&at| lines[at].deducts == Some(index));
            let left = deducted.fold(amount(index), |left, at| left + amount(at));
            assert!(line.kind != BilledKind::Deposit || left >= zero(), "seed {seed}");
            assert_eq!(line.kind == BilledKind::Deduction, line.deducts.is_some());
            let decimals = schedule.currency.decimals;
            assert_eq!(round(&amount(index), decimals), amount(index), "seed {seed}");
        }
        for pair in lines.windows(2) {
            let next_day = u32::from(pair[0].date != pair[1].date);
            assert!(pair[0].date <= pair[1].date, "seed {seed}");
            assert_eq!(pair[0].invoice + next_day, pair[1].invoice, "seed {seed}");
        }
    }
}

/// Sending every event that has an id once more changes nothing.
#[test]
fn events_with_an_id_count_once() {
    for seed in 0..SEEDS {
        let (schedule, case) = pair(seed);
        let again = case.events.iter().filter(|event| event.id.is_some()).cloned();
        let events = case.events.iter().cloned().chain(again).collect();
        let doubled = Case { events, ..case.clone() };
        match (outcome(&schedule, &case), outcome(&schedule, &doubled)) {
            (Outcome::Withheld(_), Outcome::Withheld(_)) => {}
            (one, other) => assert_eq!(one, other, "seed {seed}"),
        }
    }
}

/// Both forms of work come to the same, for every line and date.
#[test]
fn work_agrees_with_itemised_work() {
    for seed in 0..SEEDS {
        let (schedule, case) = pair(seed);
        let with = |amount: Amount| {
            let mut schedule = schedule.clone();
            for line in &mut schedule.lines {
                if matches!(line.amount, Amount::Work | Amount::WorkItemised) {
                    line.amount = amount.clone();
                }
            }
            sums(&outcome(&schedule, &case))
        };
        assert_eq!(with(Amount::Work), with(Amount::WorkItemised), "seed {seed}");
    }
}

/// What each line bills and deducts on each date.
fn sums(outcome: &Outcome) -> BTreeMap<(NaiveDate, u32, String, bool), Exact> {
    let mut sums = BTreeMap::new();
    if let Outcome::Billed(lines) = outcome {
        for line in lines {
            let key = (line.date, line.invoice, line.line.clone(), line.deducts.is_some());
            *sums.entry(key).or_insert_with(zero) += decimal(&line.amount).expect("a decimal");
        }
    }
    sums
}

/// The generator keeps the rules of the language (§2, §6).
#[test]
fn schedules_are_valid() {
    for seed in 0..SEEDS {
        let (schedule, _) = pair(seed);
        let labels: BTreeSet<&str> =
            schedule.lines.iter().map(|line| line.label.as_str()).collect();
        assert_eq!(labels.len(), schedule.lines.len(), "seed {seed}");
        for line in &schedule.lines {
            assert!(is_valid(line, &schedule), "seed {seed}: {line:?}");
        }
        for condition in schedule.conditions() {
            match condition {
                Condition::Hours(Test::From(low, high))
                | Condition::Attendance(Test::From(low, high)) => assert!(low < high),
                Condition::Duration(Test::From(low, high)) => {
                    let start = super::make::date("2025-01-31");
                    assert!(low.after(start) < high.after(start), "seed {seed}");
                }
                Condition::ActionDone(name) => assert!(may_be_named(name, &schedule)),
                _ => {}
            }
        }
    }
}

fn may_be_named(action: &str, schedule: &Schedule) -> bool {
    schedule.actions.is_empty() || schedule.action(action).is_some()
}

fn is_valid(line: &Line, schedule: &Schedule) -> bool {
    let known = match schedule.price {
        Price::Fixed(_) => true,
        Price::Hourly { .. } => schedule.planned_hours.is_some(),
        Price::PerAction => false,
    };
    let deposit = line.kind == LineKind::Deposit;
    let share = |p: &Exact| *p > zero() && *p <= whole(100) && fits(p, 4);
    let names = line.triggers.iter().all(|trigger| match trigger {
        Trigger::Action(name) => may_be_named(name, schedule),
        _ => true,
    });
    let amount = match &line.amount {
        Amount::Percent(p) => known && share(p),
        Amount::Money(money) => *money > zero() && fits(money, schedule.currency.decimals),
        Amount::Work | Amount::WorkItemised => {
            !deposit && !matches!(schedule.price, Price::Fixed(_))
        }
        Amount::UpTo(p) => known && !deposit && share(p),
        Amount::Remainder => known && !deposit,
        Amount::Nothing => !deposit,
        Amount::ProRataAttendance | Amount::ProRataDuration => known,
    };
    names && amount && (!line.stays_open || line.kind == LineKind::Balance)
}

/// A comma before exactly three digits is never written; events are single JSON objects.
#[test]
fn what_is_written_is_well_formed() {
    for seed in 0..SEEDS {
        let (schedule, case) = pair(seed);
        for language in [Language::English, Language::French] {
            for rng in [None, Some(Rng::new(seed))] {
                let text = source(std::slice::from_ref(&schedule), language, rng);
                assert!(!has_thousands_comma(&text), "seed {seed}: {text}");
            }
        }
        for line in write_events::events(&case, Some(Rng::new(seed))) {
            let value: serde_json::Value = serde_json::from_str(&line).expect("JSON");
            assert_eq!(value["case"], case.id.as_str(), "seed {seed}");
            assert!(!line.contains('\n'));
        }
    }
}

fn has_thousands_comma(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    let digit = |at: usize| letters.get(at).is_some_and(char::is_ascii_digit);
    (1..letters.len())
        .filter(|&at| letters[at] == ',' && digit(at - 1))
        .any(|at| digit(at + 1) && digit(at + 2) && digit(at + 3) && !digit(at + 4))
}
