//! The moments of a case, in order, and which lines wait at each.
//!
//! Events are moments; so are the calendar's dates, at the end of their day, after all events of
//! that day. The next calendar date that matters is computed, never looked for day by day.

use super::fault::Stop;
use super::fired::{Fired, FiredLines};
use super::history::{Happened, What};
use super::{Bill, Notice, NoticeKind, Notices, Observer, State, WorkItem};
use crate::calendar::Date;
use crate::life::{self, Becomes};
use crate::model::{Milestone, SubjectKind};
use crate::money::Hours;
use crate::plan::{CalendarTrigger, Clock, LineId, NameId, Plan, PlannedName, TriggerId, Work};

/// One evaluation under way.
pub struct Run<'a, O> {
    pub(super) plan: &'a Plan,
    pub(super) state: &'a mut State,
    pub(super) observer: &'a mut O,
    /// The invoice lines so far.
    pub(super) lines: &'a mut Vec<Fired>,
    /// The notices so far.
    pub(super) notices: &'a mut Notices,
    /// The next day on which the calendar has a moment that matters.
    next_calendar: Date,
    /// The triggers of a moment that has several.
    pub(super) triggers: &'a mut Vec<TriggerId>,
    /// The lines that wait for one of them, in the order in which they fire.
    pub(super) waiting: &'a mut Vec<LineId>,
}

/// What an evaluation works with and leaves behind, to be used again.
#[derive(Default)]
pub struct Desk {
    pub state: State,
    pub lines: Vec<Fired>,
    pub notices: Notices,
    triggers: Vec<TriggerId>,
    waiting: Vec<LineId>,
}

impl Desk {
    /// What the case comes to that has been evaluated on it.
    pub fn bill(&mut self) -> Bill<'_> {
        self.notices.sort();
        Bill { lines: FiredLines::First(&self.lines), notices: &self.notices }
    }
}

/// Whether something that happens again counts again: as work that is billed, or as hours that decide.
pub fn adds_work(plan: &Plan, happened: Happened) -> bool {
    let Some((name, hours)) = happened.named() else { return false };
    let any = hours.is_some_and(|hours| hours > Hours::ZERO);
    plan.named(name).filter(|named| named.kind == SubjectKind::Action).is_some_and(|named| {
        match named.work {
            Work::Flat(_) => true,
            Work::Hourly(_) => any,
            Work::None => any && plan.asks_hours,
        }
    })
}

/// The moment that is being judged.
#[derive(Clone, Copy)]
pub struct Moment {
    /// Its event's place in the slice of events; `None` for the calendar.
    pub event: Option<u32>,
}

impl<'a, O: Observer> Run<'a, O> {
    /// Begins before the first event, on a desk whose state is that of a new case.
    pub fn new(plan: &'a Plan, desk: &'a mut Desk, observer: &'a mut O) -> Self {
        let Desk { state, lines, notices, triggers, waiting } = desk;
        Self { plan, state, observer, lines, notices, next_calendar: Date::FAR, triggers, waiting }
    }

    /// Takes every moment of a history, in order, up to and including `as_of`; gives how many came before the case was closed.
    pub fn take(&mut self, history: &[Happened], as_of: Date) -> Result<usize, Stop> {
        let Some(first) = history.first().map(|first| first.date()) else { return Ok(0) };
        let until = match history.last() {
            Some(last) if last.date() > as_of => history.partition_point(|of| of.date() <= as_of),
            Some(_) | None => history.len(),
        };
        let (counted, later) = history.split_at_checked(until).unwrap_or((history, &[]));
        self.aim(first);
        let mut taken = counted.len();
        for happened in counted {
            let date = happened.date();
            if self.next_calendar < date {
                self.calendar_before(date)?;
            }
            self.state.today = date;
            if self.state.closed {
                taken -= 1;
                self.notice(happened, NoticeKind::AfterClosing);
            } else {
                match happened.named() {
                    Some((name, hours)) => self.named(happened, name, hours)?,
                    None => self.unnamed(happened)?,
                }
            }
        }
        if !counted.is_empty() && self.next_calendar <= as_of {
            self.calendar_before(as_of.next())?;
        }
        for happened in later {
            self.notice(happened, NoticeKind::NotYet);
        }
        self.observer.finished(self.state);
        Ok(taken)
    }

