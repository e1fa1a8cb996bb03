//! From schedules as meant to the records of an artefact.

use super::record as r;
use crate::calendar::Duration;
use crate::model::{
    Action, Amount, Anchor, Billed, CalendarDay, Condition, Line, LineKind, Milestone, Price,
    Range, Rate, Schedule, Subject, SubjectKind, Test, When,
};
use crate::money::{Hours, Money, Percent};

/// What a schedule bills, in the order of the schedule.
pub fn billing(schedule: &Schedule) -> r::Billing {
    let money = |amount: Money| schedule.currency.show(amount).to_string();
    r::Billing {
        name: schedule.name.clone(),
        billed: match schedule.billed {
            Billed::Case => r::Billed::Case,
            Billed::Group => r::Billed::Group,
        },
        currency: schedule.currency.code().to_owned(),
        price: match schedule.price {
            Price::Fixed(price) => r::Price::Fixed(money(price)),
            Price::Hourly { rate, at_least, at_most } => r::Price::Hourly {
                rate: money(rate),
                at_least: at_least.map(hours),
                at_most: at_most.map(hours),
            },
            Price::PerAction => r::Price::PerAction,
        },
        planned_hours: schedule.planned_hours.map(hours),
        planned_months: schedule.planned_months,
        attendance_in_whole_percent: schedule.whole_attendance,
        actions: schedule.actions.iter().map(|each| action(each, &money)).collect(),
        lines: schedule.lines.iter().map(|each| line(each, &money)).collect(),
    }
}

fn action(action: &Action, money: &impl Fn(Money) -> String) -> r::Action {
    r::Action {
        name: action.name.clone(),
        rate: match action.rate {
            Rate::Hourly(rate) => r::Rate::Hourly(money(rate)),
            Rate::Flat(amount) => r::Rate::Flat(money(amount)),
            Rate::NotBilled => r::Rate::NotBilled,
            Rate::AsPriced => r::Rate::AsPriced,
        },
        ends_case: action.ends_case,
    }
}

fn line(line: &Line, money: &impl Fn(Money) -> String) -> r::Line {
    let mut steps = Vec::new();
    if let Some(stated) = &line.condition {
        condition(stated, &mut steps);
    }
    r::Line {
        kind: match line.kind {
            LineKind::Deposit => r::LineKind::Deposit,
            LineKind::Installment => r::LineKind::Installment,
            LineKind::Balance => r::LineKind::Balance,
        },
        label: line.label.clone(),
        amount: match line.amount {
            Amount::Percent(share) => r::Amount::Percent(percent(share)),
            Amount::Sum(sum) => r::Amount::Sum(money(sum)),
            Amount::Work { itemised: false } => r::Amount::Work,
            Amount::Work { itemised: true } => r::Amount::WorkItemised,
            Amount::UpTo(share) => r::Amount::UpTo(percent(share)),
            Amount::Nothing => r::Amount::Nothing,
            Amount::ProRataAttendance => r::Amount::ProRataAttendance,
            Amount::ProRataDuration => r::Amount::ProRataDuration,
        },
        triggers: line.triggers.iter().map(trigger).collect(),
        condition: steps,
        stays_open: line.stays_open,
    }
}

fn trigger(trigger: &When) -> r::Trigger {
    match trigger {
        When::Milestone(Milestone::Signature) => r::Trigger::Signature,
        When::Milestone(Milestone::Start) => r::Trigger::Start,
        When::Milestone(Milestone::End) => r::Trigger::End,
        When::Milestone(Milestone::Abandonment) => r::Trigger::Abandonment,
        When::Subject(Subject { kind: SubjectKind::Action, name }) => {
            r::Trigger::Action(name.clone())
        }
        When::Subject(Subject { kind: SubjectKind::Event, name }) => {
            r::Trigger::Event(name.clone())
        }
        When::Subject(Subject { kind: SubjectKind::Deliverable, name }) => {
            r::Trigger::Deliverable(name.clone())
        }
        When::Calendar(CalendarDay::MonthEnd) => r::Trigger::MonthEnd,
        When::Calendar(CalendarDay::After(length, Anchor::Start)) => {
            r::Trigger::AfterStart(duration(*length))
        }
        When::Calendar(CalendarDay::After(length, Anchor::Signature)) => {
            r::Trigger::AfterSignature(duration(*length))
        }
        When::Calendar(CalendarDay::Date(date)) => r::Trigger::Date(date.to_string()),
    }
}

fn condition(stated: &Condition, steps: &mut Vec<r::Step>) {
    let count = |parts: &[Condition]| u32::try_from(parts.len()).unwrap_or(u32::MAX);
    match stated {
        Condition::Any(parts) => {
            steps.push(r::Step::Any(count(parts)));
            parts.iter().for_each(|part| condition(part, steps));
        }
        Condition::All(parts) => {
            steps.push(r::Step::All(count(parts)));
            parts.iter().for_each(|part| condition(part, steps));
        }
        Condition::Not(inner) => {
            steps.push(r::Step::Not);
            condition(inner, steps);
        }
        Condition::Test(stated) => steps.push(test(stated)),
    }
}

/// A single test.
pub fn test(test: &Test) -> r::Step {
    match test {
        Test::Duration(bounds) => r::Step::Duration(range(bounds.map(duration))),
        Test::Attendance(bounds) => r::Step::Attendance(range(bounds.map(percent))),
        Test::Hours(bounds) => r::Step::Hours(range(bounds.map(hours))),
        Test::Reached(Milestone::Start) => r::Step::Started,
        Test::Reached(Milestone::Signature) => r::Step::Signed,
        Test::Reached(Milestone::End) => r::Step::Ended,
        Test::Reached(Milestone::Abandonment) => r::Step::Abandoned,
        Test::Happened(Subject { kind: SubjectKind::Action, name }) => {
            r::Step::ActionDone(name.clone())
        }
        Test::Happened(Subject { kind: SubjectKind::Deliverable, name }) => {
            r::Step::DeliverableReceived(name.clone())
        }
        Test::Happened(Subject { kind: SubjectKind::Event, name }) => {
            r::Step::EventHappened(name.clone())
        }
    }
}

fn range(range: Range<String>) -> r::Range {
    match range {
        Range::Less(bound) => r::Range::Less(bound),
        Range::AtMost(bound) => r::Range::AtMost(bound),
        Range::Greater(bound) => r::Range::Greater(bound),
        Range::AtLeast(bound) => r::Range::AtLeast(bound),
        Range::Window { from, under } => r::Range::Window { from, under },
    }
}

/// `1.5 hours`; `80 minutes` where a decimal number of hours would have no end.
fn hours(hours: Hours) -> String {
    match hours.minutes() {
        Some(minutes) if !hours.is_decimal() => format!("{minutes} minutes"),
        Some(_) | None => format!("{hours} hours"),
    }
}

fn percent(share: Percent) -> String {
    format!("{share} %")
}

fn duration(length: Duration) -> String {
    match length {
        Duration::Days(days) => format!("{days} days"),
        Duration::Months(months) => format!("{months} months"),
    }
}
