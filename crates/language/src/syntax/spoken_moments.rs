//! What administrators say of when a line is billed, and whether: halfway, after so many sessions, if the amount is large. In: a
//! line that is not understood. Out: its error with the sentence that works; an edit where it says what was written.

use super::mishaps::month_named;
use super::parse::Parser;
use super::spoken::{Spoken, is_currency, is_number};
use super::spoken_conditions::{Often, TOOK_PLACE};
use super::spoken_days::next_day;
use super::spoken_limits::{LEAVING, UNITS};
use crate::diagnostic::{Code, Diagnostic, fold_for_likeness};
use crate::lang::{Lang, capitalised, say};
use crate::span::Span;

const HALFWAY: &[&str] = &[
    "at the halfway point",
    "at halfway",
    "halfway through",
    "halfway",
    "half - way",
    "half way",
    "at mid - term",
    "mid - term",
    "midterm",
    "midway",
    "at the midpoint",
    "at half time",
    "a mi - parcours",
    "mi - parcours",
    "a mi parcours",
    "a mi - chemin",
    "a mi - formation",
    "a mi - contrat",
    "a mi - projet",
    "a la mi - temps",
];
const ON_THE_DAY: &[(&[&str], (&str, &str))] = &[
    (
        &[
            "on the day of the signature",
            "on the day of signature",
            "on signing",
            "when signing",
            "le jour de la signature",
            "le jour de signature",
            "au jour de la signature",
            "a la date de signature",
            "a la date de la signature",
            "lors de la signature",
        ],
        ("on signature", "à la signature"),
    ),
    (
        &[
            "on the day of the start",
            "on the day of start",
            "on the start date",
            "on start date",
            "on the first day",
            "le jour du demarrage",
            "le premier jour",
            "a la date de demarrage",
            "a la date du demarrage",
            "lors du demarrage",
        ],
        ("on start", "au démarrage"),
    ),
    (
        &[
            "on the day of the end",
            "on the end date",
            "on end date",
            "on the last day",
            "le jour de la fin",
            "le dernier jour",
            "a la date de fin",
            "a la date de la fin",
        ],
        ("on end", "à la fin"),
    ),
    (
        &["in case of abandonment", "in the event of abandonment", "en cas d ' abandon"],
        ("on abandonment", "à l'abandon"),
    ),
];
const AMOUNTS: &[&str] = &[
    "the amount",
    "amount",
    "the total",
    "the invoice",
    "the sum",
    "le montant",
    "montant",
    "le total",
    "la facture",
    "la somme",
    "le prix",
    "the price",
];
const EXCEEDS: &[&str] = &[
    "exceeds",
    "is above",
    "is over",
    "is more",
    "is greater",
    "is below",
    "is less",
    "is under",
    "above",
    "over",
    ">",
    "<",
    "> =",
    "< =",
    "depasse",
    "excede",
    "est superieur",
    "est superieure",
    "est inferieur",
    "est inferieure",
    "superieur",
    "inferieur",
];
const ATTENDANCE: &[&str] = &[
    "taux de presence",
    "taux d ' assiduite",
    "la presence",
    "presence",
    "attendance rate",
    "presence rate",
    "attendance ratio",
];
/// What stands around a name.
const QUOTES: &[char] = &['"', '«', '»', '“', '”', ' ', '\u{a0}'];

