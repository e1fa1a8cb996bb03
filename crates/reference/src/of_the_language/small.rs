//! Each trigger and condition by itself, and what withholds a case, reckoned by hand.

use super::make::*;
use crate::naive::{BilledKind, Outcome, evaluate};
use crate::rules::{
    Amount, Anchor, Case, Compare, Condition, Line, Rate, Schedule, Span, SpanUnit, Test, Trigger,
    What,
};
use crate::sound::Reason;

fn one(price: &str, amount: Amount, trigger: Trigger) -> Schedule {
    fixed(price, vec![balance("L", amount, trigger)])
}

/// The dates on which an installment of 1 EUR fires.
fn dates(trigger: Trigger, events: &[&str]) -> Vec<String> {
    fires(installment("L", money("1"), trigger), events)
}

fn fires(line: Line, events: &[&str]) -> Vec<String> {
    let lines = lines(&fixed("100", vec![line]), events);
    lines.iter().map(|line| line[..10].to_owned()).collect()
}

fn is(compare: Compare, text: &str) -> Test<crate::exact::Exact> {
    Test::Is(compare, n(text))
}

fn span(count: u32, unit: SpanUnit) -> Span {
    Span { count, unit }
}

#[test]
fn triggers_of_events() {
    let story = [
        "2025-01-05 signature",
        "2025-01-10 action A 1",
        "2025-01-12 deliverable D",
        "2025-01-14 event E",
        "2025-01-15 signature",
        "2025-01-16 start",
        "2025-01-20 end",
        "2025-01-21 abandonment",
    ];
    assert_eq!(dates(Trigger::Signature, &story), ["2025-01-05"]);
    assert_eq!(dates(Trigger::Start, &story), ["2025-01-10"]);
    assert_eq!(dates(on_action("A"), &story), ["2025-01-10"]);
    assert_eq!(dates(on_action(" A "), &story), ["2025-01-10"]);
    assert_eq!(dates(Trigger::Deliverable("D".into()), &story), ["2025-01-12"]);
    assert_eq!(dates(Trigger::Event("E".into()), &story), ["2025-01-14"]);
    assert_eq!(dates(Trigger::End, &story), ["2025-01-20"]);
    assert!(dates(Trigger::Abandonment, &story).is_empty());
    assert_eq!(dates(Trigger::Abandonment, &story[..6]), Vec::<String>::new());
}

#[test]
fn calendar_triggers() {
    let story = ["2025-01-31 start", "2025-02-10 signature"];
    let months = |count, anchor| Trigger::After(Span::months(count), anchor);
    assert_eq!(dates(months(1, Anchor::Start), &story), ["2025-02-28"]);
    assert_eq!(dates(months(3, Anchor::Start), &story), ["2025-04-30"]);
    assert_eq!(dates(months(1, Anchor::Signature), &story), ["2025-03-10"]);
    let weeks = Trigger::After(span(2, SpanUnit::Weeks), Anchor::Start);
    assert_eq!(dates(weeks, &story), ["2025-02-14"]);
    let years = Trigger::After(span(1, SpanUnit::Years), Anchor::Start);
    assert_eq!(dates(years, &["2024-02-29 start"]), ["2025-02-28"]);
    assert_eq!(dates(Trigger::On(date("2025-01-31")), &story), ["2025-01-31"]);
    assert!(dates(Trigger::On(date("2025-01-30")), &story).is_empty());
    assert!(dates(Trigger::On(date("2028-01-01")), &story).is_empty());
    assert_eq!(dates(Trigger::MonthEnd, &["2025-01-31 start"]), ["2025-01-31"]);
    assert!(dates(months(1, Anchor::Start), &["2025-01-31 signature"]).is_empty());
}

#[test]
fn a_calendar_date_comes_after_the_events_of_its_day() {
    let schedule = hourly(
        "10",
        None,
        None,
        vec![
            installment("M", Amount::Work, Trigger::MonthEnd),
            installment("A", Amount::Work, on_action("Z")),
        ],
    );
    let story = ["2025-01-31 action Y 1", "2025-01-31 action Z 2", "2025-01-31 action Y 4"];
    assert_eq!(lines(&schedule, &story), ["2025-01-31 A 30.00", "2025-01-31 M 40.00"]);
}

