//! Properties that compare two histories: what they share.
//!
//! In: the situations that a search reaches. Out: findings, each with both histories. Every situation
//! is looked at with both continuations; what they bill is compared as far as the search knows it.
//! Where that cannot differ, that is the proof. Otherwise both are run through the evaluator: a
//! difference is a finding, and none leaves it unknown.

use super::key::Key;

use super::replay::{Replay, replay};
use super::run::{OF_MONEY, Run, shown_moments};
use super::shapes;
use super::{Compared, Witness};
use crate::calendar::Date;
use crate::model::program::Opening;
use crate::model::{Event, Property, Terminal};
use crate::money::Money;
use std::collections::BTreeMap;

/// So many continuations are compared for one property at the most.
pub(super) const MOST_COMPARED: usize = 2_000_000;
/// So many histories are run for one property at the most.
pub(super) const MOST_REPLAYS: usize = 2_000;

/// A history that ends in what is compared, and what came of it.
pub(super) struct Tried {
    pub(super) events: Vec<Event>,
    pub(super) replay: Replay,
    pub(super) as_of: Date,
}

impl Tried {
    pub(super) fn billed(&self) -> Money {
        self.replay.moments.last().map_or(Money::ZERO, |moment| moment.after.billed)
    }

    /// What comes after a day left out.
    pub(super) fn up_to(mut self, day: Date) -> Tried {
        self.replay.moments.retain(|moment| moment.date <= day);
        self
    }

    /// The first day on which it bills otherwise than another.
    pub(super) fn parts_from(&self, other: &Tried) -> Option<Date> {
        let (one, other) = (self.by_day(), other.by_day());
        let days = one.keys().chain(other.keys());
        days.filter(|day| one.get(*day) != other.get(*day)).min().copied()
    }

    /// What is billed on each day on which anything is.
    fn by_day(&self) -> BTreeMap<Date, Money> {
        let mut days: BTreeMap<Date, Money> = BTreeMap::new();
        for moment in &self.replay.moments {
            let day = days.entry(moment.date).or_default();
            *day = day.plus(moment.amount).unwrap_or_default();
        }
        days.retain(|_, amount| *amount != Money::ZERO);
        days
    }
}

/// What came of a comparison.
pub(super) enum Outcome {
    /// No continuation can differ.
    Alike,
    /// Two histories that do.
    Differs(Box<Witness>),
    /// They may differ as far as the search knows, and no two histories were found that do.
    Open,
}

impl Run<'_> {
    /// Looks at the properties that compare histories, as far as they are asked for.
    pub(super) fn compare(&mut self) {
        let wants = |property: Property| self.options.wants(property);
        let pairs = if wants(Property::Order) { self.pairs() } else { Vec::new() };
        let plan = self.machine.plan;
        let later = wants(Property::Cliff)
            && !shapes::never_less_later(plan)
            && !shapes::windows_rise(&self.machine);
        let finishing = wants(Property::Cliff) && !shapes::never_less_at_the_end(&self.machine);
        let asked = [(Property::Order, !pairs.is_empty()), (Property::Cliff, later || finishing)];
        self.of_sums.extend(asked.iter().filter(|(_, asked)| *asked).map(|(property, _)| property));
        if pairs.is_empty() && !later && !finishing {
            return;
        }
        let search = self.searched(OF_MONEY);
        for property in [Property::Order, Property::Cliff] {
            self.situations.insert(property, search.states());
        }
        if !pairs.is_empty() {
            let outcome = self.order(&pairs, &search);
            self.take(Key::Order, outcome, search.complete);
        }
        for (than, asked) in [(Terminal::Abandonment, later), (Terminal::End, finishing)] {
            if asked {
                let outcome = self.cliff(than, &search);
                self.take(Key::Cliff(than), outcome, search.complete);
            }
        }
    }

    fn take(&mut self, key: Key, outcome: Outcome, complete: bool) {
        match outcome {
            Outcome::Differs(witness) => {
                self.found.insert(key, *witness);
            }
            Outcome::Alike if complete && !self.machine.overflowed() => {}
            Outcome::Alike | Outcome::Open => self.cut_short.push(key.property()),
        }
    }

    pub(super) fn try_out(&self, events: Vec<Event>, as_of: Date) -> Option<Tried> {
        let replay = replay(self.machine.plan, &events, self.machine.terms, as_of)?;
        Some(Tried { events, replay, as_of })
    }

    /// The one history as a witness, beside the other; it shows on a day.
    pub(super) fn beside(&self, one: &Tried, other: &Tried, shows: Date) -> Outcome {
        let last = one.replay.moments.len().saturating_sub(1);
        Outcome::Differs(Box::new(Witness {
            events: one.events.clone(),
            terms: self.machine.terms,
            agreed: Opening::default(),
            figure: None,
            enough: None,
            as_of: one.as_of,
            shows,
            lines: one.replay.evaluation.lines.clone(),
            shortest: false,
            billed: one.billed(),
            moments: shown_moments(&one.events, &one.replay, last),
            compared: Some(Compared { events: other.events.clone(), billed: other.billed() }),
        }))
    }
}
