//! Schedule files that nobody writes by hand, or that somebody writes to do harm: an answer with a
//! place, in time that grows with the size, and nothing of the source that a terminal would obey.

use jalon::{Diagnostic, Lang, Report, Severity};
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

fn report(bytes: &[u8]) -> Report {
    match jalon::compile_bytes("hostile.jalon", bytes, Some(Lang::En)) {
        Ok(compiled) => compiled.warnings,
        Err(report) => report,
    }
}

/// The codes and places (line, column) of all findings.
fn found(bytes: &[u8]) -> Vec<(&'static str, usize, usize)> {
    let report = report(bytes);
    let place = |start| report.source.lines.position(&report.source.text, start);
    let place = |start| (place(start).line, place(start).column);
    let findings =
        report.diagnostics.iter().map(|found| (found.code.name(), place(found.span.start)));
    findings.map(|(code, (line, column))| (code, line, column)).collect()
}

fn codes(bytes: &[u8]) -> Vec<&'static str> {
    found(bytes).into_iter().map(|(code, ..)| code).collect()
}

/// A sound schedule with these lines.
fn with(lines: &str) -> String {
    format!("schedule \"a\"\n  price fixed 1500 EUR\n  planned 10 hours\n{lines}\n")
}

/// A sound schedule with this amount on its line.
fn billing(amount: &str) -> String {
    with(&format!("balance \"b\": {amount} on end"))
}

/// A sound schedule with this price.
fn priced(price: &str) -> String {
    format!("schedule \"a\"\nprice fixed {price}\nbalance \"b\": 100 % on end\n")
}

fn file(name: &str, bytes: &[u8]) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

/// What `jalon check` writes of these bytes.
fn written(name: &str, bytes: &[u8], format: &str) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jalon"));
    command.args(["check", "--format", format]).arg(file(name, bytes));
    let output = command.env_clear().env("NO_COLOR", "1").output().unwrap();
    assert!(matches!(output.status.code(), Some(0 | 1)), "{name}: {:?}", output.status);
    String::from_utf8(output.stdout).unwrap()
}

/// What it draws.
fn drawn(name: &str, bytes: &[u8]) -> String {
    written(name, bytes, "human")
}

// ── Depth ────────────────────────────────────────────────────────────────────────────────────────

fn nested(depth: usize, closed: bool) -> String {
    let close = if closed { ")".repeat(depth) } else { String::new() };
    with(&format!("balance \"b\": 100 % on end if\n{}started{close}", "(".repeat(depth)))
}

fn check_depths() {
    assert_eq!(codes(nested(64, true).as_bytes()), [""; 0]);
    assert_eq!(found(nested(65, true).as_bytes()), [("nested-too-deep", 5, 65)]);
    assert_eq!(found(nested(65, false).as_bytes()), [("nested-too-deep", 5, 65)]);
    assert_eq!(codes(nested(64, false).as_bytes()), ["syntax"]);
    // So deep on one line is too long a line; broken into lines it is only too deep.
    assert_eq!(codes(nested(100_000, false).as_bytes()), ["line-too-long"]);
    let broken = with(&format!("balance \"b\": 100 % on end if {}", "(\n".repeat(100_000)));
    assert_eq!(found(broken.as_bytes()), [("nested-too-deep", 68, 1)]);
    let nots =
        |n: usize| with(&format!("balance \"b\": 100 % on end if {}signed", "not ".repeat(n)));
    assert_eq!(codes(nots(64).as_bytes()), [""; 0]);
    assert_eq!(codes(nots(65).as_bytes()), ["nested-too-deep"]);
    let both = with(&format!(
        "balance \"b\": 100 % on end if {}signed{}",
        "not (".repeat(33),
        ")".repeat(33)
    ));
    assert_eq!(codes(both.as_bytes()), ["nested-too-deep"]);
    let wide =
        with(&format!("balance \"b\": 100 % on end if signed{}", "\nand signed".repeat(50_000)));
    assert_eq!(codes(wide.as_bytes()), [""; 0]);
}

