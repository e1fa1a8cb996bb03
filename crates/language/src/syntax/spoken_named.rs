//! What administrators write as a name and an amount, with no word that says what it is: `collection 50 EUR on signature`,
//! `franchise 150 EUR`. In: a line that begins with no word of the language. Out: its error with the line that bills the amount,
//! all its figures kept; where that line would not be read either, with what is said of it.

use super::parse::{Parser, Place};
use super::spoken::Spoken;
use super::spoken_fees::{Due, Fee};
use crate::diagnostic::Diagnostic;
use crate::lang::say;

/// What makes no name of the words before an amount.
const NO_NAMES: &[&str] = &[
    "if", "si", "when", "quand", "unless", "sauf", "after", "apres", "before", "avant", "prix",
    "price",
];
/// So many words a name may have.
const LONGEST: usize = 8;

impl Parser<'_> {
    /// The error of a line at `at` that is a name and an amount.
    pub(super) fn named_amount(&self, at: usize) -> Option<Diagnostic> {
        let line = &Spoken::at(self, at);
        // A number may belong to the name: `milestone 1: 30 %`, `retard de 15 minutes : 10 EUR`.
        let sum = self.sum_in(line).map(|((from, _), _)| from);
        let share = self.percentages(line).first().map(|((from, _), _)| *from);
        let number = sum.into_iter().chain(share).min().filter(|number| *number > 0)?;
        let quoted = (0..number).find(|place| line.word(*place).starts_with('"'));
        let is_word = |at: usize| {
            let word = line.word(at);
            let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '\'' | '"' | ':');
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
        if fee.share {
            return Some(self.named_share(line, &fee, &typed));
        }
        let told = fee.closes(line)
            || fee.due == Due::Left
            || self.comes_for_each(line, &fee)
            || self.is_of_late_payment(line)
            || self.is_line(&typed);
        if told {
            return self.fee_told(line, &fee);
        }
        self.said_of_the_line(line, &typed).or_else(|| self.fee_told(line, &fee))
    }

    /// `milestone 1: 30 % on delivery`, `commission 10 %`.
    fn named_share(&self, line: &Spoken<'_>, fee: &Fee, typed: &str) -> Diagnostic {
        if self.is_line(typed) {
            let kind = self.file_lang.pick("installment", "échéance");
            let help = self.begins_with_its_kind(&format!("{kind} {typed}"));
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
            "begin with what it is, an `installment`, a `deposit` or a `balance`, and a label; then {help}",
            "commencez par ce que c'est, une `échéance`, un `acompte` ou un `solde`, avec un libellé ; puis {help}"
        );
        Some(self.unsaid(line, (0, line.len()), help))
    }
}
