//! Invoice lines, as a host receives them.

use crate::calendar::Date;
use crate::money::{Currency, Money};
use serde::{Deserialize, Serialize};

/// One line of an invoice. As JSON, one object; amounts are decimal strings with exactly the
/// currency's decimals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InvoiceLine {
    /// The case.
    pub case: String,
    /// The schedule's name.
    pub schedule: String,
    /// The day on which it fired: the invoice's day.
    pub date: Date,
    /// The case's invoices are counted from 1.
    pub invoice: u32,
    /// What kind of line it is.
    pub kind: InvoiceLineKind,
    /// The label of the schedule's line.
    pub line: String,
    /// What stands on the invoice: the action's name for itemised work, the deposit's label for a
    /// deduction, else the label of the line.
    pub label: String,
    /// Hours, or pieces, of itemised work. Hours sent in minutes that have no end as a decimal are
    /// shown to four decimals; the amount comes from the exact number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<String>,
    /// The price of one, for itemised work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_price: Option<String>,
    /// Before tax; below zero for a deduction.
    pub amount: String,
    /// ISO 4217.
    pub currency: String,
    /// First day of the work on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_from: Option<Date>,
    /// Last day of the work on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_to: Option<Date>,
    /// For a deduction: the id of the deposit's line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deducts: Option<String>,
    /// For a credit: the id of the issued line that it takes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credits: Option<String>,
    /// What the line waited for.
    pub trigger: LineTrigger,
    /// Derived from what the line says: the same line has the same id whoever computes it.
    pub id: String,
    /// The semantic hash of the schedule on which the case was billed, where it is asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schedule_hash: Option<String>,
}

/// The kinds of invoice line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum InvoiceLineKind {
    /// An advance.
    Deposit,
    /// A part.
    Installment,
    /// What settles.
    Balance,
    /// A deposit taken off a balance.
    Deduction,
    /// An issued line taken back, because it no longer stands.
    Credit,
}

impl InvoiceLineKind {
    /// The name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            InvoiceLineKind::Deposit => "deposit",
            InvoiceLineKind::Installment => "installment",
            InvoiceLineKind::Balance => "balance",
            InvoiceLineKind::Deduction => "deduction",
            InvoiceLineKind::Credit => "credit",
        }
    }
}

/// What a line waited for, and when it came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineTrigger {
    /// The kind of trigger.
    pub kind: LineTriggerKind,
    /// Its day.
    pub date: Date,
    /// The event's name, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The event's id, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
}

/// The kinds of trigger, as invoice lines name them. Their order is part of the ids of lines: a new
/// one comes last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is named after the trigger of the schedule's line")]
pub enum LineTriggerKind {
    Signature,
    Start,
    End,
    Abandonment,
    Action,
    Event,
    Deliverable,
    MonthEnd,
    AfterStart,
    AfterSignature,
    Date,
}

impl LineTriggerKind {
    /// The name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            LineTriggerKind::Signature => "signature",
            LineTriggerKind::Start => "start",
            LineTriggerKind::End => "end",
            LineTriggerKind::Abandonment => "abandonment",
            LineTriggerKind::Action => "action",
            LineTriggerKind::Event => "event",
            LineTriggerKind::Deliverable => "deliverable",
            LineTriggerKind::MonthEnd => "month_end",
            LineTriggerKind::AfterStart => "after_start",
            LineTriggerKind::AfterSignature => "after_signature",
            LineTriggerKind::Date => "date",
        }
    }
}

/// What all invoice lines of one line of a schedule say, hashed once for all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stem([u8; 16]);

impl Stem {
    /// Of the schedule's name, the label of its line, and the currency.
    pub fn new(schedule: &str, line: &str, currency: Currency) -> Stem {
        let mut said = b"jalon line 1".to_vec();
        for text in [schedule, line, currency.code()] {
            part(&mut said, Some(text));
        }
        Stem(first_half(&said))
    }
}

/// What a line says, from which its id is derived.
#[derive(Clone, Copy)]
pub struct Said<'a> {
    /// The schedule, its line and the currency.
    pub stem: Stem,
    /// The case.
    pub case: &'a str,
    /// What stands on the invoice, where it is not the label of the schedule's line.
    pub label: Option<&'a str>,
    /// The invoice's day, which is the trigger's.
    pub date: Date,
    /// The kind of trigger.
    pub trigger: LineTriggerKind,
    /// The name of the trigger's event, where it has one.
    pub trigger_name: Option<&'a str>,
    /// The id of the trigger's event, where it has one.
    pub trigger_id: Option<&'a str>,
    /// The amount.
    pub amount: Money,
    /// How many lines of the case that say the same came before.
    pub ordinal: u32,
}

/// The id of a line: 128 bits, shown as 32 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LineKey(pub [u8; 16]);

impl LineKey {
    /// Reads 32 hexadecimal digits, in small letters.
    pub fn parse(digits: &str) -> Option<LineKey> {
        let mut key = LineKey([0; 16]);
        for (byte, pair) in key.0.iter_mut().zip(digits.as_bytes().chunks(2)) {
            *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
        }
        (key.digits() == *digits.as_bytes()).then_some(key)
    }

    /// The digits.
    pub fn digits(self) -> [u8; 32] {
        let mut digits = [0; 32];
        for (pair, byte) in digits.chunks_exact_mut(2).zip(self.0) {
            let digit = |half: u8| if half < 10 { b'0' + half } else { b'a' + half - 10 };
            pair.copy_from_slice(&[digit(byte >> 4), digit(byte & 15)]);
        }
        digits
    }
}

impl std::fmt::Display for LineKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(std::str::from_utf8(&self.digits()).unwrap_or_default())
    }
}

impl Said<'_> {
    /// The id: the first 128 bits of the BLAKE3 hash of all parts, those of a fixed length first.
    /// `room` is overwritten. (A line that names no event fits in one block of the hash.)
    pub fn key(&self, room: &mut Vec<u8>) -> LineKey {
        room.clear();
        room.extend_from_slice(&self.stem.0);
        room.extend_from_slice(&self.date.bits().to_le_bytes());
        room.extend_from_slice(&self.amount.0.to_le_bytes());
        room.extend_from_slice(&self.ordinal.to_le_bytes());
        room.push(self.trigger as u8);
        for text in [Some(self.case), self.label, self.trigger_name, self.trigger_id] {
            part(room, text);
        }
        LineKey(first_half(room))
    }
}

/// Adds a text that may be absent, its length before it, so that no two texts run together.
fn part(room: &mut Vec<u8>, text: Option<&str>) {
    let length = text.map_or(u32::MAX, |text| u32::try_from(text.len()).unwrap_or(u32::MAX - 1));
    room.extend_from_slice(&length.to_le_bytes());
    room.extend_from_slice(text.unwrap_or_default().as_bytes());
}

/// The first 128 bits of the hash.
fn first_half(said: &[u8]) -> [u8; 16] {
    let mut half = [0; 16];
    half.iter_mut().zip(blake3::hash(said).as_bytes()).for_each(|(to, from)| *to = *from);
    half
}
