//! What a schedule asks of the evaluator, dense: names are numbers, lines stand in the order in which
//! they fire, every amount is in its smallest unit. In: a sound schedule. It is made once and never
//! changes; no text of it is read while a case is billed.

mod conditions;
mod figures;
mod lines;
mod prices;
mod terms;

use super::{AnchorKind, PlannedTerms, SubjectKind, WhenKind};
use crate::calendar::Date;
use crate::money::{Currency, Exact, Hours, Money};
use serde::{Deserialize, Serialize};

pub use conditions::*;
pub use lines::*;
pub use prices::*;
pub use terms::*;

/// A name of an action, a deliverable or an event that the schedule mentions.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Name(pub u32);

/// A payer, by its place.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PayerId(pub u16);

/// A rate of tax or an exemption, by its place in the schedule.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TaxId(pub u16);

/// A schedule made dense.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct Program {
    /// From when this version is in force; the first one may say nothing.
    pub in_force_from: Option<Date>,
    /// The currency.
    pub currency: Currency,
    /// The price.
    pub price: Price,
    /// Default terms of a case.
    pub planned: PlannedTerms,
    /// Whether attendance is rounded to a whole percentage wherever it is used.
    pub whole_attendance: bool,
    /// Whether cases may be suspended.
    pub may_suspend: bool,
    /// Whether any action is declared, so that others are worth a notice.
    pub declares_actions: bool,
    /// What an action that the schedule does not list adds to the work, if it may come at all.
    pub unlisted: Option<Worked>,
    /// For each name: what it adds to the work, if it is an action.
    pub names: Vec<Named>,
    /// What each name is of, and the name.
    pub subjects: Vec<(SubjectKind, String)>,
    /// Who pays, in order; none where the case is billed to one.
    pub payers: Vec<Payer>,
    /// Their names.
    pub payer_names: Vec<String>,
    /// The taxes that are stated.
    pub taxes: Vec<Tax>,
    /// The tax of what states none of its own.
    pub tax: Option<TaxId>,
    /// Whether amounts are after tax.
    pub tax_included: bool,
    /// When invoices are due.
    pub payment: Option<PaymentTerm>,
    /// When those of each payer are due, where that differs.
    pub dues: Vec<Option<PaymentTerm>>,
    /// The lines in the order in which they fire: all others, then balances.
    pub lines: Vec<Line>,
}

impl Program {
    /// The number of a name; none where the schedule does not mention it.
    pub fn find(&self, kind: SubjectKind, name: &str) -> Option<Name> {
        let is = |(own_kind, own): &(SubjectKind, String)| *own_kind == kind && own == name;
        let place = self.subjects.iter().position(is)?;
        u32::try_from(place).ok().map(Name)
    }

    /// The terms that a line uses, fires it or not.
    pub fn needs(&self) -> Vec<Term> {
        let mut needs = Vec::new();
        for line in &self.lines {
            needs.extend(line.amount.needs(&self.price));
            needs
                .extend(line.whens.iter().filter_map(|when| when.planned()).map(PlannedDate::term));
            if let Some(condition) = &line.condition {
                condition.each_test(&mut |test| needs.extend(test.needs()));
            }
        }
        needs
    }

    /// The terms that the schedule states for all cases.
    pub fn defaults(&self) -> Terms {
        let price = self.price.figure().and_then(Agreed::stated);
        let rate = self.price.rate().and_then(Agreed::stated);
        let (hours, months) = (self.planned.hours, self.planned.months);
        Terms { price, rate, hours, months, ..Terms::default() }
    }

    /// Whether anything runs by the clock that stops while a case is suspended.
    pub fn follows_the_clock(&self) -> bool {
        let start = Anchor::Milestone(super::Milestone::Start);
        self.lines.iter().any(|line| {
            let when = |when: &When| when.anchor() == Some(start);
            let mut asks = false;
            if let Some(condition) = &line.condition {
                condition.each_test(&mut |test| {
                    asks |= matches!(test, Test::Since(a, _) if *a == start)
                });
            }
            asks || line.pro_rata || line.amount.measures_duration() || line.whens.iter().any(when)
        })
    }

    /// A rate in the currency's minor unit, as a fraction.
    #[inline]
    pub fn minor(&self, rate: Rate) -> (i128, i128) {
        (i128::from(rate.0) * 10_i128.pow(self.currency.decimals()), i128::from(Rate::ONE))
    }

    /// The total of the price under these terms, where it is known.
    pub fn total(
        &self,
        price: Option<Money>,
        rate: Option<Rate>,
        hours: Option<Hours>,
    ) -> Option<Exact> {
        self.price.total(price, rate.map(|rate| self.minor(rate)), hours)
    }
}

impl Program {
    /// What a line waits for by one of its triggers, as invoice lines name it.
    pub fn trigger_kind(&self, line: u32, when: u32) -> WhenKind {
        let line = self.lines.get(line as usize);
        let Some(when) = line.and_then(|line| line.whens.get(when as usize)) else {
            return WhenKind::Date;
        };
        match when {
            When::Milestone(milestone) => WhenKind::Milestone(*milestone),
            When::Named(name) => WhenKind::Subject(self.subject_kind(*name)),
            When::Progress => WhenKind::Progress,
            When::End(civil) => WhenKind::End(*civil),
            When::DayOfMonth(_) => WhenKind::DayOfMonth,
            When::After(_, anchor) | When::Every { anchor, first: false, .. } => {
                WhenKind::After(self.anchor_kind(*anchor))
            }
            When::Every { anchor, first: true, .. } => WhenKind::From(self.anchor_kind(*anchor)),
            When::Before(_, planned) => WhenKind::Before(*planned),
            When::Dates(_) => WhenKind::Date,
        }
    }

    fn anchor_kind(&self, anchor: Anchor) -> AnchorKind {
        match anchor {
            Anchor::Milestone(milestone) => AnchorKind::Milestone(milestone),
            Anchor::Named(name) => AnchorKind::Subject(self.subject_kind(name)),
            Anchor::Planned(planned) => AnchorKind::Planned(planned),
        }
    }

    fn subject_kind(&self, name: Name) -> SubjectKind {
        self.subjects.get(name.0 as usize).map_or(SubjectKind::Event, |(kind, _)| *kind)
    }
}
