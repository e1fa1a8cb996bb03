//! What a line that fires bills: its own amount, split by payer, and what a balance deducts.
//!
//! In: a case as it stands, and a line. Out: billed lines; the account goes on. Every amount is rounded
//! once, here or where its item is made.

use super::account::{Account, Deposit, ShareOfPrice, of_price, share};
use super::happening::{Billed, BilledKind, Label, Stop};
use super::life::Run;
use super::payers::{Parts, proportion};
use super::pro_rata;
use super::record::{How, Split};
use super::work::{Item, Quantity};
use crate::calendar::{Date, Duration};
use crate::model::program::{Amount, Form, Kind, Line, PayerId, Program, TaxId, When};
use crate::money::{Exact, Hours, Money, Percent};
use num_rational::Ratio;

/// What a billed line says besides its amount.
#[derive(Clone, Copy)]
struct Piece {
    label: Label,
    quantity: Option<Quantity>,
    service: Option<(Date, Date)>,
    tax: Option<TaxId>,
}

/// Which line fires, for which of its triggers, at which event.
#[derive(Clone, Copy)]
struct Firing<'p> {
    place: u32,
    line: &'p Line,
    when: u32,
    event: Option<u32>,
}

/// Which part of how many.
type PartOf = Option<(u32, u32)>;

/// What is certified, and the share of it that is billed.
type ProgressOf = Option<(Percent, Percent)>;

/// What comes to one tax, with its first and its last day.
type TaxedSum = (Option<TaxId>, Money, Option<(Date, Date)>);

impl Run {
    /// A line fires.
    pub(super) fn fire(
        &mut self,
        program: &Program,
        place: usize,
        line: &Line,
        when: usize,
        event: Option<u32>,
    ) -> Result<(), Stop> {
        let number = |of: usize| u32::try_from(of).map_err(|_| Stop::TooLarge);
        let when = number(when)?;
        // A deadline that is looked at after each event of its day is none of them.
        let event = event.filter(|_| !matches!(line.when_of(when), Some(When::Before(..))));
        let firing = Firing { place: number(place)?, line, when, event };
        let counted = self.fired.get(place).map_or(0, |(_, counted)| *counted);
        self.foreseen = None;
        let (own, counts) = if let Amount::Work(form) = line.amount {
            self.bill_work(program, firing, form)?
        } else {
            self.bill_amount(program, firing, counted)?
        };
        if let Some((fired, so_often)) = self.fired.get_mut(place) {
            *fired = fired.saturating_add(1);
            *so_often = so_often.saturating_add(u32::from(counts));
        }
        if let Some(record) = &mut self.record {
            record.count(counts);
        }
        if line.kind == Kind::Balance {
            self.deduct(firing, own)?;
            self.closed = line.closes();
        }
        Ok(())
    }

    /// Bills what is no work; what it comes to, and whether it counts.
    fn bill_amount(
        &mut self,
        program: &Program,
        firing: Firing<'_>,
        counted: u32,
    ) -> Result<(Money, bool), Stop> {
        let line = firing.line;
        let (amount, how, counts) = self.amount(program, line, counted)?;
        let first = self.lines.len();
        let service = line.when_of(firing.when).and_then(|when| self.period(line, when));
        let piece = Piece { label: Label::Line, quantity: None, service, tax: line.tax };
        let settles = matches!(line.amount, Amount::UpTo { .. });
        if settles {
            let mut parts = std::mem::take(&mut self.parts);
            self.account.bill_up_to(&self.payers, amount, &mut parts).ok_or(Stop::TooLarge)?;
            self.tell_split(false, true);
            self.price_goes_on(line, amount)?;
            self.emit(firing, BilledKind::Own(line.kind), piece, &parts)?;
            self.parts = parts;
        } else {
            self.bill(firing, piece, amount)?;
        }
        self.tell_amount(how, amount, first);
        if line.kind == Kind::Discount {
            self.account.discounts = self.account.discounts.plus(amount).ok_or(Stop::TooLarge)?;
        }
        Ok((amount, counts))
    }

