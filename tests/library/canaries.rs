//! Habits of libraries on which the project leans, or around which it goes. Where an upgrade changes
//! one of them, a test here shows it.

use jalon::Event;
use jalon::money::{Currency, Exact, Hours, Money};
use rust_decimal::Decimal;
use std::str::FromStr;

#[test]
fn decimals_round_and_read_otherwise_than_we_do() {
    // Half to even, where an invoice needs half away from zero.
    assert_eq!(Decimal::new(25, 1).round().to_string(), "2");
    assert_eq!(Exact::new(25, 10).unwrap().round(), Some(Money(3)));
    // Lenient digits, where a bill needs plain ones.
    assert!(Decimal::from_str("1_000").is_ok() && Decimal::from_str(".5").is_ok());
    assert!(Hours::read("1_000").is_err() && Hours::read(".5").is_err());
    // A checked product that has lost digits, and says `Some`.
    let third = Decimal::from_str("0.3333333333333333333333333333").unwrap();
    assert!(third.checked_mul(third).unwrap().scale() < 56);
}

#[test]
fn money_at_the_edge_is_a_decimal_with_the_currencys_scale() {
    let euro = Currency::find("EUR").unwrap();
    assert_eq!(Money(-37_500).to_decimal(euro).to_string(), "-375.00");
    assert_eq!(Hours::from_decimal(Decimal::new(1500, 3)), Hours::read("1.5").ok());
}

#[test]
fn serde_json_would_take_what_an_event_may_not_say() {
    // The last of two equal keys wins, and an array fills a struct by position.
    let value: serde_json::Value = serde_json::from_str(r#"{"a":1,"a":2}"#).unwrap();
    assert_eq!(value["a"], 2);
    let twice = r#"{"case":"x","date":"2025-01-01","kind":"end","kind":"end"}"#;
    assert!(serde_json::from_str::<Event>(twice).is_err());
    assert!(serde_json::from_str::<Event>(r#"["x","2025-01-01","end"]"#).is_err());
}

#[test]
fn numbers_of_events_do_not_pass_through_binary_floating_point() {
    let event = |hours: &str| {
        let line = format!(
            r#"{{"case":"x","date":"2025-01-01","kind":"action","name":"A","hours":{hours}}}"#
        );
        serde_json::from_str::<Event>(&line)
    };
    // 0.07 · 30000 is 2100.0000000000005 in binary.
    assert_eq!(event("0.07").unwrap(), event("\"0.07\"").unwrap());
    assert!(event("0.07000000000000001").is_err());
    let text = serde_json::to_string(&event("0.07").unwrap()).unwrap();
    assert!(text.contains("\"hours\":\"0.07\""), "{text}");
}

#[test]
fn events_come_back_as_they_went() {
    for line in [
        r#"{"case":"x","date":"2025-01-01","kind":"opened","schedule":"S","planned_hours":"10","planned_months":12}"#,
        r#"{"case":"x","date":"2025-01-01","kind":"action","name":"A","minutes":80,"id":"e"}"#,
        r#"{"case":"x","date":"2025-01-01","kind":"action","name":"A","hours":"1.5"}"#,
        r#"{"case":"x","date":"2025-01-01","kind":"deliverable","name":"D"}"#,
        r#"{"case":"x","date":"2025-01-01","kind":"abandonment"}"#,
        r#"{"case":"x","date":"2025-01-01","kind":"opened","schedule":"S","planned_months":3,"price":"900","shares":{"Fund":"70 %"}}"#,
        r#"{"case":"x","date":"2025-01-01","kind":"action","name":"A","hours":"2","quantity":"12.5"}"#,
        r#"{"case":"x","date":"2025-01-01","kind":"amendment","planned_hours":"20","planned_months":6,"price":"1200","planned_end":"2025-06-30"}"#,
        r#"{"case":"x","date":"2025-01-01","kind":"progress","percent":"40"}"#,
        r#"{"case":"x","date":"2025-01-01","kind":"suspension","id":"e"}"#,
    ] {
        let event: Event = serde_json::from_str(line).unwrap();
        assert_eq!(serde_json::to_string(&event).unwrap(), line);
    }
}

#[test]
fn chrono_clips_months_and_reads_dates_leniently() {
    let date = chrono::NaiveDate::from_ymd_opt(2025, 1, 31).unwrap();
    let next = date.checked_add_months(chrono::Months::new(1)).unwrap();
    assert_eq!(next.to_string(), "2025-02-28");
    // Not associative: a month and a month are not two months.
    let twice = next.checked_add_months(chrono::Months::new(1)).unwrap();
    assert_ne!(Some(twice), date.checked_add_months(chrono::Months::new(2)));
    assert!(chrono::NaiveDate::from_str("2024-2-3").is_ok());
    assert!(jalon::Date::parse("2024-2-3").is_none());
}

#[test]
fn nested_brackets_cost_linear_time_and_stop_at_our_own_depth() {
    let condition = |depth: usize| {
        let (open, close) = ("(".repeat(depth), ")".repeat(depth));
        format!(
            "schedule \"S\" price fixed 1 EUR balance \"B\": 100 % on end if {open}started{close}"
        )
    };
    assert!(jalon::compile("deep", &condition(64)).is_ok());
    let report = jalon::compile("deep", &condition(65)).unwrap_err();
    assert_eq!(report.diagnostics.first().unwrap().code.name(), "nested-too-deep");
    let report = jalon::compile("deep", &condition(4_000)).unwrap_err();
    assert_eq!(report.diagnostics.len(), 1);
}
