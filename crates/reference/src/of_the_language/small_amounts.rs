//! Each amount, price and bound by itself, reckoned by hand.

use super::make::*;
use crate::rules::{Amount, Rate, Schedule, Trigger, What, Worked};

fn one(price: &str, amount: Amount, trigger: Trigger) -> Schedule {
    fixed(price, vec![balance("L", amount, trigger)])
}

#[test]
fn percentages_share_their_rounding_deposits_apart() {
    let schedule = fixed(
        "0.03",
        vec![
            deposit("D1", pct("50"), Trigger::Signature),
            deposit("D2", pct("50"), Trigger::Start),
            installment("I1", pct("50"), Trigger::Signature),
            installment("I2", pct("50"), Trigger::Start),
        ],
    );
    let seen = amounts(&schedule, &["2025-01-10 signature", "2025-01-11 start"]);
    assert_eq!(seen, ["0.02", "0.02", "0.01", "0.01"]);
}

#[test]
fn up_to_brings_the_case_to_a_share() {
    let schedule = fixed(
        "1000",
        vec![
            deposit("D", pct("30"), Trigger::Signature),
            installment("M", money("50"), Trigger::Start),
            installment("U", Amount::UpTo(n("40")), on_action("A")),
            installment("P", pct("10"), on_action("B")),
            balance("Less", Amount::UpTo(n("20")), Trigger::Abandonment),
            balance("Rest", Amount::Remainder, Trigger::End),
        ],
    );
    let start =
        ["2025-01-10 signature", "2025-01-11 start", "2025-01-12 action A", "2025-01-13 action B"];
    let with = |last| amounts(&schedule, &[&start[..], &[last]].concat());
    assert_eq!(with("2025-01-14 end"), ["300.00", "50.00", "50.00", "100.00", "500.00"]);
    assert_eq!(with("2025-01-14 abandonment"), ["300.00", "50.00", "50.00", "100.00", "-300.00"]);
}

#[test]
fn nothing_on_a_balance_gives_the_deposits_back() {
    let line = |open: bool| {
        let line = balance("N", Amount::Nothing, Trigger::Abandonment);
        fixed(
            "1000",
            vec![deposit("D", money("30"), Trigger::Start), if open { line.open() } else { line }],
        )
    };
    let story = ["2025-01-10 start", "2025-01-11 abandonment"];
    assert_eq!(amounts(&line(false), &story), ["30.00", "-30.00"]);
    assert_eq!(amounts(&line(true), &story), ["30.00"]);
}

#[test]
fn a_retainer_is_drawn_down() {
    let schedule = hourly(
        "100",
        None,
        None,
        vec![
            deposit("R1", money("250"), Trigger::Signature),
            deposit("R2", money("100"), Trigger::Start),
            balance("W", Amount::Work, Trigger::MonthEnd).open(),
            balance("E", Amount::Work, Trigger::End),
        ],
    );
    let seen = lines(
        &schedule,
        &[
            "2025-01-02 signature",
            "2025-01-10 action A 1",
            "2025-02-10 action A 2",
            "2025-03-10 action A 0.2",
            "2025-03-11 end",
        ],
    );
    assert_eq!(
        seen,
        [
            "2025-01-02 R1 250.00",
            "2025-01-10 R2 100.00",
            "2025-01-31 W 100.00",
            "2025-01-31 R1 -100.00",
            "2025-02-28 W 200.00",
            "2025-02-28 R1 -150.00",
            "2025-02-28 R2 -50.00",
            "2025-03-11 E 20.00",
            "2025-03-11 R2 -50.00",
        ]
    );
}

#[test]
fn pro_rata_attendance() {
    let mut schedule = one("1000", Amount::ProRataAttendance, Trigger::End);
    schedule.planned_hours = Some(n("12"));
    let with = |schedule: &_, hours: &str| {
        amounts(schedule, &[&format!("2025-01-10 action A {hours}"), "2025-02-10 end"])
    };
    assert_eq!(with(&schedule, "5"), ["416.67"]);
    assert_eq!(with(&schedule, "13"), ["1000.00"]);
    schedule.whole_percent = true;
    assert_eq!(with(&schedule, "5"), ["420.00"]);
    assert_eq!(with(&schedule, "0.06"), ["10.00"]);
}

