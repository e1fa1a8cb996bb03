//! The ways round what the language has no words for, which are told where a line is read and where it is checked. In: the
//! language of messages. Out: what to do.

use crate::lang::{Lang, say};

/// What is taken off for each day of a delay: a discount comes once.
pub fn in_steps(lang: Lang) -> String {
    say!(
        lang,
        "what grows with time is a line for each step, as in `discount \"A week late\": 350 EUR on end if since planned end >= 7 days`, or a new price that an amendment of the case states",
        "ce qui croît avec le temps est une ligne par palier, comme `remise \"Une semaine de retard\" : 350 EUR à la fin si depuis la fin prévue >= 7 jours`, ou un nouveau prix qu'un avenant du dossier indique"
    )
}

/// A first month by its days, and the others in advance.
pub fn first_month_apart(lang: Lang) -> String {
    say!(
        lang,
        "a part of a month is billed at its end alone: write it as a line of its own, `price each month end, pro rata, at most 1 times`, and the months after it as another, `price on day 1 of each month if duration >= 1 day`",
        "une part de mois se facture à sa fin seulement : faites-en une ligne, `le tarif à chaque fin de mois, au prorata, au plus 1 fois`, et des mois suivants une autre, `le tarif le 1 de chaque mois si durée >= 1 jour`"
    )
}
