//! Schedules as workbooks and back: `jalon show --format xlsx` and `jalon import`.

use crate::program::{Outcome, beside, bytes, file, folder, jalon, read, root};
use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use std::path::PathBuf;

/// The workbook of a schedule file.
fn shown(path: &str, lang: &str) -> Vec<u8> {
    let shown = bytes(&["show", "--format", "xlsx", "--lang", lang, path]);
    assert_eq!((shown.code, shown.err.as_str()), (0, ""), "{path}");
    shown.out
}

fn imported(test: &str, name: &str, workbook: &[u8]) -> Outcome {
    let path = file(test, name, workbook);
    jalon(&["import", &path])
}

/// All schedule files of the repository.
fn schedules() -> Vec<PathBuf> {
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
fn drawn(workbook: &[u8]) -> String {
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
enum Typed {
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
fn typed(workbook: &[u8], changes: &[(&str, (u32, u16), Typed)]) -> Vec<u8> {
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

const SHEET: &str = "Parcours Emploi Santé";
/// The row of the first line, and its columns.
const FIRST: u32 = 13;
const BILL: u16 = 1;
const VALUE: u16 = 2;
const UNIT: u16 = 3;
const TRIGGER: u16 = 4;
const WHICH: u16 = 5;
const CONDITION: u16 = 6;
const LEAST: u16 = 7;
const MOST: u16 = 8;
const BALANCE: u16 = 9;
const DEPOSIT: u16 = 10;
const OPEN: u16 = 11;
const LABEL: u16 = 12;

fn parcours(changes: &[(&str, (u32, u16), Typed)], test: &str) -> Outcome {
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

#[test]
fn each_cell_that_cannot_be_read_is_named() {
    let cases: Vec<(&str, u32, u16, Typed, &str)> = vec![
        (
            "bill",
            FIRST,
            BILL,
            Typed::Text("Pourcent"),
            "B14 : « Pourcent » : ce n'est aucun des mots de la liste\n  serait juste : Pourcentage, Forfait, ",
        ),
        ("value", FIRST, VALUE, Typed::Text("vingt"), "C14 : « vingt » : "),
        (
            "none",
            FIRST,
            VALUE,
            Typed::Blank,
            "C14 : il manque une valeur ici\n  serait juste : un nombre, comme 20\n",
        ),
        ("comma", FIRST, VALUE, Typed::Text("1,500"), "C14 : « 1,500 » : "),
        (
            "minus",
            FIRST,
            VALUE,
            Typed::Number(-20.0),
            "C14 : « -20 » : aucun nombre n'est négatif ici",
        ),
        ("much", FIRST, VALUE, Typed::Number(200.0), "C14 : « 200 » : "),
        ("error", FIRST, VALUE, Typed::Formula("=1/0", "#DIV/0!"), "C14 : « #DIV/0! » : "),
        (
            "unit",
            FIRST,
            UNIT,
            Typed::Text("EUR"),
            "D14 : « EUR » : ce n'est pas l'unité d'un pourcentage\n  serait juste : %\n",
        ),
        (
            "trigger",
            FIRST,
            TRIGGER,
            Typed::Text("Quand ?"),
            "E14 : « Quand ? » : ce n'est aucun des mots de la liste\n",
        ),
        ("which", FIRST, WHICH, Typed::Blank, "F14 : il manque une valeur ici\n"),
        (
            "start",
            FIRST,
            WHICH,
            Typed::Text("Démarrage réel"),
            "F14 : « Démarrage réel » : c'est un moment de tout dossier, ou le nom de quelque chose\n  serait juste : pour le moment du dossier, « Démarrage » dans la liste",
        ),
        (
            "state",
            FIRST + 1,
            WHICH,
            Typed::Text("Fini"),
            "F15 : « Fini » : ce n'est pas l'état d'un dossier\n  serait juste : Terminé ou Abandonné\n",
        ),
        ("condition", FIRST + 1, CONDITION, Typed::Text("durée < "), "G15 : « durée < » : "),
        (
            "bound",
            FIRST + 1,
            MOST,
            Typed::Blank,
            "G15 : « Durée en mois » : cette condition n'a pas de borne\n",
        ),
        (
            "hours",
            FIRST + 1,
            MOST,
            Typed::Shown(0.0625, "[h]:mm"),
            "I15 : « (heure) » : c'est une heure, qu'aucune cellule ne contient\n",
        ),
        (
            "window",
            FIRST + 2,
            LEAST,
            Typed::Number(12.0),
            "G16 : « durée de 12 mois à moins de 10 mois » : ",
        ),
        (
            "answer",
            FIRST,
            BALANCE,
            Typed::Text("peut-être"),
            "J14 : « peut-être » : ce n'est ni oui ni non\n  serait juste : oui ou non\n",
        ),
        (
            "both",
            FIRST,
            DEPOSIT,
            Typed::Truth(true),
            "K14 : « VRAI » : une échéance est un solde ou un acompte à déduire, pas les deux\n",
        ),
        ("open", FIRST, OPEN, Typed::Text("oui"), ""),
        (
            "label",
            FIRST,
            LABEL,
            Typed::Text("Abandon - 4 mois"),
            "M15 : « \"Abandon - 4 mois\" » : ",
        ),
        (
            "beside",
            FIRST,
            LABEL + 1,
            Typed::Text("Note"),
            "N14 : « Note » : il n'y a pas d'intitulé au-dessus\n",
        ),
        (
            "heading",
            FIRST - 1,
            LABEL,
            Typed::Text("Intitulé"),
            "M13 : « Intitulé » : ce n'est pas un intitulé du tableau\n",
        ),
        (
            "caption",
            2,
            0,
            Typed::Text("Facture"),
            "A3 : « Facture » : ce n'est pas un intitulé du tableau\n",
        ),
        (
            "price",
            3,
            1,
            Typed::Text("Gratuit"),
            "B4 : « Gratuit » : ce n'est aucun des mots de la liste\n  serait juste : Forfait, Horaire, Par action ou Texte\n",
        ),
        ("amount", 4, 1, Typed::Blank, "B5 : il manque le montant du tarif\n"),
        ("decimals", 4, 1, Typed::Number(1800.005), "B4 : « 1800.005 » : "),
        ("currency", 5, 1, Typed::Text("euros"), "B6 : « euros » : ce n'est pas une devise\n"),
        (
            "number before the currency",
            5,
            1,
            Typed::Text("500 EUR"),
            "B6 : « 500 EUR » : ce n'est pas une devise\n",
        ),
        ("hourly", 7, 1, Typed::Number(3.0), "B8 : « 3 » : rien ne va ici\n"),
        (
            "far",
            1_048_575,
            16_383,
            Typed::Text("x"),
            "XFD1048576 : « x » : il n'y a pas d'intitulé au-dessus\n",
        ),
    ];
    for (test, row, column, typed, expected) in cases {
        let read = parcours(&[(SHEET, (row, column), typed)], &format!("cell {test}"));
        if expected.is_empty() {
            assert_eq!((read.code, read.err.as_str()), (0, ""), "{test}");
            continue;
        }
        assert_eq!((read.code, read.out.as_str()), (2, ""), "{test}: {}", read.err);
        let expected = format!("'{SHEET}'!{expected}");
        assert!(read.err.contains(&expected), "{test}: {expected} in {}", read.err);
        assert!(read.err.ends_with(" : rien n'a été écrit\n"), "{}", read.err);
    }
}

#[test]
fn each_text_that_cannot_be_read_is_named() {
    let workbook = shown("schedules/abonnements/ecole.jalon", "fr");
    let rows = drawn(&workbook);
    let texts = rows.split("[Texte]\n").nth(1).unwrap();
    let row_of = |part: &str| texts.lines().position(|line| line.contains(part)).unwrap() as u32;
    let payer = row_of("payeur \"Famille 1\"");
    let cases = [
        (
            "text",
            payer,
            2,
            Typed::Text("payeur Famille"),
            format!("Texte!C{} : « payeur Famille » : ", payer + 1),
        ),
        (
            "blank",
            payer,
            2,
            Typed::Blank,
            format!("Texte!C{} : il manque un texte ici\n", payer + 1),
        ),
        (
            "sheet",
            payer,
            0,
            Typed::Text("Autre"),
            format!(
                "Texte!A{} : « Autre » : aucun échéancier ne figure sur une feuille de ce nom\n  serait juste : Scolarité\n",
                payer + 1
            ),
        ),
        (
            "place",
            payer,
            1,
            Typed::Text("Échéance 9"),
            format!(
                "Texte!B{} : « Échéance 9 » : aucune ligne du tableau n'a cette place",
                payer + 1
            ),
        ),
        (
            "line",
            row_of("Échéance 1"),
            2,
            Typed::Text("tarif forfait 3 EUR"),
            format!(
                "Texte!C{} : ce texte n'est pas ce que demande sa place\n",
                row_of("Échéance 1") + 1
            ),
        ),
        (
            "name",
            row_of("Échéance 1"),
            2,
            Typed::Text("échéance \"Dossiers\": 90 EUR à la signature, en sus du prix"),
            "Scolarité!M14 : « Dossier » : le texte correspondant, en Texte!C".to_owned(),
        ),
        (
            "unsound",
            payer,
            2,
            Typed::Text("payeur \"Famille 1\": 70 %, au plus 3 USD"),
            format!("Texte!C{} : ", payer + 1),
        ),
    ];
    for (test, row, column, change, expected) in cases {
        let changed = typed(&workbook, &[("Texte", (row, column), change)]);
        let read = imported(&format!("text {test}"), "typed.xlsx", &changed);
        assert_eq!((read.code, read.out.as_str()), (2, ""), "{test}: {}", read.err);
        assert!(read.err.contains(&expected), "{test}: {expected} in {}", read.err);
    }
    // A row that stands for nothing is missed where the table asks for it.
    let first = row_of("Échéance 1");
    let gone = [0, 1, 2].map(|column| ("Texte", (first, column), Typed::Blank));
    let read = imported("text gone", "typed.xlsx", &typed(&workbook, &gone));
    assert!(
        read.err.contains(
            "Scolarité!B14 : « Texte » : aucune ligne de la feuille « Texte » n'y correspond\n"
        ),
        "{}",
        read.err
    );
}

#[test]
fn a_refusal_speaks_the_language_of_the_workbook_or_the_one_asked_for() {
    let workbook = shown("schedules/teo/cpf.jalon", "en");
    let sheet = "Prestations CPF";
    let changed = typed(&workbook, &[(sheet, (FIRST, BILL), Typed::Text("all"))]);
    let read = imported("language", "typed.xlsx", &changed);
    assert!(read.err.contains("'Prestations CPF'!B14: \"all\": this is none of the words of the list\n  right would be: Percentage, Flat amount, Work, "), "{}", read.err);
    let path = file("language", "typed.xlsx", changed);
    let read = jalon(&["import", "--lang", "fr", &path]);
    assert!(read.err.contains("serait juste : Pourcentage, Forfait, Réalisé, "), "{}", read.err);
    // The words of either language are read, whatever the other cells are in.
    let mixed = typed(&workbook, &[(sheet, (FIRST, BILL), Typed::Text("FORFAIT"))]);
    assert_eq!(imported("language", "mixed.xlsx", &mixed).code, 0);
}

#[test]
fn nothing_is_written_where_a_cell_is_wrong() {
    let workbook = shown("schedules/teo/psop.jalon", "fr");
    let good = file("output", "good.xlsx", &workbook);
    let wrong = typed(&workbook, &[("Notes", (0, 0), Typed::Text("à voir"))]);
    let wrong = file("output", "wrong.xlsx", wrong);
    let target = beside(&good, "out.jalon");
    let _ = std::fs::remove_file(&target);
    let read_wrong = jalon(&["import", &wrong, "-o", &target]);
    assert_eq!(read_wrong.code, 2);
    assert!(
        read_wrong.err.contains(
            "Notes!A1 : « à voir » : cette feuille n'est pas le tableau d'un échéancier\n"
        ),
        "{}",
        read_wrong.err
    );
    assert!(!PathBuf::from(&target).exists());
    let written = jalon(&["import", &good, "-o", &target]);
    assert_eq!((written.code, written.out.as_str()), (0, ""), "{}", written.err);
    assert_eq!(read(&target), jalon(&["import", &good]).out);
    assert_eq!(jalon(&["check", &target]).code, 0);
    // What is there already and says the same is no loss; what was written by hand is.
    assert_eq!(jalon(&["import", &good, "-o", &target]).code, 0);
    std::fs::write(&target, "# à la main\n").unwrap();
    let over = jalon(&["import", &good, "-o", &target]);
    assert_eq!(over.code, 2);
    assert!(
        over.err.contains("ce fichier existe déjà") && over.err.contains("--force"),
        "{}",
        over.err
    );
    assert_eq!(read(&target), "# à la main\n");
    assert_eq!(jalon(&["import", &good, "-o", &target, "--force"]).code, 0);
    assert_eq!(read(&target), jalon(&["import", &good]).out);
}

/// A zip file with one part of so many zeros.
fn zeros(name: &str, mebibytes: usize) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    archive.start_file(name, options).unwrap();
    let block = vec![0_u8; 1 << 20];
    for _ in 0..mebibytes {
        archive.write_all(&block).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn what_is_no_workbook_or_too_large_is_refused() {
    let workbook = shown("schedules/teo/psop.jalon", "fr");
    let half = workbook[..workbook.len() / 2].to_vec();
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("empty", Vec::new(), "this is no workbook"),
        ("text", b"schedule \"a\"".to_vec(), "this is no workbook"),
        ("half", half, "this is no workbook"),
        ("zip", zeros("readme.txt", 1), "this is no workbook"),
        ("bomb", zeros("xl/worksheets/sheet1.xml", 80), "this workbook is too large"),
        ("long", vec![b'P'; 9 << 20], "this workbook is too large"),
    ];
    for (name, bytes, expected) in cases {
        let path = file("refused", name, bytes);
        let read = jalon(&["import", "--lang", "en", &path]);
        assert_eq!((read.code, read.out.as_str()), (2, ""), "{name}");
        assert!(read.err.contains(expected), "{name}: {}", read.err);
    }
    let missing = folder("refused").join("missing.xlsx");
    let read = jalon(&["import", missing.to_str().unwrap()]);
    assert!(read.code == 2 && read.err.contains("there is no such file"), "{}", read.err);
    let read = jalon(&["show", "--situations", "--format", "xlsx", "schedules/teo/psop.jalon"]);
    assert!(read.code == 2 && read.err.contains("--format csv or html"), "{}", read.err);
}

/// The parts of a workbook.
fn parts(workbook: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(workbook)).unwrap();
    let part = |at| {
        let part = archive.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        (name, std::io::read_to_string(part).unwrap().into_bytes())
    };
    let count = zip::ZipArchive::new(Cursor::new(workbook)).unwrap().len();
    (0..count).map(part).collect()
}

fn packed(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        let options = zip::write::SimpleFileOptions::default();
        archive.start_file(name.as_str(), options).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn a_formula_that_nobody_has_computed_is_refused() {
    let workbook = shown("schedules/teo/parcours-emploi-sante.jalon", "fr");
    let workbook = typed(&workbook, &[(SHEET, (FIRST, VALUE), Typed::Formula("=A1", "20"))]);
    let mut parts = parts(&workbook);
    let computed = "<f>A1</f><v>20</v>";
    let sheet = parts.iter_mut().find(|(name, _)| name.ends_with("sheet1.xml")).unwrap();
    let text = String::from_utf8(sheet.1.clone()).unwrap();
    assert!(text.contains(computed), "{text}");
    sheet.1 = text.replace(computed, "<f>A1</f>").into_bytes();
    let read = imported("not computed", "typed.xlsx", &packed(&parts));
    let expected = "!C14 : « (formule) » : la formule n'a pas encore de valeur\n";
    assert!(read.code == 2 && read.err.contains(expected), "{}", read.err);
}

/// A text that is stored once stands in as many cells as name it: what it comes to is bounded, too.
#[test]
fn a_long_text_in_many_cells_is_refused() {
    let mut parts = parts(&shown("schedules/teo/psop.jalon", "fr"));
    for (name, bytes) in &mut parts {
        let text = String::from_utf8(bytes.clone()).unwrap();
        if name.ends_with("sharedStrings.xml") {
            let long = format!("<si><t>{}</t></si></sst>", "a".repeat(4 << 20));
            *bytes = text.replace("</sst>", &long).into_bytes();
        } else if name.ends_with("sheet1.xml") {
            // The last of the texts is the long one.
            let strings = 1_000;
            let cells: String = (100..50_000)
                .map(|row| {
                    format!("<row r=\"{row}\"><c r=\"A{row}\" t=\"s\"><v>{strings}</v></c></row>")
                })
                .collect();
            *bytes = text.replace("</sheetData>", &format!("{cells}</sheetData>")).into_bytes();
        }
    }
    let texts = parts.iter_mut().find(|(name, _)| name.ends_with("sharedStrings.xml")).unwrap();
    let text = String::from_utf8(texts.1.clone()).unwrap();
    let last = text.matches("<si>").count() - 1;
    let sheet = parts.iter_mut().find(|(name, _)| name.ends_with("sheet1.xml")).unwrap();
    let cells = String::from_utf8(sheet.1.clone()).unwrap();
    sheet.1 = cells.replace("<v>1000</v>", &format!("<v>{last}</v>")).into_bytes();
    let read = imported("long text", "long.xlsx", &packed(&parts));
    assert!(read.code == 2 && read.err.contains("too large"), "{}", read.err);
}

/// Whatever the parts of a workbook hold, the program ends by itself, with a schedule or a refusal.
#[test]
fn damaged_workbooks_are_refused_and_never_stop_the_program() {
    let workbook = shown("schedules/teo/parcours-emploi-sante.jalon", "fr");
    let parts = parts(&workbook);
    let mut seed = 7_u64;
    let mut random = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below
    };
    for round in 0..60 {
        let mut damaged = parts.clone();
        let part = random(damaged.len());
        let bytes = &mut damaged[part].1;
        for _ in 0..=random(3) {
            let (at, with) = (random(bytes.len()), b"<>/\"0129ZA&;=\0 "[random(15)]);
            bytes[at] = with;
        }
        let bytes = packed(&damaged);
        let read = imported("damaged", &format!("{round}.xlsx"), &bytes);
        assert!(matches!(read.code, 0 | 2), "{round}: {} {}", read.code, read.err);
        assert!(
            !read.err.contains("the program failed") && !read.err.contains("le programme a échoué"),
            "{round}: {}",
            read.err
        );
        assert_eq!(read.code == 0, !read.out.is_empty(), "{round}");
    }
}
