//! The second part of the language: a minimum, a price by the month, several payers. Typed events in memory, against
//! what a programmer would write for each of three schedules and for no other.

use super::rounds::{Rounds, black_box};
use super::second_by_hand::{self as by_hand, Line};
use super::workload::Dice;
use jalon::eval::{Evaluator, FiredLines, Silent};
use jalon::model::{Beside, Milestone, More};
use jalon::money::Hours;
use jalon::plan::{Plan, PlannedTerms};
use jalon::rules::{Billed, Label, Quantity};
use jalon::{Date, Event, EventKind};

type Make = fn(&mut Dice, &mut Case);
type ByHand = fn(&[Event], &mut Vec<Line>);

/// Each schedule, its file, how a case of it goes, and what bills one by hand.
const SCHEDULES: [(&str, &str, Make, ByHand); 3] = [
    (
        "translation with a minimum",
        include_str!("../../schedules/services/traduction.jalon"),
        translation,
        by_hand::translation,
    ),
    (
        "subscription, pro rata",
        include_str!("../../schedules/abonnements/sports-club.jalon"),
        subscription,
        by_hand::subscription,
    ),
    (
        "weekly care, three payers",
        include_str!("../../schedules/sante/soins.jalon"),
        care,
        by_hand::care,
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

/// What a line says, as both have it: a share of an amount states no quantity.
fn as_by_hand(line: &Billed) -> Line {
    Line {
        line: line.line,
        date: line.date,
        invoice: line.invoice,
        payer: line.payer.map(|payer| payer.0),
        label: match line.label {
            Label::Event(event) => Some(event),
            Label::Line | Label::Deposit(_) => None,
        },
        quantity: line.quantity.and_then(|quantity| match quantity {
            Quantity::Hours(hours, rate) => Some((hours.0, rate.0)),
            Quantity::Units(count, rate) => Some((count, rate.0)),
            Quantity::Times(count, rate) => Some((count * 10_000, rate.0)),
            Quantity::Of(..) | Quantity::Missing(_) => None,
        }),
        amount: line.amount.0,
        service: line.service,
        event: line.event,
    }
}

/// Both bill each case to the same lines in the same order, or nothing is measured.
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

fn one(name: &str, plan: &Plan, cases: &[Vec<Event>], theirs: ByHand) {
    let (as_of, terms) = (super::workload::as_of(), PlannedTerms::default());
    let (mut evaluator, mut billed, mut lines) = (Evaluator::default(), Vec::new(), 0);
    for events in cases {
        let bill = evaluator.bill(plan, events, terms, as_of, &mut Silent).expect("a sound case");
        let FiredLines::Second(_, own) = bill.lines else { panic!("{name}: of the first part") };
        let own: Vec<Line> = own.iter().map(as_by_hand).collect();
        billed.clear();
        assert!(by_hand::all_count(events), "{name}: {events:#?}");
        theirs(events, &mut billed);
        assert_eq!(own, billed, "{name}: {events:#?}");
        assert!(bill.notices.is_empty(), "{name}: {events:#?}");
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
                    billed.clear();
                    if by_hand::all_count(events) {
                        theirs(events, &mut billed);
                    }
                    black_box(billed.len());
                }
            },
        ],
    );
    let per = cases.iter().map(Vec::len).sum::<usize>() as f64;
    let what = format!("evaluate {name}, a typed event ÷ written by hand");
    rounds.print(&what, per, "ns", 1e9, "≤ 2.5 · ≤ 1.5");
}
