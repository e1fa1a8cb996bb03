//! What has happened in a case, and whether a condition holds on it today. In: facts, terms, a
//! condition. Out: yes or no.

use super::clock::Suspensions;
use super::record::{Found, Measured};
use crate::calendar::{Date, Duration};
use crate::life::Life;
use crate::model::program::{Anchor, Asked, Condition, Name, Program, Terms, Test};
use crate::model::{ByMilestone, Milestone, Terminal};
use crate::money::{Hours, Percent};

/// What has happened.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The day of the moment that is being judged.
    pub today: Date,
    /// The day of the first event.
    pub first: Date,
    /// The day of each milestone to which it has come.
    pub reached: ByMilestone<Option<Date>>,
    /// For each name, how often it has happened and when first.
    pub happened: Vec<(u32, Option<Date>)>,
    /// Hours of all actions.
    pub hours: Hours,
    /// What is certified.
    pub progress: Percent,
    /// Its suspensions.
    pub suspensions: Suspensions,
    /// What it has agreed.
    pub terms: Terms,
}

impl Facts {
    /// A case of which nothing has happened.
    pub fn reset(&mut self, names: usize, terms: Terms) {
        let suspensions = std::mem::take(&mut self.suspensions);
        let mut happened = std::mem::take(&mut self.happened);
        happened.clear();
        happened.resize(names, (0, None));
        *self = Facts { happened, suspensions, terms, ..Facts::default() };
        self.suspensions.clear();
    }

    /// What it has come to.
    pub fn life(&self) -> Life {
        Life {
            signed: self.reached.get(Milestone::Signature).is_some(),
            started: self.started().is_some(),
            over: Terminal::ALL
                .into_iter()
                .find(|over| self.reached.get(over.milestone()).is_some()),
        }
    }

    /// The terminal event's day.
    pub fn terminal(&self) -> Option<Date> {
        *self.reached.get(self.life().over?.milestone())
    }

    /// The day on which it started.
    pub fn started(&self) -> Option<Date> {
        *self.reached.get(Milestone::Start)
    }

    /// Something with a name happens today.
    pub fn note(&mut self, name: Name) {
        if let Some((count, first)) = self.happened.get_mut(name.0 as usize) {
            *count = count.saturating_add(1);
            first.get_or_insert(self.today);
        }
    }

    /// The day of an anchor.
    pub fn anchor(&self, anchor: Anchor) -> Option<Date> {
        match anchor {
            Anchor::Milestone(milestone) => *self.reached.get(milestone),
            Anchor::Named(name) => self.happened.get(name.0 as usize)?.1,
            Anchor::Planned(which) => self.terms.planned(which),
        }
    }

    /// The day on which so long has passed since an anchor: the clock of the start stops while the
    /// case is suspended. None where that day does not come.
    pub fn day_after(&self, anchor: Anchor, length: Duration) -> Option<Date> {
        self.day_on_the_clock(&self.suspensions, anchor, length)
    }

    /// The same as far as today knows: what a line says of the time after it does not change by what
    /// comes later.
    pub fn day_foreseen(&self, anchor: Anchor, length: Duration) -> Option<Date> {
        self.day_on_the_clock(&self.suspensions.ended_by(self.today), anchor, length)
    }

    fn day_on_the_clock(
        &self,
        suspensions: &Suspensions,
        anchor: Anchor,
        length: Duration,
    ) -> Option<Date> {
        let from = self.anchor(anchor)?;
        match anchor {
            Anchor::Milestone(Milestone::Start) => {
                suspensions.day_that_shows(from, from.plus(length))
            }
            Anchor::Milestone(_) | Anchor::Named(_) | Anchor::Planned(_) => Some(from.plus(length)),
        }
    }

    /// What the clock of an anchor shows on a day.
    pub fn shown(&self, anchor: Anchor, day: Date) -> Date {
        match (anchor, self.started()) {
            (Anchor::Milestone(Milestone::Start), Some(start)) => {
                self.suspensions.shown(start, day)
            }
            (Anchor::Milestone(_) | Anchor::Named(_) | Anchor::Planned(_), _) => day,
        }
    }

    /// The days from the first to the last on which the case has run, up to today.
    pub fn days_run(&self, first: Date, last: Date) -> i64 {
        self.span_run(first, last).map_or(0, |(from, to)| self.suspensions.days_run(from, to))
    }

    /// The first and the last day of a span on which the case has run, up to today.
    pub fn span_run(&self, first: Date, last: Date) -> Option<(Date, Date)> {
        let from = self.started()?.max(first);
        let to = self.terminal().unwrap_or(self.today).min(last);
        if from > to { None } else { self.suspensions.run_within(from, to) }
    }

    /// What a test finds today, and on what.
    pub(super) fn found(&self, program: &Program, test: &Test) -> Found {
        let measured = self.measured(test);
        Found { test: *test, holds: self.answers(program, test, measured), measured }
    }

