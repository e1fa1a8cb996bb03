//! Calls that cannot be understood and files that cannot be read, said in both languages.

#![allow(
    missing_docs,
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may panic, and other tests use the rest of what runs the program"
)]

mod program;

use program::jalon;

/// A call without its language, and what is said of it in English and in French.
const CALLS: [(&[&str], &str, &str); 10] = [
    (&["chek", "schedules"], "similar subcommand exists: 'check'", "vouliez-vous dire `check` ?"),
    (&["run", "--evnts", "x"], "unexpected argument '--evnts'", "l'option `--evnts` n'existe pas"),
    (&["check"], "required arguments were not provided", "il manque <CHEMIN>..."),
    (&["help", "chek"], "unrecognized subcommand 'chek'", "la commande `chek` n'existe pas"),
    (&["check", "--format"], "a value is required", "`--format <FORMAT>` demande une valeur"),
    (&["verify", "--format", "pdf", "x"], "invalid value 'pdf'", "`pdf` n'est pas possible"),
    (
        &["verify", "--only", "luck", "x"],
        "the properties are",
        "les propriétés sont surfacturation",
    ),
    (
        &["run", "--schedule", "x", "--events", "x", "--as-of", "2024-02-30"],
        "this is no date",
        "ce n'est pas une date",
    ),
    (&["check", "no/such/file"], "no such file or folder", "ni fichier ni répertoire de ce nom"),
    (&["check", "docs/codes"], "no file here whose name", "aucun fichier ici dont le nom"),
];

#[test]
fn a_call_is_refused_in_the_language_that_it_asks_for() {
    for (call, english, french) in CALLS {
        for (lang, says, other) in [("en", english, french), ("fr", french, english)] {
            let mut arguments = call.to_vec();
            // An option at the end would take the language for its value.
            arguments.splice(1..1, ["--lang", lang]);
            let outcome = jalon(&arguments);
            assert_eq!(outcome.code, 2, "{arguments:?}: {}", outcome.err);
            assert!(outcome.err.contains(says), "{arguments:?}: {}", outcome.err);
            assert!(!outcome.err.contains(other), "{arguments:?}: {}", outcome.err);
            assert!(outcome.out.is_empty(), "{arguments:?}: {}", outcome.out);
        }
    }
}

#[test]
fn a_call_without_a_command_is_refused_in_its_language() {
    let outcome = jalon(&["--lang", "en"]);
    assert!(outcome.code == 2 && outcome.err.contains("requires a subcommand"), "{}", outcome.err);
    let outcome = jalon(&["--lang", "fr"]);
    let says = "erreur : il manque la commande : check, compile, run, ";
    assert!(outcome.code == 2 && outcome.err.starts_with(says), "{}", outcome.err);
}

/// The help that a call gives; it is no refusal.
fn help(call: &[&str]) -> String {
    let outcome = jalon(call);
    assert_eq!((outcome.code, outcome.err.as_str()), (0, ""), "{call:?}");
    outcome.out
}

#[test]
fn help_is_in_the_language_that_the_call_asks_for() {
    for command in ["check", "run", "compare", "explain", "show"] {
        let english = help(&[command, "--help"]);
        assert!(english.contains(&format!("Usage: jalon {command} ")), "{english}");
        let french = help(&[command, "--help", "--lang", "fr"]);
        assert!(french.contains(&format!("Utilisation : jalon {command} ")), "{french}");
        for (lang, expected) in [("en", &english), ("fr", &french)] {
            let joined = format!("--lang={lang}");
            for call in [
                &["--lang", lang, command, "--help"][..],
                &[command, "--lang", lang, "--help"],
                &[command, &joined, "--help"],
                &["--lang", lang, "help", command],
                &["help", "--lang", lang, command],
                &["help", command, "--lang", lang],
                &["help", command, &joined],
            ] {
                assert_eq!(&help(call), expected, "{call:?}");
            }
        }
        assert_eq!(help(&["help", command]), english);
    }
    assert_eq!(help(&["help"]), help(&["--help"]));
    assert_eq!(help(&["help", "--lang", "fr"]), help(&["--help", "--lang", "fr"]));
    assert_eq!(help(&["--version"]), help(&["--version", "--lang", "fr"]));
    // A call that gives no language is answered, and one that gives none that there is.
    assert_eq!(jalon(&["help", "--lang"]).code, 2);
    assert_eq!(jalon(&["run", "--lang", "de", "--help"]).code, 2);
}

#[test]
fn help_as_an_administrator_reads_it_in_french() {
    let folder = program::root().join("tests/cases/help");
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        insta::assert_snapshot!("program.fr", help(&["--lang", "fr", "--help"]));
        insta::assert_snapshot!("run-short.fr", help(&["run", "--lang", "fr", "-h"]));
        insta::assert_snapshot!("compare.fr", help(&["compare", "--lang", "fr", "--help"]));
        insta::assert_snapshot!("show.fr", help(&["show", "--lang", "fr", "--help"]));
    });
}
