//! One evening of one invoice: which of its steps are open, which fire, and what the others wait for.
//!
//! In: what has happened to it by then ([`Account`], [`Delivery`]) and what is remembered of its steps ([`Life`]). Out:
//! what fires. Which evenings are looked at is decided in `walk`.

mod conditions;
mod firing;
mod open;
mod waits;

pub use waits::{StepNow, Wait};

use super::evening::{Account, Delivery, Member};
use crate::calendar::Date;
use crate::model::FollowUp;
use crate::money::Money;
use std::collections::BTreeSet;

/// A step that has fired.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fired {
    /// The invoice, by its number in the book.
    pub invoice: usize,
    /// The evening.
    pub day: Date,
    /// The step, by its place in the follow-up.
    pub step: usize,
    /// Which time it is, counted from 1.
    pub time: u32,
    /// What was open.
    pub open: Money,
}

/// A step that is known to be done.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DoneStep {
    /// The day.
    pub day: Date,
    /// The step, by its place in the follow-up.
    pub step: usize,
    /// The id under which it was given, where that is told.
    pub id: Option<String>,
}

/// The id of a step: of the invoice, the follow-up's step and which time it is, never of the day.
pub fn step_id(invoice: &str, follow_up: &str, step: &str, time: u32) -> String {
    let mut said = b"jalon step 1".to_vec();
    for part in [invoice, follow_up, step] {
        said.extend(u64::try_from(part.len()).unwrap_or(u64::MAX).to_le_bytes());
        said.extend(part.as_bytes());
    }
    said.extend(time.to_le_bytes());
    blake3::hash(&said).to_hex().chars().take(32).collect()
}

/// What is remembered of a step.
#[derive(Clone, Debug, Default)]
struct Memory {
    /// How often it has fired in all, or has been asked for.
    times: u32,
    /// How often since the follow-up began, or began anew.
    since_begun: u32,
    /// The latest firing.
    latest: Option<Date>,
    /// Whether it has fired, or was passed over, where it may only once.
    spent: bool,
    /// The sendings for which it has.
    spent_for: BTreeSet<Option<Date>>,
    /// Of each repeating trigger, the anchor and the time that is taken.
    taken: Vec<(usize, Date, u32)>,
}

impl Memory {
    /// The follow-up begins anew: what is counted for ids stays.
    fn begin_anew(&mut self) {
        *self = Memory { times: self.times, ..Memory::default() };
    }

    /// It has not begun anew after all: what was remembered before counts, too.
    fn go_on_from(&mut self, before: Memory) {
        self.since_begun = self.since_begun.saturating_add(before.since_begun);
        self.latest = self.latest.or(before.latest);
        self.spent |= before.spent;
        self.spent_for.extend(before.spent_for);
        self.taken.extend(before.taken);
    }
}

/// A step on an event that is asked for.
#[derive(Clone, Debug)]
struct Waiting {
    step: usize,
    /// The evening in which it came.
    day: Date,
    /// Which time it is.
    time: u32,
    /// What was open.
    open: Money,
}

/// An invoice between two evenings.
#[derive(Clone, Debug)]
pub struct Life {
    steps: Vec<Memory>,
    /// What was open the evening before.
    before: i64,
    /// The day from which its follow-up runs anew, where it does.
    renewed: Option<Date>,
    /// What was remembered each time that it began anew, and the day from which it ran until then.
    earlier: Vec<(Option<Date>, Vec<Memory>)>,
    /// The latest evening on which a step handed it over.
    handed_over: Option<Date>,
    /// What was done, in order.
    done: Vec<DoneStep>,
    /// The steps on an event that came, and are not known to be done.
    waiting: Vec<Waiting>,
    /// What came of steps, in order.
    pub log: Vec<Logged>,
}

impl Life {
    /// An invoice of which nothing is remembered but what has been done, in order.
    pub fn new(member: &Member<'_>, done: Vec<DoneStep>) -> Life {
        let steps = member.follow_up.map_or(0, |follow_up| follow_up.steps.len());
        Life {
            steps: vec![Memory::default(); steps],
            before: member.invoice.total.0,
            renewed: None,
            earlier: Vec::new(),
            handed_over: None,
            done,
            waiting: Vec::new(),
            log: Vec::new(),
        }
    }

    /// The days on which something is known to have been done.
    pub fn done_days(&self) -> impl Iterator<Item = Date> {
        self.done.iter().map(|done| done.day)
    }

    /// Before an evening: the follow-up begins anew where something was moved here, and goes on where that is withdrawn.
    pub fn begin(&mut self, account: &Account) {
        if account.renewed > self.renewed {
            self.earlier.push((self.renewed, self.steps.clone()));
            self.steps.iter_mut().for_each(Memory::begin_anew);
        }
        while account.renewed < self.renewed
            && let Some((renewed, before)) = self.earlier.pop()
        {
            self.renewed = renewed;
            for (step, before) in self.steps.iter_mut().zip(before) {
                step.go_on_from(before);
            }
        }
        self.renewed = account.renewed;
    }

    /// After an evening.
    pub fn end(&mut self, account: &Account) {
        self.before = account.open;
    }
}

/// What came of a step in an evening.
#[derive(Clone, Debug)]
pub struct Logged {
    /// The evening.
    pub day: Date,
    /// The step, by its place in the follow-up.
    pub step: usize,
    /// The step below it by which it is passed over; none where it fired.
    pub passed_by: Option<usize>,
    /// Its triggers that were open, by their places.
    pub triggers: Vec<usize>,
}

/// One evening of one invoice.
pub struct Evening<'w, 'a> {
    member: &'w Member<'a>,
    follow_up: &'a FollowUp,
    day: Date,
    account: Account,
    delivery: &'w Delivery<'a>,
    due: Option<Date>,
}

impl<'w, 'a> Evening<'w, 'a> {
    /// An evening of an invoice that has a follow-up.
    pub fn of(
        member: &'w Member<'a>,
        account: Account,
        delivery: &'w Delivery<'a>,
        day: Date,
    ) -> Option<Evening<'w, 'a>> {
        let (follow_up, due) = (member.follow_up?, due(member, account.renewed));
        Some(Evening { member, follow_up, day, account, delivery, due })
    }
}

/// When an invoice is due: its own day, or the term of its follow-up; not before the term counted from the day on
/// which something was moved here, which is that day itself where there is no term.
pub fn due(member: &Member<'_>, renewed: Option<Date>) -> Option<Date> {
    let term = member.follow_up.and_then(|follow_up| follow_up.payment);
    let own = member.invoice.due.or_else(|| Some(term?.day(member.invoice.date)));
    let anew = renewed.map(|day| term.map_or(day, |term| term.day(day)));
    own.max(anew)
}

/// Whether it is with a collector: by the latest of what was said and what a step did in an evening.
pub fn with_collector(delivery: &Delivery<'_>, life: &Life) -> bool {
    match (delivery.collector, life.handed_over) {
        (Some((day, with)), Some(evening)) => with || evening >= day,
        (Some((_, with)), None) => with,
        (None, evening) => evening.is_some(),
    }
}
