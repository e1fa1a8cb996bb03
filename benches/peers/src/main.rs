//! This library against rule engines, on the same cases and the same rules, in one run: rounds that
//! take turns, processor time of this thread, the median of the rounds. Every engine has to give the
//! lines that this library gives, or nothing is measured and the program fails.
//!
//! `jalon-peers [CASES]` prints rows of `| measure | value | reach | excellent |`;
//! `jalon-peers workload FILE CASES [WINDOW]` writes the event lines that the end-to-end comparison
//! reads, so many cases interleaved at a time.

#![allow(
    clippy::disallowed_methods,
    reason = "a benchmark of its own, which may read arguments and write its workload"
)]

mod host;
#[allow(dead_code, reason = "shared with the benchmark of the library, which prints rows of its own")]
#[path = "../../ratios/rounds.rs"]
mod rounds;
mod with_cel;
mod with_rego;
mod with_rhai;
mod with_zen_expression;
#[cfg(feature = "zen-engine")]
mod with_zen_table;
#[path = "../../ratios/workload.rs"]
mod workload;

use host::{Billed, Engine, Happened, Host, TERMS};
use jalon::eval::{Evaluator, What, put_in_order};
use jalon::plan::{NameKind, Plan, PlannedTerms};
use jalon::{Event, EventKind};
use rounds::{Rounds, black_box};

const ROUNDS: usize = 7;
const REACH: f64 = 50.0;
const EXCELLENT: f64 = 150.0;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["workload", file, cases] => write_workload(file, count(cases), 10_000),
        ["workload", file, cases, window] => write_workload(file, count(cases), count(window)),
        [] => compare(10_000),
        [cases] => compare(count(cases)),
        _ => panic!("jalon-peers [CASES], or jalon-peers workload FILE CASES [WINDOW]"),
    }
}

fn count(text: &str) -> usize {
    text.parse().expect("a whole number")
}

fn plans() -> Vec<Plan> {
    let plan = |(name, source): &(&str, &str)| {
        let compiled = jalon::compile(name, source).expect("a sound schedule");
        compiled.schedules.into_iter().next().expect("a schedule")
    };
    workload::SCHEDULES.iter().map(plan).collect()
}

fn write_workload(file: &str, cases: usize, window: usize) {
    let names: Vec<String> = plans().into_iter().map(|plan| plan.schedule.name).collect();
    std::fs::write(file, workload::ndjson(cases, window, &names)).expect("room for the workload");
}

fn compare(cases: usize) {
    println!("| measure | value | reach | excellent |\n| --- | ---: | ---: | ---: |");
    let mut fastest: Vec<f64> = Vec::new();
    for (which, plan) in plans().iter().enumerate() {
        let book = Workload::new(which, plan, cases);
        let times = book.compare();
        let (own, peers) = times.split_first().expect("times");
        let (own_name, own_time) = own;
        println!(
            "| evaluate {}, an event: {own_name} | {:.1} ns | | |",
            book.name(),
            own_time / book.event_count() * 1e9
        );
        for (name, time) in peers {
            println!(
                "| evaluate {}, an event: {name} ({:.0} ns) ÷ {own_name} | {:.0} × | {REACH} × | {EXCELLENT} × |",
                book.name(),
                time / book.event_count() * 1e9,
                time / own_time
            );
        }
        fastest.push(
            peers.iter().map(|(_, time)| time / own_time).fold(f64::INFINITY, f64::min),
        );
    }
    let worst = fastest.iter().copied().fold(f64::INFINITY, f64::min);
    println!(
        "| evaluate: the fastest rule engine ÷ jalon, the worst of the schedules | {worst:.0} × | {REACH} × | {EXCELLENT} × |"
    );
}

/// Cases of one schedule, as this library takes them and as the host of a rule engine does.
struct Workload<'p> {
    which: usize,
    plan: &'p Plan,
    own: Vec<jalon::eval::Happened>,
    theirs: Vec<Happened>,
    ends: Vec<usize>,
}

impl<'p> Workload<'p> {
    fn new(which: usize, plan: &'p Plan, cases: usize) -> Workload<'p> {
        let (mut own, mut theirs, mut ends) = (Vec::new(), Vec::new(), vec![0]);
        for number in 0..cases {
            let events = workload::case(which, number, &plan.schedule.name);
            let start = own.len();
            own.extend(events.iter().enumerate().map(|(at, event)| resolve(plan, event, at)));
            put_in_order(&mut own[start..]);
            theirs.extend(events.iter().map(|event| host::resolve(which, event)));
            ends.push(own.len());
        }
        Workload { which, plan, own, theirs, ends }
    }

    fn name(&self) -> &'static str {
        workload::SCHEDULES[self.which].0
    }

