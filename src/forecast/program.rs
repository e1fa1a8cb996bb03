//! The events for which a schedule of the second part of the language waits. In: the dense program, and how the case
//! stands. Out: events to be tried, what they state assumed as one hour, or one unit.

use super::Standing;
use crate::model::program::{Anchor, Asked, Condition, Line, Measure, Name, Program, Test, When};
use crate::model::{Beside, EventKind, Milestone, More, SubjectKind, Terminal};
use crate::money::Hours;

/// One unit, in ten-thousandths.
const ONE: i64 = 10_000;

/// The events that are tried, in the order in which they are shown.
pub fn awaited(program: &Program, standing: &Standing, hours: Hours) -> Vec<EventKind> {
    let Standing { closed: _, signed, started, over } = *standing;
    let may_come = |milestone: Milestone| {
        let came = if milestone == Milestone::Signature { signed } else { started };
        !over && (milestone.is_terminal() || !came)
    };
    let milestone = |milestone: Milestone| {
        (may_come(milestone) && waits_for(program, milestone))
            .then_some(EventKind::Milestone(milestone))
    };
    let begin = [Milestone::Signature, Milestone::Start].into_iter().filter_map(milestone);
    let end = Terminal::ALL.map(Terminal::milestone).into_iter().filter_map(milestone);
    let compared = compares_hours(program);
    let named = (0_u32..).zip(&program.subjects).filter_map(|(number, (kind, name))| {
        let worked = program.names.get(number as usize).and_then(|named| named.worked.as_ref());
        Some(match kind {
            SubjectKind::Action => {
                action(name, worked.map(|worked| &worked.measure), compared, hours)
            }
            SubjectKind::Deliverable if waits_for_name(program, Name(number)) => {
                EventKind::Deliverable { name: name.clone() }
            }
            SubjectKind::Event if waits_for_name(program, Name(number)) => {
                EventKind::Event { name: name.clone() }
            }
            SubjectKind::Deliverable | SubjectKind::Event => return None,
        })
    });
    begin.chain(named).chain(end).collect()
}

/// An action with what its measure needs; an amount of money is not assumed.
fn action(name: &str, measure: Option<&Measure>, compared: bool, hours: Hours) -> EventKind {
    let by_hours = matches!(measure, Some(Measure::Priced { .. } | Measure::Hours { .. }));
    let hours = Some(hours).filter(|_| compared || by_hours);
    let name = name.to_owned();
    match measure {
        Some(Measure::Quantity(_)) => {
            let beside = Beside { quantity: Some(ONE), amount: None };
            EventKind::More(Box::new(More::Action { name, hours, beside }))
        }
        Some(_) | None => EventKind::Action { name, hours },
    }
}

/// Whether a line waits for a milestone, or counts from it.
fn waits_for(program: &Program, milestone: Milestone) -> bool {
    let is = |anchor: &Anchor| *anchor == Anchor::Milestone(milestone);
    let when = |when: &When| match when {
        When::Milestone(own) => *own == milestone,
        When::After(_, anchor) | When::Every { anchor, .. } => is(anchor),
        When::Named(_)
        | When::Progress
        | When::End(_)
        | When::DayOfMonth(_)
        | When::Before(..)
        | When::Dates(_) => false,
    };
    let terminal = milestone.is_terminal();
    program.lines.iter().any(|line| {
        line.whens.iter().any(when)
            || (line.pro_rata && (terminal || milestone == Milestone::Start))
    })
}

/// Whether a line waits for something of this name, or counts from it.
fn waits_for_name(program: &Program, name: Name) -> bool {
    let when = |when: &When| match when {
        When::Named(own) => *own == name,
        When::After(_, anchor) | When::Every { anchor, .. } => *anchor == Anchor::Named(name),
        When::Milestone(_)
        | When::Progress
        | When::End(_)
        | When::DayOfMonth(_)
        | When::Before(..)
        | When::Dates(_) => false,
    };
    program.lines.iter().any(|line| line.whens.iter().any(when))
}

/// Whether a line looks at the hours of actions.
fn compares_hours(program: &Program) -> bool {
    let of_hours = |condition: &Condition| {
        let mut found = false;
        condition.each_test(&mut |test: &Test| {
            let is_progress = matches!(test, Test::Progress(_));
            found |= match test.asked() {
                Asked::Hours(_) => true,
                Asked::Share(_) => !is_progress,
                Asked::Length(_) | Asked::Day(_) | Asked::Times(_) | Asked::Nothing => false,
            };
        });
        found
    };
    let conditions = program.lines.iter().filter_map(|line| line.condition.as_ref());
    let measures = |line: &Line| line.amount.measures_hours();
    conditions.into_iter().any(of_hours) || program.lines.iter().any(measures)
}
