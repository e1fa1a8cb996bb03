//! The walk (§3, §5): one day after another, one moment after another, one line after another.

use chrono::NaiveDate;
use num_traits::Zero;

use super::account::{Account, NoTerm};
use super::conditions::{holds, side};
use super::moments::{Facts, Moment, rank};
use super::payers::payers_of;
use super::rules::{
    Amount, Anchor, Case, Condition, Kind, Line, Named, Planned, Price, Schedule, Terms, Trigger,
    What,
};
use super::told::{Asked, Told};
use super::work::Item;
use crate::exact::{Exact, print, zero};

/// A line on an invoice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Billed {
    pub date: String,
    pub invoice: usize,
    pub kind: &'static str,
    pub line: String,
    pub label: String,
    pub payer: Option<String>,
    pub amount: String,
    pub service: Option<(String, String)>,
    /// Quantity and unit price.
    pub counted: Option<(String, String)>,
    pub vat: Option<String>,
}

/// What a line says beside its parts.
struct Said<'a> {
    label: &'a str,
    service: Option<(NaiveDate, NaiveDate)>,
    item: Option<&'a Item>,
    vat: Option<&'a Exact>,
}

struct Walk<'a> {
    schedule: &'a Schedule,
    facts: Facts,
    account: Account<'a>,
    /// How many times each line has fired, of those that count.
    fired: Vec<u32>,
    closed: bool,
    lines: Vec<(NaiveDate, usize, Billed)>,
    told: Vec<Told>,
    /// What has fired at the moment under way.
    firing: Vec<(usize, bool)>,
    asking: Vec<Asked>,
}

/// The lines of a case; none where it is withheld.
#[must_use]
pub fn evaluate(schedule: &Schedule, case: &Case) -> Option<Vec<Billed>> {
    evaluate_told(schedule, case).map(|(lines, _)| lines)
}

/// The same, and what the case came to after each moment.
#[must_use]
pub fn evaluate_told(schedule: &Schedule, case: &Case) -> Option<(Vec<Billed>, Vec<Told>)> {
    let first = case.events.iter().map(|event| event.date).min()?;
    let opened = case.events.iter().find_map(|event| match &event.what {
        What::Opened(terms) => Some(terms.clone()),
        _ => None,
    });
    let opened = opened.unwrap_or_default();
    if !agreed(schedule, case) {
        return None;
    }
    let mut walk = Walk {
        schedule,
        facts: Facts::new(first, &opened),
        account: Account::new(schedule, payers_of(schedule, &opened)),
        fired: vec![0; schedule.lines.len()],
        closed: false,
        lines: Vec::new(),
        told: Vec::new(),
        firing: Vec::new(),
        asking: Vec::new(),
    };
    walk.live(case).ok()?;
    let told = std::mem::take(&mut walk.told);
    Some((walk.invoices(), told))
}

/// §1: every term that is needed is stated, within its bounds, and once a day.
fn agreed(schedule: &Schedule, case: &Case) -> bool {
    let stated: Vec<(NaiveDate, bool, &Terms)> = case
        .events
        .iter()
        .filter_map(|event| match &event.what {
            What::Opened(terms) => Some((event.date, true, terms)),
            What::Amendment(terms) => Some((event.date, false, terms)),
            _ => None,
        })
        .collect();
    let prices = || stated.iter().filter_map(|(_, _, terms)| terms.price.as_ref());
    let (needs_price, sound) = match &schedule.price {
        Price::Agreed { at_least, at_most } => (
            true,
            prices().all(|price| {
                at_least.as_ref().is_none_or(|least| price >= least)
                    && at_most.as_ref().is_none_or(|most| price <= most)
            }),
        ),
        Price::Period { amount: None, .. } => (true, true),
        Price::Fixed(_) | Price::Period { .. } | Price::PerAction { .. } | Price::Hourly { .. } => {
            (false, true)
        }
    };
    let uses_price = schedule.lines.iter().any(|line| {
        !matches!(
            line.amount,
            Amount::Sum(_) | Amount::SumInParts(..) | Amount::Nothing | Amount::Work(_)
        )
    });
    let of_work = |line: &Line| matches!(line.amount, Amount::Work(_));
    let uses_rate = uses_price || schedule.lines.iter().any(of_work);
    let needs_rate = matches!(schedule.price, Price::Hourly { rate: None, .. });
    let missing = needs_price && uses_price && prices().next().is_none()
        || needs_rate && uses_rate && stated.iter().all(|(_, _, terms)| terms.rate.is_none())
        || uses(schedule, Planned::Start)
            && stated.iter().all(|(_, _, terms)| terms.planned_start.is_none())
        || uses(schedule, Planned::End)
            && stated.iter().all(|(_, _, terms)| terms.planned_end.is_none());
    let twice = stated.iter().enumerate().any(|(place, (day, opened, terms))| {
        stated[place + 1..].iter().any(|(other_day, other_opened, other)| {
            let differ =
                |a: &Option<String>, b: &Option<String>| a.is_some() && b.is_some() && a != b;
            let text = |terms: &Terms| {
                [
                    terms.price.as_ref().map(ToString::to_string),
                    terms.rate.as_ref().map(ToString::to_string),
                    terms.planned_start.map(|day| day.to_string()),
                    terms.planned_end.map(|day| day.to_string()),
                ]
            };
            let (one, two) = (text(terms), text(other));
            !opened
                && !other_opened
                && day == other_day
                && one.iter().zip(&two).any(|(a, b)| differ(a, b))
        })
    });
    sound && !missing && !twice
}

