//! The canonical layout: what it looks like, that it stays as it is, and that it never says
//! something else.

use jalon::lang::Lang;
use jalon::syntax::{FormatError, format, parse};
use std::path::{Path, PathBuf};

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What a folder holds, in order.
fn within(folder: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(!paths.is_empty());
    paths
}

fn formatted(source: &str, lang: Option<Lang>) -> String {
    match format(source, lang) {
        Ok(text) => text,
        Err(FormatError::Errors(parsed)) => panic!("{source}\n{:?}", parsed.diagnostics),
        Err(FormatError::MeaningChanged) => panic!("the meaning changes:\n{source}"),
    }
}

/// What holds for every source: its canonical text stays as it is, in both vocabularies, and comes
/// back from a translation.
fn check_laws(source: &str) {
    let english = formatted(source, Some(Lang::En));
    let french = formatted(source, Some(Lang::Fr));
    assert_eq!(formatted(&english, Some(Lang::En)), english);
    assert_eq!(formatted(&french, Some(Lang::Fr)), french);
    assert_eq!(formatted(&french, Some(Lang::En)), english);
    assert_eq!(formatted(&english, Some(Lang::Fr)), french);
    let own = parse(source, None).file.lang.pick(&english, &french);
    assert_eq!(&formatted(source, None), own);
    for text in [english, french] {
        assert!(!text.contains('\r') && !text.contains('\u{feff}') && !text.contains("\n\n\n"));
        assert!(text.ends_with('\n') && !text.ends_with("\n\n") && !text.starts_with('\n'));
        assert!(text.lines().all(|line| line.trim_end() == line));
    }
}

#[test]
fn cases_have_their_layout_in_both_vocabularies() {
    for case in within("tests/cases/format") {
        let source = read(&case.join("input.jalon"));
        check_laws(&source);
        for lang in [Lang::En, Lang::Fr] {
            let expected = case.join(format!("expected.{}.jalon", lang.code()));
            assert_eq!(formatted(&source, Some(lang)), read(&expected), "{}", expected.display());
        }
    }
}

#[test]
fn the_schedules_stand_in_their_layout() {
    for path in within("schedules/teo") {
        let source = read(&path);
        check_laws(&source);
        assert_eq!(formatted(&source, None), source, "{}", path.display());
    }
}

#[test]
fn line_breaks_and_comments_anywhere_change_nothing_else() {
    let mut seed = 1_u64;
    for path in within("schedules/teo") {
        let source = read(&path);
        for _ in 0..3 {
            let scattered = scatter(&source, &mut seed);
            check_laws(&scattered);
            assert_eq!(
                parse(&scattered, None).file.items,
                parse(&source, None).file.items,
                "{scattered}"
            );
        }
    }
}

/// The source with line breaks, blank lines and comments in place of some of its spaces.
fn scatter(source: &str, seed: &mut u64) -> String {
    let mut scattered = String::new();
    for line in source.lines() {
        let mut quoted = false;
        let comment = line.starts_with('#');
        for (at, c) in line.char_indices() {
            quoted ^= c == '"';
            *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            match (*seed >> 33) % 12 {
                _ if c != ' ' || quoted || comment => scattered.push(c),
                0 => scattered.push_str("\r\n"),
                1 => scattered.push_str("\n\n \n"),
                2 => scattered.push_str(&format!("# {at} \"\n  ")),
                3 => scattered.push_str(&format!("\n#{at}\n\n")),
                4 => scattered.push_str(" \u{a0}\t"),
                _ => scattered.push(c),
            }
        }
        scattered.push('\n');
    }
    scattered
}

