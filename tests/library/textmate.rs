//! The TextMate grammar of the extension for Visual Studio Code, written from the one table of words. What it colours is
//! tried in `hosts/vscode/check`.

use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;

/// What no word may stand beside, if it is to be one.
const LETTER: &str = r"[\p{L}\p{M}\p{N}_]";

/// What a word is to the eye.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    /// It begins an item, where it is the first on its line.
    Item,
    Unit,
    Other,
}

/// One spelling as an expression: accents may be missing, or stand behind their letters.
fn spelled(spelling: &str) -> String {
    let mut pattern = String::new();
    for c in spelling.chars() {
        let plain = jalon::diagnostic::fold_for_likeness(&c.to_string());
        match c {
            ' ' => pattern.push_str(r"\s+"),
            '\'' => pattern.push_str("['’]"),
            c if plain != c.to_lowercase().to_string() => {
                pattern.push_str(&format!(r"(?:{c}|{plain}\p{{M}}?)"));
            }
            c if c.is_alphanumeric() => pattern.push(c),
            c => pattern.push_str(&format!(r"\{c}")),
        }
    }
    pattern
}

/// Any of some spellings, the longest first, and no part of a longer word.
fn any_of(spellings: &BTreeSet<String>) -> String {
    let mut spellings: Vec<&String> = spellings.iter().collect();
    spellings.sort_by_key(|spelling| std::cmp::Reverse(spelling.chars().count()));
    let patterns: Vec<String> = spellings.into_iter().map(|it| spelled(it)).collect();
    format!("(?i)(?<!{LETTER})(?:{})(?!{LETTER})", patterns.join("|"))
}

/// The spellings of the table that look so: what begins an item whole, what else there is in its parts, since a line may
/// break between them.
fn spellings(look: Look) -> BTreeSet<String> {
    let table = std::fs::read_to_string(root().join("grammar/words.toml")).unwrap();
    let table: toml::Table = table.parse().unwrap();
    let mut found = BTreeSet::new();
    for word in table["word"].as_array().unwrap() {
        let rule = word["rule"].as_str().unwrap();
        let of_unit = rule.starts_with("unit_") || rule == "percent_sign";
        let looks = match look {
            Look::Item => word.get("begins").is_some(),
            Look::Unit => of_unit,
            Look::Other => true,
        };
        let both = ["en", "fr"].into_iter().flat_map(|lang| word[lang].as_array().unwrap());
        for spelling in both.filter(|_| looks).map(|spelling| spelling.as_str().unwrap()) {
            if look != Look::Other {
                found.insert(spelling.to_owned());
                continue;
            }
            let parts = spelling.split(|c: char| !c.is_alphanumeric());
            found.extend(parts.filter(|part| !part.is_empty()).map(str::to_owned));
        }
    }
    found
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A name between quotes, which ends with its line if nothing closes it.
fn quoted(opener: &str, closer: &str) -> Value {
    json!({
        "name": "string.quoted.double.jalon",
        "begin": opener,
        "end": format!("{closer}|$"),
        "patterns": [{ "name": "constant.character.escape.jalon", "match": r#"\\["\\”»]"# }],
    })
}

fn grammar() -> Value {
    let item = any_of(&spellings(Look::Item));
    let units = spellings(Look::Unit);
    // The sign stands right behind a number as well.
    let signs: BTreeSet<String> = units.iter().filter(|it| is_sign(it)).cloned().collect();
    let units: BTreeSet<String> = units.difference(&signs).cloned().collect();
    let signs: Vec<String> = signs.iter().map(|sign| spelled(sign)).collect();
    json!({
        "information_for_contributors": [
            "Written from grammar/words.toml by a test: INSTA_UPDATE=always cargo test --test library textmate"
        ],
        "name": "Jalon",
        "scopeName": "source.jalon",
        "patterns": [
            { "name": "comment.line.number-sign.jalon", "match": "#.*$" },
            quoted("\"", "\""),
            quoted("“", "”"),
            quoted("«", "»"),
            {
                "name": "constant.numeric.date.jalon",
                "match": format!(r"(?<!{LETTER})(?:\d+-\d+-\d+|\d+/\d+/\d+)(?!{LETTER})"),
            },
            {
                "name": "constant.numeric.jalon",
                "match": format!(
                    r"(?i)(?<!{LETTER})(?:\d+\s?h\s?\d+(?!{LETTER})|\d{{1,3}}(?:[ \x{{A0}}\x{{2009}}\x{{202F}}]\d{{3}}(?!\d))+(?:[.,]\d+)?|\d[\p{{L}}\p{{N}}_]*(?:[.,]\d+)?)"
                ),
            },
            {
                "match": format!(r"^\s*({item})"),
                "captures": { "1": { "name": "keyword.control.jalon" } },
            },
            { "name": "keyword.other.unit.jalon", "match": signs.join("|") },
            { "name": "keyword.other.unit.jalon", "match": any_of(&units) },
            { "name": "keyword.other.jalon", "match": any_of(&spellings(Look::Other)) },
            { "name": "keyword.operator.comparison.jalon", "match": "<=|>=|[<>≤≥]" },
        ],
    })
}

fn is_sign(spelling: &str) -> bool {
    !spelling.chars().any(char::is_alphanumeric)
}

/// `INSTA_UPDATE=always` writes it.
#[test]
fn the_textmate_grammar_has_every_word() {
    let path = root().join("hosts/vscode/extension/syntaxes/jalon.tmLanguage.json");
    let written = format!("{}\n", serde_json::to_string_pretty(&grammar()).unwrap());
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        std::fs::write(&path, written).unwrap();
        return;
    }
    let stands = std::fs::read_to_string(&path).unwrap();
    assert!(stands == written, "{} is not what the table of words makes of it", path.display());
}
