//! What may happen next in the life of an invoice, of what matters to its follow-up, and on which days.
//!
//! In: a life, and what it comes to. Out: the same with one event more, each as it may be. What is left out here is not
//! tried; nothing follows from that.

use super::facts::standing;
use super::lives::{Lives, length};
use crate::calendar::{Date, Duration};
use crate::follow::{Lived, Seen};
use crate::model::{FollowHappening, InvoiceDay, Standing, StepAnchor, StepTrigger, Turn};
use crate::money::Money;
use std::collections::BTreeSet;

impl Lives<'_, '_> {
    /// The same life with one event more.
    pub(super) fn further(&self, lived: &Lived, seen: &Seen) -> Vec<Lived> {
        let from = lived.events.last().map_or(lived.date, |(day, _)| *day);
        let days = self.days(lived, seen, from);
        let mut all = Vec::new();
        let mut add = |day: Date, happening: FollowHappening| {
            let mut further = lived.clone();
            further.events.push((day, happening));
            all.push(further);
        };
        let kinds = self.kinds(lived, seen);
        for day in &days {
            kinds.iter().for_each(|kind| add(*day, kind.clone()));
        }
        // A promise holds from now on.
        for until in days.iter().filter(|until| **until > from) {
            add(from, FollowHappening::Promised(*until));
        }
        all
    }

    /// Days from one on about which something can change: the days of steps, those before which something has to
    /// happen for one to come then, and the days after them.
    fn days(&self, lived: &Lived, seen: &Seen, from: Date) -> Vec<Date> {
        let due = self.due(lived);
        let steps = &self.text.follow_up.steps;
        let mut at: Vec<Option<Date>> = vec![None; steps.len()];
        let mut back = BTreeSet::new();
        for (place, step) in steps.iter().enumerate() {
            for trigger in &step.triggers {
                let anchor = match trigger {
                    StepTrigger::After(_, anchor) | StepTrigger::Each(_, anchor) => *anchor,
                    StepTrigger::BeforeDue(_) | StepTrigger::On(_) => continue,
                };
                let of = match anchor {
                    StepAnchor::Step(of) => at.get(of).copied().flatten(),
                    StepAnchor::Day(InvoiceDay::Due) => Some(due),
                    StepAnchor::Day(InvoiceDay::Issued) => Some(lived.date),
                    StepAnchor::Day(
                        InvoiceDay::Sent | InvoiceDay::Received | InvoiceDay::Rejected,
                    ) => {
                        back.insert(length(trigger));
                        Some(from)
                    }
                };
                let times = step.at_most.unwrap_or(1).max(1);
                let long = length(trigger).saturating_mul(times);
                let day = of.map(|of| of.plus(Duration::Days(long)));
                if let Some(at) = at.get_mut(place) {
                    *at = (*at).max(day);
                }
            }
        }
        let before_due = steps.iter().flat_map(|step| &step.triggers).filter_map(|trigger| {
            let StepTrigger::BeforeDue(length) = trigger else { return None };
            Some(due.minus(*length))
        });
        let logged = seen.log.iter().take(24).map(|logged| logged.day);
        let mut points: BTreeSet<Date> = logged.chain(before_due).collect();
        points.extend(at.into_iter().flatten());
        points.extend([lived.date, due, from]);
        let mut days = BTreeSet::new();
        for point in points {
            days.extend([point, point.next()]);
            days.extend(back.iter().map(|back| point.minus(Duration::Days(*back))));
        }
        days.into_iter().filter(|day| *day >= from).collect()
    }

    /// What may happen next, of what matters to the follow-up.
    fn kinds(&self, lived: &Lived, seen: &Seen) -> Vec<FollowHappening> {
        let steps = &self.text.follow_up.steps;
        let asked = steps.iter().filter_map(|step| step.condition.as_ref());
        let asked = asked.fold(0, |all, condition| all | self.text.asked.asks(condition));
        let asks = |of: Standing| asked & standing(of) != 0;
        let triggers = || steps.iter().flat_map(|step| &step.triggers);
        let from = |day: InvoiceDay| {
            triggers().any(|trigger| match trigger {
                StepTrigger::After(_, anchor) | StepTrigger::Each(_, anchor) => {
                    *anchor == StepAnchor::Day(day)
                }
                StepTrigger::BeforeDue(_) | StepTrigger::On(_) => false,
            })
        };
        let on = |turn: Turn| triggers().any(|trigger| *trigger == StepTrigger::On(turn));
        let mut kinds = Vec::new();
        let mut add = |wanted: bool, kind: FollowHappening| kinds.extend(wanted.then_some(kind));
        let sent = asks(Standing::Sent) || from(InvoiceDay::Sent);
        add(sent || on(Turn::Undelivered), FollowHappening::Sent(None));
        for channel in self.text.asked.channels() {
            add(true, FollowHappening::Sent(Some((*channel).to_owned())));
        }
        let received = asks(Standing::Received) || from(InvoiceDay::Received);
        add(received, FollowHappening::Received);
        let answers = asks(Standing::Accepted) || asks(Standing::Rejected);
        add(on(Turn::Undelivered) || answers && received, FollowHappening::Undelivered);
        // Who accepts it in the end rejects it no more.
        add(answers, FollowHappening::Accepted);
        let rejected = asks(Standing::Rejected) || from(InvoiceDay::Rejected);
        add(rejected || on(Turn::Rejected), FollowHappening::Rejected);
        add(!seen.end.disputed, FollowHappening::Disputed);
        add(seen.end.disputed || on(Turn::Resolved), FollowHappening::Resolved);
        let hands_over = steps.iter().any(|step| step.hands_over);
        add(hands_over && !seen.taken_back, FollowHappening::TakenBack);
        // Down to each sum that makes a difference: paid, or no longer asked for.
        let in_part = on(Turn::PaidInPart) || asks(Standing::PaidInPart);
        let settled = on(Turn::Settled);
        let overpaid = on(Turn::Overpaid);
        let mut left: Vec<Money> = self.text.asked.sums();
        left.extend(in_part.then_some(Money(lived.total.0 / 2)));
        left.extend(settled.then_some(Money::ZERO));
        left.extend(overpaid.then_some(Money(-lived.total.0)));
        left.sort_unstable();
        left.dedup();
        for left in left {
            let paid = seen.end.open.minus(left).filter(|paid| *paid > Money::ZERO);
            let Some(paid) = paid else { continue };
            add(true, FollowHappening::Payment(paid));
            add(received && left >= Money::ZERO, FollowHappening::WrittenOff(paid));
        }
        kinds
    }
}
