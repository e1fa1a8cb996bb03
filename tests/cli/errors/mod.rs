//! Every finding: what the user sees of it, its page, and that the edit it proposes mends it.
//!
//! The cases are folders of `tests/cases/errors`, one for each code, and `tests/cases/many`: a
//! source and beside it the drawn output. `INSTA_UPDATE=always cargo test --test cli errors` writes the
//! outputs anew.

mod advised;
mod kept;
mod offered;

use jalon::{Code, Diagnostic, Lang, Report, Severity};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let found =
        std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = found.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn name(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).unwrap()
}

/// Sources too large to be kept: the folder holds their outputs only.
fn generated() -> Vec<(PathBuf, String)> {
    let folder = root().join("tests/cases/errors/file-too-large");
    let english =
        "schedule \"Training\"\n  price fixed 1500 EUR\n  balance \"Balance\": 100 % on end\n";
    let french =
        "échéancier \"Formation\"\n  tarif forfait 1500 EUR\n  solde \"Solde\": 100 % à la fin\n";
    [("en.jalon", english), ("fr.jalon", french)]
        .map(|(name, text)| (folder.join(name), text.repeat(4 * 1024 * 1024 / text.len() + 1)))
        .into()
}

/// The sources of a folder.
fn sources(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let made = generated().into_iter().filter(|(path, _)| path.parent() == Some(folder));
    let kept = entries(folder).into_iter().filter(|path| path.extension().unwrap() == "jalon");
    kept.map(|path| (path.clone(), std::fs::read(&path).unwrap()))
        .chain(made.map(|(path, text)| (path, text.into_bytes())))
        .collect()
}

/// The folders of all cases, one for each code, and that of many errors.
fn folders() -> Vec<PathBuf> {
    let mut folders = entries(&root().join("tests/cases/errors"));
    folders.push(root().join("tests/cases/many"));
    folders
}

/// Every source of every case.
fn cases() -> Vec<(PathBuf, Vec<u8>)> {
    folders().iter().flat_map(|folder| sources(folder)).collect()
}

fn report(path: &Path, bytes: &[u8], lang: Option<Lang>) -> Report {
    let read = match jalon::artefact::is_artefact(bytes) {
        true => jalon::load,
        false => jalon::compile_bytes,
    };
    match read(name(path), bytes, lang) {
        Ok(mut compiled) => {
            compiled.warn_of_cases();
            compiled.warnings
        }
        Err(report) => report,
    }
}

/// Warnings that are due only if a case does what they say.
const OF_CASES: [Code; 3] =
    [Code::InstallmentsNotDeducted, Code::DepositGivenBack, Code::NotBeforeStart];

