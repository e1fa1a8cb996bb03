//! How much a line bills.

use crate::money::{Exact, Money, Percent};

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

    /// Whether it bills by the attended share of the planned hours.
    pub fn measures_attendance(self) -> bool {
        self == Amount::ProRataAttendance
    }

    /// Whether it bills by the elapsed share of the planned duration.
    pub fn measures_duration(self) -> bool {
        self == Amount::ProRataDuration
    }

    /// Whether it bills something that only the case decides.
    pub fn is_open(self) -> bool {
        match self {
            Amount::Work { .. }
            | Amount::UpTo(_)
            | Amount::ProRataAttendance
            | Amount::ProRataDuration => true,
            Amount::Percent(_) | Amount::Sum(_) | Amount::Nothing => false,
        }
    }

    /// Whether it depends on what was billed before.
    pub fn follows_what_was_billed(self) -> bool {
        self.is_work() || self.up_to().is_some()
    }

    /// Whether it bills something, and does so beside what was billed before.
    pub fn bills_more(self) -> bool {
        self != Amount::Nothing && self.up_to().is_none()
    }

    /// What it bills at the most, once; none where nothing bounds it.
    pub fn most(self) -> Option<Most> {
        match self {
            Amount::Percent(share) => Some(Most::Share(share)),
            Amount::Sum(sum) => Some(Most::Sum(sum)),
            Amount::ProRataAttendance | Amount::ProRataDuration => Some(Most::Price),
            Amount::Nothing => Some(Most::Share(Percent::default())),
            Amount::Work { .. } | Amount::UpTo(_) => None,
        }
    }

    /// The share of the price that it bills in any case: none of it, where it bills nothing.
    pub fn only_share(self) -> Option<Percent> {
        match self {
            Amount::Percent(share) => Some(share),
            Amount::Nothing => Some(Percent::default()),
            Amount::Sum(_)
            | Amount::UpTo(_)
            | Amount::Work { .. }
            | Amount::ProRataAttendance
            | Amount::ProRataDuration => None,
        }
    }

    /// Whether another amount surely comes to as much as this one in a case of this price, whatever is
    /// billed before.
    pub fn is_covered_by(self, other: Amount, total: Option<Exact>) -> bool {
        match (self, other) {
            (Amount::Nothing, _) => true,
            (Amount::Percent(less), Amount::Percent(more)) => less <= more,
            (Amount::UpTo(less), Amount::UpTo(more) | Amount::Percent(more)) => less <= more,
            (Amount::Work { .. }, Amount::Work { .. }) => true,
            (Amount::Sum(less), Amount::Sum(more)) => less <= more,
            (Amount::Sum(less), Amount::Percent(more)) => {
                total.and_then(|total| total.share(more)).is_some_and(|more| less < more)
            }
            (
                Amount::Percent(_)
                | Amount::UpTo(_)
                | Amount::Work { .. }
                | Amount::Sum(_)
                | Amount::ProRataAttendance
                | Amount::ProRataDuration,
                _,
            ) => false,
        }
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

/// What bounds an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Most {
    /// A share of the price, rounded together with others.
    Share(Percent),
    /// A sum.
    Sum(Money),
    /// The whole price, rounded by itself.
    Price,
}
