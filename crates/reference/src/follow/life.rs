//! The evenings of all invoices, one day after another, and the steps that fire.

use super::evening::{Account, Stands, accounts, stands};
use super::rules::*;
use std::collections::{BTreeMap, BTreeSet};

/// A step that fired: its day, the invoice, the step, what was open.
pub type Fired = (String, String, String, i64);

/// What comes of a world.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    pub fired: Vec<Fired>,
    /// What is open at the end, and when it is due.
    pub open: BTreeMap<String, (i64, Option<String>)>,
    pub withheld: BTreeSet<String>,
}

/// What else shows in the evenings of a world.
#[derive(Clone, Debug, Default)]
pub struct Observed {
    /// Of an invoice, a step that was passed over and the one by which.
    pub passed: Vec<(String, usize, usize)>,
    /// How each invoice is left in the last evening.
    pub left: BTreeMap<String, Left>,
}

/// How an invoice is left in the last evening.
#[derive(Clone, Debug, Default)]
pub struct Left {
    /// The steps with a day that has come and for which they have not fired, whatever holds them back.
    pub waiting: BTreeSet<usize>,
    /// The steps that have fired since the follow-up began.
    pub done: BTreeSet<usize>,
    /// Whether it is with a collector.
    pub handed_over: bool,
    /// How it stands.
    pub stands: Stands,
}

/// What is remembered of one invoice.
#[derive(Clone, Default)]
struct Memory {
    before: i64,
    renewed: Option<Day>,
    handed_over: Option<Day>,
    /// By step: when it last fired, and how often since the follow-up began.
    latest: BTreeMap<usize, Day>,
    count: BTreeMap<usize, u32>,
    /// Steps that fired once or were passed over, with the sendings of those evenings.
    spent: BTreeMap<usize, BTreeSet<Option<Day>>>,
    /// Of repeating triggers, the times that are taken.
    taken: BTreeSet<(usize, usize, Day, u32)>,
    /// What was remembered when the follow-up began anew.
    earlier: Option<Box<Memory>>,
}

impl Memory {
    fn go_on_from(&mut self, earlier: Memory) {
        self.renewed = earlier.renewed;
        for (step, day) in earlier.latest {
            self.latest.entry(step).or_insert(day);
        }
        for (step, count) in earlier.count {
            *self.count.entry(step).or_default() += count;
        }
        for (step, sent) in earlier.spent {
            self.spent.entry(step).or_default().extend(sent);
        }
        self.taken.extend(earlier.taken);
        self.earlier = earlier.earlier;
    }
}

struct View<'a> {
    invoice: &'a Invoice,
    follow_up: &'a FollowUp,
    account: &'a Account,
    stands: &'a Stands,
    due: Option<Day>,
    day: Day,
}

pub fn evaluate(world: &World) -> Outcome {
    observe(world).0
}

/// The same, with what else shows.
pub fn observe(world: &World) -> (Outcome, Observed) {
    let mut observed = Observed::default();
    let withheld = world.withheld();
    let mut judged = world.clone();
    judged.invoices.retain(|of| !withheld.contains(&of.id));
    judged.events.retain(|event| !withheld.contains(&event.invoice));
    judged.events.retain(|event| world.invoice(&event.invoice).is_some());
    let mut outcome = Outcome { withheld, ..Outcome::default() };
    let Some(mut day) = judged.invoices.iter().map(|of| of.date).min() else {
        return (outcome, observed);
    };
    let mut memories: BTreeMap<String, Memory> = BTreeMap::new();
    while day <= judged.as_of {
        let accounts = accounts(&judged, day);
        for invoice in judged.invoices.iter().filter(|of| of.date <= day) {
            let memory = memories
                .entry(invoice.id.clone())
                .or_insert(Memory { before: invoice.total, ..Memory::default() });
            let account = &accounts[&invoice.id];
            let stands = stands(&judged, invoice, day);
            if account.renewed > memory.renewed {
                let (handed_over, before) = (memory.handed_over, memory.before);
                let earlier = Some(Box::new(memory.clone()));
                *memory = Memory { handed_over, before, earlier, ..Memory::default() };
            }
            // A move that is withdrawn was none: all that fired counts.
            while account.renewed < memory.renewed
                && let Some(earlier) = memory.earlier.take()
            {
                memory.go_on_from(*earlier);
            }
            memory.renewed = account.renewed;
            let follow_up = judged.follow_up(invoice).unwrap();
            let due = due(invoice, follow_up, account.renewed);
            if let Some(follow_up) = follow_up {
                let stands = &stands;
                let view = View { invoice, follow_up, account, stands, due, day };
                for step in view.evening(memory, &mut observed) {
                    let label = follow_up.steps[step].label.clone();
                    let id = invoice.id.clone();
                    outcome.fired.push((day.to_string(), id, label, account.open));
                }
                if day == judged.as_of {
                    observed.left.insert(invoice.id.clone(), view.left(memory));
                }
            }
            memory.before = account.open;
            if day == judged.as_of {
                let due = due.map(|due| due.to_string());
                outcome.open.insert(invoice.id.clone(), (account.open, due));
            }
        }
        day = day.succ_opt().unwrap();
    }
    outcome.fired.sort();
    (outcome, observed)
}

