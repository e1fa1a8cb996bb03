//! Work (§2 of the second part): entries go in, in the order of moments; valued and rounded items come
//! out. Steps, tiers and caps of the action first, bounds of the price after them.

use chrono::{Datelike, NaiveDate};
use num_traits::{Signed, Zero};

use super::account::NoTerm;
use super::rules::{Action, Measure, Price, Rate, Schedule, WorkForm};
use crate::exact::{Exact, fraction, percent, round, whole, zero};

/// What stands on an invoice.
#[derive(Clone, Debug)]
pub struct Item {
    pub label: String,
    pub amount: Exact,
    /// What of it belongs to the price.
    pub of_price: Exact,
    /// With the unit price, where it is counted and no bound in money has cut it.
    pub quantity: Option<(Exact, Exact)>,
    pub service: (NaiveDate, NaiveDate),
    /// The tax of its action, where it has one of its own.
    pub vat: Option<Exact>,
}

/// An entry cut at the bounds of tiers: so much of it at one rate.
struct Piece {
    quantity: Exact,
    rate: Exact,
    counted: bool,
}

/// The entries of one action at one rate.
struct Group {
    rate: Exact,
    total: Exact,
    /// Counted, and not cut by a bound in money.
    whole_line: bool,
    begun: bool,
    item: Item,
}

/// What has been worked and is not billed, and what the bounds count.
#[derive(Clone, Debug)]
pub struct Work<'a> {
    schedule: &'a Schedule,
    entries: Vec<(NaiveDate, Action, Option<Measure>)>,
    /// The hours that an hourly price has billed.
    hours: Exact,
    /// Of each action: the month it counts in, and how much.
    used: Vec<(Option<(i32, u32)>, Exact)>,
    /// The money of each month that the bounds of the price count.
    months: Vec<((i32, u32), Exact)>,
    in_all: Exact,
    /// Whether anything was worked while no rate was stated.
    unrated: bool,
}

impl<'a> Work<'a> {
    #[must_use]
    pub fn new(schedule: &'a Schedule) -> Self {
        let used = vec![(None, zero()); schedule.actions.len()];
        Self {
            schedule,
            entries: Vec::new(),
            hours: zero(),
            used,
            months: Vec::new(),
            in_all: zero(),
            unrated: false,
        }
    }

    /// An action; work without a rate of its own takes the rate in force.
    pub fn note(
        &mut self,
        date: NaiveDate,
        name: &'static str,
        measure: Option<Measure>,
        rate: Option<&Exact>,
    ) {
        let listed = self.schedule.actions.iter().find(|action| action.name == name);
        match (listed, rate) {
            (Some(action), _) if !matches!(action.rate, Rate::AsPriced) => {
                self.entries.push((date, action.clone(), measure));
            }
            (_, Some(in_force)) if matches!(self.schedule.price, Price::Hourly { .. }) => {
                let rate = Rate::Hourly(vec![(None, in_force.clone())]);
                let (step, at_most, each_month) = (None, None, false);
                let vat = listed.and_then(|action| action.vat.clone());
                let action = Action { name, rate, step, vat, at_most, each_month };
                self.entries.push((date, action, measure));
            }
            (_, None) if matches!(self.schedule.price, Price::Hourly { .. }) => self.unrated = true,
            _ => {}
        }
    }

    /// Whether anything is not billed that comes to a sum.
    #[must_use]
    pub fn is_left(&self) -> bool {
        let all = self.clone().itemised();
        all.iter().any(|item| !item.amount.is_zero())
    }

    /// Whether the price itself bills work of that name.
    fn is_priced(&self, name: &str) -> bool {
        let own = |action: &&Action| action.name == name && !matches!(action.rate, Rate::AsPriced);
        matches!(self.schedule.price, Price::PerAction { .. })
            || matches!(self.schedule.price, Price::Hourly { .. })
                && !self.schedule.actions.iter().any(|action| own(&action))
    }

