//! Payers and their shares; rates of tax that do not go together.

use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::lang::{Lang, say};
use crate::money::Percent;
use crate::span::Span;
use crate::syntax::ast::Name;

/// A remainder that is not the last payer's, or a last payer without one.
pub fn remainder_last(lang: Lang, file_lang: Lang, at: Span, last: Option<&str>) -> Diagnostic {
    let message = if last.is_some() {
        say!(
            lang,
            "the last payer takes what is left: its share is `remainder`",
            "le dernier payeur prend ce qui reste : sa part est `reste`"
        )
    } else {
        say!(
            lang,
            "only the last payer has `remainder`: nothing would be left for those after it",
            "seul le dernier payeur a `reste` : il ne resterait rien pour les suivants"
        )
    };
    let name = last.unwrap_or(file_lang.pick("Customer", "Client"));
    let example = file_lang
        .pick(format!("payer \"{name}\": remainder"), format!("payeur \"{name}\" : reste"));
    Diagnostic::new(Code::PayerShares, at, message).example(&example)
}

/// A cap on the payer who takes what is left.
pub fn last_payer_capped(lang: Lang, at: Span) -> Diagnostic {
    Diagnostic::new(
        Code::PayerShares,
        at,
        say!(
            lang,
            "the last payer takes what is left, so it cannot have a limit: what is above would be nobody's",
            "le dernier payeur prend ce qui reste, il ne peut donc pas avoir de limite : l'excédent ne serait à personne"
        ),
    )
    .help(say!(
        lang,
        "leave the limit out, or add a payer after it",
        "retirez la limite, ou ajoutez un payeur après lui"
    ))
}

/// Shares of more than the whole.
pub fn shares_above_whole(lang: Lang, at: Span, whole: Percent) -> Diagnostic {
    Diagnostic::new(
        Code::PayerShares,
        at,
        say!(
            lang,
            "with this share the payers come to {whole} %, more than there is",
            "avec cette part les payeurs arrivent à {whole} %, plus qu'il n'y a"
        ),
    )
    .help(say!(
        lang,
        "the stated percentages come to 100 % at the most",
        "les pourcentages indiqués font 100 % au plus"
    ))
}

/// A payer that the schedule does not have.
pub fn unknown_payer(lang: Lang, name: &Name, known: &[&str]) -> Diagnostic {
    let finding = Diagnostic::new(
        Code::UnknownPayer,
        name.at.0,
        say!(
            lang,
            "this schedule has no payer `{}`",
            "cet échéancier n'a pas de payeur `{}`",
            name.text
        ),
    );
    match did_you_mean(&name.text, known.iter().copied()) {
        Some(near) => finding
            .help(say!(lang, "did you mean `{near}`?", "vouliez-vous dire `{near}` ?"))
            .edit(name.at.0, format!("\"{near}\"")),
        None if known.is_empty() => finding.help(say!(
            lang,
            "it has no payer at all: state them below the price",
            "il n'a aucun payeur : indiquez-les sous le tarif"
        )),
        None => finding.help(say!(
            lang,
            "its payers are `{}`",
            "ses payeurs sont `{}`",
            known.join("`, `")
        )),
    }
}

/// A line that settles deposits of another tax.
pub fn taxes_differ(lang: Lang, at: Span, deposit: Span) -> Diagnostic {
    Diagnostic::new(
        Code::MixedTaxes,
        at,
        say!(
            lang,
            "this line settles a deposit of another rate of tax, which it could not give back",
            "cette ligne solde un acompte d'un autre taux de TVA, qu'elle ne pourrait pas rendre"
        ),
    )
    .other(deposit, say!(lang, "the deposit", "l'acompte"))
    .help(say!(
        lang,
        "give both the same rate, or bill a percentage, which deducts the deposit with its own rate",
        "donnez-leur le même taux, ou facturez un pourcentage, qui déduit l'acompte à son propre taux"
    ))
}
