//! One evening: of all events that are known by then, what is open on each invoice, and how it stands.

use super::rules::*;
use std::collections::BTreeMap;

/// The order of kinds on one day.
pub const ORDER: [&str; 16] = [
    "sent",
    "undelivered",
    "received",
    "accepted",
    "rejected",
    "disputed",
    "resolved",
    "promised",
    "payment",
    "returned",
    "refund",
    "written_off",
    "moved",
    "replaced",
    "handed_over",
    "taken_back",
];

pub fn rank(kind: &str) -> usize {
    ORDER.iter().position(|of| *of == kind).unwrap()
}

impl World {
    /// The events that are known in an evening and not withdrawn by then, in their order.
    pub fn known(&self, evening: Day) -> Vec<&Event> {
        let withdrawn = |event: &Event| {
            self.events.iter().any(|void| {
                void.kind == "void"
                    && void.date <= evening
                    && void.invoice == event.invoice
                    && event.id.as_ref() == Some(&void.other)
            })
        };
        let mut known: Vec<&Event> = self
            .events
            .iter()
            .filter(|event| event.kind != "void" && event.date <= evening && !withdrawn(event))
            .collect();
        known.sort_by_key(|event| (event.date, rank(event.kind), event.until));
        known
    }

    /// The day on which an event counts: not before its invoice.
    pub fn day_of(&self, event: &Event) -> Day {
        self.invoice(&event.invoice).map_or(event.date, |of| of.date.max(event.date))
    }

    /// Events in the order of the days on which they count.
    pub fn by_their_days<'a>(&self, mut events: Vec<&'a Event>) -> Vec<&'a Event> {
        events.sort_by_key(|event| self.day_of(event));
        events
    }

    /// The last invoice of the chain of replacements from one on.
    pub fn last(&self, known: &[&Event], id: &str) -> String {
        let mut at = id.to_owned();
        while let Some(next) =
            known.iter().find(|event| event.kind == "replaced" && event.invoice == at)
        {
            at.clone_from(&next.other);
        }
        at
    }
}

/// What is on the account of an invoice in an evening.
#[derive(Clone, Debug, Default)]
pub struct Account {
    pub open: i64,
    pub paid: i64,
    pub paid_today: bool,
    pub renewed: Option<Day>,
    pub replaced: bool,
}

pub fn accounts(world: &World, evening: Day) -> BTreeMap<String, Account> {
    let known = world.known(evening);
    let mut accounts = BTreeMap::new();
    let mut known = world.by_their_days(known);
    known.retain(|event| world.day_of(event) <= evening);
    for invoice in world.invoices.iter().filter(|invoice| invoice.date <= evening) {
        let replaced = world.last(&known, &invoice.id) != invoice.id;
        let open = if replaced { 0 } else { invoice.total };
        accounts.insert(invoice.id.clone(), Account { open, replaced, ..Account::default() });
    }
    for event in known.iter().filter(|event| event.amount > 0) {
        let counts = world.day_of(event);
        let own = world.last(&known, &event.invoice);
        let day = |id: &str| world.invoice(id).map_or(counts, |of| of.date.max(counts));
        if let Some(account) = accounts.get_mut(&own) {
            match event.kind {
                "payment" => {
                    account.open -= event.amount;
                    account.paid += event.amount;
                    account.paid_today |= day(&own) == evening;
                }
                "returned" | "refund" => {
                    account.open += event.amount;
                    account.paid -= event.amount;
                }
                "written_off" if account.open > 0 => {
                    account.open -= event.amount.min(account.open);
                }
                "written_off" => account.open += event.amount.min(-account.open),
                _ => account.open -= event.amount,
            }
        }
        if event.kind == "moved" {
            let to = world.last(&known, &event.other);
            let day = day(&to);
            if let Some(account) = accounts.get_mut(&to) {
                account.open += event.amount;
                account.renewed = account.renewed.max(Some(day));
            }
        }
    }
    set_off(world, &known, &mut accounts);
    accounts
}

fn set_off(world: &World, known: &[&Event], accounts: &mut BTreeMap<String, Account>) {
    let mut there: Vec<&Invoice> =
        world.invoices.iter().filter(|of| accounts.contains_key(&of.id)).collect();
    there.sort_by_key(|of| (of.date, of.id.clone()));
    for note in there.iter().filter(|of| of.total < 0) {
        let mut against = there.clone();
        against.retain(|of| of.id != note.id && of.case == note.case && of.payer == note.payer);
        let named = |of: &Invoice| {
            let mut named = world.invoices.iter().filter(|one| note.credits.contains(&one.id));
            named.any(|one| world.last(known, &one.id) == of.id)
        };
        against.sort_by_key(|of| !named(of));
        for of in against {
            let amount = accounts[&of.id].open.min(-accounts[&note.id].open).max(0);
            accounts.get_mut(&of.id).unwrap().open -= amount;
            accounts.get_mut(&note.id).unwrap().open += amount;
        }
    }
}

/// How an invoice stands, by the events that name it.
#[derive(Clone, Debug, Default)]
pub struct Stands {
    pub sent: Option<Day>,
    pub channels: Vec<&'static str>,
    pub undelivered: bool,
    pub received: Option<Day>,
    pub first_rejected: Option<Day>,
    pub answer: Option<&'static str>,
    pub disputed: bool,
    pub promised: Option<Day>,
    pub collector: Option<(Day, bool)>,
    /// The kinds of events that count on the evening's day.
    pub today: Vec<&'static str>,
}

pub fn stands(world: &World, invoice: &Invoice, evening: Day) -> Stands {
    let known = world.known(evening);
    let mut own: Vec<&Event> =
        known.into_iter().filter(|event| event.invoice == invoice.id).collect();
    let mut state = Stands::default();
    let mut at = 0;
    while at < own.len() {
        let day = own[at].date;
        let end = own.iter().position(|event| event.date > day).unwrap_or(own.len());
        // On its way that morning, it did not arrive before it is sent again.
        if state.sent.is_some() && !state.undelivered {
            own[at..end].sort_by_key(|event| event.kind != "undelivered");
        }
        for event in &own[at..end] {
            state.one(event, day.max(invoice.date), evening);
        }
        at = end;
    }
    state
}

impl Stands {
    fn one(&mut self, event: &Event, day: Day, evening: Day) {
        if day == evening {
            self.today.push(event.kind);
        }
        if ["received", "accepted", "rejected", "disputed", "payment"].contains(&event.kind) {
            self.undelivered = false;
            self.received = self.received.or(Some(day));
        }
        match event.kind {
            "sent" => {
                // Sendings of one day are all the latest.
                if self.sent != Some(day) || day != event.date {
                    self.channels.clear();
                }
                self.channels.extend(event.channel);
                self.sent = Some(day);
                self.undelivered = false;
            }
            "undelivered" => {
                self.undelivered = true;
                self.received = None;
            }
            "accepted" => self.answer = Some("accepted"),
            "rejected" => {
                self.answer = Some("rejected");
                self.first_rejected = self.first_rejected.or(Some(day));
            }
            "disputed" => self.disputed = true,
            "resolved" => self.disputed = false,
            "promised" => self.promised = event.until,
            "handed_over" => self.collector = Some((day, true)),
            "taken_back" => self.collector = Some((day, false)),
            _ => {}
        }
    }
}
