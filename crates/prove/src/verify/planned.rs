//! The planned hours that matter, where a schedule states none and cases plan what they like.
//!
//! In: a plan. Out: numbers of planned hours that stand for all others, and what is known with several of
//! them together. Conditions compare hours with
//! constants and with shares of the planned hours; all that planned hours decide is in which order these
//! bounds come. As planned hours rise, each share passes each constant once: between two such points one
//! number stands for all, if it keeps as many bounds of attendance apart as a hundred hours do.

use super::Witness;
use super::run::Run;
use crate::money::{Hours, Percent};
use crate::plan::{AttendanceBound, Plan, PlannedTerms};

/// So many numbers between two points are all tried, where none of them stands for the others.
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
        condition.each_test(&mut |test| {
            test.each_hours(&[], |bound, passed| constants.push(bound.at(passed).0));
        });
    }
    constants.extend(plan.schedule.price.hour_bounds().map(|hours| hours.0));
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
    if plan.lines.iter().any(|line| line.amount.measures_attendance()) {
        // From the planned hours on, a pro rata is the whole price.
        points
            .extend(constants.iter().flat_map(|constant| [*constant, constant.saturating_add(1)]));
    }
    points.retain(|point| (1..=Hours::LARGEST.0).contains(point));
    points.sort_unstable();
    points.dedup();
    let apart = |planned: Hours| apart(plan, planned);
    let most = apart(hundred);
    let mut all = Vec::new();
    let mut complete = !fine;
    let ends = points.iter().skip(1).copied().chain([Hours::LARGEST.0 + 1]);
    for (from, end) in points.iter().copied().zip(ends) {
        let round = rounds(from, end).find(|planned| apart(*planned) == most);
        if (from..end).contains(&hundred.0) {
            all.insert(0, hundred);
        } else if let Some(round) = round {
            all.push(round);
        } else if end - from <= FEW {
            all.extend((from..end).map(Hours).filter(can_be_written));
        } else {
            complete = false;
            all.extend(rounds(from, end).next());
        }
    }
    PlannedHours { all, complete }
}

/// How many bounds of attendance are kept apart.
fn apart(plan: &Plan, planned: Hours) -> usize {
    let bounds = plan.attendances.iter().flat_map(|share| {
        let bound = AttendanceBound::new(*share, planned, plan.schedule.whole_attendance);
        [bound.reached, bound.passed]
    });
    let mut bounds: Vec<Hours> = bounds.collect();
    bounds.sort_unstable();
    bounds.dedup();
    bounds.len()
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

/// Numbers of hours from one on and below another, the roundest first.
fn rounds(from: i64, end: i64) -> impl Iterator<Item = Hours> {
    let hours = [1000, 100, 10, 5, 1].map(|by| by * Hours::ONE.0);
    // Parts of an hour that can be written.
    let parts = [15_000, 7_500, 3_000, 500, 300, 30, 3];
    hours.into_iter().chain(parts).filter_map(move |step| {
        let up = (from + step - 1) / step * step;
        (up < end).then_some(Hours(up))
    })
}

fn can_be_written(hours: &Hours) -> bool {
    hours.0 % 3 == 0 || hours.0 % Hours::MINUTE.0 == 0
}

/// The planned terms that stand for those of every case; whether they do; and whether each stands for
/// cases that plan other hours, so that a share of them is open.
pub(super) fn every_terms(plan: &Plan) -> (Vec<PlannedTerms>, bool, bool) {
    let (terms, sure) = terms(plan);
    if sure || plan.schedule.price.is_a_rate() {
        return (vec![terms], sure, false);
    }
    // Nothing but comparisons depends on planned hours, and a pro rata, which is then any share.
    let planned = planned_hours(plan);
    let with = |hours: &Hours| PlannedTerms { hours: Some(*hours), ..terms };
    (planned.all.iter().map(with).collect(), planned.complete, true)
}

/// The planned terms of a case, and whether they stand for those of every case.
pub(super) fn terms(plan: &Plan) -> (PlannedTerms, bool) {
    let mut terms = plan.planned(PlannedTerms::default());
    let mut sure = true;
    if plan.needs_planned_hours && terms.hours.is_none() {
        // Only the share of the planned hours counts, so that any number stands for all, unless
        // hours are compared too.
        terms.hours = Some(Hours(100 * Hours::ONE.0));
        // A hundredth of a percent is a whole number of units.
        let fine = |share: &Percent| share.0 % 10_000_000 != 0;
        let mut counts_hours = plan.schedule.price.is_a_rate();
        for condition in plan.lines.iter().filter_map(|line| line.condition.as_ref()) {
            condition.each_test(&mut |test| {
                counts_hours |= test.hours().is_some();
            });
        }
        sure = !counts_hours && !plan.attendances.iter().any(fine);
    }
    if plan.needs_planned_months && terms.months.is_none() {
        // Any number does for a witness; for a proof a pro rata is any share of the price.
        terms.months = Some(12);
    }
    (terms, sure)
}

impl Run<'_> {
    /// What is known with these planned hours and with others.
    pub(super) fn take_in(&mut self, other: Run<'_>) {
        self.sure &= other.sure;
        self.limits.extend(other.limits);
        for (property, states) in other.situations {
            *self.situations.entry(property).or_default() += states;
        }
        for known in self.found.iter_mut().filter(|(key, _)| !other.found.contains_key(key)) {
            let property = known.0.property();
            let open = other.doubtful.contains(known.0) || other.cut_short.contains(&property);
            known.1.shortest &= !open;
        }
        for (key, new) in other.found {
            let open = self.doubtful.contains(&key) || self.cut_short.contains(&key.property());
            let known = self.found.entry(key);
            let known =
                known.or_insert_with(|| Witness { shortest: !open && new.shortest, ..new.clone() });
            let shortest = known.shortest && new.shortest;
            if new.events.len() < known.events.len() {
                *known = new;
            }
            known.shortest = shortest;
        }
        self.doubtful.extend(other.doubtful);
        self.doubtful.retain(|key| !self.found.contains_key(key));
        self.cut_short.extend(other.cut_short);
        self.of_sums.extend(other.of_sums);
    }
}
