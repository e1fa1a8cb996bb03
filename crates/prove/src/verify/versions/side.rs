//! One of two versions, as the timelines, hours and events of both number what it has.

use super::super::axis::HoursAxis;
use super::super::machine::Machine;
use crate::model::When;
use crate::money::Exact;
use crate::plan::{NameId, Plan, PlannedTerms, TriggerId, Work};
use std::collections::HashMap;

/// One of the two sides.
pub(super) struct Side<'p> {
    pub(super) plan: &'p Plan,
    pub(super) axis: HoursAxis,
    pub(super) terms: PlannedTerms,
    pub(super) total: Option<Exact>,
    /// For each trigger of both, its own.
    pub(super) triggers: Vec<Option<TriggerId>>,
    /// For each of its lines, the number of its label.
    pub(super) labels: Vec<u32>,
    /// For each of its names, the bit of the fact.
    pub(super) facts: Vec<Option<u8>>,
    /// No share of the price is rounded, so that what one comes to does not depend on others.
    pub(super) exact: bool,
    /// Hours are billed up to so many.
    pub(super) cap: i64,
    /// The rate, and hours that are billed at the least.
    pub(super) least: Option<(i64, i64)>,
}

/// What an action does on each side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Effect {
    pub(super) work: [Work; 2],
    pub(super) ends: [bool; 2],
}

impl<'p> Side<'p> {
    pub(super) fn new(
        plan: &'p Plan,
        axis: HoursAxis,
        terms: PlannedTerms,
        machine: &Machine<'_>,
        labels: &mut HashMap<&'p str, u32>,
    ) -> Side<'p> {
        let both = machine.plan;
        let own = |trigger: &When| {
            let mut ids = (0..).map(TriggerId).take(plan.trigger_count());
            ids.find(|id| plan.trigger(*id) == Some(trigger))
        };
        let ids = (0..).map(TriggerId).take(both.trigger_count());
        let names = (0_u32..).take(plan.name_count()).map(NameId);
        let fact = |id: NameId| {
            let (kind, name) = plan.name_of(id)?;
            machine.choices.fact(both.name(kind, name)?)
        };
        let mut label = |line: &crate::plan::PlannedLine| {
            let text = plan.schedule.lines.get(line.index).map_or("", |line| line.label.as_str());
            let next = u32::try_from(labels.len()).unwrap_or(u32::MAX);
            *labels.entry(text).or_insert(next)
        };
        let price = plan.schedule.price;
        let least = price.rate().zip(price.at_least()).map(|(rate, least)| (rate.0, least.0));
        let total = plan.total(terms.hours).ok().flatten();
        let mut shares = plan.lines.iter().filter_map(|line| line.amount.share());
        let whole =
            |share| total.and_then(|total| total.percent(share)).is_some_and(Exact::is_whole);
        Side {
            total,
            exact: shares.all(whole),
            triggers: ids.map(|id| both.trigger(id).and_then(own)).collect(),
            labels: plan.lines.iter().map(&mut label).collect(),
            facts: names.map(fact).collect(),
            cap: plan.most_hours.0,
            least,
            plan,
            axis,
            terms,
        }
    }

    pub(super) fn trigger(&self, both: TriggerId) -> Option<TriggerId> {
        self.triggers.get(both.0 as usize).copied().flatten()
    }
}
