//! What the lines of a schedule have to fit: its price, as far as that could be read.

use crate::model::program;
use crate::money::Currency;
use crate::span::Span;

/// What the lines of a schedule have to fit.
pub struct Terms {
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
    ByHour {
        planned: bool,
    },
    PerAction,
}

impl From<&program::Price> for PriceKind {
    /// What a price of the second part allows; whether its total is known is asked of itself.
    fn from(price: &program::Price) -> PriceKind {
        if price.is_a_rate() {
            PriceKind::ByHour { planned: false }
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
        matches!(self, PriceKind::ByHour { .. })
    }

    /// Whether the total of the price is known.
    pub fn has_total(self) -> bool {
        match self {
            PriceKind::Fixed | PriceKind::ByHour { planned: true } => true,
            PriceKind::ByHour { planned: false } | PriceKind::PerAction => false,
        }
    }
}
