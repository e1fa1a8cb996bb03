//! Cells and values of events that are withheld: days that can be read in two ways, and what spreadsheets show where a formula
//! has no value.

use crate::program::{file, jalon};

const SCHEDULE: &str = "schedule \"S\"\n  price per action, in EUR\n    action \"W\" 0.085 per \"word\"\n    action \"H\" hourly 70\n  \
                        balance \"End\": work on end\n  balance \"Left\": work on abandonment\n";

/// What a run says of events.
fn told(name: &str, events: &str, lang: &str) -> String {
    let folder = format!("cells-of-events-{name}-{lang}");
    let schedule = file(&folder, "s.jalon", SCHEDULE);
    let events = file(&folder, name, events);
    let call = [
        "run",
        "--lang",
        lang,
        "--schedule",
        &schedule,
        "--events",
        &events,
        "--as-of",
        "2026-06-01",
    ];
    jalon(&call).err
}

#[test]
fn a_day_that_can_be_read_in_two_ways_is_told_as_both() {
    let [spreadsheet, tableur] = [
        "(in a spreadsheet, cell format `yyyy-mm-dd`)",
        "(dans un tableur, format de cellule `aaaa-mm-jj`)",
    ];
    for (number, (cell, separator, says)) in [
        ("5/1/2026", ',', "does not say whether the day or the month comes first; write `2026-01-05` if the day comes first, `2026-05-01` if the month does"),
        ("05/01/2026", ',', "does not say whether the day or the month comes first; write `2026-01-05` if the day comes first, `2026-05-01` if the month does"),
        ("1/13/2026", ',', "the year of `1/13/2026` comes last; write `2026-01-13`"),
        ("5/5/2026", ',', "the year of `5/5/2026` comes last; write `2026-05-05`"),
        ("2026/1/5", ',', "the year of `2026/1/5` comes first, as it should; write the day with hyphens, its month and day with two digits each, `2026-01-05`"),
        ("31/2/2026", ',', "`31/2/2026` is no day from 1900-01-01 to 2199-12-31; write YYYY-MM-DD"),
        ("2026/13/5", ',', "`2026/13/5` is no day from 1900-01-01 to 2199-12-31; write YYYY-MM-DD"),
        ("2026/1/5", ';', "`2026/1/5` is no date; it is written YYYY-MM-DD, from 1900-01-01 to 2199-12-31; write `2026-01-05`\n"),
        ("2026.1.5", ';', "`2026.1.5` is no date; it is written YYYY-MM-DD, from 1900-01-01 to 2199-12-31; write `2026-01-05`\n"),
        ("5/1/26", ',', "`5/1/26` does not say whether the day or the month comes first; write YYYY-MM-DD"),
        ("5/1/2026", ';', "`5/1/2026` is no date; it is written YYYY-MM-DD, from 1900-01-01 to 2199-12-31; write `2026-01-05` if the day comes first, `2026-05-01` if the month does\n"),
        ("2026-02-30", ';', "`2026-02-30` is no date; it is written YYYY-MM-DD, from 1900-01-01 to 2199-12-31\n"),
    ]
    .into_iter()
    .enumerate()
    {
        let events = format!("case,date,kind\nA,{cell},end\n").replace(',', &separator.to_string());
        let err = told(&format!("days-{number}.csv"), &events, "en");
        assert!(err.contains(says), "{cell}: {err}");
        // Only a day of two digits and a month of two digits are read day first.
        assert_eq!(err.contains("semicolons"), cell == "05/01/2026", "{cell}: {err}");
        assert_eq!(err.contains(spreadsheet), separator == ',', "{cell}: {err}");
    }
    let err = told("inconnus.csv", "dossier,date,nature\nA,31/2/2026,fin\nB,2026/1/5,fin\n", "fr");
    assert!(err.contains("`31/2/2026` n'est pas un jour du"), "{err}");
    assert!(
        err.contains("l'année de `2026/1/5` vient bien en premier") && err.contains("`2026-01-05`"),
        "{err}"
    );
    let err = told("jours.csv", "dossier,date,nature\nA,5/1/2026,fin\n", "fr");
    let both = "`5/1/2026` ne dit pas si le jour ou le mois vient d'abord ; écrivez `2026-01-05` si le jour vient d'abord, `2026-05-01` si c'est le mois";
    assert!(err.contains(&format!("{both} {tableur}\n")), "{err}");
    let err =
        told("jours.ndjson", "{\"case\":\"A\",\"date\":\"5/1/2026\",\"kind\":\"end\"}\n", "fr");
    assert!(
        err.contains(
            "écrivez `2026-01-05` si le jour vient d'abord, `2026-05-01` si c'est le mois\n"
        ),
        "{err}"
    );
}

