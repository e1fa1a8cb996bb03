//! Findings in words: the vocabulary that they share, and the lines that they show. What goes wrong is
//! said in `words_message.rs`, what to do in `words_help.rs`.

use super::acceptance::lines;
use super::key::Key;
use super::proposed::{Proposed, Stands};
use super::situation::Missing;
use super::words_condition::condition;
use super::{Finding, Witness};
use crate::lang::{Lang, say as both};
use crate::model::{Line, LineKind, Milestone, Property, Schedule, Terminal, When};
use crate::money::{Exact, Hours, Money};
use crate::plan::{LineId, Plan, TriggerId};
use crate::span::Span;

/// A finding in words.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// What goes wrong: one sentence, lower case, no full stop.
    pub message: String,
    /// The lines that matter, by their places in the source.
    pub lines: Vec<Span>,
    /// What to do.
    pub help: String,
    /// A line to add after the last one, ready to be inserted.
    pub insert: Option<(Span, String)>,
    /// Whether that line stands instead of another one that is proposed.
    pub is_instead: bool,
    /// The line that an acceptance may name, where the finding is about one.
    pub about: Option<String>,
    /// What the witness comes to, in a few words.
    pub result: Option<String>,
}

/// Puts a finding in words, by itself. `total` is the rounded price, where it is known.
pub fn say(plan: &Plan, finding: &Finding, total: Option<Money>, lang: Lang) -> Said {
    say_beside(plan, finding, (total, lang), &mut Proposed::default())
}

/// Puts a finding in words, after others: a line that it proposes stands beside those that these do.
pub(super) fn say_beside(
    plan: &Plan,
    finding: &Finding,
    (total, lang): (Option<Money>, Lang),
    proposed: &mut Proposed,
) -> Said {
    let words = Words { plan, total, lang, proposed };
    let witness = finding.witness.as_ref();
    let mut said = Said {
        message: words.message(finding.key, witness),
        lines: words.lines(finding.key, witness),
        about: words.about(&[finding.key]),
        result: witness.and_then(|witness| words.result(finding.key, witness)),
        ..Said::default()
    };
    let (help, offered) = words.help(finding.key, witness);
    said.help = help;
    if let Some(offered) = offered {
        let last = plan.schedule.lines.iter().map(|line| line.span).max_by_key(|span| span.end);
        let at = last.unwrap_or(plan.schedule.span).after();
        said.insert = Some((at, format!("\n  {}", offered.line)));
        said.is_instead = matches!(offered.stands, Stands::Instead(_));
        if !said.is_instead {
            proposed.add(plan, finding.property(), offered.proposal);
        }
    }
    said
}

pub(super) struct Words<'p> {
    pub(super) plan: &'p Plan,
    pub(super) total: Option<Money>,
    pub(super) lang: Lang,
    /// The lines that are proposed already.
    pub(super) proposed: &'p Proposed,
}

