//! The one form of what a schedule bills, and its hash.
//!
//! What has no order has none here: actions stand by name, balances after the other lines (they
//! fire after them wherever they are written), the parts of `and` and `or` sorted, each once. What
//! has an order keeps it: deposits and installments, balances, the triggers of a line. How a line
//! was written, acceptances and scenarios are no part of it.

use super::LANGUAGE_VERSION;
use super::condition::step;
use super::record as r;
use super::write::billing;
use crate::model::{Condition, Schedule, SemanticHash};
use std::collections::HashSet;

/// The hash of what a schedule bills: comments, layout, vocabulary and the order of what has no
/// order do not change it, and any change of what is billed does.
pub fn semantic_hash(schedule: &Schedule) -> SemanticHash {
    if let Some(program) = &schedule.second {
        let mut said = format!("jalon program {LANGUAGE_VERSION}\n").into_bytes();
        said.extend(r::json(&super::program::one_form(schedule, program)));
        return SemanticHash::of(&said);
    }
    let mut said = format!("jalon schedule {LANGUAGE_VERSION}\n").into_bytes();
    said.extend(r::json(&one_form(schedule)));
    SemanticHash::of(&said)
}

fn one_form(schedule: &Schedule) -> r::Billing {
    let mut form = billing(schedule);
    form.actions.sort_by(|a, b| a.name.cmp(&b.name));
    for (line, stated) in form.lines.iter_mut().zip(&schedule.lines) {
        let mut seen = HashSet::new();
        line.triggers.retain(|trigger| seen.insert(trigger.clone()));
        line.condition = stated.condition.as_ref().map(sorted).unwrap_or_default();
    }
    form.lines.sort_by_key(|line| match line.kind {
        r::LineKind::Deposit | r::LineKind::Installment => false,
        r::LineKind::Balance => true,
    });
    form
}

/// A condition whose groups of one kind are one, its parts sorted.
fn sorted(condition: &Condition) -> Vec<r::Step> {
    match condition {
        Condition::Any(_) => joined(condition, true),
        Condition::All(_) => joined(condition, false),
        Condition::Not(inner) => std::iter::once(r::Step::Not).chain(sorted(inner)).collect(),
        Condition::Test(stated) => vec![step(stated)],
    }
}

fn joined(condition: &Condition, any: bool) -> Vec<r::Step> {
    let mut parts = Vec::new();
    gather(condition, any, &mut parts);
    parts.sort_by_cached_key(r::json);
    parts.dedup();
    match <[Vec<r::Step>; 1]>::try_from(parts) {
        Ok([only]) => only,
        Err(parts) => {
            let count = u32::try_from(parts.len()).unwrap_or(u32::MAX);
            let head = if any { r::Step::Any(count) } else { r::Step::All(count) };
            std::iter::once(head).chain(parts.into_iter().flatten()).collect()
        }
    }
}

/// The parts of a group, those of groups of the same kind in it among them.
fn gather(condition: &Condition, any: bool, parts: &mut Vec<Vec<r::Step>>) {
    match (condition, any) {
        (Condition::Any(inner), true) | (Condition::All(inner), false) => {
            inner.iter().for_each(|part| gather(part, any, parts));
        }
        (Condition::Any(_), false)
        | (Condition::All(_), true)
        | (Condition::Not(_) | Condition::Test(_), _) => parts.push(sorted(condition)),
    }
}
