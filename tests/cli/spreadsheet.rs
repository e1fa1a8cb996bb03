//! Schedules as workbooks and back: `jalon show --format xlsx` and `jalon import`.

use crate::program::{Outcome, bytes, file, jalon, read, root};
use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::PathBuf;

/// The workbook of a schedule file.
pub fn shown(path: &str, lang: &str) -> Vec<u8> {
    let shown = bytes(&["show", "--format", "xlsx", "--lang", lang, path]);
    assert_eq!((shown.code, shown.err.as_str()), (0, ""), "{path}");
    shown.out
}

pub fn imported(test: &str, name: &str, workbook: &[u8]) -> Outcome {
    let path = file(test, name, workbook);
    jalon(&["import", &path])
}

/// All schedule files of the repository.
pub fn schedules() -> Vec<PathBuf> {
    let mut files = Vec::new();
    for folder in std::fs::read_dir(root().join("schedules")).unwrap() {
        for file in std::fs::read_dir(folder.unwrap().path()).unwrap() {
            files.push(file.unwrap().path());
        }
    }
    files.retain(|file| file.extension().is_some_and(|ending| ending == "jalon"));
    files.sort();
    assert!(files.len() > 40, "{}", files.len());
    files
}

/// What a text says, whatever the order of its parts and its layout: the hashes of its schedules, and each line.
fn said(path: &str) -> (Vec<String>, Vec<String>) {
    let text = read(path);
    let compiled =
        jalon::compile(path, &text).unwrap_or_else(|report| panic!("{report:?}\n{text}"));
    let schedules = compiled.schedules.iter();
    let hashes = schedules.map(|plan| jalon::semantic_hash(&plan.schedule).to_string()).collect();
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    let mut lines: Vec<String> = lines.filter(|line| line.len() > 1).collect();
    lines.sort();
    (hashes, lines)
}

#[test]
fn every_schedule_comes_back_as_it_was() {
    for path in schedules() {
        let path = path.to_str().unwrap();
        let before = read(path);
        let own = if before.contains("\néchéancier") || before.contains("\nsuivi") {
            "fr"
        } else {
            "en"
        };
        for lang in ["en", "fr"] {
            let name = format!("{lang}-{}", path.rsplit('/').next().unwrap());
            let back = imported("round-trip", &format!("{name}.xlsx"), &shown(path, lang));
            assert_eq!((back.code, back.err.as_str()), (0, ""), "{path}");
            let back = file("round-trip", &name, back.out);
            let (hashes, lines) = said(path);
            let (hashes_back, lines_back) = said(&back);
            assert_eq!(hashes, hashes_back, "{path} {lang}");
            if lang == own {
                assert_eq!(lines, lines_back, "{path}");
            } else {
                assert_eq!(lines.len(), lines_back.len(), "{path}");
            }
            let tested = jalon(&["test", &back]);
            assert_eq!(tested.code, 0, "{path} {lang}: {}", tested.out);
            let summary = |text: &str| text.lines().last().unwrap_or_default().to_owned();
            let of_own = jalon(&["test", "--lang", lang, path]);
            assert_eq!(summary(&tested.out), summary(&of_own.out), "{path} {lang}");
        }
    }
}

#[test]
fn several_files_make_one_workbook_and_each_time_the_same() {
    let call = ["show", "--format", "xlsx", "--lang", "fr", "schedules/teo"];
    let (once, again) = (bytes(&call), bytes(&call));
    assert!(once.code == 0 && once.out == again.out, "{}", once.err);
    let back = imported("several", "teo.xlsx", &once.out);
    assert_eq!(back.code, 0, "{}", back.err);
    let one = root().join("schedules/teo/psop.jalon");
    let one = read(one.to_str().unwrap());
    let begins = one.find("échéancier").or_else(|| one.find("schedule")).unwrap();
    let first_line = one[begins..].lines().next().unwrap();
    let name = first_line.split('"').nth(1).unwrap();
    assert!(back.out.contains(&format!("échéancier \"{name}\"")), "{}", back.out);
}

/// Excel keeps some names for itself: no sheet has one, and the schedule keeps its own.
#[test]
fn a_reserved_name_is_given_to_no_sheet() {
    let schedule = "schedule \"History\"\n  price fixed 100 EUR\n  balance \"End\": 100 % on end\n";
    let path = file("reserved", "history.jalon", schedule);
    let workbook = shown(&path, "en");
    let drawn = drawn(&workbook);
    assert!(!drawn.contains("[History]") && drawn.contains("[History (2)]"), "{drawn}");
    let back = imported("reserved", "history.xlsx", &workbook);
    assert!(back.out.contains("schedule \"History\""), "{}{}", back.out, back.err);
}

