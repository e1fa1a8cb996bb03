//! Conditions (§5 of the second part): judged at the moment of the trigger.

use chrono::{Days, Months, NaiveDate};

use super::moments::Facts;
use super::rules::{Condition, Day};
use crate::rules::{Compare, Span, SpanUnit};

/// Whether it holds at a moment of that date.
#[must_use]
pub fn holds(condition: &Condition, date: NaiveDate, facts: &Facts) -> bool {
    match condition {
        Condition::Not(inner) => !holds(inner, date, facts),
        Condition::Signed => facts.signed.is_some(),
        Condition::Started => facts.started.is_some(),
        Condition::Ended => matches!(facts.terminal, Some((true, _))),
        Condition::Done(kind, name, times) => facts.days_of(*kind, name).len() >= *times,
        Condition::Duration(compare, span) => {
            since(facts.started, *compare, *span, facts.clock(date))
        }
        Condition::SinceSignature(compare, span) => since(facts.signed, *compare, *span, date),
        Condition::Notice(compare, span) => facts.planned_start.is_some_and(|planned| {
            let limit = earlier(planned, *span);
            match compare {
                Compare::Less => date > limit,
                Compare::AtLeast => date <= limit,
                Compare::AtMost => date >= limit,
                Compare::More => date < limit,
            }
        }),
        Condition::Progress(compare, bound) => match compare {
            Compare::Less => facts.progress < *bound,
            Compare::AtMost => facts.progress <= *bound,
            Compare::AtLeast => facts.progress >= *bound,
            Compare::More => facts.progress > *bound,
        },
        Condition::Day(which, before, bound) => {
            let day = match which {
                Day::Signature => facts.signed,
                Day::Start => facts.started,
                Day::Moment => Some(date),
            };
            day.is_some_and(|day| (day < *bound) == *before)
        }
    }
}

fn since(anchor: Option<NaiveDate>, compare: Compare, span: Span, date: NaiveDate) -> bool {
    anchor.and_then(|anchor| span.after(anchor)).is_some_and(|limit| match compare {
        Compare::Less => date < limit,
        Compare::AtMost => date <= limit,
        Compare::AtLeast => date >= limit,
        Compare::More => date > limit,
    })
}

/// That long before a date, keeping the day of the month or its last.
#[must_use]
pub fn earlier(date: NaiveDate, span: Span) -> NaiveDate {
    match span.unit {
        SpanUnit::Days => date - Days::new(span.count.into()),
        SpanUnit::Weeks => date - Days::new(u64::from(span.count) * 7),
        SpanUnit::Months => date - Months::new(span.count),
        SpanUnit::Years => date - Months::new(span.count * 12),
    }
}
