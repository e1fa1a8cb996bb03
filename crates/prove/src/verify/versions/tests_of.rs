//! What tells the windows of a trigger apart: its tests, however many, and which of them hold.

use super::super::situation::Situation;
use crate::plan::PlannedTest;
use std::cell::RefCell;
use std::collections::HashMap;

/// Which tests hold, in one number: a bit each, or where there are too many for that, a place in
/// the table of all that was met.
pub(super) type Truths = u64;

const WORD: usize = u64::BITS as usize;

/// The tests of a trigger.
pub(super) struct Tests {
    pub(super) all: Vec<PlannedTest>,
    met: RefCell<Met>,
}

#[derive(Default)]
struct Met {
    sets: Vec<Bits>,
    places: HashMap<Bits, Truths>,
}

/// A bit for each test.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Bits(Vec<u64>);

impl Tests {
    pub(super) fn new(all: Vec<PlannedTest>) -> Tests {
        Tests { all, met: RefCell::default() }
    }

    /// Which of them hold.
    pub(super) fn truths(&self, situation: &Situation<'_>) -> Truths {
        let word = |tests: &[PlannedTest]| {
            let bits = tests.iter().enumerate();
            bits.fold(0, |bits, (place, test)| bits | u64::from(test.passes(situation)) << place)
        };
        if self.all.len() <= WORD {
            return word(&self.all);
        }
        let bits = Bits(self.all.chunks(WORD).map(word).collect());
        let Met { sets, places } = &mut *self.met.borrow_mut();
        *places.entry(bits).or_insert_with_key(|bits| {
            sets.push(bits.clone());
            sets.len() as u64 - 1
        })
    }

    /// What a number stands for.
    pub(super) fn bits(&self, truths: Truths) -> Bits {
        if self.all.len() <= WORD {
            return Bits(vec![truths]);
        }
        let place = usize::try_from(truths).unwrap_or(usize::MAX);
        self.met.borrow().sets.get(place).cloned().unwrap_or(Bits(Vec::new()))
    }

    /// Those of a mask, with whether each holds.
    pub(super) fn within(&self, mask: &Bits, bits: &Bits) -> (Vec<PlannedTest>, Vec<bool>) {
        let asked = self.all.iter().enumerate().filter(|(place, _)| mask.has(*place));
        asked.map(|(place, test)| (*test, bits.has(place))).unzip()
    }
}

impl Bits {
    /// Where both are the same.
    pub(super) fn agreeing(&self, other: &Bits) -> Bits {
        Bits(self.0.iter().zip(&other.0).map(|(one, other)| !(one ^ other)).collect())
    }

    /// What is in both.
    pub(super) fn and(&self, other: &Bits) -> Bits {
        Bits(self.0.iter().zip(&other.0).map(|(one, other)| one & other).collect())
    }

    /// What is in the first and not in the other.
    pub(super) fn without(&self, other: &Bits) -> Bits {
        Bits(self.0.iter().zip(&other.0).map(|(one, other)| one & !other).collect())
    }

    /// Every bit.
    pub(super) fn every(&self) -> Bits {
        Bits(vec![u64::MAX; self.0.len()])
    }

    /// Whether both are the same within a mask.
    pub(super) fn agrees(&self, other: &Bits, mask: &Bits) -> bool {
        let words = self.0.iter().zip(&other.0).zip(&mask.0);
        words.into_iter().all(|((one, other), mask)| (one ^ other) & mask == 0)
    }

    fn has(&self, place: usize) -> bool {
        self.0.get(place / WORD).is_some_and(|word| word & (1 << (place % WORD)) != 0)
    }
}
