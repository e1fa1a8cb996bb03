//! Lines as they are written, borrowed; and as a host receives them.

use crate::calendar::Date;
use crate::model::program::Rate;
use crate::model::{
    InvoiceLine, InvoiceLineKind, LineKey, LineTrigger, Said, SemanticHash, Stem, WhenKind,
};
use crate::money::{Currency, Hours, Money, Percent, push_rate, read_digits};

/// A line with all that it says, its texts borrowed.
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "as in `InvoiceLine`")]
pub struct Written<'a> {
    pub case: &'a str,
    pub schedule: &'a str,
    pub in_force_from: Option<Date>,
    pub date: Date,
    pub invoice: u32,
    pub kind: InvoiceLineKind,
    pub line: &'a str,
    pub label: &'a str,
    pub payer: Option<&'a str>,
    pub quantity: Option<Quantity<'a>>,
    pub unit_price: Option<UnitPrice>,
    pub amount: Money,
    pub currency: Currency,
    pub tax: Option<LineTax<'a>>,
    pub service: Option<(Date, Date)>,
    pub deducts: Option<LineKey>,
    pub credits: Option<LineKey>,
    pub trigger: WhenKind,
    pub trigger_date: Date,
    pub trigger_name: Option<&'a str>,
    pub trigger_id: Option<&'a str>,
    pub id: LineKey,
    pub schedule_hash: Option<SemanticHash>,
}

impl<'a> Written<'a> {
    /// The rate of its tax, or why there is none.
    #[inline]
    pub fn rate_and_exemption(&self) -> (Option<Percent>, Option<&'a str>) {
        match self.tax {
            None => (None, None),
            Some(LineTax::Rate(rate)) => (Some(rate), None),
            Some(LineTax::Exempt(reason)) => (None, Some(reason)),
        }
    }

    /// What its id is derived from, `stem` being what all lines of its line have in common.
    pub(super) fn said(&self, stem: Stem) -> Said<'a> {
        let unit_price = self.unit_price.and_then(|price| price.money(self.currency));
        let (tax_rate, tax_exempt) = self.rate_and_exemption();
        Said {
            stem,
            case: self.case,
            date: self.date,
            kind: self.kind,
            amount: self.amount,
            trigger: self.trigger,
            label: (self.label != self.line).then_some(self.label),
            trigger_date: Some(self.trigger_date).filter(|date| *date != self.date),
            trigger_name: self.trigger_name,
            trigger_id: self.trigger_id,
            quantity: self.quantity.and_then(Quantity::ten_thousandths),
            unit_price,
            unit_rate: match (unit_price, self.unit_price) {
                (None, Some(UnitPrice::Rate(rate))) => Some(rate.0),
                _ => None,
            },
            service: self.service,
            deducts: self.deducts,
            payer: self.payer,
            tax_rate: tax_rate.map(|rate| rate.0),
            tax_exempt,
            in_force_from: self.in_force_from,
            ordinal: 0,
        }
    }

    /// A line as a host has it; `None` if an amount or an id in it is none.
    pub fn of(line: &'a InvoiceLine) -> Option<Written<'a>> {
        let currency = Currency::find(&line.currency)?;
        let key = |id: &Option<String>| match id {
            None => Some(None),
            Some(id) => LineKey::parse(id).map(Some),
        };
        Some(Written {
            case: &line.case,
            schedule: &line.schedule,
            in_force_from: line.in_force_from,
            date: line.date,
            invoice: line.invoice,
            kind: line.kind,
            line: &line.line,
            label: &line.label,
            payer: line.payer.as_deref(),
            quantity: line.quantity.as_deref().map(Quantity::Issued),
            unit_price: match &line.unit_price {
                None => None,
                Some(price) => Some(match currency.read_signed(price) {
                    Some(money) => UnitPrice::Money(money),
                    None => UnitPrice::Rate(Rate(read_digits(price, Rate::DECIMALS).ok()?)),
                }),
            },
            amount: currency.read_signed(&line.amount)?,
            currency,
            tax: match (&line.vat_rate, &line.vat_exempt) {
                (Some(rate), _) => Some(LineTax::Rate(Percent::read(rate).ok()?)),
                (None, Some(reason)) => Some(LineTax::Exempt(reason)),
                (None, None) => None,
            },
            service: line.service_from.zip(line.service_to),
            deducts: key(&line.deducts)?,
            credits: key(&line.credits)?,
            trigger: line.trigger.kind,
            trigger_date: line.trigger.date,
            trigger_name: line.trigger.name.as_deref(),
            trigger_id: line.trigger.id.as_deref(),
            id: LineKey::parse(&line.id)?,
            schedule_hash: match &line.schedule_hash {
                None => None,
                Some(hash) => Some(SemanticHash::parse(hash)?),
            },
        })
    }
}

