//! What administrators say of what an amount is of: a share of what an action cost, hours that are included, the first month,
//! each day of a delay, a fee. In: a line that is not understood. Out: its error with the sentence that works; an edit where it
//! says what was written, and all of it.

use super::parse::{Parser, Place};
use super::spoken::{Found, LINES, Spoken, is_currency, is_number};
use super::ways;
use crate::diagnostic::Diagnostic;
use crate::lang::say;

/// What an action cost.
const AN_AMOUNT: &[&str] = &[
    "of the amounts",
    "of the amount",
    "of each amount",
    "of that amount",
    "of its amount",
    "of amounts",
    "of amount",
    "of the sums",
    "of the sum",
    "of sum",
    "de chaque montant",
    "de ce montant",
    "de son montant",
    "du montant",
    "des montants",
    "de la somme",
    "des sommes",
];
/// What may follow it, where it is not the amount of the price.
const BEHIND_AN_AMOUNT: &[&str] =
    &["", ",", "if", "si", "on", "at", "each", "every", "when", "a", "au", "en", "le", "chaque"];
const HOURS: &[&str] = &["hours", "hour", "h", "heures", "heure"];
const INCLUDED: &[&str] = &[
    "free of charge",
    "included",
    "incl",
    "free",
    "inclusive",
    "incluses",
    "incluse",
    "inclus",
    "comprises",
    "comprise",
    "compris",
    "offertes",
    "offerte",
    "offerts",
    "gratuites",
    "gratuits",
    "gratuit",
];
/// What may stand before hours that are included.
const BEFORE_HOURS: &[&str] = &[
    "of which the first",
    "of which",
    "including the first",
    "including",
    "with the first",
    "with",
    "the first",
    "first",
    "dont les",
    "dont",
    "avec",
    "les",
    "y compris",
];
/// What says of itself that the hours behind it are included.
const INCLUDING: &[&str] = &["including the first", "including", "of which", "dont"];
const PER_MONTH: &[&str] =
    &["per month", "a month", "each month", "every month", "monthly", "par mois", "chaque mois"];
const NOT_BILLED: &[&str] = &[
    "not billed",
    "unbilled",
    "free of charge",
    "free",
    "nothing",
    "non facturee",
    "non facture",
    "gratuite",
    "gratuit",
    "rien",
];
const UP_TO: &[&str] = &["up to", "jusqu ' a"];
const THEN: &[&str] = &["then", "puis"];
const BEYOND: &[&str] = &[
    "after the first",
    "after",
    "beyond",
    "above",
    "over",
    "au - dela de",
    "au dela de",
    "apres",
    "a partir de",
];
const FIRST_PERIOD: &[&str] = &[
    "first month pro rata",
    "first month prorated",
    "first month pro - rated",
    "first month is pro rata",
    "first month is prorated",
    "first period pro rata",
    "premier mois au prorata",
    "premier mois prorata",
    "premier mois proratise",
    "premiere periode au prorata",
];
/// For each so much time.
const PER_TIME: &[&str] = &[
    "per day",
    "per week",
    "per month",
    "a day",
    "a week",
    "for each day",
    "for every day",
    "for each week",
    "each day late",
    "each day of delay",
    "par jour",
    "par semaine",
    "par mois de retard",
    "pour chaque jour",
    "par journee",
];
const FEES: &[&str] = &[
    "fee",
    "fees",
    "frais",
    "penalty",
    "penalties",
    "penalite",
    "penalites",
    "indemnite",
    "indemnites",
    "charge",
    "charges",
    "surcharge",
    "supplement",
];

