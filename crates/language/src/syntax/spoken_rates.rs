//! What administrators say of prices for something that is counted: a day, a person, a session, a kilometre. In: a line that is
//! not understood. Out: its error with the action that counts it; an edit where it says what was written.

use super::parse::Parser;
use super::spoken::{Spoken, is_currency, is_number};
use crate::diagnostic::Diagnostic;
use crate::lang::say;

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
const OF_ONE: &[&str] = &["par", "per", "la", "le", "a", "each", "/"];
/// A rate of a day, at the beginning of a line.
const DAY_RATES: &[&str] = &["tjm", "day rate", "daily rate", "tarif jour", "taux journalier"];
const MORE: &[&str] = &["majoration", "majore", "majoree", "surcharge", "supplement"];

impl Parser<'_> {
    /// The error of a line that says the price of one of something.
    pub(super) fn spoken_rates(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        self.rate_behind_a_slash(line)
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

    /// `tarif forfait 1500 EUR par personne`, `TJM 450 EUR`, `tarif : 45 EUR la séance`.
    fn price_of_one(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let of_day = line.stands(0, DAY_RATES).is_some();
        if !of_day && !line.begins(&["price", "tarif", "prix"]) {
            return None;
        }
        // So much an hour or a month for each of them is neither.
        let kinds = [
            "hourly",
            "horaire",
            "monthly",
            "mensuel",
            "quarterly",
            "trimestriel",
            "yearly",
            "annuel",
        ];
        if kinds.contains(&line.word(1)) {
            return None;
        }
        let number = (1..line.len()).find(|place| is_number(line.word(*place)))?;
        let mut after = number + 1;
        while is_number(line.word(after)) {
            after += 1;
        }
        let sum = self.words(line, (number, after));
        after += usize::from(is_currency(line.word(after)));
        let counts =
            |place: usize| COUNTED.iter().find(|(words, _)| words.contains(&line.word(place)));
        let behind = OF_ONE.contains(&line.word(after)) && after + 2 == line.len();
        let (place, (words, name)) = if let Some(found) = counts(after + 1).filter(|_| behind) {
            (after + 1, found)
        } else if after == line.len() {
            let place = (0..number).find(|place| counts(*place).is_some());
            let place = place.or(of_day.then_some(0))?;
            (place, counts(place).or(COUNTED.first())?)
        } else {
            return None;
        };
        let name = self.file_lang.pick(name.0, name.1);
        // What is done each time is an action; of other things an event says how many.
        let each = ["seance", "session", "cours", "lesson", "visite", "visit", "intervention"];
        let unit = words.first().copied().unwrap_or("");
        let action = if each.contains(&unit) {
            format!("action \"{name}\" {} {sum}", self.file_lang.pick("flat", "forfait"))
        } else {
            let unit = match behind {
                true => self.words(line, (place, place + 1)),
                false => self.file_lang.pick("day", "jour").to_owned(),
            };
            format!("action \"{name}\" {sum} {} \"{unit}\"", self.file_lang.pick("per", "par"))
        };
        let price = self.file_lang.pick("price per action, in EUR", "tarif par action, en EUR");
        let help = say!(
            self.lang,
            "what is counted is an action with its own rate: `{price}`, then `{action}`; the events of a case say how many, and a line bills `work`",
            "ce qui se compte est une action avec son propre tarif : `{price}`, puis `{action}` ; les événements du dossier disent combien, et une ligne facture `réalisé`"
        );
        Some(self.unsaid(line, (0, line.len()), help))
    }

    /// `forfait 45, majoration de 50 % le dimanche`.
    fn costs_more(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let from = (3..line.len()).find(|place| MORE.contains(&line.word(*place)))?;
        if !line.begins(&["action"]) {
            return None;
        }
        let own =
            self.file_lang.pick("action \"Sunday\" flat 60", "action \"Dimanche\" forfait 60");
        let help = say!(
            self.lang,
            "no rate depends on when or how an action is done: what costs more is an action of its own, with its own rate: `{own}`",
            "aucun tarif ne dépend de quand ni de comment une action est faite : ce qui coûte davantage est une action à part, avec son propre tarif : `{own}`"
        );
        Some(self.unsaid(line, (from, line.len()), help))
    }
}
