//! Changes of lines that help recommends, tried before it does.
//!
//! In: a plan, what was found, and the lines to change. Out: whether the change mends it and changes no
//! bill that was right. Each change is of a kind that can bill otherwise only a case that did what
//! was found; why is said where it is made.

use super::gate;
use super::key::Key;
use super::{Options, Property, Verdict, verify};
use crate::model::{Amount, Condition, Line, LineKind, Milestone, Test, When};
use crate::money::{Exact, Money, Percent};
use crate::plan::{LineId, Plan};

/// The plan with these lines changed.
fn changed(plan: &Plan, lines: &[LineId], change: impl Fn(&mut Line)) -> Plan {
    let mut schedule = plan.schedule.clone();
    let places = lines.iter().filter_map(|line| plan.line(*line)).map(|line| line.index);
    for place in places {
        if let Some(line) = schedule.lines.get_mut(place) {
            change(line);
        }
    }
    Plan::new(schedule)
}

fn stated<'p>(plan: &'p Plan, lines: &[LineId]) -> Vec<&'p Line> {
    lines.iter().filter_map(|line| plan.stated(*line)).collect()
}

/// The balances that bill the whole price and close the case.
pub(super) fn whole_balances(plan: &Plan, total: Option<Money>) -> Vec<LineId> {
    let lines = (0_u32..).map(LineId).take(plan.lines.len());
    let whole = |line: &LineId| {
        plan.stated(*line).is_some_and(|line| {
            line.kind == LineKind::Balance && line.closes() && is_whole(line.amount, total)
        })
    };
    lines.filter(whole).collect()
}

fn is_whole(amount: Amount, total: Option<Money>) -> bool {
    match amount {
        Amount::Percent(share) => total.is_some() && share == Percent::WHOLE,
        Amount::Sum(sum) => Some(sum) == total,
        Amount::UpTo(_)
        | Amount::Work { .. }
        | Amount::Nothing
        | Amount::ProRataAttendance
        | Amount::ProRataDuration => false,
    }
}

/// Whether these closing balances may bill the remainder instead of what they do, to mend
/// overbilling or underbilling.
pub(super) fn bills_the_remainder(plan: &Plan, key: Key, lines: &[LineId]) -> bool {
    let total = plan.total(plan.schedule.planned_hours).ok().flatten().and_then(Exact::round);
    let of = stated(plan, lines);
    let safe = plan.takes_edits
        && match key.property() == Property::Underbilling {
            // A balance of the whole price and the remainder differ where something else was billed:
            // then more than the price is.
            false => of.iter().all(|line| is_whole(line.amount, total)),
            // They differ where less than the price was billed in all, as none is overbilled; and the
            // case has ended. Who decided that nothing is due is not told that all is.
            true => {
                let on_end = |line: &&Line| {
                    line.closes()
                        && line.triggers == [When::Milestone(Milestone::End)]
                        && line.amount != Amount::Nothing
                };
                of.iter().all(on_end) && holds(plan, Property::Overbilling)
            }
        };
    let after = || changed(plan, lines, |line| line.amount = Amount::UpTo(Percent::WHOLE));
    safe && gate::gone(plan, &after(), key)
}

fn holds(plan: &Plan, property: Property) -> bool {
    let options = Options { only: vec![property], budget: gate::BUDGET, ..Options::default() };
    let proofs = verify(plan, &options).proofs;
    proofs.iter().all(|proof| proof.verdict == Verdict::Proved)
}

/// Whether these lines may wait for a case that is not over: they bill by themselves, so that they
/// differ only where they bill after the case is over.
pub(super) fn stops_when_over(plan: &Plan, key: Key, lines: &[LineId]) -> bool {
    let of = stated(plan, lines);
    let by_itself = |trigger: &When| trigger.calendar().is_some();
    let safe = |line: &&Line| !line.closes() && line.triggers.iter().all(by_itself);
    if !plan.takes_edits || !of.iter().all(safe) {
        return false;
    }
    let open = |test| Condition::Not(Box::new(Condition::Test(test)));
    let after = changed(plan, lines, |line| {
        let before = line.condition.take().into_iter();
        let parts = before.chain([
            open(Test::Reached(Milestone::End)),
            open(Test::Reached(Milestone::Abandonment)),
        ]);
        line.condition = Some(Condition::All(parts.collect()));
    });
    let triggers: Vec<When> = of.iter().flat_map(|line| line.triggers.clone()).collect();
    gate::gone(plan, &after, key) && gate::changes_only_on(plan, &after, &triggers)
}
