//! This library against rule engines, on the same cases and the same rules, in one run: rounds that
//! take turns, processor time of this thread, the median of the rounds. Every engine has to give the
//! lines that this library gives, or nothing is measured and the program fails.
//!
//! This library bills ten times the cases that the engines bill, so that its turn is not over before
//! caches are warm; times are divided by the events of each.
//!
//! `jalon-peers [CASES]` prints rows of `| measure | value | reach | excellent |`;
//! `jalon-peers workload FILE CASES [WINDOW]` writes the event lines that the end-to-end comparison
//! reads, so many cases interleaved at a time.

#![allow(
    clippy::disallowed_methods,
    reason = "a benchmark of its own, which may read arguments and write its workload"
)]

mod host;
#[allow(dead_code, reason = "the rest is measured by the benchmark of the library")]
#[path = "../../ratios/ingest.rs"]
mod ingest;
mod one_by_one;
#[allow(
    dead_code,
    reason = "shared with the benchmark of the library, which prints rows of its own"
)]
#[path = "../../ratios/rounds.rs"]
mod rounds;
mod simd_parse;
mod with_cel;
mod with_rego;
mod with_rhai;
mod with_zen_expression;
#[cfg(feature = "zen-engine")]
mod with_zen_table;
#[allow(dead_code, reason = "other benchmarks use the rest")]
#[path = "../../ratios/workload.rs"]
mod workload;

use jalon::model::{Milestone, SubjectKind};
use host::{Billed, Engine, Happened, Host, TERMS};
use jalon::eval::{Evaluator, What, number_of, put_in_order};
use jalon::plan::{Plan, PlannedTerms};
use jalon::{Event, EventKind};
use one_by_one::OneByOne;
use rounds::{Rounds, black_box};

/// A rule engine, or this library, and how it bills all cases once.
type Contender<'a> = (&'static str, Box<dyn FnMut() + 'a>);

const ROUNDS: usize = 7;
/// This library bills so many times the cases that the engines bill.
const OWN_SHARE: usize = 10;
const REACH: f64 = 50.0;
const EXCELLENT: f64 = 150.0;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["workload", file, cases] => write_workload(file, count(cases), 10_000),
        ["workload", file, cases, window] => write_workload(file, count(cases), count(window)),
        [] => compare(2_000),
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
    let (mut stated, mut formula) = (f64::INFINITY, f64::INFINITY);
    for (which, plan) in plans().iter().enumerate() {
        let cases = Workload::new(which, plan, cases);
        let times = cases.compare();
        let ((_, own), peers) = times.split_first().expect("times");
        let what = format!("evaluate {}, an event", cases.name());
        println!("| {what}: jalon | {:.1} ns | | |", own * 1e9);
        for (name, time) in peers {
            let ratio = time / own;
            row(&format!("{what}: {name} ({:.0} ns) ÷ jalon", time * 1e9), ratio);
            let least = if name.ends_with("formula") { &mut formula } else { &mut stated };
            *least = least.min(ratio);
        }
    }
    row("evaluate, worst schedule: the fastest engine on rules as stated ÷ jalon", stated);
    row("evaluate, worst schedule: the fastest on one formula made for it ÷ jalon", formula);
    let plans = plans();
    simd_parse::compare(&plans.iter().collect::<Vec<_>>(), cases * OWN_SHARE);
}

fn row(what: &str, ratio: f64) {
    println!("| {what} | {ratio:.0} × | {REACH} × | {EXCELLENT} × |");
}

/// Cases of one schedule, as this library takes them and as the host of a rule engine does.
struct Workload<'p> {
    which: usize,
    plan: &'p Plan,
    own: Vec<jalon::eval::Happened>,
    theirs: Vec<Happened>,
    /// Where each case ends among the events.
    ends: Vec<usize>,
    /// So many cases are for the engines.
    engine_cases: usize,
}

impl<'p> Workload<'p> {
    fn new(which: usize, plan: &'p Plan, cases: usize) -> Workload<'p> {
        let (mut own, mut theirs, mut ends) = (Vec::new(), Vec::new(), vec![0]);
        for number in 0..cases * OWN_SHARE {
            let events = workload::case(which, number, &plan.schedule.name);
            let start = own.len();
            own.extend(events.iter().enumerate().map(|(at, event)| resolve(plan, event, at)));
            put_in_order(&mut own[start..]);
            if number < cases {
                theirs.extend(events.iter().map(|event| host::resolve(which, event)));
            }
            ends.push(own.len());
        }
        Workload { which, plan, own, theirs, ends, engine_cases: cases }
    }

    fn name(&self) -> &'static str {
        workload::SCHEDULES[self.which].0
    }

