//! The milestones of a case: what each is called, and where it stands in a day.

use crate::lang::Lang;

/// A turn that every case can take, once.
#[derive(
    serde::Serialize, serde::Deserialize, Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord,
)]
pub enum Milestone {
    /// The quote is signed.
    Signature,
    /// The case starts.
    Start,
    /// The case is finished.
    End,
    /// The case is abandoned.
    Abandonment,
}

/// A milestone after which a case is over: the first of them counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Terminal {
    /// By its end.
    End,
    /// By its abandonment.
    Abandonment,
}

impl Milestone {
    /// All of them, in the order of a day.
    pub const ALL: [Milestone; 4] =
        [Milestone::Signature, Milestone::Start, Milestone::End, Milestone::Abandonment];

    /// The name in JSON.
    #[inline]
    pub fn name(self) -> &'static str {
        self.noun().bare(Lang::En)
    }

    /// The place among the events of one day: a day's work comes before its end.
    pub const fn place_in_day(self) -> u8 {
        match self {
            Milestone::Signature => 1,
            Milestone::Start => 2,
            Milestone::End => 4,
            Milestone::Abandonment => 5,
        }
    }

    /// The milestone at a place among the events of one day.
    #[inline]
    pub const fn at_place_in_day(place: u32) -> Milestone {
        match place {
            ..=1 => Milestone::Signature,
            2..=3 => Milestone::Start,
            4 => Milestone::End,
            5.. => Milestone::Abandonment,
        }
    }

    /// Whether a case is over after it.
    #[inline]
    pub fn is_terminal(self) -> bool {
        self.terminal().is_some()
    }

    /// How a case is over after it, where it is.
    #[inline]
    pub fn terminal(self) -> Option<Terminal> {
        match self {
            Milestone::Signature | Milestone::Start => None,
            Milestone::End => Some(Terminal::End),
            Milestone::Abandonment => Some(Terminal::Abandonment),
        }
    }
}

impl Terminal {
    /// Both.
    pub const ALL: [Terminal; 2] = [Terminal::End, Terminal::Abandonment];

    /// Whether all of the price is owed then. What is left of one who abandons is not.
    #[inline]
    pub fn owes_the_price(self) -> bool {
        match self {
            Terminal::End => true,
            Terminal::Abandonment => false,
        }
    }

    /// The milestone that it is.
    #[inline]
    pub fn milestone(self) -> Milestone {
        match self {
            Terminal::End => Milestone::End,
            Terminal::Abandonment => Milestone::Abandonment,
        }
    }
}

/// Something for each milestone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ByMilestone<T>([T; 4]);

impl<T> ByMilestone<T> {
    /// What stands at a milestone.
    #[inline]
    pub fn get(&self, at: Milestone) -> &T {
        let [signature, start, end, abandonment] = &self.0;
        match at {
            Milestone::Signature => signature,
            Milestone::Start => start,
            Milestone::End => end,
            Milestone::Abandonment => abandonment,
        }
    }

    /// What stands at a milestone, to be changed.
    #[inline]
    pub fn get_mut(&mut self, at: Milestone) -> &mut T {
        let [signature, start, end, abandonment] = &mut self.0;
        match at {
            Milestone::Signature => signature,
            Milestone::Start => start,
            Milestone::End => end,
            Milestone::Abandonment => abandonment,
        }
    }
}
