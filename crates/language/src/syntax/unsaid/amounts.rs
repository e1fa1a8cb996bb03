//! Prices, amounts and kinds of line: per something, of something else, securities, earnest, tax.

use crate::diagnostic::Diagnostic;
use crate::lang::{Lang, say};

/// A dot before three digits, which parts thousands or decimals.
pub fn one_mark(lang: Lang, diagnostic: Diagnostic, sum: &str, code: &str) -> Diagnostic {
    let thousands = sum.replace('.', "");
    let decimal = sum.trim_end_matches('0');
    diagnostic.help(say!(
        lang,
        "`{sum}` can be read in two ways: write `{thousands} {code}` for the large sum, `{decimal} {code}` for the small one",
        "`{sum}` peut se lire de deux façons : écrivez `{thousands} {code}` pour la grande somme, `{decimal} {code}` pour la petite"
    ))
}

/// The cap of an action counts what is billed of it.
pub fn caps_are_counted(lang: Lang, diagnostic: Diagnostic, file: Lang) -> Diagnostic {
    let caps = file.pick(
        "`at most 20 hours`, `at most 300` (units), `at most 3 times`",
        "`au plus 20 heures`, `au plus 300` (unités), `au plus 3 fois`",
    );
    let price = file
        .pick("`price per action, in EUR, at most 900`", "`tarif par action, en EUR, au plus 900`");
    diagnostic.help(say!(
        lang,
        "an action is capped by how much of it is billed: {caps}; a sum that all work may not pass stands behind the price: {price}",
        "une action est plafonnée par ce qui en est facturé : {caps} ; une somme que tout le réalisé ne peut dépasser suit le tarif : {price}"
    ))
}

/// The bounds of an hourly price are hours.
pub fn bounds_are_hours(lang: Lang, diagnostic: Diagnostic, what: &str) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "an hourly price has its bounds in hours (`at least 3 hours`, `at most 24 hours`), not in `{what}`",
        "un tarif horaire a ses bornes en heures (`au moins 3 heures`, `au plus 24 heures`), pas en `{what}`"
    ))
}

/// A price for something that is not counted.
pub fn price_per(lang: Lang, diagnostic: Diagnostic, what: &str) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "a price is for the case (`fixed`), for an hour (`hourly`), for a period (`monthly`, `quarterly`, `yearly`) or for each action (`per action, in EUR`, where an action may count: `0.085 per \"word\"`); there is none for `{what}`",
        "un tarif vaut pour le dossier (`forfait`), pour une heure (`horaire`), pour une période (`mensuel`, `trimestriel`, `annuel`) ou pour chaque action (`par action, en EUR`, où une action peut compter : `0,085 par \"mot\"`) ; il n'y en a pas pour `{what}`"
    ))
}

/// An amount of a line for each of something.
pub fn amount_per(lang: Lang, diagnostic: Diagnostic, what: &str, action: &str) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "an amount of a line is for the whole case, not for each `{what}`: for each time write `each action \"…\"`; what is counted is an action (`{action}`), and the line then bills `work`",
        "le montant d'une ligne vaut pour tout le dossier, pas pour chaque `{what}` : pour chaque fois, écrivez `à chaque action \"…\"` ; ce qui se compte est une action (`{action}`), et la ligne facture alors `réalisé`"
    ))
}

/// A share of something else than the price.
pub fn share_of_the_price(lang: Lang, diagnostic: Diagnostic, rest: &str) -> Diagnostic {
    let price = [
        "of the total price",
        "of total price",
        "of the whole price",
        "of the full price",
        "of the price",
        "of price",
        "du prix total",
        "du tarif total",
        "du prix",
        "du tarif",
    ];
    let lower = rest.to_lowercase();
    let stands = |words: &&&str| lower == **words || lower.starts_with(&format!("{words} "));
    if let Some(words) = price.iter().find(stands).and_then(|words| rest.get(..words.len())) {
        return diagnostic.help(say!(
            lang,
            "leave `{words}` out: a percentage that stands here is of the price",
            "retirez `{words}` : un pourcentage placé ici est une part du tarif"
        ));
    }
    // `dès la remise du PV` says when.
    let from = ["dès la ", "dès le ", "dès l'", "dès l’", "dès que ", "dès "];
    if let Some(name) = from.iter().find_map(|from| rest.strip_prefix(from)) {
        return super::moments::own_moment(lang, diagnostic, &format!("à l'événement \"{name}\""));
    }
    diagnostic.help(say!(
        lang,
        "a percentage that stands here is of the price, not `{rest}`: write it as a share of the price, or `remainder` for all that is left of it",
        "un pourcentage écrit ici est une part du tarif, non `{rest}` : exprimez-le en part du tarif, ou écrivez `reste` pour tout ce qui en reste"
    ))
}

