//! Prices, actions and lines that do not fit each other.

use crate::check::read_so_far::PriceKind;
use crate::diagnostic::{Code, Diagnostic};
use crate::lang::{Lang, say};
use crate::span::Span;

/// A schedule without a price.
pub fn no_price(lang: Lang, file_lang: Lang, at: Span) -> Diagnostic {
    Diagnostic::new(
        Code::NoPrice,
        at,
        say!(lang, "this schedule has no price", "cet échéancier n'a pas de tarif"),
    )
    .help(say!(
        lang,
        "state it below the name: fixed, hourly or per action",
        "indiquez-le sous le nom : forfait, horaire ou par action"
    ))
    .example(file_lang.pick("price fixed 1500 EUR", "tarif forfait 1500 EUR"))
}

/// A schedule without a line.
pub fn no_line(lang: Lang, file_lang: Lang, at: Span) -> Diagnostic {
    Diagnostic::new(
        Code::NoLine,
        at,
        say!(
            lang,
            "this schedule bills nothing: it has no line",
            "cet échéancier ne facture rien : il n'a pas de ligne"
        ),
    )
    .help(say!(
        lang,
        "add a deposit, an installment or a balance",
        "ajoutez un acompte, une échéance ou un solde"
    ))
    .example(file_lang.pick("balance \"Balance\": 100 % on end", "solde \"Solde\": 100 % à la fin"))
}

/// A price per action without an action.
pub fn no_action(lang: Lang, file_lang: Lang, at: Span) -> Diagnostic {
    Diagnostic::new(
        Code::NoAction,
        at,
        say!(
            lang,
            "the price is per action, and no action is listed",
            "le tarif est par action, et aucune action n'est listée"
        ),
    )
    .help(say!(
        lang,
        "list each action with its rate below the price",
        "listez chaque action avec son tarif sous le prix"
    ))
    .example(file_lang.pick("action \"Interview\" hourly 70", "action \"Entretien\" horaire 70"))
}

/// An action without a rate under a price per action.
pub fn no_rate(lang: Lang, file_lang: Lang, at: Span, name: &str) -> Diagnostic {
    Diagnostic::new(
        Code::NoRate,
        at,
        say!(
            lang,
            "how is action `{name}` billed?",
            "comment l'action `{name}` est-elle facturée ?"
        ),
    )
    .help(say!(
        lang,
        "write `hourly` or `flat` and an amount after the name, or `not billed`",
        "écrivez `horaire` ou `forfait` et un montant après le nom, ou `non facturée`"
    ))
    .example(file_lang.pick("action \"Interview\" hourly 70", "action \"Entretien\" horaire 70"))
}

/// `hourly` without an amount.
pub fn hourly_without_rate(lang: Lang, at: Span, right: &str) -> Diagnostic {
    Diagnostic::new(
        Code::NoRate,
        at,
        say!(lang, "what does an hour cost?", "combien coûte une heure ?"),
    )
    .help(say!(
        lang,
        "write the price of an hour after `hourly`",
        "écrivez le prix d'une heure après `horaire`"
    ))
    .example(right)
}

/// A rate where the price is not per action, and no line bills work.
pub fn unexpected_rate(lang: Lang, at: Span, price: Span) -> Diagnostic {
    Diagnostic::new(
        Code::UnexpectedRate,
        at,
        say!(
            lang,
            "no line bills this rate: it takes a line of work",
            "aucune ligne ne facture ce tarif : il y faut une ligne de réalisé"
        ),
    )
    .other(price, say!(lang, "the price", "le tarif"))
    .help(say!(
        lang,
        "leave the rate out, or add a line of work: `installment \"Work\": work on month end`; where actions are all that is billed, write `price per action, in EUR`",
        "enlevez le tarif de l'action, ou ajoutez une ligne de réalisé : `échéance \"Réalisé\": réalisé en fin de mois` ; si seules les actions sont facturées, écrivez `tarif par action, en EUR`"
    ))
}

