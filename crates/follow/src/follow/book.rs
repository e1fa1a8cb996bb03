//! All invoices with what happened to them: bound to one another, each sound or with what is wrong with it.
//!
//! In: the records of invoice files and of event files. Out: a [`Book`], in which everything is sorted by what it
//! says and not by where it stood. Nothing here knows a follow-up or a day.

use super::event::{Event, EventKind};
use super::fault::{Fault, Why};
use super::invoice::Invoice;
use crate::calendar::Date;
use crate::money::Money;
use foldhash::HashMap;
use std::collections::{BTreeMap, BTreeSet};

/// What came for an invoice that the book does not have.
#[derive(Clone, Debug, Default)]
pub struct Unknown {
    /// The id that it names.
    pub invoice_id: String,
    /// How many events.
    pub events: usize,
    /// Those with an amount: the kind, as its file calls it, the digits, the currency where it is stated.
    pub money: Vec<(&'static str, String, String, Option<String>)>,
}

/// The invoices, sorted by their ids, and what happened to each.
#[derive(Debug, Default)]
pub struct Book {
    /// The invoices.
    pub invoices: Vec<Invoice>,
    /// The events of each, in the order in which they count.
    pub events: Vec<Vec<Event>>,
    /// What is wrong with each.
    pub faults: Vec<Vec<Fault>>,
    /// The number of its group of linked invoices, for each; and the members of each group.
    pub groups: Vec<Vec<usize>>,
    /// What came for unknown invoices, by id.
    pub unknown: Vec<Unknown>,
    /// The lines that name no invoice.
    pub nameless: Vec<Fault>,
    /// How many invoices, and events with an id, say again what stood there already: each counts once.
    pub repeated: usize,
    /// The pairs that a faulty move or replacement links.
    pub(super) badly_linked: Vec<(usize, usize)>,
    pub(super) by_id: HashMap<String, usize>,
}

impl Book {
    /// Once all invoices have their events: what is wrong with them together, and which are linked.
    pub(super) fn finish(&mut self) {
        self.check_credits();
        self.check_chains();
        self.link();
        self.check_sizes();
        self.check_written_off();
    }

    /// Whether all amounts together are more than can be summed up: no list can be made of them.
    pub fn is_too_large(&self) -> bool {
        let totals = self.invoices.iter().map(|invoice| invoice.total.0.abs());
        let events = self.events.iter().flatten().filter_map(|event| event.kind.amount());
        let mut amounts = totals.chain(events.map(|amount| amount.0));
        amounts.try_fold(0_i64, i64::checked_add).is_none()
    }

