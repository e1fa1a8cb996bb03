//! Two versions that say the same in other words: comments, layout, vocabulary, and an order that
//! has no meaning. It is a proof without a search, where it holds.

use crate::model::{Amount, Line, LineKind, Milestone, Schedule, Subject, SubjectKind, When};

/// Whether both schedules say the same of what is billed. Their names, and what they accept, may
/// differ; where only money counts, so may labels, and whether work is itemised.
pub(super) fn same(old: &Schedule, new: &Schedule, money: bool) -> bool {
    let of_actions = |schedule: &Schedule| {
        let mut actions: Vec<_> = schedule
            .actions
            .iter()
            .map(|action| (action.name.clone(), action.rate, action.ends_case))
            .collect();
        actions.sort_by(|a, b| a.0.cmp(&b.0));
        actions
    };
    let terms = |schedule: &Schedule| {
        (schedule.planned_hours, schedule.planned_months, schedule.whole_attendance)
    };
    old.price == new.price
        && old.currency == new.currency
        && old.billed == new.billed
        && terms(old) == terms(new)
        && of_actions(old) == of_actions(new)
        && same_lines(&in_order(old), &in_order(new), money)
}

/// The lines in the order in which they fire.
fn in_order(schedule: &Schedule) -> Vec<&Line> {
    let mut lines: Vec<&Line> = schedule.lines.iter().collect();
    lines.sort_by_key(|line| line.kind == LineKind::Balance);
    lines
}

/// Whether the lines are the same, and those that one moment may fire come in the same order.
fn same_lines(old: &[&Line], new: &[&Line], money: bool) -> bool {
    let mut all = old.iter().chain(new);
    let deposits = all.any(|line| line.kind == LineKind::Deposit);
    // A line of nothing has nothing to stand on, unless it deducts.
    let unseen = |line: &Line| money || line.amount == Amount::Nothing && !deposits;
    let same = |one: &Line, other: &Line| {
        same_line(one, other, money) && (one.label == other.label || unseen(one))
    };
    let mut places: Vec<usize> = Vec::new();
    for line in old {
        let mut free = new.iter().enumerate().filter(|(place, _)| !places.contains(place));
        let Some((place, _)) = free.find(|(_, other)| same(line, other)) else { return false };
        places.push(place);
    }
    old.len() == new.len()
        && places.iter().enumerate().all(|(at, place)| {
            let later = places.iter().zip(old).skip(at + 1);
            let mut turned = later.filter(|(other, _)| *other < place).map(|(_, line)| line);
            let here = old.get(at);
            here.is_some_and(|here| !turned.any(|line| meet(here, line)))
        })
}

fn same_line(old: &Line, new: &Line, money: bool) -> bool {
    let alone = |line: &Line| {
        let pairs = line.triggers.iter().enumerate();
        pairs
            .into_iter()
            .all(|(at, one)| line.triggers.iter().skip(at + 1).all(|other| !may_meet(one, other)))
    };
    let amount = |amount: Amount| {
        if money && amount.is_work() { Amount::Work { itemised: false } } else { amount }
    };
    let same_triggers = old.triggers == new.triggers
        || alone(old)
            && old.triggers.len() == new.triggers.len()
            && old.triggers.iter().all(|trigger| new.triggers.contains(trigger))
            && new.triggers.iter().all(|trigger| old.triggers.contains(trigger));
    same_triggers
        && old.kind == new.kind
        && amount(old.amount) == amount(new.amount)
        && old.condition == new.condition
        && old.stays_open == new.stays_open
}

/// Whether one moment may fire both.
fn meet(one: &Line, other: &Line) -> bool {
    one.triggers.iter().any(|a| other.triggers.iter().any(|b| may_meet(a, b)))
}

/// Whether both triggers may come at one moment.
pub(super) fn may_meet(one: &When, other: &When) -> bool {
    one == other
        || matches!(
            (group(one), group(other)),
            (Group::Calendar, Group::Calendar)
                | (Group::Turn, Group::Turn | Group::Action)
                | (Group::Action, Group::Turn)
        )
}

/// Which triggers come together.
enum Group {
    /// All calendar dates of a day are one moment.
    Calendar,
    /// An action may start the case, or end it.
    Turn,
    Action,
    Alone,
}

fn group(trigger: &When) -> Group {
    match trigger {
        When::Calendar(_) => Group::Calendar,
        When::Milestone(Milestone::Start | Milestone::End) => Group::Turn,
        When::Subject(Subject { kind: SubjectKind::Action, .. }) => Group::Action,
        When::Milestone(_) | When::Subject(_) => Group::Alone,
    }
}
