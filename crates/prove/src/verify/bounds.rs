//! Bounds that prove without a search: what all lines together can bill.
//!
//! In: a plan and its exact total. Out: whether no history at all can bill more than the total, and
//! whether no invoice can be below zero. `false` says nothing: the search has to look.

use crate::model::{Amount, LineKind, Most};
use crate::money::{Exact, Money, Percent};
use crate::plan::{Plan, PlannedLine};

/// The most that some lines can bill together: shares of the price, and sums.
#[derive(Clone, Copy, Default)]
struct Sums {
    share: i64,
    sum: i64,
}

impl Sums {
    /// With one more line; `None` if what it bills has no bound that is known beforehand.
    fn with(self, line: &PlannedLine, total: i64) -> Option<Sums> {
        Some(match line.amount.most()? {
            Most::Share(Percent(share)) => Sums { share: self.share.checked_add(share)?, ..self },
            Most::Sum(Money(sum)) => Sums { sum: self.sum.checked_add(sum)?, ..self },
            Most::Price => Sums { sum: self.sum.checked_add(total)?, ..self },
        })
    }

    fn all<'l>(mut lines: impl Iterator<Item = &'l PlannedLine>, total: i64) -> Option<Sums> {
        lines.try_fold(Sums::default(), |most, line| most.with(line, total))
    }

    fn amount(self, total: Exact) -> Option<i64> {
        total.share(Percent(self.share))?.0.checked_add(self.sum)
    }
}

/// Whether the lines together cannot come to more than the total. Each fires at most once, and the
/// percentages share their rounding, so that they never come to more than their sum does.
pub(super) fn never_overbills(plan: &Plan, exact: Exact, total: i64) -> bool {
    let lines = || plan.lines.iter();
    let parts = lines().filter(|line| !line.closes && line.kind != LineKind::Deposit);
    let bounded = || -> Option<bool> {
        let parts = Sums::all(parts, total)?;
        let deposits = Sums::all(lines().filter(|line| line.kind == LineKind::Deposit), total)?;
        let open = parts.amount(exact)?.checked_add(deposits.amount(exact)?)?;
        let mut fits = open <= total;
        for closing in lines().filter(|line| line.closes) {
            fits &= parts.with(closing, total)?.amount(exact)? <= total;
        }
        Some(fits)
    };
    bounded().unwrap_or(false)
}

/// The same whatever the total is: nothing but shares of it is billed, and no two groups of them round
/// apart.
pub(super) fn never_overbills_at_any_price(plan: &Plan) -> bool {
    const WHOLE: i64 = Percent::WHOLE.0;
    let share = |line: &PlannedLine| match line.amount.most()? {
        Most::Share(Percent(share)) => Some(share),
        Most::Price => Some(WHOLE),
        Most::Sum(_) => None,
    };
    let rounded_apart = |line: &&PlannedLine| line.amount.is_pro_rata();
    let more = |sum: i64, line: &PlannedLine| sum.checked_add(share(line)?);
    let lines = || plan.lines.iter();
    let open = || lines().filter(|line| !line.closes);
    let bounded = || -> Option<bool> {
        let parts = open().filter(|line| line.kind != LineKind::Deposit).try_fold(0, more)?;
        let deposits = open().filter(|line| line.kind == LineKind::Deposit).try_fold(0, more)?;
        let one_group = parts == 0 || deposits == 0;
        let mut fits = parts <= WHOLE && deposits <= WHOLE && one_group;
        for closing in lines().filter(|line| line.closes) {
            let apart = closing.amount != Amount::Nothing && parts > 0;
            let own = share(closing)?;
            fits &= parts.checked_add(own)? <= WHOLE;
            fits &= !(apart && rounded_apart(&closing));
        }
        Some(fits && open().filter(rounded_apart).count() == 0)
    };
    bounded().unwrap_or(false)
}

/// Whether each closing balance comes to at least all deposits together. (One that stays open never
/// deducts more than its own amount.)
pub(super) fn never_credits(plan: &Plan, exact: Exact, total: i64) -> bool {
    let lines = || plan.lines.iter();
    if lines().any(|line| line.amount.up_to().is_some()) {
        return false;
    }
    let deposits = || lines().filter(|line| line.kind == LineKind::Deposit);
    let bounded = || -> Option<bool> {
        let most = Sums::all(deposits(), total)?.amount(exact)?;
        let mut fits = true;
        for closing in lines().filter(|line| line.closes) {
            let least = if let Some(share) = closing.amount.percent() {
                // Shared rounding may take one minor unit from a percentage.
                let amount = exact.share(share)?.0;
                let sharing = lines().any(|line| {
                    let percent = line.amount.percent().is_some();
                    percent && !line.closes && line.kind != LineKind::Deposit
                });
                amount.checked_sub(i64::from(sharing))?
            } else {
                closing.amount.sum().map_or(0, |sum| sum.0)
            };
            fits &= least >= most;
        }
        Some(fits)
    };
    bounded().unwrap_or(false)
}
