//! A real portfolio on two versions: which cases are billed otherwise, and by how much.

use super::Match;
use crate::calendar::Date;
use crate::feed::{Biller, Book, Case, Histories, Place, Unbilled};
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

/// The books of both versions, each schedule under the name that it is given here.
fn books<'p>(matches: &[Match<'p>], name: impl Fn(&Match<'p>) -> &'p str) -> [Book; 2] {
    let (mut old, mut new) = (Book::default(), Book::default());
    for of in matches {
        for (book, plan) in [(&mut old, of.old), (&mut new, of.new)] {
            if let Some(plan) = plan {
                let mut plan = plan.clone();
                name(of).clone_into(&mut plan.schedule.name);
                // Names are distinct within a file, and a new name is none of the old ones.
                let _ = book.add(plan);
            }
        }
    }
    [old, new]
}

/// The new name of the schedule that was renamed, if one was.
fn new_name<'p>(matches: &[Match<'p>]) -> Option<&'p str> {
    matches.iter().find_map(|of| {
        let (old, new) = of.old.zip(of.new)?;
        (old.schedule.name != new.schedule.name).then_some(new.schedule.name.as_str())
    })
}

/// Bills every case on both versions. A case may be opened on either name of a schedule that was
/// renamed: it then goes by that name in both.
pub fn portfolio(
    matches: &[Match<'_>],
    histories: &Histories,
    as_of: Date,
    money: bool,
    lang: Lang,
) -> Portfolio {
    let renamed = new_name(matches);
    let by_old_name = books(matches, |of| of.name());
    let by_new_name = books(matches, |of| Match { old: of.new, new: of.old }.name());
    let mut old_name = by_old_name.each_ref().map(|book| (Biller::new(book), book));
    let mut new_name = by_new_name.each_ref().map(|book| (Biller::new(book), book));
    let mut found = Portfolio { cases: histories.case_count(), ..Portfolio::default() };
    for case in 0..histories.case_count() {
        let on_new_name = renamed.is_some_and(|name| {
            let opens = |case: Case| case.events.iter().any(|it| it.kind.opens() == Some(name));
            histories.case(case).is_some_and(opens)
        });
        let versions = if on_new_name { &mut new_name } else { &mut old_name };
        let [one, other] = versions
            .each_mut()
            .map(|(biller, book)| billed(biller, book, histories, case, as_of, lang));
        found.add(histories.name_of(case).unwrap_or_default(), one, other, money);
    }
    found
}

impl Portfolio {
    /// A case, as each version bills it.
    fn add(&mut self, case: &str, old: (Outcome, Said), new: (Outcome, Said), money: bool) {
        for (side, (outcome, _)) in [&old, &new].into_iter().enumerate() {
            if let Outcome::Billed(currency, sum) = outcome {
                let sums = self.sums.entry(currency.code()).or_default();
                sums.decimals = currency.decimals();
                if let Some(minor) = sums.minor.get_mut(side) {
                    *minor = minor.saturating_add(*sum);
                }
            }
        }
        let ((old, old_said), (new, new_said)) = (old, new);
        let same = match (&old, &new) {
            (Outcome::Withheld(..), Outcome::Withheld(..)) => {
                self.withheld_by_both += 1;
                true
            }
            (Outcome::Billed(a, _), Outcome::Billed(b, _)) if money => {
                a == b && old_said.days == new_said.days
            }
            (Outcome::Billed(a, _), Outcome::Billed(b, _)) => {
                a == b && old_said.lines == new_said.lines
            }
            (Outcome::Billed(..), Outcome::Withheld(..))
            | (Outcome::Withheld(..), Outcome::Billed(..)) => false,
        };
        if !same {
            self.changed.push(CaseChange { case: case.to_owned(), outcomes: [old, new] });
        }
    }
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
