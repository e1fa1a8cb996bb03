//! The general evaluator against the dense one: a schedule that needs no more than the dense one knows bills
//! the same as a program of the general one. In: generated pairs of a schedule and a history. Out: nothing.

use crate::strategies::{Pair, config, pairs};
use jalon::{Evaluation, Plan, Withheld};
use proptest::prelude::*;

/// Lines, notices and what withholds, of both.
fn agree(pair: &Pair) {
    let compiled = jalon::compile("generated.jalon", &pair.source());
    let compiled = compiled.unwrap_or_else(|report| panic!("{:#?}", report.diagnostics));
    let plan = &compiled.schedules[0];
    assert!(plan.schedule.second.is_none(), "the dense evaluator bills it");
    let mut general = Plan::new(plan.schedule.clone());
    general.schedule.second = plan.program(true);
    let (events, as_of) = (pair.events(), pair.as_of());
    let dense = jalon::evaluate(plan, &events, as_of);
    let general = jalon::evaluate(&general, &events, as_of);
    let shown = |evaluation: &Result<Evaluation, Withheld>| match evaluation {
        Ok(evaluation) => {
            let lines = evaluation.lines.iter().map(|line| format!("{line:?}\n"));
            let notices = evaluation.notices.iter().map(|notice| format!("{notice:?}\n"));
            lines.chain(notices).collect()
        }
        Err(withheld) => format!("{withheld:?}"),
    };
    // Of each: the lines, and the events that are told; or that it is withheld, and by which event. Of two
    // reasons that a case has, either may be the one that is named.
    let said = |evaluation: &Result<Evaluation, Withheld>| match evaluation {
        Ok(evaluation) => {
            let told = evaluation.notices.iter();
            let mut told: Vec<_> = told.map(|notice| (notice.date, notice.event)).collect();
            told.sort_unstable();
            Ok((evaluation.lines.clone(), told))
        }
        Err(withheld) => Err(withheld.event()),
    };
    if said(&dense) != said(&general) {
        panic!("{pair:?}\ndense\n{}\ngeneral\n{}", shown(&dense), shown(&general));
    }
}

proptest! {
    #![proptest_config(config(crate::PAIRS))]

    #[test]
    fn the_general_evaluator_bills_what_the_dense_one_bills(pair in pairs()) {
        agree(&pair);
    }
}
