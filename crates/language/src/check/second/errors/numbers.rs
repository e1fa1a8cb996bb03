//! Counts, parts, lengths, bounds and rates out of their range.

use crate::diagnostic::{Code, Diagnostic};
use crate::lang::{Lang, say};
use crate::span::Span;

/// A rate of more than six decimals.
pub fn rate_decimals(lang: Lang, at: Span) -> Diagnostic {
    Diagnostic::new(
        Code::TooManyDecimals,
        at,
        say!(
            lang,
            "a rate has six decimals at the most",
            "un tarif unitaire a six décimales au plus"
        ),
    )
}

/// What is not a whole number from one on.
pub fn not_a_count(lang: Lang, at: Span) -> Diagnostic {
    Diagnostic::new(
        Code::NumberRange,
        at,
        say!(
            lang,
            "this has to be a whole number, from 1 to 10 000",
            "il faut ici un nombre entier, de 1 à 10 000"
        ),
    )
}

/// What is no number of parts.
pub fn not_parts(lang: Lang, at: Span, one: bool) -> Diagnostic {
    let found = Diagnostic::new(
        Code::NumberRange,
        at,
        say!(
            lang,
            "an amount is cut into 2 parts at the least, and 1 200 at the most",
            "un montant se coupe en 2 parts au moins, et 1 200 au plus"
        ),
    );
    if !one {
        return found;
    }
    found.help(say!(
        lang,
        "to bill it once and whole, leave the parts out, and write `on` instead of `each`",
        "pour le facturer une fois et en entier, retirez les parts, et écrivez `à` au lieu de `à chaque`"
    ))
}

/// A length of nothing, again and again.
pub fn never_goes_on(lang: Lang, at: Span) -> Diagnostic {
    Diagnostic::new(
        Code::NumberRange,
        at,
        say!(
            lang,
            "what comes again and again needs a length of 1 at the least",
            "ce qui revient demande une durée de 1 au moins"
        ),
    )
    .help(say!(
        lang,
        "write `each month after start`, or `on start` for once",
        "écrivez `chaque mois après le démarrage`, ou `au démarrage` pour une seule fois"
    ))
}

/// A bound of a tier that does not rise.
pub fn tier_bound(lang: Lang, at: Span) -> Diagnostic {
    Diagnostic::new(
        Code::NumberRange,
        at,
        say!(
            lang,
            "each tier ends above the one before it",
            "chaque palier finit au-dessus du précédent"
        ),
    )
}

/// A day that no month has.
pub fn no_such_day(lang: Lang, at: Span) -> Diagnostic {
    Diagnostic::new(
        Code::NumberRange,
        at,
        say!(lang, "no month has such a day", "aucun mois n'a un tel jour"),
    )
    .help(say!(
        lang,
        "write 1 to 31; where the month is too short, its last day is meant",
        "écrivez 1 à 31 ; où le mois est trop court, c'est son dernier jour"
    ))
}
