//! Lives of an invoice, tried one after another, those with the fewest events first.
//!
//! In: a follow-up, read, and what is looked for. Out: the first life that shows each of it, as the evaluator has it.
//! Only what matters to the follow-up happens in them, on days about which something can change. Nothing follows from
//! what they do not show.

use super::FollowOptions;
use super::facts::{Facts, Steps, bit};
use super::text::Text;
use crate::calendar::{Date, Duration};
use crate::follow::{Lived, Logged, Seen, Wait};
use crate::model::{FollowHappening, StepTrigger};
use crate::money::{Currency, Money};
use crate::stop::Stop;
use foldhash::HashSet;
use std::collections::{BTreeMap, VecDeque};

/// What lives are to show.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Wanted {
    /// Steps that are to fire.
    pub fire: Steps,
    /// Steps that are to be passed over.
    pub pass: Steps,
    /// Steps of which one is to fire though the invoice has not arrived.
    pub unreceived: Steps,
    /// Whether something is to be forgotten.
    pub forgotten: bool,
    /// Steps after which that is accepted, and is to be shown once.
    pub aside: Steps,
}

/// A life that shows something.
#[derive(Clone, Debug)]
pub(super) struct Shows {
    /// It itself.
    pub lived: Lived,
    /// The last evening that was looked at.
    pub as_of: Date,
}

/// What lives have shown.
#[derive(Clone, Debug, Default)]
pub(super) struct Shown {
    /// Steps that fire.
    pub fires: Steps,
    /// Steps that are passed over, each with the step by which.
    pub passes: BTreeMap<usize, (usize, Shows)>,
    /// A step that fires though the invoice has not arrived.
    pub unreceived: Option<(usize, Shows)>,
    /// Steps after which something is forgotten, as is accepted.
    pub aside: Steps,
    /// How something is forgotten: by the step that fires last.
    pub forgets: BTreeMap<Option<usize>, Shows>,
    /// How many lives were tried.
    pub tried: usize,
}

/// The day on which invoices are issued here.
const ISSUED: (i32, u32, u32) = (2025, 1, 10);
/// So many events happen at the most.
const EVENTS: usize = 4;
/// What is followed for longer is not looked at.
const LONGEST: i64 = 40 * 366;

/// The lives of one follow-up.
pub(super) struct Lives<'t, 'f> {
    pub(super) text: &'t Text<'f>,
    currency: Currency,
    /// So many days after the last thing that happens nothing new comes.
    settles: u32,
    wanted: Wanted,
    shown: Shown,
    /// What earlier lives came to.
    known: HashSet<String>,
    /// What one life weighs: the more the more evenings it has.
    weight: usize,
    /// The fewest events with which something was forgotten.
    forgotten_with: Option<usize>,
}

fn days(length: Duration) -> u32 {
    match length {
        Duration::Days(days) => days,
        Duration::Months(months) => months.saturating_mul(31),
    }
}

pub(super) fn length(trigger: &StepTrigger) -> u32 {
    match trigger {
        StepTrigger::After(length, _) | StepTrigger::Each(length, _) => days(*length),
        StepTrigger::BeforeDue(length) => days(*length),
        StepTrigger::On(_) => 0,
    }
}

/// Looks for lives, a tenth as many as the budget at the most; none where a follow-up waits for too long to be followed.
pub(super) fn look(text: &Text<'_>, wanted: Wanted, options: &FollowOptions) -> Option<Shown> {
    let steps = &text.follow_up.steps;
    let longest = steps.iter().map(|step| {
        let of_one = step.triggers.iter().map(length).max().unwrap_or(0);
        let times = step.at_most.unwrap_or(1).max(1);
        i64::from(of_one) * i64::from(times) + 2
    });
    let settles = u32::try_from(longest.fold(2_i64, i64::saturating_add).min(LONGEST + 1)).ok()?;
    let term = text.follow_up.payment.map_or(0, |term| days(term.length));
    if i64::from(settles) + i64::from(term) > LONGEST {
        return None;
    }
    let mut lives = Lives {
        text,
        currency: text.follow_up.currency.unwrap_or(Currency::EURO),
        settles,
        wanted,
        shown: Shown::default(),
        known: HashSet::default(),
        weight: weight(text, settles),
        forgotten_with: None,
    };
    lives.look(options.budget / 10 / lives.weight, &options.stop);
    Some(lives.shown)
}

