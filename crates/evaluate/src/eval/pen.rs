//! The lines of a case written: in, those that fired; out, each with its texts and its id.

use super::fired::{Fired, FiredLines, Label, kind_of};
use super::written::{LineTax, Quantity, UnitPrice, Written};
use crate::model::program::{Program, Tax};
use crate::model::{LineKey, Milestone, Said, Stem, When, WhenKind};
use crate::money::Currency;
use crate::plan::Plan;
use crate::rules;
use std::collections::HashMap;

/// The texts of a case, by the numbers of its events.
pub trait Texts {
    /// The case.
    fn case(&self) -> &str;
    /// What an event is about, where it has a name.
    fn subject(&self, event: u32) -> Option<&str>;
    /// The sender's name for an event, where it has one.
    fn id(&self, event: u32) -> Option<&str>;
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

/// Stands for the id of a line until all else that it says is there to derive it from.
const UNSAID: LineKey = LineKey([0; 16]);

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
            let stem = plan.line(line.line).map_or_else(new_stem, |line| line.stem);
            let mut written = Written {
                case,
                schedule: &schedule.name,
                in_force_from: None,
                date: line.date,
                invoice: invoice.1,
                kind: line.kind,
                line: own_label,
                label,
                payer: None,
                quantity: line.quantity.map(|hours| hours.map_or(Quantity::One, Quantity::Hours)),
                unit_price: line.quantity.map(|_| UnitPrice::Money(line.unit_price)),
                amount: line.amount,
                currency: schedule.currency,
                tax: None,
                service: line.service,
                deducts,
                credits: None,
                trigger: plan
                    .trigger(line.trigger)
                    .map_or(WhenKind::Milestone(Milestone::End), When::kind),
                trigger_date: line.date,
                trigger_name: line.event.and_then(|event| texts.subject(event)),
                trigger_id: line.event.and_then(|event| texts.id(event)),
                id: UNSAID,
                schedule_hash: None,
            };
            written.id = self.key(written.said(stem), fired.len());
            each(&written);
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
            let (quantity, unit_price) = line.quantity.and_then(priced).unzip();
            let payer = line.payer.and_then(|payer| program.payer_names.get(payer.0 as usize));
            let tax = line.tax.and_then(|tax| program.taxes.get(tax.0 as usize));
            let stem = self.stem(&schedule.name, own_label, program.currency);
            let mut written = Written {
                case,
                schedule: &schedule.name,
                in_force_from: program.in_force_from,
                date: line.date,
                invoice: line.invoice,
                kind: kind_of(line.kind),
                line: own_label,
                label,
                payer: payer.map(String::as_str),
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
                trigger: program.trigger_kind(line.line, line.when),
                trigger_date: line.date,
                trigger_name: line.event.and_then(|event| texts.subject(event)),
                trigger_id: line.event.and_then(|event| texts.id(event)),
                id: UNSAID,
                schedule_hash: None,
            };
            written.id = self.key(written.said(stem), billed.len());
            each(&written);
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

/// A quantity of a program with the price of one, where the line states them.
fn priced(quantity: rules::Quantity) -> Option<(Quantity<'static>, UnitPrice)> {
    let (quantity, rate) = match quantity {
        rules::Quantity::Hours(hours, rate) => (Quantity::Hours(hours), rate),
        rules::Quantity::Units(units, rate) => (Quantity::Units(units), rate),
        rules::Quantity::Times(count, rate) => {
            (Quantity::Units(count.saturating_mul(rules::UNIT)), rate)
        }
        rules::Quantity::Missing(_) | rules::Quantity::Of(..) => return None,
    };
    Some((quantity, UnitPrice::Rate(rate)))
}
