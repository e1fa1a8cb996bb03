//! A sheet bills as its records do, in both systems of days, and is told as it stands there.

use super::{Day, NAMES, Number, RECORDS, SOUND, Shown, Text, changed, replaced, run, workbook};
use crate::program::file;

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