/// The cells of a workbook as a text: one row a line.
pub fn drawn(workbook: &[u8]) -> String {
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(workbook)).unwrap();
    let mut text = String::new();
    for sheet in book.sheet_names() {
        text += &format!("[{sheet}]\n");
        for row in book.worksheet_range(&sheet).unwrap().rows() {
            let cells = row.iter().map(|cell| match cell {
                Data::Float(number) => format!("={number}"),
                other => other.to_string(),
            });
            text += cells.collect::<Vec<_>>().join(" | ").trim_end_matches([' ', '|']);
            text.push('\n');
        }
    }
    text
}

#[test]
fn the_table_is_the_one_of_the_guide() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(root().join("tests/cases/show/workbook"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for (name, path, lang) in [
            ("parcours-emploi-sante.fr", "schedules/teo/parcours-emploi-sante.jalon", "fr"),
            ("acompte-rendez-vous.fr", "schedules/teo/acompte-rendez-vous.jalon", "fr"),
            ("vae-totalite.en", "schedules/teo/vae-totalite.jalon", "en"),
            ("every-feature.en", "tests/cases/show/every-feature/input.jalon", "en"),
            ("ecole.fr", "schedules/abonnements/ecole.jalon", "fr"),
        ] {
            insta::assert_snapshot!(name, drawn(&shown(path, lang)));
        }
    });
}

#[test]
fn closed_words_are_lists_to_choose_from() {
    let workbook = shown("schedules/teo/vae-totalite.jalon", "fr");
    let mut archive = zip::ZipArchive::new(Cursor::new(workbook)).unwrap();
    let sheet =
        std::io::read_to_string(archive.by_name("xl/worksheets/sheet1.xml").unwrap()).unwrap();
    for list in [
        "\"Forfait,Horaire,Par action,Texte\"",
        "\"au dossier,au groupe\"",
        "\"oui,non\"",
        "\"Pourcentage,Forfait,Réalisé,Réalisé détaillé,Reste,Rien,Prorata assiduité,Prorata durée,Jusqu'à,Texte\"",
        "\"Signature,Démarrage,État,Fin de mois,Action,Livrable,Événement,Date,Délai,Rythme\"",
        "\"Durée en mois,Durée en semaines,Durée en jours,Durée en ans,Assiduité en %,Heures\"",
        "\"Horaire,Forfait,Non facturée,Texte\"",
    ] {
        assert!(sheet.contains(&format!("<formula1>{list}</formula1>")), "{list} in {sheet}");
    }
}

