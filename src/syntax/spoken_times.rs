//! What administrators say of a time and leave open: by which day, in which month, within how many days, how soon a case is
//! left. In: a line that is not understood. Out: its error with the sentences that work; an edit where one says what was written.

use super::comparisons::COMPARISONS;
use super::mishaps::month_named;
use super::parse::Parser;
use super::spoken::{Found, LINES, Spoken, is_number};
use super::spoken_conditions::{FROM_SIGNATURE, FROM_START};
use super::spoken_limits::{COUNTED, UNITS};
use crate::diagnostic::Diagnostic;
use crate::lang::say;
use crate::model::written::{day_after, last_day};

/// What says that a case is left before its end, as a moment or as a condition.
const LEFT: &[&str] = &[
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
/// What counts a time down to the planned start.
const TO_START: &[&str] = &[
    "before the planned start",
    "before the start date",
    "before the start",
    "before start",
    "before the first session",
    "avant le demarrage prevu",
    "avant le demarrage",
    "avant le debut de la formation",
    "avant le debut de la prestation",
    "avant le debut",
    "avant la formation",
    "avant la date de debut",
    "du demarrage",
    "du debut",
    "precedant le demarrage",
    "precedant le debut",
];
/// What asks for the time of a notice, behind its name.
const NOTICED: &[&str] =
    &["is", "est", "given", "period", "de", "d", "'", "of", "a", "strictement", "donne", "recu"];
/// A last day, by which something is to be.
const BY: &[&str] = &[
    "at the latest on",
    "at the latest by",
    "at the latest",
    "no later than",
    "not later than",
    "on or before",
    "by",
    "au plus tard le",
    "au plus tard au",
    "au plus tard",
];
/// The longer words of a month as a whole, or of a part of it, with its day: nothing where that is its last.
const OF_MONTH: &[(&[&str], Option<&str>)] = &[
    (
        &[
            "at the end of",
            "on the end of",
            "by the end of",
            "the end of",
            "at end of",
            "on end of",
            "end of",
            "at end",
            "end",
            "a la fin du mois de",
            "a la fin du mois d '",
            "a la fin de",
            "a la fin d '",
            "en fin de",
            "a fin",
            "fin du mois de",
            "fin de",
            "fin d '",
            "fin",
        ],
        None,
    ),
    (
        &["in the middle of", "mid -", "mid", "a la mi -", "a mi -", "mi -", "au milieu de"],
        Some("15"),
    ),
    (
        &[
            "at the beginning of",
            "at the start of",
            "beginning of",
            "start of",
            "early",
            "au debut de",
            "debut de",
            "debut d '",
            "debut",
        ],
        Some("01"),
    ),
];
const BEFORE_START: &[&str] = &[
    "before start",
    "before the start",
    "before the event",
    "before the rental",
    "prior to start",
    "prior to the start",
    "ahead of the start",
    "avant demarrage",
    "avant le demarrage",
    "avant le debut de la location",
    "avant le debut de la formation",
    "avant le debut du stage",
    "avant le debut des travaux",
    "avant le debut",
    "avant la formation",
    "avant la location",
    "avant l ' evenement",
];
const EACH_MONTH: &[&str] = &[
    "chaque mois",
    "tous les mois",
    "par mois",
    "mensuels",
    "each month",
    "every month",
    "per month",
    "monthly",
    "a chaque fin de mois",
    "each month end",
];
const IN_MONTH: &[&str] = &[
    "in the month of",
    "during",
    "in",
    "au mois de",
    "au mois d '",
    "courant",
    "au cours de",
    "en",
];

impl Parser<'_> {
    /// What a line says of a time that leaves open which day it is.
    pub(super) fn spoken_time(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        if !line.begins(LINES) {
            return None;
        }
        self.notice_of(line)
            .or_else(|| self.left_in_time(line))
            .or_else(|| self.no_year(line))
            .or_else(|| self.month_of_year(line))
            .or_else(|| self.by_a_day(line))
            .or_else(|| self.before_the_start(line))
            .or_else(|| self.until_a_day(line))
    }

    /// `si préavis inférieur à 15 jours`, `if notice given less than 15 days before start`.
    fn notice_of(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
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
        let stated = line.stands(end, TO_START);
        let found = (from, stated.map_or(end, |(_, end)| end));
        let compares = number > place;
        if compares && (english || stated.is_some()) {
            return Some(self.written(line, found, &right));
        }
        let event = self
            .file_lang
            .pick("event \"Short notice\" happened", "événement \"Préavis court\" survenu");
        if !compares {
            // Nothing says whether it was kept.
            let (kept, short) = (format!("{own} >= {length}"), format!("{own} < {length}"));
            let help = say!(
                self.lang,
                "the time left to the planned start is `{kept}` where the notice was kept, `{short}` where it was not; a notice that runs to another day is for you to judge: record an event, and write `{event}`",
                "le temps qui reste avant le démarrage prévu se dit `{kept}` si le préavis a été tenu, `{short}` s'il ne l'a pas été ; un préavis qui court jusqu'à un autre jour est à vous de le juger : enregistrez un événement, et écrivez `{event}`"
            );
            return Some(self.unsaid(line, found, help));
        }
        let help = say!(
            self.lang,
            "the time left to the planned start is `{right}`; a notice that runs to another day is for you to judge: record an event, and write `{event}`",
            "le temps qui reste avant le démarrage prévu se dit `{right}` ; un préavis qui court jusqu'à un autre jour est à vous de le juger : enregistrez un événement, et écrivez `{event}`"
        );
        Some(self.unsaid(line, found, help))
    }

    /// `en cas d'abandon de 3 à 6 mois`, `on abandonment between 3 and 6 months`: both bounds are kept.
    fn between_times(&self, line: &Spoken<'_>, (from, left): (usize, usize)) -> Option<Diagnostic> {
        let begins = ["de", "entre", "from", "between"].contains(&line.word(left));
        let joins = ["a", "et", "to", "and"].contains(&line.word(left + 2));
        (begins && joins && is_number(line.word(left + 1))).then_some(())?;
        let (upper, end) = self.length_at(line, left + 3)?;
        let first = self.words(line, (left + 1, left + 2));
        let unit = self.words(line, (left + 4, left + 5));
        let right = self.file_lang.pick(
            format!("on abandonment if duration from {first} {unit} to under {upper}"),
            format!("à l'abandon si durée de {first} {unit} à moins de {upper}"),
        );
        let help = say!(
            self.lang,
            "how long the case has run by then is a condition, without its last day: `{right}`",
            "depuis combien de temps le dossier court alors est une condition, sans son dernier jour : `{right}`"
        );
        Some(self.unsaid(line, (from, end), help))
    }

    /// `en cas d'abandon avant 3 mois`, `300 EUR if cancelled within 14 days`.
    fn left_in_time(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let (from, left) = line.find(LEFT).filter(|(from, _)| *from > 3)?;
        let left = left + usize::from(line.word(left) == ",");
        if let Some(found) = self.between_times(line, (from, left)) {
            return Some(found);
        }
        let (sign, number) = passed(line, left)?;
        let (length, end) = self.length_at(line, number)?;
        let abandoned = self.file_lang.pick("on abandonment if", "à l'abandon si");
        let test = |measured: (&str, &str)| {
            format!("{abandoned} {} {sign} {length}", self.file_lang.pick(measured.0, measured.1))
        };
        let signed = test(("since signature", "depuis la signature"));
        let started = test(("duration", "durée"));
        let ahead = test(("notice", "délai avant le démarrage"));
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
        let (right, end) = if let Some(end) = counts(TO_START).filter(|_| of_start.is_none()) {
            (ahead, end)
        } else if let Some(end) = counts(FROM_SIGNATURE) {
            (signed, end)
        } else if let Some(end) = of_start {
            (started, end)
        } else {
            if ahead_of || line.word(end) == "notice" {
                let to = end + usize::from(line.word(end) == "notice");
                let help = say!(
                    self.lang,
                    "the line waits for the abandonment, and the time left to the planned start is a condition: `{ahead}`",
                    "la ligne attend l'abandon, et le temps qui reste avant le démarrage prévu est une condition : `{ahead}`"
                );
                return Some(self.unsaid(line, (from, to), help));
            }
            // What else is counted from is no time of the case, and a working day none of the calendar.
            if ["ouvres", "ouvrables", "ouvre", "working"].contains(&line.word(end)) {
                return None;
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
            "the line waits for the abandonment, and the time is a condition: `{right}`",
            "la ligne attend l'abandon, et le temps est une condition : `{right}`"
        );
        Some(self.unsaid(line, (from, end), help))
    }

    /// `le 10/01`, `on 15 March`.
    fn no_year(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let on = |place: &usize| ["le", "on", "the"].contains(&line.before(*place));
        let ends =
            |to: usize| ["", ",", "if", "si", "or", "ou", "and", "et"].contains(&line.word(to));
        let day = |place: usize| {
            let (found, right) = self.day_without_year(line, place)?;
            ends(found.1).then(|| self.needs_year(line, found, &right))
        };
        (5..line.len()).filter(on).find_map(day)
    }

    /// `fin mars 2025`, `en mars 2025`: a line is billed on a day.
    fn month_of_year(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let asks = (0..line.len()).find(|place| ["if", "si"].contains(&line.word(*place)));
        let place = (4..line.len()).find(|place| {
            let word = line.word(*place);
            let may_be = word != "may" || is_year(line.word(place + 1));
            word.len() > 2 && may_be && month_named(word).is_some()
        })?;
        let month =
            month_named(line.word(place)).filter(|_| asks.is_none_or(|asks| place < asks))?;
        let year = Some(line.word(place + 1)).filter(|word| is_year(word));
        let end = place + 1 + usize::from(year.is_some());
        let ends = ["", ",", "if", "si", "or", "ou"].contains(&line.word(end));
        let ends_here = |words: &[&str]| line.ending_at(place, words).filter(|from| *from > 3);
        let written = |day: &str, year: &str| match self.file_lang {
            crate::lang::Lang::En => format!("on {year}-{month:02}-{day:0>2}"),
            crate::lang::Lang::Fr => format!("le {day:0>2}/{month:02}/{year}"),
        };
        let example = year.unwrap_or("2026");
        let part = OF_MONTH.iter().find_map(|(words, day)| Some((ends_here(words)?, *day)));
        let last = last_day(example.parse().ok()?, u32::try_from(month).ok()?)?;
        let last = last.rsplit('-').next()?;
        let Some((from, day)) = part else {
            let from = ends_here(IN_MONTH).filter(|_| ends)?;
            let (first, last) = (written("1", example), written(last, example));
            let help = say!(
                self.lang,
                "a line is billed on a day, and a month has many: `{first}`, `{last}`, or another",
                "une ligne se facture un jour, et un mois en a plusieurs : `{first}`, `{last}`, ou un autre"
            );
            return Some(self.unsaid(line, (from, end), help));
        };
        let right = written(day.unwrap_or(last), example);
        let found = (from, end);
        if year.is_none() {
            return ends.then(|| self.needs_year(line, found, &right));
        }
        let limit = line.ending_at(from, BY);
        if day.is_none() && ends && limit.is_none() && line.word(from) != "by" {
            return Some(self.written(line, found, &right));
        }
        let help = say!(
            self.lang,
            "a line is billed on a day, written in figures: `{right}`",
            "une ligne se facture un jour, écrit en chiffres : `{right}`"
        );
        Some(self.unsaid(line, (limit.unwrap_or(from), end), help))
    }

    /// `au plus tard le 15/03/2025`, `by 2025-03-15`: the day itself, or the first of two moments.
    fn by_a_day(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let is_date = |place: usize| {
            let word = line.word(place);
            word.len() >= 8 && is_number(word) && word.contains(['/', '-'])
        };
        let by = |place: usize| {
            let (_, day) = line.stands(place, BY).filter(|(_, day)| is_date(*day))?;
            Some((place, day))
        };
        let (from, day) = (4..line.len()).find_map(by)?;
        let asks = ["if", "si", "and", "et", "or", "ou", "not", "non", "date"];
        if (3..from).any(|place| ["if", "si"].contains(&line.word(place)))
            || asks.contains(&line.before(from))
            || ["signe", "signed", "demarre", "started"].contains(&line.before(from))
        {
            return None;
        }
        let on =
            format!("{}{}", self.file_lang.pick("on ", "le "), self.words(line, (day, day + 1)));
        let or = self.file_lang.pick("or", "ou");
        let comma = from - usize::from(line.before(from) == ",");
        let moment = self.moment_before(line, comma);
        let work = ["work", "realise"].contains(&line.word(3));
        if let Some(moment) = moment.filter(|_| !work) {
            // Which one is meant decides whether the line bills at all.
            let help = say!(
                self.lang,
                "if it is billed on that day at the latest, the first of two moments bills it: `{moment} {or} {on}`; if nothing is billed afterwards, that is a condition, as in `if signed before 2025-03-16`",
                "si la ligne se facture ce jour-là au plus tard, le premier de deux moments la facture : `{moment} {or} {on}` ; si rien ne se facture après, c'est une condition, comme dans `si signé avant le 16/03/2025`"
            );
            return Some(self.unsaid(line, (from, day + 1), help));
        }
        let first = self.file_lang.pick("on end or", "à la fin ou");
        let help = say!(
            self.lang,
            "a line is billed on a day: `{on}`, or the first of two moments, `{first} {on}`; within how many days invoices are paid is said by `payment due 30 days`, on a line of its own",
            "une ligne se facture un jour : `{on}`, ou le premier de deux moments, `{first} {on}` ; en combien de jours les factures se paient se dit par `paiement à 30 jours`, sur une ligne à part"
        );
        Some(self.unsaid(line, (from, day + 1), help))
    }

    /// `30 jours avant le début de la location`, `no later than 30 days before start`: before the start that is planned.
    fn before_the_start(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let asks = (0..line.len()).find(|place| ["if", "si"].contains(&line.word(*place)));
        let length = |place: usize| {
            let counted = COUNTED.iter().find(|(word, _)| *word == line.word(place));
            let number = match counted {
                Some((_, digits)) => (*digits).to_owned(),
                None if is_number(line.word(place)) => self.words(line, (place, place + 1)),
                None => return None,
            };
            let unit = UNITS.contains(&line.word(place + 1)).then(|| place + 1)?;
            let (_, to) = line.stands(unit + 1, BEFORE_START)?;
            Some((place, to, format!("{number} {}", self.words(line, (unit, unit + 1)))))
        };
        let (from, to, length) = (4..asks.unwrap_or(line.len())).find_map(length)?;
        let right = self.file_lang.pick(
            format!("{length} before planned start"),
            format!("{length} avant le démarrage prévu"),
        );
        let first = line.ending_at(from, BY).unwrap_or(from);
        let comma = first - usize::from(line.before(first) == ",");
        let bare = ["remainder", "reste", "work", "realise"].contains(&line.before(comma));
        // Behind a moment, it is something else.
        if self.amount_end(line) != Some(comma) && !bare {
            return None;
        }
        let help = say!(
            self.lang,
            "it is counted back from the start that the case plans: `{right}`",
            "cela se compte à rebours du démarrage que le dossier prévoit : `{right}`"
        );
        Some(self.unsaid(line, (first, to), help))
    }

    /// `50 EUR chaque mois jusqu'au 30/06/2026`, `from September 2025 to June 2026`.
    fn until_a_day(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let amount = self.amount_end(line)?;
        let said = self.words(line, (3, amount));
        let when = self.file_lang.pick("each month end", "à chaque fin de mois");
        let (if_before, from) = self
            .file_lang
            .pick(("if date before", "date from"), ("si date avant le", "date à compter du"));
        let until =
            line.find(&["jusqu ' au #", "until #", "till #"]).filter(|(at, _)| *at >= amount);
        if let Some((at, to)) = until {
            let day = next_day(line.word(to - 1))?;
            let right = format!("{said} {when} {if_before} {day}");
            let help = say!(
                self.lang,
                "until when a line comes again is a condition, here with that day: `{right}`",
                "jusqu'à quand une ligne revient est une condition, ce jour compris ici : `{right}`"
            );
            let recurs = line.stands(amount, EACH_MONTH).is_some() || at == amount;
            return recurs.then(|| self.unsaid(line, (amount, to), help));
        }
        let month = |place: usize| {
            let month = month_named(line.word(place)).filter(|_| line.word(place).len() > 2)?;
            let year = line.word(place + 1);
            let year = is_year(year).then(|| year.parse::<usize>().ok()).flatten();
            Some((month, year, place + 1 + usize::from(year.is_some())))
        };
        let at = (amount..line.len()).find(|at| ["de", "from"].contains(&line.word(*at)))?;
        let (first, since, to) = month(at + 1)?;
        let (last, till, to) = month(to + 1).filter(|_| ["a", "to"].contains(&line.word(to)))?;
        let times = match (since, till) {
            (Some(since), Some(till)) => (till * 12 + last + 1).checked_sub(since * 12 + first)?,
            _ => (last + 12 - first) % 12 + 1,
        };
        (1..=1200).contains(&times).then_some(())?;
        let often =
            self.file_lang.pick(format!("at most {times} times"), format!("au plus {times} fois"));
        let before = till.map(|till| till - usize::from(first > last));
        let year = since.or(before).unwrap_or(2026);
        let day =
            self.file_lang.pick(format!("{year}-{first:02}-01"), format!("01/{first:02}/{year}"));
        let help = say!(
            self.lang,
            "write how many months there are, `{said} {when}, {often}`, and a condition where they do not begin with the case (`if {from} {day}`)",
            "écrivez combien il y a de mois, `{said} {when}, {often}`, et une condition s'ils ne commencent pas avec le dossier (`si {from} {day}`)"
        );
        Some(self.unsaid(line, (amount, to), help))
    }

    /// The one moment that stands before a place, from its preposition on, as it is written.
    pub(super) fn moment_before(&self, line: &Spoken<'_>, to: usize) -> Option<String> {
        let moments = [
            "on signature",
            "on start",
            "on end",
            "on abandonment",
            "a la signature",
            "au demarrage",
            "a la fin",
            "a l ' abandon",
        ];
        let from = line.ending_at(to, &moments)?;
        Some(self.words(line, (from, to)))
    }

    /// A number and its unit of time at a place, as they are written, and the place behind them.
    pub(super) fn length_at(&self, line: &Spoken<'_>, number: usize) -> Option<(String, usize)> {
        let whole = is_number(line.word(number)) && UNITS.contains(&line.word(number + 1));
        whole.then(|| (self.words(line, (number, number + 2)), number + 2))
    }
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

/// The day after one that is written in figures, written so; none where it is no day.
pub(super) fn next_day(written: &str) -> Option<String> {
    let iso = written.contains('-');
    let parts: Vec<&str> = written.split(['-', '/']).collect();
    let &[first, month, last] = parts.as_slice() else { return None };
    let (day, year) = if iso { (last, first) } else { (first, last) };
    is_year(year).then_some(())?;
    let next = day_after(&format!("{year}-{month:0>2}-{day:0>2}"))?;
    Some(if iso { next } else { next.split('-').rev().collect::<Vec<_>>().join("/") })
}

fn is_year(word: &str) -> bool {
    word.len() == 4
        && ["19", "20", "21"].contains(&word.get(..2).unwrap_or_default())
        && word.bytes().all(|byte| byte.is_ascii_digit())
}