    /// What a line comes to that is no work, how that came about, and whether it counts as one of so
    /// many times.
    fn amount(
        &mut self,
        program: &Program,
        line: &Line,
        counted: u32,
    ) -> Result<(Money, How, bool), Stop> {
        let large = Stop::TooLarge;
        let (amount, how) = match line.amount {
            Amount::Percent { share: percent, .. } if line.kind == Kind::Discount => {
                let total = self.total(program)?;
                let taken = of_price(total, share(percent)).ok_or(large)?;
                let amount = Money::ZERO.minus(taken).ok_or(large)?;
                (amount, How::Discount { total, share: percent })
            }
            Amount::Percent { share: percent, parts } => {
                let by = share(percent) / Ratio::from(i128::from(parts.max(1)));
                let part = (parts > 1).then_some((counted.saturating_add(1), parts));
                self.go_on(program, line.kind, by, (part, None))?
            }
            Amount::Progress(percent) => {
                let reached = share(percent) * share(self.facts.progress);
                let missing = self.account.group(line.kind).missing_to(reached).ok_or(large)?;
                let progress = Some((self.facts.progress, percent));
                self.go_on(program, line.kind, missing, (None, progress))?
            }
            Amount::Sum { sum, .. } if line.pro_rata => return self.of_the_days(line, sum),
            Amount::Period => {
                let price = self.facts.terms.price.ok_or(Stop::NoPrice)?;
                if line.pro_rata {
                    return self.of_the_days(line, price);
                }
                (price, How::Period(price))
            }
            Amount::Sum { sum, parts } if parts > 1 => {
                let until = |part: u32| {
                    let exact = Exact::from_money(sum).times(i128::from(part), i128::from(parts));
                    exact.and_then(Exact::round).ok_or(large)
                };
                let amount = until(counted + 1)?.minus(until(counted)?).ok_or(large)?;
                (amount, How::Sum { sum, part: Some((counted + 1, parts)) })
            }
            Amount::Sum { sum, .. } if line.kind == Kind::Discount => {
                let amount = Money::ZERO.minus(sum).ok_or(large)?;
                (amount, How::Sum { sum: amount, part: None })
            }
            Amount::Sum { sum, .. } => (sum, How::Sum { sum, part: None }),
            Amount::UpTo { share: percent, no_refund } => {
                self.up_to(program, percent, no_refund)?
            }
            Amount::ProRataAttendance => self.pro_rata_attendance(program)?,
            Amount::ProRataDuration => self.pro_rata_duration(program)?,
            Amount::Nothing | Amount::Work(_) => (Money::ZERO, How::Nothing),
        };
        Ok((amount, how, true))
    }

    /// A group of percentages goes on by a share.
    fn go_on(
        &mut self,
        program: &Program,
        kind: Kind,
        by: ShareOfPrice,
        of: (PartOf, ProgressOf),
    ) -> Result<(Money, How), Stop> {
        let (part, progress) = of;
        let total = self.total(program)?;
        let group = self.account.group(kind);
        let (before, billed) = (group.shares, group.billed);
        let amount = group.go_on(total, by).ok_or(Stop::TooLarge)?;
        let after = group.shares;
        Ok((amount, How::Share { total, before, after, billed, part, progress }))
    }

    /// What brings the case to a share of its price, less the discounts.
    fn up_to(
        &mut self,
        program: &Program,
        percent: Percent,
        no_refund: bool,
    ) -> Result<(Money, How), Stop> {
        let large = Stop::TooLarge;
        let total = self.total(program)?;
        let (discounts, billed) = (self.account.discounts, self.account.of_price);
        let less = total.plus(Exact::from_money(discounts)).ok_or(large)?;
        let aim = of_price(less, share(percent)).ok_or(large)?;
        let amount = aim.minus(billed).ok_or(large)?;
        let others = &mut self.account.others;
        others.shares = share(percent);
        others.billed = of_price(total, share(percent)).ok_or(large)?;
        let held_at_zero = no_refund && amount < Money::ZERO;
        let amount = if held_at_zero { Money::ZERO } else { amount };
        let share = percent;
        Ok((amount, How::UpTo { total, discounts, share, aim, billed, held_at_zero }))
    }

    /// The part of a sum that is for the days of its period on which the case ran.
    fn of_the_days(&self, line: &Line, sum: Money) -> Result<(Money, How, bool), Stop> {
        let civil = line.whens.iter().find_map(When::civil);
        let Some(civil) = civil else { return Ok((sum, How::Sum { sum, part: None }, true)) };
        let (first, last) = (civil.start(self.facts.today), civil.end(self.facts.today));
        let (run, of) = (self.facts.days_run(first, last), last.days_since(first) + 1);
        let exact = Exact::from_money(sum).times(i128::from(run), i128::from(of));
        let amount = exact.and_then(Exact::round).ok_or(Stop::TooLarge)?;
        Ok((amount, How::Days { sum, period: (first, last), run, of }, run > 0))
    }

