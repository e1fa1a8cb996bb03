//! The evenings of linked invoices, one after another, and the steps that fire in them.
//!
//! In: the members of a group, all sound, and a last day. Out: what fires, evening by evening, and how each stands
//! in the last. Evenings in which nothing can be another than the evening before are not looked at.

use super::evening::{Account, Delivery, Member, accounts, happens};
use crate::calendar::{Date, Duration};
use crate::model::{
    FollowStep, FollowUp, InvoiceDay, Standing, StepAnchor, StepCondition, StepTrigger, Turn,
};
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
    /// How often it has fired in all.
    times: u32,
    /// How often since the follow-up began, or began anew.
    since_begun: u32,
    /// The latest firing.
    latest: Option<Date>,
    /// Whether it has fired, or was passed over, where it may only once.
    spent: bool,
    /// The sending for which it has.
    spent_for: Option<Date>,
    /// Of each repeating trigger, the anchor and the time that is taken.
    taken: Vec<(usize, Date, u32)>,
}

impl Memory {
    /// The follow-up begins anew: what is counted for ids stays.
    fn begin_anew(&mut self) {
        *self = Memory { times: self.times, ..Memory::default() };
    }
}

/// An invoice between two evenings.
#[derive(Clone, Debug)]
struct Life {
    steps: Vec<Memory>,
    /// What was open the evening before.
    before: i64,
    renewed: Option<Date>,
    /// The latest evening on which a step handed it over.
    handed_over: Option<Date>,
    /// What was done, in order: the day and the step.
    done: Vec<(Date, usize)>,
    /// The evenings on which a step on an event came, and is not known to be done.
    waiting: Vec<(usize, Date, Money)>,
    /// What came of steps, in order.
    log: Vec<Logged>,
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

/// What a trigger of a step waits for in the last evening.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wait {
    /// Until this happens.
    For(Turn),
    /// Until there is the day from which it counts.
    Anchor(StepAnchor),
    /// Until this day.
    From(Date),
    /// Its day has come: for its conditions, and for what holds the invoice.
    Since(Date),
    /// For nothing more: it was due on this day.
    Lapsed(Date),
    /// For nothing more: the step has fired, or was passed over.
    Over,
    /// For nothing more: the step has fired as often as it may.
    AsOften(u32),
}

/// How a step stands in the last evening.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepNow {
    /// What each of its triggers waits for.
    pub waits: Vec<Wait>,
    /// The parts of its condition that keep it back, and whether each is wanted.
    pub failing: Vec<(StepCondition, bool)>,
}

/// What is known of one invoice once its group is walked.
pub struct Explained {
    /// What came of its steps, in order.
    pub log: Vec<Logged>,
    /// How each step stands at the end.
    pub steps: Vec<StepNow>,
    /// The days on which anything may have happened.
    pub days: BTreeSet<Date>,
    /// How it stands at the end.
    pub end: End,
}

/// How an invoice stands at the end.
#[derive(Clone, Debug)]
pub struct End {
    /// What is open.
    pub open: Money,
    /// When it is due.
    pub due: Option<Date>,
    /// Whether it has arrived, as far as is known.
    pub received: bool,
    /// Whether a dispute is open.
    pub disputed: bool,
    /// Whether a payment is promised.
    pub promised: bool,
    /// Up to when, where one is.
    pub promised_until: Option<Date>,
    /// Whether it is with a collector.
    pub with_collector: bool,
    /// Whether it is replaced by another.
    pub replaced: bool,
    /// The dated step that comes next if nothing happens.
    pub next: Option<(Date, usize)>,
}

/// One evening of one invoice.
struct Evening<'w, 'a> {
    member: &'w Member<'a>,
    follow_up: &'a FollowUp,
    day: Date,
    account: Account,
    delivery: &'w Delivery<'a>,
    due: Option<Date>,
}

/// The walk of a group.
pub struct Walk<'w, 'a> {
    members: &'w [Member<'a>],
    lives: Vec<Life>,
    /// Whether what is done is told, and not chosen.
    told: bool,
    /// The last day whose events count.
    as_of: Date,
    fired: Vec<Fired>,
    /// Days on which something may be another than the evening before.
    days: BTreeSet<Date>,
}

