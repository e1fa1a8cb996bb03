//! The life of a case: one moment after another, and which lines fire at each.
//!
//! In: events that are sound, in the order of moments. Out: billed lines and remarks. Events are moments;
//! so is what the calendar brings, at the end of its day, after all events of that day. The next day
//! that matters is computed, never looked for day by day, but for lines that are looked at every evening.

use super::account::Account;
use super::happening::{Billed, Deed, Happening, Remark, Stop};
use super::judge::Facts;
use super::payers::{Parts, Payers};
use super::record::{Awaited, Considered, Outcome, Record, Step};
use super::work::{Stated, Work};
use crate::calendar::Date;
use crate::life::{Becomes, Life, What};
use crate::model::program::{Amount, Anchor, Form, Kind, Line, Name, Program, Terms, When};
use crate::model::{ByMilestone, Milestone, Terminal};
use crate::money::{Hours, Money, Percent};

/// A case under way. It can be used for one case after another.
#[derive(Default)]
pub struct Run {
    pub(super) facts: Facts,
    pub(super) account: Account,
    pub(super) work: Work,
    pub(super) payers: Payers,
    /// How often each line has fired, and how often that counted.
    pub(super) fired: Vec<(u32, u32)>,
    pub(super) closed: bool,
    /// The billed lines.
    pub lines: Vec<Billed>,
    /// The place of each event that is worth a remark.
    pub remarks: Vec<(u32, Remark)>,
    /// Deadlines that an amendment of today put in the past, by line and trigger.
    late: Vec<(usize, usize)>,
    pub(super) parts: Parts,
    /// What is decided and on what, where that is wanted: else it costs nothing.
    pub record: Option<Box<Record>>,
}

/// How a case stands, once its history has been taken.
pub struct Stands {
    /// Whether a balance has closed it.
    pub closed: bool,
    /// What it has come to.
    pub life: Life,
    /// Since when it is suspended, where it is.
    pub suspended: Option<Date>,
    /// What is certified.
    pub progress: Percent,
}

/// A moment; by default the end of a day.
#[derive(Clone, Copy, Default)]
pub(super) struct Moment {
    /// Its event; none for the end of a day.
    pub event: Option<u32>,
    reached: ByMilestone<bool>,
    progress: bool,
    named: Option<Name>,
    /// Whether it is the first of that name.
    first_named: bool,
}

impl Moment {
    fn of(event: u32) -> Moment {
        Moment { event: Some(event), ..Moment::default() }
    }

    fn is(&self, milestone: Milestone) -> bool {
        *self.reached.get(milestone)
    }

    fn is_terminal(&self) -> bool {
        Terminal::ALL.into_iter().any(|over| self.is(over.milestone()))
    }

    fn is_anchor(&self, anchor: Anchor) -> bool {
        match anchor {
            Anchor::Milestone(milestone) => self.is(milestone),
            Anchor::Named(name) => self.first_named && self.named == Some(name),
            Anchor::Planned(_) => false,
        }
    }
}

impl Run {
    /// How the case stands.
    pub fn stands(&self) -> Stands {
        Stands {
            closed: self.closed,
            life: self.facts.life(),
            suspended: self.facts.suspensions.under_way(),
            progress: self.facts.progress,
        }
    }

