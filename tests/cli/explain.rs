//! The explanation of cases and of message codes, as the program prints them.

use crate::program;
use jalon::diagnostic::Code;
use jalon::verify::{FollowProperty, Property};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn jalon(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_jalon"))
        .env("LC_ALL", "C")
        .current_dir(folder)
        .args(arguments)
        .env("NO_COLOR", "1")
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// The folders of cases, in order.
fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/explain");
    let mut folders: Vec<PathBuf> =
        std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    assert!(!folders.is_empty());
    folders
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/explain").join(name)
}

/// Explains what a folder holds, in its own language unless another is asked for.
fn explained(folder: &Path, more: &[&str]) -> Output {
    let mut arguments =
        vec!["explain", "--schedule", "schedule.jalon", "--events", "events.ndjson"];
    arguments.extend(["--as-of", "2025-12-31"]);
    arguments.extend(more);
    jalon(folder, &arguments)
}

/// Compares with a file of the folder; with `INSTA_UPDATE=always`, writes it.
fn compare(folder: &Path, name: &str, actual: &str) {
    let path = folder.join(name);
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        std::fs::write(&path, actual).unwrap();
    }
    let expected = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    assert_eq!(actual, expected, "{}", path.display());
}

#[test]
fn cases_are_explained_in_both_languages() {
    for folder in folders() {
        let withheld = folder.ends_with("withheld");
        for (lang, name) in [("en", "expected.en.txt"), ("fr", "expected.fr.txt")] {
            let output = explained(&folder, &["--lang", lang]);
            assert_eq!(output.status.code(), Some(i32::from(withheld)), "{}", folder.display());
            assert_eq!(text(&output.stderr), "");
            compare(&folder, name, &text(&output.stdout));
        }
    }
}

#[test]
fn the_language_is_that_of_the_schedule() {
    let text_of = |name: &str, more: &[&str]| text(&explained(&folder(name), more).stdout);
    assert_eq!(text_of("french", &[]), text_of("french", &["--lang", "fr"]));
    assert_eq!(text_of("work", &[]), text_of("work", &["--lang", "en"]));
}

#[test]
fn the_data_say_what_the_words_say() {
    for folder in folders() {
        let output = explained(&folder, &["--format", "json"]);
        let json = text(&output.stdout);
        if ["deposits", "conditions", "withheld"].iter().any(|name| folder.ends_with(name)) {
            compare(&folder, "expected.json", &json);
        }
        let document: Value = serde_json::from_str(&json).unwrap();
        let words = text(&explained(&folder, &[]).stdout);
        assert_eq!(document["as_of"], "2025-12-31");
        for case in document["cases"].as_array().unwrap() {
            let mut said = Vec::new();
            let mut case = case.clone();
            // Moments of the calendar that bill nothing are folded into one in words.
            if let Some(moments) = case.get_mut("moments").and_then(Value::as_array_mut) {
                moments.retain(|moment| !moment["event"].is_null() || bills(moment));
            }
            collect_words(&case, &mut said);
            assert!(!said.is_empty());
            for sentence in said {
                assert!(words.contains(&sentence), "{}: {sentence}", folder.display());
            }
        }
    }
}

/// Whether something is invoiced at a moment.
fn bills(moment: &Value) -> bool {
    let lines = moment["lines"].as_array().into_iter().flatten();
    let mut amounts = lines.flat_map(|line| line["amounts"].as_array().into_iter().flatten());
    amounts.any(|amount| amount["invoice_lines"].as_array().is_some_and(|ids| !ids.is_empty()))
}

