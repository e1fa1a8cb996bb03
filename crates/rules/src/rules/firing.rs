//! Which lines fire at a moment, and when what they wait for comes by itself.
//!
//! In: a case as things stand, and a moment: an event that has taken effect, or the evening of a day. Out: the lines
//! that wait for it, billed in their order. The next evening that matters is computed, never looked for day by
//! day, but for lines that are looked at every evening.

use super::happening::{Remark, Stop};
use super::life::Run;
use super::moment::Moment;
use super::ready::Ready;
use super::record::{Awaited, Considered, Outcome, Step};
use crate::calendar::Date;
use crate::model::Milestone;
use crate::model::program::{Amount, Anchor, Line, Program, When};
use crate::money::Money;

impl Run {
    /// The evenings before a day, from one on: those that bring anything. The first that is not judged.
    pub(super) fn evenings(
        &mut self,
        ready: &Ready,
        from: Date,
        last_event: Date,
        before: Date,
    ) -> Result<Date, Stop> {
        let mut from = from;
        while from < before && !self.closed {
            let next = match self.foreseen {
                Some(next) => next,
                None => self.next_evening(ready, from, last_event),
            };
            if next >= before {
                self.foreseen = (ready.foresees() && self.late.is_empty()).then_some(next);
                break;
            }
            self.foreseen = None;
            self.facts.today = next;
            self.judge(ready, &Moment::default())?;
            self.late.clear();
            from = next.next();
        }
        Ok(before.max(from))
    }

    /// The first evening from one on that brings anything, as things stand.
    fn next_evening(&self, ready: &Ready, from: Date, last_event: Date) -> Date {
        let over = self.facts.terminal().is_some();
        let late = if self.late.is_empty() { Date::FAR } else { last_event };
        let mut next = late;
        for (place, line) in ready.by_calendar() {
            if self.can_fire(place, line) && !(line.pro_rata && over) {
                let days = line.whens.iter();
                let days = days.filter_map(|when| self.next_from(line, when, from, last_event));
                next = days.fold(next, Date::min);
            }
        }
        next
    }

    /// The first day from one on whose evening brings a trigger, as things stand.
    pub(super) fn next_from(
        &self,
        line: &Line,
        when: &When,
        from: Date,
        last_event: Date,
    ) -> Option<Date> {
        match when {
            When::Milestone(_) | When::Named(_) | When::Progress => None,
            When::End(civil) => Some(civil.end(from)),
            When::DayOfMonth(day) => {
                let this = day_of_month(from, *day);
                let next = || day_of_month(from.end_of_month().next(), *day);
                Some(if this >= from { this } else { next() })
            }
            When::After(length, anchor) => {
                self.facts.day_after(*anchor, *length).filter(|day| *day >= from)
            }
            When::Every { length, anchor, first } => {
                let (_, day) = self.occurrence_from(*length, *anchor, *first, from)?;
                Some(day)
            }
            When::Before(length, planned) => {
                let day = self.facts.terms.planned(*planned)?.minus(*length);
                let by_the_day =
                    line.condition.as_ref().is_some_and(|only| only.follows_the_calendar());
                if day >= from || by_the_day || from <= last_event {
                    Some(day.max(from))
                } else {
                    None
                }
            }
            When::Dates(days) => days.iter().copied().filter(|day| *day >= from).min(),
        }
    }

    /// The first occurrence of a recurrence on a day or after it: which it is, and its day. One that
    /// comes together with its anchor's event is of no evening.
    pub(super) fn occurrence_from(
        &self,
        length: crate::calendar::Duration,
        anchor: Anchor,
        first: bool,
        from: Date,
    ) -> Option<(u32, Date)> {
        let begin = self.facts.anchor(anchor)?;
        let least = match anchor {
            Anchor::Planned(_) if first => 0,
            Anchor::Planned(_) | Anchor::Milestone(_) | Anchor::Named(_) => 1,
        };
        let mut count =
            super::clock::times_to(begin, length, self.facts.shown(anchor, from)).max(least);
        loop {
            let day = self.facts.day_after(anchor, super::clock::times(length, count)?)?;
            if day >= from {
                return (day < Date::FAR).then_some((count, day));
            }
            count = count.checked_add(1)?;
        }
    }

