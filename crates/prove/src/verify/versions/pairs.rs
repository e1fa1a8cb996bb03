//! The machine of two versions: where it begins, what it follows, and the lists of deposits that it has met.

use super::super::timeline::Frame;
use super::comparison::Options;
use super::deposits::{Deposit, Lists};
use super::joint::Joint;
use super::pair::{Case, Pair};
use super::so_far::SoFar;
use super::twins::Twins;
use std::cell::{Cell, RefCell};

/// What is followed of the lines that have fired.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// Only whether both sides have done alike.
    Alike,
    /// All but the parts that both sides bill alike.
    Others,
    /// Every line.
    Every,
}

/// The machine.
pub(super) struct Pairs<'j, 'p> {
    pub(super) joint: &'j Joint<'p>,
    /// Only what is billed in all on a day counts.
    pub(super) money: bool,
    /// No case is over before it starts.
    pub(super) started: bool,
    /// Which lines have fired, and what they came to, is not looked at as long as it is the same on
    /// both sides.
    pub(super) coarse: bool,
    /// Parts of which only that is not looked at.
    pub(super) twins: Option<&'j Twins>,
    /// While not looked at, it has become different in a case that goes on.
    pub(super) lost: Cell<bool>,
    lists: RefCell<Lists>,
}

impl<'j, 'p> Pairs<'j, 'p> {
    pub(super) fn new(joint: &'j Joint<'p>, options: &Options, look: Look) -> Pairs<'j, 'p> {
        let Options { money, started, budget: _ } = *options;
        let coarse = look == Look::Alike;
        let twins = joint.twins.as_ref().filter(|_| look == Look::Others);
        let (lost, lists) = (Cell::new(false), RefCell::default());
        Pairs { joint, money, started, coarse, twins, lost, lists }
    }

    pub(super) fn initial(&self) -> impl Iterator<Item = Pair> {
        let followed = !self.coarse && self.twins.is_none();
        let billed = (followed || !self.joint.counts_billed).then_some(0);
        let ahead = (self.coarse || !followed && self.joint.counts_billed).then_some(0);
        let case = Case { billed, ..Case::default() };
        (0..self.joint.machine.frames.len()).map(move |frame| Pair {
            frame: u16::try_from(frame).unwrap_or(u16::MAX),
            cell: 0,
            begun: false,
            started: false,
            late: 0,
            hours: 0,
            facts: 0,
            same_work: true,
            ahead,
            today: Some(0),
            so_far: SoFar::ALIKE,
            cases: [case; 2],
        })
    }

    pub(super) fn frame(&self, pair: &Pair) -> Option<&'j Frame> {
        self.joint.machine.frames.get(usize::from(pair.frame))
    }

    /// The list of deposits of that number.
    pub(super) fn list(&self, place: u32) -> Vec<Deposit> {
        self.lists.borrow().get(place)
    }

    /// The number of a list of deposits.
    pub(super) fn place_of(&self, list: Vec<Deposit>) -> u32 {
        self.lists.borrow_mut().place_of(list)
    }

    /// Where neither has any work left, or one bills no more, it is the same.
    pub(super) fn even_work(&self, pair: &mut Pair) {
        pair.same_work |= pair.cases.iter().all(|case| !case.dirty);
        pair.same_work |= pair.cases.iter().any(|case| case.closed);
    }
}
