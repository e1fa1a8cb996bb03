//! The words of findings: what to add or change.

use super::Witness;
use super::key::{Key, Terminal};
use super::words::Words;
use crate::lang::say as both;
use crate::model::{Amount, Line, LineKind, Price};
use crate::money::{Money, Percent};
use crate::plan::LineId;

/// What to do, and the line to add where that is enough.
type Help = (String, Option<String>);

impl Words<'_> {
    /// What to do about a finding.
    pub(super) fn help(&self, key: Key, witness: Option<&Witness>) -> Help {
        let nothing = self.lang.pick("nothing", "rien");
        match key {
            Key::Overbilling => (self.help_overbilling(witness), None),
            Key::Overlap(..) => (self.help_overlap(), None),
            Key::DeadLine(_) => (self.help_dead_line(), None),
            Key::Leak(over) => {
                let due = match self.schedule().price {
                    Price::Fixed(_) => nothing,
                    Price::Hourly { .. } | Price::PerAction => self.work(),
                };
                self.add(self.balance(self.on_over(over), due, None))
            }
            Key::Gap(trigger, missing) => {
                self.add(self.balance(&self.on(trigger), nothing, Some(&self.when(missing))))
            }
            Key::StrandedDeposit(line, over) => self.help_stranded(line, over),
            Key::Underbilling(line) => (self.help_underbilling(line), None),
            Key::WorkAfterClosing(line) => (self.help_after_closing(line), None),
            Key::WorkLeft(over) => {
                let line = self.balance(self.on_over(over), self.work(), None);
                (both!(self.lang, "add `{line}`", "ajoutez `{line}`"), Some(line))
            }
            Key::AfterTerminal(..) => (self.help_after_terminal(), None),
            Key::Credit(_) => (self.help_credit(), None),
            Key::NeverStarted(over) => {
                let when = self.lang.pick("not started", "non démarré");
                self.add(self.balance(self.on_over(over), nothing, Some(when)))
            }
            Key::Order => (self.help_order(), None),
            Key::Cliff(_) => (self.help_cliff(), None),
        }
    }

    fn work(&self) -> &'static str {
        self.lang.pick("work", "réalisé")
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

    /// A balance to add.
    fn balance(&self, over: &str, amount: &str, when: Option<&str>) -> String {
        let name = match over {
            "on end" => "End",
            "à la fin" => "Fin",
            "on abandonment" => "Abandonment",
            "à l'abandon" => "Abandon",
            _ => self.lang.pick("Otherwise", "Autrement"),
        };
        let label = self.new_label(name);
        let when = when.map_or(String::new(), |when| both!(self.lang, " if {when}", " si {when}"));
        both!(
            self.lang,
            "balance \"{label}\": {amount} {over}{when}",
            "solde \"{label}\": {amount} {over}{when}"
        )
    }

    fn add(&self, line: String) -> (String, Option<String>) {
        let help = both!(
            self.lang,
            "add `{line}`, or bill there what is due",
            "ajoutez `{line}`, ou facturez-y ce qui est dû"
        );
        (help, Some(line))
    }

    fn help_overlap(&self) -> String {
        both!(
            self.lang,
            "give the two conditions windows that do not meet, or let the first one stay open",
            "donnez aux deux conditions des fenêtres disjointes, ou laissez le premier solde ouvert"
        )
    }

    fn help_dead_line(&self) -> String {
        both!(
            self.lang,
            "change its trigger or its condition, or remove the line",
            "changez son déclencheur ou sa condition, ou retirez la ligne"
        )
    }

    fn help_stranded(&self, line: LineId, over: Terminal) -> Help {
        let nothing = self.lang.pick("nothing", "rien");
        let amount = match self.stated(line).map(|line| line.amount) {
            Some(Amount::Percent(share)) => self.up_to(share),
            Some(_) | None => nothing.to_owned(),
        };
        let given_back = self.balance(self.on_over(over), nothing, None);
        let line = self.balance(self.on_over(over), &amount, None);
        let help = if amount == nothing {
            both!(self.lang, "add `{line}`, which gives it back", "ajoutez `{line}`, qui le rend")
        } else {
            both!(
                self.lang,
                "add `{line}`, which keeps it, or `{given_back}`, which gives it back",
                "ajoutez `{line}`, qui le garde, ou `{given_back}`, qui le rend"
            )
        };
        (help, Some(line))
    }

    fn help_underbilling(&self, line: LineId) -> String {
        let label = self.label(line);
        both!(self.lang, "bill `remainder` on `{label}`", "facturez le `reste` sur `{label}`")
    }

    fn help_after_closing(&self, line: LineId) -> String {
        let label = self.label(line);
        both!(
            self.lang,
            "let `{label}` leave the case open (`, stays open`), and close it on end and on abandonment",
            "laissez le dossier ouvert à `{label}` (`, reste ouvert`), et closez-le à la fin et à l'abandon"
        )
    }

    fn help_after_terminal(&self) -> String {
        both!(
            self.lang,
            "add the condition `not ended and not abandoned` to the line, or close the case on end and on abandonment",
            "ajoutez à la ligne la condition `non terminé et non abandonné`, ou closez le dossier à la fin et à l'abandon"
        )
    }

    fn help_credit(&self) -> String {
        both!(
            self.lang,
            "check that the client is to get this back; a smaller deposit, or a larger balance, would not give any",
            "vérifiez que le client doit être remboursé ; un acompte plus petit ou un solde plus grand n'en donnerait pas"
        )
    }

    fn up_to(&self, share: Percent) -> String {
        let digits = share.to_string();
        let digits = self.lang.pick(digits.clone(), digits.replace('.', ","));
        both!(self.lang, "up to {digits} %", "jusqu'à {digits} %")
    }

    fn help_overbilling(&self, witness: Option<&Witness>) -> String {
        let moments = witness.map_or(&[][..], |witness| witness.moments.as_slice());
        let fired: Vec<&Line> = moments
            .iter()
            .filter(|moment| moment.amount != Money::ZERO)
            .flat_map(|moment| &moment.fired)
            .filter_map(|line| self.stated(*line))
            .collect();
        let part = fired.iter().find(|line| line.kind == LineKind::Installment);
        let balance = fired.iter().rev().find(|line| line.kind == LineKind::Balance);
        match (part, balance) {
            (Some(part), Some(balance)) => {
                let (part, balance) = (&part.label, &balance.label);
                both!(
                    self.lang,
                    "make `{part}` a `deposit`, so that `{balance}` deducts it, or bill `remainder` on `{balance}`",
                    "faites de `{part}` un `acompte`, que `{balance}` déduit, ou facturez le `reste` sur `{balance}`"
                )
            }
            (Some(_) | None, _) => both!(
                self.lang,
                "bill `remainder`, or `up to` a share of the price, on the last line",
                "facturez le `reste`, ou `jusqu'à` une part du tarif, sur la dernière ligne"
            ),
        }
    }
}
