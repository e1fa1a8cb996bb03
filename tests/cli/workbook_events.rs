//! Events of a workbook, as `jalon run` reads its sheet: the lines of the same events in a file of records, in both systems of
//! days, and every cell that says something else than an event.

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

#[test]
fn a_sheet_bills_as_its_records_do() {
    let records = run("sheet-sound", "events.csv", RECORDS, &[]);
    assert_eq!((records.code, records.out.lines().count()), (0, 3), "{}", records.err);
    let book = workbook(&NAMES, SOUND);
    let otherwise = "this file is a workbook (.xlsx), which its name does not say";
    for (name, more, said) in [
        ("events.xlsx", &[][..], false),
        ("events.csv", &["--sheet", "Sheet1", "--lang", "en"], true),
    ] {
        let told = run("sheet-sound-book", name, &book, more);
        assert_eq!((told.code, &told.out), (0, &records.out), "{}", told.err);
        assert_eq!(told.err.contains(otherwise), said, "{}", told.err);
    }
    let french = ["dossier", "Date", "nature", "nom", "heures", "pourcentage"];
    let told = run("sheet-sound", "french.xlsx", workbook(&french, SOUND), &[]);
    assert_eq!((told.code, told.out), (0, records.out), "{}", told.err);
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

/// The days of a workbook from 1904 on are the same days.
#[test]
fn days_are_those_of_either_system() {
    let expected = run("sheet-1904", "events.csv", RECORDS, &[]).out;
    let since_1904 = |name: &str, text: String| match name {
        "xl/workbook.xml" => replaced(&text, "<workbookPr ", "<workbookPr date1904=\"1\" "),
        "xl/worksheets/sheet1.xml" => [45717, 45720, 45721].iter().fold(text, |text, day| {
            replaced(&text, &format!("<v>{day}</v>"), &format!("<v>{}</v>", day - 1462))
        }),
        _ => text,
    };
    let book = changed(&workbook(&NAMES, SOUND), since_1904);
    let told = run("sheet-1904", "events.xlsx", book, &[]);
    assert_eq!((told.code, told.out), (0, expected), "{}", told.err);
}

/// A cell that is no value of an event withholds its case, and the other is billed.
#[test]
fn what_a_cell_says_otherwise_withholds_its_case() {
    for (test, at, typed, says) in [
        (
            "moment",
            (3, 1),
            Shown(45720.4375, "dd/mm/yyyy hh:mm"),
            "`2025-03-04 10:30:00.000` is a moment",
        ),
        ("dust", (3, 4), Number(0.1 + 0.2), "field `hours`"),
        ("percent", (3, 4), Shown(0.5, "0%"), "field `hours`: `50 %`"),
        ("share", (4, 5), Number(400.0), "field `percent`"),
        ("time", (3, 4), Shown(0.0625, "[h]:mm"), "field `hours`: this is a time of day"),
        (
            "hidden-zeros",
            (3, 4),
            Shown(0.3125, "[=0]\"\";[h]:mm"),
            "field `hours`: this is a time of day",
        ),
        ("named-time", (3, 3), Shown(0.35, "hh:mm"), "field `name`: this is a time of day"),
        ("named-moment", (3, 3), Shown(45720.4375, "d/m h:mm"), "field `name`: the sheet holds"),
        (
            "last-moment",
            (3, 1),
            Shown(45_720.999_999_999, "dd/mm/yyyy"),
            "field `date`: this is a time of day, a length of time or the last moment of a day",
        ),
        ("truth", (3, 4), Truth, "field `hours`: this is true or false"),
        ("long", (3, 3), Number(1_234_567_890_123_456_789.0), "field `name`: a name is no number"),
        ("decimals", (3, 3), Number(2025.1), "field `name`: a name is no number with decimals"),
        ("twofold", (3, 4), Text("1.500"), "`1.500` is a text here, and can be read in two ways"),
        ("comma", (3, 4), Text("1,5"), "`1,5` is a text here; give the cell the format \"Number\""),
        (
            "below",
            (3, 4),
            Number(-2.0),
            "`-2` is not written in plain digits, as `1.5`; nothing here is below zero",
        ),
        ("broken", (3, 3), Text("a\nb"), "field `name`: a line ends within"),
        ("grouped", (3, 3), Shown(1234.0, "#,##0"), "the sheet holds `1234`"),
        ("named-day", (3, 3), Day("2025-03-04"), "the sheet holds `2025-03-04`"),
        ("beside", (3, 9), Text("?"), "no name stands above `?`, in the first row"),
        (
            "error",
            (3, 4),
            Computed("=1/0", "#DIV/0!"),
            "field `hours`: the formula of this cell came to an error, `#DIV/0!`",
        ),
        ("kind", (3, 2), Text("actoin"), "did you mean `action`?"),
        ("missing", (3, 3), Computed("=NA()", "#N/A"), "field `name`: `#N/A` stands for no value"),
        ("blank", (3, 0), Text("7 "), "field `case`"),
        (
            "day",
            (3, 1),
            Text("03/04/2025"),
            "does not say whether the day or the month comes first",
        ),
        (
            "year-last",
            (3, 1),
            Text("1/13/2026"),
            "whose year comes last; type it as a date, or as `2026-01-13`",
        ),
    ] {
        let mut cells: Vec<_> =
            SOUND.iter().filter(|(row, column, _)| (*row, *column) != at).copied().collect();
        cells.push((at.0, at.1, typed));
        let told = run(
            &format!("sheet-{test}"),
            "events.xlsx",
            saved(&workbook(&NAMES, &cells)),
            &["--lang", "en"],
        );
        let column = char::from(b'A' + at.1 as u8);
        let place = format!("events.xlsx: {column}{}: case 7 is withheld: ", at.0 + 1);
        assert!(told.err.contains(&place) && told.err.contains(says), "{test}: {}", told.err);
        assert_eq!((told.code, told.out.lines().count()), (1, 1), "{test}: {}", told.out);
    }
}

/// A row is called as the sheet calls it, in the language of the call; in JSON its place is what it is of every file.
#[test]
fn a_row_is_told_as_the_sheet_has_it() {
    let cells = [SOUND, &[(5, 3, Text("Visite"))]].concat();
    let cells: Vec<_> =
        cells.into_iter().filter(|(row, column, _)| (*row, *column) != (5, 4)).collect();
    let book = workbook(&NAMES, &cells);
    let notices = file("sheet-row", "notices.ndjson", "");
    std::fs::remove_file(&notices).unwrap();
    for (lang, place) in
        [("en", "events.xlsx: row 6: case B"), ("fr", "events.xlsx : ligne 6 : dossier B")]
    {
        let told = run("sheet-row", "events.xlsx", &book, &["--lang", lang, "--notices", &notices]);
        assert!(told.code == 0 && told.err.contains(place), "{}", told.err);
        let json = std::fs::read_to_string(&notices).unwrap();
        assert!(json.contains("events.xlsx:6:1\""), "{json}");
    }
    let cells =
        [SOUND, &[(6, 0, Text("C")), (6, 1, Text("5/3/2025")), (6, 2, Text("start"))]].concat();
    let told = run(
        "sheet-row",
        "events.xlsx",
        workbook(&NAMES, &cells),
        &["--lang", "fr", "--notices", &notices],
    );
    let advice = "saisissez une date, ou `2025-03-05` si le jour vient d'abord, `2025-05-03` si c'est le mois\n";
    assert!(told.err.contains("events.xlsx : B7 : le dossier C est retenu"), "{}", told.err);
    assert!(
        told.code == 1 && told.err.contains(advice) && !told.err.contains("points-virgules"),
        "{}",
        told.err
    );
    assert!(std::fs::read_to_string(&notices).unwrap().contains("events.xlsx:7:2\""));
}

/// A number that is a name is what the sheet shows, where that is certain; names that look alike are told as of any file.
#[test]
fn a_name_is_what_the_sheet_shows() {
    let mut cells = SOUND.to_vec();
    for (row, number, format) in [(6, 7.0, "000"), (7, 7.0, "\"D-\"000"), (8, 7.0, "\"d-\"000")] {
        cells.extend([
            (row, 0, Shown(number, format)),
            (row, 1, Day("2025-03-06")),
            (row, 2, Text("action")),
            (row, 3, Text("Visit")),
            (row, 4, Number(1.0)),
        ]);
    }
    let records = RECORDS.to_owned()
        + "007,2025-03-06,action,Visit,1,\nD-007,2025-03-06,action,Visit,1,\nd-007,2025-03-06,action,Visit,1,\n";
    let records = run("sheet-shown", "events.csv", records, &["--lang", "en"]);
    let told = run("sheet-shown", "events.xlsx", workbook(&NAMES, &cells), &["--lang", "en"]);
    assert_eq!((told.code, &told.out), (0, &records.out), "{}", told.err);
    let alike = "have names that look alike, and are billed apart (such pairs: 2)";
    assert!(told.err.contains(alike) && records.err.contains(alike), "{}", told.err);
}

/// A column that no event has stops a file, and the message has the line that leaves it out.
#[test]
fn an_unknown_column_is_left_out_as_the_message_says() {
    for (lang, name) in [("en", "tutor"), ("fr", "Conseiller")] {
        let names = ["case", "date", "kind", "name", "hours", "percent", name];
        let cells = [SOUND, &[(1, 6, Truth)]].concat();
        let book = workbook(&names, &cells);
        let records = RECORDS.replacen("percent", &format!("percent,{name}"), 1);
        let records = records.replace(",\n7", ",,\n7").replace(",\n\n", ",,\n\n");
        let records = records.replace("40\n", "40,\n").replace("2,\n", "2,,\n");
        let line = format!("leave_out = [\"{name}\"]");
        let columns = file("sheet-unknown", "columns.toml", &line);
        for (file, bytes) in [("events.xlsx", &book[..]), ("events.csv", records.as_bytes())] {
            let told = run("sheet-unknown", file, bytes, &["--lang", lang]);
            assert!(told.code == 2 && told.err.contains(&line), "{}", told.err);
            let told = run("sheet-unknown", file, bytes, &["--lang", lang, "--columns", &columns]);
            assert_eq!((told.code, told.out.lines().count()), (0, 3), "{}", told.err);
        }
    }
}

/// A column of remarks is told, and not read, whatever stands there; one that is nearly called as a field still stops a file.
#[test]
fn a_column_of_remarks_is_told_and_not_read() {
    let plain = run("sheet-remark", "plain.csv", RECORDS, &[]);
    for (lang, name, says) in [
        ("en", "Remark", "column `Remark` is no part of events: what stands there is not read"),
        (
            "fr",
            "COMMENTAIRES",
            "la colonne `COMMENTAIRES` ne fait pas partie des événements : ce qui y figure n'est pas lu",
        ),
    ] {
        let names = ["case", "date", "kind", "name", "hours", "percent", name];
        let book = workbook(&names, &[SOUND, &[(1, 6, Truth)]].concat());
        let records = RECORDS.replacen("percent", &format!("percent,{name}"), 1);
        let records = records.replace(",\n7", ",,\n7").replace(",\n\n", ",,\n\n");
        let records = records.replace("40\n", "40,#REF!\n").replace("2,\n", "2,,\n");
        for (file, bytes) in [("events.xlsx", &book[..]), ("events.csv", records.as_bytes())] {
            let told = run("sheet-remark", file, bytes, &["--lang", lang]);
            assert_eq!((told.code, &told.out), (0, &plain.out), "{}", told.err);
            assert_eq!(told.err.matches(says).count(), 1, "{}", told.err);
        }
    }
    for (header, says) in [
        ("case,date,kind,nmae,Remark", "column `nmae` is no field; did you mean `name`?"),
        (
            "Remark,note",
            "the first line has to name the fields of events, and `Remark`, `note` is none",
        ),
        ("case,date,Remark", "every event has `kind`, and there is no such column"),
        ("case,date,kind,remarked", "leave_out = [\"remarked\"]"),
    ] {
        let told = run(
            "sheet-remark",
            "wrong.csv",
            format!("{header}\n"),
            &["--lang", "en", "--events-format", "csv"],
        );
        assert!(told.code == 2 && told.err.contains(says), "{header}: {}", told.err);
    }
}

/// Rows that nobody sees are read like the others, and told once.
#[test]
fn hidden_rows_are_read_and_told() {
    let expected = run("sheet-hidden", "events.csv", RECORDS, &[]).out;
    for (hidden, english, french) in [
        (&["4"][..], "row 4 is hidden", "la ligne 4 est masquée"),
        (
            &["3", "4", "6"],
            "2 rows from row 4 on are hidden",
            "2 lignes à partir de la ligne 4 sont",
        ),
    ] {
        let book = changed(&workbook(&NAMES, SOUND), |name, text| match name {
            "xl/worksheets/sheet1.xml" => hidden.iter().fold(text, |text, row| {
                text.replace(
                    &format!("<row r=\"{row}\""),
                    &format!("<row r=\"{row}\" hidden=\"1\""),
                )
            }),
            _ => text,
        });
        for (lang, says) in [("en", english), ("fr", french)] {
            let told = run("sheet-hidden", "events.xlsx", &book, &["--lang", lang]);
            assert_eq!((told.code, &told.out), (0, &expected), "{}", told.err);
            assert_eq!(told.err.matches(says).count(), 1, "{}", told.err);
        }
    }
    let told = run("sheet-hidden", "events.xlsx", workbook(&NAMES, SOUND), &["--lang", "en"]);
    assert!(!told.err.contains("hidden"), "{}", told.err);
}

/// A sheet whose rows would have a great many blank places is refused before they are made.
#[test]
fn a_wide_and_long_sheet_is_refused() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for column in 0..16_000 {
        sheet.write_string(0, column, "hours").unwrap();
    }
    for row in 1..2_100 {
        sheet.write_string(row, 0, "A").unwrap();
    }
    let book = book.save_to_buffer().unwrap();
    let told = run("sheet-wide", "events.xlsx", book, &["--lang", "en"]);
    assert!(told.code == 2 && told.err.contains("too many columns"), "{}", told.err);
}

