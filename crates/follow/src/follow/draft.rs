//! A book that is being read.
//!
//! In: the records of invoices, then those of events, one by one; each is gone once it has been read. Out: a [`Book`].
//! What comes in is larger than what becomes of it, so that of an event only what counts, and what tells it apart from
//! another under its id, is kept.

use super::book::{Book, Unknown, sort};
use super::event::{Event, EventKind, Given};
use super::fault::{Fault, Why};
use super::invoice::{Invoice, text_of};
use super::place::Place;
use super::record::Record;
use crate::calendar::Date;
use foldhash::HashMap;
use std::borrow::Borrow;
use std::collections::BTreeMap;

impl Book {
    /// Reads records into a book.
    pub fn new<R: Borrow<Record>>(
        invoices: impl IntoIterator<Item = R>,
        events: impl IntoIterator<Item = R>,
    ) -> Book {
        let mut draft = Draft::default();
        invoices.into_iter().for_each(|record| draft.invoice(record.borrow()));
        let mut draft = draft.events();
        events.into_iter().for_each(|record| draft.event(record.borrow()));
        draft.book()
    }
}

/// Invoices that are being read.
#[derive(Debug, Default)]
pub struct Draft {
    read: Vec<(Invoice, Vec<Why>)>,
    nameless: Vec<Fault>,
}

impl Draft {
    /// Reads an invoice.
    pub fn invoice(&mut self, record: &Record) {
        match Invoice::of(record) {
            Ok(read) => self.read.push(read),
            Err(why) => self.nameless.push(Fault { place: Some(record.place), why }),
        }
    }

    /// All invoices are there: their events are next.
    pub fn events(self) -> DraftOfEvents {
        let mut book = Book { nameless: self.nameless, ..Book::default() };
        let mut read = self.read;
        // Those of one id stay in the order in which they came.
        read.sort_by(|(one, _), (other, _)| one.invoice_id.cmp(&other.invoice_id));
        for (invoice, own) in read {
            let place = Some(invoice.place);
            let own = own.into_iter().map(|why| Fault { place, why });
            let last = book.invoices.len().checked_sub(1);
            let first = last.and_then(|last| Some((last, book.invoices.get(last)?)));
            let first = first.filter(|(_, first)| first.invoice_id == invoice.invoice_id);
            let Some((last, first)) = first else {
                book.by_id.insert(invoice.invoice_id.clone(), book.invoices.len());
                book.invoices.push(invoice);
                book.faults.push(own.collect());
                continue;
            };
            let repeats = (Invoice { place: first.place, ..invoice }) == *first;
            book.repeated += usize::from(repeats);
            if let Some(faults) = book.faults.get_mut(last) {
                faults.extend(own);
                faults.extend((!repeats).then_some(Fault { place, why: Why::InvoiceTwice }));
            }
        }
        let said = book.invoices.iter().map(|_| Vec::new()).collect();
        DraftOfEvents { book, said, unknown: BTreeMap::new() }
    }
}

/// What happened to invoices that have been read.
#[derive(Debug)]
pub struct DraftOfEvents {
    book: Book,
    /// What is said of each invoice, in the order in which it came.
    said: Vec<Vec<Said>>,
    unknown: BTreeMap<String, Unknown>,
}

/// An event of an invoice, before it is known whether it counts.
#[derive(Debug)]
struct Said {
    date: Date,
    what: What,
    /// Its id, and what tells its content apart from another under this id.
    id: Option<(Box<str>, [u8; 16])>,
    place: Place,
}

/// What an event does.
#[derive(Debug)]
enum What {
    Happens(EventKind),
    /// It withdraws the event of this id.
    Withdraws(Option<Box<str>>),
    /// It is wrong; the invoices that it names are withheld, too.
    Wrong(Box<(Why, [Option<String>; 2])>),
}

