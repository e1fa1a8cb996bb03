//! Ids of invoice lines: what a line says in, 128 bits out, the same whoever computes them.
//!
//! `docs/language-reference.md` describes the bytes that are hashed, exactly enough for another program. What a
//! line does not have is not among them, so that a field can be added without another id for the lines
//! that lack it; nothing here may change the id of a line that has been issued.

use super::{InvoiceLineKind, WhenKind};
use crate::calendar::Date;
use crate::money::{Currency, Money};

/// What all invoice lines of one line of a schedule say, hashed once for all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stem([u8; 16]);

impl Stem {
    /// Of the schedule's name, the label of its line, and the currency.
    pub fn new(schedule: &str, line: &str, currency: Currency) -> Stem {
        let mut said = b"jalon line 2".to_vec();
        for part in [schedule, line, currency.code()] {
            text(&mut said, part);
        }
        Stem(first_half(&said))
    }
}

/// What a line says, from which its id is derived. (A credit says that it takes a line back, and nothing
/// more: see [`LineKey::of_its_credit`].)
#[derive(Clone, Copy)]
pub struct Said<'a> {
    /// The schedule, its line and the currency.
    pub stem: Stem,
    /// The case.
    pub case: &'a str,
    /// The invoice's day.
    pub date: Date,
    /// What kind of line it is.
    pub kind: InvoiceLineKind,
    /// The amount.
    pub amount: Money,
    /// The kind of trigger.
    pub trigger: WhenKind,
    /// What stands on the invoice, where it is not the label of the schedule's line.
    pub label: Option<&'a str>,
    /// The trigger's day, where it is not the invoice's.
    pub trigger_date: Option<Date>,
    /// The name of the trigger's event, where it has one.
    pub trigger_name: Option<&'a str>,
    /// The id of the trigger's event, where it has one.
    pub trigger_id: Option<&'a str>,
    /// For itemised work: how much of it, in 1/10,000.
    pub quantity: Option<i64>,
    /// For itemised work: the price of one.
    pub unit_price: Option<Money>,
    /// The same in millionths, where it is no whole number of the currency's smallest unit.
    pub unit_rate: Option<i64>,
    /// The first and the last day of the work on it.
    pub service: Option<(Date, Date)>,
    /// For a deduction: the id of the deposit's line.
    pub deducts: Option<LineKey>,
    /// Who pays it.
    pub payer: Option<&'a str>,
    /// The rate of its tax, in 10⁻⁹ of a percent.
    pub tax_rate: Option<i64>,
    /// Why there is no tax on it.
    pub tax_exempt: Option<&'a str>,
    /// From when the version of the schedule is in force.
    pub in_force_from: Option<Date>,
    /// How many lines of the case that say the same came before.
    pub ordinal: u32,
}

/// What a line may have, by the number that stands before its value. A number is never used again.
#[derive(Clone, Copy)]
enum Part {
    Label = 1,
    TriggerDate = 2,
    TriggerName = 3,
    TriggerId = 4,
    Quantity = 5,
    UnitPrice = 6,
    Service = 7,
    Deducts = 8,
    UnitRate = 9,
    Payer = 10,
    TaxRate = 11,
    TaxExempt = 12,
    InForceFrom = 13,
}

impl Said<'_> {
    /// The id: the first 128 bits of the BLAKE3 hash of all parts. `room` is overwritten. (A line that
    /// names no event fits in one block of the hash.)
    pub fn key(&self, room: &mut Vec<u8>) -> LineKey {
        room.clear();
        room.extend_from_slice(&self.stem.0);
        room.extend_from_slice(&self.date.bits().to_le_bytes());
        room.extend_from_slice(&self.amount.0.to_le_bytes());
        room.extend_from_slice(&self.ordinal.to_le_bytes());
        room.push(self.kind as u8);
        room.push(self.trigger.number());
        text(room, self.case);
        optional_text(room, Part::Label, self.label);
        if let Some(date) = self.trigger_date {
            room.push(Part::TriggerDate as u8);
            room.extend_from_slice(&date.bits().to_le_bytes());
        }
        optional_text(room, Part::TriggerName, self.trigger_name);
        optional_text(room, Part::TriggerId, self.trigger_id);
        if let Some(quantity) = self.quantity {
            room.push(Part::Quantity as u8);
            room.extend_from_slice(&quantity.to_le_bytes());
        }
        if let Some(price) = self.unit_price {
            room.push(Part::UnitPrice as u8);
            room.extend_from_slice(&price.0.to_le_bytes());
        }
        if let Some((first, last)) = self.service {
            room.push(Part::Service as u8);
            room.extend_from_slice(&first.bits().to_le_bytes());
            room.extend_from_slice(&last.bits().to_le_bytes());
        }
        if let Some(deposit) = self.deducts {
            room.push(Part::Deducts as u8);
            room.extend_from_slice(&deposit.0);
        }
        if let Some(rate) = self.unit_rate {
            room.push(Part::UnitRate as u8);
            room.extend_from_slice(&rate.to_le_bytes());
        }
        optional_text(room, Part::Payer, self.payer);
        if let Some(rate) = self.tax_rate {
            room.push(Part::TaxRate as u8);
            room.extend_from_slice(&rate.to_le_bytes());
        }
        optional_text(room, Part::TaxExempt, self.tax_exempt);
        if let Some(date) = self.in_force_from {
            room.push(Part::InForceFrom as u8);
            room.extend_from_slice(&date.bits().to_le_bytes());
        }
        LineKey(first_half(room))
    }
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
    #[inline]
    pub fn digits(self) -> [u8; 32] {
        let mut digits = [0; 32];
        for (pair, byte) in digits.chunks_exact_mut(2).zip(self.0) {
            // Letters begin so far behind the digits; nothing here depends on what the digit is.
            let digit = |half: u8| b'0' + half + u8::from(half > 9) * (b'a' - b'9' - 1);
            pair.copy_from_slice(&[digit(byte >> 4), digit(byte & 15)]);
        }
        digits
    }

    /// The id of the invoice that lines of these ids make, in whatever order.
    pub fn of_an_invoice(mut lines: Vec<LineKey>) -> LineKey {
        lines.sort_unstable();
        let mut said = b"jalon invoice 2".to_vec();
        lines.iter().for_each(|line| said.extend_from_slice(&line.0));
        LineKey(first_half(&said))
    }

    /// The id of the credit of the line with this id. A line is credited once, whatever the day on
    /// which that is found out: so there is one such id.
    pub fn of_its_credit(self) -> LineKey {
        let mut said = b"jalon credit 2".to_vec();
        said.extend_from_slice(&self.0);
        LineKey(first_half(&said))
    }
}

impl std::fmt::Display for LineKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(std::str::from_utf8(&self.digits()).unwrap_or_default())
    }
}

fn optional_text(room: &mut Vec<u8>, part: Part, stated: Option<&str>) {
    if let Some(stated) = stated {
        room.push(part as u8);
        text(room, stated);
    }
}

/// Adds a text, its length before it, so that no two texts run together.
fn text(room: &mut Vec<u8>, text: &str) {
    let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
    room.extend_from_slice(&length.to_le_bytes());
    room.extend_from_slice(text.as_bytes());
}

/// The first 128 bits of the hash.
fn first_half(said: &[u8]) -> [u8; 16] {
    let mut half = [0; 16];
    half.iter_mut().zip(blake3::hash(said).as_bytes()).for_each(|(to, from)| *to = *from);
    half
}
