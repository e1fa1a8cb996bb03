//! From the records of an artefact to a schedule as meant, or to what is not sound in it.
//!
//! Whatever stands in an artefact, what is given is a schedule that the checker would accept. This
//! never trusts that a file is as it was written, and never calls the checker or the parser.

use super::condition;
use super::errors::Unsound;
use super::fault::{Fault, Within, each, some, sound};
use super::follow;
use super::program;
use super::quantities::{duration, hours_above_zero, name};
use super::record as r;
use crate::calendar::Date;
use crate::model::{
    Action, Anchor, Billed, CalendarDay, FollowUp, LONGEST_PLAN, Line, LineKind, Milestone, Price,
    Rate, Schedule, Subject, SubjectKind, When,
};
use crate::money::{Currency, Money};
use crate::span::Span;
use std::collections::HashSet;

/// All schedules and follow-ups: there is one at the least.
pub fn all(file: &r::File) -> Result<(Vec<Schedule>, Vec<FollowUp>), Fault> {
    let any = !file.schedules.is_empty() || !file.follow_ups.is_empty();
    sound(any, Unsound::Missing).of("schedules")?;
    Ok((schedules(&file.schedules)?, follow::read(&file.follow_ups)?))
}

/// All schedules; their names differ, or the days from which they are in force.
fn schedules(records: &[r::Schedule]) -> Result<Vec<Schedule>, Fault> {
    let mut names = HashSet::new();
    each(records, |record| {
        let (schedule, field) = match (&record.billing, &record.program) {
            (Some(billing), None) => (schedule(billing, &record.written)?, "billing"),
            (None, Some(program)) => {
                (program::read(program, &record.written).of("program")?, "program")
            }
            (Some(_), Some(_)) => return sound_one(Unsound::Misfit),
            (None, None) => return sound_one(Unsound::Missing),
        };
        let new = names.insert((schedule.name.clone(), schedule.in_force_from()));
        sound(new, Unsound::Repeated).of("name").of(field)?;
        Ok(schedule)
    })
    .of("schedules")
}

fn sound_one<T>(why: Unsound) -> Result<T, Fault> {
    some(None, why).of("billing")
}

fn schedule(record: &r::Billing, written: &[String]) -> Result<Schedule, Fault> {
    let schedule = billing(record).of("billing")?;
    sound(written.len() == schedule.lines.len(), Unsound::Misfit).of("written")?;
    let lines = schedule.lines.into_iter().zip(written);
    let lines = lines.map(|(line, text)| Line { text: text.clone(), ..line }).collect();
    Ok(Schedule { lines, ..schedule })
}

/// What the lines of a schedule have to fit.
pub struct Terms {
    currency: Currency,
    price: Price,
    has_total: bool,
    declared: HashSet<String>,
}

impl Terms {
    /// An amount above zero.
    pub fn money(&self, text: &str) -> Result<Money, Fault> {
        let amount = self.currency.read(text).ok().filter(|amount| *amount > Money::ZERO);
        some(amount, Unsound::Quantity)
    }

    /// An action of the schedule, where its price closes the list.
    pub fn action(&self, text: &str) -> Result<String, Fault> {
        sound(self.price != Price::PerAction || self.declared.contains(text), Unsound::Undeclared)?;
        name(text)
    }
}

