//! What is wrong with follow-ups: their names, their steps, their sums, and the invoice of a scenario.

use super::with_nearest;
use crate::diagnostic::{Code, Diagnostic};
use crate::lang::{Lang, say};
use crate::money::Currency;
use crate::span::Span;
use crate::syntax::ast::{self, Name};

/// Two follow-ups of one name.
pub fn duplicate_follow_up(lang: Lang, name: &Name, first: Span) -> Diagnostic {
    let text = &name.text;
    Diagnostic::new(
        Code::DuplicateFollowUp,
        name.at.0,
        say!(lang, "two follow-ups are named `{text}`", "deux suivis se nomment `{text}`"),
    )
    .label(say!(lang, "again here", "encore ici"))
    .other(first, say!(lang, "first here", "d'abord ici"))
    .help(say!(
        lang,
        "a list names a follow-up and its step: give each its own name",
        "une liste nomme le suivi et son étape : donnez à chacun son nom"
    ))
}

/// Two steps of one label.
pub fn duplicate_step(lang: Lang, label: &Name, first: Span) -> Diagnostic {
    let text = &label.text;
    Diagnostic::new(
        Code::DuplicateLabel,
        label.at.0,
        say!(lang, "two steps are labelled `{text}`", "deux étapes ont le libellé `{text}`"),
    )
    .label(say!(lang, "again here", "encore ici"))
    .other(first, say!(lang, "first here", "d'abord ici"))
    .help(say!(
        lang,
        "what was done is found by its label: give each step its own",
        "ce qui a été fait se retrouve par son libellé : donnez le sien à chaque étape"
    ))
}

/// A step that the follow-up does not have.
pub fn unknown_step(lang: Lang, name: &Name, known: &[&str]) -> Diagnostic {
    let text = &name.text;
    let message =
        say!(lang, "this follow-up has no step `{text}`", "ce suivi n'a pas d'étape `{text}`");
    let steps: Vec<String> = known.iter().map(|label| format!("`{label}`")).collect();
    let advice = if known.is_empty() {
        say!(
            lang,
            "it has no other step yet: write that one, too",
            "il n'a pas encore d'autre étape : écrivez celle-là aussi"
        )
    } else if let [only] = known {
        say!(lang, "its other step is named `{only}`", "son autre étape se nomme `{only}`")
    } else if known.len() <= 5 {
        let steps = lang.any_of(&steps);
        say!(lang, "its steps are named {steps}", "ses étapes se nomment {steps}")
    } else {
        say!(
            lang,
            "write its label as it stands in the follow-up",
            "écrivez son libellé tel qu'il figure dans le suivi"
        )
    };
    let diagnostic = Diagnostic::new(Code::UnknownStep, name.at.0, message);
    with_nearest(lang, diagnostic, name, known.iter().copied(), advice)
}

/// A follow-up in which nothing is done.
pub fn no_step(lang: Lang, file_lang: Lang, at: Span) -> Diagnostic {
    Diagnostic::new(
        Code::NoStep,
        at,
        say!(lang, "this follow-up has no step", "ce suivi n'a aucune étape"),
    )
    .help(say!(
        lang,
        "write below it what is done about an open invoice, and when",
        "écrivez en dessous ce qui est fait d'une facture ouverte, et quand"
    ))
    .example(
        file_lang.pick(
            "step \"Reminder\": 8 days after due",
            "étape \"Relance\": 8 jours après l'échéance",
        ),
    )
}

/// A step that only counts from steps that never fire.
pub fn never_fires(lang: Lang, label: &Name) -> Diagnostic {
    let text = &label.text;
    Diagnostic::new(
        Code::NeverReached,
        label.at.0,
        say!(
            lang,
            "step `{text}` never fires: it counts from itself, or from steps that count from it",
            "l'étape `{text}` n'a jamais lieu : elle compte à partir d'elle-même, ou d'étapes qui comptent à partir d'elle"
        ),
    )
    .help(say!(
        lang,
        "let one of them count from a day of the invoice, `due` or `issue`",
        "faites compter l'une d'elles à partir d'un jour de la facture, `l'échéance` ou `l'émission`"
    ))
}

/// `at most 4 times` on a step that does not repeat.
pub fn times_without_each(lang: Lang, file_lang: Lang, at: Span) -> Diagnostic {
    Diagnostic::new(
        Code::MisplacedOption,
        at,
        say!(
            lang,
            "this step fires once: nothing is counted in it",
            "cette étape n'a lieu qu'une fois : il n'y a rien à compter"
        ),
    )
    .help(say!(
        lang,
        "write `each` before the delay, or leave `at most … times` out",
        "écrivez `tous les` devant le délai, ou retirez `au plus … fois`"
    ))
    .example(file_lang.pick(
        "step \"Reminder\": each 15 days after due, at most 4 times",
        "étape \"Relance\": tous les 15 jours après l'échéance, au plus 4 fois",
    ))
}

/// `each 0 days`.
pub fn each_nothing(lang: Lang, at: Span) -> Diagnostic {
    Diagnostic::new(
        Code::NumberRange,
        at,
        say!(
            lang,
            "a step that repeats needs at least one day between two times",
            "une étape qui se répète demande au moins un jour d'intervalle"
        ),
    )
}

