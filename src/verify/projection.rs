//! A schedule reduced to what one trigger needs.
//!
//! In: a plan and a trigger. Out: the plan with the lines that wait for it and the balances that close a
//! case, without amounts. Nothing else decides what conditions see when the trigger comes; other bounds do
//! not cut its calendar, and other names are not told apart. It is never billed.

use crate::model::{Amount, Price, Range, Rate};
use crate::money::Money;
use crate::plan::{LineId, Plan, PlannedTest, TriggerId};

/// A schedule without the lines that neither wait for a trigger nor close a case.
pub struct Projection<'p> {
    full: &'p Plan,
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

    /// The same test, as this plan numbers it.
    pub(super) fn test(&self, test: &PlannedTest) -> Option<PlannedTest> {
        let duration = |slot: &u32| {
            let length = self.full.durations.get(*slot as usize)?;
            number(self.plan.durations.iter().position(|known| known == length)?)
        };
        let attendance = |slot: &u32| {
            let share = self.full.attendances.get(*slot as usize)?;
            number(self.plan.attendances.iter().position(|known| known == share)?)
        };
        Some(match test {
            PlannedTest::Duration(range) => PlannedTest::Duration(renumbered(range, duration)?),
            PlannedTest::Attendance(range) => {
                PlannedTest::Attendance(renumbered(range, attendance)?)
            }
            PlannedTest::Happened(name) => {
                let (kind, name) = self.full.name_of(*name)?;
                PlannedTest::Happened(self.plan.name(kind, name)?)
            }
            PlannedTest::Hours(_) | PlannedTest::Reached(_) => *test,
        })
    }

    /// The trigger, as this plan numbers it.
    pub(super) fn own_trigger(&self) -> Option<TriggerId> {
        let stated = self.full.trigger(self.trigger)?;
        let ids = (0..).map(TriggerId).take(self.plan.trigger_count());
        ids.into_iter().find(|id| self.plan.trigger(*id) == Some(stated))
    }
}

fn number(place: usize) -> Option<u32> {
    u32::try_from(place).ok()
}

fn renumbered(range: &Range<u32>, number: impl Fn(&u32) -> Option<u32>) -> Option<Range<u32>> {
    Some(match range {
        Range::Less(n) => Range::Less(number(n)?),
        Range::AtMost(n) => Range::AtMost(number(n)?),
        Range::AtLeast(n) => Range::AtLeast(number(n)?),
        Range::Greater(n) => Range::Greater(number(n)?),
        Range::Window { from, under } => {
            Range::Window { from: number(from)?, under: number(under)? }
        }
    })
}
