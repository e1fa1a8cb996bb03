//! The journal: each invoice with how it went out, when it arrived, when it was due and when it was settled; and from
//! these the delays of payers and channels.
//!
//! In: a book and what has come of it. Out: a [`Journal`], all of whose figures are exact.

use super::book::Book;
use super::evening::{Delivery, Member, accounts};
use super::run::Run;
use super::unpaid::{Ageing, unpaid};
use crate::calendar::Date;
use crate::model::FollowUp;
use crate::money::Money;
use foldhash::HashMap;
use std::collections::{BTreeMap, BTreeSet};

/// An invoice in the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The invoice, by its number in the book.
    pub invoice: usize,
    /// By which channels its latest sending went, where that is said; joined where there are several.
    pub channel: Option<String>,
    /// The day of its latest sending.
    pub sent: Option<Date>,
    /// Whether that did not arrive.
    pub undelivered: bool,
    /// The first sign of receipt since it last did not arrive.
    pub received: Option<Date>,
    /// When it is due; a credit note is, where it says so itself.
    pub due: Option<Date>,
    /// The day since which nothing is open.
    pub settled: Option<Date>,
    /// Whether a payment of that day settled it.
    pub by_payment: bool,
    /// What is open; below zero what was paid too much.
    pub open: Money,
    /// Whether neither a sending nor a sign of receipt is told of it.
    pub unproved: bool,
}

/// How long those of one payer, or by one channel, take.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Delays {
    /// For each invoice that a payment settled: days from its date to that payment; sorted.
    pub days: Vec<i64>,
    /// How many of these were settled after they were due.
    pub late: usize,
    /// What is open of all, overpaid ones left out.
    pub open: Money,
}

