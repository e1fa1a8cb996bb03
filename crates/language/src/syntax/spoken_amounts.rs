//! What administrators say of how much a line bills, and the sentence that works. In: a line that is not understood.
//! Out: its error with that sentence; an edit where it says what was written.

use super::parse::Parser;
use super::spoken::{Found, LINES, Spoken, is_currency, is_number};
use crate::diagnostic::Diagnostic;
use crate::lang::say;

const FREE: &[&str] = &[
    "free of charge",
    "at no charge",
    "no charge",
    "free",
    "waived",
    "complimentary",
    "sans frais",
    "gratuitement",
    "gratuit",
    "gratuite",
    "offert",
    "offerte",
];
const THE_PRICE: &[&str] = &["le prix", "prix"];
/// What names a sum and is said by the label.
const NAMES_OF_SUMS: &[&str] = &[
    "fee",
    "fees",
    "charge",
    "charges",
    "cost",
    "costs",
    "amount",
    "sum",
    "frais",
    "cotisation",
    "somme",
    "montant",
    "cout",
    "couts",
    "indemnite",
    "indemnites",
    "penalite",
    "penalites",
    "penalty",
    "compensation",
    "dedit",
];
/// Those of them that may come on top of the price.
const ON_TOP: &[&str] =
    &["fee", "fees", "charge", "charges", "cost", "costs", "frais", "cotisation", "cout", "couts"];
/// What stands beside the name of a sum.
const BESIDE_NAMES: &[&str] = &[
    "the",
    "an",
    "a",
    "of",
    "in",
    "admin",
    "administration",
    "administrative",
    "registration",
    "enrolment",
    "enrollment",
    "setup",
    "set",
    "up",
    "membership",
    "un",
    "une",
    "le",
    "la",
    "les",
    "des",
    "de",
    "du",
    "d",
    "'",
    "dossier",
    "inscription",
    "adhesion",
    "administratif",
    "administratifs",
    "gestion",
];
const PRO_RATA: &[&str] = &[
    "au prorata",
    "au pro rata",
    "prorata",
    "pro rata",
    "pro - rata",
    "prorated",
    "pro - rated",
    "proratise",
    "proratisee",
    "proratises",
    "proratisees",
];
/// What a pro rata is of, where it is an amount by itself.
const OF_WHAT: &[&str] =
    &["attendance", "duration", "assiduite", "duree", "de", "du", "d", "of", "temporis"];
/// What is not an amount but the price of a period by its days.
const PRICE_PRO_RATA: &[&str] = &[
    "au prorata du tarif",
    "au prorata du prix",
    "prorata du tarif",
    "prorata du prix",
    "pro rata of the price",
    "pro rata price",
    "prorated price",
    "price prorated",
    "tarif proratise",
    "prix proratise",
];
/// What makes a line come again and again.
const EACH: &[&str] = &["each", "every", "chaque", "tous", "toutes"];
/// What may follow an amount.
const BEFORE_A_MOMENT: &[&str] =
    &["on", "at", "upon", "when", "a", "au", "en", "le", "lors", "each", "chaque", ","];
const PERIODS: &[&str] = &["monthly", "quarterly", "yearly", "mensuel", "trimestriel", "annuel"];

