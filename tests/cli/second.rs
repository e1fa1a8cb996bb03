//! What a user does with schedules of terms that cases agree: scenarios, and event files of them in either form.

use crate::program::{Outcome, file, jalon, root};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt::Write;

const FOLDER: &str = "tests/cases/second";

/// The columns of an event, and what stands in a cell of one: text as it is, shares as their JSON.
fn csv(events: &[Value]) -> String {
    let mut names: Vec<&String> = Vec::new();
    for event in events {
        for name in event.as_object().unwrap().keys() {
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    let mut text = names.iter().map(|name| name.as_str()).collect::<Vec<_>>().join(",");
    for event in events {
        let cells = names.iter().map(|name| match &event[name.as_str()] {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            other => format!("\"{}\"", other.to_string().replace('"', "\"\"")),
        });
        write!(text, "\n{}", cells.collect::<Vec<_>>().join(",")).unwrap();
    }
    text + "\n"
}

#[test]
fn their_scenarios_pass() {
    let outcome = jalon(&["test", FOLDER]);
    assert_eq!(outcome.code, 0, "{}{}", outcome.out, outcome.err);
    assert!(outcome.out.ends_with("9 passed, 0 failed\n"), "{}", outcome.out);
}

/// The events of all cases that say which schedule is theirs, as one file may hold them.
fn events() -> (Vec<Value>, usize, usize) {
    let histories = std::fs::read_to_string(root().join(FOLDER).join("histories.ndjson")).unwrap();
    let (mut events, mut cases, mut withheld) = (Vec::new(), 0, 0);
    for line in histories.lines() {
        let history: Value = serde_json::from_str(line).unwrap();
        let of = history["events"].as_array().unwrap();
        if !of.iter().any(|event| event["kind"] == "opened") {
            continue;
        }
        cases += 1;
        withheld += usize::from(history.get("withheld").is_some());
        for event in of {
            let mut event = event.clone();
            event["case"] = history["case"].clone();
            events.push(event);
        }
    }
    assert!(cases > 30 && withheld > 0, "{cases} cases, {withheld} withheld");
    (events, cases, withheld)
}

/// Event lines of them all.
fn lines(events: &[Value]) -> String {
    events.iter().map(|event| format!("{event}\n")).collect()
}

fn run(events: &str, as_of: &str, more: &[&str]) -> Outcome {
    let call = ["run", "--schedule", FOLDER, "--events", events, "--as-of", as_of];
    jalon(&[&call[..], more].concat())
}

/// One call for all cases: each on its schedule, and on the version that holds for it.
#[test]
fn event_lines_and_csv_say_the_same() {
    let (events, cases, withheld) = events();
    let ndjson = file("forms", "events.ndjson", lines(&events));
    let csv = file("forms", "events.csv", csv(&events));
    let (read, tabled) = (run(&ndjson, "2026-12-31", &[]), run(&csv, "2026-12-31", &[]));
    assert_eq!(read.code, 1, "{}", read.err);
    let counted = format!("cases: {} billed, {withheld} withheld", cases - withheld);
    assert!(read.err.contains(&counted), "{counted}: {}", read.err);
    // Put away and brought back, events say all that they said.
    let away = run(&ndjson, "2026-12-31", &["--memory", "1kB"]);
    assert_eq!((&away.out, &away.err), (&read.out, &read.err));
    assert!(read.out.lines().count() > 100, "{}", read.out);
    assert_eq!((read.code, &read.out), (tabled.code, &tabled.out), "{}", tabled.err);
}

/// What was issued on an earlier day, in either form, is known again, and nothing of it is credited.
#[test]
fn issued_lines_are_known_again() {
    let events = file("issued", "events.ndjson", lines(&events().0));
    let whole = run(&events, "2026-12-31", &[]).out;
    let mut whole: Vec<&str> = whole.lines().collect();
    whole.sort_unstable();
    for as_of in ["2024-12-31", "2025-04-10", "2026-12-31"] {
        let issued = run(&events, as_of, &[]).out;
        for form in ["ndjson", "csv", "csv-fr", "csv-exact"] {
            let written = run(&events, as_of, &["--format", form]).out;
            let path = file("issued", &format!("{as_of}.{form}"), written);
            let new = run(&events, "2026-12-31", &["--issued", &path]);
            let mut all: Vec<&str> = issued.lines().chain(new.out.lines()).collect();
            all.sort_unstable();
            let number = |line: &&str| {
                let mut line: Value = serde_json::from_str(line).unwrap();
                line.as_object_mut().unwrap().remove("invoice");
                line.to_string()
            };
            let of = |lines: &[&str]| lines.iter().map(number).collect::<BTreeSet<_>>();
            assert_eq!(all.len(), whole.len(), "{as_of} {form}: {}", new.err);
            assert_eq!(of(&all), of(&whole), "{as_of} {form}");
        }
    }
}

/// What a command does not speak of yet, it says; it never shows half.
#[test]
fn commands_that_do_not_speak_of_them_say_so() {
    let schedule = &format!("{FOLDER}/camp.jalon");
    for (lang, says) in [("en", "not all is proved of"), ("fr", "tout n'est pas prouvé de")] {
        let checked = jalon(&["check", schedule, "--lang", lang]);
        // Two of its balances hold at one moment in some case: that much is seen.
        let overlap = if lang == "en" { "error[overlap]" } else { "erreur[chevauchement]" };
        let told = checked.out.contains(says) && checked.out.contains(overlap);
        assert!(checked.code == 1 && told, "{}{}", checked.out, checked.err);
    }
    for call in [
        &["show", schedule, "--situations", "--date", "2025-01-01"][..],
        &["test", schedule, "--coverage"],
        &["test", schedule, "--generate"],
    ] {
        for (lang, says) in [("en", "`jalon run` and `jalon test` bill it"), ("fr", "le facturent")]
        {
            let told = jalon(&[call, &["--lang", lang]].concat());
            assert_eq!((told.code, told.out.as_str()), (2, ""), "{call:?}: {}", told.err);
            assert!(told.err.contains(says), "{call:?}: {}", told.err);
        }
    }
}

/// What a line says of the days after it holds whatever comes later.
#[test]
fn a_later_suspension_does_not_change_a_line_that_has_come() {
    let schedule = file(
        "second-days",
        "s.jalon",
        "schedule \"Visits\"\n  price fixed 1978.63 EUR\n  may be suspended\n  \
         installment \"Visit\": 100 EUR every 17 days from start\n  balance \"Closing\": nothing on abandonment\n",
    );
    let events = file(
        "second-days",
        "e.ndjson",
        "{\"case\":\"C\",\"date\":\"2025-05-05\",\"kind\":\"start\"}\n\
         {\"case\":\"C\",\"date\":\"2025-05-25\",\"kind\":\"suspension\"}\n\
         {\"case\":\"C\",\"date\":\"2025-06-04\",\"kind\":\"resumption\"}\n",
    );
    let billed = |as_of: &str| {
        jalon(&["run", "--schedule", &schedule, "--events", &events, "--as-of", as_of]).out
    };
    let early = billed("2025-05-24");
    assert!(early.contains("\"service_to\":\"2025-06-07\""), "{early}");
    for later in ["2025-05-25", "2025-06-04", "2025-06-30"] {
        assert!(billed(later).starts_with(&early), "{later}");
    }
}

/// A case that starts while it is suspended is billed its first month for the days that this day can know of.
#[test]
fn a_line_of_a_suspended_start_says_the_same_days_whenever_the_case_goes_on() {
    let schedule = file(
        "second-suspended-start",
        "s.jalon",
        "schedule \"Club\"\n  price monthly 35 EUR\n  may be suspended\n  \
         installment \"Month\": price each month from start\n  balance \"Out\": nothing on end or abandonment\n",
    );
    let start = "{\"case\":\"C\",\"date\":\"2025-01-01\",\"kind\":\"suspension\"}\n\
         {\"case\":\"C\",\"date\":\"2025-01-01\",\"kind\":\"start\"}\n";
    let goes_on = "{\"case\":\"C\",\"date\":\"2025-01-20\",\"kind\":\"resumption\"}\n";
    let billed = |events: &str, more: &[&str]| {
        let events = file("second-suspended-start", "e.ndjson", events);
        let call = ["run", "--schedule", &schedule, "--events", &events, "--as-of", "2025-01-31"];
        let outcome = jalon(&[&call[..], more].concat());
        assert_eq!(outcome.code, 0, "{}", outcome.err);
        outcome.out
    };
    let early = billed(start, &[]);
    assert!(
        early.contains("\"service_from\":\"2025-01-01\",\"service_to\":\"2025-01-31\""),
        "{early}"
    );
    assert_eq!(billed(&format!("{start}{goes_on}"), &[]), early);
    let issued = file("second-suspended-start", "issued.ndjson", &early);
    assert_eq!(billed(&format!("{start}{goes_on}"), &["--issued", &issued]), "");
}

/// A rate that each case agrees is needed where a line bills by it, and not before.
#[test]
fn a_rate_is_asked_for_where_a_line_bills_by_it() {
    let test = "second-rates";
    let schedule = |lines: &str| {
        format!("schedule \"S\"\n  price hourly as agreed, in EUR\n  planned 10 hours\n  {lines}\n")
    };
    let visit = "{\"case\":\"C\",\"date\":\"2025-01-02\",\"kind\":\"action\",\"name\":\"Visit\",\"hours\":1}\n";
    let later = "{\"case\":\"C\",\"date\":\"2025-01-03\",\"kind\":\"amendment\",\"rate\":\"70\"}\n";
    let end = "{\"case\":\"C\",\"date\":\"2025-02-09\",\"kind\":\"end\"}\n";
    for (lines, events, bills) in [
        ("balance \"Out\": 100 EUR on end", format!("{visit}{end}"), Some("100.00")),
        ("balance \"Out\": remainder on end", format!("{visit}{later}{end}"), Some("700.00")),
        ("balance \"Out\": work on end", format!("{visit}{later}{end}"), None),
        ("balance \"Out\": work on end", format!("{later}{end}"), Some("")),
    ] {
        let schedule = file(test, "s.jalon", schedule(lines));
        let events = file(test, "e.ndjson", &events);
        let outcome =
            jalon(&["run", "--schedule", &schedule, "--events", &events, "--as-of", "2025-03-01"]);
        match bills {
            Some(amount) => {
                assert_eq!(outcome.code, 0, "{}", outcome.err);
                assert!(outcome.out.contains(amount), "{}", outcome.out);
            }
            None => {
                assert_eq!(outcome.code, 1, "{}", outcome.out);
                assert!(
                    outcome.err.contains("withheld") && outcome.err.contains("rate"),
                    "{}",
                    outcome.err
                );
            }
        }
    }
}

/// What adds less than a cent is work on its line: its day is one of the days of the service.
#[test]
fn days_of_work_by_action_are_those_of_all_its_entries() {
    let test = "second-small-work";
    let schedule = file(
        test,
        "s.jalon",
        "schedule \"S\"\n  price per action, in EUR\n  action \"Word\" 0.004 per \"word\"\n  \
         balance \"Out\": work by action on end\n",
    );
    let word = |day: &str, count: u32| {
        format!(
            "{{\"case\":\"C\",\"date\":\"2025-01-{day}\",\"kind\":\"action\",\"name\":\"Word\",\"quantity\":{count}}}\n"
        )
    };
    let end = "{\"case\":\"C\",\"date\":\"2025-01-10\",\"kind\":\"end\"}\n";
    let events = [word("01", 1), word("02", 1), word("09", 500), end.to_owned()].concat();
    let events = file(test, "e.ndjson", &events);
    let outcome =
        jalon(&["run", "--schedule", &schedule, "--events", &events, "--as-of", "2025-03-01"]);
    for part in [
        "\"quantity\":\"502\"",
        "\"amount\":\"2.01\"",
        "\"service_from\":\"2025-01-01\",\"service_to\":\"2025-01-09\"",
    ] {
        assert!(outcome.out.contains(part), "{part}: {}", outcome.out);
    }
}

/// Under a fixed price an action may have a rate of its own, which `work` bills.
#[test]
fn an_action_has_a_rate_of_its_own_under_a_fixed_price() {
    let schedule = file(
        "second-own-rate",
        "s.jalon",
        "schedule \"Plan\"\n  price fixed 500 EUR\n    action \"Visit\" flat 216.10\n  \
         installment \"Work\": work on month end\n  balance \"Closing\": remainder on end\n\n\
         scenario \"one visit\"\n  2025-01-10 start\n  2025-01-15 action \"Visit\"\n  2025-02-10 end\n  \
         expect 2025-01-31 \"Work\" 216.10\n  expect 2025-02-10 \"Closing\" 500.00\n",
    );
    let told = jalon(&["test", &schedule]);
    assert_eq!(told.code, 0, "{}{}", told.out, told.err);
}

/// Work by action tells actions apart, also where the schedule lists none.
#[test]
fn actions_that_no_list_names_are_lines_of_their_own() {
    let schedule = file(
        "second-strangers",
        "s.jalon",
        "schedule \"Hours\"\n  price hourly 41 EUR\n  balance \"Closing\": work by action on end\n\n\
         scenario \"two kinds\"\n  2025-01-10 action \"Visit\" 2 hours\n  \
         2025-01-11 action \"Lesson\" 6.8 hours\n  2025-01-12 action \"Visit\" 1 hour\n  2025-02-10 end\n  \
         expect 2025-02-10 \"Visit\" 123.00\n  expect 2025-02-10 \"Lesson\" 278.80\n",
    );
    let told = jalon(&["test", &schedule]);
    assert_eq!(told.code, 0, "{}{}", told.out, told.err);
}

/// The schedules that stand beside those of the guide: checked, laid out, their scenarios pass, nothing refuted, half of
/// them in each vocabulary.
#[test]
fn the_schedules_of_other_trades_are_sound() {
    let folders = ["formation", "services", "abonnements", "travaux", "evenements", "sante"];
    let folders: Vec<String> = folders.iter().map(|name| format!("schedules/{name}")).collect();
    let folders: Vec<&str> = folders.iter().map(String::as_str).collect();
    let call = |first: &[&str]| jalon(&[first, &folders[..]].concat());
    let checked = call(&["check", "--deny", "warnings"]);
    assert_eq!(checked.code, 0, "{}", checked.out);
    let laid_out = call(&["fmt", "--check"]);
    assert_eq!((laid_out.code, laid_out.out.as_str()), (0, ""), "{}", laid_out.err);
    let verified = call(&["verify", "--format", "short"]);
    let found = ["error[", "erreur[", "warning[", "avertissement["];
    assert_eq!(verified.code, 0, "{}", verified.out);
    assert!(!found.iter().any(|found| verified.out.contains(found)), "{}", verified.out);
    let tested = call(&["test"]);
    assert_eq!(tested.code, 0, "{}", tested.out);
    let mut french = 0;
    let mut all = 0;
    for folder in &folders {
        for entry in std::fs::read_dir(root().join(folder)).unwrap() {
            let source = std::fs::read_to_string(entry.unwrap().path()).unwrap();
            french += usize::from(source.contains("échéancier \""));
            all += 1;
            let scenarios =
                source.matches("\nscenario ").count() + source.matches("\nscénario ").count();
            assert!(scenarios >= 2, "{source}");
        }
    }
    assert!(all >= 19 && french.abs_diff(all - french) <= 1, "{french} of {all}");
}

/// What an amendment states wrongly is told where the amendment stands.
#[test]
fn an_amendment_at_fault_is_named_by_its_line() {
    let schedule = file(
        "second-amendment",
        "s.jalon",
        "schedule \"S\"\n  price fixed as agreed, in EUR, at least 100 EUR\n  balance \"B\": remainder on end\n",
    );
    let events = |last: &str| {
        let text = format!(
            "{{\"case\":\"C\",\"date\":\"2025-01-01\",\"kind\":\"opened\",\"schedule\":\"S\",\"price\":\"500\"}}\n\
             {{\"case\":\"C\",\"date\":\"2025-03-01\",\"kind\":\"end\"}}\n\
             {{\"case\":\"C\",\"date\":\"2025-03-05\",\"kind\":\"amendment\",\"price\":\"400\"}}\n{last}"
        );
        file("second-amendment", "e.ndjson", text)
    };
    let amendment = |price: &str| {
        format!(
            "{{\"case\":\"C\",\"date\":\"2025-03-05\",\"kind\":\"amendment\",\"price\":\"{price}\"}}\n"
        )
    };
    for (price, why) in [("50", "outside the bounds"), ("450", "differently")] {
        let events = events(&amendment(price));
        let told =
            jalon(&["run", "--schedule", &schedule, "--events", &events, "--as-of", "2025-12-31"]);
        let said = format!("{}{}", told.out, told.err);
        assert_eq!(told.code, 1, "{said}");
        assert!(said.contains("e.ndjson:4:1") && said.contains(why), "{said}");
    }
}

/// What is wrong with an event is told as it is: any term would do for an amendment, and no mark parts thousands.
#[test]
fn events_at_fault_are_told_what_would_be_right() {
    let schedule = file(
        "second-events",
        "s.jalon",
        "schedule \"S\"\n  price fixed as agreed, in EUR\n  balance \"B\": remainder on end\n",
    );
    let told = |events: &str| {
        let events = file("second-events", "e.csv", events);
        let told =
            jalon(&["run", "--schedule", &schedule, "--events", &events, "--as-of", "2025-12-31"]);
        assert_eq!(told.code, 1, "{}{}", told.out, told.err);
        format!("{}{}", told.out, told.err)
    };
    let said = told("case,date,kind\nC,2025-01-01,amendment\n");
    assert!(said.contains("states at least one of `price`, `rate`"), "{said}");
    let said = told("case;date;kind;schedule;price\nC;2025-01-01;opened;S;1.800,00\n");
    assert!(said.contains("thousands are set apart neither"), "{said}");
}

/// Two firings of one day are two lines, whoever pays their parts.
#[test]
fn what_payers_pay_of_one_amount_is_one_line_of_a_scenario() {
    let source = "schedule \"S\"\n  price fixed 100 EUR\n  payer \"A\": 50 %\n  payer \"B\": remainder\n  \
         installment \"L\": 10 EUR each action \"x\", beside the price\n  balance \"E\": remainder on end\n\n\
         scenario \"two\"\n  2025-01-01 action \"x\"\n  2025-01-01 action \"x\"\n  ";
    for (expected, code) in [
        (&["\"L\" 10.00", "\"L\" 10.00"][..], 0),
        (&["\"L\" 20.00"], 1),
        (
            &[
                "\"L\" 5.00 from \"A\"",
                "\"L\" 5.00 from \"B\"",
                "\"L\" 5.00 from \"A\"",
                "\"L\" 5.00 from \"B\"",
            ],
            0,
        ),
    ] {
        let lines = expected.iter().map(|line| format!("expect 2025-01-01 {line}\n  "));
        let text = format!("{source}{}", lines.collect::<String>());
        let path = file("scenario-payers", "s.jalon", &text);
        let outcome = jalon(&["test", &path]);
        assert_eq!(outcome.code, code, "{expected:?}: {}{}", outcome.out, outcome.err);
    }
}

/// Case, day, label, payer and amount of each line that is billed.
fn billed(test: &str, schedule: &str, events: &str, more: &[&str]) -> Vec<String> {
    let schedule = file(test, "s.jalon", schedule);
    let events = file(test, "e.ndjson", events);
    let call = ["run", "--schedule", &schedule, "--events", &events, "--as-of", "2025-03-01"];
    let outcome = jalon(&[&call[..], more].concat());
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let line = |line: &str| {
        let line: Value = serde_json::from_str(line).unwrap();
        let text = |field: &str| line[field].as_str().unwrap_or_default().to_owned();
        ["date", "label", "payer", "amount"].map(text).join(" ")
    };
    outcome.out.lines().map(line).collect()
}

/// A deposit below zero changes no deposit that loses nothing, and leaves none where it ends them all.
#[test]
fn a_deposit_below_zero_touches_only_what_it_takes_from() {
    let schedule = "schedule \"S\"\n  price fixed as agreed, in EUR\n  payer \"P\": 33.33 %\n  payer \"Z\": remainder\n  \
         deposit \"A\": 100 EUR on signature\n  deposit \"B\": 10 % on start\n  deposit \"C\": 10 % on event \"More\"\n  \
         balance \"Draw\": 1 EUR each event \"Draw\", stays open\n  balance \"End\": remainder on end\n";
    let event =
        |day: u32, rest: &str| format!("{{\"case\":\"C\",\"date\":\"2025-01-0{day}\",{rest}}}\n");
    let draw = "\"kind\":\"event\",\"name\":\"Draw\"";
    let falls = [
        event(4, "\"kind\":\"amendment\",\"price\":\"400\""),
        event(5, "\"kind\":\"event\",\"name\":\"More\""),
    ];
    let begin = [
        event(1, "\"kind\":\"opened\",\"schedule\":\"S\",\"price\":\"1000\""),
        event(1, "\"kind\":\"signature\""),
        event(2, draw),
        event(3, "\"kind\":\"start\""),
    ];
    let drawn = |events: &[String]| -> Vec<String> {
        let lines =
            billed("second-falls", schedule, &[events, &[event(6, draw)]].concat().concat(), &[]);
        lines.into_iter().filter(|line| line.starts_with("2025-01-06 A ")).collect()
    };
    let plain = ["2025-01-06 A P -0.34", "2025-01-06 A Z -0.66"];
    assert_eq!(drawn(&begin), plain);
    assert_eq!(drawn(&[&begin[..], &falls].concat()), plain);

    let schedule = "schedule \"S\"\n  price fixed 100 EUR\n  payer \"P\": 10 EUR\n  payer \"Z\": remainder\n  \
         deposit \"D\": progress each progress\n  installment \"I\": 20 EUR on event \"More\"\n  balance \"End\": nothing on end\n";
    let progress =
        |day, percent: u32| event(day, &format!("\"kind\":\"progress\",\"percent\":{percent}"));
    let events = [
        progress(1, 8),
        event(2, "\"kind\":\"event\",\"name\":\"More\""),
        progress(3, 3),
        progress(4, 0),
        event(5, "\"kind\":\"end\""),
    ];
    let lines = billed("second-ended", schedule, &events.concat(), &[]);
    assert!(lines.contains(&"2025-01-04 D P -8.00".to_owned()), "{lines:?}");
    assert!(!lines.iter().any(|line| line.starts_with("2025-01-05")), "{lines:?}");
}

/// A deadline before a planned day is none of the events of its day, after which it is looked at.
#[test]
fn a_deadline_before_a_planned_day_bears_no_events_name() {
    let schedule = "schedule \"S\"\n  price fixed 1000 EUR\n  installment \"D\": 300 EUR 15 days before planned start\n  \
         balance \"End\": remainder on end or abandonment\n";
    let opened = "{\"case\":\"C\",\"date\":\"2025-01-10\",\"kind\":\"opened\",\"schedule\":\"S\",\"planned_start\":\"2025-02-01\"}\n";
    let late = "{\"case\":\"C\",\"date\":\"2025-01-17\",\"kind\":\"event\",\"name\":\"Other\",\"id\":\"e\"}\n";
    let test = "second-before";
    let [s, e] = [file(test, "s.jalon", schedule), file(test, "e.ndjson", opened)];
    let issued = jalon(&["run", "--schedule", &s, "--events", &e, "--as-of", "2025-03-01"]).out;
    assert!(issued.contains("300.00") && !issued.contains("Other"), "{issued}");
    let issued = file(test, "issued.ndjson", issued);
    let again = billed(test, schedule, &format!("{opened}{late}"), &["--issued", &issued]);
    assert!(again.is_empty(), "{again:?}");
}

/// A sum that is too large is told to be that, whatever its decimals; what ends first is what a line bills at.
#[test]
fn a_sum_beyond_all_measure_and_a_first_period_are_told_truly() {
    let test = "second-true-words";
    let schedule = "schedule \"S\"\n  price per action, in EUR\n  action \"C\" at cost\n  balance \"E\": work on end\n";
    let event = "{\"case\":\"a\",\"date\":\"2025-01-10\",\"kind\":\"action\",\"name\":\"C\",\"amount\":\"10000000000001.00\"}\n";
    let [s, e] = [file(test, "s.jalon", schedule), file(test, "e.ndjson", event)];
    let outcome = jalon(&["run", "--schedule", &s, "--events", &e, "--as-of", "2025-03-01"]);
    assert!(
        outcome.err.contains("`10000000000001.00` is not from 0.01 to 10000000000000"),
        "{}",
        outcome.err
    );
    let schedule = "schedule \"S\"\n  price monthly 9 EUR\n  installment \"I\": 9 EUR on year end or on quarter end\n  \
         balance \"E\": nothing on end or abandonment\n";
    let outcome = jalon(&["check", &file(test, "once.jalon", schedule)]);
    assert!(outcome.out.contains("at the first quarter end"), "{}", outcome.out);
}
