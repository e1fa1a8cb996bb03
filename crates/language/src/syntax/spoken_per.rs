//! What administrators write as a sum alone, for each of something or in each period: `0.60 EUR/km`, `30 EUR per night`, `every
//! month 100 EUR for 10 months`. In: a line that begins with no word of the language. Out: its error with the action or the
//! line that bills it, with the figures of the line.

use super::parse::{Parser, Place};
use super::spoken::{LINES, PAYERS, Spoken, is_currency, is_number};
use super::spoken_figures::PARTS;
use super::trade_moments::WEEKDAYS;
use crate::diagnostic::Diagnostic;
use crate::lang::say;

const PER: &[&str] = &[
    "/",
    "for each",
    "for every",
    "per",
    "each",
    "a",
    "an",
    "par",
    "pour chaque",
    "chaque",
    "de l '",
    "la",
    "le",
    "l '",
];
const HOURS: &[&str] = &["hour", "h", "heure"];
/// What takes an amount off.
const OFF: &[&str] = &[
    "off",
    "discount",
    "rebate",
    "reduction",
    "de remise",
    "de rabais",
    "de reduction",
    "de ristourne",
];
/// What bounds a time behind an amount.
const LIMITS: &[&str] = &[
    "within", "before", "after", "until", "by", "during", "dans", "sous", "sur", "avant", "apres",
    "jusqu", "pendant", "once", "when", "upon", "des", "lors", "lorsque", "quand",
];
/// Words that say how often a sum comes, its unit in the singular and the plural, and when that is.
type Rhythm = (&'static [&'static str], &'static [&'static str], (&'static str, &'static str));
const RHYTHMS: &[Rhythm] = &[
    (
        &[
            "every month",
            "each month",
            "per month",
            "a month",
            "monthly",
            "mensuels",
            "/ month",
            "tous les mois",
            "chaque mois",
            "par mois",
            "/ mois",
            "le mois",
        ],
        &["month", "months", "mois"],
        ("each month end", "à chaque fin de mois"),
    ),
    (
        &[
            "every quarter",
            "each quarter",
            "per quarter",
            "tous les trimestres",
            "chaque trimestre",
            "par trimestre",
            "/ trimestre",
        ],
        &["quarter", "quarters", "trimestre", "trimestres"],
        ("each quarter end", "à chaque fin de trimestre"),
    ),
    (
        &[
            "every year",
            "each year",
            "per year",
            "a year",
            "/ year",
            "tous les ans",
            "chaque annee",
            "par an",
            "/ an",
        ],
        &["year", "years", "an", "ans"],
        ("each year from start", "chaque année à compter du démarrage"),
    ),
];

/// What says behind a sum that each of an action costs it.
const EACH_TIME: &[&str] = &[
    "each time",
    "every time",
    "each action",
    "per action",
    "a piece",
    "apiece",
    "each",
    "a chaque fois",
    "chaque fois",
    "par action",
    "l ' action",
    "l ' unite",
    "a l ' unite",
    "la piece",
    "chacune",
    "chacun",
];
/// What may stand behind the rate of an action.
const OPTIONS: &[&str] =
    &["at most", "ends case", "not billed", "au plus", "termine le dossier", "non facturee"];

/// What stands before a time for which something comes again, and behind one that is the longest.
const LASTS: &[&str] = &[
    "for", "during", "over", "max", "maxi", "maximum", "most", "pendant", "durant", "sur", "plus",
];
const AT_MOST: &[&str] = &["max", "maxi", "maximum", "at most", "au maximum", "au plus"];

