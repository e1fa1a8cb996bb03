//! `jalon run --invoices`, as a host calls it: the same invoices whole and grouped, of the day of issue after
//! corrections, as JSON and as rows, which follow-ups read. In: the example of the documentation.

use crate::program::{Outcome, file, jalon, read, root};
use jalon::Invoice;
use serde_json::Value;

fn run(events: &str, more: &[&str]) -> Outcome {
    let schedule = root().join("docs/examples/two-payers.jalon");
    let schedule = schedule.to_str().unwrap();
    let call = ["run", "--schedule", schedule, "--events", events, "--as-of", "2025-12-31"];
    jalon(&[&call[..], more].concat())
}

fn example() -> String {
    root().join("docs/examples/two-payers.ndjson").to_str().unwrap().to_owned()
}

fn invoices(outcome: &Outcome) -> Vec<Invoice> {
    outcome.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn invoices_hold_the_lines_of_a_run() {
    let summary = file("invoices", "summary.json", "");
    let outcome = run(&example(), &["--invoices", "--summary", &summary]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let lines = run(&example(), &[]);
    let made = invoices(&outcome);
    let mut of_invoices: Vec<Value> = made
        .iter()
        .flat_map(|invoice| invoice.lines.iter().map(|line| serde_json::to_value(line).unwrap()))
        .collect();
    let mut of_run: Vec<Value> =
        lines.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for lines in [&mut of_invoices, &mut of_run] {
        lines.sort_by_key(|line| line["id"].to_string());
    }
    assert_eq!(of_invoices, of_run);
    let accounts: Value = serde_json::from_str(&read(&summary)).unwrap();
    assert_eq!(accounts["invoices"], made.len());
    assert!(outcome.err.contains("invoices: 8\n"), "{}", outcome.err);
    assert!(!lines.err.contains("invoices"), "{}", lines.err);
    let grouped = run(&example(), &["--invoices", "--grouped"]);
    assert_eq!((grouped.code, grouped.out), (0, outcome.out));
}

#[test]
fn after_a_correction_invoices_are_of_the_day_of_issue() {
    let events = read(&example());
    let issued = file("invoices", "issued.ndjson", run(&example(), &[]).out);
    let before = r#"{"case":"D-010","date":"2025-06-30","kind":"end"}"#;
    let after = r#"{"case":"D-010","date":"2025-06-29","kind":"end"}"#;
    assert!(events.contains(before));
    let corrected = file("invoices", "corrected.ndjson", events.replace(before, after));
    let outcome = run(&corrected, &["--invoices", "--issued", &issued]);
    let made = invoices(&outcome);
    let told: Vec<String> = made
        .iter()
        .map(|one| {
            let (payer, due) = (one.payer.as_deref().unwrap(), one.due.map(|due| due.to_string()));
            assert_eq!(one.date.to_string(), "2025-12-31");
            format!("{} {payer} {:?} {} due {due:?}", one.invoice, one.kind, one.total)
        })
        .collect();
    assert_eq!(
        told,
        [
            "5 OPCO CreditNote -702.00 due None",
            "6 Employer CreditNote -558.00 due None",
            "7 OPCO Invoice 702.00 due Some(\"2026-02-28\")",
            "8 Employer Invoice 558.00 due Some(\"2026-01-30\")",
        ]
    );
}

#[test]
fn parquet_holds_no_invoices() {
    for (lang, says) in [("en", "Parquet is for lines"), ("fr", "fait pour les lignes")] {
        let outcome = run(&example(), &["--invoices", "--format", "parquet", "--lang", lang]);
        assert_eq!((outcome.code, outcome.out.as_str()), (2, ""));
        assert!(outcome.err.contains(says), "{}", outcome.err);
    }
}

/// A row an invoice: what JSON says of it but for its lines, whole and grouped.
#[test]
fn invoices_as_rows_say_what_they_say_as_json() {
    let made = invoices(&run(&example(), &["--invoices"]));
    let csv = run(&example(), &["--invoices", "--format", "csv"]);
    let grouped = run(&example(), &["--invoices", "--format", "csv", "--grouped"]);
    assert_eq!((csv.code, grouped.out), (0, csv.out.clone()), "{}", csv.err);
    assert!(csv.err.contains("invoices: 8\n"), "{}", csv.err);
    let mut rows = csv.out.lines().map(|row| row.split(',').collect::<Vec<_>>());
    let columns = rows.next().unwrap();
    assert_eq!(columns, jalon::feed::INVOICE_COLUMNS.map(|(name, _)| name));
    for (row, invoice) in rows.by_ref().zip(&made) {
        let json = serde_json::to_value(invoice).unwrap();
        for (column, cell) in columns.iter().zip(row) {
            let said = match *column {
                "vat" => invoice.vat[0].tax.clone(),
                "number" => format!("{}/{}", invoice.case, invoice.invoice),
                of => json.get(of).map_or(String::new(), |said| {
                    said.as_str().map_or_else(|| said.to_string(), str::to_owned)
                }),
            };
            assert_eq!(cell, said, "{column}");
        }
    }
    assert_eq!((rows.next(), made.len()), (None, 8));
}

/// What `jalon run` gives as a spreadsheet is followed as what it gives as JSON is, every column known; and money for an
/// invoice that is named by its number is told with the id that names it.
#[test]
fn rows_of_invoices_are_followed() {
    let follow_up = root().join("schedules/follow-up/organisme-de-formation.jalon");
    let json = file("invoices-rows", "invoices.ndjson", run(&example(), &["--invoices"]).out);
    let unpaid = |invoices: &str, events: &str| {
        let follow_up = follow_up.to_str().unwrap();
        let call = ["unpaid", "--follow-up", follow_up, "--invoices", invoices, "--events", events];
        jalon(&[&call[..], &["--as-of", "2025-12-31", "--format", "json"]].concat())
    };
    let id = &invoices(&run(&example(), &["--invoices"]))[2].invoice_id;
    let head = "facture;date;nature;montant\n";
    let paid = format!("{head}{id};01/09/2025;paiement;702,00\n");
    let paid = file("invoices-rows", "paid.csv", paid);
    let expected = unpaid(&json, &paid);
    for (form, name) in [("csv", "invoices.csv"), ("csv-fr", "factures.csv")] {
        let rows = run(&example(), &["--invoices", "--format", form]).out;
        let outcome = unpaid(&file("invoices-rows", name, rows), &paid);
        assert_eq!((outcome.code, &outcome.out), (0, &expected.out), "{form}: {}", outcome.err);
        assert!(!outcome.err.contains("n'est pas lu"), "{form}: {}", outcome.err);
    }
    let by_number = format!("{head}D-010/3;01/09/2025;paiement;702,00\n");
    let outcome = unpaid(&json, &file("invoices-rows", "by-number.csv", by_number));
    assert_eq!(outcome.code, 1);
    let says = format!("`D-010/3` : `paiement` 702,00 ; c'est le numéro de la facture `{id}`");
    assert!(outcome.err.contains(&says), "{}", outcome.err);
}

/// A host that has lost the version on which a line was issued is told which one.
#[test]
fn the_version_of_an_issued_line_is_needed_for_its_tax() {
    let version = |from: &str, vat: &str| {
        format!(
            "schedule \"Club\"{from}\n  price fixed 100 EUR\n  vat 20 %{vat}\n  \
             balance \"B\": 100 % on end\n"
        )
    };
    let (old, new) = (
        version(", in force from 2020-01-01", " included"),
        version(", in force from 2025-02-01", ""),
    );
    let both = file("invoices-versions", "both.jalon", format!("{old}\n{new}"));
    let only = file("invoices-versions", "only.jalon", &new);
    let first = r#"{"case":"x","date":"2025-01-10","kind":"end","id":"e"}"#;
    let late = r#"{"case":"x","date":"2025-02-10","kind":"end","id":"f"}"#;
    let void = r#"{"case":"x","date":"2025-02-10","kind":"void","ref":"e"}"#;
    let run = |schedule: &str, events: &str, more: &[&str]| {
        let events = file("invoices-versions", "events.ndjson", events);
        let call = ["run", "--schedule", schedule, "--events", &events, "--as-of", "2025-12-31"];
        jalon(&[&call[..], more].concat())
    };
    let issued = run(&both, first, &[]).out;
    assert!(issued.contains("2020-01-01"), "{issued}");
    let issued = file("invoices-versions", "issued.ndjson", issued);
    let corrected = [first, late, void].join("\n");
    let made = run(&both, &corrected, &["--issued", &issued, "--invoices"]);
    let totals: Vec<(String, String)> =
        invoices(&made).into_iter().map(|one| (one.net, one.total)).collect();
    let pair = |net: &str, total: &str| (net.to_owned(), total.to_owned());
    assert_eq!(totals, [pair("-83.33", "-100.00"), pair("100.00", "120.00")], "{}", made.err);
    let without = run(&only, &corrected, &["--issued", &issued, "--invoices"]);
    assert_eq!((without.code, without.out.as_str()), (1, ""), "{}", without.err);
    assert!(without.err.contains("give the file of that version too"), "{}", without.err);
}
