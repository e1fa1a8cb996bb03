//! What administrators say of when a case is left, and of the time that has passed by then or is left to its start: a notice, a
//! withdrawal within days. In: a line that is not understood. Out: its error with the sentence that works; an edit where one says
//! what was written.

use super::comparisons::COMPARISONS;
use super::parse::Parser;
use super::spoken::{Found, Spoken, is_number};
use super::spoken_conditions::{FROM_SIGNATURE, FROM_START};
use super::spoken_figures::hours_written;
use super::spoken_limits::UNITS;
use super::spoken_timings::BEFORE_START;
use crate::diagnostic::Diagnostic;
use crate::lang::say;

/// What says that a case is left before its end, as a moment or as a condition.
pub(super) const LEFT: &[&str] = &[
    "on abandonment",
    "on withdrawal",
    "on cancellation",
    "on termination",
    "in case of abandonment",
    "in case of withdrawal",
    "in case of cancellation",
    "in case of termination",
    "in the event of cancellation",
    "in the event of withdrawal",
    "if abandoned",
    "if cancelled",
    "if canceled",
    "if withdrawn",
    "if terminated",
    "if the client cancels",
    "if the customer cancels",
    "if the trainee withdraws",
    "a l ' abandon",
    "a l ' annulation",
    "a la resiliation",
    "au desistement",
    "en cas d ' abandon",
    "en cas d ' annulation",
    "en cas de resiliation",
    "en cas de desistement",
    "en cas de retractation",
    "en cas de rupture",
    "si abandonne",
    "si abandon",
    "si annule",
    "si annulee",
    "si annulation",
    "si resilie",
    "si resiliee",
    "si resiliation",
    "si desistement",
    "si retractation",
    "si le client annule",
    "si le stagiaire abandonne",
];
/// The same in one word.
const IS_LEFT: &[&str] = &[
    "abandoned",
    "cancelled",
    "canceled",
    "withdrawn",
    "abandonne",
    "abandonnee",
    "annule",
    "annulee",
    "annulation",
    "cancellation",
];
/// What stands before a time that has passed by then, and how it compares; longer ones first.
const PASSED: &[(&str, &str)] = &[
    ("with less than", "<"),
    ("with fewer than", "<"),
    ("within less than", "<"),
    ("within the first", "<"),
    ("in the first", "<"),
    ("within the", "<"),
    ("within", "<"),
    ("less than", "<"),
    ("fewer than", "<"),
    ("no more than", "<="),
    ("more than", ">"),
    ("under", "<"),
    ("before", "<"),
    ("after", ">="),
    ("over", ">"),
    ("a plus de", ">"),
    ("dans un delai de", "<"),
    ("dans le delai de", "<"),
    ("dans les", "<"),
    ("a moins de", "<"),
    ("moins de", "<"),
    ("plus de", ">"),
    ("sous", "<"),
    ("avant", "<"),
    ("apres", ">="),
    ("au bout de", ">="),
    ("au - dela de", ">"),
    ("au dela de", ">"),
    ("a partir de", ">="),
];
/// What asks whether a time is shorter or longer than so many days, and the sign of it.
const SO_FAR: &[(&[&str], &str)] = &[
    (&["no more than", "not more than", "at most", "au plus"], "<="),
    (&["no less than", "not less than", "at least", "au moins"], ">="),
    (&["less than", "fewer than", "under", "a moins de", "moins de"], "<"),
    (&["more than", "over", "a plus de", "plus de"], ">"),
];
/// What does so behind words that count back already, and counts on behind others.
const OF_START: &[&str] = &["du demarrage prevu", "du demarrage", "du debut"];
/// What asks for the time of a notice, behind its name.
const NOTICED: &[&str] =
    &["is", "est", "given", "period", "de", "d", "'", "of", "a", "strictement", "donne", "recu"];

/// What counts a time back from a day, or either way.
const BACK_FROM: &[&str] =
    &["before", "prior to", "ahead of", "of", "avant", "de l '", "de la", "du", "de"];
