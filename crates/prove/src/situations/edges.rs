//! The days next to a bound of durations: the first day of a situation, the day after, and the last
//! one before the next bound. In: the bounds that the lines of a trigger ask about, and a moment. Out: on which of these days it lies.

use crate::calendar::{Date, Duration};
use crate::lang::Lang;

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
