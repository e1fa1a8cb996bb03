//! The days next to a bound of durations: the first day of a situation, the day after, and the last
//! one before the next bound.
//!
//! In: the bounds that the lines of a trigger ask about, and a moment. Out: on which of these days it
//! lies, and for each situation an example on each of them.

use super::watch::Seen;
use super::{Example, Situation, example};
use crate::calendar::{Date, Duration};
use crate::lang::Lang;
use crate::model::Event;
use crate::plan::PlannedTerms;

/// A day next to a bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EdgeDay {
    /// The first day on which the situation holds.
    First,
    /// The day after it.
    After,
    /// The last day before the next bound.
    Last,
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

impl EdgeDay {
    /// What is added to the name of a situation: `, on the last day`.
    pub fn suffix(self, lang: Lang) -> &'static str {
        match self {
            EdgeDay::First => lang.pick(", on the first day", ", le premier jour"),
            EdgeDay::After => lang.pick(", the day after", ", le lendemain"),
            EdgeDay::Last => lang.pick(", on the last day", ", le dernier jour"),
        }
    }
}

/// On which of these days a moment lies, given the bounds, each with whether it has to be passed.
pub(super) fn edge_days(start: Date, today: Date, lengths: &[(Duration, bool)]) -> Vec<EdgeDay> {
    let bounds = lengths
        .iter()
        .map(|(length, passed)| start.plus(*length).plus(Duration::Days(u32::from(*passed))))
        .filter(|bound| *bound > start);
    let (before, after): (Vec<Date>, Vec<Date>) = bounds.partition(|bound| *bound <= today);
    let (first, next) = (before.into_iter().max(), after.into_iter().min());
    let mut days = Vec::new();
    if first == Some(today) {
        days.push(EdgeDay::First);
    }
    if first.is_some_and(|first| first.next() == today) {
        days.push(EdgeDay::After);
    }
    if next.is_some_and(|next| next.pred() == today) {
        days.push(EdgeDay::Last);
    }
    days
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
