//! The moments of a case, in order, and which lines fire at each.
//!
//! Events are moments; so are the calendar's dates, at the end of their day, after all events of
//! that day. The next calendar date is computed, never looked for day by day.

use super::history::{Happened, History, What};
use super::lines::Fired;
use super::{Notice, NoticeKind, Observer, State, Verdict, Withheld, WorkItem};
use crate::calendar::Date;
use crate::model::{Anchor, LineKind, Price, Rate};
use crate::money::{Exact, Hours, Money};
use crate::plan::{CalendarAnchor, LineId, NameId, Plan, PlannedAction, TriggerId};

/// One evaluation under way.
pub struct Run<'a, O> {
    pub(super) plan: &'a Plan,
    pub(super) history: &'a History,
    pub(super) state: &'a mut State,
    pub(super) observer: &'a mut O,
    /// The invoice lines so far.
    pub lines: Vec<Fired>,
    /// The notices so far.
    pub notices: Vec<Notice>,
    /// Calendar dates before this one have had their moment.
    calendar_from: Date,
    /// The triggers of the moment that is being judged.
    triggers: Vec<TriggerId>,
    /// The lines that wait for one of them, in the order in which they fire.
    waiting: Vec<LineId>,
}

/// The moment that is being judged.
#[derive(Clone, Copy)]
pub struct Moment {
    /// Its event's place in the slice of events; `None` for the calendar.
    pub event: Option<u32>,
}

impl<'a, O: Observer> Run<'a, O> {
    /// Begins before the first event.
    pub fn new(
        plan: &'a Plan,
        history: &'a History,
        state: &'a mut State,
        observer: &'a mut O,
    ) -> Self {
        let calendar_from = history.happened.first().map_or(Date::MAX, |first| first.date);
        Self {
            plan,
            history,
            state,
            observer,
            lines: Vec::new(),
            notices: Vec::new(),
            calendar_from,
            triggers: Vec::new(),
            waiting: Vec::new(),
        }
    }

    /// Takes every moment up to and including `as_of`.
    pub fn to(&mut self, as_of: Date) -> Result<(), Withheld> {
        self.plan.total(self.state.terms.hours).map_err(|_| Withheld::TooLarge)?;
        for happened in &self.history.happened {
            self.calendar_before(happened.date)?;
            if self.state.closed {
                self.notice(happened, NoticeKind::AfterClosing);
            } else {
                self.event(happened)?;
            }
        }
        if !self.history.happened.is_empty() {
            self.calendar_before(next_day(as_of))?;
        }
        self.observer.finished(self.state);
        Ok(())
    }

    /// The calendar's moments before a day.
    fn calendar_before(&mut self, day: Date) -> Result<(), Withheld> {
        while !self.state.closed
            && let Some(date) = self.next_calendar_date().filter(|date| *date < day)
        {
            self.state.today = date;
            self.triggers.clear();
            let simple = self.plan.simple();
            self.triggers.extend(simple.month_end.filter(|_| date == date.end_of_month()));
            let plan = self.plan;
            for trigger in plan.calendar() {
                if self.day_of(trigger.from) == Some(date) {
                    self.triggers.push(trigger.id);
                }
            }
            self.calendar_from = next_day(date);
            self.judge(Moment { event: None })?;
        }
        self.calendar_from = self.calendar_from.max(day);
        Ok(())
    }

    fn next_calendar_date(&self) -> Option<Date> {
        let month_end = self.plan.simple().month_end.map(|_| self.calendar_from.end_of_month());
        let dates = self.plan.calendar().iter().filter_map(|trigger| self.day_of(trigger.from));
        dates.filter(|date| *date >= self.calendar_from).chain(month_end).min()
    }

    /// The day of a calendar trigger, where it is known yet.
    fn day_of(&self, from: CalendarAnchor) -> Option<Date> {
        match from {
            CalendarAnchor::Date(date) => Some(date),
            CalendarAnchor::After(length, Anchor::Start) => {
                self.state.started.map(|start| start.plus(length))
            }
            CalendarAnchor::After(length, Anchor::Signature) => {
                self.state.signed.map(|signed| signed.plus(length))
            }
        }
    }

    fn event(&mut self, happened: &Happened) -> Result<(), Withheld> {
        self.state.today = happened.date;
        self.triggers.clear();
        let simple = self.plan.simple();
        match happened.what {
            What::Opened => return Ok(()),
            What::Signature => {
                if self.state.signed.is_some() {
                    self.notice(happened, NoticeKind::SecondSignature);
                    return Ok(());
                }
                self.state.signed = Some(happened.date);
                self.triggers.extend(simple.signature);
            }
            What::Start => {
                if self.state.started.is_some() {
                    self.notice(happened, NoticeKind::SecondStart);
                    return Ok(());
                }
                self.state.start(self.plan);
                self.triggers.extend(simple.start);
            }
            What::Action { name, hours } => self.action(happened, name, hours)?,
            What::Named(name) => {
                self.state.note_happened(name);
                self.triggers.extend(self.plan.trigger_of(name));
            }
            What::UnknownDeliverable => self.notice(happened, NoticeKind::UnknownDeliverable),
            What::UnknownEvent => self.notice(happened, NoticeKind::UnknownEvent),
            What::End | What::Abandonment if self.state.is_over() => {
                self.notice(happened, NoticeKind::SecondEnd);
                return Ok(());
            }
            What::End => {
                self.state.ended = true;
                self.triggers.extend(simple.end);
            }
            What::Abandonment => {
                self.state.abandoned = true;
                self.triggers.extend(simple.abandonment);
            }
        }
        self.judge(Moment { event: Some(happened.event) })
    }