#[test]
fn pro_rata_duration() {
    let mut schedule = one("590", Amount::ProRataDuration, Trigger::End);
    schedule.planned_months = Some(2);
    let with = |last: &str| amounts(&schedule, &["2025-01-31 start", &format!("{last} end")]);
    // From 31 January to 31 March, not included: 59 days.
    assert_eq!(with("2025-01-31"), ["10.00"]);
    assert_eq!(with("2025-02-28"), ["290.00"]);
    assert_eq!(with("2025-03-30"), ["590.00"]);
    assert_eq!(with("2025-04-30"), ["590.00"]);
    assert!(amounts(&schedule, &["2025-01-31 end"]).is_empty());
}

#[test]
fn hours_at_least_and_at_most() {
    let lines_of = |amount: Amount| {
        vec![
            installment("M", amount.clone(), Trigger::MonthEnd),
            balance("B", amount, Trigger::End),
        ]
    };
    let schedule = hourly("10", Some("3"), Some("5"), lines_of(Amount::WorkItemised));
    let few = ["2025-01-10 action A 1", "2025-02-10 action B 0.5", "2025-02-11 end"];
    assert_eq!(
        lines(&schedule, &few),
        ["2025-01-31 A 10.00", "2025-02-11 B 5.00", "2025-02-11 B 15.00",]
    );
    let many = [
        "2025-01-10 action A 4",
        "2025-01-12 action C 2",
        "2025-02-10 action D 3",
        "2025-02-11 end",
    ];
    assert_eq!(lines(&schedule, &many), ["2025-01-31 A 40.00", "2025-01-31 C 10.00"]);
    assert!(lines(&schedule, &["2025-02-11 end"]).is_empty());
    assert_eq!(lines(&schedule, &["2025-02-10 start", "2025-02-11 end"]), ["2025-02-11 B 30.00"]);
    let summed = hourly("10", Some("3"), None, lines_of(Amount::Work));
    let seen = billed(&summed, &case("2027-12-31", &few));
    assert_eq!(seen[1].amount, "20.00");
    assert_eq!(seen[1].service, Some((date("2025-02-10"), date("2025-02-11"))));
}

#[test]
fn work_is_the_sum_of_rounded_items() {
    let work = |amount| {
        per_action(
            vec![
                listed("H", Rate::Hourly(n("10.01"))),
                listed("F", Rate::Flat(n("7"))),
                listed("N", Rate::NotBilled),
            ],
            vec![balance("B", amount, Trigger::End)],
        )
    };
    let story = [
        "2025-01-10 action H 0.5",
        "2025-01-10 action N 3",
        "2025-01-11 action H 0.5",
        "2025-01-12 action F",
        "2025-01-12 action F 9",
        "2025-01-13 action H",
        "2025-01-20 end",
    ];
    // 5.005 is 5.01, twice.
    assert_eq!(amounts(&work(Amount::Work), &story), ["24.02"]);
    let items = billed(&work(Amount::WorkItemised), &case("2027-12-31", &story));
    let text: Vec<String> = items.iter().map(|i| format!("{} {}", i.label, i.amount)).collect();
    assert_eq!(text, ["H 5.01", "H 5.01", "F 7.00", "F 7.00"]);
    assert_eq!(items[0].quantity, Some(n("0.5")));
    assert_eq!(items[0].unit_price.as_deref(), Some("10.01"));
    assert_eq!(items[3].service, Some((date("2025-01-12"), date("2025-01-12"))));
}

#[test]
fn minutes_are_exact() {
    let schedule = hourly("0.03", None, None, vec![balance("B", Amount::Work, Trigger::End)]);
    let mut case = case("2027-12-31", &["2025-01-10 action A", "2025-01-20 end"]);
    case.events[0].what = What::Action { name: "A".into(), worked: Some(Worked::Minutes(50)) };
    assert_eq!(lines_of(&schedule, &case), ["2025-01-20 B 0.03"]);
    case.events[0].what = What::Action { name: "A".into(), worked: Some(Worked::Minutes(49)) };
    assert_eq!(lines_of(&schedule, &case), ["2025-01-20 B 0.02"]);
}

#[test]
fn the_case_states_its_own_plan() {
    let mut schedule = hourly("10", None, None, vec![balance("B", pct("50"), Trigger::End)]);
    schedule.planned_hours = Some(n("8"));
    let mut case = case("2025-02-01", &["2025-01-10 end", "2025-06-01 start"]);
    assert_eq!(lines_of(&schedule, &case), ["2025-01-10 B 40.00"]);
    case.events[1].what = What::Opened {
        schedule: "S".into(),
        planned_hours: Some(n("12.345")),
        planned_months: None,
    };
    assert_eq!(lines_of(&schedule, &case), ["2025-01-10 B 61.73"]);
}
