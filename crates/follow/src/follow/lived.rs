//! A life of one invoice that nothing links to others: made up, and walked as real ones are.
//!
//! In: an invoice's figures and what happens to it. Out: what fires, and how it stands in the end.

use super::book;
use super::evening::{Delivery, Member, accounts};
use super::event::{Event, EventKind};
use super::fault::Why;
use super::history::History;
use super::invoice::Invoice;
use super::place::Place;
use super::steps::{Logged, StepNow};
use super::walk::{End, Walk};
use crate::calendar::Date;
use crate::model::{FollowHappening, FollowUp, Standing};
use crate::money::{Currency, Money};

/// An invoice that is made up, and what happens to it.
#[derive(Clone, Debug)]
pub struct Lived {
    /// Its date.
    pub date: Date,
    /// Its own due date.
    pub due: Option<Date>,
    /// What it asks.
    pub total: Money,
    /// In which currency.
    pub currency: Currency,
    /// What happens to it.
    pub events: Vec<(Date, FollowHappening)>,
}

/// What a life comes to.
#[derive(Clone, Debug)]
pub struct Seen {
    /// What came of steps, in order.
    pub log: Vec<Logged>,
    /// How each step stands in the last evening.
    pub steps: Vec<StepNow>,
    /// How the invoice stands then, with the step that comes next if nothing happens.
    pub end: End,
    /// What it is then, of what conditions may ask.
    pub is: Vec<Standing>,
    /// The channels of its latest sending.
    pub channels: Vec<String>,
    /// Whether it is no longer with a collector to whom it was handed.
    pub taken_back: bool,
}

/// Where what is moved goes, or what replaces the invoice: another, of which nothing is asked.
const ELSEWHERE: usize = 1;

impl Lived {
    fn invoice(&self, id: &str) -> Invoice {
        Invoice {
            invoice_id: id.to_owned(),
            number: id.to_owned(),
            case: String::new(),
            payer: String::new(),
            date: self.date,
            due: self.due,
            total: self.total,
            currency: self.currency,
            group: None,
            customer: None,
            schedule: None,
            payer_name: None,
            credits: Vec::new(),
            others: Default::default(),
            place: Place::default(),
        }
    }

    /// Its events, in the order in which they count.
    ///
    /// # Errors
    ///
    /// If a promise ends before its day.
    pub fn sorted(&self) -> Result<Vec<Event>, Why> {
        let events = self.events.iter().map(|(date, happening)| event(*date, happening));
        let mut events = events.collect::<Result<Vec<Event>, Why>>()?;
        book::sort(&mut events);
        Ok(events)
    }

    /// Walks it, if such an invoice would not be withheld.
    pub(super) fn walked<R>(
        &self,
        follow_up: &FollowUp,
        walk: impl FnOnce(&[Member<'_>]) -> R,
    ) -> Result<R, Why> {
        if follow_up.currency.is_some_and(|currency| currency != self.currency) {
            let currency = follow_up.currency.map_or("", |currency| currency.code());
            return Err(Why::SumsIn { follow_up: follow_up.name.clone(), currency });
        }
        if self.due.is_none() && follow_up.payment.is_none() {
            return Err(Why::NoDue);
        }
        let (own, elsewhere) = (self.invoice("1"), self.invoice("2"));
        let elsewhere = Invoice { total: Money::ZERO, payer: "2".to_owned(), ..elsewhere };
        let events = self.sorted()?;
        let amounts = events.iter().filter_map(|event| event.kind.amount()).map(|amount| amount.0);
        let sum = amounts.chain([own.total.0]).try_fold(0_i64, i64::checked_add);
        if sum.is_none_or(|sum| sum > i64::MAX / 8) {
            return Err(Why::TooLarge);
        }
        book::written_off_fits(&own, &events)?;
        Ok(walk(&[
            Member { number: 0, invoice: &own, events: &events, follow_up: Some(follow_up) },
            Member { number: ELSEWHERE, invoice: &elsewhere, events: &[], follow_up: None },
        ]))
    }

    /// Follows it up to a day, every evening replayed.
    ///
    /// # Errors
    ///
    /// Why such an invoice would be withheld.
    pub fn seen(&self, follow_up: &FollowUp, as_of: Date) -> Result<Seen, Why> {
        let seen = self.walked(follow_up, |members| {
            let explained = Walk::explained(members, as_of, None, 0)?;
            let delivery = Delivery::of(members.first()?, as_of);
            let account = accounts(members, as_of).first().copied()?;
            let end = explained.end;
            let mut is = Vec::new();
            let mut add = |standing, holds: bool| is.extend(holds.then_some(standing));
            add(Standing::Sent, delivery.sent.is_some() && !delivery.undelivered);
            add(Standing::Received, end.received);
            add(Standing::Accepted, delivery.rejected == Some(false));
            add(Standing::Rejected, delivery.rejected == Some(true));
            add(Standing::Disputed, end.disputed);
            add(Standing::Promised, end.promised);
            add(Standing::PaidInPart, account.open > 0 && account.paid > 0);
            Some(Seen {
                log: explained.log,
                steps: explained.steps,
                is,
                channels: delivery.channels.iter().map(|by| (*by).to_owned()).collect(),
                taken_back: !end.with_collector && delivery.collector.is_some(),
                end,
            })
        })?;
        seen.ok_or(Why::NoDue)
    }

    /// Its history up to a day.
    pub fn history(&self, follow_up: &FollowUp, as_of: Date) -> Option<History> {
        let history = self.walked(follow_up, |members| {
            let explained = Walk::explained(members, as_of, None, 0)?;
            History::of(members, 0, Some(0), explained)
        });
        history.ok().flatten()
    }
}

fn event(date: Date, happening: &FollowHappening) -> Result<Event, Why> {
    let kind = match happening {
        FollowHappening::Sent(channel) => EventKind::Sent(channel.clone()),
        FollowHappening::Undelivered => EventKind::Undelivered,
        FollowHappening::Received => EventKind::Received,
        FollowHappening::Accepted => EventKind::Accepted,
        FollowHappening::Rejected => EventKind::Rejected,
        FollowHappening::Disputed => EventKind::Disputed,
        FollowHappening::Resolved => EventKind::Resolved,
        FollowHappening::Promised(until) if *until < date => {
            return Err(Why::PromiseBefore { until: *until });
        }
        FollowHappening::Promised(until) => EventKind::Promised(*until),
        FollowHappening::Payment(amount) => EventKind::Payment(*amount),
        FollowHappening::Returned(amount) => EventKind::Returned(*amount),
        FollowHappening::Refund(amount) => EventKind::Refund(*amount),
        FollowHappening::WrittenOff(amount) => EventKind::WrittenOff(*amount),
        FollowHappening::Moved(amount) => EventKind::Moved(*amount, ELSEWHERE),
        FollowHappening::Replaced => EventKind::Replaced(ELSEWHERE),
        FollowHappening::HandedOver => EventKind::HandedOver,
        FollowHappening::TakenBack => EventKind::TakenBack,
    };
    Ok(Event { date, kind, withdrawn: None, place: Place::default() })
}