impl Parser<'_> {
    /// `gratuit`, `frais de dossier 50 EUR`, `tarif au prorata`: the amount of a line begins behind its colon.
    pub(super) fn spoken_amount(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let (labelled, colon) = (line.word(1).starts_with('"'), line.word(2) == ":");
        if !line.begins(LINES) || !labelled || !colon {
            return None;
        }
        let (lang, file) = (self.lang, self.file_lang);
        let may_be_free = !line.begins(&["deposit", "acompte", "discount", "remise"]);
        let first = |words: &[&str]| line.find(words).filter(|(from, _)| *from == 3);
        let alone = |(_, to): &Found| BEFORE_A_MOMENT.contains(&line.word(*to));
        if let Some(found) = first(FREE).filter(|found| may_be_free && alone(found)) {
            return Some(self.written(line, found, file.pick("nothing", "rien")));
        }
        let of_period = self.has_period_price(line);
        let pro_rata = file.pick("the price, pro rata", "le tarif, au prorata");
        if let Some(found) = first(PRICE_PRO_RATA).filter(|_| of_period) {
            return Some(self.written(line, found, pro_rata));
        }
        if let Some((from, to)) = line.find(PRO_RATA)
            && from > 3
            && ![",", "not", "no", "without", "non", "sans", "pas"].contains(&line.before(from))
            && !OF_WHAT.contains(&line.word(to))
            && (3..line.len()).any(|place| EACH.contains(&line.word(place)))
        {
            let percentage = line.word(4) == "%";
            if percentage && of_period && from == 5 && line.word(3) == "100" {
                return Some(self.written(line, (3, to), pro_rata));
            }
            let help = say!(
                lang,
                "`pro rata` goes with the price of a period or with a sum: `{pro_rata}`",
                "`au prorata` accompagne le tarif d'une période, ou une somme : `{pro_rata}`"
            );
            if percentage {
                return Some(self.unsaid(line, (from, to), help));
            }
            let right = file.pick(", pro rata", ", au prorata");
            return Some(self.written(line, (from, to), right));
        }
        if let Some(found) = first(THE_PRICE).filter(|_| of_period) {
            return Some(self.written(line, found, file.pick("the price", "le tarif")));
        }
        self.named_sum(line)
    }

    /// Whether the schedule of a line has a price for a period.
    fn has_period_price(&self, line: &Spoken<'_>) -> bool {
        let schedule = self.schedule_around(line.start());
        let words = |line: &str| {
            let mut words = line.split_whitespace();
            let (price, kind) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
            ["price", "tarif", "prix"].contains(&price)
                && PERIODS.contains(&kind.trim_end_matches(':'))
        };
        schedule.lines().any(words)
    }

    /// `frais de dossier 50 EUR`, `50 EUR admin fee on signature`: what a sum is for is said by the label.
    fn named_sum(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let (lang, file) = (self.lang, self.file_lang);
        let names = |words: &mut dyn Iterator<Item = usize>| {
            let mut named = false;
            for place in words {
                let word = line.word(place);
                named |= NAMES_OF_SUMS.contains(&word);
                if !NAMES_OF_SUMS.contains(&word) && !BESIDE_NAMES.contains(&word) {
                    return false;
                }
            }
            named
        };
        let number = (3..line.len()).find(|place| is_number(line.word(*place)))?;
        let mut after = number + 1;
        while is_number(line.word(after)) {
            after += 1;
        }
        let unit = usize::from(line.word(after) == "%" || is_currency(line.word(after)));
        // So many months, or times the legal rate, are no sum.
        if unit == 0
            && line.word(after).starts_with(char::is_alphabetic)
            && !self.begins_moment(line, after)
        {
            return None;
        }
        after += unit;
        let found = if number > 3 {
            names(&mut (3..number)).then_some((3, number))?
        } else {
            let sum = |place: &usize| {
                !BESIDE_NAMES.contains(&line.word(*place))
                    && !NAMES_OF_SUMS.contains(&line.word(*place))
            };
            // `à` begins the moment, and is the article of another language.
            let moment = |place: &usize| sum(place) || line.word(*place) == "a";
            let to = (after..line.len()).find(moment)?;
            names(&mut (after..to)).then_some((after, to))?
        };
        // A share of something else is no share of the price.
        let of = ["of", "de", "du", "des", "d"].contains(&line.word(found.0));
        if of && line.before(found.0) == "%" {
            return None;
        }
        let sum = self.words(line, (number, after));
        let place = self.place(line, found);
        let on_top = (found.0..found.1).any(|place| ON_TOP.contains(&line.word(place)));
        let may_be_beside = line.begins(&["installment", "echeance", "deposit", "acompte"])
            && line.word(after - 1) != "%";
        if on_top && !may_be_beside {
            let help = say!(
                lang,
                "write the amount alone, `{sum}`: what it is for is said by the label",
                "écrivez le montant seul, `{sum}` : le libellé dit de quoi il s'agit"
            );
            return Some(self.unsaid(line, found, help));
        }
        if on_top {
            let beside =
                file.pick(format!("{sum}, beside the price"), format!("{sum}, en sus du prix"));
            let help = say!(
                lang,
                "write the amount alone, `{sum}`: what it is for is said by the label; if it comes on top of the price, `{beside}`",
                "écrivez le montant seul, `{sum}` : le libellé dit de quoi il s'agit ; s'il s'ajoute au prix, `{beside}`"
            );
            return Some(self.unsaid(line, found, help));
        }
        let help =
            say!(lang, "write the amount alone: `{sum}`", "écrivez le montant seul : `{sum}`");
        Some(self.unsaid(line, found, help).edit(place, ""))
    }

    /// `J+8`, `à J + 30`: from which day it counts.
    pub(super) fn spoken_days_on(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let (from, to) = line.find(&["jour j + #", "j + #", "d + #"])?;
        if !line.begins(LINES) || !line.word(to - 1).bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let at = ["a", "at", "on", "le"].contains(&line.before(from));
        let from = from - usize::from(at);
        let days = line.word(to - 1);
        let s = if days == "1" { "" } else { "s" };
        let [start, signed] =
            [("start", "le démarrage"), ("signature", "la signature")].map(|(english, french)| {
                self.file_lang.pick(
                    format!("{days} day{s} after {english}"),
                    format!("{days} jour{s} après {french}"),
                )
            });
        Some(self.unsaid(
            line,
            (from, to),
            say!(
                self.lang,
                "say from when it counts: `{start}`, or `{signed}`",
                "dites à partir de quand : `{start}`, ou `{signed}`"
            ),
        ))
    }
}
