//! What administrators ask of a case: how often something has happened, and when it was left. In: a line that is not
//! understood. Out: its error with the condition that works; an edit where it says what was written.

use super::parse::Parser;
use super::spoken::{Found, Spoken, is_number};
use super::spoken_limits::UNITS;
use crate::diagnostic::Diagnostic;
use crate::lang::say;

/// Words that count a time from the signature, behind it.
pub(super) const FROM_SIGNATURE: &[&str] = &[
    "following signature",
    "following the signature",
    "following signing",
    "from the signature",
    "qui suivent la signature",
    "apres signature",
    "of signature",
    "of the signature",
    "of signing",
    "after signature",
    "after the signature",
    "after signing",
    "from signature",
    "de la signature",
    "apres la signature",
    "suivant la signature",
    "a compter de la signature",
];
/// Words that count a time from the start, behind it.
pub(super) const FROM_START: &[&str] = &[
    "following the start",
    "following start",
    "qui suivent le demarrage",
    "of start",
    "of the start",
    "after start",
    "after the start",
    "from the start",
    "du demarrage",
    "apres le demarrage",
    "suivant le demarrage",
    "a compter du demarrage",
];
/// Words that count a time from anything.
const COUNTS_FROM: &[&str] = &[
    "of", "after", "from", "before", "since", "de", "du", "apres", "suivant", "avant", "depuis",
    "a",
];

/// How many times something has happened.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Often {
    /// So often, or more.
    AtLeast(u32),
    /// Less often.
    Under(u32),
    Exactly(u32),
    /// A bare number: that, or more.
    Bare(u32),
}

/// What a number comes to.
type Counted = fn(u32) -> Option<Often>;
/// What says how often, before a number.
const HOW_OFTEN: &[(&[&str], Counted)] = &[
    (&["more than #", "over #", "plus de #"], |n| n.checked_add(1).map(Often::AtLeast)),
    (&["at least #", "au moins #"], |n| Some(Often::AtLeast(n))),
    (&["fewer than #", "less than #", "moins de #"], |n| Some(Often::Under(n))),
    (&["at most #", "no more than #", "au plus #"], |n| n.checked_add(1).map(Often::Under)),
    (&["exactly #", "exactement #"], |n| Some(Often::Exactly(n))),
    (&["the #", "les #", "#"], |n| Some(Often::Bare(n))),
];
/// Not once.
const NEVER: &[&str] = &["no", "none of the", "aucune", "aucun", "pas de", "pas d '", "zero"];
/// What says that it has happened, behind its name.
pub(super) const TOOK_PLACE: &[&str] = &[
    "have been held",
    "have been done",
    "have taken place",
    "has been held",
    "has been done",
    "has taken place",
    "took place",
    "were held",
    "were done",
    "was held",
    "was done",
    "are held",
    "are completed",
    "have been completed",
    "are done",
    "is done",
    "done",
    "held",
    "attended",
    "completed",
    "n ' ont eu lieu",
    "n ' a eu lieu",
    "ont eu lieu",
    "a eu lieu",
    "ont ete realisees",
    "ont ete faites",
    "ont ete suivies",
    "a ete realisee",
    "a ete faite",
    "a ete suivie",
    "n ' a ete realisee",
    "n ' a ete faite",
    "n ' a ete suivie",
    "sont realisees",
    "sont effectuees",
    "ont ete effectuees",
    "ont ete dispensees",
    "sont passees",
    "auront ete realisees",
    "sont faites",
    "est faite",
    "n ' est faite",
    "faites",
    "faite",
    "realisees",
    "realisee",
    "effectuees",
    "effectuee",
    "suivies",
    "suivie",
    "tenues",
];
/// What makes more, or less, of the number before it.
const OR_SO: &[&str] = &["or more", "or fewer", "or less", "ou plus", "ou davantage", "ou moins"];
/// What closes a condition.
pub(super) const CLOSES: &[&str] = &["", ",", ")", "and", "or", "et", "ou"];
/// What stands for no name of an action.
const NO_NOUNS: &[&str] =
    &["hours", "hour", "heures", "heure", "minutes", "times", "fois", "percent", "euros"];

const SUSPENDED: &[&str] =
    &["suspended", "suspension", "suspendu", "suspendue", "suspendus", "suspendues"];

