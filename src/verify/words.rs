//! Findings in words: what goes wrong, at which lines, and what to add or change.

use super::key::{Key, Terminal};
use super::situation::{DurationKey, Missing};
use super::{Finding, Witness};
use crate::lang::{Lang, say as both};
use crate::model::{Amount, Anchor, Line, LineKind, Price, Property, Schedule, Trigger};
use crate::money::{Hours, Money, Percent};
use crate::plan::{LineId, Plan, TriggerId};
use crate::span::Span;

/// A finding in words.
#[derive(Clone, Debug)]
pub struct Said {
    /// What goes wrong: one sentence, lower case, no full stop.
    pub message: String,
    /// The lines that matter, by their places in the source.
    pub lines: Vec<Span>,
    /// What to do.
    pub help: String,
    /// A line to add after the last one, ready to be inserted.
    pub insert: Option<(Span, String)>,
    /// What the witness comes to, in a few words.
    pub result: Option<String>,
}

/// Puts a finding in words. `total` is the rounded price, where it is known.
pub fn say(plan: &Plan, finding: &Finding, total: Option<Money>, lang: Lang) -> Said {
    let words = Words { plan, total, lang };
    let witness = finding.witness.as_ref();
    let mut said = Said {
        message: words.message(finding.key, witness),
        lines: words.lines(finding.key, witness),
        help: String::new(),
        insert: None,
        result: witness.and_then(|witness| words.result(finding.key, witness)),
    };
    let (help, line) = words.help(finding.key, witness);
    said.help = help;
    said.insert = line.map(|line| {
        let last = plan.schedule.lines.iter().map(|line| line.span).max_by_key(|span| span.end);
        (last.unwrap_or(plan.schedule.span).after(), format!("\n  {line}"))
    });
    said
}

pub(super) struct Words<'p> {
    plan: &'p Plan,
    total: Option<Money>,
    pub(super) lang: Lang,
}

