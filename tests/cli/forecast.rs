//! `jalon forecast` as its users meet it. (That its figures are right is a law, in `forecasts`.)

use crate::program::{self, file, jalon_with_input};
use serde_json::Value;

const SCHEDULE: &str = r#"
schedule "Training"
  price fixed 1500 EUR
  deposit     "Deposit": 30 % on signature
  installment "Half":    50 % on 3 months after start
  balance     "Rest":    remainder on end
  balance     "Left":    10 % on abandonment
"#;

fn forecast(test: &str, schedule: &str, events: &str, more: &[&str]) -> program::Outcome {
    let schedule = file(test, "schedule.jalon", schedule);
    let mut arguments = vec!["forecast", "--schedule", &schedule, "--events", "-", "--lang", "en"];
    arguments.extend(["--as-of", "2025-02-01"]);
    arguments.extend(more);
    jalon_with_input(&arguments, events)
}

#[test]
fn a_case_that_is_over_is_offered_neither_start_nor_signature() {
    let offered = |events: &str| -> Vec<String> {
        let outcome = forecast("forecast-over", SCHEDULE, events, &["--until", "2025-12-31"]);
        let value: Value = serde_json::from_str(&outcome.out).unwrap();
        let next = value["next"].as_array().unwrap();
        next.iter().map(|next| next["event"]["kind"].as_str().unwrap().to_owned()).collect()
    };
    let open = r#"{"case":"A","date":"2025-01-10","kind":"event","name":"call"}"#;
    assert_eq!(offered(open), ["signature", "start", "end", "abandonment"]);
    let stays_open = SCHEDULE.replace("10 % on abandonment", "10 % on abandonment, stays open");
    let over = r#"{"case":"A","date":"2025-01-10","kind":"abandonment"}"#;
    let outcome = forecast("forecast-over-open", &stays_open, over, &["--until", "2025-12-31"]);
    let value: Value = serde_json::from_str(&outcome.out).unwrap();
    assert_eq!(value["case"], "A", "it is not closed: {}", outcome.err);
    assert_eq!(value["next"], serde_json::json!([]));
}

#[test]
fn one_object_for_each_open_case() {
    let events = r#"
{"case":"A","date":"2025-01-10","kind":"start"}
{"case":"B","date":"2025-01-10","kind":"end"}
{"case":"A","date":"2025-03-01","kind":"abandonment"}
{"case":"C","date":"2025-02-30","kind":"start"}
"#;
    let outcome = forecast("forecast-ndjson", SCHEDULE, events, &["--until", "2025-12-31"]);
    assert_eq!(outcome.code, 1, "{}", outcome.err);
    assert!(
        outcome.err.contains("-:5:20: case C is withheld: field `date`: `2025-02-30` is no date"),
        "{}",
        outcome.err
    );
    assert!(outcome.err.contains("cases: 1 open, 1 closed, 1 withheld"), "{}", outcome.err);
    let value: Value = serde_json::from_str(&outcome.out).unwrap();
    assert_eq!(value["case"], "A");
    assert_eq!(value["by_itself"][0]["date"], "2025-04-10");
    assert_eq!(value["by_itself"][0]["amount"], "750.00");
    let next: Vec<(&str, &str)> = value["next"]
        .as_array()
        .unwrap()
        .iter()
        .map(|next| {
            let amount = next["lines"][0]["amount"].as_str().unwrap();
            (next["event"]["kind"].as_str().unwrap(), amount)
        })
        .collect();
    assert_eq!(next, [("signature", "450.00"), ("end", "1500.00"), ("abandonment", "150.00")]);
}

