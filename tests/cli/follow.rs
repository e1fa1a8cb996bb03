//! `jalon follow` and `jalon unpaid`, called as users call them, and what other commands say of follow-ups.

use crate::program::{file, jalon, read};
use serde_json::Value;

const FOLLOW_UP: &str = "follow-up \"Patients\" for payer \"Patient\"\n  payment due 30 days\n  \
     step \"Reminder\": 8 days after due if open >= 5 EUR\n  step \"Pay back\": on overpaid\n";
const INVOICES: &str = "invoice_id,number,case,payer,date,total,currency\n\
     a,F-1,D-1,Patient,2025-01-10,100.00,EUR\nb,F-2,D-2,Patient,2025-01-10,80.00,EUR\n";

/// Runs a command on these files, with what follows.
fn run(test: &str, command: &str, events: &str, more: &[&str]) -> crate::program::Outcome {
    let follow_up = file(test, "follow.jalon", FOLLOW_UP);
    let invoices = file(test, "invoices.csv", INVOICES);
    let events = file(test, "events.ndjson", events);
    let mut call = vec![command, "--follow-up", &follow_up, "--invoices", &invoices];
    call.extend(["--events", &events, "--as-of", "2025-02-28"]);
    call.extend(more);
    jalon(&call)
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn steps_are_given_with_an_id_that_no_day_changes() {
    let paid = r#"{"invoice_id":"b","date":"2025-02-01","kind":"payment","amount":"80.00"}"#;
    let outcome = run("follow-steps", "follow", paid, &[]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let [step] = lines(&outcome.out).try_into().expect("one step");
    assert_eq!((&step["invoice_id"], &step["step"]), (&"a".into(), &"Reminder".into()));
    assert_eq!((&step["day"], &step["open"]), (&"2025-02-17".into(), &"100.00".into()));
    // What was done is read from what was given; a later run gives nothing twice.
    let done = file("follow-steps", "done.ndjson", &outcome.out);
    let again = run("follow-steps", "follow", paid, &["--done", &done]);
    assert_eq!((again.code, again.out.as_str()), (0, ""));
    let none = file("follow-steps", "none.ndjson", "");
    let late = run("follow-steps", "follow", paid, &["--done", &none]);
    let [late] = lines(&late.out).try_into().expect("one step");
    assert_eq!((&late["day"], &late["id"]), (&"2025-02-28".into(), &step["id"]));
}

#[test]
fn what_is_withheld_or_unknown_is_told_and_ends_with_code_1() {
    let events = "{\"invoice_id\":\"a\",\"date\":\"2025-02-01\",\"kind\":\"payment\",\"amount\":\"five\"}\n\
         {\"invoice_id\":\"x\",\"date\":\"2025-02-01\",\"kind\":\"payment\",\"amount\":\"12.50\"}\n\
         {\"invoice_id\":\"x\",\"date\":\"2025-02-02\",\"kind\":\"payment\",\"amount\":\"7.50\"}\n\
         {\"invoice_id\":\"b\",\"date\":\"2025-03-02\",\"kind\":\"payment\",\"amount\":\"80.00\"}";
    let outcome = run("follow-withheld", "unpaid", events, &["--format", "json"]);
    assert_eq!(outcome.code, 1);
    let told: Vec<&str> = outcome.err.lines().collect();
    assert!(told[0].ends_with("events.ndjson:1: invoice `a` is withheld: `amount`: `five` is no amount: it is written \"100.00\""), "{told:?}");
    assert_eq!(told[1], "2 events name an unknown invoice, `x`: `payment` 20.00");
    assert_eq!(told[2], "events dated after 2025-02-28, which do not count: 1");
    let [row] = lines(&outcome.out).try_into().expect("one row");
    assert_eq!((&row["case"], &row["open"]), (&"D-2".into(), &"80.00".into()));
    let french = run("follow-withheld", "unpaid", events, &["--lang", "fr"]);
    assert!(
        french.err.contains("la facture `a` est retenue : `amount` : `five` n'est pas un montant")
    );
    assert!(
        french.out.contains("Factures retenues, comptées dans aucune somme : 1"),
        "{}",
        french.out
    );
}

#[test]
fn a_line_that_names_no_invoice_stops_everything() {
    for line in ["{\"date\":\"2025-02-01\",\"kind\":\"received\"}", "received", "[1]"] {
        let outcome = run("follow-nameless", "follow", line, &[]);
        assert_eq!((outcome.code, outcome.out.as_str()), (2, ""), "{line}");
        assert!(outcome.err.contains("nothing was done"), "{}", outcome.err);
    }
    let parquet = run("follow-nameless", "follow", "", &["--done", "x.parquet"]);
    assert_eq!(parquet.code, 2);
}

#[test]
fn rows_are_filtered_and_summed_up() {
    let events = r#"{"invoice_id":"b","date":"2025-02-01","kind":"payment","amount":"90.00"}"#;
    let count = |more: &[&str]| {
        let mut all = vec!["--format", "csv"];
        all.extend(more);
        run("follow-filters", "unpaid", events, &all).out.lines().count() - 1
    };
    assert_eq!(count(&[]), 2);
    for (filter, rows) in [
        (["--payer", "Patient"], 2),
        (["--payer", "Fund"], 0),
        (["--number", "F-2"], 1),
        (["--at-least", "50"], 1),
        (["--past-due", "1"], 1),
        (["--dated-from", "2025-01-11"], 0),
        (["--dated-until", "2025-01-10"], 2),
        (["--state", "not-received"], 1),
        (["--state", "disputed"], 0),
    ] {
        assert_eq!(count(&filter), rows, "{filter:?}");
    }
    let table = run("follow-filters", "unpaid", events, &[]).out;
    assert!(
        table.contains("Open in all: 90.00 EUR") && table.contains("overpaid: -10.00 EUR"),
        "{table}"
    );
}

#[test]
fn scenarios_of_follow_ups_are_run_and_filled_in() {
    let scenario = "\nscenario \"late\"\n  invoice of 100 EUR dated 2025-01-10\n  until 2025-03-01\n  expect nothing\n";
    let path = file("follow-bless", "follow.jalon", format!("{FOLLOW_UP}{scenario}"));
    let failed = jalon(&["test", &path]);
    assert_eq!(failed.code, 1);
    assert!(failed.out.contains("+ 2025-02-17  Reminder"), "{}", failed.out);
    assert_eq!(jalon(&["test", "--bless", &path]).code, 0);
    assert!(read(&path).contains("  expect 2025-02-17 step \"Reminder\"\n"));
    assert_eq!(jalon(&["test", &path]).code, 0);
    let json: Value =
        serde_json::from_str(&jalon(&["test", "--format", "json", &path]).out).unwrap();
    assert_eq!(
        (&json["passed"], &json["scenarios"][0]["follow_up"]),
        (&1.into(), &"Patients".into())
    );
    assert!(jalon(&["test", "--format", "junit", &path]).out.contains("classname=\"Patients\""));
}

#[test]
fn what_is_not_there_yet_is_said() {
    let path = file("follow-not-there", "follow.jalon", FOLLOW_UP);
    let verified = jalon(&["verify", &path]);
    assert!(verified.err.contains("nothing is proved of follow-up `Patients`"), "{}", verified.err);
    assert_eq!(jalon(&["verify", "--require-proof", &path]).code, 1);
    let compiled = jalon(&["compile", &path, "-o", "-"]);
    assert_eq!((compiled.code, compiled.out.as_str()), (2, ""));
    let schedules = file(
        "follow-not-there",
        "s.jalon",
        "schedule \"S\"\n  price fixed 1 EUR\n  balance \"B\": 100 % on end\n",
    );
    let invoices = file("follow-not-there", "i.csv", INVOICES);
    let none = jalon(&["unpaid", "--follow-up", &schedules, "--invoices", &invoices]);
    assert_eq!(none.code, 2);
    assert!(none.err.contains("the files hold no follow-up"), "{}", none.err);
}

#[test]
fn the_follow_ups_that_are_given_have_no_warning_and_their_scenarios_pass() {
    let checked = jalon(&["check", "--deny", "warnings", "schedules/follow-up"]);
    assert_eq!(
        (checked.code, checked.out.as_str()),
        (0, "4 fichiers : 0 erreur, 0 avertissement\n")
    );
    let tested = jalon(&["test", "schedules/follow-up"]);
    assert!(tested.code == 0 && tested.out.ends_with("réussis : 24, échoués : 0\n"));
    assert_eq!(jalon(&["fmt", "--check", "schedules/follow-up"]).code, 0);
}
