//! Lines to add, tried before they are offered.
//!
//! In: a plan, what goes wrong, and a balance that may mend it. Out: the balance with the condition
//! under which it mends it, or none: what is offered has passed the gate.

use super::gate;
use super::key::Key;
use crate::model::{Amount, Anchor, Condition, Line, LineKind, Milestone, Schedule, Test, When};
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
        if !plan.takes_edits {
            return None;
        }
        let rest = elsewhere(&plan.schedule, &self.trigger);
        let both = rest.clone().map(|rest| and(self.condition.clone(), rest));
        // A deposit is kept where it has come due, and nowhere else.
        let rest = rest.filter(|_| self.may_refund || self.condition.is_none());
        let mut conditions = vec![self.condition.clone()];
        conditions.extend(
            [both.filter(|_| self.condition.is_some()), rest].into_iter().flatten().map(Some),
        );
        // Who has not signed, or started, may be all that nobody has thought of.
        for absent in [Test::Reached(Milestone::Signature), Test::Reached(Milestone::Start)]
            .into_iter()
            .filter(|test| counts(plan, test))
        {
            let absent = Condition::Not(Box::new(Condition::Test(absent)));
            let broad: Vec<Option<Condition>> = conditions.iter().take(2).cloned().collect();
            let broad = broad.into_iter().filter(|known| known.as_ref() != Some(&absent));
            conditions.extend(broad.map(|known| Some(and(known, absent.clone()))));
        }
        let mut tries =
            conditions.into_iter().map(|condition| Proposal { condition, ..self.clone() });
        tries.find(|proposal| proposal.mends(plan, key))
    }

    fn mends(&self, plan: &Plan, key: Key) -> bool {
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
        let after = Plan::new(schedule);
        gate::gone(plan, &after, key)
            && gate::changes_only(plan, &after, key, (&self.trigger, self.amount))
    }
}

/// Both conditions.
fn and(one: Option<Condition>, other: Condition) -> Condition {
    match one {
        None => other,
        Some(Condition::All(mut parts)) => {
            parts.push(other);
            Condition::All(parts)
        }
        Some(one) => Condition::All(vec![one, other]),
    }
}

/// Whether a schedule waits for the signature or the start, or counts from it.
fn counts(plan: &Plan, test: &Test) -> bool {
    let (trigger, anchor) = if *test == Test::Reached(Milestone::Signature) {
        (When::Milestone(Milestone::Signature), Anchor::Signature)
    } else {
        (When::Milestone(Milestone::Start), Anchor::Start)
    };
    let waits = |of: &When| *of == trigger || of.anchor() == Some(anchor);
    plan.schedule.lines.iter().flat_map(|line| &line.triggers).any(waits)
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
