//! Deposits that are billed and not settled, on either side: as a moment leaves them, and every list of them that was met.

use super::sum::Sum;
use std::collections::HashMap;

/// What is left of a deposit.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Left {
    Exactly(i64),
    /// The same unknown on both sides, by the lines of both.
    Shared(u32, u32),
    /// An unknown of this side.
    Own,
    /// What twins of that number came to: where both sides have it, the same on both.
    Twins(u32),
    /// As it comes out of this moment.
    Now(Sum),
}

/// A deposit that is billed and not settled.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Deposit {
    /// Its line; for twins billed one after another, a number past those of lines.
    pub(super) line: u32,
    pub(super) left: Left,
}

/// Numbers from here on stand for twins, not for lines.
pub(super) const TWINS: u32 = 1 << 16;

/// Every list of deposits that was met, each with its place.
#[derive(Default)]
pub(super) struct Lists {
    all: Vec<Vec<Deposit>>,
    places: HashMap<Vec<Deposit>, u32, foldhash::fast::RandomState>,
}

impl Lists {
    /// The list of that number.
    pub(super) fn get(&self, place: u32) -> Vec<Deposit> {
        let Some(place) = (place as usize).checked_sub(1) else { return Vec::new() };
        self.all.get(place).cloned().unwrap_or_default()
    }

    /// The number of a list, 0 where it is empty.
    pub(super) fn place_of(&mut self, list: Vec<Deposit>) -> u32 {
        if list.is_empty() {
            return 0;
        }
        let all = &mut self.all;
        *self.places.entry(list).or_insert_with_key(|list| {
            all.push(list.clone());
            u32::try_from(all.len()).unwrap_or(u32::MAX)
        })
    }
}

/// What is left of deposits after a moment: an unknown that both sides share keeps a name.
pub(super) fn keep(old: &[Deposit], new: &[Deposit]) -> [Vec<Deposit>; 2] {
    let kept = |list: &[Deposit], other: &[Deposit], is_old: bool| {
        let keep = |deposit: &Deposit| {
            let Left::Now(value) = &deposit.left else { return deposit.clone() };
            let shared = other.iter().find(|it| it.left == Left::Now(value.clone()));
            if deposit.line >= TWINS && value.is_of_twins(deposit.line) {
                let mut theirs = other.iter().filter(|it| it.line == deposit.line);
                let same = theirs.all(|it| it.left == deposit.left);
                let left = if same { Left::Twins(deposit.line) } else { Left::Own };
                return Deposit { left, ..*deposit };
            }
            let left = match (value.known(), shared) {
                (Some(amount), _) => Left::Exactly(amount),
                (None, Some(it)) if is_old => Left::Shared(deposit.line, it.line),
                (None, Some(it)) => Left::Shared(it.line, deposit.line),
                (None, None) => Left::Own,
            };
            Deposit { left, ..*deposit }
        };
        let kept = list.iter().map(keep);
        kept.filter(|deposit| deposit.left != Left::Exactly(0)).collect()
    };
    [kept(old, new, true), kept(new, old, false)]
}
