//! What a line waits for.

use crate::calendar::{Date, Duration};

/// One trigger of a line.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Trigger {
    /// The quote is signed.
    Signature,
    /// The case starts.
    Start,
    /// The case is finished.
    End,
    /// The case is abandoned.
    Abandonment,
    /// This action is validated.
    Action(String),
    /// This named event happens.
    Event(String),
    /// This deliverable is received.
    Deliverable(String),
    /// The last day of each month.
    MonthEnd,
    /// So long after the start or the signature.
    After(Duration, Anchor),
    /// A fixed date.
    Date(Date),
}

/// From when a deadline runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Anchor {
    /// The start of the case.
    Start,
    /// The signature.
    Signature,
}

impl Trigger {
    /// Whether it can come more than once in a case.
    pub fn repeats(&self) -> bool {
        match self {
            Trigger::Action(_)
            | Trigger::Event(_)
            | Trigger::Deliverable(_)
            | Trigger::MonthEnd => true,
            Trigger::Signature
            | Trigger::Start
            | Trigger::End
            | Trigger::Abandonment
            | Trigger::After(..)
            | Trigger::Date(_) => false,
        }
    }
}