#[test]
fn nesting_has_one_bound_everywhere() {
    check_depths();
}

#[test]
fn nesting_needs_no_large_stack() {
    let small = std::thread::Builder::new().stack_size(1 << 20);
    small.spawn(check_depths).unwrap().join().unwrap();
}

// ── Size ─────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_file_too_large_is_not_read() {
    assert_eq!(codes(" ".repeat(10 << 20).as_bytes()), ["file-too-large"]);
    assert!(drawn("large.jalon", "#\n".repeat(5 << 20).as_bytes()).contains("larger than 4 MiB"));
}

#[test]
fn a_line_too_long_is_not_drawn_whole() {
    let long = with(&format!("balance \"{}\": 100 % on end", "b".repeat(1 << 20)));
    assert_eq!(found(long.as_bytes()), [("line-too-long", 4, 1)]);
    let drawn = drawn("long.jalon", long.as_bytes());
    assert!(drawn.lines().all(|line| line.chars().count() < 200), "{drawn}");
    assert_eq!(codes(with(&format!("# {}", "é".repeat(9_998))).as_bytes()), ["no-line"]);
    assert_eq!(codes(with(&format!("# {}", "é".repeat(9_999))).as_bytes()), ["line-too-long"]);
}

#[test]
fn of_many_errors_fifty_are_drawn() {
    let many = with(&"balance \"b\": 120 % on end\n".repeat(100_000));
    let drawn = drawn("many.jalon", many.as_bytes());
    assert_eq!(drawn.matches("  error[").count(), 50);
    assert!(drawn.contains("and 199949 more\n"));
    let broken = "schedule \"a\"\n".to_owned() + &"balance\n".repeat(100_000);
    let report = report(broken.as_bytes());
    assert!(report.diagnostics.len() <= 1_001, "reading stops where nothing is understood");
    let zeros = "\0".repeat(4 << 20);
    assert!(codes(zeros.as_bytes()).len() <= 1_001);
    let mixed = "\0\u{1}".repeat(1 << 20);
    assert!(codes(mixed.as_bytes()).len() <= 1_001);
}

#[test]
fn a_hundred_thousand_lines_of_one_name() {
    let many = with(&"balance \"b\": 1 EUR on end\n".repeat(100_000));
    let codes = codes(many.as_bytes());
    assert_eq!(codes.len(), 99_999);
    assert!(codes.iter().all(|code| *code == "duplicate-label"));
}

// ── Bytes ────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn bytes_that_are_no_text_are_named() {
    let says = |bytes: &[u8], words: &str| {
        let report = report(bytes);
        assert_eq!(report.diagnostics.len(), 1, "{words}");
        let finding = report.diagnostics.first().unwrap();
        assert!(finding.message.contains(words), "{}", finding.message);
    };
    let text = with("balance \"Dépôt\": 100 % on end");
    let latin: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    says(&latin, "Latin-1");
    let utf16 =
        |order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<u8>>();
    says(&utf16(u16::to_le_bytes), "UTF-16");
    says(&utf16(u16::to_be_bytes), "UTF-16");
    says(&[&[0xff, 0xfe][..], &utf16(u16::to_le_bytes)].concat(), "UTF-16");
    says(&[&[0xfe, 0xff][..], &utf16(u16::to_be_bytes)].concat(), "UTF-16");
    says(b"\x7fELF\x02\x01\x01\x00\xff\xff", "not look like text");
    says(&[text.as_bytes(), &[0xc3]].concat(), "not UTF-8");
    says(&[text.as_bytes(), &[0xed, 0xa0, 0x80]].concat(), "not UTF-8");
}

#[test]
fn nothing_is_an_empty_file() {
    for text in ["", "\n", " \t\n\r\n", "\u{feff}", "\u{a0}\u{202f}", "# remark", "#"] {
        assert_eq!(codes(text.as_bytes()), ["empty-file"], "{text:?}");
    }
    let sound = with("balance \"b\": 100 % on end");
    assert_eq!(codes(sound.trim_end().as_bytes()), [""; 0]);
    assert_eq!(codes(format!("\u{feff}{sound}").as_bytes()), [""; 0]);
    assert_eq!(codes(sound.replace('\n', "\r\n").as_bytes()), [""; 0]);
    assert_eq!(codes(format!("\u{feff}\u{feff}{sound}").as_bytes()), ["forbidden-character"]);
}

