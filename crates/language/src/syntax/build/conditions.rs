//! Conditions: what stands after `if`.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "pest's rules are a list of the whole grammar; a function reads a few of them"
)]

use super::*;

impl Builder<'_> {
    pub(super) fn condition(&mut self, pair: P<'_>) -> Option<Condition> {
        self.within(pair.clone(), &[Rule::condition])?;
        self.joined(pair, Rule::all_of, ConditionKind::Any, |this, part| {
            this.joined(part, Rule::negation, ConditionKind::All, Self::negation)
        })
    }

    /// The parts of a pair that are of `rule`, with words that join them between: one alone stands for
    /// itself, several are joined.
    pub(super) fn joined(
        &mut self,
        pair: P<'_>,
        rule: Rule,
        join: fn(Vec<Condition>) -> ConditionKind,
        mut each: impl FnMut(&mut Self, P<'_>) -> Option<Condition>,
    ) -> Option<Condition> {
        let mut parts = Vec::new();
        for part in pair.clone().into_inner() {
            match part.as_rule() {
                Rule::kw_or | Rule::kw_and => {}
                found if found == rule => parts.push(each(self, part)?),
                _ => return self.unknown(&part),
            }
        }
        if parts.len() == 1 {
            return parts.pop();
        }
        (!parts.is_empty()).then(|| Condition { kind: join(parts), at: self.at(&pair) })
    }

    pub(super) fn negation(&mut self, pair: P<'_>) -> Option<Condition> {
        let mut parts = self.within(pair.clone(), &[Rule::negation])?;
        let mut inner = parts.next()?;
        let mut nots = 0;
        while inner.as_rule() == Rule::kw_not {
            inner = parts.next()?;
            nots += 1;
        }
        let grouped = inner.as_rule() == Rule::group;
        let deeper = nots + usize::from(grouped);
        let at = self.at(&pair);
        if !self.goes_deeper(deeper, at) {
            return None;
        }
        let condition = match inner.as_rule() {
            Rule::group => {
                let mut group = inner.into_inner();
                let condition = group.next().and_then(|pair| self.condition(pair));
                condition.and_then(|condition| self.whole(group, condition))
            }
            Rule::test => self.test(inner),
            _ => self.unknown(&inner),
        };
        self.depth -= deeper;
        let condition = condition?;
        if nots == 0 {
            return Some(condition);
        }
        let negate = |condition, _| Condition { kind: ConditionKind::Not(Box::new(condition)), at };
        Some((0..nots).fold(condition, negate))
    }

    /// Counts so many parentheses and `not`; whether they are not too many.
    pub(super) fn goes_deeper(&mut self, deeper: usize, at: At) -> bool {
        if self.depth + deeper > DEEPEST_NESTING {
            let first = Span { end: at.0.start.saturating_add(1), ..at.0 };
            let problem = Problem::NestedTooDeep { at: first };
            self.diagnostics.push(errors::problem(self.lang, &problem));
            return false;
        }
        self.depth += deeper;
        true
    }

    pub(super) fn comparator(&mut self, pair: &P<'_>) -> Option<Comparator> {
        Some(match pair.as_str().trim_end() {
            "<" => Comparator::Less,
            "<=" => Comparator::AtMost,
            ">" => Comparator::Greater,
            ">=" => Comparator::AtLeast,
            _ => return self.unknown(pair),
        })
    }

    pub(super) fn test(&mut self, pair: P<'_>) -> Option<Condition> {
        let mut parts = self.within(pair.clone(), &[Rule::test])?;
        skip(&mut parts, &[Rule::article]);
        let inner = parts.next()?;
        let fact = match inner.as_rule() {
            Rule::measured => return self.measured(inner),
            Rule::day_test => return self.day_test(inner),
            rule => match (kinds::reached(rule), kinds::happened(rule)) {
                (Some(milestone), _) => Fact::Reached(milestone),
                (None, Some(kind)) => Fact::Happened(kind, self.name_within(inner.clone())?),
                (None, None) => return self.unknown(&inner),
            },
        };
        self.whole(parts, ())?;
        if let Some(times) = inner.into_inner().find(|part| part.as_rule() == Rule::times_least) {
            let times = self.number_within(times)?;
            let kind = ConditionKind::Times { fact, times };
            return Some(Condition { kind, at: self.at(&pair) });
        }
        Some(Condition { kind: ConditionKind::Fact(fact), at: self.at(&pair) })
    }

    pub(super) fn measured(&mut self, pair: P<'_>) -> Option<Condition> {
        let at = self.at(&pair);
        let mut parts = self.within(pair, &[Rule::measured])?;
        let measured = parts.next()?;
        let measured = match measured.as_rule() {
            Rule::kw_duration => Measured::Duration,
            Rule::kw_attendance => Measured::Attendance,
            Rule::kw_hours => Measured::Hours,
            Rule::kw_notice => Measured::Notice,
            Rule::kw_progress => Measured::Progress,
            Rule::since => {
                let mut since = measured.into_inner();
                self.need(&mut since, Rule::kw_since)?;
                let anchor = self.need(&mut since, Rule::anchor)?;
                let anchor = self.anchor(anchor)?;
                self.whole(since, Measured::Since(anchor))?
            }
            _ => return self.unknown(&measured),
        };
        let how = parts.next()?;
        let kind = match how.as_rule() {
            Rule::kw_from => {
                let from = self.measure(parts.next()?)?;
                self.need(&mut parts, Rule::kw_to)?;
                skip(&mut parts, &[Rule::kw_under]);
                let to = self.measure(parts.next()?)?;
                // The second bound may name the unit for both; a bare number of hours means hours.
                let from = from.or_in(to.unit).or_in(measured.implied_unit());
                let to = to.or_in(measured.implied_unit());
                ConditionKind::Window { measured, from, to }
            }
            Rule::comparator => {
                let comparator = self.comparator(&how)?;
                let with = self.measure(parts.next()?)?.or_in(measured.implied_unit());
                ConditionKind::Compare { measured, comparator, with }
            }
            _ => return self.unknown(&how),
        };
        self.whole(parts, ())?;
        Some(Condition { kind, at })
    }

    /// `signed before 2025-09-01`.
    fn day_test(&mut self, pair: P<'_>) -> Option<Condition> {
        let at = self.at(&pair);
        let mut parts = self.within(pair, &[Rule::day_test])?;
        let of = parts.next()?;
        let of = match of.as_rule() {
            Rule::kw_signed => DayOf::Signature,
            Rule::kw_started => DayOf::Start,
            Rule::kw_date => DayOf::Moment,
            _ => return self.unknown(&of),
        };
        let side = parts.next()?;
        let before = match side.as_rule() {
            Rule::kw_before => true,
            Rule::kw_counting_from => false,
            _ => return self.unknown(&side),
        };
        skip(&mut parts, &[Rule::kw_the_day]);
        let date = self.need(&mut parts, Rule::date)?;
        let date = self.date(date)?;
        self.whole(parts, Condition { kind: ConditionKind::Day { of, before, date }, at })
    }
}
