//! What lines ask of a price that it does not give.

use crate::diagnostic::{Code, Diagnostic};
use crate::lang::{Lang, say};
use crate::model::Civil;
use crate::model::program::{Kind, Price};
use crate::span::Span;

/// A price of a period, billed at another rhythm.
pub fn other_rhythm(lang: Lang, at: Span, price: Span, civil: Civil) -> Diagnostic {
    let each = civil.each(lang);
    Diagnostic::new(
        Code::PriceRhythm,
        at,
        say!(
            lang,
            "the price is for {each}, and this line bills it at another rhythm",
            "le tarif vaut pour {each}, et cette ligne le facture à un autre rythme"
        ),
    )
    .other(price, say!(lang, "the price", "le tarif"))
    .help(say!(
        lang,
        "bill it {each}, or state the sum itself",
        "facturez-le {each}, ou indiquez la somme elle-même"
    ))
}

/// The amount `price` without a price of a period.
pub fn no_period_price(lang: Lang, file_lang: Lang, at: Span, price: Span) -> Diagnostic {
    Diagnostic::new(
        Code::PriceRhythm,
        at,
        say!(
            lang,
            "`price` bills the price of a period, and this schedule has another price",
            "`le tarif` facture le tarif d'une période, et cet échéancier a un autre tarif"
        ),
    )
    .other(price, say!(lang, "the price", "le tarif"))
    .help(say!(
        lang,
        "state a percentage or a sum, or a price for each month, quarter or year",
        "indiquez un pourcentage ou une somme, ou un tarif mensuel, trimestriel ou annuel"
    ))
    .example(file_lang.pick("price monthly 35 EUR", "tarif mensuel 35 EUR"))
}

/// A share of a price whose total nobody knows.
pub fn unknown_total(
    lang: Lang,
    (kind, at): (Kind, Span),
    price_at: Span,
    (price, works): (Option<&Price>, bool),
) -> Diagnostic {
    let sum = match works {
        true => say!(lang, "bill `work` or a sum", "facturez `réalisé` ou une somme"),
        false => say!(lang, "bill a sum", "facturez une somme"),
    };
    let of_a_period = match kind {
        Kind::Balance => say!(
            lang,
            "a balance that only closes the case says `nothing`; one that bills says a sum",
            "un solde qui ne fait que clore le dossier dit `rien` ; s'il facture, il dit une somme"
        ),
        Kind::Discount => say!(lang, "take off a sum", "déduisez une somme"),
        Kind::Deposit | Kind::Installment => {
            say!(lang, "bill `price`, or a sum", "facturez `le tarif`, ou une somme")
        }
    };
    let (why, help) = if price.is_some_and(|price| price.period().is_some()) {
        (
            say!(
                lang,
                "the price is of a period, and how many there will be is not known",
                "le tarif est d'une période, et l'on ne sait pas combien il y en aura"
            ),
            of_a_period,
        )
    } else if price.is_some_and(Price::is_a_rate) {
        (
            say!(
                lang,
                "the price is by the hour, and no planned hours are stated",
                "le tarif est horaire, et aucune heure prévue n'est indiquée"
            ),
            say!(
                lang,
                "state `planned 10 hours`, or {sum}",
                "indiquez `prévu 10 heures`, ou {sum}"
            ),
        )
    } else {
        (
            say!(
                lang,
                "the price is per action, and its total is not known",
                "le tarif est par action, et son total n'est pas connu"
            ),
            sum,
        )
    };
    Diagnostic::new(
        Code::UnknownTotal,
        at,
        say!(
            lang,
            "a share of the price needs a price whose total is known",
            "une part du prix demande un prix dont le total est connu"
        ),
    )
    .other(price_at, why)
    .help(help)
}
