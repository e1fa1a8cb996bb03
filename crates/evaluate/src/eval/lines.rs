//! Invoice lines as they fire, dense; as they are written, borrowed; as a host receives them.

use crate::calendar::Date;
use crate::model::program::{Kind as LineKindOf, Program, Rate, Tax};
use crate::model::{
    InvoiceLine, InvoiceLineKind, LineKey, LineTrigger, Milestone, Said, SemanticHash, Stem, When,
    WhenKind,
};
use crate::money::{Currency, Hours, Money, Percent, push_rate, read_digits};
use crate::plan::{LineId, Plan, TriggerId};
use crate::rules;
use std::collections::HashMap;
use std::sync::Arc;

/// A line that fired, dense.
#[derive(Clone, Copy, Debug)]
pub struct Fired {
    /// The schedule's line.
    pub line: LineId,
    /// What kind of line it is.
    pub kind: InvoiceLineKind,
    /// What stands on the invoice.
    pub label: Label,
    /// The invoice's day.
    pub date: Date,
    /// What it bills.
    pub amount: Money,
    /// What it waited for.
    pub trigger: TriggerId,
    /// The event of its moment.
    pub event: Option<u32>,
    /// For itemised work: its hours, or `None` for one piece.
    pub quantity: Option<Option<Hours>>,
    /// For itemised work: the price of one.
    pub unit_price: Money,
    /// First and last day of the work on it.
    pub service: Option<(Date, Date)>,
}

/// The lines of a case, dense.
#[derive(Clone, Debug)]
pub enum FiredLines<'e> {
    /// Of a schedule of the first part of the language.
    First(&'e [Fired]),
    /// Of a program.
    Second(Arc<Program>, &'e [rules::Billed]),
}

impl FiredLines<'_> {
    /// How many there are.
    #[inline]
    pub fn len(&self) -> usize {
        match self {
            FiredLines::First(lines) => lines.len(),
            FiredLines::Second(_, lines) => lines.len(),
        }
    }

    /// Each line's day, kind and amount.
    pub fn amounts(&self) -> impl Iterator<Item = (Date, InvoiceLineKind, Money)> {
        let (first, second) = match self {
            FiredLines::First(lines) => (*lines, &[][..]),
            FiredLines::Second(_, lines) => (&[][..], *lines),
        };
        let first = first.iter().map(|line| (line.date, line.kind, line.amount));
        first.chain(second.iter().map(|line| (line.date, kind_of(line.kind), line.amount)))
    }

    /// Whether there is none.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
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

/// What stands on the invoice.
#[derive(Clone, Copy, Debug)]
pub enum Label {
    /// The label of the schedule's line.
    Line,
    /// The name of an event.
    Event(u32),
    /// The label of a deposit's line, by its place among the case's lines.
    Deposit(usize),
}

/// The texts of a case, by the numbers of its events.
pub trait Texts {
    /// The case.
    fn case(&self) -> &str;
    /// What an event is about, where it has a name.
    fn subject(&self, event: u32) -> Option<&str>;
    /// The sender's name for an event, where it has one.
    fn id(&self, event: u32) -> Option<&str>;
}

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
}

/// What the lines of a case are written with: the ids so far, to be used again.
#[derive(Default)]
pub struct Pen {
    keys: Vec<LineKey>,
    ordinals: HashMap<LineKey, u32, foldhash::fast::RandomState>,
    room: Vec<u8>,
    /// What the ids of the lines of programs have in common, of those that came last.
    stems: Vec<(String, String, Currency, Stem)>,
}

/// So few lines are searched one by one for one that says the same.
const FEW: usize = 16;