#[test]
fn a_day_puts_work_before_its_end() {
    let schedule = hourly("10", None, None, vec![balance("B", Amount::Work, Trigger::End)]);
    let story = ["2025-01-31 end", "2025-01-31 action Y 1", "2025-01-30 start"];
    assert_eq!(lines(&schedule, &story), ["2025-01-31 B 10.00"]);
}

#[test]
fn several_triggers_fire_once_for_the_first_named() {
    let line = installment("L", money("1"), Trigger::Start).or(on_action("A"));
    let schedule = fixed("100", vec![line]);
    let mut case = case("2027-12-31", &["2025-01-10 action A 1"]);
    case.events[0].id = Some("ev-1".to_owned());
    let lines = billed(&schedule, &case);
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0].trigger.trigger, Trigger::Start);
    assert_eq!(lines[0].trigger.name.as_deref(), Some("A"));
    assert_eq!(lines[0].trigger.id.as_deref(), Some("ev-1"));
}

#[test]
fn an_action_that_ends_the_case() {
    let mut action = listed("A", Rate::Declared);
    action.ends_case = true;
    let mut schedule = one("100", pct("100"), Trigger::End);
    schedule.actions = vec![action];
    assert_eq!(lines(&schedule, &["2025-01-10 action A"]), ["2025-01-10 L 100.00"]);
    assert!(lines(&schedule, &["2025-01-09 abandonment", "2025-01-10 action A"]).is_empty());
}

#[test]
fn durations() {
    let fires_at = |test: Test<Span>, day: &str| {
        let line = balance("L", pct("100"), Trigger::End).when(Condition::Duration(test));
        !fires(line, &["2025-01-31 start", &format!("{day} end")]).is_empty()
    };
    let month = |compare| Test::Is(compare, Span::months(1));
    for (day, before, on_or_before, on_or_after, after) in [
        ("2025-02-27", true, true, false, false),
        ("2025-02-28", false, true, true, false),
        ("2025-03-01", false, false, true, true),
    ] {
        assert_eq!(fires_at(month(Compare::Less), day), before);
        assert_eq!(fires_at(month(Compare::AtMost), day), on_or_before);
        assert_eq!(fires_at(month(Compare::AtLeast), day), on_or_after);
        assert_eq!(fires_at(month(Compare::More), day), after);
    }
    let window = Test::From(span(28, SpanUnit::Days), Span::months(2));
    assert!(!fires_at(window.clone(), "2025-02-27"));
    assert!(fires_at(window.clone(), "2025-02-28"));
    assert!(fires_at(window.clone(), "2025-03-30"));
    assert!(!fires_at(window, "2025-03-31"));
}

#[test]
fn before_the_start_no_comparison_of_duration_holds() {
    let line = |condition| balance("L", pct("100"), Trigger::Signature).when(condition);
    let story = ["2025-01-31 signature", "2025-02-01 start"];
    for compare in [Compare::Less, Compare::AtMost, Compare::AtLeast, Compare::More] {
        let condition = Condition::Duration(Test::Is(compare, Span::months(4)));
        assert!(fires(line(condition.clone()), &story).is_empty());
        assert_eq!(fires(line(Condition::Not(Box::new(condition))), &story).len(), 1);
    }
}

