//! What a schedule accepts of what was found: a property as a whole, or on one line.
//!
//! In: a schedule and what is known of it. Out: the findings that are left to be told, and the
//! acceptances that accept nothing. What an acceptance on a line does not cover still speaks.

use super::key::Key;
use super::{Finding, Verdict, Verification};
use crate::model::{Acceptance, Line, Property};
use crate::plan::{LineId, Plan};

/// The findings that the schedule does not accept, each missing line once.
pub fn left<'v>(plan: &Plan, verification: &'v Verification) -> Vec<&'v Finding> {
    let accepts = &plan.schedule.accepts;
    let accepted = |finding: &&Finding| accepts.iter().any(|it| covers(plan, it, finding));
    let mut left: Vec<&Finding> =
        verification.findings.iter().filter(|finding| !accepted(finding)).collect();
    let mut told_past = false;
    // Who comes after the date of one line comes after those before it: the first is told.
    left.retain(|finding| match finding.key {
        Key::PastDate(_) => !std::mem::replace(&mut told_past, true),
        Key::Overbilling
        | Key::Overlap(..)
        | Key::DeadLine(_)
        | Key::Leak(_)
        | Key::Gap(..)
        | Key::StrandedDeposit(..)
        | Key::Underbilling(_)
        | Key::WorkAfterClosing(_)
        | Key::WorkAtClosing(_)
        | Key::WorkLeft(_)
        | Key::AfterTerminal(..)
        | Key::Credit(_)
        | Key::Order
        | Key::Cliff(_)
        | Key::NeverStarted(_)
        | Key::Endless(..)
        | Key::PartsLeft(_) => true,
    });
    left
}

/// The acceptances of what is proved, or of what no finding on their line is about.
pub fn unused<'p>(
    plan: &'p Plan,
    verification: &Verification,
) -> impl Iterator<Item = &'p Acceptance> {
    plan.schedule.accepts.iter().filter(move |acceptance| {
        let proof = verification.proofs.iter().find(|it| it.property == acceptance.property);
        let Some(proof) = proof else { return false };
        // Where there may be more findings, one of them may be what is accepted.
        let all_told = match proof.verdict {
            Verdict::Proved => true,
            Verdict::Refuted => !proof.more,
            Verdict::Unknown => false,
        };
        all_told && !is_used(plan, verification, acceptance)
    })
}

/// The acceptances of what some case does: a verdict that names none of them would say more than is true.
pub fn used<'p>(
    plan: &'p Plan,
    verification: &Verification,
) -> impl Iterator<Item = &'p Acceptance> {
    plan.schedule.accepts.iter().filter(move |it| is_used(plan, verification, it))
}

/// Whether something is found that is accepted, or was left out of the search for that.
fn is_used(plan: &Plan, verification: &Verification, acceptance: &Acceptance) -> bool {
    let aside = || {
        acceptance.property == Property::Overbilling
            && verification.set_aside.iter().any(|line| is_of(plan, acceptance, *line))
    };
    verification.findings.iter().any(|finding| covers(plan, acceptance, finding)) || aside()
}

/// The lines that a schedule accepts not to have a property.
pub(super) fn lines_accepted(plan: &Plan, property: Property) -> Vec<LineId> {
    let on_lines = |it: &&Acceptance| it.property == property && it.line.is_some();
    let accepts = || plan.schedule.accepts.iter().filter(on_lines);
    let lines = (0..).map(LineId).take(plan.lines.len());
    lines.filter(|line| accepts().any(|acceptance| is_of(plan, acceptance, *line))).collect()
}

fn covers(plan: &Plan, acceptance: &Acceptance, finding: &Finding) -> bool {
    let on_line = || lines(plan, finding.key).iter().any(|line| is_of(plan, acceptance, *line));
    acceptance.property == finding.property() && (acceptance.line.is_none() || on_line())
}

fn is_of(plan: &Plan, acceptance: &Acceptance, line: LineId) -> bool {
    let index = plan.line(line).map(|line| line.index);
    index.is_some() && acceptance.line == index
}

/// The lines that a finding is about: an acceptance that names one of them leaves it out.
pub(super) fn lines(plan: &Plan, key: Key) -> Vec<LineId> {
    match key {
        Key::Overlap(first, second) => vec![first, second],
        // It is beside the windows of these.
        Key::Gap(trigger, _) => {
            let closes = |line: &&LineId| plan.stated(**line).is_some_and(Line::closes);
            plan.waiting_for(trigger).iter().filter(closes).copied().collect()
        }
        Key::DeadLine(line)
        | Key::StrandedDeposit(line, _)
        | Key::Underbilling(line)
        | Key::PastDate(line)
        | Key::WorkAfterClosing(line)
        | Key::WorkAtClosing(line)
        | Key::AfterTerminal(line, _)
        | Key::Credit(line)
        | Key::Endless(line, _)
        | Key::PartsLeft(line) => vec![line],
        // What a line bills beyond the price is left out of the search itself.
        Key::Overbilling
        | Key::Leak(_)
        | Key::WorkLeft(_)
        | Key::Order
        | Key::Cliff(_)
        | Key::NeverStarted(_) => Vec::new(),
    }
}