/// What is wrong with a sheet as a whole is told with its cell, and nothing is billed.
#[test]
fn what_is_no_table_of_events_is_refused() {
    let mut two = Workbook::new();
    sheet(two.add_worksheet().set_name("Mars").unwrap(), &NAMES, SOUND);
    sheet(two.add_worksheet().set_name("Avril").unwrap(), &NAMES, SOUND);
    let two = two.save_to_buffer().unwrap();
    let beside = [SOUND, &[(2, 9, Text("?"))]].concat();
    let broken = [SOUND, &[(2, 3, Text("a\nb"))]].concat();
    let uncomputed = [SOUND, &[(2, 4, Computed("=1+1", "2"))]].concat();
    let uncomputed = changed(&workbook(&NAMES, &uncomputed), |name, text| match name {
        "xl/worksheets/sheet1.xml" => replaced(&text, "</f><v>2</v>", "</f>"),
        _ => text,
    });
    let with = |at: (u32, u16), typed: Typed| {
        let others = SOUND.iter().filter(|(row, column, _)| (*row, *column) != at);
        let cells: Vec<_> = others.copied().chain([(at.0, at.1, typed)]).collect();
        saved(&workbook(&NAMES, &cells))
    };
    let written = workbook(&NAMES, &[SOUND, &[(2, 4, Computed("=1+1", "0"))]].concat());
    for (name, book, more, says) in [
        ("written", &written, &[][..], "Sheet1!E3: this formula has no value yet, or one that is"),
        (
            "truth",
            &with((3, 0), Truth),
            &[],
            "truth.xlsx: A4: unreadable: field `case`: this is true",
        ),
        (
            "decimals",
            &with((3, 0), Number(2025.1)),
            &[],
            "A4: unreadable: field `case`: a name is no",
        ),
        (
            "grouped",
            &with((3, 0), Shown(1234.0, "#,##0")),
            &[],
            "A4: unreadable: field `case`: the sheet",
        ),
        ("two", &two, &[], "several sheets have cells, `Mars` and `Avril`: say which one"),
        (
            "named",
            &two,
            &["--sheet", "Mar"],
            "there is no sheet `Mar`; the sheets are `Mars` and `Avril`; did you mean `Mars`?",
        ),
        (
            "beside",
            &workbook(&NAMES, &beside),
            &[],
            "beside.xlsx: J3: unreadable: no name stands above `?`",
        ),
        (
            "broken",
            &workbook(&NAMES, &broken),
            &[],
            "D3: unreadable: field `name`: a line ends within",
        ),
        (
            "written-only",
            &uncomputed,
            &[],
            "Sheet1!E3: this formula has no value yet, or one that is",
        ),
        (
            "uncomputed",
            &saved(&uncomputed),
            &[],
            "E3: unreadable: field `hours`: this formula has no value yet; open the file",
        ),
        ("empty", &workbook(&[], &[]), &[], "no sheet of this workbook has any cell"),
        ("lower", &workbook(&[], SOUND), &[], "Sheet1!A1: the first row has to name the fields"),
        (
            "unknown",
            &workbook(&["case", "date", "kind", "nme", "hours", "percent"], SOUND),
            &[],
            "unknown.xlsx: row 1: column `nme` is no field; did you mean `name`?",
        ),
        (
            "json",
            &workbook(&NAMES, SOUND),
            &["--events-format", "ndjson"],
            "save the sheet as \"CSV UTF-8\"",
        ),
    ] {
        let told = run(
            "sheet-refused",
            &format!("{name}.xlsx"),
            book,
            &[&["--lang", "en"], more].concat(),
        );
        assert_eq!((told.code, told.out.as_str()), (2, ""), "{name}: {}", told.err);
        assert!(told.err.contains(says), "{name}: {}", told.err);
    }
    // A formula that comes to no text at all is an empty cell.
    let empty = [SOUND, &[(1, 3, Computed("=IF(1=1,\"\",1)", ""))]].concat();
    let empty = changed(&saved(&workbook(&NAMES, &empty)), |name, text| match name {
        "xl/worksheets/sheet1.xml" => {
            let cell = text.find("<c r=\"D2\"").unwrap();
            let (before, cell) = text.split_at(cell);
            let (cell, behind) = cell.split_at(cell.find("</c>").unwrap());
            let formula = cell.split_once("<f>").unwrap().1.split_once("</f>").unwrap().0;
            format!("{before}<c r=\"D2\" t=\"str\"><f>{formula}</f><v></v>{behind}")
        }
        _ => text,
    });
    let told = run("sheet-refused", "empty-text.xlsx", empty, &["--lang", "en"]);
    assert_eq!((told.code, told.out.lines().count()), (0, 3), "{}", told.err);
    let told = run("sheet-refused", "events.csv", RECORDS, &["--sheet", "Mars", "--lang", "en"]);
    assert!(told.code == 2 && told.err.contains("which this file is not"), "{}", told.err);
}

