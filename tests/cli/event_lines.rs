//! How event files are read: strictly, and a line that is wrong withholds its case and no other.

use super::{SCHEDULE, WORK, amounts, lines, run};
use crate::program::{file, jalon, jalon_with_input};

#[test]
fn a_bad_event_withholds_its_case_and_no_other() {
    let events = r#"
{"case":"bad","date":"2025-02-30","kind":"end"}
{"case":"good","date":"2025-07-05","kind":"end"}
{"case":"bad","date":"2025-07-05","kind":"end"}
"#;
    let outcome = run("withheld", SCHEDULE, events, &[]);
    assert_eq!(outcome.code, 1);
    assert_eq!(
        lines(&outcome.out).iter().map(|line| line["case"].clone()).collect::<Vec<_>>(),
        ["good"]
    );
    assert!(
        outcome.err.contains("-:2:22: case bad is withheld: field `date`: `2025-02-30` is no date"),
        "{}",
        outcome.err
    );
    assert!(outcome.err.contains("withheld: 1 of 2 cases"), "{}", outcome.err);
}

#[test]
fn a_line_of_no_case_stops_the_run_unless_it_is_skipped() {
    for bad in [
        "{\"date\":\"2025-07-05\",\"kind\":\"end\"}\n",
        "not json\n",
        "{}{}\n",
        "[1]\n",
        "{\"case\":\"a\",\"case\":\"b\",\"date\":\"2025-07-05\",\"kind\":\"end\"}\n",
        "{\"case\":null,\"date\":\"2025-07-05\",\"kind\":\"end\"}\n",
        "{\"case\":7.5,\"date\":\"2025-07-05\",\"kind\":\"end\"}\n",
        "{\"case\":1e30,\"date\":\"2025-07-05\",\"kind\":\"end\"}\n",
        "{\"case\":\"\",\"date\":\"2025-07-05\",\"kind\":\"end\"}\n",
        "{\"case\":\"a\",\"date\":\"2025-0",
    ] {
        let good = "{\"case\":\"good\",\"date\":\"2025-07-05\",\"kind\":\"end\"}\n";
        let events = format!("{good}{bad}");
        let outcome = run("unreadable", SCHEDULE, &events, &[]);
        assert_eq!((outcome.code, outcome.out.as_str()), (2, ""), "{bad}");
        assert!(outcome.err.contains("-:2:"), "{bad}: {}", outcome.err);
        assert!(outcome.err.contains("nothing is billed"), "{bad}: {}", outcome.err);
        let outcome = run("unreadable", SCHEDULE, &events, &["--skip-unreadable"]);
        assert_eq!(outcome.code, 1, "{bad}");
        assert_eq!(amounts(&outcome.out), ["1500.00"], "{bad}");
    }
}

