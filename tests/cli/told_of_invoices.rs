//! What is said of invoices beside the lists: of those that a row hides, and of steps done of nothing that is known.

use crate::program::{Outcome, file, jalon};

const FOLLOW_UP: &str =
    "follow-up \"F\"\n  payment due 30 days\n  step \"Reminder\": 8 days after due\n";

/// A command on these invoices, a CSV without its first line, with what follows.
fn run(test: &str, command: &str, invoices: &str, more: &[&str]) -> Outcome {
    let follow_up = file(test, "follow.jalon", FOLLOW_UP);
    let header = "invoice_id,number,case,payer,date,total,currency";
    let invoices = file(test, "invoices.csv", format!("{header}\n{invoices}\n"));
    let files = [command, "--follow-up", &follow_up, "--invoices", &invoices];
    jalon(&[&files[..], &["--as-of", "2025-02-28"], more].concat())
}

/// One share is the sum of its invoices, so that one paid twice takes another from the list.
#[test]
fn an_open_invoice_beside_one_paid_twice_is_told() {
    let events = |test: &str, more: &str| {
        let paid = "a,2025-02-01,payment,100.00\na,2025-02-03,payment,100.00\n";
        file(test, "events.csv", format!("invoice_id,date,kind,amount\n{paid}{more}"))
    };
    let says = "was paid too much, so that their row of the unpaid list shows less, or there is none: 1, `F-2` for one; the journal has each by itself";
    let two = "a,F-1,A,P,2025-01-05,100.00,EUR\nb,F-2,A,P,2025-01-05,100.00,EUR";
    for (test, more) in [("hidden-whole", ""), ("hidden-part", "b,2025-02-03,payment,50.00\n")] {
        let told = run(test, "unpaid", two, &["--events", &events(test, more)]);
        assert!(told.err.contains(says), "{test}: {}", told.err);
    }
    let other = "a,F-1,A,P,2025-01-05,100.00,EUR\nb,F-2,A,Q,2025-01-05,100.00,EUR";
    let told = run("hidden-not", "unpaid", other, &["--events", &events("hidden-not", "")]);
    assert_eq!((told.code, told.err.as_str()), (0, ""));
}

/// What is done of nothing that is known does not count; why it is nothing that is known is said.
#[test]
fn a_step_done_of_nothing_that_is_known_is_told_with_why() {
    let invoices = "a,F-1,A,P,2025-01-05,100.00,EUR";
    for (test, invoice, step, why) in [
        (
            "done-near",
            "a",
            "reminder",
            "its follow-up `F` has no such step; did you mean `Reminder`?",
        ),
        (
            "done-number",
            "F-1",
            "Reminder",
            "this is the number of invoice `a`, which is named by its `invoice_id`",
        ),
        ("done-unknown", "z", "Reminder", "there is no such invoice"),
    ] {
        let done = format!("invoice_id,step,day\n{invoice},{step},2025-02-20\n");
        let done = file(test, "done.csv", done);
        let told = run(test, "follow", invoices, &["--done", &done]);
        let says = format!(
            "`{step}` is said to be done on invoice `{invoice}`, and does not count: {why}\n"
        );
        assert_eq!((told.code, told.err.as_str()), (1, says.as_str()), "{test}");
    }
}

/// Lines in the place of invoices are told to be lines, with what writes invoices.
#[test]
fn lines_in_the_place_of_invoices_are_told() {
    let test = "told-lines";
    let schedule = file(
        test,
        "s.jalon",
        "schedule \"S\"\n  price fixed 10 EUR\n  balance \"E\": 100 % on end\n",
    );
    let events = file(test, "e.ndjson", r#"{"case":"C","date":"2025-01-10","kind":"end"}"#);
    let follow_up = file(
        test,
        "f.jalon",
        "follow-up \"F\"\n  payment due 30 days\n  step \"R\": 8 days after due\n",
    );
    for (form, lang, says) in [
        ("csv", "en", "these are lines: `jalon run --invoices --format csv`"),
        ("csv-fr", "fr", "ce sont des lignes : `jalon run --invoices --format csv-fr`"),
    ] {
        let call = ["run", "--schedule", &schedule, "--events", &events, "--as-of", "2025-03-01"];
        let lines = jalon(&[&call[..], &["--format", form]].concat()).out;
        let lines = file(test, "lines.csv", lines);
        let call =
            ["unpaid", "--follow-up", &follow_up, "--invoices", &lines, "--as-of", "2025-03-01"];
        let told = jalon(&[&call[..], &["--lang", lang]].concat());
        assert!(told.code == 2 && told.err.contains(says), "{}", told.err);
    }
}

/// Objects of which none is of an invoice are told once, as what they are, and not one by one.
#[test]
fn lines_and_events_as_objects_are_told_once() {
    let line = |id: u32| {
        format!(
            "{{\"case\":\"A\",\"schedule\":\"S\",\"date\":\"2025-01-05\",\"invoice\":1,\"kind\":\"balance\",\"line\":\"B\",\"label\":\"B\",\"amount\":\"10.00\",\"currency\":\"EUR\",\"trigger\":{{\"kind\":\"end\",\"date\":\"2025-01-05\"}},\"id\":\"{id}\"}}\n"
        )
    };
    let event = "{\"case\":\"A\",\"date\":\"2025-01-05\",\"kind\":\"start\"}\n";
    let follow_up = file("told-objects", "follow.jalon", FOLLOW_UP);
    for (objects, lang, says) in [
        (line(1) + &line(2), "en", "these are lines: `jalon run --invoices` writes whole invoices"),
        (line(1), "fr", "ce sont des lignes : `jalon run --invoices` écrit des factures entières"),
        (event.repeat(2), "en", "these are events of cases: `jalon run --invoices`"),
    ] {
        let invoices = file("told-objects", "invoices.ndjson", &objects);
        let call = ["unpaid", "--lang", lang, "--follow-up", &follow_up, "--invoices", &invoices];
        let told = jalon(&[&call[..], &["--as-of", "2025-02-28"]].concat());
        assert_eq!(told.code, 2, "{}", told.err);
        assert_eq!(told.err.matches("invoice_id").count(), 1, "{}", told.err);
        assert!(told.err.contains(says), "{}", told.err);
    }
}

/// A payer's name over two lines is one cell; a quote left open takes no invoice with it.
#[test]
fn a_cell_of_an_invoice_goes_on_over_lines() {
    let two = "a,F-1,A,\"Town\nHall\",2025-01-05,100.00,EUR\nb,F-2,B,P,2025-01-05,50.00,EUR";
    let told = run("over-lines", "unpaid", two, &["--format", "json"]);
    assert!(told.out.contains("Town\\nHall") && told.out.contains("50.00"), "{}", told.out);
    let open = two.replace("Hall\"", "Hall");
    let told = run("left-open", "unpaid", &open, &["--format", "json"]);
    assert_eq!(told.code, 2, "{}", told.err);
    assert!(told.err.contains("invoices.csv:2: "), "{}", told.err);
}
