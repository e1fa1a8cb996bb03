//! Exact quantities: currencies, money, hours, percentages, and the one rounding.
//!
//! What a schedule or an event states comes in as digits and is held as whole numbers of a small
//! unit: money in the currency's minor unit, hours in 1/30,000 of an hour (which holds both four
//! decimals and whole minutes), percentages in 10⁻⁹ of a percent. What is computed from them is an
//! [`Exact`] fraction until [`Exact::round`] makes it [`Money`]: the only rounding of the crate,
//! half away from zero. Nothing here is binary floating point, and what does not fit is `None`.

mod amount;
mod digits;
mod exact;
mod hours;
mod percent;

pub use amount::{Currency, Money, ShownMoney};
pub use digits::{DigitsError, push_digits, push_rate, push_scaled, read_digits};
pub use exact::Exact;
pub use hours::{Hours, whole_attendance};
pub use percent::Percent;
