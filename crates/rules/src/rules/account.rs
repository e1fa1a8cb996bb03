//! The account of a case: what is billed, the shares of the price, the deposits that are open, and
//! what each payer stands for. In: one billed amount after another. Out: how it is split.

use super::payers::{Parts, Payers, proportion};
use crate::model::program::{Kind, PayerId};
use crate::money::{Exact, Money, Percent};
use num_rational::Ratio;
use num_traits::{CheckedAdd, CheckedSub, Zero};

/// An exact share of the price: 1 is the whole.
pub type ShareOfPrice = Ratio<i128>;

/// A percentage as a share.
pub fn share(percent: Percent) -> ShareOfPrice {
    Ratio::new(i128::from(percent.0), i128::from(Percent::WHOLE.0))
}

/// The percentages of a group: deposits share their rounding among themselves, the others too.
#[derive(Clone, Copy, Debug, Default)]
pub struct Group {
    /// The sum of the percentages billed.
    pub shares: ShareOfPrice,
    /// What they billed.
    pub billed: Money,
}

impl Group {
    /// Goes on by a share of the price: what that bills. The next percentage brings those before it
    /// to the price of today.
    pub fn go_on(&mut self, total: Exact, by: ShareOfPrice) -> Option<Money> {
        let shares = self.shares.checked_add(&by)?;
        let after = of_price(total, shares)?;
        let amount = after.minus(self.billed)?;
        (self.shares, self.billed) = (shares, after);
        Some(amount)
    }

    /// How far a share is from the percentages billed.
    pub fn missing_to(&self, share: ShareOfPrice) -> Option<ShareOfPrice> {
        share.checked_sub(&self.shares)
    }
}

/// A share of a price, rounded.
pub fn of_price(total: Exact, share: ShareOfPrice) -> Option<Money> {
    total.times(*share.numer(), *share.denom())?.round()
}

/// A deposit that is billed and not settled.
#[derive(Clone, Debug)]
pub struct Deposit {
    /// The place of its line in the program.
    pub line: u32,
    /// The place among the case's lines of its line, for each payer that has one.
    pub lines: Vec<Option<u32>>,
    /// What stood on each payer when it was billed, or after it lost a part.
    pub parts: Parts,
    /// What of it is deducted.
    pub deducted: i64,
    /// Whether it is beside the price.
    pub beside: bool,
    /// Who pays all of it.
    pub charged_to: Option<PayerId>,
    /// Its tax.
    pub tax: Option<crate::model::program::TaxId>,
}

impl Deposit {
    /// What is not deducted yet.
    pub fn left(&self) -> i64 {
        self.parts.iter().sum::<i64>() - self.deducted
    }

    /// Whether parts are left that come to nothing together.
    pub fn parts_are_left(&self) -> bool {
        self.deducted == 0 && self.parts.iter().any(|part| *part != 0)
    }

    /// What is not deducted yet, by payer.
    pub fn parts_left(&self, room: &mut Parts) -> Option<()> {
        let (left, before) = (self.left(), self.deducted);
        proportion(&self.parts, before, left, room)
    }
}

/// The account.
#[derive(Clone, Debug, Default)]
pub struct Account {
    /// Percentages of deposits.
    pub deposits: Group,
    /// Percentages of other lines.
    pub others: Group,
    /// Everything billed of the price so far, deductions and discounts included.
    pub of_price: Money,
    /// Discounts given, below zero.
    pub discounts: Money,
    /// Everything billed so far but what is charged to one payer.
    pub all: i64,
    /// Deposits that are billed and not settled, oldest first.
    pub open: Vec<Deposit>,
    /// Of the last amount that was split: of which sum, before and after.
    pub owed_of: (i64, i64),
    /// What each payer owed of it before.
    pub due_before: Parts,
    /// What each owes of it after.
    pub due_after: Parts,
    /// What of each payer's open deposits the last `up to` settled.
    pub settled: Parts,
}

impl Account {
    /// Nothing is billed yet.
    pub fn reset(&mut self) {
        self.deposits = Group { shares: Ratio::zero(), billed: Money::ZERO };
        self.others = self.deposits;
        self.of_price = Money::ZERO;
        self.discounts = Money::ZERO;
        self.all = 0;
        self.open.clear();
        self.due_after.clear();
    }

    /// The percentages of a kind of line.
    pub fn group(&mut self, kind: Kind) -> &mut Group {
        match kind {
            Kind::Deposit => &mut self.deposits,
            Kind::Installment | Kind::Discount | Kind::Balance => &mut self.others,
        }
    }

    /// What the case owes: everything billed, less the deposits that are not settled.
    pub fn owed(&self) -> Option<i64> {
        let open = self.open.iter().filter(|deposit| deposit.charged_to.is_none());
        open.map(Deposit::left).try_fold(self.all, i64::checked_sub)
    }

