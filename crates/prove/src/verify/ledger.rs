//! The money of a case in the search: exact where it is, a range where it depends on hours or days
//! that a cell leaves open. A range is never narrower than what can happen.

use crate::money::{Exact, Money, Percent};

/// The least and the most of an amount, in minor units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Between {
    pub(super) least: i64,
    pub(super) most: i64,
}

/// More money than any case has.
const LIMIT: i64 = i64::MAX / 8;

impl Between {
    pub(super) const ZERO: Between = Between { least: 0, most: 0 };

    pub(super) fn exactly(amount: i64) -> Between {
        Between { least: amount, most: amount }
    }

    pub(super) fn new(least: i64, most: i64) -> Between {
        Between { least: least.min(most), most }
    }

    pub(super) fn up_to(most: i64) -> Between {
        Between { least: 0, most: most.clamp(0, LIMIT) }
    }

    pub(super) fn anything() -> Between {
        Between { least: 0, most: LIMIT }
    }

    pub(super) fn plus(self, other: Between) -> Between {
        Between {
            least: self.least.saturating_add(other.least).clamp(-LIMIT, LIMIT),
            most: self.most.saturating_add(other.most).clamp(-LIMIT, LIMIT),
        }
    }

    pub(super) fn minus(self, other: Between) -> Between {
        self.plus(Between { least: -other.most, most: -other.least })
    }

    pub(super) fn is_exact(self) -> bool {
        self.least == self.most
    }
}

/// What has been billed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Ledger {
    /// Billed by other lines than deposits and work.
    pub(super) base: Between,
    /// Work billed: all of it up to the last line of work.
    pub(super) work: Between,
    /// Deposits that are billed and not settled.
    pub(super) deposits: Between,
    share_of_deposits: i64,
    share_of_others: i64,
    /// Of all that, at least so much was billed by lines that are left out.
    aside: i64,
    /// Of the deposits, at least so much is of lines that are left out.
    aside_deposits: i64,
}

impl Ledger {
    /// Everything billed so far, deductions included: a deposit counts until it is deducted.
    pub(super) fn net(&self) -> Between {
        self.base.plus(self.work).plus(self.deposits)
    }

    /// The same without the lines that are left out; `work` says whether those of work are.
    pub(super) fn net_without(&self, work: bool) -> Between {
        let all = if work { self.base.plus(self.deposits) } else { self.net() };
        let aside = self.aside.saturating_add(self.aside_deposits);
        Between::new(all.least.saturating_sub(aside), all.most.saturating_sub(aside))
    }

    /// A line that is left out has billed this.
    pub(super) fn leave_out(&mut self, own: Between, deposit: bool) {
        let aside = if deposit { &mut self.aside_deposits } else { &mut self.aside };
        *aside = aside.saturating_add(own.least.max(0)).min(LIMIT);
    }

    /// What matters for what is still to be billed, unless an `up to` line settles everything.
    pub(super) fn to_come(self) -> Ledger {
        Ledger { base: Between::ZERO, work: Between::ZERO, aside: 0, ..self }
    }

    /// The amount of a percentage line that fires.
    pub(super) fn percent(&mut self, total: Exact, share: Percent, deposit: bool) -> Between {
        let sum = if deposit { &mut self.share_of_deposits } else { &mut self.share_of_others };
        let before = *sum;
        *sum = before.saturating_add(share.0);
        let part = |share: i64| total.share(Percent(share));
        let (Some(after), Some(before)) = (part(*sum), part(before)) else {
            return Between { least: -LIMIT, most: LIMIT };
        };
        Between::exactly(after.0 - before.0)
    }

    /// The amount of an `up to` line that fires: it settles everything.
    pub(super) fn up_to(&mut self, total: Exact, share: Percent) -> Between {
        let Some(Money(reached)) = total.share(share) else {
            return Between { least: -LIMIT, most: LIMIT };
        };
        let own = Between::exactly(reached).minus(self.net());
        self.base = Between::exactly(reached);
        self.work = Between::ZERO;
        self.deposits = Between::ZERO;
        self.share_of_others = share.0;
        (self.aside, self.aside_deposits) = (0, 0);
        own
    }

    /// What a balance deducts, its own amount being known.
    pub(super) fn deduct(&mut self, own: Between, stays_open: bool) -> Between {
        let left = self.deposits;
        if !stays_open {
            self.deposits = Between::ZERO;
            self.aside_deposits = 0;
            return left;
        }
        let own = Between { least: own.least.max(0), most: own.most.max(0) };
        let taken = Between { least: own.least.min(left.least), most: own.most.min(left.most) };
        self.aside_deposits = self.aside_deposits.saturating_sub(taken.most).max(0);
        self.deposits = if own.is_exact() && left.is_exact() {
            left.minus(taken)
        } else {
            Between { least: 0, most: left.most }
        };
        taken
    }
}