impl Parser<'_> {
    /// `if not suspended`, `sauf si suspendu`: no condition asks it.
    pub(super) fn while_suspended(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let asked = |place: usize| {
            ["if", "si", "unless", "sauf", "hors", "except"].contains(&line.word(place))
        };
        let from = (1..line.len()).find(|place| asked(*place))?;
        let is_said = |place: &usize| SUSPENDED.contains(&line.word(*place));
        let at = (from + 1..line.len()).find(is_said)?;
        let help = say!(
            self.lang,
            "no condition asks whether a case is suspended: with `may be suspended`, what counts from the start waits by itself (`price each month from start`), and `price each month end, pro rata` leaves the suspended days out",
            "aucune condition ne demande si un dossier est suspendu : avec `suspension possible`, ce qui court depuis le démarrage attend de lui-même (`le tarif chaque mois à compter du démarrage`), et `le tarif à chaque fin de mois, au prorata` ne compte pas les jours suspendus"
        );
        Some(self.unsaid(line, (from, at + 1), help))
    }

    /// `si plus de 3 séances`, `si trois séances ont eu lieu`, `si aucune séance`, `if exactly 3 sessions`.
    pub(super) fn how_often(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        if let Some(found) = self.exactly_so_often(line) {
            return Some(found);
        }
        let guard = (0..line.len()).find(|place| ["if", "si"].contains(&line.word(*place)))?;
        let from = guard + 1;
        let abandoned =
            ["abandoned after", "abandonment after", "abandonne apres", "abandon apres"];
        let (left, counted) = match line.stands(from, &abandoned) {
            Some((_, to)) => (true, to),
            None => (false, from),
        };
        let (to, often) = how_often_at(line, counted)?;
        let noun = line.word(to);
        let is_noun = noun.len() > 2 && noun.chars().all(char::is_alphabetic);
        if !is_noun || UNITS.contains(&noun) || NO_NOUNS.contains(&noun) {
            return None;
        }
        let name = self.action_near(line, noun)?;
        let end = line.stands(to + 1, TOOK_PLACE).map_or(to + 1, |(_, end)| end);
        // `3 sessions or fewer` bounds them from above.
        let fewer = ["or fewer", "or less", "at most", "ou moins", "au plus", "au maximum"];
        let (end, often) = match (often, line.stands(end, &fewer)) {
            (Often::Bare(count), Some((_, end))) => (end, Often::Under(count.checked_add(1)?)),
            _ => (end, often),
        };
        let closed = CLOSES.contains(&line.word(end));
        let alone = counted == from && end == line.len();
        let right = self.so_often(("action", &name), often, alone);
        // What is left over, or may be meant so or so, is decided by whoever wrote it.
        if !closed || left || matches!(often, Often::Bare(_)) {
            let help = match often {
                Often::Bare(count) => {
                    let exact = self.so_often(("action", &name), Often::Exactly(count), true);
                    say!(
                        self.lang,
                        "write what happens, and how often: `{right}` for that often or more, `{exact}` for exactly that often",
                        "écrivez ce qui arrive, et combien de fois : `{right}` pour autant ou davantage, `{exact}` pour exactement autant"
                    )
                }
                Often::AtLeast(_) | Often::Under(_) | Often::Exactly(_) => say!(
                    self.lang,
                    "write what happens, and how often: `{right}`",
                    "écrivez ce qui arrive, et combien de fois : `{right}`"
                ),
            };
            return Some(self.unsaid(line, (from, end), help));
        }
        Some(self.written(line, (from, end), &right))
    }

    /// `action "Séance" faite exactement 3 fois`, `done more than 3 times`.
    fn exactly_so_often(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let subject = |place: usize| {
            let kinds = [
                ("action", &["done", "faite"]),
                ("event", &["happened", "survenu"]),
                ("evenement", &["happened", "survenu"]),
                ("deliverable", &["received", "remis"]),
                ("livrable", &["received", "remis"]),
            ];
            let (kind, words) = kinds.iter().find(|(kind, _)| *kind == line.word(place))?;
            words.contains(&line.word(place + 2)).then_some((*kind, place))
        };
        let (from, to, often) = (0..line.len()).filter_map(subject).find_map(|(_, place)| {
            let (to, often) = how_often_at(line, place + 3)?;
            ["times", "time", "fois"].contains(&line.word(to)).then_some((place, to + 1, often))
        })?;
        let kind = line.word(from);
        if matches!(often, Often::AtLeast(count) if line.stands(from + 3, &["at least", "au moins"]).is_some() && count > 0)
            || !CLOSES.contains(&line.word(to))
            || line.stands(to, OR_SO).is_some()
        {
            return None;
        }
        let name = self.words(line, (from + 1, from + 2));
        let name = name.trim_matches(['"', '«', '»', '“', '”', ' ', '\u{a0}']).to_owned();
        let asks = (0..from).find(|place| ["if", "si"].contains(&line.word(*place)));
        let Some(asks) = asks else {
            // What the line waits for comes first; how often it has come by then is a condition.
            let often = self.so_often((kind, &name), often, to == line.len());
            let right = format!("{} {often}", self.file_lang.pick("if", "si"));
            return Some(self.written(line, (from + 2, to), &right));
        };
        let right = self.so_often((kind, &name), often, asks + 1 == from && to == line.len());
        Some(self.written(line, (from, to), &right))
    }

    /// The condition that something has happened so often; in parentheses where it does not stand alone.
    pub(super) fn so_often(&self, (kind, name): (&str, &str), often: Often, alone: bool) -> String {
        let (subject, happened) = match kind {
            "event" | "evenement" => {
                self.file_lang.pick(("event", "happened"), ("événement", "survenu"))
            }
            "deliverable" | "livrable" => {
                self.file_lang.pick(("deliverable", "received"), ("livrable", "remis"))
            }
            _ => self.file_lang.pick(("action", "done"), ("action", "faite")),
        };
        let not = self.file_lang.pick("not ", "non ");
        let at_least = |count: u32| {
            let test = format!("{subject} \"{name}\" {happened}");
            let (at_least, times) =
                self.file_lang.pick(("at least", "times"), ("au moins", "fois"));
            if count == 1 { test } else { format!("{test} {at_least} {count} {times}") }
        };
        match often {
            Often::AtLeast(count) | Often::Bare(count) => at_least(count.max(1)),
            Often::Under(count) => format!("{not}{}", at_least(count.max(1))),
            Often::Exactly(0) => format!("{not}{}", at_least(1)),
            Often::Exactly(count) => {
                let and = self.file_lang.pick("and", "et");
                let both =
                    format!("{} {and} {not}{}", at_least(count), at_least(count.saturating_add(1)));
                if alone { both } else { format!("({both})") }
            }
        }
    }

    /// `si abandon après 4 mois`.
    pub(super) fn abandoned_after(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let guard = (0..line.len()).find(|place| ["if", "si"].contains(&line.word(*place)))?;
        let later =
            ["abandoned after #", "abandonment after #", "abandonne apres #", "abandon apres #"];
        let past = [
            "abandoned after more than #",
            "abandonment after more than #",
            "abandonne apres plus de #",
            "abandon apres plus de #",
        ];
        let sooner = [
            "abandoned before #",
            "abandoned within #",
            "abandonment before #",
            "abandonment within #",
            "abandonne avant #",
            "abandon avant #",
            "abandon dans les #",
            "abandoned after less than #",
            "abandonment after less than #",
            "abandonne apres moins de #",
            "abandon apres moins de #",
        ];
        let signs: [(&[&str], &str); 3] = [(&later, ">="), (&past, ">"), (&sooner, "<")];
        let stands =
            |(words, sign): &(&[&str], &'static str)| Some((line.stands(guard + 1, words)?, *sign));
        let ((from, to), sign) = signs.iter().find_map(stands)?;
        if !UNITS.contains(&line.word(to)) {
            return None;
        }
        let length = self.words(line, (to - 1, to + 1));
        // What it counts from stands behind it, or nowhere.
        let counted = |phrases| line.stands(to + 1, phrases).map(|(_, end)| end);
        if let Some(end) = counted(FROM_SIGNATURE) {
            let since = self.file_lang.pick("since signature", "depuis la signature");
            let right = format!("{since} {sign} {length}");
            let help = say!(
                self.lang,
                "the line waits for the abandonment; how long ago the case was signed by then is a condition: `{right}`",
                "c'est la ligne qui attend l'abandon ; depuis combien de temps le dossier est signé alors est une condition : `{right}`"
            );
            return Some(self.unsaid(line, (from, end), help));
        }
        let end = counted(FROM_START).unwrap_or(to + 1);
        if COUNTS_FROM.contains(&line.word(end)) {
            return None;
        }
        let right = format!("{} {sign} {length}", self.file_lang.pick("duration", "durée"));
        let help = say!(
            self.lang,
            "the line waits for the abandonment; how long the case has run by then is a condition: `{right}`, counted from the start",
            "c'est la ligne qui attend l'abandon ; depuis combien de temps le dossier court alors est une condition : `{right}`, comptée depuis le démarrage"
        );
        Some(self.unsaid(line, (from, end), help))
    }
}

/// How often, as it stands at a place, and the place behind it.
pub(super) fn how_often_at(line: &Spoken<'_>, place: usize) -> Option<(usize, Often)> {
    if let Some((_, to)) = line.stands(place, NEVER) {
        return Some((to, Often::Under(1)));
    }
    HOW_OFTEN.iter().find_map(|(words, often)| {
        let (_, to): Found = line.stands(place, words)?;
        let count: u32 = line.word(to - 1).parse().ok()?;
        // What is never wrong, or always, is not what was meant.
        let often = often(count).filter(|_| count > 0 && is_number(line.word(to - 1)))?;
        Some((to, often))
    })
}
