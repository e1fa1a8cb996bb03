//! What administrators write of a price with the sign of its currency in front: `price £45 per hour`. In: a line that is not
//! understood. Out: its error with the price as the language says it.

use super::parse::Parser;
use super::spoken::{Spoken, is_number};
use super::spoken_hours::AN_HOUR;
use super::spoken_periods::{MONTHLY, QUARTERLY, YEARLY};
use crate::diagnostic::Diagnostic;
use crate::lang::say;

/// What may stand before a sum, and the code that stands behind it; none where the sign is that of several.
const SIGNS: &[(&str, Option<&str>)] = &[
    ("£", Some("GBP")),
    ("€", Some("EUR")),
    ("$", None),
    ("gbp", Some("GBP")),
    ("eur", Some("EUR")),
    ("chf", Some("CHF")),
    ("usd", Some("USD")),
];

impl Parser<'_> {
    /// `price £45 per hour`, `tarif € 40 par mois`, `price $1500`.
    pub(super) fn price_sign_first(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let (_, code) = SIGNS.iter().find(|(sign, _)| *sign == line.word(1))?;
        let priced = line.begins(&["price", "tarif", "prix"]) && is_number(line.word(2));
        priced.then_some(())?;
        let is_group = |at: &usize| is_number(line.word(*at)) && line.word(*at).len() == 3;
        let behind = (3..line.len()).find(|at| !is_group(at)).unwrap_or(line.len());
        let sum = self.words(line, (2, behind));
        let kinds = [
            (AN_HOUR, ("hourly", "horaire")),
            (MONTHLY, ("monthly", "mensuel")),
            (QUARTERLY, ("quarterly", "trimestriel")),
            (YEARLY, ("yearly", "annuel")),
        ];
        let rhythm =
            kinds.into_iter().find_map(|(words, kind)| Some((line.stands(behind, words)?.1, kind)));
        let (to, kind) = rhythm.unwrap_or((behind, ("fixed", "forfait")));
        let closes = to == line.len() || line.word(to) == ",";
        closes.then_some(())?;
        let price = |kind: (&str, &str), code: &str| {
            self.file_lang.pick(
                format!("price {} {sum} {code}", kind.0),
                format!("tarif {} {sum} {code}", kind.1),
            )
        };
        let Some(code) = code else {
            let [us, ca, au] = ["USD", "CAD", "AUD"].map(|code| price(kind, code));
            let help = say!(
                self.lang,
                "`$` is the sign of more than one currency: write its three letters behind the sum, `{us}`, `{ca}`, `{au}`",
                "`$` est le signe de plusieurs devises : écrivez ses trois lettres après la somme, `{us}`, `{ca}`, `{au}`"
            );
            return Some(self.unsaid(line, (0, to), help));
        };
        if rhythm.is_some() {
            return Some(self.written(line, (0, to), &price(kind, code)));
        }
        let (whole, month) = (price(kind, code), price(("monthly", "mensuel"), code));
        let help = say!(
            self.lang,
            "write `{whole}` for one price for the case, `{month}` for that of a month",
            "écrivez `{whole}` pour un prix du dossier, `{month}` pour celui d'un mois"
        );
        Some(self.unsaid(line, (0, to), help))
    }
}
