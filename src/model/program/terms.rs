//! What a case agrees or plans: at first, and by amendments.

use super::{PlannedDate, Rate, Share};
use crate::calendar::Date;
use crate::money::{Hours, Money};
use serde::{Deserialize, Serialize};

/// Terms that a schedule states by default.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, Default)]
pub struct Planned {
    /// Planned hours.
    pub hours: Option<Hours>,
    /// Planned duration in months.
    pub months: Option<u32>,
}

/// What a case has agreed, as things stand.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// Its price, or that of a period.
    pub price: Option<Money>,
    /// Its rate of an hour.
    pub rate: Option<Rate>,
    /// When it is to start.
    pub planned_start: Option<Date>,
    /// When it is to end.
    pub planned_end: Option<Date>,
    /// Planned hours.
    pub hours: Option<Hours>,
    /// Planned duration in months.
    pub months: Option<u32>,
}

impl Terms {
    /// These terms, and where they state none, those.
    pub fn or(self, other: Terms) -> Terms {
        Terms {
            price: self.price.or(other.price),
            rate: self.rate.or(other.rate),
            planned_start: self.planned_start.or(other.planned_start),
            planned_end: self.planned_end.or(other.planned_end),
            hours: self.hours.or(other.hours),
            months: self.months.or(other.months),
        }
    }

    /// A planned date.
    pub fn planned(&self, which: PlannedDate) -> Option<Date> {
        match which {
            PlannedDate::Start => self.planned_start,
            PlannedDate::End => self.planned_end,
        }
    }
}

/// What the opening of a case states.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq, Eq)]
pub struct Opening {
    /// Its terms.
    pub terms: Terms,
    /// What payers pay by agreement.
    pub shares: Vec<(String, Share)>,
}

/// A term that a case may have to state.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named as events have it")]
pub enum Term {
    Price,
    Rate,
    PlannedStart,
    PlannedEnd,
    PlannedHours,
    PlannedMonths,
}
