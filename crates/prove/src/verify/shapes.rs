//! Shapes of lines that rule a cliff out by themselves: no search is needed, however many lines there
//! are.
//!
//! In: a schedule, and its total where it is known. `false` says nothing: the search has to look.

use super::bounds;
use super::machine::Machine;
use super::situation::{Situation, tests};
use crate::calendar::{Date, Duration};
use crate::model::{Amount, LineKind, Milestone, Terminal};
use crate::money::{Hours, Percent};
use crate::plan::{LineId, Plan, PlannedLine, TriggerId};

pub(super) fn waiting(
    plan: &Plan,
    trigger: TriggerId,
) -> impl Iterator<Item = (LineId, &PlannedLine)> {
    plan.waiting_for(trigger).iter().filter_map(|id| Some((*id, plan.line(*id)?)))
}

/// The lines that a day fires by itself.
fn calendar_lines(plan: &Plan) -> impl Iterator<Item = (LineId, &PlannedLine)> {
    let days = plan.calendar().iter().map(|trigger| trigger.id);
    days.flat_map(|trigger| waiting(plan, trigger))
}

/// Whether no line asks how the case is over.
pub(super) fn nobody_asks_how(plan: &Plan) -> bool {
    let mut asked = false;
    for condition in plan.lines.iter().filter_map(|line| line.condition.as_ref()) {
        condition.each_test(&mut |test| {
            asked |= test.milestone().is_some_and(Milestone::is_terminal);
        });
    }
    !asked
}

/// Whether abandoning later cannot pay less: no line for it looks at the time, and the calendar only
/// adds to what is billed. Where it adds, a line that gives back and leaves the case open would give back
/// more the later it comes.
pub(super) fn never_less_later(plan: &Plan) -> bool {
    let adds = |(_, line): (LineId, &PlannedLine)| {
        line.kind != LineKind::Balance && !matches!(line.amount, Amount::UpTo(_))
    };
    let timeless = |(id, _): (LineId, &PlannedLine)| !tests(plan, id, |test| test.time().is_some());
    let leaving = plan.milestone(Milestone::Abandonment);
    let leaving = || leaving.into_iter().flat_map(|trigger| waiting(plan, trigger));
    let gives_back = |(id, line): (LineId, &PlannedLine)| !line.closes && !adds((id, line));
    nobody_asks_how(plan)
        && calendar_lines(plan).all(adds)
        && leaving().all(timeless)
        && (calendar_lines(plan).next().is_none() || !leaving().any(gives_back))
}

/// Whether the lines for abandonment look at nothing but the time, and bill more from window to window.
pub(super) fn windows_rise(machine: &Machine<'_>) -> bool {
    let plan = machine.plan;
    let Some((exact, total)) = machine.total else { return false };
    let Some(leaving) = plan.milestone(Milestone::Abandonment) else { return false };
    let Some(start) = Date::new(2025, 1, 15) else { return false };
    let months = plan.durations.iter().filter(|length| matches!(length, Duration::Months(_)));
    let months = months.count();
    let in_time = |(id, line): (LineId, &PlannedLine)| {
        let other = tests(plan, id, |test| {
            test.time().is_none() && test.milestone() != Some(Milestone::Start)
        });
        line.closes && !other
    };
    let mixed = months != 0 && months != plan.durations.len();
    if mixed
        || !nobody_asks_how(plan)
        || calendar_lines(plan).next().is_some()
        || !waiting(plan, leaving).all(in_time)
        || !bounds::never_credits(plan, exact, total)
    {
        return false;
    }
    let one = Duration::Days(1);
    let bounds = plan.durations.iter().map(|length| start.plus(*length));
    let mut days: Vec<Date> = bounds
        .flat_map(|day| [day.pred(), day, day.plus(one)])
        .filter(|day| *day >= start)
        .collect();
    days.push(start);
    days.sort_unstable();
    // What is billed on a day: nothing where no line holds.
    let billed = |today: Date| {
        let situation = Situation {
            plan,
            axis: &machine.axis,
            today,
            started: Some(start),
            signed: false,
            over: Some(Terminal::Abandonment),
            hours: Hours::default(),
            happened: &|_| false,
        };
        let Some((_, line)) = waiting(plan, leaving).find(|(id, _)| situation.line_holds(*id))
        else {
            return Some((false, Percent(0)));
        };
        Some((true, line.amount.only_share()?))
    };
    let all: Option<Vec<(bool, Percent)>> = days.into_iter().map(billed).collect();
    all.is_some_and(|all| all.is_sorted())
}

/// Whether finishing cannot pay less than abandoning on the same day: an unconditional balance at the
/// end bills at least the share of every line for abandonment, and gives no deposit back.
pub(super) fn never_less_at_the_end(machine: &Machine<'_>) -> bool {
    let plan = machine.plan;
    if !nobody_asks_how(plan) {
        return false;
    }
    if plan.milestone(Milestone::End).is_none() && plan.milestone(Milestone::Abandonment).is_none()
    {
        return true;
    }
    if calendar_lines(plan).next().is_some() {
        return false;
    }
    // An `up to` below what is billed gives back, too.
    let gives_back = |line: &PlannedLine| {
        line.kind == LineKind::Deposit || matches!(line.amount, Amount::UpTo(_))
    };
    let deposits = plan.lines.iter().any(gives_back);
    let keeps = !deposits
        || machine.total.is_some_and(|(exact, total)| bounds::never_credits(plan, exact, total));
    let lines = |trigger: Option<TriggerId>| -> Vec<&PlannedLine> {
        trigger.into_iter().flat_map(|it| waiting(plan, it).map(|(_, line)| line)).collect()
    };
    let (leaving, ending) =
        (lines(plan.milestone(Milestone::Abandonment)), lines(plan.milestone(Milestone::End)));
    if leaving.is_empty() && !deposits {
        return true;
    }
    let [end] = *ending else { return keeps && leaving.is_empty() };
    let total = machine.total.map(|(exact, _)| exact);
    (keeps || one_small_deposit(plan, end))
        && end.closes
        && end.condition.is_none()
        && leaving.iter().all(|line| line.closes && line.amount.is_covered_by(end.amount, total))
}

/// One deposit and no other part: the balance at the end is at least as large.
fn one_small_deposit(plan: &Plan, end: &PlannedLine) -> bool {
    let mut parts = plan.lines.iter().filter(|line| !line.closes);
    match (parts.next(), parts.next(), end.amount) {
        (Some(part), None, Amount::Percent(more)) => {
            let share = matches!(part.amount, Amount::Percent(share) if share <= more);
            part.kind == LineKind::Deposit && share
        }
        (Some(_) | None, Some(_) | None, _) => false,
    }
}
