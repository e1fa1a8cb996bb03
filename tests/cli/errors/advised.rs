//! What is advised is sound: an edit brings in no new error, and a text that a help shows as what to write is read
//! in its place. Every input is walked that makes the program advise anything: the cases of each code, and
//! what administrators write as it stands in a contract.

use super::{cases, report, said};
use crate::contracts;
use jalon::{Code, Diagnostic, Lang, Severity};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Every input.
pub fn inputs() -> Vec<(PathBuf, Vec<u8>)> {
    let mut all = cases();
    all.extend(
        contracts::inputs().into_iter().map(|text| (PathBuf::from(&text), text.into_bytes())),
    );
    all
}

/// What an edit writes, and what is then wrong there that was wrong before: the edit says what was written.
const LEAVES: [(&str, &str); 8] = [
    // Two prices in one schedule: the other one is wrong as well.
    ("price fixed 1600 EUR", "this is stated twice"),
    ("tarif forfait 1600 EUR", "ceci est indiqué deux fois"),
    // The payer behind it is not read yet, so that this one is the last.
    ("100 %, at most", "the last payer takes what is left"),
    ("100 %, au plus", "le dernier payeur prend ce qui reste"),
    (", au plus", "le dernier payeur prend ce qui reste"),
    ("au plus", "le dernier payeur prend ce qui reste"),
    // The discount is of a price without a total, with a minus or without.
    ("10 %", "a share of the price needs a price whose total is known"),
    ("10 %", "une part du prix demande un prix dont le total est connu"),
];