/// Every sentence of an explanation as data.
fn collect_words(value: &Value, said: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            for (name, value) in map {
                match (name.as_str(), value) {
                    ("says" | "reason", Value::String(sentence)) => said.push(sentence.clone()),
                    ("says", Value::Array(sentences)) => {
                        said.extend(
                            sentences.iter().map(|words| words.as_str().unwrap().to_owned()),
                        );
                    }
                    _ => collect_words(value, said),
                }
            }
        }
        Value::Array(values) => values.iter().for_each(|value| collect_words(value, said)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The amounts of the explanation are those of the invoice lines, in their order.
#[test]
fn the_amounts_are_those_of_the_invoices() {
    for folder in folders() {
        let json = text(&explained(&folder, &["--format", "json"]).stdout);
        let document: Value = serde_json::from_str(&json).unwrap();
        let mut explained_ids = Vec::new();
        for case in document["cases"].as_array().unwrap() {
            for moment in case["moments"].as_array().into_iter().flatten() {
                for line in moment["lines"].as_array().unwrap() {
                    for amount in line["amounts"].as_array().unwrap() {
                        let ids = amount["invoice_lines"].as_array().unwrap();
                        explained_ids.extend(ids.iter().map(|id| id.as_str().unwrap().to_owned()));
                    }
                }
            }
        }
        let arguments = ["run", "--schedule", "schedule.jalon", "--events", "events.ndjson"];
        let run = jalon(&folder, &[&arguments[..], &["--as-of", "2025-12-31"]].concat());
        let billed: Vec<String> = text(&run.stdout)
            .lines()
            .map(|line| {
                let line: Value = serde_json::from_str(line).unwrap();
                line["id"].as_str().unwrap().to_owned()
            })
            .collect();
        assert_eq!(explained_ids, billed, "{}", folder.display());
    }
}

#[test]
fn one_case_is_explained_alone() {
    let output = explained(&folder("outcomes"), &["--case", "D-003"]);
    let words = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0));
    assert!(words.starts_with("Case D-003, schedule \"Parcours Emploi Santé\""), "{words}");
    assert!(!words.contains("D-001"));
    // Of the withheld cases, only the one that is asked for decides.
    assert_eq!(explained(&folder("withheld"), &["--case", "W-2"]).status.code(), Some(0));
    assert_eq!(explained(&folder("withheld"), &["--case", "W-3"]).status.code(), Some(1));
}

