//! A schedule and a history as the naive reference takes them. The reference has its own reading of
//! everything that follows; what is taken over is what is written.

use jalon::calendar::Duration;
use jalon::model::{
    Action, Amount, Anchor, Billed, CalendarDay, Condition, Line, LineKind, Milestone, Price,
    Range, Rate, Schedule, Subject, SubjectKind, Test, When,
};
use jalon::money::{Hours, Money, Percent};
use jalon::plan::PlannedTerms;
use jalon::{Date, Event, EventKind};
use reference::exact::{Exact, fraction, scaled};
use reference::rules;

fn hours(hours: Hours) -> Exact {
    fraction(hours.0, Hours::ONE.0)
}

fn percent(share: Percent) -> Exact {
    scaled(share.0, Percent::DECIMALS)
}

fn date(date: Date) -> chrono::NaiveDate {
    date.naive()
}

fn span(length: Duration) -> rules::Span {
    let (count, unit) = match length {
        Duration::Days(days) => (days, rules::SpanUnit::Days),
        Duration::Months(months) => (months, rules::SpanUnit::Months),
    };
    rules::Span { count, unit }
}

/// The schedule; what its cases plan is what the schedule states.
pub fn schedule(of: &Schedule) -> rules::Schedule {
    let decimals = of.currency.decimals();
    let money = |amount: Money| scaled(amount.0, decimals);
    let rate = |action: &Action| match action.rate {
        Rate::Hourly(rate) => rules::Rate::Hourly(money(rate)),
        Rate::Flat(amount) => rules::Rate::Flat(money(amount)),
        Rate::NotBilled => rules::Rate::NotBilled,
        Rate::AsPriced => rules::Rate::Declared,
    };
    let action = |action: &Action| rules::Action {
        name: action.name.clone(),
        rate: rate(action),
        ends_case: action.ends_case,
    };
    rules::Schedule {
        name: of.name.clone(),
        unit: match of.billed {
            Billed::Case => rules::Unit::Case,
            Billed::Group => rules::Unit::Group,
        },
        currency: rules::Currency { code: "EUR", decimals },
        price: match of.price {
            Price::Fixed(amount) => rules::Price::Fixed(money(amount)),
            Price::Hourly { rate, at_least, at_most } => rules::Price::Hourly {
                rate: money(rate),
                at_least: at_least.map(hours),
                at_most: at_most.map(hours),
            },
            Price::PerAction => rules::Price::PerAction,
        },
        actions: of.actions.iter().map(action).collect(),
        planned_hours: of.planned_hours.map(hours),
        planned_months: of.planned_months,
        whole_percent: of.whole_attendance,
        lines: of.lines.iter().map(|of| line(of, decimals)).collect(),
    }
}

fn line(of: &Line, decimals: u32) -> rules::Line {
    rules::Line {
        kind: match of.kind {
            LineKind::Deposit => rules::LineKind::Deposit,
            LineKind::Installment => rules::LineKind::Installment,
            LineKind::Balance => rules::LineKind::Balance,
        },
        label: of.label.clone(),
        amount: match of.amount {
            Amount::Percent(share) => rules::Amount::Percent(percent(share)),
            Amount::Sum(amount) => rules::Amount::Money(scaled(amount.0, decimals)),
            Amount::Work { itemised: false } => rules::Amount::Work,
            Amount::Work { itemised: true } => rules::Amount::WorkItemised,
            Amount::UpTo(share) => rules::Amount::UpTo(percent(share)),
            Amount::Nothing => rules::Amount::Nothing,
            Amount::ProRataAttendance => rules::Amount::ProRataAttendance,
            Amount::ProRataDuration => rules::Amount::ProRataDuration,
        },
        triggers: of.triggers.iter().map(trigger).collect(),
        condition: of.condition.as_ref().map(condition),
        stays_open: of.stays_open,
    }
}