/// So long after the last day the next step is looked for.
const AHEAD: Duration = Duration::Months(120);

impl<'w, 'a> Walk<'w, 'a> {
    /// Walks a group up to a day. `done` says, for each member, what has been done; without it every evening is
    /// replayed.
    pub fn of(
        members: &'w [Member<'a>],
        as_of: Date,
        done: Option<&[Vec<(Date, usize)>]>,
        with_next: bool,
    ) -> (Vec<Fired>, Vec<End>) {
        let mut walk = Walk::walked(members, as_of, done);
        let fired = std::mem::take(&mut walk.fired);
        let ends = walk.ends(with_next);
        (fired, ends)
    }

    /// The same, and the history of one of the members, by its place in the group.
    pub fn explained(
        members: &'w [Member<'a>],
        as_of: Date,
        done: Option<&[Vec<(Date, usize)>]>,
        at: usize,
    ) -> Option<Explained> {
        let walk = Walk::walked(members, as_of, done);
        let log = walk.lives.get(at)?.log.clone();
        let steps = walk.steps_now(at);
        let mut days = walk.days.clone();
        days.extend(log.iter().map(|logged| logged.day));
        let end = walk.ends(true).into_iter().nth(at)?;
        Some(Explained { log, steps, days, end })
    }

    fn walked(
        members: &'w [Member<'a>],
        as_of: Date,
        done: Option<&[Vec<(Date, usize)>]>,
    ) -> Walk<'w, 'a> {
        let lives = members.iter().enumerate().map(|(at, member)| Life {
            steps: vec![
                Memory::default();
                member.follow_up.map_or(0, |follow_up| follow_up.steps.len())
            ],
            before: member.invoice.total.0,
            renewed: None,
            handed_over: None,
            done: done.and_then(|done| done.get(at)).cloned().unwrap_or_default(),
            waiting: Vec::new(),
            log: Vec::new(),
        });
        let mut walk = Walk {
            members,
            lives: lives.collect(),
            told: done.is_some(),
            as_of,
            fired: Vec::new(),
            days: BTreeSet::new(),
        };
        walk.collect_days();
        walk.run();
        walk
    }

    /// How each step of a member stands in the last evening.
    fn steps_now(&self, at: usize) -> Vec<StepNow> {
        let (Some(member), Some(life)) = (self.members.get(at), self.lives.get(at)) else {
            return Vec::new();
        };
        let account = accounts(self.members, self.as_of).get(at).copied();
        let (Some(follow_up), Some(account)) = (member.follow_up, account) else {
            return Vec::new();
        };
        let delivery = Delivery::of(member, self.as_of);
        let due = due(member, account.renewed);
        let day = self.as_of;
        let evening = Evening { member, follow_up, day, account, delivery: &delivery, due };
        let now = |(step, memory): (&FollowStep, &Memory)| StepNow {
            waits: (0..step.triggers.len())
                .filter_map(|trigger| evening.wait(trigger, step, memory, life))
                .collect(),
            failing: step.condition.as_ref().map_or(Vec::new(), |condition| {
                let mut failing = Vec::new();
                evening.failing(condition, true, life, &mut failing);
                failing
            }),
        };
        follow_up.steps.iter().zip(&life.steps).map(now).collect()
    }

    /// The days that are known beforehand.
    fn collect_days(&mut self) {
        let mut days = BTreeSet::new();
        days.insert(self.as_of);
        for member in self.members {
            days.insert(member.invoice.date);
            for event in member.events {
                days.insert(event.date);
                days.extend(event.withdrawn);
                days.extend(event.kind.after_promise());
            }
        }
        for life in &self.lives {
            days.extend(life.done.iter().map(|(day, _)| *day));
        }
        self.days = days.into_iter().filter(|day| *day <= self.as_of).collect();
    }

    fn run(&mut self) {
        let Some(mut day) = self.days.first().copied() else { return };
        loop {
            let active = self.evening(day, day == self.as_of);
            let mut next = self.days.range(day.next()..).next().copied();
            if active {
                next = Some(next.map_or(day.next(), |next| next.min(day.next())));
            }
            if !self.told {
                next = [next, self.next_step_day(day)].into_iter().flatten().min();
            }
            match next.filter(|next| *next <= self.as_of) {
                Some(next) => day = next,
                None => break,
            }
        }
        self.fired.sort_by_key(|fired| (fired.day, fired.invoice));
    }

    /// Looks at an evening of all members; whether anything happened.
    fn evening(&mut self, day: Date, is_last: bool) -> bool {
        let accounts = accounts(self.members, day);
        let mut active = self.days.contains(&day);
        for (at, (member, account)) in self.members.iter().zip(&accounts).enumerate() {
            let Some(life) = self.lives.get_mut(at) else { continue };
            if member.invoice.date > day {
                continue;
            }
            let delivery = Delivery::of(member, day);
            if account.renewed > life.renewed {
                life.steps.iter_mut().for_each(Memory::begin_anew);
            }
            life.renewed = account.renewed;
            if let Some(follow_up) = member.follow_up {
                let due = due(member, account.renewed);
                let evening =
                    Evening { member, follow_up, day, account: *account, delivery: &delivery, due };
                let before = self.fired.len();
                evening.fire(life, self.told, is_last, &mut self.fired);
                active |= self.fired.len() > before;
            }
            life.before = account.open;
        }
        active
    }

    /// The next day after this one on which a dated step's day comes.
    fn next_step_day(&self, day: Date) -> Option<Date> {
        let accounts = accounts(self.members, day);
        let days = self.members.iter().zip(&accounts).zip(&self.lives);
        let days = days.filter_map(|((member, account), life)| {
            let follow_up = member.follow_up?;
            if member.invoice.date > day || account.open <= 0 {
                return None;
            }
            let delivery = Delivery::of(member, day);
            let due = due(member, account.renewed);
            let evening =
                Evening { member, follow_up, day, account: *account, delivery: &delivery, due };
            let steps = follow_up.steps.iter().zip(&life.steps);
            steps.filter_map(|(step, memory)| evening.next_day_of(step, memory, life)).min()
        });
        days.min()
    }

    /// How all stand in the last evening, and what comes next if nothing happens.
    fn ends(mut self, with_next: bool) -> Vec<End> {
        let accounts = accounts(self.members, self.as_of);
        let members = self.members;
        let mut ends: Vec<End> = Vec::new();
        for ((member, account), life) in members.iter().zip(&accounts).zip(&self.lives) {
            let delivery = Delivery::of(member, self.as_of);
            ends.push(End {
                open: Money(account.open),
                due: due(member, account.renewed),
                received: delivery.received.is_some(),
                disputed: delivery.disputed,
                promised: delivery.promised.is_some_and(|until| until >= self.as_of),
                promised_until: delivery.promised.filter(|until| *until >= self.as_of),
                with_collector: with_collector(&delivery, life),
                replaced: account.replaced,
                next: None,
            });
        }
        let may_fire = |at: usize| {
            with_next
                && ends.get(at).is_some_and(|end| {
                    end.open > Money::ZERO && !end.disputed && !end.with_collector
                })
                && members.get(at).is_some_and(|member| {
                    member.follow_up.is_some() && member.invoice.date <= self.as_of
                })
        };
        let mut open: BTreeSet<usize> = (0..members.len()).filter(|at| may_fire(*at)).collect();
        let horizon = self.as_of.plus(AHEAD);
        // From here on every evening is replayed, and no event comes.
        self.told = false;
        let promises = members
            .iter()
            .flat_map(|member| member.events)
            .filter(|event| event.counts(self.as_of))
            .filter_map(|event| event.kind.after_promise());
        let promises: BTreeSet<Date> = promises.filter(|day| *day > self.as_of).collect();
        let lives = &mut self.lives;
        let mut day = self.as_of;
        while !open.is_empty() && day < horizon {
            let mut next: Option<Date> = promises.range(day.next()..).next().copied();
            let mut settled = Vec::new();
            for at in &open {
                let (Some(member), Some(account), Some(life)) =
                    (members.get(*at), accounts.get(*at), lives.get_mut(*at))
                else {
                    continue;
                };
                let Some(follow_up) = member.follow_up else { continue };
                let delivery = Delivery::of(member, self.as_of);
                let due = due(member, account.renewed);
                let account = *account;
                let evening = Evening { member, follow_up, day, account, delivery: &delivery, due };
                if day > self.as_of
                    && let Some((step, _)) = evening.dated(life, &[])
                {
                    if let Some(end) = ends.get_mut(*at) {
                        end.next = Some((day, step));
                    }
                    settled.push(*at);
                    continue;
                }
                let steps = follow_up.steps.iter().zip(&life.steps);
                let mut days: Vec<Date> = steps
                    .filter_map(|(step, memory)| evening.next_day_of(step, memory, life))
                    .collect();
                // What fired, or was taken, in the last evening may let another through in the next.
                if day == self.as_of {
                    days.push(day.next());
                }
                next = days.into_iter().chain(next).min();
            }
            for at in settled {
                open.remove(&at);
            }
            match next {
                Some(next) => day = next,
                None => break,
            }
        }
        ends
    }
}

