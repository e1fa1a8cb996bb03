//! How much a line bills.

use crate::money::{Money, Percent};

/// The amount of a schedule's line, as stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    /// A share of the price.
    Percent(Percent),
    /// A sum.
    Sum(Money),
    /// All work not yet billed, as one line or one line for each action.
    Work {
        /// Whether each action has a line of its own.
        itemised: bool,
    },
    /// What brings the case to this share of the price; `remainder` is up to 100 %.
    UpTo(Percent),
    /// Nothing, on purpose.
    Nothing,
    /// The price by the attended share of the planned hours.
    ProRataAttendance,
    /// The price by the elapsed share of the planned duration.
    ProRataDuration,
}

impl Amount {
    /// The share of the price that it bills.
    pub fn percent(self) -> Option<Percent> {
        if let Amount::Percent(share) = self { Some(share) } else { None }
    }

    /// The share of the price up to which it bills.
    pub fn up_to(self) -> Option<Percent> {
        if let Amount::UpTo(share) = self { Some(share) } else { None }
    }

    /// Whether it bills work.
    pub fn is_work(self) -> bool {
        matches!(self, Amount::Work { .. })
    }

    /// The share of the price that it bills, or up to which it does.
    pub fn share(self) -> Option<Percent> {
        if let Amount::Percent(share) | Amount::UpTo(share) = self { Some(share) } else { None }
    }

    /// The sum that it bills.
    pub fn sum(self) -> Option<Money> {
        if let Amount::Sum(sum) = self { Some(sum) } else { None }
    }

    /// Whether it bills a part of the price that the case decides.
    pub fn is_pro_rata(self) -> bool {
        matches!(self, Amount::ProRataAttendance | Amount::ProRataDuration)
    }

    /// Whether a line of this amount fires at most once in a case.
    pub fn once(self) -> bool {
        match self {
            Amount::Work { .. } => false,
            Amount::Percent(_)
            | Amount::Sum(_)
            | Amount::UpTo(_)
            | Amount::Nothing
            | Amount::ProRataAttendance
            | Amount::ProRataDuration => true,
        }
    }

    /// Whether it needs a price whose total is known.
    pub fn needs_total(self) -> bool {
        match self {
            Amount::Percent(_)
            | Amount::UpTo(_)
            | Amount::ProRataAttendance
            | Amount::ProRataDuration => true,
            Amount::Sum(_) | Amount::Work { .. } | Amount::Nothing => false,
        }
    }

    /// Whether a deposit may bill it.
    pub fn fits_deposit(self) -> bool {
        match self {
            Amount::Percent(_)
            | Amount::Sum(_)
            | Amount::ProRataAttendance
            | Amount::ProRataDuration => true,
            Amount::Work { .. } | Amount::UpTo(_) | Amount::Nothing => false,
        }
    }
}
