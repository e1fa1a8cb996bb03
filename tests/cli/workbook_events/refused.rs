//! Sheets that are refused as a whole.

use super::{
    Computed, NAMES, Number, RECORDS, SOUND, Shown, Text, Truth, Typed, changed, replaced, run,
    saved, sheet, workbook,
};
use rust_xlsxwriter::Workbook;

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
        (
            "written",
            &written,
            &[][..],
            "E3: unreadable: field `hours`: this formula has no value yet, or one that is computed",
        ),
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
            "E3: unreadable: field `hours`: this formula has no value yet, or one that is computed",
        ),
        (
            "uncomputed",
            &saved(&uncomputed),
            &[],
            "E3: unreadable: field `hours`: this formula has no value yet",
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