/// The journal.
#[derive(Clone, Debug, Default)]
pub struct Journal {
    /// The judged invoices that exist by the last day, by date, then by number.
    pub entries: Vec<Entry>,
    /// The delays, by payer and currency.
    pub payers: BTreeMap<(String, &'static str), Delays>,
    /// The delays, by channel and currency; without a channel, those of which none is told.
    pub channels: BTreeMap<(String, &'static str), Delays>,
    /// What is open, by currency and by how long it is past due.
    pub ageing: BTreeMap<&'static str, Ageing>,
    /// How many invoices are withheld, and are in no figure.
    pub withheld: usize,
}

impl Delays {
    /// The mean in tenths of a day, rounded half up.
    pub fn mean_tenths(&self) -> Option<i64> {
        rounded(self.days.iter().sum::<i64>(), 10, i64::try_from(self.days.len()).ok()?)
    }

    /// The median in tenths of a day: of an even number, the middle of the two in the middle.
    pub fn median_tenths(&self) -> Option<i64> {
        let upper = *self.days.get(self.days.len() / 2)?;
        let lower = *self.days.get((self.days.len() - 1) / 2)?;
        Some((lower + upper) * 5)
    }

    /// The 90th percentile in days, by nearest rank: the day of rank ⌈0.9 × number⌉.
    pub fn ninetieth(&self) -> Option<i64> {
        let rank = (self.days.len() * 9).div_ceil(10);
        self.days.get(rank.checked_sub(1)?).copied()
    }

    /// The share that was settled late in tenths of a percent, rounded half up.
    pub fn late_tenths(&self) -> Option<i64> {
        rounded(i64::try_from(self.late).ok()?, 1000, i64::try_from(self.days.len()).ok()?)
    }

    fn add(&mut self, entry: &Entry, date: Date) {
        if let Some(settled) = entry.settled.filter(|_| entry.by_payment) {
            self.days.push(settled.days_since(date));
            self.late += usize::from(entry.due.is_some_and(|due| settled > due));
        }
        if entry.open > Money::ZERO {
            self.open = self.open.plus(entry.open).unwrap_or(self.open);
        }
    }
}

/// `of × times / by`, rounded half up; of nothing, nothing. None of them is below zero.
fn rounded(of: i64, times: i64, by: i64) -> Option<i64> {
    let doubled = of.checked_mul(times)?.checked_mul(2)?;
    doubled.checked_add(by)?.checked_div(by.checked_mul(2)?)
}

/// Makes the journal of a run.
pub fn journal(follow_ups: &[&FollowUp], book: &Book, run: &Run, as_of: Date) -> Journal {
    let standings: HashMap<usize, Option<Date>> =
        run.standings.iter().map(|standing| (standing.invoice, standing.due)).collect();
    let mut journal = Journal { withheld: run.withheld.len(), ..Journal::default() };
    for group in &book.groups {
        // A group is judged whole, or not at all.
        if group.iter().any(|number| standings.contains_key(number)) {
            entries(book, group, &standings, as_of, &mut journal.entries);
        }
    }
    let key = |entry: &Entry| {
        let invoice = book.invoices.get(entry.invoice);
        invoice.map(|invoice| (invoice.date, &invoice.number, &invoice.invoice_id))
    };
    journal.entries.sort_by(|one, other| key(one).cmp(&key(other)));
    for entry in &journal.entries {
        let Some(invoice) = book.invoices.get(entry.invoice) else { continue };
        if invoice.is_credit_note() {
            continue;
        }
        let code = invoice.currency.code();
        let payer = journal.payers.entry((invoice.payer.clone(), code)).or_default();
        payer.add(entry, invoice.date);
        let channel = entry.channel.clone().unwrap_or_default();
        journal.channels.entry((channel, code)).or_default().add(entry, invoice.date);
    }
    let all = journal.payers.values_mut().chain(journal.channels.values_mut());
    all.for_each(|delays| delays.days.sort_unstable());
    let list = unpaid(follow_ups, book, run, as_of, &|_| true);
    journal.ageing = list.totals.into_iter().map(|(code, (ageing, _))| (code, ageing)).collect();
    journal
}

/// The entries of a group of linked invoices.
fn entries(
    book: &Book,
    group: &[usize],
    standings: &HashMap<usize, Option<Date>>,
    as_of: Date,
    entries: &mut Vec<Entry>,
) {
    let member = |number: &usize| {
        let (invoice, events) = (book.invoices.get(*number)?, book.events.get(*number)?);
        Some(Member { number: *number, invoice, events, follow_up: None })
    };
    let members: Vec<Member<'_>> = group.iter().filter_map(member).collect();
    let mut days = BTreeSet::from([as_of]);
    for member in &members {
        days.insert(member.invoice.date);
        for event in member.events {
            days.insert(event.date);
            days.extend(event.withdrawn);
        }
    }
    // For each, since when nothing is open, and whether a payment brought that.
    let mut settled: Vec<Option<(Date, bool)>> = vec![None; members.len()];
    let mut last = Vec::new();
    for day in days.range(..=as_of).copied() {
        last = accounts(&members, day);
        for ((member, account), settled) in members.iter().zip(&last).zip(&mut settled) {
            if account.open != 0 || account.replaced || member.invoice.date > day {
                *settled = None;
            } else if settled.is_none() {
                *settled = Some((day, account.paid_today));
            }
        }
    }
    for ((member, account), settled) in members.iter().zip(&last).zip(settled) {
        let Some(due) = standings.get(&member.number) else { continue };
        let delivery = Delivery::of(member, as_of);
        let mut channels = delivery.channels.clone();
        channels.dedup();
        entries.push(Entry {
            invoice: member.number,
            channel: (!channels.is_empty()).then(|| channels.join(", ")),
            sent: delivery.sent,
            undelivered: delivery.undelivered,
            received: delivery.received,
            due: if member.invoice.is_credit_note() { member.invoice.due } else { *due },
            settled: settled.map(|(day, _)| day),
            by_payment: settled.is_some_and(|(_, paid)| paid) && !member.invoice.is_credit_note(),
            open: Money(account.open),
            unproved: delivery.sent.is_none() && delivery.received.is_none(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::Delays;

    #[test]
    fn figures_of_delays_are_exact() {
        let of = |days: &[i64], late| Delays { days: days.to_vec(), late, ..Delays::default() };
        let none = of(&[], 0);
        let empty = (none.mean_tenths(), none.median_tenths(), none.ninetieth());
        assert_eq!((empty, none.late_tenths()), ((None, None, None), None));
        let three = of(&[1, 2, 7], 1);
        assert_eq!((three.mean_tenths(), three.median_tenths()), (Some(33), Some(20)));
        assert_eq!((three.ninetieth(), three.late_tenths()), (Some(7), Some(333)));
        let ten: Vec<i64> = (1..=10).collect();
        let ten = of(&ten, 5);
        assert_eq!((ten.median_tenths(), ten.ninetieth()), (Some(55), Some(9)));
        assert_eq!((ten.mean_tenths(), ten.late_tenths()), (Some(55), Some(500)));
        assert_eq!(of(&[4], 1).ninetieth(), Some(4));
    }
}
