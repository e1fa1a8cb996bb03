//! What administrators say of a line that is billed once something is done, in words of their own. In: a line that is not
//! understood. Out: its error with the event, or the milestone, that says it.

use super::parse::Parser;
use super::spoken::{Found, Spoken};
use super::spoken_timings::follows_an_amount;
use super::unsaid;
use crate::diagnostic::Diagnostic;

const ONCE: &[&str] = &[
    "as soon as",
    "once",
    "when",
    "des que",
    "des qu '",
    "des lors que",
    "lorsque",
    "lorsqu '",
    "quand",
    "une fois que",
    "une fois",
];
const ARTICLES: &[&str] = &["the", "all the", "le", "la", "les", "l '", "tous les", "toutes les"];
const AUXILIARIES: &[&str] = &[
    "have been",
    "has been",
    "will be",
    "are",
    "is",
    "was",
    "were",
    "have",
    "has",
    "ont ete",
    "a ete",
    "auront ete",
    "aura ete",
    "seront",
    "sera",
    "sont",
    "est",
    "ont",
    "aura",
    "auront",
];
/// What is measured, and is no fact of its own.
const MEASURED: &[&str] = &[
    "progress",
    "avancement",
    "attendance",
    "assiduite",
    "hours",
    "heures",
    "duration",
    "duree",
    "work",
    "realise",
    "due",
    "payable",
    "paid",
    "paye",
    "payee",
    "action",
    "event",
    "evenement",
    "deliverable",
    "livrable",
    "invoice",
    "facture",
    "payment",
    "paiement",
];

impl Parser<'_> {
    /// `dès que les fondations sont achevées`: an event of one's own.
    pub(super) fn once_it_is_done(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let said = |from: usize| line.stands(from, ONCE).filter(|_| follows_an_amount(line, from));
        let (from, behind) = (4..line.len()).find_map(said)?;
        let noun = noun_at(line, behind);
        let closes = |place: &usize| [",", "if", "si"].contains(&line.word(*place));
        let to = (noun..line.len()).find(closes).unwrap_or(line.len());
        let plain = |place: usize| {
            let word = line.word(place);
            word.starts_with(char::is_alphabetic) && !MEASURED.contains(&word)
                || ["'", "-"].contains(&word)
        };
        if to < noun + 2 || !(noun..to).all(plain) {
            return None;
        }
        // Milestones have their own words.
        let case = super::spoken_happened::OF_THE_CASE.contains(&line.word(noun));
        let verb = line.stands(noun + 1, AUXILIARIES).map_or(noun + 1, |(_, to)| to);
        let name = self.event_name(line, (behind, to))?;
        let event = self
            .file_lang
            .pick(format!("on event \"{name}\""), format!("à l'événement \"{name}\""));
        let told = Diagnostic { help: None, ..self.unsaid(line, (from, to), String::new()) };
        if case && let Some((milestone, when)) = self.moment_of(line.word(verb)) {
            return Some(unsaid::milestone_or_event(self.lang, told, (milestone, when), &event));
        }
        Some(unsaid::own_moment(self.lang, told, &event))
    }

    /// The name of an event that some words say: `les fondations sont achevées` is `Fondations achevées`.
    pub(super) fn event_name(&self, line: &Spoken<'_>, (from, to): Found) -> Option<String> {
        let noun = noun_at(line, from);
        let verb = line.stands(noun + 1, AUXILIARIES).filter(|(_, verb)| *verb < to);
        let name = match verb {
            Some((_, verb)) => {
                format!("{} {}", self.words(line, (noun, noun + 1)), self.words(line, (verb, to)))
            }
            None => self.words(line, (noun, to)),
        };
        let mut letters = name.chars();
        Some(letters.next()?.to_uppercase().chain(letters).collect())
    }
}

/// The place of a noun behind its article.
fn noun_at(line: &Spoken<'_>, place: usize) -> usize {
    line.stands(place, ARTICLES).map_or(place, |(_, to)| to)
}