/// An error that the reader of workbooks does not know is that of its cell, wherever cells say where they stand.
#[test]
fn an_error_of_any_name_withholds_its_case_alone() {
    let names = ["case", "date", "kind", "name", "hours"];
    let mut cells = Vec::new();
    for (row, case, hours) in
        [(1, "A", Number(1.0)), (2, "B", Computed("=X()", "#DIV/0!")), (3, "C", Number(2.0))]
    {
        cells.extend([
            (row, 0, Text(case)),
            (row, 1, Day("2025-03-04")),
            (row, 2, Text("action")),
            (row, 3, Text("Visit")),
            (row, 4, hours),
        ]);
    }
    let book = saved(&workbook(&names, &cells));
    for name in ["Err:502", "#SPILL!", "#CONNECT!"] {
        for placed in [true, false] {
            let book = changed(&book, |part, text| match part {
                "xl/worksheets/sheet1.xml" => {
                    let text = replaced(&text, "#DIV/0!", name);
                    let places = (1..=4).flat_map(|row| ('A'..='E').map(move |c| (c, row)));
                    let unplaced = |text: String, (column, row): (char, u32)| {
                        text.replace(&format!("<c r=\"{column}{row}\""), "<c")
                    };
                    if placed { text } else { places.fold(text, unplaced) }
                }
                _ => text,
            });
            let told = run("sheet-errors", "events.xlsx", &book, &["--lang", "en"]);
            let says = format!(
                "events.xlsx: E3: case B is withheld: field `hours`: the formula of this cell came to an error, `{name}`"
            );
            assert!(told.err.contains(&says), "{name} {placed}: {}", told.err);
            assert_eq!((told.code, told.out.lines().count()), (1, 2), "{name}: {}", told.out);
        }
    }
}