impl Parser<'_> {
    /// The error of a line that is such a sum.
    pub(super) fn sum_alone(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let other =
            line.begins(LINES) || line.begins(PAYERS) || line.begins(&["action", "price", "tarif"]);
        if self.place != Place::Schedule || other {
            return None;
        }
        self.in_each_period(line, None)
            .or_else(|| self.cut_into_parts(line))
            .or_else(|| self.for_each_unit(line))
    }

    /// `tous les mois 100 EUR pendant 10 mois`, `100 EUR per month for 10 months`.
    /// Behind a label, the sum is that of a fee.
    pub(super) fn in_each_period(
        &self,
        line: &Spoken<'_>,
        label: Option<&str>,
    ) -> Option<Diagnostic> {
        let ((from, to), sum) = self.sum_in(line)?;
        let at = |words: &[&str]| {
            line.stands(0, words)
                .filter(|(_, end)| *end == from)
                .or_else(|| line.stands(to, words).filter(|_| from == 0 || label.is_some()))
        };
        let (found, units, when) =
            RHYTHMS.iter().find_map(|(words, units, when)| Some((at(words)?, *units, *when)))?;
        let times = self.times_in(line);
        let behind = found.1.max(to);
        let (often, end) = match times.as_slice() {
            [] => (String::new(), behind),
            [((at, end), _)] => {
                let most = line.stands(*end, AT_MOST).map(|(_, end)| end);
                let lasts = most.is_some() || LASTS.contains(&line.before(*at));
                lasts.then_some(())?;
                let same = units.contains(&line.word(at + 1));
                let count = if same { self.words(line, (*at, at + 1)) } else { "…".to_owned() };
                let often = self
                    .file_lang
                    .pick(format!(", at most {count} times"), format!(", au plus {count} fois"));
                (often, most.unwrap_or(*end))
            }
            _ => return None,
        };
        (end == line.len()).then_some(())?;
        let when = self.file_lang.pick(when.0, when.1);
        let beside = match label {
            Some(_) => self.file_lang.pick(", beside the price", ", en sus du prix"),
            None => "",
        };
        let label = label.unwrap_or("\"…\"");
        let right = self.file_lang.pick(
            format!("installment {label}: {sum} {when}{often}{beside}"),
            format!("échéance {label}: {sum} {when}{often}{beside}"),
        );
        let help = say!(
            self.lang,
            "write a line that repeats, with a label, and when it comes: `{right}`",
            "écrivez une ligne qui revient, avec un libellé, et quand elle revient : `{right}`"
        );
        Some(self.unsaid(line, (0, line.len()), help))
    }

    /// `2 400 EUR en 3 fois`.
    fn cut_into_parts(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let ((_, to), sum) = self.sum_in(line).filter(|((from, _), _)| *from == 0)?;
        line.stands(to, PARTS).filter(|(_, end)| *end == line.len())?;
        let times = self.words(line, (to + 1, to + 2));
        let right = self.file_lang.pick(
            format!("installment \"…\": {sum} in {times} parts each month end"),
            format!("échéance \"…\": {sum} en {times} fois à chaque fin de mois"),
        );
        let help = say!(
            self.lang,
            "write a line that comes in parts, with a label, and decide when each comes, as in `{right}`",
            "écrivez une ligne qui vient en parts, avec un libellé, et décidez quand vient chacune, comme dans `{right}`"
        );
        Some(self.unsaid(line, (0, line.len()), help))
    }

    /// `0,60 EUR/km`, `30 EUR per night`.
    fn for_each_unit(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let ((from, to), _) = self.sum_in(line).filter(|((from, _), _)| *from == 0)?;
        self.is_for_each(line, to).then_some(())?;
        self.rate_of_each(line, to, "\"…\"", &self.words(line, (from, to - 1)))
    }

    /// Whether a sum that ends at a place is for each of something, and the line ends there.
    pub(super) fn is_for_each(&self, line: &Spoken<'_>, at: usize) -> bool {
        let noun = |unit: usize| {
            let what = line.word(unit);
            // `le dimanche` is when, and nothing that is counted.
            if line.before(unit) == "le" && WEEKDAYS.contains(&what) {
                return false;
            }
            let end = self.second_unit(line, unit + 1).map_or(unit + 1, |second| second + 1);
            what.starts_with(char::is_alphabetic) && what != "action" && end == line.len()
        };
        line.stands(at, PER).is_some_and(|(_, unit)| noun(unit))
    }

    /// `par jour et par personne`: where the second of two units stands.
    fn second_unit(&self, line: &Spoken<'_>, at: usize) -> Option<usize> {
        let and = at + usize::from(["and", "et", ","].contains(&line.word(at)));
        let (_, unit) = line.stands(and, PER)?;
        let noun = line.word(unit);
        (noun.len() > 2 && noun.starts_with(char::is_alphabetic)).then_some(unit)
    }

    /// That a rate for each of what stands behind a place is that of an action.
    pub(super) fn rate_of_each(
        &self,
        line: &Spoken<'_>,
        at: usize,
        name: &str,
        rate: &str,
    ) -> Option<Diagnostic> {
        let (_, unit) = line.stands(at, PER)?;
        let first = self.words(line, (unit, unit + 1));
        if let Some(second) = self.second_unit(line, unit + 1) {
            let second = self.words(line, (second, second + 1));
            let both = format!("{first} {} {second}", self.file_lang.pick("and", "et"));
            let (per, work) = self.file_lang.pick(("per", "work"), ("par", "réalisé"));
            let action = format!("action {name} {rate} {per} \"{both}\"");
            let help = say!(
                self.lang,
                "a rate is that of an action, which counts one thing, `{action}`: each event of the case says how many times the rate is due, so many of one times so many of the other, and a line bills `{work}`, beside the price where that is fixed",
                "un taux est celui d'une action, qui compte une seule chose, `{action}` : chaque événement du dossier dit combien de fois le taux est dû, le nombre de l'un multiplié par celui de l'autre, et une ligne facture `{work}`, en sus du prix si c'est un forfait"
            );
            return Some(self.unsaid(line, (0, line.len()), help));
        }
        let action = self.rated_action(name, rate, &first);
        let help = say!(
            self.lang,
            "a rate is that of an action, `{action}`: each event of the case says how many, and a line bills `work`, beside the price where that is fixed",
            "un taux est celui d'une action, `{action}` : chaque événement du dossier en dit le nombre, et une ligne facture `réalisé`, en sus du prix si c'est un forfait"
        );
        Some(self.unsaid(line, (0, line.len()), help))
    }

    /// `40 % à mi-chantier`, `25 % on weekends`: an amount, and no word that says what it is.
    pub(super) fn no_kind(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let sum = self.sum_in(line).filter(|((from, _), _)| *from == 0).map(|((_, to), _)| to);
        let share = (is_number(line.word(0)) && line.word(1) == "%").then_some(2);
        let end = sum.or(share)?;
        let of_amount = line.stands(end, &["of amount", "du montant"]).is_some();
        let alone = self.place == Place::Schedule && self.percentages(line).len() < 2;
        (alone && !of_amount).then_some(())?;
        let typed = self.words(line, (0, line.len()));
        let kind = self.file_lang.pick("installment", "échéance");
        if self.is_line(&format!("\"…\": {typed}")) {
            let right = format!("{kind} \"…\": {typed}");
            return Some(self.unsaid(line, (0, line.len()), self.begins_with_its_kind(&right)));
        }
        let behind = line.word(end);
        if line.stands(end, OFF).is_some() {
            return Some(self.unsaid(line, (0, line.len()), self.off_the_price(line, end)));
        }
        // What is no moment may say anything.
        let moment = self.begins_moment(line, end) && behind != "," || behind == "halfway";
        let asks = (end..line.len()).any(|place| ["if", "si"].contains(&line.word(place)));
        let in_parts = line.find(PARTS).is_some();
        let limited = LIMITS.contains(&behind) || is_number(behind);
        if limited || moment && (asks || in_parts) {
            // What is said of it behind a label is said here.
            return self.said_of_the_line(line, &format!("\"…\": {typed}"));
        }
        let amount = self.words(line, (0, end));
        let right = self.file_lang.pick(
            format!("{kind} \"…\": {amount} on event \"…\""),
            format!("{kind} \"…\": {amount} à l'événement \"…\""),
        );
        moment.then_some(())?;
        Some(self.unsaid(line, (0, line.len()), self.begins_with_its_kind(&right)))
    }

    /// `action "Half day" 425`, `425 EUR each`: a sum, and what it is for.
    pub(super) fn sum_of_an_action(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let named = line.begins(&["action"]) && line.word(1).starts_with('"');
        (named && self.place == Place::Schedule).then_some(())?;
        let currency = |at: usize| {
            let capitals = !self.words(line, (at, at + 1)).contains(char::is_lowercase);
            usize::from(is_currency(line.word(at)) && capitals)
        };
        let from = 2 + usize::from(["at", "a", "=", "for", "pour"].contains(&line.word(2)));
        let before = currency(from);
        let number = from + before;
        is_number(line.word(number)).then_some(())?;
        let is_group = |at: &usize| is_number(line.word(*at)) && line.word(*at).len() == 3;
        let behind = (number + 1..line.len()).find(|at| !is_group(at)).unwrap_or(line.len());
        let to = behind + if before == 0 { currency(behind) } else { 0 };
        let sum = match before {
            0 => self.words(line, (number, to)),
            _ => format!("{} {}", self.words(line, (number, to)), self.words(line, (from, number))),
        };
        let each = line.stands(to, EACH_TIME).map(|(_, end)| end);
        let end = each.unwrap_or(to);
        let closes = line.word(end) == "," || end == line.len();
        (closes || line.stands(end, OPTIONS).is_some()).then_some(())?;
        let [flat, hourly] = self
            .file_lang
            .pick(["flat", "hourly"], ["forfait", "horaire"])
            .map(|kind| format!("{kind} {sum}"));
        if each.is_some() {
            return Some(self.written(line, (2, end), &flat));
        }
        let help = say!(
            self.lang,
            "say what it is for: `{flat}` for a sum each time, `{hourly}` for the price of an hour",
            "dites pour quoi : `{flat}` pour une somme à chaque fois, `{hourly}` pour le prix d'une heure"
        );
        Some(self.unsaid(line, (2, end), help))
    }

    /// `10 % off for members`, `10 % de remise`.
    fn off_the_price(&self, line: &Spoken<'_>, end: usize) -> String {
        let amount = self.words(line, (0, end));
        let (right, whom) = self.file_lang.pick(
            (format!("discount \"…\": {amount} on signature"), "if event \"…\" happened"),
            (format!("remise \"…\": {amount} à la signature"), "si événement \"…\" survenu"),
        );
        say!(
            self.lang,
            "what is taken off the price is a discount: `{right}`; whom it is for is said by an event of the case, recorded at the latest the day before: `{whom}`",
            "ce qui se retire du prix est une remise : `{right}` ; à qui elle va est dit par un événement du dossier, enregistré au plus tard la veille : `{whom}`"
        )
    }

    /// An action with its rate for each of something.
    pub(super) fn rated_action(&self, name: &str, rate: &str, what: &str) -> String {
        let hourly = HOURS.contains(&what.trim_end_matches('s'));
        self.file_lang.pick(
            match hourly {
                true => format!("action {name} hourly {rate}"),
                false => format!("action {name} {rate} per \"{what}\""),
            },
            match hourly {
                true => format!("action {name} horaire {rate}"),
                false => format!("action {name} {rate} par \"{what}\""),
            },
        )
    }
}
