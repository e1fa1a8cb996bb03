//! Amounts that are partly known: a whole number of minor units and unknowns, each of which stands
//! for one value.
//!
//! Two sums that say the same are equal whatever the unknowns come to; of two that differ only in
//! their known part, it is known by how much. Nothing else is ever concluded from them.

use std::cmp::Ordering;
use std::rc::Rc;

/// A value that a cell leaves open. The same unknown is the same value, on either side.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Unknown {
    /// Work billed: of one side, or the same on both; with the hours that are missing to the least
    /// (the rate, the least, the most).
    Work(Option<u8>, Option<(i64, i64, i64)>),
    /// Pro rata of the attendance: of one side, or the same on both.
    Attended(Option<u8>),
    /// Pro rata of the duration: of one side, or the same on both.
    Elapsed(Option<u8>),
    /// What a side has billed before this moment, or, where the sides differ by a known sum, what
    /// the old one has.
    Billed(u8),
    /// What is left of a deposit of both sides, by the lines of both.
    Left(u32, u32),
    /// What the deposits of some twins come to that are billed and not deducted, by their number: above
    /// zero.
    Twins(u32),
    /// What is left of a deposit of one side, by its line.
    OwnLeft(u8, u32),
    /// What a balance that stays open draws from the deposit of that place.
    Drawn(Rc<Draw>, u8),
    /// A percentage, after others of this moment, where what was billed before is not looked at: of
    /// one side, or the same on both.
    Share { side: Option<u8>, deposit: bool, before: i64, share: i64 },
    /// What is left of all deposits, where it is not looked at and the same on both sides.
    Deposits,
    /// Anything, of one side: never equal to anything else.
    Anything(u8, u32),
}

/// A drawing down of deposits: what the balance bills itself, and what is left of each deposit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Draw {
    pub(super) own: Sum,
    pub(super) left: Vec<Sum>,
}

/// A known amount and so many times each of some unknowns, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Sum {
    known: i128,
    unknown: Vec<(Unknown, i64)>,
}

impl Sum {
    pub(super) fn exactly(amount: i64) -> Sum {
        Sum { known: i128::from(amount), unknown: Vec::new() }
    }

    pub(super) fn of(unknown: Unknown) -> Sum {
        Sum { known: 0, unknown: vec![(unknown, 1)] }
    }

    /// The amount, where it is known.
    pub(super) fn known(&self) -> Option<i64> {
        if self.unknown.is_empty() { i64::try_from(self.known).ok() } else { None }
    }

    /// Whether it is known to be below or above zero, or zero.
    pub(super) fn sign(&self) -> Option<Ordering> {
        let twins = |sign: i64| {
            let mut all = self.unknown.iter();
            all.all(|(of, count)| matches!(of, Unknown::Twins(_)) && count.signum() == sign)
        };
        match self.known.cmp(&0) {
            sign if self.unknown.is_empty() => Some(sign),
            Ordering::Equal | Ordering::Greater if twins(1) => Some(Ordering::Greater),
            Ordering::Equal | Ordering::Less if twins(-1) => Some(Ordering::Less),
            Ordering::Less | Ordering::Equal | Ordering::Greater => None,
        }
    }

    /// Whether it is what twins of that number came to, and maybe more.
    pub(super) fn is_of_twins(&self, number: u32) -> bool {
        let more = self.known >= 0 && self.unknown == [(Unknown::Twins(number), 1)];
        more || self.known > 0 && self.unknown.is_empty()
    }

    pub(super) fn is_zero(&self) -> bool {
        self.known == 0 && self.unknown.is_empty()
    }

    pub(super) fn plus(&self, other: &Sum) -> Sum {
        self.with(other, 1)
    }

    pub(super) fn minus(&self, other: &Sum) -> Sum {
        self.with(other, -1)
    }

    fn with(&self, other: &Sum, times: i64) -> Sum {
        let known = self.known.saturating_add(other.known.saturating_mul(i128::from(times)));
        let mut unknown = self.unknown.clone();
        for (of, count) in &other.unknown {
            let more = count.saturating_mul(times);
            match unknown.binary_search_by(|(known, _)| known.cmp(of)) {
                Ok(place) => {
                    if let Some((_, count)) = unknown.get_mut(place) {
                        *count = count.saturating_add(more);
                    }
                }
                Err(place) => unknown.insert(place, (of.clone(), more)),
            }
        }
        unknown.retain(|(_, count)| *count != 0);
        Sum { known, unknown }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_unknown_cancels_and_another_does_not() {
        let work = Sum::of(Unknown::Work(None, None)).plus(&Sum::exactly(5));
        assert_eq!(work.minus(&Sum::of(Unknown::Work(None, None))).known(), Some(5));
        assert_eq!(work.minus(&Sum::of(Unknown::Work(Some(1), None))).known(), None);
        assert!(work.minus(&work).is_zero());
        assert_eq!(work.plus(&work).minus(&work), work);
    }
}
