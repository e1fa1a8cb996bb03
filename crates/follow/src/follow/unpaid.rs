//! The list of what is unpaid: one row for each case, day and currency, with each payer's share.

use super::book::Book;
use super::run::{Run, Standing};
use crate::calendar::Date;
use crate::model::FollowUp;
use crate::money::{Currency, Money};
use std::collections::{BTreeMap, BTreeSet};

/// A step of a payer, done or to come: its name and its day.
pub type NextStep = (String, Date);

/// A case and a day of which not all shares are at zero.
#[derive(Clone, Debug)]
pub struct Row {
    /// The case.
    pub case: String,
    /// The date of its invoices.
    pub date: Date,
    /// Their currency.
    pub currency: Currency,
    /// Their numbers.
    pub numbers: Vec<String>,
    /// What they asked in all.
    pub total: Money,
    /// What is open in all.
    pub open: Money,
    /// What is open of each payer; below zero what was paid too much.
    pub shares: BTreeMap<String, Money>,
    /// Each payer's own name, where it is known.
    pub payer_names: BTreeMap<String, String>,
    /// The customers.
    pub customers: BTreeSet<String>,
    /// The groups.
    pub groups: BTreeSet<String>,
    /// Days past the oldest due date among shares above zero.
    pub age_days: i64,
    /// The step of each payer that fired last.
    pub last_step: BTreeMap<String, NextStep>,
    /// The next step of each payer.
    pub next_step: BTreeMap<String, NextStep>,
    /// How the open invoices of the row stand.
    pub states: BTreeSet<&'static str>,
    /// The invoices of the same case and day that are withheld.
    pub withheld: Vec<String>,
}

/// What is open in one currency, by how long it is past due.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ageing {
    /// Not yet due; then 1 to 30, 31 to 60, 61 to 90 days past due, and more.
    pub open: [Money; 5],
    /// What was paid too much.
    pub overpaid: Money,
    /// All of it.
    pub total: Money,
}

impl Ageing {
    /// What is open, and apart from it what was paid too much.
    pub fn owed(&self) -> Owed {
        let open = self.open.iter().try_fold(Money::ZERO, |sum, part| sum.plus(*part));
        Owed { open: open.unwrap_or_default(), overpaid: self.overpaid }
    }
}

/// What is open, and what was paid too much: one does not make up for the other, since they are of different invoices.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Owed {
    /// The sum of what is open of invoices of which something is.
    pub open: Money,
    /// The sum of what was paid too much, below zero.
    pub overpaid: Money,
}

impl Owed {
    fn add(&mut self, open: Money) {
        let sum = if open < Money::ZERO { &mut self.overpaid } else { &mut self.open };
        *sum = sum.plus(open).unwrap_or(*sum);
    }
}

/// The list, with its totals.
#[derive(Clone, Debug, Default)]
pub struct Unpaid {
    /// The rows, by case, day and currency.
    pub rows: Vec<Row>,
    /// The sums, by currency: by age, and by payer.
    pub totals: BTreeMap<&'static str, (Ageing, BTreeMap<String, Owed>)>,
    /// How many invoices are withheld, and are in no sum.
    pub withheld: usize,
}

/// Past so many days one is in the next part of the ageing.
const AGES: [i64; 4] = [0, 30, 60, 90];

