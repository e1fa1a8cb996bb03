//! The ways round what the language has no words for, which are told where a line is read and where it is checked. In: the
//! language of messages. Out: what to do.

use crate::lang::{Lang, say};
use crate::model::Civil;

/// What is taken off for each day of a delay: a discount comes once.
pub fn in_steps(lang: Lang) -> String {
    say!(
        lang,
        "what grows with time is a line for each step, as in `discount \"A week late\": 350 EUR on end if since planned end >= 7 days`, or a new price that an amendment of the case states",
        "ce qui croît avec le temps est une ligne par palier, comme `remise \"Une semaine de retard\": 350 EUR à la fin si depuis la fin prévue >= 7 jours`, ou un nouveau prix qu'un avenant du dossier indique"
    )
}

/// What is taken off more than once.
pub fn once_each(lang: Lang) -> String {
    say!(
        lang,
        "`on` instead of `each` gives it once; to give it each time, write a line for each, with an event of its own: `on event \"… 1\"`, `on event \"… 2\"`",
        "`à` au lieu de `à chaque` la donne une fois ; pour la donner chaque fois, écrivez une ligne par fois, avec un événement à part : `à l'événement \"… 1\"`, `à l'événement \"… 2\"`"
    )
}

/// A first month by its days, and the others in advance.
pub fn first_month_apart(lang: Lang) -> String {
    say!(
        lang,
        "a part of a month is billed at the end of the calendar month alone: write it as a line of its own, `price each month end, pro rata, at most 1 times`, and the months after it, in advance, as another, `price on day 1 of each month if duration >= 1 day`; where a case may be suspended, `price each month end, pro rata` alone has every day that ran",
        "une part de mois se facture à la fin du mois civil seulement : faites-en une ligne, `le tarif à chaque fin de mois, au prorata, au plus 1 fois`, et des mois suivants, d'avance, une autre, `le tarif le 1 de chaque mois si durée >= 1 jour` ; si le dossier peut être suspendu, `le tarif à chaque fin de mois, au prorata` seul compte chaque jour couru"
    )
}

/// A part of a period that is billed at its first end alone: what is wrong, and what to write; `each` is the period at whose
/// ends it can come back.
pub fn once_by_the_day(lang: Lang, (first, each): (Civil, Civil)) -> (String, String) {
    let (once, each) = (first.once_ending(lang), each.each_ending(lang));
    let message = say!(
        lang,
        "`pro rata` is of what comes back with each period, and `{once}` bills once",
        "`au prorata` vaut pour ce qui revient à chaque période, et `{once}` facture une seule fois"
    );
    (message, say!(lang, "write `{each}, pro rata`", "écrivez `{each}, au prorata`"))
}

/// A fraction below one in hundredths: `0.3` is `30`, `0,125` is `12,5`.
pub fn in_percent(written: &str) -> Option<String> {
    let mark =
        written.strip_prefix('0')?.chars().next().filter(|mark| ['.', ','].contains(mark))?;
    let decimals =
        written.get(2..).filter(|decimals| decimals.bytes().all(|b| b.is_ascii_digit()))?;
    let padded = format!("{decimals:0<2}");
    let (whole, rest) = padded.split_at_checked(2)?;
    let whole = whole.strip_prefix('0').unwrap_or(whole);
    let rest = rest.trim_end_matches('0');
    Some(if rest.is_empty() { whole.to_owned() } else { format!("{whole}{mark}{rest}") })
}
