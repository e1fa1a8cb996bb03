//! Conditions of a schedule of the second part.

use super::super::lines::KnownActions;
use super::{Draft, SubjectKind, core};
use crate::calendar::{Date, Duration};
use crate::model::Milestone;
use crate::model::Range;
use crate::model::program::{Anchor, Condition, Name, PlannedDate, Test};
use crate::money::{Hours, Percent};
use crate::syntax::ast::{self, Comparator, ConditionKind, DayOf, Fact, Measure, Measured};

impl Draft<'_, '_> {
    /// The condition as meant; every part is checked, whatever is wrong with the others.
    pub(super) fn condition(
        &mut self,
        condition: &ast::Condition,
        known: &KnownActions<'_>,
    ) -> Option<Condition> {
        let all = |this: &mut Self, parts: &[ast::Condition]| -> Option<Vec<Condition>> {
            let parts: Vec<Option<Condition>> =
                parts.iter().map(|part| this.condition(part, known)).collect();
            parts.into_iter().collect()
        };
        Some(match &condition.kind {
            ConditionKind::Any(parts) => Condition::Any(all(self, parts)?),
            ConditionKind::All(parts) => Condition::All(all(self, parts)?),
            ConditionKind::Not(inner) => Condition::Not(Box::new(self.condition(inner, known)?)),
            ConditionKind::Compare { measured, comparator, with } => {
                let bounds = Bounds::Compare(*comparator, with);
                Condition::Test(self.measured(measured, &bounds, condition, known)?)
            }
            ConditionKind::Window { measured, from, to } => {
                let bounds = Bounds::Window(from, to);
                Condition::Test(self.measured(measured, &bounds, condition, known)?)
            }
            ConditionKind::Fact(fact) => Condition::Test(self.fact(fact, 1, known)),
            ConditionKind::Times { fact, times } => {
                let times = self.count(times)?;
                Condition::Test(self.fact(fact, times, known))
            }
            ConditionKind::Day { of, before, date } => {
                let date = self.checker.date(date)?;
                let range = if *before { Range::Less(date) } else { Range::AtLeast(date) };
                let anchor = match of {
                    DayOf::Moment => None,
                    DayOf::Signature => Some(Anchor::Milestone(Milestone::Signature)),
                    DayOf::Start => Some(Anchor::Milestone(Milestone::Start)),
                };
                Condition::Test(Test::Day(anchor, range))
            }
        })
    }

    fn fact(&mut self, fact: &Fact, times: u32, known: &KnownActions<'_>) -> Test {
        match fact {
            Fact::Reached(milestone) => Test::Came(*milestone),
            Fact::Happened(kind, name) => Test::Happened(self.subject(*kind, name, known), times),
        }
    }

    fn measured(
        &mut self,
        measured: &Measured,
        bounds: &Bounds<'_>,
        at: &ast::Condition,
        known: &KnownActions<'_>,
    ) -> Option<Test> {
        let never = |from: Duration, under: Duration| under.no_longer_than(from) == Some(true);
        Some(match measured {
            Measured::Duration => {
                let range = self.range(bounds, |this, it| this.checker.duration(it))?;
                self.holds_something(range, never, at)?;
                Test::Since(Anchor::Milestone(Milestone::Start), range)
            }
            Measured::Since(anchor) => {
                let anchor = self.anchor(anchor, known);
                let range = self.range(bounds, |this, it| this.checker.duration(it))?;
                self.holds_something(range, never, at)?;
                Test::Since(anchor, range)
            }
            Measured::Notice => {
                let range = self.range(bounds, |this, it| this.checker.duration(it))?;
                self.holds_something(range, never, at)?;
                Test::Notice(range)
            }
            Measured::Attendance => {
                let range = self.range(bounds, |this, it| this.checker.measured_percent(it))?;
                self.holds_something(range, |from: Percent, under| under <= from, at)?;
                Test::Attendance(range)
            }
            Measured::Progress => {
                let range = self.range(bounds, |this, it| this.checker.measured_percent(it))?;
                self.holds_something(range, |from: Percent, under| under <= from, at)?;
                Test::Progress(range)
            }
            Measured::Hours => {
                let range = self.range(bounds, |this, it| this.checker.hours(it))?;
                self.holds_something(range, |from: Hours, under| under <= from, at)?;
                Test::Hours(range)
            }
        })
    }

    fn range<T>(
        &mut self,
        bounds: &Bounds<'_>,
        mut read: impl FnMut(&mut Self, &Measure) -> Option<T>,
    ) -> Option<Range<T>> {
        match bounds {
            Bounds::Compare(comparator, with) => {
                let bound = read(self, with)?;
                Some(match comparator {
                    Comparator::Less => Range::Less(bound),
                    Comparator::AtMost => Range::AtMost(bound),
                    Comparator::Greater => Range::Greater(bound),
                    Comparator::AtLeast => Range::AtLeast(bound),
                })
            }
            Bounds::Window(from, to) => {
                let from = read(self, from);
                let under = read(self, to);
                Some(Range::Window { from: from?, under: under? })
            }
        }
    }

    fn holds_something<T: Copy>(
        &mut self,
        range: Range<T>,
        never: impl Fn(T, T) -> bool,
        at: &ast::Condition,
    ) -> Option<()> {
        match range {
            Range::Window { from, under } if never(from, under) => {
                let (lang, source) = (self.checker.lang, self.checker.source);
                self.checker.report(core::empty_window(lang, at, source));
                None
            }
            Range::Window { .. }
            | Range::Less(_)
            | Range::AtMost(_)
            | Range::Greater(_)
            | Range::AtLeast(_) => Some(()),
        }
    }

    /// An anchor as meant.
    pub(super) fn anchor(&mut self, anchor: &ast::Anchor, known: &KnownActions<'_>) -> Anchor {
        match anchor {
            ast::Anchor::Milestone(milestone) => Anchor::Milestone(*milestone),
            ast::Anchor::Subject(kind, name) => Anchor::Named(self.subject(*kind, name, known)),
            ast::Anchor::PlannedStart => Anchor::Planned(PlannedDate::Start),
            ast::Anchor::PlannedEnd => Anchor::Planned(PlannedDate::End),
        }
    }

    /// What has a name, as meant: an action has to be one of the schedule's.
    pub(super) fn subject(
        &mut self,
        kind: SubjectKind,
        name: &ast::Name,
        known: &KnownActions<'_>,
    ) -> Name {
        if kind == SubjectKind::Action {
            self.checker.action_name(name, known);
        }
        self.name(kind, name)
    }

    /// A whole number, one at least: how often, in how many parts, on which day.
    pub(super) fn count(&mut self, number: &ast::Number) -> Option<u32> {
        let count = number.digits.parse::<u32>().ok().filter(|count| (1..=10_000).contains(count));
        if count.is_none() {
            let lang = self.checker.lang;
            self.checker.report(super::errors::not_a_count(lang, number.at.0));
        }
        count
    }

    /// The dates of a list, in their order.
    pub(super) fn days(&mut self, dates: &[ast::Date]) -> Option<Vec<Date>> {
        let days: Vec<Option<Date>> = dates.iter().map(|date| self.checker.date(date)).collect();
        days.into_iter().collect()
    }
}

/// The bounds of a test, as written.
enum Bounds<'a> {
    Compare(Comparator, &'a Measure),
    Window(&'a Measure, &'a Measure),
}
