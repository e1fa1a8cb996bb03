//! Two versions of the first part of the language, compared over every history.

use super::super::assumed::Assumed;
use super::comparison::{Apart, Cases, Comparison, Options, Verdict};
use super::joint::Joint;
use super::windows::Search;
use super::{form, joint};
use crate::calendar::Date;
use crate::model::{Event, EventKind};
use crate::plan::Plan;

/// Whether two versions surely bill every history alike.
pub(in super::super) fn equivalent(old: &Plan, new: &Plan, options: &Options) -> bool {
    let second = |plan: &Plan| plan.schedule.second.is_some();
    if !apart(old, new, options).is_empty() || second(old) || second(new) {
        return false;
    }
    if form::same(&old.schedule, &new.schedule, options.money) {
        return true;
    }
    let both = joint::plan([old, new]);
    let joint = Joint::new([old, new], &both);
    joint.withheld.is_empty() && Search::new(&joint, options).finds_nothing()
}

impl Comparison {
    /// Nothing is known but what differs whatever a case does.
    pub(super) fn unknown(old: &Plan, new: &Plan, options: &Options) -> Comparison {
        let apart = apart(old, new, options);
        let incomparable = |apart: &Apart| matches!(apart, Apart::Currency | Apart::Unit);
        Comparison {
            verdict: if apart.iter().any(incomparable) {
                Verdict::Incomparable
            } else {
                Verdict::Unknown
            },
            apart,
            windows: Vec::new(),
            same_text: false,
            money: options.money,
            situations: 0,
            figure: None,
            lives: None,
            limit: None,
            limit_by: 1,
            unseen: Vec::new(),
            assumed: [Assumed::default(); 2],
            both: joint::plan([old, new]),
        }
    }
}

/// Compares two versions over every history.
pub(super) fn compare(old: &Plan, new: &Plan, options: &Options) -> Comparison {
    let mut comparison = Comparison::unknown(old, new, options);
    if comparison.verdict == Verdict::Incomparable {
        return comparison;
    }
    let decided = |same: bool, apart: &[Apart]| match (same, apart) {
        (true, []) => Verdict::Equivalent,
        (false, []) => Verdict::Unknown,
        (_, [_, ..]) => Verdict::Different,
    };
    if form::same(&old.schedule, &new.schedule, options.money) {
        comparison.same_text = old.schedule.name == new.schedule.name
            && form::same(&old.schedule, &new.schedule, false);
        comparison.verdict = decided(true, &comparison.apart);
        return comparison;
    }
    let joint = Joint::new([old, new], &comparison.both);
    let mut apart = std::mem::take(&mut comparison.apart);
    apart
        .extend(joint.withheld.iter().filter_map(|(action, side)| withheld(&joint, action, *side)));
    let found = Search::new(&joint, options).run();
    comparison.verdict =
        if found.different { Verdict::Different } else { decided(found.same, &apart) };
    comparison.situations = found.situations;
    comparison.limit = found.limit;
    comparison.assumed = [old, new].map(Assumed::of_amounts);
    comparison.windows = found.windows;
    drop(joint);
    comparison.apart = apart;
    comparison
}

/// What differs before any case is looked at.
fn apart(old: &Plan, new: &Plan, options: &Options) -> Vec<Apart> {
    let mut apart = Vec::new();
    let (one, other) = (&old.schedule, &new.schedule);
    let mut add = |differs: bool, what: Apart| apart.extend(differs.then_some(what));
    add(one.currency != other.currency, Apart::Currency);
    add(one.billed != other.billed, Apart::Unit);
    add(one.name != other.name && !options.money, Apart::Name);
    let no_hours =
        [old, new].map(|plan| plan.needs_planned_hours && plan.schedule.planned_hours.is_none());
    let no_months =
        [old, new].map(|plan| plan.needs_planned_months && plan.schedule.planned_months.is_none());
    for (lacks, cases) in
        [(no_hours, Cases::WithoutPlannedHours), (no_months, Cases::WithoutPlannedMonths)]
    {
        let [old, new] = lacks;
        add(old != new, Apart::Withheld { new, cases });
    }
    apart
}

/// That one version withholds cases with an action, as the evaluator shows.
fn withheld(joint: &Joint<'_>, action: &Option<String>, side: usize) -> Option<Apart> {
    let date = Date::new(2025, 1, 15)?;
    let unnamed = || joint.machine.plan.unnamed(crate::model::SubjectKind::Action);
    let name = action.clone().unwrap_or_else(unnamed);
    let kind = EventKind::Action { name, hours: None };
    let event = [Event { case: "D-001".to_owned(), date, id: None, kind }];
    let mut refused = joint.sides.iter().map(|side| {
        crate::eval::evaluate_with(side.plan, &event, side.terms, date, &mut crate::eval::Silent)
            .is_err()
    });
    let (old, new) = (refused.next()?, refused.next()?);
    (old != new && new == (side == 1))
        .then(|| Apart::Withheld { new, cases: Cases::WithAction(action.clone()) })
}