/// What a life weighs, where steps come again and again: each evening in which one may is looked at, and so are those of
/// ten years after.
fn weight(text: &Text<'_>, settles: u32) -> usize {
    let triggers = text.follow_up.steps.iter().flat_map(|step| &step.triggers);
    let each = triggers.filter_map(|trigger| match trigger {
        StepTrigger::Each(length, _) => Some(days(*length).max(1)),
        StepTrigger::After(..) | StepTrigger::BeforeDue(_) | StepTrigger::On(_) => None,
    });
    let evenings = each.min().map_or(0, |each| (settles + 3_650) / each);
    1 + usize::try_from(evenings / 64).unwrap_or(0)
}

impl Lives<'_, '_> {
    fn look(&mut self, budget: usize, stop: &Stop) {
        let mut queue: VecDeque<Lived> = self.first().into();
        while let Some(lived) = queue.pop_front() {
            let events = lived.events.len();
            if self.shown.tried >= budget || self.has_all(events) || stop.is_asked() {
                break;
            }
            self.shown.tried += 1;
            let as_of = self.as_of(&lived);
            let Ok(seen) = lived.seen(self.text.follow_up, as_of) else { continue };
            self.note(&lived, &seen, as_of);
            if events < EVENTS && self.is_new(&lived, &seen) {
                let room = budget.saturating_sub(self.shown.tried + queue.len());
                queue.extend(self.further(&lived, &seen).into_iter().take(room));
            }
        }
    }

    /// Whether lives with so many events or more need not be looked at.
    fn has_all(&self, events: usize) -> bool {
        let passes = self.shown.passes.keys().fold(0, |all, step| all | bit(*step));
        self.wanted.fire & !self.shown.fires == 0
            && self.wanted.pass & !passes == 0
            && (self.wanted.unreceived == 0 || self.shown.unreceived.is_some())
            && (!self.wanted.forgotten
                || self.forgotten_with.is_some_and(|with| events > with.max(1)))
    }

    /// Lives in which nothing happens.
    fn first(&self) -> Vec<Lived> {
        let (year, month, day) = ISSUED;
        let Some(date) = Date::new(year, month, day) else { return Vec::new() };
        let unit = 10_i64.saturating_pow(self.currency.decimals());
        let mut totals = vec![Money(unit.saturating_mul(100))];
        for sum in self.text.asked.sums() {
            if sum > Money::ZERO && sum <= Money::LARGEST && !totals.contains(&sum) {
                totals.push(sum);
            }
        }
        let triggers = self.text.follow_up.steps.iter().flat_map(|step| &step.triggers);
        let before: Option<u32> = triggers
            .filter(|trigger| matches!(trigger, StepTrigger::BeforeDue(_)))
            .map(length)
            .max();
        let mut dues = Vec::new();
        match self.text.follow_up.payment {
            Some(_) => dues.push(None),
            None => dues.push(Some(date.plus(Duration::Days(30)))),
        }
        let far = |before: u32| Some(date.plus(Duration::Days(before.saturating_add(60))));
        dues.extend(before.map(far));
        let currency = self.currency;
        let of_due = |due: Option<Date>| {
            let of_total = move |total: &Money| Lived {
                date,
                due,
                total: *total,
                currency,
                events: Vec::new(),
            };
            totals.iter().map(of_total).collect::<Vec<Lived>>()
        };
        dues.into_iter().flat_map(of_due).collect()
    }

    pub(super) fn due(&self, lived: &Lived) -> Date {
        let term = self.text.follow_up.payment.map(|term| term.day(lived.date));
        lived.due.or(term).unwrap_or(lived.date)
    }

    /// The last evening that is looked at: by then all that can come has.
    fn as_of(&self, lived: &Lived) -> Date {
        let events = lived.events.iter().flat_map(|(day, happening)| {
            let until =
                if let FollowHappening::Promised(until) = happening { *until } else { *day };
            [*day, until]
        });
        let last = events.chain([lived.date, self.due(lived)]).max().unwrap_or(lived.date);
        last.plus(Duration::Days(self.settles))
    }

    /// Whether a life comes to something that none before it has.
    fn is_new(&mut self, lived: &Lived, seen: &Seen) -> bool {
        let came: Vec<(usize, Option<usize>)> =
            seen.log.iter().map(|logged| (logged.step, logged.passed_by)).collect();
        let open = seen.end.open;
        let cell = self.text.asked.opens().iter().filter(|sum| **sum <= open).count();
        let said = (came, &seen.is, &seen.channels, cell, lived.total.0, lived.due);
        let more = (seen.end.with_collector, seen.taken_back, seen.end.promised);
        self.known.insert(format!("{said:?}{more:?}"))
    }