#[test]
fn what_ends_a_line_is_the_same_with_a_carriage_return() {
    let ends = ["balance \"b\": 100 % on ennd", "balance \"b\": 100 % on", "balance \"b\": 100 zz"];
    for source in ends.map(with) {
        let windows = source.replace('\n', "\r\n");
        let (unix, windows) = (report(source.as_bytes()), report(windows.as_bytes()));
        let seen = |report: &Report| -> Vec<(String, String)> {
            let text = |found: &Diagnostic| found.span.of(&report.source.text).to_owned();
            report.diagnostics.iter().map(|found| (found.message.clone(), text(found))).collect()
        };
        assert_eq!(seen(&windows), seen(&unix));
    }
}

/// Characters that no source may contain.
const FORBIDDEN: [char; 16] = [
    '\0', '\u{1}', '\u{8}', '\u{b}', '\u{c}', '\u{1b}', '\u{7f}', '\u{85}', '\u{9b}', '\u{200b}',
    '\u{200d}', '\u{200e}', '\u{202e}', '\u{2028}', '\u{2066}', '\u{feff}',
];

#[test]
fn hidden_characters_are_errors_wherever_they_stand() {
    for c in FORBIDDEN {
        let places = [
            with(&format!("balance \"b{c}c\": 100 % on end")),
            with(&format!("# remark {c} here\nbalance \"b\": 100 % on end")),
            with(&format!("balance \"b\": 100 % on end {c}")),
            with(&format!("balance \"b\": 100{c} % on end")),
        ];
        for source in places {
            assert_eq!(codes(source.as_bytes()), ["forbidden-character"], "{source:?}");
        }
    }
    for source in [
        with("balance \"b\tc\": 100 % on end"),
        with("balance \"b\": 100 %\ron end"),
        with("balance \"b\": 100 % on end").replace('\n', "\r"),
        with("balance \"b\\c\": 100 % on end"),
    ] {
        let codes = codes(source.as_bytes());
        assert!(codes.iter().all(|code| *code == "forbidden-character"), "{source:?}: {codes:?}");
        assert!(!codes.is_empty(), "{source:?}");
    }
}

#[test]
fn no_control_of_the_source_reaches_the_terminal() {
    let mut source = String::from("schedule \"a\"\nprice fixed 1500 EUR\n");
    for c in FORBIDDEN.into_iter().chain(['\r', '\t', '\u{202a}', '\u{2069}', '\u{61c}']) {
        // In a name that is repeated in messages, in a remark, and where words are expected.
        source.push_str(&format!("balance \"same{c}name\": 120 % on end # re{c}mark\n"));
        source.push_str(&format!("balance \"same{c}name\": 100 % {c}at{c}end\n{c}\n"));
        source.push_str(&format!("scenario \"x{c}y\" for \"no{c}where\"\nexpect nothing\n"));
        source.push_str("schedule \"c\"\nprice fixed 1 EUR\n");
    }
    let drawn =
        ["human", "short"].map(|format| written("controls.jalon", source.as_bytes(), format));
    let drawn = drawn.concat();
    let hidden = |c: char| {
        c.is_control() && c != '\n'
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
            || matches!(c, '\u{61c}' | '\u{feff}')
    };
    let loose: Vec<char> = drawn.chars().filter(|c| hidden(*c)).collect();
    assert!(loose.is_empty(), "{loose:?}");
    assert!(drawn.contains("forbidden-character"));
}

// ── Letters and digits ───────────────────────────────────────────────────────────────────────────

