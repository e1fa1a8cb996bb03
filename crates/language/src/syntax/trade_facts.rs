//! Facts of the trade where a condition stands: what has been paid, what has happened, and a name that no event has.

use super::grammar::Rule;
use super::parse::Parser;
use super::spoken::Spoken;
use super::spoken_limits::COUNTED;
use super::trade_moments::{MOMENTS, Near, Noun, when};
use super::{unsaid, vocabulary, words};
use crate::diagnostic::Diagnostic;

/// What a condition cannot know: what has been paid, and how much of it.
const PAID: &[&str] = &[
    "paid", "unpaid", "not paid", "settled", "paye", "payee", "impaye", "impayee", "regle",
    "reglee",
];
const OVERPAID: &[&str] = &[
    "overpaid",
    "overbilled",
    "over - billed",
    "trop - percu",
    "trop percu",
    "trop paye",
    "trop facture",
];
const UNPAID: &[&str] = &["unpaid", "impaye", "impayee"];
/// What says that something has happened and does not say what.
const FACTS_OF: &[&str] = &[
    "received",
    "delivered",
    "done",
    "happened",
    "remis",
    "remise",
    "recu",
    "recue",
    "livre",
    "livree",
    "fait",
    "faite",
    "survenu",
    "survenue",
];

/// What says how many, and names nothing.
const QUANTIFIERS: &[&str] = &[
    "aucun",
    "aucune",
    "exactement",
    "exactly",
    "chaque",
    "every",
    "each",
    "toute",
    "toutes",
    "tous",
    "certaines",
    "certains",
    "quelques",
    "several",
    "plusieurs",
    "none",
    "some",
    "only",
    "seulement",
    "uniquement",
    "half",
    "moitie",
];

impl Parser<'_> {
    /// The advice for a word that is known to nobody, where a condition stands: an event of that name, or a
    /// fact of the language that is close to it.
    pub fn own_fact(
        &self,
        diagnostic: &Diagnostic,
        at: usize,
        token: &str,
        possible: &[Rule],
    ) -> Option<Diagnostic> {
        let condition = possible.contains(&Rule::kw_duration) && possible.contains(&Rule::kw_event);
        let (lang, file) = (self.lang, self.file_lang);
        let event = |name: &str| {
            let (event, happened) = file.pick(("event", "happened"), ("événement", "survenu"));
            format!("{event} \"{name}\" {happened}")
        };
        if condition && self.any_phrase(at, OVERPAID).is_some() {
            return Some(unsaid::gives_back(lang, diagnostic.clone()));
        }
        if condition && self.any_phrase(at, PAID).is_some() {
            let paid = event(file.pick("Payment", "Paiement"));
            let fact = match UNPAID.contains(&token) {
                true => format!("{} {paid}", file.pick("not", "non")),
                false => paid,
            };
            return Some(unsaid::not_whether_paid(lang, diagnostic.clone(), &fact));
        }
        if condition && FACTS_OF.contains(&token) {
            return Some(unsaid::of_what(lang, diagnostic.clone(), file));
        }
        let find = |noun: &'static Noun| Some((noun, self.any_phrase(at, noun.words)?));
        if let Some((noun, end)) = MOMENTS.iter().filter(|_| condition).find_map(find) {
            if self.says_more(at, end) {
                return Some(unsaid::whole_fact(lang, diagnostic.clone(), file));
            }
            let event = event(file.pick(noun.event.0, noun.event.1));
            let Near::Milestone(rule) = noun.near else {
                return Some(unsaid::own_fact(lang, diagnostic.clone(), &event));
            };
            let (milestone, _) = words::spelling(rule)?;
            let (english, french) = words::other_form(milestone).and_then(words::spelling)?;
            let fact = (file.pick(english, french), when(rule, lang));
            return Some(unsaid::fact_or_event(lang, diagnostic.clone(), fact, &event));
        }
        let word = token.chars().all(char::is_alphabetic) && token.len() > 3;
        let known = vocabulary::of(token).is_some() || vocabulary::is_shared(token);
        // What only says how much or how often is no name.
        let counts = COUNTED.iter().any(|(word, _)| *word == token) || QUANTIFIERS.contains(&token);
        if condition && counts {
            let line = self.folded.text.get(at..self.folded.line_break_after(at)).unwrap_or("");
            let rest = self.text(at, at + line.trim_end().len());
            return Some(unsaid::not_counted(lang, diagnostic.clone(), rest));
        }
        let more = self.says_more(at, at + token.len());
        if condition && word && !known && more {
            return Some(unsaid::whole_fact(lang, diagnostic.clone(), file));
        }
        let line = Spoken::at(self, at);
        let action = (condition && word).then(|| self.declared_as(&line, token)).flatten();
        if let Some(name) = action {
            let done =
                file.pick(format!("action \"{name}\" done"), format!("action \"{name}\" faite"));
            let often = file.pick("at least 3 times", "au moins 3 fois");
            let often = format!("{done} {often}");
            return Some(unsaid::action_done(lang, diagnostic.clone(), &done, &often));
        }
        (condition && word && !known).then(|| {
            unsaid::own_fact(lang, diagnostic.clone(), &event(self.text(at, at + token.len())))
        })
    }
}
