//! What comes between the start of a life and its end.
//!
//! In: a program. Out: what may come between, the plainest first, and its events. Nothing says that it is all.

use super::at_bounds::{each_test, hours_of_an_action};
use super::past_bounds::Past;
use crate::calendar::{Date, Duration};
use crate::model::program::{Anchor, Asked, Line, Measure, Program, Worked};
use crate::model::{Beside, EventKind, More, StatedSum, SubjectKind};
use crate::money::{Hours, Percent};
use crate::plan::Plan;
use std::collections::BTreeSet;

/// What comes between the start and the end.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Between {
    Nothing,
    /// Each name that the schedule mentions, once, soon.
    EachOnce,
    /// The same, month after month.
    EachMonth,
    /// So many hours of work, on one day.
    Hours(Hours),
    /// One name, by its place, so often on the last days before the end, after the most hours that are tried and all progress.
    Late(usize, u32),
    /// Each action, deliverable and event that no line waits for, once, on the last days before the end.
    Unawaited,
    /// All progress, then these names, by their places, day by day: first those that no line waits for.
    These(Vec<usize>),
    /// Work that passes a bound.
    Past(Past),
    /// The clock of the case stands still for a month.
    Suspended,
}

/// The most months in which something comes each month.
const MOST_MONTHS: u32 = 15;
/// So many hours of work at the most are tried, the fewest first.
const MOST_HOURS: usize = 4;
/// So many names at the most are tried late, each by itself.
const MOST_LATE: usize = 4;
/// So many names that conditions ask about are told apart at the most.
const MOST_ASKED: usize = 6;

/// Planned hours and months of a case where the schedule states none.
pub(super) const PLANNED: (i64, u32) = (100, 10);

/// What may happen in a case of a program.
pub(super) struct Happenings<'p> {
    pub(super) plan: &'p Plan,
    pub(super) program: &'p Program,
}

