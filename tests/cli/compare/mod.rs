//! `jalon compare` as a user runs it: what it prints, its JSON, its exit codes.

mod portfolio;

use crate::program::{self, file, jalon};
use serde_json::Value;

const OLD: &str = "schedule \"Training\"
  price fixed 1500 EUR
  deposit \"Deposit\":  25 % on start
  balance \"Balance\": 100 % on end
  balance \"Early\":   30 % on abandonment if duration < 4 months
  balance \"Late\":    60 % on abandonment if duration >= 4 months
";

const WORK: &str = "schedule \"Work\"
  price per action, in EUR
    action \"A\" hourly 40
    action \"B\" hourly 30
  balance \"End\": work on end
";

fn compared(test: &str, old: &str, new: &str, more: &[&str]) -> program::Outcome {
    let (old, new) = (file(test, "old.jalon", old), file(test, "new.jalon", new));
    let mut arguments = vec!["compare", &old, &new];
    arguments.extend(more);
    jalon(&arguments)
}

fn json(outcome: &program::Outcome) -> Value {
    serde_json::from_str(&outcome.out).unwrap_or_else(|error| panic!("{error}: {}", outcome.out))
}

#[test]
fn the_same_file_in_other_words_is_equivalent() {
    let french = jalon::syntax::format(OLD, Some(jalon::Lang::Fr)).unwrap();
    let outcome = compared("compare-words", OLD, &french, &["--lang", "en"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert_eq!(outcome.out, "✓ Training: equivalent; the two say the same\n");
    let mut lines: Vec<&str> = OLD.lines().collect();
    lines.swap(2, 5);
    let turned = format!("# another comment\n{}\n", lines.join("\n\n"));
    let outcome = compared("compare-order", OLD, &turned, &["--format", "json"]);
    assert_eq!(outcome.code, 0, "{}", outcome.out);
    assert_eq!(json(&outcome)["verdict"], "equivalent");
}

#[test]
fn what_only_a_search_can_prove_is_proved() {
    let split = OLD.replace(
        "  balance \"Late\":    60 % on abandonment if duration >= 4 months\n",
        "  balance \"Late\":    60 % on abandonment if not duration < 4 months and started\n",
    );
    let outcome = compared("compare-search", OLD, &split, &[]);
    assert_eq!(outcome.code, 0, "{}", outcome.out);
    assert!(outcome.out.starts_with("✓ Training: equivalent, proved over every possible case ("));
}

#[test]
fn a_changed_window_is_named_with_both_sums_and_a_case() {
    let new = OLD.replace("60 %", "50 %");
    let outcome = compared("compare-window", OLD, &new, &[]);
    assert_eq!(outcome.code, 1);
    let expected = "✗ Training: different
  start: same
  end: same
  abandonment before 4 months: same
  abandonment from 4 months on: bills less: 750.00 EUR instead of 900.00 EUR
    the smallest case that shows it: 2 events
         2025-01-15    2025-05-15
         ●─────────────●─────────────▶
         start         abandonment
    old  + 375.00      + 525.00      total 900.00 EUR
    new  + 375.00      + 375.00      total 750.00 EUR
";
    assert_eq!(outcome.out, expected);
    let french = compared("compare-window", OLD, &new, &["--lang", "fr"]);
    assert!(
        french.out.contains(
            "abandon à partir de 4 mois : facture moins : 750,00 EUR au lieu de 900,00 EUR"
        )
    );
    assert!(french.out.contains("nouveau  + 375,00"), "{}", french.out);
}

#[test]
fn json_has_the_verdict_the_windows_and_the_example() {
    let new = OLD.replace("60 %", "70 %");
    let outcome = compared("compare-json", OLD, &new, &["--format", "json"]);
    assert_eq!(outcome.code, 1);
    let document = json(&outcome);
    assert_eq!(document["verdict"], "different");
    let windows = document["schedules"][0]["windows"].as_array().unwrap();
    let changed: Vec<&Value> = windows.iter().filter(|window| window["change"] != "same").collect();
    let [window] = changed.as_slice() else { panic!("{changed:#?}") };
    assert_eq!(window["change"], "more");
    assert_eq!(window["proved"], true);
    assert_eq!(window["trigger"]["kind"], "abandonment");
    assert_eq!(window["window"], "abandonment from 4 months on");
    let example = &window["example"];
    assert_eq!(example["shortest"], true);
    assert_eq!(example["events"][1]["kind"], "abandonment");
    assert_eq!(example["old"]["amount"], "900.00");
    assert_eq!(example["new"]["amount"], "1050.00");
    assert_eq!(example["new"]["invoice_lines"][1]["label"], "Late");
}

#[test]
fn a_deposit_and_a_part_come_to_the_same_money() {
    let old = "schedule \"Training\"
  price fixed 1500 EUR
  deposit \"First\":  25 % on start
  balance \"Rest\": 100 % on end
";
    let new = old.replace("deposit", "installment").replace("100 %", "75 %");
    assert_eq!(compared("compare-money", old, &new, &[]).code, 1);
    // A case that ends without ever having started has no deposit: the sums differ there alone.
    let money = compared("compare-money", old, &new, &["--money"]);
    assert_eq!(money.code, 1);
    assert!(money.out.contains("end before the start: bills less: 1 125.00 EUR"), "{}", money.out);
    assert!(money.out.ends_with("`--started` looks at all others\n"), "{}", money.out);
    assert!(money.out.contains("end after the start: same"), "{}", money.out);
    let started = compared("compare-money", old, &new, &["--money", "--started"]);
    assert_eq!(started.code, 0, "{}", started.out);
    assert!(started.out.contains("equivalent, proved"), "{}", started.out);
}

#[test]
fn a_label_is_a_difference_in_lines_and_none_in_money() {
    let new = OLD.replace("\"Late\"", "\"Later\"");
    let lines = compared("compare-label", OLD, &new, &[]);
    assert_eq!(lines.code, 1);
    assert!(lines.out.contains("other lines, the same sum of 900.00 EUR"), "{}", lines.out);
    assert!(lines.out.contains("    new: balance \"Later\" 900.00\n"), "{}", lines.out);
    let money = compared("compare-label", OLD, &new, &["--money", "--format", "json"]);
    assert_eq!((money.code, &json(&money)["schedules"][0]["same_text"]), (0, &Value::from(false)));
    let same = compared("compare-label", OLD, OLD, &["--money", "--format", "json"]);
    assert_eq!(json(&same)["schedules"][0]["same_text"], true);
}

#[test]
fn the_name_of_the_schedule_stands_on_lines() {
    let new = OLD.replace("\"Training\"", "\"Training 2026\"");
    let lines = compared("compare-name", OLD, &new, &[]);
    assert_eq!(lines.code, 1);
    assert_eq!(
        lines.out,
        "✗ Training: different\n  the name, which stands on every line: `Training 2026` instead of `Training`\n"
    );
    assert_eq!(compared("compare-name", OLD, &new, &["--money"]).code, 0);
}

#[test]
fn what_cannot_be_compared_is_said() {
    let dinars = OLD.replace("EUR", "TND");
    let outcome = compared("compare-currency", OLD, &dinars, &[]);
    assert_eq!(outcome.code, 1);
    assert!(outcome.out.contains(
        "not comparable\n  they cannot be compared: the old one bills in EUR, the new one in TND\n"
    ));
    let group = OLD.replace("  price", "  billed per group\n  price");
    let outcome = compared("compare-unit", OLD, &group, &["--format", "json"]);
    assert_eq!((outcome.code, &json(&outcome)["verdict"]), (1, &Value::from("incomparable")));
}

#[test]
fn actions_that_only_one_version_takes_are_named() {
    let new = WORK.replace("    action \"B\" hourly 30\n", "");
    let outcome = compared("compare-action", WORK, &new, &[]);
    assert_eq!(outcome.code, 1);
    assert!(
        outcome
            .out
            .contains("the new one withholds every case with action `B`, which it does not list"),
        "{}",
        outcome.out
    );
    let dearer = WORK.replace("hourly 30", "hourly 31");
    let outcome = compared("compare-rate", WORK, &dearer, &["--format", "json"]);
    let document = json(&outcome);
    let windows = document["schedules"][0]["windows"].as_array().unwrap();
    let changes: Vec<&str> =
        windows.iter().filter_map(|window| window["change"].as_str()).collect();
    assert_eq!(changes, ["same", "more"]);
    assert_eq!(windows[1]["window"], "end after the start");
}

#[test]
fn schedules_are_matched_by_name() {
    let other = OLD.replace("\"Training\"", "\"Other\"");
    let both = format!("{OLD}\n{other}");
    let outcome = compared("compare-gone", &both, OLD, &[]);
    assert_eq!(
        (outcome.code, outcome.out.contains("✗ Other: gone\n")),
        (1, true),
        "{}",
        outcome.out
    );
    let outcome = compared("compare-added", OLD, &both, &[]);
    assert_eq!(
        (outcome.code, outcome.out.contains("✗ Other: new\n")),
        (1, true),
        "{}",
        outcome.out
    );
}

#[test]
fn windows_are_told_apart_however_many_there_are() {
    let window = |number: u32, share: u32| {
        let (from, under) = (2 * number, 2 * number + 1);
        format!(
            "  balance \"{number}\": {share} % on abandonment if hours >= {from} and hours < {under}\n"
        )
    };
    let head = "schedule \"Long\"\n  price fixed 1500 EUR\n  balance \"End\": 100 % on end\n";
    let old: String = (1..=40).map(|number| window(number, number)).collect();
    let new: String =
        (1..=40).map(|number| window(number, if number == 33 { 50 } else { number })).collect();
    let (old, new) = (format!("{head}{old}"), format!("{head}{new}"));
    let outcome = compared("compare-many", &old, &new, &[]);
    assert_eq!(outcome.code, 1, "{}", outcome.err);
    let windows: Vec<&str> =
        outcome.out.lines().filter(|line| line.starts_with("  abandonment")).collect();
    assert_eq!(
        windows,
        [
            "  abandonment, under 66 hours: same",
            "  abandonment after the start, from 66 hours to under 67 hours: bills more: 750.00 EUR instead of 495.00 EUR",
            "  abandonment after the start, at least 67 hours: same",
        ],
        "{}",
        outcome.out
    );
}

#[test]
fn a_search_that_is_cut_short_proves_nothing() {
    let odd = OLD.replace("if duration < 4 months", "if duration < 4 months and started");
    let outcome = compared("compare-budget", OLD, &odd, &["--budget", "3"]);
    assert_eq!(outcome.code, 1);
    assert!(
        outcome.out.starts_with("? Training: no difference was found, and it is not proved"),
        "{}",
        outcome.out
    );
    let why = "\n  why: a case can come to more situations than the 3 that are looked at";
    assert!(outcome.out.contains(why), "{}", outcome.out);
    assert_eq!(compared("compare-budget", OLD, &odd, &[]).code, 0);
}

/// A schedule that no search covers.
fn parts(percent: &str, more: &str) -> String {
    format!(
        "schedule \"Course\"\n  price fixed 900 EUR\n  deposit \"Deposit\": {percent} % on signature\n  \
         installment \"Part\": 60 % in 6 parts each month from start{more}\n  balance \"End\": remainder on end\n  \
         balance \"Left\": up to 30 % on abandonment\n"
    )
}

/// Where no search covers a schedule, single cases are tried, and that none differs says nothing.
#[test]
fn versions_that_no_search_covers_are_tried_on_single_cases() {
    let outcome = compared("compare-lives", &parts("10", ""), &parts("15", ""), &[]);
    let head = "✗ Course: different\n  not everything is known: no proof covers";
    assert!(outcome.code == 1 && outcome.out.starts_with(head), "{}", outcome.out);
    for told in [
        "\n  a single case shows it, on 2025-01-05: 135.00 EUR instead of 90.00 EUR\n",
        "\n    old: deposit \"Deposit\" 90.00\n    new: deposit \"Deposit\" 135.00\n",
    ] {
        assert!(outcome.out.contains(told), "{told}\n{}", outcome.out);
    }
    let json = compared("compare-lives", &parts("10", ""), &parts("15", ""), &["--format", "json"]);
    let value: Value = serde_json::from_str(&json.out).unwrap();
    let lives = &value["schedules"][0]["lives"];
    assert_eq!(lives["example"]["new"]["invoice_lines"][0]["amount"], "135.00", "{lives}");
    assert_eq!(lives["example"]["events"].as_array().unwrap().len(), 1);
    // No life has a visit sixty times.
    let odd = parts("10", " if not action \"Visit\" done at least 60 times");
    let outcome = compared("compare-no-life", &parts("10", ""), &odd, &[]);
    let head =
        "? Course: no difference was found, and it is not proved that there is none\n  why: ";
    assert!(outcome.code == 1 && outcome.out.starts_with(head), "{}", outcome.out);
    assert!(outcome.out.contains(" single cases tried: both bill the same\n"), "{}", outcome.out);
    let french = compared("compare-no-life", &parts("10", ""), &odd, &["--lang", "fr"]);
    assert!(
        french.out.contains(" dossiers isolés essayés : les deux facturent la même chose\n"),
        "{}",
        french.out
    );
    // The same in other words is the same, whatever it uses.
    let outcome = compared("compare-words", &parts("10", ""), &parts("10.0", "  # a comment"), &[]);
    assert_eq!(
        (outcome.code, outcome.out.as_str()),
        (0, "✓ Course: equivalent; the two say the same\n")
    );
}

/// A sum that is the same in all may be another to each payer.
#[test]
fn payers_are_told_apart_where_only_money_counts() {
    let of = |share: &str| {
        format!(
            "schedule \"Care\"\n  price monthly 100 EUR\n  payer \"Fund\": {share} %\n  payer \"Family\": remainder\n  \
             installment \"Month\": price each month end, pro rata\n  balance \"Closed\": nothing on end or abandonment\n"
        )
    };
    let outcome = compared("compare-payers", &of("60"), &of("70"), &["--money"]);
    assert!(outcome.code == 1 && outcome.out.starts_with("✗ Care: different\n"), "{}", outcome.out);
    assert!(outcome.out.contains("other lines, the same sum of"), "{}", outcome.out);
    assert!(outcome.out.contains("(Fund)"), "{}", outcome.out);
}

#[test]
fn an_equivalence_says_of_which_cases_it_speaks() {
    let parts = |first: &str| {
        format!(
            "schedule \"Coaching\"\n  price hourly 50 EUR\n  planned 10 hours\n{first}  balance \"End\": remainder on end\n"
        )
    };
    let old = parts("  installment \"Start\": 30 % on start\n");
    let new = parts("  installment \"One\": 15 % on start\n  installment \"Two\": 15 % on start\n");
    let outcome = compared("compare-own-hours", &old, &new, &["--money"]);
    let said = "✓ Coaching: equivalent, proved over every possible case that states no planned hours of its own (";
    assert!(outcome.out.starts_with(said), "{}", outcome.out);
    let outcome = compared("compare-own-hours", &old, &new, &["--money", "--format", "json"]);
    assert!(outcome.out.contains("\"planned_hours\": \"10\""), "{}", outcome.out);
}

#[test]
fn what_a_case_plans_is_told_where_the_schedules_do_not_say_it() {
    let of = |share: u32| {
        format!(
            "schedule \"Training\"\n  price fixed 1000 EUR\n  balance \"End\": 100 % on end if attendance >= {share} %\n"
        )
    };
    let outcome = compared("compare-open-hours", &of(50), &of(60), &[]);
    assert!(outcome.out.contains("\n    (this case plans 100 hours)\n"), "{}", outcome.out);
}

#[test]
fn a_wrong_call_or_file_ends_with_2() {
    assert_eq!(jalon(&["compare"]).code, 2);
    assert_eq!(compared("compare-wrong", OLD, "schedule \"Training\"\n", &[]).code, 2);
    assert_eq!(compared("compare-wrong", OLD, OLD, &["--as-of", "2025-12-31"]).code, 2);
    assert_eq!(compared("compare-wrong", OLD, OLD, &["--events", "no-such-file"]).code, 2);
    let events = file("compare-wrong", "events.ndjson", "{\"case\":\n");
    let unreadable = compared("compare-wrong", OLD, OLD, &["--events", &events]);
    assert_eq!((unreadable.code, unreadable.out.as_str()), (2, ""));
    let offered = "any case: nothing is billed (--skip-unreadable goes on without it)\n";
    assert!(unreadable.err.ends_with(offered), "{}", unreadable.err);
}

/// What nothing compares is said: that two versions bill the same says nothing of what is done about invoices.
#[test]
fn follow_ups_that_ask_something_else_are_named() {
    let schedule = "schedule \"S\"\n  price fixed 100 EUR\n  balance \"B\": 100 % on end\n\n";
    let follow_up = |days: u32| {
        format!(
            "{schedule}follow-up \"F\"\n  payment due 30 days\n  step \"Reminder\": {days} days after due\n"
        )
    };
    let old = file("compare-follow-ups", "old.jalon", follow_up(8));
    let moved = file("compare-follow-ups", "moved.jalon", format!("# A remark.\n{}", follow_up(8)));
    let new = file("compare-follow-ups", "new.jalon", follow_up(9));
    let none = file("compare-follow-ups", "none.jalon", schedule);
    for (new, named) in [(&new, true), (&none, true), (&moved, false)] {
        let told = jalon(&["compare", &old, new]);
        assert_eq!(told.code, 0, "{}", told.err);
        let says = "Follow-ups are not compared, and do not ask the same in both versions: `F`\n";
        assert_eq!(told.out.contains(says), named, "{}", told.out);
        let json = jalon(&["compare", &old, new, "--format", "json"]).out;
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(json["follow_ups_not_compared"].as_array().unwrap().len(), usize::from(named));
    }
}
