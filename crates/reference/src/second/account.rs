//! Amounts (§1, §3, §4, §6 of the second part): a line that fires goes in, what it bills and each payer's
//! part of it come out. One rounding, in `bill`.

use num_traits::{Signed, Zero};

use super::moments::{Facts, Moment, period};
use super::payers::{all_on, between, in_proportion};
use super::rules::{Amount, Kind, Line, Payer, Price, Schedule, Trigger};
use super::work::{Item, Work};
use crate::exact::{Exact, fraction, percent, round, whole, zero};
use crate::rules::Span;

/// A deposit that is not settled.
#[derive(Clone, Debug)]
pub struct Deposit {
    pub label: String,
    pub vat: Option<Exact>,
    pub parts: Vec<Exact>,
    /// Of the whole, what balances have deducted.
    pub taken: Exact,
    pub beside: bool,
    pub charged: bool,
}

/// What has been billed in a case.
#[derive(Clone, Debug)]
pub struct Account<'a> {
    pub schedule: &'a Schedule,
    pub payers: Vec<Payer>,
    /// Everything billed, but what stands beside the price.
    total: Exact,
    /// Everything billed, but what is charged to one payer.
    billed: Exact,
    /// The same, less the deposits that are not settled.
    owed: Exact,
    /// The percentages billed and what they came to: of deposits, of the other lines.
    groups: [(Exact, Exact); 2],
    discounts: Exact,
    pub deposits: Vec<Deposit>,
    pub work: Work<'a>,
}

/// An amount that needs a term which nobody has stated yet.
#[derive(Clone, Copy, Debug)]
pub struct NoTerm;

impl Deposit {
    #[must_use]
    pub fn whole(&self) -> Exact {
        self.parts.iter().fold(zero(), |sum, part| sum + part)
    }

    /// Takes so much more of it; each payer's part of that.
    fn take(&mut self, amount: &Exact) -> Vec<Exact> {
        let before = in_proportion(&self.parts, &self.taken);
        self.taken += amount;
        let after = in_proportion(&self.parts, &self.taken);
        after.iter().zip(&before).map(|(after, before)| after - before).collect()
    }

    #[must_use]
    pub fn left(&self) -> Exact {
        self.whole() - &self.taken
    }
}

impl<'a> Account<'a> {
    #[must_use]
    pub fn new(schedule: &'a Schedule, payers: Vec<Payer>) -> Self {
        let groups = [(zero(), zero()), (zero(), zero())];
        let (total, billed, owed, discounts) = (zero(), zero(), zero(), zero());
        let (deposits, work) = (Vec::new(), Work::new(schedule));
        Self { schedule, payers, total, billed, owed, groups, discounts, deposits, work }
    }

    /// Everything billed, but what stands beside the price.
    #[must_use]
    pub fn total(&self) -> &Exact {
        &self.total
    }

    /// What a line that fires for the `nth` time bills, payer by payer.
    ///
    /// # Errors
    /// Where nobody has stated the price yet.
    pub fn bill(
        &mut self,
        line: &Line,
        nth: u32,
        trigger: &Trigger,
        moment: &Moment,
        facts: &Facts,
    ) -> Result<Vec<Exact>, NoTerm> {
        let settles = matches!(line.amount, Amount::UpTo(_) | Amount::Remainder);
        let mut amount = self.amount(line, nth, facts, moment)?;
        if line.pro_rata {
            let Trigger::PeriodEnd(months) = trigger else { unreachable!("checked") };
            let (from, to) = period(moment.date(), *months);
            let run = facts.run(from, moment.date()).len() as i64;
            amount = round(&(amount * fraction(run, (to - from).num_days() + 1)), 2);
        }
        if line.kind == Kind::Discount {
            self.discounts += &amount;
            amount = -amount;
        }
        let parts = self.part(line, &amount, settles);
        if !line.beside {
            self.total += &amount;
        }
        let below = line.kind == Kind::Deposit && amount.is_negative();
        let parts_left = if below { self.lose(&parts) } else { parts.clone() };
        if line.kind == Kind::Deposit && parts_left.iter().any(|part| !part.is_zero()) {
            self.deposits.push(Deposit {
                label: line.label.clone(),
                vat: line.vat.clone().or_else(|| self.schedule.vat.clone()),
                parts: parts_left,
                taken: zero(),
                beside: line.beside,
                charged: line.charged_to.is_some(),
            });
        }
        Ok(parts)
    }