/// A format of several sections shows a percentage where the section of the number does.
#[test]
fn a_percentage_is_one_where_its_section_says_so() {
    let expected = run("sheet-sections", "events.csv", RECORDS, &[]).out;
    for (number, format) in [
        (40.0, "0.0;-0%"),
        (0.4, "0%;-0"),
        (0.4, "[<1]0%;0"),
        (40.0, "[<1]0%;0"),
        (40.0, "0;0%;0%"),
    ] {
        let mut cells: Vec<_> =
            SOUND.iter().filter(|(row, column, _)| (*row, *column) != (4, 5)).copied().collect();
        cells.push((4, 5, Shown(number, format)));
        let told = run("sheet-sections", "events.xlsx", workbook(&NAMES, &cells), &[]);
        assert_eq!((told.code, &told.out), (0, &expected), "{format}: {}", told.err);
    }
}

/// No sum is converted: one that a sheet shows in another currency than the schedules' is told, and billed as its number.
/// A cell of 0.4 without the format of a percentage is 0.4 %, and that is told; with it, it is 40 %.
#[test]
fn percentages_of_one_or_less_are_told_as_they_are_read() {
    let header = "case;date;kind;percent\n7;2025-03-01;start;\n";
    for (cells, said, lang) in [
        (
            "0,4",
            Some(
                "field `percent` is 1 or less here, on 1 line in all, and nowhere more: it is read as a percentage",
            ),
            "en",
        ),
        ("0,4", Some("le champ `percent` vaut ici 1 ou moins, sur 1 ligne en tout"), "fr"),
        ("1", Some("`0.4` as 0.4 %"), "en"),
        ("0", None, "en"),
        ("40", None, "en"),
    ] {
        let events = format!("{header}7;2025-03-05;progress;{cells}\n");
        let told = run("percents", "events.csv", &events, &["--lang", lang]);
        assert_eq!(told.code, 0, "{}", told.err);
        match said {
            Some(said) => assert!(told.err.contains(said), "{cells}: {}", told.err),
            None => assert!(!told.err.contains("percent"), "{cells}: {}", told.err),
        }
        // Only 40 bills what waits for 40 %.
        assert_eq!(told.out.lines().count(), usize::from(cells == "40"), "{cells}: {}", told.out);
    }
    // Beside larger ones it is what it says.
    let events = format!("{header}7;2025-03-05;progress;0,4\n7;2025-03-06;progress;40\n");
    assert!(!run("percents", "events.csv", &events, &[]).err.contains("percent"));
    for (cell, lines, told_of) in [(Number(0.4), 0, true), (Shown(0.4, "0 %"), 1, false)] {
        let cells = [
            (1, 0, Number(7.0)),
            (1, 1, Day("2025-03-01")),
            (1, 2, Text("start")),
            (2, 0, Number(7.0)),
            (2, 1, Day("2025-03-05")),
            (2, 2, Text("progress")),
            (2, 5, cell),
        ];
        let told = run("percents-book", "events.xlsx", workbook(&NAMES, &cells), &[]);
        assert_eq!((told.code, told.out.lines().count()), (0, lines), "{}", told.err);
        assert_eq!(told.err.contains("is 1 or less here"), told_of, "{}", told.err);
    }
}

