//! Moments of the trade that are no words of the language (delivery, order, cancellation), and the sentence that works for each.

use super::grammar::Rule;
use super::parse::Parser;
use super::{unsaid, vocabulary, words};
use crate::diagnostic::Diagnostic;
use crate::lang::Lang;

/// A moment of the trade: its words, folded, longer ones first, and what it is closest to.
pub(super) struct Noun {
    pub(super) words: &'static [&'static str],
    pub(super) near: Near,
    /// The name of an event that says it, English and French.
    pub(super) event: (&'static str, &'static str),
}

/// What a moment of the trade is closest to.
pub(super) enum Near {
    /// A milestone of the case.
    Milestone(Rule),
    /// Something that happens in the case.
    Event,
    /// What happens to an invoice.
    Payment,
}

/// The moments of the trade, the first of them whose words stand there.
pub(super) const MOMENTS: &[Noun] = &[
    Noun {
        words: &[
            "receipt of the invoice",
            "receipt of invoice",
            "reception de la facture",
            "reception de facture",
            "invoice date",
            "date of invoice",
            "date de facture",
            "date de facturation",
            "due date",
            "date d ' echeance",
            "echeance",
            "payment",
            "paiement",
            "reglement",
            "encaissement",
            "invoice",
            "invoicing",
            "billing",
            "facturation",
            "facture",
        ],
        near: Near::Payment,
        event: ("Payment", "Paiement"),
    },
    Noun {
        words: &[
            "delivery date",
            "delivery",
            "date de livraison",
            "livraison",
            "shipping",
            "expedition",
        ],
        near: Near::Event,
        event: ("Delivery", "Livraison"),
    },
    Noun {
        words: &["receipt", "reception des travaux", "reception", "recette", "handover"],
        near: Near::Event,
        event: ("Acceptance", "Réception"),
    },
    Noun {
        words: &[
            "acceptance of the quote",
            "acceptation du devis",
            "acceptance",
            "acceptation",
            "approval",
            "accord",
            "agreement",
            "contract",
            "contrat",
            "devis",
            "quote",
            "upfront",
            "up - front",
            "in advance",
            "d ' avance",
            "comptant",
        ],
        near: Near::Milestone(Rule::kw_signature),
        event: ("Acceptance", "Acceptation"),
    },
    Noun {
        words: &["purchase order", "bon de commande", "order", "commande"],
        near: Near::Milestone(Rule::kw_signature),
        event: ("Order", "Commande"),
    },
    Noun {
        words: &["no - show", "no show", "noshow", "absence", "defaut de presence"],
        near: Near::Event,
        event: ("No-show", "Absence"),
    },
    Noun {
        words: &["booking", "reservation"],
        near: Near::Milestone(Rule::kw_signature),
        event: ("Booking", "Réservation"),
    },
    Noun {
        words: &[
            "enrolment",
            "enrollment",
            "registration",
            "inscription",
            "adhesion",
            "admission",
            "subscription",
            "souscription",
            "abonnement",
        ],
        near: Near::Milestone(Rule::kw_signature),
        event: ("Enrolment", "Inscription"),
    },
    Noun {
        words: &[
            "cancellation",
            "cancelation",
            "annulation",
            "cancelled",
            "canceled",
            "annule",
            "annulee",
            "annuler",
        ],
        near: Near::Milestone(Rule::kw_abandonment),
        event: ("Cancellation", "Annulation"),
    },
    Noun {
        words: &["withdrawal", "withdrawn", "retractation", "desistement", "renonciation"],
        near: Near::Milestone(Rule::kw_abandonment),
        event: ("Withdrawal", "Désistement"),
    },
    Noun {
        words: &[
            "early termination",
            "termination",
            "terminated",
            "resilie",
            "dropped",
            "resiliation",
            "rupture",
            "dropout",
            "departure",
            "depart",
        ],
        near: Near::Milestone(Rule::kw_abandonment),
        event: ("Termination", "Résiliation"),
    },
    Noun {
        words: &[
            "completion",
            "completed",
            "achevement",
            "acheve",
            "closing",
            "closure",
            "cloture",
            "terminaison",
        ],
        near: Near::Milestone(Rule::kw_end),
        event: ("Completion", "Achèvement"),
    },
    Noun {
        words: &[
            "kickoff",
            "kick - off",
            "launch",
            "lancement",
            "commencement",
            "opening",
            "ouverture",
        ],
        near: Near::Milestone(Rule::kw_start),
        event: ("Kick-off", "Lancement"),
    },
];

