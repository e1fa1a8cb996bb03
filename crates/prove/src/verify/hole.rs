//! A hole of one value in a ladder of closing balances: below a bound one holds, above it another, and at the bound itself none.
//!
//! In: a plan with its program, and how a case is over. Out: the line that has to hold at its bound, too, and the bound.

use super::{Key, Options, Property, verify};
use crate::calendar::Duration;
use crate::model::program::{Condition, Line, Program, Test, When};
use crate::model::{Range, Schedule, Terminal};
use crate::plan::{LineId, Plan};
use std::cell::Cell;
use std::sync::Arc;

/// The line whose bound leaves out itself, where that is all that leaves such cases open.
pub(super) fn at_a_bound(plan: &Plan, over: Terminal) -> Option<(LineId, Duration)> {
    let program = plan.schedule.second.as_deref()?;
    let waits = |line: &&Line| line.whens.contains(&When::Milestone(over.milestone()));
    let closing = || program.lines.iter().filter(|line| line.closes()).filter(waits);
    let ranges: Vec<Range<Duration>> = closing().map(length_asked).collect::<Option<_>>()?;
    let measures: Vec<Test> = closing().filter_map(measure).collect();
    if measures.windows(2).any(|pair| matches!(pair, [one, other] if one != other)) {
        return None;
    }
    let (line, bound) = closing().zip(&ranges).find_map(|(line, range)| match range {
        Range::Greater(bound) => is_a_hole(*bound, &ranges).then_some((line, *bound)),
        Range::Less(_) | Range::AtMost(_) | Range::AtLeast(_) | Range::Window { .. } => None,
    })?;
    let after = held_at_its_bound(plan, program, line.index, bound);
    let known = verify(&after, &Options { only: vec![Property::Leak], ..Options::default() });
    let is_left = known.findings.iter().any(|finding| finding.key == Key::Leak(over));
    let place = plan.lines.iter().position(|planned| planned.index == line.index)?;
    let id = LineId(u32::try_from(place).ok()?);
    (!is_left).then_some((id, bound))
}

/// What is measured by the one test of a line, whatever its bounds.
fn measure(line: &Line) -> Option<Test> {
    let any = Range::Less(Duration::Days(0));
    Some(match line.condition.as_ref()? {
        Condition::Test(Test::Notice(_)) => Test::Notice(any),
        Condition::Test(Test::Since(anchor, _)) => Test::Since(*anchor, any),
        Condition::Test(_) | Condition::Any(_) | Condition::All(_) | Condition::Not(_) => {
            return None;
        }
    })
}

/// The length that is the only thing that a line asks for.
fn length_asked(line: &Line) -> Option<Range<Duration>> {
    match line.condition.as_ref()? {
        Condition::Test(Test::Notice(range) | Test::Since(_, range)) => Some(*range),
        Condition::Test(_) | Condition::Any(_) | Condition::All(_) | Condition::Not(_) => None,
    }
}

/// Whether some range ends at a bound, and none holds there.
fn is_a_hole(bound: Duration, ranges: &[Range<Duration>]) -> bool {
    let ends = |range: &Range<Duration>| matches!(range, Range::Less(end) | Range::Window { under: end, .. } if *end == bound);
    // What cannot be compared may hold.
    let sure = Cell::new(true);
    let compared = |one: Duration, other: Duration, unknown: bool| {
        let longer = one.no_longer_than(other);
        sure.set(sure.get() && longer.is_some());
        longer.unwrap_or(unknown)
    };
    let holds = |range: &Range<Duration>| {
        range.holds(|n| compared(*n, bound, true), |n| !compared(bound, *n, false))
    };
    let held = ranges.iter().any(holds);
    ranges.iter().any(ends) && !held && sure.get()
}

/// The plan in which this line holds at its bound, too.
fn held_at_its_bound(plan: &Plan, program: &Program, index: usize, bound: Duration) -> Plan {
    let mut program = program.clone();
    for line in program.lines.iter_mut().filter(|line| line.index == index) {
        if let Some(Condition::Test(Test::Notice(range) | Test::Since(_, range))) =
            &mut line.condition
        {
            *range = Range::AtLeast(bound);
        }
    }
    Plan::new(Schedule { second: Some(Arc::new(program)), ..plan.schedule.clone() })
}