    fn event_count(&self) -> f64 {
        self.own.len() as f64
    }

    /// Bills every case by this library.
    fn by_ourselves(&self, evaluator: &mut Evaluator, mut each: impl FnMut(&[jalon::eval::Fired])) {
        let terms = PlannedTerms::default().complete(self.plan).expect("terms");
        for bounds in self.ends.windows(2) {
            let events = &self.own[bounds[0]..bounds[1]];
            let bill = evaluator.bill_dense(self.plan, events, terms, workload::as_of());
            each(bill.expect("a sound case").lines);
        }
    }

    /// Bills every case by a rule engine.
    fn by<E: Engine>(&self, host: &mut Host, engine: &mut E, mut each: impl FnMut(&[Billed])) {
        let as_of = host::pack(workload::as_of());
        for bounds in self.ends.windows(2) {
            let events = &self.theirs[bounds[0]..bounds[1]];
            host.bill(&TERMS[self.which], events, as_of, engine);
            each(&host.lines);
        }
    }

    /// Fails unless a rule engine bills what this library bills.
    fn check<E: Engine>(&self, name: &str, engine: &mut E, expected: &[Vec<Billed>]) {
        let mut cases = expected.iter().enumerate();
        self.by(&mut Host::default(), engine, |lines| {
            let (case, expected) = cases.next().expect("as many cases");
            assert_eq!(lines, expected.as_slice(), "{name} on {}, case {case}", self.name());
        });
        assert!(cases.next().is_none(), "{name} leaves cases out");
    }

    /// Checks all of them, then measures: this library first.
    fn compare(&self) -> Vec<(&'static str, f64)> {
        let mut evaluator = Evaluator::default();
        let mut expected: Vec<Vec<Billed>> = Vec::new();
        self.by_ourselves(&mut evaluator, |lines| {
            expected.push(lines.iter().map(billed).collect());
        });
        assert!(expected.iter().flatten().count() > self.ends.len() / 4, "hardly any line");
        let mut contenders: Vec<(&'static str, Box<dyn FnMut() + '_>)> = Vec::new();
        let own = move || {
            self.by_ourselves(&mut evaluator, |lines| {
                black_box(lines.len());
            });
        };
        contenders.push(("jalon", Box::new(own)));
        #[cfg(feature = "zen-engine")]
        let table = with_zen_table::Table::new(self.which);
        #[cfg(feature = "zen-engine")]
        contenders.push(self.contender("zen-engine", table, &expected));
        let formula = with_zen_expression::Formula::new(self.which);
        contenders.push(self.contender("zen-expression", formula, &expected));
        let rego = with_rego::Rego::new(self.which);
        contenders.push(self.contender("regorus", rego, &expected));
        contenders.push(self.contender("cel", with_cel::Cel::new(self.which), &expected));
        contenders.push(self.contender("rhai", with_rhai::Rhai::new(self.which), &expected));
        let names: Vec<&'static str> = contenders.iter().map(|(name, _)| *name).collect();
        let mut turns: Vec<&mut dyn FnMut()> = Vec::new();
        for (_, contender) in &mut contenders {
            turns.push(contender);
        }
        let mut rounds = Rounds::default();
        rounds.run(ROUNDS, &mut turns);
        names.into_iter().zip(rounds.medians()).collect()
    }

    /// A rule engine that agrees, ready to be measured.
    fn contender<E: Engine + 'static>(
        &self,
        name: &'static str,
        mut engine: E,
        expected: &[Vec<Billed>],
    ) -> (&'static str, Box<dyn FnMut() + '_>) {
        self.check(name, &mut engine, expected);
        let mut host = Host::default();
        (name, Box::new(move || self.by(&mut host, &mut engine, see)))
    }
}

fn see(lines: &[Billed]) {
    black_box(lines.len());
}

fn billed(line: &jalon::eval::Fired) -> Billed {
    Billed {
        line: u8::try_from(line.line.0).expect("few lines"),
        date: host::pack(line.date),
        amount: line.amount.0,
    }
}

/// An event as this library evaluates it.
fn resolve(plan: &Plan, event: &Event, number: usize) -> jalon::eval::Happened {
    let what = match &event.kind {
        EventKind::Opened { .. } => What::Opened,
        EventKind::Signature => What::Signature,
        EventKind::End => What::End,
        EventKind::Abandonment => What::Abandonment,
        EventKind::Action { name, hours } => {
            What::Named(plan.name_or_other(NameKind::Action, name), *hours)
        }
        _ => panic!("not in the workload"),
    };
    jalon::eval::Happened::new(event.date, what, u32::try_from(number).expect("few events"))
}
