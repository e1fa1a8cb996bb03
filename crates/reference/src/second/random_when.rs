//! Random triggers and conditions.

use chrono::NaiveDate;

use super::random::{day, percent};
use super::rules::*;
use crate::rng::Rng;
use crate::rules::{Compare, Span, SpanUnit};

pub(super) fn span(rng: &mut Rng) -> Span {
    let (unit, most) = *rng.pick(&[
        (SpanUnit::Days, 45),
        (SpanUnit::Weeks, 6),
        (SpanUnit::Months, 4),
        (SpanUnit::Months, 2),
    ]);
    Span { count: u32::try_from(rng.between(1, most)).expect("small"), unit }
}

pub(super) fn recurrence(rng: &mut Rng) -> Trigger {
    match rng.below(9) {
        0 | 1 => Trigger::PeriodEnd(*rng.pick(&[1, 1, 3, 12])),
        2 => Trigger::DayOfMonth(u32::try_from(rng.between(1, 31)).expect("small")),
        3..6 => Trigger::Every { span: span(rng), anchor: anchor(rng), from: rng.chance(50) },
        6 => {
            let mut dates: Vec<NaiveDate> = (0..rng.between(2, 3)).map(|_| day(rng)).collect();
            dates.sort_unstable();
            dates.dedup();
            if dates.len() < 2 { Trigger::PeriodEnd(1) } else { Trigger::Dates(dates) }
        }
        7 => Trigger::Progress,
        _ => named(rng),
    }
}

pub(super) fn named(rng: &mut Rng) -> Trigger {
    let (kind, name) = name(rng);
    Trigger::Named(kind, name)
}

pub(super) fn name(rng: &mut Rng) -> (Named, &'static str) {
    *rng.pick(&[
        (Named::Action, "Visit"),
        (Named::Action, "Lesson"),
        (Named::Deliverable, "Report"),
        (Named::Event, "Call"),
    ])
}

pub(super) fn anchor(rng: &mut Rng) -> Anchor {
    match rng.below(8) {
        0 | 1 => Anchor::Start,
        2 => Anchor::Signature,
        3 => Anchor::End,
        4 => {
            let (kind, name) = name(rng);
            Anchor::Named(kind, name)
        }
        5 | 6 => Anchor::Planned(Planned::Start),
        _ => Anchor::Planned(Planned::End),
    }
}

pub(super) fn triggers(rng: &mut Rng) -> Vec<Trigger> {
    let mut triggers = vec![trigger(rng)];
    if rng.chance(15) {
        let other = trigger(rng);
        if format!("{other:?}") != format!("{:?}", triggers[0]) {
            triggers.push(other);
        }
    }
    triggers
}

fn trigger(rng: &mut Rng) -> Trigger {
    match rng.below(12) {
        0 | 1 => Trigger::Signature,
        2 | 3 => Trigger::Start,
        4 | 5 => named(rng),
        6 => Trigger::After(span(rng), anchor(rng)),
        7 | 8 => {
            let which = if rng.chance(60) { Planned::Start } else { Planned::End };
            Trigger::Before(span(rng), which)
        }
        9 => Trigger::Date(day(rng)),
        10 => Trigger::PeriodEnd(*rng.pick(&[1, 3, 12])),
        _ => Trigger::Progress,
    }
}

pub(super) fn condition(rng: &mut Rng) -> Condition {
    let compare = *rng.pick(&[Compare::Less, Compare::AtMost, Compare::AtLeast, Compare::More]);
    let (kind, name) = name(rng);
    let simple = match rng.below(10) {
        0 => Condition::Signed,
        1 => Condition::Started,
        2 => Condition::Ended,
        3 => Condition::Done(kind, name, 1 + rng.below(3)),
        4 => Condition::Duration(compare, span(rng)),
        5 => Condition::SinceSignature(compare, span(rng)),
        6 | 7 => Condition::Notice(compare, span(rng)),
        8 => Condition::Progress(compare, percent(rng, 80)),
        _ => {
            let which = *rng.pick(&[Day::Signature, Day::Start, Day::Moment]);
            Condition::Day(which, rng.chance(50), day(rng))
        }
    };
    if rng.chance(20) { Condition::Not(Box::new(simple)) } else { simple }
}
