//! What real tools write: the same events, as each of them exported them, give the same lines, or are refused
//! in words that say what to do in that tool. Nothing is billed otherwise.

use crate::program::{Outcome, file, jalon, root};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// How a file is read.
enum Verdict {
    /// As it is meant.
    Read,
    /// As it is meant, with these names of the cases, and other ids of the events.
    Cases([&'static str; 2]),
    /// As it is meant, but for the ids of the events.
    OtherIds,
    /// Nothing of it is billed, or not of each case, and this is said.
    Says(&'static str),
}

use Verdict::{Cases, OtherIds, Read, Says};

/// What comes of each file; those in Parquet are read by a program that was built with it.
const FILES: &[(&str, Verdict)] = &[
    (
        "csv-stringify-6.9.0.dates.csv",
        Says("`1736294400000` is a number, and a day is written YYYY-MM-DD"),
    ),
    ("duckdb-2.0.1.allnull.parquet", Says("field `ref` is missing: `void` needs it")),
    ("duckdb-2.0.1.array.json", Read),
    ("duckdb-2.0.1.csv.zst", Read),
    ("duckdb-2.0.1.dbl.json", Read),
    ("duckdb-2.0.1.int.parquet", Cases(["1", "2"])),
    (
        "duckdb-2.0.1.interval.csv",
        Says(
            "`01:30:00` is not written in plain digits, as `1.5`; write `1.5`, or `90` as `minutes`",
        ),
    ),
    ("duckdb-2.0.1.json.gz", Read),
    ("duckdb-2.0.1.ts.csv", Read),
    ("duckdb-2.0.1.ts.parquet", Read),
    ("duckdb-2.0.1.tz.json", Read),
    ("excel-fr-by-hand.bom.csv", Read),
    ("excel-fr-by-hand.cp1252.csv", Says("it looks like Windows-1252")),
    ("excel-fr-by-hand.frac3.csv", Says("`24,500` can be read in two ways")),
    ("exceljs-4.4.0.trailing.csv", Says("this line has 8 cells, and the first line names 10")),
    ("fast-csv-5.0.8.dates.csv", Says("JavaScript: `toLocaleDateString('sv')`")),
    ("go-1.19.plain.ndjson", Says("field `name` is empty: leave it out")),
    ("jackson-2.21.javatime-iso-ldt.ndjson", Read),
    ("jackson-2.21.javatime-iso-nonnull.ndjson", Read),
    ("jackson-2.21.utildate-iso.ndjson", Says("a moment is not a day")),
    ("jackson-2.21.utildate.ndjson", Says("disable `WRITE_DATES_AS_TIMESTAMPS`")),
    ("jq-1.6.first-names.csv", Says("field `name` is missing: `action` needs it")),
    ("libreoffice-7.4.default-fr.builtin14.csv", Says("it looks like Windows-1252")),
    ("libreoffice-7.4.utf8-en.builtin14.csv", Says("`1/8/2025` does not say whether the day or")),
    ("libreoffice-7.4.utf8-semicolon-fr.pandasdate.csv", Read),
    ("mongodb-by-hand.ndjson", Says("unknown field `_id`; the fields are")),
    ("msgspec-0.23.0.decimal.ndjson", Read),
    ("node-20.datelocal.ndjson", Says("it looks like midnight of the next day in Paris")),
    ("node-20.null.ndjson", Read),
    ("node-20.pretty-array.json", Read),
    ("node-20.sum.ndjson", Says("round it where it is computed, or send `minutes`")),
    ("orjson-3.13.0.utc-z.ndjson", Read),
    ("pandas-3.1.1.csvread-default.csv", Says("pandas: `index=False`")),
    ("pandas-3.1.1.csvread-iso-s.ndjson", Read),
    ("pandas-3.1.1.csvread-noindex.csv", Read),
    ("pandas-3.1.1.float-datetime.parquet", Read),
    ("pandas-3.1.1.fr.csv", Read),
    ("pandas-3.1.1.na_rep.csv", Says("`NULL` stands for no value")),
    ("pandas-3.1.1.object-default.ndjson", Says("is a number, and a day is written YYYY-MM-DD")),
    ("pandas-3.1.1.orient-split.json", Says("pandas: `orient=\"records\", lines=True`")),
    (
        "pandas-3.1.1.orient-values.json",
        Says("this is a list of values (pandas: `orient=\"records\"`"),
    ),
    ("pandas-3.1.1.tz-noindex.csv", Read),
    ("pandas-3.1.1.tz.parquet", Says("it looks like midnight of the next day in Paris")),
    ("php-8.2.atom.ndjson", Read),
    ("php-8.2.datetime.ndjson", Says("PHP: `$date->format('Y-m-d')`")),
    ("polars-2.1.0.brotli.parquet", Says("write it with snappy, zstd, gzip")),
    ("polars-2.1.0.caseint.ndjson", Cases(["1", "2"])),
    ("polars-2.1.0.datetimetz.csv", Read),
    ("polars-2.1.0.dec.ndjson", Read),
    (
        "polars-2.1.0.duration.ndjson",
        Says(
            "`PT5400S` is not written in plain digits, as `1.5`; write `1.5`, or `90` as `minutes`",
        ),
    ),
    ("polars-2.1.0.sum.ndjson", Says("round it where it is computed, or send `minutes`")),
    ("postgresql-15.bigint-id-strip.ndjson", Cases(["1", "2"])),
    (
        "postgresql-15.copy-row_to_json.ndjson",
        Says("its backslashes are doubled (PostgreSQL: `psql"),
    ),
    ("postgresql-15.copy-text-header.csv", Says("COPY … WITH (FORMAT csv, HEADER)")),
    ("postgresql-15.div-strip-At.ndjson", Read),
    ("postgresql-15.json_agg.json", Read),
    ("postgresql-15.psql-AF-footer.csv", Says("psql: `--csv`")),
    ("postgresql-15.ts-strip-At.ndjson", Read),
    ("pyspark-4.3.0.json-ts.ndjson", Read),
    ("pyspark-4.3.0.pq-tsntz.parquet", Read),
    ("python-3.11.camel-keys.ndjson", Says("`plannedHours`; did you mean `planned_hours`?")),
    ("python-3.11.capital-keys.ndjson", Says("did you mean `case`, `date`, `kind`")),
    ("python-3.11.case-int.ndjson", Cases(["1", "2"])),
    ("python-3.11.comma-lines.json", Says("a comma stands behind this object")),
    ("python-3.11.concat.json", Says("another object begins here")),
    ("python-3.11.dumps-empty-strings.ndjson", Says("field `name` is empty: leave it out")),
    ("python-3.11.dumps-float-nulls.ndjson", Read),
    ("python-3.11.extra-field.ndjson", Says("`--columns FILE` names columns")),
    ("python-3.11.id-int.ndjson", OtherIds),
    ("python-3.11.wrapped.json", Says("`jq -c '.events[]'` writes them so")),
    ("reference.ndjson", Read),
    ("ruby-3.1.bigdecimal.ndjson", Read),
    ("ruby-3.1.datetime.ndjson", Read),
    ("rust-csv.csv", Read),
    ("sqlite-3.40.csv-no-header.csv", Says("a file without names: sqlite3 `.headers on`")),
    ("sqlite-3.40.mode-csv.csv", Read),
    ("sqlite-3.40.mode-json.json", Read),
    ("sqlite-utils-4.2.1.arrays.json", Says("sqlite-utils: without `--arrays`")),
];

const FOLDER: &str = "tests/cases/producers";

fn run(events: &[&str], more: &[&str]) -> Outcome {
    let schedules = format!("{FOLDER}/schedules.jalon");
    let call = ["run", "--lang", "en", "--schedule", &schedules, "--as-of", "2026-12-31"];
    jalon(&[&call[..], &["--events"], events, more].concat())
}

fn path(name: &str) -> String {
    format!("{FOLDER}/{name}")
}

/// Lines, without what follows from the names of cases and events.
fn lines(out: &str, cases: &BTreeMap<String, String>, ids: bool) -> Vec<Value> {
    let lines = out.lines().map(|line| {
        let mut line: Value = serde_json::from_str(line).unwrap();
        if let Some(case) = cases.get(line["case"].as_str().unwrap()) {
            line["case"] = json!(case);
        }
        if let Some(id) = line["trigger"].get_mut("id").filter(|_| !ids) {
            *id = json!(null);
        }
        line["id"] = json!(null);
        line
    });
    lines.collect()
}

#[test]
fn each_file_is_read_as_it_is_meant_or_refused_with_advice() {
    let reference = run(&[&path("reference.ndjson")], &[]);
    assert_eq!((reference.code, reference.out.lines().count()), (0, 4), "{}", reference.err);
    let none = BTreeMap::new();
    for (name, verdict) in FILES {
        if name.ends_with(".parquet") && !cfg!(feature = "parquet") {
            continue;
        }
        let outcome = run(&[&path(name)], &[]);
        let read = |ids: bool, cases: &BTreeMap<String, String>| {
            assert_eq!(outcome.code, 0, "{name}: {}", outcome.err);
            let expected = lines(&reference.out, &none, ids);
            assert_eq!(lines(&outcome.out, cases, ids), expected, "{name}: {}", outcome.err);
        };
        match verdict {
            Read => {
                read(true, &none);
                assert_eq!(outcome.out, reference.out, "{name}");
            }
            Cases(cases) => {
                let ours = ["D-001", "D-002"].map(str::to_owned);
                read(false, &cases.map(str::to_owned).into_iter().zip(ours).collect());
            }
            OtherIds => read(false, &none),
            Says(what) => {
                assert!(outcome.code != 0, "{name}");
                assert!(outcome.err.contains(what), "{name}: {}", outcome.err);
                // What is billed of other cases is as it is meant.
                let meant = lines(&reference.out, &none, true);
                let billed = lines(&outcome.out, &none, true);
                assert!(billed.iter().all(|line| meant.contains(line)), "{name}");
            }
        }
    }
}

#[test]
fn no_file_is_without_a_verdict() {
    let mut names: Vec<String> = std::fs::read_dir(root().join(FOLDER))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != "README.md" && name != "schedules.jalon" && name != "columns.toml")
        .collect();
    names.sort();
    assert_eq!(names, FILES.iter().map(|(name, _)| *name).collect::<Vec<_>>());
}

#[test]
fn files_under_other_names_are_told_once_and_read() {
    let bytes = |name: &str| std::fs::read(root().join(path(name))).unwrap();
    let reference = run(&[&path("reference.ndjson")], &[]).out;
    for (name, renamed, said) in [
        ("duckdb-2.0.1.json.gz", "events.ndjson", "this file is gzip"),
        ("duckdb-2.0.1.csv.zst", "events.csv", "this file is zstd"),
        ("duckdb-2.0.1.ts.csv", "events.ndjson", "this file is CSV"),
        ("duckdb-2.0.1.ts.csv", "events.csv.gz", "this file is not compressed"),
        ("reference.ndjson", "events.csv", "this file is JSON"),
        ("excel-fr-by-hand.bom.csv", "events.txt", "this file is CSV"),
    ] {
        let renamed = file("renamed", renamed, bytes(name));
        let outcome = run(&[&renamed], &[]);
        assert_eq!(outcome.out, reference, "{name}: {}", outcome.err);
        assert_eq!(outcome.err.matches(said).count(), 1, "{name}: {}", outcome.err);
    }
    let utf16: Vec<u8> = "case,date".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let tar = [&b"events.ndjson"[..], &[0; 244], b"ustar\x0000", &[0; 250]].concat();
    let workbook = [&b"PK\x03\x04"[..], &[0; 40]].concat();
    for (renamed, bytes, said) in [
        ("utf16.csv", utf16, "this file is in UTF-16"),
        ("workbook.csv", workbook, "Excel or LibreOffice workbook"),
        ("old.csv", b"\xd0\xcf\x11\xe0\xa1\xb1".to_vec(), "(.xls)"),
        ("packed.ndjson", b"\xfd7zXZ\x00".to_vec(), "compressed with xz"),
        ("packed.gz", b"BZh91AY&SY\x01".to_vec(), "compressed with bzip2"),
        ("packed.tar", tar, "this is a tar archive"),
        ("frame.pkl", b"\x80\x05\x95\x10".to_vec(), "pickle (Python)"),
        ("stream.arrows", b"\xff\xff\xff\xff\x10".to_vec(), "Arrow IPC"),
    ] {
        let outcome = run(&[&file("renamed", renamed, bytes)], &[]);
        assert_eq!((outcome.code, outcome.out.as_str()), (2, ""), "{renamed}: {}", outcome.err);
        assert_eq!(outcome.err.matches(said).count(), 1, "{renamed}: {}", outcome.err);
        assert_eq!(outcome.err.lines().count(), 1, "{renamed}: {}", outcome.err);
    }
}

const MAP: &str = r#"
leave_out = ["_id", "created_by"]

[columns]
CASE = "case"
plannedHours = "planned_hours"
name = "kind"
label = "name"

[kinds]
SEANCE = "action"
"#;

#[test]
fn a_table_names_the_columns_and_kinds_of_the_host() {
    let map = file("columns", "map.toml", MAP);
    let schedule = file(
        "columns",
        "s.jalon",
        "schedule \"s\" price hourly 10 EUR planned 10 hours balance \"b\": work on end",
    );
    let call = ["run", "--lang", "en", "--schedule", &schedule, "--as-of", "2026-12-31"];
    let json = r#"{"_id":{"x":1},"CASE":"a","date":"2025-01-01","name":"SEANCE","label":"A","hours":2}
{"CASE":"a","date":"2025-01-02","name":"end","created_by":"me"}
"#;
    let csv = "_id;CASE;date;name;label;hours\n1;a;2025-01-01;SEANCE;A;2\n2;a;2025-01-02;end;;\n";
    for (name, text) in [("e.ndjson", json), ("e.csv", csv)] {
        let events = file("columns", name, text);
        let outcome = jalon(&[&call[..], &["--events", &events, "--columns", &map]].concat());
        assert_eq!(outcome.code, 0, "{}", outcome.err);
        assert!(outcome.out.contains("\"amount\":\"20.00\""), "{}", outcome.out);
        let without = jalon(&[&call[..], &["--events", &events]].concat());
        assert_eq!((without.code, without.out.as_str()), (2, ""), "{}", without.err);
    }
    let events = file("columns", "e.ndjson", json);
    for (text, said) in [
        ("[columns]\na = \"hour\"", "`hour` is none of ours; did you mean `hours`?"),
        ("[kinds]\na = \"sauna\"", "`sauna` is none of ours; there are `opened`"),
        ("leave_out = [\"a\"]\n[columns]\na = \"case\"", "`a` stands there twice"),
        ("[column]\na = \"case\"", "`column`: such a file holds"),
        ("leave_out = \"a\"", "`leave_out`: such a file holds"),
        ("[columns\n", "line 1, column"),
    ] {
        let map = file("columns", "wrong.toml", text);
        let outcome = jalon(&[&call[..], &["--events", &events, "--columns", &map]].concat());
        assert_eq!((outcome.code, outcome.out.as_str()), (2, ""), "{text}");
        assert!(outcome.err.contains(said), "{text}: {}", outcome.err);
    }
}

const ON_END: &str = "schedule \"s\" price fixed 10 EUR balance \"b\": 100 % on end";

fn ends(days: &[(&str, &str)]) -> String {
    let line = |(case, day): &(&str, &str)| {
        format!("{{\"case\":\"{case}\",\"date\":\"{day}\",\"kind\":\"end\"}}\n")
    };
    days.iter().map(line).collect()
}

#[test]
fn midnights_with_a_zone_are_days_only_where_no_other_time_stands() {
    let schedule = file("zones", "s.jalon", ON_END);
    let call = ["run", "--lang", "en", "--schedule", &schedule, "--as-of", "2026-12-31"];
    let day = "2025-02-03T00:00:00Z";
    let all = ends(&[("a", day), ("b", "2025-02-04 00:00:00+01:00"), ("c", "2025-02-05")]);
    let sound = file("zones", "sound.ndjson", &all);
    let outcome = jalon(&[&call[..], &["--events", &sound]].concat());
    assert_eq!((outcome.code, outcome.out.lines().count()), (0, 3), "{}", outcome.err);
    assert!(outcome.out.contains("\"date\":\"2025-02-04\""), "{}", outcome.out);
    assert_eq!(outcome.err.matches("time zone").count(), 1, "{}", outcome.err);
    assert!(outcome.err.contains("sound.ndjson:1:1: field `date`"), "{}", outcome.err);
    assert!(outcome.err.contains("on 2 lines in all"), "{}", outcome.err);
    // A moment anywhere, in another file, too, takes all of them back, and no other day.
    let moment = file("zones", "moment.ndjson", ends(&[("d", "2025-07-01T22:00:00Z")]));
    let outcome = jalon(&[&call[..], &["--events", &sound, &moment]].concat());
    assert_eq!((outcome.code, outcome.out.lines().count()), (1, 1), "{}", outcome.err);
    assert!(outcome.out.contains("\"case\":\"c\""), "{}", outcome.out);
    assert!(outcome.err.contains("case a is withheld: field `date`: a midnight with"));
    assert!(outcome.err.contains("withheld: 3 of 4 cases"), "{}", outcome.err);
    let grouped = jalon(&[&call[..], &["--grouped", "--events", &sound, &moment]].concat());
    assert_eq!(grouped.code, 2, "{}", grouped.err);
    assert!(grouped.err.contains("nothing that --grouped wrote is to be used"), "{}", grouped.err);
    let explained = ["explain", "--lang", "en", "--schedule", &schedule, "--case", "a", "--events"];
    let explained = jalon(&[&explained[..], &[&sound, &moment]].concat());
    let told = explained.out + &explained.err;
    assert!(told.contains("withheld") && told.contains("a midnight with"), "{told}");
}

#[test]
fn dates_are_read_day_first_between_semicolons_unless_one_cannot_be() {
    let schedule = file("days", "s.jalon", ON_END);
    let call = ["run", "--lang", "en", "--schedule", &schedule, "--as-of", "2026-12-31"];
    let sound =
        "Dossier;Date;Nature\na;03/02/2025;Fin\nb;04/02/2025 00:00;fin\n;;\nc;2025-02-05;end\n";
    let sound = file("days", "sound.csv", sound);
    let outcome = jalon(&[&call[..], &["--events", &sound]].concat());
    assert_eq!((outcome.code, outcome.out.lines().count()), (0, 3), "{}", outcome.err);
    assert!(outcome.out.contains("\"date\":\"2025-02-03\""), "{}", outcome.out);
    for other in ["02/13/2025", "2/3/2025", "02/13/25", "2/13/25"] {
        let text = format!("sep=;\r\ncase;date;kind\r\na;03/02/2025;end\r\nb;{other};end\r\n");
        let months = file("days", "months.csv", text);
        let outcome = jalon(&[&call[..], &["--events", &months]].concat());
        assert_eq!((outcome.code, outcome.out.as_str()), (1, ""), "{}", outcome.err);
        assert!(
            outcome.err.contains("months.csv:3:1: case a is withheld: field `date`: a date read")
        );
        assert!(outcome.err.contains("months.csv:4:1: case b is withheld"), "{}", outcome.err);
    }
    // A year of two digits shows nothing of the others where its day may come first.
    let short = "case;date;kind\na;03/02/2025;end\nb;02/03/25;end\nc;31/06/25;end\n";
    let short = file("days", "short.csv", short);
    let outcome = jalon(&[&call[..], &["--events", &short]].concat());
    assert_eq!((outcome.code, outcome.out.lines().count()), (1, 1), "{}", outcome.err);
    let commas = file("days", "commas.csv", "case,date,kind\na,03/02/2025,end\n");
    let outcome = jalon(&[&call[..], &["--events", &commas]].concat());
    assert_eq!((outcome.code, outcome.out.as_str()), (1, ""), "{}", outcome.err);
}

/// `1,5` without quotes, in a row between commas that lacks a cell, is as many cells as there are columns.
#[test]
fn a_decimal_comma_between_commas_is_not_read_as_two_cells() {
    let of_work =
        "schedule \"A\"\n  price hourly 50 EUR\n  action \"S\"\n  balance \"B\": work on end\n";
    let schedule = file("cut", "s.jalon", of_work);
    let call = ["run", "--schedule", &schedule, "--as-of", "2026-12-31", "--events"];
    let run = |name: &str, text: &str, more: &[&str]| {
        let events = file("cut", name, text);
        jalon(&[&call[..], &[&events], more].concat())
    };
    let header = "case,date,kind,name,hours,id\n";
    let rows = |case: &str, action: &str, end: &str| {
        format!(
            "{case},2026-01-05,start,,,\n{case},2026-01-06,action,S,{action}\n{case},2026-02-01,end,,,{end}\n"
        )
    };
    let sound = rows("sound", "1,e-5", "");
    for (name, action) in [("one", "1,5"), ("two", "12,50")] {
        let text = format!("{header}{}{sound}", rows("D1", action, ""));
        for more in [&[][..], &["--grouped"]] {
            let outcome = run(name, &text, more);
            assert_eq!((outcome.code, outcome.out.lines().count()), (1, 1), "{}", outcome.err);
            let point = action.replace(',', ".");
            let says = format!(
                "{name}:3:1: case D1 is withheld: field `hours`: `{action}` is one number with a decimal comma, in a row that lacks a cell, or two cells; write `{point}` for the one"
            );
            assert!(outcome.err.contains(&says), "{}", outcome.err);
        }
    }
    let french = run("french", &format!("{header}{}", rows("D1", "1,5", "")), &["--lang", "fr"]);
    assert!(french.err.contains("est un nombre à virgule, sur une ligne"), "{}", french.err);
    // What the message says to write, a number with a point, and ids that other events have, too, are read.
    for (name, action, end, amount) in [
        ("point", "1.5,", "", "75.00"),
        ("quotes", "1,\"5\"", "", "50.00"),
        ("ids", "1,5", "6", "50.00"),
        ("long", "1,500", "", "50.00"),
    ] {
        let outcome = run(name, &format!("{header}{}", rows("D1", action, end)), &[]);
        assert_eq!(outcome.code, 0, "{name}: {}", outcome.err);
        assert!(outcome.out.contains(&format!("\"amount\":\"{amount}\"")), "{}", outcome.out);
    }
    // Semicolons part cells, and commas numbers.
    let semicolons = header.replace(',', ";")
        + "D1;2026-01-05;start;;;\nD1;2026-01-06;action;S;1,5;\nD1;2026-02-01;end;;;\n";
    assert!(run("semicolons", &semicolons, &[]).out.contains("\"amount\":\"75.00\""));
}

/// A sum in another currency is not to be made one of the schedule's by leaving its currency out.
#[test]
fn advice_on_a_sum_says_what_it_rests_on() {
    let of_costs = "schedule \"A\"\n  price per action, in EUR\n  action \"S\" at cost\n  balance \"B\": work on end\n";
    let schedule = file("sums", "s.jalon", of_costs);
    let call =
        ["run", "--schedule", &schedule, "--as-of", "2026-12-31", "--lang", "en", "--events"];
    for (amount, says) in [
        ("720 USD", "if it is billed in `USD`, write `720` alone: no sum is converted"),
        ("€ 720,50", "if it is billed in `€`, write `720,50` alone"),
        ("1,234", "write `1234` if that is meant, else no more decimals than the currency has"),
        ("1,230", "write `1230` or `1,23`"),
    ] {
        let text = format!("case;date;kind;name;amount\nD;2026-01-06;action;S;{amount}\n");
        let outcome = jalon(&[&call[..], &[&file("sums", "e.csv", text)]].concat());
        assert_eq!(outcome.code, 1, "{}", outcome.err);
        assert!(outcome.err.contains(says), "{amount}: {}", outcome.err);
    }
    let json =
        r#"{"case":"D","date":"2026-01-06","kind":"action","name":"S","amount":"720,00 USD"}"#;
    let outcome = jalon(&[&call[..], &[&file("sums", "e.ndjson", json)]].concat());
    let says = "if it is billed in `USD`, write `720.00` alone";
    assert!(outcome.err.contains(says), "{}", outcome.err);
}

/// What is wrong with a line of a spreadsheet is said in the words that its first line has.
#[test]
fn a_spreadsheet_is_answered_in_its_own_words() {
    let schedule = file("own-words", "s.jalon", ON_END);
    let call = ["run", "--lang", "fr", "--schedule", &schedule, "--as-of", "2026-12-31"];
    let text = "Dossier;Date;Nature;Nom;Heures;Parts\n\
        a;05/01/26;fin;;;\nb;31/02/2026;fin;;;\nc;2/3/2026;fin;;;\nd;05/01/2026;démarage;;;\n\
        e;05/01/2026;action;;2,5;\nf;05/01/2026;signature;Jean;;\ng;05/01/2026;action;Suivi;1.500;\n\
        h;05/01/2026;;;;\nj;2025/02/05;fin;;;\ni;05/01/2026;ouverture;;;{Caisse}\n";
    let events = file("own-words", "e.csv", text);
    let outcome = jalon(&[&call[..], &["--events", &events]].concat());
    assert_eq!((outcome.code, outcome.out.as_str()), (1, ""), "{}", outcome.err);
    for says in [
        "a est retenu : champ `Date` : l'année de `05/01/26` a deux chiffres ; écrivez-en quatre, comme `05/02/2025`",
        "b est retenu : champ `Date` : il n'y a pas de jour `31/02/2026`, lu jour d'abord",
        "c est retenu : champ `Date` : `2/3/2026` n'est pas une date",
        "d est retenu : champ `Nature` : `démarage` n'est pas `ouverture`, `signature`, ",
        " ; vouliez-vous dire `démarrage` ?",
        "e est retenu : il manque le champ `Nom`, nécessaire à `action`",
        "f est retenu : `signature` n'a pas de champ `Nom`",
        "g est retenu : champ `Heures` : `1.500` se lit de deux façons",
        "j est retenu : champ `Date` : `2025/02/05` n'est pas une date",
        "h est retenu : il manque le champ `Nature`",
        "i est retenu : champ `Parts` : `{Caisse}` n'est pas la part d'un payeur",
    ] {
        assert!(outcome.err.contains(says), "{says}\n{}", outcome.err);
    }
    let lone = file("own-words", "lone.csv", "Dossier;Date;Nature\n;05/01/2026;fin\n");
    let outcome = jalon(&[&call[..], &["--events", &lone]].concat());
    assert!(outcome.err.contains("il manque le champ `Dossier`"), "{}", outcome.err);
}

#[test]
fn many_cases_withheld_for_one_reason_are_told_in_one_line() {
    let schedule = file("alike", "s.jalon", ON_END);
    let events: String = (0..20_000)
        .map(|case| {
            format!("{{\"case\":\"c{case}\",\"date\":\"2025-02-03T23:00:00Z\",\"kind\":\"end\"}}\n")
        })
        .collect();
    let events = file("alike", "e.ndjson", events);
    let notices = file("alike", "notices.ndjson", "");
    let call = ["run", "--lang", "en", "--schedule", &schedule, "--events", &events];
    let outcome = jalon(&[&call[..], &["--as-of", "2026-12-31", "--notices", &notices]].concat());
    assert_eq!((outcome.code, outcome.out.as_str()), (1, ""));
    assert_eq!(outcome.err.matches("is withheld: field `date`").count(), 20);
    assert!(
        outcome.err.contains("19980 more cases are withheld for the same reason as case c0"),
        "{}",
        outcome.err
    );
    assert!(outcome.err.lines().count() < 30, "{}", outcome.err);
    let notices = crate::program::read(&notices);
    assert_eq!(notices.matches("\"notice\":\"withheld\"").count(), 20_000);
}

/// One message names all columns that are wrong.
#[test]
fn all_columns_that_are_wrong_are_named_at_once() {
    for (first, said) in [
        (
            "case,date,kind,hours,hour,created_by,case",
            "columns `hour` and `created_by` are no fields",
        ),
        ("case,date,kind,hours,hour,created_by,case", "`case` stands twice"),
        ("case,date", "every event has `kind`"),
        ("Cases,date,kind", "column `Cases` is no field; did you mean `case`?"),
        ("dossier;date;natur", "did you mean `nature`?"),
        ("Unnamed: 0,case,date,kind", "pandas: `index=False`"),
        ("D-1,2025-01-01,end", "`D-1`, `2025-01-01`, `end` is none of them"),
        ("case\tdate\tkind", "tabs stand between"),
        ("case|date|kind", "bars stand between"),
    ] {
        let events = file("header", "e.csv", format!("{first}\n"));
        let outcome = run(&[&events], &[]);
        assert_eq!((outcome.code, outcome.out.as_str()), (2, ""), "{first}");
        assert!(outcome.err.contains(said), "{first}: {}", outcome.err);
        assert_eq!(outcome.err.lines().count(), 1, "{first}: {}", outcome.err);
    }
    let tabs = run(&[&file("header", "e.tsv", "case\tdate\tkind\na\t2025-01-01\tend\n")], &[]);
    assert!(tabs.code == 2 && tabs.err.contains("tabs stand between"), "{}", tabs.err);
    let rows = "case,date,kind,ref\na,2025-01-01,end,\n(1 row)\n";
    let rows = run(&[&file("header", "rows.csv", rows)], &[]);
    assert!(rows.code == 2 && rows.err.contains("psql: `--csv`"), "{}", rows.err);
}

#[test]
fn words_that_stand_for_nothing_are_named() {
    let schedule = file("nothing", "s.jalon", ON_END);
    let call = ["run", "--lang", "en", "--schedule", &schedule, "--as-of", "2026-12-31"];
    for (cell, advice) in [
        ("\\N", "MariaDB: `IFNULL(…, '')`"),
        ("NULL", "pandas: `na_rep=''`"),
        ("NaN", "`astype(str)`"),
        ("#N/A", "IFNA"),
    ] {
        for column in ["id", "name", "hours", "planned_months"] {
            let text =
                format!("case,date,kind,{column}\na,2025-01-01,end,{cell}\nb,2025-01-01,end,\n");
            let events = file("nothing", "e.csv", text);
            let outcome = jalon(&[&call[..], &["--events", &events]].concat());
            assert_eq!((outcome.code, outcome.out.lines().count()), (1, 1), "{}", outcome.err);
            let said = format!("field `{column}`: `{cell}` stands for no value");
            assert!(outcome.err.contains(&said), "{}", outcome.err);
            assert!(outcome.err.contains(advice), "{}", outcome.err);
        }
    }
    let nan = "{\"case\":\"a\",\"date\":\"2025-01-01\",\"kind\":\"end\",\"hours\":NaN}\n";
    let outcome = jalon(&[&call[..], &["--events", &file("nothing", "e.ndjson", nan)]].concat());
    assert!(outcome.err.contains("`NaN` is no JSON"), "{}", outcome.err);
    let spark = "case,date,kind,name\na,2025-01-01,event,\"a \\\"b\\\", c\"\n";
    let outcome = jalon(&[&call[..], &["--events", &file("nothing", "e.csv", spark)]].concat());
    assert!(outcome.err.contains("Spark: `escape='\"'`"), "{}", outcome.err);
}

/// A blank behind a name makes another name: the case that is most likely meant is withheld, too.
#[test]
fn a_padded_case_is_not_another_case() {
    let schedule = file("padded", "s.jalon", ON_END);
    let call = ["run", "--lang", "en", "--schedule", &schedule, "--as-of", "2026-12-31"];
    for (name, text) in [
        ("e.csv", "case,date,kind\na,2025-01-01,start\na ,2025-01-02,end\nb,2025-01-02,end\n"),
        (
            "e.ndjson",
            "{\"case\":\"a\",\"date\":\"2025-01-02\",\"kind\":\"end\"}\n\
             {\"case\":\"a\u{a0}\",\"date\":\"2025-01-01\",\"kind\":\"start\"}\n\
             {\"case\":\"b\",\"date\":\"2025-01-02\",\"kind\":\"end\"}\n",
        ),
    ] {
        let outcome = jalon(&[&call[..], &["--events", &file("padded", name, text)]].concat());
        assert_eq!((outcome.code, outcome.out.lines().count()), (1, 1), "{}", outcome.err);
        assert!(outcome.err.contains("case a is withheld: field `case`"), "{}", outcome.err);
        assert!(outcome.err.contains("begins or ends with a blank"), "{}", outcome.err);
    }
}
