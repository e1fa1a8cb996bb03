//! Schedules as tables: on a terminal, as HTML and as Markdown, in both languages.

use std::path::Path;
use std::process::{Command, Output};

fn jalon(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_jalon"))
        .env("LC_ALL", "C")
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap()
}

fn shown(arguments: &[&str]) -> String {
    let output = jalon(&[&["show"], arguments].concat());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success() && said.is_empty(), "{arguments:?}\n{said}");
    String::from_utf8(output.stdout).unwrap()
}

/// One snapshot for each language and format, in the folder of the case.
fn check(case: &str, path: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/show").join(case);
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for lang in ["en", "fr"] {
            for format in ["terminal", "html", "markdown"] {
                let text = shown(&[path, "--lang", lang, "--format", format]);
                insta::assert_snapshot!(format!("{format}.{lang}"), without_style(&text));
            }
        }
    });
}

/// A document without its style, which is the same in all of them.
fn without_style(text: &str) -> String {
    match (text.split_once("<style>"), text.split_once("</style>")) {
        (Some((before, _)), Some((_, after))) => format!("{before}<style></style>{after}"),
        _ => text.to_owned(),
    }
}

#[test]
fn every_feature_has_its_place_in_the_tables() {
    check("every-feature", "tests/cases/show/every-feature/input.jalon");
}

#[test]
fn schedules_of_the_guide_are_its_tables() {
    for name in [
        "amorce-de-parcours",
        "cpf-assiduite",
        "groupe-acompte-signature",
        "parcours-emploi-sante",
        "vae-par-bloc",
        "vae-totalite",
    ] {
        check(name, &format!("schedules/teo/{name}.jalon"));
    }
}

#[test]
fn each_file_is_shown_in_its_own_language_unless_one_is_asked_for() {
    let files =
        ["tests/cases/show/every-feature/input.jalon", "schedules/teo/parcours-emploi-sante.jalon"];
    let text = shown(&files);
    assert!(text.contains("Price: Hourly") && text.contains("Tarification : Forfait"), "{text}");
    let text = shown(&[&files[..], &["--lang", "fr"]].concat());
    assert!(text.contains("Tarification : Horaire") && !text.contains("Price:"), "{text}");
    let html = shown(&[&files[..], &["--format", "html"]].concat());
    assert!(
        html.contains("<html lang=\"en\">") && html.contains("<section lang=\"fr\">"),
        "{html}"
    );
    assert_eq!(html.matches("<section>").count(), 3);
}

#[test]
fn a_document_needs_nothing_from_elsewhere() {
    let html = shown(&["schedules/teo", "--lang", "fr", "--format", "html"]);
    for elsewhere in ["<script", "<link", "<img", "url(", "@import", "http"] {
        assert!(!html.contains(elsewhere), "{elsewhere}");
    }
    assert!(html.starts_with("<!DOCTYPE html>\n<html lang=\"fr\">") && html.ends_with("</html>\n"));
}

#[test]
fn drawn_tables_are_120_columns_wide_at_most_where_there_is_no_terminal() {
    let text = shown(&["schedules/teo"]);
    assert!(text.lines().all(|line| line.chars().count() <= 120), "{text}");
    assert!(!text.contains('\u{1b}'));
}

#[test]
fn nothing_is_shown_of_files_with_errors() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let wrong = folder.join("show-with-an-error.jalon");
    std::fs::write(&wrong, "schedule \"a\"\n  price fixed 1500 EUR\n").unwrap();
    let wrong = wrong.to_str().unwrap();
    let output = jalon(&["show", "schedules/teo/psop.jalon", wrong]);
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("no-line") && said.contains("nothing was done"), "{said}");
}
/// Nothing on purpose, and nothing because no line is there, are two things to whoever signs.
#[test]
fn situations_tell_nothing_on_purpose_from_no_line() {
    let text = "schedule \"S\"\n  price fixed 1800 EUR\n  balance \"Done\": 100 % on end\n  \
         balance \"Never came\": nothing on abandonment if not started\n  \
         balance \"Left\": up to 40 % on abandonment if duration < 10 months\n";
    let path = crate::program::file("situations-nothing", "s.jalon", text);
    let shown = |call: &[&str]| {
        crate::program::jalon(&[&["show", "--situations", &path], call].concat()).out
    };
    let table = shown(&["--format", "markdown"]);
    assert!(table.contains("| Never came: nothing |"), "{table}");
    let gap = table.lines().find(|row| row.starts_with("| abandonment from 10 months on")).unwrap();
    assert!(gap.contains("| no line bills |"), "{gap}");
    let french = shown(&["--format", "csv", "--lang", "fr"]);
    assert!(french.contains("Never came : rien") && french.contains("aucune ligne ne facture"));
}