    /// Whether a line may still fire.
    pub(super) fn can_fire(&self, place: usize, line: &Line) -> bool {
        self.barred(place, line).is_none()
    }

    /// Why a line may not fire any more, whatever its conditions.
    fn barred(&self, place: usize, line: &Line) -> Option<Outcome> {
        let (fired, counted) = self.fired.get(place).copied().unwrap_or_default();
        let most = match line.amount.parts() {
            1 => line.at_most,
            parts => Some(parts),
        };
        if self.closed {
            Some(Outcome::CaseClosed)
        } else if !line.repeats && fired > 0 {
            Some(Outcome::FiredBefore)
        } else {
            most.filter(|most| counted >= *most).map(Outcome::Exhausted)
        }
    }

    /// What comes of a line whose trigger has come.
    fn outcome(&self, program: &Program, place: usize, line: &Line, terminal: bool) -> Outcome {
        let over = !terminal && self.facts.terminal().is_some();
        if let Some(barred) = self.barred(place, line) {
            barred
        } else if line.pro_rata && over {
            Outcome::AfterTerminal
        } else if line.condition.as_ref().is_some_and(|only| !self.facts.holds(program, only)) {
            Outcome::ConditionFails
        } else {
            let counted = self.fired.get(place).map_or(0, |(_, counted)| *counted);
            Outcome::Fires(counted.saturating_add(1))
        }
    }

    /// The lines that wait for a moment, in the order in which they fire.
    pub(super) fn judge(&mut self, ready: &Ready, moment: &Moment) -> Result<(), Stop> {
        let program = &*ready.program;
        if let Some(record) = &mut self.record {
            record.steps.push(Step {
                date: self.facts.today,
                event: moment.event,
                starts: moment.is(Milestone::Start),
                ends: moment.is_terminal(),
                terms: self.facts.terms,
                considered: Vec::new(),
                of_price: Money::ZERO,
            });
        }
        for place in ready.waiting(moment) {
            if let Some(line) = program.lines.get(place) {
                self.consider(program, place, line, moment)?;
            }
        }
        let [fires, fails] = std::mem::take(&mut self.weighed);
        let line = fires.or(fails).and_then(|line| u32::try_from(line).ok());
        if let Some((line, event)) = line.zip(self.hourless)
            && !self.hours_told.contains(&line)
        {
            self.hours_told.push(line);
            self.remarks.push((event, Remark::HoursDecide(line)));
        }
        if let Some(step) = self.record.as_mut().and_then(|record| record.steps.last_mut()) {
            step.of_price = self.account.of_price;
        }
        Ok(())
    }

    /// A line fires if it waits for this moment, may still fire, and its conditions hold.
    fn consider(
        &mut self,
        program: &Program,
        place: usize,
        line: &Line,
        moment: &Moment,
    ) -> Result<(), Stop> {
        let terminal = moment.is_terminal();
        let is_late = |which| moment.event.is_none() && self.late.contains(&(place, which));
        let mut whens = line.whens.iter().enumerate();
        let when = match line.pro_rata {
            true if terminal => whens.position(|(_, when)| matches!(when, When::End(_))),
            true | false => {
                whens.position(|(which, when)| self.comes(line, when, moment) || is_late(which))
            }
        };
        let Some(when) = when else { return Ok(()) };
        let outcome = self.outcome(program, place, line, terminal);
        if self.record.is_some() {
            let late = !terminal && is_late(when) && !self.comes_by(line, when, moment);
            self.tell(program, (place, line, when), late, outcome);
        }
        if self.hourless.is_some() {
            self.weigh(program, line, outcome);
        }
        match outcome {
            Outcome::Fires(_) => self.fire(program, place, line, when, moment.event),
            Outcome::FiredBefore
            | Outcome::Exhausted(_)
            | Outcome::AfterTerminal
            | Outcome::CaseClosed
            | Outcome::ConditionFails => Ok(()),
        }
    }

