//! Calls that cannot be understood and files that cannot be read, said in both languages.

use crate::program::{self, jalon};

/// A call without its language, and what is said of it in English and in French.
const CALLS: [(&[&str], &str, &str); 11] = [
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
        &["verify", "--only", "leak", "unbilled-work", "schedules"],
        "several are joined by commas, `--only leak,unbilled-work`",
        "plusieurs se joignent par des virgules, `--only fuite,unbilled-work`",
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

/// Runs `jalon` in a session of this language.
fn in_session(locale: &str, call: &[&str]) -> program::Outcome {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_jalon"))
        .args(call)
        .current_dir(program::root())
        .env_clear()
        .env("NO_COLOR", "1")
        .env("LANG", locale)
        .output()
        .unwrap();
    program::Outcome {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// What is said in the language of the session where no schedule file says another.
#[test]
fn a_session_has_a_language() {
    for (call, english, french) in CALLS {
        for (locale, says) in [
            ("fr_FR.UTF-8", french),
            ("fr", french),
            ("fr-CA", french),
            ("en_GB.UTF-8", english),
            ("C", english),
            ("", english),
            ("frp_FR", english),
        ] {
            let outcome = in_session(locale, call);
            assert_eq!(outcome.code, 2, "{call:?}");
            assert!(outcome.err.contains(says), "{locale}: {call:?}: {}", outcome.err);
        }
    }
    assert!(in_session("fr_FR.UTF-8", &["run", "--help"]).out.contains("Utilisation : jalon run"));
    assert!(in_session("fr_FR.UTF-8", &["explain"]).out.contains("surfacturation"));
    assert!(in_session("fr_FR.UTF-8", &["--lang", "en", "explain"]).out.contains("overbilling"));
    let english = in_session("fr_FR.UTF-8", &["check", "docs/examples/deposit.jalon"]);
    assert!(english.out.contains("1 file: "), "the file's language comes first: {}", english.out);
}

/// A file without a word of either vocabulary says nothing of who reads its findings.
#[test]
fn a_file_that_tells_no_language_is_answered_in_that_of_the_session() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("f.jalon");
    let call = ["check", "--format", "short", file.to_str().unwrap()];
    let said = |text: &[u8]| {
        std::fs::write(&file, text).unwrap();
        ["fr_FR.UTF-8", "en_GB.UTF-8"].map(|locale| in_session(locale, &call).out)
    };
    for text in [&b""[..], b"#\n", b"\xff\xfe\x00", b"xyz 12\n"] {
        let [french, english] = said(text);
        assert!(french.contains("erreur["), "{text:?}: {french}");
        assert!(english.contains("error["), "{text:?}: {english}");
    }
    for text in [&b"schedule\n"[..], b"# schedule of deposits\n", b"schedule \"\xe9\"\n"] {
        let [french, english] = said(text);
        assert_eq!(french, english, "{text:?}");
        assert!(french.contains("error["), "{text:?}: {french}");
    }
}

const FRENCH: &str = "échéancier \"Formation\"\n  tarif forfait 1500 EUR\n  \
    acompte \"Acompte\": 3 % au démarrage\n  solde \"Solde\": 100 % à la fin\n  \
    solde \"Abandon\": jusqu'à 3 % à l'abandon\n";

/// Words that only an English answer has.
const ENGLISH: [&str; 21] = [
    "error",
    "warning",
    "file ",
    "files",
    "there is",
    "nothing",
    "passed",
    "failed",
    "scenarios ",
    "rewritten",
    "written",
    "expected",
    "usage:",
    "the ",
    "invalid",
    "argument '",
    "balance",
    "deposit",
    "line ",
    "case ",
    " start",
];

/// Every call about French files, those that fail among them, is answered in French, without `--lang`.
#[test]
fn a_french_file_is_answered_in_french() {
    let sound = program::file("french", "bon.jalon", FRENCH);
    let alike = program::file("french", "bis.jalon", FRENCH);
    let wrong = program::file("french", "faux.jalon", FRENCH.replace("3 %", "300 %"));
    let unread = program::file("french", "illisible.jalon", FRENCH.replace("solde", "soldes"));
    let failing =
        "scénario \"s\"\n  06/03/2025 démarrage\n  attendu 06/03/2025 \"Acompte\" 46,00\n";
    let failing = program::file("french", "echec.jalon", format!("{FRENCH}\n{failing}"));
    let blessed = program::file("french", "benir.jalon", program::read(&failing));
    let artefact = program::file("french", "compile.json", "");
    let none = sound.replace("bon", "absent");
    let none = none.replace(".jalon", ".csv");
    let events = "case;date;kind\nA;2025-03-06;start\nA;2025-06-20;end\nB;2025-02-30;start\n\
                  C;2025-03-06;start\nC;2025-03-07;start\nC;2025-06-20;abandonment\n";
    let events = program::file("french", "dossiers.csv", events);
    jalon(&["compile", &sound, "-o", &artefact]);
    for call in [
        &["check", &wrong][..],
        &["check", &sound, &none],
        &["check", &sound, "--denny", "warnings"],
        &["check", &sound, "--deny"],
        &["check", &sound, "--deny", "tout"],
        &["check", &sound, "--no-verify=oui"],
        &["verify", &wrong],
        &["verify", &sound],
        &["verify", &sound, "--budget", "beaucoup"],
        &["verify", &sound, "--only", "chance"],
        &["verify", &artefact],
        &["test", &sound],
        &["test", &failing],
        &["test", "--bless", &blessed],
        &["test", &sound, "--coverage", "--least", "120"],
        &["test", &sound, "--least", "20"],
        &["fmt", &unread],
        &["fmt", "--check", &wrong],
        &["compile", &unread, "-o", &none],
        &["compile", &sound],
        &["compile", &sound, "-o", &sound],
        &["show", &sound, "--format", "csv"],
        &["compare", &sound, &wrong],
        &["compare", &sound, &sound, "--threads", "0"],
        &["run", "--schedule", &sound, "--events", &none],
        &["run", "--schedule", &sound, &alike, "--events", &none],
        &["forecast", "--schedule", &sound, "--until", "31/12/2025", "--events", &none],
        &["explain", "--schedule", &sound, "--events", &none],
        &["run", "--schedule", &sound, "--events", &events, "--as-of", "2025-12-31"],
        &[
            "run",
            "--schedule",
            &sound,
            "--events",
            &events,
            "--as-of",
            "2025-12-31",
            "--format",
            "table",
        ],
        &["forecast", "--schedule", &sound, "--signed", "2025-03-05", "--format", "table"],
        &["explain", "--schedule", &sound, "--events", &events, "--as-of", "2025-12-31"],
        &["show", &sound],
        &["show", &sound, "--situations"],
        &["test", &failing, "--coverage"],
        &["compare", &sound, &failing],
        &["explain", "--schedule", &sound],
    ] {
        let outcome = jalon(call);
        // Lines for a program are the same in both languages.
        let lines = if outcome.out.starts_with('{') { "" } else { outcome.out.as_str() };
        let told = format!("{lines}{}", outcome.err).replace(&*sound, "");
        let told = [&wrong, &unread, &failing, &blessed, &artefact, &none, &alike]
            .iter()
            .fold(told, |told, path| told.replace(path.as_str(), ""));
        assert!(!told.is_empty(), "{call:?}");
        let told = told.to_lowercase();
        for word in ENGLISH {
            let codes = told.replace("[leak]", "").replace("warnings", "");
            assert!(!codes.contains(word), "{call:?}: `{word}` in {told}");
        }
    }
    // As the file writes them.
    let outcome = jalon(&["test", &failing]);
    assert!(outcome.out.contains("+ 06/03/2025         45,00  Acompte"), "{}", outcome.out);
    assert!(outcome.out.ends_with("réussis : 0, échoués : 1\n"), "{}", outcome.out);
    assert_eq!(jalon(&["test", &sound]).out, "réussis : 0, échoués : 0\n");
}

/// What a date of a call most likely means is told as it has to be written, and works where it is told.
#[test]
fn a_date_in_another_form_is_told_as_it_is_written() {
    let call = ["run", "--schedule", "s.jalon", "--events", "e.csv", "--as-of"];
    for (written, french) in [
        ("31/12/2026", "une date s'écrit AAAA-MM-JJ : `2026-12-31`\n"),
        ("31.12.26", "une date s'écrit AAAA-MM-JJ : `2026-12-31`\n"),
        ("2026/12/31", "une date s'écrit AAAA-MM-JJ : `2026-12-31`\n"),
        ("12/31/2026", "une date s'écrit AAAA-MM-JJ : `2026-12-31`\n"),
        ("05/05/2026", "une date s'écrit AAAA-MM-JJ : `2026-05-05`\n"),
        ("1/2/2026", "`2026-02-01` si le jour vient ici d'abord, `2026-01-02` si c'est le mois\n"),
        ("31/02/2026", "ce n'est pas une date : elle s'écrit AAAA-MM-JJ"),
        ("demain", "ce n'est pas une date : elle s'écrit AAAA-MM-JJ"),
    ] {
        let outcome = jalon(&[&call[..], &[written, "--lang", "fr"]].concat());
        assert_eq!(outcome.code, 2);
        assert!(outcome.err.contains(french), "{written}: {}", outcome.err);
    }
    let english = jalon(&[&call[..], &["31/12/2026", "--lang", "en"]].concat());
    assert!(english.err.contains("a date is written YYYY-MM-DD: `2026-12-31`"), "{}", english.err);
}

/// Files that stand behind no option, or behind that of others, are told the option that takes them.
#[test]
fn files_without_their_option_are_told_it() {
    for (call, said) in [
        (vec!["run", "f.jalon", "e.csv"], "`jalon run --schedule f.jalon --events e.csv`"),
        (
            vec!["leaks", "e.ndjson.gz"],
            "`jalon leaks --schedule FICHIER.jalon --events e.ndjson.gz`",
        ),
        (
            vec!["run", "--schedule", "f.jalon", "e.csv"],
            "`e.csv` est donné par --schedule ; les événements se donnent par --events : `--events e.csv`",
        ),
    ] {
        let outcome = jalon(&[&call[..], &["--lang", "fr"]].concat());
        assert_eq!(outcome.code, 2, "{call:?}");
        assert!(outcome.err.contains(said), "{call:?}: {}", outcome.err);
        assert!(!outcome.err.contains("l'option `f.jalon`"), "{}", outcome.err);
    }
    let english = jalon(&["run", "f.jalon", "e.csv", "--lang", "en"]);
    assert!(
        english.err.contains("tip: schedules stand behind --schedule, events behind --events"),
        "{}",
        english.err
    );
}

/// Kinds are taken in both languages, and told in the reader's.
#[test]
fn kinds_are_taken_in_both_languages() {
    let call = ["leaks", "--schedule", "docs/examples/deposit.jalon", "--events"];
    let call =
        [&call[..], &["docs/examples/events.csv", "--as-of", "2025-12-31", "--kind"]].concat();
    for (kind, other) in
        [("deposit", "acompte"), ("not-issued", "non-émise"), ("closing", "cloture")]
    {
        let [english, french] = [kind, other].map(|kind| jalon(&[&call[..], &[kind]].concat()));
        assert!(english.code < 2, "{}", english.err);
        assert_eq!((english.code, english.out), (french.code, french.out), "{kind}");
    }
    let wrong = jalon(&[&call[..], &["accompte", "--lang", "fr"]].concat());
    assert!(
        wrong.err.contains("réalisé, clôture, acompte, non-émise,")
            && wrong.err.contains("vouliez-vous dire `acompte` ?"),
        "{}",
        wrong.err
    );
    let part = jalon(&["journal", "--part", "x", "--lang", "fr"]);
    assert!(part.err.contains("factures, payeurs, canaux"), "{}", part.err);
}

/// A file without anything is told to be that, and not that some word of it is no field.
#[test]
fn an_empty_file_of_events_is_told() {
    let test = "calls-empty";
    let schedule = program::file(
        test,
        "s.jalon",
        "schedule \"S\"\n  price fixed 10 EUR\n  balance \"E\": 100 % on end\n",
    );
    for text in ["", "\n", "\u{feff}\n"] {
        let events = program::file(test, "events.csv", text);
        let call = ["run", "--schedule", &schedule, "--events", &events, "--as-of", "2025-01-01"];
        let outcome = program::jalon(&call);
        assert!(
            outcome.code == 2 && outcome.err.contains("the first line is empty"),
            "{}",
            outcome.err
        );
    }
}

#[test]
fn a_workbook_in_the_place_of_a_schedule_is_told() {
    let path = program::file("calls-workbook", "table.xlsx", b"PK\x03\x04\x14\x00\xff\xfe");
    for (lang, says) in [("en", "`jalon import` makes one"), ("fr", "`jalon import` en fait un")] {
        let outcome = program::jalon(&["check", "--lang", lang, &path]);
        assert!(outcome.code != 0 && outcome.out.contains(says), "{}{}", outcome.out, outcome.err);
    }
}
