//! A moment of a case: what an event makes of it, or the end of a day. In: what happens. Out: what a line may wait for.

use crate::model::program::{Anchor, Name};
use crate::model::{ByMilestone, Milestone, Terminal};

/// A moment; by default the end of a day.
#[derive(Clone, Copy, Default)]
pub(super) struct Moment {
    /// Its event; none for the end of a day.
    pub event: Option<u32>,
    pub reached: ByMilestone<bool>,
    pub progress: bool,
    pub named: Option<Name>,
    /// Whether it is the first of that name.
    pub first_named: bool,
}

impl Moment {
    pub(super) fn of(event: u32) -> Moment {
        Moment { event: Some(event), ..Moment::default() }
    }

    pub(super) fn is(&self, milestone: Milestone) -> bool {
        *self.reached.get(milestone)
    }

    pub(super) fn is_terminal(&self) -> bool {
        Terminal::ALL.into_iter().any(|over| self.is(over.milestone()))
    }

    pub(super) fn is_anchor(&self, anchor: Anchor) -> bool {
        match anchor {
            Anchor::Milestone(milestone) => self.is(milestone),
            Anchor::Named(name) => self.first_named && self.named == Some(name),
            Anchor::Planned(_) => false,
        }
    }
}
