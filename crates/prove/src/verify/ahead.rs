//! What is billed from a state of the search on, beside what was billed before: two continuations of
//! one history are compared without knowing its hours and days.
//!
//! In: a state, then the events and days that follow. Out: an [`Outcome`]. What both continuations
//! share (the work done so far, what was billed) is counted and not valued, so that it cancels; what
//! remains is exact, or a range that is never narrower than what can happen.

use super::ledger::Between;
use super::machine::{Machine, State};
use super::timeline::Cell;
use crate::model::{Amount, LineKind};
use crate::plan::{PlannedLine, TriggerId};

/// The work done before the state that two continuations leave.
pub(super) const OLD_WORK: u8 = 1;

/// What follows bills this.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Outcome {
    /// Whether what was billed before still counts: an `up to` line settles it.
    base: bool,
    /// Shares and sums, deposits deducted.
    fixed: Between,
    /// The pieces of work that are billed.
    work: u8,
    /// Whether the hours missing to the least are billed.
    topped: bool,
    /// The cells in which a pro rata of the duration is billed.
    elapsed: Vec<u16>,
    /// For each set of the events done, how many times a pro rata of the attendance is billed.
    attended: [u8; 4],
}

/// A state that goes on.
#[derive(Clone)]
pub(super) struct Ahead<'m, 'p> {
    machine: &'m Machine<'p>,
    pub(super) state: State,
    /// The pieces of work that are not billed.
    pub(super) owed: u8,
    /// The events that have come.
    pub(super) done: u8,
    pub(super) outcome: Outcome,
}

impl<'m, 'p> Ahead<'m, 'p> {
    /// Nothing has followed yet.
    pub(super) fn new(machine: &'m Machine<'p>, state: &State) -> Ahead<'m, 'p> {
        let outcome = Outcome {
            base: true,
            fixed: Between::ZERO,
            work: 0,
            topped: false,
            elapsed: Vec::new(),
            attended: [0; 4],
        };
        let owed = if state.dirty { OLD_WORK } else { 0 };
        Ahead { machine, state: *state, owed, done: 0, outcome }
    }

    /// An event of this kind comes; `hours` and `worked` as the search has them.
    pub(super) fn event(&mut self, choice: u16, hours: u8, work: u8, cell: &Cell) {
        let machine = self.machine;
        let Some(choice) = machine.choices.all.get(usize::from(choice)) else { return };
        if self.state.closed {
            return;
        }
        let before = self.state;
        let next = State { begun: true, hours, dirty: before.dirty || work != 0, ..before };
        let (next, triggers) = machine.happens(&before, next, choice);
        self.state = next;
        self.owed |= work;
        self.moment(&triggers, cell);
    }

    /// The day, or stretch of days, ends.
    pub(super) fn day_ends(&mut self, cell: &Cell) {
        let triggers = self.machine.due(&self.state, cell);
        if self.state.begun && !self.state.closed && !triggers.is_empty() {
            self.moment(&triggers, cell);
        }
    }

    /// Everything that the calendar brings from this cell on.
    pub(super) fn wait(&mut self) {
        let plan = self.machine.plan;
        if plan.calendar().is_empty() {
            return;
        }
        let Some(frame) = self.machine.frame(&self.state) else { return };
        let here = usize::from(self.state.cell);
        let tail =
            if frame.tail_repeats { frame.cells.len().saturating_sub(2) } else { usize::MAX };
        let rest = (0_u16..).zip(&frame.cells);
        let again = rest.clone().skip(tail).chain(rest.clone().skip(tail));
        for (place, cell) in rest.skip(here).chain(again) {
            if self.state.closed {
                return;
            }
            self.state.cell = place;
            self.day_ends(cell);
        }
    }

    /// Whether the deposits that are left are known, or as they were.
    pub(super) fn deposits_are_known(&self, from: &State) -> bool {
        let deposits = self.state.ledger.deposits;
        deposits.is_exact() || deposits == from.ledger.deposits
    }

    fn moment(&mut self, triggers: &[TriggerId], cell: &Cell) {
        let machine = self.machine;
        let seen = self.state;
        for (id, line) in machine.firing(&seen, triggers, cell) {
            if line.once && !line.closes {
                self.state.spent |= 1_u128.checked_shl(id.0).unwrap_or(0);
            }
            self.bill(line, cell);
            self.state.closed |= line.closes;
        }
    }

