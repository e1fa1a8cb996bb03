//! What `jalon follow` gives and explains, and what is written beside follow-ups.

use super::{FOLLOW_UP, INVOICES, lines, run};
use crate::program::{file, jalon, read};
use serde_json::Value;

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
fn a_line_that_names_no_invoice_stops_everything() {
    for line in ["{\"date\":\"2025-02-01\",\"kind\":\"received\"}", "received", "[1]"] {
        let outcome = run("follow-nameless", "follow", line, &[]);
        assert_eq!((outcome.code, outcome.out.as_str()), (2, ""), "{line}");
        assert!(outcome.err.contains("nothing was done"), "{}", outcome.err);
    }
    let parquet = run("follow-nameless", "follow", "", &["--done", "x.parquet"]);
    assert_eq!(parquet.code, 2);
}

/// Why a step fired, and what each of the others waits for.
#[test]
fn one_invoice_is_explained() {
    let follow_up = "follow-up \"F\"\n  payment due 30 days\n  step \"Check\": 3 days after sent if not received\n  \
         step \"Reminder\": 8 days after due if open >= 50 EUR\n  step \"Notice\": 15 days after step \"Reminder\"\n  \
         step \"Late\": 8 days after due if not received\n  step \"Pay back\": on overpaid\n";
    let follow_up = file("follow-explain", "f.jalon", follow_up);
    let invoices = file("follow-explain", "i.csv", INVOICES);
    let events = "invoice_id,date,kind,amount,until\na,2025-01-10,sent,,\na,2025-02-20,payment,60.00,\n\
         a,2025-02-21,promised,,2025-03-10\nb,2025-01-11,received,,\nb,2025-01-12,payment,45.00,\n";
    let events = file("follow-explain", "e.csv", events);
    let call = |more: &[&str]| {
        let call =
            ["follow", "--follow-up", &follow_up, "--invoices", &invoices, "--events", &events];
        jalon(&[&call[..], &["--as-of", "2025-02-28"], more].concat())
    };
    let told = call(&["--explain", "F-1"]).out;
    let expected = "\
Invoice F-1 (a), case D-1, payer Patient
Follow-up \"F\", due on 2025-02-09

2025-01-10  issued: 100.00 EUR (open that evening: 100.00 EUR)
2025-01-10  sent (open that evening: 100.00 EUR)
2025-01-13    step \"Check\": 3 days after sent
2025-02-17    step \"Late\": 8 days after due
2025-02-17    step \"Reminder\" is passed over: \"Late\" stands below it
2025-02-20  paid 60.00 EUR (open that evening: 40.00 EUR)
2025-02-21  promised until 2025-03-10 (open that evening: 40.00 EUR)

On 2025-02-28:
  held: payment is promised until 2025-03-10
  \"Check\": 3 days after sent: no more, it was done or passed over; `not received` does not hold
  \"Reminder\": 8 days after due: no more, it was done or passed over; `open >= 50.00 EUR` does not hold: 40.00 EUR is open
  \"Notice\": 15 days after step \"Reminder\": there is no day of step \"Reminder\" yet
  \"Late\": 8 days after due: no more, it was done or passed over; `not received` does not hold
  \"Pay back\": on overpaid: each time
";
    assert_eq!(told, expected);
    let french = call(&["--explain", "b", "--lang", "fr"]).out;
    assert!(
        french.contains("`restant dû >= 50,00 EUR` n'est pas vrai : il reste dû 35,00 EUR"),
        "{french}"
    );
    let json: Value =
        serde_json::from_str(&call(&["--explain", "a", "--format", "json"]).out).unwrap();
    assert_eq!((&json["open"], &json["held"][0]), (&"40.00".into(), &"promised".into()));
    assert_eq!(json["moments"][4]["passed_by"], Value::from("Late"));
    let none = call(&["--explain", "F-11"]);
    assert!(none.code == 2 && none.err.contains("did you mean `F-1`?"), "{}", none.err);
}

