//! Conditions of a schedule of the second part.

use super::super::Checker;
use super::super::conditions::Bounds;
use super::super::lines::KnownActions;
use super::{Draft, SubjectKind};
use crate::calendar::{Date, Duration};
use crate::model::LONGEST_PLAN;
use crate::model::program::{Anchor, Condition, Name, PlannedDate, Test};
use crate::model::{Milestone, Range};
use crate::money::{Hours, Percent};
use crate::syntax::ast::{self, ConditionKind, DayOf, Fact, Measured};

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
        let since = measured.anchor().map(|anchor| self.anchor(anchor, known));
        self.checker.any_measure(measured, since, bounds, at)
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

impl Checker<'_> {
    /// A measure as meant; `since` is from where it counts, where it says so.
    pub(in crate::check) fn any_measure(
        &mut self,
        measured: &Measured,
        since: Option<Anchor>,
        bounds: &Bounds<'_>,
        at: &ast::Condition,
    ) -> Option<Test> {
        let since = since.unwrap_or(Anchor::Milestone(Milestone::Start));
        Some(match measured {
            Measured::Duration | Measured::Since(_) => {
                Test::Since(since, self.lengths(bounds, at)?)
            }
            Measured::Notice => Test::Notice(self.lengths(bounds, at)?),
            Measured::Attendance => Test::Attendance(self.shares(false, bounds, at)?),
            Measured::Progress => Test::Progress(self.shares(true, bounds, at)?),
            Measured::Hours => Test::Hours(self.some_hours(bounds, at)?),
        })
    }

    fn some_hours(&mut self, bounds: &Bounds<'_>, at: &ast::Condition) -> Option<Range<Hours>> {
        let range = self.range(bounds, Checker::hours)?;
        self.holds_something(range, |from, under| under <= from, at)?;
        Some(range)
    }

    fn lengths(&mut self, bounds: &Bounds<'_>, at: &ast::Condition) -> Option<Range<Duration>> {
        let range = self.range(bounds, Checker::duration)?;
        let never = |from: Duration, under: Duration| under.no_longer_than(from) == Some(true);
        self.holds_something(range, never, at)?;
        Some(range)
    }

    fn shares(
        &mut self,
        of_progress: bool,
        bounds: &Bounds<'_>,
        at: &ast::Condition,
    ) -> Option<Range<Percent>> {
        let range =
            self.range(bounds, |checker, measure| checker.measured_percent(of_progress, measure))?;
        self.holds_something(range, |from, under| under <= from, at)?;
        Some(range)
    }

    /// In how many parts: one is the whole, and would come back as often as the line does.
    pub(super) fn parts(&mut self, number: &ast::Number) -> Option<u32> {
        let stated = number.digits.parse::<u32>().ok();
        let parts = stated.filter(|parts| (2..=LONGEST_PLAN).contains(parts));
        if parts.is_none() {
            let (lang, one) = (self.lang, stated == Some(1));
            self.report(super::errors::not_parts(lang, number.at.0, one));
        }
        parts
    }
}
