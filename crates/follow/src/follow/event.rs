//! What happens to an invoice: as a line says it, and as it counts.

use super::fault::Why;
use super::invoice::{Amount, amount_of, date_of, text_of};
use super::place::Place;
use super::record::Record;
use super::statuses::{CHANNEL, kind_of};
use super::words::{kind_named, kind_words};
use crate::calendar::Date;
use crate::diagnostic::did_you_mean;
use crate::money::Money;

const FIELDS: [&str; 14] = [
    "invoice_id",
    "date",
    "kind",
    "status",
    "id",
    "channel",
    "reason",
    "until",
    "amount",
    "currency",
    "account",
    "to",
    "by",
    "ref",
];

/// An event as a line gives it.
#[derive(Clone, Debug, PartialEq)]
pub struct Given {
    /// The invoice that it names.
    pub invoice: String,
    /// Its day.
    pub date: Date,
    /// Its kind.
    pub kind: &'static str,
    /// Its id, where it has one.
    pub id: Option<String>,
    /// Its amount, where it has one.
    pub amount: Option<Amount>,
    /// The currency that it states, where it does.
    pub currency: Option<String>,
    /// Its other fields: channel, until, to, by, ref.
    pub channel: Option<String>,
    /// Up to when a payment is promised.
    pub until: Option<Date>,
    /// The invoice to which a part is moved, or the collector.
    pub to: Option<String>,
    /// The invoice that replaces it.
    pub by: Option<String>,
    /// The event that is withdrawn.
    pub reference: Option<String>,
    /// What is said of it for people: a reason, an account.
    pub said: [Option<String>; 2],
}

/// What an event does. Invoices are named by their number in the book.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is described in docs/follow-up.md")]
pub enum EventKind {
    Sent(Option<String>),
    Undelivered,
    Received,
    Accepted,
    Rejected,
    Disputed,
    Resolved,
    Promised(Date),
    Payment(Money),
    Returned(Money),
    Refund(Money),
    WrittenOff(Money),
    Moved(Money, usize),
    Replaced(usize),
    HandedOver,
    TakenBack,
}

/// An event of an invoice, as it counts.
#[derive(Clone, Debug)]
pub struct Event {
    /// Its day.
    pub date: Date,
    /// What it does.
    pub kind: EventKind,
    /// From which evening on it is withdrawn.
    pub withdrawn: Option<Date>,
    /// Where it stands.
    pub place: Place,
}

impl Event {
    /// Whether it is known in an evening, and not withdrawn.
    pub fn counts(&self, evening: Date) -> bool {
        self.date <= evening && self.withdrawn.is_none_or(|day| day > evening)
    }
}

impl EventKind {
    /// Its place in the order of a day.
    pub fn rank(&self) -> u8 {
        match self {
            EventKind::Sent(_) => 0,
            EventKind::Undelivered => 1,
            EventKind::Received => 2,
            EventKind::Accepted => 3,
            EventKind::Rejected => 4,
            EventKind::Disputed => 5,
            EventKind::Resolved => 6,
            EventKind::Promised(_) => 7,
            EventKind::Payment(_) => 8,
            EventKind::Returned(_) => 9,
            EventKind::Refund(_) => 10,
            EventKind::WrittenOff(_) => 11,
            EventKind::Moved(..) => 12,
            EventKind::Replaced(_) => 13,
            EventKind::HandedOver => 14,
            EventKind::TakenBack => 15,
        }
    }

    /// What it is called in files.
    pub fn name(&self) -> &'static str {
        match self {
            EventKind::Sent(_) => "sent",
            EventKind::Undelivered => "undelivered",
            EventKind::Received => "received",
            EventKind::Accepted => "accepted",
            EventKind::Rejected => "rejected",
            EventKind::Disputed => "disputed",
            EventKind::Resolved => "resolved",
            EventKind::Promised(_) => "promised",
            EventKind::Payment(_) => "payment",
            EventKind::Returned(_) => "returned",
            EventKind::Refund(_) => "refund",
            EventKind::WrittenOff(_) => "written_off",
            EventKind::Moved(..) => "moved",
            EventKind::Replaced(_) => "replaced",
            EventKind::HandedOver => "handed_over",
            EventKind::TakenBack => "taken_back",
        }
    }

    /// The invoice that replaces this one, where it says so.
    pub fn successor(&self) -> Option<usize> {
        if let EventKind::Replaced(by) = self { Some(*by) } else { None }
    }

    /// The first day after a promise, where it is one.
    pub fn after_promise(&self) -> Option<Date> {
        if let EventKind::Promised(until) = self { Some(until.next()) } else { None }
    }

    /// What it adds to what is open, of which so much is open before: of the invoice to which money moves where
    /// it `arrives`, else of its own. No more is written off than is open.
    pub fn adds(&self, open: i64, arrives: bool) -> i64 {
        match self {
            EventKind::Payment(amount) => -amount.0,
            EventKind::Returned(amount) | EventKind::Refund(amount) => amount.0,
            EventKind::Moved(amount, _) => {
                if arrives {
                    amount.0
                } else {
                    -amount.0
                }
            }
            EventKind::WrittenOff(amount) => -amount.0.min(open.abs()) * open.signum(),
            EventKind::Sent(_)
            | EventKind::Undelivered
            | EventKind::Received
            | EventKind::Accepted
            | EventKind::Rejected
            | EventKind::Disputed
            | EventKind::Resolved
            | EventKind::Promised(_)
            | EventKind::Replaced(_)
            | EventKind::HandedOver
            | EventKind::TakenBack => 0,
        }
    }

    /// The sum that it states.
    pub fn amount(&self) -> Option<Money> {
        match self {
            EventKind::Payment(amount)
            | EventKind::Returned(amount)
            | EventKind::Refund(amount)
            | EventKind::WrittenOff(amount)
            | EventKind::Moved(amount, _) => Some(*amount),
            EventKind::Sent(_)
            | EventKind::Undelivered
            | EventKind::Received
            | EventKind::Accepted
            | EventKind::Rejected
            | EventKind::Disputed
            | EventKind::Resolved
            | EventKind::Promised(_)
            | EventKind::Replaced(_)
            | EventKind::HandedOver
            | EventKind::TakenBack => None,
        }
    }
}

