//! What a line that fires bills, and what a balance deducts.

use super::fault::Stop;
use super::fired::{Fired, Label};
use super::moments::{Moment, Run};
use super::{Arithmetic, Observer, WorkItem};
use crate::calendar::{Date, Duration};
use crate::model::{Amount, InvoiceLineKind, LineKind};
use crate::money::{Exact, Hours, Money, Percent, whole_attendance};
use crate::plan::{LineId, PlannedLine, TriggerId};
use crate::rules::{of_price, pro_rata};

impl<O: Observer> Run<'_, O> {
    /// Bills a line's own amount.
    pub(super) fn bill(
        &mut self,
        id: LineId,
        line: &PlannedLine,
        trigger: TriggerId,
        moment: Moment,
    ) -> Result<(), Stop> {
        if let Amount::Work { itemised } = line.amount {
            return self.bill_work(id, line, itemised, trigger, moment);
        }
        let (amount, arithmetic) = self.compute(line)?;
        let before = self.lines.len();
        self.emit(self.fired(id, line, trigger, moment, amount))?;
        self.observer.computed(id, arithmetic, &[], amount, before..self.lines.len());
        Ok(())
    }

    /// The amount of a line that is neither work nor a deduction.
    fn compute(&mut self, line: &PlannedLine) -> Result<(Money, Arithmetic), Stop> {
        let large = Stop::TooLarge;
        match line.amount {
            Amount::Sum(amount) => Ok((amount, Arithmetic::Sum)),
            Amount::Nothing | Amount::Work { .. } => Ok((Money::ZERO, Arithmetic::Nothing)),
            Amount::Percent(share) => {
                let total = self.total()?;
                let shares = match line.kind {
                    LineKind::Deposit => &mut self.state.share_of_deposits,
                    LineKind::Installment | LineKind::Balance => &mut self.state.share_of_others,
                };
                let before = *shares;
                *shares = before.plus(share).ok_or(large)?;
                let after = total.share(*shares).ok_or(large)?;
                let amount = if before == Percent::default() {
                    after
                } else {
                    after.minus(total.share(before).ok_or(large)?).ok_or(large)?
                };
                Ok((amount, Arithmetic::Share { total, before, share }))
            }
            Amount::UpTo(share) => {
                let total = self.total()?;
                let billed = self.state.billed;
                let amount = total.share(share).ok_or(large)?.minus(billed).ok_or(large)?;
                self.state.share_of_others = share;
                self.state.deposits.clear();
                Ok((amount, Arithmetic::UpTo { total, share, billed }))
            }
            Amount::ProRataAttendance => self.pro_rata_attendance(),
            Amount::ProRataDuration => self.pro_rata_duration(),
        }
    }

    fn total(&self) -> Result<Exact, Stop> {
        // A sound schedule has a known total wherever one is needed; `check` sees to it.
        self.state.total.ok_or(Stop::NoPlannedHours)
    }

    fn pro_rata_attendance(&self) -> Result<(Money, Arithmetic), Stop> {
        let total = self.total()?;
        let planned = self.state.terms.hours.ok_or(Stop::NoPlannedHours)?;
        let hours = self.state.hours;
        let is_whole = self.plan.schedule.whole_attendance;
        let whole = is_whole.then(|| whole_attendance(hours, planned));
        let share = pro_rata::attended(hours, planned, is_whole);
        let amount = of_price(total, share).ok_or(Stop::TooLarge)?;
        Ok((amount, Arithmetic::Attended { total, hours, planned, whole }))
    }

    fn pro_rata_duration(&self) -> Result<(Money, Arithmetic), Stop> {
        let total = self.total()?;
        let months = self.state.terms.months.ok_or(Stop::NoPlannedDuration)?;
        let Some(start) = self.state.anchors.started else {
            return Ok((Money::ZERO, Arithmetic::NotStarted));
        };
        let planned = start.plus(Duration::Months(months)).days_since(start);
        let elapsed = self.state.today.days_since(start) + 1;
        let amount = of_price(total, pro_rata::elapsed(elapsed, planned)).ok_or(Stop::TooLarge)?;
        Ok((amount, Arithmetic::Elapsed { total, elapsed, planned }))
    }

    /// Bills all work that is not billed yet; a closing balance also bills the hours that are
    /// missing to the least.
    fn bill_work(
        &mut self,
        id: LineId,
        line: &PlannedLine,
        itemised: bool,
        trigger: TriggerId,
        moment: Moment,
    ) -> Result<(), Stop> {
        if let Some(missing) = self.missing_hours(line)? {
            self.state.unbilled.add(missing.amount, missing.date)?;
            self.state.unbilled.items.push(missing);
        }
        let (before, amount) = (self.lines.len(), self.state.unbilled.amount);
        if itemised {
            let items = std::mem::take(&mut self.state.unbilled.items);
            for item in &items {
                let mut fired = self.fired(id, line, trigger, moment, item.amount);
                fired.label = item.event.map_or(Label::Line, Label::Event);
                fired.quantity = Some(item.hours);
                fired.unit_price = item.unit_price;
                fired.service = Some((item.date, item.date));
                self.emit(fired)?;
            }
            self.state.unbilled.items = items;
        } else {
            let mut fired = self.fired(id, line, trigger, moment, amount);
            fired.service = self.state.unbilled.days;
            self.emit(fired)?;
        }
        let items = &self.state.unbilled.items;
        self.observer.computed(id, Arithmetic::Work, items, amount, before..self.lines.len());
        self.state.unbilled.clear();
        Ok(())
    }

    /// The hours that a closing balance of work adds, in a case that has started.
    fn missing_hours(&mut self, line: &PlannedLine) -> Result<Option<WorkItem>, Stop> {
        let price = self.plan.schedule.price;
        let Some((rate, least)) = price.rate().zip(price.at_least()) else {
            return Ok(None);
        };
        let taken = self.state.hours_taken;
        if !line.closes || self.state.anchors.started.is_none() || taken >= least {
            return Ok(None);
        }
        let missing = Hours(least.0 - taken.0);
        self.state.hours_taken = least;
        let amount = missing.priced(rate).ok_or(Stop::TooLarge)?;
        Ok(Some(WorkItem {
            event: None,
            date: self.state.today,
            hours: Some(missing),
            unit_price: rate,
            amount,
        }))
    }

    /// Takes off the deposits that are billed and not settled. A balance that stays open takes off
    /// no more than its own amount, oldest deposit first. (After `up to`, none is left to take off.)
    pub(super) fn deduct(
        &mut self,
        id: LineId,
        line: &PlannedLine,
        trigger: TriggerId,
        moment: Moment,
        own_lines: usize,
    ) -> Result<(), Stop> {
        if self.state.deposits.is_empty() {
            return Ok(());
        }
        let mut own = self.lines.get(own_lines..).unwrap_or_default().iter();
        let own = own.try_fold(Money::ZERO, |sum, line| sum.plus(line.amount));
        let mut room = own.ok_or(Stop::TooLarge)?.max(Money::ZERO);
        let deposits = std::mem::take(&mut self.state.deposits);
        for deposit in &deposits {
            let amount = if line.stays_open { deposit.left.min(room) } else { deposit.left };
            let left = deposit.left.minus(amount).ok_or(Stop::TooLarge)?;
            room = room.minus(amount).unwrap_or(Money::ZERO).max(Money::ZERO);
            let taken_off = Money::ZERO.minus(amount).ok_or(Stop::TooLarge)?;
            let mut fired = self.fired(id, line, trigger, moment, taken_off);
            fired.kind = InvoiceLineKind::Deduction;
            fired.label = Label::Deposit(deposit.line);
            let before = self.lines.len();
            self.emit(fired)?;
            if before < self.lines.len() {
                let arithmetic = Arithmetic::Deduction { deposit: deposit.line, left };
                self.observer.computed(id, arithmetic, &[], taken_off, before..self.lines.len());
            }
            if left != Money::ZERO {
                self.state.deposits.push(super::state::Outstanding { line: deposit.line, left });
            }
        }
        Ok(())
    }

    fn fired(
        &self,
        id: LineId,
        line: &PlannedLine,
        trigger: TriggerId,
        moment: Moment,
        amount: Money,
    ) -> Fired {
        Fired {
            line: id,
            kind: match line.kind {
                LineKind::Deposit => InvoiceLineKind::Deposit,
                LineKind::Installment => InvoiceLineKind::Installment,
                LineKind::Balance => InvoiceLineKind::Balance,
            },
            label: Label::Line,
            date: self.state.today,
            amount,
            trigger,
            event: moment.event,
            quantity: None,
            unit_price: Money::ZERO,
            service: None,
        }
    }

    /// Adds a line to the invoice, unless it comes to zero.
    fn emit(&mut self, fired: Fired) -> Result<(), Stop> {
        if fired.amount != Money::ZERO {
            self.state.billed = self.state.billed.plus(fired.amount).ok_or(Stop::TooLarge)?;
            self.lines.push(fired);
        }
        Ok(())
    }
}

impl super::state::Unbilled {
    /// Adds an item. One that comes to zero stands on no invoice, and its day does not count.
    #[inline(always)]
    pub(super) fn add(&mut self, amount: Money, date: Date) -> Result<(), Stop> {
        self.amount = self.amount.plus(amount).ok_or(Stop::TooLarge)?;
        if amount != Money::ZERO {
            let first = self.days.map_or(date, |(first, _)| first);
            self.days = Some((first, date));
        }
        Ok(())
    }

    /// Nothing is left, the room for items is.
    pub(super) fn clear(&mut self) {
        self.amount = Money::ZERO;
        self.days = None::<(Date, Date)>;
        self.items.clear();
    }
}
