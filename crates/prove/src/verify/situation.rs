//! What conditions see at a moment, and the windows that a trigger's balances leave out.
//!
//! The search and the replay both describe a moment as a [`Situation`], so that both mean the same
//! by a gap.

use super::axis::HoursAxis;
use crate::calendar::{Date, Duration};
use crate::life::Life;
use crate::model::{Milestone, Terminal, When};
use crate::money::{Hours, Percent};
use crate::plan::{
    AttendanceBound, LineId, NameId, Plan, PlannedCondition, PlannedTest, Seen, TriggerId,
};

/// A moment, as far as conditions can see it.
pub(super) struct Situation<'a> {
    pub(super) plan: &'a Plan,
    pub(super) axis: &'a HoursAxis,
    pub(super) today: Date,
    pub(super) started: Option<Date>,
    pub(super) signed: bool,
    pub(super) over: Option<Terminal>,
    pub(super) hours: Hours,
    pub(super) happened: &'a dyn Fn(NameId) -> bool,
}

/// Where a measured value has to lie to fall between the windows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Missing {
    /// A stretch of durations. Each bound with whether it is itself missing.
    Duration {
        /// From here on.
        from: Option<(DurationKey, bool)>,
        /// Up to here.
        to: Option<(DurationKey, bool)>,
    },
    /// A stretch of hours. Each bound as the lines state it, with whether it is itself missing.
    Measured {
        /// From here on.
        from: Option<(Measure, bool)>,
        /// Up to here.
        to: Option<(Measure, bool)>,
    },
}

/// A bound of hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Measure {
    /// So many.
    Hours(Hours),
    /// Such a share of the planned ones.
    Share(Percent),
}

/// A duration that orders: months and days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DurationKey {
    /// Months, where it is stated in months.
    pub months: u32,
    /// Days, where it is stated in days.
    pub days: u32,
}

impl DurationKey {
    fn new(length: Duration) -> DurationKey {
        match length {
            Duration::Days(days) => DurationKey { months: 0, days },
            Duration::Months(months) => DurationKey { months, days: 0 },
        }
    }
}

impl Seen for Situation<'_> {
    fn today(&self) -> Date {
        self.today
    }

    fn started(&self) -> bool {
        self.started.is_some()
    }

    fn has_reached(&self, milestone: Milestone) -> bool {
        let life = Life { signed: self.signed, started: self.started.is_some(), over: self.over };
        life.has_reached(milestone)
    }

    fn deadline(&self, slot: u32) -> Date {
        let length = self.plan.durations.get(slot as usize);
        self.started.zip(length).map_or(Date::MAX, |(start, length)| start.plus(*length))
    }

    fn hours(&self) -> Hours {
        self.hours
    }

    fn share(&self, slot: u32) -> Option<&AttendanceBound> {
        self.axis.attendances.get(slot as usize)
    }

    fn happened(&self, name: NameId) -> bool {
        (self.happened)(name)
    }
}

