//! Conditions, judged at a moment (§4).

use chrono::NaiveDate;

use super::exact::{Exact, percent, round, whole};
use super::moments::Facts;
use super::rules::{Compare, Condition, Span, Test, same_name};
use super::sound::Terms;

/// Whether a condition holds at a date, given what has happened.
#[must_use]
pub fn holds(condition: &Condition, date: NaiveDate, facts: &Facts, terms: &Terms) -> bool {
    let named = |names: &[String], name: &str| names.iter().any(|own| same_name(own, name));
    match condition {
        Condition::Not(inner) => !holds(inner, date, facts, terms),
        Condition::And(all) => all.iter().all(|one| holds(one, date, facts, terms)),
        Condition::Or(any) => any.iter().any(|one| holds(one, date, facts, terms)),
        Condition::Duration(test) => duration(test, date, facts.started),
        Condition::Hours(test) => number(test, &facts.hours),
        Condition::Attendance(test) => number(test, &(attendance(facts, terms) * whole(100))),
        Condition::Started => facts.started.is_some(),
        Condition::Signed => facts.signed.is_some(),
        Condition::Ended => facts.ended,
        Condition::Abandoned => facts.abandoned,
        Condition::ActionDone(name) => named(&facts.actions, name),
        Condition::DeliverableReceived(name) => named(&facts.deliverables, name),
        Condition::EventHappened(name) => named(&facts.events, name),
    }
}

/// The share of the planned hours that was attended, as a fraction: exact, or rounded to a whole
/// percentage where the schedule asks for it. A sound case has planned hours wherever this is asked.
#[must_use]
pub fn attendance(facts: &Facts, terms: &Terms) -> Exact {
    let Some(planned) = &terms.planned_hours else {
        return whole(0);
    };
    let exact = &facts.hours / planned;
    if terms.schedule.whole_percent { percent(&round(&(exact * whole(100)), 0)) } else { exact }
}

/// No comparison of duration holds before the start; a bound is a date counted from it.
fn duration(test: &Test<Span>, date: NaiveDate, started: Option<NaiveDate>) -> bool {
    let Some(start) = started else { return false };
    let bound = |span: &Span| span.after(start).unwrap_or(NaiveDate::MAX);
    judge(test, |compare, span| compare.is_met(date.cmp(&bound(span))))
}

fn number(test: &Test<Exact>, value: &Exact) -> bool {
    judge(test, |compare, bound| compare.is_met(value.cmp(bound)))
}

/// `from a to b` is `>= a and < b`.
fn judge<T>(test: &Test<T>, is: impl Fn(Compare, &T) -> bool) -> bool {
    match test {
        Test::Is(compare, bound) => is(*compare, bound),
        Test::From(low, high) => is(Compare::AtLeast, low) && is(Compare::Less, high),
    }
}
