//! The hours and months that a case plans, or a schedule for its cases.

use super::LONGEST_PLAN;
use crate::money::Hours;
use serde::{Deserialize, Serialize};

/// What is planned: of a case its own terms, or else the schedule's.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct PlannedTerms {
    /// Planned hours, above zero.
    pub hours: Option<Hours>,
    /// Planned duration in months, above zero.
    pub months: Option<u32>,
}

impl PlannedTerms {
    /// Whether a case may plan this.
    #[inline]
    pub fn are_sound(self) -> bool {
        self.hours.is_none_or(|hours| Hours::ZERO < hours && hours <= Hours::LARGEST)
            && self.months.is_none_or(|months| (1..=LONGEST_PLAN).contains(&months))
    }

    /// These terms, and where they state none, those.
    #[inline]
    #[must_use]
    pub fn or(self, others: PlannedTerms) -> PlannedTerms {
        PlannedTerms { hours: self.hours.or(others.hours), months: self.months.or(others.months) }
    }
}
