//! What administrators say of what has happened, or has not, and how often. In: a condition that is not understood.
//! Out: its error with the condition that works, *not* kept; an edit where it says what was written.

use super::grammar::Rule;
use super::parse::Parser;
use super::spoken::Spoken;
use super::spoken_conditions::{CLOSES, Often, how_often_at};
use super::trade_moments::when;
use crate::diagnostic::Diagnostic;
use crate::lang::say;

/// What has a name, and the words that say of it that it has happened.
const KINDS: &[(&str, [&str; 2])] = &[
    ("action", ["done", "faite"]),
    ("event", ["happened", "survenu"]),
    ("evenement", ["happened", "survenu"]),
    ("deliverable", ["received", "remis"]),
    ("livrable", ["received", "remis"]),
];
const ARTICLES: &[&str] = &["the", "le", "la", "les", "l '"];
/// What denies what follows it; the longer ones first.
const DENIED: &[&str] = &[
    "was not yet",
    "was not",
    "were not",
    "is not yet",
    "is not",
    "are not",
    "has not yet been",
    "has not been",
    "have not been",
    "has not yet",
    "has not",
    "have not",
    "had not been",
    "did not",
    "does not",
    "has still not been",
    "has still not",
    "was still not",
    "is still not",
    "did still not",
    "still not",
    "was never",
    "were never",
    "is never",
    "has never been",
    "has never",
    "never",
    "isn ' t yet",
    "isn ' t",
    "wasn ' t",
    "weren ' t",
    "hasn ' t been",
    "hasn ' t",
    "haven ' t been",
    "haven ' t",
    "didn ' t",
    "not yet",
    "not",
    "n ' a toujours pas ete",
    "n ' a toujours pas",
    "n ' est toujours pas",
    "n ' a pas encore ete",
    "n ' a pas ete",
    "n ' a jamais ete",
    "n ' ont pas ete",
    "n ' a pas encore",
    "n ' a pas",
    "n ' a jamais",
    "n ' ont pas",
    "n ' est pas encore",
    "n ' est pas",
    "n ' est jamais",
    "n ' etait pas",
    "ne sont pas",
    "ne s ' est pas",
    "pas encore",
    "pas",
    "jamais",
    "non",
];
/// What stands before a participle and says nothing more.
const AFFIRMED: &[&str] = &[
    "has been",
    "have been",
    "has",
    "have",
    "was",
    "were",
    "is",
    "are",
    "a ete",
    "ont ete",
    "a",
    "ont",
    "est",
    "sont",
    "s ' est",
];
pub(super) const HAPPENED: &[&str] = &[
    "taken place",
    "take place",
    "took place",
    "happened",
    "happen",
    "occurred",
    "occur",
    "done",
    "held",
    "received",
    "delivered",
    "performed",
    "carried out",
    "submitted",
    "provided",
    "eu lieu",
    "survenue",
    "survenu",
    "arrivee",
    "arrive",
    "faite",
    "fait",
    "realisee",
    "realise",
    "effectuee",
    "effectue",
    "produite",
    "produit",
    "remise",
    "remis",
    "rendue",
    "rendu",
    "recue",
    "recu",
    "livree",
    "livre",
    "fournie",
    "fourni",
    "deroulee",
    "deroule",
];
/// Nouns of what is signed when a case is, who takes part in it, and what a case itself is called.
pub(super) const OF_THE_CASE: &[&str] = &[
    "contract",
    "quote",
    "order",
    "agreement",
    "case",
    "training",
    "project",
    "contrat",
    "devis",
    "commande",
    "convention",
    "dossier",
    "formation",
    "projet",
    "mission",
    "trainee",
    "learner",
    "student",
    "customer",
    "client",
    "stagiaire",
    "apprenant",
    "eleve",
];
/// Verbs of the milestones, and the facts that they are.
const FACTS: &[(&[&str], (&str, &str))] = &[
    (
        &["signed", "sign", "signe", "signee", "accepted", "accept", "accepte", "acceptee"],
        ("signed", "signé"),
    ),
    (
        &["started", "start", "begun", "begin", "demarre", "demarree", "commence", "commencee"],
        ("started", "démarré"),
    ),
    (
        &[
            "ended",
            "end",
            "finished",
            "finish",
            "completed",
            "termine",
            "terminee",
            "fini",
            "finie",
        ],
        ("ended", "terminé"),
    ),
    (
        &[
            "abandoned",
            "abandon",
            "cancelled",
            "canceled",
            "cancel",
            "terminated",
            "withdrawn",
            "abandonne",
            "abandonnee",
            "annule",
            "annulee",
            "resilie",
            "resiliee",
        ],
        ("abandoned", "abandonné"),
    ),
];
/// What denies a fact and names nobody in particular; `si jamais` may as well ask whether it has ever happened.
const DENIES_A_FACT: &[&str] = &[
    "still not",
    "not yet",
    "never",
    "nobody has",
    "nobody",
    "no one has",
    "no one",
    "toujours pas",
    "pas encore",
    "pas",
    "personne n ' a",
];
const NONE_OF: &[&str] = &["no", "aucun", "aucune"];
/// What denies, and is no name of a fact.
const NO_NAMES: &[&str] = &[
    "still",
    "never",
    "nobody",
    "neither",
    "none",
    "only",
    "already",
    "always",
    "toujours",
    "jamais",
    "personne",
    "encore",
    "deja",
    "seulement",
];
/// What says of anything behind it that it is not so.
const DENYING: &[&str] =
    &["not", "never", "didn", "isn", "wasn", "hasn", "pas", "jamais", "non", "nor", "ni", "n"];

