//! Two versions of a schedule on one set of timelines, hours and events.
//!
//! In: two plans. Out: the plan that has the lines of both (which only serves to cut the calendar
//! and the hours wherever either does, and to know every name), and for each side how its own
//! triggers, facts and labels are numbered there. It is never billed.

use super::super::axis::HoursAxis;
use super::super::choices::{Choice, Choices, UNKNOWN, What, Work as Worked};
use super::super::frame;
use super::super::limit::Limit;
use super::super::machine::Machine;
use super::super::planned;
use super::side::{Effect, Side};
use super::tests_of::Tests;
use super::twins::Twins;
use crate::model::{Amount, LineKind, Milestone, Price, SubjectKind, When, WhenKind};
use crate::plan::{Plan, PlannedTerms, PlannedTest, TriggerId, Work};
use std::collections::HashMap;

/// The plan with the lines of both.
pub(super) fn plan(plans: [&Plan; 2]) -> Plan {
    let [old, new] = plans;
    let mut both = old.schedule.clone();
    for action in &new.schedule.actions {
        if !both.actions.iter().any(|known| known.name == action.name) {
            both.actions.push(action.clone());
        }
    }
    both.lines.extend(new.schedule.lines.iter().cloned());
    for line in &mut both.lines {
        // What a pro rata comes to is compared as a whole: no day matters more than another.
        if line.amount.measures_duration() {
            line.amount = Amount::Nothing;
        }
    }
    Plan::in_language(new.lang, both)
}

const NO_EFFECT: Effect = Effect { work: [Work::None; 2], ends: [false; 2] };

/// Both sides.
pub(super) struct Joint<'p> {
    /// Timelines, hours and events of both.
    pub(super) machine: Machine<'p>,
    pub(super) sides: [Side<'p>; 2],
    /// What each choice of the machine does.
    pub(super) effects: Vec<Effect>,
    /// For each trigger, what tells its windows apart.
    pub(super) tests: Vec<Tests>,
    /// For each trigger, how invoice lines name its kind.
    pub(super) kinds: Vec<WhenKind>,
    /// Why a history may be left out.
    pub(super) limit: Option<Limit>,
    /// Actions that only one side takes: the name (none for any that neither lists) and who
    /// withholds.
    pub(super) withheld: Vec<(Option<String>, usize)>,
    /// Whether a pro rata is the same on both sides: of attendance, of duration.
    pub(super) same_pro_rata: [bool; 2],
    /// Whether the total of the price is the same on both sides.
    pub(super) same_total: bool,
    /// Whether either side has deposits.
    pub(super) deposits: bool,
    /// Whether no two lines of a side have one label.
    pub(super) distinct: bool,
    /// Whether what has been billed in all matters.
    pub(super) counts_billed: bool,
    /// Parts that both bill alike, where there are enough of them.
    pub(super) twins: Option<Twins>,
}

/// What each side plans, and whether that stands for every case.
pub(super) fn terms(plans: [&Plan; 2]) -> ([PlannedTerms; 2], bool) {
    let [(mut old, old_sure), (mut new, new_sure)] = plans.map(planned::terms);
    let lacks = |plan: &Plan| plan.needs_planned_hours && plan.schedule.planned_hours.is_none();
    match plans.map(lacks) {
        [true, false] => old.hours = new.hours.or(old.hours),
        [false, true] => new.hours = old.hours.or(new.hours),
        [true, true] | [false, false] => {}
    }
    ([old, new], old_sure && new_sure)
}

impl<'p> Joint<'p> {
    pub(super) fn new(plans: [&'p Plan; 2], both: &'p Plan) -> Joint<'p> {
        let (terms, sure) = terms(plans);
        let [old_terms, new_terms] = terms;
        let [old, new] = plans;
        let frames = frame::frames(both);
        let old_axis = HoursAxis::new(old, old_terms.hours);
        let new_axis = HoursAxis::new(new, new_terms.hours);
        let both_axis = HoursAxis::new(both, old_terms.hours.or(new_terms.hours))
            .cut_as(&old_axis)
            .cut_as(&new_axis);
        let (old_axis, new_axis) = (old_axis.cut_as(&both_axis), new_axis.cut_as(&both_axis));
        let mut machine = Machine::new(both, old_terms, frames.frames, both_axis);
        let (actions, withheld) = actions(plans, both, &machine.choices);
        let effects = replace_actions(&mut machine.choices, actions);
        let mut labels: HashMap<&'p str, u32> = HashMap::new();
        let sides = [
            Side::new(old, old_axis, old_terms, &machine, &mut labels),
            Side::new(new, new_axis, new_terms, &machine, &mut labels),
        ];
        let [one, other] = &sides;
        let measured = one.terms.hours == other.terms.hours
            && one.plan.schedule.whole_attendance == other.plan.schedule.whole_attendance;
        let same_total = one.total == other.total;
        let ids = || (0..).map(TriggerId).take(both.trigger_count());
        let unplanned = || plans.into_iter().map(crate::verify::run::unplanned).min();
        let limit = (!sure).then(unplanned).flatten();
        let limit = limit.or(frames.limit).or_else(|| machine.limit());
        let twins = Twins::of(&sides, &effects, measured);
        Joint {
            effects,
            twins,
            tests: ids().map(|id| tests(both, id, measured)).collect(),
            kinds: ids().filter_map(|id| both.trigger(id)).map(When::kind).collect(),
            limit,
            withheld,
            same_pro_rata: [
                same_total && measured,
                same_total && one.terms.months == other.terms.months,
            ],
            same_total,
            distinct: sides.iter().all(|side| {
                let mut labels = side.labels.clone();
                labels.sort_unstable();
                labels.dedup();
                labels.len() == side.labels.len()
            }),
            deposits: both.lines.iter().any(|line| line.kind == LineKind::Deposit),
            counts_billed: plans
                .iter()
                .any(|plan| plan.lines.iter().any(|line| matches!(line.amount, Amount::UpTo(_)))),
            machine,
            sides,
        }
    }
}

