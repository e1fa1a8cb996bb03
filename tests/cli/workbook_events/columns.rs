//! Columns that events do not have: unknown ones, and remarks.

use super::{RECORDS, SOUND, Truth, run, workbook};
use crate::program::file;

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
