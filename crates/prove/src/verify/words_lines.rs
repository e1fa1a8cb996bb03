//! The words of findings: lines to add.

use super::key::Key;
use super::proposal::Proposal;
use super::proposed::{Answer, Before, Stands};
use super::words::Words;
use super::words_condition::condition;
use super::{Property, Witness};
use crate::lang::{capitalised, say as both};
use crate::model::{Amount, Condition, Line, LineKind, Terminal, Test, When, written};
use crate::money::{Money, Percent};

/// What to do, and the line to add where that is enough.
pub(super) type Help = (String, Option<Offered>);

/// A line to add, as it is written.
pub(super) struct Offered {
    pub(super) line: String,
    pub(super) proposal: Proposal,
    pub(super) stands: Stands,
}

/// A label that is chosen only to be told from one that is there already has so many characters at the most.
const LONGEST_LABEL: usize = 80;

impl Words<'_> {
    /// What is due where nothing bills: what was done, where the price is that of work.
    pub(super) fn work_or(&self, otherwise: Amount) -> Amount {
        if self.schedule().price.values_work() {
            Amount::Work { itemised: false }
        } else {
            otherwise
        }
    }

    /// A label that no line has.
    fn new_label(&self, wanted: &str) -> String {
        let with = &self.proposed.with(self.plan).schedule;
        let taken = |label: &str| with.lines.iter().any(|line| line.label == label);
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

    /// A balance that mends what was found, or what to say of those that do already.
    fn offer(
        &self,
        key: Key,
        trigger: When,
        amount: Amount,
        condition: Option<Condition>,
    ) -> Option<Result<Offered, String>> {
        let over = trigger.milestone().filter(|milestone| milestone.is_terminal());
        let name = match over {
            Some(milestone) => capitalised(milestone.noun().bare(self.lang)),
            None => self.lang.pick("Otherwise", "Autrement").to_owned(),
        };
        let may_refund = !matches!(key, Key::StrandedDeposit(..));
        // What is proposed for several findings stands in one schedule: each says in its label which case it is for.
        let of_some = matches!(key, Key::Gap(..) | Key::NeverStarted(_));
        let own = if let Key::StrandedDeposit(deposit, _) = key {
            let deposit = plain(self.label(deposit));
            Some(both!(self.lang, "{name}, keeps {deposit}", "{name}, garde {deposit}"))
        } else {
            // Several triggers are called by the same name.
            let on = match over {
                Some(_) => String::new(),
                None => format!(" {}", plain(&self.on(&trigger))),
            };
            let when = condition.as_ref().filter(|_| of_some);
            when.map(|when| self.label_of(&format!("{name}{on}"), when))
        };
        let label = self.new_label(own.as_deref().unwrap_or(&name));
        let wanted = Proposal { label, amount, trigger, condition, may_refund };
        let (mut proposal, stands) = match self.proposed.answer(self.plan, key, wanted)? {
            Answer::Known(lines) => return Some(Err(self.known(&lines))),
            Answer::New(proposal, stands) => (proposal, stands),
        };
        // One that turns out to be for some cases only says so, too, but for a long condition, which is left to the line.
        let condition = proposal.condition.as_ref().filter(|_| own.is_none());
        let narrower = condition.map(|when| self.label_of(&name, when));
        if let Some(label) = narrower.filter(|label| label.chars().count() <= LONGEST_LABEL) {
            proposal.label = self.new_label(&label);
        }
        Some(Ok(Offered { line: self.line(&proposal), proposal, stands }))
    }

    /// That lines which are proposed for other findings answer this one, too.
    fn known(&self, lines: &[Before]) -> String {
        let mut names: Vec<String> = Vec::new();
        for name in lines.iter().map(|line| format!("`{}`", line.property.called(self.lang))) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let several = lines.len() > 1;
        let (labels, names) = (self.labels(lines), self.lang.all_of(&names));
        if several {
            return both!(
                self.lang,
                "the balances {labels}, proposed for {names}, together settle this, too",
                "les soldes {labels}, proposés pour {names}, règlent ensemble ce cas aussi"
            );
        }
        both!(
            self.lang,
            "the balance {labels}, proposed for {names}, settles this, too",
            "le solde {labels}, proposé pour {names}, règle aussi ce cas"
        )
    }

    fn labels(&self, lines: &[Before]) -> String {
        let labels: Vec<String> = lines.iter().map(|line| format!("`{}`", line.label)).collect();
        self.lang.all_of(&labels)
    }

    /// How a line stands to those that are proposed before it, as its sentence begins.
    fn stands(&self, stands: &Stands) -> String {
        match stands {
            Stands::Alone => String::new(),
            Stands::Beside(lines) => {
                let lines = self.labels(lines);
                both!(self.lang, "beside {lines}, ", "en plus de {lines}, ")
            }
            Stands::Instead(lines) => {
                let lines = self.labels(lines);
                both!(self.lang, "instead of {lines}, ", "au lieu de {lines}, ")
            }
        }
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

    pub(super) fn add(
        &self,
        key: Key,
        trigger: When,
        amount: Amount,
        condition: Option<Condition>,
    ) -> Help {
        let on = self.on(&trigger);
        let instead = self.instead();
        let Some(offered) = self.offer(key, trigger, amount, condition) else {
            let help = both!(
                self.lang,
                "decide what is due {on}, and let one of the balances bill it",
                "décidez de ce qui est dû {on}, et faites-le facturer par un des soldes"
            );
            return (help, None);
        };
        let offered = match offered {
            Ok(offered) => offered,
            Err(known) => return (known, None),
        };
        let (line, stands) = (&offered.line, self.stands(&offered.stands));
        let help = match (key, amount) {
            (Key::WorkLeft(_), _) => both!(
                self.lang,
                "{stands}add `{line}`{instead}",
                "{stands}ajoutez `{line}`{instead}"
            ),
            (_, Amount::Nothing) if self.takes_deposits() => both!(
                self.lang,
                "{stands}add `{line}`, which gives a deposit back, or bill there what is due{instead}",
                "{stands}ajoutez `{line}`, qui rend un acompte, ou facturez-y ce qui est dû{instead}"
            ),
            (_, _) => both!(
                self.lang,
                "{stands}add `{line}`, or bill there what is due{instead}",
                "{stands}ajoutez `{line}`, ou facturez-y ce qui est dû{instead}"
            ),
        };
        (help, Some(offered))
    }

    pub(super) fn takes_deposits(&self) -> bool {
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

    pub(super) fn help_stranded(
        &self,
        key: Key,
        over: Terminal,
        witness: Option<&Witness>,
    ) -> Help {
        let trigger = trigger_of(over);
        let on = self.on(&trigger);
        let offered = witness.and_then(|witness| {
            let share = self.share_of_deposits(witness)?;
            let due = self.deposits_due(witness)?;
            self.offer(key, trigger, Amount::UpTo(share), Some(due))
        });
        match offered {
            Some(Ok(offered)) => {
                let (line, stands) = (&offered.line, self.stands(&offered.stands));
                let help = both!(
                    self.lang,
                    "{stands}add `{line}`, which keeps it",
                    "{stands}ajoutez `{line}`, qui le garde"
                );
                (help, Some(offered))
            }
            Some(Err(known)) => (known, None),
            None => {
                let help = both!(
                    self.lang,
                    "decide what the client owes {on}, and whether the deposit is kept or given back, and let one balance say so",
                    "décidez de ce que le client doit {on}, et si l'acompte est gardé ou rendu, et faites-le dire par un solde"
                );
                (help, None)
            }
        }
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
}

/// A part of a label, without the quotes of the names in it.
fn plain(part: &str) -> String {
    part.replace(['"', '\\'], "")
}

pub(super) fn trigger_of(over: Terminal) -> When {
    When::Milestone(over.milestone())
}
