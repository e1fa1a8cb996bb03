//! What is said of invoices in everyday speech, and what a follow-up says for it.

use super::super::ast::Shape;
use super::super::grammar::Rule;
use super::super::parse::Parser;
use super::super::quantities::word;
use crate::diagnostic::Diagnostic;
use crate::lang::say;

/// Words for one that is past due.
const OVERDUE: &[&str] = &["overdue", "late", "echue", "echu", "retard", "exigible"];
/// Words for one that did not arrive.
const BOUNCED: &[&str] = &["bounced", "undelivered", "echec", "npai"];
/// Words for its payment.
const PAYMENT: &[&str] =
    &["paid", "payment", "paiement", "reglement", "encaissement", "payee", "soldee"];
/// Words for its date.
const ISSUED: &[&str] =
    &["invoice", "invoiced", "billed", "issue", "date", "facture", "facturation"];

impl Parser<'_> {
    /// What was most likely meant by a word that cannot stand at a place of a step.
    pub fn of_follow_ups(
        &self,
        diagnostic: &Diagnostic,
        shape: Shape,
        (at, token): (usize, &str),
        possible: &[Rule],
    ) -> Option<Diagnostic> {
        if shape != Shape::Step {
            return None;
        }
        let (lang, file, span) = (self.lang, self.file_lang, diagnostic.span);
        let can = |rule: Rule| possible.contains(&rule);
        let diagnostic = diagnostic.clone();
        if token == "creance" || token == "claim" {
            return Some(diagnostic.help(say!(
                lang,
                "a claim that the collector has bought is told by two events, `handed_over` and then `written_off` with its account; a step hands over with `hands over` at its end",
                "une créance rachetée par la société de recouvrement se dit par deux événements, `handed_over` puis `written_off` avec son compte ; une étape transmet avec `transmet au recouvrement` à la fin"
            )));
        }
        if can(Rule::kw_open_sum)
            && let Some(told) = self.paid_word(diagnostic.clone(), at, token)
        {
            return Some(told);
        }
        if can(Rule::kw_open_sum) && OVERDUE.contains(&token) {
            let later = self.after_a_day(at, ("due", "l'échéance"));
            return Some(diagnostic.help(say!(
                lang,
                "how late it is stands before the conditions: `{later}`",
                "le retard s'écrit avant les conditions : `{later}`"
            )));
        }
        if can(Rule::kw_open_sum) && BOUNCED.contains(&token) {
            return Some(diagnostic.help(say!(
                lang,
                "as a condition, write `not sent`; a step for it begins with `on undelivered`",
                "comme condition, écrivez `non envoyée` ; une étape qui lui est propre commence par `en cas de non-remise`"
            )));
        }
        if can(Rule::kw_undelivered) && BOUNCED.contains(&token) {
            let right = word(Rule::kw_undelivered, file);
            let advice = say!(lang, "write `{right}`", "écrivez `{right}`");
            let finding = diagnostic.help(advice);
            return Some(if token == "echec" { finding } else { finding.edit(span, right) });
        }
        if can(Rule::kw_settled) && PAYMENT.contains(&token) {
            return Some(diagnostic.help(say!(
                lang,
                "write `on settled`, or `on paid in part` for a payment that leaves something open",
                "écrivez `en cas de règlement complet`, ou `en cas de règlement partiel` s'il reste dû quelque chose"
            )));
        }
        if can(Rule::kw_issue) && PAYMENT.contains(&token) {
            return Some(diagnostic.help(say!(
                lang,
                "nothing counts from a payment: write `on settled` or `on paid in part`",
                "rien ne se compte à partir d'un paiement : écrivez `en cas de règlement complet` ou `en cas de règlement partiel`"
            )));
        }
        if can(Rule::kw_issue) && ISSUED.contains(&token) {
            let later = self.after_a_day(at, ("issued", "l'émission"));
            let called = file.pick("issued", "émission");
            return Some(diagnostic.help(say!(
                lang,
                "the date of the invoice is called `{called}`: `{later}`",
                "la date de la facture se dit `{called}` : `{later}`"
            )));
        }
        if can(Rule::kw_issue) && ["reminder", "relance", "rappel", "notice"].contains(&token) {
            return Some(diagnostic.help(say!(
                lang,
                "another step is named by its label: `15 days after step \"Reminder\"`",
                "une autre étape se nomme par son libellé : `15 jours après l'étape \"Relance\"`"
            )));
        }
        None
    }

    /// So long after a day of the invoice: the first time of the line, or an example.
    pub(in crate::syntax) fn after_a_day(&self, at: usize, day: (&str, &str)) -> String {
        let own = self.file_lang.pick("8 days", "8 jours").to_owned();
        let time = self.time_typed(at).unwrap_or(own);
        self.file_lang.pick(format!("{time} after {}", day.0), format!("{time} après {}", day.1))
    }
}
