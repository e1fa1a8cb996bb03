//! What administrators say of a day: up to it or from it on, by when at the latest. In: a line that is not understood. Out: its
//! error with the sentence that works; an edit where one says what was written.

use super::parse::{Parser, Place};
use super::spoken::{Found, LINES, Spoken, is_currency, is_number};
use crate::diagnostic::Diagnostic;
use crate::lang::{Lang, say};
use crate::model::written::day_after;

/// On which side of a day something lies.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    /// That day, too.
    Until,
    From,
    After,
}

/// A last day, by which something is to be; longer ones first.
pub(super) const BY: &[&str] = &[
    "at the latest on",
    "at the latest by",
    "au plus tard le",
    "au plus tard au",
    "no later than the",
    "at the latest",
    "no later than",
    "not later than",
    "on or before",
    "au plus tard",
    "by the",
    "by",
];
/// A last day, up to which something is so.
const UNTIL: &[&str] = &[
    "until and including the",
    "until and including",
    "up to and including",
    "until the",
    "until",
    "jusqu ' au",
];
/// Longer ones first.
const SIDES: &[(&[&str], Side)] = &[
    (UNTIL, Side::Until),
    (BY, Side::Until),
    (&["before the", "before", "avant le"], Side::Before),
    (
        &["on or after", "starting from", "from the", "from", "a partir du", "a compter du"],
        Side::From,
    ),
    (&["after the", "after", "apres le"], Side::After),
];
/// What happens on a day that may be compared, and the fact of it.
const MOMENTS: &[(&[&str], (&str, &str))] = &[
    (&["signature"], ("signed", "signé")),
    (&["start", "demarrage"], ("started", "démarré")),
    (&["end", "fin", "abandonment", "abandon"], ("date", "date")),
];
const RECURS: &[&str] = &["each", "every", "chaque", "tous", "toutes"];
/// Rhythms that do not say on which day, which is told of them.
const WITHOUT_A_DAY: &[&str] = &[
    "each month",
    "every month",
    "each quarter",
    "every quarter",
    "each year",
    "every year",
    "each week",
    "every week",
    "chaque mois",
    "tous les mois",
    "chaque trimestre",
    "tous les trimestres",
    "chaque annee",
    "tous les ans",
    "chaque semaine",
    "toutes les semaines",
];
const FACTS: &[&str] = &["signed", "started", "date", "signe", "demarre"];

