//! A schedule reduced to what one trigger needs.
//!
//! In: a plan and a trigger. Out: the plan with the lines that wait for it and the balances that close a
//! case, without amounts. Nothing else decides what conditions see when the trigger comes; other bounds do
//! not cut its calendar, and other names are not told apart. It is never billed.

use crate::model::{Amount, Price, Rate};
use crate::money::Money;
use crate::plan::{LineId, Plan, TriggerId};

/// A schedule without the lines that neither wait for a trigger nor close a case.
pub struct Projection<'p> {
    pub(super) full: &'p Plan,
    trigger: TriggerId,
    pub(super) plan: Plan,
}

impl<'p> Projection<'p> {
    /// What of a plan matters to a trigger.
    pub fn new(full: &'p Plan, trigger: TriggerId) -> Projection<'p> {
        let mut schedule = full.schedule.clone();
        let waits = full.waiting_for(trigger);
        let kept = |place: usize| {
            let line = (0..).map(LineId).zip(&full.lines).find(|(_, line)| line.index == place);
            line.map(|(id, line)| (waits.contains(&id), line.closes))
        };
        let stated = full.trigger(trigger);
        let lines = schedule.lines.into_iter().enumerate().filter_map(|(place, mut line)| {
            let (waits, closes) = kept(place)?;
            line.amount = Amount::Nothing;
            if !closes {
                line.triggers.retain(|other| Some(other) == stated);
            }
            (waits || closes).then_some(line)
        });
        schedule.lines = lines.collect();
        if schedule.price != Price::PerAction {
            schedule.price = Price::Fixed(Money::ZERO);
        }
        for action in &mut schedule.actions {
            action.rate = Rate::NotBilled;
        }
        schedule.planned_months = None;
        Projection { full, trigger, plan: Plan::in_language(full.lang, schedule) }
    }

    /// The trigger, as this plan numbers it.
    pub(super) fn own_trigger(&self) -> Option<TriggerId> {
        let stated = self.full.trigger(self.trigger)?;
        let ids = (0..).map(TriggerId).take(self.plan.trigger_count());
        ids.into_iter().find(|id| self.plan.trigger(*id) == Some(stated))
    }
}
