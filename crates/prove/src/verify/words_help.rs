//! The words of findings: what to add or change.

use super::key::Key;
use super::words::Words;
use super::words_condition::condition;
use super::words_lines::{Help, trigger_of};
use super::{Witness, edits, hole};
use crate::calendar::Duration;
use crate::lang::say as both;
use crate::model::program::{self, Amount as Sums, When as Then};
use crate::model::{Amount, Condition, Line, LineKind, Milestone, Terminal, Test, written};
use crate::money::{Money, Percent};
use crate::plan::LineId;

impl Words<'_> {
    /// What to do about a finding.
    pub(super) fn help(&self, key: Key, witness: Option<&Witness>) -> Help {
        match key {
            Key::Overbilling => (self.help_overbilling(witness), None),
            Key::Overlap(first, second) => (self.help_overlap(first, second), None),
            Key::DeadLine(_) => (self.help_dead_line(), None),
            Key::Leak(over) => {
                if let Some((line, bound)) = hole::at_a_bound(self.plan, over) {
                    return (self.help_hole(line, bound), None);
                }
                // A case that comes to its end owes its price: nothing gives its deposits back.
                let due = if over == Terminal::End && self.takes_deposits() {
                    Amount::UpTo(Percent::WHOLE)
                } else {
                    Amount::Nothing
                };
                self.add(key, trigger_of(over), self.work_or(due), None)
            }
            Key::Gap(trigger, missing) => match self.trigger(trigger).cloned() {
                Some(trigger) => {
                    let due = self.work_or(Amount::Nothing);
                    self.add(key, trigger, due, Some(missing.condition()))
                }
                None => (String::new(), None),
            },
            Key::StrandedDeposit(_, over) => self.help_stranded(key, over, witness),
            Key::Underbilling(line) => (self.help_underbilling(key, &[line]), None),
            Key::PastDate(_) => (self.help_past_date(), None),
            Key::WorkAfterClosing(line) => (self.help_after_closing(line), None),
            Key::WorkAtClosing(line) => (self.help_at_closing(key, line), None),
            Key::WorkLeft(over) => {
                self.add(key, trigger_of(over), Amount::Work { itemised: false }, None)
            }
            Key::AfterTerminal(line, _) => (self.help_after_terminal(key, &[line]), None),
            Key::Credit(line) => (self.help_credit(&[line], witness), None),
            Key::NeverStarted(over) => {
                let when =
                    Condition::Not(Box::new(Condition::Test(Test::Reached(Milestone::Start))));
                self.add(key, trigger_of(over), self.work_or(Amount::Nothing), Some(when))
            }
            Key::Endless(_, over) => (self.help_endless(key, over), None),
            Key::PartsLeft(_) => (self.help_parts_left(key), None),
            Key::Order => (self.help_order(), None),
            Key::Cliff(_) => (self.help_cliff(), None),
        }
    }

    /// A ladder of balances that leaves out one value.
    fn help_hole(&self, line: LineId, bound: Duration) -> String {
        let (label, bound) = (self.label(line), written::length(bound, self.lang));
        both!(
            self.lang,
            "at exactly {bound} none of the balances holds: write `>= {bound}` for `> {bound}` on `{label}`",
            "à {bound} exactement, aucun des soldes ne vaut : écrivez `>= {bound}` au lieu de `> {bound}` sur `{label}`"
        )
    }

    fn help_overlap(&self, first: LineId, second: LineId) -> String {
        let (first, second) = (self.label(first), self.label(second));
        both!(
            self.lang,
            "decide which of the two is due there: as it stands `{first}` bills, and `{second}` does not",
            "décidez lequel des deux est dû à ce moment : en l'état, `{first}` facture, et `{second}` non"
        )
    }

    fn help_dead_line(&self) -> String {
        both!(
            self.lang,
            "change its trigger or its condition, or remove the line",
            "changez son déclencheur ou sa condition, ou retirez la ligne"
        )
    }

    /// How a file says that what was found is meant.
    fn agreed(&self, key: Key) -> String {
        let name = key.property().called(self.lang);
        both!(
            self.lang,
            "if that is agreed, add `accepts {name} \"why\"` to the schedule",
            "si c'est convenu, ajoutez à l'échéancier `admet {name} \"pourquoi\"`"
        )
    }

    pub(super) fn help_underbilling(&self, key: Key, lines: &[LineId]) -> String {
        let labels: Vec<String> =
            lines.iter().map(|line| format!("`{}`", self.label(*line))).collect();
        let (labels, agreed) = (self.lang.all_of(&labels), self.agreed(key));
        let each = |line: &LineId| {
            edits::bills_the_remainder(self.plan, Key::Underbilling(*line), &[*line])
        };
        if lines.iter().all(each) {
            return both!(
                self.lang,
                "bill `remainder` on {labels}; {agreed}",
                "facturez le `reste` sur {labels} ; {agreed}"
            );
        }
        both!(
            self.lang,
            "decide whether the rest is due when the case is closed by {labels}; {agreed}",
            "décidez si ce qui manque est dû quand le dossier est clos par {labels} ; {agreed}"
        )
    }

    fn help_past_date(&self) -> String {
        both!(
            self.lang,
            "bill `remainder` on the line that closes the case, or accept that a late case pays less",
            "facturez le `reste` sur la ligne qui clôt le dossier, ou admettez qu'un dossier tardif paie moins"
        )
    }

    fn help_endless(&self, key: Key, over: Terminal) -> String {
        let (on, agreed) = (self.on(&trigger_of(over)), self.agreed(key));
        both!(
            self.lang,
            "let a balance close the case {on}, or say at the end of the line how often it comes (`, at most 12 times`); {agreed}",
            "faites clore le dossier par un solde {on}, ou dites à la fin de la ligne combien de fois elle revient (`, au plus 12 fois`) ; {agreed}"
        )
    }

    fn help_parts_left(&self, key: Key) -> String {
        let agreed = self.agreed(key);
        both!(
            self.lang,
            "bill `remainder` on the balance that closes the case, if the rest is due then; {agreed}",
            "facturez le `reste` sur le solde qui clôt le dossier, si ce qui manque est alors dû ; {agreed}"
        )
    }

    fn help_after_closing(&self, line: LineId) -> String {
        let label = self.label(line);
        both!(
            self.lang,
            "decide what closes the case: as long as `{label}` does, nothing is due for what comes after it",
            "décidez de ce qui clôt le dossier : tant que c'est `{label}`, rien n'est dû pour ce qui vient ensuite"
        )
    }

    /// Installments come before the balances of their moment.
    fn help_at_closing(&self, key: Key, line: LineId) -> String {
        let (label, agreed) = (self.label(line), self.agreed(key));
        if edits::bills_the_work(self.plan, key, line) {
            return both!(
                self.lang,
                "bill `work` on `{label}` instead of `nothing`; {agreed}",
                "facturez le `réalisé` sur `{label}` au lieu de `rien` ; {agreed}"
            );
        }
        both!(
            self.lang,
            "bill `work` on an installment that waits for the same as `{label}`: it comes first; {agreed}",
            "facturez le `réalisé` sur une échéance qui attend la même chose que `{label}` : elle passe avant lui ; {agreed}"
        )
    }

    pub(super) fn help_after_terminal(&self, key: Key, lines: &[LineId]) -> String {
        let agreed = self.agreed(key);
        let decide = both!(
            self.lang,
            "decide whether it is still due then; {agreed}",
            "décidez si c'est encore dû à ce moment ; {agreed}"
        );
        if !edits::stops_when_over(self.plan, key, lines) {
            return decide;
        }
        let to = if lines.len() > 1 {
            self.lang.pick("to each of the lines", "à chacune des lignes")
        } else {
            self.lang.pick("to the line", "à la ligne")
        };
        both!(
            self.lang,
            "{decide}; if it is not due, add the condition `not ended and not abandoned` {to}",
            "{decide} ; si ce n'est pas dû, ajoutez {to} la condition `non terminé et non abandonné`"
        )
    }

    /// What gives something back: a deposit, or `up to` after more has been billed.
    pub(super) fn help_credit(&self, lines: &[LineId], witness: Option<&Witness>) -> String {
        let moments = witness.map_or(&[][..], |witness| witness.moments.as_slice());
        let fired = moments.iter().flat_map(|moment| &moment.fired);
        let fired: Vec<&Line> = fired.filter_map(|line| self.stated(*line)).collect();
        let up_to = |line: &&&Line| matches!(line.amount, Amount::UpTo(_));
        if fired.iter().any(|line| line.kind == LineKind::Deposit) {
            return both!(
                self.lang,
                "check that the client is to get this back: a balance that comes to less than the deposits gives the rest back",
                "vérifiez que le client doit être remboursé : un solde inférieur aux acomptes rend la différence"
            );
        }
        match fired.iter().rev().find(up_to) {
            Some(line) => {
                let label = &line.label;
                let late = self.reported_late(lines);
                both!(
                    self.lang,
                    "check that the client is to get this back: `up to` is what is billed in all, so that `{label}` gives back what was billed above it, also where it is only reported late{late}",
                    "vérifiez que le client doit être remboursé : `jusqu'à` est ce qui est facturé en tout, de sorte que `{label}` rend ce qui l'a été au-delà, même s'il n'est que saisi en retard{late}"
                )
            }
            None => both!(
                self.lang,
                "check that the client is to get this back",
                "vérifiez que le client doit être remboursé"
            ),
        }
    }

    /// What to add to stages so that one that is reported late takes nothing back.
    fn reported_late(&self, lines: &[LineId]) -> String {
        let Some(conditions) = edits::leaves_later_stages(self.plan, lines) else {
            return String::new();
        };
        let each = lines.iter().zip(&conditions).map(|(line, later)| {
            let (label, condition) = (self.label(*line), condition(later, self.lang));
            both!(
                self.lang,
                "to `{label}` the condition `{condition}`",
                "à `{label}` la condition `{condition}`"
            )
        });
        let each = self.lang.all_of(&each.collect::<Vec<_>>());
        both!(
            self.lang,
            "; if nothing is to be given back then, add {each}",
            " ; si rien n'est alors à rendre, ajoutez {each}"
        )
    }

    fn help_overbilling(&self, witness: Option<&Witness>) -> String {
        let agreed = self.agreed(Key::Overbilling);
        if let Some(enough) = witness.and_then(|witness| witness.enough) {
            let currency = self.schedule().currency;
            let (sum, code) = (enough.0 / 10_i64.pow(currency.decimals()), currency.code());
            return both!(
                self.lang,
                "no case that agrees {sum} {code} or more does it: write `, at least {sum} {code}` after the price; {agreed}",
                "aucun dossier qui convient de {sum} {code} ou plus ne le fait : écrivez `, au moins {sum} {code}` après le tarif ; {agreed}"
            );
        }
        let whole = edits::whole_balances(self.plan, self.total);
        if !whole.is_empty() && edits::bills_the_remainder(self.plan, Key::Overbilling, &whole) {
            let labels: Vec<String> =
                whole.iter().map(|line| format!("`{}`", self.label(*line))).collect();
            let labels = self.lang.all_of(&labels);
            let on_top = self.on_top(witness);
            return both!(
                self.lang,
                "bill `remainder` on {labels}{on_top}; {agreed}",
                "facturez le `reste` sur {labels}{on_top} ; {agreed}"
            );
        }
        let moments = witness.map_or(&[][..], |witness| witness.moments.as_slice());
        let fired = moments.iter().filter(|moment| moment.amount != Money::ZERO);
        let mut labels: Vec<String> = Vec::new();
        let (mut in_proportion, mut installment) = (None, false);
        // What stands beside the price is no part of what is too much of it.
        let fired =
            fired.flat_map(|moment| &moment.fired).filter(|line| !self.plan.is_beside(**line));
        for line in fired {
            let label = format!("`{}`", self.label(*line));
            match self.kind_of(*line) {
                Some((_, true)) => in_proportion = Some(label.clone()),
                Some((LineKind::Installment, false)) => installment = true,
                Some(_) | None => {}
            }
            if !labels.contains(&label) {
                labels.push(label);
            }
        }
        let labels = self.lang.all_of(&labels);
        let on_top = self.on_top(witness) + &self.deducts(witness);
        if let (Some(balance), true) = (in_proportion, installment) {
            let instead = self.deposits_instead();
            return both!(
                self.lang,
                "decide which of {labels} is to bill less there: {balance} bills its share in full beside an installment, and deducts a deposit{instead}; {agreed}",
                "décidez laquelle des lignes {labels} doit y facturer moins : {balance} facture toute sa part à côté d'une échéance, et déduit un acompte{instead} ; {agreed}"
            );
        }
        both!(
            self.lang,
            "decide which of {labels} is to bill less there{on_top}; {agreed}",
            "décidez laquelle des lignes {labels} doit y facturer moins{on_top} ; {agreed}"
        )
    }

    /// A line as the second part of the language states it.
    fn second(&self, id: LineId) -> Option<&program::Line> {
        let index = self.plan.line(id)?.index;
        self.schedule().second.as_ref()?.lines.iter().find(|line| line.index == index)
    }

    /// How progress that a witness bills beside a deposit is said to deduct it: nothing where it does not.
    fn deducts(&self, witness: Option<&Witness>) -> String {
        let moments = witness.map_or(&[][..], |witness| witness.moments.as_slice());
        let fired = || moments.iter().flat_map(|moment| &moment.fired);
        let kind = |id: &LineId| self.stated(*id).map(|line| line.kind);
        let deposit = fired().any(|id| kind(id) == Some(LineKind::Deposit));
        let certified = |id: &&LineId| {
            let progress = self.second(**id).is_some_and(|line| line.amount.measures_progress());
            kind(id) == Some(LineKind::Installment) && progress
        };
        let Some(id) = fired().find(certified).filter(|_| deposit) else { return String::new() };
        let label = self.label(*id);
        both!(
            self.lang,
            "; where `{label}` is to deduct the deposit, make it a balance that stays open: `balance \"{label}\": …, stays open`",
            " ; si `{label}` doit déduire l'acompte, faites-en un solde qui reste ouvert : `solde \"{label}\": …, reste ouvert`"
        )
    }

    /// All that has to change so that what bills in proportion deducts what was billed before, where that mends it.
    fn deposits_instead(&self) -> String {
        let in_proportion = |line| self.kind_of(line).is_some_and(|(_, is)| is);
        let Some((parts, ends)) = edits::deducts_what_was_billed(self.plan, in_proportion) else {
            return String::new();
        };
        let labels = |lines: &[LineId]| {
            let labels = lines.iter().map(|line| format!("`{}`", self.label(*line)));
            self.lang.all_of(&labels.collect::<Vec<_>>())
        };
        let (parts, remainder) = (labels(&parts), labels(&ends));
        let remainder = if ends.is_empty() {
            String::new()
        } else {
            both!(self.lang, ", and `remainder` on {remainder}", ", et le `reste` sur {remainder}")
        };
        both!(
            self.lang,
            " (`deposit` in place of `installment` for {parts}{remainder})",
            " (`acompte` au lieu d'`échéance` pour {parts}{remainder})"
        )
    }

    /// How the installments of a sum that a witness bills are said to come on top of the price: nothing where there are none.
    fn on_top(&self, witness: Option<&Witness>) -> String {
        let moments = witness.map_or(&[][..], |witness| witness.moments.as_slice());
        let mut labels: Vec<String> = Vec::new();
        for id in moments.iter().flat_map(|moment| &moment.fired) {
            // Each time that something of its own comes, or once.
            let of_a_sum = |line: &&Line| {
                let stated = match self.second(*id) {
                    Some(own) => {
                        let named = own.whens.iter().any(|when| matches!(when, Then::Named(_)));
                        matches!(own.amount, Sums::Sum { parts: 1, .. }) && (named || !own.repeats)
                    }
                    None => line.amount.sum().is_some(),
                };
                line.kind == LineKind::Installment && stated && !self.plan.is_beside(*id)
            };
            let Some(line) = self.stated(*id).filter(of_a_sum) else { continue };
            let label = format!("`{}`", line.label);
            if !labels.contains(&label) {
                labels.push(label);
            }
        }
        if labels.is_empty() {
            return String::new();
        }
        let several = labels.len() > 1;
        let labels = self.lang.all_of(&labels);
        if several {
            return both!(
                self.lang,
                "; where what {labels} bill comes on top of the price, end their lines with `, beside the price`",
                " ; si ce que facturent {labels} s'ajoute au prix, terminez leurs lignes par `, en sus du prix`"
            );
        }
        both!(
            self.lang,
            "; where what {labels} bills comes on top of the price, end its line with `, beside the price`",
            " ; si ce que facture {labels} s'ajoute au prix, terminez sa ligne par `, en sus du prix`"
        )
    }
}