/// Makes the list of a run. `keep` says which rows are wanted; the totals are those of the rows that are kept.
pub fn unpaid(
    follow_ups: &[&FollowUp],
    book: &Book,
    run: &Run,
    as_of: Date,
    keep: &dyn Fn(&Row) -> bool,
) -> Unpaid {
    let mut rows: BTreeMap<(&str, Date, &'static str), Vec<&Standing>> = BTreeMap::new();
    for standing in &run.standings {
        let Some(invoice) = book.invoices.get(standing.invoice) else { continue };
        let key = (invoice.case.as_str(), invoice.date, invoice.currency.code());
        rows.entry(key).or_default().push(standing);
    }
    let mut withheld: BTreeMap<(&str, Date, &'static str), Vec<String>> = BTreeMap::new();
    for each in &run.withheld {
        let Some(invoice) = book.invoices.get(each.invoice) else { continue };
        let key = (invoice.case.as_str(), invoice.date, invoice.currency.code());
        withheld.entry(key).or_default().push(invoice.number.clone());
    }
    let mut unpaid = Unpaid { withheld: run.withheld.len(), ..Unpaid::default() };
    for ((case, date, code), standings) in rows {
        let Some(mut row) = row(follow_ups, book, &standings, as_of) else { continue };
        row.withheld = withheld.get(&(case, date, code)).cloned().unwrap_or_default();
        if row.shares.values().all(|share| *share == Money::ZERO) || !keep(&row) {
            continue;
        }
        let (ageing, shares) = unpaid.totals.entry(code).or_default();
        for standing in standings {
            age(ageing, standing, as_of);
            if let Some(invoice) = book.invoices.get(standing.invoice) {
                match shares.get_mut(&invoice.payer) {
                    Some(owed) => owed.add(standing.open),
                    None => shares.entry(invoice.payer.clone()).or_default().add(standing.open),
                }
            }
        }
        unpaid.rows.push(row);
    }
    unpaid
}

/// How many days past due it is; at least 0.
fn days_past(due: Option<Date>, as_of: Date) -> i64 {
    due.map_or(0, |due| as_of.days_since(due).max(0))
}

fn age(ageing: &mut Ageing, standing: &Standing, as_of: Date) {
    let add = |sum: &mut Money| *sum = sum.plus(standing.open).unwrap_or(*sum);
    add(&mut ageing.total);
    if standing.open < Money::ZERO {
        return add(&mut ageing.overpaid);
    }
    let days = days_past(standing.due, as_of);
    let part = AGES.iter().filter(|past| days > **past).count();
    if let Some(sum) = ageing.open.get_mut(part) {
        add(sum);
    }
}

fn row(follow_ups: &[&FollowUp], book: &Book, standings: &[&Standing], as_of: Date) -> Option<Row> {
    let first = book.invoices.get(standings.first()?.invoice)?;
    let mut row = Row {
        case: first.case.clone(),
        date: first.date,
        currency: first.currency,
        numbers: Vec::new(),
        total: Money::ZERO,
        open: Money::ZERO,
        shares: BTreeMap::new(),
        payer_names: BTreeMap::new(),
        customers: BTreeSet::new(),
        groups: BTreeSet::new(),
        age_days: 0,
        last_step: BTreeMap::new(),
        next_step: BTreeMap::new(),
        states: BTreeSet::new(),
        withheld: Vec::new(),
    };
    let label = |standing: &Standing, step: usize| {
        let follow_up = follow_ups.get(standing.follow_up?)?;
        Some(follow_up.steps.get(step)?.label.clone())
    };
    for standing in standings {
        let invoice = book.invoices.get(standing.invoice)?;
        row.numbers.push(invoice.number.clone());
        row.total = row.total.plus(invoice.total)?;
        row.open = row.open.plus(standing.open)?;
        let share = row.shares.entry(invoice.payer.clone()).or_default();
        *share = share.plus(standing.open)?;
        if let Some(name) = &invoice.payer_name {
            row.payer_names.insert(invoice.payer.clone(), name.clone());
        }
        row.customers.extend(invoice.customer.clone());
        row.groups.extend(invoice.group.clone());
        if let Some((day, step)) = standing.last
            && let Some(label) = label(standing, step)
        {
            let last = row.last_step.entry(invoice.payer.clone());
            let later = last.or_insert_with(|| (label.clone(), day));
            if day > later.1 {
                *later = (label, day);
            }
        }
        if let Some((day, step)) = standing.next
            && let Some(label) = label(standing, step)
        {
            let next = row.next_step.entry(invoice.payer.clone());
            let sooner = next.or_insert_with(|| (label.clone(), day));
            if day < sooner.1 {
                *sooner = (label, day);
            }
        }
        if standing.open != Money::ZERO {
            let states = [
                ("not-received", !standing.received),
                ("disputed", standing.disputed),
                ("promised", standing.promised),
                ("at-the-collector", standing.with_collector),
            ];
            row.states.extend(states.into_iter().filter(|(_, is)| *is).map(|(name, _)| name));
        }
    }
    row.numbers.sort();
    for standing in standings {
        let invoice = book.invoices.get(standing.invoice)?;
        let share = row.shares.get(&invoice.payer).copied().unwrap_or_default();
        if standing.open > Money::ZERO && share > Money::ZERO {
            row.age_days = row.age_days.max(days_past(standing.due, as_of));
        }
    }
    Some(row)
}
