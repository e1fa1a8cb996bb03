//! A test of one plan as another numbers it.

use super::Plan;
use super::condition::PlannedTest;

impl PlannedTest {
    /// The same test of a plan, as another plan numbers it; none where that one does not ask it.
    pub fn renumbered(&self, of: &Plan, to: &Plan) -> Option<PlannedTest> {
        let duration = |slot: u32| {
            let length = of.durations.get(slot as usize)?;
            number(to.durations.iter().position(|known| known == length)?)
        };
        let share = |slot: u32| {
            let share = of.attendances.get(slot as usize)?;
            number(to.attendances.iter().position(|known| known == share)?)
        };
        self.try_map(duration, share, |name| {
            let (kind, name) = of.name_of(name)?;
            to.name(kind, name)
        })
    }
}

fn number(place: usize) -> Option<u32> {
    u32::try_from(place).ok()
}
