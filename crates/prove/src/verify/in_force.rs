//! The days on which a case of one version of a schedule begins.
//!
//! In: a plan and its other versions; a history that may have begun on any day. Out: the same history,
//! moved so that it begins while the version is in force. Whether it still shows what it showed, the
//! evaluator decides.

use crate::calendar::{Date, Duration};
use crate::model::{CalendarDay, When};
use crate::plan::{LineId, Plan};

/// From when a version is in force, and from when the next one is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct InForce {
    /// Its first day; any, if none.
    pub from: Option<Date>,
    /// The first day of the next version; no other follows, if none.
    pub until: Option<Date>,
}

/// So many years are tried on either side.
const YEARS: u32 = 200;

impl InForce {
    /// That of a plan among all plans that may hold its other versions.
    pub fn of<'p>(plan: &Plan, all: impl Iterator<Item = &'p Plan>) -> InForce {
        let from = plan.schedule.in_force_from();
        let named = all.filter(|other| other.schedule.name == plan.schedule.name);
        let later = named.filter_map(|other| other.schedule.in_force_from());
        InForce { from, until: later.filter(|later| Some(*later) > from).min() }
    }

    /// Whether a case that begins on a day is one of it.
    pub fn holds(self, first: Date) -> bool {
        self.from.is_none_or(|from| first >= from) && self.until.is_none_or(|until| first < until)
    }

    /// Whether a line waits only for dates before its first day: a case that begins later does not come to them.
    pub fn is_past(self, plan: &Plan, line: LineId) -> bool {
        let (Some(from), Some(line)) = (self.from, plan.line(line)) else { return false };
        line.triggers.iter().all(|trigger| match plan.trigger(*trigger) {
            Some(When::Calendar(CalendarDay::Date(date))) => *date < from,
            Some(When::Milestone(_) | When::Subject(_) | When::Calendar(_)) | None => false,
        })
    }

    /// How to move a history that begins on a day, so that it begins while this is in force: by four
    /// years, so that months and leap days stay, else by years, else onto the first day.
    pub(super) fn shift(self, first: Date) -> Option<impl Fn(Date) -> Date> {
        #[derive(Clone, Copy)]
        enum By {
            Months(u32, bool),
            Days(i64),
        }
        let moved = |day: Date, by: By| match by {
            By::Months(months, true) => day.plus(Duration::Months(months)),
            By::Months(months, false) => day.minus(Duration::Months(months)),
            By::Days(days @ 0..) => day.plus(Duration::Days(u32::try_from(days).unwrap_or(0))),
            By::Days(days) => day.minus_days(-days),
        };
        let years = |step: u32| {
            (0..=YEARS / step).flat_map(move |count| {
                [true, false].map(|later| By::Months(12 * step * count, later))
            })
        };
        let onto = [self.from, self.until.map(Date::pred)].into_iter().flatten();
        let onto = onto.map(|day| By::Days(day.days_since(first)));
        let mut all = years(4).chain(years(1)).chain(onto);
        let by = all.find(|by| self.holds(moved(first, *by)))?;
        Some(move |day| moved(day, by))
    }
}