/// A sum of a condition without a currency; `right` is what the follow-up's other sums are in.
pub fn sum_without_currency(lang: Lang, at: Span, right: Option<Currency>) -> Diagnostic {
    let finding = Diagnostic::new(
        Code::NoCurrency,
        at,
        say!(lang, "this sum states no currency", "ce montant n'indique pas de devise"),
    );
    let end = Span { start: at.end, ..at };
    match right {
        Some(right) => {
            let code = right.code();
            finding
                .help(say!(lang, "write it here: `{code}`", "écrivez-la ici : `{code}`"))
                .edit(end, format!(" {code}"))
        }
        None => finding.help(say!(
            lang,
            "write it after the number, for example `5 EUR`",
            "écrivez-la après le nombre, par exemple `5 EUR`"
        )),
    }
}

/// A sum in another currency than the follow-up's other sums.
pub fn other_currency(lang: Lang, written: &ast::Currency, right: Currency) -> Diagnostic {
    let (found, right) = (&written.code, right.code());
    Diagnostic::new(
        Code::WrongCurrency,
        written.at.0,
        say!(
            lang,
            "this sum is in {found}, another of this follow-up is in {right}",
            "ce montant est en {found}, un autre de ce suivi est en {right}"
        ),
    )
    .help(say!(
        lang,
        "an invoice has one currency: all sums of a follow-up are in the same",
        "une facture n'a qu'une devise : tous les montants d'un suivi sont dans la même"
    ))
}

/// Two follow-ups between which an invoice cannot be decided.
pub fn same_criteria(lang: Lang, name: &Name, other: &Name, invoice: &str) -> Diagnostic {
    let (text, first) = (&name.text, &other.text);
    let what = if invoice.is_empty() {
        say!(lang, "any invoice", "toute facture")
    } else {
        say!(lang, "an invoice with {invoice}", "une facture avec {invoice}")
    };
    Diagnostic::new(
        Code::SameCriteria,
        name.at.0,
        say!(
            lang,
            "{what} meets `{first}` and `{text}`, each with as many criteria: it would be withheld",
            "{what} répond à `{first}` et à `{text}`, avec autant de critères : elle serait retenue"
        ),
    )
    .label(say!(lang, "this one", "celui-ci"))
    .other(other.at.0, say!(lang, "and this one", "et celui-là"))
    .help(say!(
        lang,
        "add a criterion to one of them, or write a third that has all of both",
        "ajoutez un critère à l'un d'eux, ou écrivez-en un troisième qui les a tous"
    ))
}

/// A follow-up that a scenario names and the file does not have.
pub fn unknown_follow_up(lang: Lang, name: &Name, known: &[&str]) -> Diagnostic {
    let text = &name.text;
    let message =
        say!(lang, "this file has no follow-up `{text}`", "ce fichier n'a pas de suivi `{text}`");
    let advice = say!(
        lang,
        "a scenario stands in the file of its follow-up",
        "un scénario se trouve dans le fichier de son suivi"
    );
    let diagnostic = Diagnostic::new(Code::UnknownFollowUp, name.at.0, message);
    with_nearest(lang, diagnostic, name, known.iter().copied(), advice)
}

/// A scenario of a follow-up without an invoice.
pub fn no_invoice(lang: Lang, file_lang: Lang, at: Span) -> Diagnostic {
    Diagnostic::new(
        Code::NoInvoice,
        at,
        say!(
            lang,
            "this scenario states no invoice to follow",
            "ce scénario n'indique aucune facture à suivre"
        ),
    )
    .help(say!(
        lang,
        "write its total and its date on a line of their own",
        "écrivez son total et sa date sur une ligne à part"
    ))
    .example(
        file_lang
            .pick("invoice of 100 EUR dated 2025-01-31", "facture de 100 EUR datée du 31/01/2025"),
    )
}

/// A scenario of a follow-up that expects nothing.
pub fn no_expected_step(lang: Lang, file_lang: Lang, at: Span) -> Diagnostic {
    Diagnostic::new(
        Code::NoExpectation,
        at,
        say!(
            lang,
            "this scenario expects nothing that could be checked",
            "ce scénario n'attend rien que l'on puisse vérifier"
        ),
    )
    .help(say!(
        lang,
        "write the steps that come, `expect nothing` if none does",
        "écrivez les étapes qui viennent, `attendu rien` si aucune ne vient"
    ))
    .example(
        file_lang
            .pick("expect 2025-03-10 step \"Reminder\"", "attendu 10/03/2025 étape \"Relance\""),
    )
}

/// Two scenarios of one follow-up with one name.
pub fn duplicate_follow_scenario(lang: Lang, name: &Name, first: Span) -> Diagnostic {
    let text = &name.text;
    Diagnostic::new(
        Code::DuplicateScenario,
        name.at.0,
        say!(
            lang,
            "two scenarios of this follow-up are named `{text}`",
            "deux scénarios de ce suivi se nomment `{text}`"
        ),
    )
    .label(say!(lang, "again here", "encore ici"))
    .other(first, say!(lang, "first here", "d'abord ici"))
    .help(say!(
        lang,
        "name each after what is special in it",
        "nommez chacun d'après ce qu'il a de particulier"
    ))
}