/// The sign of a comparison that is written at a place, or said in words.
fn sign(line: &Spoken<'_>, place: usize) -> Option<&'static str> {
    let turned = ["no", "not", "au"].contains(&line.before(place));
    let equal = line.word(place + 1) == "=";
    Some(match line.word(place) {
        "<" if equal => "<=",
        ">" if equal => ">=",
        "<" => "<",
        ">" => ">",
        "<=" | "most" => "<=",
        ">=" | "least" => ">=",
        "less" | "moins" if turned => ">=",
        "more" | "plus" if turned => "<=",
        "less" | "fewer" | "under" | "below" | "inferieur" | "moins" => "<",
        "more" | "over" | "above" | "superieur" | "plus" => ">",
        _ => return None,
    })
}

impl Parser<'_> {
    /// `le jour de la signature`.
    pub(super) fn on_the_day(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let of = |(words, right): &(&[&str], (&'static str, &'static str))| {
            let found = line.find(words).filter(|(from, _)| *from > 3)?;
            // `le dernier jour du mois` is another day.
            let ends = ["", "if", "si", "or", "ou", ",", "and", "et"].contains(&line.word(found.1));
            ends.then(|| self.written(line, found, self.file_lang.pick(right.0, right.1)))
        };
        if let Some(found) = line.find(&["payable", "due", "exigible"])
            && found.0 > 3
            && self.begins_moment(line, found.1)
        {
            let help = say!(
                self.lang,
                "leave it out: a line says when it is billed; when its invoice is due is said by `payment due 30 days`",
                "retirez ce mot : une ligne dit quand elle est facturée ; quand sa facture est à payer se dit par `paiement à 30 jours`"
            );
            return Some(self.unsaid(line, found, help).edit(self.place(line, found), ""));
        }
        ON_THE_DAY.iter().find_map(of)
    }

    /// `à mi-parcours`.
    pub(super) fn halfway(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        // `à mi-chantier`, `à mi-travaux`: halfway through anything.
        let half = |at: &usize| {
            line.stands(*at, &["mi -", "mid -"]).is_some()
                && line.word(at + 2).starts_with(char::is_alphabetic)
        };
        let of_own = || {
            let at = (4..line.len()).find(half)?;
            let joined = usize::from(["a", "at"].contains(&line.before(at)));
            (at - joined > 3).then_some((at - joined, at + 3))
        };
        let found = line.find(HALFWAY).filter(|(from, _)| *from > 3).or_else(of_own)?;
        let event = self.file_lang.pick("on event \"Halfway\"", "à l'événement \"Mi-parcours\"");
        let delay = self.file_lang.pick("3 months after start", "3 mois après le démarrage");
        let certified = self
            .file_lang
            .pick("on progress if progress >= 50 %", "à l'avancement si avancement >= 50 %");
        Some(self.unsaid(line, found, say!(
            self.lang,
            "say what tells that: an event that you record, `{event}`; a delay, `{delay}`; or half of the progress that is certified, `{certified}`",
            "dites ce qui le dit : un événement que vous enregistrez, `{event}` ; un délai, `{delay}` ; ou la moitié de l'avancement constaté, `{certified}`"
        )))
    }

    /// `après la 5e séance`, `after 10 sessions`, `au bout de 10 séances`.
    pub(super) fn times_of(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let patterns = [
            "as soon as the #",
            "as soon as #",
            "once the #",
            "once #",
            "when the #",
            "when #",
            "des que les #",
            "des que #",
            "une fois que les #",
            "une fois que #",
            "une fois les #",
            "une fois #",
            "apres que #",
            "lorsque les #",
            "lorsque #",
            "quand les #",
            "quand #",
            "after the # th",
            "after the # rd",
            "after the # nd",
            "after the # st",
            "after #",
            "from the # th",
            "apres la # e",
            "apres la # eme",
            "apres le # e",
            "apres les #",
            "apres #",
            "au bout de #",
            "a la # e",
            "a la # eme",
            "a partir de la # e",
            "a partir de la # eme",
            "on the # th",
        ];
        let (from, to) = line.find(&patterns).or_else(|| {
            // `5th` and `5e` may be one word.
            line.find(&[
                "after the #",
                "from the #",
                "on the #",
                "apres la #",
                "apres le #",
                "a la #",
                "a partir de la #",
            ])
        })?;
        let noun = line.word(to);
        if ["time", "fois"].contains(&noun) {
            return self.after_so_many(line, (from, to));
        }
        let whole = |word: &str| word.chars().all(char::is_alphabetic) && word.len() > 3;
        if from <= 3 || !whole(noun) || UNITS.contains(&noun) || month_named(noun).is_some() {
            return None;
        }
        let number = (from..to).find(|place| is_number(line.word(*place)))?;
        let quoted = line.word(to + 1).starts_with('"') && noun.starts_with("action");
        let named = to + 1 + usize::from(quoted);
        let end = line.stands(named, TOOK_PLACE).map_or(named, |(_, end)| end);
        // A moment before it is the one that the line waits for.
        let waits = self.moment_before(line, from).is_some();
        if ["hour", "hours", "heure", "heures"].contains(&noun) {
            return Some(self.hours_reached(line, (from, end), (number, waits)));
        }
        let count: String = line.word(number).chars().take_while(char::is_ascii_digit).collect();
        let name = match quoted {
            true => self.words(line, (to + 1, to + 2)).trim_matches(QUOTES).to_owned(),
            false => self.declared(line, noun)?,
        };
        let asks = self.file_lang.pick(
            format!("if action \"{name}\" done at least {count} times"),
            format!("si action \"{name}\" faite au moins {count} fois"),
        );
        if waits {
            return Some(self.unsaid(line, (from, end), asked_by_then(self.lang, &asks)));
        }
        let right = self
            .file_lang
            .pick(format!("on action \"{name}\" {asks}"), format!("à l'action \"{name}\" {asks}"));
        Some(self.unsaid(
            line,
            (from, end),
            say!(
                self.lang,
                "write what happens, and how often: `{right}`",
                "écrivez ce qui arrive, et combien de fois : `{right}`"
            ),
        ))
    }

    /// `each action "Session" from the 3rd time`: so often has what the line waits for happened by then.
    fn after_so_many(&self, line: &Spoken<'_>, (from, to): (usize, usize)) -> Option<Diagnostic> {
        let named = from.checked_sub(2).filter(|_| line.before(from).starts_with('"'))?;
        let since = ["from", "a partir de", "starting"]
            .iter()
            .any(|words| line.stands(from, &[words]).is_some());
        let kind = line.word(named);
        let known = ["action", "event", "evenement", "deliverable", "livrable"].contains(&kind);
        let number =
            (from..to).find(|place| is_number(line.word(*place))).filter(|_| since && known)?;
        let digits = line.word(number).trim_end_matches(char::is_alphabetic);
        let often = Often::AtLeast(digits.parse().ok().filter(|count| *count > 0)?);
        let name = self.words(line, (named + 1, named + 2)).trim_matches(QUOTES).to_owned();
        let asks = (3..named).any(|place| ["if", "si"].contains(&line.word(place)));
        let test = self.so_often((kind, &name), often, to + 1 == line.len());
        let right = format!("{} {test}", self.file_lang.pick("if", "si"));
        (!asks).then(|| self.written(line, (from, to + 1), &right))
    }

    /// `après 20 heures`: hours are asked for when an action brings them.
    fn hours_reached(
        &self,
        line: &Spoken<'_>,
        found: (usize, usize),
        (number, waits): (usize, bool),
    ) -> Diagnostic {
        let hours = self.words(line, (number, number + 1));
        // `la 10e heure` is reached by ten of them.
        let hours = hours.trim_end_matches(char::is_alphabetic);
        if waits {
            let asks = self
                .file_lang
                .pick(format!("if hours >= {hours} hours"), format!("si heures >= {hours} heures"));
            return self.unsaid(line, found, asked_by_then(self.lang, &asks));
        }
        let named = self.actions_declared(line.start());
        let name = named.first().map_or("…", String::as_str);
        let right = self.file_lang.pick(
            format!("on action \"{name}\" if hours >= {hours} hours"),
            format!("à l'action \"{name}\" si heures >= {hours} heures"),
        );
        self.unsaid(
            line,
            found,
            say!(
                self.lang,
                "hours come with actions: write which action, and how many hours there have to be by then, `{right}`",
                "les heures viennent avec les actions : écrivez laquelle, et combien d'heures il faut alors, `{right}`"
            ),
        )
    }

    /// The action that begins with a noun, as the schedule of the line declares it.
    pub(super) fn action_near(&self, line: &Spoken<'_>, noun: &str) -> Option<String> {
        let singular = noun.trim_end_matches('s');
        let names = self.actions_declared(line.start());
        names.into_iter().find(|name| fold_for_likeness(name).starts_with(singular))
    }

    /// The same; the noun itself where none is near.
    pub(super) fn declared(&self, line: &Spoken<'_>, noun: &str) -> Option<String> {
        let own = || {
            let place = (0..line.len()).find(|place| line.word(*place) == noun)?;
            let written = self.words(line, (place, place + 1));
            let name = written.trim_end_matches('s');
            (!name.is_empty()).then(|| capitalised(name))
        };
        self.action_near(line, noun).or_else(own)
    }

    /// `à 50 % d'avancement`, `at 50 % progress`.
    pub(super) fn certified(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let found = line.find(&[
            "a # % d ' avancement",
            "a # % de l ' avancement",
            "quand l ' avancement atteint # %",
            "a # % d ' achevement",
            "at # % progress",
            "at # % of progress",
            "at # % completion",
            "on # % progress",
        ])?;
        // `jusqu'à 30 % de l'avancement` is an amount.
        if line.before(found.0) == "'" {
            return None;
        }
        let share = (found.0..found.1).find(|place| is_number(line.word(*place)))?;
        let share = self.words(line, (share, share + 1));
        let right = self.file_lang.pick(
            format!("on progress if progress >= {share} %"),
            format!("à l'avancement si avancement >= {share} %"),
        );
        Some(self.written(line, found, &right))
    }

    /// `si le montant dépasse 500 EUR`.
    pub(super) fn compared_amount(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let guard = (0..line.len()).find(|place| ["if", "si"].contains(&line.word(*place)))?;
        let amount = line.find(AMOUNTS).filter(|(from, _)| *from == guard + 1)?;
        let exceeds = EXCEEDS.iter().any(|words| {
            words.split(' ').enumerate().all(|(at, word)| line.word(amount.1 + at) == word)
        });
        if !exceeds {
            return None;
        }
        let event = self
            .file_lang
            .pick("if event \"Large order\" happened", "si événement \"Grosse commande\" survenu");
        let bound = self
            .file_lang
            .pick("price per action, in EUR, at most 900", "tarif par action, en EUR, au plus 900");
        Some(self.unsaid(line, (guard + 1, line.len()), say!(
            self.lang,
            "a condition compares no sums: what all work may come to at most is a bound of the price (`{bound}`); what you decide yourself is an event of the case (`{event}`)",
            "une condition ne compare pas de sommes : ce que le réalisé peut atteindre au plus est une borne du tarif (`{bound}`) ; ce que vous décidez vous-même est un événement du dossier (`{event}`)"
        )))
    }

    /// `remise "R" : 10 % si signé avant le 01/09/2025`: a condition says whether, and not when.
    pub(super) fn without_moment(&self, line: &Spoken<'_>, at: usize) -> Option<Diagnostic> {
        let amount = if line.word(4) == "%" || is_currency(line.word(4)) { 5 } else { 4 };
        if !is_number(line.word(3)) {
            return None;
        }
        let guard = ["if", "si"].contains(&line.word(amount));
        let signing = line.find(&[
            "for signing before",
            "for signature before",
            "pour signature avant",
            "pour inscription avant",
            "pour toute inscription avant",
            "for enrolment before",
            "for booking before",
            "early bird before",
            "if signed by",
        ]);
        if let Some((from, _)) = signing.filter(|(from, _)| *from == amount) {
            let day = (from..line.len()).find(|place| is_number(line.word(*place)));
            let day = day.map_or(String::new(), |day| self.words(line, (day, day + 1)));
            // A month in words is no day of the language: a whole one stands in its place.
            let is_day = day.contains(['-', '/', '.']);
            let example = self.file_lang.pick("2026-09-01", "01/09/2026");
            let day = if is_day { day } else { example.to_owned() };
            // `by` takes its day in, and `before` leaves it out.
            let by = line.stands(from, &["if signed by"]).is_some();
            let day = if by { next_day(&day)? } else { day };
            let right = self.file_lang.pick(
                format!("on signature if signed before {day}"),
                format!("à la signature si signé avant le {day}"),
            );
            let found = (from, line.len());
            return Some(if is_day {
                self.written(line, found, &right)
            } else {
                let help = say!(
                    self.lang,
                    "write the day in figures, as in `{right}`",
                    "écrivez le jour en chiffres, comme dans `{right}`"
                );
                self.unsaid(line, found, help)
            });
        }
        let place = self.place(line, (amount, amount + 1));
        if !guard || place != self.folded.original(at, at + line.word(amount).len()) {
            return None;
        }
        let sum = self.words(line, (3, amount));
        let left = [
            "abandoned",
            "cancelled",
            "canceled",
            "withdrawn",
            "terminated",
            "abandonne",
            "abandonnee",
            "annule",
            "annulee",
            "resilie",
            "resiliee",
        ];
        let asked = line.word(amount + 1);
        let right = if left.contains(&asked) || LEAVING.contains(&asked) {
            // What is asked behind it stays; the condition of anything else is written by whoever means it.
            let after = ["after start", "after the start", "apres le demarrage"];
            let before = ["before start", "before the start", "avant le demarrage"];
            let whole = |words: &[&str]| {
                line.stands(amount + 2, words).is_some_and(|(_, to)| to == line.len())
            };
            let asks = if amount + 2 == line.len() {
                ""
            } else if whole(&after) {
                self.file_lang.pick(" if started", " si démarré")
            } else if whole(&before) {
                self.file_lang.pick(" if not started", " si non démarré")
            } else {
                self.file_lang.pick(" if …", " si …")
            };
            self.file_lang
                .pick(format!("{sum} on abandonment{asks}"), format!("{sum} à l'abandon{asks}"))
        } else if let Some(day) = self.signed_before(line, amount + 1) {
            self.file_lang.pick(
                format!("{sum} on signature if signed before {day}"),
                format!("{sum} à la signature si signé avant le {day}"),
            )
        } else {
            self.file_lang
                .pick(format!("{sum} on signature if …"), format!("{sum} à la signature si …"))
        };
        Some(self.no_moment_before(place, &right))
    }

    /// The day of `signed before January 10` at a place, with a year.
    fn signed_before(&self, line: &Spoken<'_>, at: usize) -> Option<String> {
        let (_, to) = line.stands(at, &["signed before", "signe avant le", "signee avant le"])?;
        let (found, day) = self.day_without_year(line, to)?;
        (found.1 == line.len()).then_some(day)
    }

    /// That a line has a condition and no moment, and how it may be written.
    pub(super) fn no_moment_before(&self, place: Span, right: &str) -> Diagnostic {
        let message = say!(
            self.lang,
            "this line does not say when it is billed",
            "cette ligne ne dit pas quand elle est facturée"
        );
        let help = say!(
            self.lang,
            "a condition says whether a line is billed: say before it when, as in `{right}`",
            "une condition dit si une ligne est facturée : dites avant elle quand, comme dans `{right}`"
        );
        Diagnostic::new(Code::Syntax, place, message).help(help)
    }

    /// `délai < 48 heures`: time to a day is counted in days.
    pub(super) fn hours_of_notice(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let attendance = line.find(ATTENDANCE).filter(|(from, _)| {
            ["if", "si", "and", "et", "or", "ou"].contains(&line.before(*from))
        });
        if let Some(found) = attendance {
            return Some(self.written(line, found, self.file_lang.pick("attendance", "assiduité")));
        }
        let (from, to) = line.find(&["# hours", "# heures", "# h"])?;
        let notice = line
            .find(&["notice", "delai avant le demarrage", "delai", "preavis"])
            .filter(|(at, _)| *at < from)?;
        let hours: u32 = line.word(from).parse().ok()?;
        let sign = (notice.1..from).find_map(|place| sign(line, place))?;
        let measured = self.file_lang.pick("notice", "délai avant le démarrage");
        let help = |right: &str| {
            say!(
                self.lang,
                "time to the planned start is counted in days, since events have a day and no hour: write `{right}`",
                "le temps qui reste avant le démarrage prévu se compte en jours, car un événement a un jour et pas d'heure : écrivez `{right}`"
            )
        };
        if hours > 0 && hours.is_multiple_of(24) {
            let days = hours / 24;
            let s = if days == 1 { "" } else { "s" };
            let right =
                format!("{measured} {sign} {days} {}{s}", self.file_lang.pick("day", "jour"));
            let found = (notice.0, to);
            return Some(
                self.unsaid(line, found, help(&right)).edit(self.place(line, found), &right),
            );
        }
        let days = hours.div_ceil(24).max(1);
        let s = if days == 1 { "" } else { "s" };
        let right = format!("{measured} {sign} {days} {}{s}", self.file_lang.pick("day", "jour"));
        let help = say!(
            self.lang,
            "time to the planned start is counted in days, since events have a day and no hour, and {hours} hours are no whole days: decide how many it is, as in `{right}`",
            "le temps qui reste avant le démarrage prévu se compte en jours, car un événement a un jour et pas d'heure, et {hours} heures ne font pas des jours entiers : décidez combien, comme dans `{right}`"
        );
        Some(self.unsaid(line, (notice.0, to), help))
    }
}

/// What is asked of a case at the moment that a line waits for.
fn asked_by_then(lang: Lang, asks: &str) -> String {
    say!(
        lang,
        "the line waits for one moment, and what has come by then is a condition: `{asks}`",
        "la ligne attend un moment, et ce qui est venu jusque-là est une condition : `{asks}`"
    )
}
