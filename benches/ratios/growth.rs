//! What ten times as much costs.

use super::rounds::{Rounds, black_box};
use super::{ingest, workload};
use jalon::Plan;
use jalon::eval::{Evaluator, Silent};
use jalon::plan::PlannedTerms;

/// Ten times the cases, the events of a case, the lines of a schedule.
pub fn growth(plans: &[&Plan], cases: usize) {
    const WANTED: &str = "≤ 11 · ≤ 10.3";
    let (names, book) = (workload::names(plans), ingest::book(plans));
    let many = workload::ndjson(cases, 10_000, &names);
    let few = workload::ndjson(cases / 10, 10_000, &names);
    compare(&many, &few, &format!("{cases} cases ÷ a tenth of them"), |bytes| {
        ingest::end_to_end(bytes, &book);
    });
    let [many, few] = [1_000_000, 100_000].map(|events| workload::uniform(1, events, &names));
    compare(&many, &few, "one case of 1,000,000 events ÷ of 100,000", |bytes| {
        ingest::end_to_end(bytes, &book);
    });
    let plan_of = |lines: usize| {
        let line = |number| {
            format!("installment \"L{number}\": work on action \"A\" if hours >= {number} hours\n")
        };
        let lines: String = (0..lines).map(line).collect();
        let source = format!("schedule \"S\" price hourly 70 EUR\n{lines}");
        jalon::compile("lines.jalon", &source).expect("a sound schedule").schedules.remove(0)
    };
    let (long, short) = (plan_of(2_000), plan_of(200));
    let as_of = workload::as_of();
    let events = workload::steps(200);
    let mut evaluator = Evaluator::default();
    compare(&long, &short, "evaluate on 2,000 lines, all of them looked at ÷ on 200", |plan| {
        let terms = PlannedTerms::default();
        for _ in 0..5 {
            let bill = evaluator.bill(plan, &events, terms, as_of, &mut Silent);
            assert!(black_box(bill).is_ok());
        }
    });

    fn compare<T: ?Sized>(many: &T, few: &T, what: &str, mut work: impl FnMut(&T)) {
        let mut rounds = Rounds::default();
        let work = std::cell::RefCell::new(&mut work);
        rounds.run(5, &mut [&mut || work.borrow_mut()(many), &mut || work.borrow_mut()(few)]);
        rounds.print(what, 1.0, "ms", 1e3, WANTED);
    }
}
