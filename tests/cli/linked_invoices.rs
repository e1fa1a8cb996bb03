//! Invoices that moves, replacements, credit notes and withdrawals link, and steps that are given beside one another.

use crate::program::{Outcome, file, jalon};

/// What a command makes of these files on a day.
fn run(
    test: &str,
    command: &[&str],
    [follow_up, invoices, events]: [&str; 3],
    as_of: &str,
) -> Outcome {
    let follow_up = file(test, "follow.jalon", follow_up);
    let invoices = file(
        test,
        "invoices.csv",
        format!("invoice_id,case,payer,date,total,currency\n{invoices}"),
    );
    let events = file(test, "events.ndjson", events);
    let files = ["--follow-up", &follow_up, "--invoices", &invoices, "--events", &events];
    jalon(&[command, &files[..], &["--as-of", as_of]].concat())
}

/// The steps that a run gives: the invoice, the step and the day of each.
fn steps(outcome: &Outcome) -> Vec<String> {
    let line = |line: &str| -> String {
        let step: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = |field: &str| step[field].as_str().unwrap().to_owned();
        format!("{} {} {}", text("invoice_id"), text("step"), text("day"))
    };
    outcome.out.lines().map(line).collect()
}

#[test]
fn a_move_dated_before_its_invoice_counts_on_its_day() {
    let follow_up = "follow-up \"F\"\n  payment due 10 days\n  step \"R\": 5 days after due\n";
    let invoices = "A,c1,P,2025-02-25,10.00,EUR\nB,c2,Q,2025-02-20,5.00,EUR\n";
    let moved =
        r#"{"invoice_id":"A","date":"2025-02-23","kind":"moved","amount":"10.00","to":"B"}"#;
    let early = run(
        "linked-early",
        &["unpaid", "--format", "csv"],
        [follow_up, invoices, moved],
        "2025-02-24",
    );
    assert!(early.out.contains(",5.00,5.00,") && !early.out.contains("15.00"), "{}", early.out);
    let given = run("linked-early", &["follow"], [follow_up, invoices, moved], "2025-03-31");
    assert_eq!(steps(&given), ["B R 2025-03-12"]);
}

/// What was withdrawn never happened: the steps that fired before it count, too.
#[test]
fn a_follow_up_goes_on_where_what_was_moved_is_withdrawn() {
    let follow_up = "follow-up \"F\"\n  payment due 45 days\n  step \"S0\": 3 days after issued\n  \
         step \"S1\": each 7 days after step \"S0\", at most 3 times\n";
    let invoices = "i0,c0,A,2025-03-23,40.00,EUR\ni2,c1,A,2025-02-21,5.00,EUR\n";
    let events = "{\"invoice_id\":\"i2\",\"date\":\"2025-04-08\",\"kind\":\"moved\",\"amount\":\"5.00\",\"to\":\"i0\",\"id\":\"e\"}\n\
         {\"invoice_id\":\"i2\",\"date\":\"2025-04-13\",\"kind\":\"void\",\"ref\":\"e\"}\n";
    let given = run("linked-void", &["follow"], [follow_up, invoices, events], "2025-12-18");
    let of_the_first = |step: &String| step.starts_with("i0 S1");
    assert_eq!(steps(&given).into_iter().filter(of_the_first).count(), 3, "{}", given.out);
}

#[test]
fn a_faulty_move_or_replacement_withholds_what_it_names() {
    let follow_up = "follow-up \"F\"\n  payment due 10 days\n  step \"R\": 5 days after due\n";
    let invoices = "A,c1,P,2025-02-10,10.00,EUR\nB,c2,Q,2025-02-20,5.00,EUR\nC,c3,Q,2025-02-20,6.00,CHF\nD,c4,Q,2025-02-20,7.00,EUR\n";
    for event in [
        r#"{"invoice_id":"A","date":"2025-02-12","kind":"moved","amount":"0","to":"B"}"#,
        r#"{"invoice_id":"A","date":"2025-02-12","kind":"moved","to":"B"}"#,
        r#"{"invoice_id":"A","date":"soon","kind":"moved","amount":"1.00","to":"B"}"#,
        r#"{"invoice_id":"A","date":"2025-02-12","kind":"replaced","by":"C"}"#,
    ] {
        let given = run("linked-badly", &["follow"], [follow_up, invoices, event], "2025-03-31");
        let other = if event.contains("\"C\"") { "C" } else { "B" };
        assert_eq!(given.code, 1, "{event}");
        assert!(
            !steps(&given)
                .iter()
                .any(|step| step.starts_with(['A', other.chars().next().unwrap()])),
            "{event}"
        );
        assert!(steps(&given).contains(&"D R 2025-03-07".to_owned()), "{event}: {}", given.out);
        assert!(
            given.err.contains(&format!("invoice `{other}` is withheld")),
            "{event}: {}",
            given.err
        );
    }
}