    /// The calendar's moments before a day.
    fn calendar_before(&mut self, day: Date) -> Result<(), Stop> {
        while self.next_calendar < day && !self.state.closed {
            let date = self.next_calendar;
            self.state.today = date;
            let moment = Moment { event: None };
            match self.plan.calendar() {
                [only] => self.judge_one(only.id, moment)?,
                calendar => {
                    let anchors = self.state.anchors;
                    let due = |trigger: &&CalendarTrigger| {
                        trigger.day.next_from(date, &anchors) == Some(date)
                    };
                    self.triggers.clear();
                    self.triggers.extend(calendar.iter().filter(due).map(|trigger| trigger.id));
                    self.judge_all(moment)?;
                }
            }
            self.aim_after(date);
        }
        Ok(())
    }

    /// Finds the next day, from this one on, on which the calendar has a moment that matters, as
    /// things stand: to be done anew when the case starts, is signed, or has work that waits for
    /// the end of the month.
    #[inline(always)]
    fn aim(&mut self, from: Date) {
        match self.plan.clock {
            Clock::None => {}
            Clock::WorkOfTheMonth if !O::LISTENS => {
                let work = self.state.unbilled.days.is_some();
                self.next_calendar = if work { from.end_of_month() } else { Date::FAR };
            }
            Clock::WorkOfTheMonth | Clock::Any => {
                self.next_calendar = self.next_calendar_from(from);
            }
        }
    }

    /// The same, for the days after this one.
    #[inline]
    fn aim_after(&mut self, day: Date) {
        match self.plan.clock {
            Clock::WorkOfTheMonth if !O::LISTENS && self.state.unbilled.days.is_none() => {
                self.next_calendar = Date::FAR;
            }
            Clock::None | Clock::WorkOfTheMonth | Clock::Any => self.aim(day.next()),
        }
    }

    #[inline(never)]
    fn next_calendar_from(&self, from: Date) -> Date {
        let mut next = Date::FAR;
        for trigger in self.plan.calendar() {
            if let Some(day) = trigger.day.next_from(from, &self.state.anchors)
                && (O::LISTENS || !trigger.day.repeats() || self.matters(trigger.id))
            {
                next = next.min(day);
            }
        }
        next
    }

    /// Whether anything can come of month ends before the next event. A line of work that closes
    /// nothing bills nothing where there is no work, and a line that fires once may have done so.
    fn matters(&self, month_end: TriggerId) -> bool {
        self.plan.waiting_for(month_end).iter().any(|id| {
            let Some(line) = self.plan.line(*id) else { return false };
            if line.amount.is_work() {
                line.closes || self.state.unbilled.days.is_some()
            } else {
                self.state.fired.get(id.0 as usize).copied().flatten().is_none()
            }
        })
    }

    /// An event that has no name: a case has few of them.
    #[inline(never)]
    fn unnamed(&mut self, happened: &Happened) -> Result<(), Stop> {
        let milestone = match happened.what() {
            What::Opened | What::Named(..) => return Ok(()),
            What::Milestone(milestone) => milestone,
        };
        match self.state.life().take(life::What::Milestone(milestone)) {
            Err(idle) => {
                self.notice(happened, NoticeKind::idle(idle));
                Ok(())
            }
            Ok(new) => {
                self.becomes(new);
                let moment = Moment { event: Some(happened.event) };
                self.judge_at_most_one(self.plan.milestone(milestone), moment)
            }
        }
    }

    /// An event makes this of the case; from a start or a signature on, other days matter.
    fn becomes(&mut self, new: Becomes) {
        self.state.becomes(self.plan, new);
        if new.signed || new.started {
            self.aim(self.state.today);
        }
    }

    /// An action, a deliverable or a named event: most events are.
    #[inline(always)]
    fn named(
        &mut self,
        happened: &Happened,
        name: NameId,
        hours: Option<Hours>,
    ) -> Result<(), Stop> {
        let Some(named) = self.plan.named(name) else { return Ok(()) };
        let moment = Moment { event: Some(happened.event) };
        self.state.note_happened(name);
        if !named.is_work || self.state.anchors.started.is_none() {
            return self.other(happened, name, named, hours);
        }
        self.work(happened, named, hours)?;
        self.judge_at_most_one(named.trigger, moment)
    }

