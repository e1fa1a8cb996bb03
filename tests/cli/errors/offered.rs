//! What a message lists as expected is accepted there: from the first word of each item on, every word that
//! is offered is written, and the next list asked for, until nothing new is offered. No list is kept
//! here: what is offered is read from the messages themselves, in both languages.

use jalon::{Code, Lang};
use std::collections::{BTreeSet, VecDeque};

/// A word that is none.
const STRANGER: &str = "zzzz";
/// Findings that say that something cannot stand where it stands.
const MISPLACED: [Code; 6] = [
    Code::Syntax,
    Code::MisplacedItem,
    Code::StaysOpenMisplaced,
    Code::WrongUnit,
    Code::DepositAmount,
    Code::MixedVocabularies,
];

/// What stands above an item, in a schedule or in a scenario.
fn above(lang: Lang, scenario: bool) -> String {
    let schedule = lang.pick(
        "schedule \"Above\"\n  price fixed 1500 EUR\n  balance \"Above\": 100 % on end\n",
        "échéancier \"Avant\"\n  tarif forfait 1500 EUR\n  solde \"Avant\": 100 % à la fin\n",
    );
    let head = lang.pick(
        "scenario \"Above\"\n  2025-01-01 start\n",
        "scénario \"Avant\"\n  01/01/2025 démarrage\n",
    );
    if scenario { format!("{schedule}{head}") } else { schedule.to_owned() }
}

/// The texts that a label offers: what stands in backquotes, and what it describes.
fn offered(label: &str) -> Vec<String> {
    let words = label.split('`').skip(1).step_by(2);
    let mut offered: Vec<String> =
        words.map(|word| word.trim_end_matches(" …").replace('…', "Name")).collect();
    let described = [
        ("a name in quotes", "\"Name\""),
        ("un nom entre guillemets", "\"Nom\""),
        ("a number", "3"),
        ("un nombre", "3"),
    ];
    for (words, text) in described {
        if label.contains(words) {
            offered.push(text.to_owned());
        }
    }
    offered
}

/// Where the first finding of the grammar stands, and what it lists.
fn first(above: &str, item: &str, lang: Lang) -> Option<(usize, String)> {
    let report = jalon::compile_bytes("offered", format!("{above}{item}").as_bytes(), Some(lang));
    let report = report.err()?;
    let found = report.diagnostics.iter().find(|found| found.code == Code::Syntax)?;
    let at = found.span.start as usize;
    Some((at.checked_sub(above.len())?, found.label.clone().unwrap_or_default()))
}

/// What is wrong with an item, if it is whole.
fn misplaced(above: &str, item: &str, lang: Lang) -> Vec<String> {
    let text = format!("{above}{item}\n");
    let report = match jalon::compile_bytes("offered", text.as_bytes(), Some(lang)) {
        Ok(compiled) => compiled.warnings,
        Err(report) => report,
    };
    let here = |found: &&jalon::Diagnostic| found.span.end as usize > above.len();
    let codes =
        report.diagnostics.iter().filter(here).filter(|found| MISPLACED.contains(&found.code));
    let said: Vec<(Code, String)> =
        codes.map(|found| (found.code, found.message.clone())).collect();
    // Stopping too early is not being in the wrong place.
    if said.iter().any(|(code, _)| *code == Code::Syntax) {
        return Vec::new();
    }
    said.into_iter().map(|(_, message)| message).collect()
}

/// Walks all that is offered after the first word of an item.
fn walk(above: &str, first_word: &str, lang: Lang, seen: &mut usize) {
    let mut known = BTreeSet::new();
    let mut left = VecDeque::from([first_word.to_owned()]);
    while let Some(item) = left.pop_front() {
        let wrong = misplaced(above, &item, lang);
        assert!(wrong.is_empty(), "offered, and then refused: {item}\n{wrong:?}");
        let asked = format!("{item} {STRANGER}");
        let Some((at, label)) = first(above, &asked, lang) else {
            panic!("{STRANGER} was taken: {asked}");
        };
        assert!(at >= item.len(), "offered, and not taken: {asked}\n{label}");
        // The same list after the same word is the same place.
        let last = item.rsplit(' ').next().unwrap().to_owned();
        if !known.insert((last, label.clone())) || item.split(' ').count() > 24 {
            continue;
        }
        for word in offered(&label) {
            *seen += 1;
            left.push_back(format!("{item} {word}"));
        }
    }
}

#[test]
fn what_is_offered_is_accepted_there() {
    let mut seen = 0;
    for lang in [Lang::En, Lang::Fr] {
        let in_schedule = lang.pick(
            [
                "schedule",
                "billed",
                "price",
                "action",
                "planned",
                "attendance",
                "deposit",
                "installment",
                "balance",
                "accepts",
                "scenario",
            ],
            [
                "échéancier",
                "facturé",
                "tarif",
                "action",
                "prévu",
                "assiduité",
                "acompte",
                "échéance",
                "solde",
                "admet",
                "scénario",
            ],
        );
        let in_scenario = lang.pick(
            ["2025-02-03", "expect", "until", "planned"],
            ["03/02/2025", "attendu", "jusqu'au", "prévu"],
        );
        for word in in_schedule {
            walk(&above(lang, false), word, lang, &mut seen);
        }
        for word in in_scenario {
            walk(&above(lang, true), word, lang, &mut seen);
        }
    }
    assert!(seen > 600, "{seen}");
}
