//! Edits, tried before they are shown.
//!
//! In: a schedule before and after an edit, and what the edit is to mend. Out: whether it mends it
//! and changes no bill that was right: every case that is billed otherwise, net, on some day did what
//! was found, and none does it afterwards. What the comparison cannot tell is no.

use super::key::Key;
use super::versions::{self, Change, Comparison};
use super::{Options, Property, Verdict, Verification, verify};
use crate::model::{Amount, LineKind, Milestone, Price, When};
use crate::money::Money;
use crate::plan::Plan;

/// So many situations are looked at in each search: many findings may each have an edit to try.
pub(super) const BUDGET: usize = 20_000;

/// Whether nothing of what was found is left, and no overlap and no dead line is new.
pub(super) fn gone(before: &Plan, after: &Plan, key: Key) -> bool {
    let property = key.property();
    let found = |plan: &Plan, more: &[Property]| {
        let only = [&[Property::Overlap, Property::DeadLine], more].concat();
        verify(plan, &Options { only, budget: BUDGET, ..Options::default() })
    };
    let now = found(after, &[property]);
    let mut proofs = now.proofs.iter().filter(|proof| proof.property == property);
    let known = proofs.all(|proof| proof.verdict != Verdict::Unknown && !proof.more);
    if !known || now.findings.iter().any(|finding| finding.key == key) {
        return false;
    }
    let errors = |of: &Verification| -> Vec<Key> {
        let keys = of.findings.iter().map(|finding| finding.key);
        let error = |key: &Key| [Property::Overlap, Property::DeadLine].contains(&key.property());
        keys.filter(error).collect()
    };
    let new = errors(&now);
    if new.is_empty() {
        return true;
    }
    let known = errors(&found(before, &[]));
    new.iter().all(|error| known.contains(error))
}

/// What leaves a case open when it is over.
const LEFT_OPEN: [Property; 3] = [Property::Leak, Property::Gap, Property::NeverStarted];

/// What leaves cases of a schedule open.
pub(super) fn left_open(plan: &Plan) -> Vec<Key> {
    let options = Options { only: LEFT_OPEN.to_vec(), budget: BUDGET, ..Options::default() };
    verify(plan, &options).findings.iter().map(|finding| finding.key).collect()
}

/// Whether lines that were added leave nothing of what was found, and no case open in a way that is not among these.
pub(super) fn settled(after: &Plan, key: Key, known: &[Key]) -> bool {
    let only = [&LEFT_OPEN[..], &[key.property()]].concat();
    let now = verify(after, &Options { only, budget: BUDGET, ..Options::default() });
    let mut proofs = now.proofs.iter();
    let is_new = |of: Key| LEFT_OPEN.contains(&of.property()) && !known.contains(&of);
    proofs.all(|proof| proof.verdict != Verdict::Unknown && !proof.more)
        && !now.findings.iter().any(|finding| finding.key == key || is_new(finding.key))
}

fn options(money: bool) -> versions::Options {
    versions::Options { money, started: false, budget: BUDGET }
}

fn compared(before: &Plan, after: &Plan) -> Comparison {
    versions::compare(before, after, &options(false))
}

/// Whether a closing balance that is added on a trigger bills otherwise only cases that did what was
/// found.
pub(super) fn changes_only(
    before: &Plan,
    after: &Plan,
    key: Key,
    (trigger, amount): (&When, Amount),
) -> bool {
    // Such a trigger comes once. Where the schedule bills nothing after it, what the balance bills is
    // a deposit that was left, or work that was not billed: that is what was found.
    let once = trigger.milestone().is_some_and(Milestone::is_terminal);
    let triggers = std::slice::from_ref(trigger);
    if once && leaves_it(before, key, amount) {
        if waits_for_milestones(before) {
            return true;
        }
        if differ_only_on(&closings(before, after), triggers) {
            let lines = compared(before, after);
            if differ_only_on(&lines, triggers) {
                return true;
            }
            if shows_other_totals(&lines) {
                return false;
            }
        }
    }
    // Else nobody may be billed otherwise at all.
    versions::equivalent(before, after, &options(true))
}

/// Whether nothing comes on which a case could be billed once it is over: it neither starts nor is signed
/// then, and is over once.
fn waits_for_milestones(plan: &Plan) -> bool {
    let mut triggers = plan.schedule.lines.iter().flat_map(|line| &line.triggers);
    triggers.all(|trigger| trigger.milestone().is_some())
}

/// Whether each case that such a balance bills or pays anything leaves what was found.
fn leaves_it(before: &Plan, key: Key, amount: Amount) -> bool {
    let schedule = &before.schedule;
    // Hours that were never done are billed to those who leave nothing.
    let least = schedule.price.at_least().is_some();
    let deposits = schedule.lines.iter().any(|line| line.kind == LineKind::Deposit);
    match (key, amount) {
        (Key::Leak(_) | Key::Gap(..) | Key::NeverStarted(_), Amount::Nothing) => true,
        (Key::Leak(_) | Key::Gap(..) | Key::NeverStarted(_), Amount::Work { .. }) => !least,
        (Key::WorkLeft(_), Amount::Work { .. }) => !least && !deposits,
        (
            Key::Overbilling
            | Key::Overlap(..)
            | Key::DeadLine(_)
            | Key::Leak(_)
            | Key::Gap(..)
            | Key::StrandedDeposit(..)
            | Key::Underbilling(_)
            | Key::PastDate(_)
            | Key::WorkAfterClosing(_)
            | Key::WorkAtClosing(_)
            | Key::WorkLeft(_)
            | Key::AfterTerminal(..)
            | Key::Credit(_)
            | Key::Order
            | Key::Cliff(_)
            | Key::NeverStarted(_)
            | Key::Endless(..)
            | Key::PartsLeft(_),
            _,
        ) => false,
    }
}

/// Whether some case is billed another sum.
fn shows_other_totals(comparison: &Comparison) -> bool {
    let mut examples = comparison.windows.iter().filter_map(|window| window.example.as_ref());
    examples.any(|example| example.totals[0] != example.totals[1])
}

/// Whether two versions surely bill the same wherever anything else comes than these triggers.
fn differ_only_on(comparison: &Comparison, triggers: &[When]) -> bool {
    comparison.apart.is_empty()
        && comparison.windows.iter().all(|window| {
            let trigger = comparison.both.trigger(window.trigger);
            let here = trigger.is_some_and(|trigger| triggers.contains(trigger));
            here || window.change == Change::Same && window.proved
        })
}

/// Whether two versions surely bill the same wherever anything else comes than these triggers.
pub(super) fn changes_only_on(before: &Plan, after: &Plan, triggers: &[When]) -> bool {
    differ_only_on(&compared(before, after), triggers)
}

/// When both versions close their cases: their closing balances alone, each billing one sum.
fn closings(before: &Plan, after: &Plan) -> Comparison {
    let alone = |plan: &Plan| {
        let mut schedule = plan.schedule.clone();
        schedule.price = Price::Fixed(Money(1));
        schedule.lines.retain(crate::model::Line::closes);
        for line in &mut schedule.lines {
            line.amount = Amount::Sum(Money(1));
        }
        Plan::new(schedule)
    };
    compared(&alone(before), &alone(after))
}