/// More billed than is owed.
pub fn gives_back(lang: Lang, diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "no condition is needed: `remainder` and `up to 40 %` give back by themselves what was billed beyond",
        "aucune condition n'est nécessaire : `reste` et `jusqu'à 40 %` rendent d'eux-mêmes ce qui a été facturé au-delà"
    ))
}

/// A line's kind that may be meant in more ways than one.
pub fn three_kinds(lang: Lang, diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "what is billed is a `deposit` (the balance deducts it), an `installment` (a part of the price for good) or a `balance` (it settles and closes the case)",
        "ce qui est facturé est un `acompte` (le solde le déduit), une `échéance` (une part du tarif, définitive) ou un `solde` (il règle et clôt le dossier)"
    ))
}

/// A security stands beside the price.
pub fn no_security(lang: Lang, diagnostic: Diagnostic, right: &str) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "a security is a deposit beside the price, which the balance that closes the case gives back: `{right}`; an advance on the price is a `deposit` without these words",
        "une caution est un acompte en sus du prix, que le solde qui clôt le dossier rend : `{right}` ; une avance sur le tarif est un `acompte` sans ces mots"
    ))
}

/// Earnest money, which is no advance on the price.
pub fn no_earnest(lang: Lang, diagnostic: Diagnostic, file: Lang, amount: &str) -> Diagnostic {
    let share = amount.ends_with('%');
    let up_to = if share { file.pick("up to ", "jusqu'à ") } else { "" };
    let kept = if share { file.pick(", no refund,", ", sans remboursement,") } else { "" };
    let (deposit, kept) = file.pick(
        (
            format!("deposit \"Earnest money\": {amount} on signature"),
            format!("balance \"Withdrawn\": {up_to}{amount}{kept} on abandonment"),
        ),
        (
            format!("acompte \"Arrhes\": {amount} à la signature"),
            format!("solde \"Dédit\": {up_to}{amount}{kept} à l'abandon"),
        ),
    );
    diagnostic.help(say!(
        lang,
        "earnest money is no deposit in law: the client who withdraws loses it, and the seller who withdraws gives back twice as much (in France, article 1590 of the Code civil); if the case goes on it counts on the price, as `{deposit}` says, and on withdrawal it is kept, as `{kept}` says; what the seller gives back beyond it no schedule bills",
        "des arrhes ne sont pas un acompte : le client qui se dédit les perd, le vendeur qui se dédit en rend le double (article 1590 du Code civil) ; si le contrat s'exécute, elles s'imputent sur le prix, ce que dit `{deposit}`, et en cas de dédit elles restent acquises, ce que dit `{kept}` ; le double à rendre, aucun échéancier ne le facture"
    ))
}

/// The rate of tax.
pub fn before_tax(lang: Lang, diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "the rate of tax is said by `vat 20 %`, or `vat 20 % included` where amounts are after tax, or `vat exempt \"…\"` with the reason",
        "le taux de TVA se dit par `tva 20 %`, ou `tva 20 % comprise` si les montants sont TTC, ou `tva exonérée \"…\"` avec la raison"
    ))
}

/// A reduction is a line of its own.
pub fn no_discount(lang: Lang, diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "a reduction is a line of its own: `discount \"Early\": 10 % on signature if signed before 2025-09-01`",
        "une réduction est une ligne à part : `remise \"Anticipée\": 10 % à la signature si signé avant le 01/09/2025`"
    ))
}

/// A smallest or largest amount, with the bound that the line states.
pub fn no_least_amount(lang: Lang, diagnostic: Diagnostic, right: &str, hours: &str) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "the amount of a line is exact; bounds are of a price: `{right}` bounds all the work of a case together, and an hourly price has its bounds in hours, `{hours}`",
        "le montant d'une ligne est exact ; les bornes sont celles d'un tarif : `{right}` borne tout le réalisé d'un dossier ensemble, et un tarif horaire a ses bornes en heures, `{hours}`"
    ))
}

/// A third has no exact percentage.
pub fn in_parts(lang: Lang, diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "a share is a percentage: a third is `33.33 %`, twice, and `remainder` on the last line; on a line that repeats, `100 % in 3 parts` is exact",
        "une part est un pourcentage : un tiers s'écrit `33,33 %`, deux fois, puis `reste` sur la dernière ligne ; sur une ligne qui revient, `100 % en 3 fois` est exact"
    ))
}
