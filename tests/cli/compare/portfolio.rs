//! The cases of event files on two versions: which are billed otherwise, which are withheld, and what
//! decides the exit code.

use super::{OLD, WORK, compared, json};
use crate::program::{Outcome, file};
use serde_json::Value;

#[test]
fn a_portfolio_is_billed_on_both() {
    let events =
        "{\"case\":\"P-001\",\"date\":\"2025-01-15\",\"kind\":\"opened\",\"schedule\":\"Training\"}
{\"case\":\"P-001\",\"date\":\"2025-01-15\",\"kind\":\"start\"}
{\"case\":\"P-001\",\"date\":\"2025-06-15\",\"kind\":\"abandonment\"}
{\"case\":\"P-002\",\"date\":\"2025-01-15\",\"kind\":\"start\"}
{\"case\":\"P-002\",\"date\":\"2025-06-15\",\"kind\":\"end\"}
{\"case\":\"P-003\",\"date\":\"2025-01-15\",\"kind\":\"start\"}
{\"case\":\"P-003\",\"date\":\"2025-01-15\",\"kind\":\"dance\"}
";
    let events = file("compare-portfolio", "events.ndjson", events);
    let new = OLD.replace("60 %", "50 %");
    let more = ["--events", &events, "--as-of", "2025-12-31"];
    let outcome = compared("compare-portfolio", OLD, &new, &more);
    assert_eq!(outcome.code, 1);
    assert!(
        outcome.out.ends_with(&format!(
            "cases: 3 read, 1 billed otherwise, 1 withheld by both
  P-001: 750.00 EUR instead of 900.00 EUR (-150.00)
  P-003: withheld by both ({events}:7:1: field `kind`: `dance` is none of `opened`, `signature`, `start`, `action`, `deliverable`, `event`, `end`, `abandonment`, `void`, `amendment`, `progress`, `suspension` or `resumption`)
total: 2 250.00 EUR instead of 2 400.00 EUR (-150.00)
"
        )),
        "{}",
        outcome.out
    );
    let document = json(&compared(
        "compare-portfolio",
        OLD,
        &new,
        &["--events", &events, "--as-of", "2025-12-31", "--format", "json"],
    ));
    assert_eq!(document["portfolio"]["changed"][0]["case"], "P-001");
    assert_eq!(document["portfolio"]["totals"][0]["difference"], "-150.00");
}

#[test]
fn each_version_takes_a_case_by_the_name_on_which_it_is_opened() {
    let events =
        "{\"case\":\"P-001\",\"date\":\"2025-01-15\",\"kind\":\"opened\",\"schedule\":\"Training\"}
{\"case\":\"P-001\",\"date\":\"2025-01-15\",\"kind\":\"end\"}
{\"case\":\"P-002\",\"date\":\"2025-01-15\",\"kind\":\"end\"}
{\"case\":\"P-003\",\"date\":\"2025-01-15\",\"kind\":\"opened\",\"schedule\":\"Training 2026\"}
{\"case\":\"P-003\",\"date\":\"2025-01-15\",\"kind\":\"end\"}
{\"case\":\"P-004\",\"date\":\"2025-01-35\",\"kind\":\"end\"}
";
    let new = OLD.replace("\"Training\"", "\"Training 2026\"");
    let events = file("compare-renamed", "events.ndjson", events);
    let more = ["--events", &events, "--as-of", "2025-12-31", "--format", "json", "--money"];
    let outcome = compared("compare-renamed", OLD, &new, &more);
    assert_eq!(outcome.code, 1, "{}", outcome.out);
    let document = json(&outcome);
    // The schedules bill the same sums; which cases they take is another matter.
    assert_eq!(document["verdict"], "equivalent");
    assert_eq!(document["schedules"][0]["same_text"], false);
    let portfolio = &document["portfolio"];
    assert_eq!(portfolio["withheld_by_both"], 1, "{portfolio:#}");
    // A case that is opened on no name is billed by both, and the name of the schedule is told apart.
    let changed: Vec<[&Value; 4]> = portfolio["changed"]
        .as_array()
        .unwrap()
        .iter()
        .map(|case| [&case["case"], &case["differs"], &case["old"]["total"], &case["new"]["total"]])
        .collect();
    let (withheld, none) = (Value::from("withheld"), Value::Null);
    let sum = Value::from("1500.00");
    assert_eq!(
        changed,
        [
            [&Value::from("P-001"), &withheld, &sum, &none],
            [&Value::from("P-003"), &withheld, &none, &sum],
        ]
    );
    let outcome = compared("compare-renamed", OLD, &new, &more[..4]);
    assert_eq!(outcome.code, 1);
    assert!(outcome.out.contains("cases: 4 read, 2 billed otherwise, 1 withheld by both"));
    assert!(outcome.out.contains("total: 3 000.00 EUR, the same by both\n"), "{}", outcome.out);
}

#[test]
fn cases_of_the_same_sum_are_told_by_what_differs() {
    let old = "schedule \"Training\"
  price fixed 1500 EUR
  deposit \"First\":  25 % on signature
  balance \"Rest\": 100 % on end
";
    let events = "{\"case\":\"P-001\",\"date\":\"2025-01-15\",\"kind\":\"signature\"}
{\"case\":\"P-001\",\"date\":\"2025-01-18\",\"kind\":\"start\"}
{\"case\":\"P-001\",\"date\":\"2025-06-15\",\"kind\":\"end\"}
{\"case\":\"P-002\",\"date\":\"2025-06-15\",\"kind\":\"end\"}
";
    let events = file("compare-same-sum", "events.ndjson", events);
    let more = ["--events", &events, "--as-of", "2025-12-31", "--money"];
    let labelled = old.replace("First", "Advance");
    let lines = compared("compare-same-sum", old, &labelled, &more[..4]);
    assert_eq!(lines.code, 1);
    assert!(
        lines.out.contains("\n  P-001: other lines, the same sum of 1 500.00 EUR\ntotal: 3 000.00"),
        "{}",
        lines.out
    );
    let money = compared("compare-same-sum", old, &labelled, &more);
    assert_eq!(money.code, 0, "{}", money.out);
    assert!(
        money
            .out
            .starts_with("✓ Training: equivalent; the two bill the same sums\ncases: 2 read, 0"),
        "{}",
        money.out
    );
    let started = old.replace("on signature", "on start");
    let days = compared("compare-same-sum", old, &started, &more);
    assert_eq!(days.code, 1);
    assert!(
        days.out.contains("\n  P-001: on other days, the same sum of 1 500.00 EUR\n"),
        "{}",
        days.out
    );
}

#[test]
fn a_case_that_only_one_version_withholds_is_reported() {
    let new = WORK.replace("    action \"B\" hourly 30\n", "");
    let events = file(
        "compare-withheld",
        "events.csv",
        "case,date,kind,name,hours\nP-001,2025-01-15,action,B,2\nP-001,2025-02-15,end,,\nP-002,2025-01-15,action,A,2\nP-002,2025-02-15,end,,\n",
    );
    let outcome =
        compared("compare-withheld", WORK, &new, &["--events", &events, "--as-of", "2025-12-31"]);
    assert_eq!(outcome.code, 1, "{}", outcome.err);
    assert!(outcome.out.contains("cases: 2 read, 1 billed otherwise"), "{}", outcome.out);
    assert!(outcome.out.contains("  P-001: withheld ("), "{}", outcome.out);
    assert!(outcome.out.contains(") instead of 60.00 EUR\n"), "{}", outcome.out);
}

/// Cases that end, of which some are withheld: by their number.
fn ending(cases: usize) -> String {
    let mut text = String::new();
    for case in 0..cases {
        let (start, kind) = match case % 97 {
            5 => ("2025-01-35", "abandonment"),
            31 => ("2025-01-15", "end"),
            _ => ("2025-01-15", "abandonment"),
        };
        text.push_str(&format!(
            "{{\"case\":\"P-{case}\",\"date\":\"{start}\",\"kind\":\"start\"}}\n\
             {{\"case\":\"P-{case}\",\"date\":\"2025-06-15\",\"kind\":\"{kind}\"}}\n"
        ));
    }
    text
}

/// Compares the schedule with a dearer one, on events.
fn dearer(test: &str, events: &[&str], more: &[&str]) -> Outcome {
    let new = OLD.replace("60 %", "70 %");
    let all = [&["--as-of", "2025-12-31", "--events"], events, more].concat();
    compared(test, OLD, &new, &all)
}

#[test]
fn threads_change_no_byte() {
    let events = file("compare-threads", "events.ndjson", ending(2_000));
    for format in ["human", "json"] {
        let one = dearer("compare-threads", &[&events], &["--format", format, "--threads", "1"]);
        assert_eq!(one.code, 1, "{}", one.err);
        for threads in ["2", "5"] {
            let more = ["--format", format, "--threads", threads];
            let several = dearer("compare-threads", &[&events], &more);
            assert!(several.out == one.out && several.code == 1, "{threads}: {}", several.err);
        }
        if format == "human" {
            assert!(
                one.out.contains("cases: 2000 read, 1958 billed otherwise, 21 withheld by both")
            );
            let first = "\n  P-0: 1 050.00 EUR instead of 900.00 EUR (+150.00)\n";
            assert!(one.out.contains(first), "{}", one.out);
            assert!(one.out.contains("\n  and 1908 more (--format json lists all)\n"));
        } else {
            let portfolio = &json(&one)["portfolio"];
            assert_eq!(portfolio["changed"].as_array().unwrap().len(), 1958);
            assert_eq!(portfolio["changed"][1957]["case"], "P-1999");
            assert_eq!(portfolio["withheld"][20]["case"], "P-1945");
        }
    }
}

#[test]
fn event_files_are_read_as_a_run_reads_them() {
    let text = ending(40);
    let plain = file("compare-files", "events.ndjson", &text);
    let expected = dearer("compare-files", &[&plain], &[]);
    assert!(expected.out.contains("cases: 40 read, 38 billed otherwise, 1 withheld by both"));
    // The place names the file; all else is the same.
    let said = |outcome: &Outcome| {
        let lines = outcome.out.lines().filter(|line| !line.contains("withheld by both ("));
        lines.collect::<Vec<_>>().join("\n")
    };
    let zst = file("compare-files", "z.ndjson.zst", zstd::encode_all(text.as_bytes(), 1).unwrap());
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut gz, text.as_bytes()).unwrap();
    let gz = file("compare-files", "g.ndjson.gz", gz.finish().unwrap());
    let (first, second) = text.split_at(text.find("{\"case\":\"P-17\"").unwrap());
    let halves =
        [file("compare-files", "1.ndjson", first), file("compare-files", "2.ndjson", second)];
    let (old, new) = (
        file("compare-files", "old.jalon", OLD),
        file("compare-files", "new.jalon", OLD.replace("60 %", "70 %")),
    );
    let piped = crate::program::jalon_with_input(
        &["compare", &old, &new, "--events", "-", "--as-of", "2025-12-31"],
        &text,
    );
    let [first, second] = &halves;
    for (how, outcome) in [
        ("zst", dearer("compare-files", &[&zst], &[])),
        ("gz", dearer("compare-files", &[&gz], &[])),
        ("two", dearer("compare-files", &[first, second], &[])),
        ("piped", piped),
    ] {
        assert_eq!((said(&outcome), outcome.code), (said(&expected), 1), "{how}: {}", outcome.err);
    }
    let csv = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()).fold(
        "case;date;kind\n".to_owned(),
        |csv, event| {
            let cell = |field: &str| event[field].as_str().unwrap().to_owned();
            csv + &[cell("case"), cell("date"), cell("kind")].join(";") + "\n"
        },
    );
    let csv = file("compare-files", "events.txt", csv);
    let by_its_first_line = dearer("compare-files", &[&csv], &[]);
    assert_eq!(said(&by_its_first_line), said(&expected), "{}", by_its_first_line.err);
    let csv = dearer("compare-files", &[&csv], &["--events-format", "csv"]);
    assert_eq!(said(&csv), said(&expected), "{}", csv.err);
}

/// The verdict on all histories, the code and what decides it, and the verdict on the portfolio.
fn decided(outcome: &Outcome) -> [String; 4] {
    let document = json(outcome);
    assert_eq!(document["exit_code"], outcome.code, "{document:#}");
    let decided_by = document["decided_by"].as_array().unwrap();
    let decided_by: Vec<&str> = decided_by.iter().map(|part| part.as_str().unwrap()).collect();
    [
        document["verdict"].as_str().unwrap().to_owned(),
        outcome.code.to_string(),
        decided_by.join(","),
        document["portfolio"]["verdict"].as_str().unwrap_or("none").to_owned(),
    ]
}

#[test]
fn json_says_what_decides_the_exit_code() {
    let test = "compare-decides";
    let sound = "{\"case\":\"A\",\"date\":\"2025-01-15\",\"kind\":\"end\"}\n";
    let opened =
        "{\"case\":\"A\",\"date\":\"2025-01-15\",\"kind\":\"opened\",\"schedule\":\"Training\"}\n";
    let wrong = "{\"case\":\"B\",\"date\":\"2025-01-35\",\"kind\":\"end\"}\n";
    let renamed = OLD.replace("\"Training\"", "\"Training 2026\"");
    let dearer = OLD.replace("100 %", "90 %");
    let table = [
        (OLD, sound.to_owned(), ["equivalent", "0", "", "equivalent"]),
        (&renamed, format!("{opened}{sound}"), ["equivalent", "1", "portfolio", "different"]),
        (OLD, format!("{sound}{wrong}"), ["equivalent", "1", "portfolio", "unknown"]),
        (OLD, format!("{sound}{{\n"), ["equivalent", "1", "portfolio", "unknown"]),
        (&dearer, sound.to_owned(), ["different", "1", "schedules,portfolio", "different"]),
        (&dearer, opened.to_owned(), ["different", "1", "schedules", "equivalent"]),
    ];
    for (new, events, expected) in table {
        let path = file(test, "events.ndjson", &events);
        let more = ["--events", &path, "--as-of", "2025-12-31", "--money", "--format", "json"];
        let outcome = compared(test, OLD, new, &[&more[..], &["--skip-unreadable"]].concat());
        assert_eq!(decided(&outcome), expected, "{events}: {}", outcome.err);
    }
    let none = compared(test, OLD, OLD, &["--format", "json"]);
    assert_eq!(decided(&none), ["equivalent", "0", "", "none"]);
}

#[test]
fn a_case_that_both_withhold_is_named_with_both_reasons() {
    let events = "{\"case\":\"P-001\",\"date\":\"2025-01-15\",\"kind\":\"opened\",\"schedule\":\"Trainings\"}
{\"case\":\"P-002\",\"date\":\"2025-01-35\",\"kind\":\"end\"}
";
    let events = file("compare-both", "events.ndjson", events);
    let new = OLD.replace("\"Training\"", "\"Course\"");
    let more = ["--events", &events, "--as-of", "2025-12-31", "--money"];
    let outcome = compared("compare-both", OLD, &new, &more);
    assert_eq!(outcome.code, 1, "{}", outcome.err);
    let place = format!("{events}:1:1: there is no schedule `Trainings`");
    let expected = format!(
        "cases: 2 read, 0 billed otherwise, 2 withheld by both
  P-001: withheld by both (the old one: {place}; did you mean `Training`?; the new one: {place})
  P-002: withheld by both ({events}:2:24: field `date`: `2025-01-35` is no date; it is written YYYY-MM-DD, from 1900-01-01 to 2199-12-31)
"
    );
    assert!(outcome.out.contains(&expected), "{}\n{expected}", outcome.out);
    let french = compared("compare-both", OLD, &new, &[&more[..], &["--lang", "fr"]].concat());
    assert!(french.out.contains("\n  P-002 : retenu par les deux ("), "{}", french.out);
    assert!(french.out.contains(" ; le nouveau : "), "{}", french.out);
}

#[cfg(debug_assertions)]
#[test]
fn a_failure_on_one_case_loses_no_other() {
    let test = "compare-failure";
    let events = file(test, "events.ndjson", ending(1_200));
    let (old, new) =
        (file(test, "old.jalon", OLD), file(test, "new.jalon", OLD.replace("60 %", "70 %")));
    let failing = |case: &str, more: &[&str]| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_jalon"))
            .env("LC_ALL", "C")
            .args(["compare", &old, &new, "--events", &events, "--as-of", "2025-12-31"])
            .args(["--lang", "en", "--format", "json"])
            .args(more)
            .env("JALON_FAIL_ON", case)
            .output()
            .unwrap();
        let (out, err) = (output.stdout, output.stderr);
        let (out, err) = (String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap());
        Outcome { code: output.status.code().unwrap(), out, err }
    };
    let sound = json(&failing("none", &[]));
    for case in ["P-0", "P-700", "P-1199"] {
        for threads in ["1", "3"] {
            let outcome = failing(case, &["--threads", threads]);
            assert_eq!(outcome.code, 2, "{}", outcome.err);
            assert!(
                outcome.err.contains("failed on 1 of the withheld cases: please report this"),
                "{}",
                outcome.err
            );
            assert_eq!(decided(&outcome)[2], "schedules,portfolio,failure");
            let document = json(&outcome);
            let names = |list: &Value, but: &str| -> Vec<Value> {
                let cases = list.as_array().unwrap().iter().map(|one| one["case"].clone());
                cases.filter(|name| name != but).collect()
            };
            let portfolio = &document["portfolio"];
            assert_eq!(
                (&portfolio["failed_cases"], &portfolio["cases"]),
                (&1.into(), &1200.into())
            );
            assert_eq!(
                names(&portfolio["changed"], ""),
                names(&sound["portfolio"]["changed"], case)
            );
            let withheld = portfolio["withheld"].as_array().unwrap();
            let failed = withheld.iter().find(|one| one["case"] == case).unwrap();
            for side in ["old", "new"] {
                assert_eq!(
                    failed[side]["withheld"],
                    "the program failed on it; please report this"
                );
            }
        }
    }
}

#[test]
fn without_events_there_is_nothing_to_compare() {
    let events = file("compare-none", "events.ndjson", "");
    let outcome = compared("compare-none", OLD, OLD, &["--events", &events]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert_eq!(outcome.err, "no event: there is nothing to compare\n");
}