/// The actions that both sides take, each kind that behaves alike once; and those that one side
/// withholds.
type Actions = (Vec<(Choice, Effect)>, Vec<(Option<String>, usize)>);

fn actions(plans: [&Plan; 2], both: &Plan, choices: &Choices) -> Actions {
    let mut names: Vec<&str> = both.known_names(SubjectKind::Action).collect();
    let order = |name: &str| both.schedule.actions.iter().position(|a| a.name == name);
    names.sort_unstable_by_key(|name| (order(name).unwrap_or(usize::MAX), *name));
    let mut taken: Vec<(Choice, Effect)> = Vec::new();
    let mut withheld = Vec::new();
    for name in names.into_iter().map(Some).chain([None]) {
        let on = plans.map(|plan| {
            let action = plan.action(plan.name(SubjectKind::Action, name.unwrap_or(UNKNOWN)));
            let refused = plan.schedule.price == Price::PerAction && !action.declared;
            (action, refused)
        });
        match on.map(|(_, refused)| refused) {
            [true, true] => continue,
            [true, false] => withheld.push((name.map(str::to_owned), 0)),
            [false, true] => withheld.push((name.map(str::to_owned), 1)),
            [false, false] => {
                let effect = Effect {
                    work: on.map(|(action, _)| action.work.billable()),
                    ends: on.map(|(action, _)| action.ends_case),
                };
                let id = name.and_then(|name| both.name(SubjectKind::Action, name));
                let choice = Choice {
                    what: What::Subject(SubjectKind::Action),
                    name: name.unwrap_or(UNKNOWN).to_owned(),
                    trigger: id.and_then(|id| both.trigger_of(id)),
                    fact: id.and_then(|id| choices.fact(id)),
                    ends_case: effect.ends.contains(&true),
                    work: Worked::of(effect.work),
                };
                let alike = |(known, known_effect): &(Choice, Effect)| {
                    known.trigger == choice.trigger
                        && known.fact == choice.fact
                        && *known_effect == effect
                };
                if !taken.iter().any(alike) {
                    taken.push((choice, effect));
                }
            }
        }
    }
    (taken, withheld)
}

/// Puts the actions of both sides in the place of the joint plan's own; what each choice does.
fn replace_actions(choices: &mut Choices, actions: Vec<(Choice, Effect)>) -> Vec<Effect> {
    choices.all.retain(|choice| choice.what != What::Subject(SubjectKind::Action));
    let effects = vec![NO_EFFECT; choices.all.len()];
    let (actions, of_actions): (Vec<Choice>, Vec<Effect>) = actions.into_iter().unzip();
    choices.all.extend(actions);
    effects.into_iter().chain(of_actions).collect()
}

/// What tells the windows of a trigger apart: time since the start, and hours or attendance.
fn tests(plan: &Plan, id: TriggerId, attendance: bool) -> Tests {
    let mut tests: Vec<PlannedTest> = Vec::new();
    let mut add = |test: PlannedTest| {
        if !tests.contains(&test) {
            tests.push(test);
        }
    };
    // A case may end before it has started: that is a window of its own.
    // An action starts the case, unless that is over.
    let starts = |trigger: &When| trigger.means_started() && trigger.subject().is_none();
    if plan.trigger(id).is_some_and(|trigger| !starts(trigger)) {
        add(PlannedTest::Reached(Milestone::Start));
    }
    let lines = plan.waiting_for(id).iter().filter_map(|line| plan.line(*line));
    for condition in lines.filter_map(|line| line.condition.as_ref()) {
        condition.each_test(&mut |test| {
            let shares = attendance && test.share().is_some();
            if test.time().is_some() || test.hours().is_some() || shares {
                test.bounds().into_iter().for_each(&mut add);
            }
        });
    }
    tests.sort_by_key(|test| test.place(&plan.durations, &plan.attendances));
    Tests::new(tests)
}