    /// Bills every case by this library.
    fn by_ourselves(&self, evaluator: &mut Evaluator, mut each: impl FnMut(&[jalon::eval::Fired])) {
        let terms = self.plan.complete(PlannedTerms::default()).expect("terms");
        for bounds in self.ends.windows(2) {
            let events = &self.own[bounds[0]..bounds[1]];
            let bill = evaluator.bill_dense(self.plan, events, terms, workload::as_of());
            each(bill.expect("a sound case").lines);
        }
    }

    /// Bills the engines' cases by one of them.
    fn by<E: Engine>(&self, host: &mut Host, engine: &mut E, mut each: impl FnMut(&[Billed])) {
        let as_of = host::pack(workload::as_of());
        for bounds in self.ends.windows(2).take(self.engine_cases) {
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

    /// Checks all of them, then measures: seconds for each event, this library first.
    fn compare(&self) -> Vec<(&'static str, f64)> {
        let mut evaluator = Evaluator::default();
        let mut expected: Vec<Vec<Billed>> = Vec::new();
        self.by_ourselves(&mut evaluator, |lines| {
            expected.push(lines.iter().map(billed).collect());
        });
        expected.truncate(self.engine_cases);
        assert!(expected.iter().flatten().count() > self.engine_cases / 4, "hardly any line");
        let mut contenders: Vec<Contender<'_>> = Vec::new();
        let own = move || {
            self.by_ourselves(&mut evaluator, |lines| {
                black_box(lines.len());
            });
        };
        contenders.push(("jalon", Box::new(own)));
        let which = self.which;
        let cel = OneByOne::new(which, with_cel::CelRules::new(which));
        let rhai = OneByOne::new(which, with_rhai::RhaiRules::new(which));
        let zen = OneByOne::new(which, with_zen_expression::ZenRules::new(which));
        #[cfg(feature = "zen-engine")]
        let table = with_zen_table::Table::new(which);
        #[cfg(feature = "zen-engine")]
        contenders.push(self.contender("zen-engine, decision table", table, &expected));
        let rego = with_rego::Rego::new(which);
        contenders.push(self.contender("regorus", rego, &expected));
        contenders.push(self.contender("cel, rule by rule", cel, &expected));
        contenders.push(self.contender("rhai, rule by rule", rhai, &expected));
        contenders.push(self.contender("zen-expression, rule by rule", zen, &expected));
        let (cel, rhai) = (with_cel::Cel::new(which), with_rhai::Rhai::new(which));
        let zen = with_zen_expression::Formula::new(which);
        contenders.push(self.contender("cel, one formula", cel, &expected));
        contenders.push(self.contender("rhai, one formula", rhai, &expected));
        contenders.push(self.contender("zen-expression, one formula", zen, &expected));
        let names: Vec<&'static str> = contenders.iter().map(|(name, _)| *name).collect();
        let mut turns: Vec<&mut dyn FnMut()> = Vec::new();
        for (_, contender) in &mut contenders {
            turns.push(contender);
        }
        let mut rounds = Rounds::default();
        rounds.run(ROUNDS, &mut turns);
        let events = |at: usize| if at == 0 { self.own.len() } else { self.theirs.len() };
        let times = rounds.medians().into_iter().enumerate();
        names.into_iter().zip(times.map(|(at, time)| time / events(at) as f64)).collect()
    }

    /// A rule engine that agrees, ready to be measured.
    fn contender<E: Engine + 'static>(
        &self,
        name: &'static str,
        mut engine: E,
        expected: &[Vec<Billed>],
    ) -> Contender<'_> {
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
        EventKind::Milestone(Milestone::Signature) => What::Signature,
        EventKind::Milestone(Milestone::End) => What::End,
        EventKind::Milestone(Milestone::Abandonment) => What::Abandonment,
        EventKind::Action { name, hours } => {
            What::Named(number_of(plan, SubjectKind::Action, name), *hours)
        }
        _ => panic!("not in the workload"),
    };
    let number = u32::try_from(number).expect("few events");
    jalon::eval::Happened::new(event.date, what, number).expect("hours of an event")
}
