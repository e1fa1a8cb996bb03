//! The life of a case: which event may follow which, and what it does to the case.
//!
//! In: what a case has come to, and what happens. Out: what the event makes of the case, or why it
//! makes nothing of it. The evaluator bills by it and the search follows it, so that both mean the
//! same by a case. It knows neither dates nor lines.

use crate::model::{Milestone, SubjectKind, Terminal};

/// What happens, as far as the life of a case goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The case is opened.
    Opened,
    /// The case comes to a milestone.
    Milestone(Milestone),
    /// An action, which may be one that ends the case.
    Action {
        /// Whether it does.
        ends: bool,
    },
    /// A deliverable or a named event.
    Other,
}

impl What {
    /// Its place among the events of one day: the day is taken in this order.
    pub const fn place_in_day(self) -> u8 {
        match self {
            What::Opened => 0,
            What::Milestone(milestone) => milestone.place_in_day(),
            What::Action { .. } | What::Other => SubjectKind::PLACE_IN_DAY,
        }
    }
}

/// What a case has come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Life {
    /// Whether it is signed.
    pub signed: bool,
    /// Whether it has started.
    pub started: bool,
    /// Its terminal event, once that has come.
    pub over: Option<Terminal>,
}

/// What an event makes of a case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Becomes {
    /// It is signed by it.
    pub signed: bool,
    /// It starts by it.
    pub started: bool,
    /// It is over by it.
    pub over: Option<Terminal>,
}

/// Why an event makes nothing of a case, and triggers nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Idle {
    /// It is signed already.
    SignedBefore,
    /// It has started already.
    StartedBefore,
    /// It is over already.
    OverBefore,
    /// It is over, and is not signed any more.
    SignedAfterTheEnd,
    /// It is over, and does not start any more.
    StartedAfterTheEnd,
}

impl Becomes {
    /// The milestones that it comes to by it.
    pub fn milestones(self) -> impl Iterator<Item = Milestone> {
        let signed = self.signed.then_some(Milestone::Signature);
        let started = self.started.then_some(Milestone::Start);
        [signed, started, self.over.map(Terminal::milestone)].into_iter().flatten()
    }
}

impl Life {
    /// What an event makes of the case. After its terminal event it neither starts nor is signed;
    /// what has a name happens all the same.
    #[inline]
    pub fn take(self, what: What) -> Result<Becomes, Idle> {
        let nothing = Becomes::default();
        match what {
            What::Opened | What::Other => Ok(nothing),
            What::Milestone(milestone) => self.come_to(milestone),
            What::Action { ends } => Ok(Becomes {
                started: !self.started && self.over.is_none(),
                over: (ends && self.over.is_none()).then_some(Terminal::End),
                ..nothing
            }),
        }
    }

    #[inline]
    fn come_to(self, milestone: Milestone) -> Result<Becomes, Idle> {
        let nothing = Becomes::default();
        match (milestone, milestone.terminal()) {
            (Milestone::Signature, _) if self.signed => Err(Idle::SignedBefore),
            (Milestone::Start, _) if self.started => Err(Idle::StartedBefore),
            (Milestone::Signature, _) if self.over.is_some() => Err(Idle::SignedAfterTheEnd),
            (Milestone::Start, _) if self.over.is_some() => Err(Idle::StartedAfterTheEnd),
            (Milestone::Signature, _) => Ok(Becomes { signed: true, ..nothing }),
            (Milestone::Start, _) => Ok(Becomes { started: true, ..nothing }),
            (_, Some(_)) if self.over.is_some() => Err(Idle::OverBefore),
            (_, over) => Ok(Becomes { over, ..nothing }),
        }
    }

    /// Whether the case has come to a milestone.
    #[inline]
    pub fn has_reached(self, milestone: Milestone) -> bool {
        match milestone {
            Milestone::Signature => self.signed,
            Milestone::Start => self.started,
            Milestone::End | Milestone::Abandonment => {
                self.over.is_some() && self.over == milestone.terminal()
            }
        }
    }
}
