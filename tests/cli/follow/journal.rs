//! `jalon journal`: delays, channels and pictures.

use super::{FOLLOW_UP, INVOICES};
use crate::program::{Outcome, file, jalon};
use serde_json::Value;

const SENT: &str = "invoice_id,date,kind,amount,channel\n\
     a,2025-01-10,sent,,email\na,2025-02-20,payment,100.00,\nb,2025-01-11,sent,,paper\nb,2025-01-12,undelivered,,\n\
     c,2025-01-22,payment,30.00,\nd,2025-01-31,payment,10.00,\nd,2025-02-02,returned,10.00,\nd,2025-02-03,payment,10.00,\n";

fn journal(test: &str, more: &[&str]) -> Outcome {
    journal_of(test, SENT, more)
}

fn journal_of(test: &str, events: &str, more: &[&str]) -> Outcome {
    let follow_up = file(test, "follow.jalon", FOLLOW_UP);
    let invoices = format!(
        "{INVOICES}c,F-3,D-3,Patient,2025-01-12,30.00,EUR\n\
         d,<F&4>,D-4,Fund,2025-01-20,10.00,EUR\ne,F-5,D-5,Patient,2025-02-27,7.00,EUR\n"
    );
    // What the follow-up is not for says itself when it is due.
    let invoices = invoices.replace("currency\n", "currency,due\n").replace("EUR\n", "EUR,\n");
    let invoices = invoices.replace("10.00,EUR,", "10.00,EUR,2025-02-01");
    let invoices = file(test, "invoices.csv", invoices);
    let events = file(test, "events.csv", events);
    let call = ["journal", "--follow-up", &follow_up, "--invoices", &invoices, "--events", &events];
    jalon(&[&call[..], &["--as-of", "2025-02-28"], more].concat())
}

#[test]
fn the_journal_has_channels_proofs_and_delays() {
    let outcome = journal("journal-json", &["--format", "json"]);
    assert_eq!((outcome.code, outcome.err.as_str()), (0, ""));
    let json: Value = serde_json::from_str(&outcome.out).unwrap();
    let entry = |place: usize, fields: [&str; 6]| {
        fields.map(|field| json["invoices"][place][field].clone())
    };
    let fields = ["invoice_id", "channel", "settled", "days", "late", "proof"];
    let told = |text: &str| -> Value { serde_json::from_str(text).unwrap() };
    assert_eq!(
        Value::from(entry(0, fields).to_vec()),
        told(r#"["a","email","2025-02-20",41,true,true]"#)
    );
    assert_eq!(
        Value::from(entry(1, fields).to_vec()),
        told(r#"["b","paper",null,null,null,true]"#)
    );
    assert_eq!(json["invoices"][1]["undelivered"], Value::from(true));
    // Sent back by the bank and paid again: the last payment settled it.
    assert_eq!(
        Value::from(entry(3, fields).to_vec()),
        told(r#"["d",null,"2025-02-03",14,true,true]"#)
    );
    let patients = told(
        r#"{"payer":"Patient","currency":"EUR","settled":2,"mean_days":"25.5","median_days":"25.5",
        "days_90":41,"late_percent":"50.0","open":"87.00"}"#,
    );
    assert_eq!((&json["payers"][1], &json["unproved"]), (&patients, &told(r#"["e"]"#)));
    assert_eq!(json["ageing"][0]["days_1_30"], Value::from("80.00"));
}

#[test]
fn the_journal_is_written_for_people_and_programs() {
    let xml = journal("journal-forms", &["--format", "xml"]).out;
    assert!(xml.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<journal>\n"), "{xml}");
    assert!(xml.contains("      <number>&lt;F&amp;4&gt;</number>\n"), "{xml}");
    let sheet = journal("journal-forms", &["--format", "csv-fr", "--part", "payers"]).out;
    assert!(sheet.contains("Patient;EUR;2;25,5;25,5;41;50,0;87,00\n"), "{sheet}");
    let table = journal("journal-forms", &["--lang", "fr"]).out;
    assert!(table.contains("Ni envoi ni réception pour 1 : F-5\n"), "{table}");
}

/// The order of lines makes no difference in any form.
#[test]
fn the_journal_does_not_depend_on_the_order_of_lines() {
    let (header, rest) = SENT.split_once('\n').unwrap();
    let mut lines: Vec<&str> = rest.lines().collect();
    lines.reverse();
    let turned = format!("{header}\n{}\n", lines.join("\n"));
    for form in ["table", "csv", "json", "xml", "html"] {
        let expected = journal_of("journal-order", SENT, &["--format", form]);
        let outcome = journal_of("journal-order", &turned, &["--format", form]);
        assert_eq!((outcome.code, outcome.out), (0, expected.out), "{form}");
    }
}

/// Each picture says what it is, tells all its figures in words, and has a table of the same figures below it.
#[test]
fn pictures_say_what_they_show() {
    let page = journal("journal-html", &["--format", "html"]).out;
    assert_eq!(page.matches("<svg role=\"img\" aria-labelledby=").count(), 2, "{page}");
    assert!(page.contains("<title id=\"delays-title\">Delays by payer"), "{page}");
    let says = "<desc id=\"delays-description\">Fund (EUR), median 14.0 days; Fund (EUR), 90 % within 14 days; \
         Patient (EUR), median 25.5 days; Patient (EUR), 90 % within 41 days</desc>";
    assert!(page.contains(says), "{page}");
    for picture in page.split("<svg ").skip(1) {
        let (picture, below) = picture.split_once("</svg>").unwrap();
        assert!(below.trim_start().starts_with("<table>"), "{page}");
        // Each bar stands between its label and its figure.
        assert_eq!(picture.matches("<text ").count(), 2 * picture.matches("<rect ").count());
    }
    assert!(page.contains("&lt;F&amp;4&gt;") && !page.contains("<F&4>"), "{page}");
}