impl Happenings<'_> {
    /// The events between two days.
    pub(super) fn events_between(
        &self,
        between: &Between,
        begin: Date,
        end: Date,
    ) -> Vec<(Date, EventKind)> {
        let mut events = Vec::new();
        let inside = |day: &Date| *day < end;
        match *between {
            Between::Nothing => {}
            Between::EachOnce => {
                let names = self.happenings(Percent::WHOLE);
                let days = (1..).map(|days| begin.plus(Duration::Days(days)));
                events.extend(days.zip(names).filter(|(day, _)| inside(day)));
            }
            Between::EachMonth => {
                for month in 1..=MOST_MONTHS {
                    let day = begin.plus(Duration::Months(month));
                    let reached = (i64::from(month) * 10).min(100);
                    let names = self.happenings(Percent(Percent::ONE * reached));
                    events
                        .extend(names.into_iter().map(|kind| (day, kind)).filter(|_| inside(&day)));
                }
            }
            Between::Hours(hours) => {
                let work = self.work(begin, hours, None);
                events.extend(Some(work).filter(|(day, _)| inside(day)));
            }
            Between::Late(name, times) => {
                let work = self.hours().into_iter().max();
                let work = work.map(|hours| self.work(begin, hours, Some(name)));
                let done = More::Progress(Percent::WHOLE);
                let done = (begin.plus(Duration::Days(2)), EventKind::More(Box::new(done)));
                let done = Some(done).filter(|_| self.program.asks_for_progress());
                let days = (1..=i64::from(times)).rev().map(|before| end.minus_days(before));
                let late = days.filter_map(|day| Some((day, self.happening(name)?)));
                let all = work.into_iter().chain(done).chain(late);
                events.extend(all.filter(|(day, _)| *day > begin && inside(day)));
            }
            Between::Unawaited => {
                let names = self.unawaited();
                let days = (1..=i64::try_from(names.len()).unwrap_or(0)).rev();
                let late = days.map(|before| end.minus_days(before)).zip(names);
                events.extend(late.filter(|(day, _)| *day > begin));
            }
            Between::These(ref names) => {
                let done = EventKind::More(Box::new(More::Progress(Percent::WHOLE)));
                let done = Some(done).filter(|_| self.program.asks_for_progress());
                let names = names.iter().filter_map(|name| self.happening(*name));
                let days = (1..).map(|days| begin.plus(Duration::Days(days)));
                events
                    .extend(days.zip(done.into_iter().chain(names)).filter(|(day, _)| inside(day)));
            }
            Between::Past(past) => events.extend(self.past(begin, past)),
            Between::Suspended => {
                let stops = begin.plus(Duration::Days(20));
                let both = [
                    (stops, EventKind::More(Box::new(More::Suspension))),
                    (stops.plus(Duration::Months(1)), EventKind::More(Box::new(More::Resumption))),
                ];
                events.extend(both.into_iter().filter(|(day, _)| inside(day)));
            }
        }
        events
    }

    /// Entries that pass a bound, from the day after the first on.
    fn past(&self, begin: Date, past: Past) -> impl Iterator<Item = (Date, EventKind)> + use<> {
        let place = |place: usize| {
            let (_, name) = self.program.subjects.get(place)?;
            let worked = self.program.names.get(place).and_then(|named| named.worked.as_ref());
            Some((name.clone(), worked))
        };
        let (name, worked) = past.action.and_then(place).unwrap_or_else(|| {
            (self.plan.unnamed(SubjectKind::Action), self.program.unlisted.as_ref())
        });
        let kind = entry(name, worked, past.size);
        let days = (0..past.months).map(move |month| {
            let month = begin.plus(Duration::Months(month));
            month.plus(Duration::Days(1))
        });
        let times = usize::try_from(past.times).unwrap_or(usize::MAX);
        days.flat_map(move |day| std::iter::repeat_n((day, kind.clone()), times))
    }

    /// Work on the day after the first, by another action than one that is to come later.
    fn work(&self, begin: Date, hours: Hours, later: Option<usize>) -> (Date, EventKind) {
        let kind = EventKind::Action { name: self.usual_action(later), hours: Some(hours) };
        (begin.plus(Duration::Days(1)), kind)
    }

    /// One of everything that has a name, and progress if the schedule asks for it.
    fn happenings(&self, progress: Percent) -> Vec<EventKind> {
        let named = self.named().into_iter();
        let mut all: Vec<EventKind> = named.filter_map(|place| self.happening(place)).collect();
        all.extend(self.unlisted());
        if self.program.asks_for_progress() {
            all.push(EventKind::More(Box::new(More::Progress(progress))));
        }
        all
    }

    pub(super) fn happening(&self, place: usize) -> Option<EventKind> {
        let (kind, name) = self.program.subjects.get(place)?.clone();
        Some(match kind {
            SubjectKind::Deliverable => EventKind::Deliverable { name },
            SubjectKind::Event => EventKind::Event { name },
            SubjectKind::Action => {
                let worked = self.program.names.get(place).and_then(|named| named.worked.as_ref());
                action(name, worked)
            }
        })
    }

    /// What comes between in lives of any length.
    pub(super) fn between(&self) -> Vec<Between> {
        let mut all = vec![Between::Nothing];
        if !self.happenings(Percent::WHOLE).is_empty() {
            all.extend([Between::EachOnce, Between::EachMonth]);
        }
        all.extend(self.hours().into_iter().map(Between::Hours));
        all.extend(self.awaited().into_iter().take(MOST_LATE).map(|name| Between::Late(name, 1)));
        if self.program.may_suspend {
            all.push(Between::Suspended);
        }
        all
    }

    /// What comes between in lives that are long enough for it: all that no line waits for, late, and nothing else; a name that comes
    /// again after all progress; and some of the names that conditions ask about, without the others.
    pub(super) fn rarely_between(&self) -> Vec<Between> {
        let again = self.program.lines.iter().filter(|line| line.repeats);
        let again = self.awaited_by(again).into_iter().take(MOST_LATE);
        let beside = self.worked_beside().into_iter().map(|name| Between::Late(name, 1));
        let again = again.map(|name| Between::Late(name, 2)).chain(beside).chain(self.some_names());
        let some = !self.unawaited().is_empty();
        some.then_some(Between::Unawaited).into_iter().chain(again).collect()
    }

    /// Work of rates of its own beside a price that is none of work: the last of it may come after the last bill.
    fn worked_beside(&self) -> Vec<usize> {
        if self.program.price.values_work() {
            return Vec::new();
        }
        let names = self.program.names.iter().enumerate();
        let works = names.filter(|(_, name)| {
            !name.ends_case && name.worked.as_ref().is_some_and(Worked::is_billed)
        });
        works.map(|(place, _)| place).take(MOST_LATE).collect()
    }

    /// One of everything that no line waits for and that ends no case.
    fn unawaited(&self) -> Vec<EventKind> {
        let awaited = self.awaited();
        let names = self.named().into_iter().filter(|name| !awaited.contains(name));
        names.filter_map(|name| self.happening(name)).chain(self.unlisted()).collect()
    }

    /// An action that the schedule does not name, where it is work that is billed.
    fn unlisted(&self) -> Option<EventKind> {
        let worked = self.program.unlisted.as_ref().filter(|worked| worked.is_billed())?;
        Some(action(self.plan.unnamed(SubjectKind::Action), Some(worked)))
    }

    /// Each name that conditions ask about alone, all but it, and it with all that nobody asks about or a line waits for.
    fn some_names(&self) -> Vec<Between> {
        let (all, asked) = (self.named(), self.asked());
        let awaited = self.awaited();
        let only_asked: Vec<usize> =
            asked.iter().copied().filter(|name| !awaited.contains(name)).collect();
        let without = |left_out: &dyn Fn(usize) -> bool| -> Vec<usize> {
            let mut names: Vec<usize> =
                all.iter().copied().filter(|name| !left_out(*name)).collect();
            names.sort_by_key(|name| awaited.contains(name));
            names
        };
        let mut some: Vec<Vec<usize>> = Vec::new();
        for name in asked.into_iter().take(MOST_ASKED) {
            some.push(vec![name]);
            some.push(without(&|other| other == name));
            some.push(without(&|other| other != name && only_asked.contains(&other)));
        }
        let mut known: BTreeSet<Vec<usize>> = BTreeSet::new();
        some.retain(|names| !names.is_empty() && known.insert(names.clone()));
        some.into_iter().map(Between::These).collect()
    }

    /// Names that end no case.
    fn named(&self) -> Vec<usize> {
        let ends =
            |place: &usize| self.program.names.get(*place).is_some_and(|name| name.ends_case);
        (0..self.program.subjects.len()).filter(|place| !ends(place)).collect()
    }

    /// Names that conditions ask about and that end no case.
    fn asked(&self) -> BTreeSet<usize> {
        let mut asked = BTreeSet::new();
        for line in &self.program.lines {
            each_test(line, &mut |test| {
                if let Some(Anchor::Named(name)) = test.anchor() {
                    asked.extend(usize::try_from(name.0).ok());
                }
            });
        }
        let named = self.named();
        asked.retain(|name| named.contains(name));
        asked
    }

    /// Names that lines wait for and that end no case.
    fn awaited(&self) -> BTreeSet<usize> {
        self.awaited_by(self.program.lines.iter())
    }

    fn awaited_by<'l>(&self, lines: impl Iterator<Item = &'l Line>) -> BTreeSet<usize> {
        let whens = lines.flat_map(|line| &line.whens);
        let names = whens.filter_map(|when| usize::try_from(when.named()?.0).ok());
        let named = self.named();
        names.filter(|name| named.contains(name)).collect()
    }

    /// An action that ends no case, and is not this one.
    pub(super) fn usual_action(&self, but: Option<usize>) -> String {
        let subjects = (0..).zip(self.program.subjects.iter().zip(&self.program.names));
        let mut actions = subjects
            .filter(|(place, _)| Some(*place) != but)
            .filter(|(_, ((kind, _), named))| *kind == SubjectKind::Action && !named.ends_case)
            .map(|(_, ((_, name), _))| name.clone());
        actions.next().unwrap_or_else(|| self.plan.unnamed(SubjectKind::Action))
    }

    pub(super) fn planned_hours(&self) -> Hours {
        self.program.planned.hours.unwrap_or(Hours(PLANNED.0 * Hours::ONE.0))
    }

    /// Hours of work that make a difference to the conditions of lines, and all that are planned where a line bills by them.
    fn hours(&self) -> Vec<Hours> {
        let planned = self.planned_hours();
        let mut all = BTreeSet::new();
        let mut add = |hours: i64, passes: bool| {
            all.insert(hours.saturating_add(if passes { Hours::ONE.0 } else { 0 }));
        };
        for line in &self.program.lines {
            each_test(line, &mut |test| match test.asked() {
                Asked::Hours(range) => range.each_bound(|hours, passes| add(hours.0, passes)),
                Asked::Share(range) => range.each_bound(|share, passes| {
                    let part = i128::from(planned.0) * i128::from(share.0);
                    let whole = i128::from(Percent::WHOLE.0) * i128::from(Hours::ONE.0);
                    // To the next whole hour.
                    let hours = (part + whole - 1).div_euclid(whole) * i128::from(Hours::ONE.0);
                    add(i64::try_from(hours).unwrap_or(i64::MAX), passes);
                }),
                Asked::Length(_) | Asked::Day(_) | Asked::Times(_) | Asked::Nothing => {}
            });
        }
        let mut all: Vec<Hours> =
            all.into_iter().filter(|hours| *hours > 0).map(Hours).take(MOST_HOURS).collect();
        let measured = self.program.lines.iter().any(|line| line.amount.measures_hours());
        if measured && !all.contains(&planned) {
            all.push(planned);
        }
        all
    }
}