/// When an invoice is due: its own day, or the term of its follow-up; not before the term counted from the day on
/// which something was moved here, which is that day itself where there is no term.
fn due(member: &Member<'_>, renewed: Option<Date>) -> Option<Date> {
    let term = member.follow_up.and_then(|follow_up| follow_up.payment);
    let own = member.invoice.due.or_else(|| Some(term?.day(member.invoice.date)));
    let anew = renewed.map(|day| term.map_or(day, |term| term.day(day)));
    own.max(anew)
}

/// Whether it is with a collector: by the latest of what was said and what a step did in an evening.
fn with_collector(delivery: &Delivery<'_>, life: &Life) -> bool {
    match (delivery.collector, life.handed_over) {
        (Some((day, with)), Some(evening)) => with || evening >= day,
        (Some((_, with)), None) => with,
        (None, evening) => evening.is_some(),
    }
}

/// The latest time of a repetition whose day has come, counted from 1, and the day of the one after it.
fn latest_time(anchor: Date, length: Duration, evening: Date) -> (u32, Date) {
    let at = |time: u32| match length {
        Duration::Days(days) => anchor.plus(Duration::Days(days.saturating_mul(time))),
        Duration::Months(months) => anchor.plus(Duration::Months(months.saturating_mul(time))),
    };
    if evening < anchor {
        return (0, at(1));
    }
    let passed = match length {
        Duration::Days(days) => {
            u32::try_from(evening.days_since(anchor)).unwrap_or(u32::MAX) / days.max(1)
        }
        Duration::Months(months) => evening.months_and_days_since(anchor).0 / months.max(1),
    };
    // A month's end can come a little before or after what whole months say.
    let mut time = passed.saturating_add(1);
    while time > 0 && at(time) > evening {
        time -= 1;
    }
    (time, at(time + 1))
}

