//! What administrators say of the months of a case by their number, and from when on a line comes again: `le 7e mois`, `month 7`,
//! `on day 5 of each month from September`. In: a line that is not understood. Out: its error with the days that say it.

use super::mishaps::month_named;
use super::parse::Parser;
use super::spoken::{LINES, Spoken};
use super::spoken_conditions::{FROM_SIGNATURE, FROM_START};
use super::spoken_days::is_year;
use crate::diagnostic::Diagnostic;
use crate::lang::say;

const SPELLED: &[(&[&str], u32)] = &[
    (&["first", "premier", "premiere"], 1),
    (&["second", "deuxieme", "seconde"], 2),
    (&["third", "troisieme"], 3),
    (&["fourth", "quatrieme"], 4),
    (&["fifth", "cinquieme"], 5),
    (&["sixth", "sixieme"], 6),
    (&["seventh", "septieme"], 7),
    (&["eighth", "huitieme"], 8),
    (&["ninth", "neuvieme"], 9),
    (&["tenth", "dixieme"], 10),
    (&["eleventh", "onzieme"], 11),
    (&["twelfth", "douzieme"], 12),
];
const SUFFIXES: &[&str] = &["st", "nd", "rd", "th", "er", "re", "ere", "e", "eme", "ieme", "nde"];
/// What is numbered: as it is written, and one and several of it as the file says them.
type Numbered =
    (&'static [&'static str], (&'static str, &'static str), (&'static str, &'static str));
const NUMBERED: &[Numbered] = &[
    (&["month", "mois"], ("month", "months"), ("mois", "mois")),
    (&["week", "semaine"], ("week", "weeks"), ("semaine", "semaines")),
    (&["year", "annee"], ("year", "years"), ("an", "ans")),
];
/// Which day of it is meant; longer ones first.
const PARTS: &[(&[&str], Part)] = &[
    (
        &[
            "at the end of the",
            "at the end of",
            "at end of",
            "after the",
            "after",
            "a la fin du",
            "a la fin de la",
            "en fin de",
            "fin du",
            "fin de la",
            "au bout du",
            "apres le",
            "apres la",
        ],
        Part::Ends,
    ),
    (
        &[
            "at the start of the",
            "at the beginning of the",
            "at the start of",
            "at start of",
            "au debut du",
            "au debut de la",
            "en debut de",
            "debut du",
        ],
        Part::Begins,
    ),
    (
        &[
            "in the",
            "on the",
            "during the",
            "at the",
            "the",
            "in",
            "on",
            "at",
            "a la",
            "au",
            "le",
            "la",
            "en",
        ],
        Part::Any,
    ),
];
/// From when on something comes again; longer ones first.
const SINCE: &[&str] = &[
    "starting on the",
    "starting on",
    "starting from",
    "starting in",
    "starting",
    "beginning on",
    "beginning in",
    "beginning",
    "as of",
    "as from",
    "from the",
    "from",
    "a partir du",
    "a partir de",
    "a partir d '",
    "a compter du",
    "a compter de",
    "a compter d '",
    "des le",
    "des",
];
/// How what comes again ends.
const AGAIN: &[&str] = &[
    "of each month",
    "of every month",
    "each month end",
    "each quarter end",
    "de chaque mois",
    "a chaque fin de mois",
    "a chaque fin de trimestre",
];

#[derive(Clone, Copy)]
enum Part {
    Begins,
    Ends,
    Any,
}

/// A day from which on something comes again.
pub(super) struct Since {
    /// The condition that says it.
    pub condition: String,
    /// The day of the month, where one is said.
    pub day: Option<u32>,
    /// Whether its year is said.
    pub dated: bool,
    /// The place behind it.
    pub end: usize,
}