#[test]
fn days_and_hours_are_assumed_as_asked() {
    let schedule = r#"
schedule "Work"
  price per action, in EUR
    action "Session" hourly 70
    action "Review"  flat 300
  installment "Month": work on month end
  balance "Done": work on action "Review"
"#;
    let events = r#"{"case":"A","date":"2025-01-10","kind":"action","name":"Session","hours":2}"#;
    let more = ["--until", "2025-03-31", "--on", "2025-02-28", "--hours", "1.5"];
    let outcome = forecast("forecast-hours", schedule, events, &more);
    let value: Value = serde_json::from_str(&outcome.out).unwrap();
    assert_eq!((outcome.code, value["by_itself"].as_array().unwrap().len()), (0, 0));
    // The month's work has been billed; a session on the last day of the next one adds to it.
    assert_eq!(value["next"][0]["event"]["hours"], "1.5");
    assert_eq!(value["next"][0]["lines"][0]["amount"], "105.00");
    assert_eq!(value["next"][1]["event"].get("hours"), None);
    assert_eq!(value["next"][1]["lines"][0]["amount"], "300.00");
}

const MONTHLY: &str = r#"
schedule "Coaching"
  price hourly 70 EUR
  deposit "Advance": 100 EUR on signature
  installment "Monthly work": work on month end
  balance "Final": work on end
"#;

/// Kind, date, label and amount of the lines that an event would bill.
fn billed_on(forecast: &Value, kind: &str) -> Vec<[String; 4]> {
    let next = forecast["next"].as_array().unwrap();
    let event = next.iter().find(|next| next["event"]["kind"] == kind).unwrap();
    let text = |line: &Value, name: &str| line[name].as_str().unwrap().to_owned();
    let lines = event["lines"].as_array().unwrap().iter();
    lines.map(|line| ["kind", "date", "label", "amount"].map(|name| text(line, name))).collect()
}

#[test]
fn only_what_stands_at_the_as_of_date_is_credited() {
    let events = r#"{"case":"A","date":"2025-02-01","kind":"signature"}
{"case":"A","date":"2025-02-01","kind":"action","name":"S","hours":1}
"#;
    let run = |as_of: &str| {
        let until = ["--until", "2025-03-15", "--on", "2025-02-28", "--as-of"];
        let schedule = file("forecast-credits", "schedule.jalon", MONTHLY);
        let mut arguments = vec!["forecast", "--schedule", &schedule, "--events", "-"];
        arguments.extend(until.iter().chain(&[as_of]));
        let outcome = jalon_with_input(&arguments, events);
        serde_json::from_str::<Value>(&outcome.out).unwrap()
    };
    let line = |kind: &str, label: &str, amount: &str| {
        [kind, "2025-02-28", label, amount].map(str::to_owned)
    };
    let of_end = [line("balance", "Final", "70.00"), line("deduction", "Advance", "-100.00")];
    // The month's line comes at the end of that day: nobody has been sent it.
    let before = run("2025-02-27");
    assert_eq!(before["by_itself"][0]["amount"], "70.00");
    assert_eq!(billed_on(&before, "end"), of_end);
    let after = run("2025-02-28");
    assert_eq!(after["by_itself"].as_array().unwrap().len(), 0);
    let mut credited = vec![line("credit", "Monthly work", "-70.00")];
    credited.extend(of_end);
    assert_eq!(billed_on(&after, "end"), credited);
}

#[test]
fn an_opening_of_the_future_begins_nothing() {
    let schedule = r#"
schedule "Training"
  price fixed 1500 EUR
  deposit "Deposit": 30 % on start
  installment "Spring": 20 % on 2025-04-01
  balance "Rest": remainder on end
"#;
    let events = r#"{"case":"A","date":"2025-03-01","kind":"opened","schedule":"Training"}
{"case":"B","date":"2025-03-01","kind":"signature"}
{"case":"C","date":"2025-01-01","kind":"signature"}
"#;
    let more = ["--until", "2025-12-31", "--format", "json"];
    let outcome = forecast("forecast-ahead", schedule, events, &more);
    assert!(outcome.err.contains("cases: 3 open"), "{}", outcome.err);
    let cases: Value = serde_json::from_str(&outcome.out).unwrap();
    let count = |case: usize| cases[case]["by_itself"].as_array().unwrap().len();
    assert_eq!([count(0), count(1), count(2)], [0, 0, 1]);
    for case in 0..3 {
        assert_eq!(billed_on(&cases[case], "start")[0][3], "450.00");
    }
}

