//! Invoices and money as tools write them in JSON: read as what stands there, or refused with what is to be done.

use crate::program::{Outcome, file, jalon, jalon_with_input};

const FOLLOW_UP: &str =
    "follow-up \"F\"\n  payment due 30 days\n  step \"Reminder\": 8 days after due\n";

/// The list of what is open, as CSV, of these invoices and payments.
fn unpaid(test: &str, invoices: &str, events: &str) -> Outcome {
    let follow_up = file(test, "follow.jalon", FOLLOW_UP);
    let invoices = file(test, "invoices.json", invoices);
    let events = file(test, "events.json", events);
    let files = ["--follow-up", &follow_up, "--invoices", &invoices, "--events", &events];
    jalon(&[&["unpaid"], &files[..], &["--as-of", "2025-02-28", "--format", "csv"]].concat())
}

/// An invoice with these fields beside those that are always the same.
fn invoice(fields: &str) -> String {
    format!(r#"{{"case":"D","payer":"P","currency":"EUR",{fields}}}"#)
}

/// A payment on the first invoice with these fields.
fn payment(fields: &str) -> String {
    format!(r#"{{"invoice_id":"1","kind":"payment",{fields}}}"#)
}

#[test]
fn numbers_midnights_and_arrays_are_what_stands_there() {
    let plain = [
        invoice(r#""invoice_id":"1","date":"2025-01-10","total":"259.12""#),
        payment(r#""date":"2025-02-01","amount":"9.10""#),
    ];
    let wanted = unpaid("tools-plain", &plain[0], &plain[1]);
    assert_eq!((wanted.code, wanted.err.as_str()), (0, ""));
    assert!(wanted.out.contains("250.02"), "{}", wanted.out);
    let numbers = [
        invoice(r#""invoice_id":1.0,"date":"2025-01-10T00:00:00.000","total":259.12,"group":null"#),
        payment(r#""date":"2025-02-01 00:00:00","amount":9.1"#),
    ];
    let powers = [
        invoice(r#""invoice_id":1,"date":"2025-01-10","total":2.5912E+2"#),
        payment(r#""date":"2025-02-01","amount":0.91e1"#),
    ];
    let arrays = plain.each_ref().map(|object| format!("[\n {object}\n]\n"));
    for (name, [invoices, events]) in [("numbers", numbers), ("powers", powers), ("arrays", arrays)]
    {
        let outcome = unpaid(&format!("tools-{name}"), &invoices, &events);
        assert_eq!((outcome.out, outcome.err), (wanted.out.clone(), String::new()), "{name}");
    }
    let follow_up = file("tools-piped", "follow.jalon", FOLLOW_UP);
    let call = ["unpaid", "--follow-up", &follow_up, "--invoices", "-", "--as-of", "2025-02-28"];
    let piped = jalon_with_input(&call, &format!("[\n{}]\n", plain[0]));
    assert!(piped.code == 0 && piped.out.contains("259.12"), "{}", piped.err);
}

#[test]
fn what_is_no_sum_or_no_day_is_told_in_its_own_words() {
    for (name, fields, told) in [
        (
            "dust",
            r#""date":"2025-01-10","total":0.30000000000000004"#,
            "`total`: `0.30000000000000004` has more decimals than EUR has; round it where it is computed",
        ),
        (
            "huge",
            r#""date":"2025-01-10","total":1e400"#,
            "`total`: `1e400` is no amount: it is written `100.00`, between semicolons also `100,00`",
        ),
        (
            "moment",
            r#""date":"2025-01-10T22:00:00Z","total":"1.00""#,
            "field `date`: `2025-01-10T22:00:00Z` is a moment, and a moment is not a day; write the day as YYYY-MM-DD, taken on the clock of the place; it looks like midnight of the next day in Paris, told on the clock of UTC (JavaScript: not `toISOString()`; pandas, Polars: `.dt.date`)",
        ),
        (
            "count",
            r#""date":1736467200000,"total":"1.00""#,
            "field `date`: `1736467200000` is a number, and a day is written YYYY-MM-DD (pandas: `date_format=\"iso\"`; Jackson: disable `WRITE_DATES_AS_TIMESTAMPS`)",
        ),
    ] {
        let bad = invoice(&format!(r#""invoice_id":"a",{fields}"#));
        let good = invoice(r#""invoice_id":"b","date":"2025-01-10","total":"80.00""#);
        let outcome = unpaid(&format!("tools-{name}"), &format!("{bad}\n{good}\n"), "");
        assert_eq!(outcome.code, 1, "{name}");
        let line = outcome.err.lines().next().unwrap_or_default();
        assert!(
            line.ends_with(&format!("invoices.json:1: invoice `a` is withheld: {told}")),
            "{line}"
        );
        assert!(outcome.out.contains("80.00"), "{}", outcome.out);
    }
    let cut = unpaid("tools-cut", &format!("[{}", invoice(r#""invoice_id":"a""#)), "");
    assert_eq!(cut.code, 2);
    assert!(
        cut.err.contains(
            "invoices.json:1: the array that begins here does not end: the file has been cut off"
        ),
        "{}",
        cut.err
    );
}

/// An id that has gone through binary floating point names another invoice: whatever it names is not known.
#[test]
fn an_id_that_may_have_lost_digits_names_nothing() {
    let invoices = invoice(r#""invoice_id":9007199254740996,"date":"2025-01-10","total":1"#);
    let paid =
        r#"{"invoice_id":9007199254740996.0,"kind":"payment","date":"2025-02-01","amount":1}"#;
    let outcome = unpaid("tools-lost", &invoices, paid);
    assert_eq!(outcome.code, 2);
    assert!(
        outcome.err.contains("`invoice_id` is to be a text, between quotes"),
        "{}",
        outcome.err
    );
}

/// A copy of an invoice that cannot be read whole says something else, whichever comes first.
#[test]
fn a_copy_with_a_fault_of_its_own_withholds() {
    let sound = invoice(r#""invoice_id":"a","date":"2025-01-10","total":"1.00""#);
    let copies = [r#""due":"soon""#, r#""due":20250401"#, r#""payer":[1]"#, r#""total":"2.00""#];
    for (number, more) in copies.iter().enumerate() {
        let copy = sound.replace("{", &format!("{{{more},"));
        for pair in [[&sound, &copy], [&copy, &sound]] {
            let outcome =
                unpaid(&format!("tools-copy-{number}"), &pair.map(String::as_str).join("\n"), "");
            assert_eq!(outcome.code, 1, "{more}: {}", outcome.out);
            assert!(outcome.err.contains("invoice `a` is withheld"), "{}", outcome.err);
        }
    }
}

/// A field that is nearly one of an invoice is told: what it says counts for nothing. Fields of the host's own are not.
#[test]
fn a_misspelt_field_of_an_invoice_is_told() {
    let sound = r#""invoice_id":"a","date":"2025-01-10","total":"1.00""#;
    let told = unpaid(
        "tools-near",
        &invoice(&format!(r#"{sound},"Due":"2025-01-20","colour":"red""#)),
        "",
    );
    assert_eq!(told.code, 0);
    let says = "what stands in columns that have the name of no field is not read: `Due`; column `Due`: did you mean `due`?";
    assert!(told.err.trim_end().ends_with(says), "{}", told.err);
    let ours = r#""invoice":1,"type":"invoice","net":"1.00","vat":[],"lines":[],"colour":"red""#;
    let told = unpaid("tools-ours", &invoice(&format!("{sound},{ours}")), "");
    assert_eq!((told.code, told.err.as_str()), (0, ""));
}

/// A value that nothing can hold withholds what it names, and nothing where nobody asks for it.
#[test]
fn a_value_that_no_field_takes_leaves_the_other_invoices_alone() {
    let invoices = format!(
        "[{},\n{},\n{}]",
        invoice(r#""invoice_id":"1","date":"2025-01-10","total":"1.00","note":1e400"#),
        invoice(r#""invoice_id":"2","date":"2025-01-10","total":"2.00","due":"\ud800""#),
        invoice(r#""invoice_id":"3","date":"2025-01-10","total":1e400"#),
    );
    let outcome =
        unpaid("tools-values", &invoices, &payment(r#""date":"2025-02-01","amount":"0.40""#));
    assert!(outcome.code == 1 && outcome.out.contains(",0.60,"), "{}{}", outcome.out, outcome.err);
    for told in [
        r#"2: invoice `2` is withheld: field `due`: `"\ud800"` is no number and no text that can be read"#,
        "3: invoice `3` is withheld: `total`: `1e400` is no amount",
    ] {
        assert!(outcome.err.contains(told), "{}", outcome.err);
    }
}

/// An id is one wherever it stands.
#[test]
fn a_credit_note_names_its_invoice_by_a_number() {
    for credits in ["\"1\"", "1", "[1]", "[\"1\"]", "1.0"] {
        let invoices = format!(
            "[{},\n{}]",
            invoice(r#""invoice_id":1,"date":"2025-01-10","total":"5.00""#),
            invoice(&format!(
                r#""invoice_id":2,"date":"2025-01-11","total":"-2.00","credits":{credits}"#
            )),
        );
        let outcome = unpaid("tools-credits", &invoices, "");
        assert_eq!((outcome.code, outcome.err.as_str()), (0, ""), "{credits}");
        assert!(outcome.out.contains(",5.00,3.00,"), "{credits}: {}", outcome.out);
    }
}