/// Between commas a point is that of decimals, and a comma none.
#[test]
fn three_digits_behind_a_point_are_decimals_between_commas() {
    let events = "case,date,kind,name,quantity\nA,2026-01-05,action,W,1.500\nB,2026-01-05,action,W,\"1,500\"\n";
    let err = told("points.csv", events, "en");
    assert!(
        err.contains("withheld: 1 of 2 cases")
            && err.contains("case B is withheld: field `quantity`"),
        "{err}"
    );
    let err = told(
        "points-and-semicolons.csv",
        &events.replace("\"1,500\"", "1'500").replace(',', ";"),
        "en",
    );
    assert!(
        err.contains("case A is withheld: field `quantity`: `1.500` can be read in two ways"),
        "{err}"
    );
}

/// What a formula without a value shows is no name, whatever carries it.
#[test]
fn the_error_of_a_formula_is_no_name() {
    let errors = [
        "#N/A",
        "#REF!",
        "#VALUE!",
        "#VALEUR!",
        "#NV",
        "#DIV/0!",
        "#NAME?",
        "Err:502",
        "Err:522",
        // Of other languages, or set apart, or newer.
        "#EPARS!",
        "#CHAMP!",
        "#N/D",
        "#I/T",
        "#Н/Д",
        "#Δ/Υ",
        "#YOK",
        "#HIÁNYZIK",
        "#NENÍ_K_DISPOZICI",
        "#NOM?",
        "#NOM ?",
        "#VALEUR !",
        "#VALEUR\u{a0}!",
        "#VALEUR\u{202f}!",
        "#OCCUPÉ!",
        "#¡REF!",
        "#¡VALOR!",
        "#¿NOMBRE?",
        "#¡DIV/0!",
        "#RIF!",
        "#VALORE!",
        "#ÜBERLAUF!",
        "#KALK!",
        "#GETTING_DATA",
        // Of a column that is too narrow.
        "########",
        "###",
    ];
    for (number, error) in errors.into_iter().enumerate() {
        let right = match error {
            "#N/A" => "stands for no value",
            "########" | "###" => "its column had no room to show",
            _ => "came to an error",
        };
        let json = |case: &str, name: &str| {
            format!(
                "{{\"case\":\"{case}\",\"date\":\"2026-01-05\",\"kind\":\"action\",\"name\":\"{name}\",\"hours\":1}}\n"
            )
        };
        let rows =
            format!("case,date,kind,name\nA,2026-01-05,action,{error}\nB,2026-01-05,action,H\n");
        let lines = json("A", error) + &json("B", "H");
        for (name, events) in [("csv", rows), ("ndjson", lines)] {
            let err = told(&format!("errors-{number}.{name}"), &events, "en");
            assert!(err.contains("case A is withheld: field `name`: "), "{error}: {err}");
            assert!(
                err.contains(right) && err.contains("withheld: 1 of 2 cases"),
                "{error}: {err}"
            );
        }
        let rows = format!("case,date,kind\n{error},2026-01-05,end\n");
        for (name, events) in [("csv", rows), ("ndjson", json(error, "H"))] {
            let err = told(&format!("cases-{number}.{name}"), &events, "en");
            assert!(
                err.contains("unreadable: field `case`: ") && err.contains(right),
                "{error}: {err}"
            );
            assert!(err.contains("nothing is billed"), "{error}: {err}");
        }
    }
    // These only look like it.
    for name in [
        "#12", "# REF!", "Err:", "Err: 502", "Err:5020", "##", "#12!", "#Urgent!", "#A!", "A#REF!",
        "#REF",
    ] {
        let line = format!(
            "{{\"case\":\"A\",\"date\":\"2026-01-05\",\"kind\":\"end\",\"id\":\"{name}\"}}\n"
        );
        let err = told("names.ndjson", &line, "en");
        assert!(err.contains("1 billed, 0 withheld"), "{name}: {err}");
    }
}

/// A remark of one or two digits may be the decimals of the number before it, in a row that lacks a cell.
#[test]
fn a_remark_behind_a_number_may_be_its_decimals() {
    let events = "case,date,kind,name,quantity,note\nA,2026-01-05,action,W,84,50\nB,2026-01-05,action,W,84,\"50\"\n\
                  C,2026-01-05,action,W,84,late\n";
    let err = told("remarks.csv", events, "en");
    assert!(
        err.contains("case A is withheld: field `quantity`: `84,50`")
            && err.contains("withheld: 1 of 3 cases"),
        "{err}"
    );
}