    /// Takes every moment of a sound history up to and including `as_of`.
    pub fn take(
        &mut self,
        program: &Program,
        terms: Terms,
        payers: Payers,
        history: &[Happening],
        as_of: Date,
    ) -> Result<(), Stop> {
        self.facts.reset(program.names.len(), terms);
        self.account.reset();
        self.work.reset(program.names.len());
        self.payers = payers;
        self.fired.clear();
        self.fired.resize(program.lines.len(), (0, 0));
        self.closed = false;
        self.lines.clear();
        self.remarks.clear();
        self.late.clear();
        if let Some(record) = &mut self.record {
            **record = Record::default();
        }
        let until = history.partition_point(|happening| happening.date <= as_of);
        let (counted, later) = history.split_at_checked(until).unwrap_or((history, &[]));
        self.remarks.extend(later.iter().map(|happening| (happening.event, Remark::NotYet)));
        let Some(first) = counted.first() else { return Ok(()) };
        self.facts.first = first.date;
        self.suspend(program, counted);
        let mut evening = first.date;
        let mut last_event = first.date;
        for happening in counted {
            if evening < happening.date {
                evening = self.evenings(program, evening, last_event, happening.date)?;
            }
            self.facts.today = happening.date;
            last_event = happening.date;
            if self.closed {
                self.remark(happening, Remark::AfterClosing);
            } else {
                self.event(program, happening)?;
            }
        }
        self.evenings(program, evening, last_event, as_of.next())?;
        self.number();
        let bills_work = |line: &Line| matches!(line.amount, Amount::Work(_));
        if self.record.is_some() && !self.closed && program.lines.iter().any(bills_work) {
            // The run is over: what is left is counted as the next line of work would bill it.
            let items = self.work.bill(program, Form::Itemised)?;
            let sum = items.iter().try_fold(Money::ZERO, |sum, item| sum.plus(item.amount));
            if let Some(record) = &mut self.record {
                record.standing.unbilled = sum;
                let days =
                    items.iter().map(|item| item.days.map_or(item.entry.date, |days| days.0));
                record.standing.unbilled_since = days.min();
            }
        }
        if let Some(record) = &mut self.record {
            record.standing.cuts.clone_from(&self.work.cuts);
            let open = self.account.open.iter();
            record.standing.deposits =
                open.map(|deposit| (deposit.line, Money(deposit.left()))).collect();
        }
        self.tell_awaited(program, last_event, as_of);
        Ok(())
    }

    /// Notes the suspensions of a history.
    fn suspend(&mut self, program: &Program, history: &[Happening]) {
        let mut since: Option<Date> = None;
        let mut over = false;
        for happening in history {
            let remark = match happening.deed {
                Deed::Suspension | Deed::Resumption if !program.may_suspend => {
                    Some(Remark::NoSuspension)
                }
                Deed::Suspension if since.is_some() || over => Some(Remark::ChangesNothing),
                Deed::Suspension => {
                    since = Some(happening.date);
                    None
                }
                Deed::Resumption => match since.take() {
                    Some(from) => {
                        self.facts.suspensions.add(from, happening.date);
                        None
                    }
                    None => Some(Remark::ChangesNothing),
                },
                Deed::Milestone(milestone) => {
                    over |= milestone.is_terminal();
                    None
                }
                Deed::Action(name, _) => {
                    over |= program.names.get(name.0 as usize).is_some_and(|named| named.ends_case);
                    None
                }
                Deed::Opened | Deed::Amendment(_) | Deed::Named(_) | Deed::Progress(_) => None,
            };
            if over && let Some(from) = since.take() {
                self.facts.suspensions.add(from, happening.date);
            }
            if let Some(remark) = remark {
                self.remark(happening, remark);
            }
        }
        if let Some(from) = since {
            self.facts.suspensions.add(from, Date::FAR);
        }
    }

    fn remark(&mut self, happening: &Happening, remark: Remark) {
        self.remarks.push((happening.event, remark));
    }

    /// An event takes effect, and its moment is judged.
    fn event(&mut self, program: &Program, happening: &Happening) -> Result<(), Stop> {
        let mut moment = Moment::of(happening.event);
        match happening.deed {
            Deed::Opened | Deed::Suspension | Deed::Resumption => {}
            Deed::Amendment(terms) => {
                self.amend(program, terms);
                return Ok(());
            }
            Deed::Milestone(milestone) => {
                match self.facts.life().take(What::Milestone(milestone)) {
                    Ok(becomes) => self.reach(becomes, &mut moment),
                    Err(idle) => self.remark(happening, Remark::Idle(idle)),
                }
            }
            Deed::Action(name, stated) => {
                self.act(program, happening, name, stated, &mut moment)?
            }
            Deed::Named(name) => self.note(name, &mut moment),
            Deed::Progress(percent) => {
                self.facts.progress = percent;
                moment.progress = true;
            }
        }
        if matches!(happening.deed, Deed::Opened) {
            return Ok(());
        }
        self.judge(program, moment)
    }