/// An action, with what its work is measured by.
fn action(name: String, worked: Option<&Worked>) -> EventKind {
    let measure = worked.map_or(&Measure::Nothing, |worked| &worked.measure);
    let size = match measure {
        Measure::Nothing | Measure::Times(_) => 1,
        Measure::Priced { .. } | Measure::Hours { .. } => hours_of_an_action(measure).0,
        Measure::Quantity(_) => {
            measure.included().saturating_add(100_000).min(Beside::LARGEST_QUANTITY)
        }
        Measure::Amount(_) => 1_000_000,
    };
    entry(name, worked, size)
}

/// An action of so much work, in the smallest unit of what measures it.
fn entry(name: String, worked: Option<&Worked>, size: i64) -> EventKind {
    let (hours, beside) = match worked.map_or(&Measure::Nothing, |worked| &worked.measure) {
        Measure::Nothing | Measure::Times(_) => (None, Beside::default()),
        Measure::Priced { .. } | Measure::Hours { .. } => (Some(Hours(size)), Beside::default()),
        Measure::Quantity(_) => (None, Beside { quantity: Some(size), ..Beside::default() }),
        Measure::Amount(_) => (None, Beside { amount: Some(StatedSum(size)), ..Beside::default() }),
    };
    if beside.is_empty() {
        return EventKind::Action { name, hours };
    }
    EventKind::More(Box::new(More::Action { name, hours, beside }))
}