impl Situation<'_> {
    /// Whether a line's condition holds.
    pub(super) fn line_holds(&self, line: LineId) -> bool {
        let condition = self.plan.line(line).and_then(|line| line.condition.as_ref());
        condition.is_none_or(|condition| condition.holds(self))
    }

    /// Whether a condition comes out so, whatever the facts are that are not known.
    pub(super) fn surely(
        &self,
        condition: &PlannedCondition,
        so: bool,
        known: &dyn Fn(NameId) -> bool,
    ) -> bool {
        match condition {
            PlannedCondition::Any(parts) if so => {
                parts.iter().any(|part| self.surely(part, so, known))
            }
            PlannedCondition::All(parts) if !so => {
                parts.iter().any(|part| self.surely(part, so, known))
            }
            PlannedCondition::Any(parts) | PlannedCondition::All(parts) => {
                parts.iter().all(|part| self.surely(part, so, known))
            }
            PlannedCondition::Not(inner) => self.surely(inner, !so, known),
            PlannedCondition::Test(test) => {
                test.name().is_none_or(known) && test.passes(self) == so
            }
        }
    }

    /// The same moment on another day.
    fn on(&self, today: Date) -> Situation<'_> {
        Situation { today, ..*self }
    }

    /// The same moment with other hours.
    fn with_hours(&self, hours: i64) -> Situation<'_> {
        Situation { hours: Hours(hours), ..*self }
    }

    /// The same moment, had the case started on this day.
    pub(super) fn had_it_started(&self) -> Situation<'_> {
        Situation { started: Some(self.today), ..*self }
    }

    /// The stretch of durations, or else of hours, that holds this moment and in which none of the
    /// trigger's closing balances fires, while one does outside of it. `None` before the start, and
    /// where no balance of the trigger measures anything.
    pub(super) fn missing(&self, trigger: TriggerId) -> Option<Missing> {
        let start = self.started?;
        if !may_have_windows(self.plan.trigger(trigger)?) {
            return None;
        }
        let closing: Vec<LineId> = closing(self.plan, trigger).collect();
        let measured = |line: &LineId| {
            tests(self.plan, *line, |test| test.time().is_some() || test.measures_hours())
        };
        if !closing.iter().any(measured) {
            return None;
        }
        let covered = |there: &Situation<'_>| closing.iter().any(|line| there.line_holds(*line));
        if covered(self) {
            return None;
        }
        let by_time = |line: &LineId| tests(self.plan, *line, measures_time);
        let stretch =
            if closing.iter().any(by_time) { self.missing_duration(start, &covered) } else { None };
        stretch.or_else(|| self.missing_hours(&closing, &covered))
    }

    fn missing_duration(
        &self,
        start: Date,
        covered: &dyn Fn(&Situation<'_>) -> bool,
    ) -> Option<Missing> {
        let mut bounds: Vec<(Date, DurationKey)> = self
            .plan
            .durations
            .iter()
            .map(|length| (start.plus(*length), DurationKey::new(*length)))
            .collect();
        bounds.sort_unstable();
        bounds.dedup_by_key(|(date, _)| *date);
        // Places: before the first bound, on it, after it, and so on.
        let place_of = |day: Date| {
            let before = bounds.partition_point(|(date, _)| *date < day);
            let on = bounds.get(before).is_some_and(|(date, _)| *date == day);
            2 * before + usize::from(on)
        };
        let open_at = |place: usize| {
            let bound = bounds.get(place / 2).map(|(date, _)| *date);
            let day = if place % 2 == 1 {
                bound
            } else {
                match place.checked_sub(2).and_then(|before| bounds.get(before / 2)) {
                    Some((before, _)) => Some(before.plus(Duration::Days(1))),
                    None => Some(start),
                }
            };
            let real = match (day, bound) {
                (Some(day), Some(bound)) if place.is_multiple_of(2) => day < bound,
                (Some(_), _) => true,
                (None, _) => false,
            };
            // A place without a day belongs to no window: it is passed over.
            day.filter(|_| real).is_none_or(|day| !covered(&self.on(day)))
        };
        let here = place_of(self.today);
        let last = 2 * bounds.len();
        let mut low = here;
        while let Some(lower) = low.checked_sub(1).filter(|place| open_at(*place)) {
            low = lower;
        }
        let mut high = here;
        while high < last && open_at(high + 1) {
            high += 1;
        }
        if low == 0 && high == last {
            return None;
        }
        let key = |place: usize| bounds.get(place).map(|(_, key)| *key);
        let from = if low % 2 == 1 {
            key(low / 2).map(|key| (key, true))
        } else {
            low.checked_sub(2).and_then(|before| key(before / 2)).map(|key| (key, false))
        };
        let to = key(high / 2).map(|key| (key, high % 2 == 1));
        Some(Missing::Duration { from, to })
    }

    /// What the lines state where the axis is cut: a bound, and whether it has to be passed.
    fn measure(&self, closing: &[LineId], cut: i64) -> Option<(Measure, bool)> {
        let mut known: Vec<(Measure, bool)> = Vec::new();
        let mut add = |measure, bound: AttendanceBound, passed: bool| {
            if bound.at(passed) == Hours(cut) {
                known.push((measure, passed));
            }
        };
        for line in closing.iter().filter_map(|line| self.plan.line(*line)) {
            let Some(condition) = &line.condition else { continue };
            condition.each_test(&mut |test| {
                if let Some(range) = test.hours() {
                    range.each_bound(|hours, passed| {
                        add(Measure::Hours(*hours), AttendanceBound::of_hours(*hours), passed);
                    });
                }
                if let Some(range) = test.share() {
                    range.each_bound(|slot, passed| {
                        let share = self.plan.attendances.get(*slot as usize);
                        if let (Some(share), Some(bound)) = (share, Seen::share(self, *slot)) {
                            add(Measure::Share(*share), *bound, passed);
                        }
                    });
                }
            });
        }
        known.into_iter().min()
    }

    fn missing_hours(
        &self,
        closing: &[LineId],
        covered: &dyn Fn(&Situation<'_>) -> bool,
    ) -> Option<Missing> {
        let open = |cell: u8| !covered(&self.with_hours(self.axis.cell(cell).0));
        let last = self.axis.len().saturating_sub(1);
        let mut low = self.axis.find(self.hours);
        let mut high = low;
        while low > 0 && open(low - 1) {
            low -= 1;
        }
        while high < last && open(high + 1) {
            high += 1;
        }
        if low == 0 && high == last {
            return None;
        }
        let from = if low > 0 { self.measure(closing, self.axis.cell(low).0) } else { None };
        let to = if high < last { self.measure(closing, self.axis.cell(high + 1).0) } else { None };
        let from = from.map(|(measure, passed)| (measure, !passed));
        Some(Missing::Measured { from, to })
    }
}

/// The balances that wait for a trigger and close the case.
pub(super) fn closing(plan: &Plan, trigger: TriggerId) -> impl Iterator<Item = LineId> {
    let closes = |line: &LineId| plan.line(*line).is_some_and(|line| line.closes);
    plan.waiting_for(trigger).iter().copied().filter(closes)
}

/// Whether any test of a line's condition is of a kind.
pub(super) fn tests(plan: &Plan, line: LineId, kind: impl Fn(&PlannedTest) -> bool) -> bool {
    let mut found = false;
    if let Some(condition) = plan.line(line).and_then(|line| line.condition.as_ref()) {
        condition.each_test(&mut |test| found |= kind(test));
    }
    found
}

/// Whether a test measures time since the start.
pub(super) fn measures_time(test: &PlannedTest) -> bool {
    test.time().is_some()
}

/// Whether a test asks if the case has started: then somebody has thought of it.
pub(super) fn asks_for_the_start(test: &PlannedTest) -> bool {
    test.milestone() == Some(Milestone::Start)
}

/// Whether a trigger is an event that a clerk would expect to settle the case whenever it comes.
fn may_have_windows(trigger: &When) -> bool {
    match trigger {
        When::Milestone(milestone) => milestone.is_terminal(),
        When::Subject(_) => true,
        When::Calendar(_) => false,
    }
}
