//! An item in a sentence, for who points at its name: in, the item as written; out, what it does, in either language.

use super::ast::{Line, LineKind, Step};
use super::phrases;
use super::wording::{step_condition, step_triggers};
use super::words;
use crate::lang::{Lang, say};

/// What a line bills, when and on which conditions, and what its kind does: two sentences.
pub fn line(line: &Line, lang: Lang) -> String {
    let name = &line.label.text;
    let billed = phrases::billed(line, lang);
    let kind = match (line.kind, line.stays_open) {
        (LineKind::Deposit, _) => lang.pick(
            "It is a deposit: an advance, which a balance deducts.",
            "C'est un acompte : une avance, qu'un solde déduit.",
        ),
        (LineKind::Installment, _) => lang.pick(
            "It is an installment: a part, which is not deducted.",
            "C'est une échéance : une partie, qui n'est pas déduite.",
        ),
        (LineKind::Discount, _) => lang.pick("It is a discount.", "C'est une remise."),
        (LineKind::Balance, None) => lang.pick(
            "It is a balance: it settles and closes the case.",
            "C'est un solde : il solde et clôt le dossier.",
        ),
        (LineKind::Balance, Some(_)) => lang.pick(
            "It is a balance that leaves the case open.",
            "C'est un solde qui laisse le dossier ouvert.",
        ),
    };
    say!(lang, "\"{name}\" bills {billed}. {kind}", "« {name} » facture {billed}. {kind}")
}

/// When a step of a follow-up is done, and on which conditions: a sentence.
pub fn step(step: &Step, lang: Lang) -> String {
    let (name, when) = (&step.label.text, step_triggers(step, lang));
    let condition = step.condition.as_ref().map(|condition| {
        let word = words::spelling(super::grammar::Rule::kw_if);
        let word = word.map_or("", |(english, french)| lang.pick(english, french));
        format!(" {word} {}", step_condition(condition, lang))
    });
    let condition = condition.unwrap_or_default();
    say!(lang, "\"{name}\" is done {when}{condition}.", "« {name} » se fait {when}{condition}.")
}