impl Evening<'_, '_> {
    fn anchor(&self, anchor: StepAnchor, life: &Life) -> Option<Date> {
        match anchor {
            StepAnchor::Step(step) => life.steps.get(step)?.latest,
            StepAnchor::Day(InvoiceDay::Issued) => Some(self.member.invoice.date),
            StepAnchor::Day(InvoiceDay::Sent) => {
                self.delivery.sent.filter(|_| !self.delivery.undelivered)
            }
            StepAnchor::Day(InvoiceDay::Received) => self.delivery.received,
            StepAnchor::Day(InvoiceDay::Rejected) => self.delivery.first_rejected,
            StepAnchor::Day(InvoiceDay::Due) => self.due,
        }
    }

    /// A day before the invoice's own is the invoice's.
    fn clamped(&self, day: Date) -> Date {
        self.member.day(day)
    }

    /// Whether a step is still to come that fires once: for the latest sending, where it counts from it.
    fn is_left(&self, memory: &Memory, anchor: StepAnchor) -> bool {
        if anchor == StepAnchor::Day(InvoiceDay::Sent) {
            memory.spent_for != self.delivery.sent || !memory.spent
        } else {
            !memory.spent
        }
    }

    /// Whether a dated trigger is open; for a repeating one, its anchor and which time it is.
    fn is_open(
        &self,
        place: usize,
        step: &FollowStep,
        memory: &Memory,
        life: &Life,
    ) -> Option<Option<(Date, u32)>> {
        match *step.triggers.get(place)? {
            StepTrigger::On(_) => None,
            StepTrigger::After(length, anchor) => {
                let from = self.clamped(self.anchor(anchor, life)?.plus(length));
                (from <= self.day && self.is_left(memory, anchor)).then_some(None)
            }
            StepTrigger::BeforeDue(length) => {
                let due = self.due?;
                let from = self.clamped(due.minus(length));
                (from <= self.day && self.day < due && !memory.spent).then_some(None)
            }
            StepTrigger::Each(length, anchor) => {
                let anchor = self.anchor(anchor, life)?;
                let (time, _) = latest_time(anchor, length, self.day);
                let taken = memory.taken.contains(&(place, anchor, time));
                let more = step.at_most.is_none_or(|most| memory.since_begun < most);
                (time > 0 && !taken && more).then_some(Some((anchor, time)))
            }
        }
    }

