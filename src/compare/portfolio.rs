//! A real portfolio on two versions: which cases are billed otherwise, and by how much.

use super::Match;
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

/// The books of both versions. A schedule that was renamed goes by its old name, so that cases opened
/// on it are found.
fn books(matches: &[Match<'_>]) -> [Book; 2] {
    let (mut old, mut new) = (Book::default(), Book::default());
    for of in matches {
        // Names are distinct within a file, and a new name is none of the old ones.
        if let Some(plan) = of.old {
            let _ = old.add(plan.clone());
        }
        if let Some(plan) = of.new {
            let mut plan = plan.clone();
            of.name().clone_into(&mut plan.schedule.name);
            let _ = new.add(plan);
        }
    }
    [old, new]
}

/// Bills every case on both versions.
pub fn portfolio(
    matches: &[Match<'_>],
    histories: &Histories,
    as_of: Date,
    money: bool,
    lang: Lang,
) -> Portfolio {
    let [old, new] = books(matches);
    let mut billers = [Biller::new(&old), Biller::new(&new)];
    let mut found = Portfolio { cases: histories.case_count(), ..Portfolio::default() };
    for case in 0..histories.case_count() {
        let mut sides = billers
            .iter_mut()
            .zip([&old, &new])
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
        let same = match (&one.0, &other.0) {
            (Outcome::Withheld(..), Outcome::Withheld(..)) => {
                found.withheld_by_both += 1;
                true
            }
            (Outcome::Billed(a, _), Outcome::Billed(b, _)) => {
                a == b
                    && if money { one.1.days == other.1.days } else { one.1.lines == other.1.lines }
            }
            (Outcome::Billed(..), Outcome::Withheld(..))
            | (Outcome::Withheld(..), Outcome::Billed(..)) => false,
        };
        if !same {
            let case = histories.name_of(case).unwrap_or_default().to_owned();
            found.changed.push(CaseChange { case, outcomes: [one.0, other.0] });
        }
    }
    found
}

/// What is compared of a case that is billed.
#[derive(Default)]
struct Said {
    /// Its lines, with their ids: what has an id of its own is credited and billed anew.
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