fn trigger(of: &When) -> rules::Trigger {
    match of {
        When::Milestone(Milestone::Signature) => rules::Trigger::Signature,
        When::Milestone(Milestone::Start) => rules::Trigger::Start,
        When::Milestone(Milestone::End) => rules::Trigger::End,
        When::Milestone(Milestone::Abandonment) => rules::Trigger::Abandonment,
        When::Subject(Subject { kind, name }) => match kind {
            SubjectKind::Action => rules::Trigger::Action(name.clone()),
            SubjectKind::Event => rules::Trigger::Event(name.clone()),
            SubjectKind::Deliverable => rules::Trigger::Deliverable(name.clone()),
        },
        When::Calendar(CalendarDay::MonthEnd) => rules::Trigger::MonthEnd,
        When::Calendar(CalendarDay::After(length, anchor)) => {
            let anchor = match anchor {
                Anchor::Start => rules::Anchor::Start,
                Anchor::Signature => rules::Anchor::Signature,
            };
            rules::Trigger::After(span(*length), anchor)
        }
        When::Calendar(CalendarDay::Date(day)) => rules::Trigger::On(date(*day)),
    }
}

fn condition(of: &Condition) -> rules::Condition {
    match of {
        Condition::Any(parts) => rules::Condition::Or(parts.iter().map(condition).collect()),
        Condition::All(parts) => rules::Condition::And(parts.iter().map(condition).collect()),
        Condition::Not(inner) => rules::Condition::Not(Box::new(condition(inner))),
        Condition::Test(test) => match test {
            Test::Duration(range) => rules::Condition::Duration(compared(*range, span)),
            Test::Attendance(range) => rules::Condition::Attendance(compared(*range, percent)),
            Test::Hours(range) => rules::Condition::Hours(compared(*range, hours)),
            Test::Reached(Milestone::Start) => rules::Condition::Started,
            Test::Reached(Milestone::Signature) => rules::Condition::Signed,
            Test::Reached(Milestone::End) => rules::Condition::Ended,
            Test::Reached(Milestone::Abandonment) => rules::Condition::Abandoned,
            Test::Happened(Subject { kind, name }) => match kind {
                SubjectKind::Action => rules::Condition::ActionDone(name.clone()),
                SubjectKind::Deliverable => rules::Condition::DeliverableReceived(name.clone()),
                SubjectKind::Event => rules::Condition::EventHappened(name.clone()),
            },
        },
    }
}

fn compared<T, U>(range: Range<T>, bound: impl Fn(T) -> U) -> rules::Test<U> {
    match range {
        Range::Less(n) => rules::Test::Is(rules::Compare::Less, bound(n)),
        Range::AtMost(n) => rules::Test::Is(rules::Compare::AtMost, bound(n)),
        Range::Greater(n) => rules::Test::Is(rules::Compare::More, bound(n)),
        Range::AtLeast(n) => rules::Test::Is(rules::Compare::AtLeast, bound(n)),
        Range::Window { from, under } => rules::Test::From(bound(from), bound(under)),
    }
}

/// A history of a case that plans this where its schedule states nothing.
pub fn case(
    schedule: &rules::Schedule,
    events: &[Event],
    terms: PlannedTerms,
    as_of: Date,
) -> rules::Case {
    let first = events.iter().map(|event| event.date).min().unwrap_or(as_of);
    let opened = rules::Event {
        date: date(first),
        what: rules::What::Opened {
            schedule: schedule.name.clone(),
            planned_hours: terms.hours.map(hours),
            planned_months: terms.months,
        },
        id: None,
    };
    let own = events.iter().map(|event| rules::Event {
        date: date(event.date),
        what: what(&event.kind),
        id: None,
    });
    rules::Case {
        id: "D".to_owned(),
        named: None,
        as_of: date(as_of),
        events: std::iter::once(opened).chain(own).collect(),
    }
}

fn what(of: &EventKind) -> rules::What {
    let worked = |given: Hours| {
        if given.0 % 3 == 0 {
            rules::Worked::Hours(hours(given))
        } else {
            let minutes = u32::try_from(given.0 / Hours::MINUTE.0).expect("few minutes");
            rules::Worked::Minutes(minutes)
        }
    };
    match of {
        EventKind::Milestone(Milestone::Signature) => rules::What::Signature,
        EventKind::Milestone(Milestone::Start) => rules::What::Start,
        EventKind::Action { name, hours } => {
            rules::What::Action { name: name.clone(), worked: hours.map(worked) }
        }
        EventKind::Deliverable { name } => rules::What::Deliverable(name.clone()),
        EventKind::Event { name } => rules::What::Event(name.clone()),
        EventKind::Milestone(Milestone::End) => rules::What::End,
        EventKind::Milestone(Milestone::Abandonment) => rules::What::Abandonment,
        EventKind::Opened { .. } | EventKind::Void { .. } | EventKind::More(_) => {
            panic!("no history has {of:?}")
        }
    }
}
