//! What administrators say of what an amount is of: a share of what an action cost, the first month, each day of a delay, a fee. In: a line that is not understood. Out: its error with the sentence that works; an edit where it
//! says what was written, and all of it.

use super::parse::Parser;
use super::spoken::{LINES, Spoken, is_currency, is_number};
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
pub(super) const UP_TO: &[&str] = &["up to", "jusqu ' a"];
pub(super) const THEN: &[&str] = &["then", "puis"];
const FIRST: &[&str] = &["first", "premiers", "premieres", "premier", "premiere"];
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
impl Parser<'_> {
    /// The error of a line that says what an amount is of in such words.
    pub(super) fn spoken_base(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        if line.begins(&["action"]) {
            return self
                .beyond_the_rate(line)
                .or_else(|| self.tiers_behind_a_unit(line))
                .or_else(|| self.tiers_of_a_share(line))
                .or_else(|| self.tiers_of_times(line))
                .or_else(|| self.hours_included(line))
                .or_else(|| self.hours_not_billed(line));
        }
        if line.begins(&["price", "tarif", "prix"]) {
            return self.hours_of_a_price(line);
        }
        if let Some(told) = self.beyond_the_rate(line) {
            return Some(told);
        }
        if let Some(told) = self.hours_beyond(line).or_else(|| self.hours_apart(line)) {
            return Some(told);
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

    /// `flat 60 first 3 then 40`, `forfait 60 les 3 premières, puis 40`: tiers are of units, and each time is one.
    fn tiers_of_times(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let flat = ["flat", "forfait"].contains(&line.word(2));
        let rate = 2 + usize::from(flat);
        let digits = |at: usize| line.word(at).bytes().all(|byte| byte.is_ascii_digit());
        let behind = |at: usize| at + 1 + usize::from(is_currency(line.word(at + 1)));
        is_number(line.word(rate)).then_some(())?;
        let said = |at: &usize| FIRST.contains(&line.word(*at));
        let first = (behind(rate)..line.len()).find(said)?;
        let counts = |at: usize| is_number(line.word(at)) && digits(at);
        let count = [first + 1, first.checked_sub(1)?].into_iter().find(|at| counts(*at))?;
        let (_, next) = (count.max(first)..line.len()).find_map(|at| line.stands(at, THEN))?;
        is_number(line.word(next)).then_some(())?;
        let end = behind(next);
        let [rate_typed, count, next] =
            [rate, count, next].map(|at| self.words(line, (at, at + 1)));
        let unit = self.words(line, (1, 2));
        let unit = unit.trim_matches(['"', '«', '»', ' ', '\u{a0}']).to_lowercase();
        let right = self.file_lang.pick(
            format!("per \"{unit}\" {rate_typed} up to {count} then {next}"),
            format!("par \"{unit}\" {rate_typed} jusqu'à {count} puis {next}"),
        );
        let help = say!(
            self.lang,
            "tiers are of hours and of units, and count through the case: `{right}`, where each event says how many in its `quantity`",
            "les paliers sont d'heures et d'unités, et se comptent sur tout le dossier : `{right}`, où chaque événement en dit le nombre par sa `quantité`"
        );
        Some(self.unsaid(line, (2, end), help))
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
}

/// A hundredth of a number, as the language writes it; none of what is no plain number.
pub(super) fn hundredth(number: &str, mark: &str) -> Option<String> {
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
