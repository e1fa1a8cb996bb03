//! History that is corrected after it was billed.

use super::{SCHEDULE, amounts, run};
use crate::program::file;

#[test]
fn a_corrected_history_gives_credits_and_new_lines_once() {
    let start = r#"{"case":"x","date":"2025-01-15","kind":"start","id":"ev-1"}"#;
    let end = r#"{"case":"x","date":"2025-02-15","kind":"end","id":"ev-2"}"#;
    let void = r#"{"case":"x","date":"2025-03-01","kind":"void","ref":"ev-2"}"#;
    let left = r#"{"case":"x","date":"2025-03-01","kind":"end"}"#;
    let issued = run("issued", SCHEDULE, &[start, end].join("\n"), &[]).out;
    assert_eq!(amounts(&issued), ["375.00", "1500.00", "-375.00"]);
    let path = file("issued", "issued.ndjson", &issued);
    let corrected = [start, end, void, left].join("\n");
    let given = run("issued", SCHEDULE, &corrected, &["--issued", &path]);
    assert_eq!(given.code, 0, "{}", given.err);
    let mut given_amounts = amounts(&given.out);
    given_amounts.sort();
    assert_eq!(given_amounts, ["-1500.00", "-375.00", "1500.00", "375.00"], "{}", given.out);
    let both = file("issued", "both.ndjson", format!("{issued}{}", given.out));
    let again = run("issued", SCHEDULE, &corrected, &["--issued", &both]);
    assert_eq!((again.code, again.out.as_str()), (0, ""), "{}", again.err);
}

#[test]
fn a_void_of_a_void_is_told_apart_from_a_void_of_nothing() {
    let events = r#"{"case":"A","date":"2025-01-02","kind":"start","id":"s"}
{"case":"A","date":"2025-01-03","kind":"void","ref":"s","id":"v"}
{"case":"A","date":"2025-01-04","kind":"void","ref":"v"}
"#;
    let told = run("void_of_void", SCHEDULE, events, &[]);
    assert_eq!(told.code, 1, "{}", told.err);
    assert!(told.err.contains("`v` itself withdraws an event"), "{}", told.err);
}