    /// The case comes to milestones today.
    fn reach(&mut self, becomes: Becomes, moment: &mut Moment) {
        for milestone in becomes.milestones() {
            *self.facts.reached.get_mut(milestone) = Some(self.facts.today);
            *moment.reached.get_mut(milestone) = true;
        }
    }

    fn note(&mut self, name: Name, moment: &mut Moment) {
        moment.named = Some(name);
        moment.first_named = self.facts.anchor(Anchor::Named(name)).is_none();
        self.facts.note(name);
    }

    /// An action: it is work, and may start or end the case.
    fn act(
        &mut self,
        program: &Program,
        happening: &Happening,
        name: Name,
        stated: Stated,
        moment: &mut Moment,
    ) -> Result<(), Stop> {
        let today = self.facts.today;
        let named = program.names.get(name.0 as usize);
        let ends = named.is_some_and(|named| named.ends_case);
        match self.facts.life().take(What::Action { ends }) {
            Ok(becomes) => self.reach(becomes, moment),
            Err(idle) => self.remark(happening, Remark::Idle(idle)),
        }
        self.note(name, moment);
        let hours = stated.hours.unwrap_or(Hours::ZERO);
        self.facts.hours = self.facts.hours.plus(hours).ok_or(Stop::TooLarge)?;
        let worked = match named {
            Some(named) => {
                if named.unlisted {
                    self.remark(happening, Remark::Unlisted);
                }
                named.worked.as_ref()
            }
            None => {
                if program.declares_actions {
                    self.remark(happening, Remark::Unlisted);
                }
                program.unlisted.as_ref()
            }
        };
        let Some(worked) = worked else { return Ok(()) };
        for amiss in worked.amiss(stated) {
            self.remark(happening, Remark::Work(amiss));
        }
        let of = (Some(happening.event), name, today);
        self.work.add(program, worked, of, stated, self.facts.terms.rate).map_err(Stop::from)
    }

    /// The terms change: a deadline that this moves to a day already past comes this evening.
    fn amend(&mut self, program: &Program, terms: Terms) {
        let before = self.facts.terms;
        self.facts.terms = terms.or(before);
        for (place, line) in program.lines.iter().enumerate() {
            for (which, when) in line.whens.iter().enumerate() {
                let When::After(length, Anchor::Planned(date)) = when else { continue };
                let (was, is) = (before.planned(*date), self.facts.terms.planned(*date));
                let past = is.is_some_and(|is| is.plus(*length) < self.facts.today);
                if was != is {
                    self.late.retain(|late| *late != (place, which));
                    if past {
                        self.late.push((place, which));
                    }
                }
            }
        }
    }

    /// The evenings before a day, from one on: those that bring anything. The first that is not judged.
    fn evenings(
        &mut self,
        program: &Program,
        from: Date,
        last_event: Date,
        before: Date,
    ) -> Result<Date, Stop> {
        let mut from = from;
        while from < before && !self.closed {
            let late = if self.late.is_empty() { Date::FAR } else { last_event };
            let next = program
                .lines
                .iter()
                .enumerate()
                .filter(|(place, line)| {
                    self.can_fire(*place, line)
                        && !(line.pro_rata && self.facts.terminal().is_some())
                })
                .flat_map(|(_, line)| line.whens.iter().map(move |when| (line, when)))
                .filter_map(|(line, when)| self.next_from(line, when, from, last_event))
                .min()
                .unwrap_or(Date::FAR)
                .min(late);
            if next >= before {
                break;
            }
            self.facts.today = next;
            self.judge(program, Moment::default())?;
            self.late.clear();
            from = next.next();
        }
        Ok(before.max(from))
    }

    /// The first day from one on whose evening brings a trigger, as things stand.
    fn next_from(&self, line: &Line, when: &When, from: Date, last_event: Date) -> Option<Date> {
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
            super::clock::times_before(begin, length, self.facts.shown(anchor, from)).max(least);
        loop {
            let day = self.facts.day_after(anchor, super::clock::times(length, count)?)?;
            if day >= from {
                return (day < Date::FAR).then_some((count, day));
            }
            count = count.checked_add(1)?;
        }
    }