    fn pro_rata_attendance(&self, program: &Program) -> Result<(Money, How), Stop> {
        let total = self.total(program)?;
        let planned = self.facts.terms.hours.filter(|hours| *hours > Hours::ZERO);
        let planned = planned.ok_or(Stop::NoPlannedHours)?;
        let hours = self.facts.hours;
        let share = pro_rata::attended(hours, planned, program.whole_attendance);
        let amount = of_price(total, share).ok_or(Stop::TooLarge)?;
        let whole = program.whole_attendance.then_some(*share.numer());
        Ok((amount, How::Attended { total, hours, planned, whole }))
    }

    fn pro_rata_duration(&self, program: &Program) -> Result<(Money, How), Stop> {
        let total = self.total(program)?;
        let months = self.facts.terms.months.filter(|months| *months > 0);
        let months = months.ok_or(Stop::NoPlannedDuration)?;
        let Some(start) = self.facts.started() else {
            return Ok((Money::ZERO, How::Elapsed { total, days: None }));
        };
        let planned = start.plus(Duration::Months(months)).days_since(start);
        let elapsed = self.facts.suspensions.days_run(start, self.facts.today);
        let share = pro_rata::elapsed(elapsed, planned);
        let amount = of_price(total, share).ok_or(Stop::TooLarge)?;
        Ok((amount, How::Elapsed { total, days: Some((elapsed, planned)) }))
    }

    /// The days that a line of a repeating calendar trigger is for.
    fn period(&self, line: &Line, when: &When) -> Option<(Date, Date)> {
        if !line.repeats {
            return None;
        }
        let today = self.facts.today;
        match when {
            When::End(civil) => {
                let (first, last) = (civil.start(today), civil.end(today));
                Some(self.facts.span_run(first, last).unwrap_or((first, last)))
            }
            When::DayOfMonth(day) => {
                let next = super::firing::day_of_month(today.end_of_month().next(), *day);
                Some((today, next.pred()))
            }
            When::Every { length, anchor, first } => {
                let begin = self.facts.anchor(*anchor)?;
                // One that comes together with its anchor's event is the first.
                let count = match self.occurrence_from(*length, *anchor, *first, today) {
                    Some((count, day)) if day == today => count,
                    Some(_) | None => 0,
                };
                let day = |count: u32| -> Option<Date> {
                    if count == 0 {
                        return Some(begin);
                    }
                    let length = super::clock::times(*length, count)?;
                    Some(self.facts.day_foreseen(*anchor, length).unwrap_or(Date::FAR))
                };
                if *first {
                    Some((today, day(count + 1)?.pred()))
                } else {
                    Some((day(count.checked_sub(1)?)?, today.pred()))
                }
            }
            When::Milestone(_)
            | When::Named(_)
            | When::Progress
            | When::After(..)
            | When::Before(..)
            | When::Dates(_) => None,
        }
    }