    /// The next day, after this evening, on which a trigger of a step opens.
    fn next_day_of(&self, step: &FollowStep, memory: &Memory, life: &Life) -> Option<Date> {
        let days = step.triggers.iter().filter_map(|trigger| match *trigger {
            StepTrigger::On(_) => None,
            StepTrigger::After(length, anchor) => {
                let day = self.clamped(self.anchor(anchor, life)?.plus(length));
                self.is_left(memory, anchor).then_some(day)
            }
            StepTrigger::BeforeDue(length) => {
                (!memory.spent).then_some(self.clamped(self.due?.minus(length)))
            }
            StepTrigger::Each(length, anchor) => {
                let more = step.at_most.is_none_or(|most| memory.since_begun < most);
                let anchor = self.anchor(anchor, life).filter(|_| more)?;
                Some(latest_time(anchor, length, self.day).1)
            }
        });
        days.filter(|day| *day > self.day).min()
    }

    /// Notes what comes of a step this evening, before it is taken.
    fn log(&self, place: usize, life: &mut Life, passed_by: Option<usize>) {
        let (Some(step), Some(memory)) = (self.follow_up.steps.get(place), life.steps.get(place))
        else {
            return;
        };
        let is_why = |at: &usize| match step.triggers.get(*at) {
            Some(StepTrigger::On(turn)) => passed_by.is_none() && self.turns(*turn, life.before),
            Some(_) => self.is_open(*at, step, memory, life).is_some(),
            None => false,
        };
        let triggers = (0..step.triggers.len()).filter(is_why).collect();
        life.log.push(Logged { day: self.day, step: place, passed_by, triggers });
    }

    /// What a trigger of a step waits for.
    fn wait(&self, place: usize, step: &FollowStep, memory: &Memory, life: &Life) -> Option<Wait> {
        let later = |day: Date| if day > self.day { Wait::From(day) } else { Wait::Since(day) };
        Some(match *step.triggers.get(place)? {
            StepTrigger::On(turn) => Wait::For(turn),
            StepTrigger::After(length, anchor) => match self.anchor(anchor, life) {
                None => Wait::Anchor(anchor),
                Some(_) if !self.is_left(memory, anchor) => Wait::Over,
                Some(day) => later(self.clamped(day.plus(length))),
            },
            StepTrigger::BeforeDue(length) => match self.due {
                None => Wait::Anchor(StepAnchor::Day(InvoiceDay::Due)),
                Some(_) if memory.spent => Wait::Over,
                Some(due) if self.day >= due => Wait::Lapsed(due),
                Some(due) => later(self.clamped(due.minus(length))),
            },
            StepTrigger::Each(length, anchor) => match self.anchor(anchor, life) {
                None => Wait::Anchor(anchor),
                Some(_) if step.at_most.is_some_and(|most| memory.since_begun >= most) => {
                    Wait::AsOften(memory.since_begun)
                }
                Some(_) if self.is_open(place, step, memory, life).is_some() => {
                    Wait::Since(self.day)
                }
                Some(day) => Wait::From(latest_time(day, length, self.day).1),
            },
        })
    }

