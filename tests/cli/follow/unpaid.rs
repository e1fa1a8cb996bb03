//! `jalon unpaid`: rows, filters and sums, in every form.

use super::{FOLLOW_UP, INVOICES, run};
use crate::program::{bytes, file, jalon};

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
        table.contains("Open in all: 100.00 EUR; overpaid: -10.00 EUR\n  Patient: 100.00 EUR; overpaid: -10.00 EUR\n"),
        "{table}"
    );
}

#[test]
fn the_unpaid_list_is_a_page_too() {
    let events = r#"{"invoice_id":"b","date":"2025-02-01","kind":"payment","amount":"90.00"}"#;
    let page = run("follow-page", "unpaid", events, &["--format", "html", "--lang", "fr"]).out;
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"fr\">"), "{page}");
    assert!(page.contains("<td class=\"right\">-10,00</td>"), "{page}");
    let says = "<desc id=\"ageing-0-description\">non échu 0,00 EUR ; 1 à 30 jours 100,00 EUR ;";
    assert!(
        page.contains(says) && page.contains("<td class=\"right\">-10,00\u{a0}EUR</td>"),
        "{page}"
    );
}

/// In every form what is open and what was paid too much are told apart, in all and payer by payer; a filter on a payer
/// chooses rows, whose other shares are in the sums, too.
#[test]
fn every_form_of_the_unpaid_list_has_the_same_sums() {
    let follow_up = file("follow-sums", "follow.jalon", FOLLOW_UP);
    let invoices = format!("{INVOICES}c,F-3,D-1,Fund,2025-01-10,40.00,EUR\n");
    let invoices =
        invoices.replace("currency\n", "currency,due\n").replace("EUR\n", "EUR,2025-02-09\n");
    let invoices = file("follow-sums", "invoices.csv", invoices);
    let paid = "invoice_id,date,kind,amount\nb,2025-02-01,payment,90.00\n";
    let events = file("follow-sums", "events.csv", paid);
    let call = ["unpaid", "--follow-up", &follow_up, "--invoices", &invoices, "--events", &events];
    let list = |more: &[&str]| jalon(&[&call[..], &["--as-of", "2025-02-28"], more].concat()).out;
    let table = list(&[]);
    let sums = "Open in all: 140.00 EUR; overpaid: -10.00 EUR\n  Fund: 40.00 EUR\n  \
         Patient: 100.00 EUR; overpaid: -10.00 EUR\n";
    assert!(table.contains(sums), "{table}");
    let page = list(&["--format", "html"]);
    for (part, sum) in [("open in all", "140.00"), ("overpaid", "-10.00")] {
        let row = format!("<th scope=\"row\">{part}</th><td class=\"right\">{sum}\u{a0}EUR</td>");
        assert!(page.contains(&row), "{page}");
    }
    let row = "<th scope=\"row\">Patient</th><td class=\"right\">100.00\u{a0}EUR</td><td class=\"right\">-10.00\u{a0}EUR</td>";
    assert!(page.contains(row), "{page}");
    let funds = list(&["--payer", "Fund"]);
    assert!(
        funds.contains("Open in all: 140.00 EUR\n  Fund: 40.00 EUR\n  Patient: 100.00 EUR\n"),
        "{funds}"
    );
}

#[test]
fn the_unpaid_list_is_a_workbook_too() {
    use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
    let follow_up = file("follow-workbook", "follow.jalon", FOLLOW_UP);
    let invoices = "invoice_id,number,case,payer,date,total,currency\n\
         a,F-1,2025-01-01,Patient,2025-01-10,1000.01,EUR\nb,F-2,=1+1,Patient,2025-01-10,80.00,EUR\n\
         c,F-3,D-3,Patient,2025-01-10,10000000000000.00,EUR\nd,F-4,D-4,Patient,2025-01-10,x,EUR\n";
    let invoices = file("follow-workbook", "invoices.csv", invoices);
    let events = r#"{"invoice_id":"b","date":"2025-02-01","kind":"payment","amount":"90.00"}"#;
    let events = file("follow-workbook", "events.ndjson", events);
    let call = ["unpaid", "--follow-up", &follow_up, "--invoices", &invoices, "--events", &events];
    let more = ["--as-of", "2025-02-28", "--format", "xlsx", "--lang", "fr"];
    let outcome = bytes(&[&call[..], &more].concat());
    let again = bytes(&[&call[..], &more].concat());
    assert_eq!((outcome.code, &outcome.out), (1, &again.out), "{}", outcome.err);
    let mut book: Xlsx<_> = open_workbook_from_rs(std::io::Cursor::new(outcome.out)).unwrap();
    assert_eq!(book.sheet_names(), ["Impayés", "Sommes"]);
    let list = book.worksheet_range("Impayés").unwrap();
    let rows: Vec<&[Data]> = list.rows().collect();
    let text = |text: &str| Data::String(text.to_owned());
    let column = |name: &str| rows[0].iter().position(|cell| *cell == text(name)).expect(name);
    let [case, date, open] = [column("dossier"), column("date"), column("restant dû")];
    let cases: Vec<&Data> = rows[1..].iter().map(|row| &row[case]).collect();
    // A case is a text, whatever it looks like.
    assert_eq!(cases, [&text("2025-01-01"), &text("=1+1"), &text("D-3")]);
    let sums: Vec<&Data> = rows[1..].iter().map(|row| &row[open]).collect();
    // What a spreadsheet would round is a text.
    assert_eq!(sums, [&Data::Float(1000.01), &Data::Float(-10.0), &text("10000000000000.00")]);
    let Data::DateTime(day) = rows[1][date] else { panic!("{:?}", rows[1][date]) };
    assert_eq!(day.to_ymd_hms_milli(), (2025, 1, 10, 0, 0, 0, 0));
    let step = column("jour de la dernière étape : Patient");
    let Data::DateTime(day) = rows[1][step] else { panic!("{:?}", rows[1]) };
    assert_eq!(day.to_ymd_hms_milli(), (2025, 2, 17, 0, 0, 0, 0));
    let sums = book.worksheet_range("Sommes").unwrap();
    let sums: Vec<&[Data]> = sums.rows().collect();
    assert_eq!(sums[1][0], text("EUR"));
    assert_eq!(sums[2][1], text("Patient"));
    assert_eq!(sums[3][0], text("Factures retenues, comptées dans aucune somme : 1 (F-4)"));
}