    /// Bills all work that is not billed yet; what it comes to, and whether it counts.
    fn bill_work(
        &mut self,
        program: &Program,
        firing: Firing<'_>,
        form: Form,
    ) -> Result<(Money, bool), Stop> {
        let line = firing.line;
        let mut items = std::mem::take(&mut self.items);
        self.work.bill(program, form, &mut items)?;
        if line.closes() && self.facts.started().is_some() {
            let (today, rate) = (self.facts.today, self.facts.terms.rate);
            items.extend(self.work.missing(program, today, rate)?);
        }
        let mut sum = Money::ZERO;
        let mut of_price = Money::ZERO;
        for item in &items {
            sum = sum.plus(item.amount).ok_or(Stop::TooLarge)?;
            if item.entry.of_price {
                of_price = of_price.plus(item.amount).ok_or(Stop::TooLarge)?;
            }
        }
        if !line.beside {
            self.account.of_price = self.account.of_price.plus(of_price).ok_or(Stop::TooLarge)?;
        }
        let tax = |item: &Item| item.entry.tax.or(line.tax);
        match form {
            Form::Whole => {
                let mut sums: Vec<TaxedSum> = Vec::new();
                // Work that comes to zero is not on the line, and no rate appears first with it.
                let (none, work): (Vec<_>, Vec<_>) =
                    items.iter().partition(|item| item.amount == Money::ZERO);
                for item in work.into_iter().chain(none) {
                    let place = sums.iter().position(|(of, ..)| *of == tax(item));
                    let place = place.unwrap_or_else(|| {
                        sums.push((tax(item), Money::ZERO, None));
                        sums.len() - 1
                    });
                    if let Some((_, sum, days)) = sums.get_mut(place) {
                        *sum = sum.plus(item.amount).ok_or(Stop::TooLarge)?;
                        *days = both(*days, item.days);
                    }
                }
                for (of, amount, service) in sums {
                    let piece = Piece { label: Label::Line, quantity: None, service, tax: of };
                    let first = self.lines.len();
                    self.bill_beside_or_not(firing, piece, amount)?;
                    if self.record.is_some() {
                        let items = items.iter().filter(|item| tax(item) == of).copied().collect();
                        self.tell_amount(How::Work(items), amount, first);
                    }
                }
            }
            Form::Itemised | Form::ByAction => {
                for item in &items {
                    let label = item.entry.event.map_or(Label::Line, Label::Event);
                    let stated =
                        !item.is_cut() && !matches!(item.entry.quantity, Quantity::Missing(_));
                    let quantity = stated.then_some(item.entry.quantity);
                    let piece = Piece { label, quantity, service: item.days, tax: tax(item) };
                    let first = self.lines.len();
                    self.bill_beside_or_not(firing, piece, item.amount)?;
                    if self.record.is_some() {
                        self.tell_amount(How::Work(vec![*item]), item.amount, first);
                    }
                }
            }
        }
        let counts = items.iter().any(|item| item.amount != Money::ZERO);
        self.items = items;
        Ok((sum, counts))
    }

    /// Bills an amount of a line, all of the price or all beside it.
    fn bill(&mut self, firing: Firing<'_>, piece: Piece, amount: Money) -> Result<(), Stop> {
        self.price_goes_on(firing.line, amount)?;
        self.bill_beside_or_not(firing, piece, amount)
    }

    fn price_goes_on(&mut self, line: &Line, amount: Money) -> Result<(), Stop> {
        if !line.beside {
            self.account.of_price = self.account.of_price.plus(amount).ok_or(Stop::TooLarge)?;
        }
        Ok(())
    }

    /// Splits an amount and puts it on the invoice; a deposit is open from then on.
    fn bill_beside_or_not(
        &mut self,
        firing: Firing<'_>,
        piece: Piece,
        amount: Money,
    ) -> Result<(), Stop> {
        let line = firing.line;
        let mut parts = std::mem::take(&mut self.parts);
        let own = BilledKind::Own(line.kind);
        if line.kind != Kind::Deposit {
            match line.charged_to {
                Some(payer) => self.bill_charged(payer, amount, &mut parts),
                None => {
                    self.account.bill(&self.payers, amount, &mut parts).ok_or(Stop::TooLarge)?;
                    self.tell_split(false, false);
                }
            }
            self.emit(firing, own, piece, &parts)?;
        } else {
            let open = match line.charged_to {
                Some(payer) => {
                    self.bill_charged(payer, amount, &mut parts);
                    parts.clone()
                }
                None => {
                    let open = self.account.bill_deposit(&self.payers, amount, &mut parts);
                    self.tell_split(true, false);
                    open.ok_or(Stop::TooLarge)?
                }
            };
            let first = self.lines.len();
            self.emit(firing, own, piece, &parts)?;
            let mut places = (0..).map_while(|place| u32::try_from(first + place).ok());
            let lines = parts.iter().map(|part| if *part == 0 { None } else { places.next() });
            let lines = lines.collect();
            if open.iter().any(|part| *part != 0) {
                self.account.open.push(Deposit {
                    line: firing.place,
                    lines,
                    parts: open,
                    deducted: 0,
                    beside: line.beside,
                    charged_to: line.charged_to,
                    tax: piece.tax,
                });
            }
        }
        self.parts = parts;
        Ok(())
    }

    fn bill_charged(&mut self, payer: PayerId, amount: Money, parts: &mut Parts) {
        Account::bill_charged(payer, &self.payers, amount, parts);
        if let Some(record) = &mut self.record {
            record.split(Split::Charged(payer));
        }
    }

