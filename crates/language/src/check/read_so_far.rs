//! What has been read of a schedule when its lines are looked at: its price, which they have to fit, as far as that could be read.

use crate::model::program;
use crate::money::Currency;
use crate::span::Span;

/// What has been read of a schedule so far.
pub struct ReadSoFar {
    /// The currency, unless the price is missing or wrong.
    pub currency: Option<Currency>,
    /// The kind of price, unless it is missing or wrong.
    pub price: Option<PriceKind>,
    /// Where the price stands.
    pub price_at: Span,
    /// Whether all actions could be read: else one may have a rate of its own.
    pub read_actions: bool,
    /// Whether all lines could be read: else one may bill work.
    pub read_lines: bool,
}

/// What a price allows lines to bill.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum PriceKind {
    Fixed,
    /// A rate of an hour; with planned hours, its total is known.
    HourlyRate {
        planned: bool,
    },
    PerAction,
}

impl From<&program::Price> for PriceKind {
    /// What a price of the second part allows; whether its total is known is asked of itself.
    fn from(price: &program::Price) -> PriceKind {
        if price.is_a_rate() {
            PriceKind::HourlyRate { planned: false }
        } else if price.values_work() {
            PriceKind::PerAction
        } else {
            PriceKind::Fixed
        }
    }
}

impl PriceKind {
    /// Whether it is a rate of an hour.
    pub fn is_a_rate(self) -> bool {
        matches!(self, PriceKind::HourlyRate { .. })
    }

    /// Whether the total of the price is known.
    pub fn has_total(self) -> bool {
        match self {
            PriceKind::Fixed | PriceKind::HourlyRate { planned: true } => true,
            PriceKind::HourlyRate { planned: false } | PriceKind::PerAction => false,
        }
    }
}
