//! Invoice lines as they fire, dense; as they are written, borrowed; as a host receives them.

use crate::calendar::Date;
use crate::model::{
    Anchor, CalendarDay, InvoiceLine, InvoiceLineKind, LineKey, LineTrigger, LineTriggerKind,
    Milestone, Said, SemanticHash, Stem, Subject, SubjectKind, When,
};
use crate::money::{Currency, Hours, Money};
use crate::plan::{LineId, Plan, TriggerId};
use std::collections::HashMap;

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
    pub date: Date,
    pub invoice: u32,
    pub kind: InvoiceLineKind,
    pub line: &'a str,
    pub label: &'a str,
    pub quantity: Option<Quantity<'a>>,
    pub unit_price: Option<Money>,
    pub amount: Money,
    pub currency: Currency,
    pub service: Option<(Date, Date)>,
    pub deducts: Option<LineKey>,
    pub credits: Option<LineKey>,
    pub trigger: LineTriggerKind,
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
    /// As it stands on an issued line.
    Issued(&'a str),
}

impl Quantity<'_> {
    /// Adds it to a text.
    pub fn write(self, out: &mut Vec<u8>) {
        match self {
            Quantity::Hours(hours) => hours.write(out),
            Quantity::One => out.push(b'1'),
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
}

/// So few lines are searched one by one for one that says the same.
const FEW: usize = 16;

impl Pen {
    /// Gives the lines of one case to `each`, in the order in which they fired.
    pub fn write<T: Texts>(
        &mut self,
        plan: &Plan,
        texts: &T,
        fired: &[Fired],
        mut each: impl FnMut(&Written<'_>),
    ) {
        self.keys.clear();
        self.ordinals.clear();
        let schedule = &plan.schedule;
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
                case: texts.case(),
                date: line.date,
                kind: line.kind,
                amount: line.amount,
                label: (label != own_label).then_some(label),
                trigger_date: None,
                trigger: trigger_kind(plan.trigger(line.trigger)),
                trigger_name: line.event.and_then(|event| texts.subject(event)),
                trigger_id: line.event.and_then(|event| texts.id(event)),
                quantity: line.quantity.map(|hours| hours.unwrap_or(Hours::ONE).nearest()),
                unit_price: line.quantity.map(|_| line.unit_price),
                service: line.service,
                deducts,
                ordinal: 0,
            };
            let id = self.key(said, fired.len());
            each(&Written {
                case: said.case,
                schedule: &schedule.name,
                date: line.date,
                invoice: invoice.1,
                kind: line.kind,
                line: own_label,
                label,
                quantity: line.quantity.map(|hours| hours.map_or(Quantity::One, Quantity::Hours)),
                unit_price: said.unit_price,
                amount: line.amount,
                currency: schedule.currency,
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
            date: line.date,
            invoice: line.invoice,
            kind: line.kind,
            line: &line.line,
            label: &line.label,
            quantity: line.quantity.as_deref().map(Quantity::Issued),
            unit_price: match &line.unit_price {
                None => None,
                Some(price) => Some(currency.read_signed(price)?),
            },
            amount: currency.read_signed(&line.amount)?,
            currency,
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
            date: self.date,
            invoice: self.invoice,
            kind: self.kind,
            line: self.line.to_owned(),
            label: self.label.to_owned(),
            quantity: self.quantity.map(|quantity| match quantity {
                Quantity::Hours(hours) => hours.to_string(),
                Quantity::One => "1".to_owned(),
                Quantity::Issued(text) => text.to_owned(),
            }),
            unit_price: self.unit_price.map(show),
            amount: show(self.amount),
            currency: self.currency.code().to_owned(),
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

fn trigger_kind(trigger: Option<&When>) -> LineTriggerKind {
    match trigger {
        Some(When::Milestone(Milestone::Signature)) => LineTriggerKind::Signature,
        Some(When::Milestone(Milestone::Start)) => LineTriggerKind::Start,
        Some(When::Milestone(Milestone::End)) | None => LineTriggerKind::End,
        Some(When::Milestone(Milestone::Abandonment)) => LineTriggerKind::Abandonment,
        Some(When::Subject(Subject { kind: SubjectKind::Action, .. })) => LineTriggerKind::Action,
        Some(When::Subject(Subject { kind: SubjectKind::Event, .. })) => LineTriggerKind::Event,
        Some(When::Subject(Subject { kind: SubjectKind::Deliverable, .. })) => {
            LineTriggerKind::Deliverable
        }
        Some(When::Calendar(CalendarDay::MonthEnd)) => LineTriggerKind::MonthEnd,
        Some(When::Calendar(CalendarDay::After(_, Anchor::Start))) => LineTriggerKind::AfterStart,
        Some(When::Calendar(CalendarDay::After(_, Anchor::Signature))) => {
            LineTriggerKind::AfterSignature
        }
        Some(When::Calendar(CalendarDay::Date(_))) => LineTriggerKind::Date,
    }
}