impl Words<'_> {
    pub(super) fn schedule(&self) -> &Schedule {
        &self.plan.schedule
    }

    pub(super) fn money(&self, amount: Money) -> String {
        let digits = self.lang.digits(self.schedule().currency.show(amount));
        format!("{digits} {}", self.schedule().currency.code())
    }

    /// The rounded price of the case that a witness shows, where it is known.
    pub(super) fn price_of(&self, witness: Option<&Witness>) -> Option<Money> {
        let rate = self.schedule().price.is_a_rate();
        let own = witness.and_then(|witness| match witness.figure {
            Some(figure) if rate => witness.terms.hours?.at_rate(figure),
            Some(figure) => Some(Exact::from_money(figure)),
            None => self.plan.total(witness.terms.hours).ok().flatten(),
        });
        self.total.map(|total| own.and_then(Exact::round).unwrap_or(total))
    }

    /// The hours that the case of a witness plans, where the schedule states others.
    pub(super) fn own_hours(&self, witness: Option<&Witness>) -> Option<Hours> {
        let stated = self.schedule().planned_hours?;
        witness?.terms.hours.filter(|hours| *hours != stated)
    }

    pub(super) fn stated(&self, line: LineId) -> Option<&Line> {
        self.plan.stated(line)
    }

    /// The kind of a line, and whether it is a balance by attendance or duration.
    pub(super) fn kind_of(&self, line: LineId) -> Option<(LineKind, bool)> {
        let (index, kind) = (self.plan.line(line)?.index, self.stated(line)?.kind);
        let in_proportion = match &self.schedule().second {
            Some(program) => {
                let amount = program.lines.iter().find(|line| line.index == index)?.amount;
                amount.measures_hours() || amount.measures_duration()
            }
            None => {
                let amount = self.stated(line)?.amount;
                amount.measures_attendance() || amount.measures_duration()
            }
        };
        Some((kind, kind == LineKind::Balance && in_proportion))
    }

    pub(super) fn label(&self, line: LineId) -> &str {
        self.stated(line).map_or("", |line| line.label.as_str())
    }

    /// How a case is over, as a noun.
    pub(super) fn over(&self, over: Terminal) -> &'static str {
        over.of_the_case(self.lang)
    }

    pub(super) fn trigger(&self, trigger: TriggerId) -> Option<&When> {
        self.plan.trigger(trigger)
    }

    /// A trigger as the line has it.
    pub(super) fn on(&self, trigger: &When) -> String {
        match trigger.anchor() {
            Some(anchor) => {
                let anchor = anchor.noun().known(self.lang);
                both!(self.lang, "at a deadline after {anchor}", "à une échéance après {anchor}")
            }
            None => trigger.on(self.lang),
        }
    }

    /// The line that findings are about, where they are about one alone: of two balances that overlap, the first.
    pub(super) fn about(&self, keys: &[Key]) -> Option<String> {
        let mut lines = keys.iter().map(|key| lines(self.plan, *key).first().copied());
        let first = lines.next()??;
        lines.all(|line| line == Some(first)).then(|| self.label(first).to_owned())
    }

    /// The condition of the missing stretch.
    pub(super) fn when(&self, missing: Missing) -> String {
        condition(&missing.condition(), self.lang)
    }

    /// The lines to show.
    pub(super) fn lines(&self, key: Key, witness: Option<&Witness>) -> Vec<Span> {
        let span = |line: LineId| self.stated(line).map(|line| line.span);
        let mut spans: Vec<Span> = match key {
            Key::Overlap(first, second) => [first, second].into_iter().filter_map(span).collect(),
            Key::DeadLine(line)
            | Key::Underbilling(line)
            | Key::PastDate(line)
            | Key::WorkAfterClosing(line)
            | Key::WorkAtClosing(line)
            | Key::AfterTerminal(line, _)
            | Key::Endless(line, _)
            | Key::PartsLeft(line)
            | Key::StrandedDeposit(line, _) => span(line).into_iter().collect(),
            Key::Gap(trigger, _) => {
                self.plan.waiting_for(trigger).iter().copied().filter_map(span).collect()
            }
            Key::NeverStarted(over) => {
                let waiting = self.plan.waiting_for_milestone(over.milestone());
                waiting.iter().copied().filter_map(span).collect()
            }
            Key::Overbilling | Key::Credit(_) => {
                let moments = witness.map_or(&[][..], |witness| witness.moments.as_slice());
                let fired = moments.iter().filter(|moment| moment.amount != Money::ZERO);
                // What stands beside the price is no part of what is too much of it.
                let matters =
                    |line: &LineId| key != Key::Overbilling || !self.plan.is_beside(*line);
                let fired = fired.flat_map(|moment| &moment.fired).copied().filter(matters);
                fired.filter_map(span).collect()
            }
            Key::Cliff(_) => {
                let waiting = self.plan.waiting_for_milestone(Milestone::Abandonment);
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

    /// What a witness comes to.
    pub(super) fn result(&self, key: Key, witness: &Witness) -> Option<String> {
        let billed = self.money(witness.billed);
        let total = self.price_of(Some(witness))?;
        let property = key.property();
        let by = total.minus(witness.billed)?;
        // Of what is shown, something may stand beside the price.
        let sum = witness.moments.iter().try_fold(Money::ZERO, |sum, shown| sum.plus(shown.amount));
        let (english, french) = if sum == Some(witness.billed) {
            ("total", "total")
        } else {
            ("billed of the price:", "facturé sur le tarif :")
        };
        if property == Property::Overbilling {
            let by = self.money(Money(-by.0));
            return Some(both!(
                self.lang,
                "{english} {billed}, over by {by}",
                "{french} {billed}, dépasse de {by}"
            ));
        }
        Some(both!(self.lang, "{english} {billed}", "{french} {billed}"))
    }
}
