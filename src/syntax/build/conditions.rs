//! Conditions: what stands after `if`.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "pest's rules are a list of the whole grammar; a function reads a few of them"
)]

use super::*;

impl Builder<'_> {
    pub(super) fn condition(&mut self, pair: P<'_>) -> Option<Condition> {
        self.joined(pair, Rule::all_of, ConditionKind::Any, |this, part| {
            this.joined(part, Rule::negation, ConditionKind::All, Self::negation)
        })
    }

    /// The parts of a pair that are of `rule`: one alone stands for itself, several are joined.
    pub(super) fn joined(
        &mut self,
        pair: P<'_>,
        rule: Rule,
        join: fn(Vec<Condition>) -> ConditionKind,
        mut each: impl FnMut(&mut Self, P<'_>) -> Option<Condition>,
    ) -> Option<Condition> {
        let mut inner = pair.clone().into_inner().filter(|part| part.as_rule() == rule);
        let first = each(self, inner.next()?)?;
        let Some(second) = inner.next() else { return Some(first) };
        let mut parts = vec![first, each(self, second)?];
        for part in inner {
            parts.push(each(self, part)?);
        }
        Some(Condition { kind: join(parts), at: self.at(&pair) })
    }

    pub(super) fn negation(&mut self, pair: P<'_>) -> Option<Condition> {
        let mut parts = pair.clone().into_inner();
        let mut inner = parts.next()?;
        let mut nots = 0;
        while inner.as_rule() == Rule::kw_not {
            inner = parts.next()?;
            nots += 1;
        }
        let grouped = inner.as_rule() == Rule::group;
        let deeper = nots + usize::from(grouped);
        if self.depth + deeper > DEEPEST_NESTING {
            let at = self.at(&pair).0;
            let first = Span { end: at.start.saturating_add(1), ..at };
            let problem = Problem::NestedTooDeep { at: first };
            self.diagnostics.push(errors::problem(self.lang, &problem));
            return None;
        }
        self.depth += deeper;
        let condition = if grouped {
            inner.into_inner().next().and_then(|pair| self.condition(pair))
        } else {
            self.test(inner)
        };
        self.depth -= deeper;
        let condition = condition?;
        if nots == 0 {
            return Some(condition);
        }
        let at = self.at(&pair);
        let negate = |condition, _| Condition { kind: ConditionKind::Not(Box::new(condition)), at };
        Some((0..nots).fold(condition, negate))
    }

    pub(super) fn test(&mut self, pair: P<'_>) -> Option<Condition> {
        let mut parts = pair.clone().into_inner();
        skip(&mut parts, &[Rule::article]);
        let inner = parts.next()?;
        let fact = match inner.as_rule() {
            Rule::measured => return self.measured(inner),
            Rule::kw_started => Fact::Started,
            Rule::kw_signed => Fact::Signed,
            Rule::kw_ended => Fact::Ended,
            Rule::kw_abandoned => Fact::Abandoned,
            Rule::action_done => Fact::ActionDone(self.name_within(inner)?),
            Rule::deliverable_received => Fact::DeliverableReceived(self.name_within(inner)?),
            Rule::event_happened => Fact::EventHappened(self.name_within(inner)?),
            _ => return None,
        };
        Some(Condition { kind: ConditionKind::Fact(fact), at: self.at(&pair) })
    }

    pub(super) fn measured(&mut self, pair: P<'_>) -> Option<Condition> {
        let at = self.at(&pair);
        let mut parts = pair.into_inner();
        let measured = match parts.next()?.as_rule() {
            Rule::kw_duration => Measured::Duration,
            Rule::kw_attendance => Measured::Attendance,
            _ => Measured::Hours,
        };
        let how = parts.next()?;
        let kind = if how.as_rule() == Rule::kw_from {
            let from = self.measure(parts.next()?)?;
            skip(&mut parts, &[Rule::kw_to, Rule::kw_under]);
            let to = self.measure(parts.next()?)?;
            // The second bound may name the unit for both; a bare number of hours means hours.
            let from = from.or_in(to.unit).or_in(measured.implied_unit());
            let to = to.or_in(measured.implied_unit());
            ConditionKind::Window { measured, from, to }
        } else {
            let comparator = match how.as_str().trim_end() {
                "<" => Comparator::Less,
                "<=" => Comparator::AtMost,
                ">" => Comparator::Greater,
                _ => Comparator::AtLeast,
            };
            let with = self.measure(parts.next()?)?.or_in(measured.implied_unit());
            ConditionKind::Compare { measured, comparator, with }
        };
        Some(Condition { kind, at })
    }
}