#[test]
fn a_sum_shown_in_another_currency_is_told() {
    let names = ["case", "date", "kind", "name", "amount"];
    let schedule = file(
        "sheet-currency",
        "cost.jalon",
        "schedule \"Costs\"\n  price per action, in EUR\n  action \"Travel\" at cost\n  balance \"B\": work on end or abandonment\n",
    );
    for (formats, says) in [
        (&["#,##0 \"USD\""][..], Some("Sheet1!E2 is shown in `USD`, and its number is read")),
        (&["[$$-409]#,##0.00", "0"], Some("Sheet1!E2 is shown in `$`")),
        (&["0 \"CHF\"", "0 \"CHF\""], Some("2 cells from Sheet1!E2 on are shown in `CHF`")),
        (&["#,##0.00 [$€-40C]", "0 \"EUR\""], None),
        (&["0 \"km\""], None),
    ] {
        let mut cells = Vec::new();
        for (row, format) in (1..).zip(formats) {
            cells.extend([
                (row, 0, Text("A")),
                (row, 1, Day("2025-03-04")),
                (row, 2, Text("action")),
                (row, 3, Text("Travel")),
                (row, 4, Shown(80.0, format)),
            ]);
        }
        let events = file("sheet-currency", "events.xlsx", workbook(&names, &cells));
        let call = ["run", "--lang", "en", "--schedule", &schedule, "--events", &events];
        let told = jalon(&[&call[..], &["--as-of", "2025-04-30"]].concat());
        assert_eq!(told.code, 0, "{}", told.err);
        match says {
            Some(says) => assert!(told.err.contains(says), "{}", told.err),
            None => assert!(!told.err.contains("shown in"), "{}", told.err),
        }
    }
}