    /// Bills an amount that is neither deposit nor deduction; the parts of the payers.
    pub fn bill(&mut self, payers: &Payers, amount: Money, parts: &mut Parts) -> Option<()> {
        self.split(payers, amount, 0, parts)?;
        self.all = self.all.checked_add(amount.0)?;
        Some(())
    }

    /// The parts of an amount that also settles deposits of that sum.
    fn split(
        &mut self,
        payers: &Payers,
        amount: Money,
        settled: i64,
        parts: &mut Parts,
    ) -> Option<()> {
        if !payers.are_named() {
            parts.clear();
            parts.push(amount.0);
            return Some(());
        }
        let before = self.owed()?;
        let after = before.checked_add(amount.0)?.checked_add(settled)?;
        self.difference(payers, before, after, parts)
    }

    fn difference(
        &mut self,
        payers: &Payers,
        before: i64,
        after: i64,
        parts: &mut Parts,
    ) -> Option<()> {
        // What was due after the last amount is due before this one, nearly always.
        if self.owed_of.1 == before && self.due_after.len() == payers.count() {
            std::mem::swap(&mut self.due_before, &mut self.due_after);
        } else {
            payers.due(before, &mut self.due_before)?;
        }
        payers.due(after, &mut self.due_after)?;
        self.owed_of = (before, after);
        parts.clear();
        parts.extend(
            self.due_after.iter().zip(&self.due_before).map(|(after, before)| after - before),
        );
        Some(())
    }

    /// Bills what settles the deposits of the price: their parts are taken off those of the payers.
    pub fn bill_up_to(&mut self, payers: &Payers, amount: Money, parts: &mut Parts) -> Option<()> {
        let settles = |deposit: &&Deposit| !deposit.beside;
        let settled: i64 = self.open.iter().filter(settles).map(Deposit::left).sum();
        self.split(payers, amount, settled, parts)?;
        if payers.are_named() {
            let mut left = Parts::new();
            self.settled.clear();
            self.settled.resize(parts.len(), 0);
            for deposit in self.open.iter().filter(settles) {
                deposit.parts_left(&mut left)?;
                self.settled.iter_mut().zip(&left).for_each(|(sum, left)| *sum += left);
            }
            parts.iter_mut().zip(&self.settled).for_each(|(part, settled)| *part -= settled);
        }
        self.open.retain(|deposit| deposit.beside);
        self.all = self.all.checked_add(amount.0)?;
        Some(())
    }

    /// The parts of a deposit; one below zero takes them from the open deposits of the price, the
    /// latest first. What is to be kept as an open deposit, if anything.
    pub fn bill_deposit(
        &mut self,
        payers: &Payers,
        amount: Money,
        parts: &mut Parts,
    ) -> Option<Parts> {
        let (before, after) = (self.all, self.all.checked_add(amount.0)?);
        if payers.are_named() {
            self.difference(payers, before, after, parts)?;
        } else {
            parts.clear();
            parts.push(amount.0);
        }
        self.all = after;
        if amount >= Money::ZERO {
            return Some(parts.clone());
        }
        let mut standing = vec![0; parts.len()];
        let mut left = Parts::new();
        for deposit in self.open.iter().filter(|deposit| !deposit.beside) {
            deposit.parts_left(&mut left)?;
            standing.iter_mut().zip(&left).for_each(|(sum, left)| *sum += left);
        }
        if standing.iter().sum::<i64>() == -amount.0 {
            // It ends them all: nothing is left on anybody.
            self.open.retain(|deposit| deposit.beside);
            parts.clear();
            parts.extend(standing.iter().map(|standing| -standing));
            return Some(vec![0; parts.len()]);
        }
        let mut rest = parts.clone();
        for deposit in self.open.iter_mut().rev().filter(|deposit| !deposit.beside) {
            deposit.parts_left(&mut left)?;
            let mut loses = false;
            for (part, rest) in left.iter_mut().zip(&mut rest) {
                if *rest < 0 && *part > 0 {
                    let lost = (*part).min(-*rest);
                    *part -= lost;
                    *rest += lost;
                    loses = true;
                }
            }
            if loses {
                (deposit.parts, deposit.deducted) = (left.clone(), 0);
            }
        }
        self.open.retain(|deposit| deposit.beside || deposit.parts.iter().any(|part| *part != 0));
        Some(rest)
    }

    /// Bills what one payer pays alone.
    pub fn bill_charged(payer: PayerId, payers: &Payers, amount: Money, parts: &mut Parts) {
        parts.clear();
        parts.resize(payers.count(), 0);
        if let Some(part) = parts.get_mut(payer.0 as usize) {
            *part = amount.0;
        }
    }
}
