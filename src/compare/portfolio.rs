//! A real portfolio on two versions: which cases are billed otherwise, and by how much.

use crate::calendar::Date;
use crate::feed::{Biller, Book, Histories, Place, Unbilled};
use crate::lang::Lang;
use crate::model::InvoiceLine;
use crate::money::Currency;
use std::collections::BTreeMap;

/// What a case comes to on one version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is billed: the currency, and the sum of its lines in minor units.
    Billed(Currency, i128),
    /// It is withheld: where the reason stands, and the reason.
    Withheld(Option<Place>, String),
}

/// A case that is not billed alike.
#[derive(Clone, Debug)]
pub struct CaseChange {
    /// Its name.
    pub case: String,
    /// What it comes to on the old version and on the new one.
    pub outcomes: [Outcome; 2],
    /// What differs.
    pub differs: Differs,
}

/// In what a case is not billed alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Differs {
    /// One version withholds it.
    Withheld,
    /// It comes to another sum, or to another currency.
    Sum,
    /// It comes to the same sum on other days.
    Days,
    /// It comes to the same sum on each day, with other lines.
    Lines,
}

impl Differs {
    /// As JSON names it.
    pub fn name(self) -> &'static str {
        match self {
            Differs::Withheld => "withheld",
            Differs::Sum => "sum",
            Differs::Days => "days",
            Differs::Lines => "lines",
        }
    }
}

/// What is billed in all, in minor units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// By the old and by the new version.
    pub minor: [i128; 2],
    /// How many decimals the currency has.
    pub decimals: u32,
}

/// A portfolio on two versions.
#[derive(Clone, Debug, Default)]
pub struct Portfolio {
    /// How many cases there are.
    pub cases: usize,
    /// Those that both withhold.
    pub withheld_by_both: usize,
    /// Those that are not billed alike, in the order of the input.
    pub changed: Vec<CaseChange>,
    /// What is billed in all, by currency.
    pub sums: BTreeMap<&'static str, Sums>,
}

/// Bills every case on both versions, each of which takes it by the schedule on which it is opened, as
/// a run does: one that is opened on a name which a version no longer has is withheld by it.
pub fn portfolio(
    [old, new]: [&Book; 2],
    histories: &Histories,
    as_of: Date,
    money: bool,
    lang: Lang,
) -> Portfolio {
    let mut billers = [Biller::new(old), Biller::new(new)];
    let mut found = Portfolio { cases: histories.case_count(), ..Portfolio::default() };
    for case in 0..histories.case_count() {
        let mut sides = billers
            .iter_mut()
            .zip([old, new])
            .map(|(biller, book)| billed(biller, book, histories, case, as_of, lang));
        let (Some(one), Some(other)) = (sides.next(), sides.next()) else { continue };
        for (side, (outcome, _)) in [&one, &other].into_iter().enumerate() {
            if let Outcome::Billed(currency, sum) = outcome {
                let sums = found.sums.entry(currency.code()).or_default();
                sums.decimals = currency.decimals();
                if let Some(minor) = sums.minor.get_mut(side) {
                    *minor = minor.saturating_add(*sum);
                }
            }
        }
        let differs = match (&one.0, &other.0) {
            (Outcome::Withheld(..), Outcome::Withheld(..)) => {
                found.withheld_by_both += 1;
                None
            }
            (Outcome::Billed(a, sum), Outcome::Billed(b, other_sum)) => {
                let same_sum = a == b && sum == other_sum;
                difference(&one.1, &other.1, money)
                    .map(|in_lines| if same_sum { in_lines } else { Differs::Sum })
            }
            (Outcome::Billed(..), Outcome::Withheld(..))
            | (Outcome::Withheld(..), Outcome::Billed(..)) => Some(Differs::Withheld),
        };
        if let Some(differs) = differs {
            let case = histories.name_of(case).unwrap_or_default().to_owned();
            found.changed.push(CaseChange { case, outcomes: [one.0, other.0], differs });
        }
    }
    found
}

/// What is compared of a case that is billed.
#[derive(Default)]
struct Said {
    lines: Vec<InvoiceLine>,
    /// What each day comes to, where it is not nothing.
    days: BTreeMap<Date, i128>,
}

fn billed<'b>(
    biller: &mut Biller<'b>,
    book: &'b Book,
    histories: &Histories,
    case: usize,
    as_of: Date,
    lang: Lang,
) -> (Outcome, Said) {
    let withheld = |unbilled: Unbilled<'_>| {
        let reason = histories.case(case).map(|case| unbilled.say(book, &case, lang));
        (Outcome::Withheld(unbilled.place, reason.unwrap_or_default()), Said::default())
    };
    match biller.bill(histories, case, as_of) {
        Ok(mut billed) => {
            let currency = billed.plan.schedule.currency;
            let mut said = Said::default();
            for line in billed.bill.lines {
                *said.days.entry(line.date).or_default() += i128::from(line.amount.0);
            }
            let sum = said.days.values().sum();
            said.days.retain(|_, amount| *amount != 0);
            billed.each_line(|line| said.lines.push(line.to_line()));
            (Outcome::Billed(currency, sum), said)
        }
        Err(unbilled) => withheld(unbilled),
    }
}

/// In what the lines differ, if in anything; where only money counts, in what is billed on each day.
fn difference(old: &Said, new: &Said, money: bool) -> Option<Differs> {
    if old.days != new.days {
        return Some(Differs::Days);
    }
    let (old, new) = (&old.lines, &new.lines);
    let same = money
        || old.len() == new.len()
            && old.iter().zip(new).all(|(one, other)| says(one, old) == says(other, new));
    (!same).then_some(Differs::Lines)
}

/// A line without the name of its schedule, which is compared apart, and without the ids that come
/// of it: a deposit that is deducted is told by its place.
fn says(line: &InvoiceLine, all: &[InvoiceLine]) -> (Option<usize>, InvoiceLine) {
    let place = line.deducts.as_ref().and_then(|of| all.iter().position(|line| line.id == *of));
    let (schedule, id, deducts) = (String::new(), String::new(), None);
    (place, InvoiceLine { schedule, id, deducts, ..line.clone() })
}