/// What counts on a replaced invoice counts on the one that took its place, a credit note among it.
#[test]
fn a_credit_note_is_set_against_what_took_the_place_of_what_it_names() {
    let follow_up = "follow-up \"F\"\n  payment due 10 days\n  step \"R\": 5 days after due\n";
    let invoices = "invoice_id,case,payer,date,total,currency,credits\n\
         i1,c,P,2025-03-01,100.00,EUR,\ni3,c,P,2025-03-02,60.00,EUR,\ni6,c,P,2025-03-11,120.00,EUR,\nn,c,P,2025-03-12,-5.00,EUR,i1\n";
    let test = "linked-credit";
    let [follow_up, invoices] = [file(test, "f.jalon", follow_up), file(test, "i.csv", invoices)];
    let replaced = r#"{"invoice_id":"i1","date":"2025-03-11","kind":"replaced","by":"i6"}"#;
    let events = file(test, "e.ndjson", replaced);
    let files = ["--follow-up", &follow_up, "--invoices", &invoices, "--events", &events];
    let given = jalon(&[&["follow"], &files[..], &["--as-of", "2025-12-25"]].concat());
    let opens = |id: &str, open: &str| {
        given.out.lines().any(|line| {
            line.contains(&format!("\"invoice_id\":\"{id}\""))
                && line.contains(&format!("\"open\":\"{open}\""))
        })
    };
    assert!(opens("i3", "60.00") && opens("i6", "115.00"), "{}", given.out);
}

/// Where what was done is told, the dated step of an evening is one that may come with the step on its event: what is given
/// is what a replay of the same evening gives.
#[test]
fn a_dated_step_is_given_beside_a_step_on_an_event_as_in_a_replay() {
    let invoices = "A,c1,P,2025-01-10,10.00,EUR\n";
    let rejected = r#"{"invoice_id":"A","date":"2025-01-25","kind":"rejected"}"#;
    for (number, lines) in [
        "step \"Call\": on rejected or 5 days after due",
        "step \"To the lawyer\": on rejected, hands over\n  step \"Reminder\": 5 days after due",
        "step \"Reminder\": 5 days after due if step \"Told\" done\n  \
         step \"Other\": 5 days after due if not step \"Told\" done\n  step \"Told\": on rejected",
        "step \"Told\": on rejected\n  step \"Reminder\": 5 days after due",
    ]
    .into_iter()
    .enumerate()
    {
        let follow_up = format!("follow-up \"F\"\n  payment due 10 days\n  {lines}\n");
        let test = format!("linked-beside-{number}");
        let files = [follow_up.as_str(), invoices, rejected];
        let replayed = run(&test, &["follow"], files, "2025-01-25");
        let none = file(&test, "done.ndjson", "");
        let told = run(&test, &["follow", "--done", &none], files, "2025-01-25");
        assert_eq!(steps(&told), steps(&replayed), "{lines}");
        assert!(!steps(&told).is_empty(), "{lines}");
    }
}

/// Which time a step on an event is stays with it: of two that are asked for, the one that is done is the one that is told.
#[test]
fn of_two_steps_that_are_asked_for_the_other_stays() {
    let follow_up = "follow-up \"F\"\n  payment due 30 days\n  step \"Tell\": on rejected\n";
    let invoices = "A,c,P,2025-02-01,50.00,EUR\n";
    let rejected = |day: &str| {
        format!("{{\"invoice_id\":\"A\",\"date\":\"2025-02-{day}\",\"kind\":\"rejected\"}}\n")
    };
    let both = format!("{}{}", rejected("06"), rejected("10"));
    let test = "linked-two";
    let told = |events: &str, done: &str| {
        let done = file(test, "done.ndjson", done);
        run(test, &["follow", "--done", &done], [follow_up, invoices, events], "2025-02-12")
    };
    let given = told(&both, "");
    let lines: Vec<&str> = given.out.lines().collect();
    let [first, second] = lines.as_slice() else { panic!("{}", given.out) };
    for (done, left) in [(first, second), (second, first)] {
        assert_eq!(told(&both, done).out.trim_end(), *left);
        // A line that says no id is that of its day.
        let step: serde_json::Value = serde_json::from_str(done).unwrap();
        let plain = format!("{{\"invoice_id\":\"A\",\"step\":\"Tell\",\"day\":{}}}", step["day"]);
        assert_eq!(told(&both, &plain).out.trim_end(), *left);
    }
    assert_eq!(told(&both, &format!("{first}\n{second}")).out, "");
    // What stands there twice was done once.
    assert_eq!(told(&both, &format!("{first}\n{first}")).out.trim_end(), *second);
    // What is told late is one more, whatever its day: nothing is asked for under an id that was done.
    let one = told(&rejected("10"), "").out;
    let late = told(&both, &one).out;
    let id = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap()["id"].clone();
    assert!(late.lines().count() == 1 && id(&late) != id(&one), "{late}");
}

/// A sending that is withdrawn makes an earlier one the latest again: what was done for that one is not done twice.
#[test]
fn a_step_comes_once_for_each_sending() {
    let follow_up = "follow-up \"F\"\n  payment due 45 days\n  step \"Check\": 3 days after sent\n";
    let invoices = "A,c,P,2025-02-10,50.00,EUR\n";
    let sent = |day: &str, id: &str| {
        format!(
            "{{\"invoice_id\":\"A\",\"date\":\"2025-02-{day}\",\"kind\":\"sent\",\"id\":\"{id}\"}}\n"
        )
    };
    let void = "{\"invoice_id\":\"A\",\"date\":\"2025-02-25\",\"kind\":\"void\",\"ref\":\"b\"}\n";
    let events = [sent("10", "a"), sent("20", "b"), void.to_owned(), sent("26", "c")].concat();
    let given = run("linked-sent", &["follow"], [follow_up, invoices, &events], "2025-03-31");
    assert_eq!(steps(&given), ["A Check 2025-02-13", "A Check 2025-02-23", "A Check 2025-03-01"]);
}
