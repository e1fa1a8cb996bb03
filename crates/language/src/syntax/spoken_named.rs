//! What administrators write as a name and an amount, with no word that says what it is: `collection 50 EUR on signature`,
//! `franchise 150 EUR`. In: a line that begins with no word of the language. Out: its error with the line that bills the amount,
//! all its figures kept; where that line would not be read either, with what is said of it.

use super::parse::{Parser, Place};
use super::spoken::Spoken;
use super::spoken_fees::{Due, Fee};
use super::spoken_periods::{IN_ADVANCE, IN_ARREARS};
use super::spoken_words::{is_currency, sum_end};
use crate::diagnostic::Diagnostic;
use crate::lang::say;

/// What makes no name of the words before an amount.
const NO_NAMES: &[&str] = &[
    "if", "si", "when", "quand", "unless", "sauf", "after", "apres", "before", "avant", "prix",
    "price",
];
/// Amounts in words.
const AMOUNTS: &[&str] = &[
    "the remainder",
    "remainder",
    "the rest",
    "what is left",
    "everything",
    "all",
    "half",
    "nothing",
    "le reste",
    "reste",
    "tout",
    "la moitie",
    "moitie",
    "la totalite",
    "rien",
];
/// How often something comes, as its name says: at the end of each period, from the start on, and whether it mostly comes then.
struct Rhythm {
    words: &'static [&'static str],
    end: (&'static str, &'static str),
    start: (&'static str, &'static str),
    in_advance: bool,
}

const RHYTHMS: &[Rhythm] = &[
    Rhythm {
        words: &["monthly", "mensuel", "mensuelle", "mensuels", "mensuelles"],
        end: ("each month end", "à chaque fin de mois"),
        start: ("each month from start", "chaque mois à compter du démarrage"),
        in_advance: false,
    },
    Rhythm {
        words: &["quarterly", "trimestriel", "trimestrielle", "trimestriels", "trimestrielles"],
        end: ("each quarter end", "à chaque fin de trimestre"),
        start: ("every 3 months from start", "tous les 3 mois à compter du démarrage"),
        in_advance: false,
    },
    Rhythm {
        words: &["yearly", "annual", "annuel", "annuelle", "annuels", "annuelles"],
        end: ("each year end", "à chaque fin d'année"),
        start: ("each year from start", "chaque année à compter du démarrage"),
        in_advance: true,
    },
];
const PRO_RATA: &[&str] = &[
    "pro rata temporis",
    "au prorata temporis",
    "prorata temporis",
    "au pro rata",
    "au prorata",
    "pro rata",
    "pro - rata",
    "prorata",
    "prorated",
];
const EACH_ONE: &[&str] = &["each", "apiece", "a piece", "piece", "l ' unite", "chacun", "chacune"];
/// So many words a name may have.
const LONGEST: usize = 8;

