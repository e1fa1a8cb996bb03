//! Who pays which part of an amount, and why: what each owed before and owes after.

use super::ProgramStory;
use crate::lang::say;
use crate::money::Money;
use crate::rules::{Computed, Split};

impl ProgramStory<'_> {
    /// How an amount was split, one step a line; nothing where there are no payers.
    pub(super) fn split(&self, computed: &Computed) -> Vec<String> {
        let (lang, figures) = (self.figures.lang, self.figures);
        match &computed.split {
            None => Vec::new(),
            Some(Split::Charged(payer)) => {
                let payer = figures.quoted(self.payer(payer.0 as usize));
                vec![say!(
                    lang,
                    "all of it is charged to {payer}",
                    "le tout est à la charge de {payer}"
                )]
            }
            Some(Split::AsDeposit) => vec![say!(
                lang,
                "each payer gets back the part of the deposit that stood on it",
                "chaque payeur retrouve la part de l'acompte qu'il portait"
            )],
            Some(Split::Due { of_all_billed, owed, before, after, settled }) => {
                let [was, is] = [owed.0, owed.1].map(|owed| figures.sum(Money(owed)));
                let mut said = vec![match of_all_billed {
                    true => say!(
                        lang,
                        "all that is billed goes from {was} to {is}:",
                        "le total facturé passe de {was} à {is} :"
                    ),
                    false => say!(
                        lang,
                        "what the case owes goes from {was} to {is}:",
                        "ce que le dossier doit passe de {was} à {is} :"
                    ),
                }];
                for (place, (before, after)) in before.iter().zip(after).enumerate() {
                    let payer = figures.quoted(self.payer(place));
                    let part = settled.as_ref().and_then(|parts| parts.get(place)).copied();
                    let [was, is] = [before, after].map(|due| figures.money(Money(*due)));
                    let own = after - before - part.unwrap_or(0);
                    let own = figures.money(Money(own));
                    said.push(match part.filter(|part| *part != 0) {
                        None => say!(
                            lang,
                            "  {payer} owed {was} and owes {is}: {own}",
                            "  {payer} devait {was} et doit {is} : {own}"
                        ),
                        Some(part) => {
                            let part = figures.money(Money(part));
                            say!(
                                lang,
                                "  {payer} owed {was} and owes {is}, less {part} of deposits that this settles: {own}",
                                "  {payer} devait {was} et doit {is}, moins {part} d'acomptes ainsi soldés : {own}"
                            )
                        }
                    });
                }
                said
            }
        }
    }

    pub(super) fn payer(&self, place: usize) -> &str {
        self.program.payer_names.get(place).map_or("", String::as_str)
    }
}
