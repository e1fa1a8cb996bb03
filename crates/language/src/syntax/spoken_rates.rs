//! What administrators say of prices for something that is counted: a day, a person, a session, a kilometre. In: a line that is
//! not understood. Out: its error with the action that counts it; an edit where it says what was written.

use super::parse::{Parser, Place};
use super::spoken::{Spoken, capital, is_currency, is_number};
use super::spoken_bases::hundredth;
use super::spoken_figures::MOMENTS;
use super::spoken_limits::{LEAVING, UNITS};
use super::spoken_payments::product;
use super::spoken_words::is_known_currency;
use crate::diagnostic::Diagnostic;
use crate::lang::say;
use crate::money::Currency;

const OF_HOURS: &[&str] = &["h", "heure", "hour"];
/// What is counted, and the name of an action that does.
const COUNTED: &[(&[&str], (&str, &str))] = &[
    (&["jour", "journee", "day", "journalier", "journaliere", "daily"], ("Day", "Journée")),
    (&["personne", "person", "tete", "head"], ("Person", "Personne")),
    (&["participant", "participants"], ("Participant", "Participant")),
    (&["stagiaire", "apprenant", "learner", "trainee"], ("Learner", "Stagiaire")),
    (&["eleve", "enfant", "student", "child", "pupil"], ("Pupil", "Élève")),
    (&["seance", "session"], ("Session", "Séance")),
    (&["cours", "lesson"], ("Lesson", "Cours")),
    (&["visite", "visit"], ("Visit", "Visite")),
    (&["intervention"], ("Intervention", "Intervention")),
];
const OF_ONE: &[&str] = &["par", "per", "la", "le", "l '", "au", "a la", "a l '", "a", "each", "/"];
/// What stands behind `per` and has a price of its own.
const NO_UNITS: &[&str] = &[
    "action",
    "month",
    "mois",
    "quarter",
    "trimestre",
    "year",
    "an",
    "annee",
    "hour",
    "heure",
    "case",
    "dossier",
    "group",
    "groupe",
    "forfait",
    "signature",
    "demarrage",
    "start",
    "end",
    "fin",
    "week",
    "semaine",
    "the",
    "la",
    "le",
];
/// Prices for a time.
const OF_TIME: &[&str] =
    &["hourly", "horaire", "monthly", "mensuel", "quarterly", "trimestriel", "yearly", "annuel"];
/// What is done each time is an action; of other things an event says how many.
const EACH_TIME: &[&str] =
    &["seance", "session", "cours", "lesson", "visite", "visit", "intervention"];
/// What stands before the price of one of several.
const AT_EACH: &[&str] = &["at", "for", "of", "x", "a", "de", "pour", "par"];
const EACH_ONE: &[&str] = &[
    "each",
    "a piece",
    "apiece",
    "chacune",
    "chacun",
    "l ' unite",
    "piece",
    "par seance",
    "per session",
];
/// Payments, which are told of as such.
const COUNTS: &[&str] = &[
    "payments",
    "installments",
    "instalments",
    "mensualites",
    "versements",
    "echeances",
    "paiements",
    "fois",
    "times",
    "cheques",
    "parts",
    "prelevements",
];
/// A rate of a day, at the beginning of a line.
const DAY_RATES: &[&str] = &["tjm", "day rate", "daily rate", "tarif jour", "taux journalier"];
const MORE: &[&str] = &["majoration", "majore", "majoree", "surcharge", "supplement"];

/// What is counted by a word that is known.
fn counted(word: &str) -> Option<&'static (&'static [&'static str], (&'static str, &'static str))> {
    COUNTED.iter().find(|(words, _)| words.contains(&word))
}

