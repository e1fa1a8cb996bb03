//! The axis of hours: cut where a condition, a bound of the price or a cap changes its mind.
//!
//! In: a plan and the planned hours. Out: cells, each a range of hours (in the smallest unit)
//! within which every comparison of the schedule comes out the same. What is compared with a share of
//! the planned hours shares this axis.

use crate::money::{Hours, Percent};
use crate::plan::{AttendanceBound, Plan};

/// More hours than any history of interest has.
pub(super) const UNBOUNDED: i64 = i64::MAX / 4;

/// So many cells are searched at the most.
pub(super) const MOST_CELLS: usize = 120;

/// The cells of the axis, in order, the first one from no hours on.
pub(super) struct HoursAxis {
    /// Bounds of attendance as hours, by their place in the plan.
    pub(super) attendances: Vec<AttendanceBound>,
    /// First and last value of each cell.
    cells: Vec<(i64, i64)>,
}

impl HoursAxis {
    pub(super) fn new(plan: &Plan, planned: Option<Hours>) -> HoursAxis {
        let whole = plan.schedule.whole_attendance;
        let bound = |share: &Percent| {
            planned
                .map(|planned| AttendanceBound::new(*share, planned, whole))
                .unwrap_or(AttendanceBound { reached: Hours(UNBOUNDED), passed: Hours(UNBOUNDED) })
        };
        let attendances: Vec<AttendanceBound> = plan.attendances.iter().map(bound).collect();
        let mut cuts = Vec::new();
        for condition in plan.lines.iter().filter_map(|line| line.condition.as_ref()) {
            condition.each_test(&mut |test| {
                test.each_hours(&attendances, |bound, passed| cuts.push(bound.at(passed).0));
            });
        }
        cuts.extend(plan.schedule.price.hour_bounds().map(|hours| hours.0));
        let pro_rata = plan.lines.iter().any(|line| line.amount.measures_attendance());
        if let Some(planned) = planned.filter(|_| pro_rata) {
            cuts.push(planned.0);
        }
        if !cuts.is_empty() || pro_rata {
            cuts.push(1);
        }
        cuts.retain(|cut| (1..UNBOUNDED).contains(cut));
        cuts.sort_unstable();
        cuts.dedup();
        let firsts = std::iter::once(0).chain(cuts.iter().copied());
        let lasts = cuts.iter().map(|cut| cut - 1).chain(std::iter::once(UNBOUNDED));
        HoursAxis { attendances, cells: firsts.zip(lasts).collect() }
    }

    /// The same axis, cut where another one is cut, too.
    pub(super) fn cut_as(mut self, other: &HoursAxis) -> HoursAxis {
        let firsts =
            |axis: &HoursAxis| -> Vec<i64> { axis.cells.iter().map(|cell| cell.0).collect() };
        let mut cuts = firsts(&self);
        cuts.extend(firsts(other));
        cuts.sort_unstable();
        cuts.dedup();
        let lasts: Vec<i64> = cuts.iter().skip(1).map(|cut| cut - 1).chain([UNBOUNDED]).collect();
        self.cells = cuts.into_iter().zip(lasts).collect();
        self
    }

    /// How many cells there are.
    pub(super) fn len(&self) -> u8 {
        u8::try_from(self.cells.len()).unwrap_or(u8::MAX)
    }

    /// Whether the axis is too fine to be searched.
    pub(super) fn too_fine(&self) -> bool {
        self.cells.len() > MOST_CELLS
    }

    /// First and last value of a cell.
    pub(super) fn cell(&self, cell: u8) -> (i64, i64) {
        self.cells.get(usize::from(cell)).copied().unwrap_or((0, UNBOUNDED))
    }

    /// The cell of a number of hours.
    pub(super) fn find(&self, hours: Hours) -> u8 {
        let place = self.cells.partition_point(|(first, _)| *first <= hours.0);
        u8::try_from(place.saturating_sub(1)).unwrap_or(u8::MAX)
    }
}

/// The most that rounding each item can bill for an hour at a rate, as a fraction in minor units
/// for one unit of hours: many small items may come to more than their hours do together.
pub(super) fn dearest_ratio(plan: &Plan) -> (i128, i128) {
    let rates = plan.schedule.actions.iter().filter_map(|action| action.rate.of_an_hour());
    let own = plan.schedule.price.rate();
    let one = i128::from(Hours::ONE.0);
    let mut best = (0_i128, 1_i128);
    let mut take = |ratio: (i128, i128)| {
        if ratio.0 * best.1 > best.0 * ratio.1 {
            best = ratio;
        }
    };
    for rate in own.into_iter().chain(rates).map(|rate| i128::from(rate.0)).filter(|r| *r > 0) {
        for minor in 1..=50_i128 {
            // The least hours that round to this many minor units.
            let least = ((2 * minor - 1) * one + 2 * rate - 1) / (2 * rate);
            let round_up = |step: i128| (least + step - 1) / step * step;
            take((minor, round_up(3).min(round_up(500)).max(1)));
        }
        take((rate * 102, one * 101));
    }
    best
}
