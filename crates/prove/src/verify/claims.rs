//! What a replayed history shows: the properties as they are meant, on one concrete case.
//!
//! In: a history, what the evaluator made of it up to a day after which nothing changes any more.
//! Out: everything that goes wrong in it, and at which moment. The search only proposes; this
//! decides.

use super::axis::HoursAxis;
use super::dated::{bills_a_share_or_sum, dated_lines};
use super::key::Key;
use super::moments::leak_class;
use super::replay::{Moment, Replay};
use super::situation::{Situation, asks_for_the_start, tests};
use crate::eval::Verdict;
use crate::model::{Amount, Event, EventKind, InvoiceLine, SubjectKind, Terminal};
use crate::money::{Exact, Hours, Money};
use crate::plan::{LineId, NameId, Plan};
use std::collections::HashSet;

/// One thing that a history shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Claim {
    pub(super) key: Key,
    /// The moment at which it shows; the last one where it shows by what does not come.
    pub(super) moment: usize,
}

/// What claims are judged on.
pub(super) struct Judge<'a> {
    pub(super) plan: &'a Plan,
    pub(super) axis: &'a HoursAxis,
    /// The rounded total, where it is known.
    pub(super) total: Option<i64>,
    /// The lines that are left out of what a case may not bill.
    pub(super) aside: &'a dyn Fn(LineId) -> bool,
    pub(super) events: &'a [Event],
    pub(super) replay: &'a Replay,
}