    /// §1: a deposit below zero is lost by the open ones, the latest first; what none can take. The
    /// text leaves open how several payers lose it, so there is one.
    fn lose(&mut self, parts: &[Exact]) -> Vec<Exact> {
        assert_eq!(parts.len(), 1, "one payer");
        let mut lost = -&parts[0];
        for deposit in self.deposits.iter_mut().rev().filter(|deposit| !deposit.beside) {
            let taken = deposit.left().max(zero()).min(lost.clone());
            deposit.take(&taken);
            lost -= taken;
        }
        self.deposits.retain(|deposit| !deposit.left().is_zero());
        vec![-lost]
    }

    /// The items of a line of work, each with the payers' parts; it stands beside every other price.
    pub fn bill_work(
        &mut self,
        line: &Line,
        form: super::rules::WorkForm,
        moment: &Moment,
        facts: &Facts,
    ) -> Result<Vec<(Item, Vec<Exact>)>, NoTerm> {
        let closes = line.kind == Kind::Balance && !line.stays_open && facts.started.is_some();
        let rate = self.rate(facts);
        let vat = line.vat.as_ref().or(self.schedule.vat.as_ref());
        let date = moment.date();
        let items = self.work.bill(form, &line.label, date, closes, rate.as_ref(), vat)?;
        let mut billed = Vec::new();
        for item in items {
            let parts = self.part(line, &item.amount, false);
            // Work under a price per action has no other line that would look at it.
            if !line.beside {
                self.total += &item.of_price;
            }
            billed.push((item, parts));
        }
        Ok(billed)
    }

    /// The rate in force.
    #[must_use]
    pub fn rate(&self, facts: &Facts) -> Option<Exact> {
        match &self.schedule.price {
            Price::Hourly { rate: Some(rate), .. } => Some(rate.clone()),
            Price::Hourly { rate: None, .. } => facts.rate.clone(),
            _ => None,
        }
    }

    fn price(&self, facts: &Facts) -> Result<Exact, NoTerm> {
        match &self.schedule.price {
            Price::Fixed(price) | Price::Period { amount: Some(price), .. } => Ok(price.clone()),
            Price::PerAction { .. } => unreachable!("checked"),
            Price::Hourly { .. } => {
                let hours = self.schedule.planned_hours.clone().expect("checked");
                Ok(self.rate(facts).ok_or(NoTerm)? * hours)
            }
            Price::Agreed { .. } | Price::Period { .. } => facts.price.clone().ok_or(NoTerm),
        }
    }

    fn amount(
        &mut self,
        line: &Line,
        nth: u32,
        facts: &Facts,
        moment: &Moment,
    ) -> Result<Exact, NoTerm> {
        let group = usize::from(line.kind != Kind::Deposit);
        let step = match &line.amount {
            Amount::Percent(p) if line.kind == Kind::Discount => {
                return Ok(round(&(self.price(facts)? * percent(p)), 2));
            }
            Amount::Sum(sum) => return Ok(sum.clone()),
            Amount::SumInParts(sum, parts) => {
                let upto = |k: u32| round(&(sum * fraction(k.into(), (*parts).into())), 2);
                return Ok(upto(nth) - upto(nth - 1));
            }
            Amount::Work(_) => unreachable!("it bills items"),
            Amount::Nothing => return Ok(zero()),
            Amount::Price => return self.price(facts),
            Amount::ProRataDuration => {
                let share = self.elapsed(moment, facts).min(whole(1));
                return Ok(round(&(self.price(facts)? * share), 2));
            }
            Amount::UpTo(p) => return self.up_to(p, line.no_refund, facts),
            Amount::Remainder => return self.up_to(&whole(100), line.no_refund, facts),
            Amount::Percent(p) => p.clone(),
            Amount::PercentInParts(p, parts) => p * fraction(1, (*parts).into()),
            Amount::Progress(share) => percent(share) * &facts.progress - &self.groups[group].0,
        };
        let price = self.price(facts)?;
        let (share, before) = &mut self.groups[group];
        *share += step;
        let amount = round(&(price * percent(share)), 2) - &*before;
        *before += &amount;
        Ok(amount)
    }

