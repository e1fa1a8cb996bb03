//! What is said of a case that comes to its end or its abandonment is said of all that it is billed.

use jalon::verify::versions::{Comparison, Options, compare};
use jalon::{Plan, compile};

fn plan(source: &str) -> Plan {
    let compiled = compile("a.jalon", source)
        .unwrap_or_else(|report| panic!("{source}\n{:?}", report.diagnostics));
    compiled.schedules.into_iter().next().expect("a schedule")
}

/// Each window with its sums: by its trigger and what holds there.
fn windows(comparison: &Comparison) -> Vec<String> {
    let window = |window: &jalon::verify::versions::Window| {
        let name = jalon::situations::name_of(
            &comparison.both,
            window.trigger,
            &window.tests,
            &window.truths,
            jalon::Lang::En,
        );
        let sums = window.example.as_ref().map(|example| example.amounts.map(|sum| sum.0 / 100));
        let proved = if window.proved { "" } else { " (not proved)" };
        match sums {
            Some([old, new]) => format!("{name}: {} {old} {new}{proved}", window.change.name()),
            None => format!("{name}: {}{proved}", window.change.name()),
        }
    };
    comparison.windows.iter().map(window).collect()
}

fn compared(old: &str, new: &str, money: bool) -> Vec<String> {
    let comparison = compare(&plan(old), &plan(new), &Options { money, ..Options::default() });
    // What is told is what is drawn.
    for example in comparison.windows.iter().filter_map(|window| window.example.as_ref()) {
        let at = |side: usize| -> i64 {
            let moments = example.moments.iter().filter(|moment| moment.date == example.day);
            moments.map(|moment| moment.amounts[side].0).sum()
        };
        let sums = example.amounts.map(|sum| sum.0);
        let drawn = [[at(0), at(1)], example.totals.map(|sum| sum.0)];
        assert!(drawn.contains(&sums), "{sums:?} is not among {drawn:?}\n{old}\n{new}");
    }
    windows(&comparison)
}

const DEPOSIT: &str = "schedule \"A\"
  price fixed 4000 EUR
  deposit \"D\": 75 % on start
  balance \"B\": 100 % on end
";

#[test]
fn a_case_that_is_abandoned_after_a_dearer_deposit_does_not_pay_the_same() {
    // The balance of an abandoned case comes to nothing on both: what differs came before.
    let old = format!("{DEPOSIT}  balance \"C\": 75 % on abandonment if started\n");
    let new = old.replace("4000", "4200");
    for money in [false, true] {
        assert_eq!(
            compared(&old, &new, money),
            [
                "start: more 3000 3150",
                "end: more 4000 4200",
                "abandonment before the start: same",
                "abandonment after the start: more 3000 3150",
            ]
        );
    }
}

#[test]
fn a_deposit_that_grows_does_not_change_what_a_case_pays_that_comes_to_its_end() {
    let new = DEPOSIT.replace("75 %", "80 %");
    assert_eq!(
        compared(DEPOSIT, &new, false),
        [
            "start: more 3000 3200",
            "end before the start: same",
            "end after the start: lines 4000 4000"
        ]
    );
}

#[test]
fn two_triggers_of_one_moment_are_told_as_it_is_drawn() {
    let on = |moment: &str| {
        format!(
            "schedule \"A\"
  price fixed 100 EUR
  installment \"S\": 10 EUR on {moment}
  balance \"B\": remainder on end
"
        )
    };
    // A first visit is the start, too: then both bill the same, on another ground.
    assert_eq!(
        compared(&on("start"), &on("action \"Visit\""), false),
        [
            "start: less 10 0",
            "end before the start: same",
            "end after the start: lines 100 100",
            "action \"Visit\": more 0 10",
        ]
    );
}