    /// Anything with a name that is more than one more action of a case that has started, or less.
    #[inline(never)]
    fn other(
        &mut self,
        happened: &Happened,
        name: NameId,
        named: &PlannedName,
        hours: Option<Hours>,
    ) -> Result<(), Stop> {
        let moment = Moment { event: Some(happened.event) };
        match named.kind {
            SubjectKind::Action => {}
            SubjectKind::Deliverable | SubjectKind::Event => {
                if !name.is_known() {
                    self.notice(happened, NoticeKind::unknown(named.kind));
                }
                return self.judge_at_most_one(named.trigger, moment);
            }
        }
        if self.plan.declares_actions && !named.declared {
            self.notice(happened, NoticeKind::UnlistedAction);
        } else if name == NameId::LOOK_ALIKE {
            self.notice(happened, NoticeKind::LookAlikeAction);
        }
        let action = life::What::Action { ends: named.ends_case };
        let new = self.state.life().take(action).unwrap_or_default();
        self.becomes(new);
        self.work(happened, named, hours)?;
        let start = self.plan.milestone(Milestone::Start).filter(|_| new.started);
        let end = self.plan.milestone(Milestone::End).filter(|_| new.over.is_some());
        match (start, end) {
            (None, None) => self.judge_at_most_one(named.trigger, moment),
            (start, end) => {
                self.triggers.clear();
                self.triggers.extend(named.trigger);
                self.triggers.extend(start);
                self.triggers.extend(end);
                self.judge_all(moment)
            }
        }
    }

    /// Adds an action's hours, and what they come to as work that is not billed yet.
    #[inline(always)]
    fn work(
        &mut self,
        happened: &Happened,
        named: &PlannedName,
        hours: Option<Hours>,
    ) -> Result<(), Stop> {
        match hours {
            Some(given) => self.state.hours = self.state.hours.plus(given).ok_or(Stop::TooLarge)?,
            None if self.plan.asks_hours => self.without_hours(happened, named),
            None => {}
        }
        let (hours, unit_price, amount) = match named.work {
            Work::None => return Ok(()),
            Work::Flat(amount) => (None, amount, amount),
            Work::Hourly(rate) => {
                if hours.is_none() {
                    self.notice(happened, NoticeKind::NoHours);
                }
                let given = hours.unwrap_or(Hours::ZERO);
                let room = self.plan.most_hours.0.saturating_sub(self.state.hours_taken.0);
                let billed = given.min(Hours(room));
                if billed < given {
                    self.observer.hours_cut(happened.event, given, billed);
                }
                let taken = self.state.hours_taken.plus(billed).ok_or(Stop::TooLarge)?;
                self.state.hours_taken = taken;
                if billed == Hours::ZERO {
                    return Ok(());
                }
                (Some(billed), rate, billed.priced(rate).ok_or(Stop::TooLarge)?)
            }
        };
        let date = happened.date();
        let first = self.state.unbilled.days.is_none();
        self.state.unbilled.add(amount, date)?;
        if O::LISTENS || self.plan.itemises {
            let event = Some(happened.event);
            self.state.unbilled.items.push(WorkItem { event, date, hours, unit_price, amount });
        }
        if first && self.plan.month_end().is_some() {
            self.aim(date);
        }
        Ok(())
    }

    /// An action states no hours. What is billed each time has none to state, and what ends a case mostly has not.
    #[cold]
    fn without_hours(&mut self, happened: &Happened, named: &PlannedName) {
        let could = match named.work {
            Work::None | Work::Hourly(_) => !named.ends_case,
            Work::Flat(_) => false,
        };
        if could {
            self.state.hourless.get_or_insert((happened.event, happened.date()));
        }
    }

    #[cold]
    fn notice(&mut self, happened: &Happened, kind: NoticeKind) {
        let event = happened.event as usize;
        self.notices.push(Notice { date: happened.date(), event, kind });
    }
}
