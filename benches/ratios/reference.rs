//! The naive reference of the tests, given the same schedules and cases.

use ::reference::exact::{Exact, fraction};
use ::reference::naive::{self, Outcome};
use ::reference::rules::{
    Action, Amount, Case, Compare, Condition, Currency, Event as Happened, Line,
    LineKind as ReferenceKind, Price, Rate, Schedule, Span, SpanUnit, Test, Trigger, Unit, What,
    Worked,
};
use chrono::NaiveDate;
use jalon::model::Milestone;
use jalon::model::{self, LineKind};
use jalon::{Date, Event, EventKind};

fn exact_money(amount: jalon::money::Money) -> Exact {
    fraction(amount.0, 100)
}

fn exact_percent(share: jalon::money::Percent) -> Exact {
    fraction(share.0, 1_000_000_000)
}

fn exact_hours(hours: jalon::money::Hours) -> Exact {
    fraction(hours.0, jalon::money::Hours::ONE.0)
}

fn months(length: jalon::calendar::Duration) -> Span {
    match length {
        jalon::calendar::Duration::Months(count) => Span { count, unit: SpanUnit::Months },
        jalon::calendar::Duration::Days(count) => Span { count, unit: SpanUnit::Days },
    }
}

fn test<T, U>(range: model::Range<T>, bound: impl Fn(T) -> U) -> Test<U> {
    match range {
        model::Range::Less(n) => Test::Is(Compare::Less, bound(n)),
        model::Range::AtMost(n) => Test::Is(Compare::AtMost, bound(n)),
        model::Range::Greater(n) => Test::Is(Compare::More, bound(n)),
        model::Range::AtLeast(n) => Test::Is(Compare::AtLeast, bound(n)),
        model::Range::Window { from, under } => Test::From(bound(from), bound(under)),
    }
}

/// One of the four schedules, as the reference reads it.
pub fn schedule(schedule: &model::Schedule) -> Schedule {
    let rate = |rate: model::Rate| match rate {
        model::Rate::Hourly(rate) => Rate::Hourly(exact_money(rate)),
        model::Rate::Flat(amount) => Rate::Flat(exact_money(amount)),
        model::Rate::NotBilled => Rate::NotBilled,
        model::Rate::AsPriced => Rate::Declared,
    };
    let action = |action: &model::Action| Action {
        name: action.name.clone(),
        rate: rate(action.rate),
        ends_case: action.ends_case,
    };
    Schedule {
        name: schedule.name.clone(),
        unit: Unit::Case,
        currency: Currency { code: "EUR", decimals: 2 },
        price: match schedule.price {
            model::Price::Fixed(price) => Price::Fixed(exact_money(price)),
            model::Price::Hourly { rate, at_least, at_most } => Price::Hourly {
                rate: exact_money(rate),
                at_least: at_least.map(exact_hours),
                at_most: at_most.map(exact_hours),
            },
            model::Price::PerAction => Price::PerAction,
        },
        actions: schedule.actions.iter().map(action).collect(),
        planned_hours: schedule.planned_hours.map(exact_hours),
        planned_months: schedule.planned_months,
        whole_percent: schedule.whole_attendance,
        lines: schedule.lines.iter().map(line).collect(),
    }
}

fn line(line: &model::Line) -> Line {
    let trigger = |trigger: &model::When| match trigger {
        model::When::Subject(model::Subject { kind: model::SubjectKind::Action, name }) => {
            Trigger::Action(name.clone())
        }
        model::When::Milestone(Milestone::End) => Trigger::End,
        model::When::Milestone(Milestone::Abandonment) => Trigger::Abandonment,
        model::When::Calendar(model::CalendarDay::MonthEnd) => Trigger::MonthEnd,
        other => panic!("not in the four schedules: {other:?}"),
    };
    let condition = |condition: &model::Condition| match condition {
        model::Condition::Test(model::Test::Duration(range)) => {
            Condition::Duration(test(*range, months))
        }
        model::Condition::Test(model::Test::Attendance(range)) => {
            Condition::Attendance(test(*range, exact_percent))
        }
        other => panic!("not in the four schedules: {other:?}"),
    };
    Line {
        kind: match line.kind {
            LineKind::Deposit => ReferenceKind::Deposit,
            LineKind::Installment => ReferenceKind::Installment,
            LineKind::Balance => ReferenceKind::Balance,
        },
        label: line.label.clone(),
        amount: match line.amount {
            model::Amount::Percent(share) => Amount::Percent(exact_percent(share)),
            model::Amount::Sum(amount) => Amount::Money(exact_money(amount)),
            model::Amount::Work { itemised: true } => Amount::WorkItemised,
            model::Amount::Work { itemised: false } => Amount::Work,
            other => panic!("not in the four schedules: {other:?}"),
        },
        triggers: line.triggers.iter().map(trigger).collect(),
        condition: line.condition.as_ref().map(condition),
        stays_open: line.stays_open,
    }
}

/// A case of the workload, as the reference reads it.
pub fn case(events: &[Event], as_of: Date) -> Case {
    let naive = |date: Date| date.to_string().parse::<NaiveDate>().expect("a date");
    let event = |event: &Event| Happened {
        date: naive(event.date),
        what: match &event.kind {
            EventKind::Opened { schedule, .. } => What::Opened {
                schedule: schedule.clone(),
                planned_hours: None,
                planned_months: None,
            },
            EventKind::Milestone(Milestone::Signature) => What::Signature,
            EventKind::Action { name, hours } => What::Action {
                name: name.clone(),
                worked: hours.map(|hours| Worked::Hours(exact_hours(hours))),
            },
            EventKind::Milestone(Milestone::End) => What::End,
            EventKind::Milestone(Milestone::Abandonment) => What::Abandonment,
            other => panic!("not in the workload: {other:?}"),
        },
        id: event.id.clone(),
    };
    Case {
        id: events[0].case.clone(),
        named: None,
        as_of: naive(as_of),
        events: events.iter().map(event).collect(),
    }
}

/// What the reference bills.
pub fn amounts(schedules: &[Schedule], case: &Case) -> Vec<String> {
    match naive::evaluate(schedules, case) {
        Outcome::Billed(lines) => lines.into_iter().map(|line| line.amount).collect(),
        Outcome::Withheld(reasons) => panic!("{reasons:?}"),
    }
}