impl Parser<'_> {
    /// `if signed until 2025-06-01`: what would begin an item of a scenario, behind a line of a schedule.
    pub(super) fn limit_behind(&self, at: usize) -> Option<Diagnostic> {
        if !matches!(self.place, Place::Nowhere | Place::Schedule) {
            return None;
        }
        let line = Spoken::at(self, at);
        let behind = line.start() < at && line.begins(LINES);
        behind.then(|| self.up_to_a_day(&line)).flatten()
    }

    /// A date of the file's own form, as `2025-06-01`.
    pub(super) fn iso(&self, word: &str) -> Option<String> {
        let parts: Vec<&str> = word.split(['-', '/']).collect();
        let [one, two, three] = parts.as_slice() else { return None };
        let iso = match self.file_lang {
            _ if word.contains('-') && one.len() == 4 => word.to_owned(),
            Lang::Fr if word.contains('/') => format!("{three}-{two:0>2}-{one:0>2}"),
            Lang::Fr | Lang::En => return None,
        };
        day_after(&iso).map(|_| iso)
    }

    /// `10 % on signature before 2025-06-01`, `if signed until 2025-06-01`, `10 % jusqu'au 01/06/2025`.
    pub(super) fn up_to_a_day(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let side_at = |from: usize| {
            SIDES.iter().find_map(|(words, side)| {
                let (_, to) = line.stands(from, words)?;
                Some((from, to, *side, self.iso(line.word(to))?))
            })
        };
        let (from, day, side, iso) = (4..line.len()).find_map(side_at)?;
        let asks = (0..from).any(|at| ["if", "si"].contains(&line.word(at)));
        let compared = match side {
            Side::Before | Side::From => iso,
            Side::Until | Side::After => day_after(&iso)?,
        };
        let compared = self.file_lang.date(compared);
        let when = match side {
            Side::Before | Side::Until => {
                self.file_lang.pick(format!("before {compared}"), format!("avant le {compared}"))
            }
            Side::From | Side::After => {
                self.file_lang.pick(format!("from {compared}"), format!("à compter du {compared}"))
            }
        };
        let to = day + 1;
        let before = line.before(from);
        if asks && FACTS.contains(&before) {
            // What the language says itself is right here.
            if matches!(side, Side::Before | Side::From) {
                return None;
            }
            let fact = self.words(line, (from - 1, from));
            return Some(self.with_that_day(
                line,
                (from, to),
                side,
                &when,
                &format!("{fact} {when}"),
            ));
        }
        if asks {
            return None;
        }
        let named = before.starts_with('"');
        // What comes again is asked for each time; a moment of the case once.
        let dayless = line.ending_at(from, WITHOUT_A_DAY);
        let dayless = dayless.filter(|at| !["of", "de"].contains(&line.before(*at)));
        let recurs = (4..from).any(|at| RECURS.contains(&line.word(at))) && dayless.is_none();
        let moment = MOMENTS.iter().find(|(words, _)| words.contains(&before) && !recurs);
        let of = moment.map(|(_, fact)| fact).or((named || recurs).then_some(&("date", "date")));
        // Of a discount it limits who has it; of what is due it may as well be its last day: `by_a_day` tells both.
        let last_day = side == Side::Until && !["until", "up", "jusqu"].contains(&line.word(from));
        if last_day && !line.begins(&["discount", "remise"]) {
            return None;
        }
        if let Some(fact) = of {
            let fact = self.file_lang.pick(fact.0, fact.1);
            let right = format!("{} {fact} {when}", self.file_lang.pick("if", "si"));
            let whole = to == line.len() || line.word(to) == ",";
            let told = self.with_that_day(line, (from, to), side, &right, &right);
            return Some(if whole { told } else { Diagnostic { edit: None, ..told } });
        }
        // No moment yet: which one is meant is not known.
        let amount = before == "%" || is_currency(before) || is_number(before);
        if !amount || !line.begins(&["discount", "remise"]) {
            return None;
        }
        let right = self.file_lang.pick(
            format!("on signature if signed {when}"),
            format!("à la signature si signé {when}"),
        );
        let help = say!(
            self.lang,
            "a line waits for a moment, and a limit of time is a condition: `{right}`, where it is of the signature",
            "une ligne attend un moment, et une limite de temps est une condition : `{right}`, s'il s'agit de la signature"
        );
        Some(self.unsaid(line, (from, to), help))
    }

    /// The comparison that says it, and whether that day is one of its days.
    fn with_that_day(
        &self,
        line: &Spoken<'_>,
        found: Found,
        side: Side,
        edit: &str,
        right: &str,
    ) -> Diagnostic {
        let help = match side {
            Side::Before | Side::From => say!(
                self.lang,
                "a limit of time is a condition: write `{right}`",
                "une limite de temps est une condition : écrivez `{right}`"
            ),
            Side::Until => say!(
                self.lang,
                "`before` leaves its day out: write `{right}`",
                "`avant` exclut son jour : écrivez `{right}`"
            ),
            Side::After => say!(
                self.lang,
                "`from` takes its day in: write `{right}`",
                "`à compter du` inclut son jour : écrivez `{right}`"
            ),
        };
        self.unsaid(line, found, help).edit(self.place(line, found), edit)
    }

    /// `au plus tard le 15/03/2025`, `by 2025-03-15`: the day itself, or the first of two moments.
    pub(super) fn by_a_day(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
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

pub(super) fn is_year(word: &str) -> bool {
    word.len() == 4
        && ["19", "20", "21"].contains(&word.get(..2).unwrap_or_default())
        && word.bytes().all(|byte| byte.is_ascii_digit())
}