    /// Everything not yet billed, in that form. A closing balance adds what is missing to `at least`.
    pub fn bill(
        &mut self,
        form: WorkForm,
        label: &str,
        date: NaiveDate,
        closes_a_started_case: bool,
        rate: Option<&Exact>,
        vat: Option<&Exact>,
    ) -> Result<Vec<Item>, NoTerm> {
        if self.unrated {
            return Err(NoTerm);
        }
        let mut items = match form {
            WorkForm::ByAction => self.by_action(),
            WorkForm::Whole | WorkForm::Itemised => self.itemised(),
        };
        let mut missing_hours = None;
        let missing = match &self.schedule.price {
            Price::PerAction { at_least: Some(least), .. } => least - &self.in_all,
            Price::Hourly { at_least: Some(least), .. } => {
                let hours = (least - &self.hours).max(zero());
                if closes_a_started_case && hours.is_positive() {
                    let rate = rate.ok_or(NoTerm)?;
                    self.hours += &hours;
                    missing_hours = Some((hours.clone(), rate.clone()));
                    round(&(hours * rate), 2)
                } else {
                    zero()
                }
            }
            _ => zero(),
        };
        if closes_a_started_case && missing.is_positive() {
            self.in_all += &missing;
            let label = label.to_owned();
            let (of_price, quantity) = (missing.clone(), missing_hours);
            let service = (date, date);
            items.push(Item { label, amount: missing, of_price, quantity, service, vat: None });
        }
        items.retain(|item| !item.amount.is_zero());
        for item in &mut items {
            item.vat = item.vat.take().or_else(|| vat.cloned());
        }
        if form != WorkForm::Whole {
            return Ok(items);
        }
        // One line for each rate of tax, in order of first appearance.
        let mut lines: Vec<Item> = Vec::new();
        for item in items {
            if let Some(line) = lines.iter_mut().find(|line| line.vat == item.vat) {
                line.amount += item.amount;
                line.of_price += item.of_price;
                line.service.0 = line.service.0.min(item.service.0);
                line.service.1 = line.service.1.max(item.service.1);
            } else {
                lines.push(Item { label: label.to_owned(), quantity: None, ..item });
            }
        }
        Ok(lines)
    }

    fn itemised(&mut self) -> Vec<Item> {
        let mut items = Vec::new();
        for (date, action, measure) in std::mem::take(&mut self.entries) {
            for piece in self.pieces(&action, date, measure) {
                let amount = round(&(&piece.quantity * &piece.rate), 2);
                let within = self.within(date, amount.clone());
                let quantity = (piece.counted && within == amount)
                    .then(|| (piece.quantity.clone(), piece.rate.clone()));
                let label = action.name.to_owned();
                let of_price = if self.is_priced(&label) { within.clone() } else { zero() };
                items.push(Item {
                    label,
                    amount: within,
                    of_price,
                    quantity,
                    service: (date, date),
                    vat: action.vat.clone(),
                });
            }
        }
        items
    }

    /// One line for each action and rate, rounded once; an entry counts with what it adds to it.
    fn by_action(&mut self) -> Vec<Item> {
        let mut groups: Vec<Group> = Vec::new();
        for (date, action, measure) in std::mem::take(&mut self.entries) {
            for piece in self.pieces(&action, date, measure) {
                let is_same =
                    |group: &Group| group.item.label == action.name && group.rate == piece.rate;
                let place = groups.iter().position(is_same).unwrap_or_else(|| {
                    let (label, service) = (action.name.to_owned(), (date, date));
                    let of_price = zero();
                    let vat = action.vat.clone();
                    let item =
                        Item { label, amount: zero(), of_price, quantity: None, service, vat };
                    let (rate, total) = (piece.rate.clone(), zero());
                    let (whole_line, begun) = (piece.counted, false);
                    groups.push(Group { rate, total, whole_line, begun, item });
                    groups.len() - 1
                });
                let Group { rate, total, whole_line, begun, item } = &mut groups[place];
                let before = round(&(&*total * &*rate), 2);
                *total += &piece.quantity;
                let adds = round(&(&*total * &*rate), 2) - before;
                let within = self.within(date, adds.clone());
                *whole_line &= within == adds;
                // What a bound cuts away as a whole is no work on the line.
                if adds.is_zero() || !within.is_zero() {
                    let none_yet = !*begun;
                    item.service = (if none_yet { date } else { item.service.0 }, date);
                    *begun = true;
                }
                if self.is_priced(action.name) {
                    item.of_price += &within;
                }
                item.amount += within;
            }
        }
        let line = |group: Group| Item {
            quantity: group.whole_line.then_some((group.total, group.rate)),
            ..group.item
        };
        groups.into_iter().map(line).collect()
    }