    /// The parts of a condition that keep it from being what is wanted.
    fn failing(
        &self,
        condition: &StepCondition,
        wanted: bool,
        life: &Life,
        failing: &mut Vec<(StepCondition, bool)>,
    ) {
        if self.holds(condition, life) == wanted {
            return;
        }
        match condition {
            StepCondition::Any(parts) | StepCondition::All(parts) => {
                parts.iter().for_each(|part| self.failing(part, wanted, life, failing));
            }
            StepCondition::Not(part) => self.failing(part, !wanted, life, failing),
            StepCondition::Open(..)
            | StepCondition::Total(..)
            | StepCondition::Is(_)
            | StepCondition::SentBy(_)
            | StepCondition::Done(_) => failing.push((condition.clone(), wanted)),
        }
    }

    fn holds(&self, condition: &StepCondition, life: &Life) -> bool {
        match condition {
            StepCondition::Any(parts) => parts.iter().any(|part| self.holds(part, life)),
            StepCondition::All(parts) => parts.iter().all(|part| self.holds(part, life)),
            StepCondition::Not(part) => !self.holds(part, life),
            StepCondition::Open(comparator, sum) => {
                comparator.holds(Money(self.account.open), *sum)
            }
            StepCondition::Total(comparator, sum) => {
                comparator.holds(self.member.invoice.total, *sum)
            }
            StepCondition::Is(standing) => self.stands(*standing),
            StepCondition::SentBy(channel) => self.delivery.channels.iter().any(|by| by == channel),
            StepCondition::Done(step) => {
                life.steps.get(*step).is_some_and(|memory| memory.latest.is_some())
            }
        }
    }

    fn stands(&self, standing: Standing) -> bool {
        match standing {
            Standing::Sent => self.delivery.sent.is_some() && !self.delivery.undelivered,
            Standing::Received => self.delivery.received.is_some(),
            Standing::Accepted => self.delivery.rejected == Some(false),
            Standing::Rejected => self.delivery.rejected == Some(true),
            Standing::Disputed => self.delivery.disputed,
            Standing::Promised => self.is_promised(),
            Standing::PaidInPart => self.account.open > 0 && self.account.paid > 0,
        }
    }

    fn is_promised(&self) -> bool {
        self.delivery.promised.is_some_and(|until| until >= self.day)
    }

    fn turns(&self, turn: Turn, before: i64) -> bool {
        let (open, invoice) = (self.account.open, self.member.invoice);
        match turn {
            Turn::PaidInPart => self.account.paid_today && open > 0 && self.account.paid > 0,
            Turn::Overpaid => open < 0 && open < before,
            Turn::Settled => {
                open == 0 && before != 0 && !invoice.is_credit_note() && !self.account.replaced
            }
            Turn::Undelivered | Turn::Rejected | Turn::Disputed | Turn::Resolved => {
                happens(self.member, turn, self.day)
            }
        }
    }

    fn condition_holds(&self, step: &FollowStep, life: &Life) -> bool {
        step.condition.as_ref().is_none_or(|condition| self.holds(condition, life))
    }

    /// The dated step that fires, and those above it that could have; steps that have fired this evening left out.
    fn dated(&self, life: &Life, fired: &[usize]) -> Option<(usize, Vec<usize>)> {
        let held = self.delivery.disputed || self.is_promised();
        if self.account.open <= 0 || held || with_collector(self.delivery, life) {
            return None;
        }
        let steps = self.follow_up.steps.iter().zip(&life.steps).enumerate();
        let could = steps.filter(|(place, (step, memory))| {
            !fired.contains(place)
                && (0..step.triggers.len())
                    .any(|trigger| self.is_open(trigger, step, memory, life).is_some())
                && self.condition_holds(step, life)
        });
        let mut could: Vec<usize> = could.map(|(place, _)| place).collect();
        let last = could.pop()?;
        Some((last, could))
    }

    /// Takes what is open of a step: it has fired, or is passed over.
    fn take(&self, place: usize, life: &mut Life, is_dated: bool) {
        let Some(step) = self.follow_up.steps.get(place) else { return };
        let Some(memory) = life.steps.get(place) else { return };
        let open: Vec<(usize, Option<(Date, u32)>)> = (0..step.triggers.len())
            .filter_map(|at| Some((at, self.is_open(at, step, memory, life)?)))
            .collect();
        let repeats = |trigger: &StepTrigger| matches!(trigger, StepTrigger::Each(..));
        let once = open.iter().any(|(_, time)| time.is_none())
            || is_dated && !step.triggers.iter().any(repeats);
        let sent = self.delivery.sent;
        let Some(memory) = life.steps.get_mut(place) else { return };
        for (trigger, time) in open {
            if let Some((anchor, time)) = time {
                memory.taken.retain(|(of, ..)| *of != trigger);
                memory.taken.push((trigger, anchor, time));
            }
        }
        if once {
            memory.spent = true;
            memory.spent_for = sent;
        }
    }