impl Written<'_> {
    /// The line as a host receives it.
    pub fn to_line(&self) -> InvoiceLine {
        let show = |amount| {
            let mut digits = Vec::with_capacity(16);
            self.currency.show(amount).write(&mut digits);
            String::from_utf8(digits).unwrap_or_default()
        };
        let key = |key: LineKey| str::from_utf8(&key.digits()).unwrap_or_default().to_owned();
        InvoiceLine {
            case: self.case.to_owned(),
            schedule: self.schedule.to_owned(),
            in_force_from: self.in_force_from,
            date: self.date,
            invoice: self.invoice,
            kind: self.kind,
            line: self.line.to_owned(),
            label: self.label.to_owned(),
            payer: self.payer.map(str::to_owned),
            quantity: self.quantity.map(|quantity| match quantity {
                Quantity::Hours(hours) => hours.to_string(),
                Quantity::One => "1".to_owned(),
                Quantity::Units(_) => {
                    let mut text = Vec::new();
                    quantity.write(&mut text);
                    String::from_utf8(text).unwrap_or_default()
                }
                Quantity::Issued(text) => text.to_owned(),
            }),
            unit_price: self.unit_price.map(|price| {
                let mut text = Vec::new();
                price.write(self.currency, &mut text);
                String::from_utf8(text).unwrap_or_default()
            }),
            amount: show(self.amount),
            currency: self.currency.code().to_owned(),
            vat_rate: self.tax.and_then(|tax| match tax {
                LineTax::Rate(rate) => Some(rate.to_string()),
                LineTax::Exempt(_) => None,
            }),
            vat_exempt: self.tax.and_then(|tax| match tax {
                LineTax::Exempt(reason) => Some(reason.to_owned()),
                LineTax::Rate(_) => None,
            }),
            service_from: self.service.map(|(first, _)| first),
            service_to: self.service.map(|(_, last)| last),
            deducts: self.deducts.map(key),
            credits: self.credits.map(key),
            trigger: LineTrigger {
                kind: self.trigger,
                date: self.trigger_date,
                name: self.trigger_name.map(str::to_owned),
                id: self.trigger_id.map(str::to_owned),
            },
            id: key(self.id),
            schedule_hash: self.schedule_hash.map(|hash| hash.to_string()),
        }
    }
}

/// The price of one of what a line bills.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitPrice {
    /// A sum of money.
    Money(Money),
    /// A rate, which may have more decimals than money has.
    Rate(Rate),
    /// A share of an amount.
    Percent(Percent),
}

impl UnitPrice {
    /// Adds it to a text: a rate with the currency's decimals at the least.
    pub fn write(self, currency: Currency, out: &mut Vec<u8>) {
        match self {
            UnitPrice::Money(money) => currency.show(money).write(out),
            UnitPrice::Rate(rate) => push_rate(out, rate.0, currency.decimals() as usize),
            UnitPrice::Percent(percent) => out.extend_from_slice(format!("{percent} %").as_bytes()),
        }
    }

    /// As money, where it is a whole number of the currency's smallest units.
    fn money(self, currency: Currency) -> Option<Money> {
        match self {
            UnitPrice::Money(money) => Some(money),
            UnitPrice::Rate(rate) => {
                let unit = 10_i64.pow(Rate::DECIMALS.saturating_sub(currency.decimals()));
                (rate.0 % unit == 0).then(|| Money(rate.0 / unit))
            }
            UnitPrice::Percent(_) => None,
        }
    }
}

/// The tax of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineTax<'a> {
    /// A rate.
    Rate(Percent),
    /// None, and why.
    Exempt(&'a str),
}

/// The quantity of itemised work.
#[derive(Clone, Copy, Debug)]
pub enum Quantity<'a> {
    /// Hours.
    Hours(Hours),
    /// One piece.
    One,
    /// So many ten-thousandths of a unit.
    Units(i64),
    /// As it stands on an issued line.
    Issued(&'a str),
}

impl Quantity<'_> {
    /// Adds it to a text.
    pub fn write(self, out: &mut Vec<u8>) {
        match self {
            Quantity::Hours(hours) => hours.write(out),
            Quantity::One => out.push(b'1'),
            Quantity::Units(units) => crate::money::push_scaled(out, units, 4, 0),
            Quantity::Issued(text) => out.extend_from_slice(text.as_bytes()),
        }
    }

    /// The nearest number of ten-thousandths; none of one that stands on an issued line.
    fn ten_thousandths(self) -> Option<i64> {
        match self {
            Quantity::Hours(hours) => Some(hours.nearest()),
            Quantity::One => Some(10_000),
            Quantity::Units(units) => Some(units),
            Quantity::Issued(_) => None,
        }
    }
}