impl DraftOfEvents {
    /// Reads an event.
    pub fn event(&mut self, record: &Record) {
        let place = record.place;
        let (id, why) = match Given::of(record) {
            Ok(given) => match self.book.find(&given.invoice) {
                Some(invoice) => {
                    let what = self.what(invoice, &given);
                    let id = given.id.as_ref().map(|id| (id.as_str().into(), given.digest()));
                    let said = Said { date: given.date, what, id, place };
                    if let Some(of) = self.said.get_mut(invoice) {
                        of.push(said);
                    }
                    return;
                }
                None => {
                    let word = record.get("kind").and_then(|kind| kind.as_str());
                    return note_unknown(&mut self.unknown, &given, word.unwrap_or(given.kind));
                }
            },
            Err((None, why)) => {
                return self.book.nameless.push(Fault { place: Some(place), why });
            }
            Err((Some(id), why)) => (id, why),
        };
        let found = self.book.find(&id);
        let text = |field| text_of(record, field).ok().flatten();
        self.link_badly(found, [text("to").as_deref(), text("by").as_deref()]);
        match found.and_then(|found| self.book.faults.get_mut(found)) {
            Some(faults) => faults.push(Fault { place: Some(place), why }),
            None => {
                let unknown = self.unknown.entry(id.clone()).or_default();
                unknown.invoice_id = id;
                unknown.events += 1;
            }
        }
    }

    /// All events are there.
    pub fn book(mut self) -> Book {
        self.book.unknown = std::mem::take(&mut self.unknown).into_values().collect();
        self.book.unknown.iter_mut().for_each(|unknown| unknown.money.sort());
        for (invoice, said) in std::mem::take(&mut self.said).into_iter().enumerate() {
            self.bind(invoice, said);
        }
        self.book.finish();
        self.book
    }

    /// Makes of what is said of an invoice what counts.
    fn bind(&mut self, invoice: usize, said: Vec<Said>) {
        let mut faults = Vec::new();
        let mut once: Vec<Said> = Vec::with_capacity(said.len());
        let fault = |place: Place, why| Fault { place: Some(place), why };
        let mut by_id: HashMap<Box<str>, usize> = HashMap::default();
        for said in said {
            if let Some((id, content)) = &said.id {
                if let Some(first) = by_id.get(id).and_then(|place| once.get(*place)) {
                    match first.id.as_ref().is_some_and(|(_, first)| first == content) {
                        true => self.book.repeated += 1,
                        false => {
                            let id = id.to_string();
                            faults.push(fault(said.place, Why::EventTwice { id }));
                        }
                    }
                    continue;
                }
                by_id.insert(id.clone(), once.len());
            }
            once.push(said);
        }
        let withdrawn = withdrawn(&once, &by_id, &mut faults);
        let mut events = Vec::with_capacity(once.len());
        for (number, Said { date, what, place, .. }) in once.into_iter().enumerate() {
            let withdrawn = withdrawn.get(&number).copied();
            match what {
                What::Withdraws(_) => {}
                What::Happens(kind) => events.push(Event { date, kind, withdrawn, place }),
                // What is withdrawn may be wrong in itself: that is most often why.
                What::Wrong(_) if withdrawn.is_some() => {}
                What::Wrong(wrong) => {
                    let (why, [to, by]) = *wrong;
                    self.link_badly(Some(invoice), [to.as_deref(), by.as_deref()]);
                    faults.push(fault(place, why));
                }
            }
        }
        sort(&mut events);
        if let Some(of) = self.book.faults.get_mut(invoice) {
            of.extend(faults);
        }
        self.book.events.push(events);
    }

    /// A faulty event withholds the invoices that it names, too.
    fn link_badly(&mut self, of: Option<usize>, others: [Option<&str>; 2]) {
        let Some(of) = of else { return };
        for id in others.into_iter().flatten() {
            if let Some(other) = self.book.find(id) {
                self.book.badly_linked.push((of, other));
            }
        }
    }