/// That such an action, which is not billed, is written without a rate.
pub fn not_billed_anyway(lang: Lang, found: Diagnostic, name: &str) -> Diagnostic {
    found.help(say!(
        lang,
        "write `action \"{name}\"` alone: no line bills work, and this action is not billed",
        "écrivez `action \"{name}\"` seul : aucune ligne ne facture le réalisé, et cette action n'est pas facturée"
    ))
}

/// At least more than at most: hours, or money.
pub fn hours_bounds(lang: Lang, least: Span, most: Span) -> Diagnostic {
    Diagnostic::new(
        Code::HoursBounds,
        least,
        say!(
            lang,
            "the least that is billed is more than the most",
            "le minimum facturé dépasse le maximum"
        ),
    )
    .label(say!(lang, "at least", "au moins"))
    .other(most, say!(lang, "at most", "au plus"))
    .help(say!(
        lang,
        "exchange the two, or correct one",
        "échangez les deux, ou corrigez l'un"
    ))
}

/// A share of a price whose total is not known.
pub fn unknown_total(
    lang: Lang,
    file_lang: Lang,
    at: Span,
    price_at: Span,
    price: PriceKind,
) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        Code::UnknownTotal,
        at,
        say!(
            lang,
            "this is a share of the price, and its total is not known",
            "ceci est une part du tarif, dont le total n'est pas connu"
        ),
    );
    if price.is_a_rate() {
        diagnostic
            .other(price_at, say!(lang, "hours are not planned", "les heures ne sont pas prévues"))
            .help(say!(lang, "add `planned … hours` to the schedule: the total is the rate times the planned hours; or bill `work`", "ajoutez `prévu … heures` à l'échéancier : le total est le taux fois les heures prévues ; ou facturez `réalisé`"))
            .example(file_lang.pick("planned 10 hours", "prévu 10 heures"))
    } else {
        diagnostic
            .other(
                price_at,
                say!(
                    lang,
                    "a price per action has no total",
                    "un tarif par action n'a pas de total"
                ),
            )
            .help(say!(lang, "bill `work`, or an amount", "facturez `réalisé`, ou un montant"))
    }
}

/// Work under a fixed price.
pub fn work_without_rate(lang: Lang, at: Span, price: Span) -> Diagnostic {
    Diagnostic::new(
        Code::WorkWithoutRate,
        at,
        say!(
            lang,
            "work has no rate under a fixed price",
            "le réalisé n'a pas de taux sous un forfait"
        ),
    )
    .other(price, say!(lang, "one price for the whole case", "un prix pour tout le dossier"))
    .help(say!(
        lang,
        "bill a percentage or `pro rata attendance`; or make the price hourly or per action",
        "facturez un pourcentage ou `prorata assiduité` ; ou prenez un tarif horaire ou par action"
    ))
}

/// What a deposit may not bill.
pub fn deposit_amount(lang: Lang, file_lang: Lang, at: Span, kind: Span) -> Diagnostic {
    let right = file_lang.pick("installment", "échéance");
    Diagnostic::new(
        Code::DepositAmount,
        at,
        say!(
            lang,
            "a deposit bills a percentage, an amount or a pro rata",
            "un acompte facture un pourcentage, un montant ou un prorata"
        ),
    )
    .help(say!(
        lang,
        "what is billed for good, and not deducted later, is an `installment`",
        "ce qui est facturé pour de bon, et non déduit ensuite, est une `échéance`"
    ))
    .edit(kind, right)
}

/// `stays open` on a line that closes nothing.
pub fn stays_open_misplaced(lang: Lang, at: Span, kind: Span) -> Diagnostic {
    Diagnostic::new(
        Code::StaysOpenMisplaced,
        at,
        say!(
            lang,
            "only a balance closes the case, or stays open",
            "seul un solde clôt le dossier, ou reste ouvert"
        ),
    )
    .other(kind, say!(lang, "this line never closes it", "cette ligne ne le clôt jamais"))
    .help(say!(lang, "delete it", "supprimez-le"))
    .edit(at, "")
}