    /// Notes how the account has just split an amount.
    fn tell_split(&mut self, of_all_billed: bool, settles: bool) {
        if let Some(record) = &mut self.record
            && self.payers.are_named()
        {
            record.split(Split::Due {
                of_all_billed,
                owed: self.account.owed_of,
                before: self.account.due_before.clone(),
                after: self.account.due_after.clone(),
                settled: settles.then(|| self.account.settled.clone()),
            });
        }
    }

    /// Notes an amount and the lines that it gave: those from `first` on.
    fn tell_amount(&mut self, how: How, amount: Money, first: usize) {
        if let Some(record) = &mut self.record {
            record.compute(how, amount, first..self.lines.len());
        }
    }

    /// Takes off the deposits that are billed and not settled, oldest first: a balance that stays open
    /// no more of those of the price than its own amount, one that closes the case all of them.
    fn deduct(&mut self, firing: Firing<'_>, own: Money) -> Result<(), Stop> {
        let large = Stop::TooLarge;
        let closes = firing.line.closes();
        let mut open = std::mem::take(&mut self.account.open);
        let below_zero = open.iter().filter(|deposit| !deposit.beside).map(Deposit::left);
        let below_zero: i64 = below_zero.filter(|left| *left < 0).sum();
        let mut room = own.0.checked_sub(below_zero).ok_or(large)?.max(0);
        let mut parts = Parts::new();
        for deposit in open.iter_mut().filter(|deposit| closes || !deposit.beside) {
            let left = deposit.left();
            let taken = if closes { left } else { left.min(room) };
            room -= taken.max(0);
            proportion(&deposit.parts, deposit.deducted, taken, &mut parts).ok_or(large)?;
            parts.iter_mut().for_each(|part| *part = -*part);
            deposit.deducted += taken;
            if deposit.charged_to.is_none() {
                self.account.all = self.account.all.checked_sub(taken).ok_or(large)?;
            }
            if !deposit.beside {
                let off = Money(taken);
                self.account.of_price = self.account.of_price.minus(off).ok_or(large)?;
            }
            let label = Label::Deposit(deposit.line);
            let piece = Piece { label, quantity: None, service: None, tax: deposit.tax };
            let first = self.lines.len();
            self.emit(firing, BilledKind::Deduction, piece, &parts)?;
            for line in self.lines.iter_mut().skip(first) {
                let payer = line.payer.map_or(0, |PayerId(payer)| payer as usize);
                line.deducts = deposit.lines.get(payer).copied().flatten();
            }
            if taken != 0 || self.lines.len() > first {
                let left = Money(deposit.left());
                if let Some(record) = &mut self.record
                    && self.payers.are_named()
                {
                    record.split(Split::AsDeposit);
                }
                let how = How::Deduction { deposit: deposit.line, left };
                self.tell_amount(how, Money(taken.checked_neg().ok_or(large)?), first);
            }
        }
        open.retain(|deposit| deposit.left() != 0 || deposit.parts_are_left());
        self.account.open = open;
        Ok(())
    }

    /// Puts the parts on the invoice, none of zero.
    fn emit(
        &mut self,
        firing: Firing<'_>,
        kind: BilledKind,
        piece: Piece,
        parts: &Parts,
    ) -> Result<(), Stop> {
        let whole: i64 = parts.iter().sum();
        for (payer, part) in (0_u16..).zip(parts).filter(|(_, part)| **part != 0) {
            self.lines.push(Billed {
                line: firing.place,
                when: firing.when,
                kind,
                date: self.facts.today,
                invoice: 0,
                payer: self.payers.are_named().then_some(PayerId(payer)),
                label: piece.label,
                amount: Money(*part),
                quantity: piece.quantity.filter(|_| *part == whole),
                service: piece.service,
                event: firing.event,
                deducts: None,
                tax: piece.tax,
            });
        }
        // Lines have numbers of 32 bits.
        u32::try_from(self.lines.len()).map(|_| ()).map_err(|_| Stop::TooLarge)
    }
}

/// From the first day of two spans to the last.
fn both(one: Option<(Date, Date)>, other: Option<(Date, Date)>) -> Option<(Date, Date)> {
    match (one, other) {
        (Some((first, last)), Some((from, to))) => Some((first.min(from), last.max(to))),
        (span, None) | (None, span) => span,
    }
}