    fn what(&self, invoice: usize, given: &Given) -> What {
        if given.kind == "void" {
            return What::Withdraws(given.reference.as_deref().map(Into::into));
        }
        match self.kind(invoice, given) {
            Ok(kind) => What::Happens(kind),
            Err(why) => What::Wrong(Box::new((why, [given.to.clone(), given.by.clone()]))),
        }
    }

    fn kind(&self, invoice: usize, given: &Given) -> Result<EventKind, Why> {
        let of = self.book.invoices.get(invoice).ok_or(Why::TooLarge)?;
        if let Some(found) = given.currency.as_ref().filter(|found| *found != of.currency.code()) {
            let right = of.currency.code();
            return Err(Why::OtherCurrency { found: found.clone(), right });
        }
        let amount = || {
            let amount = given.amount.as_ref().ok_or(Why::Missing { field: "amount" })?;
            amount.above_zero("amount", of.currency)
        };
        let other = |id: &Option<String>, field: &'static str| {
            let id = id.clone().ok_or(Why::Missing { field })?;
            let Some(found) = self.book.find(&id) else {
                return Err(Why::UnknownInvoice { field, id });
            };
            let currency = self.book.invoices.get(found).map_or("", |other| other.currency.code());
            if found == invoice {
                Err(Why::Itself { field })
            } else if currency != of.currency.code() {
                Err(Why::CurrencyOf { field, id, currency })
            } else {
                Ok(found)
            }
        };
        Ok(match given.kind {
            "sent" => EventKind::Sent(given.channel.clone()),
            "undelivered" => EventKind::Undelivered,
            "received" => EventKind::Received,
            "accepted" => EventKind::Accepted,
            "rejected" => EventKind::Rejected,
            "disputed" => EventKind::Disputed,
            "resolved" => EventKind::Resolved,
            "promised" => {
                let until = given.until.ok_or(Why::Missing { field: "until" })?;
                if until < given.date {
                    return Err(Why::PromiseBefore { until });
                }
                EventKind::Promised(until)
            }
            "payment" => EventKind::Payment(amount()?),
            "returned" => EventKind::Returned(amount()?),
            "refund" => EventKind::Refund(amount()?),
            "written_off" => EventKind::WrittenOff(amount()?),
            "moved" => EventKind::Moved(amount()?, other(&given.to, "to")?),
            "replaced" => EventKind::Replaced(other(&given.by, "by")?),
            "handed_over" => EventKind::HandedOver,
            "taken_back" => EventKind::TakenBack,
            text => return Err(Why::UnknownKind { text: text.to_owned(), near: None }),
        })
    }
}

/// The events that others withdraw, by their places, each with the first day on which one does.
fn withdrawn(
    once: &[Said],
    by_id: &HashMap<Box<str>, usize>,
    faults: &mut Vec<Fault>,
) -> HashMap<usize, Date> {
    let mut withdrawn: HashMap<usize, Date> = HashMap::default();
    for said in once {
        let What::Withdraws(id) = &said.what else { continue };
        let mut wrong = |why| faults.push(Fault { place: Some(said.place), why });
        let Some(id) = id else {
            wrong(Why::Missing { field: "ref" });
            continue;
        };
        match by_id.get(id).and_then(|place| Some((*place, once.get(*place)?))) {
            None => wrong(Why::UnknownRef { id: id.to_string() }),
            Some((_, of)) if matches!(of.what, What::Withdraws(_)) => {
                wrong(Why::VoidOfVoid { id: id.to_string() });
            }
            Some((place, _)) => {
                let day = withdrawn.entry(place).or_insert(said.date);
                *day = said.date.min(*day);
            }
        }
    }
    withdrawn
}

fn note_unknown(unknown: &mut BTreeMap<String, Unknown>, given: &Given, word: &str) {
    let of = unknown.entry(given.invoice.clone()).or_default();
    of.invoice_id.clone_from(&given.invoice);
    of.events += 1;
    if let (true, Some(amount)) = (given.is_of_money(), &given.amount) {
        let (digits, currency) = (amount.0.clone(), given.currency.clone());
        of.money.push((given.kind, word.to_owned(), digits, currency));
    }
}
