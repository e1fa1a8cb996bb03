//! The events for which a schedule of the second part of the language waits. In: the dense program, and how the case
//! stands. Out: events to be tried, what they state as the call has it, or assumed as one hour, one unit, or each share of
//! progress that the schedule names.

use super::{Assumed, LeftOut, Standing};
use crate::model::program::{Anchor, Asked, Condition, Line, Measure, Name, Program, Test, When};
use crate::model::{Beside, EventKind, Milestone, More, SubjectKind, Terminal};
use crate::money::{Hours, Percent};

/// One unit, in ten-thousandths.
const ONE: i64 = 10_000;

/// The events that are tried, in the order in which they are shown.
pub fn awaited(
    program: &Program,
    standing: &Standing,
    hours: Hours,
    assumed: &Assumed,
) -> Vec<EventKind> {
    let Standing { closed: _, signed, started, over, suspended, progress } = *standing;
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
                action(name, worked.map(|worked| &worked.measure), compared, hours, assumed)
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
    let more = |more: More| EventKind::More(Box::new(more));
    let shares = match assumed.progress {
        Some(share) => vec![share],
        None => shares(program),
    };
    let progress =
        shares.into_iter().filter(|share| assumed.progress.is_some() || *share > progress);
    let progress = progress.map(|share| more(More::Progress(share)));
    let may_change = program.may_suspend && started && !over;
    let clock = may_change.then(|| match suspended {
        None => more(More::Suspension),
        Some(_) => more(More::Resumption),
    });
    let amendment = assumed.amendment.clone().map(|terms| more(More::Amendment(terms)));
    begin.chain(named).chain(progress).chain(clock).chain(amendment).chain(end).collect()
}

/// What could come besides, and is not tried.
pub fn left_out(program: &Program, assumed: &Assumed) -> Vec<LeftOut> {
    let may_amend = program.price.is_agreed() || !program.needs().is_empty();
    let by_amount = |measure: &Measure| matches!(measure, Measure::Amount(_));
    let mut worked = program.names.iter().filter_map(|named| named.worked.as_ref());
    let all = [
        (may_amend && assumed.amendment.is_none(), LeftOut::Amendment),
        (
            assumed.amount.is_none() && worked.any(|worked| by_amount(&worked.measure)),
            LeftOut::Amount,
        ),
    ];
    all.into_iter().filter(|(is, _)| *is).map(|(_, what)| what).collect()
}

/// The shares of progress that are tried: what conditions name and, where a line looks at progress, the whole.
fn shares(program: &Program) -> Vec<Percent> {
    let mut shares = Vec::new();
    for condition in program.lines.iter().filter_map(|line| line.condition.as_ref()) {
        condition.each_test(&mut |test: &Test| {
            if let Test::Progress(range) = test {
                range.each_bound(|share, _| shares.push(certified(*share)));
            }
        });
    }
    let waits =
        |line: &Line| line.amount.measures_progress() || line.whens.contains(&When::Progress);
    if !shares.is_empty() || program.lines.iter().any(waits) {
        shares.push(Percent::WHOLE);
    }
    shares.sort();
    shares.dedup();
    shares
}

/// The least share from this one on that an event can state.
fn certified(share: Percent) -> Percent {
    let unit = Percent::ONE / 10_000;
    let units = share.0 / unit + i64::from(share.0 % unit > 0);
    Percent((units * unit).min(Percent::WHOLE.0))
}

/// An action with what its measure needs; an amount of money is not assumed.
fn action(
    name: &str,
    measure: Option<&Measure>,
    compared: bool,
    hours: Hours,
    assumed: &Assumed,
) -> EventKind {
    let by_hours = matches!(measure, Some(Measure::Priced { .. } | Measure::Hours { .. }));
    let hours = Some(hours).filter(|_| compared || by_hours);
    let name = name.to_owned();
    match measure {
        Some(Measure::Quantity(_)) => {
            let beside = Beside { quantity: Some(ONE), amount: None };
            EventKind::More(Box::new(More::Action { name, hours, beside }))
        }
        Some(Measure::Amount(_)) if assumed.amount.is_some() => {
            let beside = Beside { quantity: None, amount: assumed.amount };
            EventKind::More(Box::new(More::Action { name, hours, beside }))
        }
        Some(_) | None => EventKind::Action { name, hours },
    }
}

/// Whether a line waits for a milestone, or counts from it.
fn waits_for(program: &Program, milestone: Milestone) -> bool {
    let is = |anchor: &Anchor| *anchor == Anchor::Milestone(milestone);
    let when =
        |when: &When| when.milestone() == Some(milestone) || when.anchor().as_ref().is_some_and(is);
    let terminal = milestone.is_terminal();
    program.lines.iter().any(|line| {
        line.whens.iter().any(when)
            || asks_after_each_event(line, &|test| {
                *test == Test::Came(milestone) || test.anchor().as_ref().is_some_and(is)
            })
            || (line.pro_rata && (terminal || milestone == Milestone::Start))
    })
}

/// Whether a line waits for something of this name, or counts from it.
fn waits_for_name(program: &Program, name: Name) -> bool {
    let when =
        |when: &When| when.named() == Some(name) || when.anchor() == Some(Anchor::Named(name));
    program.lines.iter().any(|line| {
        line.whens.iter().any(when)
            || asks_after_each_event(line, &|test| test.anchor() == Some(Anchor::Named(name)))
    })
}

/// Whether a condition asks something that each event may bring about: from its deadline on, its line is looked at after each.
fn asks_after_each_event(line: &Line, asks: &dyn Fn(&Test) -> bool) -> bool {
    let mut found = false;
    if line.whens.iter().any(|when| matches!(when, When::Before(..)))
        && let Some(condition) = &line.condition
    {
        condition.each_test(&mut |test| found |= asks(test));
    }
    found
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
