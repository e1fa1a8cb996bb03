//! What is typed into a cell, read by the grammar of the language: in, a cell; out, a part of the tree, or why it is none.

use super::words::{alike, is_yes, yes_no};
use super::{At, Fault, Page, Unreadable, Value, hundredfold};
use crate::diagnostic::Severity;
use crate::lang::{Lang, say};
use crate::syntax;
use crate::syntax::ast::{
    Amount, Condition, Currency, ItemKind, Line, LineOptions, Number, Sum, Trigger,
};

/// Why a cell cannot be read, and what would be right there.
#[derive(Clone, Debug)]
pub struct Wrong {
    /// Why.
    pub why: String,
    /// What would be right.
    pub right: Option<String>,
}

impl Wrong {
    /// Why, and what would be right.
    pub fn new(why: impl Into<String>, right: impl Into<String>) -> Wrong {
        Wrong { why: why.into(), right: Some(right.into()) }
    }
}

/// A cell of a sheet that cannot be read.
pub fn fault(page: &Page, at: At, wrong: Wrong, lang: Lang) -> Fault {
    let said = page.cells.get(&at).map(|value| value.seen(lang));
    Fault { sheet: page.name.clone(), at, said, wrong: wrong.why, right: wrong.right }
}

/// One item of a schedule, made from what stands in cells.
pub fn item(text: &str, lang: Lang) -> Result<ItemKind, Wrong> {
    let header = lang.pick("schedule \"x\"\n", "échéancier \"x\"\n");
    let parsed = syntax::parse(&format!("{header}{text}"), Some(lang));
    if let Some(error) = parsed.diagnostics.iter().find(|found| found.severity() == Severity::Error)
    {
        let right = error.help.clone().or_else(|| error.label.clone());
        let right = right.or_else(|| error.example.clone());
        return Err(Wrong { why: error.message.clone(), right });
    }
    let mut items = parsed.file.items.into_iter().skip(1);
    match (items.next(), items.next()) {
        (Some(item), None) if parsed.file.comments.is_empty() => Ok(item.kind),
        (Some(_), None) => Err(Wrong {
            why: say!(
                lang,
                "a comment cannot stand in a cell of the table",
                "un commentaire ne peut pas figurer dans une cellule du tableau"
            ),
            right: None,
        }),
        (None | Some(_), _) => Err(more_than_one(lang)),
    }
}

fn more_than_one(lang: Lang) -> Wrong {
    Wrong {
        why: say!(lang, "this says more than one thing", "ceci dit plus d'une chose"),
        right: Some(say!(
            lang,
            "what no cell takes stands on the sheet of texts, as a line of the language",
            "ce qu'aucune cellule n'accepte figure sur la feuille de textes, comme une ligne du langage"
        )),
    }
}

/// A line that was made for one of its parts.
fn line(text: &str, lang: Lang) -> Result<Line, Wrong> {
    match item(text, lang)? {
        ItemKind::Line(line) => Ok(line),
        ItemKind::Schedule { .. }
        | ItemKind::Unit(_)
        | ItemKind::Price(_)
        | ItemKind::Action(_)
        | ItemKind::Planned(_)
        | ItemKind::WholeAttendance
        | ItemKind::Payer(_)
        | ItemKind::Vat(_)
        | ItemKind::Payment(_)
        | ItemKind::MaySuspend
        | ItemKind::Agreed(_)
        | ItemKind::Accepts { .. }
        | ItemKind::FollowUp(_)
        | ItemKind::Step(_)
        | ItemKind::Scenario { .. }
        | ItemKind::Invoice(_)
        | ItemKind::Event { .. }
        | ItemKind::Expect(_)
        | ItemKind::Until(_)
        | ItemKind::Broken(_) => Err(more_than_one(lang)),
    }
}

/// An amount in the words of the language: `30 %`, `900 EUR`, `work itemised`.
pub fn amount(text: &str, lang: Lang) -> Result<Amount, Wrong> {
    let (before, after) = lang.pick(("balance \"x\": ", " on end"), ("solde \"x\": ", " à la fin"));
    let line = line(&format!("{before}{text}{after}"), lang)?;
    let alone = line.triggers.len() == 1
        && line.condition.is_none()
        && line.stays_open.is_none()
        && line.options == LineOptions::default();
    if alone { Ok(line.amount) } else { Err(more_than_one(lang)) }
}

/// A trigger in the words of the language, with or without its preposition.
pub fn trigger(text: &str, lang: Lang) -> Result<Trigger, Wrong> {
    let before = lang.pick("balance \"x\": nothing on end or ", "solde \"x\": rien à la fin ou ");
    let mut line = line(&format!("{before}{text}"), lang)?;
    let alone = line.condition.is_none()
        && line.stays_open.is_none()
        && line.options == LineOptions::default();
    match (line.triggers.pop(), line.triggers.len()) {
        (Some(trigger), 1) if alone => Ok(trigger),
        (Some(_) | None, _) => Err(more_than_one(lang)),
    }
}

/// A condition in the words of the language.
pub fn condition(text: &str, lang: Lang) -> Result<Condition, Wrong> {
    let before = lang.pick("balance \"x\": nothing on end if ", "solde \"x\": rien à la fin si ");
    let line = line(&format!("{before}{text}"), lang)?;
    let alone = line.stays_open.is_none() && line.options == LineOptions::default();
    line.condition.filter(|_| alone).ok_or_else(|| more_than_one(lang))
}

