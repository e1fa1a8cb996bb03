//! The days on which a trigger is made to come: those on which a comparison comes out otherwise for
//! the first time, and the days next to them.

use super::axes::Axes;
use crate::calendar::{Date, Duration};
use crate::model::{Anchor, Trigger};
use crate::plan::PlannedTest;

/// When a case starts and is signed, and when the trigger comes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Times {
    pub(super) start: Option<Date>,
    /// The signature from which the trigger's day is counted.
    pub(super) signature: Option<Date>,
    pub(super) target: Date,
}

fn day(year: i32, month: u32, day: u32) -> Date {
    Date::new(year, month, day).unwrap_or(Date::MIN)
}

pub(super) fn times(axes: &Axes, trigger: &Trigger) -> Vec<Times> {
    let lengths = axes.lengths.clone();
    let asks = axes.tests.contains(&PlannedTest::Started);
    let at = |start, target| Times { start, signature: None, target };
    let round = day(2025, 1, 15);
    let unstarted = at(None, round);
    let mut all = Vec::new();
    match trigger {
        Trigger::Signature
        | Trigger::End
        | Trigger::Abandonment
        | Trigger::Action(_)
        | Trigger::Event(_)
        | Trigger::Deliverable(_) => {
            if *trigger == Trigger::Signature {
                all.push(unstarted);
            }
            for start in starts(&lengths) {
                all.extend(targets(start, &lengths).into_iter().map(|day| at(Some(start), day)));
            }
            all.push(at(Some(round), round));
            all.push(unstarted);
        }
        Trigger::Start => all.extend(starts(&lengths).into_iter().map(|day| at(Some(day), day))),
        Trigger::MonthEnd => {
            let more = [day(2025, 1, 31), day(2025, 1, 1), day(2025, 2, 28), day(2024, 2, 29)];
            for start in starts(&lengths).into_iter().chain(more) {
                for near in targets(start, &lengths) {
                    let months = near.month_index().saturating_sub(1)..=near.month_index() + 1;
                    let ends = months.map(Date::month_end).filter(|end| *end >= start);
                    all.extend(ends.map(|end| at(Some(start), end)));
                }
            }
            all.push(at(None, day(2025, 1, 31)));
        }
        Trigger::Date(date) => all = around(*date, &lengths),
        Trigger::After(length, Anchor::Start) => {
            // The deadline itself may be in months where the bounds are in days.
            let with_own = [lengths.as_slice(), &[(*length, false)]].concat();
            all.extend(starts(&with_own).into_iter().map(|day| at(Some(day), day.plus(*length))));
        }
        Trigger::After(length, Anchor::Signature) => {
            let signed = round;
            let with = around(signed.plus(*length), &lengths).into_iter();
            all.extend(with.map(|times| Times { signature: Some(signed), ..times }));
        }
    }
    if !asks {
        // Whether it has started is not asked: a case that has is the usual one.
        all.sort_by_key(|times| times.start.is_none() && *trigger != Trigger::Signature);
    }
    all
}

/// The starts that can differ: one, unless days and months mix.
fn starts(lengths: &[(Duration, bool)]) -> Vec<Date> {
    let days = lengths.iter().any(|(length, _)| matches!(length, Duration::Days(n) if *n > 0));
    let months = lengths.iter().any(|(length, _)| matches!(length, Duration::Months(n) if *n > 0));
    let mut all = vec![day(2025, 1, 15)];
    if days && months {
        for year in [2025, 2024] {
            for month in 1..=12 {
                let end = Date::new(year, month, 1).unwrap_or(Date::MIN).end_of_month();
                all.extend([day(year, month, 15), day(year, month, 1), end]);
            }
        }
    }
    all
}

/// The first day of each cell; of the first one, the last day.
fn targets(start: Date, lengths: &[(Duration, bool)]) -> Vec<Date> {
    let mut days: Vec<Date> = lengths
        .iter()
        .map(|(length, passed)| start.plus(*length).plus(Duration::Days(u32::from(*passed))))
        .collect();
    days.sort_unstable();
    days.dedup();
    let before = match days.first() {
        Some(first) => Some(first.pred()).filter(|day| *day >= start),
        None => Some(start.plus(Duration::Months(1))),
    };
    // What else comes may close the case before those days: then others are looked at.
    let soon = [0, 1, 7].map(|by| start.plus(Duration::Days(by)));
    let eves: Vec<Date> = days.iter().map(|day| day.pred()).filter(|day| *day >= start).collect();
    let after: Vec<Date> = days.iter().map(|day| day.next()).collect();
    before.into_iter().chain(days).chain(soon).chain(eves).chain(after).collect()
}

/// Starts such that a day that is fixed lies in each cell.
fn around(target: Date, lengths: &[(Duration, bool)]) -> Vec<Times> {
    let at = |start| Times { start, signature: None, target };
    let mut starts = Vec::new();
    for (length, _) in lengths {
        let back = match length {
            Duration::Days(days) => target.minus_days(i64::from(*days)),
            Duration::Months(months) => {
                let end = Date::month_end(target.month_index().saturating_sub(*months));
                let day = target.day().min(end.day());
                Date::new(end.year(), end.month(), day).unwrap_or(end)
            }
        };
        starts.extend([0, -1, 1, -2, 2, -3, 3].map(|by| back.minus_days(by)));
    }
    starts.push(target.minus_days(31));
    starts.push(target);
    let started = starts.into_iter().filter(|start| *start <= target);
    started.map(|start| at(Some(start))).chain([at(None)]).collect()
}