#[test]
fn a_table_of_situations_can_be_signed() {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("to-sign.jalon");
    let source = "échéancier \"École\"\n  tarif forfait 12000 EUR\n  acompte \"Acompte\": 25 % à la signature\n  \
                  échéance \"Rentrée\": 6,666666667 % le 05/09/2027\n  solde \"Fin\": reste à la fin\n  \
                  solde \"Départ\": rien à l'abandon\n";
    std::fs::write(&path, source).unwrap();
    let path = path.to_str().unwrap();
    let html = shown(&["--situations", "--date", "2027-06-01", "--format", "html", path]);
    for part in [
        "<h1>École</h1>",
        "<dt>Tarification</dt><dd>Forfait 12\u{a0}000\u{a0}EUR</dd>",
        "<dt>Date</dt><dd>01/06/2027</dd>",
        "<td class=\"right\">3\u{a0}000,00\u{a0}EUR</td>",
        "<div class=\"by-hand\"><div>Lieu et date</div><div>Signature</div></div>",
        // Nobody waits for a fixed date for years.
        "<td>10/08/2027 signature, 15/08/2027 démarrage, 05/09/2027</td>",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
    // What a program reads has neither a day nor groups of digits.
    let rows = shown(&["--situations", "--format", "csv", path]);
    assert!(rows.contains(",\"3000,00\"\n") && !rows.contains("Date"), "{rows}");
    let table = shown(&["--format", "html", path]);
    assert!(
        table.contains("6,666666667\u{a0}%") && !table.contains("class=\"by-hand\""),
        "{table}"
    );
    for lang in ["en", "fr"] {
        let text = shown(&["--format", "markdown", "--lang", lang, path]);
        let headings = text.lines().find(|line| line.starts_with('|')).unwrap();
        let mut names: Vec<&str> = headings.split('|').map(str::trim).skip(1).collect();
        names.retain(|name| !name.is_empty());
        let apart: std::collections::BTreeSet<&str> = names.iter().copied().collect();
        assert_eq!(names.len(), apart.len(), "{headings}");
    }
}

#[test]
fn an_annex_has_all_that_a_contract_needs() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/show/annex");
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for (name, path, lang) in [
            ("parcours-emploi-sante.fr", "schedules/teo/parcours-emploi-sante.jalon", "fr"),
            ("two-payers.en", "schedules/formation/two-payers.jalon", "en"),
        ] {
            let call =
                ["--annex", "--date", "2026-01-05", "--lang", lang, "--format", "html", path];
            insta::assert_snapshot!(name, without_style(&shown(&call)));
        }
    });
}

/// Every schedule has an annex, in both languages, and each of its lines stands in it as a sentence.
#[test]
fn every_schedule_has_an_annex() {
    for folder in ["teo", "formation", "abonnements", "services", "travaux", "evenements", "sante"]
    {
        let path = format!("schedules/{folder}");
        for (lang, signature) in
            [("fr", "Le client (nom, signature)"), ("en", "The client (name, signature)")]
        {
            let call = ["--annex", "--date", "2026-01-05", "--lang", lang, &path];
            let html = shown(&[&call[..], &["--format", "html"]].concat());
            let sections = html.matches("<section").count();
            assert_eq!(html.matches(signature).count(), sections, "{path} {lang}");
            assert_eq!(html.matches("<ol>").count(), sections, "{path} {lang}");
            let lines = html.matches("<li>").count();
            let rows =
                html.matches("scope=\"row\">").count() + html.matches("scope=\"rowgroup\"").count();
            assert!(lines > 0 && rows > lines, "{path} {lang}");
            let text = shown(&[&call[..], &["--format", "markdown"]].concat());
            assert!(text.contains("\n1. "), "{text}");
        }
    }
}

#[test]
fn an_annex_and_a_table_of_situations_are_two_documents() {
    let file = "schedules/teo/psop.jalon";
    for call in [
        &["show", file, "--annex", "--situations"][..],
        &["show", file, "--annex", "--format", "xlsx"],
        &["show", file, "--annex", "--format", "csv"],
        &["show", file, "--date", "2026-01-05"],
    ] {
        let output = jalon(call);
        assert_eq!(output.status.code(), Some(2), "{call:?}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty(), "{call:?}");
    }
}

/// The rules of an annex are sentences, in either language.
#[test]
fn an_annex_says_its_lines_in_sentences() {
    let schedule = crate::program::file(
        "annex-sentences",
        "s.jalon",
        "schedule \"Course\"
  price fixed 900 EUR
  planned 10 hours
  planned 12 months
  vat 20 %
  deposit     \"Security\": 100 EUR on signature, beside the price
  installment \"Sessions\": pro rata attendance on event \"Review\"
  installment \"Time\":     pro rata duration on event \"Pause\"
  balance     \"End\":      remainder on end
  balance     \"Left\":     nothing on abandonment
",
    );
    let annex = |lang: &str| {
        let call = ["show", "--annex", "--format", "markdown", "--lang", lang, &schedule];
        crate::program::jalon(&call).out
    };
    for (lang, sentences) in [
        (
            "fr",
            [
                "« Security » facture 100 EUR à la signature, en sus du prix. C'est une caution",
                "« Sessions » facture le tarif au prorata de l'assiduité à l'événement",
                "« Time » facture le tarif au prorata de la durée à l'événement",
                "« End » facture le reste du tarif à la fin. C'est un solde : il règle le dossier",
                "« Left » ne facture rien à l'abandon.",
                "TVA 20 %",
            ],
        ),
        (
            "en",
            [
                "\"Security\" bills 100 EUR on signature, beside the price. It is a security",
                "\"Sessions\" bills the price pro rata of attendance on event",
                "\"Time\" bills the price pro rata of duration on event",
                "\"End\" bills the remainder of the price on end.",
                "\"Left\" bills nothing on abandonment.",
                "VAT 20 %",
            ],
        ),
    ] {
        let annex = annex(lang);
        for sentence in sentences {
            assert!(annex.contains(sentence), "{sentence}\n{annex}");
        }
    }
}
