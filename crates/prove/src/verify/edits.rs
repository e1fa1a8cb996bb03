//! Changes of lines that help recommends, tried before it does.
//!
//! In: a plan, what was found, and the lines to change. Out: whether the change mends it and changes no
//! bill that was right. Each change is of a kind that can bill otherwise only a case that did what
//! was found; why is said where it is made.

use super::gate;
use super::key::Key;
use super::{Options, Property, Verdict, verify};
use crate::model::program::{self, Program};
use crate::model::{
    Amount, Condition, Line, LineKind, Milestone, Schedule, Subject, Terminal, Test, When,
};
use crate::money::{Exact, Money, Percent};
use crate::plan::{LineId, Plan};
use std::sync::Arc;

/// The plan with these lines changed.
fn changed(plan: &Plan, lines: &[LineId], mut change: impl FnMut(&mut Line)) -> Plan {
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
    total.is_some() && (amount.percent() == Some(Percent::WHOLE) || amount.sum() == total)
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

/// Installments that may become deposits, and balances on the end that may bill the remainder then, where what else closes a case
/// bills in proportion and is to deduct what was billed before. A case that comes to its end is billed the same, day by day.
pub(super) fn deducts_what_was_billed(
    plan: &Plan,
    in_proportion: impl Fn(LineId) -> bool,
) -> Option<(Vec<LineId>, Vec<LineId>)> {
    let stated = |amount: Amount| amount.percent().is_some() || amount.sum().is_some();
    let pick = |keep: &dyn Fn(LineId, &Line) -> bool| -> Vec<LineId> {
        let lines = (0_u32..).map(LineId).take(plan.lines.len());
        lines.filter(|line| plan.stated(*line).is_some_and(|of| keep(*line, of))).collect()
    };
    let installments = pick(&|id, line| {
        line.kind == LineKind::Installment && stated(line.amount) && !plan.is_beside(id)
    });
    let ends = pick(&|_, line| {
        line.closes() && stated(line.amount) && line.triggers == [When::Milestone(Milestone::End)]
    });
    let others = pick(&|id, line| {
        line.closes() && !in_proportion(id) && !ends.contains(&id) && line.amount.up_to().is_none()
    });
    if !plan.takes_edits || installments.is_empty() || !others.is_empty() {
        return None;
    }
    let deposits = changed(plan, &installments, |line| line.kind = LineKind::Deposit);
    let after = changed(&deposits, &ends, |line| line.amount = Amount::UpTo(Percent::WHOLE));
    let fine = [Property::Underbilling, Property::StrandedDeposit, Property::Credit];
    let found = |plan: &Plan| -> Vec<Key> {
        let options = Options { only: fine.to_vec(), budget: gate::BUDGET, ..Options::default() };
        let verified = verify(plan, &options);
        let keys = verified.findings.iter().map(|finding| finding.key);
        keys.filter(|key| !matches!(key, Key::Credit(line) if in_proportion(*line))).collect()
    };
    let known = found(plan);
    let is_gone = gate::gone(plan, &after, Key::Overbilling);
    (is_gone && found(&after).iter().all(|key| known.contains(key))).then_some((installments, ends))
}

/// The plan of the second part of the language in which a line, by its place in the schedule, is changed.
pub(super) fn changed_by_the_rules(
    plan: &Plan,
    program: &Program,
    index: usize,
    change: impl FnMut(&mut program::Line),
) -> Plan {
    let mut program = program.clone();
    program.lines.iter_mut().filter(|line| line.index == index).for_each(change);
    Plan::new(Schedule { second: Some(Arc::new(program)), ..plan.schedule.clone() })
}

/// Whether this line may bill `work` instead of nothing: they differ where work is left when it closes the case, which is over.
/// Hours that were never done are left out of it.
pub(super) fn bills_the_work(plan: &Plan, key: Key, line: LineId) -> bool {
    if let Some(program) = plan.schedule.second.as_deref() {
        return bills_the_work_by_the_rules(plan, program, key, line);
    }
    let over = |when: &When| when.milestone().is_some_and(Milestone::is_terminal);
    let only_closes =
        |line: &Line| line.amount == Amount::Nothing && line.triggers.iter().all(over);
    let after = || changed(plan, &[line], |line| line.amount = Amount::Work { itemised: false });
    plan.takes_edits
        && plan.schedule.price.values_work()
        && plan.schedule.price.at_least().is_none()
        && plan.stated(line).is_some_and(only_closes)
        && gate::gone(plan, &after(), key)
}

/// The same of a schedule of the second part of the language that no other reading has. What a deposit has to do with it is left
/// out.
fn bills_the_work_by_the_rules(plan: &Plan, program: &Program, key: Key, line: LineId) -> bool {
    let Some(index) = plan.line(line).map(|line| line.index) else { return false };
    let over =
        |when: &program::When| matches!(when, program::When::Milestone(one) if one.is_terminal());
    let only_closes = |line: &program::Line| {
        let nothing = line.amount == program::Amount::Nothing;
        line.index == index && nothing && line.whens.iter().all(over)
    };
    let deposits = program.lines.iter().any(|line| line.kind == program::Kind::Deposit);
    let least = program.price.least_hours().is_some() || program.price.least_work().is_some();
    let work = program::Amount::Work(program::Form::Whole);
    let after = || changed_by_the_rules(plan, program, index, |line| line.amount = work);
    !deposits && !least && program.lines.iter().any(only_closes) && gate::gone(plan, &after(), key)
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
        let parts = before.chain(Terminal::ALL.map(|over| open(Test::Reached(over.milestone()))));
        line.condition = Some(Condition::All(parts.collect()));
    });
    let triggers: Vec<When> = of.iter().flat_map(|line| line.triggers.clone()).collect();
    gate::gone(plan, &after, key) && gate::changes_only_on(plan, &after, &triggers)
}

