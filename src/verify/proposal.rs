//! Lines to add, tried before they are offered.
//!
//! In: a plan, what goes wrong, and a balance that may mend it. Out: the balance with the condition
//! under which it mends it, or none. A line is offered only if the schedule with it no longer does what
//! was found, and has no overlap and no dead line that it did not have before.

use super::key::Key;
use super::{Options, Property, Verification, verify};
use crate::model::{Amount, Condition, Line, LineKind, Schedule, Trigger};
use crate::plan::{LineId, Plan};

/// So many situations are looked at to try a line.
const BUDGET: usize = 20_000;

/// A closing balance to add.
#[derive(Clone)]
pub(super) struct Proposal {
    pub(super) label: String,
    pub(super) amount: Amount,
    pub(super) trigger: Trigger,
    /// Where it is wanted: everywhere, unless it says otherwise.
    pub(super) condition: Option<Condition>,
    /// Whether it may give back what other lines have billed.
    pub(super) may_refund: bool,
}

impl Proposal {
    /// The same balance, where it mends what was found without taking the place of another one.
    pub(super) fn tried(self, plan: &Plan, key: Key) -> Option<Proposal> {
        let rest = elsewhere(&plan.schedule, &self.trigger);
        let both = match (&self.condition, &rest) {
            (Some(wanted), Some(rest)) => Some(Condition::All(vec![wanted.clone(), rest.clone()])),
            (Some(_), None) | (None, _) => None,
        };
        // A deposit is kept where it has come due, and nowhere else.
        let rest = rest.filter(|_| self.may_refund || self.condition.is_none());
        let mut conditions = vec![self.condition.clone()];
        conditions.extend([both, rest].into_iter().flatten().map(Some));
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
        let refunds = (!self.may_refund).then_some(Property::Credit);
        let more: Vec<Property> = refunds.into_iter().chain([key.property()]).collect();
        let after = found(&Plan::new(schedule), &more);
        let new = u32::try_from(plan.lines.len()).map(LineId).ok();
        let has = |wanted: Key| after.findings.iter().any(|finding| finding.key == wanted);
        if has(key) || new.is_some_and(|new| has(Key::Credit(new))) {
            return false;
        }
        let mut errors = errors(&after).peekable();
        if errors.peek().is_none() {
            return true;
        }
        let before = found(plan, &[]);
        let known: Vec<Key> = self::errors(&before).collect();
        errors.all(|error| known.contains(&error))
    }
}

fn found(plan: &Plan, more: &[Property]) -> Verification {
    let only = [&[Property::Overlap, Property::DeadLine], more].concat();
    verify(plan, &Options { only, budget: BUDGET })
}

fn errors(of: &Verification) -> impl Iterator<Item = Key> {
    let keys = of.findings.iter().map(|finding| finding.key);
    keys.filter(|key| [Property::Overlap, Property::DeadLine].contains(&key.property()))
}

/// When no closing balance of a trigger holds; `None` where there is none, or one always does.
fn elsewhere(schedule: &Schedule, trigger: &Trigger) -> Option<Condition> {
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
