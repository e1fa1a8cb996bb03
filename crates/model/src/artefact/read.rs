//! From the records of an artefact to a schedule as meant, or to what is not sound in it.
//!
//! Whatever stands in an artefact, what is given is a schedule that the checker would accept. This
//! never trusts that a file is as it was written, and never calls the checker or the parser.

use super::condition;
use super::errors::Unsound;
use super::follow;
use super::place::{Part, Path};
use super::program;
use super::record as r;
use crate::calendar::{Date, Duration};
use crate::model::{
    Action, Anchor, Billed, CalendarDay, FollowUp, LONGEST_PLAN, Line, LineKind, Milestone, Price,
    Rate, Schedule, Subject, SubjectKind, When,
};
use crate::money::{Currency, Hours, Money, Percent, read_digits};
use crate::span::Span;
use std::collections::HashSet;
use unicode_normalization::UnicodeNormalization;

/// What is not sound, and where: the path from its end.
#[derive(Debug)]
pub struct Fault {
    why: Unsound,
    back: Vec<Part>,
}

impl Fault {
    /// Why, and where.
    pub fn told(mut self) -> (Path, Unsound) {
        self.back.reverse();
        (Path(self.back), self.why)
    }
}

/// Adds to the path of a fault.
pub trait Within<T> {
    /// In this field.
    fn of(self, key: &'static str) -> Result<T, Fault>;
    /// At this place of a list.
    fn at(self, number: usize) -> Result<T, Fault>;
}

impl<T> Within<T> for Result<T, Fault> {
    fn of(mut self, key: &'static str) -> Result<T, Fault> {
        if let Err(fault) = &mut self {
            fault.back.push(Part::Key(key));
        }
        self
    }

    fn at(mut self, number: usize) -> Result<T, Fault> {
        if let Err(fault) = &mut self {
            fault.back.push(Part::Number(number));
        }
        self
    }
}

/// Fails unless something holds.
pub fn sound(holds: bool, why: Unsound) -> Result<(), Fault> {
    if holds { Ok(()) } else { Err(Fault { why, back: Vec::new() }) }
}

/// The value, if there is one.
pub fn some<T>(value: Option<T>, why: Unsound) -> Result<T, Fault> {
    value.ok_or(Fault { why, back: Vec::new() })
}

/// All of a list, each with its place in faults.
pub fn each<R, T>(
    records: &[R],
    mut read: impl FnMut(&R) -> Result<T, Fault>,
) -> Result<Vec<T>, Fault> {
    records.iter().enumerate().map(|(place, record)| read(record).at(place)).collect()
}

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
    Err(Fault { why, back: Vec::new() }).of("billing")
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

/// A name as the language holds names: not empty, trimmed, in NFC, without control characters.
pub fn name(text: &str) -> Result<String, Fault> {
    let held = !text.is_empty()
        && text.trim() == text
        && !text.chars().any(char::is_control)
        && text.nfc().eq(text.chars());
    sound(held, Unsound::Name)?;
    Ok(text.to_owned())
}

/// `1.5 hours` or `80 minutes`.
pub fn hours(text: &str) -> Result<Hours, Fault> {
    let hours = match text.split_once(' ') {
        Some((digits, "hours")) => Hours::read(digits).ok(),
        Some((digits, "minutes")) => read_digits(digits, 0)
            .ok()
            .and_then(|minutes| Hours::from_minutes(u64::try_from(minutes).ok()?)),
        Some(_) | None => None,
    };
    some(hours, Unsound::Quantity)
}

/// The same, and above zero.
pub fn hours_above_zero(text: &str) -> Result<Hours, Fault> {
    let hours = hours(text)?;
    sound(hours > Hours::ZERO, Unsound::Quantity)?;
    Ok(hours)
}

/// `25 %`.
pub fn percent(text: &str) -> Result<Percent, Fault> {
    let digits = text.strip_suffix(" %");
    some(digits.and_then(|digits| Percent::read(digits).ok()), Unsound::Quantity)
}

/// The longest length of time: 300 years, in days and in months, as the language states them.
const MOST_DAYS: u32 = 53 * 300 * 7;
const MOST_MONTHS: u32 = 12 * 300;

/// `4 months` or `30 days`.
pub fn duration(text: &str) -> Result<Duration, Fault> {
    let count = |digits: &str| u32::try_from(read_digits(digits, 0).ok()?).ok();
    let length = match text.split_once(' ') {
        Some((digits, "days")) => {
            count(digits).filter(|days| *days <= MOST_DAYS).map(Duration::Days)
        }
        Some((digits, "months")) => {
            count(digits).filter(|months| *months <= MOST_MONTHS).map(Duration::Months)
        }
        Some(_) | None => None,
    };
    some(length, Unsound::Quantity)
}
