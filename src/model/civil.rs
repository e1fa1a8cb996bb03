//! The periods that the calendar itself has: months, quarters, years.

use crate::calendar::Date;
use serde::{Deserialize, Serialize};

/// A civil period.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Civil {
    /// A month.
    Month,
    /// Three months, from January, April, July, October.
    Quarter,
    /// A year.
    Year,
}

impl Civil {
    /// All of them, the shortest first.
    pub const ALL: [Civil; 3] = [Civil::Month, Civil::Quarter, Civil::Year];

    /// How many months it has.
    pub fn months(self) -> u32 {
        match self {
            Civil::Month => 1,
            Civil::Quarter => 3,
            Civil::Year => 12,
        }
    }

    /// The last day of the period that holds a day.
    pub fn end(self, day: Date) -> Date {
        let months = self.months();
        Date::month_end(day.month_index() / months * months + months - 1)
    }

    /// The first day of the period that holds a day.
    pub fn start(self, day: Date) -> Date {
        let months = self.months();
        let index = day.month_index() / months * months;
        if index == 0 { Date::MIN } else { Date::month_end(index - 1).next() }
    }
}
