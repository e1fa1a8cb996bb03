//! The words of the language, from `grammar/words.toml` to what is compiled: the parser's rules for
//! them, which are read before `grammar/jalon.pest`, and the table of words that `src/syntax` asks.
//!
//! In: the two files of `grammar/`. Out, in the build's own folder: `grammar.rs`, `quick.rs`, `beginnings.rs`, `grammar.pest`, `table.rs`. A table that
//! cannot be read, or that says something twice, stops the build.

#![forbid(unsafe_code)]
#![expect(clippy::disallowed_methods, reason = "a build script reads and writes files")]

#[path = "build/beginnings.rs"]
mod beginnings;
#[path = "build/quick.rs"]
mod quick;

use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write;
use std::path::Path;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The table as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    word: Vec<Word>,
}

/// A word, as `grammar/words.toml` explains it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Word {
    rule: String,
    en: Vec<String>,
    fr: Vec<String>,
    begins: Option<String>,
    on: Option<String>,
    fact: Option<String>,
    #[serde(default)]
    everyday: Vec<String>,
    group: Option<String>,
    #[serde(default = "tells")]
    tells: bool,
}

fn tells() -> bool {
    true
}

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=../../grammar");
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=build");
    let table: Table = toml::from_str(&std::fs::read_to_string("../../grammar/words.toml")?)?;
    sound(&table)?;
    let structure = std::fs::read_to_string("../../grammar/jalon.pest")?;
    let out = std::env::var("OUT_DIR")?;
    let whole = rules(&table)? + &structure;
    let grammar = format!(
        "#[derive(pest_derive::Parser)]\n#[grammar_inline = {whole:?}]\npub struct Grammar;\n"
    );
    std::fs::write(Path::new(&out).join("quick.rs"), quick::reader(&whole)?)?;
    std::fs::write(Path::new(&out).join("beginnings.rs"), beginnings::teller(&whole)?)?;
    // For the test that walks it.
    std::fs::write(Path::new(&out).join("grammar.pest"), whole)?;
    std::fs::write(Path::new(&out).join("grammar.rs"), grammar)?;
    std::fs::write(Path::new(&out).join("table.rs"), rows(&table)?)?;
    Ok(())
}

/// Every rule stands once, every word has a spelling in both languages, and no spelling of one stands
/// twice.
fn sound(table: &Table) -> Result<(), Box<dyn Error>> {
    let mut rules = BTreeSet::new();
    for word in &table.word {
        let rule = &word.rule;
        if !rules.insert(rule) {
            return Err(format!("{rule} stands twice in grammar/words.toml").into());
        }
        for spellings in [&word.en, &word.fr] {
            let once: BTreeSet<&String> = spellings.iter().collect();
            if spellings.is_empty() || once.len() < spellings.len() {
                return Err(format!("{rule} lacks a spelling, or has one twice").into());
            }
        }
    }
    for word in &table.word {
        if word.fact.as_ref().is_some_and(|fact| !rules.contains(fact)) {
            return Err(format!("the fact of {} is no word", word.rule).into());
        }
    }
    Ok(())
}

/// As the text is folded before it is parsed: lower case, no accents.
fn folded(text: &str) -> String {
    text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

/// The folded spellings of a word, those that go on where another ends first.
fn spelled(word: &Word) -> Vec<String> {
    let all = word.en.iter().chain(&word.fr).map(|text| folded(text));
    let mut all: Vec<String> = all.collect::<BTreeSet<_>>().into_iter().collect();
    all.sort_by_key(|text| std::cmp::Reverse(text.len()));
    all
}

/// The word that is a sign, and may be a part of another.
const SIGN: &str = "percent_sign";

/// A part of a word, as pest has it: itself, or the sign that it is.
fn part_of(part: &str, word: &Word) -> String {
    if part == "%" && word.rule != SIGN { SIGN.to_owned() } else { format!("{part:?}") }
}

/// The rules of the words.
fn rules(table: &Table) -> Result<String, Box<dyn Error>> {
    let mut text = String::from(
        "end_word = _{ !('a'..'z' | '0'..'9' | \"_\") }\ngap = _{ (\" \" | \"\\n\")+ }\n",
    );
    let mut groups: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    // The spellings themselves: this is asked after every item.
    let mut begins: Vec<String> = Vec::new();
    for word in &table.word {
        let spellings: Vec<String> = spelled(word)
            .iter()
            .map(|spelling| {
                let parts: Vec<String> =
                    spelling.split(' ').map(|part| part_of(part, word)).collect();
                let ends = spelling.ends_with(|c: char| c.is_ascii_alphanumeric());
                let end = if ends { " ~ end_word" } else { "" };
                format!("{}{end}", parts.join(" ~ gap ~ "))
            })
            .collect();
        // An error names the sign that is missing where a word ends with one.
        let atomic = if spellings.iter().any(|text| text.contains(SIGN)) { '$' } else { '@' };
        writeln!(text, "{} = {atomic}{{ {} }}", word.rule, spellings.join(" | "))?;
        if word.begins.is_some() {
            begins.extend(spellings);
        }
        if let Some(group) = &word.group {
            groups.entry(group).or_default().push(&word.rule);
        }
    }
    writeln!(text, "item_word = _{{ {} }}", begins.join(" | "))?;
    for (group, rules) in groups {
        writeln!(text, "{group} = _{{ {} }}", rules.join(" | "))?;
    }
    Ok(text)
}

/// The table of words, as Rust has it.
fn rows(table: &Table) -> Result<String, Box<dyn Error>> {
    let mut text =
        String::from("/// Every word of the language.\npub static WORDS: &[Word] = &[\n");
    for word in &table.word {
        let some = |name: &Option<String>, kind: &str| match name {
            Some(name) => format!("Some({kind}::{name})"),
            None => "None".to_owned(),
        };
        writeln!(
            text,
            "Word {{ rule: Rule::{}, english: &{:?}, french: &{:?}, spelled: &{:?}, begins: {}, on: {:?}, fact: {}, everyday: &{:?}, group: {:?}, #[cfg(test)] tells: {} }},",
            word.rule,
            word.en,
            word.fr,
            spelled(word),
            some(&word.begins, "Shape"),
            word.on,
            some(&word.fact, "Rule"),
            word.everyday,
            word.group,
            word.tells,
        )?;
    }
    text.push_str("];\n");
    text.push_str(&parts(table)?);
    Ok(text)
}

/// The parts of the words that tell the vocabulary of a file, folded, and the vocabulary to which each
/// belongs, if to one only.
fn parts(table: &Table) -> Result<String, Box<dyn Error>> {
    let of = |spellings: fn(&Word) -> &[String]| -> BTreeSet<String> {
        let told = table.word.iter().filter(|word| word.tells).flat_map(spellings);
        let apart = |c: char| !c.is_alphanumeric() && c != '_';
        let parts = |text| folded(text).split(apart).map(str::to_owned).collect::<Vec<_>>();
        told.flat_map(|text| parts(text)).filter(|part| !part.is_empty()).collect()
    };
    let (english, french) = (of(|word| &word.en), of(|word| &word.fr));
    let mut text = String::from(
        "/// The parts of all words, folded, and the vocabulary to which they belong, if to one only.\npub static PARTS: &[(&str, Option<Lang>)] = &[\n",
    );
    for part in english.union(&french) {
        let lang = match (english.contains(part), french.contains(part)) {
            (true, false) => "Some(Lang::En)",
            (false, true) => "Some(Lang::Fr)",
            (true, true) | (false, false) => "None",
        };
        writeln!(text, "({part:?}, {lang}),")?;
    }
    text.push_str("];\n");
    Ok(text)
}
