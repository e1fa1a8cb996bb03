//! What an evaluation tells is what it bills: an explanation leaves no line out and adds none.

use crate::strategies::{config, pairs};
use jalon::eval::{Arithmetic, Trace, Verdict, Withheld, evaluate_with};
use jalon::plan::PlannedTerms;
use jalon::{Evaluation, Plan};
use proptest::prelude::*;

fn traced<'p>(plan: &'p Plan, pair: &crate::strategies::Pair) -> Option<(Trace<'p>, Evaluation)> {
    let mut trace = Trace::new(plan);
    let terms = PlannedTerms::default();
    let evaluation = evaluate_with(plan, &pair.events(), terms, pair.as_of(), &mut trace).ok()?;
    Some((trace, evaluation))
}

proptest! {
    #![proptest_config(config(100))]

    #[test]
    fn every_line_is_told_once(pair in pairs()) {
        let compiled = jalon::compile("generated.jalon", &pair.source()).expect("sound");
        let Some((trace, evaluation)) = traced(&compiled.schedules[0], &pair) else { return Ok(()) };
        let silent = jalon::evaluate(&compiled.schedules[0], &pair.events(), pair.as_of());
        prop_assert_eq!(silent.as_ref(), Ok(&evaluation), "watched or not, it bills the same");
        let mut next = 0;
        for step in &trace.steps {
            for considered in &step.considered {
                let fires = considered.verdict == Verdict::Fires;
                prop_assert_eq!(fires, !considered.computed.is_empty());
                for computed in &considered.computed {
                    prop_assert_eq!(computed.lines.start, next, "in the order of the lines");
                    next = computed.lines.end;
                    let deducts = matches!(computed.how, Arithmetic::Deduction { .. });
                    prop_assert!(!deducts || computed.lines.len() == 1);
                    let lines = &evaluation.lines[computed.lines.clone()];
                    let amounts = lines.iter().map(|line| line.amount.replace('.', ""));
                    let sum: i64 = amounts.map(|digits| digits.parse::<i64>().unwrap()).sum();
                    prop_assert_eq!(sum, computed.amount.0);
                    prop_assert!(lines.iter().all(|line| line.date == step.date));
                }
            }
        }
        prop_assert_eq!(next, evaluation.lines.len());
        let billed: i64 = evaluation.lines.iter()
            .map(|line| line.amount.replace('.', "").parse::<i64>().unwrap()).sum();
        prop_assert_eq!(trace.standing.billed.0, billed);
    }

    #[test]
    fn events_of_two_cases_are_refused(pair in pairs(), which in any::<usize>()) {
        let compiled = jalon::compile("generated.jalon", &pair.source()).expect("sound");
        let mut events = pair.events();
        prop_assume!(events.len() > 1);
        let other = 1 + which % (events.len() - 1);
        events[other].case.push('!');
        let outcome = jalon::evaluate(&compiled.schedules[0], &events, pair.as_of());
        let refused = matches!(outcome, Err(Withheld::MixedCases { event }) if event == other);
        prop_assert!(refused, "{outcome:?}");
    }
}
