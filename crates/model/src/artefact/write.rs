//! From schedules as meant to the records of an artefact.

use super::condition;
use super::quantities::{duration_text, hours_text};
use super::record as r;
use crate::model::{
    Action, Anchor, Billed, CalendarDay, Line, LineKind, Milestone, Schedule, Subject, SubjectKind,
    When,
};
use crate::money::Money;

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
        price: r::Price::of(schedule.price, &money),
        planned_hours: schedule.planned_hours.map(hours_text),
        planned_months: schedule.planned_months,
        attendance_in_whole_percent: schedule.whole_attendance,
        actions: schedule.actions.iter().map(|each| action(each, &money)).collect(),
        lines: schedule.lines.iter().map(|each| line(each, &money)).collect(),
    }
}

fn action(action: &Action, money: &impl Fn(Money) -> String) -> r::Action {
    r::Action {
        name: action.name.clone(),
        rate: r::Rate::of(action.rate, money),
        ends_case: action.ends_case,
    }
}

fn line(line: &Line, money: &impl Fn(Money) -> String) -> r::Line {
    r::Line {
        kind: match line.kind {
            LineKind::Deposit => r::LineKind::Deposit,
            LineKind::Installment => r::LineKind::Installment,
            LineKind::Balance => r::LineKind::Balance,
        },
        label: line.label.clone(),
        amount: r::Amount::of(line.amount, money),
        triggers: line.triggers.iter().map(trigger).collect(),
        condition: line.condition.as_ref().map(condition::steps).unwrap_or_default(),
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
            r::Trigger::AfterStart(duration_text(*length))
        }
        When::Calendar(CalendarDay::After(length, Anchor::Signature)) => {
            r::Trigger::AfterSignature(duration_text(*length))
        }
        When::Calendar(CalendarDay::Date(date)) => r::Trigger::Date(date.to_string()),
    }
}