#[test]
fn small_texts_keep_their_meaning() {
    let lines = [
        // Items on one line, in pieces, at the end of the file.
        r#"schedule "a" price fixed 1 EUR balance "b": 1 EUR on end"#,
        "schedule\n\"a\"\nprice\nfixed\n1\nEUR",
        "price fixed 100 EUR",
        "\u{feff}schedule \"a\"\r\n\r\n\r\n\r\nprice fixed 1 EUR\r\n",
        "\n\n\u{a0}\n schedule \"a\"\n\n",
        "scénario \"e\u{301}te\u{301}\" pour \"E\u{301}te\u{301}\"\n  attendu rien",
        "e\u{301}che\u{301}ancier \"x\"\n  facture\u{301} au groupe",
        r#"scenario "x" 2025-01-01 signature 2025-01-02 action "x" 2025-01-03 start expect nothing"#,
        // Comments.
        "# a\nschedule \"a\" # b",
        "schedule \"a\" #",
        "#\n#\n\n#\nschedule \"a\"",
        "\u{feff}# a\n  # b\nschedule \"a\"\n#c",
        "schedule # a\n # b\n \"a\" # c\n # d",
        "schedule \"a\" # x\r\n# y\r\n",
        "schedule \"# no comment\" # \" a comment",
        "schedule \"a\"\n  # in\n# out\n  # in\nschedule \"b\"",
        "schedule \"a\"\n # one\n\n\n # two\n\nscenario \"b\"\n\n # three\n\n\n# four\n\n",
        "schedule \"a\" price per action # a\n# b\n action \"x\" # c\n  # d\n # e\n balance \"y\": work on end",
        "price per action\n      # deep\n   action \"x\"\n  # less\n # least\n# none",
        "schedule \"a\" price fixed 1 # a\nEUR planned 1 hour planned 2 weeks # b",
        "schedule \"a\"\nprice hourly 70\n# c\n, at least 3 # d\n# e",
        "balance \"a\": 100 % on end # a\n# b\n, stays open",
        "\t# a\n\t\tschedule \"a\"\n\t\t# b\n\t# c",
        "schedule \"a\" # 漢字 \u{1f600}\nscenario \"漢字漢字\" # x\u{a0}",
        // Names.
        r#"schedule "" scenario "  a  ""#,
        r#"schedule "a \"b\" \\ »”’ ‘" scenario « a " b » scenario “\”\\”"#,
        // Numbers, money, dates.
        "price fixed 1 800,00 EUR",
        "price fixed 1\u{202f}234\u{a0}567.5 €",
        "price fixed 12.345 tnd",
        "price fixed 1.500 £",
        "price hourly 70, at most 1h05, at least 30 minutes",
        "tarif horaire 70,5 au plus 24",
        "price hourly at least 3",
        "price per action in EUR action \"a\", flat 3 $, ends the case action \"b\" ends case",
        "expect total -0.50 expect total −1,5 expect 2025-01-31 \"a\" 1 000 JPY",
        "attendu 31/01/2025 \"漢字\" 1 attendu 31/01/2025 \"é\" -1000,1234",
        // Lines and conditions.
        "balance \"a\": 1 % 3 months after start or on end or the signature or 1 day after the signature",
        "solde \"a\": reste 3 mois après la signature ou le 01/09/2025 ou fin de mois, reste ouvert",
        "balance \"a\": remainder on start if not not not started",
        "balance \"a\": work on end if ((started or signed) or ended) and (started and (signed and ended))",
        "balance \"a\": work on end if not (not (started or signed) and not (ended))",
        "balance \"a\": work on end if duration from 4 months to 10 or attendance from 25 % to 80",
        "balance \"a\": work on end if hours from 1 to 2h30 or hours from 0 to 1 or hours from 1h30 to 2h30",
        "balance \"a\": work on end if duration < 4 and attendance < 25 and hours < 25 %",
        "échéance \"a\" : 1,5 % en fin de mois si action \"x\" faite et non livrable \"y\" remis ou événement \"z\" survenu",
        "schedule \"a\" solde \"b\": 30 % à la fin balance \"c\": 40 % on end",
    ];
    for source in lines {
        check_laws(source);
    }
}

#[test]
fn a_text_with_errors_is_refused() {
    for source in ["", "# a comment alone", "schedule", "schedule \"a\"\nprice fixed 1,500 EUR"] {
        assert!(matches!(format(source, None), Err(FormatError::Errors(_))), "{source}");
    }
}

#[test]
fn a_text_that_would_pass_a_limit_is_refused() {
    let source =
        format!("balance \"a\": work on end if started{}", " and\nnot signed".repeat(1_000));
    assert!(matches!(format(&source, None), Err(FormatError::MeaningChanged)));
}

/// `each` is of the line: what stands behind it comes every time, in the layout and in the translation.
#[test]
fn what_stands_behind_each_is_written_with_it() {
    for source in [
        "schedule \"S\"\n  price fixed 100 EUR\n  installment \"L\": 10 EUR each action \"Visit\" or event \"Ready\", at most 4 times\n  balance \"End\": remainder on end\n",
        "schedule \"S\"\n  price fixed 100 EUR\n  installment \"L\": 10 EUR each month after start or end, at most 4 times\n  balance \"End\": remainder on abandonment\n",
    ] {
        check_laws(source);
        for lang in [Lang::En, Lang::Fr] {
            let text = formatted(source, Some(lang));
            let compiled = jalon::compile("s.jalon", &text);
            assert!(compiled.is_ok(), "{text}");
        }
    }
}