/// What `jalon check` says of a file from inside its folder.
fn checked(folder: &Path, file: &str) -> String {
    // What is said of possible cases is kept with the warnings that are due if a case does so.
    let asks = OF_CASES.iter().any(|code| folder.ends_with(code.name()));
    let output = Command::new(env!("CARGO_BIN_EXE_jalon"))
        .args(["check", "--format", "human", file])
        .args((!asks).then_some("--no-verify"))
        .current_dir(folder)
        .env_clear()
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    assert!(output.stderr.is_empty(), "{}: {file}", folder.display());
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn findings_are_drawn_as_kept() {
    let update = std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always");
    let mut differ = Vec::new();
    for (path, bytes) in cases() {
        let mut folder = path.parent().unwrap().to_owned();
        if !path.exists() {
            folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
            std::fs::write(folder.join(name(&path)), bytes).unwrap();
        }
        let drawn = checked(&folder, name(&path));
        let kept_at = path.with_extension("txt");
        let kept = std::fs::read_to_string(&kept_at).unwrap_or_default();
        if drawn == kept {
            continue;
        }
        if update {
            std::fs::write(&kept_at, &drawn).unwrap();
        } else {
            let diff = similar::TextDiff::from_lines(&kept, &drawn);
            differ.push(format!("{}\n{}", kept_at.display(), diff.unified_diff()));
        }
    }
    assert!(
        differ.is_empty(),
        "{}\nINSTA_UPDATE=always keeps what is drawn now",
        differ.join("\n")
    );
}

#[test]
fn kept_outputs_have_a_source() {
    for folder in folders() {
        let known: BTreeSet<PathBuf> =
            sources(&folder).into_iter().map(|(path, _)| path.with_extension("txt")).collect();
        let outputs =
            entries(&folder).into_iter().filter(|path| path.extension().unwrap() == "txt");
        for path in outputs {
            assert!(known.contains(&path), "{} has no source", path.display());
        }
    }
}

#[test]
fn every_code_has_a_page_and_a_case_in_both_languages() {
    let codes: BTreeSet<&str> = Code::ALL.iter().map(|code| code.name()).collect();
    let of_texts = || Code::ALL.iter().filter(|code| **code != Code::ProgramFault);
    let pages = entries(&root().join("docs/codes"));
    let pages: BTreeSet<&str> =
        pages.iter().map(|page| name(page).trim_end_matches(".md")).collect();
    let folders = entries(&root().join("tests/cases/errors"));
    let folders: BTreeSet<&str> = folders.iter().map(|folder| name(folder)).collect();
    assert_eq!(codes, pages);
    // No text can bring out a fault of the program: crates/language/src/syntax/build/tests.rs does.
    assert_eq!(of_texts().map(|code| code.name()).collect::<BTreeSet<&str>>(), folders);
    for code in of_texts() {
        let folder = root().join("tests/cases/errors").join(code.name());
        let mut langs = Vec::new();
        for (path, bytes) in sources(&folder) {
            let report = report(&path, &bytes, None);
            let expected = if name(&path).starts_with("fr") { Lang::Fr } else { Lang::En };
            assert_eq!(report.lang, expected, "{}", path.display());
            let found = |diagnostic: &Diagnostic| diagnostic.code == *code;
            assert!(report.diagnostics.iter().any(found), "{} lacks its code", path.display());
            langs.push(name(&path).trim_end_matches(".jalon").to_owned());
        }
        for lang in ["en", "fr"] {
            assert!(langs.iter().any(|name| name == lang), "{} has no {lang}.jalon", code.name());
        }
    }
}

/// The two parts of a page, English and French.
fn parts(page: &str) -> [(&str, Lang); 2] {
    let (head, rest) = page.split_once("\n## English\n").unwrap();
    assert!(head.starts_with("# "), "{head}");
    let (english, french) = rest.split_once("\n## Français\n").unwrap();
    [(english, Lang::En), (french, Lang::Fr)]
}

/// The fenced blocks of a text.
fn blocks(text: &str) -> Vec<&str> {
    text.split("```jalon\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect()
}

/// Codes of the program, of bytes, sizes and compiled schedules, which a page describes instead of showing.
const DESCRIBED: [Code; 10] = [
    Code::ProgramFault,
    Code::NotUtf8,
    Code::FileTooLarge,
    Code::LineTooLong,
    Code::ForbiddenCharacter,
    Code::NestedTooDeep,
    Code::ArtefactUnreadable,
    Code::ArtefactVersion,
    Code::ArtefactChanged,
    Code::ArtefactUnsound,
];

#[test]
fn the_examples_of_the_pages_are_what_they_say() {
    for code in Code::ALL {
        let page = code.page();
        assert!(page.starts_with(&format!("# {}\n", code.name())), "{}", code.name());
        for (part, lang) in parts(page) {
            let what = format!("{} ({})", code.name(), lang.code());
            let words = lang.pick(["**Wrong**", "**Why**"], ["**Faux**", "**Pourquoi**"]);
            for word in words {
                assert!(part.contains(word), "{what} has no {word}");
            }
            let blocks = blocks(part);
            if DESCRIBED.contains(code) {
                assert!(blocks.is_empty(), "{what}");
                continue;
            }
            assert!(part.contains(lang.pick("**Right**", "**Juste**")), "{what}");
            assert_eq!(blocks.len(), 2, "{what} shows one wrong and one right text");
            let wrong = report(Path::new("wrong"), blocks[0].as_bytes(), None);
            let found: BTreeSet<&str> = wrong.diagnostics.iter().map(|d| d.code.name()).collect();
            assert_eq!(found, BTreeSet::from([code.name()]), "{what}, wrong");
            assert_eq!(wrong.lang, lang, "{what}, wrong");
            let right = report(Path::new("right"), blocks[1].as_bytes(), None);
            assert_eq!(right.diagnostics, [], "{what}, right");
            assert_eq!(right.lang, lang, "{what}, right");
        }
    }
}

/// A finding, without its place.
fn said(diagnostic: &Diagnostic) -> (Code, &str) {
    (diagnostic.code, &diagnostic.message)
}

#[test]
fn an_edit_mends_its_finding() {
    let mut edits = 0;
    for ((path, bytes), lang) in
        cases().iter().flat_map(|case| [(case, Lang::En), (case, Lang::Fr)])
    {
        let before = report(path, bytes, Some(lang));
        for diagnostic in &before.diagnostics {
            let Some(edit) = &diagnostic.edit else { continue };
            edits += 1;
            let mut text = before.source.text.clone();
            text.replace_range(edit.span.start as usize..edit.span.end as usize, &edit.text);
            let after = report(path, text.as_bytes(), Some(lang));
            let count = |report: &Report| {
                report.diagnostics.iter().filter(|other| said(other) == said(diagnostic)).count()
            };
            let what = format!(
                "{}: `{}`, after the edit to `{}`:\n{text}",
                path.display(),
                diagnostic.message,
                edit.text,
            );
            assert!(count(&after) < count(&before), "still said: {what}");
            let mixed = |report: &Report| {
                report.diagnostics.iter().any(|found| found.code == Code::MixedVocabularies)
            };
            assert!(mixed(&before) || !mixed(&after), "in another vocabulary: {what}");
        }
    }
    assert!(edits > 160, "{edits}");
}

#[test]
fn messages_speak_to_a_person() {
    for (path, bytes) in cases() {
        for lang in [Lang::En, Lang::Fr] {
            for diagnostic in &report(&path, &bytes, Some(lang)).diagnostics {
                let texts = [
                    Some(&diagnostic.message),
                    diagnostic.label.as_ref(),
                    diagnostic.help.as_ref(),
                ];
                let others = diagnostic.others.iter().map(|(_, words)| words);
                for text in texts.into_iter().flatten().chain(others) {
                    let what = format!("{}: {text}", path.display());
                    assert!(!text.ends_with(['.', ' ']) && !text.is_empty(), "{what}");
                    assert!(!text.starts_with(char::is_uppercase), "{what}");
                    // What is not the user's own must not be the grammar's.
                    let own: String = text.split('`').step_by(2).collect();
                    assert!(!own.contains('_') && !own.contains("kw"), "{what}");
                    assert_eq!(text.matches('`').count() % 2, 0, "{what}");
                }
            }
        }
    }
}

#[test]
fn many_mistakes_are_all_reported_in_order() {
    for (path, bytes) in sources(&root().join("tests/cases/many")) {
        let report = report(&path, &bytes, None);
        assert!(report.diagnostics.is_sorted_by_key(|diagnostic| diagnostic.span.start));
        let lines: Vec<usize> = report
            .diagnostics
            .iter()
            .map(|found| report.source.lines.position(&report.source.text, found.span.start).line)
            .collect();
        // Each line of the source that is wrong says so with a remark.
        let marked: Vec<usize> = report
            .source
            .text
            .lines()
            .enumerate()
            .flat_map(|(index, line)| std::iter::repeat_n(index + 1, line.matches(" # !").count()))
            .collect();
        assert_eq!(lines, marked, "{}", path.display());
        let codes: BTreeSet<Code> = report.diagnostics.iter().map(|found| found.code).collect();
        assert!(codes.len() >= 8, "{codes:?}");
        assert!(report.diagnostics.iter().all(|found| found.severity() == Severity::Error));
    }
}

/// The codes of what is said of a schedule of these lines, possible cases included.
fn codes(lines: &str) -> Vec<&'static str> {
    let text = format!("schedule \"S\"\n  price fixed 1000 EUR\n{lines}");
    let found = report(Path::new("s.jalon"), text.as_bytes(), None);
    assert!(!found.has_errors(), "{text}\n{:?}", found.diagnostics);
    found.diagnostics.iter().map(|found| found.code.name()).collect()
}

#[test]
fn lines_are_judged_together_only_where_one_case_comes_to_both() {
    let part = Code::InstallmentsNotDeducted.name();
    let given = Code::DepositGivenBack.name();
    let before = Code::NotBeforeStart.name();
    for (wanted, lines) in [
        (vec![part], "installment \"Part\": 10 % on start\nbalance \"All\": 100 % on end"),
        // A fee on leaving, and the price at the end.
        (vec![], "installment \"Fee\": 10 % on abandonment\nbalance \"All\": 100 % on end"),
        (
            vec![],
            "installment \"Part\": 10 % on start\nbalance \"All\": 100 % on end if not started",
        ),
        (
            vec![],
            "installment \"Short\": 10 % on end if duration < 1 month\n\
             balance \"All\": 100 % on end if duration >= 1 month",
        ),
        // An event may come twice.
        (
            vec![part],
            "installment \"Short\": 10 % on event \"E\" if duration < 1 month\n\
             balance \"All\": 100 % on event \"E\" if duration >= 1 month",
        ),
        (
            vec![],
            "installment \"Part\": 10 % on action \"A\" if action \"B\" done\n\
             balance \"All\": 100 % on end if not action \"B\" done",
        ),
        (vec![given], "deposit \"D\": 25 % on start\nbalance \"Left\": nothing on abandonment"),
        (
            vec![],
            "deposit \"D\": 25 % on start\nbalance \"No show\": nothing on abandonment if not started",
        ),
        (
            vec![],
            "deposit \"D\": 25 % on signature\nbalance \"Never\": nothing on end if not signed",
        ),
        // A deposit that comes with the end is not there on abandonment.
        (vec![], "deposit \"D\": 25 % on end\nbalance \"Left\": nothing on abandonment"),
        (vec![before], "balance \"Late\": 40 % on abandonment if not duration < 4 months"),
        (
            vec![],
            "balance \"No show\": nothing on abandonment if not started\n\
             balance \"Late\": 40 % on abandonment if not duration < 4 months",
        ),
    ] {
        assert_eq!(codes(lines), wanted, "{lines}");
    }
}

#[test]
fn what_is_meant_is_accepted_in_the_file() {
    let both = "installment \"Part\": 10 % on start\nbalance \"All\": 100 % on end\n";
    let given = "deposit \"D\": 25 % on start\nbalance \"Left\": nothing on abandonment\n";
    let early = "balance \"M\": 50 % on month end\n";
    let once = "installment \"M\": 5 % on month end\nbalance \"End\": remainder on end\n";
    let before = "balance \"Late\": 40 % on abandonment if not duration < 4 months\n";
    for (name, french, lines) in [
        ("installments-not-deducted", "échéances-non-déduites", both),
        ("deposit-given-back", "acompte-rendu", given),
        ("closes-early", "clôt-trop-tôt", early),
        ("bills-once", "facture-une-fois", once),
        ("not-before-start", "non-avant-le-démarrage", before),
    ] {
        let accepts = format!("accepts {name} \"agreed\"\n");
        assert_eq!(codes(lines), [name]);
        assert_eq!(codes(&format!("{lines}{accepts}")), Vec::<&str>::new(), "{lines}");
        // An acceptance of what no case does is told.
        let other = format!("balance \"All\": 100 % on end\n{accepts}");
        assert_eq!(codes(&other), [name], "{other}");
        let source =
            "échéancier \"S\"\n  tarif forfait 1000 EUR\n  solde \"Fin\": 100 % à la fin\n";
        let source = format!("{source}  admet {french} \"convenu\"\n");
        let found = report(Path::new("s.jalon"), source.as_bytes(), None);
        let said = found.diagnostics.first().expect("an acceptance for nothing");
        assert_eq!(said.message, format!("`{french}` est admis, et aucun dossier ne le fait"));
    }
    // What is accepted as overbilling is accepted as this, too.
    assert_eq!(codes(&format!("{both}accepts overbilling \"agreed\"\n")), Vec::<&str>::new());
    // Where the text leaves it open, and no case does it.
    let fee = "installment \"Fee\": 10 % on abandonment\nbalance \"All\": 100 % on end\n";
    let fee = format!("{fee}accepts installments-not-deducted \"agreed\"\n");
    assert_eq!(codes(&fee), ["installments-not-deducted"]);
    // Where a schedule uses what nothing is asked of, a case may do what is accepted: here one does.
    let visits = "installment \"Visit\": 10 EUR each action \"Visit\", beside the price\n";
    for (lines, name) in [
        (
            "balance \"All\": 100 % on end\ninstallment \"Part\": 50 % on start",
            "installments-not-deducted",
        ),
        (
            "deposit \"D\": 10 % on signature\nbalance \"Left\": nothing on abandonment",
            "deposit-given-back",
        ),
        ("balance \"Left\": 40 % on abandonment if not duration < 4 months", "not-before-start"),
        ("balance \"Month\": remainder on month end", "closes-early"),
    ] {
        let lines = format!("{visits}{lines}\naccepts {name} \"agreed\"\n");
        assert!(!codes(&lines).contains(&name), "{lines}");
    }
    // What the lines alone tell is told all the same.
    let lines = format!("{visits}balance \"All\": 100 % on end\naccepts bills-twice \"agreed\"\n");
    assert!(codes(&lines).contains(&"bills-twice"), "{lines}");
}

#[test]
fn what_grows_and_bills_once_is_told() {
    for (lines, told) in [
        ("installment \"M\": pro rata duration on month end\nplanned 12 months", true),
        ("installment \"M\": pro rata attendance on month end\nplanned 10 hours", true),
        ("installment \"M\": up to 50 % on month end", true),
        ("installment \"M\": remainder on month end", true),
        ("installment \"M\": up to 50 % on month end if duration >= 3 months", true),
        // Steps, each with its condition.
        (
            "installment \"1\": up to 30 % on month end if duration >= 1 month\n\
             installment \"2\": up to 60 % on month end if duration >= 2 months",
            false,
        ),
        ("installment \"A\": pro rata duration on action \"A\"\nplanned 12 months", true),
        ("installment \"S\": pro rata duration on signature\nplanned 12 months", false),
    ] {
        let lines = format!("{lines}\nbalance \"Left\": nothing on abandonment");
        assert_eq!(codes(&lines).contains(&"bills-once"), told, "{lines}");
    }
}
