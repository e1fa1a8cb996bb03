//! What administrators say of how long something is billed, where it does not come at each month end. In: a line that is not
//! understood. Out: its error with how often it comes, or the condition that ends it.

use super::parse::Parser;
use super::spoken::Spoken;
use crate::diagnostic::Diagnostic;
use crate::lang::say;

/// Such phrases with their number, whose unit stands behind.
const FOR_SO_LONG: &[&str] = &["for #", "during #", "over #", "pendant #", "durant #", "sur #"];

impl Parser<'_> {
    /// `each action "Session" for 12 months`, `on day 5 of each month for 12 months`, `price monthly 50 EUR for 12 months`.
    pub(super) fn for_a_time(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let asks = (3..line.len()).any(|place| ["if", "si"].contains(&line.word(place)));
        let (from, number) = line.find(FOR_SO_LONG).filter(|(from, _)| *from > 2 && !asks)?;
        let (length, to) = self.length_at(line, number - 1)?;
        let count: u32 = line.word(number - 1).parse().ok()?;
        let months = ["month", "months", "mois"].contains(&line.word(number));
        let often = |times: u32| {
            self.file_lang
                .pick(format!(", at most {times} times"), format!(", au plus {times} fois"))
        };
        if line.begins(&["price", "tarif"]) {
            let right =
                self.file_lang.pick("the price each month end", "le tarif à chaque fin de mois");
            let times = often(if months { count } else { 12 });
            let help = say!(
                self.lang,
                "a price has no end; the line that bills it has, by how often it comes: `{right}{times}`",
                "un tarif n'a pas de fin ; la ligne qui le facture en a une, par son nombre de fois : `{right}{times}`"
            );
            return Some(self.unsaid(line, (from, to), help));
        }
        let amount = self.amount_end(line)?;
        let said = self.words(line, (3, from));
        let subjects = ["action", "event", "evenement", "deliverable", "livrable"];
        if line.before(from).starts_with('"') && subjects.contains(&line.before(from - 1)) {
            let [started, signed] =
                [("duration", "durée"), ("since signature", "depuis la signature")].map(
                    |(english, french)| {
                        self.file_lang.pick(
                            format!("if {english} < {length}"),
                            format!("si {french} < {length}"),
                        )
                    },
                );
            let help = say!(
                self.lang,
                "until when something is billed is a condition: `{started}` from the start, `{signed}` from the signature",
                "jusqu'à quand quelque chose se facture est une condition : `{started}` depuis le démarrage, `{signed}` depuis la signature"
            );
            return Some(self.unsaid(line, (from, to), help));
        }
        let each_month = line.stands(amount, &["on day # of each month", "le # de chaque mois"]);
        let few = line.stands(amount, &["every # weeks", "toutes les # semaines"]);
        let weeks = ["week", "weeks", "semaine", "semaines"].contains(&line.word(number));
        let times = match (each_month, few) {
            (Some((_, end)), _) if months && end == from => count,
            (None, Some((_, end))) if weeks => {
                let each = line.word(end - 2).parse::<u32>().ok().filter(|each| *each > 0)?;
                count.is_multiple_of(each).then(|| count / each)?
            }
            _ => return None,
        };
        let right = format!("{said}{}", often(times));
        let help = say!(
            self.lang,
            "how often a line comes is said at its end: `{right}`",
            "combien de fois une ligne revient se dit à sa fin : `{right}`"
        );
        Some(self.unsaid(line, (from, to), help))
    }
}
