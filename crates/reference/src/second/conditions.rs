//! Conditions (§5 of the second part): judged at the moment of the trigger.

use std::cmp::Ordering;

use chrono::{Days, Months, NaiveDate};

use super::moments::Facts;
use super::rules::{Condition, Day};
use crate::rules::{Span, SpanUnit};

/// Whether it holds at a moment of that date.
#[must_use]
pub fn holds(condition: &Condition, date: NaiveDate, facts: &Facts) -> bool {
    let side = side(condition, date, facts);
    match condition {
        Condition::Not(inner) => !holds(inner, date, facts),
        Condition::Signed => facts.signed.is_some(),
        Condition::Started => facts.started.is_some(),
        Condition::Ended => matches!(facts.terminal, Some((true, _))),
        Condition::Done(..) => side.is_some_and(Ordering::is_ge),
        Condition::Duration(compare, _)
        | Condition::SinceSignature(compare, _)
        | Condition::Notice(compare, _)
        | Condition::Progress(compare, _) => side.is_some_and(|side| compare.is_met(side)),
        Condition::Day(_, before, _) => side.is_some_and(|side| side.is_lt() == *before),
    }
}

/// On which side of its bound, or at it, what a condition measures lies; none where it measures nothing, or not yet.
#[must_use]
pub fn side(condition: &Condition, date: NaiveDate, facts: &Facts) -> Option<Ordering> {
    let since = |anchor: Option<NaiveDate>, span: &Span, now: NaiveDate| {
        anchor.and_then(|anchor| span.after(anchor)).map(|limit| now.cmp(&limit))
    };
    match condition {
        Condition::Not(inner) => side(inner, date, facts),
        Condition::Signed | Condition::Started | Condition::Ended => None,
        Condition::Done(kind, name, times) => Some(facts.days_of(*kind, name).len().cmp(times)),
        Condition::Duration(_, span) => since(facts.started, span, facts.clock(date)),
        Condition::SinceSignature(_, span) => since(facts.signed, span, date),
        // The later the day, the less time is left.
        Condition::Notice(_, span) => facts.planned_start.map(|day| earlier(day, *span).cmp(&date)),
        Condition::Progress(_, bound) => Some(facts.progress.cmp(bound)),
        Condition::Day(which, _, bound) => {
            let day = match which {
                Day::Signature => facts.signed,
                Day::Start => facts.started,
                Day::Moment => Some(date),
            };
            day.map(|day| day.cmp(bound))
        }
    }
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
