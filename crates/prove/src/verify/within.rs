//! Timelines that add nothing to another one.
//!
//! In: a frame. Out: its [`Course`]: in order, what the calendar brings, and between that the days on
//! which events may come, with what conditions make of each. A timeline lies within another if the
//! same comes there, and each of its days is one there, or among more of them: whatever a case does in
//! it, a case can do in the other. So it need not be searched.

use super::timeline::{Cell, Due, Frame};
use crate::plan::Plan;

/// The bounds of duration that are reached, and those that are passed, a bit each; none before the
/// start.
type Reached = Vec<u64>;

/// Whether a cell belongs to a month that repeats, or to the one that repeats for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Part {
    Once,
    Repeats,
    Tail,
}

/// What the calendar brings on a day.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Comes {
    reached: Reached,
    part: Part,
    triggers: Vec<Due>,
}

/// Days on which events may come.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Days {
    reached: Reached,
    part: Part,
    may_start: bool,
    may_sign: bool,
    single: bool,
}

/// What comes, and before each of it (and after the last) the days for events.
pub(super) struct Course {
    pub(super) comes: Vec<Comes>,
    days: Vec<Vec<Days>>,
}

impl Course {
    /// `bounds`: the bounds of duration that conditions compare with, as [`bounds`] gives them.
    pub(super) fn new(plan: &Plan, bounds: &[(u32, bool)], frame: &Frame) -> Course {
        let mut course = Course { comes: Vec::new(), days: vec![Vec::new()] };
        for (place, cell) in (0_u16..).zip(&frame.cells) {
            let before = frame.start_cell.is_some_and(|start| place < start);
            let reached = if before { Vec::new() } else { reached(plan, bounds, frame, cell) };
            let part = part(frame, place);
            if let Some(days) = course.days.last_mut() {
                days.push(Days {
                    reached: reached.clone(),
                    part,
                    may_start: frame.start_cell == Some(place),
                    may_sign: frame.signature_cell == Some(place),
                    single: cell.is_day(),
                });
            }
            if !cell.calendar.is_empty() {
                course.comes.push(Comes { reached, part, triggers: cell.calendar.clone() });
                course.days.push(Vec::new());
            }
        }
        course
    }

    /// Whether this one, to which the same comes, lies within the other.
    pub(super) fn lies_within(&self, other: &Course) -> bool {
        self.days.len() == other.days.len()
            && self.days.iter().zip(&other.days).all(|(these, those)| fit(these, those))
    }
}

/// The bounds of duration that conditions compare with, each once, and whether it matters that it is
/// passed, or that it is reached.
pub(super) fn bounds(plan: &Plan) -> Vec<(u32, bool)> {
    let mut bounds = Vec::new();
    for condition in plan.lines.iter().filter_map(|line| line.condition.as_ref()) {
        condition.each_test(&mut |test| {
            if let Some(range) = test.time() {
                range.each_bound(|slot, passed| bounds.push((*slot, passed)));
            }
        });
    }
    bounds.sort_unstable();
    bounds.dedup();
    bounds
}

fn reached(plan: &Plan, bounds: &[(u32, bool)], frame: &Frame, cell: &Cell) -> Reached {
    let Some(start) = frame.start else { return Vec::new() };
    let is_reached = |&(slot, passed): &(u32, bool)| {
        let length = plan.durations.get(slot as usize);
        length.is_some_and(|length| {
            let day = start.plus(*length);
            if passed { cell.first > day } else { cell.first >= day }
        })
    };
    let word = |bounds: &[(u32, bool)]| {
        let bits = bounds.iter().enumerate();
        bits.fold(0, |bits, (place, bound)| bits | u64::from(is_reached(bound)) << place)
    };
    bounds.chunks(64).map(word).collect()
}

fn part(frame: &Frame, place: u16) -> Part {
    let month = [Some(place), place.checked_sub(1)];
    if month.into_iter().flatten().any(|month| frame.repeats.contains(&month)) {
        Part::Repeats
    } else if frame.tail_repeats && usize::from(place) + 2 >= frame.cells.len() {
        Part::Tail
    } else {
        Part::Once
    }
}

/// Whether events on these days can come on those, in their order.
fn fit(these: &[Days], those: &[Days]) -> bool {
    let (mut at, mut taken) = (0, false);
    these.iter().all(|days| {
        while let Some(room) = those.get(at) {
            if room.takes(days) && !(taken && room.single) {
                taken = true;
                return true;
            }
            (at, taken) = (at + 1, false);
        }
        false
    })
}

impl Days {
    fn takes(&self, days: &Days) -> bool {
        (self.may_start, self.may_sign, self.part) == (days.may_start, days.may_sign, days.part)
            && (days.single || !self.single)
            && self.reached == days.reached
    }
}
