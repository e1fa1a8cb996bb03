//! The evenings of linked invoices, one after another, and the steps that fire in them.
//!
//! In: the members of a group, all sound, and a last day. Out: what fires, evening by evening, and how each stands
//! in the last. Evenings in which nothing can be another than the evening before are not looked at.

use super::evening::{Delivery, Member, accounts};
use super::steps::{DoneStep, Evening, Fired, Life, Logged, StepNow, due, with_collector};
use crate::calendar::{Date, Duration};
use crate::money::Money;
use std::collections::BTreeSet;

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
        done: Option<&[Vec<DoneStep>]>,
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
        done: Option<&[Vec<DoneStep>]>,
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
        done: Option<&[Vec<DoneStep>]>,
    ) -> Walk<'w, 'a> {
        let done_of = |at: usize| done.and_then(|done| done.get(at)).cloned().unwrap_or_default();
        let lives = members.iter().enumerate().map(|(at, member)| Life::new(member, done_of(at)));
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
        let delivery = Delivery::of(member, self.as_of);
        let account = accounts(self.members, self.as_of).get(at).copied();
        let evening =
            account.and_then(|account| Evening::of(member, account, &delivery, self.as_of));
        evening.map_or(Vec::new(), |evening| evening.steps_now(life))
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
            days.extend(life.done_days());
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
            life.begin(account);
            if let Some(evening) = Evening::of(member, *account, &delivery, day) {
                let before = self.fired.len();
                evening.fire(life, self.told, is_last, &mut self.fired);
                active |= self.fired.len() > before;
            }
            life.end(account);
        }
        active
    }

    /// The next day after this one on which a dated step's day comes.
    fn next_step_day(&self, day: Date) -> Option<Date> {
        let accounts = accounts(self.members, day);
        let days = self.members.iter().zip(&accounts).zip(&self.lives);
        let days = days.filter_map(|((member, account), life)| {
            if member.invoice.date > day || account.open <= 0 {
                return None;
            }
            let delivery = Delivery::of(member, day);
            Evening::of(member, *account, &delivery, day)?.next_days(life).min()
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
                let delivery = Delivery::of(member, self.as_of);
                let Some(evening) = Evening::of(member, *account, &delivery, day) else { continue };
                if day > self.as_of
                    && let Some((step, _)) = evening.dated(life, &[])
                {
                    if let Some(end) = ends.get_mut(*at) {
                        end.next = Some((day, step));
                    }
                    settled.push(*at);
                    continue;
                }
                let mut days: Vec<Date> = evening.next_days(life).collect();
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
