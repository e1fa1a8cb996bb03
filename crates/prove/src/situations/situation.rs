//! A situation with its example, and with examples on the days next to a bound of durations: the first day, the day after, and the
//! last one before the next bound. In: what a history was seen to come to.

use super::edges::EdgeDay;
use super::watch::Seen;
use crate::calendar::Date;
use crate::model::{Event, InvoiceLine};
use crate::plan::{LineId, PlannedTerms, TriggerId};

/// A trigger in one cell.
#[derive(Clone, Debug)]
pub struct Situation {
    /// What comes.
    pub trigger: TriggerId,
    /// Which of the tests of the trigger hold.
    pub(super) truths: Vec<bool>,
    /// The lines that fire in the example.
    pub fired: Vec<LineId>,
    /// What is billed there in the example.
    pub billed: Vec<InvoiceLine>,
    /// Whether a scenario comes to it.
    pub reached: bool,
    /// A history that comes to it.
    pub example: Example,
    /// Where durations bound it: histories that come to it on the days next to a bound.
    pub edges: Vec<Edge>,
}

/// A history that comes to a situation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// Its events.
    pub events: Vec<Event>,
    /// What that case plans.
    pub terms: PlannedTerms,
    /// The day on which it comes to it: the last one that is looked at.
    pub as_of: Date,
}

/// An example on a day next to a bound.
#[derive(Clone, Debug)]
pub struct Edge {
    /// Which day.
    pub day: EdgeDay,
    /// The example.
    pub example: Example,
    /// Whether a scenario comes to the situation on such a day.
    pub reached: bool,
}

impl Situation {
    /// Notes a history that comes to it, for the days on which none has.
    pub(super) fn stands(&mut self, seen: &Seen, events: &[Event], terms: PlannedTerms) {
        for day in &seen.edges {
            if self.edges.iter().all(|known| known.day != *day) {
                let example = example(seen, events, terms);
                self.edges.push(Edge { day: *day, example, reached: false });
            }
        }
    }

    /// Notes that a scenario comes to it.
    pub(super) fn is_reached(&mut self, seen: &Seen) {
        self.reached = true;
        for edge in &mut self.edges {
            edge.reached |= seen.edges.contains(&edge.day);
        }
    }

    /// What scenarios do not come to, with what tells it from the situation itself: its example if none
    /// comes to it at all, and then each day next to a bound.
    pub fn wanted(&self) -> Vec<(&Example, Option<EdgeDay>)> {
        let mut wanted: Vec<(&Example, Option<EdgeDay>)> = Vec::new();
        if !self.reached {
            wanted.push((&self.example, None));
        }
        let of = |day: EdgeDay| self.edges.iter().find(move |edge| edge.day == day);
        for edge in [EdgeDay::First, EdgeDay::After, EdgeDay::Last].into_iter().filter_map(of) {
            let same = |(known, _): &(&Example, _)| **known == edge.example;
            if !edge.reached && !wanted.iter().any(same) {
                wanted.push((&edge.example, Some(edge.day)));
            }
        }
        wanted
    }
}

/// The situation to which a history has come.
pub(super) fn situation(
    seen: &Seen,
    billed: Vec<InvoiceLine>,
    events: &[Event],
    terms: PlannedTerms,
) -> Situation {
    Situation {
        trigger: seen.trigger,
        truths: seen.truths.clone(),
        fired: seen.fired.clone(),
        billed,
        reached: false,
        example: example(seen, events, terms),
        edges: Vec::new(),
    }
}

fn example(seen: &Seen, events: &[Event], terms: PlannedTerms) -> Example {
    let events = events.iter().filter(|event| event.date <= seen.date).cloned().collect();
    Example { events, terms, as_of: seen.date }
}
