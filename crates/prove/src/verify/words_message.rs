//! The words of findings: what goes wrong, in one sentence.

use super::Witness;
use super::acceptance::lines_accepted;
use super::key::Key;
use super::situation::Missing;
use super::words::Words;
use crate::lang::say as both;
use crate::model::{Property, Terminal};
use crate::plan::{LineId, TriggerId};

impl Words<'_> {
    /// What goes wrong.
    pub(super) fn message(&self, key: Key, witness: Option<&Witness>) -> String {
        match key {
            Key::Overbilling => self.message_overbilling(witness),
            Key::Overlap(first, second) => self.message_overlap(first, second),
            Key::DeadLine(line) => self.message_dead_line(line),
            Key::Leak(over) => self.message_leak(over, witness),
            Key::Gap(trigger, missing) => self.message_gap(trigger, missing, witness),
            Key::StrandedDeposit(line, over) => self.message_stranded(line, over),
            Key::Underbilling(line) => self.message_underbilling(line, witness),
            Key::PastDate(line) => self.message_past_date(line, witness),
            Key::WorkAfterClosing(line) => self.message_after_closing(line),
            Key::WorkAtClosing(line) => self.message_at_closing(line),
            Key::WorkLeft(over) => self.message_work_left(over),
            Key::AfterTerminal(line, over) => self.message_after_terminal(line, over),
            Key::Credit(line) => self.message_credit(line),
            Key::NeverStarted(over) => self.message_never_started(over),
            Key::Endless(line, over) => self.message_endless(line, over),
            Key::PartsLeft(line) => self.message_parts_left(line),
            Key::Order => self.message_order(witness),
            Key::Cliff(than) => self.message_cliff(than, witness),
        }
    }

    fn message_overbilling(&self, witness: Option<&Witness>) -> String {
        let billed = witness.map_or(String::new(), |witness| self.money(witness.billed));
        let price = self.price_of(witness).map_or(String::new(), |total| self.money(total));
        let own = self.own_hours(witness).map_or(String::new(), |hours| {
            let hours = self.lang.digits(hours);
            both!(
                self.lang,
                " where a case plans {hours} hours",
                " si un dossier prévoit {hours} heures"
            )
        });
        let accepted = lines_accepted(self.plan, Property::Overbilling);
        let accepted: Vec<&str> = accepted.into_iter().map(|line| self.label(line)).collect();
        let without = if accepted.is_empty() {
            String::new()
        } else {
            let accepted = accepted.join("`, `");
            both!(
                self.lang,
                "; without `{accepted}` that is still too much",
                " ; sans `{accepted}`, c'est encore trop"
            )
        };
        both!(
            self.lang,
            "this schedule can bill {billed} for a price of {price}{own}{without}",
            "cet échéancier peut facturer {billed} pour un tarif de {price}{own}{without}"
        )
    }

    fn message_overlap(&self, first: LineId, second: LineId) -> String {
        let (first, second) = (self.label(first), self.label(second));
        both!(
            self.lang,
            "balances `{first}` and `{second}` can hold at one moment, and only the first fires",
            "les soldes `{first}` et `{second}` peuvent valoir au même moment, et seul le premier se déclenche"
        )
    }

    fn message_dead_line(&self, line: LineId) -> String {
        let label = self.label(line);
        both!(
            self.lang,
            "no history of a case fires `{label}`",
            "aucun dossier possible ne déclenche `{label}`"
        )
    }

    /// What is left of the price, if anything is.
    fn left(&self, witness: Option<&Witness>) -> String {
        match (self.price_of(witness), witness) {
            (Some(total), Some(witness)) if witness.billed < total => {
                let left = self.money(total.minus(witness.billed).unwrap_or_default());
                both!(self.lang, "; {left} of the price are left", " ; il reste {left} du tarif")
            }
            (Some(_) | None, Some(_) | None) => String::new(),
        }
    }

    fn message_leak(&self, over: Terminal, witness: Option<&Witness>) -> String {
        let (over, left) = (over.case(self.lang), self.left(witness));
        both!(self.lang, "{over} may never be closed{left}", "{over} peut n'être jamais clos{left}")
    }

    fn message_gap(
        &self,
        trigger: TriggerId,
        missing: Missing,
        witness: Option<&Witness>,
    ) -> String {
        let on = self.trigger(trigger).map_or(String::new(), |trigger| self.on(trigger));
        let (when, left) = (self.when(missing), self.left(witness));
        both!(
            self.lang,
            "no window holds {on} when {when}, and the case may never be closed{left}",
            "aucune fenêtre ne vaut {on} quand {when}, et le dossier peut n'être jamais clos{left}"
        )
    }

    fn message_stranded(&self, line: LineId, over: Terminal) -> String {
        let (label, over) = (self.label(line), over.case(self.lang));
        both!(
            self.lang,
            "deposit `{label}` is neither deducted nor given back in {over}",
            "l'acompte `{label}` n'est ni déduit ni rendu dans {over}"
        )
    }

    fn message_underbilling(&self, line: LineId, witness: Option<&Witness>) -> String {
        let label = self.label(line);
        let billed = witness.map_or(String::new(), |witness| self.money(witness.billed));
        let price = self.price_of(witness).map_or(String::new(), |total| self.money(total));
        both!(
            self.lang,
            "`{label}` can close a case at {billed} for a price of {price}",
            "`{label}` peut clore un dossier à {billed} pour un tarif de {price}"
        )
    }

    fn message_past_date(&self, line: LineId, witness: Option<&Witness>) -> String {
        let label = self.label(line);
        let closed = match (self.price_of(witness), witness) {
            (Some(total), Some(witness)) => {
                let (billed, price) = (self.money(witness.billed), self.money(total));
                both!(
                    self.lang,
                    "; the case closes at {billed} for a price of {price}",
                    " ; le dossier se clôt à {billed} pour un tarif de {price}"
                )
            }
            (Some(_) | None, Some(_) | None) => String::new(),
        };
        both!(
            self.lang,
            "in a case that begins after its date, `{label}` is never billed{closed}",
            "dans un dossier qui commence après sa date, `{label}` n'est jamais facturé{closed}"
        )
    }

    fn message_after_closing(&self, line: LineId) -> String {
        let label = self.label(line);
        both!(
            self.lang,
            "work done after `{label}` has closed the case is never billed",
            "ce qui est réalisé après que `{label}` a clos le dossier n'est jamais facturé"
        )
    }

    fn message_at_closing(&self, line: LineId) -> String {
        let label = self.label(line);
        both!(
            self.lang,
            "`{label}` can close a case with work that no line has billed",
            "`{label}` peut clore un dossier avec du réalisé qu'aucune ligne n'a facturé"
        )
    }

    fn message_work_left(&self, over: Terminal) -> String {
        let over = over.case(self.lang);
        both!(
            self.lang,
            "work can be left that is never billed in {over}",
            "du réalisé peut n'être jamais facturé dans {over}"
        )
    }

    fn message_after_terminal(&self, line: LineId, over: Terminal) -> String {
        let (label, over) = (self.label(line), self.over(over));
        both!(
            self.lang,
            "`{label}` can bill after the case has come to {over}",
            "`{label}` peut facturer alors que le dossier est arrivé à {over}"
        )
    }

    fn message_credit(&self, line: LineId) -> String {
        let label = self.label(line);
        both!(
            self.lang,
            "the invoice of `{label}` can come to less than zero",
            "la facture de `{label}` peut être négative"
        )
    }

    fn message_endless(&self, line: LineId, over: Terminal) -> String {
        let (label, over) = (self.label(line), self.over(over));
        both!(
            self.lang,
            "`{label}` goes on for ever after the case has come to {over}: nothing closes it",
            "`{label}` continue sans fin après que le dossier est arrivé à {over} : rien ne le clôt"
        )
    }

    fn message_parts_left(&self, line: LineId) -> String {
        let label = self.label(line);
        both!(
            self.lang,
            "a case can be closed before all parts of `{label}` are billed, and nothing bills the rest",
            "un dossier peut être clos avant que toutes les parts de `{label}` soient facturées, et rien ne facture le reste"
        )
    }

    fn message_never_started(&self, over: Terminal) -> String {
        let over = over.case(self.lang);
        both!(
            self.lang,
            "in {over} before its start, no comparison of duration holds",
            "dans {over} avant son démarrage, aucune comparaison de durée ne vaut"
        )
    }
}
