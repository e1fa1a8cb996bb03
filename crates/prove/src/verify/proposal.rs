//! Lines to add, tried before they are offered.
//!
//! In: a plan, what goes wrong, and a balance that may mend it. Out: the balance with the condition
//! under which it mends it, or none: what is offered has passed the gate.

use super::gate;
use super::key::Key;
use crate::model::{
    Amount, Anchor, Condition, Line, LineKind, Milestone, Range, Schedule, Test, When,
};
use crate::plan::Plan;

/// A closing balance to add.
#[derive(Clone)]
pub(super) struct Proposal {
    pub(super) label: String,
    pub(super) amount: Amount,
    pub(super) trigger: When,
    /// Where it is wanted: everywhere, unless it says otherwise.
    pub(super) condition: Option<Condition>,
    /// Whether it may give back what other lines have billed.
    pub(super) may_refund: bool,
}

impl Proposal {
    /// The same balance, where it mends what was found and changes no bill that was right; with a
    /// narrower condition, where only that does.
    pub(super) fn tried(self, plan: &Plan, key: Key) -> Option<Proposal> {
        self.forms(plan).find(|proposal| proposal.mends(plan, key))
    }

    /// The same beside lines that are proposed already, which `with` has. Without them it changes no bill that was
    /// right, either: who adds only some of the lines is billed nothing that is wrong.
    pub(super) fn tried_beside(self, plan: &Plan, with: &Plan, key: Key) -> Option<Proposal> {
        let harmless = |proposal: &Proposal| {
            let after = proposal.added(plan);
            gate::changes_only(plan, &after, key, (&proposal.trigger, proposal.amount))
        };
        self.forms(with).find(|proposal| proposal.mends(with, key) && harmless(proposal))
    }

    /// Whether both are one balance, whatever they are called.
    pub(super) fn is_like(&self, other: &Proposal) -> bool {
        let of = |it: &Proposal| (it.amount, it.trigger.clone(), it.condition.clone());
        of(self) == of(other)
    }

    /// The forms to be tried in turn: as it is, and with narrower conditions.
    fn forms(self, plan: &Plan) -> impl Iterator<Item = Proposal> {
        let rest = elsewhere(&plan.schedule, &self.trigger);
        let has_started =
            self.trigger.means_started() || self.condition.as_ref().is_some_and(implies_started);
        let absent =
            |milestone| Condition::Not(Box::new(Condition::Test(Test::Reached(milestone))));
        // Before the start no duration holds: who never starts may be all that windows leave out.
        let by_duration = !has_started && rest.as_ref().is_some_and(asks_for_a_duration);
        let never = by_duration.then(|| and(self.condition.clone(), absent(Milestone::Start)));
        let rest = rest.map(|rest| spelled_out(&rest, true, has_started));
        let both = rest.clone().map(|rest| and(self.condition.clone(), rest));
        // A deposit is kept where it has come due, and nowhere else.
        let rest = rest.filter(|_| self.may_refund || self.condition.is_none());
        let mut conditions = vec![self.condition.clone()];
        conditions.extend(
            [both.filter(|_| self.condition.is_some()), rest].into_iter().flatten().map(Some),
        );
        let broad: Vec<Option<Condition>> = conditions.iter().take(2).cloned().collect();
        if let Some(never) = never {
            conditions.insert(1, Some(never));
        }
        // Who has not signed, or started, may be all that nobody has thought of.
        for missing in [Milestone::Signature, Milestone::Start]
            .into_iter()
            .filter(|milestone| counts(plan, *milestone))
        {
            let absent = absent(missing);
            let broad = broad.iter().filter(|known| known.as_ref() != Some(&absent)).cloned();
            conditions.extend(broad.map(|known| Some(and(known, absent.clone()))));
        }
        conditions.dedup();
        conditions.into_iter().map(move |condition| Proposal { condition, ..self.clone() })
    }

    /// Whether it mends what was found, and changes no bill that was right.
    pub(super) fn mends(&self, plan: &Plan, key: Key) -> bool {
        let after = self.added(plan);
        gate::gone(plan, &after, key)
            && gate::changes_only(plan, &after, key, (&self.trigger, self.amount))
    }

    /// The schedule with this balance.
    pub(super) fn added(&self, plan: &Plan) -> Plan {
        let mut schedule = plan.schedule.clone();
        schedule.lines.push(Line {
            kind: LineKind::Balance,
            label: self.label.clone(),
            amount: self.amount,
            triggers: vec![self.trigger.clone()],
            condition: self.condition.clone(),
            stays_open: false,
            text: String::new(),
            span: schedule.span,
        });
        // The numbers of lines and triggers stay: balances come last, and this one is the last.
        Plan::new(schedule)
    }
}