/// The digits of a number, whether the cell holds a number or a text; of a percentage, a cell that shows one counts as such.
pub fn number(value: &Value, of_percent: bool, lang: Lang) -> Result<Number, Wrong> {
    let not_one = || {
        Wrong::new(
            say!(lang, "this is no number", "ce n'est pas un nombre"),
            say!(lang, "a number, such as 20 or 12.5", "un nombre, comme 20 ou 12,5"),
        )
    };
    let digits = match value {
        Value::Number { digits, percent: true } if of_percent => hundredfold(digits),
        Value::Number { percent: true, .. } => {
            return Err(Wrong::new(
                say!(
                    lang,
                    "a percentage cannot stand here",
                    "un pourcentage ne peut pas figurer ici"
                ),
                say!(lang, "a number without %", "un nombre sans %"),
            ));
        }
        Value::Number { digits, percent: false } => digits.clone(),
        Value::Text(text) => {
            let text =
                text.trim_end_matches(|c: char| of_percent && (c == '%' || c.is_whitespace()));
            let read = amount(text, lang)?;
            return if let Amount::Sum(Sum { number, currency: None }) = read {
                Ok(number)
            } else {
                Err(not_one())
            };
        }
        Value::Day(_) | Value::Truth(_) | Value::Unreadable(_) => {
            return Err(unreadable(value, lang).unwrap_or_else(not_one));
        }
    };
    if digits.starts_with('-') {
        return Err(Wrong::new(
            say!(lang, "no number here is below zero", "aucun nombre n'est négatif ici"),
            say!(lang, "a number from zero up", "un nombre positif ou nul"),
        ));
    }
    Ok(Number { digits, at: Default::default() })
}

/// A currency: its code or its sign.
pub fn currency(value: &Value, lang: Lang) -> Result<Currency, Wrong> {
    let text = text(value, lang)?;
    // A number before it would be taken for the rest of another.
    let alone = !text.contains(|c: char| c.is_numeric());
    if alone
        && let Ok(Amount::Sum(Sum { currency: Some(currency), .. })) =
            amount(&format!("1 {text}"), lang)
    {
        return Ok(currency);
    }
    Err(Wrong::new(
        say!(lang, "this is no currency", "ce n'est pas une devise"),
        say!(lang, "a code of three letters, such as EUR", "un code de trois lettres, comme EUR"),
    ))
}

/// Yes or no; a blank cell is no.
pub fn yes(value: Option<&Value>, lang: Lang) -> Result<bool, Wrong> {
    let wrong = || {
        let (yes, no) = (yes_no(true, lang), yes_no(false, lang));
        Wrong::new(
            say!(lang, "this is neither yes nor no", "ce n'est ni oui ni non"),
            say!(lang, "{yes} or {no}", "{yes} ou {no}"),
        )
    };
    match value {
        None => Ok(false),
        Some(Value::Truth(yes)) => Ok(*yes),
        Some(Value::Text(text)) => is_yes(text).ok_or_else(wrong),
        Some(value @ (Value::Number { .. } | Value::Day(_) | Value::Unreadable(_))) => {
            Err(unreadable(value, lang).unwrap_or_else(wrong))
        }
    }
}

/// The text of a cell. A number is a text, too, where a name is asked for: an action may be called `2`.
pub fn text(value: &Value, lang: Lang) -> Result<String, Wrong> {
    match value {
        Value::Text(text) => Ok(text.clone()),
        Value::Number { .. } | Value::Day(_) => Ok(value.seen(lang)),
        Value::Truth(_) | Value::Unreadable(_) => {
            Err(unreadable(value, lang).unwrap_or_else(|| {
                Wrong::new(
                    say!(lang, "this is no text", "ce n'est pas un texte"),
                    say!(lang, "a text", "un texte"),
                )
            }))
        }
    }
}

/// One of several words, in either language, but for capitals and accents.
pub fn one_of<T: Copy>(
    value: &Value,
    words: &[(T, String, String)],
    lang: Lang,
) -> Result<T, Wrong> {
    let said = text(value, lang)?;
    let found =
        words.iter().find(|(_, english, french)| alike(&said, english) || alike(&said, french));
    found.map(|(of, ..)| *of).ok_or_else(|| {
        let possible: Vec<String> =
            words.iter().map(|(_, english, french)| lang.pick(english, french).clone()).collect();
        let possible = lang.any_of(&possible);
        Wrong::new(
            say!(
                lang,
                "this is none of the words of the list",
                "ce n'est aucun des mots de la liste"
            ),
            possible,
        )
    })
}

/// That nothing belongs into a cell.
pub fn nothing(value: Option<&Value>, lang: Lang) -> Result<(), Wrong> {
    match value {
        None => Ok(()),
        Some(_) => Err(Wrong::new(
            say!(lang, "nothing belongs here", "rien ne va ici"),
            say!(lang, "a blank cell", "une cellule vide"),
        )),
    }
}

/// Why a cell cannot be read whatever is asked for, if so.
fn unreadable(value: &Value, lang: Lang) -> Option<Wrong> {
    let Value::Unreadable(why) = value else { return None };
    Some(match why {
        Unreadable::Error(_) => Wrong::new(
            say!(lang, "the formula has come to an error", "la formule aboutit à une erreur"),
            say!(lang, "the value itself", "la valeur elle-même"),
        ),
        Unreadable::NotComputed => Wrong::new(
            say!(lang, "the formula has no value yet", "la formule n'a pas encore de valeur"),
            say!(
                lang,
                "open and save the file in a spreadsheet, or write the value itself",
                "ouvrez et enregistrez le fichier dans un tableur, ou écrivez la valeur elle-même"
            ),
        ),
        Unreadable::Time(_) => Wrong::new(
            say!(
                lang,
                "this is a time, which no cell holds",
                "c'est une heure, qu'aucune cellule ne contient"
            ),
            say!(
                lang,
                "a plain number of hours, such as 1.5, or a date without a time",
                "un simple nombre d'heures, comme 1,5, ou une date sans heure"
            ),
        ),
    })
}