/// The days of the week, in both languages.
pub(super) const WEEKDAYS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
];

/// What may stand between a preposition and the noun.
const BEFORE_NOUN: &[&str] =
    &["in case of", "cas d '", "cas de", "case of", "the", "la", "le", "les", "l '"];
/// The prepositions, as they stand at the end of a text.
const PREPOSITIONS: &[&str] = &["on the", "on", "a la", "a l'", "au", "en", "le"];

impl Parser<'_> {
    /// The advice for a moment of the trade at `at`, where a trigger or its moment is possible; its
    /// preposition begins at `from`.
    pub fn trade_moment(
        &self,
        diagnostic: &Diagnostic,
        (from, at): (usize, usize),
        possible: &[Rule],
    ) -> Option<Diagnostic> {
        let moment =
            possible.contains(&Rule::trigger_hint) || possible.contains(&Rule::kw_month_end);
        let mut start = at;
        while let Some(end) = self.any_phrase(start, BEFORE_NOUN).filter(|_| moment) {
            start = self.folded.skip_blanks(end);
        }
        let find = |noun: &'static Noun| Some((noun, self.any_phrase(start, noun.words)?));
        let (noun, end) = MOMENTS.iter().filter(|_| moment).find_map(find)?;
        let (lang, file) = (self.lang, self.file_lang);
        let event = format!("\"{}\"", file.pick(noun.event.0, noun.event.1));
        let event = format!("{} {event}", file.pick("on event", "à l'événement"));
        let written = diagnostic.clone();
        let whole = self.folded.original(from, end);
        Some(match noun.near {
            Near::Milestone(rule) => {
                let (english, french) = words::spelling(rule)?;
                let word = file.pick(english, french);
                let folded = crate::diagnostic::fold_for_likeness(word);
                let milestone = format!("{}{word}", words::preposition(&folded, file)?);
                unsaid::milestone_or_event(lang, written, (&milestone, when(rule, lang)), &event)
            }
            // What the noun is of would be left behind it.
            Near::Event if self.says_of_what(end) => unsaid::own_moment(lang, written, &event),
            Near::Event => unsaid::own_moment(lang, written, &event).edit(whole, event),
            Near::Payment => unsaid::not_when_paid(lang, written, &event),
        })
    }

    /// Whether a phrase goes on behind a noun: `réception de l'accord`.
    fn says_of_what(&self, end: usize) -> bool {
        let next = self.folded.token_at(self.folded.skip_blanks(end));
        ["of", "de", "du", "des", "d", "by", "par"].contains(&next)
    }

    /// The advice for a word that is known to nobody, where a moment stands: an event of that name.
    pub fn own_moment(
        &self,
        diagnostic: &Diagnostic,
        at: usize,
        token: &str,
        possible: &[Rule],
    ) -> Option<Diagnostic> {
        let moment = possible.contains(&Rule::kw_month_end) && possible.contains(&Rule::kw_event);
        let word = token.chars().all(char::is_alphabetic) && token.len() > 3;
        if !moment || !word || vocabulary::of(token).is_some() || vocabulary::is_shared(token) {
            return None;
        }
        if ["weekend", "weekends", "week"].contains(&token) {
            return Some(unsaid::only_month_ends(self.lang, diagnostic.clone()));
        }
        // A day of the week stands before a date, and is no name.
        if WEEKDAYS.contains(&token) {
            let mut date = self.folded.skip_blanks(at + token.len());
            if self.folded.token_at(date) == "," {
                date = self.folded.skip_blanks(date + 1);
            }
            let found = unsaid::date_alone(self.lang, diagnostic.clone());
            return Some(match self.date_mishap(date) {
                Some(written) => Diagnostic { help: written.help.or(found.help), ..found },
                None => found,
            });
        }
        // The name may have several words: `mise en service`.
        let line = self.folded.line_break_after(at);
        let mut end = at + token.len();
        let mut place = self.folded.skip_blanks(end);
        let follows = [
            "", "if", "si", "or", "ou", ",", "\"", "(", ":", "from", "until", "before", "since",
            "after", "during", "jusqu", "avant", "depuis", "apres", "pendant",
        ];
        let ends = |place: usize| {
            let token = self.folded.token_at(place);
            follows.contains(&token)
                || token.starts_with(|c: char| c.is_ascii_digit())
                || self.any_phrase(place, &["a partir", "a compter", "starting from"]).is_some()
        };
        while place < line && !ends(place) {
            end = place + self.folded.token_at(place).len();
            place = self.folded.skip_blanks(end);
        }
        let name = self.text(at, end);
        // `first action "Lesson"` is no name: it holds one.
        if name.contains('"') {
            return None;
        }
        let before = self.folded.text.get(..at).unwrap_or("").trim_end();
        if ["each", "every", "chaque"].iter().any(|word| before.ends_with(word)) {
            let [action, event] =
                [("action", "action"), ("event", "événement")].map(|(english, french)| {
                    let kind = self.file_lang.pick(english, french);
                    format!("{} {kind} \"{name}\"", self.file_lang.pick("each", "à chaque"))
                });
            return Some(unsaid::each_of_own(self.lang, diagnostic.clone(), &action, &event));
        }
        let event = format!("{} \"{name}\"", self.file_lang.pick("on event", "à l'événement"));
        Some(unsaid::own_moment(self.lang, diagnostic.clone(), &event))
    }

    /// Where the preposition of a moment begins that stands at `at`; `at` itself if it has none.
    pub fn preposition_before(&self, at: usize) -> usize {
        let before = self.folded.text.get(..self.folded.end_before(at)).unwrap_or("");
        let apart = |head: &str| !head.ends_with(|c: char| c.is_alphanumeric() || c == '_');
        let found = PREPOSITIONS
            .iter()
            .find_map(|words| before.strip_suffix(words).filter(|head| apart(head)).map(str::len));
        found.unwrap_or(at)
    }

    /// `the end of the training`, where `end` was read as that of the case.
    pub fn milestone_of(&self, diagnostic: &Diagnostic, at: usize) -> Option<Diagnostic> {
        let token = self.folded.token_at(at);
        if !["of", "de", "du", "des", "d"].contains(&token) {
            return None;
        }
        let before = self.folded.text.get(..self.folded.end_before(at))?;
        let start = before.trim_end_matches(char::is_alphabetic).len();
        let milestones =
            ["signature", "start", "demarrage", "end", "fin", "abandonment", "abandon"];
        milestones.contains(&before.get(start..)?).then_some(())?;
        let milestone = self.text(start, before.len());
        let rest = self.text(at, self.end_of_phrase(at));
        Some(unsaid::milestone_of_the_case(self.lang, diagnostic.clone(), milestone, rest))
    }

    /// Where a phrase ends that stands in a line at `at`: before what goes on with the line.
    pub fn end_of_phrase(&self, at: usize) -> usize {
        let line = self.folded.line_break_after(at);
        let mut place = at;
        let mut end = at;
        let follows = ["", "if", "si", "or", "ou", ",", "on", "au", "en", ":", "a"];
        while place < line && !follows.contains(&self.folded.token_at(place)) {
            end = place + self.folded.token_at(place).len();
            place = self.folded.skip_blanks(end);
        }
        end
    }
}

/// When a milestone is what is meant.
pub(super) fn when(milestone: Rule, lang: Lang) -> &'static str {
    if milestone == Rule::kw_signature {
        lang.pick("the quote is signed then", "le devis est alors signé")
    } else if milestone == Rule::kw_abandonment {
        lang.pick("the case is abandoned then", "le dossier est alors abandonné")
    } else if milestone == Rule::kw_start {
        lang.pick("the case starts then", "le dossier démarre alors")
    } else {
        lang.pick("the case is finished then", "le dossier est alors terminé")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_trade_are_no_words_of_the_language() {
        for noun in MOMENTS {
            for word in noun.words.iter().filter(|word| !word.contains(' ')) {
                let begins = words::item_shape(word).is_some();
                assert!(begins || vocabulary::of(word) != Some(Lang::En), "{word}");
            }
        }
    }
}