/// Whether a line of the schedule looks at that planned date.
fn uses(schedule: &Schedule, which: Planned) -> bool {
    let of = |trigger: &Trigger| match trigger {
        Trigger::Before(_, planned) => *planned == which,
        Trigger::After(_, anchor) | Trigger::Every { anchor, .. } => {
            matches!(anchor, Anchor::Planned(planned) if *planned == which)
        }
        _ => false,
    };
    let notice = |condition: &Condition| match condition {
        Condition::Notice(..) => which == Planned::Start,
        Condition::Not(inner) => {
            matches!(**inner, Condition::Notice(..)) && which == Planned::Start
        }
        _ => false,
    };
    let mut lines = schedule.lines.iter();
    lines.any(|line| line.triggers.iter().any(of) || line.conditions.iter().any(notice))
}

impl Walk<'_> {
    fn live(&mut self, case: &Case) -> Result<(), NoTerm> {
        for day in self.facts.first.iter_days().take_while(|day| *day <= case.as_of) {
            let mut today: Vec<_> = case.events.iter().filter(|event| event.date == day).collect();
            today.sort_by_key(|event| rank(&event.what));
            self.facts.moved.clear();
            if self.schedule.may_be_suspended {
                let whats: Vec<&What> = today.iter().map(|event| &event.what).collect();
                self.facts.begin_day(day, &whats);
            }
            for event in today {
                if let What::Amendment(terms) = &event.what {
                    self.facts.amend(terms);
                } else if let Some(moment) = self.facts.take(day, &event.what) {
                    self.note(day, &event.what);
                    self.pass(&moment)?;
                }
            }
            self.pass(&Moment::EndOfDay(day))?;
        }
        Ok(())
    }

    fn note(&mut self, day: NaiveDate, what: &What) {
        let rate = self.account.rate(&self.facts);
        match what {
            What::Named(Named::Action, name) => {
                self.account.work.note(day, name, None, rate.as_ref())
            }
            What::Worked(name, measure) => {
                self.account.work.note(day, name, Some(measure.clone()), rate.as_ref());
            }
            _ => {}
        }
    }

    /// §5: deposits, installments and discounts first, then balances.
    fn pass(&mut self, moment: &Moment) -> Result<(), NoTerm> {
        let was_closed = self.closed;
        self.firing.clear();
        self.asking.clear();
        for balances in [false, true] {
            for (index, line) in self.schedule.lines.iter().enumerate() {
                if (line.kind == Kind::Balance) == balances && !self.closed {
                    self.consider(index, line, moment)?;
                }
            }
        }
        if !was_closed {
            self.tell(moment);
        }
        Ok(())
    }

    fn tell(&mut self, moment: &Moment) {
        let fired = std::mem::take(&mut self.firing);
        let too_late = |(place, line): &(usize, &Line)| {
            let again = line.each || matches!(line.amount, Amount::Work(_));
            self.closed
                && line.kind == Kind::Balance
                && !fired.iter().any(|(fired, _)| fired == place)
                && (again || self.fired[*place] == 0)
                && line.triggers.iter().any(|trigger| self.facts.comes(trigger, moment))
                && line.conditions.iter().all(|c| holds(c, moment.date(), &self.facts))
        };
        let too_late = self.schedule.lines.iter().enumerate().filter(too_late).count();
        let deposits = self.account.deposits.iter().filter(|deposit| !deposit.left().is_zero());
        self.told.push(Told {
            date: moment.date(),
            of_event: matches!(moment, Moment::OfEvent { .. }),
            fired,
            asked: std::mem::take(&mut self.asking),
            too_late,
            closed: self.closed,
            started: self.facts.started.is_some(),
            over: self.facts.terminal.map(|(ended, _)| ended),
            of_price: self.account.total().clone(),
            deposits: deposits.map(|deposit| deposit.label.clone()).collect(),
            unbilled: self.account.work.is_left(),
        });
    }

    fn consider(&mut self, index: usize, line: &Line, moment: &Moment) -> Result<(), NoTerm> {
        let times = match &line.amount {
            Amount::PercentInParts(_, parts) | Amount::SumInParts(_, parts) => Some(*parts),
            Amount::Work(_) => line.at_most,
            _ if !line.each => Some(1),
            _ => line.at_most,
        };
        if times.is_some_and(|times| self.fired[index] >= times) {
            return Ok(());
        }
        let trigger = if line.pro_rata && self.facts.terminal.is_some() {
            (0..1).find(|_| moment.is_terminal())
        } else {
            line.triggers.iter().position(|trigger| self.facts.comes(trigger, moment))
        };
        let Some(place) = trigger else { return Ok(()) };
        let sides = line.conditions.iter().map(|c| side(c, moment.date(), &self.facts));
        self.asking.push(Asked {
            line: index,
            trigger: place,
            sides: sides.collect(),
            times: (self.fired[index], times),
        });
        if !line.conditions.iter().all(|c| holds(c, moment.date(), &self.facts)) {
            return Ok(());
        }
        self.fire(index, line, &line.triggers[place], moment)
    }

    fn fire(
        &mut self,
        index: usize,
        line: &Line,
        trigger: &Trigger,
        moment: &Moment,
    ) -> Result<(), NoTerm> {
        let nth = self.fired[index] + 1;
        let before = self.lines.len();
        let kind = match line.kind {
            Kind::Deposit => "deposit",
            Kind::Installment => "installment",
            Kind::Discount => "discount",
            Kind::Balance => "balance",
        };
        let mut own = zero();
        if let Amount::Work(form) = line.amount {
            for (item, parts) in self.account.bill_work(line, form, moment, &self.facts)? {
                own += &item.amount;
                let said = Said {
                    label: &item.label,
                    service: Some(item.service),
                    item: Some(&item),
                    vat: item.vat.as_ref(),
                };
                self.emit(moment.date(), kind, line, &said, &parts);
            }
            self.fired[index] += u32::from(!own.is_zero());
        } else {
            let parts = self.account.bill(line, nth, trigger, moment, &self.facts)?;
            own = parts.iter().fold(own, |sum, part| sum + part);
            if !line.pro_rata || self.ran(trigger, moment) {
                self.fired[index] = nth;
            }
            let service = line.each.then(|| self.facts.period_of(trigger, moment.date())).flatten();
            let vat = line.vat.as_ref().or(self.schedule.vat.as_ref());
            let said = Said { label: &line.label, service, item: None, vat };
            self.emit(moment.date(), kind, line, &said, &parts);
        }
        self.firing.push((index, self.lines.len() > before));
        if line.kind == Kind::Balance {
            for (label, vat, parts) in self.account.deduct(line, &own) {
                let said = Said { label: &label, service: None, item: None, vat: vat.as_ref() };
                self.emit(moment.date(), "deduction", line, &said, &parts);
            }
            self.closed = !line.stays_open;
        }
        Ok(())
    }

    fn ran(&self, trigger: &Trigger, moment: &Moment) -> bool {
        let Trigger::PeriodEnd(months) = trigger else { return true };
        let (from, _) = super::moments::period(moment.date(), *months);
        !self.facts.run(from, moment.date()).is_empty()
    }

    fn emit(
        &mut self,
        date: NaiveDate,
        kind: &'static str,
        line: &Line,
        said: &Said,
        parts: &[Exact],
    ) {
        // §6: a part states what it counts only if it is the whole.
        let counted = |part: &Exact| {
            let item = said.item.filter(|item| item.amount == *part)?;
            let (quantity, price) = item.quantity.as_ref()?;
            Some((print(quantity, 4), print(price, 8)))
        };
        for (place, part) in parts.iter().enumerate().filter(|(_, part)| !part.is_zero()) {
            let payer = self.account.payers[place].name.clone();
            let billed = Billed {
                date: date.to_string(),
                invoice: 0,
                kind,
                line: line.label.clone(),
                label: said.label.to_owned(),
                payer: (!payer.is_empty()).then_some(payer),
                amount: print(part, 2),
                service: said.service.map(|(from, to)| (from.to_string(), to.to_string())),
                counted: counted(part),
                vat: said.vat.map(|vat| print(vat, 2)),
            };
            self.lines.push((date, place, billed));
        }
    }

    /// §6: `invoice` counts by day, then by payer.
    fn invoices(self) -> Vec<Billed> {
        let mut all: Vec<(NaiveDate, usize)> =
            self.lines.iter().map(|(date, place, _)| (*date, *place)).collect();
        all.sort_unstable();
        all.dedup();
        let number = |date, place| all.iter().position(|of| *of == (date, place)).unwrap_or(0) + 1;
        let billed = self.lines.into_iter();
        billed.map(|(date, place, line)| Billed { invoice: number(date, place), ..line }).collect()
    }
}