/// Each of these is an event of case `x` that is wrong in one field: the case is withheld, the field
/// is named.
#[test]
fn events_are_read_strictly() {
    let table = [
        (r#""date":"24-01-01","kind":"end""#, "date"),
        (r#""date":"2024-2-3","kind":"end""#, "date"),
        (r#""date":"1899-12-31","kind":"end""#, "date"),
        (r#""date":"2200-01-01","kind":"end""#, "date"),
        (r#""date":"2024-01-01T00:00:01","kind":"end""#, "date"),
        (r#""date":"2024-01-01T22:00:00Z","kind":"end""#, "not a day"),
        (r#""date":null,"kind":"end""#, "null"),
        (r#""date":"2024-01-01","kind":null"#, "null"),
        (r#""date":"2024-01-01","kind":"end","id":null,"id":"a""#, "twice"),
        (r#""date":"2024-01-01","kind":"end","id":"a ""#, "blank"),
        (r#""date":"2024-01-01","kind":"end","id":1.5"#, "id"),
        (r#""date":"2024-01-01","kind":"end","id":9007199254740994.0"#, "floating point"),
        (r#""date":"2024-01-01","kind":"end","plannedHours":2"#, "`planned_hours`?"),
        (
            r#""date":"2024-01-01","kind":"action","name":"A","hours":0.30000000000000004"#,
            "`minutes`",
        ),
        (r#""date":"2024-01-01","kind":"action","name":"A","hours":"NULL""#, "no value"),
        (r#""date":"2024-01-01Z","kind":"end""#, "date"),
        (r#""date":20240101,"kind":"end""#, "date"),
        (r#""kind":"end""#, "date"),
        (r#""date":"2024-01-01""#, "kind"),
        (r#""date":"2024-01-01","kind":"END""#, "kind"),
        (r#""date":"2024-01-01","kind":"end","hours":1"#, "hours"),
        (r#""date":"2024-01-01","kind":"end","colour":"red""#, "colour"),
        (r#""date":"2024-01-01","kind":"end","kind":"end""#, "kind"),
        (r#""date":"2024-01-01","kind":"end","id":"""#, "id"),
        (r#""date":"2024-01-01","kind":"end","id":["a"]"#, "id"),
        (r#""date":"2024-01-01","kind":"action""#, "name"),
        (r#""date":"2024-01-01","kind":"action","name":"A","hours":-1"#, "hours"),
        (r#""date":"2024-01-01","kind":"action","name":"A","hours":-0"#, "hours"),
        (r#""date":"2024-01-01","kind":"action","name":"A","hours":1e400"#, "hours"),
        (r#""date":"2024-01-01","kind":"action","name":"A","hours":"1,5""#, "hours"),
        (r#""date":"2024-01-01","kind":"action","name":"A","hours":"NaN""#, "hours"),
        (r#""date":"2024-01-01","kind":"action","name":"A","hours":true"#, "hours"),
        (r#""date":"2024-01-01","kind":"action","name":"A","hours":1234567890123456789"#, "hours"),
        (r#""date":"2024-01-01","kind":"action","name":"A","hours":1.0000001"#, "hours"),
        (r#""date":"2024-01-01","kind":"action","name":"A","hours":100000.0001"#, "hours"),
        (r#""date":"2024-01-01","kind":"action","name":"A","hours":1,"minutes":60"#, "minutes"),
        (r#""date":"2024-01-01","kind":"action","name":"A","minutes":1.5"#, "minutes"),
        (r#""date":"2024-01-01","kind":"opened""#, "schedule"),
        (
            r#""date":"2024-01-01","kind":"opened","schedule":"Training","planned_hours":0"#,
            "planned_hours",
        ),
        (
            r#""date":"2024-01-01","kind":"opened","schedule":"Training","planned_months":1.5"#,
            "planned_months",
        ),
        (r#""date":"2024-01-01","kind":"opened","schedule":"Trainin""#, "Training"),
    ];
    for (fields, named) in table {
        let outcome = run("strict", SCHEDULE, &format!("{{\"case\":\"x\",{fields}}}\n"), &[]);
        assert_eq!((outcome.code, outcome.out.as_str()), (1, ""), "{fields}: {}", outcome.err);
        assert!(outcome.err.contains("-:1:"), "{fields}: {}", outcome.err);
        assert!(outcome.err.contains(named), "{fields}: {}", outcome.err);
    }
}

#[test]
fn hours_are_read_from_their_digits() {
    let table = [
        ("\"hours\":1.5", "105.00"),
        ("\"hours\":\"1.5\"", "105.00"),
        ("\"hours\":1.50", "105.00"),
        ("\"hours\":\"1.5000000000000000\"", "105.00"),
        ("\"hours\":0.15e1", "105.00"),
        ("\"hours\":3E+1", "2100.00"),
        ("\"hours\":1.5,\"minutes\":null", "105.00"),
        ("\"minutes\":\"80\"", "93.33"),
        ("\"minutes\":80.0", "93.33"),
        ("\"minutes\":80", "93.33"),
        ("\"hours\":0.0001", "0.01"),
        ("\"hours\":100000", "7000000.00"),
    ];
    for (hours, amount) in table {
        let events = format!(
            "{{\"case\":\"x\",\"date\":\"2025-01-01\",\"kind\":\"action\",\"name\":\"Interview\",{hours}}}\n\
             {{\"case\":\"x\",\"date\":\"2025-01-02\",\"kind\":\"end\"}}\n"
        );
        let outcome = run("hours", WORK, &events, &[]);
        assert_eq!(amounts(&outcome.out), [amount], "{hours}: {}", outcome.err);
    }
}

#[test]
fn a_history_that_is_not_sound_withholds_its_case() {
    let open = r#"{"case":"x","date":"2025-01-01","kind":"opened","schedule":"Work"}"#;
    let table = [
        (vec![open, open], "opened twice"),
        (
            vec![
                r#"{"case":"x","date":"2025-01-01","kind":"end","id":"a"}"#,
                r#"{"case":"x","date":"2025-01-02","kind":"end","id":"a"}"#,
            ],
            "id `a`",
        ),
        (
            vec![r#"{"case":"x","date":"2099-01-01","kind":"action","name":"interview"}"#],
            "did you mean `Interview`?",
        ),
    ];
    for (events, reason) in table {
        let outcome = run("unsound", WORK, &events.join("\n"), &[]);
        assert_eq!((outcome.code, outcome.out.as_str()), (1, ""));
        assert!(outcome.err.contains(reason), "{}", outcome.err);
    }
}

#[test]
fn a_file_of_events_named_twice_is_refused() {
    let events = "docs/examples/events.ndjson";
    for command in [
        &["run", "--schedule", "schedules"][..],
        &["forecast", "--schedule", "schedules", "--until", "2199-12-31"],
        &["explain", "--schedule", "schedules"],
        &["compare", "schedules", "schedules"],
    ] {
        let outcome = jalon(&[command, &["--events", events, events, "--lang", "en"]].concat());
        assert_eq!((outcome.code, outcome.out.as_str()), (2, ""), "{command:?}");
        assert!(outcome.err.contains("named twice"), "{command:?}: {}", outcome.err);
    }
}

#[test]
fn a_decimal_comma_is_taken_only_where_it_can_be_read_in_one_way() {
    let schedule = file("comma", "schedule.jalon", WORK);
    for (hours, billed) in [("1,5", Some("105.00")), ("1,50", Some("105.00")), ("1,500", None)] {
        let events = format!(
            "case;date;kind;name;hours\nA;2025-01-02;action;Interview;{hours}\nA;2025-02-02;end;;\n"
        );
        let call = ["run", "--schedule", &schedule, "--events", "-", "--as-of", "2025-12-31"];
        let call = [&call[..], &["--events-format", "csv"]].concat();
        let outcome = jalon_with_input(&call, &events);
        match billed {
            Some(amount) => assert_eq!(amounts(&outcome.out), [amount], "{}", outcome.err),
            None => {
                assert_eq!((outcome.code, outcome.out.as_str()), (1, ""), "{}", outcome.err);
                assert!(outcome.err.contains("`1,500` can be read in two ways"), "{}", outcome.err);
                assert!(outcome.err.contains("withheld: 1 of 1 case\n"), "{}", outcome.err);
            }
        }
    }
}

#[cfg(not(feature = "parquet"))]
#[test]
fn a_program_built_without_parquet_says_so() {
    let schedule = file("no-parquet", "schedule.jalon", SCHEDULE);
    let events = file("no-parquet", "events.dat", "PAR1 and more PAR1");
    let run = ["run", "--schedule", &schedule, "--lang", "en", "--events"];
    let read = jalon(&[&run[..], &[&events]].concat());
    assert_eq!((read.code, read.out.as_str()), (2, ""));
    assert!(read.err.contains("events.dat: this is Parquet"), "{}", read.err);
    let write = jalon(&[&run[..], &["-", "--format", "parquet"]].concat());
    assert!(write.code == 2 && write.err.contains("without Parquet"), "{}", write.err);
}

/// The first line of records names fields in either language, in whatever capitals, and messages have the file's own words.
#[test]
fn headings_have_any_capitals_and_are_told_in_their_own_language() {
    for (heading, kind) in
        [("Case,Date,Kind", "End"), ("CASE,DATE,KIND", "end"), ("Dossier,Date,Nature", "Fin")]
    {
        let outcome = run("headings", SCHEDULE, &format!("{heading}\na,2025-07-05,{kind}\n"), &[]);
        assert_eq!(
            (outcome.code, amounts(&outcome.out).len()),
            (0, 1),
            "{heading}: {}",
            outcome.err
        );
    }
    let outcome = run("headings", SCHEDULE, "Case,Date,Sort\na,2025-07-05,end\n", &[]);
    assert!(outcome.err.contains("every event has `kind`"), "{}", outcome.err);
    assert!(!outcome.err.contains("dossier"), "{}", outcome.err);
    let outcome =
        run("headings", SCHEDULE, "Case,Date,Kind,Planned Hours\na,2025-07-05,end,x\n", &[]);
    assert!(outcome.err.contains("field `Planned Hours`"), "{}", outcome.err);
}