/// That there is no such kind, and which one is meant.
fn unknown_kind(text: String) -> Why {
    let near = match text.as_str() {
        "bounced" => Some("undelivered"),
        "paid" | "settled" | "transfer" | "bank transfer" | "cheque" | "check" | "direct debit"
        | "virement" | "chèque" | "prélèvement" => Some("payment"),
        "soldée" | "payée" | "réglée" | "partiellement soldée" => Some("encaissement"),
        "créance rachetée" => Some("transmission au recouvrement"),
        other => did_you_mean(other, kind_words()),
    };
    Why::UnknownKind { text, near }
}

impl Given {
    /// Reads one. An error names the invoice where the line does.
    pub fn of(record: &Record) -> Result<Given, (Option<String>, Why)> {
        let invoice = text_of(record, "invoice_id").map_err(|why| (None, why))?;
        let invoice = invoice.ok_or((None, Why::Missing { field: "invoice_id" }))?;
        Given::of_invoice(record, &invoice).map_err(|why| (Some(invoice), why))
    }

    fn of_invoice(record: &Record, invoice: &str) -> Result<Given, Why> {
        if let Some(why) = record.nameless() {
            return Err(why);
        }
        if let Some(field) = record.repeated() {
            return Err(Why::Repeated { field: field.to_owned() });
        }
        for (name, _) in &record.fields {
            if FIELDS.contains(&name.as_ref()) {
                continue;
            }
            if let Some(near) = did_you_mean(name, FIELDS) {
                let near = FIELDS.into_iter().find(|field| *field == near).unwrap_or("");
                return Err(Why::Misspelt { field: name.clone().into_owned(), near });
            }
        }
        let text = |field| text_of(record, field);
        let (until, mut channel) = (date_of(record, "until")?, text("channel")?);
        let kind = match (text("kind")?, text("status")?) {
            (None, None) => return Err(Why::Missing { field: "kind" }),
            (Some(_), Some(_)) => return Err(Why::KindAndStatus),
            (Some(kind), None) => {
                kind_named(&kind, record.is_csv).ok_or_else(|| unknown_kind(kind))?
            }
            (None, Some(code)) => {
                let kind = kind_of(&code, until.is_some());
                let kind = kind.ok_or(Why::UnknownStatus { text: code })?;
                if kind == "sent" {
                    channel.get_or_insert(CHANNEL.to_owned());
                }
                kind
            }
        };
        Ok(Given {
            invoice: invoice.to_owned(),
            date: date_of(record, "date")?.ok_or(Why::Missing { field: "date" })?,
            kind,
            id: text("id")?,
            amount: amount_of(record, "amount")?,
            currency: text("currency")?,
            channel,
            until,
            to: text("to")?,
            by: text("by")?,
            reference: text("ref")?,
            said: [text("reason")?, text("account")?],
        })
    }

    /// What tells it apart from another that says anything else: 128 bits of a hash of all that it says.
    pub fn digest(&self) -> [u8; 16] {
        let mut hasher = blake3::Hasher::new();
        let mut add = |text: Option<&str>| {
            let text = text.map(str::as_bytes);
            let length = text.map_or(u64::MAX, |text| u64::try_from(text.len()).unwrap_or(0));
            hasher.update(&length.to_le_bytes());
            hasher.update(text.unwrap_or_default());
        };
        add(Some(&self.invoice));
        add(Some(self.kind));
        add(self.amount.as_ref().map(|amount| amount.significant().0));
        add(self.amount.as_ref().map(|amount| amount.significant().1));
        let [reason, account] = &self.said;
        let texts = [&self.id, &self.currency, &self.channel, &self.to, &self.by, &self.reference];
        texts.into_iter().chain([reason, account]).for_each(|text| add(text.as_deref()));
        for day in [Some(self.date), self.until] {
            add(day.map(|day| day.to_string()).as_deref());
        }
        let mut digest = [0; 16];
        digest.iter_mut().zip(hasher.finalize().as_bytes()).for_each(|(to, from)| *to = *from);
        digest
    }

    /// Whether it is about money.
    pub fn is_of_money(&self) -> bool {
        matches!(self.kind, "payment" | "returned" | "refund" | "written_off" | "moved")
    }
}
