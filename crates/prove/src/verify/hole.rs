//! A hole of one value in a ladder of closing balances: below a bound one holds, above it another, and at the bound itself none.
//!
//! In: a plan with its program, and how a case is over. Out: the line that has to hold at its bound, too, and the bound.

use super::edits::changed_by_the_rules;
use super::{Key, Options, Property, verify};
use crate::calendar::Duration;
use crate::model::program::{Condition, Line, Test, When};
use crate::model::{Range, Terminal};
use crate::plan::{LineId, Plan};
use std::cell::Cell;

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
    let after = changed_by_the_rules(plan, program, line.index, |line| {
        if let Some(Condition::Test(Test::Notice(range) | Test::Since(_, range))) =
            &mut line.condition
        {
            *range = Range::AtLeast(bound);
        }
    });
    let place = plan.lines.iter().position(|planned| planned.index == line.index)?;
    let id = LineId(u32::try_from(place).ok()?);
    let mended = ranges.iter().map(|range| match range {
        Range::Greater(of) if *of == bound => Range::AtLeast(bound),
        Range::Less(_)
        | Range::AtMost(_)
        | Range::Greater(_)
        | Range::AtLeast(_)
        | Range::Window { .. } => *range,
    });
    let leaves = || {
        let only = vec![Property::Leak];
        let known = verify(&after, &Options { only, ..Options::default() });
        known.findings.iter().any(|finding| finding.key == Key::Leak(over))
    };
    // No proof may cover the measure: that some balance holds whatever it is follows from their bounds, and lives are tried.
    (leave_nothing_out(&mended.collect::<Vec<_>>()) && !leaves()).then_some((id, bound))
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
    ranges.iter().any(ends) && holds(ranges, bound, At::Bound) == Some(false)
}

/// Whether some range holds at every length, as far as lengths can be compared.
fn leave_nothing_out(ranges: &[Range<Duration>]) -> bool {
    let mut bounds: Vec<Duration> = Vec::new();
    for range in ranges {
        range.each_bound(|bound, _| bounds.push(*bound));
    }
    let below_all = |range: &Range<Duration>| matches!(range, Range::Less(_) | Range::AtMost(_));
    let held = |bound: &Duration| {
        [At::Bound, At::Beyond].into_iter().all(|at| holds(ranges, *bound, at) == Some(true))
    };
    ranges.iter().any(below_all) && bounds.iter().all(held)
}

/// Where ranges are asked: at a bound, or at what comes next to it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    Bound,
    Beyond,
}

/// Whether some range holds there; none where lengths cannot be compared.
fn holds(ranges: &[Range<Duration>], bound: Duration, at: At) -> Option<bool> {
    let sure = Cell::new(true);
    let compared = |one: Duration, other: Duration| {
        let longer = one.no_longer_than(other);
        sure.set(sure.get() && longer.is_some());
        longer.unwrap_or(true)
    };
    let reached = |of: &Duration| compared(*of, bound);
    let passed = |of: &Duration| match at {
        At::Bound => !compared(bound, *of),
        At::Beyond => compared(*of, bound),
    };
    let held = ranges.iter().any(|range| range.holds(reached, passed));
    sure.get().then_some(held)
}