#[test]
fn facts_include_the_event_itself() {
    let fires_with = |condition, story: &[&str]| {
        let line = balance("L", pct("100"), Trigger::End).or(on_action("A")).when(condition);
        fires(line, story)
    };
    let story = [
        "2025-01-09 signature",
        "2025-01-10 action A 1",
        "2025-01-11 deliverable D",
        "2025-01-12 event E",
        "2025-01-13 end",
    ];
    assert_eq!(fires_with(Condition::Started, &story), ["2025-01-10"]);
    assert_eq!(fires_with(Condition::Signed, &story), ["2025-01-10"]);
    assert_eq!(fires_with(Condition::ActionDone("A".into()), &story), ["2025-01-10"]);
    assert_eq!(fires_with(Condition::Hours(is(Compare::AtLeast, "1")), &story), ["2025-01-10"]);
    assert_eq!(fires_with(Condition::DeliverableReceived("D".into()), &story), ["2025-01-13"]);
    assert_eq!(fires_with(Condition::EventHappened("E".into()), &story), ["2025-01-13"]);
    assert_eq!(fires_with(Condition::Ended, &story), ["2025-01-13"]);
    assert!(fires_with(Condition::Abandoned, &story).is_empty());
    let both = Condition::And(vec![Condition::Ended, Condition::Signed]);
    assert_eq!(fires_with(both, &story), ["2025-01-13"]);
    let either = Condition::Or(vec![Condition::Ended, Condition::Signed]);
    assert_eq!(fires_with(either, &story), ["2025-01-10"]);
}

#[test]
fn closing_stops_everything_and_the_order_is_kept() {
    let schedule = fixed(
        "100",
        vec![
            balance("B1", money("1"), Trigger::End).open(),
            balance("B2", money("2"), Trigger::End),
            balance("B3", money("3"), Trigger::End),
            installment("I", money("4"), Trigger::End),
            deposit("D", money("5"), Trigger::End),
            installment("M", money("6"), Trigger::MonthEnd),
        ],
    );
    let case = case("2027-12-31", &["2025-01-10 start", "2025-01-10 end"]);
    let seen = billed(&schedule, &case);
    let text: Vec<String> =
        seen.iter().map(|line| format!("{} {}", line.label, line.amount)).collect();
    assert_eq!(text, ["I 4.00", "D 5.00", "B1 1.00", "D -1.00", "B2 2.00", "D -4.00"]);
    assert_eq!(seen[5].deducts, Some(1));
    assert_eq!(seen[5].kind, BilledKind::Deduction);
    assert!(seen.iter().all(|line| line.invoice == 1));
}

#[test]
fn cases_that_are_withheld() {
    let reasons =
        |schedule: &Schedule, case: &Case| match evaluate(std::slice::from_ref(schedule), case) {
            Outcome::Withheld(reasons) => reasons,
            Outcome::Billed(_) => Vec::new(),
        };
    let plain = one("100", pct("100"), Trigger::End);
    let mut twice = case("2027-12-31", &["2025-01-10 start", "2025-01-10 start", "2025-01-12 end"]);
    twice.events[0].id = Some("a".into());
    twice.events[1].id = Some("a".into());
    assert!(reasons(&plain, &twice).is_empty());
    twice.events[1].date = date("2025-01-11");
    assert_eq!(reasons(&plain, &twice), [Reason::IdConflict("a".into())]);

    let open = |name: &str| What::Opened {
        schedule: name.into(),
        planned_hours: None,
        planned_months: None,
    };
    let mut opened = case("2020-01-01", &["2025-01-10 start", "2025-01-10 start"]);
    opened.events[0].what = open("T");
    assert_eq!(reasons(&plain, &opened), [Reason::UnknownSchedule("T".into())]);
    opened.events[0].what = open("S");
    opened.events[1].what = open("S");
    assert_eq!(reasons(&plain, &opened), [Reason::TwoOpened]);
    let nameless = Case { named: None, ..case("2020-01-01", &["2025-01-10 start"]) };
    assert_eq!(reasons(&plain, &nameless), [Reason::NoSchedule]);

    let acts = case("2020-01-01", &["2025-01-10 action A 1"]);
    assert!(reasons(&plain, &acts).is_empty());
    let closed_names = per_action(vec![listed("B", Rate::NotBilled)], vec![]);
    assert_eq!(reasons(&closed_names, &acts), [Reason::UnknownAction("A".into())]);
    let by_attendance = one("100", Amount::ProRataAttendance, Trigger::End);
    assert_eq!(reasons(&by_attendance, &acts), [Reason::AttendanceWithoutPlannedHours]);
    let by_duration = one("100", Amount::ProRataDuration, Trigger::End);
    assert_eq!(reasons(&by_duration, &acts), [Reason::ProRataWithoutPlannedDuration]);
}
