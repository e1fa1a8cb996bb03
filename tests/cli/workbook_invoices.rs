//! Invoices and what happened to them from a workbook: the same answers as from files of records with the same cells, and every
//! fault by the name of its row.

use crate::program::{file, jalon, root};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

const FOLLOW_UP: &str = "docs/examples/follow-up/apres-acompte.jalon";
const INVOICES: &str = "docs/examples/follow-up/factures-acompte.csv";
const EVENTS: &str = "docs/examples/follow-up/encaissements.csv";

fn text(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap()
}

/// The workbook that a French spreadsheet makes of a file of records: sums as numbers, days as days.
fn workbook(records: &str) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Suivi").unwrap();
    let day = Format::new().set_num_format("dd/mm/yyyy");
    for (row, line) in (0..).zip(records.lines()) {
        for (column, cell) in (0..).zip(line.split(';')) {
            let parts: Vec<&str> = cell.split('/').collect();
            // A French spreadsheet takes a point for none of a number.
            let typed = cell.replace(['.', ' '], if cell.contains('.') { "x" } else { "" });
            let number = typed.replace(',', ".").parse::<f64>();
            if let [of, month, year] = parts.as_slice() {
                let date = ExcelDateTime::parse_from_str(&format!("{year}-{month}-{of}")).unwrap();
                sheet.write_datetime_with_format(row, column, &date, &day).unwrap();
            } else if let Ok(number) = number {
                sheet.write_number(row, column, number).unwrap();
            } else if !cell.is_empty() {
                sheet.write_string(row, column, cell).unwrap();
            }
        }
    }
    book.add_worksheet();
    book.save_to_buffer().unwrap()
}

#[test]
fn a_workbook_answers_as_its_records_do() {
    let invoices = file("invoices-book", "invoices.xlsx", workbook(&text(INVOICES)));
    let events = file("invoices-book", "events.xlsx", workbook(&text(EVENTS)));
    let root = root();
    let records = [INVOICES, EVENTS].map(|path| root.join(path).to_str().unwrap().to_owned());
    let follow_up = root.join(FOLLOW_UP);
    let follow_up = follow_up.to_str().unwrap();
    for command in [
        &["follow", "--format", "json"][..],
        &["follow", "--explain", "F-2"],
        &["unpaid", "--format", "json"],
        &["unpaid", "--format", "csv-fr"],
        &["journal", "--format", "json"],
    ] {
        let of = |invoices: &str, events: &str, more: &[&str]| {
            let files = ["--follow-up", follow_up, "--invoices", invoices, "--events", events];
            jalon(&[command, &files, &["--as-of", "2025-06-30"], more].concat())
        };
        let expected = of(&records[0], &records[1], &[]);
        for (events, more) in [
            (&events, &["--sheet", "Suivi"][..]),
            (&events, &[]),
            (&records[1], &["--sheet", "Suivi"]),
        ] {
            let told = of(&invoices, events, more);
            assert_eq!(
                (told.code, told.out),
                (expected.code, expected.out.clone()),
                "{}",
                told.err
            );
        }
        assert!(!expected.out.is_empty(), "{}", expected.err);
    }
}

/// Lines that were issued come back from a workbook as from the file of records that a French spreadsheet reads.
#[test]
fn issued_lines_come_back_from_a_workbook() {
    let schedule =
        "schedule \"Works\"\n  price hourly 100 EUR\n  installment \"Hours\": work on month end\n";
    let schedule = file("issued-book", "schedule.jalon", schedule);
    let events =
        "case,date,kind,name,hours\n7,2025-03-04,action,Visit,1.5\nB,2025-04-06,action,Visit,2\n";
    let events = file("issued-book", "events.csv", events);
    let call = ["run", "--schedule", &schedule, "--events", &events, "--as-of"];
    let march = jalon(&[&call[..], &["2025-03-31", "--format", "csv-fr"]].concat());
    let records = march.out.trim_start_matches('\u{feff}').to_owned();
    let csv = file("issued-book", "lines.csv", &march.out);
    let book = file("issued-book", "lines.xlsx", workbook(&records));
    let of = |issued: &str| {
        jalon(&[&call[..], &["2025-04-30", "--issued", issued, "--lang", "en"]].concat())
    };
    let (expected, told) = (of(&csv), of(&book));
    assert_eq!((told.code, &told.out), (0, &expected.out), "{}", told.err);
    assert_eq!(told.out.lines().count(), 1, "{}", told.out);
    for (from, to, says) in [
        ("2025-03-31;1", "soon;1", "lines.xlsx: row 2: "),
        ("150,00", "1.500", "lines.xlsx: J2: "),
        ("\n", ";?\n", "lines.xlsx: Y2: no name stands above `?`"),
    ] {
        let (first, rest) = records.split_once('\n').unwrap();
        let bad = format!("{first}\n{}", rest.replacen(from, to, 1));
        let told = of(&file("issued-book", "lines.xlsx", workbook(&bad)));
        assert!(told.code == 2 && told.err.contains(says), "{}", told.err);
    }
}

/// A bad cell withholds its invoice, and is told by its row in the language of the call.
#[test]
fn a_bad_cell_of_a_workbook_withholds_its_invoice_alone() {
    let root = root();
    let [follow_up, events] =
        [FOLLOW_UP, EVENTS].map(|path| root.join(path).to_str().unwrap().to_owned());
    let good = text(INVOICES);
    for (bad, row, english, french) in [
        (good.replace("1 125,00", "x"), 4, "type it as a number", "saisissez un nombre"),
        (good.replace("20/06/2025", "20-06-2025"), 4, "type it as a date", "saisissez une date"),
        (
            good.replace("F-2;M-102", "F-2;2,5"),
            3,
            "give the column the format",
            "donnez à la colonne",
        ),
        (
            good.replace("375,00;EUR\nF-3", "375,00;EUR;?\nF-3"),
            3,
            "no name stands above `?`",
            "aucun nom",
        ),
    ] {
        let invoices = file("invoices-bad", "invoices.xlsx", workbook(&bad));
        for (lang, place, says) in [
            ("en", format!("invoices.xlsx: row {row}: "), english),
            ("fr", format!("invoices.xlsx : ligne {row} : "), french),
        ] {
            let told = jalon(&[
                "unpaid",
                "--follow-up",
                &follow_up,
                "--invoices",
                &invoices,
                "--events",
                &events,
                "--as-of",
                "2025-06-30",
                "--lang",
                lang,
                "--format",
                "json",
            ]);
            assert!(told.err.contains(&place) && told.err.contains(says), "{}", told.err);
            assert!(
                !told.err.contains("points-virgules") && !told.err.contains("semicolon"),
                "{}",
                told.err
            );
            assert_eq!((told.code, told.out.is_empty()), (1, false), "{}", told.err);
        }
    }
    let none = jalon(&[
        "unpaid",
        "--follow-up",
        &follow_up,
        "--invoices",
        root.join(INVOICES).to_str().unwrap(),
        "--sheet",
        "x",
        "--lang",
        "en",
    ]);
    assert!(none.code == 2 && none.err.contains("which none of these files is"), "{}", none.err);
}
