//! Workbooks of schedules that cannot be read: each cell is named, and nothing is written.

use crate::program::{beside, file, folder, jalon, read};
use crate::spreadsheet::{
    BALANCE, BILL, CONDITION, DEPOSIT, FIRST, LABEL, LEAST, MOST, OPEN, SHEET, TRIGGER, Typed,
    UNIT, VALUE, WHICH, drawn, imported, parcours, shown, typed,
};
use std::io::{Cursor, Write};
use std::path::PathBuf;

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
