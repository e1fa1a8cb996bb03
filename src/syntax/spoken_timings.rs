//! What administrators say of when a line is billed: up to a day, so long before the start, on a day of the week, once
//! something is done. In: a line that is not understood. Out: its error with the sentence that works; an edit where it says
//! what was written, and all of it.

use super::mishaps::month_named;
use super::parse::{Parser, Place};
use super::spoken::{Found, LINES, Spoken, is_currency, is_number};
use super::spoken_limits::UNITS;
use super::trade::WEEKDAYS;
use super::unsaid;
use crate::diagnostic::Diagnostic;
use crate::lang::{Lang, say};
use crate::model::written::{day_after, last_day};

/// On which side of a day something lies.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    /// That day, too.
    Until,
    From,
    After,
}

/// Longer ones first.
const SIDES: &[(&[&str], Side)] = &[
    (
        &[
            "until and including the",
            "until and including",
            "up to and including",
            "no later than the",
            "no later than",
            "not later than",
            "at the latest on",
            "on or before",
            "until the",
            "until",
            "by the",
            "by",
            "jusqu ' au",
            "au plus tard le",
            "au plus tard au",
        ],
        Side::Until,
    ),
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
const FACTS: &[&str] = &["signed", "started", "date", "signe", "demarre"];
/// What asks whether a time is shorter or longer than so many days, and the sign of it.
const SO_FAR: &[(&[&str], &str)] = &[
    (&["no more than", "not more than", "at most", "au plus"], "<="),
    (&["no less than", "not less than", "at least", "au moins"], ">="),
    (&["less than", "fewer than", "under", "a moins de", "moins de"], "<"),
    (&["more than", "over", "a plus de", "plus de"], ">"),
];
const TO_THE_START: &[&str] = &[
    "before the planned start date",
    "before the planned start",
    "before planned start",
    "before the start date",
    "before the start",
    "before start",
    "ahead of the start",
    "avant le demarrage prevu",
    "avant le demarrage",
    "avant le debut prevu",
    "avant le debut",
    "avant la date de demarrage",
    "avant la date de debut",
    "du demarrage prevu",
    "du demarrage",
    "du debut",
    "precedant le demarrage",
];
const LEFT: &[&str] = &[
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
const AGAIN: &[&str] = &["on each", "on every", "each", "every", "a chaque", "chaque", "tous les"];
/// The last or the first day of a month, and whether it is exactly that one.
const DAYS_OF_MONTHS: &[(&[&str], bool)] = &[
    (&["last day of", "end of", "dernier jour de", "dernier jour d '", "fin de", "fin"], true),
    (&["first day of", "premier jour de", "premier jour d '"], false),
];
/// What may stand before such a day and belongs to it.
const BEFORE_A_DAY: &[&str] = &["on the", "at the", "on", "at", "a la", "le", "au", "en", "a"];
const BEGINNINGS: &[&str] =
    &["start of", "beginning of", "first day of", "debut de", "debut d '", "premier jour de"];
/// Periods whose beginnings are no moments, and what comes as often.
const PERIODS: &[(&[&str], (&str, &str))] = &[
    (
        &["quarter", "trimestre"],
        ("every 3 months from start", "tous les 3 mois à compter du démarrage"),
    ),
    (
        &["semester", "semestre"],
        ("every 6 months from start", "tous les 6 mois à compter du démarrage"),
    ),
    (&["year", "annee"], ("each year from start", "chaque année à compter du démarrage")),
    (&["week", "semaine"], ("each week from start", "chaque semaine à compter du démarrage")),
];
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
    /// The error of a line that says when it is billed in such words.
    pub(super) fn spoken_timing(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        if !line.begins(LINES) || line.word(2) != ":" {
            return None;
        }
        self.up_to_a_day(line)
            .or_else(|| self.time_before_the_start(line))
            .or_else(|| self.named_notice(line))
            .or_else(|| self.day_of_the_week(line))
            .or_else(|| self.day_of_a_named_month(line))
            .or_else(|| self.beginning_of_a_period(line))
            .or_else(|| self.dates_in_a_row(line))
            .or_else(|| self.once_it_is_done(line))
    }

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
    fn iso(&self, word: &str) -> Option<String> {
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
    fn up_to_a_day(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
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
        let moment = MOMENTS.iter().find(|(words, _)| words.contains(&before));
        let of = moment.map(|(_, fact)| fact).or(named.then_some(&("date", "date")));
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

    /// `à moins de 7 jours du démarrage`, `if cancelled less than 7 days before start`.
    fn time_before_the_start(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let so_far = |from: usize| {
            SO_FAR.iter().find_map(|(words, sign)| {
                let (_, number) = line.stands(from, words)?;
                let unit = line.word(number + 1);
                let counts = is_number(line.word(number)) && UNITS.contains(&unit);
                let (_, to) = line.stands(number + 2, TO_THE_START).filter(|_| counts)?;
                Some((from, number, to, *sign))
            })
        };
        let (start, number, to, sign) = (4..line.len()).find_map(so_far)?;
        let left = LEFT.contains(&line.before(start));
        // On another moment, that it was left is asked for, too.
        let moments = ["abandonment", "abandon"];
        if left && !(0..start).any(|place| moments.contains(&line.word(place))) {
            return None;
        }
        let from = start - usize::from(left);
        let asks = ["if", "si"].contains(&line.before(from));
        let from = from - usize::from(asks);
        let length = self.words(line, (number, number + 2));
        let right = self.file_lang.pick(
            format!("if notice {sign} {length}"),
            format!("si délai avant le démarrage {sign} {length}"),
        );
        if sign.starts_with('>') {
            let help = say!(
                self.lang,
                "the time left to the planned start is a condition: `{right}`",
                "le temps qui reste avant le démarrage prévu est une condition : `{right}`"
            );
            return Some(self.unsaid(line, (from, to), help));
        }
        let before = self.file_lang.pick("and not started", "et non démarré");
        let help = say!(
            self.lang,
            "the time left to the planned start is a condition: `{right}`, which holds after the start, too; before it alone, `{right} {before}`",
            "le temps qui reste avant le démarrage prévu est une condition : `{right}`, vraie aussi après le démarrage ; avant lui seulement, `{right} {before}`"
        );
        Some(self.unsaid(line, (from, to), help))
    }

    /// `si délai < 7 jours`: from when to when.
    fn named_notice(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
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

    /// `each monday`, `tous les lundis`, `on Mondays`.
    fn day_of_the_week(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let is_day = |place: &usize| WEEKDAYS.contains(&line.word(*place).trim_end_matches('s'));
        let day = (4..line.len()).find(is_day)?;
        let again = AGAIN.iter().find_map(|words| {
            let from = day.checked_sub(words.split(' ').count())?;
            line.stands(from, &[words]).map(|(from, _)| from)
        });
        let several = line.word(day).ends_with('s');
        let from = match again {
            Some(from) => from,
            None if several || line.before(day) == "le" => day - 1,
            None => return None,
        };
        // A day of the week before a date is no moment of its own.
        let behind = line.word(day + 1);
        if is_number(behind) || behind == "," && is_number(line.word(day + 2)) || from < 4 {
            return None;
        }
        let week = self.file_lang.pick("each week from", "chaque semaine à compter de");
        let [start, event] = [
            self.file_lang
                .pick("each week from start", "chaque semaine à compter du démarrage")
                .to_owned(),
            self.file_lang.pick(
                format!("{week} event \"First time\""),
                format!("{week} l'événement \"Première fois\""),
            ),
        ];
        let help = say!(
            self.lang,
            "no line knows the days of the week: what comes every week is `{start}`, on that of the start, or `{event}`, on that of an event that you record; one day alone is its date",
            "aucune ligne ne connaît les jours de la semaine : ce qui revient chaque semaine est `{start}`, celui du démarrage, ou `{event}`, celui d'un événement que vous enregistrez ; un jour seul est sa date"
        );
        Some(self.unsaid(line, (from, day + 1), help))
    }

    /// `on the last day of June 2026`, `fin juin 2026`: its date.
    fn day_of_a_named_month(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let of_month = |from: usize| {
            DAYS_OF_MONTHS.iter().find_map(|(words, is_last)| {
                let (_, month) = line.stands(from, words)?;
                let name = u32::try_from(month_named(line.word(month))?).ok()?;
                Some((from, month, name, *is_last))
            })
        };
        let (day, place, month, is_last) = (4..line.len()).find_map(of_month)?;
        let from = with_preposition(line, day);
        if !follows_an_amount(line, from) {
            return None;
        }
        let year = place + 1 + usize::from(["of", "de", ","].contains(&line.word(place + 1)));
        let stated = line.word(year).parse::<i32>().ok().filter(|_| line.word(year).len() == 4)?;
        let iso = match is_last {
            true => last_day(stated, month)?,
            false => format!("{stated}-{month:02}-01"),
        };
        let date = self.file_lang.date(iso);
        let right = self.file_lang.pick(format!("on {date}"), format!("le {date}"));
        Some(self.written(line, (from, year + 1), &right))
    }

    /// `au début de chaque trimestre`: a month alone has a first day in the language.
    fn beginning_of_a_period(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let period_at = |from: usize| {
            let (_, to) = line.stands(from, BEGINNINGS)?;
            let each =
                usize::from(["each", "every", "chaque", "the", "l"].contains(&line.word(to)));
            let elided = usize::from(line.word(to + each) == "'");
            let noun = to + each + elided;
            let (_, every) = PERIODS.iter().find(|(words, _)| words.contains(&line.word(noun)))?;
            Some((from, noun + 1, every))
        };
        let (from, to, every) = (4..line.len()).find_map(period_at)?;
        let from = with_preposition(line, from);
        let every = self.file_lang.pick(every.0, every.1);
        let days =
            self.file_lang.pick("on 2026-01-01 and 2026-04-01", "le 01/01/2026 et le 01/04/2026");
        let help = say!(
            self.lang,
            "the calendar of a line has no such beginning: write `{every}`, counted from the start of the case, or the days themselves, as in `{days}`",
            "le calendrier d'une ligne n'a pas ce début : écrivez `{every}`, compté du démarrage du dossier, ou les jours eux-mêmes, comme `{days}`"
        );
        Some(self.unsaid(line, (from, to), help))
    }

    /// `le 15/09/2025, le 05/01/2026 et le 01/04/2026`: all of them are joined by `and`.
    fn dates_in_a_row(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let is_date = |place: usize| self.iso(line.word(place)).is_some();
        let first = (4..line.len()).find(|place| is_date(*place))?;
        let (mut days, mut last, mut commas, mut and) = (vec![first], first, 0, false);
        loop {
            let mut next = last + 1;
            commas += usize::from(line.word(next) == ",");
            let joined = line.word(next) == ",";
            next += usize::from(joined);
            let by_and = ["and", "et"].contains(&line.word(next));
            next += usize::from(by_and);
            next += usize::from(["on", "le", "the"].contains(&line.word(next)));
            if !(joined || by_and) || !is_date(next) {
                break;
            }
            and = by_and;
            last = next;
            days.push(next);
        }
        if days.len() < 2 || commas == 0 {
            return None;
        }
        let word = self.file_lang.pick(" and ", " et ");
        let days: Vec<String> =
            days.into_iter().map(|day| self.words(line, (day, day + 1))).collect();
        let right = days.join(word);
        let help = say!(
            self.lang,
            "days at each of which a line is billed are joined by `and`: `{right}`",
            "les jours où une ligne est facturée, chacun, se joignent par `et` : `{right}`"
        );
        let found = (first, last + 1);
        let told = self.unsaid(line, found, help);
        Some(if and { told.edit(self.place(line, found), right) } else { told })
    }

    /// `dès que les fondations sont achevées`: an event of one's own.
    fn once_it_is_done(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let said = |from: usize| line.stands(from, ONCE).filter(|_| follows_an_amount(line, from));
        let (from, behind) = (4..line.len()).find_map(said)?;
        let noun = line.stands(behind, ARTICLES).map_or(behind, |(_, to)| to);
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
        let (subject, done) = (self.words(line, (noun, noun + 1)), self.words(line, (verb, to)));
        let name = match line.stands(noun + 1, AUXILIARIES) {
            Some(_) if !done.is_empty() => format!("{subject} {done}"),
            Some(_) | None => self.words(line, (noun, to)),
        };
        let mut letters = name.chars();
        let name: String = letters.next()?.to_uppercase().chain(letters).collect();
        let event = self
            .file_lang
            .pick(format!("on event \"{name}\""), format!("à l'événement \"{name}\""));
        let told = Diagnostic { help: None, ..self.unsaid(line, (from, to), String::new()) };
        if case && let Some((milestone, when)) = self.moment_of(line.word(verb)) {
            return Some(unsaid::milestone_or_event(self.lang, told, (milestone, when), &event));
        }
        Some(unsaid::own_moment(self.lang, told, &event))
    }
}

/// Where a day begins with the preposition before it.
fn with_preposition(line: &Spoken<'_>, day: usize) -> usize {
    let before = BEFORE_A_DAY.iter().find_map(|words| {
        let from = day.checked_sub(words.split(' ').count())?;
        line.stands(from, &[words]).map(|(from, _)| from)
    });
    before.unwrap_or(day)
}

/// Whether the words before a place are an amount, or another moment and `or`.
fn follows_an_amount(line: &Spoken<'_>, place: usize) -> bool {
    let amounts = [
        "%",
        "remainder",
        "reste",
        "nothing",
        "rien",
        "work",
        "realise",
        "price",
        "tarif",
        "or",
        "ou",
    ];
    let parts = ["parts", "fois"].contains(&line.before(place));
    let before = line.before(place);
    place > 3 && (parts || amounts.contains(&before) || is_currency(before) || is_number(before))
}