/// A French spreadsheet has as many rows and cells, French headings and words, and decimal commas.
fn same_in_french(csv: &str, french: &str) {
    let read = |text: &str, separator: u8| -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new();
        let mut reader =
            reader.has_headers(false).delimiter(separator).from_reader(text.as_bytes());
        let rows = reader.records().map(Result::unwrap);
        rows.map(|row| row.iter().map(str::to_owned).collect()).collect()
    };
    let (english, french) = (read(csv, b','), read(french.strip_prefix('\u{feff}').unwrap(), b';'));
    assert_eq!(french[0][..3], ["prévision", "date de l'événement", "nature de l'événement"]);
    assert_eq!(french.len(), english.len());
    let amount = english[0].iter().position(|heading| heading == "amount").unwrap();
    for (french, english) in french.iter().zip(&english).skip(1) {
        assert_eq!(french.len(), english.len());
        let comes = match english[0].as_str() {
            "by_itself" => "de lui-même",
            "next" => "si l'événement vient",
            "next_by_itself" => "puis de lui-même",
            other => other,
        };
        assert_eq!((french[0].as_str(), &french[1]), (comes, &english[1]));
        assert_eq!(french[amount], english[amount].replace('.', ","));
    }
}

#[test]
fn views_and_refusals() {
    let events = "{\"case\":\"A\",\"date\":\"2025-01-10\",\"kind\":\"start\"}\n";
    let until = ["--until", "2025-12-31"];
    let run =
        |more: &[&str]| forecast("forecast-views", SCHEDULE, events, &[&until[..], more].concat());
    let json: Value = serde_json::from_str(&run(&["--format", "json"]).out).unwrap();
    let ndjson: Value = serde_json::from_str(&run(&[]).out).unwrap();
    assert_eq!(json, Value::from(vec![ndjson]));
    let csv = run(&["--format", "csv"]).out;
    let french = run(&["--format", "csv-fr"]).out;
    same_in_french(&csv, &french);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let amount = reader.headers().unwrap().iter().position(|name| name == "amount").unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let rows: Vec<(&str, &str, &str)> =
        rows.iter().map(|row| (&row[0], &row[2], &row[amount])).collect();
    assert_eq!(
        rows,
        [
            ("by_itself", "", "750.00"),
            ("next", "signature", "450.00"),
            ("next", "end", "1500.00"),
            ("next", "abandonment", "150.00")
        ]
    );
    assert_eq!(run(&["--threads", "3"]).out, run(&["--threads", "1"]).out);
    assert_eq!(run(&["--case", "A"]).out, run(&[]).out);
    let unknown = run(&["--case", "B"]);
    assert!(unknown.code == 2 && unknown.err.contains("no case `B`"), "{}", unknown.err);
    assert!(!unknown.err.contains("did you mean"), "{}", unknown.err);
    let early = forecast("forecast-views", SCHEDULE, events, &["--until", "2025-01-31"]);
    assert!(early.code == 2 && early.err.contains("before the as-of date"), "{}", early.err);
    let unreadable = forecast("forecast-views", SCHEDULE, "{}\n", &until);
    assert_eq!((unreadable.code, unreadable.out.as_str()), (2, ""), "{}", unreadable.err);
    let none =
        forecast("forecast-views", SCHEDULE, "", &[&until[..], &["--format", "json"]].concat());
    assert!(none.code == 0 && none.err.contains("no event"), "{}", none.err);
    assert_eq!(serde_json::from_str::<Value>(&none.out).unwrap(), Value::Array(Vec::new()));
}

