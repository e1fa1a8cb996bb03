//! How two sides differ: at a moment, and in all that they have billed up to it.

use super::sum::Sum;
use std::cmp::Ordering;

/// How the two sides differ at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Differs {
    /// The new one bills more.
    More,
    /// The new one bills less.
    Less,
    /// The sums are the same, the lines are not.
    Lines,
    /// It is not known.
    Perhaps,
}

/// What the new side has billed in all, less what the old one has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum More {
    Exactly(i64),
    /// Something above or below zero.
    Above,
    Below,
    Unknown,
}

/// What both sides have billed, compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct SoFar {
    more: More,
    /// Some lines were not the same.
    other_lines: bool,
}

impl SoFar {
    pub(super) const ALIKE: SoFar = SoFar { more: More::Exactly(0), other_lines: false };

    /// With what the new side bills more at a moment. `exact`: by how much, and not only whether.
    pub(super) fn and(self, more: &Sum, other_lines: bool, exact: bool) -> SoFar {
        let sign = |more: More| match more {
            More::Exactly(more) => Some(more.cmp(&0)),
            More::Above => Some(Ordering::Greater),
            More::Below => Some(Ordering::Less),
            More::Unknown => None,
        };
        let known = match (self.more, more.known()) {
            (More::Exactly(before), Some(now)) if exact => before.checked_add(now),
            (More::Exactly(_) | More::Above | More::Below | More::Unknown, _) => None,
        };
        let more =
            known.map(More::Exactly).unwrap_or_else(|| match (sign(self.more), more.sign()) {
                (Some(Ordering::Equal), Some(Ordering::Equal)) => More::Exactly(0),
                (Some(Ordering::Greater), Some(Ordering::Greater | Ordering::Equal))
                | (Some(Ordering::Equal), Some(Ordering::Greater)) => More::Above,
                (Some(Ordering::Less), Some(Ordering::Less | Ordering::Equal))
                | (Some(Ordering::Equal), Some(Ordering::Less)) => More::Below,
                (Some(Ordering::Greater), Some(Ordering::Less))
                | (Some(Ordering::Less), Some(Ordering::Greater))
                | (None, _)
                | (_, None) => More::Unknown,
            });
        SoFar { more, other_lines: self.other_lines || other_lines }
    }

    /// How they differ in all.
    pub(super) fn differs(self) -> Option<Differs> {
        match self.more {
            More::Exactly(0) => self.other_lines.then_some(Differs::Lines),
            More::Exactly(more) if more > 0 => Some(Differs::More),
            More::Exactly(_) | More::Below => Some(Differs::Less),
            More::Above => Some(Differs::More),
            More::Unknown => Some(Differs::Perhaps),
        }
    }
}