impl Judge<'_> {
    /// Everything that the history shows.
    pub(super) fn claims(&self) -> Vec<Claim> {
        let mut claims = Vec::new();
        let mut happened: HashSet<NameId> = HashSet::new();
        let mut leaks: Vec<Key> = Vec::new();
        let mut over: Option<Terminal> = None;
        let mut day = Money::ZERO;
        for (place, moment) in self.replay.moments.iter().enumerate() {
            self.note(moment, &mut happened);
            let before = over;
            over = moment.after.over;
            let mut claim = |key| claims.push(Claim { key, moment: place });
            let closer = moment.fired.iter().find(|line| self.closes(**line)).copied();
            for line in &moment.fired {
                claim(Key::DeadLine(*line));
                if let Some(over) = before
                    && moment.event.is_none()
                    && self.amount(*line).is_some_and(bills_a_share_or_sum)
                    && self.billed_by(place, *line)
                {
                    claim(Key::AfterTerminal(*line, over));
                }
            }
            if let Some(closer) = closer {
                moment.too_late.iter().for_each(|line| claim(Key::Overlap(closer, *line)));
                let loses = |line| self.plan.schedule.loses_work(line);
                if moment.left != Money::ZERO && self.plan.stated(closer).is_some_and(loses) {
                    claim(Key::WorkAtClosing(closer));
                }
                if moment.after.over.is_none_or(Terminal::owes_the_price) {
                    self.closed_below(closer, place).into_iter().for_each(&mut claim);
                }
            }
            let billed = moment.after.billed.0.saturating_sub(self.left_out(moment));
            if self.total.is_some_and(|total| billed > total) {
                claim(Key::Overbilling);
            }
            let new_day = place
                .checked_sub(1)
                .and_then(|before| self.replay.moments.get(before))
                .is_none_or(|before| before.date != moment.date);
            day = if new_day { moment.amount } else { day.plus(moment.amount).unwrap_or_default() };
            let day_goes_on =
                self.replay.moments.get(place + 1).is_some_and(|next| next.date == moment.date);
            if day < Money::ZERO
                && !day_goes_on
                && let Some(line) = moment.fired.last()
            {
                claim(Key::Credit(*line));
            }
            let known = |name: NameId| happened.contains(&name);
            let situation = self.situation(moment, &known);
            if let Some(over) = over.filter(|_| before.is_none()) {
                if moment.after.started.is_none() && self.bills_otherwise(moment, &situation) {
                    claim(Key::NeverStarted(over));
                }
                if closer.is_none() {
                    leaks.push(leak_class(self.plan, &situation, &moment.triggers, over));
                }
            } else if over.is_none() && closer.is_none() && moment.event.is_some() {
                for trigger in &moment.triggers {
                    let missing = situation.missing(*trigger);
                    leaks.extend(missing.map(|missing| Key::Gap(*trigger, missing)));
                }
            }
        }
        self.at_the_end(leaks, &mut claims);
        self.after_closing(&mut claims);
        claims
    }

    /// What the lines that are left out have billed so far, and no balance has deducted.
    fn left_out(&self, moment: &Moment) -> i64 {
        let lines = self.replay.evaluation.lines.iter().zip(&self.replay.of).take(moment.lines);
        let deposit = |id: &str| {
            let mut known = self.replay.evaluation.lines.iter().zip(&self.replay.of);
            known.find(|(line, _)| line.id == id).map(|(_, of)| *of)
        };
        let of = |(line, of): &(&InvoiceLine, &LineId)| {
            (self.aside)(line.deducts.as_deref().and_then(deposit).unwrap_or(**of))
        };
        let currency = self.plan.schedule.currency;
        let amounts = lines.filter(of).filter_map(|(line, _)| currency.read_signed(&line.amount));
        amounts.map(|amount| amount.0).fold(0, i64::saturating_add)
    }

    /// What a line shows that closes a case at a moment: that it is below the price, or that lines are
    /// missing whose dates were past when the case began.
    fn closed_below(&self, closer: LineId, place: usize) -> Vec<Key> {
        let taken = self.replay.moments.get(..=place).unwrap_or_default();
        let billed = taken.last().map(|moment| moment.after.billed.0);
        if self.total.zip(billed).is_some_and(|(total, billed)| billed >= total) {
            return Vec::new();
        }
        let first = self.events.iter().map(|event| event.date).min();
        let fired = |line: &LineId| taken.iter().any(|moment| moment.fired.contains(line));
        let dates = dated_lines(self.plan);
        let past = dates.iter().filter(|(date, _)| first.is_some_and(|first| *date < first));
        let missed = past.flat_map(|(_, lines)| lines).filter(|line| !fired(line));
        let missed: Vec<Key> = missed.map(|line| Key::PastDate(*line)).collect();
        if missed.is_empty() && self.total.is_some() {
            return vec![Key::Underbilling(closer)];
        }
        missed
    }

    /// What a case that is over and stays open leaves.
    fn at_the_end(&self, leaks: Vec<Key>, claims: &mut Vec<Claim>) {
        let Some(last) = self.replay.moments.last() else { return };
        let Some(over) = last.after.over.filter(|_| !last.after.closed) else { return };
        let moment = self.replay.moments.len() - 1;
        let mut claim = |key| claims.push(Claim { key, moment });
        let after = &last.after;
        if after.unbilled != Money::ZERO {
            claim(Key::WorkLeft(over));
        }
        after.deposits.iter().for_each(|line| claim(Key::StrandedDeposit(*line, over)));
        let price_left = self.total.is_some_and(|total| after.billed.0 < total);
        if price_left || after.unbilled != Money::ZERO || !after.deposits.is_empty() {
            leaks.into_iter().for_each(claim);
        }
    }

    /// Billable work after a balance of work has closed a case that is not over.
    fn after_closing(&self, claims: &mut Vec<Claim>) {
        let Some(last) = self.replay.moments.last() else { return };
        let closer = last.fired.iter().find(|line| self.closes(**line)).copied();
        let Some(closer) = closer.filter(|_| last.after.over.is_none()) else { return };
        if !matches!(self.amount(closer), Some(Amount::Work { .. })) {
            return;
        }
        let done: HashSet<usize> = self
            .replay
            .moments
            .iter()
            .filter_map(|moment| moment.event.map(|event| event as usize))
            .collect();
        let billable = |(place, event): (usize, &Event)| {
            !done.contains(&place) && self.work(&event.kind, last.after.hours_taken) > Money::ZERO
        };
        if self.events.iter().enumerate().any(billable) {
            let moment = self.replay.moments.len() - 1;
            claims.push(Claim { key: Key::WorkAfterClosing(closer), moment });
        }
    }

    /// What an action would come to, so many hours having been taken.
    fn work(&self, kind: &EventKind, taken: Hours) -> Money {
        let EventKind::Action { name, hours } = kind else { return Money::ZERO };
        let action = self.plan.action(self.plan.name(SubjectKind::Action, name));
        let given = hours.unwrap_or_default();
        let Some(rate) = action.work.of_an_hour() else {
            return action.work.each_time().unwrap_or_default();
        };
        let most = self.plan.schedule.price.at_most();
        let room = most.map_or(given, |most| Hours((most.0 - taken.0).max(0)));
        given.min(room).at_rate(rate).and_then(Exact::round).unwrap_or_default()
    }

    fn note(&self, moment: &Moment, happened: &mut HashSet<NameId>) {
        let event = moment.event.and_then(|event| self.events.get(event as usize));
        let name = event.and_then(|event| match &event.kind {
            EventKind::Action { name, .. } => self.plan.name(SubjectKind::Action, name),
            EventKind::Deliverable { name } => self.plan.name(SubjectKind::Deliverable, name),
            EventKind::Event { name } => self.plan.name(SubjectKind::Event, name),
            EventKind::Opened { .. }
            | EventKind::Milestone(_)
            | EventKind::Void { .. }
            | EventKind::More(_) => None,
        });
        happened.extend(name);
    }

    fn situation<'a>(
        &'a self,
        moment: &Moment,
        happened: &'a dyn Fn(NameId) -> bool,
    ) -> Situation<'a> {
        Situation {
            plan: self.plan,
            axis: self.axis,
            today: moment.date,
            started: moment.after.started,
            signed: moment.after.signed,
            over: moment.after.over,
            hours: moment.after.hours,
            happened,
        }
    }

    /// Whether a line would have been judged otherwise, had the case started on that day.
    fn bills_otherwise(&self, moment: &Moment, situation: &Situation<'_>) -> bool {
        let started = situation.had_it_started();
        let asks = |line: LineId| tests(self.plan, line, asks_for_the_start);
        if moment.judged.iter().any(|(line, _)| asks(*line)) {
            return false;
        }
        moment.judged.iter().any(|(line, verdict)| match verdict {
            Verdict::Fires => !started.line_holds(*line),
            Verdict::ConditionFails => started.line_holds(*line),
            Verdict::FiredBefore(_) | Verdict::CaseClosed => false,
        })
    }

    /// Whether a line that fired at a moment billed anything.
    fn billed_by(&self, place: usize, line: LineId) -> bool {
        let Some(moment) = self.replay.moments.get(place) else { return false };
        let label = self.plan.stated(line).map(|line| line.label.as_str());
        let lines = self.replay.evaluation.lines.iter();
        lines.filter(|line| line.date == moment.date).any(|line| Some(line.line.as_str()) == label)
    }

    fn closes(&self, line: LineId) -> bool {
        self.plan.line(line).is_some_and(|line| line.closes)
    }

    fn amount(&self, line: LineId) -> Option<Amount> {
        self.plan.line(line).map(|line| line.amount)
    }
}
