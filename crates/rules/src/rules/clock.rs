//! The days on which a case ran, and the clock that stops while it is suspended.
//!
//! In: the suspensions of a case. Out: for a day what the clock shows, and for what it is to show the day.
//! A suspension is of whole days, from its first (included) to its last (not included).

use crate::calendar::{Date, Duration};

/// The suspensions of a case, in order, none touching the next.
#[derive(Clone, Debug, Default)]
pub struct Suspensions(Vec<(Date, Date)>);

impl Suspensions {
    /// Forgets all.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Adds one after those that there are; `to` is [`Date::FAR`] where it has not ended.
    pub fn add(&mut self, from: Date, to: Date) {
        if from >= to {
            return;
        }
        match self.0.last_mut() {
            Some(last) if last.1 >= from => last.1 = to,
            Some(_) | None => self.0.push((from, to)),
        }
    }

    /// Since when one is under way that has not ended.
    pub fn under_way(&self) -> Option<Date> {
        self.0.last().filter(|(_, to)| *to == Date::FAR).map(|(from, _)| *from)
    }

    /// Those that had ended by a day: of one under way that day does not know the end.
    pub fn ended_by(&self, day: Date) -> Suspensions {
        Suspensions(self.0.iter().filter(|(_, to)| *to <= day).copied().collect())
    }

    /// How many days from `first` to `last`, both included, were suspended.
    pub fn days(&self, first: Date, last: Date) -> i64 {
        let after = last.next();
        let inside = |(from, to): &(Date, Date)| {
            let (from, to) = ((*from).max(first), (*to).min(after));
            if from < to { to.days_since(from) } else { 0 }
        };
        self.0.iter().map(inside).sum()
    }

    /// How many days from `first` to `last`, both included, were not suspended.
    pub fn days_run(&self, first: Date, last: Date) -> i64 {
        if first > last { 0 } else { last.days_since(first) + 1 - self.days(first, last) }
    }

    /// What the clock that began on `start` shows on a day: that day, less the days that it stood
    /// still; on a suspended day, what it showed on the last day that counted.
    pub fn shown(&self, start: Date, day: Date) -> Date {
        if self.0.is_empty() || day <= start {
            return day;
        }
        let counted = self.days_run(start, day);
        start.plus(days(counted - 1))
    }

    /// The first day on which the clock that began on `start` shows `shown` or more; none where it
    /// stands still for good before.
    pub fn day_that_shows(&self, start: Date, shown: Date) -> Option<Date> {
        let mut day = shown;
        for (from, to) in &self.0 {
            if *to <= start {
                continue;
            }
            let from = (*from).max(start);
            if from > day {
                break;
            }
            if *to == Date::FAR {
                return None;
            }
            day = day.plus(days(to.days_since(from)));
        }
        Some(day)
    }

    /// The first and the last day from `first` to `last` that were not suspended.
    pub fn run_within(&self, first: Date, last: Date) -> Option<(Date, Date)> {
        let (mut from, mut to) = (first, last);
        for (begin, end) in &self.0 {
            if *begin <= from && from < *end {
                from = *end;
            }
        }
        for (begin, end) in self.0.iter().rev() {
            if *begin <= to && to < *end {
                to = begin.pred();
            }
        }
        (from <= to).then_some((from, to))
    }
}

/// So many days, none where it is below zero.
fn days(count: i64) -> Duration {
    Duration::Days(u32::try_from(count.max(0)).unwrap_or(u32::MAX))
}

/// So many times a length.
pub fn times(length: Duration, count: u32) -> Option<Duration> {
    Some(match length {
        Duration::Days(days) => Duration::Days(days.checked_mul(count)?),
        Duration::Months(months) => Duration::Months(months.checked_mul(count)?),
    })
}

/// How many lengths it takes from a day to come to another at the least: with fewer it lies before that, in an
/// earlier month where they are months.
pub fn times_to(from: Date, length: Duration, to: Date) -> u32 {
    let (way, step) = match length {
        Duration::Days(days) => (to.days_since(from), days),
        Duration::Months(months) => {
            (i64::from(to.month_index()) - i64::from(from.month_index()), months)
        }
    };
    let step = i64::from(step.max(1));
    u32::try_from((way + step - 1).div_euclid(step)).unwrap_or(0)
}