    fn note(&mut self, lived: &Lived, seen: &Seen, as_of: Date) {
        let shows = |as_of| Shows { lived: lived.clone(), as_of };
        let arrives = lived.events.iter().any(|(_, happening)| is_a_sign(happening));
        for logged in &seen.log {
            match logged.passed_by {
                Some(by) => {
                    let passes = || (by, shows(logged.day));
                    self.shown.passes.entry(logged.step).or_insert_with(passes);
                }
                None => {
                    self.shown.fires |= bit(logged.step);
                    let reminds = self.wanted.unreceived & bit(logged.step) != 0;
                    if reminds && !arrives && self.reminds(logged) {
                        let fires = || (logged.step, shows(logged.day));
                        self.shown.unreceived.get_or_insert_with(fires);
                    }
                }
            }
        }
        let aside = self.aside(seen);
        if aside != 0 {
            if is_forgotten(self.text, lived, seen) {
                self.shown.aside |= aside;
            }
            return;
        }
        let with = lived.events.len();
        let first = self.forgotten_with.is_none_or(|first| with <= first.max(1));
        let forgets = self.wanted.forgotten && first && is_forgotten(self.text, lived, seen);
        if forgets && !self.is_forgotten_with_less(lived) {
            self.forgotten_with.get_or_insert(with);
            self.shown.forgets.entry(self.last(seen)).or_insert_with(|| shows(as_of));
        }
    }

    /// The steps that have fired after which it is accepted that something is forgotten.
    fn aside(&self, seen: &Seen) -> Steps {
        let fired = seen.log.iter().filter(|logged| logged.passed_by.is_none());
        fired.fold(0, |all, logged| all | bit(logged.step)) & self.wanted.aside
    }

    /// Whether the same is forgotten if one of its events does not happen.
    fn is_forgotten_with_less(&self, lived: &Lived) -> bool {
        (0..lived.events.len()).any(|event| {
            let mut less = lived.clone();
            less.events.remove(event);
            let seen = less.seen(self.text.follow_up, self.as_of(&less));
            seen.is_ok_and(|seen| self.aside(&seen) == 0 && is_forgotten(self.text, &less, &seen))
        })
    }

    /// The dated step that fired last; where none did, the one on an event.
    fn last(&self, seen: &Seen) -> Option<usize> {
        let fired = seen.log.iter().rev().filter(|logged| logged.passed_by.is_none());
        let mut fired = fired.map(|logged| logged.step);
        let last = fired.clone().next();
        fired.find(|step| self.text.has_day(*step)).or(last)
    }

    /// Whether what opened a step counts from the due date.
    fn reminds(&self, logged: &Logged) -> bool {
        let step = self.text.follow_up.steps.get(logged.step);
        let mut open = logged.triggers.iter().filter_map(|at| step?.triggers.get(*at));
        open.any(|trigger| self.text.is_after_due(trigger))
    }
}

/// Whether what happens shows that the invoice has arrived.
fn is_a_sign(happening: &FollowHappening) -> bool {
    match happening {
        FollowHappening::Received
        | FollowHappening::Accepted
        | FollowHappening::Rejected
        | FollowHappening::Disputed
        | FollowHappening::Payment(_) => true,
        FollowHappening::Sent(_)
        | FollowHappening::Undelivered
        | FollowHappening::Resolved
        | FollowHappening::Promised(_)
        | FollowHappening::Returned(_)
        | FollowHappening::Refund(_)
        | FollowHappening::WrittenOff(_)
        | FollowHappening::Moved(_)
        | FollowHappening::Replaced
        | FollowHappening::HandedOver
        | FollowHappening::TakenBack => false,
    }
}

/// Whether something is open in the end, with nothing to come, though no dispute is open and no promise holds; not where
/// it is or was with a collector, and not where only a bound on a sum keeps a step back.
fn is_forgotten(text: &Text<'_>, lived: &Lived, seen: &Seen) -> bool {
    let end = &seen.end;
    if end.open <= Money::ZERO || end.disputed || end.promised || end.with_collector {
        return false;
    }
    if seen.taken_back || end.replaced || end.next.is_some() {
        return false;
    }
    let Facts { is, done, .. } = text.asked.of(seen, lived.total);
    let mut kept_back = text.follow_up.steps.iter().zip(&seen.steps).filter(|(step, now)| {
        let mut waits = step.triggers.iter().zip(&now.waits);
        let open = waits.any(|(_, wait)| matches!(wait, Wait::Since(_) | Wait::From(_)));
        open && text.asked.holds_at_some_sums(step.condition.as_ref(), is, done)
    });
    kept_back.next().is_none()
}
