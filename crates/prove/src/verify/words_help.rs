//! The words of findings: what to add or change.

use super::key::Key;
use super::proposal::Proposal;
use super::words::Words;
use super::words_condition::condition;
use super::{Property, Witness, edits};
use crate::lang::say as both;
use crate::model::program::{self, Amount as Sums, When as Then};
use crate::model::{Amount, Condition, Line, LineKind, Milestone, Terminal, Test, When, written};
use crate::money::{Money, Percent};
use crate::plan::LineId;

/// What to do, and the line to add where that is enough.
type Help = (String, Option<String>);

/// A label that is chosen only to be told from one that is there already has so many characters at the most.
const LONGEST_LABEL: usize = 80;

impl Words<'_> {
    /// What to do about a finding.
    pub(super) fn help(&self, key: Key, witness: Option<&Witness>) -> Help {
        match key {
            Key::Overbilling => (self.help_overbilling(witness), None),
            Key::Overlap(first, second) => (self.help_overlap(first, second), None),
            Key::DeadLine(_) => (self.help_dead_line(), None),
            Key::Leak(over) => {
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

    /// What is due where nothing bills: what was done, where the price is that of work.
    fn work_or(&self, otherwise: Amount) -> Amount {
        if self.schedule().price.values_work() {
            Amount::Work { itemised: false }
        } else {
            otherwise
        }
    }

    /// A label that no line has.
    fn new_label(&self, wanted: &str) -> String {
        let taken = |label: &str| self.schedule().lines.iter().any(|line| line.label == label);
        let mut label = wanted.to_owned();
        let mut number = 2;
        while taken(&label) {
            label = format!("{wanted} ({number})");
            number += 1;
        }
        label
    }

    /// The label of a balance that is for some cases only: its condition tells it from those for others, however long it is.
    fn label_of(&self, name: &str, when: &Condition) -> String {
        format!("{name}, {}", plain(&condition(when, self.lang)))
    }

    /// A balance that mends what was found, and the line that states it.
    fn offer(
        &self,
        key: Key,
        trigger: When,
        amount: Amount,
        condition: Option<Condition>,
    ) -> Option<String> {
        let name = match trigger {
            When::Milestone(Milestone::End) => self.lang.pick("End", "Fin"),
            When::Milestone(Milestone::Abandonment) => self.lang.pick("Abandonment", "Abandon"),
            When::Milestone(_) | When::Subject(_) | When::Calendar(_) => {
                self.lang.pick("Otherwise", "Autrement")
            }
        };
        let may_refund = !matches!(key, Key::StrandedDeposit(..));
        // What is proposed for several findings stands in one schedule: each says in its label which case it is for.
        let of_some = matches!(key, Key::Gap(..) | Key::NeverStarted(_));
        let own = if let Key::StrandedDeposit(deposit, _) = key {
            let deposit = plain(self.label(deposit));
            Some(both!(self.lang, "{name}, keeps {deposit}", "{name}, garde {deposit}"))
        } else {
            // Several triggers are called by the same name.
            let on = match trigger {
                When::Milestone(Milestone::End | Milestone::Abandonment) => String::new(),
                When::Milestone(_) | When::Subject(_) | When::Calendar(_) => {
                    format!(" {}", plain(&self.on(&trigger)))
                }
            };
            let when = condition.as_ref().filter(|_| of_some);
            when.map(|when| self.label_of(&format!("{name}{on}"), when))
        };
        let label = self.new_label(own.as_deref().unwrap_or(name));
        let wanted = Proposal { label, amount, trigger, condition, may_refund };
        let mut proposal = wanted.tried(self.plan, key)?;
        // One that turns out to be for some cases only says so, too, but for a long condition, which is left to the line.
        let condition = proposal.condition.as_ref().filter(|_| own.is_none());
        let narrower = condition.map(|when| self.label_of(name, when));
        if let Some(label) = narrower.filter(|label| label.chars().count() <= LONGEST_LABEL) {
            proposal.label = self.new_label(&label);
        }
        Some(self.line(&proposal))
    }

    /// A balance as it is written.
    fn line(&self, proposal: &Proposal) -> String {
        let on = self.on(&proposal.trigger);
        let amount = if let Some(share) = proposal.amount.up_to() {
            if share == Percent::WHOLE {
                both!(self.lang, "remainder", "reste")
            } else {
                let share = written::share(share, self.lang);
                both!(self.lang, "up to {share}", "jusqu'à {share}")
            }
        } else if proposal.amount.is_work() {
            both!(self.lang, "work", "réalisé")
        } else {
            both!(self.lang, "nothing", "rien")
        };
        let label = written::quoted(&proposal.label);
        let when = proposal.condition.as_ref().map_or(String::new(), |when| {
            let when = condition(when, self.lang);
            both!(self.lang, " if {when}", " si {when}")
        });
        both!(
            self.lang,
            "balance {label}: {amount} {on}{when}",
            "solde {label}: {amount} {on}{when}"
        )
    }

    fn add(&self, key: Key, trigger: When, amount: Amount, condition: Option<Condition>) -> Help {
        let on = self.on(&trigger);
        let instead = self.instead();
        let Some(line) = self.offer(key, trigger, amount, condition) else {
            let help = both!(
                self.lang,
                "decide what is due {on}, and let one of the balances bill it",
                "décidez de ce qui est dû {on}, et faites-le facturer par un des soldes"
            );
            return (help, None);
        };
        let help = match (key, amount) {
            (Key::WorkLeft(_), _) => both!(
                self.lang,
                "add `{line}`, instead of any other balance that is proposed {on}{instead}",
                "ajoutez `{line}`, au lieu de tout autre solde proposé {on}{instead}"
            ),
            (_, Amount::Nothing) if self.takes_deposits() => both!(
                self.lang,
                "add `{line}`, which gives a deposit back, or bill there what is due{instead}",
                "ajoutez `{line}`, qui rend un acompte, ou facturez-y ce qui est dû{instead}"
            ),
            (_, _) => both!(
                self.lang,
                "add `{line}`, or bill there what is due{instead}",
                "ajoutez `{line}`, ou facturez-y ce qui est dû{instead}"
            ),
        };
        (help, Some(line))
    }

    fn takes_deposits(&self) -> bool {
        self.schedule().lines.iter().any(|line| line.kind == LineKind::Deposit)
    }

    /// That a deposit may leave two findings for one trigger, which are mended in different ways.
    fn instead(&self) -> String {
        if !self.takes_deposits() {
            return String::new();
        }
        let name = Property::StrandedDeposit.called(self.lang);
        both!(
            self.lang,
            "; to keep the deposit, add instead the balance that `{name}` proposes, if it proposes one",
            " ; pour garder l'acompte, ajoutez plutôt le solde que propose `{name}`, s'il en propose un"
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

    fn help_stranded(&self, key: Key, over: Terminal, witness: Option<&Witness>) -> Help {
        let trigger = trigger_of(over);
        let on = self.on(&trigger);
        let line = witness.and_then(|witness| {
            let share = self.share_of_deposits(witness)?;
            let due = self.deposits_due(witness)?;
            self.offer(key, trigger, Amount::UpTo(share), Some(due))
        });
        let help = match &line {
            Some(line) => both!(
                self.lang,
                "add `{line}`, which keeps it, instead of any other balance that is proposed {on}",
                "ajoutez `{line}`, qui le garde, au lieu de tout autre solde proposé {on}"
            ),
            None => both!(
                self.lang,
                "decide what the client owes {on}, and whether the deposit is kept or given back, and let one balance say so",
                "décidez de ce que le client doit {on}, et si l'acompte est gardé ou rendu, et faites-le dire par un solde"
            ),
        };
        (help, line)
    }

    /// The share of the price that deposits have billed, where nothing else has billed anything.
    fn share_of_deposits(&self, witness: &Witness) -> Option<Percent> {
        let billed = witness.moments.iter().filter(|moment| moment.amount != Money::ZERO);
        let mut all = 0_i64;
        for line in billed.flat_map(|moment| &moment.fired) {
            match self.stated(*line).map(|line| (line.kind, line.amount))? {
                (LineKind::Deposit, Amount::Percent(share)) => all = all.checked_add(share.0)?,
                (LineKind::Deposit | LineKind::Installment | LineKind::Balance, _) => return None,
            }
        }
        Some(Percent(all)).filter(|share| *share > Percent(0))
    }

    /// That the deposits of a witness have come due, so that who leaves before owes none: of
    /// deposits that wait for one thing each, which a condition can ask for.
    fn deposits_due(&self, witness: &Witness) -> Option<Condition> {
        let mut tests: Vec<Test> = Vec::new();
        for line in witness.moments.iter().flat_map(|moment| &moment.fired) {
            let always = |line: &&Line| line.kind == LineKind::Deposit && line.condition.is_none();
            let stated = self.stated(*line).filter(always)?;
            let [only] = stated.triggers.as_slice() else { return None };
            let test = match only {
                When::Milestone(milestone) if !milestone.is_terminal() => Test::Reached(*milestone),
                When::Subject(subject) => Test::Happened(subject.clone()),
                When::Milestone(_) | When::Calendar(_) => return None,
            };
            if !tests.contains(&test) {
                tests.push(test);
            }
        }
        match tests.as_slice() {
            [] => None,
            [_] => tests.pop().map(Condition::Test),
            [..] => Some(Condition::All(tests.into_iter().map(Condition::Test).collect())),
        }
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
        let (mut in_proportion, mut installment) = (None, None);
        for line in fired.flat_map(|moment| &moment.fired) {
            let label = format!("`{}`", self.label(*line));
            match self.kind_of(*line) {
                Some((_, true)) => in_proportion = Some(label.clone()),
                Some((LineKind::Installment, false)) => installment = Some(label.clone()),
                Some(_) | None => {}
            }
            if !labels.contains(&label) {
                labels.push(label);
            }
        }
        let labels = self.lang.all_of(&labels);
        let on_top = self.on_top(witness) + &self.deducts(witness);
        if let (Some(balance), Some(installment)) = (in_proportion, installment) {
            return both!(
                self.lang,
                "decide which of {labels} is to bill less there: {balance} bills its share in full beside an installment, and deducts a deposit (`deposit` in place of `installment` for {installment}); {agreed}",
                "décidez laquelle des lignes {labels} doit y facturer moins : {balance} facture toute sa part à côté d'une échéance, et déduit un acompte (`acompte` au lieu d'`échéance` pour {installment}) ; {agreed}"
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
                        matches!(own.amount, Sums::Sum { parts: 1, .. })
                            && !own.beside
                            && (named || !own.repeats)
                    }
                    None => line.amount.sum().is_some(),
                };
                line.kind == LineKind::Installment && stated
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

/// A part of a label, without the quotes of the names in it.
fn plain(part: &str) -> String {
    part.replace(['"', '\\'], "")
}

fn trigger_of(over: Terminal) -> When {
    When::Milestone(over.milestone())
}