    /// What a test measures today.
    fn measured(&self, test: &Test) -> Measured {
        match test {
            Test::Since(anchor, _) => Measured::Clock {
                from: self.anchor(*anchor).filter(|from| *from <= self.today),
                shown: self.shown(*anchor, self.today),
            },
            Test::Notice(_) => {
                Measured::Notice { until: self.terms.planned_start, today: self.today }
            }
            Test::Attendance(_) => Measured::Share(self.hours, self.terms.hours),
            Test::Hours(_) => Measured::Hours(self.hours),
            Test::Progress(_) => Measured::Progress(self.progress),
            Test::Day(None, _) => Measured::Day(Some(self.today)),
            Test::Day(Some(anchor), _) => Measured::Day(self.anchor(*anchor)),
            Test::Came(milestone) => Measured::Day(*self.reached.get(*milestone)),
            Test::Happened(name, _) => {
                let happened = self.happened.get(name.0 as usize);
                Measured::Times(happened.map_or(0, |(count, _)| *count))
            }
        }
    }

    /// Whether more hours could change what a condition comes to today.
    pub fn turns_on_hours(&mut self, program: &Program, condition: &Condition) -> bool {
        let (kept, now) = (self.hours, self.holds(program, condition));
        let mut bounds = Vec::new();
        let planned = self.terms.hours.map_or(0, |hours| i128::from(hours.0));
        condition.each_test(&mut |test| match test.asked() {
            Asked::Share(range) if test.measures_work() => range.each_bound(|share, _| {
                let whole = i128::from(Percent::WHOLE.0);
                // At the share, past it, and past the next percent where attendance is rounded.
                for share in [share.0, share.0.saturating_add(Percent::ONE)] {
                    let hours = (planned * i128::from(share) + whole - 1).div_euclid(whole);
                    let hours = Hours(i64::try_from(hours).unwrap_or(i64::MAX));
                    bounds.extend([hours, Hours(hours.0.saturating_add(1))]);
                }
            }),
            Asked::Hours(range) if test.measures_work() => range.each_bound(|hours, passes| {
                bounds.push(Hours(hours.0.saturating_add(i64::from(passes))));
            }),
            Asked::Share(_)
            | Asked::Hours(_)
            | Asked::Length(_)
            | Asked::Day(_)
            | Asked::Times(_)
            | Asked::Nothing => {}
        });
        let turns = bounds.into_iter().filter(|bound| *bound > kept).any(|bound| {
            self.hours = bound;
            self.holds(program, condition) != now
        });
        self.hours = kept;
        turns
    }

    /// Whether a condition holds today.
    pub fn holds(&self, program: &Program, condition: &Condition) -> bool {
        match condition {
            Condition::Any(parts) => parts.iter().any(|part| self.holds(program, part)),
            Condition::All(parts) => parts.iter().all(|part| self.holds(program, part)),
            Condition::Not(inner) => !self.holds(program, inner),
            Condition::Test(test) => self.passes(program, test),
        }
    }

    fn passes(&self, program: &Program, test: &Test) -> bool {
        self.answers(program, test, self.measured(test))
    }

    /// Whether what a test measured is what it asks.
    fn answers(&self, program: &Program, test: &Test, measured: Measured) -> bool {
        match (test.asked(), measured) {
            (Asked::Length(range), Measured::Clock { from: Some(from), shown }) => range
                .holds(|length| shown >= from.plus(*length), |length| shown > from.plus(*length)),
            (Asked::Length(range), Measured::Notice { until: Some(start), today }) => range.holds(
                |length| today <= start.minus(*length),
                |length| today < start.minus(*length),
            ),
            (Asked::Share(range), Measured::Share(hours, Some(planned)))
                if planned > Hours::ZERO =>
            {
                let whole = program.whole_attendance;
                let reached = |share: &Percent, passed: bool| {
                    let (value, bound) = if whole {
                        let percent = crate::money::whole_attendance(hours, planned);
                        (percent * i128::from(Percent::WHOLE.0) / 100, i128::from(share.0))
                    } else {
                        let value = i128::from(hours.0) * i128::from(Percent::WHOLE.0);
                        (value, i128::from(share.0) * i128::from(planned.0))
                    };
                    if passed { value > bound } else { value >= bound }
                };
                range.holds(|share| reached(share, false), |share| reached(share, true))
            }
            (Asked::Hours(range), Measured::Hours(found)) => {
                range.holds(|hours| found >= *hours, |hours| found > *hours)
            }
            (Asked::Share(range), Measured::Progress(found)) => {
                range.holds(|share| found >= *share, |share| found > *share)
            }
            (Asked::Day(range), Measured::Day(Some(day))) => {
                range.holds(|bound| day >= *bound, |bound| day > *bound)
            }
            (Asked::Times(least), Measured::Times(count)) => count >= least,
            // Nothing is asked for but that it has come at all.
            (Asked::Nothing, Measured::Times(count)) => count > 0,
            (Asked::Nothing, Measured::Day(day)) => day.is_some(),
            // What is not known, or has not come, answers nothing.
            _ => false,
        }
    }
}
