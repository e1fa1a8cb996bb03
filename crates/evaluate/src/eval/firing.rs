//! Which lines fire at a moment, and what follows from it.

use super::fault::Stop;
use super::moments::{Moment, Run};
use super::state::Outstanding;
use super::{Notice, NoticeKind, Observer, Verdict};
use crate::model::LineKind;
use crate::money::Money;
use crate::plan::{LineId, TriggerId};

/// The first line at a moment that fires, and the first that does not, by hours of which some are missing.
#[derive(Default)]
struct Weighed {
    fires: Option<usize>,
    fails: Option<usize>,
}

impl<O: Observer> Run<'_, O> {
    /// Looks at the lines that wait for the one trigger of this moment, if a line waits for it.
    #[inline]
    pub(super) fn judge_at_most_one(
        &mut self,
        trigger: Option<TriggerId>,
        moment: Moment,
    ) -> Result<(), Stop> {
        match trigger {
            Some(trigger) => self.judge_one(trigger, moment),
            None => {
                self.observer.moment(self.state.today, moment.event, &[], self.state);
                self.observer.settled(self.state);
                Ok(())
            }
        }
    }

    /// Looks at the lines that wait for the one trigger of this moment.
    #[inline]
    pub(super) fn judge_one(&mut self, trigger: TriggerId, moment: Moment) -> Result<(), Stop> {
        self.observer.moment(self.state.today, moment.event, &[trigger], self.state);
        let plan = self.plan;
        let mut weighed = Weighed::default();
        for id in plan.waiting_for(trigger) {
            let verdict = self.verdict(*id);
            self.observer.considered(*id, verdict, self.state);
            if self.state.hourless.is_some() {
                self.weigh(*id, verdict, &mut weighed);
            }
            if verdict == Verdict::Fires {
                self.fire(*id, trigger, moment)?;
            }
        }
        self.tell_weighed(weighed);
        self.observer.settled(self.state);
        Ok(())
    }

    /// Looks at the lines that wait for any trigger of this moment: each fires for the first
    /// trigger that it names.
    pub(super) fn judge_all(&mut self, moment: Moment) -> Result<(), Stop> {
        if let [only] = self.triggers.as_slice() {
            return self.judge_one(*only, moment);
        }
        self.observer.moment(self.state.today, moment.event, self.triggers, self.state);
        self.waiting.clear();
        for trigger in self.triggers.iter() {
            self.waiting.extend(self.plan.waiting_for(*trigger));
        }
        self.waiting.sort_unstable();
        self.waiting.dedup();
        let (plan, waiting) = (self.plan, std::mem::take(self.waiting));
        let mut weighed = Weighed::default();
        for id in &waiting {
            let verdict = self.verdict(*id);
            self.observer.considered(*id, verdict, self.state);
            if self.state.hourless.is_some() {
                self.weigh(*id, verdict, &mut weighed);
            }
            let named = plan.line(*id).map_or(&[][..], |line| line.triggers.as_slice());
            let trigger = named.iter().find(|trigger| self.triggers.contains(trigger));
            if let (Verdict::Fires, Some(trigger)) = (verdict, trigger) {
                self.fire(*id, *trigger, moment)?;
            }
        }
        *self.waiting = waiting;
        self.tell_weighed(weighed);
        self.observer.settled(self.state);
        Ok(())
    }

    /// Whether hours that are missing decide a line at this moment.
    #[cold]
    fn weigh(&mut self, id: LineId, verdict: Verdict, weighed: &mut Weighed) {
        let plan = self.plan;
        let Some(line) = plan.line(id) else { return };
        let fires = match verdict {
            Verdict::Fires => true,
            Verdict::ConditionFails => false,
            Verdict::CaseClosed | Verdict::FiredBefore(_) => return,
        };
        // Work without hours is told of as such; where none is to be billed no line of work is looked at.
        if line.amount.is_work() {
            return;
        }
        let condition = line.condition.as_ref();
        let by_condition = condition.is_some_and(|asked| self.state.turns_on_hours(asked));
        let by_amount = fires
            && line.amount.measures_attendance()
            && self.state.terms.hours.is_some_and(|planned| self.state.hours < planned);
        if by_condition || by_amount {
            let place = if fires { &mut weighed.fires } else { &mut weighed.fails };
            place.get_or_insert(line.index);
        }
    }

    /// Tells the first line that fired by hours of which some are missing, or else the first that did not: once in a case.
    #[inline]
    fn tell_weighed(&mut self, weighed: Weighed) {
        let line = weighed.fires.or(weighed.fails).and_then(|line| u32::try_from(line).ok());
        if let Some((line, (event, date))) = line.zip(self.state.hourless)
            && !self.state.hours_told.contains(&line)
        {
            self.state.hours_told.push(line);
            let kind = NoticeKind::HoursDecide(line);
            self.notices.push(Notice { date, event: event as usize, kind });
        }
    }

    #[inline]
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

    /// Few moments fire a line: this stays out of the way of those that do not.
    #[inline(never)]
    fn fire(&mut self, id: LineId, trigger: TriggerId, moment: Moment) -> Result<(), Stop> {
        let Some(line) = self.plan.line(id) else { return Ok(()) };
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
                    self.state.deposits.push(Outstanding { line: place, left });
                }
            }
            LineKind::Installment => {}
        }
        self.state.closed |= line.closes;
        Ok(())
    }
}
