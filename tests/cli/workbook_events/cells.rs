//! Cells that say something else than an event, errors among them.

use super::{
    Computed, Day, NAMES, Number, RECORDS, SOUND, Shown, Text, Truth, changed, replaced, run,
    saved, workbook,
};

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

/// A program that writes a workbook computes no formula: each withholds the case of its row, and the others are billed.
#[test]
fn a_formula_that_nobody_has_computed_withholds_its_case() {
    let sound = SOUND.iter().filter(|(row, column, _)| (*row, *column) != (3, 4));
    let cells: Vec<_> = sound.copied().chain([(3, 4, Computed("=1+1", "2"))]).collect();
    for (lang, says) in [
        (
            "en",
            "events.xlsx: E4: case 7 is withheld: field `hours`: this formula has no value yet, or one that is computed when the file is opened: open and save it in a spreadsheet",
        ),
        (
            "fr",
            "events.xlsx : E4 : le dossier 7 est retenu : champ `hours` : cette formule n'a pas encore de valeur, ou une que l'ouverture du fichier recalcule : ouvrez-le et enregistrez-le dans un tableur",
        ),
    ] {
        let told = run("sheet-later", "events.xlsx", workbook(&NAMES, &cells), &["--lang", lang]);
        assert!(told.err.contains(says), "{}", told.err);
        let lines: Vec<&str> = told.out.lines().collect();
        let [only] = lines.as_slice() else { panic!("{}", told.out) };
        assert!(told.code == 1 && only.contains("\"case\":\"B\""), "{only}");
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
