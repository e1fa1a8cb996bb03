//! How linked invoices stand in one evening: their money, their delivery, their payer's answers.
//!
//! In: the invoices of one group with the events that are known by then. Out: an [`Account`] and a [`Delivery`] for
//! each. Each evening is worked out anew from all that is known, so that nothing depends on the way.

use super::event::{Event, EventKind};
use super::invoice::Invoice;
use crate::calendar::Date;
use crate::model::{FollowUp, Turn};
use std::collections::BTreeSet;

/// An invoice of a group, with its events in their order.
#[derive(Clone, Copy, Debug)]
pub struct Member<'a> {
    /// Its number in the book.
    pub number: usize,
    /// It itself.
    pub invoice: &'a Invoice,
    /// Its events.
    pub events: &'a [Event],
    /// Its follow-up, where it has one.
    pub follow_up: Option<&'a FollowUp>,
}

impl Member<'_> {
    /// The day on which something dated so counts for it.
    pub fn day(&self, date: Date) -> Date {
        self.invoice.day(date)
    }
}

/// The money of an invoice in an evening.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// What is open; below zero what is to be given back.
    pub open: i64,
    /// Payments less what was returned or refunded.
    pub paid: i64,
    /// Whether a payment counts on this day.
    pub paid_today: bool,
    /// The latest day on which something was moved here.
    pub renewed: Option<Date>,
    /// Whether it is replaced.
    pub replaced: bool,
}

