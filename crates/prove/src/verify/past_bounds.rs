//! Work that passes the bounds of a schedule: tiers and caps of an action, of the case or of each month, and those of the price.
//!
//! In: a program. Out: entries of one action that pass one bound, by so little that it shows, and as much as a bound in each
//! of two months: that shows whether it begins anew with a month.

use crate::model::program::{Measure, Program, Rate, Tiers, Worked};
use crate::money::{Currency, Hours, Money, Percent};

/// So many bounds of an action are passed at the most.
const MOST_BOUNDS: usize = 3;
/// So many actions are looked at.
const MOST_ACTIONS: usize = 6;
/// So many entries a life has at the most, where each counts once.
const MOST_ENTRIES: i64 = 40;
/// A unit of a quantity, and of an amount.
const UNIT: i64 = 10_000;

/// Entries of one action, all alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Past {
    /// The action, by its place among the names; none for one that has no place there.
    pub(super) action: Option<usize>,
    /// How much each states, in the smallest unit of what measures it.
    pub(super) size: i64,
    /// How many there are on one day.
    pub(super) times: u32,
    /// In how many months.
    pub(super) months: u32,
}

/// Entries past each bound of a program.
pub(super) fn past_bounds(program: &Program) -> Vec<Past> {
    let named = program.names.iter().enumerate().filter(|(_, named)| !named.ends_case);
    let named = named.filter_map(|(place, named)| Some((Some(place), named.worked.as_ref()?)));
    let unlisted = program.unlisted.as_ref().map(|worked| (None, worked));
    let billed = named.chain(unlisted).filter(|(_, worked)| worked.is_billed());
    let mut all: Vec<Past> = Vec::new();
    for (action, worked) in billed.take(MOST_ACTIONS) {
        for (bound, of_money) in bounds(program, worked) {
            all.extend(entries(action, &worked.measure, bound, of_money));
        }
    }
    all
}

/// The bounds of an action in its own unit, each with whether it is at least what a bound in money comes to.
fn bounds(program: &Program, worked: &Worked) -> Vec<(i64, bool)> {
    let mut own: Vec<i64> = tiers(&worked.measure)
        .map_or(&[][..], |tiers| &tiers.below)
        .iter()
        .map(|(bound, _)| *bound)
        .chain(worked.at_most)
        .collect();
    if let Measure::Priced { .. } = worked.measure {
        own.extend(program.price.most_hours().map(|hours| hours.0));
    }
    own.sort_unstable();
    own.dedup();
    if own.len() > MOST_BOUNDS {
        // The last one is passed by what passes all of them.
        own.drain(MOST_BOUNDS - 1..own.len() - 1);
    }
    let most = program.price.most_work().filter(|_| worked.of_price);
    let of_money = most.and_then(|most| as_much_as(most, program.currency, &worked.measure));
    own.into_iter().map(|bound| (bound, false)).chain(of_money.map(|size| (size, true))).collect()
}

fn tiers(measure: &Measure) -> Option<&Tiers> {
    match measure {
        Measure::Hours { tiers, .. } | Measure::Quantity(tiers) => Some(tiers),
        Measure::Nothing | Measure::Priced { .. } | Measure::Times(_) | Measure::Amount(_) => None,
    }
}

/// A whole unit of a measure, and the most that an entry states.
fn unit_and_most(measure: &Measure) -> Option<(i64, i64)> {
    Some(match measure {
        Measure::Nothing => return None,
        Measure::Priced { .. } | Measure::Hours { .. } => (Hours::ONE.0, Hours::LARGEST.0),
        Measure::Quantity(_) => (UNIT, 1_000_000 * UNIT),
        Measure::Times(_) => (1, MOST_ENTRIES),
        Measure::Amount(_) => (UNIT, i64::MAX),
    })
}

/// How much of a measure comes to a sum at the least, in whole units.
fn as_much_as(sum: Money, currency: Currency, measure: &Measure) -> Option<i64> {
    let (unit, _) = unit_and_most(measure)?;
    let minor = i128::from(10_i64.checked_pow(currency.decimals())?);
    let (sum, one) = (i128::from(sum.0), i128::from(Rate::ONE));
    let least = |tiers: &Tiers| {
        let rates = tiers.below.iter().map(|(_, rate)| *rate).chain([tiers.last]);
        rates.filter(|rate| rate.0 > 0).min()
    };
    // The sum, in units: as a fraction.
    let (units, of) = match measure {
        Measure::Nothing | Measure::Priced { .. } => return None,
        Measure::Hours { tiers, .. } | Measure::Quantity(tiers) => {
            (sum.checked_mul(one)?, i128::from(least(tiers)?.0) * minor)
        }
        Measure::Times(rate) => (sum.checked_mul(one)?, i128::from(rate.0) * minor),
        Measure::Amount(share) => {
            (sum.checked_mul(i128::from(Percent::WHOLE.0))?, i128::from(share.0) * minor)
        }
    };
    let whole = units.checked_add(of.checked_sub(1)?)?.checked_div(of)?;
    i64::try_from(whole).ok()?.checked_mul(unit)
}

/// What passes a bound in one month, and what comes up to it in each of two. Entries of money come to their bound only
/// about: they pass it in both.
fn entries(
    action: Option<usize>,
    measure: &Measure,
    bound: i64,
    of_money: bool,
) -> impl Iterator<Item = Past> {
    let both = unit_and_most(measure).map(|(unit, most)| {
        let past = bound.saturating_add(unit);
        let again = if of_money { past } else { bound };
        [(past, 1_u32), (again, 2)].map(|(size, months)| {
            let counts = matches!(measure, Measure::Times(_));
            let fits = size > 0 && size <= most / if counts { i64::from(months) } else { 1 };
            let (size, times) = if counts { (1, u32::try_from(size).ok()?) } else { (size, 1) };
            fits.then_some(Past { action, size, times, months })
        })
    });
    both.into_iter().flatten().flatten()
}