/// What is a moment of the case itself, or its name.
const OF_A_CASE: &[&str] = &[
    "start",
    "signature",
    "end",
    "abandonment",
    "planned",
    "demarrage",
    "debut",
    "fin",
    "abandon",
    "action",
    "event",
    "livrable",
    "deliverable",
];
/// What is a day to come, whichever way is said.
const DAYS_TO_COME: &[&str] = &[
    "event",
    "wedding",
    "party",
    "ceremony",
    "concert",
    "show",
    "stay",
    "shoot",
    "evenement",
    "mariage",
    "fete",
    "ceremonie",
    "spectacle",
    "sejour",
    "prestation",
];

impl Parser<'_> {
    /// `à moins de 7 jours du démarrage`, `if cancelled less than 7 days before start`.
    pub(super) fn time_before_the_start(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let so_far = |from: usize| {
            SO_FAR.iter().find_map(|(words, sign)| {
                let (_, number) = line.stands(from, words)?;
                let (length, end) = self.time_at(line, number)?;
                let start = to_the_start(line, end);
                // Behind a moment, the whole of it is told.
                let asks = ["if", "si"].contains(&line.before(from));
                let other = || self.to_another_day(line, end).filter(|_| asks);
                Some((from, start.or_else(other)?, length, *sign, start.is_none()))
            })
        };
        let (start, to, length, sign, another) = (4..line.len()).find_map(so_far)?;
        let left = IS_LEFT.contains(&line.before(start));
        // On another moment, that it was left is asked for, too.
        let moments = ["abandonment", "abandon"];
        if left && !(0..start).any(|place| moments.contains(&line.word(place))) {
            return None;
        }
        let from = start - usize::from(left);
        let asks = ["if", "si"].contains(&line.before(from));
        let from = from - usize::from(asks);
        let right = self.file_lang.pick(
            format!("if notice {sign} {length}"),
            format!("si délai avant le démarrage {sign} {length}"),
        );
        let also = self.also_after(&right, sign);
        let other = if another { self.another_day() } else { String::new() };
        let help = say!(
            self.lang,
            "the time left to the planned start is a condition: `{right}`{also}{other}",
            "le temps qui reste avant le démarrage prévu est une condition : `{right}`{also}{other}"
        );
        Some(self.unsaid(line, (from, to), help))
    }

    /// `36h avant le début`: no line counts hours to a day.
    pub(super) fn part_of_a_day(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let ahead = |at: usize| {
            let (hours, end) = hours_written(line, at).filter(|(hours, _)| hours % 24 != 0)?;
            let to = to_the_start(line, end).or_else(|| self.to_another_day(line, end))?;
            Some((hours / 24, (at, to)))
        };
        let (days, found) = (4..line.len()).find_map(ahead)?;
        let [less, more] = [days, days + 1].map(|days| self.days_written(days));
        let which = match days {
            0 => say!(self.lang, "`{more}` is the least", "`{more}` est le moins"),
            _ => say!(
                self.lang,
                "decide whether it is `{less}` or `{more}`",
                "décidez si c'est `{less}` ou `{more}`"
            ),
        };
        let help = say!(
            self.lang,
            "the time to a day is counted in days, not in hours: {which}",
            "le temps jusqu'à un jour se compte en jours, pas en heures : {which}"
        );
        Some(self.unsaid(line, found, help))
    }

    /// A time of days or longer at a place, and the place behind it; hours that are whole days are these.
    fn time_at(&self, line: &Spoken<'_>, at: usize) -> Option<(String, usize)> {
        self.hours_at(line, at).or_else(|| self.length_at(line, at))
    }

    /// That less time than so much is left after the start, too, and what holds before it alone.
    fn also_after(&self, right: &str, sign: &str) -> String {
        if !sign.starts_with('<') {
            return String::new();
        }
        let before = self.file_lang.pick("and not started", "et non démarré");
        say!(
            self.lang,
            ", which holds after the start, too; before it alone, `{right} {before}`",
            ", vraie aussi après le démarrage ; avant lui seulement, `{right} {before}`"
        )
    }

    /// That no condition counts to a day which the schedule does not know.
    fn another_day(&self) -> String {
        say!(
            self.lang,
            "; the time to another day is for you to judge, and an event of the case says it",
            " ; le temps jusqu'à un autre jour est à vous de le juger, et un événement du dossier le dit"
        )
    }

    /// `si délai < 7 jours`: from when to when.
    pub(super) fn named_notice(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let asks = |place: &usize| {
            let asked = ["if", "si", "and", "et", "or", "ou", "not", "non", "("];
            asked.contains(&line.before(*place))
        };
        let named = |place: usize| {
            let (_, to) = line.stands(place, &["delai", "le delai"])?;
            Some((place, to))
        };
        let (from, to) = (4..line.len()).filter(asks).find_map(named)?;
        let signed = ["<", ">", "<=", ">="].contains(&line.word(to));
        let number = (to..line.len()).find(|place| is_number(line.word(*place)))?;
        if !signed || number > to + 2 || !UNITS.contains(&line.word(number + 1)) {
            return None;
        }
        let rest = self.words(line, (to, number + 2));
        let [left, gone] =
            [("notice", "délai avant le démarrage"), ("since signature", "depuis la signature")]
                .map(|(english, french)| {
                    format!("{} {rest}", self.file_lang.pick(english, french))
                });
        let help = say!(
            self.lang,
            "say between which days: `{left}` is the time left to the planned start, `{gone}` what has passed since the signature",
            "dites entre quels jours : `{left}` est le temps qui reste avant le démarrage prévu, `{gone}` celui passé depuis la signature"
        );
        Some(self.unsaid(line, (from, number + 2), help))
    }

    /// `si préavis inférieur à 15 jours`, `if notice given less than 15 days before start`.
    pub(super) fn notice_of(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let (from, to) = line.find(&["le preavis", "un preavis", "preavis", "notice"])?;
        let mut place = to;
        while NOTICED.contains(&line.word(place)) {
            place += 1;
        }
        // `notice < 15 days`, `notice is less than 15 days` are understood, or told already.
        let english = line.word(from) == "notice";
        if english && !["given", "period", "of"].contains(&line.word(to)) {
            return None;
        }
        let equal = line.word(place + 1) == "=";
        let (sign, number) = match line.word(place) {
            "<" if equal => ("<=", place + 2),
            ">" if equal => (">=", place + 2),
            "<" => ("<", place + 1),
            ">" => (">", place + 1),
            _ => compared(line, place).unwrap_or(("<", place)),
        };
        let (length, end) = self.length_at(line, number)?;
        let own = self.file_lang.pick("notice", "délai avant le démarrage");
        let right = format!("{own} {sign} {length}");
        let stated = to_the_start(line, end);
        let found = (from, stated.unwrap_or(end));
        let compares = number > place;
        if compares && (english || stated.is_some()) {
            return Some(self.written(line, found, &right));
        }
        let event = self
            .file_lang
            .pick("event \"Short notice\" happened", "événement \"Préavis court\" survenu");
        if !compares {
            // Nothing says whether it was kept.
            let help = self.notice_kept(&length);
            return Some(self.unsaid(line, found, help));
        }
        let help = say!(
            self.lang,
            "the time left to the planned start is `{right}`; a notice that runs to another day is for you to judge: record an event, and write `{event}`",
            "le temps qui reste avant le démarrage prévu se dit `{right}` ; un préavis qui court jusqu'à un autre jour est à vous de le juger : enregistrez un événement, et écrivez `{event}`"
        );
        Some(self.unsaid(line, found, help))
    }

    /// `notice period 2 months`, `préavis : 2 mois`: how long a notice is, and nothing that is billed.
    pub(super) fn notice_alone(&self, line: &Spoken<'_>) -> Option<String> {
        match (self.times_in(line).as_slice(), self.amount_in(line)) {
            ([(_, length)], None) => Some(self.notice_kept(length)),
            _ => None,
        }
    }

    /// The time left to the planned start, and that a notice to another day is to be judged.
    fn notice_kept(&self, length: &str) -> String {
        let own = self.file_lang.pick("notice", "délai avant le démarrage");
        let event = self
            .file_lang
            .pick("event \"Short notice\" happened", "événement \"Préavis court\" survenu");
        let (kept, short) = (format!("{own} >= {length}"), format!("{own} < {length}"));
        say!(
            self.lang,
            "the time left to the planned start is `{kept}` where the notice was kept, `{short}` where it was not; a notice that runs to another day is for you to judge: record an event, and write `{event}`",
            "le temps qui reste avant le démarrage prévu se dit `{kept}` si le préavis a été tenu, `{short}` s'il ne l'a pas été ; un préavis qui court jusqu'à un autre jour est à vous de le juger : enregistrez un événement, et écrivez `{event}`"
        )
    }

    /// `en cas d'abandon avant 3 mois`, `300 EUR if cancelled within 14 days`.
    pub(super) fn left_in_time(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let (from, left) = line.find(LEFT).filter(|(from, _)| *from > 3)?;
        let left = left + usize::from(line.word(left) == ",");
        // `on abandonment if cancelled …` says it twice.
        let left = line.stands(left, LEFT).map_or(left, |(_, end)| end);
        if let Some(found) = self.between_times(line, (from, left)) {
            return Some(found);
        }
        let (sign, number) = passed(line, left)?;
        let (length, end) = self.time_at(line, number)?;
        let abandoned = self.file_lang.pick("on abandonment if", "à l'abandon si");
        let test = |measured: (&str, &str)| {
            format!("{abandoned} {} {sign} {length}", self.file_lang.pick(measured.0, measured.1))
        };
        let signed = test(("since signature", "depuis la signature"));
        let started = test(("duration", "durée"));
        let ahead = test(("notice", "délai avant le démarrage"));
        let also = self.also_after(&ahead, sign);
        let counts = |words| line.stands(end, words).map(|(_, end)| end);
        // `à moins de 15 jours du démarrage` is before it, `dans les 15 jours du démarrage` behind it.
        let ahead_of = line.word(left) == "a";
        let of_start = counts(FROM_START).filter(|_| !ahead_of);
        let own = ["on abandonment", "a l ' abandon"];
        if line.stands(from, &own).is_some()
            && (of_start.is_some() || counts(FROM_SIGNATURE).is_some())
        {
            return None;
        }
        let (right, also, end) = if let Some(end) =
            to_the_start(line, end).filter(|_| of_start.is_none())
        {
            (ahead, also, end)
        } else if let Some(end) = counts(FROM_SIGNATURE) {
            (signed, String::new(), end)
        } else if let Some(end) = of_start {
            (started, String::new(), end)
        } else {
            if ahead_of || line.word(end) == "notice" {
                let to = end + usize::from(line.word(end) == "notice");
                let help = say!(
                    self.lang,
                    "the line waits for the abandonment, and the time left to the planned start is a condition: `{ahead}`{also}",
                    "la ligne attend l'abandon, et le temps qui reste avant le démarrage prévu est une condition : `{ahead}`{also}"
                );
                return Some(self.unsaid(line, (from, to), help));
            }
            // What else is counted from is no time of the case, and a working day none of the calendar.
            if ["ouvres", "ouvrables", "ouvre", "working"].contains(&line.word(end)) {
                return None;
            }
            let closed = ["", ",", "and", "et"].contains(&line.word(end + 1));
            // `dans les 30 jours avant le mariage`, `within 30 days of the event`: back from a day that is no word of the language.
            let to = self.to_another_day(line, end);
            let back = ["before", "avant", "ahead", "beforehand"].contains(&line.word(end));
            if let Some(to) = to.or((closed && back).then_some(end + 1)) {
                let other = self.another_day();
                let help = say!(
                    self.lang,
                    "the line waits for the abandonment, and the time left to the planned start is a condition: `{ahead}`{also}{other}",
                    "la ligne attend l'abandon, et le temps qui reste avant le démarrage prévu est une condition : `{ahead}`{also}{other}"
                );
                return Some(self.unsaid(line, (from, to), help));
            }
            if ["before", "after", "of", "avant", "apres", "de", "du"].contains(&line.word(end)) {
                return None;
            }
            let help = say!(
                self.lang,
                "how much time has passed by then is a condition: `{signed}` from the signature, `{started}` from the start",
                "le temps passé jusque-là est une condition : `{signed}` depuis la signature, `{started}` depuis le démarrage"
            );
            return Some(self.unsaid(line, (from, end), help));
        };
        let help = say!(
            self.lang,
            "the line waits for the abandonment, and the time is a condition: `{right}`{also}",
            "la ligne attend l'abandon, et le temps est une condition : `{right}`{also}"
        );
        Some(self.unsaid(line, (from, end), help))
    }

    /// Where words end at a place that count a time back from a day that is to come.
    fn to_another_day(&self, line: &Spoken<'_>, place: usize) -> Option<usize> {
        let (_, day) = line.stands(place, BACK_FROM)?;
        let article = ["the", "le", "la", "l", "'"];
        let noun = (day..line.len()).find(|at| !article.contains(&line.word(*at)))?;
        let before = ["before", "prior", "avant", "ahead"].contains(&line.word(place));
        let noun_of = line.word(noun);
        let own = DAYS_TO_COME.contains(&noun_of) || before && !OF_A_CASE.contains(&noun_of);
        (own && noun_of.starts_with(char::is_alphabetic)).then_some(noun + 1)
    }

    /// `en cas d'abandon de 3 à 6 mois`, `on abandonment between 3 and 6 months`: both bounds are kept.
    fn between_times(&self, line: &Spoken<'_>, (from, left): (usize, usize)) -> Option<Diagnostic> {
        let begins = ["de", "entre", "from", "between"].contains(&line.word(left));
        let (lower, upper, end) = begins.then(|| self.window_at(line, left + 1)).flatten()?;
        // A time that is left is none that has passed.
        let to_start = to_the_start(line, end);
        if to_start.is_some() || ["before", "prior", "avant", "precedant"].contains(&line.word(end))
        {
            let right = self.file_lang.pick(
                format!("on abandonment if notice from {lower} to under {upper}"),
                format!("à l'abandon si délai avant le démarrage de {lower} à moins de {upper}"),
            );
            let help = say!(
                self.lang,
                "the time left to the planned start is a condition, without its last day: `{right}`",
                "le temps qui reste avant le démarrage prévu est une condition, sans son dernier jour : `{right}`"
            );
            return Some(self.unsaid(line, (from, to_start.unwrap_or(end)), help));
        }
        if ["after", "of", "apres", "de", "du"].contains(&line.word(end)) {
            return None;
        }
        let right = self.file_lang.pick(
            format!("on abandonment if duration from {lower} to under {upper}"),
            format!("à l'abandon si durée de {lower} à moins de {upper}"),
        );
        let help = say!(
            self.lang,
            "how long the case has run by then is a condition, without its last day: `{right}`",
            "depuis combien de temps le dossier court alors est une condition, sans son dernier jour : `{right}`"
        );
        Some(self.unsaid(line, (from, end), help))
    }
}

/// Where words end that count a time back from the planned start, at a place.
pub(super) fn to_the_start(line: &Spoken<'_>, place: usize) -> Option<usize> {
    let counted = line.stands(place, BEFORE_START).or_else(|| line.stands(place, OF_START));
    counted.map(|(_, end)| end)
}

/// How a time compares that has passed, at a place, and the place of its number.
fn passed(line: &Spoken<'_>, place: usize) -> Option<(&'static str, usize)> {
    PASSED.iter().find_map(|(words, sign)| {
        let (_, number) = line.stands(place, &[words])?;
        is_number(line.word(number)).then_some((*sign, number))
    })
}

/// A comparison in words at a place, its sign, and the place behind it.
fn compared(line: &Spoken<'_>, place: usize) -> Option<(&'static str, usize)> {
    COMPARISONS.iter().find_map(|(words, sign)| {
        let (_, number): Found = line.stands(place, &[words])?;
        Some((*sign, number))
    })
}