impl Parser<'_> {
    /// The error of a line that says what an amount is of in such words.
    pub(super) fn spoken_base(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        if line.begins(&["action"]) {
            return self
                .tiers_behind_a_unit(line)
                .or_else(|| self.tiers_of_a_share(line))
                .or_else(|| self.hours_included(line))
                .or_else(|| self.hours_not_billed(line));
        }
        if line.begins(&["price", "tarif", "prix"]) {
            return self.hours_of_a_price(line);
        }
        if line.begins(LINES) && line.word(2) == ":" {
            return self
                .share_of_an_amount(line)
                .or_else(|| self.first_period(line))
                .or_else(|| self.discount_by_the_day(line));
        }
        self.fee(line)
    }

    /// `10 % of amount on action "Gain"`: a rate of the action, which a line of work bills.
    fn share_of_an_amount(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let share = is_number(line.word(3)) && line.word(4) == "%";
        let (from, to) = line.stands(5, AN_AMOUNT).filter(|_| share)?;
        let of = usize::from(["of", "de", "d"].contains(&line.word(to)));
        let named = ["action", "event", "evenement"].contains(&line.word(to + of));
        if !named && !BEHIND_AN_AMOUNT.contains(&line.word(to)) {
            return None;
        }
        let quoted = (to..line.len()).find(|place| line.word(*place).starts_with('"'));
        let name = quoted.map(|place| self.words(line, (place, place + 1)));
        let name = name.unwrap_or_else(|| self.file_lang.pick("\"Gain\"", "\"Gain\"").to_owned());
        let share = self.words(line, (3, 5));
        let right = self.file_lang.pick(
            format!("action {name} {share} of amount"),
            format!("action {name} {share} du montant"),
        );
        let help = say!(
            self.lang,
            "a percentage of a line is of the price; a share of what an action cost is a rate of the action, `{right}`, on a line of its own, and a line then bills `work`",
            "un pourcentage d'une ligne est une part du tarif ; une part de ce qu'une action a coûté est un tarif de l'action, `{right}`, sur sa propre ligne, et une ligne facture alors `réalisé`"
        );
        Some(self.unsaid(line, (from, to), help))
    }

    /// `50 per "day" up to 3 then 40`: the unit stands before the tiers.
    fn tiers_behind_a_unit(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let first = 2 + usize::from(line.word(2) == ",");
        let per = first + 1 + usize::from(is_currency(line.word(first + 1)));
        let unit = ["per", "par"].contains(&line.word(per)) && line.word(per + 1).starts_with('"');
        line.stands(per + 2, UP_TO).filter(|_| unit && is_number(line.word(first)))?;
        let (sum, unit) = (self.words(line, (first, per)), self.words(line, (per, per + 2)));
        Some(self.written(line, (first, per + 2), &format!("{unit} {sum}")))
    }

    /// `10 % of amount up to 50000 then 5 %`.
    fn tiers_of_a_share(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let share = is_number(line.word(2)) && line.word(3) == "%";
        let (_, to) =
            line.stands(4, &["of amount", "of the amount", "du montant"]).filter(|_| share)?;
        let (from, bound) = line.stands(to, UP_TO)?;
        let sum = is_number(line.word(bound)).then(|| self.words(line, (bound, bound + 1)))?;
        let after = bound + 1 + usize::from(is_currency(line.word(bound + 1)));
        let (_, next) = line.stands(after, THEN)?;
        let rate = |place: usize| hundredth(line.word(place), self.file_lang.pick(".", ","));
        let (first, second) = (rate(2)?, rate(next)?);
        let right = self.file_lang.pick(
            format!("per \"euro\" {first} up to {sum} then {second}"),
            format!("par \"euro\" {first} jusqu'à {sum} puis {second}"),
        );
        let end = next + 1 + usize::from(line.word(next + 1) == "%");
        let help = say!(
            self.lang,
            "tiers are of hours and of units: `{right}`, where events then state how many in a `quantity`",
            "les paliers sont d'heures et d'unités : `{right}`, et les événements en disent alors le nombre par une `quantité`"
        );
        Some(self.unsaid(line, (from, end), help))
    }

    /// `hourly 110, 20 hours included`, `horaire 110, dont 20 heures incluses`: a tier of nothing before the rate.
    fn hours_included(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let hourly = ["hourly", "horaire"].contains(&line.word(2)) && is_number(line.word(3));
        let rate = hourly.then(|| self.words(line, (3, 4)))?;
        let behind = 4 + usize::from(is_currency(line.word(4)));
        let beyond = line.stands(behind, BEYOND).map(|(_, to)| to);
        if let Some(hours) = beyond.filter(|hours| self.are_hours(line, *hours)) {
            let right = self.in_tiers(&self.words(line, (hours, hours + 1)), &rate);
            let help = say!(
                self.lang,
                "say what the hours before cost: `{right}` where they are included",
                "dites ce que coûtent les heures d'avant : `{right}` si elles sont comprises"
            );
            return Some(self.unsaid(line, (2, hours + 2), help));
        }
        let ((_, to), hours) = self.included_at(line, behind)?;
        let mut right = self.in_tiers(&self.words(line, (hours, hours + 1)), &rate);
        let month = line.stands(to, PER_MONTH).map(|(_, to)| to);
        if month.is_some() {
            right += self.file_lang.pick(", each month", ", chaque mois");
        }
        let to = month.unwrap_or(to);
        let whole = ["", ","].contains(&line.word(to));
        let told = self.written(line, (2, to), &right);
        if month.is_some() || line.stands(to + 1, PER_MONTH).is_some() {
            return Some(if whole { told } else { Diagnostic { edit: None, ..told } });
        }
        // In all or each month: nothing says which.
        let monthly = self.file_lang.pick(", each month", ", chaque mois");
        let help = say!(
            self.lang,
            "hours that are included are a tier of zero: `{right}` in all, `{right}{monthly}` of each month",
            "des heures comprises sont un palier à zéro : `{right}` en tout, `{right}{monthly}` pour chaque mois"
        );
        Some(self.unsaid(line, (2, to), help))
    }

    /// Hours that are included, from a place on, and where their number stands.
    fn included_at(&self, line: &Spoken<'_>, place: usize) -> Option<(Found, usize)> {
        let first = place + usize::from(line.word(place) == ",");
        let hours = line.stands(first, BEFORE_HOURS).map_or(first, |(_, to)| to);
        self.are_hours(line, hours).then_some(())?;
        let premieres = usize::from(line.word(hours + 1).starts_with("premi"));
        let end = hours + 2 + premieres;
        match line.stands(end, INCLUDED) {
            Some((_, to)) => Some(((place, to), hours)),
            None => line.stands(first, INCLUDING).map(|_| ((place, end), hours)),
        }
    }

    fn are_hours(&self, line: &Spoken<'_>, place: usize) -> bool {
        let unit = place + 1 + usize::from(line.word(place + 1).starts_with("premi"));
        is_number(line.word(place)) && HOURS.contains(&line.word(unit))
    }

    /// `hourly 0 up to 20 hours then 110`.
    fn in_tiers(&self, hours: &str, rate: &str) -> String {
        self.file_lang.pick(
            format!("hourly 0 up to {hours} hours then {rate}"),
            format!("horaire 0 jusqu'à {hours} heures puis {rate}"),
        )
    }

    /// `not billed up to 20 hours then 110`: so many hours at nothing.
    fn hours_not_billed(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let first = 2 + usize::from(["hourly", "horaire"].contains(&line.word(2)));
        let (_, to) = line.stands(first, NOT_BILLED)?;
        let (_, hours) = line.stands(to, UP_TO)?;
        self.are_hours(line, hours).then_some(())?;
        line.stands(hours + 2, THEN)?;
        let right = self.file_lang.pick("hourly 0", "horaire 0");
        Some(self.written(line, (2, to), right))
    }

    /// `price monthly 2000 EUR, 20 hours included`: an action with its own rate.
    fn hours_of_a_price(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let sum = (1..line.len()).find(|place| is_number(line.word(*place)))?;
        let behind = sum + 1 + usize::from(is_currency(line.word(sum + 1)));
        let ((from, to), hours) = self.included_at(line, behind)?;
        let hourly = ["hourly", "horaire"].contains(&line.word(1));
        let rate = if hourly { self.words(line, (sum, sum + 1)) } else { "110".to_owned() };
        let tiers = self.in_tiers(&self.words(line, (hours, hours + 1)), &rate);
        let monthly =
            ["monthly", "mensuel"].contains(&line.word(1)) || line.stands(to, PER_MONTH).is_some();
        let monthly = match monthly {
            true => self.file_lang.pick(", each month", ", chaque mois"),
            false => "",
        };
        let right = self.file_lang.pick(
            format!("action \"Hours\" {tiers}{monthly}"),
            format!("action \"Heures\" {tiers}{monthly}"),
        );
        if !hourly {
            let help = say!(
                self.lang,
                "hours that are included are those of an action, with the rate of those beyond: `{right}` where that is 110, on a line of its own, and a line that bills `work`",
                "des heures comprises sont celles d'une action, avec le tarif des suivantes : `{right}` si celui-ci est de 110, sur sa propre ligne, et une ligne qui facture `réalisé`"
            );
            return Some(self.unsaid(line, (from, to), help));
        }
        let help = say!(
            self.lang,
            "hours that are included are those of an action, at a rate of their own: `{right}`, on a line of its own, and a line that bills `work`",
            "des heures comprises sont celles d'une action, avec leur propre tarif : `{right}`, sur sa propre ligne, et une ligne qui facture `réalisé`"
        );
        Some(self.unsaid(line, (from, to), help))
    }

    /// `price each month, first month pro rata`.
    fn first_period(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let (_, to) = line.find(FIRST_PERIOD).filter(|(from, _)| *from > 3)?;
        Some(self.unsaid(line, (3, to), ways::first_month_apart(self.lang)))
    }

    /// `remise "Retard" : 50 EUR par jour de retard`: a discount comes once.
    fn discount_by_the_day(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        if !line.begins(&["discount", "remise"]) || !is_number(line.word(3)) {
            return None;
        }
        let unit = line.word(4) == "%" || is_currency(line.word(4));
        let amount = 4 + usize::from(unit);
        let (from, to) = line.stands(amount, PER_TIME)?;
        Some(self.unsaid(line, (from, to), ways::in_steps(self.lang)))
    }

    /// `frais "Dossier": 90 EUR à la signature`, `penalty "Late" 50 EUR on event "Delay"`.
    fn fee(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        if !matches!(self.place, Place::Schedule) || !line.begins(FEES) {
            return None;
        }
        let number = (1..line.len()).find(|place| is_number(line.word(*place)))?;
        let labelled = line.word(1).starts_with('"');
        let sum = number + 1 + usize::from(is_currency(line.word(number + 1)));
        let first = if labelled { 2 + usize::from(line.word(2) == ":") } else { number };
        if line.word(number + 1) == "%" || first != number {
            return None;
        }
        let label = if labelled {
            self.words(line, (1, 2))
        } else {
            let words = self.words(line, (0, number));
            let mut letters = words.trim_end_matches([':', ' ', '\u{a0}']).chars();
            let first = letters.next()?.to_uppercase();
            format!("\"{}\"", first.chain(letters).collect::<String>())
        };
        let moment = self.begins_moment(line, sum) && line.word(sum) != ",";
        let rest = match moment {
            true => self.words(line, (number, line.len())),
            false => {
                let sum = self.words(line, (number, sum));
                self.file_lang.pick(format!("{sum} on signature"), format!("{sum} à la signature"))
            }
        };
        let beside = self.file_lang.pick(", beside the price", ", en sus du prix");
        let beside =
            if line.find(&["beside the price", "en sus du prix"]).is_some() { "" } else { beside };
        let right = self.file_lang.pick(
            format!("installment {label}: {rest}{beside}"),
            format!("échéance {label}: {rest}{beside}"),
        );
        let help = say!(
            self.lang,
            "what comes on top of the price is a line of its own: `{right}`; without `beside the price` it is a part of it, which a `remainder` takes in",
            "ce qui s'ajoute au prix est une ligne à part : `{right}` ; sans `en sus du prix`, c'en est une part, qu'un `reste` absorbe"
        );
        Some(self.unsaid(line, (0, 1), help))
    }
}

/// A hundredth of a number, as the language writes it; none of what is no plain number.
fn hundredth(number: &str, mark: &str) -> Option<String> {
    let (whole, decimals) = number.split_once(['.', ',']).unwrap_or((number, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(decimals) {
        return None;
    }
    let padded = format!("{whole:0>3}");
    let (units, cents) = padded.split_at(padded.len() - 2);
    let decimals = format!("{cents}{decimals}");
    // Three decimals behind a comma could be read as thousands.
    let mark = if decimals.len() == 3 { "." } else { mark };
    Some(format!("{units}{mark}{decimals}"))
}
