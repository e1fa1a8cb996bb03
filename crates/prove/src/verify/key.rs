//! What a finding is about: enough to tell two findings of one property apart.

use super::situation::Missing;
use crate::model::{Property, Terminal};
use crate::plan::{LineId, TriggerId};

/// What goes wrong, where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Key {
    /// More is billed than the price.
    Overbilling,
    /// Two balances hold at one moment: the first one fires.
    Overlap(LineId, LineId),
    /// A line that no history fires. (While searching: one that some history fires.)
    DeadLine(LineId),
    /// A case that is over so is never closed.
    Leak(Terminal),
    /// The same, because no window of this trigger holds the moment.
    Gap(TriggerId, Missing),
    /// This deposit is left in a case that is over so.
    StrandedDeposit(LineId, Terminal),
    /// This line closes a case that is not abandoned below the price.
    Underbilling(LineId),
    /// The date of this line was past when the case began, and the case closes below the price.
    PastDate(LineId),
    /// Work after this line has closed the case.
    WorkAfterClosing(LineId),
    /// This line closes a case with work that is due and that nothing has billed.
    WorkAtClosing(LineId),
    /// Work that is left in a case that is over so.
    WorkLeft(Terminal),
    /// This line bills after the case is over so.
    AfterTerminal(LineId, Terminal),
    /// The invoice on which this line stands comes to less than zero.
    Credit(LineId),
    /// Two events of one date.
    Order,
    /// Abandoning pays less than abandoning earlier, or more than coming to the end.
    Cliff(Terminal),
    /// A case that is over so before its start.
    NeverStarted(Terminal),
    /// This line comes again and again after the case is over so, and nothing closes it.
    Endless(LineId, Terminal),
    /// Parts of this line are left when a case is closed.
    PartsLeft(LineId),
}

impl Key {
    /// The property that it refutes.
    pub fn property(self) -> Property {
        match self {
            Key::Overbilling => Property::Overbilling,
            Key::Overlap(..) => Property::Overlap,
            Key::DeadLine(_) => Property::DeadLine,
            Key::Leak(_) => Property::Leak,
            Key::Gap(..) => Property::Gap,
            Key::StrandedDeposit(..) => Property::StrandedDeposit,
            Key::Underbilling(_) => Property::Underbilling,
            Key::PastDate(_) => Property::PastDate,
            Key::WorkAfterClosing(_) | Key::WorkAtClosing(_) | Key::WorkLeft(_) => {
                Property::UnbilledWork
            }
            Key::AfterTerminal(..) => Property::AfterTerminal,
            Key::Credit(_) => Property::Credit,
            Key::Order => Property::Order,
            Key::Cliff(_) => Property::Cliff,
            Key::NeverStarted(_) => Property::NeverStarted,
            Key::Endless(..) => Property::Endless,
            Key::PartsLeft(_) => Property::PartsLeft,
        }
    }
}
