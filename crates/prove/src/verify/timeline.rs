//! One timeline: its cells, what the calendar brings in them, and the steps of a history along it.

use crate::calendar::Date;
use crate::model::Anchor;
use crate::plan::TriggerId;
use crate::rules::ShareOfPrice;

/// One step of a history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// An event, the cell of hours to which it leads, and whether it is billable work.
    Event { choice: u16, hours: u8, worked: bool },
    /// On to the next cell.
    Advance,
    /// Back to the cell of that number: another month of the same kind.
    Repeat(u16),
}

/// A trigger of the calendar, and from what its day is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Due {
    pub(super) trigger: TriggerId,
    pub(super) from: Option<Anchor>,
}

impl Due {
    /// Whether it comes in a case that has started, or is signed, or neither.
    pub(super) fn comes(self, started: bool, signed: bool) -> bool {
        match self.from {
            None => true,
            Some(Anchor::Start) => started,
            Some(Anchor::Signature) => signed,
        }
    }
}

/// A day, or a stretch of days, within which nothing changes.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub(super) first: Date,
    pub(super) last: Date,
    /// The calendar's triggers on that day.
    pub(super) calendar: Vec<Due>,
    /// The least and most elapsed share of the planned duration, over all cases of this frame.
    pub(super) elapsed: (ShareOfPrice, ShareOfPrice),
}

impl Cell {
    pub(super) fn is_day(&self) -> bool {
        self.first == self.last
    }
}

/// One timeline.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    /// The day of the start, where something is counted from it.
    pub(super) start: Option<Date>,
    pub(super) start_cell: Option<u16>,
    /// The cell of the signature, where something is counted from it.
    pub(super) signature_cell: Option<u16>,
    pub(super) cells: Vec<Cell>,
    /// Cells that begin a month which may come several times: its days, then its end.
    pub(super) repeats: Vec<u16>,
    /// Whether the last two cells repeat for ever.
    pub(super) tail_repeats: bool,
}

impl Frame {
    /// The cells that may follow a cell, each with the step that leads there.
    pub(super) fn after(&self, cell: u16) -> Vec<(Step, u16)> {
        let last = self.cells.len().saturating_sub(1);
        let mut next = Vec::new();
        if usize::from(cell) < last {
            next.push((Step::Advance, cell + 1));
        } else if self.tail_repeats {
            let back = u16::try_from(last.saturating_sub(1)).unwrap_or(0);
            next.push((Step::Repeat(back), back));
        }
        let month = cell.checked_sub(1).filter(|month| self.repeats.contains(month));
        next.extend(month.map(|month| (Step::Repeat(month), month)));
        next
    }
}