#[test]
fn a_table_is_written_as_its_readers_write() {
    let schedule = file("forecast-table", "schedule.jalon", SCHEDULE);
    let events = r#"{"case":"A","date":"2025-01-10","kind":"start"}"#;
    for (lang, by_itself, rest) in [
        ("en", ["2025-04-10", "750.00"], ["2025-02-03", "1 500.00"]),
        ("fr", ["10/04/2025", "750,00"], ["03/02/2025", "1 500,00"]),
    ] {
        let mut call = vec!["forecast", "--schedule", &schedule, "--events", "-", "--lang", lang];
        call.extend(["--as-of", "2025-02-01", "--until", "2025-12-31", "--on", "2025-02-03"]);
        call.extend(["--format", "table"]);
        let outcome = jalon_with_input(&call, events);
        for wanted in [by_itself, rest] {
            let row = |line: &&str| wanted.iter().all(|text| line.contains(text));
            assert!(outcome.out.lines().any(|line| row(&line)), "{wanted:?} {}", outcome.out);
        }
    }
}

#[test]
fn a_customer_who_has_just_signed_needs_no_event_file() {
    let schedule = file("newcomer", "schedule.jalon", SCHEDULE);
    let call = ["forecast", "--schedule", &schedule, "--signed", "2025-09-01", "--lang", "en"];
    let object = |more: &[&str]| -> Value {
        let outcome = program::jalon(&[&call[..], more].concat());
        assert_eq!((outcome.code, outcome.err.as_str()), (0, ""));
        serde_json::from_str(&outcome.out).unwrap()
    };
    let facts = |lines: &Value| -> Vec<(String, String)> {
        let text = |line: &Value, name: &str| line[name].as_str().unwrap().to_owned();
        let lines = lines.as_array().unwrap().iter();
        lines.map(|line| (text(line, "date"), text(line, "amount"))).collect()
    };
    let owned = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
        pairs.iter().map(|(date, sum)| ((*date).to_owned(), (*sum).to_owned())).collect()
    };
    let signed = object(&[]);
    assert_eq!((&signed["case"], &signed["until"]), (&"Training".into(), &"2030-09-01".into()));
    assert_eq!(facts(&signed["billed"]), owned(&[("2025-09-01", "450.00")]));
    assert_eq!(facts(&signed["by_itself"]), []);
    let started = object(&["--started", "2025-10-06"]);
    assert_eq!(facts(&started["billed"]), owned(&[("2025-09-01", "450.00")]));
    assert_eq!(facts(&started["by_itself"]), owned(&[("2026-01-06", "750.00")]));
    // The same as with events, and what stands.
    let events = "{\"case\":\"Training\",\"date\":\"2025-09-01\",\"kind\":\"signature\"}\n\
                  {\"case\":\"Training\",\"date\":\"2025-10-06\",\"kind\":\"start\"}\n";
    let call = ["forecast", "--schedule", &schedule, "--events", "-", "--until", "2030-10-06"];
    let outcome = jalon_with_input(&[&call[..], &["--as-of", "2025-10-06"]].concat(), events);
    let mut by_hand: Value = serde_json::from_str(&outcome.out).unwrap();
    by_hand["billed"] = started["billed"].clone();
    assert_eq!(by_hand, started);

    // What the schedule does not plan, the call does; without it, the reason is said.
    let planned = "schedule \"P\"\n  price fixed 1200 EUR\n  balance \"B\": pro rata duration on 6 months after start\n";
    let planned = file("newcomer", "planned.jalon", planned);
    let call = ["forecast", "--schedule", &planned, "--started", "2025-01-01", "--format", "table"];
    let withheld = program::jalon(&call);
    assert!(
        withheld.code == 1 && withheld.err.contains("such a customer is withheld"),
        "{}",
        withheld.err
    );
    let foreseen = program::jalon(&[&call[..], &["--planned-months", "12"]].concat());
    assert!(foreseen.code == 0 && foreseen.out.contains("598.36"), "{}", foreseen.out);
    for wrong in [
        &["forecast", "--schedule", &planned][..],
        &["forecast", "--schedule", &planned, "--signed", "2025-01-01", "--events", "-"],
        &["forecast", "--schedule", &planned, "--signed", "2025-01-01", "--planned-months", "0"],
        &["forecast", "--schedule", &planned, "--signed", "2025-01-01", "--until", "2024-12-31"],
        &["forecast", "--schedule", &planned, "--signed", "2025-01-01", "--case", "P"],
        &["forecast", "--schedule", &planned, "--started", "2025-01-01", "--as-of", "2025-02-01"],
    ] {
        assert_eq!(program::jalon(wrong).code, 2, "{wrong:?}");
    }
}