/// A quote that is astray in a cell withholds the case that stands before it; where it leaves a cell open, or hides the case, the
/// line may be of any case.
#[test]
fn a_quote_within_a_cell_withholds_its_case() {
    let of = |row: &str, lang: &str| {
        let rows = format!("case,date,kind,note\nA,2026-01-05,end,fine\n{row}\n");
        told("quotes.csv", &rows, lang)
    };
    for (row, cell) in [
        ("B,2026-01-05,end,\"he said \"yes\" to it\"", "cell 4, `he said \"yes\" to it`"),
        ("B,2026-01-05,end,5\" by 7\"", "cell 4, `5\" by 7\"`"),
        ("B,2026-01-05,end,5\" disk", "cell 4, `5\" disk`"),
        ("B,2026-01-05,e\"nd,fine", "cell 3, `e\"nd`"),
    ] {
        let err = of(row, "en");
        let says =
            format!("case B is withheld: {cell}: a quote stands inside it; put the cell in quotes");
        assert!(err.contains(&says) && err.contains("1 billed, 1 withheld"), "{row}: {err}");
    }
    let french = of("B,2026-01-05,end,\"il a dit \"oui\" hier\"", "fr");
    let says = "cellule 4, `il a dit \"oui\" hier` : un guillemet s'y trouve ; mettez la cellule entre guillemets";
    assert!(french.contains(says), "{french}");
    for row in [
        // A cell that is never closed.
        "B,2026-01-05,end,\"two\nlines",
        // The cell may go on in the next line: its last quotes may be one within it.
        "B,2026-01-05,\"e\"nd,fine",
        "B,2026-01-05,end,\"he said \"yes\"\"",
        // The case is behind it, or it has no case, or too many cells.
        "\"B\"x\",2026-01-05,end,fine",
        ",2026-01-05,end,5\" by 7\"",
        "B,2026-01-05,end,\"a \"b\", c\",\"d\"",
    ] {
        let err = of(row, "en");
        assert!(err.contains("unreadable: ") && err.contains("nothing is billed"), "{row}: {err}");
    }
}

/// A cell in quotes goes on over lines, those behind it keep their numbers, and blocks do not end within it.
#[test]
fn a_cell_in_quotes_goes_on_over_lines() {
    let rows = "case,date,kind,note\nA,2026-01-05,end,\"two\nlines, of \"\"one\"\" note\n\n\"\r\n\
                B,2026-01-05,end,\"and\r\nyes, we met him\n,,,\nmore\"\nC,2026-01-35,end,fine\n";
    let err = told("over-lines.csv", rows, "en");
    assert!(err.contains("over-lines.csv:10:1: ") && err.contains("2 billed, 1 withheld"), "{err}");
    // Of what an event says it is none.
    let name = "case,date,kind,name\nA,2026-01-05,end,\nB,2026-01-05,event,\"two\nlines\"\n";
    let err = told("name-over-lines.csv", name, "en");
    assert!(
        err.contains("case B is withheld: field `name`: a line ends within `two\\nlines`"),
        "{err}"
    );
    let many: String = (0..20_000)
        .map(|case| format!("case {case},2026-01-05,end,\"a note\nin {case} lines\n\"\n"))
        .collect();
    // Of a quote left open, no line behind it is cut where a block ends.
    let rows: String =
        (0..60_000).map(|case| format!("case {case},2026-01-05,end,fine\n")).collect();
    let err = skipping_of("inches.csv", &format!("A,2026-01-05,end,12\" pipe\n{rows}"));
    assert!(err.contains("60000 billed, 1 withheld"), "{err}");
    let err = told("blocks.csv", &("case,date,kind,note\n".to_owned() + &many), "en");
    assert!(err.contains("20,000 billed") || err.contains("20000 billed"), "{err}");
}

/// What a run says that skips what it cannot read.
fn skipping_of(name: &str, rows: &str) -> String {
    let folder = format!("cells-of-events-{name}");
    let schedule = file(&folder, "s.jalon", SCHEDULE);
    let events = file(&folder, "e.csv", format!("case,date,kind,note\n{rows}"));
    let call = ["run", "--schedule", &schedule, "--events", &events, "--as-of", "2026-06-01"];
    jalon(&[&call[..], &["--skip-unreadable"]].concat()).err
}

/// A quote that is left open swallows no other line; where what it opens is closed further down, and a line between would be an
/// event by itself, none of these lines is read, whatever is skipped.
#[test]
fn a_quote_left_open_takes_no_event_with_it() {
    let err = skipping_of(
        "open",
        "A,2026-01-05,end,\"open\nB,2026-01-05,end,fine\nC,2026-01-05,end,fine\n",
    );
    assert!(
        err.contains("e.csv:2:1: unreadable: a quote in this line is not closed within 1 MiB"),
        "{err}"
    );
    assert!(err.contains("2 billed"), "{err}");
    let doubtful =
        "A,2026-01-05,end,\"see\nB,2026-01-05,end,fine\nthere\"\nC,2026-01-05,end,fine\n";
    let err = skipping_of("doubtful", doubtful);
    assert!(
        err.contains(
            "e.csv:2:1: unreadable: a cell in quotes that begins in this line goes over 3 lines"
        ),
        "{err}"
    );
    assert!(err.contains("1 billed"), "{err}");
    // Ditto marks: each line ends within a cell, and closes the one before.
    let ditto = "A,2026-01-05,end,\"\nB,2026-01-05,end,\"\nC,2026-01-05,end,fine\n";
    let err = skipping_of("ditto", ditto);
    assert!(
        err.contains(
            "e.csv:2:1: unreadable: a cell in quotes that begins in this line goes over 2 lines"
        ),
        "{err}"
    );
    assert!(err.contains("1 billed"), "{err}");
    let french = told("douteux.csv", &format!("case,date,kind,note\n{doubtful}"), "fr");
    let says = "une cellule entre guillemets qui commence dans cette ligne s'étend sur 3 lignes";
    assert!(french.contains(says), "{french}");
}