#[test]
fn an_edit_brings_in_no_error_of_its_own() {
    let mut wrong = Vec::new();
    let mut edits = 0;
    for (path, bytes) in &inputs() {
        let before = report(path, bytes, None);
        let known: BTreeSet<(Code, &str)> = before.diagnostics.iter().map(said).collect();
        for diagnostic in &before.diagnostics {
            let Some(edit) = &diagnostic.edit else { continue };
            edits += 1;
            let mut text = before.source.text.clone();
            text.replace_range(edit.span.start as usize..edit.span.end as usize, &edit.text);
            let after = report(path, text.as_bytes(), None);
            let (from, to) = (edit.span.start, edit.span.start + edit.text.len() as u32);
            let inside = |found: &&Diagnostic| found.span.start < to && found.span.end > from;
            let error = |found: &&Diagnostic| found.severity() == Severity::Error;
            let mut new = after.diagnostics.iter().filter(inside).filter(error);
            for new in new.by_ref().filter(|found| !known.contains(&said(found))) {
                let left = |(text, message): &(&str, &str)| {
                    edit.text == *text && new.message.starts_with(message)
                };
                if !LEAVES.iter().any(left) {
                    let (path, message) = (path.display(), &diagnostic.message);
                    wrong.push(format!("{path}: `{message}`, to `{}`: {}", edit.text, new.message));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
    assert!(edits > 250, "{edits}");
}

/// Where a text may stand, `@` for it: whole items, and what an item is made of.
fn frames(lang: Lang) -> (&'static str, Vec<String>) {
    let english = [
        "@",
        "  price per action, in EUR\n  @",
        "  installment \"I\": @ on start",
        "  installment \"I\": @",
        "  installment \"I\": 10 % @",
        "  installment \"I\": 100 % @ each month end",
        "  installment \"I\": 10 % on start @",
        "  installment \"I\": 10 % on start if @",
        "  installment \"I\": 10 % on start, @",
        "  installment \"I\": 10 EUR @",
        "  installment \"I\": price @",
        "  action \"A\" @",
        "  action \"A\" hourly 70 @",
        "  action \"A\" hourly @",
        "  price per action, @",
        "  price @",
        "  price hourly 70 EUR, @",
        "  payer \"P\": @",
        "  payment due @",
        "  accepts leak @",
        "  vat @",
        "  planned @",
        "  installment \"I\": 10 % on @",
        "scenario \"s\"\n  2025-01-01 action \"A\" @",
        "scenario \"s\"\n  2025-01-01 @",
        "scenario \"s\"\n  @",
        "follow-up \"F\"\n  @",
        "follow-up \"F\"\n  step \"A\": @",
        "follow-up \"F\"\n  step \"A\": 8 days after due @",
        "follow-up \"F\"\n  step \"A\": 8 days after due if @",
        "follow-up \"F\"\n  step \"A\": 8 days after due, @",
        "follow-up \"F\"\n  step \"A\": 8 days after due\nscenario \"s\" for follow-up \"F\"\n  @",
    ];
    let french = [
        "@",
        "  tarif par action, en EUR\n  @",
        "  échéance \"I\" : @ au démarrage",
        "  échéance \"I\" : @",
        "  échéance \"I\" : 10 % @",
        "  échéance \"I\" : 100 % @ à chaque fin de mois",
        "  échéance \"I\" : 10 % au démarrage @",
        "  échéance \"I\" : 10 % au démarrage si @",
        "  échéance \"I\" : 10 % au démarrage, @",
        "  échéance \"I\" : 10 EUR @",
        "  échéance \"I\" : le tarif @",
        "  action \"A\" @",
        "  action \"A\" horaire 70 @",
        "  action \"A\" horaire @",
        "  tarif par action, @",
        "  tarif @",
        "  tarif horaire 70 EUR, @",
        "  payeur \"P\" : @",
        "  paiement à @",
        "  admet fuite @",
        "  tva @",
        "  prévu @",
        "  échéance \"I\" : 10 % en @",
        "scénario \"s\"\n  01/01/2025 action \"A\" @",
        "scénario \"s\"\n  01/01/2025 @",
        "scénario \"s\"\n  @",
        "suivi \"F\"\n  @",
        "suivi \"F\"\n  étape \"A\" : @",
        "suivi \"F\"\n  étape \"A\" : 8 jours après l'échéance @",
        "suivi \"F\"\n  étape \"A\" : 8 jours après l'échéance si @",
        "suivi \"F\"\n  étape \"A\" : 8 jours après l'échéance, @",
        "suivi \"F\"\n  étape \"A\" : 8 jours après l'échéance\nscénario \"s\" pour le suivi \"F\"\n  @",
    ];
    let above = lang.pick(
        "schedule \"S\"\n  price fixed 1000 EUR\n  balance \"B\": remainder on end or abandonment\n",
        "échéancier \"S\"\n  tarif forfait 1000 EUR\n  solde \"B\" : reste à la fin ou à l'abandon\n",
    );
    (above, lang.pick(english, french).map(str::to_owned).into())
}

/// What an ellipsis may stand for.
fn filled(text: &str, lang: Lang) -> Vec<String> {
    let line = lang.pick("10 % on start", "10 % au démarrage");
    let condition = lang.pick("started", "démarré");
    if !text.contains('…') {
        return vec![text.to_owned()];
    }
    ["x", "10", "20 %", line, condition].map(|with| text.replace('…', with)).into()
}

/// What keeps a text from being what is to be written.
const REFUSED: [Code; 4] =
    [Code::Syntax, Code::MixedVocabularies, Code::BareAmount, Code::MisplacedItem];

/// Whether a text is read somewhere.
fn is_read(text: &str, lang: Lang) -> bool {
    let (above, frames) = frames(lang);
    let texts = filled(text, lang);
    texts.iter().flat_map(|text| frames.iter().map(move |frame| frame.replace('@', text))).any(
        |item| {
            let source = format!("{above}{item}\n");
            let read = report(Path::new("framed.jalon"), source.as_bytes(), Some(lang));
            !read.diagnostics.iter().any(|found| REFUSED.contains(&found.code))
        },
    )
}

/// Texts in backquotes that are no text to write, or no whole one, and why.
const NOT_TO_WRITE: [(&str, &str); 16] = [
    ("since signature", "what is compared"),
    ("depuis la signature", "what is compared"),
    ("délai avant le démarrage", "what is compared"),
    ("not … <", "what is turned round"),
    ("not … >=", "what is turned round"),
    ("non … <", "what is turned round"),
    ("non … >=", "what is turned round"),
    ("started and", "stands before a condition"),
    ("démarré et", "stands before a condition"),
    ("not started or", "stands before a condition"),
    ("non démarré ou", "stands before a condition"),
    ("tarif mensuel", "its sum stands behind it"),
    ("if not", "stands before a condition"),
    ("si non", "stands before a condition"),
    ("payment due", "what a line begins with"),
    ("paiement à", "what a line begins with"),
];

/// The texts that a help shows: without those of the user, and what its edit writes, which is tried.
fn shown<'d>(found: &'d Diagnostic, source: &str) -> Vec<&'d str> {
    let edit = found.edit.as_ref().map_or("", |edit| edit.text.trim());
    let texts = [&found.help, &found.example].into_iter().flatten();
    let quoted = texts.flat_map(|text| text.split('`').skip(1).step_by(2));
    let is_command = |text: &&str| text.starts_with("jalon ");
    quoted
        .filter(|text| text.contains(' ') && text.trim() != edit && !source.contains(*text))
        .filter(|text| !is_command(text))
        .collect()
}

#[test]
fn a_text_to_write_is_read_in_its_place() {
    let mut tried = BTreeMap::new();
    for (path, bytes) in &inputs() {
        let before = report(path, bytes, None);
        let source = &before.source.text;
        for found in &before.diagnostics {
            for text in shown(found, source) {
                let help = found.help.clone().unwrap_or_default();
                tried.entry((text.to_owned(), before.lang.code())).or_insert(help);
            }
        }
    }
    let mut wrong = Vec::new();
    for ((text, lang), help) in &tried {
        let lang = if *lang == "fr" { Lang::Fr } else { Lang::En };
        if !NOT_TO_WRITE.iter().any(|(named, _)| named == text) && !is_read(text, lang) {
            wrong.push(format!("{text}\n      {help}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}\n{}", wrong.len(), tried.len(), wrong.join("\n"));
    for (named, why) in NOT_TO_WRITE {
        assert!(tried.keys().any(|(text, _)| text == named), "`{named}` ({why}) is shown nowhere");
    }
}