impl Pen {
    /// Gives the lines of one case to `each`, in the order in which they fired.
    pub fn write<T: Texts>(
        &mut self,
        plan: &Plan,
        texts: &T,
        fired: FiredLines<'_>,
        mut each: impl FnMut(&Written<'_>),
    ) {
        self.keys.clear();
        self.ordinals.clear();
        match fired {
            FiredLines::First(fired) => self.write_first(plan, texts, fired, &mut each),
            FiredLines::Second(program, billed) => {
                self.write_second(plan, &program, texts, billed, &mut each);
            }
        }
    }

    fn write_first<T: Texts>(
        &mut self,
        plan: &Plan,
        texts: &T,
        fired: &[Fired],
        each: &mut impl FnMut(&Written<'_>),
    ) {
        let (schedule, case) = (&plan.schedule, texts.case());
        let mut invoice = (None, 0_u32);
        for line in fired {
            if invoice.0 != Some(line.date) {
                invoice = (Some(line.date), invoice.1.saturating_add(1));
            }
            let label_of =
                |line: &Fired| plan.stated(line.line).map_or("", |line| line.label.as_str());
            let own_label = label_of(line);
            let (label, deducts) = match line.label {
                Label::Line => (own_label, None),
                Label::Event(event) => (texts.subject(event).unwrap_or(own_label), None),
                Label::Deposit(place) => {
                    let deposit = fired.get(place);
                    (deposit.map_or(own_label, label_of), self.keys.get(place).copied())
                }
            };
            let new_stem = || Stem::new(&schedule.name, own_label, schedule.currency);
            let said = Said {
                stem: plan.line(line.line).map_or_else(new_stem, |line| line.stem),
                case,
                date: line.date,
                kind: line.kind,
                amount: line.amount,
                label: (label != own_label).then_some(label),
                trigger_date: None,
                trigger: plan
                    .trigger(line.trigger)
                    .map_or(WhenKind::Milestone(Milestone::End), When::kind),
                trigger_name: line.event.and_then(|event| texts.subject(event)),
                trigger_id: line.event.and_then(|event| texts.id(event)),
                quantity: line.quantity.map(|hours| hours.unwrap_or(Hours::ONE).nearest()),
                unit_price: line.quantity.map(|_| line.unit_price),
                unit_rate: None,
                service: line.service,
                deducts,
                payer: None,
                tax_rate: None,
                tax_exempt: None,
                in_force_from: None,
                ordinal: 0,
            };
            let id = self.key(said, fired.len());
            each(&Written {
                case: said.case,
                schedule: &schedule.name,
                in_force_from: None,
                date: line.date,
                invoice: invoice.1,
                kind: line.kind,
                line: own_label,
                label,
                payer: None,
                quantity: line.quantity.map(|hours| hours.map_or(Quantity::One, Quantity::Hours)),
                unit_price: said.unit_price.map(UnitPrice::Money),
                amount: line.amount,
                currency: schedule.currency,
                tax: None,
                service: line.service,
                deducts,
                credits: None,
                trigger: said.trigger,
                trigger_date: line.date,
                trigger_name: said.trigger_name,
                trigger_id: said.trigger_id,
                id,
                schedule_hash: None,
            });
        }
    }

    fn write_second<T: Texts>(
        &mut self,
        plan: &Plan,
        program: &Program,
        texts: &T,
        billed: &[rules::Billed],
        each: &mut impl FnMut(&Written<'_>),
    ) {
        let (schedule, case) = (&plan.schedule, texts.case());
        let label_of = |place: u32| {
            let line = program.lines.get(place as usize);
            let stated = line.and_then(|line| schedule.lines.get(line.index));
            stated.map_or("", |line| line.label.as_str())
        };
        for line in billed {
            let own_label = label_of(line.line);
            let label = match line.label {
                rules::Label::Line => own_label,
                rules::Label::Event(event) => texts.subject(event).unwrap_or(own_label),
                rules::Label::Deposit(place) => label_of(place),
            };
            let deducts = line.deducts.and_then(|place| self.keys.get(place as usize)).copied();
            let (quantity, unit_price) = match line.quantity {
                None | Some(rules::Quantity::Missing(_)) => (None, None),
                Some(rules::Quantity::Hours(hours, rate)) => {
                    (Some(Quantity::Hours(hours)), Some(UnitPrice::Rate(rate)))
                }
                Some(rules::Quantity::Units(units, rate)) => {
                    (Some(Quantity::Units(units)), Some(UnitPrice::Rate(rate)))
                }
                Some(rules::Quantity::Times(count, rate)) => {
                    let units = count.saturating_mul(rules::UNIT);
                    (Some(Quantity::Units(units)), Some(UnitPrice::Rate(rate)))
                }
                Some(rules::Quantity::Of(..)) => (None, None),
            };
            let payer = line.payer.and_then(|payer| program.payer_names.get(payer.0 as usize));
            let tax = line.tax.and_then(|tax| program.taxes.get(tax.0 as usize));
            let money = unit_price.and_then(|price| price.money(program.currency));
            let said = Said {
                stem: self.stem(&schedule.name, own_label, program.currency),
                case,
                date: line.date,
                kind: kind_of(line.kind),
                amount: line.amount,
                label: (label != own_label).then_some(label),
                trigger_date: None,
                trigger: program.trigger_kind(line.line, line.when),
                trigger_name: line.event.and_then(|event| texts.subject(event)),
                trigger_id: line.event.and_then(|event| texts.id(event)),
                quantity: quantity.and_then(Quantity::ten_thousandths),
                unit_price: money,
                unit_rate: match (money, unit_price) {
                    (None, Some(UnitPrice::Rate(rate))) => Some(rate.0),
                    _ => None,
                },
                service: line.service,
                deducts,
                payer: payer.map(String::as_str),
                tax_rate: match tax {
                    Some(Tax::Rate(rate)) => Some(rate.0),
                    Some(Tax::Exempt(_)) | None => None,
                },
                tax_exempt: match tax {
                    Some(Tax::Exempt(reason)) => Some(reason),
                    Some(Tax::Rate(_)) | None => None,
                },
                in_force_from: program.in_force_from,
                ordinal: 0,
            };
            let id = self.key(said, billed.len());
            each(&Written {
                case: said.case,
                schedule: &schedule.name,
                in_force_from: program.in_force_from,
                date: line.date,
                invoice: line.invoice,
                kind: said.kind,
                line: own_label,
                label,
                payer: said.payer,
                quantity,
                unit_price,
                amount: line.amount,
                currency: program.currency,
                tax: tax.map(|tax| match tax {
                    Tax::Rate(rate) => LineTax::Rate(*rate),
                    Tax::Exempt(reason) => LineTax::Exempt(reason),
                }),
                service: line.service,
                deducts,
                credits: None,
                trigger: said.trigger,
                trigger_date: line.date,
                trigger_name: said.trigger_name,
                trigger_id: said.trigger_id,
                id,
                schedule_hash: None,
            });
        }
    }

    /// What the ids of lines have in common that are of one line of a program.
    fn stem(&mut self, schedule: &str, line: &str, currency: Currency) -> Stem {
        let is = |known: &&(String, String, Currency, Stem)| {
            known.1 == line && known.0 == schedule && known.2 == currency
        };
        if let Some(known) = self.stems.iter().find(is) {
            return known.3;
        }
        if self.stems.len() >= FEW {
            self.stems.clear();
        }
        let stem = Stem::new(schedule, line, currency);
        self.stems.push((schedule.to_owned(), line.to_owned(), currency, stem));
        stem
    }

    /// The id of a line: that of its first like, unless one that says the same came before.
    fn key(&mut self, said: Said<'_>, line_count: usize) -> LineKey {
        let first = said.key(&mut self.room);
        // A second line that says the same has an id of its own, which equals no first one.
        let before = if line_count <= FEW {
            let same = |key: &&LineKey| **key == first;
            self.keys.iter().find(same).map_or(0, |_| {
                let count = self.ordinals.entry(first).or_insert(1);
                *count += 1;
                *count - 1
            })
        } else {
            let count = self.ordinals.entry(first).or_insert(0);
            *count += 1;
            *count - 1
        };
        let key = match before {
            0 => first,
            ordinal => Said { ordinal, ..said }.key(&mut self.room),
        };
        self.keys.push(key);
        key
    }
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

fn kind_of(kind: rules::BilledKind) -> InvoiceLineKind {
    match kind {
        rules::BilledKind::Deduction => InvoiceLineKind::Deduction,
        rules::BilledKind::Own(LineKindOf::Deposit) => InvoiceLineKind::Deposit,
        rules::BilledKind::Own(LineKindOf::Installment) => InvoiceLineKind::Installment,
        rules::BilledKind::Own(LineKindOf::Discount) => InvoiceLineKind::Discount,
        rules::BilledKind::Own(LineKindOf::Balance) => InvoiceLineKind::Balance,
    }
}

impl Quantity<'_> {
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