    fn record(&self, place: usize, life: &mut Life, fired: &mut Vec<Fired>, is_told: bool) {
        let Some(step) = self.follow_up.steps.get(place) else { return };
        let Some(memory) = life.steps.get_mut(place) else { return };
        memory.times = memory.times.saturating_add(1);
        memory.since_begun = memory.since_begun.saturating_add(1);
        memory.latest = Some(self.day);
        if step.hands_over {
            life.handed_over = Some(self.day);
        }
        if !is_told {
            fired.push(Fired {
                invoice: self.member.number,
                day: self.day,
                step: place,
                time: memory.times,
                open: Money(self.account.open),
            });
        }
    }

    /// Fires what this evening fires.
    fn fire(&self, life: &mut Life, told: bool, is_last: bool, fired: &mut Vec<Fired>) {
        let mut this_evening = Vec::new();
        for (place, step) in self.follow_up.steps.iter().enumerate() {
            let comes = step.triggers.iter().any(|trigger| match trigger {
                StepTrigger::On(turn) => self.turns(*turn, life.before),
                StepTrigger::After(..) | StepTrigger::Each(..) | StepTrigger::BeforeDue(_) => false,
            });
            if comes && self.condition_holds(step, life) {
                if told {
                    life.waiting.push((place, self.day, Money(self.account.open)));
                } else {
                    self.log(place, life, None);
                    self.record(place, life, fired, false);
                    this_evening.push(place);
                }
            }
        }
        if told {
            let dated = self.take_done(life);
            if !is_last {
                return;
            }
            self.give_waiting(life, fired);
            if dated {
                return;
            }
        }
        if let Some((place, passed)) = self.dated(life, &this_evening) {
            self.log(place, life, None);
            passed.iter().for_each(|above| self.log(*above, life, Some(place)));
            self.take(place, life, true);
            passed.into_iter().for_each(|above| self.take(above, life, true));
            self.record(place, life, fired, false);
        }
    }

    /// What is known to have been done this day; whether a dated step is among it.
    fn take_done(&self, life: &mut Life) -> bool {
        let today: Vec<usize> = life
            .done
            .iter()
            .filter(|(day, _)| self.member.day(*day) == self.day)
            .map(|(_, step)| *step)
            .collect();
        let mut any_dated = false;
        for place in today {
            self.log(place, life, None);
            if let Some(waits) = life.waiting.iter().position(|(step, ..)| *step == place) {
                life.waiting.remove(waits);
                self.record(place, life, &mut Vec::new(), true);
                continue;
            }
            let could = self.dated(life, &[]);
            let above = could.into_iter().flat_map(|(last, mut above)| {
                above.push(last);
                above
            });
            let above: Vec<usize> = above.filter(|other| *other < place).collect();
            above.iter().for_each(|above| self.log(*above, life, Some(place)));
            self.take(place, life, true);
            above.into_iter().for_each(|above| self.take(above, life, true));
            self.record(place, life, &mut Vec::new(), true);
            any_dated = true;
        }
        any_dated
    }

    /// The steps on an event that are not known to be done.
    fn give_waiting(&self, life: &mut Life, fired: &mut Vec<Fired>) {
        let mut given: Vec<(usize, u32)> = Vec::new();
        for (place, day, open) in &life.waiting {
            let before = given.iter().filter(|(step, _)| step == place).count();
            let done = life.steps.get(*place).map_or(0, |memory| memory.times);
            let time = done + u32::try_from(before).unwrap_or(u32::MAX) + 1;
            given.push((*place, time));
            let invoice = self.member.number;
            fired.push(Fired { invoice, day: *day, step: *place, time, open: *open });
        }
        // What comes of the dated step counts after them.
        for (place, time) in given {
            if let Some(memory) = life.steps.get_mut(place) {
                memory.times = memory.times.max(time);
            }
        }
    }
}