impl Parser<'_> {
    /// The error of a line that says the price of one of something.
    pub(super) fn spoken_rates(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        self.so_many_at(line)
            .or_else(|| self.rate_behind_a_slash(line))
            .or_else(|| self.price_of_one(line))
            .or_else(|| self.costs_more(line))
    }

    /// `action "Conseil" 450 EUR/jour`, `0,45 EUR/km`.
    fn rate_behind_a_slash(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let number = line.begins(&["action"]) && is_number(line.word(2));
        let currency = usize::from(is_currency(line.word(3)));
        let slash = 3 + currency;
        if !number
            || line.word(slash) != "/"
            || !line.word(slash + 1).starts_with(char::is_alphabetic)
        {
            return None;
        }
        let mut to = slash + 2;
        while line.word(to) == "-" {
            to += 2;
        }
        let (rate, unit) = (self.words(line, (2, 3)), self.words(line, (slash + 1, to)));
        let right = match OF_HOURS.contains(&line.word(slash + 1)) {
            true => format!("{} {rate}", self.file_lang.pick("hourly", "horaire")),
            false => format!("{rate} {} \"{unit}\"", self.file_lang.pick("per", "par")),
        };
        Some(self.written(line, (2, to), &right))
    }

    /// `tarif forfait 1500 EUR par personne`, `TJM 450 EUR`, `tarif : 45 EUR la séance`, `prix au mot`.
    fn price_of_one(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let of_day = line.stands(0, DAY_RATES).is_some();
        if !of_day && !line.begins(&["price", "tarif", "prix"]) {
            return None;
        }
        // So much an hour or a month for each of them is neither.
        if OF_TIME.contains(&line.word(1)) {
            return None;
        }
        let number = (1..line.len()).find(|place| is_number(line.word(*place)));
        let (sum, after) = match number {
            Some(number) => {
                let end = (number..line.len()).find(|at| !is_number(line.word(*at)));
                let end = end.unwrap_or(line.len());
                (self.words(line, (number, end)), end + usize::from(is_currency(line.word(end))))
            }
            None => ("…".to_owned(), line.len()),
        };
        // `EUR 0.12` is read, too.
        let coded = |number: usize| number - usize::from(is_known_currency(line.before(number)));
        let ends = number.map_or(line.len(), coded);
        // What is counted stands behind the sum, or before it: `prix au mot : 0,12 EUR`.
        let behind = self.unit_of_one(line, after).filter(|(_, end)| *end == line.len());
        let before = || (1..ends).find_map(|at| self.unit_of_one(line, at));
        let told = match behind {
            Some((unit, _)) => self.action_of_one(line, unit, &sum, true),
            None if after < line.len() => return None,
            None => match before() {
                Some((unit, end)) if line.word(end) == ":" || end == ends => {
                    self.action_of_one(line, unit, &sum, true)
                }
                Some(_) => return None,
                None => {
                    let known = |at: &usize| counted(line.word(*at)).is_some();
                    let place = (0..ends).find(known).or(of_day.then_some(0))?;
                    number?;
                    self.action_of_one(line, place, &sum, false)
                }
            },
        };
        let beside = [line.before(after), line.word(ends)].into_iter();
        let mut beside = beside.filter(|word| number.is_some() && is_known_currency(word));
        let code = beside.next().map_or_else(|| self.currency_around(line), Currency::code_of);
        let price = self
            .file_lang
            .pick(format!("price per action, in {code}"), format!("tarif par action, en {code}"));
        let help = say!(
            self.lang,
            "what is counted is an action with its own rate: `{price}`, then `{told}`; the events of a case say how many, and a line bills `work`",
            "ce qui se compte est une action avec son propre tarif : `{price}`, puis `{told}` ; les événements du dossier disent combien, et une ligne facture `réalisé`"
        );
        Some(self.unsaid(line, (0, line.len()), help))
    }

    /// Where what is counted stands behind `per` at a place, and where it ends.
    fn unit_of_one(&self, line: &Spoken<'_>, at: usize) -> Option<(usize, usize)> {
        let (_, unit) = line.stands(at, OF_ONE)?;
        let word = line.word(unit);
        let is_unit = word.len() > 1 && word.starts_with(char::is_alphabetic);
        let is_moment = MOMENTS.contains(&word) || LEAVING.contains(&word);
        (is_unit && !is_moment && !NO_UNITS.contains(&word)).then_some((unit, unit + 1))
    }

    /// The action that counts what stands at a place; what is done each time, one by one, else how many an event says.
    fn action_of_one(&self, line: &Spoken<'_>, place: usize, sum: &str, named: bool) -> String {
        let typed = self.words(line, (place, place + 1));
        let known = counted(line.word(place)).or(if named { None } else { COUNTED.first() });
        let name = match known {
            Some((_, name)) => self.file_lang.pick(name.0, name.1).to_owned(),
            None => capital(&typed).unwrap_or_default(),
        };
        let first = known.and_then(|(words, _)| words.first().copied()).unwrap_or("");
        if EACH_TIME.contains(&first) {
            return format!("action \"{name}\" {} {sum}", self.file_lang.pick("flat", "forfait"));
        }
        let day = COUNTED.first().is_some_and(|(words, _)| words.contains(&first));
        let unit = match day && !named {
            true => self.file_lang.pick("day", "jour").to_owned(),
            false => typed,
        };
        format!("action \"{name}\" {sum} {} \"{unit}\"", self.file_lang.pick("per", "par"))
    }

    /// `10 sessions at 45 EUR`: each as it is held, or all of them as one price.
    fn so_many_at(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let counts = line.word(0).bytes().all(|byte| byte.is_ascii_digit());
        let noun = line.word(1);
        let is_noun = noun.len() > 2 && noun.starts_with(char::is_alphabetic);
        let ((from, to), sum) = self.sum_in(line)?;
        let at = line.ending_at(from, AT_EACH).filter(|at| *at >= 2)?;
        let payments = (1..at).any(|at| COUNTS.contains(&line.word(at)));
        let known = UNITS.contains(&noun) || is_currency(noun) || payments;
        let end = line.stands(to, EACH_ONE).map_or(to, |(_, end)| end);
        let plain = (1..at).all(|at| line.word(at).chars().all(|c| c.is_alphabetic() || c == '-'));
        let here = self.place == Place::Schedule && end == line.len();
        (counts && is_noun && !known && plain && here).then_some(())?;
        let many = line.word(0);
        let one = self.words(line, (from, to - 1));
        let code = self.words(line, (to - 1, to));
        let whole = product(many, &one.replace([' ', '\u{a0}', '\u{202f}'], ""))?;
        let typed = self.words(line, (1, at));
        let name = if at == 2 { typed.trim_end_matches('s') } else { typed.as_str() };
        let name = match counted(noun.trim_end_matches('s')).filter(|_| at == 2) {
            Some((_, name)) => self.file_lang.pick(name.0, name.1).to_owned(),
            None => capital(name)?,
        };
        let hours = OF_HOURS.contains(&noun.trim_end_matches('s'));
        let (fixed, action) = self.file_lang.pick(
            (
                format!("price fixed {whole} {code}"),
                format!("action \"{name}\" flat {one}, at most {many} times"),
            ),
            (
                format!("tarif forfait {whole} {code}"),
                format!("action \"{name}\" forfait {one}, au plus {many} fois"),
            ),
        );
        if hours {
            let (hourly, planned) = self.file_lang.pick(
                (format!("price hourly {sum}"), format!("planned {many} hours")),
                (format!("tarif horaire {sum}"), format!("prévu {many} heures")),
            );
            let help = say!(
                self.lang,
                "decide what is billed: the hours as they are worked, `{hourly}` with `{planned}`, and a line bills `work`; or all of them as one price, `{fixed}`",
                "décidez ce qui se facture : les heures telles qu'elles sont faites, `{hourly}` avec `{planned}`, et une ligne facture `réalisé` ; ou toutes en un prix, `{fixed}`"
            );
            return Some(self.unsaid(line, (0, line.len()), help));
        }
        let price = self.file_lang.pick("price per action, in EUR", "tarif par action, en EUR");
        let help = say!(
            self.lang,
            "decide what is billed: each as it is held, `{price}` with `{action}`, and a line bills `work`; or all of them as one price, `{fixed}`",
            "décidez ce qui se facture : chacune quand elle a lieu, `{price}` avec `{action}`, et une ligne facture `réalisé` ; ou toutes en un prix, `{fixed}`"
        );
        Some(self.unsaid(line, (0, line.len()), help))
    }

    /// `forfait 45, majoration de 50 % le dimanche`.
    fn costs_more(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let adds = |place: usize| line.word(place) == "+" && is_number(line.word(place + 1));
        let is_more = |place: &usize| MORE.contains(&line.word(*place)) || adds(*place);
        let from = (2..line.len()).find(is_more)?;
        if !line.begins(&["action"]) {
            return None;
        }
        let (own, exact) = self.raised(line, from).unwrap_or_else(|| {
            let own =
                self.file_lang.pick("action \"Sunday\" flat …", "action \"Dimanche\" forfait …");
            (own.to_owned(), None)
        });
        let rounded = exact.map_or_else(String::new, |exact| {
            say!(
                self.lang,
                ", with the sum to which you round {exact}",
                ", avec la somme à laquelle vous arrondissez {exact}"
            )
        });
        let help = say!(
            self.lang,
            "no rate depends on when or how an action is done: what costs more is an action of its own, with its own rate: `{own}`{rounded}",
            "aucun tarif ne dépend de quand ni de comment une action est faite : ce qui coûte davantage est une action à part, avec son propre tarif : `{own}`{rounded}"
        );
        Some(self.unsaid(line, (from, line.len()), help))
    }

    /// The action of a line at its rate and so much of it more, as a percentage behind a place says; where a sum of the currency
    /// does not come to it, without its rate, and what it comes to.
    fn raised(&self, line: &Spoken<'_>, from: usize) -> Option<(String, Option<String>)> {
        let rated = ["flat", "forfait", "hourly", "horaire"].contains(&line.word(2));
        let shares = self.percentages(line);
        let (_, share) = shares.into_iter().find(|((at, _), _)| *at > from && rated)?;
        let number = share.trim_end_matches([' ', '%']);
        let (whole, part) = number.split_once(['.', ',']).unwrap_or((number, ""));
        let whole: u32 = whole.parse().ok().filter(|_| part.len() <= 2)?;
        let times = format!("{}{part:0<2}", whole.checked_add(100)?);
        let mark = self.file_lang.pick(".", ",");
        let exact = hundredth(&hundredth(&product(&times, line.word(3))?, mark)?, mark)?;
        let currency = Currency::find(&self.currency_around(line)).unwrap_or(Currency::EURO);
        let (units, decimals) = exact.split_once(['.', ','])?;
        let decimals = decimals.trim_end_matches('0');
        let fits = decimals.len() <= currency.decimals() as usize;
        let exact = match (decimals, currency.decimals()) {
            ("", 0) => units.to_owned(),
            _ if decimals.len() == 3 => format!("{units}.{decimals}"),
            _ => format!("{units}{mark}{decimals:0<2}"),
        };
        let name = self.words(line, (1, 2));
        let name = name.trim_matches(['"', '«', '»', ' ', '\u{a0}']);
        let rate = if fits { exact.as_str() } else { "…" };
        let own = format!("action \"{name} +{share}\" {} {rate}", self.words(line, (2, 3)));
        Some((own, (!fits).then_some(exact)))
    }
}