/// The accounts of a group in an evening, in its order.
pub fn accounts(members: &[Member<'_>], evening: Date) -> Vec<Account> {
    let place = |number: usize| members.iter().position(|member| member.number == number);
    let mut last: Vec<usize> = (0..members.len()).collect();
    if members.len() > 1 {
        last = last_of_chains(members, evening);
    }
    let mut accounts: Vec<Account> = members
        .iter()
        .zip(last.iter().enumerate())
        .map(|(member, (own, last))| {
            let replaced = own != *last;
            let is_there = member.invoice.date <= evening && !replaced;
            let open = if is_there { member.invoice.total.0 } else { 0 };
            Account { open, replaced, ..Account::default() }
        })
        .collect();
    for (member, last_of_own) in members.iter().zip(&last) {
        for event in member.events.iter().filter(|event| event.counts(evening)) {
            let Some(amount) = event.kind.amount() else { continue };
            // On an account, something counts on its own day, and not before its invoice and the account are there.
            let mut on = |at: usize, change: &dyn Fn(&mut Account, Date)| {
                let Some(account_of) = members.get(at) else { return };
                let day = account_of.day(member.day(event.date));
                if day <= evening
                    && let Some(account) = accounts.get_mut(at)
                {
                    change(account, day);
                }
            };
            match event.kind {
                EventKind::Payment(_) => on(*last_of_own, &|account, day| {
                    account.open -= amount.0;
                    account.paid += amount.0;
                    account.paid_today |= day == evening;
                }),
                EventKind::Returned(_) | EventKind::Refund(_) => on(*last_of_own, &|account, _| {
                    account.open += amount.0;
                    account.paid -= amount.0;
                }),
                EventKind::Moved(_, to) => {
                    on(*last_of_own, &|account, _| account.open -= amount.0);
                    let to = place(to).and_then(|to| last.get(to).copied());
                    on(to.unwrap_or(usize::MAX), &|account, day| {
                        account.open += amount.0;
                        account.renewed = account.renewed.max(Some(day));
                    });
                }
                // Which way it goes depends on what is open then: below.
                EventKind::WrittenOff(_)
                | EventKind::Sent(_)
                | EventKind::Undelivered
                | EventKind::Received
                | EventKind::Accepted
                | EventKind::Rejected
                | EventKind::Disputed
                | EventKind::Resolved
                | EventKind::Promised(_)
                | EventKind::Replaced(_)
                | EventKind::HandedOver
                | EventKind::TakenBack => {}
            }
        }
    }
    write_off(members, &last, evening, &mut accounts);
    if members.len() > 1 {
        set_off(members, &last, evening, &mut accounts);
    }
    accounts
}

/// Along replacements, the last of each.
fn last_of_chains(members: &[Member<'_>], evening: Date) -> Vec<usize> {
    let place = |number: usize| members.iter().position(|member| member.number == number);
    let next: Vec<Option<usize>> = members
        .iter()
        .map(|member| {
            // Nothing is replaced before it is there.
            let counts =
                |event: &&Event| event.counts(evening) && member.day(event.date) <= evening;
            let known = member.events.iter().filter(counts);
            let by = known.filter_map(|event| place(event.kind.successor()?));
            by.min()
        })
        .collect();
    let end = |own: usize| {
        let mut at = own;
        // No chain is longer than the group.
        for _ in 0..members.len() {
            match next.get(at).copied().flatten() {
                Some(further) => at = further,
                None => break,
            }
        }
        at
    };
    (0..members.len()).map(end).collect()
}

/// What is written off, towards zero from what was open when it was: an account on which something was is counted
/// again, in the order of its days.
fn write_off(members: &[Member<'_>], last: &[usize], evening: Date, accounts: &mut [Account]) {
    let known = |member: &Member<'_>| {
        let mut events = member.events.iter().filter(|event| event.counts(evening));
        events.any(|event| matches!(event.kind, EventKind::WrittenOff(_)))
    };
    if !members.iter().any(known) {
        return;
    }
    let place = |number: usize| members.iter().position(|member| member.number == number);
    for at in 0..accounts.len() {
        let Some(account_of) = members.get(at) else { continue };
        let mut changes: Vec<([Date; 2], u8, &EventKind, bool)> = Vec::new();
        for (member, last_of_own) in members.iter().zip(last) {
            for event in member.events.iter().filter(|event| event.counts(evening)) {
                let day = member.day(event.date);
                if account_of.day(day) > evening {
                    continue;
                }
                let key = |away| ([day, event.date], event.kind.rank(), &event.kind, away);
                if *last_of_own == at && event.kind.amount().is_some() {
                    changes.push(key(true));
                }
                if let EventKind::Moved(_, to) = event.kind
                    && place(to).and_then(|to| last.get(to)) == Some(&at)
                {
                    changes.push(key(false));
                }
            }
        }
        changes.sort_by_key(|(days, rank, _, _)| (*days, *rank));
        let Some(account) = accounts.get_mut(at) else { continue };
        let there = account_of.invoice.date <= evening && !account.replaced;
        let mut open = if there { account_of.invoice.total.0 } else { 0 };
        for (_, _, kind, away) in changes {
            open += kind.adds(open, !away);
        }
        account.open = open;
    }
}

/// Sets the credit notes, oldest first, against what is open of their case, payer and currency: of what they name first, or of
/// what has taken its place.
fn set_off(members: &[Member<'_>], last: &[usize], evening: Date, accounts: &mut [Account]) {
    let key = |at: &usize| {
        members.get(*at).map(|member| (member.invoice.date, &member.invoice.invoice_id))
    };
    let mut notes: Vec<usize> = (0..members.len())
        .filter(|at| {
            members.get(*at).is_some_and(|member| {
                member.invoice.is_credit_note() && member.invoice.date <= evening
            })
        })
        .collect();
    notes.sort_by(|one, other| key(one).cmp(&key(other)));
    for note in notes {
        let Some(of) = members.get(note).map(|member| member.invoice) else { continue };
        let mut left = accounts.get(note).map_or(0, |account| -account.open);
        let mut against: Vec<usize> = (0..members.len())
            .filter(|at| {
                *at != note
                    && members.get(*at).is_some_and(|member| {
                        member.invoice.date <= evening
                            && member.invoice.group_of_credits() == of.group_of_credits()
                    })
            })
            .collect();
        let credited = members.iter().zip(last);
        let credited = credited.filter(|(one, _)| of.credits.contains(&one.invoice.invoice_id));
        let credited: BTreeSet<usize> = credited.map(|(_, last)| *last).collect();
        let named = |at: &usize| credited.contains(at);
        against.sort_by(|one, other| {
            named(other).cmp(&named(one)).then_with(|| key(one).cmp(&key(other)))
        });
        for at in against {
            let open = accounts.get(at).map_or(0, |account| account.open);
            let amount = left.min(open).max(0);
            if let Some(account) = accounts.get_mut(at) {
                account.open -= amount;
            }
            if let Some(account) = accounts.get_mut(note) {
                account.open += amount;
            }
            left -= amount;
        }
    }
}

/// How an invoice has been delivered and answered by an evening.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Delivery<'a> {
    /// The day of its latest sending.
    pub sent: Option<Date>,
    /// The channels of the sendings of that day.
    pub channels: Vec<&'a str>,
    /// Whether it did not arrive.
    pub undelivered: bool,
    /// The first sign of its receipt since it last did not arrive.
    pub received: Option<Date>,
    /// The day of the first rejection.
    pub first_rejected: Option<Date>,
    /// Whether the payer's last answer is a rejection.
    pub rejected: Option<bool>,
    /// Whether a dispute is open.
    pub disputed: bool,
    /// Up to when a payment is promised.
    pub promised: Option<Date>,
    /// The latest day on which it came to a collector, or back, and which of both.
    pub collector: Option<(Date, bool)>,
}

impl<'a> Delivery<'a> {
    /// Of a member, as it is known in an evening.
    pub fn of(member: &Member<'a>, evening: Date) -> Delivery<'a> {
        let mut state = Delivery::default();
        let events = member.events;
        let same_day = |one: &Event, other: &Event| one.date == other.date;
        for day in events.chunk_by(same_day) {
            let on_its_way = state.sent.is_some() && !state.undelivered;
            let known = || day.iter().filter(|event| event.counts(evening));
            let bounced = |event: &&Event| event.kind == EventKind::Undelivered;
            if on_its_way && known().any(|event| bounced(&event)) {
                state.bounce();
            }
            let mut first_of_day = true;
            for event in known() {
                if on_its_way && bounced(&event) {
                    continue;
                }
                state.take(&event.kind, member.day(event.date), &mut first_of_day);
            }
        }
        state
    }

    fn bounce(&mut self) {
        self.undelivered = true;
        self.received = None;
    }

    /// It is told in whatever way that it has arrived.
    fn arrive(&mut self, day: Date) {
        self.undelivered = false;
        self.received.get_or_insert(day);
    }

    fn take(&mut self, kind: &'a EventKind, day: Date, first_of_day: &mut bool) {
        match kind {
            EventKind::Sent(channel) => {
                if std::mem::replace(first_of_day, false) {
                    self.channels.clear();
                }
                self.channels.extend(channel.as_deref());
                self.sent = Some(day);
                self.undelivered = false;
            }
            EventKind::Undelivered => self.bounce(),
            EventKind::Received | EventKind::Payment(_) => self.arrive(day),
            EventKind::Accepted => {
                self.arrive(day);
                self.rejected = Some(false);
            }
            EventKind::Rejected => {
                self.arrive(day);
                self.rejected = Some(true);
                self.first_rejected.get_or_insert(day);
            }
            EventKind::Disputed => {
                self.arrive(day);
                self.disputed = true;
            }
            EventKind::Resolved => self.disputed = false,
            // Of one day the longest comes last.
            EventKind::Promised(until) => self.promised = Some(*until),
            EventKind::HandedOver => self.collector = Some((day, true)),
            EventKind::TakenBack => self.collector = Some((day, false)),
            EventKind::Returned(_)
            | EventKind::Refund(_)
            | EventKind::WrittenOff(_)
            | EventKind::Moved(..)
            | EventKind::Replaced(_) => {}
        }
    }
}

/// Whether something happens to an invoice on the day of an evening, where an event says so.
pub fn happens(member: &Member<'_>, turn: Turn, evening: Date) -> bool {
    let mut today = member
        .events
        .iter()
        .filter(|event| event.counts(evening) && member.day(event.date) == evening);
    today.any(|event| match turn {
        Turn::Undelivered => event.kind == EventKind::Undelivered,
        Turn::Rejected => event.kind == EventKind::Rejected,
        Turn::Disputed => event.kind == EventKind::Disputed,
        Turn::Resolved => event.kind == EventKind::Resolved,
        // Told by the account.
        Turn::PaidInPart | Turn::Overpaid | Turn::Settled => false,
    })
}