/// What is typed into a cell.
pub enum Typed {
    Text(&'static str),
    Number(f64),
    /// A number that is shown otherwise: a percentage, a time.
    Shown(f64, &'static str),
    Day(&'static str),
    Truth(bool),
    /// A formula, and its value.
    Formula(&'static str, &'static str),
    Blank,
}

/// A workbook after somebody has typed into it: the sheet, the row and the column, counted from 0.
pub fn typed(workbook: &[u8], changes: &[(&str, (u32, u16), Typed)]) -> Vec<u8> {
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(workbook)).unwrap();
    let mut changed = Workbook::new();
    let mut names = book.sheet_names();
    names.extend(changes.iter().map(|(sheet, ..)| (*sheet).to_owned()));
    let mut seen = BTreeMap::new();
    for name in names {
        if seen.insert(name.clone(), ()).is_some() {
            continue;
        }
        let sheet = changed.add_worksheet();
        sheet.set_name(&name).unwrap();
        if let Ok(range) = book.worksheet_range(&name) {
            let (top, left) = range.start().unwrap();
            for (row, column, value) in range.used_cells() {
                let at = (top + row as u32, left as u16 + column as u16);
                match value {
                    Data::Float(number) => sheet.write_number(at.0, at.1, *number).unwrap(),
                    value => sheet.write_string(at.0, at.1, value.to_string()).unwrap(),
                };
            }
        }
        for (_, (row, column), typed) in changes.iter().filter(|(of, ..)| *of == name) {
            let (row, column) = (*row, *column);
            let format = |format: &str| Format::new().set_num_format(format);
            match typed {
                Typed::Text(text) => sheet.write_string(row, column, *text).unwrap(),
                Typed::Number(number) => sheet.write_number(row, column, *number).unwrap(),
                Typed::Shown(number, how) => {
                    sheet.write_number_with_format(row, column, *number, &format(how)).unwrap()
                }
                Typed::Day(day) => {
                    let day = ExcelDateTime::parse_from_str(day).unwrap();
                    sheet
                        .write_datetime_with_format(row, column, &day, &format("dd/mm/yyyy"))
                        .unwrap()
                }
                Typed::Truth(truth) => sheet.write_boolean(row, column, *truth).unwrap(),
                Typed::Formula(formula, value) => {
                    let formula = Formula::new(*formula).set_result(*value);
                    sheet.write_formula(row, column, formula).unwrap()
                }
                Typed::Blank => sheet.clear_cell(row, column),
            };
        }
    }
    changed.save_to_buffer().unwrap()
}

pub const SHEET: &str = "Parcours Emploi Santé";
/// The row of the first line, and its columns.
pub const FIRST: u32 = 13;
pub const BILL: u16 = 1;
pub const VALUE: u16 = 2;
pub const UNIT: u16 = 3;
pub const TRIGGER: u16 = 4;
pub const WHICH: u16 = 5;
pub const CONDITION: u16 = 6;
pub const LEAST: u16 = 7;
pub const MOST: u16 = 8;
pub const BALANCE: u16 = 9;
pub const DEPOSIT: u16 = 10;
pub const OPEN: u16 = 11;
pub const LABEL: u16 = 12;

pub fn parcours(changes: &[(&str, (u32, u16), Typed)], test: &str) -> Outcome {
    let workbook = shown("schedules/teo/parcours-emploi-sante.jalon", "fr");
    imported(test, "typed.xlsx", &typed(&workbook, changes))
}

#[test]
fn what_an_administrator_types_is_read() {
    let row = FIRST + 5;
    let changes = [
        (SHEET, (0, 1), Typed::Text("Parcours 2026")),
        (SHEET, (1, 1), Typed::Day("2024-01-01")),
        (SHEET, (4, 1), Typed::Text("1 900,50")),
        (SHEET, (5, 1), Typed::Text("€")),
        (SHEET, (9, 1), Typed::Number(12.0)),
        (SHEET, (10, 1), Typed::Truth(true)),
        // 20 % as a spreadsheet stores it.
        (SHEET, (FIRST, VALUE), Typed::Shown(0.2, "0%")),
        // The guide's own words: a minimum of nothing, an event that is the abandonment.
        (SHEET, (FIRST + 1, LEAST), Typed::Number(0.0)),
        (SHEET, (FIRST + 1, TRIGGER), Typed::Text("Evénement")),
        (SHEET, (FIRST + 1, WHICH), Typed::Text("Abandon")),
        (SHEET, (FIRST + 2, VALUE), Typed::Formula("=20+20", "40")),
        (SHEET, (FIRST + 3, CONDITION), Typed::Text("durée >= 4 mois et non signé")),
        (SHEET, (FIRST + 3, LEAST), Typed::Blank),
        (SHEET, (FIRST + 3, MOST), Typed::Blank),
        // A new line, with two triggers.
        (SHEET, (row, BILL), Typed::Text("forfait")),
        (SHEET, (row, VALUE), Typed::Number(99.9)),
        (SHEET, (row, TRIGGER), Typed::Text("Date")),
        (SHEET, (row, WHICH), Typed::Day("2026-09-01")),
        (SHEET, (row, DEPOSIT), Typed::Text("Oui")),
        (SHEET, (row + 1, TRIGGER), Typed::Text("Délai")),
        (SHEET, (row + 1, WHICH), Typed::Text("3 mois après le démarrage")),
        ("Texte", (1, 0), Typed::Text("parcours emploi sante")),
    ];
    let read = parcours(&changes, "typed");
    assert_eq!((read.code, read.err.as_str()), (0, ""));
    let begins = read.out.find("échéancier").unwrap();
    let ends = read.out.find("\n\nscénario").unwrap();
    insta::with_settings!({omit_expression => true, snapshot_path => root().join("tests/cases/show/workbook"), prepend_module_to_snapshot => false}, {
        insta::assert_snapshot!("typed", &read.out[begins..ends]);
    });
}