    fn bill(&mut self, line: &PlannedLine, cell: &Cell) {
        let own = self.own(line, cell);
        let ledger = &mut self.state.ledger;
        match line.kind {
            LineKind::Deposit => ledger.deposits = ledger.deposits.plus(own),
            LineKind::Installment => {}
            LineKind::Balance => {
                let taken = ledger.deduct(own, line.stays_open);
                self.outcome.fixed = self.outcome.fixed.minus(taken);
            }
        }
    }

    /// Notes what a line bills by itself, and says between which amounts that lies.
    fn own(&mut self, line: &PlannedLine, cell: &Cell) -> Between {
        let machine = self.machine;
        let total = machine.total.map(|(exact, _)| exact);
        let deposit = line.kind == LineKind::Deposit;
        let own = match (line.amount, total) {
            (Amount::Nothing, _) => Between::ZERO,
            (Amount::Sum(amount), _) => Between::exactly(amount.0),
            (Amount::Percent(share), Some(total)) => {
                self.state.ledger.percent(total, share, deposit)
            }
            (Amount::UpTo(share), Some(total)) => {
                self.state.ledger.up_to(total, share);
                let fixed = self.state.ledger.base;
                self.outcome =
                    Outcome { base: false, fixed, ..Ahead::new(machine, &self.state).outcome };
                return Between::ZERO;
            }
            (Amount::Work { .. }, _) => return self.work(line),
            (Amount::ProRataAttendance, Some(total)) => {
                if let Some(count) = self.outcome.attended.get_mut(usize::from(self.done)) {
                    *count = count.saturating_add(1);
                }
                return machine.pro_rata_attendance(self.state.hours, total);
            }
            (Amount::ProRataDuration, Some(total)) => {
                if !self.state.started {
                    return Between::ZERO;
                }
                self.outcome.elapsed.push(self.state.cell);
                return Machine::pro_rata_duration(cell, total);
            }
            (
                Amount::Percent(_)
                | Amount::UpTo(_)
                | Amount::ProRataAttendance
                | Amount::ProRataDuration,
                None,
            ) => Between::anything(),
        };
        self.outcome.fixed = self.outcome.fixed.plus(own);
        own
    }

    fn work(&mut self, line: &PlannedLine) -> Between {
        let least = self.machine.plan.schedule.price.at_least();
        let topped = least.is_some() && line.closes && self.state.started;
        let any = self.owed != 0 || topped;
        self.outcome.work |= self.owed;
        self.outcome.topped |= topped;
        self.owed = 0;
        self.state.dirty = false;
        if any { Between::anything() } else { Between::ZERO }
    }
}

impl Machine<'_> {
    /// The least by which one continuation of a state bills more than another that begins no later;
    /// below zero where it may bill less.
    pub(super) fn least_more(&self, from: &State, later: &Outcome, earlier: &Outcome) -> i64 {
        let mut least = later.fixed.minus(earlier.fixed).least;
        let mut add = |amount: i64| least = least.saturating_add(amount);
        let net = from.ledger.net();
        match (later.base, earlier.base) {
            (true, false) => add(net.least),
            (false, true) => add(net.most.saturating_neg()),
            (true, true) | (false, false) => {}
        }
        if earlier.work & !later.work != 0 {
            add(self.most_work(from).saturating_neg());
        }
        if earlier.topped && !later.topped {
            add(self.most_topping().saturating_neg());
        }
        let Some((total, rounded)) = self.total else { return least };
        let cells = self.frame(from).map_or(&[][..], |frame| &frame.cells);
        let share = |cell: u16| {
            let known = cells.get(usize::from(cell));
            let any = Between::up_to(rounded);
            known.map_or(any, |cell| Machine::pro_rata_duration(cell, total))
        };
        for place in 0..later.elapsed.len().max(earlier.elapsed.len()) {
            match (later.elapsed.get(place), earlier.elapsed.get(place)) {
                // More days have gone by: no less is billed.
                (Some(then), Some(before)) if then >= before => {}
                (then, before) => {
                    add(then.map_or(0, |cell| share(*cell).least));
                    add(before.map_or(0, |cell| share(*cell).most).saturating_neg());
                }
            }
        }
        let times =
            |outcome: &Outcome| outcome.attended.iter().copied().map(i64::from).sum::<i64>();
        let more = times(later) - times(earlier);
        let attended = self.pro_rata_attendance(from.hours, total);
        add(more.saturating_mul(if more < 0 { attended.most } else { attended.least }));
        least
    }
}

impl Outcome {
    /// Whether two continuations with the same events bill the same, whatever the hours are.
    pub(super) fn is_same(&self, other: &Outcome) -> bool {
        self == other && self.fixed.is_exact()
    }
}
