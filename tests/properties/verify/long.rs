//! Long plain schedules: decided, with far fewer situations than one search may look at, so that their
//! length is no reason for silence.

use jalon::verify::versions::{self, Change, Comparison};
use jalon::verify::{self, Options, Verdict};
use jalon::{Plan, compile};

fn plan(lines: &str) -> Plan {
    priced("fixed 100000 EUR", lines)
}

fn priced(price: &str, lines: &str) -> Plan {
    let source = format!("schedule \"A\"\n  price {price}\n{lines}");
    let compiled = compile("a.jalon", &source)
        .unwrap_or_else(|report| panic!("{source}\n{:?}", report.diagnostics));
    compiled.schedules.into_iter().next().expect("a schedule")
}

fn each(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(|place| format!("  {}\n", line(place))).collect()
}

const CLOSED: &str =
    "  balance \"B\": remainder on end\n  balance \"C\": up to 50 % on abandonment\n";

/// Every property is proved.
fn sound(lines: &str, situations: usize) {
    let verification = verify::verify(&plan(lines), &Options::default());
    for proof in &verification.proofs {
        assert_eq!(proof.verdict, Verdict::Proved, "{:?}\n{lines}", proof.property);
        assert!(proof.situations <= situations, "{} situations\n{lines}", proof.situations);
    }
}

#[test]
fn monthly_and_weekly_deadlines() {
    let monthly = |count| {
        each(count, |at| format!("installment \"D{at}\": 1 EUR on {} months after start", at + 1))
    };
    sound(&(monthly(60) + CLOSED), 5_000);
    sound(&(monthly(100) + CLOSED), 8_000);
    let weekly =
        each(52, |at| format!("installment \"D{at}\": 1 EUR on {} days after start", 7 * at + 7));
    sound(&(weekly + CLOSED), 5_000);
}

#[test]
fn a_deadline_later_than_today_can_come_to() {
    let line =
        |years: u32| format!("  installment \"D\": 1 EUR on {years} years after start\n{CLOSED}");
    sound(&line(174), 500);
    sound(&line(180), 500);
    sound(&line(299), 500);
    // No case that starts in 1900 or later comes to it by the end of 2199.
    let verification = verify::verify(&plan(&line(300)), &Options::default());
    let dead = verification.findings.iter().map(|finding| finding.property().name());
    assert_eq!(dead.collect::<Vec<_>>(), ["dead-line"]);
    let open = verification.proofs.iter().any(|proof| proof.verdict == Verdict::Unknown);
    assert!(!open, "{:?}", verification.proofs);
}

#[test]
fn windows_on_month_end() {
    for months in [20, 24, 48] {
        let windows = each(months, |at| {
            format!(
                "installment \"D{at}\": 1 EUR on month end if duration from {at} months to under {} months",
                at + 1
            )
        });
        sound(&(windows + CLOSED), 8_000);
    }
    let reached = each(20, |at| {
        format!("installment \"D{at}\": up to {} % on month end if duration >= {at} months", at + 1)
    });
    sound(&(reached + CLOSED), 5_000);
}

#[test]
fn a_window_that_only_some_starts_come_to_is_found() {
    // A month end that lies exactly a month after the start: those of the last days of a month.
    let lines = "  installment \"D\": 1 EUR on month end if duration >= 1 months and not duration > 1 months\n";
    let verification = verify::verify(&plan(&(lines.to_owned() + CLOSED)), &Options::default());
    let open = verification.proofs.iter().filter(|proof| proof.verdict != Verdict::Proved);
    assert_eq!(open.count(), 0, "{:?}", verification.findings);
}

#[test]
fn fixed_dates() {
    let dates = each(40, |at| {
        format!("installment \"D{at}\": 1 EUR on {}-{:02}-15", 2025 + at / 12, at % 12 + 1)
    });
    sound(&(dates + CLOSED), 30_000);
}

fn deposits(count: usize, change: impl Fn(usize) -> Option<&'static str>) -> String {
    each(count, |at| {
        change(at).map_or_else(
            || format!("deposit \"D{at}\": {} EUR on event \"e{at}\"", 100 + at),
            str::to_owned,
        )
    })
}

const BALANCES: &str =
    "  balance \"B\": 100 % on end\n  balance \"C\": up to 50 % on abandonment\n";

/// All that is found is proved, with few situations.
fn decided(old: &str, new: &str, money: bool) -> Comparison {
    let options = versions::Options { money, ..versions::Options::default() };
    let comparison = versions::compare(&plan(old), &plan(new), &options);
    assert_eq!(comparison.verdict, versions::Verdict::Different, "{new}");
    assert!(comparison.situations < 2_000, "{} situations\n{new}", comparison.situations);
    let open = comparison.windows.iter().filter(|window| !window.proved);
    assert_eq!(open.count(), 0, "{:?}\n{new}", comparison.windows);
    comparison
}

#[test]
fn two_versions_with_many_deposits() {
    for count in [8, 16] {
        let old = deposits(count, |_| None) + BALANCES;
        let other = BALANCES.replace("50 %", "51 %");
        let found = decided(&old, &(deposits(count, |_| None) + &other), false);
        let differ: Vec<Change> = found
            .windows
            .iter()
            .map(|window| window.change)
            .filter(|it| *it != Change::Same)
            .collect();
        assert_eq!(differ, [Change::More]);
        for line in [
            "deposit \"X\": 102 EUR on event \"e2\"",
            "deposit \"D2\": 103 EUR on event \"e2\"",
            "installment \"D2\": 102 EUR on event \"e2\"",
            "deposit \"D2\": 102 EUR on event \"e2\" or on event \"x\"",
            "deposit \"D2\": 102 EUR on event \"e2\" or on start",
            "deposit \"D2\": 102 EUR on event \"e2\" if duration < 2 months",
            "deposit \"D2\": 102 EUR on event \"e2\"\n  deposit \"Y\": 55 EUR on event \"y\"",
        ] {
            let new = deposits(count, |at| (at == 2).then_some(line)) + BALANCES;
            decided(&old, &new, false);
        }
    }
}

#[test]
fn the_order_in_which_deposits_are_billed_is_compared() {
    // The same labels and sums: but the deposit that comes first is deducted first.
    let lines = |first: &str, second: &str| {
        let changed = format!(
            "  deposit \"F\": 5 EUR on event \"{first}\"\n  deposit \"G\": 5 EUR on event \"{second}\"\n"
        );
        deposits(5, |_| None) + &changed + BALANCES
    };
    let found = decided(&lines("f", "g"), &lines("g", "f"), false);
    assert!(found.windows.iter().any(|window| window.change == Change::Lines));
}