const OFF_PLAN: &str = r#"
schedule "Off plan"
  price fixed as agreed, in EUR, at least 1000 EUR
  may be suspended
  action "Survey" at cost
  installment "Foundations": up to 35 % on progress if progress >= 35 %
  installment "Roof": up to 70 % on progress if progress >= 70 %
  installment "Watch": 10 EUR each month after start, beside the price
  installment "Surveys": work on action "Survey"
  balance "Keys": remainder on end
"#;

const SUSPENDED: &str = r#"
{"case":"B","date":"2025-01-01","kind":"opened","schedule":"Off plan","price":"100000"}
{"case":"B","date":"2025-01-10","kind":"start"}
{"case":"B","date":"2025-01-15","kind":"progress","percent":40}
{"case":"B","date":"2025-01-20","kind":"suspension"}
"#;

/// The days and amounts of lines.
fn sums(lines: &Value) -> Vec<(&str, &str)> {
    let lines = lines.as_array().unwrap().iter();
    lines.map(|line| (line["date"].as_str().unwrap(), line["amount"].as_str().unwrap())).collect()
}

#[test]
fn progress_suspensions_and_amendments_are_foreseen_as_far_as_they_are_stated() {
    let until = ["--until", "2025-04-30"];
    let outcome = forecast("forecast-progress", OFF_PLAN, SUSPENDED, &until);
    let value: Value = serde_json::from_str(&outcome.out).unwrap();
    assert_eq!(value["suspended_since"], "2025-01-20");
    assert_eq!(value["by_itself"], serde_json::json!([]));
    assert_eq!(value["not_tried"], serde_json::json!(["amendment", "amount"]));
    let next = value["next"].as_array().unwrap();
    let tried: Vec<String> = next
        .iter()
        .map(|next| {
            let event = &next["event"];
            let percent = event["percent"].as_str().unwrap_or_default();
            format!("{} {percent}", event["kind"].as_str().unwrap()).trim().to_owned()
        })
        .collect();
    // What stands already is not tried: 40 % are certified.
    assert_eq!(tried, ["action", "progress 70", "progress 100", "resumption", "end"]);
    assert_eq!(sums(&next[1]["lines"]), [("2025-02-01", "35000.00")]);
    // Twelve days stood still.
    assert_eq!(sums(&next[3]["lines"]), []);
    assert_eq!(
        sums(&next[3]["by_itself"]),
        [("2025-02-22", "10.00"), ("2025-03-22", "10.00"), ("2025-04-22", "10.00")]
    );
    let stated =
        [&until[..], &["--progress", "80", "--amount", "84.50", "--amended", "price=200000"]]
            .concat();
    let outcome = forecast("forecast-stated", OFF_PLAN, SUSPENDED, &stated);
    let value: Value = serde_json::from_str(&outcome.out).unwrap();
    assert_eq!(value.get("not_tried"), None);
    let next = value["next"].as_array().unwrap();
    assert_eq!(next[0]["event"]["amount"], "84.5");
    assert_eq!(sums(&next[0]["lines"]), [("2025-02-01", "84.50")]);
    assert_eq!(next[1]["event"]["percent"], "80");
    assert_eq!(next[3]["event"]["price"], "200000");
    assert_eq!(next[3]["lines"], serde_json::json!([]));
    let table = [&until[..], &["--format", "table"]].concat();
    let outcome = forecast("forecast-progress-table", OFF_PLAN, SUSPENDED, &table);
    for told in [
        "suspended since",
        "on progress 70 %",
        "after resumption",
        "no amendment is tried: --amended states what it changes",
        "actions billed by their amount are tried without one: --amount states it",
    ] {
        assert!(outcome.out.contains(told), "{told}\n{}", outcome.out);
    }
    let csv = [&until[..], &["--format", "csv"]].concat();
    let outcome = forecast("forecast-progress-csv", OFF_PLAN, SUSPENDED, &csv);
    assert!(outcome.out.contains("\nnext,2025-02-01,progress,,,70,B,"), "{}", outcome.out);
    assert!(
        outcome.out.contains("\nnext_by_itself,2025-02-01,resumption,,,,B,"),
        "{}",
        outcome.out
    );
}