fn billing(record: &r::Billing) -> Result<Schedule, Fault> {
    let currency = Currency::find(&record.currency);
    let currency = currency.filter(|currency| currency.code() == record.currency);
    let currency = some(currency, Unsound::Quantity).of("currency")?;
    let planned_hours = record.planned_hours.as_deref().map(hours_above_zero).transpose();
    let planned_hours = planned_hours.of("planned_hours")?;
    let months = record.planned_months.is_none_or(|months| (1..=LONGEST_PLAN).contains(&months));
    sound(months, Unsound::Quantity).of("planned_months")?;
    let mut terms =
        Terms { currency, price: Price::PerAction, has_total: false, declared: HashSet::new() };
    terms.price = record.price.read(&terms).of("price")?;
    terms.has_total = terms.price.has_total(planned_hours);
    let actions = actions(&record.actions, &mut terms).of("actions")?;
    let mut labels = HashSet::new();
    sound(!record.lines.is_empty(), Unsound::Missing).of("lines")?;
    let lines = each(&record.lines, |record| {
        let line = line(record, &terms)?;
        sound(labels.insert(line.label.clone()), Unsound::Repeated).of("label")?;
        Ok(line)
    })
    .of("lines")?;
    Ok(Schedule {
        name: name(&record.name).of("name")?,
        billed: match record.billed {
            r::Billed::Case => Billed::Case,
            r::Billed::Group => Billed::Group,
        },
        currency,
        price: terms.price,
        planned_hours,
        planned_months: record.planned_months,
        whole_attendance: record.attendance_in_whole_percent,
        actions,
        lines,
        accepts: Vec::new(),
        span: Span::default(),
        second: None,
    })
}

fn actions(records: &[r::Action], terms: &mut Terms) -> Result<Vec<Action>, Fault> {
    let per_action = terms.price == Price::PerAction;
    sound(!(per_action && records.is_empty()), Unsound::Missing)?;
    each(records, |record| {
        let name = name(&record.name).of("name")?;
        sound(terms.declared.insert(name.clone()), Unsound::Repeated).of("name")?;
        let rate = record.rate.read(terms).of("rate")?;
        sound((rate != Rate::AsPriced) == per_action, Unsound::Misfit).of("rate")?;
        Ok(Action { name, rate, ends_case: record.ends_case, span: Span::default() })
    })
}

fn line(record: &r::Line, terms: &Terms) -> Result<Line, Fault> {
    let kind = match record.kind {
        r::LineKind::Deposit => LineKind::Deposit,
        r::LineKind::Installment => LineKind::Installment,
        r::LineKind::Balance => LineKind::Balance,
    };
    let amount = record.amount.read(terms).of("amount")?;
    let work = !amount.once();
    let fits = (kind != LineKind::Deposit || amount.fits_deposit())
        && (!amount.needs_total() || terms.has_total)
        && !(work && matches!(terms.price, Price::Fixed(_)));
    sound(fits, Unsound::Misfit).of("amount")?;
    sound(!record.stays_open || kind == LineKind::Balance, Unsound::Misfit).of("stays_open")?;
    sound(!record.triggers.is_empty(), Unsound::Missing).of("triggers")?;
    let known = |name: &str| terms.action(name);
    Ok(Line {
        kind,
        label: name(&record.label).of("label")?,
        amount,
        triggers: each(&record.triggers, |record| trigger(record, terms)).of("triggers")?,
        condition: condition::read(&record.condition, &known).of("condition")?,
        stays_open: record.stays_open,
        text: String::new(),
        span: Span::default(),
    })
}

fn trigger(record: &r::Trigger, terms: &Terms) -> Result<When, Fault> {
    Ok(match record {
        r::Trigger::Signature => When::Milestone(Milestone::Signature),
        r::Trigger::Start => When::Milestone(Milestone::Start),
        r::Trigger::End => When::Milestone(Milestone::End),
        r::Trigger::Abandonment => When::Milestone(Milestone::Abandonment),
        r::Trigger::Action(text) => {
            When::Subject(Subject::new(SubjectKind::Action, terms.action(text)?))
        }
        r::Trigger::Event(text) => When::Subject(Subject::new(SubjectKind::Event, name(text)?)),
        r::Trigger::Deliverable(text) => {
            When::Subject(Subject::new(SubjectKind::Deliverable, name(text)?))
        }
        r::Trigger::MonthEnd => When::Calendar(CalendarDay::MonthEnd),
        r::Trigger::AfterStart(text) => {
            When::Calendar(CalendarDay::After(duration(text)?, Anchor::Start))
        }
        r::Trigger::AfterSignature(text) => {
            When::Calendar(CalendarDay::After(duration(text)?, Anchor::Signature))
        }
        r::Trigger::Date(text) => {
            When::Calendar(CalendarDay::Date(some(Date::parse(text), Unsound::Quantity)?))
        }
    })
}