impl Words<'_> {
    fn schedule(&self) -> &Schedule {
        &self.plan.schedule
    }

    pub(super) fn money(&self, amount: Money) -> String {
        let digits = self.schedule().currency.show(amount).to_string();
        let digits = self.lang.pick(digits.clone(), digits.replace('.', ","));
        format!("{digits} {}", self.schedule().currency.code())
    }

    fn stated(&self, line: LineId) -> Option<&Line> {
        self.plan.stated(line)
    }

    fn label(&self, line: LineId) -> &str {
        self.stated(line).map_or("", |line| line.label.as_str())
    }

    /// How a case is over, as a noun.
    fn over(&self, over: Terminal) -> &'static str {
        match over {
            Terminal::End => self.lang.pick("its end", "sa fin"),
            Terminal::Abandonment => self.lang.pick("its abandonment", "son abandon"),
        }
    }

    /// A trigger as the line has it.
    fn on(&self, trigger: TriggerId) -> String {
        let Some(trigger) = self.plan.trigger(trigger) else { return String::new() };
        match trigger {
            Trigger::Signature => both!(self.lang, "on signature", "à la signature"),
            Trigger::Start => both!(self.lang, "on start", "au démarrage"),
            Trigger::End => both!(self.lang, "on end", "à la fin"),
            Trigger::Abandonment => both!(self.lang, "on abandonment", "à l'abandon"),
            Trigger::Action(name) => {
                both!(self.lang, "on action \"{name}\"", "à l'action \"{name}\"")
            }
            Trigger::Event(name) => {
                both!(self.lang, "on event \"{name}\"", "à l'événement \"{name}\"")
            }
            Trigger::Deliverable(name) => {
                both!(self.lang, "on deliverable \"{name}\"", "au livrable \"{name}\"")
            }
            Trigger::MonthEnd => both!(self.lang, "on month end", "en fin de mois"),
            Trigger::After(_, Anchor::Start) => {
                both!(self.lang, "at a deadline after start", "à une échéance après le démarrage")
            }
            Trigger::After(_, Anchor::Signature) => {
                both!(
                    self.lang,
                    "at a deadline after signature",
                    "à une échéance après la signature"
                )
            }
            Trigger::Date(date) => both!(self.lang, "on {date}", "le {date}"),
        }
    }

    fn on_over(&self, over: Terminal) -> &'static str {
        match over {
            Terminal::End => self.lang.pick("on end", "à la fin"),
            Terminal::Abandonment => self.lang.pick("on abandonment", "à l'abandon"),
        }
    }

    fn length(&self, length: DurationKey) -> String {
        let (months, days) = (length.months, length.days);
        if days == 0 {
            let s = if months == 1 { "" } else { "s" };
            both!(self.lang, "{months} month{s}", "{months} mois")
        } else {
            let (s, j) = if days == 1 { ("", "") } else { ("s", "s") };
            both!(self.lang, "{days} day{s}", "{days} jour{j}")
        }
    }

    /// The condition of the missing stretch.
    fn when(&self, missing: Missing) -> String {
        let (what, from, to) = match missing {
            Missing::Duration { from, to } => {
                let from = from.map(|(length, here)| {
                    format!("{} {}", if here { ">=" } else { ">" }, self.length(length))
                });
                let to = to.map(|(length, here)| {
                    format!("{} {}", if here { "<=" } else { "<" }, self.length(length))
                });
                (self.lang.pick("duration", "durée"), from, to)
            }
            Missing::Hours { from, under } => {
                let hours = |units: i64| {
                    let hours = Hours(units).to_string();
                    self.lang.pick(hours.clone(), hours.replace('.', ","))
                };
                let from = (from > 0).then(|| format!(">= {}", hours(from)));
                let to = under.map(|under| format!("< {}", hours(under)));
                (self.lang.pick("hours", "heures"), from, to)
            }
        };
        let and = self.lang.pick("and", "et");
        match (from, to) {
            (Some(from), Some(to)) => format!("{what} {from} {and} {what} {to}"),
            (Some(bound), None) | (None, Some(bound)) => format!("{what} {bound}"),
            (None, None) => what.to_owned(),
        }
    }

    fn message(&self, key: Key, witness: Option<&Witness>) -> String {
        let billed = witness.map_or(String::new(), |witness| self.money(witness.billed));
        let price = self.total.map_or(String::new(), |total| self.money(total));
        let left = match (self.total, witness) {
            (Some(total), Some(witness)) if witness.billed < total => {
                let left = self.money(total.minus(witness.billed).unwrap_or_default());
                both!(self.lang, "; {left} of the price are left", " ; il reste {left} du tarif")
            }
            (Some(_) | None, Some(_) | None) => String::new(),
        };
        match key {
            Key::Overbilling => both!(
                self.lang,
                "this schedule can bill {billed} for a price of {price}",
                "cet échéancier peut facturer {billed} pour un tarif de {price}"
            ),
            Key::Overlap(first, second) => {
                let (first, second) = (self.label(first), self.label(second));
                both!(
                    self.lang,
                    "balances `{first}` and `{second}` can hold at one moment, and only the first fires",
                    "les soldes `{first}` et `{second}` peuvent valoir au même moment, et seul le premier se déclenche"
                )
            }
            Key::DeadLine(line) => {
                let label = self.label(line);
                both!(
                    self.lang,
                    "no history of a case fires `{label}`",
                    "aucun dossier possible ne déclenche `{label}`"
                )
            }
            Key::Leak(over) => {
                let over = self.over(over);
                both!(
                    self.lang,
                    "a case that comes to {over} may never be closed{left}",
                    "un dossier qui arrive à {over} peut n'être jamais clos{left}"
                )
            }
            Key::Gap(trigger, missing) => {
                let (on, when) = (self.on(trigger), self.when(missing));
                both!(
                    self.lang,
                    "no window holds {on} when {when}, and the case may never be closed{left}",
                    "aucune fenêtre ne vaut {on} quand {when}, et le dossier peut n'être jamais clos{left}"
                )
            }
            Key::StrandedDeposit(line, over) => {
                let (label, over) = (self.label(line), self.over(over));
                both!(
                    self.lang,
                    "deposit `{label}` is neither deducted nor given back in a case that comes to {over}",
                    "l'acompte `{label}` n'est ni déduit ni rendu dans un dossier qui arrive à {over}"
                )
            }
            Key::Underbilling(line) => {
                let label = self.label(line);
                both!(
                    self.lang,
                    "`{label}` can close a case at its end at {billed} for a price of {price}",
                    "`{label}` peut clore un dossier à sa fin à {billed} pour un tarif de {price}"
                )
            }
            Key::WorkAfterClosing(line) => {
                let label = self.label(line);
                both!(
                    self.lang,
                    "work done after `{label}` has closed the case is never billed",
                    "ce qui est réalisé après que `{label}` a clos le dossier n'est jamais facturé"
                )
            }
            Key::WorkLeft(over) => {
                let over = self.over(over);
                both!(
                    self.lang,
                    "work can be left that is never billed in a case that comes to {over}",
                    "du réalisé peut n'être jamais facturé dans un dossier qui arrive à {over}"
                )
            }
            Key::AfterTerminal(line, over) => {
                let (label, over) = (self.label(line), self.over(over));
                both!(
                    self.lang,
                    "`{label}` can bill after the case has come to {over}",
                    "`{label}` peut facturer après que le dossier est arrivé à {over}"
                )
            }
            Key::Credit(line) => {
                let label = self.label(line);
                both!(
                    self.lang,
                    "the invoice of `{label}` can come to less than zero",
                    "la facture de `{label}` peut être négative"
                )
            }
            Key::NeverStarted(over) => {
                let over = self.over(over);
                both!(
                    self.lang,
                    "in a case that comes to {over} before its start, no comparison of duration holds",
                    "dans un dossier qui arrive à {over} avant son démarrage, aucune comparaison de durée ne vaut"
                )
            }
            Key::Order => self.message_order(witness),
            Key::Cliff(than) => self.message_cliff(than, witness),
        }
    }

    /// The lines to show.
    fn lines(&self, key: Key, witness: Option<&Witness>) -> Vec<Span> {
        let span = |line: LineId| self.stated(line).map(|line| line.span);
        let mut spans: Vec<Span> = match key {
            Key::Overlap(first, second) => [first, second].into_iter().filter_map(span).collect(),
            Key::DeadLine(line)
            | Key::Underbilling(line)
            | Key::WorkAfterClosing(line)
            | Key::AfterTerminal(line, _)
            | Key::StrandedDeposit(line, _) => span(line).into_iter().collect(),
            Key::Gap(trigger, _) => {
                self.plan.waiting_for(trigger).iter().copied().filter_map(span).collect()
            }
            Key::NeverStarted(over) => {
                let simple = self.plan.simple();
                let trigger = match over {
                    Terminal::End => simple.end,
                    Terminal::Abandonment => simple.abandonment,
                };
                let waiting = trigger.map_or(&[][..], |trigger| self.plan.waiting_for(trigger));
                waiting.iter().copied().filter_map(span).collect()
            }
            Key::Overbilling | Key::Credit(_) => {
                let moments = witness.map_or(&[][..], |witness| witness.moments.as_slice());
                let fired = moments.iter().filter(|moment| moment.amount != Money::ZERO);
                fired.flat_map(|moment| &moment.fired).copied().filter_map(span).collect()
            }
            Key::Cliff(_) => {
                let waiting = self.plan.simple().abandonment;
                let waiting = waiting.map_or(&[][..], |trigger| self.plan.waiting_for(trigger));
                waiting.iter().copied().filter_map(span).collect()
            }
            Key::Leak(_) | Key::WorkLeft(_) | Key::Order => Vec::new(),
        };
        if spans.is_empty() {
            spans.push(self.schedule().span);
        }
        spans.sort_unstable();
        spans.dedup();
        spans
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

    fn help(&self, key: Key, witness: Option<&Witness>) -> (String, Option<String>) {
        let nothing = self.lang.pick("nothing", "rien");
        let work = self.lang.pick("work", "réalisé");
        match key {
            Key::Overbilling => (self.help_overbilling(witness), None),
            Key::Overlap(..) => (
                both!(
                    self.lang,
                    "give the two conditions windows that do not meet, or let the first one stay open",
                    "donnez aux deux conditions des fenêtres disjointes, ou laissez le premier solde ouvert"
                ),
                None,
            ),
            Key::DeadLine(_) => (
                both!(
                    self.lang,
                    "change its trigger or its condition, or remove the line",
                    "changez son déclencheur ou sa condition, ou retirez la ligne"
                ),
                None,
            ),
            Key::Leak(over) => {
                let due = match self.schedule().price {
                    Price::Fixed(_) => nothing,
                    Price::Hourly { .. } | Price::PerAction => work,
                };
                self.add(self.balance(self.on_over(over), due, None))
            }
            Key::Gap(trigger, missing) => {
                self.add(self.balance(&self.on(trigger), nothing, Some(&self.when(missing))))
            }
            Key::StrandedDeposit(line, over) => {
                let amount = match self.stated(line).map(|line| line.amount) {
                    Some(Amount::Percent(share)) => self.up_to(share),
                    Some(_) | None => nothing.to_owned(),
                };
                let given_back = self.balance(self.on_over(over), nothing, None);
                let line = self.balance(self.on_over(over), &amount, None);
                let help = if amount == nothing {
                    both!(
                        self.lang,
                        "add `{line}`, which gives it back",
                        "ajoutez `{line}`, qui le rend"
                    )
                } else {
                    both!(
                        self.lang,
                        "add `{line}`, which keeps it, or `{given_back}`, which gives it back",
                        "ajoutez `{line}`, qui le garde, ou `{given_back}`, qui le rend"
                    )
                };
                (help, Some(line))
            }
            Key::Underbilling(line) => {
                let label = self.label(line);
                (
                    both!(
                        self.lang,
                        "bill `remainder` on `{label}`",
                        "facturez le `reste` sur `{label}`"
                    ),
                    None,
                )
            }
            Key::WorkAfterClosing(line) => {
                let label = self.label(line);
                (
                    both!(
                        self.lang,
                        "let `{label}` leave the case open (`, stays open`), and close it on end and on abandonment",
                        "laissez le dossier ouvert à `{label}` (`, reste ouvert`), et closez-le à la fin et à l'abandon"
                    ),
                    None,
                )
            }
            Key::WorkLeft(over) => {
                let line = self.balance(self.on_over(over), work, None);
                (both!(self.lang, "add `{line}`", "ajoutez `{line}`"), Some(line))
            }
            Key::AfterTerminal(..) => (
                both!(
                    self.lang,
                    "add the condition `not ended and not abandoned` to the line, or close the case on end and on abandonment",
                    "ajoutez à la ligne la condition `non terminé et non abandonné`, ou closez le dossier à la fin et à l'abandon"
                ),
                None,
            ),
            Key::Credit(_) => (
                both!(
                    self.lang,
                    "check that the client is to get this back; a smaller deposit, or a larger balance, would not give any",
                    "vérifiez que le client doit être remboursé ; un acompte plus petit ou un solde plus grand n'en donnerait pas"
                ),
                None,
            ),
            Key::NeverStarted(over) => {
                let when = self.lang.pick("not started", "non démarré");
                self.add(self.balance(self.on_over(over), nothing, Some(when)))
            }
            Key::Order => (self.help_order(), None),
            Key::Cliff(_) => (self.help_cliff(), None),
        }
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

    /// What a witness comes to.
    fn result(&self, key: Key, witness: &Witness) -> Option<String> {
        let billed = self.money(witness.billed);
        let total = self.total?;
        let property = key.property();
        let by = total.minus(witness.billed)?;
        if property == Property::Overbilling {
            let by = self.money(Money(-by.0));
            return Some(both!(
                self.lang,
                "total {billed}, over by {by}",
                "total {billed}, dépasse de {by}"
            ));
        }
        Some(both!(self.lang, "total {billed}", "total {billed}"))
    }
}
