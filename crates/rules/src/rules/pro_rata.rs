//! Which share of its price a case has run, by hours attended or by days. In: what has run, and what is planned. Out: a share, made
//! before there is a price: an evaluation values it, and a proof with the least and the most that can have run.

use super::account::ShareOfPrice;
use crate::money::{Hours, whole_attendance};

/// The share for hours attended, at most the whole price; where `whole`, they count as the nearest whole percentage.
pub fn attended(hours: Hours, planned: Hours, whole: bool) -> ShareOfPrice {
    if whole {
        at_most_all(whole_attendance(hours, planned), 100)
    } else {
        at_most_all(i128::from(hours.0), i128::from(planned.0))
    }
}

/// The share for so many days of the planned ones, at most the whole price.
pub fn elapsed(days: i64, planned: i64) -> ShareOfPrice {
    at_most_all(i128::from(days), i128::from(planned))
}

/// The least and the most that it can be.
pub fn anything() -> (ShareOfPrice, ShareOfPrice) {
    (ShareOfPrice::from_integer(0), ShareOfPrice::from_integer(1))
}

/// It is not reduced: the whole percentage is shown as one, and nothing is added to it.
fn at_most_all(part: i128, of: i128) -> ShareOfPrice {
    ShareOfPrice::new_raw(part.max(0).min(of), of)
}
