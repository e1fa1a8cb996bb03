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
const CALLS: [(&[&str], &str, &str); 9] = [
    (&["chek", "schedules"], "similar subcommand exists: 'check'", "vouliez-vous dire `check` ?"),
    (&["run", "--evnts", "x"], "unexpected argument '--evnts'", "l'option `--evnts` n'existe pas"),
    (&["check"], "required arguments were not provided", "il manque <PATH>..."),
    (&["check", "--format"], "a value is required", "`--format <FORMAT>` demande une valeur"),
    (&["verify", "--format", "pdf", "x"], "invalid value 'pdf'", "`pdf` n'est pas possible"),
    (&["verify", "--only", "luck", "x"], "the properties are", "les propriétés sont overbilling"),
    (
        &["run", "--schedule", "x", "--events", "x", "--as-of", "2024-02-30"],
        "this is no date",
        "ce n'est pas une date",
    ),
    (&["check", "no/such/file"], "no such file or folder", "pas de tel fichier ni dossier"),
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
fn help_is_no_refusal_in_any_language() {
    for lang in ["en", "fr"] {
        let outcome = jalon(&["check", "--lang", lang, "--help"]);
        assert_eq!(outcome.code, 0, "{}", outcome.err);
        assert!(outcome.out.contains("Usage: jalon check"), "{}", outcome.out);
    }
}