    fn up_to(&mut self, p: &Exact, no_refund: bool, facts: &Facts) -> Result<Exact, NoTerm> {
        let price = self.price(facts)?;
        self.groups[1] = (p.clone(), round(&(&price * percent(p)), 2));
        let aim = round(&((price - &self.discounts) * percent(p)), 2);
        let amount = aim - &self.total;
        Ok(if no_refund { amount.max(zero()) } else { amount })
    }

    fn elapsed(&self, moment: &Moment, facts: &Facts) -> Exact {
        let (Some(start), Some(months)) = (facts.started, self.schedule.planned_months) else {
            return zero();
        };
        let end = Span::months(months).after(start).expect("a date");
        let off = |day: &chrono::NaiveDate| facts.suspended_days.contains(day);
        let days = start.iter_days().take_while(|day| *day <= moment.date());
        let counted = days.filter(|day| !off(day)).count() as i64;
        fraction(counted, (end - start).num_days())
    }

    /// §6: each payer's part of a line that bills so much.
    fn part(&mut self, line: &Line, amount: &Exact, settles: bool) -> Vec<Exact> {
        if let Some(place) = line.charged_to {
            return all_on(&self.payers, place, amount);
        }
        if line.kind == Kind::Deposit {
            let before = self.billed.clone();
            self.billed += amount;
            return between(&self.payers, &before, &self.billed);
        }
        let mut settled = vec![zero(); self.payers.len()];
        if settles {
            let (price, kept) =
                std::mem::take(&mut self.deposits).into_iter().partition(|d| !d.beside);
            self.deposits = kept;
            for mut deposit in price {
                let left = deposit.left();
                for (sum, part) in settled.iter_mut().zip(deposit.take(&left)) {
                    *sum += part;
                }
            }
        }
        let before = self.owed.clone();
        self.billed += amount;
        self.owed += settled.iter().fold(amount.clone(), |sum, part| sum + part);
        let parts = between(&self.payers, &before, &self.owed);
        parts.iter().zip(&settled).map(|(part, settled)| part - settled).collect()
    }

    /// What a balance deducts: the labels of the deposits and what each payer gets.
    pub fn deduct(&mut self, line: &Line, own: &Exact) -> Vec<(String, Option<Exact>, Vec<Exact>)> {
        let given_back = self.deposits.iter().map(Deposit::left).filter(Exact::is_negative);
        let room = given_back.fold(own.clone(), |room, left| room - left);
        let mut limit = line.stays_open.then(|| room.max(zero()));
        let mut all = Vec::new();
        for deposit in &mut self.deposits {
            if line.stays_open && deposit.beside {
                continue;
            }
            let left = deposit.left();
            let taken = match &limit {
                Some(limit) if left.is_positive() => left.min(limit.clone()),
                _ => left,
            };
            limit = limit.map(|limit| if taken.is_positive() { limit - &taken } else { limit });
            let parts: Vec<Exact> = deposit.take(&taken).iter().map(|part| -part).collect();
            if !deposit.beside {
                self.total -= &taken;
            }
            if !deposit.charged {
                self.billed -= &taken;
            }
            all.push((deposit.label.clone(), deposit.vat.clone(), parts));
        }
        self.deposits.retain(|deposit| !deposit.left().is_zero());
        all
    }
}
