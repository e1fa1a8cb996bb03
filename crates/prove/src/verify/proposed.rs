//! Lines that are proposed for several findings of one schedule, which stand together.
//!
//! In: a balance that is wanted for a finding, and those that are proposed before it. Out: whether these
//! answer the finding, too, or which balance does beside them, or instead of them.

use super::Property;
use super::gate;
use super::key::Key;
use super::proposal::Proposal;
use crate::plan::Plan;
use std::cell::OnceCell;

/// The lines that are proposed so far, in the order in which they are shown.
#[derive(Default)]
pub(super) struct Proposed {
    lines: Vec<(Property, Proposal)>,
    /// The schedule with them.
    with: Option<Plan>,
    /// What leaves its cases open without them.
    left_open: OnceCell<Vec<Key>>,
}

/// A line that was proposed for a finding before.
#[derive(Clone)]
pub(super) struct Before {
    pub(super) property: Property,
    pub(super) label: String,
}

/// How a finding is answered.
pub(super) enum Answer {
    /// By lines that are proposed already.
    Known(Vec<Before>),
    /// By one more.
    New(Proposal, Stands),
}

/// How a line stands to those that are proposed before it.
pub(super) enum Stands {
    /// It needs none of them, and all of them may stand beside it.
    Alone,
    /// It mends what was found only where these do their part.
    Beside(Vec<Before>),
    /// One of them, or this one.
    Instead(Vec<Before>),
}

impl Proposed {
    /// Takes a line in.
    pub(super) fn add(&mut self, plan: &Plan, property: Property, proposal: Proposal) {
        self.with = Some(proposal.added(self.with(plan)));
        self.lines.push((property, proposal));
    }

    /// The schedule with all of them.
    pub(super) fn with<'a>(&'a self, plan: &'a Plan) -> &'a Plan {
        self.with.as_ref().unwrap_or(plan)
    }

    /// A balance that mends what was found, or those that do already.
    pub(super) fn answer(&self, plan: &Plan, key: Key, wanted: Proposal) -> Option<Answer> {
        if !plan.takes_edits {
            return None;
        }
        let alone = || wanted.clone().tried(plan, key);
        let Some(with) = &self.with else {
            return Some(Answer::New(alone()?, Stands::Alone));
        };
        let others = self.others(&wanted);
        // These say themselves what another line of their trigger would give away.
        let chooses = matches!(key, Key::StrandedDeposit(..) | Key::WorkLeft(_))
            && self.lines.iter().any(|(_, line)| line.trigger == wanted.trigger);
        let left_open = || self.left_open.get_or_init(|| gate::left_open(plan));
        if !chooses && gate::settled(with, key, left_open()) {
            return Some(Answer::Known(others));
        }
        let alone = alone();
        if let Some(alone) = &alone {
            let same = self.lines.iter().find(|(_, line)| line.is_like(alone));
            if let Some((property, line)) = same {
                return Some(Answer::Known(vec![Before::of(*property, line)]));
            }
            if !chooses && alone.mends(with, key) {
                return Some(Answer::New(alone.clone(), Stands::Alone));
            }
        }
        let beside = (!chooses).then(|| wanted.tried_beside(plan, with, key)).flatten();
        match beside {
            Some(line) => Some(Answer::New(line, Stands::Beside(others))),
            None => Some(Answer::New(alone?, Stands::Instead(others))),
        }
    }

    /// The lines that wait for the same; all, if none does.
    fn others(&self, wanted: &Proposal) -> Vec<Before> {
        let of = |same: bool| {
            let lines =
                self.lines.iter().filter(move |(_, line)| !same || line.trigger == wanted.trigger);
            lines.map(|(property, line)| Before::of(*property, line)).collect::<Vec<_>>()
        };
        Some(of(true)).filter(|of| !of.is_empty()).unwrap_or_else(|| of(false))
    }
}

impl Before {
    fn of(property: Property, line: &Proposal) -> Before {
        Before { property, label: line.label.clone() }
    }
}