/// Stages that may be reported late: under which condition each of these lines, which bill up to a share,
/// leaves what a later stage has billed.
///
/// A later stage that has come has billed its greater share, and only another of these lines takes
/// anything back. So where such a condition keeps a line from billing, it would have given something
/// back, or another of them has.
pub(super) fn leaves_later_stages(plan: &Plan, lines: &[LineId]) -> Option<Vec<Condition>> {
    let subjects = |line: &Line| -> Option<Vec<Subject>> {
        line.triggers.iter().map(|trigger| trigger.subject().cloned()).collect()
    };
    let open = || plan.schedule.lines.iter().filter(|line| !line.closes());
    let share = |line: &Line| line.amount.up_to();
    let greatest = open().filter_map(share).max()?;
    let below = open().filter(|line| share(line).is_some_and(|share| share < greatest)).count();
    if open().any(|line| line.kind == LineKind::Deposit) || below != lines.len() {
        return None;
    }
    let later = |line: &&Line| -> Option<Condition> {
        let (own, share_of_it) = (subjects(line)?, share(line)?);
        let mut after: Vec<Subject> = Vec::new();
        for other in open().filter(|other| share(other).is_some_and(|it| it > share_of_it)) {
            let theirs = subjects(other).filter(|_| other.condition.is_none())?;
            after.extend(
                theirs.into_iter().filter(|subject| !after.contains(subject)).collect::<Vec<_>>(),
            );
        }
        let not = |subject| Condition::Not(Box::new(Condition::Test(Test::Happened(subject))));
        let apart = !after.is_empty() && after.iter().all(|subject| !own.contains(subject));
        let mut parts: Vec<Condition> = after.into_iter().map(not).collect();
        match parts.len() {
            _ if !apart => None,
            1 => parts.pop(),
            _ => Some(Condition::All(parts)),
        }
    };
    let conditions: Vec<Condition> =
        stated(plan, lines).iter().map(later).collect::<Option<_>>()?;
    let mut wanted = conditions.iter().cloned();
    let after = changed(plan, lines, |line| {
        let both = line.condition.take().into_iter().chain(wanted.next());
        let mut both: Vec<Condition> = both.collect();
        line.condition = if both.len() > 1 { Some(Condition::All(both)) } else { both.pop() };
    });
    let gone = |line: &LineId| gate::gone(plan, &after, Key::Credit(*line));
    lines.iter().all(gone).then_some(conditions)
}