    fn pieces(&mut self, action: &Action, date: NaiveDate, measure: Option<Measure>) -> Vec<Piece> {
        if self.is_priced(action.name)
            && let Price::Hourly { at_most, .. } = &self.schedule.price
        {
            let (Rate::Hourly(tiers), Some(Measure::Hours(hours))) = (&action.rate, measure) else {
                return Vec::new();
            };
            let left = at_most.as_ref().map_or(hours.clone(), |most| most - &self.hours);
            return tiered(tiers, &mut self.hours, hours.min(left));
        }
        let place = self.schedule.actions.iter().position(|other| other.name == action.name);
        let (month, used) = &mut self.used[place.expect("listed")];
        let this = Some((date.year(), date.month()));
        if action.each_month && *month != this {
            (*month, *used) = (this, zero());
        }
        let left = action.at_most.as_ref().map(|most| most - &*used);
        let within = |quantity: Exact| match &left {
            Some(left) => quantity.min(left.clone()),
            None => quantity,
        };
        match (&action.rate, measure) {
            (Rate::Hourly(tiers), Some(Measure::Hours(hours))) => {
                let stepped = action.step.map_or(hours.clone(), |minutes| {
                    let step = fraction(minutes.into(), 60);
                    (hours / &step).ceil() * step
                });
                tiered(tiers, used, within(stepped))
            }
            (Rate::Per(_, tiers), Some(Measure::Quantity(quantity))) => {
                tiered(tiers, used, within(quantity))
            }
            (Rate::Share(share), Some(Measure::Amount(amount))) if !amount.is_zero() => {
                vec![Piece { quantity: amount, rate: percent(share), counted: false }]
            }
            (Rate::Flat(flat), _) if within(whole(1)) == whole(1) => {
                *used += whole(1);
                vec![Piece { quantity: whole(1), rate: flat.clone(), counted: true }]
            }
            _ => Vec::new(),
        }
    }

    /// What the bound of the price, in all or of the month, leaves of it.
    fn within(&mut self, date: NaiveDate, amount: Exact) -> Exact {
        let Price::PerAction { at_most, each_month, .. } = &self.schedule.price else {
            return amount;
        };
        let month = (date.year(), date.month());
        let of_month = |(other, _): &((i32, u32), Exact)| *other == month;
        let place = self.months.iter().position(of_month).unwrap_or_else(|| {
            self.months.push((month, zero()));
            self.months.len() - 1
        });
        let counted = if *each_month { &self.months[place].1 } else { &self.in_all };
        let amount = match at_most {
            Some(most) => amount.min((most - counted).max(zero())),
            None => amount,
        };
        self.months[place].1 += &amount;
        self.in_all += &amount;
        amount
    }
}

/// What lies up to and including a bound is billed at its rate, and so on.
fn tiered(tiers: &[(Option<Exact>, Exact)], used: &mut Exact, quantity: Exact) -> Vec<Piece> {
    let mut left = quantity;
    let mut pieces = Vec::new();
    for (bound, rate) in tiers {
        let room = bound.as_ref().map_or(left.clone(), |bound| bound - &*used);
        let taken = room.min(left.clone());
        if taken.is_positive() {
            *used += &taken;
            left -= &taken;
            pieces.push(Piece { quantity: taken, rate: rate.clone(), counted: true });
        }
    }
    pieces
}
