//! A real portfolio on two versions: which cases are billed otherwise, and by how much.
//!
//! Cases are looked at one by one, and what is found of some of them is joined with what is found of
//! the others: whoever works on them may do so in parts.

use crate::calendar::Date;
use crate::feed::{Biller, Book, EventsOf, Histories, Place, Unbilled, UnbilledReason};
use crate::lang::Lang;
use crate::model::InvoiceLine;
use crate::money::Currency;
use crate::verify::versions::Verdict;
use std::collections::BTreeMap;

/// What a case comes to on one version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is billed: the currency, and the sum of its lines in minor units.
    Billed(Currency, i128),
    /// It is withheld.
    Withheld(Withheld),
}

/// Why a case is withheld.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withheld {
    /// Where the reason stands.
    pub place: Option<Place>,
    /// The reason.
    pub reason: String,
    /// Whether it is that the program failed on the case.
    pub failed: bool,
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

/// A case that both versions withhold: nothing is known of how it would be billed.
#[derive(Clone, Debug)]
pub struct CaseWithheld {
    /// Its name.
    pub case: String,
    /// Why the old version withholds it, and why the new one does.
    pub reasons: [Withheld; 2],
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

/// A portfolio on two versions, or a part of it.
#[derive(Clone, Debug, Default)]
pub struct Portfolio {
    /// How many cases there are.
    pub cases: usize,
    /// Those that both withhold, in the order of the input.
    pub withheld: Vec<CaseWithheld>,
    /// Those that are not billed alike, in the order of the input.
    pub changed: Vec<CaseChange>,
    /// On how many of them the program failed.
    pub failed: u64,
    /// How many lines could belong to any of them, and were skipped.
    pub unreadable: u64,
    /// What is billed in all, by currency.
    pub sums: BTreeMap<&'static str, Sums>,
}

/// What a case comes to on a version, and what is compared of it.
pub struct Side {
    outcome: Outcome,
    lines: Vec<InvoiceLine>,
    /// What each day comes to, where it is not nothing.
    days: BTreeMap<Date, i128>,
}

/// A version, which takes a case by the schedule on which it is opened, as a run does: one that is
/// opened on a name which the version does not have is withheld by it.
pub struct Version<'b> {
    book: &'b Book,
    biller: Biller<'b>,
}

impl<'b> Version<'b> {
    /// The version that these schedules are.
    pub fn new(book: &'b Book) -> Self {
        Self { book, biller: Biller::keeping(book, 0) }
    }

    /// Bills a case.
    pub fn bill(&mut self, histories: &Histories, case: usize, as_of: Date, lang: Lang) -> Side {
        match self.biller.bill(histories, case, as_of) {
            Ok(mut billed) => {
                let mut days: BTreeMap<Date, i128> = BTreeMap::new();
                for (date, _, amount) in billed.bill.lines.amounts() {
                    *days.entry(date).or_default() += i128::from(amount.0);
                }
                let outcome = Outcome::Billed(billed.plan.schedule.currency, days.values().sum());
                days.retain(|_, amount| *amount != 0);
                let mut lines = Vec::new();
                billed.each_line(|line| lines.push(line.to_line()));
                Side { outcome, lines, days }
            }
            Err(unbilled) => withheld(self.book, histories, case, &unbilled, lang),
        }
    }

    /// Withholds a case on which the program failed, and begins anew.
    pub fn withhold(&mut self, histories: &Histories, case: usize, lang: Lang) -> Side {
        self.biller = Biller::keeping(self.book, 0);
        let place = histories.first_place(case);
        let unbilled = Unbilled { place, reason: UnbilledReason::Panic };
        withheld(self.book, histories, case, &unbilled, lang)
    }
}

fn withheld(
    book: &Book,
    histories: &Histories,
    case: usize,
    unbilled: &Unbilled<'_>,
    lang: Lang,
) -> Side {
    let reason = unbilled.say(book, &EventsOf { histories, case }, lang);
    let failed = matches!(unbilled.reason, UnbilledReason::Panic);
    let place = unbilled.place;
    let outcome = Outcome::Withheld(Withheld { place, reason, failed });
    Side { outcome, lines: Vec::new(), days: BTreeMap::new() }
}

impl Portfolio {
    /// Takes in a case that was billed on both versions; `money` is whether only what each day comes
    /// to is compared.
    pub fn take(&mut self, name: &str, [old, new]: [Side; 2], money: bool) {
        self.cases += 1;
        for (side, outcome) in [&old.outcome, &new.outcome].into_iter().enumerate() {
            if let Outcome::Billed(currency, sum) = outcome {
                let sums = self.sums.entry(currency.code()).or_default();
                sums.decimals = currency.decimals();
                if let Some(minor) = sums.minor.get_mut(side) {
                    *minor = minor.saturating_add(*sum);
                }
            }
        }
        let failed =
            |side: &Side| matches!(&side.outcome, Outcome::Withheld(withheld) if withheld.failed);
        self.failed += u64::from(failed(&old) || failed(&new));
        let differs = match (&old.outcome, &new.outcome) {
            (Outcome::Withheld(one), Outcome::Withheld(other)) => {
                let (case, reasons) = (name.to_owned(), [one.clone(), other.clone()]);
                self.withheld.push(CaseWithheld { case, reasons });
                return;
            }
            (Outcome::Billed(a, sum), Outcome::Billed(b, other_sum)) => {
                let same_sum = a == b && sum == other_sum;
                difference(&old, &new, money)
                    .map(|in_lines| if same_sum { in_lines } else { Differs::Sum })
            }
            (Outcome::Billed(..), Outcome::Withheld(_))
            | (Outcome::Withheld(_), Outcome::Billed(..)) => Some(Differs::Withheld),
        };
        if let Some(differs) = differs {
            let (case, outcomes) = (name.to_owned(), [old.outcome, new.outcome]);
            self.changed.push(CaseChange { case, outcomes, differs });
        }
    }

    /// Takes in what was found of the cases that follow.
    pub fn join(&mut self, next: Portfolio) {
        self.cases += next.cases;
        self.withheld.extend(next.withheld);
        self.changed.extend(next.changed);
        self.failed += next.failed;
        self.unreadable += next.unreadable;
        for (currency, more) in next.sums {
            let sums = self.sums.entry(currency).or_default();
            sums.decimals = more.decimals;
            for (sum, more) in sums.minor.iter_mut().zip(more.minor) {
                *sum = sum.saturating_add(more);
            }
        }
    }

    /// What is known of these cases alone: a case that both versions withhold, or a line that was
    /// skipped, leaves open whether the versions bill them alike.
    pub fn verdict(&self) -> Verdict {
        if !self.changed.is_empty() {
            Verdict::Different
        } else if !self.withheld.is_empty() || self.unreadable > 0 {
            Verdict::Unknown
        } else {
            Verdict::Equivalent
        }
    }
}

/// In what the lines differ, if in anything; where only money counts, in what is billed on each day.
fn difference(old: &Side, new: &Side, money: bool) -> Option<Differs> {
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
