//! A price that each case agrees: what is known at every price from what is known at one.
//!
//! In: a schedule read at one figure. Out: whether a property holds at every figure within the bounds if
//! it does at this one, and other figures at which it may not. Which lines fire never depends on money;
//! only what they bill does. `false` says nothing: the property is unknown then, if no figure that is
//! tried refutes it.

use super::bounds::never_overbills_at_any_price;
use crate::model::program::Program;
use crate::model::{Amount, LineKind, Milestone, Price, Property, Terminal, When};
use crate::money::{Exact, Money, Percent};
use crate::plan::{Plan, PlannedLine};

/// Whether a property is about sums that depend on the price or the rate.
pub(super) fn is_of_the_figure(property: Property) -> bool {
    match property {
        Property::Overbilling
        | Property::Underbilling
        | Property::PastDate
        | Property::Leak
        | Property::Gap
        | Property::Credit
        | Property::Order
        | Property::Cliff => true,
        Property::Overlap
        | Property::DeadLine
        | Property::StrandedDeposit
        | Property::UnbilledWork
        | Property::AfterTerminal
        | Property::NeverStarted
        | Property::Endless
        | Property::PartsLeft => false,
    }
}

/// Whether a property that holds of the schedule read at its figure holds at every figure. The second plan
/// is the first without what stands beside the price; `of_sums` says whether anything turned on sums.
pub(super) fn holds_at_all(
    property: Property,
    (plan, price): (&Plan, &Plan),
    of_sums: bool,
    least: Money,
) -> bool {
    let of_total = matches!(property, Property::Overbilling | Property::Underbilling);
    if of_total && price.total(price.schedule.planned_hours).is_ok_and(|total| total.is_none()) {
        return true;
    }
    match property {
        Property::Overbilling => {
            scales(price)
                || never_overbills_at_any_price(price)
                || never_overbills_from(price, least)
        }
        Property::Underbilling => scales(price) || never_underbills(price),
        Property::PastDate => !of_sums || scales(price) || never_underbills(price),
        Property::Leak | Property::Gap => !of_sums || scales(price) && scales(plan),
        Property::Order => !of_sums || scales(plan),
        Property::Cliff => scales(plan),
        Property::Credit => {
            let may = |line: &PlannedLine| {
                line.kind == LineKind::Deposit || matches!(line.amount, Amount::UpTo(_))
            };
            !plan.lines.iter().any(may) || scales(plan) || never_credits_from(plan, least)
        }
        Property::StrandedDeposit | Property::AfterTerminal => !of_sums || scales(plan),
        // Which lines fire, and whether work is billed, is no matter of sums.
        Property::Overlap
        | Property::DeadLine
        | Property::UnbilledWork
        | Property::NeverStarted
        | Property::Endless
        | Property::PartsLeft => true,
    }
}

/// Whether everything that is billed at any moment is one share of the price, rounded once, and exact at
/// this price: then more is more and less is less at every price.
///
/// Percentages of one group share their rounding. Deposits are a group of their own; where nothing but
/// balances that close the case stands beside them, what is billed is that of the one group before, and
/// that of the other after.
pub(super) fn scales(plan: &Plan) -> bool {
    let Price::Fixed(total) = plan.schedule.price else { return false };
    let exact =
        |share: Percent| Exact::from_money(total).percent(share).is_some_and(Exact::is_whole);
    let shares = plan.lines.iter().all(|line| {
        line.amount.share().is_some_and(exact)
            || line.amount == Amount::Nothing
            || line.amount.sum() == Some(Money::ZERO)
    });
    let deposits = plan.lines.iter().any(|line| line.kind == LineKind::Deposit);
    let between = |line: &PlannedLine| {
        line.kind != LineKind::Deposit && !line.closes && line.amount != Amount::Nothing
    };
    shares && !(deposits && plan.lines.iter().any(between))
}

/// Whether a case that is not abandoned is never closed below the price: each balance that may close it
/// brings it to the whole price at least.
fn never_underbills(plan: &Plan) -> bool {
    let lines = || plan.lines.iter();
    let gives_back = |line: &PlannedLine| line.amount.sum().is_some_and(|sum| sum < Money::ZERO);
    let leaves = |trigger: &When| {
        let over = trigger.milestone().and_then(Milestone::terminal);
        over.is_some_and(|over| over != Terminal::End)
    };
    let abandons = |line: &PlannedLine| {
        let mut triggers = line.triggers.iter().filter_map(|trigger| plan.trigger(*trigger));
        triggers.all(leaves)
    };
    let whole =
        |line: &PlannedLine| line.amount.share().is_some_and(|share| share >= Percent::WHOLE);
    // A share that another line has brought the others to counts for what it is: no `up to` comes before.
    let up_to = |line: &PlannedLine| !line.closes && matches!(line.amount, Amount::UpTo(_));
    !lines().any(gives_back)
        && !lines().any(up_to)
        && lines().filter(|line| line.closes && !abandons(line)).all(whole)
}

/// What some lines bill together: shares, sums, and how many roundings there are at the most.
#[derive(Clone, Copy, Default)]
struct Most {
    share: i64,
    sum: i64,
    roundings: i64,
}