impl Parser<'_> {
    /// The error of a line at `at` that is a name and an amount.
    pub(super) fn named_amount(&self, at: usize) -> Option<Diagnostic> {
        let line = &Spoken::at(self, at);
        if let Some(told) = self.amount_in_words_alone(line) {
            return Some(told);
        }
        // A number may belong to the name: `milestone 1: 30 %`, `retard de 15 minutes : 10 EUR`.
        let sum = self.sum_in(line).map(|((from, _), _)| from);
        let share = self.percentages(line).first().map(|((from, _), _)| *from);
        let number = sum.into_iter().chain(share).min().filter(|number| *number > 0)?;
        let quoted = (0..number).find(|place| line.word(*place).starts_with('"'));
        let is_word = |at: usize| {
            let word = line.word(at);
            let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '\'' | '"' | ':' | '+');
            word.chars().all(plain) && !NO_NAMES.contains(&word)
        };
        let is_name = number <= LONGEST && (0..number).all(is_word);
        let here = self.place == Place::Schedule;
        let fee =
            self.fee_at(line, quoted, number).filter(|fee| here && is_name && fee.has_unit())?;
        let typed = format!("{}: {}", fee.label, self.words(line, (number, line.len())));
        if fee.due == Due::Left && self.asks_when_left(line) {
            let label = (!fee.share).then_some(fee.label.as_str());
            return Some(self.unsaid(line, (0, line.len()), self.what_is_left(line, label)));
        }
        // `on delivery: 40 %`: the moment comes behind the amount.
        if self.begins_moment(line, 0) && fee.closes(line) {
            let moment = self.words(line, (0, fee.named));
            return self.amount_of_a_moment(line, &format!("{} {moment}", fee.of));
        }
        if fee.share {
            return Some(self.named_share(line, &fee, &typed));
        }
        if let Some(told) = self.sum_of_a_bound(line, &fee) {
            return Some(told);
        }
        if let Some(told) = self.work_that_is_named(line, &fee) {
            return Some(told);
        }
        let told = fee.closes(line)
            || fee.due == Due::Left
            || self.comes_for_each(line, &fee)
            || self.is_of_late_payment(line)
            || self.is_line(&typed);
        // What no word says to be charged may as well be a credit, an advance or a limit.
        let plain = fee.closes(line) || self.is_line(&typed);
        let unknown = fee.due == Due::Unsaid && !self.says_a_charge(line, number);
        if plain && unknown && !self.comes_for_each(line, &fee) && !self.is_of_late_payment(line) {
            return Some(self.what_a_sum_is(line, &fee));
        }
        if told {
            return self.fee_told(line, &fee);
        }
        self.said_of_the_line(line, &typed).or_else(|| self.fee_told(line, &fee))
    }

    /// `remainder on end`, `tout à la signature`: an amount in words.
    fn amount_in_words_alone(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let (_, to) = line.stands(0, AMOUNTS).filter(|_| self.place == Place::Schedule)?;
        let moment = to < line.len() && self.begins_moment(line, to);
        // `le reste` is written without its article.
        let article = ["le", "the"].contains(&line.word(0));
        let article = article && ["reste", "remainder"].contains(&line.word(1));
        let typed = self.words(line, (usize::from(article), line.len()));
        moment.then(|| self.amount_of_a_moment(line, &typed)).flatten()
    }

    /// An amount and its moment, with no kind and no label.
    fn amount_of_a_moment(&self, line: &Spoken<'_>, typed: &str) -> Option<Diagnostic> {
        let typed = format!("\"…\": {typed}");
        if !self.is_line(&typed) {
            return self.said_of_the_line(line, &typed);
        }
        let kind = self.file_lang.pick("installment", "échéance");
        let help = self.begins_with_its_kind(&format!("{kind} {typed}"));
        Some(self.unsaid(line, (0, line.len()), help))
    }

    /// `piano lesson 30 EUR each`, `translation 0.12 EUR per word, minimum 60 EUR`, `monthly retainer 2000 EUR`.
    fn work_that_is_named(&self, line: &Spoken<'_>, fee: &Fee) -> Option<Diagnostic> {
        let all = (0, line.len());
        let label = &fee.label;
        let rate = self.words(line, (fee.number, fee.unit));
        if let Some(told) = self.of_a_rhythm(line, fee) {
            return Some(told);
        }
        let flat = self.file_lang.pick("flat", "forfait");
        let work = self.file_lang.pick("work", "réalisé");
        if line.stands(fee.sum, EACH_ONE).is_some_and(|(_, end)| end == line.len()) {
            let action = format!("action {label} {flat} {rate}");
            let help = say!(
                self.lang,
                "what is done each time is an action, whose events you record: `{action}`; a line bills `{work}`, beside the price where that is fixed",
                "ce qui se fait à chaque fois est une action, dont vous enregistrez les événements : `{action}` ; une ligne facture `{work}`, en sus du prix si c'est un forfait"
            );
            return Some(self.unsaid(line, all, help));
        }
        let (found, number, is_most) = self.bounded(line)?;
        let unit =
            (found.0 == fee.sum + 3 && line.word(fee.sum + 2) == ",").then_some(fee.sum + 1)?;
        line.stands(fee.sum, &["per", "par", "le", "la", "a", "each", "chaque", "/"])?;
        let action = self.rated_action(label, &rate, &self.words(line, (unit, unit + 1)));
        // A count of what is done bounds no sum.
        let end = sum_end(line, number);
        let bound = is_currency(line.word(end - 1)).then(|| self.words(line, (number, end)))?;
        let (most, least) = self.file_lang.pick(("at most", "at least"), ("au plus", "au moins"));
        let price = self.file_lang.pick("price per action, in EUR,", "tarif par action, en EUR,");
        let price = format!("{price} {} {bound}", if is_most { most } else { least });
        let help = say!(
            self.lang,
            "what is counted is an action with its own rate, `{action}`, under a price that has the bound of all the work of a case, `{price}`; a line bills `{work}`",
            "ce qui se compte est une action avec son propre tarif, `{action}`, sous un tarif qui porte la borne de tout le réalisé d'un dossier, `{price}` ; une ligne facture `{work}`"
        );
        Some(self.unsaid(line, all, help))
    }

    /// `monthly retainer 2000 EUR`, `annual fee 1200 EUR, pro rata`: what comes in each period, as its name says.
    pub(super) fn of_a_rhythm(&self, line: &Spoken<'_>, fee: &Fee) -> Option<Diagnostic> {
        let says =
            |rhythm: &&Rhythm| (0..fee.named).any(|at| rhythm.words.contains(&line.word(at)));
        let rhythm = RHYTHMS.iter().find(says).filter(|_| !fee.share)?;
        let behind = fee.sum + usize::from(line.word(fee.sum) == ",");
        let alone = |words: &[&str]| {
            line.stands(behind, words).is_some_and(|(_, end)| ["", ","].contains(&line.word(end)))
        };
        let pro_rata = alone(PRO_RATA);
        let (advance, arrears) = (alone(IN_ADVANCE), alone(IN_ARREARS));
        (pro_rata || advance || arrears || fee.closes(line)).then_some(())?;
        let in_advance = advance || rhythm.in_advance && !pro_rata && !arrears;
        let when = if in_advance { rhythm.start } else { rhythm.end };
        let when = self.file_lang.pick(when.0, when.1);
        let share = self.file_lang.pick(", pro rata", ", au prorata");
        let share = if pro_rata { share } else { "" };
        let (kind, beside) = self
            .file_lang
            .pick(("installment", ", beside the price"), ("échéance", ", en sus du prix"));
        let right = format!("{kind} {}: {} {when}{share}{beside}", fee.label, fee.of);
        let help = say!(
            self.lang,
            "write a line that repeats, with a label, and when it comes: `{right}`; without `beside the price` it is a part of the price",
            "écrivez une ligne qui revient, avec un libellé, et quand elle revient : `{right}` ; sans `en sus du prix`, c'est une part du tarif"
        );
        Some(self.unsaid(line, (0, line.len()), help))
    }

    /// `milestone 1: 30 % on delivery`, `commission 10 %`.
    fn named_share(&self, line: &Spoken<'_>, fee: &Fee, typed: &str) -> Diagnostic {
        if self.is_line(typed) {
            let kind = self.file_lang.pick("installment", "échéance");
            let help = self.begins_with_its_kind(&format!("{kind} {typed}"));
            return self.unsaid(line, (0, line.len()), help);
        }
        let on_top = line.before(fee.number) == "+" || fee.due == Due::IfItHappens;
        if on_top && fee.closes(line) {
            let help = self.fee_when_due(&fee.label, &fee.of, Due::IfItHappens);
            return self.unsaid(line, (0, line.len()), help);
        }
        let said = || self.said_of_the_line(line, typed).filter(|_| !fee.closes(line));
        said().unwrap_or_else(|| self.unsaid(line, (0, line.len()), self.what_each_share_is(line)))
    }

    /// That what is billed begins with its kind, and the line that it is.
    pub(super) fn begins_with_its_kind(&self, right: &str) -> String {
        say!(
            self.lang,
            "what is billed begins with what it is, and says when: `{right}`; in the place of `installment`, a `deposit` is deducted by the balance, and a `balance` closes the case",
            "ce qui est facturé commence par ce que c'est, et dit quand : `{right}` ; à la place d'`échéance`, un `acompte` est déduit par le solde, et un `solde` clôt le dossier"
        )
    }

    /// What is said of an amount where it stands on a line with its kind and its label.
    pub(super) fn said_of_the_line(&self, line: &Spoken<'_>, typed: &str) -> Option<Diagnostic> {
        let text = self.file_lang.pick(
            format!("schedule \"S\"\n  price fixed 1 EUR\n  installment {typed}\n"),
            format!("échéancier \"S\"\n  tarif forfait 1 EUR\n  échéance {typed}\n"),
        );
        let found = super::parse::parse(&text, Some(self.lang)).diagnostics;
        let help = found.into_iter().next()?.help?;
        let help = say!(
            self.lang,
            "begin with what it is, an `installment`, a `deposit` or a `balance`, and a label; {help}",
            "commencez par ce que c'est, une `échéance`, un `acompte` ou un `solde`, avec un libellé ; {help}"
        );
        Some(self.unsaid(line, (0, line.len()), help))
    }
}
