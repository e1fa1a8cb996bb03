//! What a line that fires bills (§6).

use chrono::NaiveDate;
use num_traits::Zero;

use super::conditions::attendance;
use super::exact::{Exact, fraction, percent, round, whole, zero};
use super::moments::Facts;
use super::rules::{Amount, Event, Line, LineKind, Price, Rate, Schedule, What, Worked};
use super::sound::Terms;

/// A part of what a line bills; without a quantity it is no itemised work.
#[derive(Clone, Debug)]
pub struct Piece {
    pub label: String,
    pub amount: Exact,
    pub quantity: Option<Exact>,
    pub unit_price: Option<Exact>,
    pub service: Option<(NaiveDate, NaiveDate)>,
}

/// An action not yet billed as work.
#[derive(Clone, Debug)]
struct Undone {
    date: NaiveDate,
    name: String,
    hours: Exact,
}

/// What has been billed in a case so far.
#[derive(Clone, Debug)]
pub struct Account {
    /// The sum of all emitted lines, deductions included.
    pub total: Exact,
    /// The sum *S* of the percentages billed by deposits, and by the other lines.
    share_of_deposits: Exact,
    share_of_others: Exact,
    work: Vec<Undone>,
    /// The hours billed as work.
    hours: Exact,
    /// Deposits, oldest first, with what is left to deduct of each.
    pub deposits: Vec<Deposit>,
}

/// A deposit billed: where its line stands in the output, and what is left to deduct.
#[derive(Clone, Debug)]
pub struct Deposit {
    pub line: usize,
    pub label: String,
    pub left: Exact,
}

impl Default for Account {
    fn default() -> Self {
        Self {
            total: zero(),
            share_of_deposits: zero(),
            share_of_others: zero(),
            work: Vec::new(),
            hours: zero(),
            deposits: Vec::new(),
        }
    }
}

impl Account {
    /// Keeps a validated action for the next line of work.
    pub fn note(&mut self, event: &Event) {
        if let What::Action { name, worked } = &event.what {
            let hours = worked.as_ref().map_or_else(zero, Worked::hours);
            self.work.push(Undone { date: event.date, name: name.trim().to_owned(), hours });
        }
    }

    /// What the work not yet billed would come to.
    #[must_use]
    pub fn owed(&self, schedule: &Schedule) -> Exact {
        let items = self.clone().items(schedule);
        items.iter().fold(zero(), |sum, item| sum + &item.amount)
    }

    /// What the line bills when it fires, deductions apart.
    pub fn bill(
        &mut self,
        line: &Line,
        date: NaiveDate,
        facts: &Facts,
        terms: &Terms,
    ) -> Vec<Piece> {
        let cents = terms.schedule.currency.decimals;
        // A schedule that the checker accepts has a known price wherever one is asked for.
        let price = terms.price().unwrap_or_else(zero);
        let amount = match &line.amount {
            Amount::Work | Amount::WorkItemised => return self.bill_work(line, date, facts, terms),
            Amount::Percent(p) => self.bill_percent(line.kind, p, &price, cents),
            Amount::Money(amount) => amount.clone(),
            Amount::UpTo(p) => self.bring_up_to(p, &price, cents),
            Amount::Remainder => self.bring_up_to(&whole(100), &price, cents),
            Amount::Nothing => zero(),
            Amount::ProRataAttendance => {
                round(&(&price * at_most_one(attendance(facts, terms))), cents)
            }
            Amount::ProRataDuration => {
                round(&(&price * at_most_one(elapsed(date, facts, terms))), cents)
            }
        };
        vec![Piece {
            label: line.label.clone(),
            amount,
            quantity: None,
            unit_price: None,
            service: None,
        }]
    }

    /// §6, percentages: they share their rounding.
    fn bill_percent(&mut self, kind: LineKind, p: &Exact, price: &Exact, cents: u32) -> Exact {
        let share = match kind {
            LineKind::Deposit => &mut self.share_of_deposits,
            LineKind::Installment | LineKind::Balance => &mut self.share_of_others,
        };
        let before = round(&(price * percent(share)), cents);
        *share += p;
        round(&(price * percent(share)), cents) - before
    }

