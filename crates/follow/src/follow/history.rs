//! The history of one invoice: what happened to it, which steps came of it, and what each of the others waits for.
//!
//! In: the walk of its group. Out: a [`History`], in which nothing is said in words.

use super::evening::{Member, accounts};
use super::steps::{Logged, StepNow};
use super::walk::{End, Explained};
use crate::calendar::Date;
use crate::money::Money;

/// The history of an invoice.
#[derive(Clone, Debug)]
pub struct History {
    /// Its follow-up, by its number.
    pub follow_up: Option<usize>,
    /// What happened, in order.
    pub moments: Vec<Moment>,
    /// How it stands at the end, with the step that comes next if nothing happens.
    pub end: End,
    /// How each step of its follow-up stands at the end.
    pub steps: Vec<StepNow>,
}

/// Something in the history of an invoice.
#[derive(Clone, Debug)]
pub struct Moment {
    /// The day.
    pub day: Date,
    /// What it is.
    pub what: Happened,
    /// What is open in the evening of that day.
    pub open: Money,
}

/// What stands in a history.
#[derive(Clone, Debug)]
pub enum Happened {
    /// The day of the invoice.
    Issued,
    /// An event, by its place among those of the invoice.
    Event(usize),
    /// What happened to an invoice that is linked to it changes what is open.
    Elsewhere,
    /// A step fired, or was passed over.
    Step(Logged),
}

impl History {
    /// Of a member, by its place in its group.
    pub(super) fn of(
        members: &[Member<'_>],
        at: usize,
        follow_up: Option<usize>,
        explained: Explained,
    ) -> Option<History> {
        let Explained { log, steps, days, end } = explained;
        let member = members.get(at)?;
        let mut moments = Vec::new();
        let mut before = None;
        for day in days.range(member.invoice.date..).copied() {
            let open = Money(accounts(members, day).get(at)?.open);
            let mut add = |what| moments.push(Moment { day, what, open });
            if day == member.invoice.date {
                add(Happened::Issued);
            }
            let mut of_money = false;
            for (place, event) in member.events.iter().enumerate() {
                if member.day(event.date) == day && event.counts(day) {
                    of_money |= event.kind.amount().is_some() || event.kind.successor().is_some();
                    add(Happened::Event(place));
                }
            }
            if before.is_some_and(|before| before != open) && !of_money {
                add(Happened::Elsewhere);
            }
            before = Some(open);
            log.iter()
                .filter(|logged| logged.day == day)
                .for_each(|logged| add(Happened::Step(logged.clone())));
        }
        Some(History { follow_up, moments, end, steps })
    }
}