    /// Whether hours that are missing decide a line at this moment.
    #[cold]
    fn weigh(&mut self, program: &Program, line: &Line, outcome: Outcome) {
        let place = match outcome {
            Outcome::Fires(_) => 0,
            Outcome::ConditionFails => 1,
            Outcome::FiredBefore
            | Outcome::Exhausted(_)
            | Outcome::AfterTerminal
            | Outcome::CaseClosed => return,
        };
        // Work without hours is told of as such.
        if matches!(line.amount, Amount::Work(_)) {
            return;
        }
        let condition = line.condition.as_ref();
        let by_condition = condition.is_some_and(|asked| self.facts.turns_on_hours(program, asked));
        let by_amount = place == 0
            && line.amount.measures_hours()
            && self.facts.terms.hours.is_some_and(|planned| self.facts.hours < planned);
        if (by_condition || by_amount)
            && let Some(weighed) = self.weighed.get_mut(place)
        {
            weighed.get_or_insert(line.index);
        }
    }

    fn comes_by(&self, line: &Line, when: usize, moment: &Moment) -> bool {
        line.whens.get(when).is_some_and(|when| self.comes(line, when, moment))
    }

    /// Notes that a line was looked at, what its condition found, and what came of it.
    #[cold]
    fn tell(
        &mut self,
        program: &Program,
        (place, line, when): (usize, &Line, usize),
        late: bool,
        outcome: Outcome,
    ) {
        let Some(mut record) = self.record.take() else { return };
        let mut found = Vec::new();
        if let (Outcome::Fires(_) | Outcome::ConditionFails, Some(condition)) =
            (outcome, &line.condition)
        {
            condition.each_test(&mut |test| found.push(self.facts.found(program, test)));
        }
        if let Outcome::Fires(_) = outcome
            && line.closes()
        {
            let place = u32::try_from(place).unwrap_or(u32::MAX);
            record.standing.closed = Some((place, self.facts.today));
        }
        let number = |of: usize| u32::try_from(of).unwrap_or(u32::MAX);
        let (line, when) = (number(place), number(when));
        record.look(Considered {
            line,
            when,
            late,
            outcome,
            found,
            computed: Vec::new(),
            counts: false,
        });
        self.record = Some(record);
    }

    /// Notes when what the lines wait for comes by itself.
    #[cold]
    pub(super) fn tell_awaited(&mut self, program: &Program, last_event: Date, as_of: Date) {
        let Some(mut record) = self.record.take() else { return };
        let from = if self.closed { self.facts.today } else { as_of.next() };
        let awaited = |line: &Line| {
            let whens = line.whens.iter();
            whens.map(|when| self.awaited(line, when, from, last_event)).collect()
        };
        record.standing.awaited = program.lines.iter().map(awaited).collect();
        record.standing.over = self.facts.life().over;
        self.record = Some(record);
    }

    fn awaited(&self, line: &Line, when: &When, from: Date, last_event: Date) -> Awaited {
        let anchor = when.anchor();
        if anchor.is_some_and(|anchor| self.facts.anchor(anchor).is_none()) {
            return Awaited::Unanchored;
        }
        // A day that has passed tells as much as one that has not.
        let day = if let When::After(length, anchor) = when {
            self.facts.day_after(*anchor, *length)
        } else {
            self.next_from(line, when, from, last_event)
        };
        match day.filter(|day| *day < Date::FAR) {
            Some(day) => Awaited::On(day),
            None if anchor == Some(Anchor::Milestone(Milestone::Start)) => Awaited::Suspended,
            None => Awaited::No,
        }
    }

    /// Whether a trigger comes at a moment.
    fn comes(&self, line: &Line, when: &When, moment: &Moment) -> bool {
        let today = self.facts.today;
        let evening = moment.event.is_none();
        match when {
            When::Milestone(milestone) => moment.is(*milestone),
            When::Named(name) => moment.named == Some(*name),
            When::Progress => moment.progress,
            When::Every { anchor, first: true, .. } if !evening => moment.is_anchor(*anchor),
            When::Before(length, planned) => {
                let day = self.facts.terms.planned(*planned).map(|day| day.minus(*length));
                day.is_some_and(|day| day <= today)
            }
            When::End(_)
            | When::DayOfMonth(_)
            | When::After(..)
            | When::Every { .. }
            | When::Dates(_) => evening && self.next_from(line, when, today, today) == Some(today),
        }
    }
}

/// That day of a date's month, or its last where the month is too short.
pub(super) fn day_of_month(date: Date, day: u32) -> Date {
    let last = date.end_of_month();
    last.minus_days(i64::from(last.day().saturating_sub(day)))
}