/// Lists are in the order of what people call invoices; what is true or false has French words in a French sheet, which is
/// read again as what was done; a credit note is due on no day.
#[test]
fn lists_are_in_the_order_of_numbers_and_french_sheets_in_french() {
    let follow_up = file("follow-order", "follow.jalon", FOLLOW_UP);
    let invoices = "invoice_id,number,case,payer,date,total,currency\n\
         a,F-2,D-1,Patient,2025-01-10,100.00,EUR\nz,F-1,D-2,Patient,2025-01-10,80.00,EUR\n\
         m,F-3,D-3,Patient,2025-01-10,-5.00,EUR\n";
    let invoices = file("follow-order", "invoices.csv", invoices);
    let call = |command: &'static str, more: &[&str]| {
        let call = [command, "--follow-up", &follow_up, "--invoices", &invoices];
        jalon(&[&call[..], &["--as-of", "2025-02-28"], more].concat())
    };
    let steps = call("follow", &["--format", "csv-fr"]);
    let numbers: Vec<Vec<&str>> =
        steps.out.lines().skip(1).map(|row| row.split(';').collect()).collect();
    assert_eq!(numbers.len(), 2, "{}", steps.out);
    assert_eq!((numbers[0][1], numbers[1][1], numbers[0][9]), ("F-1", "F-2", "non"));
    let done = file("follow-order", "done.csv", &steps.out);
    let again = call("follow", &["--done", &done]);
    assert_eq!((again.code, again.out.as_str()), (0, ""), "{}", again.err);
    let journal = call("journal", &["--format", "csv-fr"]).out;
    let rows: Vec<Vec<&str>> =
        journal.lines().skip(1).map(|row| row.split(';').collect()).collect();
    let told = |row: &Vec<&str>| [row[1], row[9], row[11], row[16]].map(str::to_owned);
    assert_eq!(
        rows.iter().map(told).collect::<Vec<_>>(),
        [
            ["F-1", "non", "2025-02-09", "non"],
            ["F-2", "non", "2025-02-09", "non"],
            ["F-3", "non", "", "non"]
        ]
    );
}

#[test]
fn scenarios_of_follow_ups_are_run_and_filled_in() {
    let scenario = "\nscenario \"late\"\n  invoice of 100 EUR dated 2025-01-10\n  until 2025-03-01\n  expect nothing\n";
    let path = file("follow-bless", "follow.jalon", format!("{FOLLOW_UP}{scenario}"));
    let failed = jalon(&["test", &path]);
    assert_eq!(failed.code, 1);
    assert!(failed.out.contains("+ 2025-02-17  Reminder"), "{}", failed.out);
    let told = jalon(&["test", "--bless", "--lang", "fr", &path]);
    assert_eq!(told.code, 0);
    let replaced = "late\n  - expect nothing\n  + expect 2025-02-17 step \"Reminder\"\nscénarios réécrits : 1\n";
    assert_eq!(told.out, format!("{path} : {replaced}"));
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
fn the_follow_ups_that_are_given_have_no_warning_and_their_scenarios_pass() {
    let checked = jalon(&["check", "--deny", "warnings", "schedules/follow-up"]);
    assert_eq!(
        (checked.code, checked.out.as_str()),
        (0, "4 fichiers : 0 erreur, 0 avertissement\n")
    );
    let tested = jalon(&["test", "schedules/follow-up"]);
    assert!(tested.code == 0 && tested.out.ends_with("réussis : 24, échoués : 0\n"));
    let proved = jalon(&["verify", "--require-proof", "schedules/follow-up"]);
    assert_eq!(proved.code, 0, "{}", proved.out);
    assert_eq!(jalon(&["fmt", "--check", "schedules/follow-up"]).code, 0);
}

#[test]
fn files_without_a_follow_up_are_refused() {
    let schedule = "schedule \"S\"\n  price fixed 1 EUR\n  balance \"B\": 100 % on end\n";
    let schedules = file("follow-none", "s.jalon", schedule);
    let invoices = file("follow-none", "i.csv", INVOICES);
    let none = jalon(&["unpaid", "--follow-up", &schedules, "--invoices", &invoices]);
    assert_eq!(none.code, 2);
    assert!(none.err.contains("the files hold no follow-up"), "{}", none.err);
}

/// A step that comes again is looked at from the day on which its latest time came, whatever the day of the question.
#[test]
fn a_repeating_step_says_since_when_it_is_looked_at() {
    let follow_up = "follow-up \"F\"\n  payment due 30 days\n  step \"Reminder\": each 10 days after due if open >= 500 EUR\n  \
         step \"Letter\": each 1 month after issued if not received\n";
    let follow_up = file("follow-since", "f.jalon", follow_up);
    let invoices = file("follow-since", "i.csv", INVOICES);
    let told = |day: &str, lang: &str| {
        let call = ["follow", "--follow-up", &follow_up, "--invoices", &invoices];
        jalon(&[&call[..], &["--as-of", day, "--explain", "F-1", "--lang", lang]].concat()).out
    };
    // Due on 2025-02-09: its second time came on 2025-03-01, its third comes on 2025-03-11.
    for day in ["2025-03-01", "2025-03-04", "2025-03-10"] {
        let english = told(day, "en");
        assert!(english.contains("looked at each evening since 2025-03-01;"), "{english}");
    }
    let french = told("2025-03-11", "fr");
    assert!(french.contains("examinée chaque soir depuis le 11/03/2025 ;"), "{french}");
    // What was done waits for its next time.
    let done = told("2025-03-04", "en");
    assert!(done.contains("each 1 month after issued: from 2025-03-10 on\n"), "{done}");
}