impl Most {
    /// With one more line; none if what it bills has no bound that is known beforehand.
    fn with(self, line: &PlannedLine) -> Option<Most> {
        let more = |share: i64, sum: i64| {
            Some(Most {
                share: self.share.checked_add(share)?,
                sum: self.sum.checked_add(sum)?,
                roundings: self.roundings + i64::from(share > 0),
            })
        };
        if let Amount::Percent(share) = line.amount {
            more(share.0, 0)
        } else if let Amount::Sum(sum) = line.amount {
            more(0, sum.0.max(0))
        } else if line.amount.is_pro_rata() {
            more(Percent::WHOLE.0, 0)
        } else {
            (line.amount == Amount::Nothing).then_some(self)
        }
    }

    fn of(plan: &Plan, kind: impl Fn(&PlannedLine) -> bool) -> Option<Most> {
        let open = plan.lines.iter().filter(|line| !line.closes && kind(line));
        open.into_iter().try_fold(Most::default(), Most::with)
    }

    /// Whether it is no more than a share of the price, from this price on. One rounding: what a share
    /// leaves of the price never falls as the price rises.
    fn fits(self, aim: Percent, least: Money) -> bool {
        let room = i128::from(aim.0) - i128::from(self.share);
        let alone = self.sum == 0 && self.roundings <= 1;
        let needed = i128::from(self.sum) + i128::from(self.roundings);
        room >= 0 && (alone || room * i128::from(least.0) >= needed * i128::from(Percent::WHOLE.0))
    }
}

/// Whether no case is billed more than its price, from this price on: the shares of all lines leave room
/// for their sums and for a cent of each rounding.
fn never_overbills_from(plan: &Plan, least: Money) -> bool {
    let Price::Fixed(_) = plan.schedule.price else { return false };
    let bounded = || -> Option<bool> {
        let parts = Most::of(plan, |line| line.kind != LineKind::Deposit)?;
        let fits = |most: Most| most.fits(Percent::WHOLE, least);
        let closings = plan.lines.iter().filter(|line| line.closes).map(|line| {
            // What brings the case to a share does so whatever was billed.
            if let Amount::UpTo(share) = line.amount {
                return Some(share <= Percent::WHOLE);
            }
            parts.with(line).map(fits)
        });
        let closings: Option<Vec<bool>> = closings.collect();
        Some(fits(Most::of(plan, |_| true)?) && closings?.into_iter().all(|fits| fits))
    };
    bounded().unwrap_or(false)
}

/// Whether no invoice is below zero, from this price on: what closes a case brings it to a share that
/// nothing has passed before, or comes to at least all deposits.
fn never_credits_from(plan: &Plan, least: Money) -> bool {
    let Price::Fixed(_) = plan.schedule.price else { return false };
    let bounded = || -> Option<bool> {
        let all = Most::of(plan, |_| true)?;
        let deposits = Most::of(plan, |line| line.kind == LineKind::Deposit)?;
        // A percentage may lose a cent to those that it shares its rounding with.
        let shared = Most { roundings: deposits.roundings + 1, ..deposits };
        let covers = |line: &PlannedLine| {
            let of = if matches!(line.amount, Amount::UpTo(_)) { all } else { shared };
            line.amount.share().is_some_and(|share| of.fits(share, least))
        };
        let none = deposits.share == 0 && deposits.sum == 0;
        let up_to = |line: &PlannedLine| matches!(line.amount, Amount::UpTo(_));
        let mut closings = plan.lines.iter().filter(|line| line.closes);
        Some(closings.all(|line| covers(line) || none && !up_to(line)))
    };
    bounded().unwrap_or(false)
}

/// From which round price on no case is overbilled, where that is a matter of the price alone.
pub(super) fn enough(plan: &Plan, program: &Program) -> Option<Money> {
    let unit = 10_i64.checked_pow(program.currency.decimals())?;
    let (least, most) = program.bounds_of_the_figure();
    let steps = [10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000];
    let sums = steps.into_iter().map(|step| Money(step * unit));
    let mut sums = sums.filter(|sum| (least..=most).contains(sum));
    sums.find(|sum| never_overbills_from(plan, *sum))
}

/// Other figures at which something may go wrong: below what lines bill as sums, at the bounds, and where
/// halves of a cent are rounded.
pub(super) fn others(program: &Program, plan: &Plan) -> Vec<Money> {
    let (least, most) = program.bounds_of_the_figure();
    let unit = 10_i64.pow(program.currency.decimals());
    let sums = plan.lines.iter().filter_map(|line| line.amount.sum()).map(|sum| sum.0);
    let sums: i64 = sums.fold(0, i64::saturating_add);
    let half = (sums / 2 / unit * unit).max(unit);
    let usual = program.round_figure().0;
    let mut all = vec![half, usual.saturating_add(1), usual.saturating_sub(1), least.0];
    all.extend((most < Money::LARGEST).then_some(most.0));
    let mut seen = vec![usual];
    all.retain(|figure| {
        let new = (least.0..=most.0).contains(figure) && !seen.contains(figure);
        seen.push(*figure);
        new
    });
    all.into_iter().map(Money).collect()
}