#[test]
fn an_unknown_case_is_an_error() {
    let output = explained(&folder("outcomes"), &["--case", "d-003"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(text(&output.stdout), "");
    assert_eq!(
        text(&output.stderr),
        "jalon: there is no case `d-003` in the events; did you mean `D-003`?\n"
    );
    let output = explained(&folder("french"), &["--case", "autre"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        text(&output.stderr),
        "jalon: il n'y a pas de dossier `autre` dans les événements\n"
    );
}

#[test]
fn a_line_that_cannot_be_read_stops_the_explanation() {
    let folder = std::env::temp_dir().join(format!("jalon-explain-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let schedule = "schedule \"S\"\n  price fixed 100 EUR\n  balance \"B\": 100 % on end\n";
    std::fs::write(folder.join("schedule.jalon"), schedule).unwrap();
    let event = "{\"case\":\"A\",\"date\":\"2025-01-02\",\"kind\":\"end\"}\nnot an event\n";
    std::fs::write(folder.join("events.ndjson"), event).unwrap();
    let output = explained(&folder, &[]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(text(&output.stdout), "");
    assert!(text(&output.stderr).starts_with("events.ndjson:2:"));
    let output = explained(&folder, &["--skip-unreadable"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stdout).contains("100 % of 100.00 EUR = 100.00"));
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn names_from_events_cannot_command_a_terminal() {
    let folder = std::env::temp_dir().join(format!("jalon-explain-esc-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let schedule = "schedule \"S\"\n  price fixed 100 EUR\n  balance \"B\": 100 % on end\n";
    std::fs::write(folder.join("schedule.jalon"), schedule).unwrap();
    let event = "{\"case\":\"A\\u001b[2J\",\"date\":\"2025-01-02\",\"kind\":\"event\",\"name\":\"\\u001b[31mx\\u202e\"}\n";
    std::fs::write(folder.join("events.ndjson"), event).unwrap();
    let words = text(&explained(&folder, &[]).stdout);
    assert!(!words.contains(['\u{1b}', '\u{202e}']), "{words}");
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn every_code_has_its_page_and_its_place_in_the_list() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let list = jalon(here, &["explain"]);
    assert_eq!(list.status.code(), Some(0));
    let list = text(&list.stdout);
    // Below them, a blank line and what to call.
    assert_eq!(list.lines().count(), PAGES + 2);
    for (code, line) in Code::ALL.iter().zip(list.lines()) {
        let mut words = line.split_whitespace();
        let first = [words.next(), words.next()];
        assert_eq!(first, [Some(code.name()), Some(code.severity().name())]);
        let about = words.collect::<Vec<&str>>().join(" ");
        assert!(about.len() > 20 && !about.ends_with('.'), "{line}");
        let on_page = code.page().split_whitespace().collect::<Vec<&str>>().join(" ");
        assert!(on_page.contains(&about), "{line}");
    }
    for name in names() {
        let page = jalon(here, &["explain", name]);
        assert_eq!(page.status.code(), Some(0));
        assert!(text(&page.stdout).contains(&format!("[{name}]")), "{name}");
    }
}

/// How many findings have a page.
const PAGES: usize = Code::ALL.len() + Property::ALL.len() + FollowProperty::ALL.len();

/// Every name of a finding, in both languages.
fn names() -> impl Iterator<Item = &'static str> {
    let codes = Code::ALL.iter().flat_map(|code| [code.name(), code.french()]);
    let properties = Property::ALL.iter().flat_map(|one| [one.name(), one.french()]);
    let of_follow_ups = FollowProperty::ALL.iter().flat_map(|one| [one.name(), one.french()]);
    codes.chain(properties).chain(of_follow_ups)
}

#[test]
fn a_finding_has_one_name_in_each_language() {
    let all: Vec<&str> = names().collect();
    let apart: std::collections::BTreeSet<&str> = all.iter().copied().collect();
    assert_eq!(all.len(), apart.len());
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    // The name says in which language the page is wanted; `--lang` says otherwise.
    for (arguments, wanted) in [
        (&["explain", "leak"][..], "warning[leak]\n\nA case can be over"),
        (&["explain", "fuite"], "avertissement[fuite]\n\nUn dossier peut finir"),
        (&["explain", "fuite", "--lang", "en"], "warning[leak]\n\nA case can be over"),
        (&["explain", "leak", "--lang", "fr"], "avertissement[fuite]\n\nUn dossier peut finir"),
        (&["explain", "no-price"], "error[no-price]\n"),
        (&["explain", "sans-tarif"], "erreur[sans-tarif]\n"),
    ] {
        let page = text(&jalon(here, arguments).stdout);
        assert!(page.starts_with(wanted), "{arguments:?}: {page}");
    }
    let near = text(&jalon(here, &["explain", "fuit"]).stderr);
    assert!(near.contains("vouliez-vous dire `fuite` ?"), "{near}");
}

#[test]
fn an_unknown_code_brings_the_list_and_the_nearest_one() {
    let output = jalon(Path::new(env!("CARGO_MANIFEST_DIR")), &["explain", "no-prise"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(text(&output.stdout).lines().count(), PAGES + 2);
    assert_eq!(
        text(&output.stderr),
        "jalon: there is no message code `no-prise`; did you mean `no-price`?\n"
    );
}

#[test]
fn a_call_is_of_one_use_or_the_other() {
    let here = folder("work");
    for arguments in [
        &["explain", "no-price", "--schedule", "schedule.jalon", "--events", "events.ndjson"][..],
        &["explain", "--schedule", "schedule.jalon"],
        &["explain", "--events", "events.ndjson"],
        &["explain", "--case", "H-1"],
    ] {
        assert_eq!(jalon(&here, arguments).status.code(), Some(2), "{arguments:?}");
    }
}

/// What is said on a call that names a case as no option does, and the call that it advises.
fn advised(arguments: &[&str]) -> (String, String) {
    let output = jalon(&folder("outcomes"), arguments);
    assert_eq!((output.status.code(), text(&output.stdout).as_str()), (Some(2), ""));
    let said = text(&output.stderr);
    let (says, call) = said.trim_end().split_once("\n  ").unwrap();
    (says.to_owned(), call.to_owned())
}

#[test]
fn a_case_that_is_named_without_its_option_brings_the_call_that_works() {
    let given = ["--schedule", "schedule.jalon", "--events", "events.ndjson"];
    let dated = ["--as-of", "2025-12-31", "--lang"];
    let place_of_code = (
        "jalon: `D-003` stands where a message code does; a case is named with `--case`:",
        "jalon: `D-003` tient la place d'un code de message ; un dossier se nomme avec `--case` :",
    );
    let no_file = (
        "jalon: D-003: there is no such file; a case is named with `--case`:",
        "jalon: D-003 : il n'y a pas de tel fichier ; un dossier se nomme avec `--case` :",
    );
    for lang in ["en", "fr"] {
        let dated = [&dated[..], &[lang]].concat();
        for (call, (english, french)) in [
            ([&["explain", "D-003"][..], &given, &dated].concat(), place_of_code),
            ([&["explain"][..], &given, &dated, &["D-003"]].concat(), place_of_code),
            ([&["explain"][..], &given, &["D-003"], &dated].concat(), no_file),
            ([&["explain"][..], &given[..2], &["D-003"], &given[2..], &dated].concat(), no_file),
        ] {
            let (says, advised) = advised(&call);
            assert_eq!(says, if lang == "en" { english } else { french }, "{call:?}");
            assert_eq!(
                advised,
                format!("jalon {}", call.join(" ")).replace("D-003", "--case D-003")
            );
            let advised: Vec<&str> = advised.split(' ').skip(1).collect();
            let explained = jalon(&folder("outcomes"), &advised);
            assert_eq!(explained.status.code(), Some(0), "{advised:?}");
            assert!(text(&explained.stdout).contains("D-003"));
        }
    }
    // A shell takes the name as one word; what is meant as an option's value stays.
    let (_, call) = advised(&[&["explain", "O'Neil 7"][..], &given].concat());
    assert!(call.starts_with(r"jalon explain --case 'O'\''Neil 7' --schedule "), "{call}");
    let (_, call) = advised(&[&["explain", "en"][..], &given, &["--lang", "en"]].concat());
    assert!(call.starts_with("jalon explain --case en --schedule "), "{call}");
}

#[test]
fn a_word_beside_schedules_that_names_no_case_is_told_apart() {
    let given = ["--schedule", "schedule.jalon", "--events", "events.ndjson"];
    let (says, call) = advised(&[&["explain", "no-price"][..], &given].concat());
    assert_eq!(says, "jalon: the page of `no-price` needs no schedule:");
    assert_eq!(call, "jalon explain no-price");
    let both = [&["explain", "D-001", "--case", "D-003"][..], &given].concat();
    let output = jalon(&folder("outcomes"), &both);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("`D-001` is too much here"), "{}", text(&output.stderr));
    // A file that is missing is a file, wherever its name looks like one.
    let missing = [&["explain"][..], &given, &["more.ndjson"]].concat();
    let output = jalon(&folder("outcomes"), &missing);
    assert!(!text(&output.stderr).contains("--case"), "{}", text(&output.stderr));
    // Without schedules, a word is a code, and one that looks like none may be a case.
    let output = jalon(&folder("outcomes"), &["explain", "D-003", "--lang", "fr"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        text(&output.stderr)
            .contains("un dossier s'explique ainsi :\n  jalon explain --case D-003 ")
    );
}

/// A case with one month of work and then none: the month ends that bill nothing are one entry, those
/// that bill stand alone.
#[test]
fn month_ends_that_bill_nothing_are_told_once() {
    let schedule = "échéancier \"Mensuel\"\n  tarif horaire 50 EUR\n  échéance \"Mois\": réalisé en fin de mois\n  \
                    solde \"Fin\": réalisé à la fin\n  solde \"Abandon\": réalisé à l'abandon\n";
    let schedule = program::file("idle", "schedule.jalon", schedule);
    let events = "case,date,kind,name,hours\nA,2025-01-10,start,,\nA,2025-01-20,action,Cours,2\nA,2026-09-08,action,Cours,1\n";
    let events = program::file("idle", "events.csv", events);
    let call = [
        "explain",
        "--schedule",
        &schedule,
        "--events",
        &events,
        "--as-of",
        "2026-10-31",
        "--case",
        "A",
    ];
    let told = program::jalon(&call).out;
    assert!(told.contains("\n31/01/2025  fin de mois\n"), "{told}");
    let folded = "\n28/02/2025 au 31/08/2026  19 fins de mois : rien n'est facturé\n    \
                  échéance \"Mois\": réalisé en fin de mois\n      se déclenche\n";
    assert!(told.contains(folded), "{told}");
    assert!(told.contains("\n30/09/2026  fin de mois\n"), "{told}");
    assert!(told.contains("\n31/10/2026  fin de mois\n"), "one alone is told as ever: {told}");
    assert_eq!(told.matches("zéro : rien n'est facturé").count(), 2, "{told}");
    let english = program::jalon(&[&call[..], &["--lang", "en"]].concat()).out;
    assert!(
        english.contains("2025-02-28 to 2026-08-31  19 month ends: nothing is invoiced\n"),
        "{english}"
    );
}