    /// Whether a line may still fire.
    fn can_fire(&self, place: usize, line: &Line) -> bool {
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
            let fired = self.fired.get(place).map_or(0, |(fired, _)| *fired);
            Outcome::Fires(fired.saturating_add(1))
        }
    }

    /// The lines that wait for a moment, in the order in which they fire: at the terminal event, what is
    /// of a period comes before all balances.
    fn judge(&mut self, program: &Program, moment: Moment) -> Result<(), Stop> {
        let terminal = moment.is_terminal();
        if let Some(record) = &mut self.record {
            record.steps.push(Step {
                date: self.facts.today,
                event: moment.event,
                starts: moment.is(Milestone::Start),
                ends: terminal,
                terms: self.facts.terms,
                considered: Vec::new(),
                of_price: Money::ZERO,
            });
        }
        let turn = |line: &Line| match line.kind {
            Kind::Deposit | Kind::Installment | Kind::Discount => 0,
            Kind::Balance if terminal && line.pro_rata => 1,
            Kind::Balance => 2,
        };
        for now in 0..=2 {
            for (place, line) in program.lines.iter().enumerate() {
                if turn(line) == now {
                    self.consider(program, place, line, moment)?;
                }
            }
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
        moment: Moment,
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
        match outcome {
            Outcome::Fires(_) => self.fire(program, place, line, when, moment.event),
            Outcome::FiredBefore
            | Outcome::Exhausted(_)
            | Outcome::AfterTerminal
            | Outcome::CaseClosed
            | Outcome::ConditionFails => Ok(()),
        }
    }

    fn comes_by(&self, line: &Line, when: usize, moment: Moment) -> bool {
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
        record.look(Considered { line, when, late, outcome, found, computed: Vec::new() });
        self.record = Some(record);
    }

    /// Notes when what the lines wait for comes by itself.
    #[cold]
    fn tell_awaited(&mut self, program: &Program, last_event: Date, as_of: Date) {
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
        let anchor = match when {
            When::After(_, anchor) | When::Every { anchor, .. } => Some(*anchor),
            When::Before(_, planned) => Some(Anchor::Planned(*planned)),
            When::Milestone(_)
            | When::Named(_)
            | When::Progress
            | When::End(_)
            | When::DayOfMonth(_)
            | When::Dates(_) => None,
        };
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
    fn comes(&self, line: &Line, when: &When, moment: Moment) -> bool {
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

    /// Numbers the invoices: by day, then by payer.
    fn number(&mut self) {
        let mut last = 0;
        let mut rest = self.lines.as_mut_slice();
        while let Some(date) = rest.first().map(|line| line.date) {
            let end = rest.iter().position(|line| line.date != date).unwrap_or(rest.len());
            let (today, after) = rest.split_at_mut(end);
            let mut payers: Vec<_> = today.iter().map(|line| line.payer).collect();
            payers.sort_unstable();
            payers.dedup();
            for line in today {
                let place = payers.iter().position(|payer| *payer == line.payer).unwrap_or(0);
                line.invoice = last + 1 + u32::try_from(place).unwrap_or(0);
            }
            last += u32::try_from(payers.len()).unwrap_or(0);
            rest = after;
        }
    }
}

/// That day of a date's month, or its last where the month is too short.
pub(super) fn day_of_month(date: Date, day: u32) -> Date {
    let last = date.end_of_month();
    last.minus_days(i64::from(last.day().saturating_sub(day)))
}

/// What the price of a case is made of, as things stand.
impl Run {
    pub(super) fn total(&self, program: &Program) -> Result<crate::money::Exact, Stop> {
        let terms = &self.facts.terms;
        let missing = if !program.price.is_a_rate() {
            Stop::NoPrice
        } else if terms.rate.is_none() {
            Stop::NoRate
        } else if terms.hours.is_none() {
            Stop::NoPlannedHours
        } else {
            Stop::TooLarge
        };
        program.total(terms.price, terms.rate, terms.hours).ok_or(missing)
    }
}
