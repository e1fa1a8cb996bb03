//! Conditions: units that fit what is measured, windows that hold something, actions that exist.

use super::lines::KnownActions;
use super::{Checker, errors};
use crate::model::{Condition, Range, Subject, SubjectKind, Test};
use crate::syntax::ast::{self, Comparator, ConditionKind, Fact, Measure, Measured};

/// The bounds of a test, as written.
pub enum Bounds<'a> {
    Compare(Comparator, &'a Measure),
    Window(&'a Measure, &'a Measure),
}

impl Checker<'_> {
    /// The condition as meant; every part is checked, whatever is wrong with the others.
    pub fn condition(
        &mut self,
        condition: &ast::Condition,
        known: &KnownActions<'_>,
    ) -> Option<Condition> {
        match &condition.kind {
            ConditionKind::Any(parts) => self.conditions(parts, known).map(Condition::Any),
            ConditionKind::All(parts) => self.conditions(parts, known).map(Condition::All),
            ConditionKind::Not(inner) => {
                self.condition(inner, known).map(|inner| Condition::Not(Box::new(inner)))
            }
            ConditionKind::Compare { measured, comparator, with } => {
                self.test(measured, &Bounds::Compare(*comparator, with), condition)
            }
            ConditionKind::Window { measured, from, to } => {
                self.test(measured, &Bounds::Window(from, to), condition)
            }
            ConditionKind::Fact(fact) => Some(Condition::Test(self.fact(fact, known))),
            ConditionKind::Times { .. } | ConditionKind::Day { .. } => {
                self.of_the_second_part(None, condition.at.0)
            }
        }
    }

    fn conditions(
        &mut self,
        parts: &[ast::Condition],
        known: &KnownActions<'_>,
    ) -> Option<Vec<Condition>> {
        let parts: Vec<Option<Condition>> =
            parts.iter().map(|part| self.condition(part, known)).collect();
        parts.into_iter().collect()
    }

    fn fact(&mut self, fact: &Fact, known: &KnownActions<'_>) -> Test {
        match fact {
            Fact::Reached(milestone) => Test::Reached(*milestone),
            Fact::Happened(kind, name) => {
                if *kind == SubjectKind::Action {
                    self.action_name(name, known);
                }
                Test::Happened(Subject::new(*kind, &name.text))
            }
        }
    }

    fn test(
        &mut self,
        measured: &Measured,
        bounds: &Bounds<'_>,
        at: &ast::Condition,
    ) -> Option<Condition> {
        let first = match measured.anchor() {
            Some(_) => None,
            None => self.any_measure(measured, None, bounds, at)?.of_the_first_part().ok(),
        };
        match first {
            Some(test) => Some(Condition::Test(test)),
            None => self.of_the_second_part(None, at.at.0),
        }
    }

    /// The range that bounds leave, each read in the unit of what is measured.
    pub fn range<T>(
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

    /// Reports a window in which nothing can lie.
    pub fn holds_something<T: Copy>(
        &mut self,
        range: Range<T>,
        never: impl Fn(T, T) -> bool,
        at: &ast::Condition,
    ) -> Option<()> {
        match range {
            Range::Window { from, under } if never(from, under) => {
                self.report(errors::empty_window(self.lang, at, self.source));
                None
            }
            Range::Window { .. }
            | Range::Less(_)
            | Range::AtMost(_)
            | Range::Greater(_)
            | Range::AtLeast(_) => Some(()),
        }
    }
}
