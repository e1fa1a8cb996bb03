//! What `bills-before-start` says, held against the bill: every line that it names bills a case that was signed long before its
//! start, and after its edit bills from the start on alone, and the same there.

use crate::evaluation::{evaluate, events};
use jalon::{Code, Compiled, Plan, compile};
use std::path::Path;

const START: &str = "2025-05-10";

/// A case with everything that may come before its start, and what it goes on with.
fn lines(plan: &Plan, label: &str) -> Vec<(String, String)> {
    let opened = format!(r#""kind":"opened","schedule":"{}","price":"35.00""#, plan.schedule.name);
    let rest = [
        ("2024-01-10", r#""kind":"signature""#),
        ("2024-01-11", r#""kind":"event","name":"Welcome""#),
        ("2024-01-11", r#""kind":"event","name":"Accueil""#),
        ("2024-01-12", r#""kind":"progress","percent":50"#),
        (START, r#""kind":"start""#),
    ];
    let agreed = [&[("2024-01-09", opened.as_str())], &rest[..]].concat();
    // A case agrees a price where the schedule asks for one.
    let evaluation = evaluate(plan, &events(&rest)).or_else(|_| evaluate(plan, &events(&agreed)));
    let billed = evaluation.unwrap().lines;
    let own = billed.into_iter().filter(|line| line.line == label);
    own.map(|line| (line.date.to_string(), line.amount)).collect()
}

fn fixture(name: &str) -> (String, Compiled) {
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/errors/bills-before-start");
    let source = std::fs::read_to_string(folder.join(name)).unwrap();
    let compiled = compile(name, &source).unwrap();
    (source, compiled)
}

#[test]
fn what_is_warned_of_bills_before_the_start_and_not_after_the_edit() {
    let mut warned = 0;
    for name in ["en.jalon", "fr.jalon"] {
        let (source, compiled) = fixture(name);
        for warning in &compiled.warnings.diagnostics {
            // An acceptance of what no line does is told by the same code.
            let told = warning.span.of(&source);
            let of_a_line = !["accepts", "admet"].iter().any(|word| told.starts_with(word));
            if warning.code != Code::BillsBeforeStart || !of_a_line {
                continue;
            }
            warned += 1;
            let (place, label) = compiled
                .schedules
                .iter()
                .enumerate()
                .find_map(|(place, plan)| {
                    let line = plan.schedule.lines.iter().find(|line| line.span == warning.span)?;
                    Some((place, line.label.clone()))
                })
                .unwrap_or_else(|| panic!("{name}: no line at {:?}", warning.span));
            let before = lines(&compiled.schedules[place], &label);
            assert!(before.iter().any(|(date, _)| date.as_str() < START), "{name} {label}");
            let edit = warning.edit.as_ref().unwrap();
            let mut text = source.clone();
            text.replace_range(edit.span.start as usize..edit.span.end as usize, &edit.text);
            let mended = compile(name, &text).unwrap();
            let after = lines(&mended.schedules[place], &label);
            assert!(
                after.iter().all(|(date, _)| date.as_str() >= START),
                "{name} {label}: {after:?}"
            );
            // `at most … times` counts from another line on.
            if !source[warning.span.start as usize..warning.span.end as usize].contains(" most ")
                && !source[warning.span.start as usize..warning.span.end as usize]
                    .contains("au plus")
            {
                let started = before.into_iter().filter(|(date, _)| date.as_str() >= START);
                assert_eq!(started.collect::<Vec<_>>(), after, "{name} {label}");
            }
        }
    }
    assert_eq!(warned, 10);
}

#[test]
fn lines_that_wait_for_the_start_are_not_warned_of() {
    let (_, compiled) = fixture("en.jalon");
    let named = ["Started", "By the days run"];
    for plan in compiled.schedules.iter().filter(|plan| named.contains(&&*plan.schedule.name)) {
        for line in &plan.schedule.lines {
            let billed = lines(plan, &line.label);
            assert!(
                billed.iter().all(|(date, _)| date.as_str() >= START),
                "{}: {billed:?}",
                line.label
            );
        }
    }
}
