//! An item in a sentence, for who points at its name: in, the item as written; out, what it does, in either language.

use super::ast::{Amount, Line, LineKind, Step};
use super::phrases;
use super::wording::{amount_in_a_sentence, amount_word, step_condition, step_triggers};
use super::words;
use crate::lang::{Lang, say};

/// What a line bills, when and on which conditions, and what its kind does: two sentences.
pub fn line(line: &Line, lang: Lang) -> String {
    let name = &line.label.text;
    let billed = phrases::billed(line, lang);
    let kind = match (line.kind, line.stays_open) {
        (LineKind::Deposit, _) if line.options.beside.is_some() => lang.pick(
            "It is a security: the balance that closes the case gives it back.",
            "C'est une caution : le solde qui clôt le dossier la rend.",
        ),
        (LineKind::Deposit, _) => lang.pick(
            "It is a deposit: an advance, which a balance deducts.",
            "C'est un acompte : une avance, qu'un solde déduit.",
        ),
        (LineKind::Installment, _) => lang.pick(
            "It is an installment: it is due, and not deducted from anything.",
            "C'est une échéance : elle est due, et n'est déduite de rien.",
        ),
        (LineKind::Discount, _) => lang.pick("It is a discount.", "C'est une remise."),
        (LineKind::Balance, None) => lang.pick(
            "It is a balance: it settles and closes the case.",
            "C'est un solde : il règle le dossier et le clôt.",
        ),
        (LineKind::Balance, Some(_)) => lang.pick(
            "It is a balance that leaves the case open.",
            "C'est un solde qui laisse le dossier ouvert.",
        ),
    };
    let free = line.amount == Amount::Nothing;
    let bills = match (free, lang) {
        (true, Lang::Fr) => "ne facture",
        (false, Lang::Fr) => "facture",
        (_, Lang::En) => "bills",
    };
    // The word that a line is written with, and what a sentence says.
    let said = amount_word(&line.amount, lang).and_then(|word| {
        Some(format!(
            "{}{}",
            amount_in_a_sentence(&line.amount, lang)?,
            billed.strip_prefix(&word)?
        ))
    });
    let billed = said.unwrap_or(billed);
    say!(lang, "\"{name}\" {bills} {billed}. {kind}", "« {name} » {bills} {billed}. {kind}")
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