impl Parser<'_> {
    /// `30 % le 7e mois`, `20 % in month 7`: a month of the case begins so long after its start.
    pub(super) fn nth_of_the_case(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let bare = ["remainder", "reste", "work", "realise"].contains(&line.word(3)).then_some(4);
        let from = self.amount_end(line).or(bare)?;
        let part = |(words, part): &(&[&str], Part)| Some((line.stands(from, words)?.1, *part));
        let (at, part) = PARTS.iter().find_map(part).unwrap_or((from, Part::Any));
        let kind = |at: usize| NUMBERED.iter().find(|(words, ..)| words.contains(&line.word(at)));
        let (count, kind) = match (ordinal(line.word(at)), kind(at)) {
            (Some(count), _) => (count, kind(at + 1)?),
            (None, kind) => (line.word(at + 1).parse().ok()?, kind?),
        };
        let (to, anchor) = match line.stands(at + 2, FROM_SIGNATURE) {
            Some((_, to)) => (to, self.file_lang.pick("signature", "la signature")),
            None => {
                let to = line.stands(at + 2, FROM_START).map_or(at + 2, |(_, to)| to);
                (to, self.file_lang.pick("start", "le démarrage"))
            }
        };
        let closes = ["", ",", "if", "si", "or", "ou"].contains(&line.word(to));
        (closes && (1..=600).contains(&count)).then_some(())?;
        let moment = |many: u32| {
            let (one, several) = self.file_lang.pick(kind.1, kind.2);
            let unit = if many == 1 { one } else { several };
            match many {
                0 if anchor.ends_with("signature") => {
                    self.file_lang.pick("on signature", "à la signature").to_owned()
                }
                0 => self.file_lang.pick("on start", "au démarrage").to_owned(),
                _ => self.file_lang.pick(
                    format!("{many} {unit} after {anchor}"),
                    format!("{many} {unit} après {anchor}"),
                ),
            }
        };
        let (begins, ends) = (moment(count - 1), moment(count));
        let typed = self.words(line, (at, at + 2));
        let days = match part {
            Part::Begins => format!("`{begins}`"),
            Part::Ends => format!("`{ends}`"),
            Part::Any => say!(
                self.lang,
                "`{begins}` where it begins, `{ends}` where it is over",
                "`{begins}` à son début, `{ends}` à sa fin"
            ),
        };
        let help = say!(
            self.lang,
            "`{typed}` counts from the {anchor} of the case: {days}",
            "`{typed}` se compte depuis {anchor} du dossier : {days}"
        );
        Some(self.unsaid(line, (from, to), help))
    }

    /// `starting 5 September 2025`, `à partir de septembre` at a place.
    pub(super) fn since_at(&self, line: &Spoken<'_>, place: usize) -> Option<Since> {
        let (_, at) = line.stands(place, SINCE)?;
        let month = |at: usize| month_named(line.word(at)).filter(|_| line.word(at).len() > 2);
        let day = |at: usize| {
            let digits = line.word(at).trim_end_matches(char::is_alphabetic);
            digits.parse::<u32>().ok().filter(|day| (1..=31).contains(day))
        };
        let of = at + 1 + usize::from(["of", "de"].contains(&line.word(at + 1)));
        let (day, month, behind) = match (day(at), month(at)) {
            (Some(number), _) => (Some(number), month(of)?, of + 1),
            (None, Some(named)) if day(at + 1).is_some() => (day(at + 1), named, at + 2),
            (None, named) => (None, named?, at + 1),
        };
        let comma = usize::from(line.word(behind) == "," && is_year(line.word(behind + 1)));
        let dated = is_year(line.word(behind + comma));
        let year = if dated { line.word(behind + comma) } else { "2026" };
        let date = self.file_lang.date(format!("{year}-{month:02}-{:02}", day.unwrap_or(1)));
        let condition = self
            .file_lang
            .pick(format!("if date from {date}"), format!("si date à compter du {date}"));
        let end = if dated { behind + comma + 1 } else { behind };
        Some(Since { condition, day, dated, end })
    }

    /// `le 5 de chaque mois à partir de septembre`: from when on is a condition.
    pub(super) fn again_since(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        line.begins(LINES).then_some(())?;
        let since = |at: usize| {
            line.ending_at(at, AGAIN)?;
            Some((at, self.since_at(line, at)?))
        };
        let (from, since) = (4..line.len()).find_map(since)?;
        ["", ","].contains(&line.word(since.end)).then_some(())?;
        let right = &since.condition;
        let year = match since.dated {
            true => String::new(),
            false => say!(self.lang, "; 2026 is an example", " ; 2026 est un exemple"),
        };
        let help = say!(
            self.lang,
            "from when on a line comes again is a condition: `{right}`{year}",
            "à partir de quand une ligne revient est une condition : `{right}`{year}"
        );
        let found = (from, since.end);
        let told = self.unsaid(line, found, help);
        Some(if since.dated { told.edit(self.place(line, found), right) } else { told })
    }

    /// `10 parts on day 5 of each month`: of how much they are parts.
    pub(super) fn parts_of_nothing(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let parts = ["parts", "installments", "instalments", "payments", "fois", "mensualites"];
        let count: u32 = line.word(3).parse().ok()?;
        let counted = parts.contains(&line.word(4)) && count > 1 && line.word(2) == ":";
        let (when, to) = self.each_time(line, 5);
        (counted && to == line.len()).then_some(())?;
        let right = self.file_lang.pick(
            format!("100 % in {count} parts {when}"),
            format!("100 % en {count} fois {when}"),
        );
        let help = say!(
            self.lang,
            "say how much is cut into parts: `{right}` for the whole price, or a sum in the place of `100 %`",
            "dites ce qui est coupé en parts : `{right}` pour tout le tarif, ou une somme à la place de `100 %`"
        );
        Some(self.unsaid(line, (3, to), help))
    }
}

/// A number that says which one.
fn ordinal(word: &str) -> Option<u32> {
    let spelled = SPELLED.iter().find(|(words, _)| words.contains(&word)).map(|(_, count)| *count);
    let digits = word.trim_end_matches(char::is_alphabetic);
    let suffix = word.get(digits.len()..).filter(|suffix| SUFFIXES.contains(suffix));
    spelled.or_else(|| suffix.and_then(|_| digits.parse().ok()))
}
