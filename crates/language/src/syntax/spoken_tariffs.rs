//! What administrators write of several prices on one schedule: one for some cases, `tarif réduit 200 EUR`, or several sums on
//! one line, `adhésion 20 EUR et cours 150 EUR`. In: a line that is not understood. Out: its error with what the language has
//! in its place, with the figures of the line.

use super::parse::{Parser, Place};
use super::spoken::{LINES, PAYERS, Spoken, capital, is_currency, is_number};
use super::spoken_fees::{BOUNDS, OF_A_MOST};
use super::spoken_hours::AN_HOUR;
use super::spoken_no_charge::{ADVANCES, AIDS, CREDITS, SECURITIES};
use super::spoken_periods::{KINDS_OF_PRICE, MONTHLY, QUARTERLY, YEARLY};
use super::spoken_words::sum_end;
use crate::diagnostic::Diagnostic;
use crate::lang::say;
use crate::money::Currency;

const PRICES: &[&str] = &["price", "prices", "rate", "fare", "tarif", "tarifs", "prix"];
/// For whom a price is.
const FOR_SOME: &[&str] = &[
    "reduit",
    "reduits",
    "plein",
    "normal",
    "standard",
    "preferentiel",
    "solidaire",
    "special",
    "public",
    "enfant",
    "enfants",
    "adulte",
    "adultes",
    "etudiant",
    "etudiants",
    "jeune",
    "jeunes",
    "senior",
    "seniors",
    "membre",
    "membres",
    "adherent",
    "adherents",
    "famille",
    "famille nombreuse",
    "couple",
    "groupe",
    "entreprise",
    "particulier",
    "particuliers",
    "demandeur d ' emploi",
    "reduced",
    "full",
    "regular",
    "discounted",
    "concession",
    "concessionary",
    "child",
    "children",
    "child ' s",
    "children ' s",
    "adult",
    "student",
    "senior",
    "member",
    "members",
    "non - member",
    "family",
    "group",
    "early bird",
    "early - bird",
];
/// Names of what is charged to nobody, or bounds a price.
const NO_CHARGES: &[&[&str]] = &[
    OF_A_MOST,
    CREDITS,
    AIDS,
    ADVANCES,
    SECURITIES,
    LINES,
    PAYERS,
    &["minimum", "minimal", "minimale", "geste", "acomptes", "arrhes"],
];
/// What joins one sum to the next.
const JOINS: &[&str] = &["et", "and", ",", "+", ";", "&", "plus", "puis", "then"];

impl Parser<'_> {
    /// The error of a line that states one of several prices, or several of them.
    pub(super) fn several_prices(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let other = line.begins(LINES) || line.begins(PAYERS) || line.begins(&["action"]);
        if self.place != Place::Schedule || other {
            return None;
        }
        self.price_for_some(line).or_else(|| self.several_sums(line))
    }

    /// `tarif réduit 200 EUR`, `child price: 150 EUR`.
    fn price_for_some(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let (from, to, end) = match line.begins(PRICES) {
            true => {
                let (from, to) = line.stands(1, FOR_SOME)?;
                (from, to, to)
            }
            false => {
                let (from, to) = line.stands(0, FOR_SOME)?;
                (from, to, line.stands(to, PRICES)?.1)
            }
        };
        let number = end + usize::from(line.word(end) == ":");
        (number == line.len() || is_number(line.word(number))).then_some(())?;
        let behind = sum_end(line, number);
        let (sum, code) = if number == line.len() {
            ("… EUR".to_owned(), "EUR".to_owned())
        } else if is_currency(line.word(behind - 1)) {
            (self.words(line, (number, behind)), Currency::code_of(line.word(behind - 1)))
        } else {
            let code = self.currency_around(line);
            (format!("{} {code}", self.words(line, (number, behind))), code)
        };
        let kinds = [
            (AN_HOUR, ("hourly", "horaire")),
            (MONTHLY, ("monthly", "mensuel")),
            (QUARTERLY, ("quarterly", "trimestriel")),
            (YEARLY, ("yearly", "annuel")),
        ];
        let of_time = kinds.into_iter().find(|(words, _)| line.stands(behind, words).is_some());
        let kind = of_time.map_or(("fixed", "forfait"), |(_, kind)| kind);
        let name = capital(&self.words(line, (from, to)))?;
        let (own, stated, agreed) = self.file_lang.pick(
            (
                format!("schedule \"… {name}\""),
                format!("price {} {sum}", kind.0),
                format!("price {} as agreed, in {code}", kind.0),
            ),
            (
                format!("échéancier \"… {name}\""),
                format!("tarif {} {sum}", kind.1),
                format!("tarif {} convenu, en {code}", kind.1),
            ),
        );
        let help = say!(
            self.lang,
            "a schedule has one price: cases at this one stand on a schedule of their own, `{own}` with `{stated}`; or each case states its own price, `{agreed}`",
            "un échéancier a un seul tarif : les dossiers à celui-ci ont leur propre échéancier, `{own}` avec `{stated}` ; ou chaque dossier dit le sien, `{agreed}`"
        );
        Some(self.unsaid(line, (0, line.len()), help))
    }

    /// `adhésion 20 EUR et cours 150 EUR`: a name and a sum, and again.
    fn several_sums(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let priced = usize::from(line.begins(PRICES));
        let mut place = priced + usize::from(priced == 1 && line.word(priced) == ":");
        // What follows the kind of a price is said of it.
        let of_price = |word| KINDS_OF_PRICE.contains(&word) || ["per", "fixe"].contains(&word);
        if priced == 1 && of_price(line.word(place)) {
            return None;
        }
        let mut told = Vec::new();
        let mut charged = true;
        while place < line.len() {
            if line.stands(place, BOUNDS).is_some() {
                return None;
            }
            let number = (place..line.len()).find(|at| is_number(line.word(*at)))?;
            let end = sum_end(line, number);
            let colon = usize::from(line.before(number) == ":");
            let named = (place, number - colon);
            let plain = |at: usize| line.word(at).chars().all(|c| c.is_alphabetic() || c == '\'');
            let is_name =
                named.0 < named.1 && named.1 - named.0 <= 4 && (named.0..named.1).all(plain);
            (is_name && is_currency(line.word(end - 1))).then_some(())?;
            let label = capital(&self.words(line, named))?;
            let none = |at: usize| NO_CHARGES.iter().any(|words| words.contains(&line.word(at)));
            charged &= !(named.0..named.1).any(none);
            let sum = self.words(line, (number, end));
            told.push(self.file_lang.pick(
                format!("`installment \"{label}\": {sum} on event \"…\"`"),
                format!("`échéance \"{label}\": {sum} à l'événement \"…\"`"),
            ));
            let joined = JOINS.contains(&line.word(end));
            (end == line.len() || joined).then_some(())?;
            place = end + usize::from(joined);
        }
        (told.len() > 1).then_some(())?;
        if !charged {
            let number = (0..line.len()).find(|at| is_number(line.word(*at)))?;
            let fee = self.fee_at(line, None, number).filter(|_| priced == 0)?;
            return Some(self.what_a_sum_is(line, &fee));
        }
        let told = self.lang.all_of(&told);
        let beside = self.file_lang.pick(", beside the price", ", en sus du prix");
        let help = say!(
            self.lang,
            "each sum is a line of its own, and says when it is due: {told}; end with `{beside}` what is no part of the price",
            "chaque somme est une ligne à part, et dit quand elle est due : {told} ; terminez par `{beside}` ce qui ne fait pas partie du tarif"
        );
        Some(self.unsaid(line, (0, line.len()), help))
    }
}
