//! Percentages and sums, by the format in which a cell shows them.

use super::{Day, NAMES, Number, RECORDS, SOUND, Shown, Text, run, workbook};
use crate::program::{file, jalon};

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

/// No sum is converted: one that a sheet shows in another currency than the schedules' is told, and billed as its number.
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
