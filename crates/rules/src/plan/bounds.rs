//! Bounds of attendance as bounds of hours.
//!
//! It is hours divided by planned hours, compared exactly, or as the nearest whole
//! percentage. Both rise with the hours, so each bound has a least number of hours that reaches it
//! and a least number that passes it: once planned hours are known, judging attendance is comparing
//! two whole numbers.

use crate::money::{Hours, Percent};

/// What a schedule needs, and neither it nor the case states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotPlanned {
    /// Hours.
    Hours,
    /// A duration.
    Months,
}

/// The hours at which attendance reaches and passes a percentage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AttendanceBound {
    /// The least hours whose attendance is at least the percentage.
    pub reached: Hours,
    /// The least hours whose attendance is more than the percentage.
    pub passed: Hours,
}

impl AttendanceBound {
    /// A bound that is stated in hours.
    pub fn of_hours(hours: Hours) -> AttendanceBound {
        AttendanceBound { reached: hours, passed: Hours(hours.0.saturating_add(1)) }
    }

    /// The least hours that reach it, or that pass it.
    #[inline]
    pub fn at(self, passed: bool) -> Hours {
        if passed { self.passed } else { self.reached }
    }

    /// The bound for a number of planned hours above zero.
    pub fn new(share: Percent, planned: Hours, whole: bool) -> AttendanceBound {
        if let (false, Some(bound)) = (whole, AttendanceBound::of_whole_share(share, planned)) {
            return bound;
        }
        let share = i128::from(share.0);
        let planned = i128::from(planned.0);
        let one = i128::from(Percent::WHOLE.0 / 100);
        if whole {
            // Rounded half up, attendance is k % from (2k − 1)/200 of the planned hours on.
            let reaches = |k: i128| ceil(planned * (2 * k - 1), 200);
            AttendanceBound {
                reached: clip(reaches(ceil(share, one))),
                passed: clip(reaches(share / one + 1)),
            }
        } else {
            let whole = i128::from(Percent::WHOLE.0);
            AttendanceBound {
                reached: clip(ceil(share * planned, whole)),
                passed: clip(share * planned / whole + 1),
            }
        }
    }
}

impl AttendanceBound {
    /// The bound for a whole number of percent, within 64 bits.
    fn of_whole_share(share: Percent, planned: Hours) -> Option<AttendanceBound> {
        let one = Percent::WHOLE.0 / 100;
        let product = (share.0 % one == 0).then(|| planned.0.checked_mul(share.0 / one))??;
        let (quotient, rest) = (product.div_euclid(100), product.rem_euclid(100));
        Some(AttendanceBound {
            reached: Hours(quotient + i64::from(rest != 0)),
            passed: Hours(quotient + 1),
        })
    }
}

/// The quotient rounded up; the divisor is above zero.
fn ceil(dividend: i128, divisor: i128) -> i128 {
    dividend.div_euclid(divisor) + i128::from(dividend.rem_euclid(divisor) != 0)
}

fn clip(hours: i128) -> Hours {
    Hours(i64::try_from(hours).unwrap_or(if hours < 0 { i64::MIN } else { i64::MAX }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::whole_attendance;

    #[test]
    fn bounds_agree_with_the_definition() {
        for planned in [1, 3, 7, 30_000, 75_000] {
            for share in ["0", "24.5", "25", "33.333333333", "79.5", "80", "100", "130"] {
                let share = Percent::read(share).unwrap();
                let exact = AttendanceBound::new(share, Hours(planned), false);
                let whole = AttendanceBound::new(share, Hours(planned), true);
                for hours in 0..(planned * 3 / 2).min(400) {
                    let (lhs, rhs) = (
                        i128::from(hours) * 100_000_000_000,
                        i128::from(planned) * i128::from(share.0),
                    );
                    assert_eq!(Hours(hours) >= exact.reached, lhs >= rhs);
                    assert_eq!(Hours(hours) >= exact.passed, lhs > rhs);
                    let percent = whole_attendance(Hours(hours), Hours(planned)) * 1_000_000_000;
                    assert_eq!(Hours(hours) >= whole.reached, percent >= i128::from(share.0));
                    assert_eq!(Hours(hours) >= whole.passed, percent > i128::from(share.0));
                }
            }
        }
    }

    #[test]
    fn the_cpf_rule_counts_795_of_1000_as_80() {
        assert_eq!(whole_attendance(Hours::read("7.95").unwrap(), Hours::read("10").unwrap()), 80);
        assert_eq!(
            whole_attendance(Hours::read("7.9499").unwrap(), Hours::read("10").unwrap()),
            79
        );
    }
}
