//! Events of a workbook, as `jalon run` reads its sheet: the lines of the same events in a file of records, in both systems of
//! days, and every cell that says something else than an event.

mod cells;
mod columns;
mod figures;
mod refused;
mod sheets;

use crate::program::{Outcome, file, jalon};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};
use std::io::{Cursor, Read, Write};

const SCHEDULE: &str = "schedule \"Works\"\n  price hourly 100 EUR\n  installment \"Hours\": work on month end\n  \
                        installment \"First\": 10 EUR on progress, beside the price if progress >= 40 %\n";

/// What somebody types into a cell.
#[derive(Clone, Copy)]
enum Typed {
    Text(&'static str),
    Number(f64),
    /// A number in a format of its own.
    Shown(f64, &'static str),
    Day(&'static str),
    Truth,
    /// A formula and its value.
    Formula(&'static str, &'static str),
}

use Typed::{Day, Formula as Computed, Number, Shown, Text, Truth};

const NAMES: [&str; 6] = ["case", "date", "kind", "name", "hours", "percent"];

/// The events that all of these sheets have: a case with hours and progress, and a second one.
const SOUND: &[(u32, u16, Typed)] = &[
    (1, 0, Number(7.0)),
    (1, 1, Day("2025-03-01")),
    (1, 2, Text("start")),
    (3, 0, Number(7.0)),
    (3, 1, Day("2025-03-04")),
    (3, 2, Text("action")),
    (3, 3, Text("Visit, \"long\"")),
    (3, 4, Number(1.125)),
    (4, 0, Number(7.0)),
    (4, 1, Day("2025-03-05")),
    (4, 2, Text("progress")),
    (4, 5, Shown(0.4, "0 %")),
    (5, 0, Text("B")),
    (5, 1, Text("2025-03-06")),
    (5, 2, Text("action")),
    (5, 3, Text("Visit")),
    (5, 4, Number(2.0)),
];

const RECORDS: &str = "case,date,kind,name,hours,percent\n7,2025-03-01,start,,,\n\n\
                       7,2025-03-04,action,\"Visit, \"\"long\"\"\",1.125,\n7,2025-03-05,progress,,,40\n\
                       B,2025-03-06,action,Visit,2,\n";

fn sheet(sheet: &mut Worksheet, names: &[&str], cells: &[(u32, u16, Typed)]) {
    for (column, name) in (0..).zip(names) {
        sheet.write_string(0, column, *name).unwrap();
    }
    for (row, column, typed) in cells {
        let (row, column) = (*row, *column);
        match typed {
            Text(text) => sheet.write_string(row, column, *text),
            Number(number) => sheet.write_number(row, column, *number),
            Shown(number, format) => {
                let format = Format::new().set_num_format(*format);
                sheet.write_number_with_format(row, column, *number, &format)
            }
            Day(day) => {
                let format = Format::new().set_num_format("dd/mm/yyyy");
                let day = ExcelDateTime::parse_from_str(day).unwrap();
                sheet.write_datetime_with_format(row, column, &day, &format)
            }
            Truth => sheet.write_boolean(row, column, true),
            Computed(formula, value) => {
                sheet.write_formula(row, column, Formula::new(*formula).set_result(*value))
            }
        }
        .unwrap();
    }
}

fn workbook(names: &[&str], cells: &[(u32, u16, Typed)]) -> Vec<u8> {
    let mut book = Workbook::new();
    sheet(book.add_worksheet(), names, cells);
    book.add_worksheet();
    book.save_to_buffer().unwrap()
}

fn run(test: &str, name: &str, events: impl AsRef<[u8]>, more: &[&str]) -> Outcome {
    let schedule = file(test, "schedule.jalon", SCHEDULE);
    let events = file(test, name, events);
    let call = ["run", "--schedule", &schedule, "--events", &events, "--as-of", "2025-04-30"];
    jalon(&[&call[..], more].concat())
}

/// A workbook of which the texts of parts are changed.
fn changed(book: &[u8], change: impl Fn(&str, String) -> String) -> Vec<u8> {
    let mut old = zip::ZipArchive::new(Cursor::new(book)).unwrap();
    let mut new = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for part in 0..old.len() {
        let mut part = old.by_index(part).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        let text = change(&name, text);
        new.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        new.write_all(text.as_bytes()).unwrap();
    }
    new.finish().unwrap().into_inner()
}

/// Changes a text that has to be there.
fn replaced(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "{from}: {text}");
    text.replace(from, to)
}

/// A workbook as a spreadsheet has computed and saved it: a program that only writes one says that this is still to be done.
fn saved(book: &[u8]) -> Vec<u8> {
    changed(book, |name, text| match name {
        "xl/workbook.xml" => replaced(&text, " fullCalcOnLoad=\"1\"", ""),
        _ => text,
    })
}