    /// §6, up to: what brings the case to that share; it settles the deposits.
    fn bring_up_to(&mut self, p: &Exact, price: &Exact, cents: u32) -> Exact {
        self.share_of_others = p.clone();
        self.deposits.clear();
        round(&(price * percent(p)), cents) - &self.total
    }

    /// §6, work: in one line, or one for each action.
    fn bill_work(
        &mut self,
        line: &Line,
        date: NaiveDate,
        facts: &Facts,
        terms: &Terms,
    ) -> Vec<Piece> {
        let mut items = self.items(terms.schedule);
        if line.kind == LineKind::Balance && !line.stays_open && facts.started.is_some() {
            items.extend(self.missing_hours(line, date, terms.schedule));
        }
        items.retain(|item| !item.amount.is_zero());
        if line.amount == Amount::WorkItemised {
            return items;
        }
        vec![Piece {
            label: line.label.clone(),
            amount: items.iter().fold(zero(), |sum, item| sum + &item.amount),
            quantity: None,
            unit_price: None,
            service: whole_service(&items),
        }]
    }

    /// Every action not yet billed, valued and rounded.
    fn items(&mut self, schedule: &Schedule) -> Vec<Piece> {
        let undone = std::mem::take(&mut self.work);
        undone.into_iter().map(|action| self.value(&action, schedule)).collect()
    }

    fn value(&mut self, action: &Undone, schedule: &Schedule) -> Piece {
        let (quantity, unit_price) = match &schedule.price {
            Price::Fixed(_) => (zero(), zero()),
            Price::Hourly { rate, at_most, .. } => {
                (self.hours_within(&action.hours, at_most.as_ref()), rate.clone())
            }
            Price::PerAction => match schedule.action(&action.name).map(|listed| &listed.rate) {
                Some(Rate::Hourly(rate)) => (action.hours.clone(), rate.clone()),
                Some(Rate::Flat(amount)) => (whole(1), amount.clone()),
                Some(Rate::NotBilled | Rate::Declared) | None => (zero(), zero()),
            },
        };
        item(action.name.clone(), action.date, quantity, unit_price, schedule)
    }

    /// `at most` cuts the hours billed over the life of the case, in order.
    fn hours_within(&mut self, hours: &Exact, at_most: Option<&Exact>) -> Exact {
        let billed = match at_most {
            Some(most) => hours.clone().min(most - &self.hours),
            None => hours.clone(),
        };
        self.hours += &billed;
        billed
    }

    /// `at least`: the hours missing at the closing of a case that has started.
    fn missing_hours(
        &mut self,
        line: &Line,
        date: NaiveDate,
        schedule: &Schedule,
    ) -> Option<Piece> {
        let Price::Hourly { rate, at_least: Some(least), .. } = &schedule.price else {
            return None;
        };
        let missing = least - &self.hours;
        if missing <= zero() {
            return None;
        }
        self.hours = least.clone();
        Some(item(line.label.clone(), date, missing, rate.clone(), schedule))
    }
}

/// An item of work: each is rounded by itself.
fn item(
    label: String,
    date: NaiveDate,
    quantity: Exact,
    unit_price: Exact,
    schedule: &Schedule,
) -> Piece {
    Piece {
        label,
        amount: round(&(&quantity * &unit_price), schedule.currency.decimals),
        quantity: Some(quantity),
        unit_price: Some(unit_price),
        service: Some((date, date)),
    }
}

/// From the first to the last date of the items.
fn whole_service(items: &[Piece]) -> Option<(NaiveDate, NaiveDate)> {
    let dates = || items.iter().filter_map(|item| item.service);
    Some((dates().map(|(from, _)| from).min()?, dates().map(|(_, to)| to).max()?))
}

/// §6, pro rata duration: days from the start to the date, both included, over the planned ones.
fn elapsed(date: NaiveDate, facts: &Facts, terms: &Terms) -> Exact {
    let Some(start) = facts.started else {
        return zero();
    };
    let planned = super::rules::Span::months(terms.planned_months.unwrap_or(0)).after(start);
    let days = planned.map_or(0, |end| (end - start).num_days());
    if days == 0 {
        return zero();
    }
    fraction((date - start).num_days() + 1, days)
}

fn at_most_one(share: Exact) -> Exact {
    share.min(whole(1))
}
