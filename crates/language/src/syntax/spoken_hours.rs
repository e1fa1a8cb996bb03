//! What administrators say of hours that a rate includes, or does not bill. In: a line that is not understood. Out: its error with
//! the tiers that say it; an edit where they say what was written, and all of it.

use super::parse::Parser;
use super::spoken::{Found, Spoken, capital, is_currency, is_number};
use super::spoken_bases::{THEN, UP_TO};
use crate::diagnostic::Diagnostic;
use crate::lang::say;

const HOURS: &[&str] = &["hours", "hour", "h", "heures", "heure"];
pub(super) const INCLUDED: &[&str] = &[
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
pub(super) const PER_MONTH: &[&str] =
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
pub(super) const BEYOND: &[&str] = &[
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
/// What says of a price how many hours it is for.
const FOR_HOURS: &[&str] = &["for", "covering", "pour", "comprenant", "incluant", "couvrant"];
pub(super) const AN_HOUR: &[&str] = &[
    "per hour",
    "an hour",
    "each hour",
    "/ hour",
    "/ h",
    "par heure",
    "l ' heure",
    "de l ' heure",
    "/ heure",
];
/// Hours beyond those that were agreed, as a name.
const EXTRA: &[&str] = &[
    "extra hours",
    "extra hour",
    "additional hours",
    "additional hour",
    "overtime hours",
    "overtime",
    "heures supplementaires",
    "heure supplementaire",
    "heures additionnelles",
    "heures en plus",
    "heures sup",
    "depassement horaire",
];
const STEPS: &[&str] = &[
    "by # minutes",
    "by # hours",
    "by # hour",
    "par tranche de # minutes",
    "par tranche de # heures",
    "par tranche de # heure",
    "par tranches de # minutes",
];

impl Parser<'_> {
    /// `hourly 110, 20 hours included`, `horaire 110, dont 20 heures incluses`: a tier of nothing before the rate.
    pub(super) fn hours_included(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let hourly = ["hourly", "horaire"].contains(&line.word(2)) && is_number(line.word(3));
        if !hourly || line.stands(4, UP_TO).is_some() {
            return self.hours_of_another_rate(line);
        }
        let rate = self.words(line, (3, 4));
        let behind = 4 + usize::from(is_currency(line.word(4)));
        // A step stands behind the tiers.
        let comma = behind + usize::from(line.word(behind) == ",");
        let step = line.stands(comma, STEPS).map(|(_, to)| to);
        let stepped = step.map_or(String::new(), |to| {
            let gap = if comma > behind { ", " } else { " " };
            format!("{gap}{}", self.words(line, (comma, to)))
        });
        let behind = step.unwrap_or(behind);
        let beyond = line.stands(behind, BEYOND).map(|(_, to)| to);
        if let Some(hours) = beyond.filter(|hours| self.are_hours(line, *hours)) {
            let right = self.in_tiers(&self.words(line, (hours, hours + 1)), &rate) + &stepped;
            let monthly =
                format!("{right}{}", self.file_lang.pick(", each month", ", chaque mois"));
            let month = line.stands(hours + 2, PER_MONTH).map(|(_, to)| to);
            let help = match month {
                Some(_) => say!(
                    self.lang,
                    "say what the hours before cost: `{monthly}` where they are included in each month",
                    "dites ce que coûtent les heures d'avant : `{monthly}` si elles sont comprises chaque mois"
                ),
                None => say!(
                    self.lang,
                    "say what the hours before cost: `{right}` where they are included once for the whole case, `{monthly}` where they are in each month",
                    "dites ce que coûtent les heures d'avant : `{right}` si elles sont comprises une fois pour tout le dossier, `{monthly}` si elles le sont chaque mois"
                ),
            };
            return Some(self.unsaid(line, (2, month.unwrap_or(hours + 2)), help));
        }
        let ((_, to), hours) = self.included_at(line, behind)?;
        let mut right = self.in_tiers(&self.words(line, (hours, hours + 1)), &rate) + &stepped;
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

    /// `flat 80, 20 hours included`, `hourly 0 up to 5 hours then 90, 20 hours included`.
    fn hours_of_another_rate(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let ((from, to), hours) =
            (3..line.len()).find_map(|place| self.included_at(line, place))?;
        let hours = self.words(line, (hours, hours + 1));
        if ["hourly", "horaire"].contains(&line.word(2)) {
            let right = self.in_tiers(&hours, "…");
            let help = say!(
                self.lang,
                "hours that are included are the first tier, at zero: `{right}`",
                "des heures comprises sont le premier palier, à zéro : `{right}`"
            );
            return Some(self.unsaid(line, (from, to), help));
        }
        let right = self.in_tiers(&hours, "110");
        let help = say!(
            self.lang,
            "leave it out: this rate is billed whatever its hours; an action that is billed by the hour has those that are included as a tier of zero: `{right}`",
            "retirez ces mots : ce tarif se facture quelles que soient ses heures ; une action facturée à l'heure a celles qui sont comprises comme palier à zéro : `{right}`"
        );
        Some(self.unsaid(line, (from, to), help))
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
    pub(super) fn in_tiers(&self, hours: &str, rate: &str) -> String {
        self.file_lang.pick(
            format!("hourly 0 up to {hours} hours then {rate}"),
            format!("horaire 0 jusqu'à {hours} heures puis {rate}"),
        )
    }

    /// `not billed up to 20 hours then 110`: so many hours at nothing.
    pub(super) fn hours_not_billed(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let first = 2 + usize::from(["hourly", "horaire"].contains(&line.word(2)));
        let (_, to) = line.stands(first, NOT_BILLED)?;
        let (_, hours) = line.stands(to, UP_TO)?;
        self.are_hours(line, hours).then_some(())?;
        let (_, then) = line.stands(hours + 2, THEN)?;
        let rate = then + usize::from(["hourly", "horaire"].contains(&line.word(then)));
        if rate == then || !is_number(line.word(rate)) {
            let right = self.file_lang.pick("hourly 0", "horaire 0");
            return Some(self.written(line, (2, to), right));
        }
        // The kind of rate is said once, before its tiers.
        let [hours, rate_of_hour] = [hours, rate].map(|at| self.words(line, (at, at + 1)));
        Some(self.written(line, (2, rate + 1), &self.in_tiers(&hours, &rate_of_hour)))
    }

    /// `price fixed 1190 EUR for 20 hours`: hours that are planned, or those before what is billed beyond them.
    fn hours_of_a_fixed_price(&self, line: &Spoken<'_>, behind: usize) -> Option<Diagnostic> {
        let first = behind + usize::from(line.word(behind) == ",");
        let (_, hours) = line.stands(first, FOR_HOURS)?;
        let ends = ["", ","].contains(&line.word(hours + 2));
        (ends && self.are_hours(line, hours)).then_some(())?;
        let count = self.words(line, (hours, hours + 1));
        let planned =
            self.file_lang.pick(format!("planned {count} hours"), format!("prévu {count} heures"));
        let tiers = self.in_tiers(&count, "…");
        let billed = self.extra_hours("work", "réalisé");
        let help = say!(
            self.lang,
            "a price of this kind is billed whatever the hours: leave this out, or say on a line of its own that they are planned, `{planned}`; where those beyond are billed, they are an action's, `action \"…\" {tiers}`, and a line bills them beside the price, `{billed}`",
            "un tarif de ce genre se facture quelles que soient les heures : retirez ces mots, ou dites sur une ligne à part qu'elles sont prévues, `{planned}` ; si les suivantes se facturent, ce sont celles d'une action, `action \"…\" {tiers}`, et une ligne les facture en sus du prix, `{billed}`"
        );
        Some(self.unsaid(line, (behind, hours + 2), help))
    }

    /// The line that bills what an action counts beyond its hours, the last of them too.
    fn extra_hours(&self, english: &str, french: &str) -> String {
        self.file_lang.pick(
            format!("installment \"Extra hours\": {english} on month end or end or abandonment"),
            format!(
                "échéance \"Heures en plus\": {french} en fin de mois ou à la fin ou à l'abandon"
            ),
        )
    }

    /// `55 EUR per hour beyond 20 hours`: hours of an action, in tiers, and the line that bills them.
    pub(super) fn hours_beyond(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let rated = |place: usize| {
            let (_, to) = line.stands(place + 2, AN_HOUR)?;
            let (_, hours) = line.stands(to, BEYOND)?;
            let sum = is_number(line.word(place)) && is_currency(line.word(place + 1));
            (sum && self.are_hours(line, hours)).then_some((place, hours))
        };
        let (rate, hours) = (0..line.len()).find_map(rated)?;
        let count = self.words(line, (hours, hours + 1));
        let tiers = self.in_tiers(&count, &self.words(line, (rate, rate + 1)));
        let named = self.actions_declared(line.start());
        let name = named.first().filter(|_| named.len() == 1).map_or("…", String::as_str);
        let billed = self.extra_hours("work", "réalisé");
        let help = say!(
            self.lang,
            "hours are those of an action, and what lies below them is a tier of zero: `action \"{name}\" {tiers}`; a line of its own bills them, beside the price where that is fixed: `{billed}`",
            "les heures sont celles d'une action, et celles d'avant un palier à zéro : `action \"{name}\" {tiers}` ; une ligne à part les facture, en sus du prix si c'est un forfait : `{billed}`"
        );
        Some(self.unsaid(line, (rate, hours + 2), help))
    }

    /// `extra hours 55 EUR`, `heures supplémentaires : 55 EUR/h`: an action at that rate, and the line that bills it.
    pub(super) fn hours_apart(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let (_, named) = line.stands(0, EXTRA)?;
        let colon = usize::from([":", "at", "a"].contains(&line.word(named)));
        let ((from, to), sum) =
            self.sum_in(line).filter(|((from, _), _)| *from == named + colon)?;
        let end = line.stands(to, AN_HOUR).map_or(to, |(_, end)| end);
        (end == line.len()).then_some(())?;
        let name = capital(&self.words(line, (0, named)))?;
        let rate = self.words(line, (from, to - 1));
        let (action, flat) = self.file_lang.pick(
            (format!("action \"{name}\" hourly {rate}"), format!("action \"{name}\" flat {rate}")),
            (
                format!("action \"{name}\" horaire {rate}"),
                format!("action \"{name}\" forfait {rate}"),
            ),
        );
        let billed = self.extra_hours("work", "réalisé");
        let help = say!(
            self.lang,
            "hours beyond those agreed are an action of its own, whose events you record: `{action}` where {sum} is the price of an hour, `{flat}` where it is that of each time; a line of its own bills them, beside the price where that is fixed: `{billed}`",
            "les heures au-delà de celles convenues sont une action à part, dont vous enregistrez les événements : `{action}` si {sum} est le prix d'une heure, `{flat}` si c'est celui de chaque fois ; une ligne à part les facture, en sus du prix si c'est un forfait : `{billed}`"
        );
        Some(self.unsaid(line, (0, line.len()), help))
    }

    /// `price monthly 2000 EUR, 20 hours included`: an action with its own rate.
    pub(super) fn hours_of_a_price(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let sum = (1..line.len()).find(|place| is_number(line.word(*place)))?;
        let behind = sum + 1 + usize::from(is_currency(line.word(sum + 1)));
        let hourly = ["hourly", "horaire"].contains(&line.word(1));
        let Some(((from, to), hours)) = self.included_at(line, behind) else {
            return if hourly { None } else { self.hours_of_a_fixed_price(line, behind) };
        };
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
}
