//! Evaluation in memory: against the programs written by hand, and against the naive reference; one
//! case at a time, as a host asks for it.

use super::rounds::{Rounds, black_box};
use super::{by_hand, reference, workload};
use jalon::eval::{Evaluator, Happened, Pen, Silent, What, number_of, put_in_order};
use jalon::model::{Milestone, SubjectKind};
use jalon::plan::{Plan, PlannedTerms};
use jalon::{Event, EventKind};

/// An event as the library evaluates it.
fn resolve(plan: &Plan, event: &Event, number: usize) -> Happened {
    let named = |kind, name: &str, hours| What::Named(number_of(plan, kind, name), hours);
    let what = match &event.kind {
        EventKind::Opened { .. } => What::Opened,
        EventKind::Milestone(Milestone::Signature) => What::Milestone(Milestone::Signature),
        EventKind::Milestone(Milestone::End) => What::Milestone(Milestone::End),
        EventKind::Milestone(Milestone::Abandonment) => What::Milestone(Milestone::Abandonment),
        EventKind::Action { name, hours } => named(SubjectKind::Action, name, *hours),
        _ => panic!("not in the workload"),
    };
    Happened::new(event.date, what, number as u32).expect("hours of an event")
}

/// Dense events in memory, against the programs written by hand.
pub fn by_hand(plans: &[&Plan], cases: usize) {
    for (which, (name, _)) in workload::SCHEDULES.iter().enumerate() {
        one_by_hand(name, which, plans[which], cases);
    }
}

fn one_by_hand(name: &str, which: usize, plan: &Plan, cases: usize) {
    let as_of = workload::as_of();
    let packed = (as_of.month_index() << 5) | as_of.day();
    let (mut ours, mut theirs, mut ends) = (Vec::new(), Vec::new(), vec![0]);
    for number in 0..cases {
        let events = workload::case(which, number, &plan.schedule.name);
        let start = ours.len();
        ours.extend(events.iter().enumerate().map(|(at, event)| resolve(plan, event, at)));
        put_in_order(&mut ours[start..]);
        theirs.extend(
            events.iter().enumerate().map(|(at, event)| by_hand::resolve(which, event, at)),
        );
        ends.push(ours.len());
    }
    let terms = plan.complete(PlannedTerms::default()).expect("terms");
    let mut evaluator = Evaluator::default();
    let mut out = by_hand::Out::default();
    let (mut sums, mut counts) = ([0_i64; 2], [0_usize; 2]);
    for bounds in ends.windows(2) {
        let bill = evaluator.bill_dense(plan, &ours[bounds[0]..bounds[1]], terms, as_of);
        let bill = bill.expect("a sound case");
        by_hand::bill(which, &theirs[bounds[0]..bounds[1]], packed, &mut out);
        let own: Vec<i64> = bill.lines.amounts().map(|(_, _, amount)| amount.0).collect();
        let by_hand: Vec<i64> = out.lines.iter().map(|line| line.amount).collect();
        assert_eq!(own, by_hand, "{name}");
        sums[0] += own.iter().sum::<i64>();
        counts[0] += bill.lines.len();
        counts[1] += bill.notices.kept().len();
    }
    black_box((sums, counts));
    let mut rounds = Rounds::default();
    rounds.run(
        15,
        &mut [
            &mut || {
                for bounds in ends.windows(2) {
                    let bill =
                        evaluator.bill_dense(plan, &ours[bounds[0]..bounds[1]], terms, as_of);
                    black_box(bill.map_or(0, |bill| bill.lines.len()));
                }
            },
            &mut || {
                for bounds in ends.windows(2) {
                    by_hand::bill(which, &theirs[bounds[0]..bounds[1]], packed, &mut out);
                    black_box(out.lines.len());
                }
            },
        ],
    );
    let per = ours.len() as f64;
    let what = format!("evaluate {name}, an event ÷ written by hand");
    rounds.print(&what, per, "ns", 1e9, "≤ 2.5 · ≤ 1.5");
}

/// Typed events, lines written, against the naive reference of the tests.
pub fn naive(plans: &[&Plan], cases: usize) {
    let as_of = workload::as_of();
    for (which, (name, _)) in workload::SCHEDULES.iter().enumerate() {
        let plan = plans[which];
        let events: Vec<Vec<Event>> =
            (0..cases).map(|number| workload::case(which, number, &plan.schedule.name)).collect();
        let schedule = [reference::schedule(&plan.schedule)];
        let walked: Vec<_> = events.iter().map(|events| reference::case(events, as_of)).collect();
        for (events, walked) in events.iter().zip(&walked) {
            let own = jalon::evaluate(plan, events, as_of).expect("a sound case");
            let amounts: Vec<String> = own.lines.iter().map(|line| line.amount.clone()).collect();
            assert_eq!(amounts, reference::amounts(&schedule, walked), "{name}");
        }
        let mut rounds = Rounds::default();
        rounds.run(
            3,
            &mut [
                &mut || {
                    for events in &events {
                        black_box(jalon::evaluate(plan, events, as_of).is_ok());
                    }
                },
                &mut || {
                    for case in &walked {
                        black_box(reference::amounts(&schedule, case).len());
                    }
                },
            ],
        );
        let per = events.iter().map(Vec::len).sum::<usize>() as f64;
        let what = format!("evaluate {name} with lines, an event ÷ naive reference");
        rounds.print(&what, per, "ns", 1e9, "");
    }
}

/// One case of 19 events through the library, events already typed.
pub fn library(plans: &[&Plan]) {
    let as_of = workload::as_of();
    for (which, plan) in plans.iter().enumerate() {
        let case = (0..).map(|number| workload::case(which, number, &plan.schedule.name));
        let events = case.into_iter().find(|events| events.len() == 19).expect("19 events");
        let (mut evaluator, mut other, mut pen) =
            (Evaluator::default(), Evaluator::default(), Pen::default());
        let terms = PlannedTerms::default();
        let mut rounds = Rounds::default();
        rounds.run(
            15,
            &mut [
                &mut || {
                    for _ in 0..10_000 {
                        let bill = evaluator.bill(plan, &events, terms, as_of, &mut Silent);
                        black_box(bill.map_or(0, |bill| bill.lines.len()));
                    }
                },
                &mut || {
                    for _ in 0..10_000 {
                        let bill = other.bill(plan, &events, terms, as_of, &mut Silent);
                        let Ok(bill) = bill else { continue };
                        pen.write(plan, &events.as_slice(), bill.lines, |line| {
                            black_box(line.to_line());
                        });
                    }
                },
            ],
        );
        let name = workload::SCHEDULES[which].0;
        rounds.print(
            &format!("one case of 19 typed events, {name} ÷ the same with lines written"),
            1e4,
            "ns",
            1e9,
            "≤ 2 µs · ≤ 0.7 µs",
        );
    }
}