/// Both conditions.
fn and(one: Option<Condition>, other: Condition) -> Condition {
    all(one.into_iter().chain([other]).collect())
}

/// All of these, each once, in one list.
fn all(parts: Vec<Condition>) -> Condition {
    let mut flat: Vec<Condition> = Vec::new();
    for part in parts {
        let parts = if let Condition::All(parts) = part { parts } else { vec![part] };
        for part in parts {
            if !flat.contains(&part) {
                flat.push(part);
            }
        }
    }
    if flat.len() == 1 { flat.remove(0) } else { Condition::All(flat) }
}

/// One of these at the least, each once, in one list.
fn any(parts: Vec<Condition>) -> Condition {
    let mut flat: Vec<Condition> = Vec::new();
    for part in parts {
        let parts = if let Condition::Any(parts) = part { parts } else { vec![part] };
        for part in parts {
            if !flat.contains(&part) {
                flat.push(part);
            }
        }
    }
    if flat.len() == 1 { flat.remove(0) } else { Condition::Any(flat) }
}

/// Whether a schedule waits for a milestone, or counts from it.
fn counts(plan: &Plan, milestone: Milestone) -> bool {
    let is_it = |anchor: Anchor| anchor.milestone() == milestone;
    let waits = |of: &When| *of == When::Milestone(milestone) || of.anchor().is_some_and(is_it);
    plan.schedule.lines.iter().flat_map(|line| &line.triggers).any(waits)
}

fn asks_for_a_duration(condition: &Condition) -> bool {
    let mut asks = false;
    condition.each_test(&mut |test, _| asks |= matches!(test, Test::Duration(_)));
    asks
}

/// Whether it holds only in a case that has started, as its form tells.
fn implies_started(condition: &Condition) -> bool {
    match condition {
        Condition::All(parts) => parts.iter().any(implies_started),
        Condition::Any(parts) => parts.iter().all(implies_started),
        Condition::Not(_) => false,
        Condition::Test(test) => {
            matches!(test, Test::Duration(_) | Test::Reached(Milestone::Start))
        }
    }
}

/// A condition, or its contrary, in which no duration is denied: what holds before the start as well says so, since
/// a reader takes `not duration < 4 months` for four months that have passed.
fn spelled_out(condition: &Condition, holds: bool, has_started: bool) -> Condition {
    if !asks_for_a_duration(condition) {
        return match condition {
            _ if holds => condition.clone(),
            Condition::Not(inner) => (**inner).clone(),
            Condition::All(_) | Condition::Any(_) | Condition::Test(_) => {
                Condition::Not(Box::new(condition.clone()))
            }
        };
    }
    let each = |parts: &[Condition]| -> Vec<Condition> {
        parts.iter().map(|part| spelled_out(part, holds, has_started)).collect()
    };
    match condition {
        Condition::Not(inner) => spelled_out(inner, !holds, has_started),
        Condition::All(parts) if holds => all(each(parts)),
        Condition::Any(parts) if !holds => all(each(parts)),
        Condition::All(parts) | Condition::Any(parts) => any(each(parts)),
        Condition::Test(Test::Duration(range)) if !holds => {
            let not_started = || {
                let started = Condition::Test(Test::Reached(Milestone::Start));
                Condition::Not(Box::new(started))
            };
            let others =
                contrary(*range).into_iter().map(|range| Condition::Test(Test::Duration(range)));
            any((!has_started).then(not_started).into_iter().chain(others).collect())
        }
        Condition::Test(_) => condition.clone(),
    }
}

/// The ranges that a range leaves out.
fn contrary<T>(range: Range<T>) -> Vec<Range<T>> {
    match range {
        Range::Less(bound) => vec![Range::AtLeast(bound)],
        Range::AtMost(bound) => vec![Range::Greater(bound)],
        Range::Greater(bound) => vec![Range::AtMost(bound)],
        Range::AtLeast(bound) => vec![Range::Less(bound)],
        Range::Window { from, under } => vec![Range::Less(from), Range::AtLeast(under)],
    }
}

/// When no closing balance of a trigger holds; `None` where there is none, or one always does.
fn elsewhere(schedule: &Schedule, trigger: &When) -> Option<Condition> {
    let closing =
        schedule.lines.iter().filter(|line| line.closes() && line.triggers.contains(trigger));
    let mut held: Vec<Condition> =
        closing.map(|line| line.condition.clone()).collect::<Option<Vec<_>>>()?;
    held.dedup();
    let all = match held.len() {
        0 | 1 => held.pop()?,
        _ => Condition::Any(held),
    };
    Some(match all {
        Condition::Not(inner) => *inner,
        Condition::Any(_) | Condition::All(_) | Condition::Test(_) => Condition::Not(Box::new(all)),
    })
}
