//! The planned hours that matter, where a schedule states none and cases plan what they like.
//!
//! In: a plan. Out: numbers of planned hours that stand for all others. Conditions compare hours with
//! constants and with shares of the planned hours; all that planned hours decide is in which order these
//! bounds come. As planned hours rise, each share passes each constant once: between two such points one
//! number stands for all, if it keeps apart whatever any other one keeps apart. A whole number of hours
//! does, as long as shares are hundredths of a percent.

use super::axis::each_test;
use crate::model::Price;
use crate::money::Hours;
use crate::plan::{AttendanceBound, Plan, PlannedTest};

/// So many numbers between two points are all tried, where none of them is a whole number of hours.
const FEW: i64 = 64;

/// Numbers of planned hours that stand for all.
pub(crate) struct PlannedHours {
    /// The roundest first.
    pub(crate) all: Vec<Hours>,
    /// Whether no case is left out.
    pub(crate) complete: bool,
}

/// What to plan for a case of a schedule that needs planned hours and states none.
pub(crate) fn planned_hours(plan: &Plan) -> PlannedHours {
    let hundred = Hours(100 * Hours::ONE.0);
    // A hundredth of a percent of an hour is a whole number of units.
    let fine = plan.attendances.iter().any(|share| share.0 % 10_000_000 != 0);
    let mut constants: Vec<i64> = Vec::new();
    let lines = plan.lines.iter().filter_map(|line| line.condition.as_ref());
    for condition in lines {
        each_test(condition, &mut |test| match test {
            PlannedTest::Hours(range) => range.each_bound(|hours, passed| {
                constants.push(hours.0.saturating_add(i64::from(passed)));
            }),
            PlannedTest::Attendance(_)
            | PlannedTest::Duration(_)
            | PlannedTest::Started
            | PlannedTest::Signed
            | PlannedTest::Ended
            | PlannedTest::Abandoned
            | PlannedTest::Happened(_) => {}
        });
    }
    match plan.schedule.price {
        Price::Hourly { at_least, at_most, .. } => {
            constants.extend([at_least, at_most].into_iter().flatten().map(|hours| hours.0));
        }
        Price::Fixed(_) | Price::PerAction => {}
    }
    constants.sort_unstable();
    constants.dedup();
    let mut points = vec![1];
    for share in &plan.attendances {
        let at = |planned: i64| {
            AttendanceBound::new(*share, Hours(planned), plan.schedule.whole_attendance)
        };
        for constant in &constants {
            let reaches = |bound: fn(AttendanceBound) -> Hours, least: i64| {
                first(|planned| bound(at(planned)).0 >= least)
            };
            for least in [*constant, constant.saturating_add(1)] {
                points.extend(reaches(|bound| bound.reached, least));
                points.extend(reaches(|bound| bound.passed, least));
            }
        }
    }
    points.sort_unstable();
    points.dedup();
    let mut all = Vec::new();
    let mut complete = !fine;
    let ends = points.iter().skip(1).copied().chain([Hours::LARGEST.0 + 1]);
    for (from, end) in points.iter().copied().zip(ends) {
        if (from..end).contains(&hundred.0) {
            all.insert(0, hundred);
        } else if let Some(whole) = whole_hours(from, end) {
            all.push(whole);
        } else if end - from <= FEW {
            all.extend((from..end).map(Hours).filter(can_be_written));
        } else {
            complete = false;
            let middle = (from..end).map(Hours).find(can_be_written);
            all.extend(middle);
        }
    }
    PlannedHours { all, complete }
}

/// The least number of planned hours from which this holds: it holds from there on.
fn first(holds: impl Fn(i64) -> bool) -> Option<i64> {
    let (mut low, mut high) = (1, Hours::LARGEST.0);
    if !holds(high) {
        return None;
    }
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    Some(low)
}

/// The roundest whole number of hours from one on and below another.
fn whole_hours(from: i64, end: i64) -> Option<Hours> {
    let one = Hours::ONE.0;
    [1000, 100, 10, 5, 1].into_iter().find_map(|by| {
        let step = by * one;
        let up = (from + step - 1) / step * step;
        (up < end).then_some(Hours(up))
    })
}

fn can_be_written(hours: &Hours) -> bool {
    hours.0 % 3 == 0 || hours.0 % Hours::MINUTE.0 == 0
}