fn due(invoice: &Invoice, follow_up: Option<&FollowUp>, renewed: Option<Day>) -> Option<Day> {
    let from = |day: Day| follow_up.and_then(|of| of.due_from(day));
    let own = invoice.due.or(from(invoice.date));
    match renewed {
        None => own,
        Some(day) => own.max(Some(from(day).unwrap_or(day))),
    }
}

impl View<'_> {
    /// The steps that fire, in order.
    fn evening(&self, memory: &mut Memory, observed: &mut Observed) -> Vec<usize> {
        let mut fired = Vec::new();
        let steps = &self.follow_up.steps;
        for (at, step) in steps.iter().enumerate() {
            let comes = step.triggers.iter().any(|trigger| match trigger {
                Trigger::On(turn) => self.turns(turn, memory),
                _ => false,
            });
            if comes && self.holds_all(step, memory) {
                self.fire(at, memory);
                fired.push(at);
            }
        }
        let handed = self.handed(memory);
        if self.account.open <= 0 || self.stands.disputed || self.promised() || handed {
            return fired;
        }
        let could: Vec<usize> = (0..steps.len())
            .filter(|at| !fired.contains(at))
            .filter(|at| (0..steps[*at].triggers.len()).any(|t| self.opens(*at, t, memory)))
            .filter(|at| self.holds_all(&steps[*at], memory))
            .collect();
        let Some(last) = could.last().copied() else { return fired };
        // What is open is taken of all of them before the last one counts as fired.
        for at in &could {
            let mut plain = !steps[*at].triggers.iter().any(|t| matches!(t, Trigger::Each(..)));
            let mut taken = Vec::new();
            for (number, trigger) in steps[*at].triggers.iter().enumerate() {
                if !self.opens(*at, number, memory) {
                    continue;
                }
                match trigger {
                    Trigger::Each(length, anchor) => {
                        let anchor = self.anchor(*anchor, memory).unwrap();
                        taken.push((*at, number, anchor, self.time(*length, anchor)));
                    }
                    _ => plain = true,
                }
            }
            memory.taken.extend(taken);
            if plain {
                memory.spent.entry(*at).or_default().insert(self.stands.sent);
            }
        }
        let id = &self.invoice.id;
        let above = could.iter().filter(|at| **at != last);
        observed.passed.extend(above.map(|at| (id.clone(), *at, last)));
        self.fire(last, memory);
        fired.push(last);
        fired
    }

    fn handed(&self, memory: &Memory) -> bool {
        match (self.stands.collector, memory.handed_over) {
            (Some((day, with)), Some(step)) => with || step >= day,
            (Some((_, with)), None) => with,
            (None, step) => step.is_some(),
        }
    }

    fn left(&self, memory: &Memory) -> Left {
        let steps = 0..self.follow_up.steps.len();
        let waits = |at: &usize| {
            (0..self.follow_up.steps[*at].triggers.len()).any(|t| self.opens(*at, t, memory))
        };
        Left {
            waiting: steps.filter(waits).collect(),
            done: memory.latest.keys().copied().collect(),
            handed_over: self.handed(memory),
            stands: self.stands.clone(),
        }
    }

    fn fire(&self, at: usize, memory: &mut Memory) {
        memory.latest.insert(at, self.day);
        *memory.count.entry(at).or_default() += 1;
        if self.follow_up.steps[at].hands_over {
            memory.handed_over = Some(self.day);
        }
    }

    fn promised(&self) -> bool {
        self.stands.promised.is_some_and(|until| self.day <= until)
    }

    fn turns(&self, turn: &str, memory: &Memory) -> bool {
        let (open, paid) = (self.account.open, self.account.paid);
        match turn {
            "paid in part" => self.account.paid_today && open > 0 && paid > 0,
            "overpaid" => open < 0 && open < memory.before,
            "settled" => {
                open == 0 && memory.before != 0 && self.invoice.total >= 0 && !self.account.replaced
            }
            turn => self.stands.today.contains(&turn),
        }
    }

    fn anchor(&self, anchor: Anchor, memory: &Memory) -> Option<Day> {
        match anchor {
            Anchor::Issued => Some(self.invoice.date),
            Anchor::Sent if self.stands.undelivered => None,
            Anchor::Sent => self.stands.sent,
            Anchor::Received => self.stands.received,
            Anchor::Rejected => self.stands.first_rejected,
            Anchor::Due => self.due,
            Anchor::Step(at) => memory.latest.get(&at).copied(),
        }
    }

    /// The latest time of a repetition whose day has come.
    fn time(&self, length: Length, anchor: Day) -> u32 {
        let mut time = 0;
        while length.times(time + 1).after(anchor) <= self.day {
            time += 1;
        }
        time
    }

    fn opens(&self, at: usize, trigger: usize, memory: &Memory) -> bool {
        let step = &self.follow_up.steps[at];
        let spent = memory.spent.get(&at);
        match &step.triggers[trigger] {
            Trigger::On(_) => false,
            Trigger::After(length, anchor) => {
                let Some(from) = self.anchor(*anchor, memory) else { return false };
                let used = match spent {
                    None => false,
                    Some(sent) => *anchor != Anchor::Sent || sent.contains(&self.stands.sent),
                };
                length.after(from).max(self.invoice.date) <= self.day && !used
            }
            Trigger::BeforeDue(length) => {
                let Some(due) = self.due else { return false };
                let from = length.before(due).max(self.invoice.date);
                from <= self.day && self.day < due && spent.is_none()
            }
            Trigger::Each(length, anchor) => {
                let Some(from) = self.anchor(*anchor, memory) else { return false };
                let time = self.time(*length, from);
                let count = memory.count.get(&at).copied().unwrap_or(0);
                time > 0
                    && !memory.taken.contains(&(at, trigger, from, time))
                    && step.at_most.is_none_or(|most| count < most)
            }
        }
    }

    fn holds_all(&self, step: &Step, memory: &Memory) -> bool {
        step.condition.as_ref().is_none_or(|condition| self.holds(condition, memory))
    }

    fn holds(&self, condition: &Condition, memory: &Memory) -> bool {
        let compare = |left: i64, how: &str, right: i64| match how {
            "<" => left < right,
            "<=" => left <= right,
            ">" => left > right,
            _ => left >= right,
        };
        match condition {
            Condition::Open(how, sum) => compare(self.account.open, how, *sum),
            Condition::Total(how, sum) => compare(self.invoice.total, how, *sum),
            Condition::SentBy(channel) => self.stands.channels.contains(channel),
            Condition::Done(at) => memory.latest.contains_key(at),
            Condition::Not(of) => !self.holds(of, memory),
            Condition::And(one, other) => self.holds(one, memory) && self.holds(other, memory),
            Condition::Or(one, other) => self.holds(one, memory) || self.holds(other, memory),
            Condition::Is(what) => match *what {
                "sent" => self.stands.sent.is_some() && !self.stands.undelivered,
                "received" => self.stands.received.is_some(),
                "disputed" => self.stands.disputed,
                "promised" => self.promised(),
                "paid in part" => self.account.open > 0 && self.account.paid > 0,
                answer => self.stands.answer == Some(answer),
            },
        }
    }
}