/// What is said to have happened.
enum Subject {
    /// It has a kind and a name.
    Named(&'static str, String),
    /// A name, and no kind.
    Own(String),
    /// A noun of the case itself.
    Case,
}

impl Parser<'_> {
    /// `action "Séance" n'a pas eu lieu`, `report was not delivered`, `done 3 times or more`.
    pub(super) fn said_to_happen(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let guard = (0..line.len()).find(|place| ["if", "si"].contains(&line.word(*place)))?;
        (guard + 1..line.len()).find_map(|place| {
            self.denied_at(line, place).or_else(|| self.happening_at(line, place))
        })
    }

    /// The fact of the case that a verb says.
    fn fact_of(&self, verb: &str) -> Option<&'static str> {
        let (_, fact) = FACTS.iter().find(|(verbs, _)| verbs.contains(&verb))?;
        Some(self.file_lang.pick(fact.0, fact.1))
    }

    /// The moment of the milestone that a verb says, and when it is what is meant.
    pub(super) fn moment_of(&self, verb: &str) -> Option<(&'static str, &'static str)> {
        let moments = [
            (Rule::kw_signature, ("on signature", "à la signature")),
            (Rule::kw_start, ("on start", "au démarrage")),
            (Rule::kw_end, ("on end", "à la fin")),
            (Rule::kw_abandonment, ("on abandonment", "à l'abandon")),
        ];
        let said = FACTS.iter().zip(moments).find(|((verbs, _), _)| verbs.contains(&verb));
        let (_, (rule, moment)) = said?;
        Some((self.file_lang.pick(moment.0, moment.1), when(rule, self.lang)))
    }

    /// `never abandoned`, `personne n'a signé`, `neither signed nor started`, `aucun rapport n'a été remis`.
    fn denied_at(&self, line: &Spoken<'_>, from: usize) -> Option<Diagnostic> {
        if !["if", "si", "and", "et", "or", "ou", "("].contains(&line.before(from)) {
            return None;
        }
        let closes = |to: usize| CLOSES.contains(&line.word(to));
        let not = self.file_lang.pick("not ", "non ");
        if let Some((_, to)) = line.stands(from, DENIES_A_FACT)
            && let Some(fact) = self.fact_of(line.word(to)).filter(|_| closes(to + 1))
        {
            return Some(self.written(line, (from, to + 1), &format!("{not}{fact}")));
        }
        let neither = ["neither", "ni"].contains(&line.word(from));
        if neither && ["nor", "or", "ni"].contains(&line.word(from + 2)) && closes(from + 4) {
            let (one, other) =
                (self.fact_of(line.word(from + 1))?, self.fact_of(line.word(from + 3))?);
            let right = format!("{not}({one} {} {other})", self.file_lang.pick("or", "ou"));
            return Some(self.written(line, (from, from + 4), &right));
        }
        NONE_OF.contains(&line.word(from)).then_some(())?;
        let (Subject::Own(name), verb) = self.subject_at(line, from + 1)? else { return None };
        let verbs = [AFFIRMED, &["n ' a ete", "n ' est", "n ' a"]].concat();
        let verb = line.stands(verb, &verbs).map_or(verb, |(_, to)| to);
        let (_, to) = line.stands(verb, HAPPENED).filter(|(_, to)| closes(*to))?;
        let (kind, name) = match self.declared_as(line, &name) {
            Some(action) => ("action", action),
            None => ("event", name),
        };
        let right = self.so_often((kind, &name), Often::Under(1), true);
        let help = say!(
            self.lang,
            "what has a name has happened, or has not: write `{right}`",
            "ce qui a un nom est arrivé, ou non : écrivez `{right}`"
        );
        Some(self.unsaid(line, (from, to), help))
    }

    /// That a word of a condition is followed by more than its name: by what denies it, or says when, or how.
    pub(super) fn says_more(&self, at: usize, end: usize) -> bool {
        let line = self.folded.text.get(end..self.folded.line_break_after(at)).unwrap_or("");
        let mut next = self.folded.skip_blanks(end);
        let stop = end + line.len();
        if next < stop && !CLOSES.contains(&self.folded.token_at(next)) {
            return true;
        }
        while next < stop {
            let word = self.folded.token_at(next);
            if DENYING.contains(&word) {
                return true;
            }
            next = self.folded.skip_blanks(next + word.len().max(1));
        }
        NO_NAMES.contains(&self.folded.token_at(at))
    }

    fn happening_at(&self, line: &Spoken<'_>, from: usize) -> Option<Diagnostic> {
        let before = ["if", "si", "and", "et", "or", "ou", "(", "not", "non"];
        if !before.contains(&line.before(from)) {
            return None;
        }
        let at = line.stands(from, ARTICLES).map_or(from, |(_, to)| to);
        let (subject, verb) = self.subject_at(line, at)?;
        let denied = line.stands(verb, DENIED);
        let stated = denied.or_else(|| line.stands(verb, AFFIRMED)).map_or(verb, |(_, to)| to);
        let not = self.file_lang.pick("not ", "non ");
        if let (Subject::Case, Some(fact)) = (&subject, self.fact_of(line.word(stated))) {
            CLOSES.contains(&line.word(stated + 1)).then_some(())?;
            let right = format!("{}{fact}", if denied.is_some() { not } else { "" });
            let help = say!(
                self.lang,
                "write `{right}`: it asks whether the case has come so far",
                "écrivez `{right}` : c'est demander si le dossier en est là"
            );
            return Some(self.unsaid(line, (from, stated + 1), help));
        }
        // What is said in any other word is a fact of its own, with that word in its name.
        let word = line.word(stated);
        let is_word = word.len() > 3 && word.chars().all(char::is_alphabetic) && stated > verb;
        let known = line.stands(stated, HAPPENED);
        let other = || {
            let own = !matches!(subject, Subject::Named(..));
            (own && is_word).then_some((stated, stated + 1))
        };
        let (_, happened) = known.or_else(other)?;
        let counted = how_often_at(line, happened)
            .filter(|(to, _)| ["times", "time", "fois"].contains(&line.word(*to)))
            .map(|(to, often)| (to + 1, often));
        // What is said behind a number says more than the number alone.
        let behind = counted.and_then(|(to, often)| {
            let Often::Bare(count) = often else { return None };
            let more = ["or more", "ou plus", "ou davantage", "at least", "au moins", "au minimum"];
            let less = ["or fewer", "or less", "ou moins", "at most", "au plus", "au maximum"];
            let under = || Some(Often::Under(count.checked_add(1)?));
            let more = line.stands(to, &more).map(|(_, to)| (to, Often::AtLeast(count)));
            more.or_else(|| Some((line.stands(to, &less)?.1, under()?)))
        });
        let (to, often) = match behind.or(counted) {
            Some((to, often)) => (to, Some(often)),
            None => (happened, None),
        };
        if !CLOSES.contains(&line.word(to)) {
            return None;
        }
        let often = match (often, denied.is_some()) {
            (often, false) => often.unwrap_or(Often::AtLeast(1)),
            (None, true) => Often::Under(1),
            (Some(Often::AtLeast(count) | Often::Bare(count)), true) => Often::Under(count),
            (Some(Often::Under(count)), true) => Often::AtLeast(count),
            (Some(Often::Exactly(_)), true) => return None,
        };
        let alone = ["if", "si"].contains(&line.before(from)) && to == line.len();
        let put = |right: String| {
            let again = ["not", "non"].contains(&line.before(from)) && right.starts_with(not);
            if again { format!("({right})") } else { right }
        };
        match subject {
            Subject::Named(kind, name) => {
                let canonical = KINDS.iter().any(|(of, words)| {
                    *of == kind && verb == stated && words.contains(&line.word(stated))
                });
                let least = line.stands(happened, &["at least #", "au moins #"]).is_some();
                if canonical && (to == happened || least) {
                    return None;
                }
                let right = put(self.so_often((kind, &name), often, alone));
                if let Often::Bare(count) = often {
                    let exact = put(self.so_often((kind, &name), Often::Exactly(count), alone));
                    let help = say!(
                        self.lang,
                        "write what happens, and how often: `{right}` for that often or more, `{exact}` for no more than that",
                        "écrivez ce qui arrive, et combien de fois : `{right}` pour autant ou davantage, `{exact}` pour pas davantage"
                    );
                    return Some(self.unsaid(line, (from, to), help));
                }
                Some(self.written(line, (from, to), &right))
            }
            Subject::Own(_) | Subject::Case => {
                let name = match subject {
                    Subject::Own(name) => name,
                    Subject::Named(..) | Subject::Case => self.words(line, (at, at + 1)),
                };
                if known.is_some()
                    && denied.is_none()
                    && matches!(often, Often::AtLeast(1))
                    && at == from
                {
                    return None;
                }
                let name = match known {
                    Some(_) => name,
                    None => format!("{name} {}", self.words(line, (stated, happened))),
                };
                if let Some(action) = self.declared_as(line, &name) {
                    let right = put(self.so_often(("action", &action), often, alone));
                    let help = say!(self.lang, "write `{right}`", "écrivez `{right}`");
                    return Some(self.unsaid(line, (from, to), help));
                }
                let right = put(self.so_often(("event", &name), often, alone));
                let help = say!(
                    self.lang,
                    "a fact of your own is an event with a name: write `{right}`, and record it among the events of the case",
                    "un fait à vous est un événement avec un nom : écrivez `{right}`, à enregistrer parmi les événements du dossier"
                );
                Some(self.unsaid(line, (from, to), help))
            }
        }
    }

    fn subject_at(&self, line: &Spoken<'_>, at: usize) -> Option<(Subject, usize)> {
        let bare =
            |name: String| name.trim_matches(['"', '«', '»', '“', '”', ' ', '\u{a0}']).to_owned();
        let word = line.word(at);
        if let Some((kind, _)) = KINDS.iter().find(|(kind, _)| *kind == word) {
            let name =
                line.word(at + 1).starts_with('"').then(|| self.words(line, (at + 1, at + 2)));
            return Some((Subject::Named(kind, bare(name?)), at + 2));
        }
        if word.starts_with('"') {
            return Some((Subject::Own(bare(self.words(line, (at, at + 1)))), at + 1));
        }
        if OF_THE_CASE.contains(&word) {
            return Some((Subject::Case, at + 1));
        }
        let is_noun = word.len() > 3 && word.chars().all(char::is_alphabetic);
        let known = super::vocabulary::of(word).is_some() || super::vocabulary::is_shared(word);
        let taken = HAPPENED.contains(&word) || NO_NAMES.contains(&word) || known;
        let name = (is_noun && !taken).then(|| self.words(line, (at, at + 1)))?;
        Some((Subject::Own(name), at + 1))
    }

    /// The action that the schedule declares by this name, of one or of several, in its own letters.
    pub(super) fn declared_as(&self, line: &Spoken<'_>, name: &str) -> Option<String> {
        let folded = |name: &str| {
            let name = crate::diagnostic::fold_for_likeness(name);
            name.trim_end_matches('s').to_owned()
        };
        let wanted = folded(name);
        let names = self.actions_declared(line.start());
        names.into_iter().find(|known| folded(known) == wanted)
    }
}
