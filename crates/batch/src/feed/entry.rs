//! One event as it is kept among those of all cases, in 20 bytes.

use super::texts::TextRef;
use crate::calendar::Date;
use crate::model::Kind;
use crate::money::Hours;
use crate::plan::PlannedTerms;

/// No name, no hours, no months.
pub const NONE: u32 = u32::MAX;

/// One event, in 20 bytes.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The date, and after it the kind.
    pub when: u32,
    /// The place of its name, or of how it opens the case.
    pub name: u32,
    /// Its hours, or [`NONE`].
    pub hours: u32,
    /// Its case.
    pub case: u32,
    /// Its id, if it has one.
    pub id: TextRef,
}

/// How a case is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Opening {
    /// The place of the schedule's name.
    pub schedule: u32,
    /// Planned hours and months.
    pub terms: PlannedTerms,
}

impl Entry {
    /// Its date.
    #[inline]
    pub fn date(&self) -> Date {
        Date::from_bits(self.when >> 4)
    }

    /// Its kind.
    #[inline]
    pub fn kind(&self) -> Kind {
        Kind::numbered(self.when & 15)
    }

    /// Its hours.
    #[inline]
    pub fn hours(&self) -> Option<Hours> {
        (self.hours != NONE).then(|| Hours(i64::from(self.hours)))
    }
}