#[test]
fn names_are_compared_as_they_are_seen() {
    let twice = with(
        "installment \"Dépôt\": 1 EUR on start\nbalance \"De\u{301}po\u{302}t\": remainder on end",
    );
    assert_eq!(found(twice.as_bytes()), [("duplicate-label", 5, 9)]);
    let cyrillic = with("balance \"Dép\u{43e}t\": 100 % on end");
    assert_eq!(found(cyrillic.as_bytes()), [("lookalike-characters", 4, 13)]);
    let report = report(cyrillic.as_bytes());
    let finding = report.diagnostics.first().unwrap();
    assert_eq!(finding.severity(), Severity::Warning);
    assert!(finding.message.starts_with("letter 4 of"), "{}", finding.message);
    assert_eq!(finding.edit.as_ref().unwrap().text, "o");
    // A name in one alphabet, and a letter that looks like none, are names as any other.
    for name in ["Москва", "Αθήνα", "Modul 漢字", "Étude β", "Œuvre"] {
        let source = with(&format!("balance \"{name}\": 100 % on end"));
        assert_eq!(codes(source.as_bytes()), [""; 0], "{name}");
    }
    // A keyword in another alphabet is no keyword.
    assert_eq!(codes(with("b\u{430}lance \"b\": 100 % on end").as_bytes()), ["syntax"]);
}

#[test]
fn digits_are_those_of_the_keyboard() {
    for digits in ["１００", "١٠٠", "۱۰۰", "१००"] {
        let source = billing(&format!("{digits} %"));
        assert_eq!(found(source.as_bytes()), [("forbidden-character", 4, 14)], "{digits}");
        let report = report(source.as_bytes());
        assert_eq!(report.diagnostics.first().unwrap().edit.as_ref().unwrap().text, "100");
    }
    // Superscripts, fractions and the like are no digits at all.
    for digits in ["1²", "½", "①"] {
        assert_eq!(codes(billing(&format!("{digits} %")).as_bytes()), ["syntax"], "{digits}");
    }
}

#[test]
fn numbers_are_read_or_refused_and_never_guessed() {
    let sound = ["1 500", "1\u{a0}500", "1\u{202f}500", "1500.00", "1500,5", "1 500,25"];
    for number in sound {
        assert_eq!(codes(priced(&format!("{number} EUR")).as_bytes()), [""; 0], "{number}");
    }
    let odd = [".5", "5.", "007", "00", "1_000", "1e400", "1e5", "1,500", "1.5.5", "00.5", "1'500"];
    for number in odd {
        assert_eq!(codes(priced(&format!("{number} EUR")).as_bytes()), ["number-form"], "{number}");
    }
    for number in ["-0", "-5", "−5", "1 50", "1  500", "+1", "0x10", "∞", "NaN"] {
        assert_eq!(codes(priced(&format!("{number} EUR")).as_bytes()), ["syntax"], "{number}");
    }
    for number in ["0", "0.00", "123456789012345678901234567890", &"9".repeat(9_900)] {
        assert_eq!(
            codes(priced(&format!("{number} EUR")).as_bytes()),
            ["number-range"],
            "{number}"
        );
    }
    assert_eq!(codes(priced(&"9".repeat(1_000_000)).as_bytes()), ["line-too-long"]);
    let decimals = format!("0.{} EUR", "1".repeat(9_900));
    assert_eq!(codes(priced(&decimals).as_bytes()), ["too-many-decimals"]);
}

#[test]
fn percentages_and_decimals_have_their_bounds() {
    for share in ["0 %", "0.0 %", "100.000000001 %", "120 %", "up to 0 %", "up to 101 %"] {
        assert_eq!(codes(billing(share).as_bytes()), ["percentage-range"], "{share}");
    }
    assert_eq!(codes(billing("-30 %").as_bytes()), ["syntax"]);
    assert_eq!(codes(billing("0.000000001 %").as_bytes()), [""; 0]);
    assert_eq!(codes(billing("0.0000000001 %").as_bytes()), ["too-many-decimals"]);
    for (price, code) in [
        ("1500 JPY", None),
        ("1500.5 JPY", Some("too-many-decimals")),
        ("1500.00 JPY", Some("too-many-decimals")),
        ("1500.125 TND", None),
        ("1500.1255 TND", Some("too-many-decimals")),
        ("1500.125 EUR", Some("too-many-decimals")),
        ("1500 XAU", Some("unknown-currency")),
        ("1500 $", Some("unknown-currency")),
    ] {
        let expected: Vec<&str> = code.into_iter().collect();
        assert_eq!(codes(priced(price).as_bytes()), expected, "{price}");
    }
}

