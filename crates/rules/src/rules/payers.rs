//! Who pays which part. In: what a case owes, in minor units, and the shares of its payers. Out: one
//! part for each payer; the parts always add up to what is owed.

use crate::model::program::{Payer, Share};
use crate::money::{Exact, Money};

/// The part of each payer, in their order; a single part where the case is billed to one.
pub type Parts = Vec<i64>;

/// The payers of a case, its agreed shares filled in.
#[derive(Clone, Debug, Default)]
pub struct Payers(Vec<Payer>);

impl Payers {
    /// The payers of a schedule, with the shares that a case states for those that agree theirs.
    pub fn new(payers: &[Payer], agreed: &[(usize, Share)]) -> Payers {
        let mut payers = payers.to_vec();
        for (place, share) in agreed {
            if let Some(payer) = payers.get_mut(*place) {
                payer.share = *share;
            }
        }
        Payers(payers)
    }

    /// Takes the place of those of another case.
    pub fn set(&mut self, payers: &Payers) {
        self.0.clear();
        self.0.extend_from_slice(&payers.0);
    }

    /// How many parts a line has.
    pub fn count(&self) -> usize {
        self.0.len().max(1)
    }

    /// Whether lines name a payer.
    pub fn are_named(&self) -> bool {
        !self.0.is_empty()
    }

    /// What each owes of a sum, in order: the smallest of its share, its cap and what is left; the
    /// last takes what is left. Below zero the same, negated, without `at most`; a sum stays its own
    /// cap.
    pub fn due(&self, owed: i64, parts: &mut Parts) -> Option<()> {
        parts.clear();
        if self.0.is_empty() {
            parts.push(owed);
            return Some(());
        }
        let (size, sign) = (owed.checked_abs()?, owed.signum());
        let mut left = size;
        for payer in &self.0 {
            let share = match payer.share {
                Share::Percent(share) => Exact::from_money(Money(size)).share(share)?.0.min(left),
                Share::Sum(sum) => sum.0.min(left),
                Share::Agreed | Share::Remainder => left,
            };
            let part = match payer.at_most {
                Some(most) if owed > 0 => share.min(most.0),
                Some(_) | None => share,
            };
            left -= part;
            parts.push(part * sign);
        }
        Some(())
    }
}

/// Splits a part of a whole in the proportion of the whole's parts, rounded on the running total: of
/// `taken` after `before`, what falls on each. The last that has a part takes what is left.
pub fn proportion(whole: &[i64], before: i64, taken: i64, parts: &mut Parts) -> Option<()> {
    parts.clear();
    let total: i64 = whole.iter().sum();
    let last = whole.iter().rposition(|part| *part != 0);
    let (mut sum_before, mut sum_after) = (0_i64, 0_i64);
    let after = before.checked_add(taken)?;
    for (place, part) in whole.iter().enumerate() {
        if Some(place) == last {
            parts.push((after - sum_after) - (before - sum_before));
            continue;
        }
        let running = |sum: i64| -> Option<i64> {
            if total == 0 {
                return Some(0);
            }
            let sign = i128::from(total.signum());
            let exact = Exact::from_money(Money(*part))
                .times(i128::from(sum) * sign, i128::from(total.checked_abs()?))?;
            Some(exact.round()?.0)
        };
        let (was, is) = (running(before)?, running(after)?);
        sum_before += was;
        sum_after += is;
        parts.push(is - was);
    }
    Some(())
}