    fn action(
        &mut self,
        happened: &Happened,
        name: Option<NameId>,
        hours: Option<Hours>,
    ) -> Result<(), Withheld> {
        let action = self.plan.action(name);
        if self.plan.declares_actions && !action.declared {
            self.notice(happened, NoticeKind::UnlistedAction);
        }
        if let Some(name) = name {
            self.state.note_happened(name);
            self.triggers.extend(self.plan.trigger_of(name));
        }
        let simple = self.plan.simple();
        if self.state.started.is_none() {
            self.state.start(self.plan);
            self.triggers.extend(simple.start);
        }
        if action.ends_case && !self.state.is_over() {
            self.state.ended = true;
            self.triggers.extend(simple.end);
        }
        let given = hours.unwrap_or(Hours::ZERO);
        self.state.hours = self.state.hours.plus(given).ok_or(Withheld::TooLarge)?;
        self.take_work(happened, action, hours)
    }

    /// Adds what an action comes to to the work that is not billed yet.
    fn take_work(
        &mut self,
        happened: &Happened,
        action: PlannedAction,
        hours: Option<Hours>,
    ) -> Result<(), Withheld> {
        let (rate, most) = match (self.plan.schedule.price, action.rate) {
            (Price::Fixed(_), _) | (Price::PerAction, Rate::NotBilled | Rate::AsPriced) => {
                return Ok(());
            }
            (Price::PerAction, Rate::Flat(amount)) => {
                return self.add_work(happened, None, amount, amount);
            }
            (Price::PerAction, Rate::Hourly(rate)) => (rate, None),
            (Price::Hourly { rate, at_most, .. }, _) => (rate, at_most),
        };
        if hours.is_none() {
            self.notice(happened, NoticeKind::NoHours);
        }
        let given = hours.unwrap_or(Hours::ZERO);
        let room =
            most.map_or(given, |most| Hours(most.0.saturating_sub(self.state.hours_taken.0)));
        let billed = given.min(room);
        if billed < given {
            self.observer.hours_cut(happened.event, given, billed);
        }
        self.state.hours_taken = self.state.hours_taken.plus(billed).ok_or(Withheld::TooLarge)?;
        if billed == Hours::ZERO {
            return Ok(());
        }
        let amount = billed.at_rate(rate).and_then(Exact::round).ok_or(Withheld::TooLarge)?;
        self.add_work(happened, Some(billed), rate, amount)
    }

    fn add_work(
        &mut self,
        happened: &Happened,
        hours: Option<Hours>,
        unit_price: Money,
        amount: Money,
    ) -> Result<(), Withheld> {
        let event = Some(happened.event);
        let item = WorkItem { event, date: happened.date, hours, unit_price, amount };
        self.state.unbilled.add(item)
    }

    fn notice(&mut self, happened: &Happened, kind: NoticeKind) {
        let event = happened.event as usize;
        self.notices.push(Notice { date: happened.date, event, kind });
    }

    /// Looks at the lines that wait for the triggers of this moment.
    fn judge(&mut self, moment: Moment) -> Result<(), Withheld> {
        self.observer.moment(self.state.today, moment.event, &self.triggers, self.state);
        self.waiting.clear();
        for trigger in &self.triggers {
            self.waiting.extend(self.plan.waiting_for(*trigger));
        }
        if self.triggers.len() > 1 {
            self.waiting.sort_unstable();
            self.waiting.dedup();
        }
        let waiting = std::mem::take(&mut self.waiting);
        for id in &waiting {
            let verdict = self.verdict(*id);
            self.observer.considered(*id, verdict, self.state);
            if verdict == Verdict::Fires {
                self.fire(*id, moment)?;
            }
        }
        self.waiting = waiting;
        self.observer.settled(self.state);
        Ok(())
    }

    fn verdict(&self, id: LineId) -> Verdict {
        let Some(line) = self.plan.line(id) else { return Verdict::ConditionFails };
        if self.state.closed {
            return Verdict::CaseClosed;
        }
        let fired = self.state.fired.get(id.0 as usize).copied().flatten();
        if let Some(date) = fired.filter(|_| line.once) {
            return Verdict::FiredBefore(date);
        }
        match &line.condition {
            Some(condition) if !self.state.holds(condition) => Verdict::ConditionFails,
            Some(_) | None => Verdict::Fires,
        }
    }

    fn fire(&mut self, id: LineId, moment: Moment) -> Result<(), Withheld> {
        let Some(line) = self.plan.line(id) else { return Ok(()) };
        let trigger = line.triggers.iter().find(|trigger| self.triggers.contains(trigger));
        let Some(trigger) = trigger.copied() else { return Ok(()) };
        if let Some(slot) = self.state.fired.get_mut(id.0 as usize) {
            slot.get_or_insert(self.state.today);
        }
        let before = self.lines.len();
        self.bill(id, line, trigger, moment)?;
        match line.kind {
            LineKind::Balance => self.deduct(id, line, trigger, moment, before)?,
            LineKind::Deposit => {
                for place in before..self.lines.len() {
                    let left = self.lines.get(place).map_or(Money::ZERO, |line| line.amount);
                    self.state.deposits.push(super::state::Outstanding { line: place, left });
                }
            }
            LineKind::Installment => {}
        }
        self.state.closed |= line.closes;
        Ok(())
    }
}

/// The day after; the last day that can be stated has no next one that matters.
fn next_day(date: Date) -> Date {
    date.plus(crate::calendar::Duration::Days(1))
}