// ── Time ─────────────────────────────────────────────────────────────────────────────────────────

/// Twice the size may take four times as long at most; what takes no time at all is not measured.
fn grows_with_its_size(what: &str, size: usize, source: impl Fn(usize) -> String) {
    const FLOOR: Duration = Duration::from_millis(150);
    let time = |size: usize| {
        let source = source(size);
        let once = || {
            let start = Instant::now();
            std::hint::black_box(report(source.as_bytes()));
            start.elapsed()
        };
        // The best of three: other work on the machine only ever adds.
        once().min(once()).min(once())
    };
    let (small, large) = (time(size).max(FLOOR), time(2 * size).max(FLOOR));
    assert!(large < small * 4, "{what}: {small:?}, then {large:?} for twice as much");
}

#[test]
fn time_grows_with_the_size() {
    let numbered = |n: usize, line: &dyn Fn(usize) -> String| -> String {
        (0..n).map(|i| line(i) + "\n").collect()
    };
    grows_with_its_size("broken lines", 4_000, |n| with(&"balance \"b\": 10 % on on\n".repeat(n)));
    grows_with_its_size("lines with an edit each, or two in a row", 500, |n| {
        with(&numbered(n, &|i| format!("installment \"l{i}\" 1 EUR at signature")))
    });
    grows_with_its_size("edits in one long condition", 500, |n| {
        let of = |i: usize| format!("\nor action \"Known {}\" done", i % 9);
        let lines = (0..n).map(of).collect::<String>();
        with(&format!("action \"known 1\"\nbalance \"b\": 10 % on end if started{lines}"))
    });
    grows_with_its_size("parentheses that are not closed", 4_000, |n| {
        with(&"balance \"b\": 10 % on end if ((((((((((((((((((((started\n".repeat(n / 20))
    });
    grows_with_its_size("a long condition with an error at its end", 10_000, |n| {
        with(&format!(
            "balance \"b\": 10 % on end if started{}\nand wrong",
            "\nor started".repeat(n)
        ))
    });
    grows_with_its_size("names of lookalikes", 40, |n| {
        with(&format!("balance \"{}\": 10 % on end\n", "a\u{43e}".repeat(2_000)).repeat(n))
    });
    grows_with_its_size("names that are not closed", 4_000, |n| with(&"balance \"b\n".repeat(n)));
    grows_with_its_size("unknown actions", 2_000, |n| {
        let actions = numbered(n, &|i| format!("action \"known {i:06}\""));
        let lines =
            numbered(n, &|i| format!("installment \"l{i}\": 1 EUR on action \"named {i:06}\""));
        with(&(actions + &lines))
    });
    grows_with_its_size("balances on one trigger", 2_000, |n| {
        with(&numbered(n, &|i| format!("balance \"l{i}\": 1 EUR on end if hours < {}", i + 1)))
    });
    grows_with_its_size("scenarios with unknown names", 1_000, |n| {
        let scenario = |i: usize| {
            format!(
                "scenario \"s{i}\"\n2025-01-01 event \"x{i:05}\"\nexpect 2025-01-01 \"y{i:05}\" 1"
            )
        };
        let lines = |i: usize| format!("installment \"l{i:05}\": 1 EUR on event \"e{i:05}\"");
        with(&(numbered(n, &lines) + &numbered(n, &scenario)))
    });
    grows_with_its_size("schedules with scenarios elsewhere", 1_000, |n| {
        let schedule =
            |i: usize| with("balance \"b\": 100 % on end").replace("\"a\"", &format!("\"a{i}\""));
        let scenario = |i: usize| format!("scenario \"s{i}\" for \"z{i:05}\"\nexpect nothing");
        numbered(n, &schedule) + &numbered(n, &scenario)
    });
}
