//! History that is corrected after it was billed.

use super::{SCHEDULE, amounts, run};
use crate::program::{file, jalon};

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

/// Rows that stand twice without an id are billed twice, and told with both places.
#[test]
fn a_row_that_stands_twice_is_told_with_both_places() {
    let schedule = file(
        "twice",
        "s.jalon",
        "schedule \"Lessons\"\n  price hourly 40 EUR\n  balance \"Lessons\": work on end or abandonment\n",
    );
    let rows = "case,date,kind,name,hours\nA,2025-03-03,action,Piano,1\nA,2025-03-04,action,Piano,1\nA,2025-03-04,action,Piano,1\nA,2025-03-05,end,,\n";
    let events = file("twice", "e.csv", rows);
    for (lang, says) in [
        (
            "en",
            "e.csv:4:1: case A: action: another of that day says the same, and neither has an id: both count; if it was entered twice, leave one out (the other: ",
        ),
        (
            "fr",
            "e.csv:4:1 : dossier A : action : un autre de ce jour dit la même chose, et aucun n'a d'identifiant : les deux comptent ; s'il a été saisi deux fois, retirez-en un (l'autre : ",
        ),
    ] {
        let call = ["run", "--schedule", &schedule, "--events", &events, "--as-of", "2025-12-31"];
        let told = jalon(&[&call[..], &["--lang", lang]].concat());
        assert_eq!((told.code, amounts(&told.out)), (0, vec!["120.00".to_owned()]), "{}", told.err);
        assert!(told.err.contains(says) && told.err.contains("e.csv:3:1)"), "{}", told.err);
    }
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