/// A cell that says that it is an error, and not which, is no blank cell: it withholds its case and says what to do.
#[test]
fn an_error_without_a_text_is_not_nothing() {
    let records = RECORDS.replace("\"Visit, \"\"long\"\"\",1.125", "\"Visit, \"\"long\"\"\",");
    let blank = run("sheet-error-blank", "events.csv", records, &["--lang", "en"]);
    let cells: Vec<_> =
        SOUND.iter().filter(|(row, column, _)| (*row, *column) != (3, 4)).copied().collect();
    let book = workbook(&NAMES, &cells);
    let sound = run("sheet-error-blank", "events.xlsx", &book, &["--lang", "en"]);
    assert_eq!((sound.code, &sound.out), (blank.code, &blank.out), "{}", sound.err);
    for cell in [
        "<c r=\"E4\" t=\"e\"/>",
        "<c r=\"E4\" t=\"e\"></c>",
        "<c r=\"E4\" t='e'><v></v></c>",
        "<c r=\"E4\" s=\"0\" t=\"e\"><v/></c>",
    ] {
        let book = changed(&book, |name, text| {
            if !name.ends_with("sheet1.xml") {
                return text;
            }
            let at = text.find("r=\"D4\"").expect("the cell before it");
            let end = at + text[at..].find("</c>").expect("its end") + "</c>".len();
            format!("{}{cell}{}", &text[..end], &text[end..])
        });
        let told = run("sheet-error", "events.xlsx", saved(&book), &["--lang", "en"]);
        let says =
            "events.xlsx: E4: case 7 is withheld: field `hours`: this formula has no value yet";
        assert!(told.err.contains(says), "{cell}: {}", told.err);
        assert_eq!((told.code, told.out.lines().count()), (1, 1), "{cell}: {}", told.out);
    }
}

/// A row whose case is an error of its formula names no case, and could be of any: nothing is billed, and a case of that name
/// there is none.
#[test]
fn a_row_whose_case_is_an_error_is_of_no_case() {
    for typed in [Computed("=NA()", "#N/A"), Text("#N/A"), Computed("=1/0", "#DIV/0!")] {
        let mut cells: Vec<_> =
            SOUND.iter().filter(|(row, column, _)| (*row, *column) != (3, 0)).copied().collect();
        cells.push((3, 0, typed));
        let book = saved(&workbook(&NAMES, &cells));
        let told = run("sheet-no-case", "events.xlsx", book, &["--lang", "en"]);
        assert!(told.err.contains("events.xlsx: A4: unreadable: field `case`: "), "{}", told.err);
        assert!(told.err.contains("nothing is billed"), "{}", told.err);
        assert!(told.code != 0 && told.out.is_empty(), "{} {}", told.code, told.out);
    }
}