#[test]
fn a_newcomer_agrees_what_the_call_states() {
    let schedule = file("forecast-agreed", "schedule.jalon", OFF_PLAN);
    let run = |more: &[&str]| {
        let mut arguments = vec!["forecast", "--schedule", &schedule, "--lang", "en"];
        arguments.extend([
            "--signed",
            "2025-02-01",
            "--started",
            "2025-02-01",
            "--until",
            "2025-03-15",
        ]);
        arguments.extend(more);
        jalon_with_input(&arguments, "")
    };
    let without = run(&[]);
    assert_eq!((without.code, without.out.as_str()), (1, ""), "{}", without.err);
    let outcome = run(&["--agreed", "price=1800"]);
    let value: Value = serde_json::from_str(&outcome.out).unwrap();
    assert_eq!(sums(&value["by_itself"]), [("2025-03-01", "10.00")]);
    let keys = value["next"].as_array().unwrap().last().unwrap();
    assert_eq!(sums(&keys["lines"]), [("2025-02-01", "1800.00")]);
    for stated in ["prix=1800", "Prix=1800,00", "price=1 800,00"] {
        assert_eq!(run(&["--agreed", stated]).out, outcome.out, "{stated}");
    }
    for (stated, told) in [
        ("tax=20", "--agreed: `tax` is no term; the terms are `price`, `rate`"),
        ("price=1,500", "--agreed: field `price`: `1,500` can be read in two ways"),
        ("price", "--agreed: `price` states no term"),
        ("price=many", "--agreed: field `price`"),
    ] {
        let outcome = run(&["--agreed", stated]);
        assert_eq!(outcome.code, 2);
        assert!(outcome.err.contains(told), "{}", outcome.err);
    }
}

/// From its deadline on a line before a planned day is looked at after each event: what its condition asks for is offered.
#[test]
fn what_a_deadline_before_a_planned_day_asks_for_is_offered() {
    let schedule = "schedule \"S\"\n  price fixed 1000 EUR\n  deposit \"D\": 300 EUR 1 month before planned start if signed\n  \
         balance \"End\": remainder on end or abandonment\n";
    let events = "{\"case\":\"C\",\"date\":\"2025-01-10\",\"kind\":\"opened\",\"schedule\":\"S\",\"planned_start\":\"2025-02-20\"}\n";
    let outcome = forecast("forecast-before", schedule, events, &["--until", "2025-12-31"]);
    let value: Value = serde_json::from_str(&outcome.out).unwrap();
    let next = value["next"].as_array().unwrap();
    let signed =
        next.iter().find(|next| next["event"]["kind"] == "signature").expect("a signature");
    assert_eq!(signed["lines"][0]["amount"], "300.00");
}
