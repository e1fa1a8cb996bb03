//! What `jalon run` bills: which lines, in which form, and what it says of events without effect.

use super::{SCHEDULE, WORK, amounts, lines, run};
use crate::program::{file, jalon, read};

#[test]
fn the_first_screen_of_the_readme() {
    let outcome = jalon(&[
        "run",
        "--schedule",
        "schedules",
        "--events",
        "docs/examples/events.ndjson",
        "--as-of",
        "2025-12-31",
    ]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert_eq!(amounts(&outcome.out), ["720.00", "375.00", "1500.00", "-375.00", "83.33", "12.00"]);
}

#[test]
fn the_bytes_of_an_invoice_line() {
    let events = r#"{"case":"D-001","date":"2025-07-05","kind":"end","id":"ev-1"}"#;
    let outcome = run("bytes", SCHEDULE, events, &[]);
    assert_eq!(
        outcome.out,
        "{\"case\":\"D-001\",\"schedule\":\"Training\",\"date\":\"2025-07-05\",\"invoice\":1,\
         \"kind\":\"balance\",\"line\":\"Balance\",\"label\":\"Balance\",\"amount\":\"1500.00\",\
         \"currency\":\"EUR\",\"trigger\":{\"kind\":\"end\",\"date\":\"2025-07-05\",\"id\":\"ev-1\"},\
         \"id\":\"88b6c2da5e88aeeaf9141dfa8020c68c\"}\n"
    );
}

#[test]
fn the_same_event_twice_counts_once_and_order_does_not_matter() {
    let events = [
        r#"{"case":"x","date":"2025-01-01","kind":"action","name":"Interview","hours":1,"id":"a"}"#,
        r#"{"case":"x","date":"2025-01-01","kind":"action","name":"Interview","hours":"1.0","id":"a"}"#,
        r#"{"case":"x","date":"2025-02-01","kind":"action","name":"Review"}"#,
        r#"{"case":"x","date":"2025-03-01","kind":"end"}"#,
    ];
    let forward = run("order", WORK, &events.join("\n"), &[]);
    assert_eq!(amounts(&forward.out), ["70.00", "300.00"]);
    assert!(forward.err.contains("counts once"), "{}", forward.err);
    let backward: Vec<&str> = events.iter().rev().copied().collect();
    assert_eq!(run("order", WORK, &backward.join("\r\n"), &[]).out, forward.out);
}

/// What is suspended once the case is closed is told once for each event, with `may be suspended` or without.
#[test]
fn suspensions_after_closing_are_told_once() {
    for may in ["", "  may be suspended\n"] {
        let schedule = format!(
            "schedule \"S\"\n  price fixed 100 EUR\n{may}  balance \"B\": remainder on start\n"
        );
        let events = r#"
{"case":"x","date":"2025-01-01","kind":"start"}
{"case":"x","date":"2025-02-01","kind":"suspension"}
{"case":"x","date":"2025-03-01","kind":"resumption"}
{"case":"x","date":"2025-04-01","kind":"resumption"}
"#;
        let outcome = run("suspended-after", &schedule, events, &[]);
        assert_eq!(outcome.code, 0, "{}", outcome.err);
        assert!(outcome.err.contains("4 read = 1 used + 3 without effect"), "{}", outcome.err);
    }
}

/// Of hours that are missing each line is told and counted once, however many other notices there are, by either evaluator.
#[test]
fn lines_that_missing_hours_decide_are_counted_once() {
    for may in ["", "  may be suspended\n"] {
        let schedule = format!(
            "schedule \"S\"\n  price fixed 1000 EUR\n{may}  \
             installment \"Half\": 50 EUR on event \"Review\" if hours >= 5\n  \
             balance \"End\": remainder on end or abandonment\n"
        );
        let event = |more: &str| format!(r#"{{"case":"x","date":"2025-01-02",{more}}}"#);
        let mut events = vec![event(r#""kind":"action","name":"Session""#)];
        events.extend((0..1_100).map(|_| event(r#""kind":"event","name":"Else""#)));
        events.extend((0..5).map(|_| event(r#""kind":"event","name":"Review""#)));
        let summary = file("hours-decide", "summary.json", "");
        std::fs::remove_file(&summary).unwrap();
        let outcome = run("hours-decide", &schedule, &events.join("\n"), &["--summary", &summary]);
        assert_eq!(outcome.code, 0, "{}", outcome.err);
        let summary: serde_json::Value = serde_json::from_str(&read(&summary)).unwrap();
        assert_eq!(summary["notices_by_kind"]["hours-decide"], 1, "{summary}");
        assert_eq!(summary["notices_by_kind"]["unknown-event"], 1_100, "{summary}");
    }
}

/// Half of a case under another spelling of its name is billed for itself, and told.
#[test]
fn cases_whose_names_look_alike_are_told() {
    let of = |names: &[&str]| {
        let event = |name: &&str| {
            format!(r#"{{"case":"{name}","date":"2025-01-05","kind":"end","id":"{name}"}}"#)
        };
        let events = names.iter().map(event).collect::<Vec<_>>().join("\n");
        let outcome = run("alike", SCHEDULE, &events, &[]);
        assert_eq!((outcome.code, outcome.out.lines().count()), (0, names.len()));
        outcome.err
    };
    for (names, says) in [
        (&["D-7", "d-7"][..], "cases `D-7` and `d-7` have names that look alike"),
        (&["d-7", "E-1", "D-7", "e-1"], "(such pairs: 2)"),
        (&["7", "7\u{200b}"], "cases `7` and `7"),
        (&["A 1", "A\u{a0}1"], "cases `A 1` and `A"),
        (&["8", "008", "10"], "cases `8` and `008`"),
        (&["F-2/1", "f-002/01"], "cases `F-2/1` and `f-002/01`"),
    ] {
        let said = of(names);
        assert!(said.contains(says) && said.contains("look alike"), "{names:?}: {said}");
    }
    for names in [&["D-7", "D-8", "d-9"][..], &["a-1", "a-2"], &["Éva", "Eva"], &["1.5", "1.05"]] {
        assert!(!of(names).contains("look alike"), "{names:?}");
    }
}

#[test]
fn every_event_without_effect_is_named() {
    let events = r#"
{"case":"x","date":"2025-01-01","kind":"start"}
{"case":"x","date":"2025-01-02","kind":"start"}
{"case":"x","date":"2025-01-02","kind":"event","name":"Visit"}
{"case":"x","date":"2025-01-02","kind":"deliverable","name":"Report"}
{"case":"x","date":"2025-01-03","kind":"signature"}
{"case":"x","date":"2025-01-04","kind":"signature"}
{"case":"x","date":"2025-01-05","kind":"end"}
{"case":"x","date":"2025-01-06","kind":"abandonment"}
{"case":"x","date":"2026-01-06","kind":"start"}
"#;
    let notices = file("notices", "notices.ndjson", "");
    let outcome = run("notices", SCHEDULE, events, &["--notices", &notices]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let kinds: Vec<String> = lines(&read(&notices))
        .iter()
        .map(|notice| notice["notice"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(
        kinds,
        [
            "second-start",
            "unknown-event",
            "unknown-deliverable",
            "second-signature",
            "after-closing",
            "not-yet"
        ]
    );
}

/// What comes only after a case is closed, and belongs before, is told with its day in doubt.
#[test]
fn a_start_after_the_end_doubts_one_of_the_days() {
    let events = "case,date,kind\nx,2025-05-01,end\nx,2025-06-01,start\n";
    let open =
        "schedule \"Open\"\n  price fixed 100 EUR\n  balance \"B\": remainder on end, stays open\n";
    let closed = "schedule \"Closed\"\n  price fixed 100 EUR\n  balance \"B\": remainder on end\n";
    for (schedule, says) in [
        (open, "does not start any more; if it did, one of the two dates is wrong"),
        (
            closed,
            "nothing more is billed; if an end or an abandonment closed it, this date or that one may be wrong",
        ),
    ] {
        let outcome = run("late-start", schedule, events, &[]);
        assert_eq!(outcome.code, 0, "{}", outcome.err);
        assert!(outcome.err.contains(says), "{}", outcome.err);
    }
}

#[test]
fn a_csv_cell_is_never_a_formula() {
    let events = "{\"case\":\"=1+1\",\"date\":\"2025-07-05\",\"kind\":\"start\"}\n";
    let outcome = run("csv", SCHEDULE, events, &["--format", "csv"]);
    let mut rows = outcome.out.lines();
    assert!(
        rows.next().unwrap().starts_with("case,schedule,date,invoice,kind,line,label,quantity")
    );
    assert!(
        rows.next()
            .unwrap()
            .starts_with("'=1+1,Training,2025-07-05,1,deposit,Deposit,Deposit,,,375.00,EUR,")
    );
}

#[test]
fn several_schedules_need_an_opened_event() {
    let schedules = format!("{SCHEDULE}\n{WORK}");
    let events = "{\"case\":\"x\",\"date\":\"2025-07-05\",\"kind\":\"end\"}\n";
    let outcome = run("several", &schedules, events, &[]);
    assert_eq!(outcome.code, 1);
    assert!(outcome.err.contains("no `opened` event"), "{}", outcome.err);
}

#[test]
fn an_action_that_looks_like_one_that_a_line_waits_for_is_noticed() {
    let schedule = r#"
schedule "Review"
  price fixed 1500 EUR
  installment "First": 40 % on action "Interview 1"
  balance "Balance": 100 % on action "Final interview"
"#;
    let event = |name: &str, day: u32| {
        format!(
            r#"{{"case":"A","date":"2025-01-{day:02}","kind":"action","name":"{name}","hours":"1"}}"#
        ) + "\n"
    };
    let opened =
        r#"{"case":"A","date":"2025-01-01","kind":"opened","schedule":"Review"}"#.to_owned() + "\n";
    let events =
        opened + &event("interview 1", 2) + &event("Interview 2", 3) + &event("final intervew", 4);
    let told = run("look_alike", schedule, &events, &[]);
    assert_eq!((told.code, told.out.as_str()), (0, ""), "{}", told.err);
    for (place, meant) in [(2, "Interview 1"), (4, "Final interview")] {
        assert!(told.err.contains(&format!("-:{place}:1: case A: action")), "{}", told.err);
        assert!(told.err.contains(&format!("did you mean `{meant}`?")), "{}", told.err);
    }
    assert!(!told.err.contains("-:3:"), "only digits differ: {}", told.err);
}

#[test]
fn an_apostrophe_in_a_name_is_shown_as_one() {
    let schedule = "schedule \"Parcours d'emploi\"\n  price fixed 1500 EUR\n  balance \"B\": 100 % on action \"Entretien d'information\"\n";
    let events = "{\"case\":\"A\",\"date\":\"2025-01-02\",\"kind\":\"action\",\"name\":\"Entretien d'infomation\"}\n\
                  {\"case\":\"B\",\"date\":\"2025-01-02\",\"kind\":\"opened\",\"schedule\":\"Parcours d'emplois\"}\n";
    let told = run("apostrophe", schedule, events, &[]);
    let notice = "action `Entretien d'infomation`, which counts as work only; did you mean `Entretien d'information`?";
    assert!(told.err.contains(notice), "{}", told.err);
    let withheld = "no schedule `Parcours d'emplois`; did you mean `Parcours d'emploi`?";
    assert!(told.err.contains(withheld), "{}", told.err);
}