    /// The number of an invoice.
    pub fn find(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    fn add_fault(&mut self, invoice: usize, why: Why) {
        let place = self.invoices.get(invoice).map(|invoice| invoice.place);
        if let Some(faults) = self.faults.get_mut(invoice) {
            faults.push(Fault { place, why });
        }
    }

    fn check_credits(&mut self) {
        let mut wrong = Vec::new();
        for (number, note) in self.invoices.iter().enumerate() {
            for id in &note.credits {
                let Some(of) = self.find(id).and_then(|found| self.invoices.get(found)) else {
                    wrong.push((number, Why::UnknownInvoice { field: "credits", id: id.clone() }));
                    continue;
                };
                if of.group_of_credits() != note.group_of_credits() {
                    wrong.push((number, Why::CreditsElsewhere { id: id.clone() }));
                }
            }
        }
        wrong.into_iter().for_each(|(number, why)| self.add_fault(number, why));
    }

    /// The invoices that replace each, of the events that count.
    fn successors(&self, counts: impl Fn(&Event) -> bool) -> Vec<Vec<usize>> {
        let of = |events: &Vec<Event>| {
            let events = events.iter().filter(|event| counts(event));
            let mut by: Vec<usize> = events.filter_map(|event| event.kind.successor()).collect();
            by.sort_unstable();
            by.dedup();
            by
        };
        self.events.iter().map(of).collect()
    }

    /// The evenings on which invoices may replace one another in a circle that is undone later.
    fn evenings_of_replacement(&self) -> Vec<Date> {
        let all = || self.events.iter().flatten().filter(|event| event.kind.successor().is_some());
        if all().all(|event| event.withdrawn.is_none()) {
            return Vec::new();
        }
        let mut evenings: Vec<Date> = all().map(|event| event.date).collect();
        evenings.sort_unstable();
        evenings.dedup();
        evenings
    }

    fn check_chains(&mut self) {
        let successors = self.successors(|event| event.withdrawn.is_none());
        let id = |number: &usize| self.invoices.get(*number).map(|of| of.invoice_id.clone());
        let mut wrong = Vec::new();
        for (number, by) in successors.iter().enumerate() {
            if let [one, other, ..] = by.as_slice() {
                let (one, other) = (id(one).unwrap_or_default(), id(other).unwrap_or_default());
                wrong.push((number, Why::TwoSuccessors { one, other }));
            }
        }
        let mut circles: BTreeSet<usize> = in_circles(&successors);
        for evening in self.evenings_of_replacement() {
            circles.extend(in_circles(&self.successors(|event| event.counts(evening))));
        }
        wrong.extend(circles.into_iter().map(|number| (number, Why::Cycle)));
        wrong.into_iter().for_each(|(number, why)| self.add_fault(number, why));
    }

    /// Groups the invoices that moves, replacements and credit notes link.
    fn link(&mut self) {
        let mut sets = Sets::new(self.invoices.len());
        for (number, events) in self.events.iter().enumerate() {
            // Those that are withdrawn count until then.
            for event in events {
                if let EventKind::Moved(_, other) | EventKind::Replaced(other) = event.kind {
                    sets.join(number, other);
                }
            }
        }
        self.badly_linked.iter().for_each(|(one, other)| sets.join(*one, *other));
        let mut notes: HashMap<(&str, &str, &str), usize> = HashMap::default();
        for (number, note) in self.invoices.iter().enumerate() {
            if note.is_credit_note() {
                notes.entry(note.group_of_credits()).or_insert(number);
            }
        }
        for (number, invoice) in self.invoices.iter().enumerate() {
            if let Some(note) = notes.get(&invoice.group_of_credits()) {
                sets.join(number, *note);
            }
            for id in &invoice.credits {
                if let Some(of) = self.find(id) {
                    sets.join(number, of);
                }
            }
        }
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for number in 0..self.invoices.len() {
            groups.entry(sets.root(number)).or_default().push(number);
        }
        self.groups = groups.into_values().collect();
    }

    /// Sums that could not be counted with are refused before anything is counted.
    fn check_sizes(&mut self) {
        let mut wrong = Vec::new();
        for group in &self.groups {
            let mut sum = 0_i64;
            let mut amounts = group.iter().flat_map(|number| {
                let total = self.invoices.get(*number).map(|invoice| invoice.total.0);
                let events = self.events.get(*number).into_iter().flatten();
                total.into_iter().chain(events.filter_map(|event| Some(event.kind.amount()?.0)))
            });
            let fits = amounts.all(|amount| match sum.checked_add(amount.abs()) {
                Some(more) if more < i64::MAX / 8 => {
                    sum = more;
                    true
                }
                Some(_) | None => false,
            });
            if !fits {
                wrong.extend(group.iter().map(|number| (*number, Why::TooLarge)));
            }
        }
        wrong.into_iter().for_each(|(number, why)| self.add_fault(number, why));
    }

    /// What is written off is at most what is open after the payments of its day, on either side.
    fn check_written_off(&mut self) {
        let mut wrong = Vec::new();
        for group in &self.groups {
            let is_wrong = |number: &usize| self.faults.get(*number).is_some_and(|f| !f.is_empty());
            let moves = |number: &usize| {
                standing(self.events.get(*number).map_or(&[][..], Vec::as_slice))
                    .any(|event| matches!(event.kind, EventKind::WrittenOff(_)))
            };
            if group.iter().any(is_wrong) || !group.iter().any(moves) {
                continue;
            }
            self.written_off_in(group, &mut wrong);
        }
        for (number, place, why) in wrong {
            if let Some(faults) = self.faults.get_mut(number) {
                faults.push(Fault { place: Some(place), why });
            }
        }
    }

    fn written_off_in(&self, group: &[usize], wrong: &mut Vec<(usize, super::place::Place, Why)>) {
        let successors = self.successors_of(group);
        let last = |number: usize| {
            let mut at = number;
            while let Some(next) = successors.get(&at) {
                at = *next;
            }
            at
        };
        let mut open: HashMap<usize, i64> = HashMap::default();
        let mut all: Vec<(usize, &Event)> = Vec::new();
        for number in group {
            let total = self.invoices.get(*number).map_or(0, |invoice| invoice.total.0);
            open.insert(*number, if successors.contains_key(number) { 0 } else { total });
            let events = self.events.get(*number).map_or(&[][..], Vec::as_slice);
            all.extend(standing(events).map(|event| (*number, event)));
        }
        let day = |number: usize, event: &Event| {
            self.invoices.get(number).map_or(event.date, |of| of.day(event.date))
        };
        all.sort_by_key(|(number, event)| (day(*number, event), event.date, event.kind.rank()));
        for (number, event) in all {
            let account = last(number);
            let before = open.get(&account).copied().unwrap_or_default();
            let written_off = matches!(event.kind, EventKind::WrittenOff(_));
            let stated = event.kind.amount().filter(|_| written_off);
            if let Some(amount) = stated.filter(|amount| amount.0 > before.abs()) {
                let currency = self.invoices.get(number).map(|invoice| invoice.currency);
                let show = |amount: Money| {
                    currency.map_or(String::new(), |of| of.show(amount).to_string())
                };
                let why = Why::WrittenOff { open: show(Money(before)), amount: show(amount) };
                wrong.push((number, event.place, why));
            }
            open.insert(account, before + event.kind.adds(before, false));
            if let EventKind::Moved(_, to) = event.kind {
                *open.entry(last(to)).or_default() += event.kind.adds(0, true);
            }
        }
    }

    fn successors_of(&self, group: &[usize]) -> HashMap<usize, usize> {
        let mut successors = HashMap::default();
        for number in group {
            for event in standing(self.events.get(*number).map_or(&[][..], Vec::as_slice)) {
                if let EventKind::Replaced(by) = event.kind {
                    successors.insert(*number, by);
                }
            }
        }
        successors
    }
}

/// One invoice of each circle in which invoices replace one another.
fn in_circles(successors: &[Vec<usize>]) -> BTreeSet<usize> {
    let mut circles = BTreeSet::new();
    // Each is stamped by the first walk that comes to it; a walk that meets its own stamp has found a circle.
    let mut stamps: Vec<Option<usize>> = vec![None; successors.len()];
    for number in 0..successors.len() {
        let mut at = Some(number);
        while let Some(here) = at {
            match stamps.get_mut(here) {
                Some(stamp @ None) => *stamp = Some(number),
                Some(Some(stamp)) if *stamp == number => {
                    circles.insert(here);
                    break;
                }
                Some(Some(_)) | None => break,
            }
            at = successors.get(here).and_then(|by| by.first()).copied();
        }
    }
    circles
}

/// The events that are never withdrawn.
fn standing(events: &[Event]) -> impl Iterator<Item = &Event> {
    events.iter().filter(|event| event.withdrawn.is_none())
}

/// Sorts the events of an invoice as they count.
pub fn sort(events: &mut [Event]) {
    events.sort_by(|one, other| order(one).cmp(&order(other)));
}

/// Whether what is written off of an invoice that stands alone is at most what is open.
pub fn written_off_fits(invoice: &Invoice, events: &[Event]) -> Result<(), Why> {
    let book = Book {
        invoices: vec![invoice.clone(), Invoice { total: Money::ZERO, ..invoice.clone() }],
        events: vec![events.to_vec(), Vec::new()],
        ..Book::default()
    };
    let mut wrong = Vec::new();
    book.written_off_in(&[0, 1], &mut wrong);
    wrong.into_iter().next().map_or(Ok(()), |(_, _, why)| Err(why))
}

/// The order of the events of an invoice: by day, and on one day by kind; what is left is told apart by what it
/// says, so that where it stood makes no difference.
fn order(event: &Event) -> (Date, u8, Option<Date>, Option<&str>, i64, Option<Date>, usize) {
    let channel = if let EventKind::Sent(by) = &event.kind { by.as_deref() } else { None };
    let to = if let EventKind::Moved(_, to) = event.kind { Some(to) } else { None };
    let other = to.or(event.kind.successor()).unwrap_or_default();
    let amount = event.kind.amount().map_or(0, |amount| amount.0);
    let until = event.kind.after_promise();
    (event.date, event.kind.rank(), until, channel, amount, event.withdrawn, other)
}

/// Sets of numbers that grow together.
struct Sets(Vec<usize>);

impl Sets {
    fn new(count: usize) -> Sets {
        Sets((0..count).collect())
    }

    fn root(&mut self, number: usize) -> usize {
        let mut at = number;
        while let Some(up) = self.0.get(at).copied().filter(|up| *up != at) {
            // Every second one is hung up higher.
            let higher = self.0.get(up).copied().unwrap_or(up);
            if let Some(place) = self.0.get_mut(at) {
                *place = higher;
            }
            at = higher;
        }
        at
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        let (low, high) = (one.min(other), one.max(other));
        if let Some(place) = self.0.get_mut(high) {
            *place = low;
        }
    }
}
