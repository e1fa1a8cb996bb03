//! What a case agrees or plans: at first, and by amendments.

use super::{PlannedDate, Rate, Share};
use crate::calendar::Date;
use crate::lang::Lang;
use crate::model::Field;
use crate::money::{Hours, Money};
use serde::{Deserialize, Serialize};

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

    /// A term that both state, differently.
    pub fn differs(&self, other: &Terms) -> Option<Term> {
        fn differ<T: PartialEq>(one: Option<T>, other: Option<T>) -> bool {
            one.is_some() && other.is_some() && one != other
        }
        [
            (differ(self.price, other.price), Term::Price),
            (differ(self.rate, other.rate), Term::Rate),
            (differ(self.planned_start, other.planned_start), Term::PlannedStart),
            (differ(self.planned_end, other.planned_end), Term::PlannedEnd),
            (differ(self.hours, other.hours), Term::PlannedHours),
            (differ(self.months, other.months), Term::PlannedMonths),
        ]
        .into_iter()
        .find_map(|(differ, term)| differ.then_some(term))
    }

    /// Whether they state a term. Planned hours or months of zero are none.
    pub fn state(&self, term: Term) -> bool {
        match term {
            Term::Price => self.price.is_some(),
            Term::Rate => self.rate.is_some(),
            Term::PlannedStart => self.planned_start.is_some(),
            Term::PlannedEnd => self.planned_end.is_some(),
            Term::PlannedHours => self.hours.is_some_and(|hours| hours > Hours::ZERO),
            Term::PlannedMonths => self.months.is_some_and(|months| months > 0),
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

impl Term {
    /// The field of an event that states it, and an example of what stands there.
    pub fn stated(self) -> (Field, &'static str) {
        match self {
            Term::Price => (Field::Price, "1800"),
            Term::Rate => (Field::Rate, "75"),
            Term::PlannedStart => (Field::PlannedStart, "2025-09-01"),
            Term::PlannedEnd => (Field::PlannedEnd, "2026-06-30"),
            Term::PlannedHours => (Field::PlannedHours, "20"),
            Term::PlannedMonths => (Field::PlannedMonths, "6"),
        }
    }

    /// What it is called, with its article.
    pub fn noun(self, lang: Lang) -> &'static str {
        match self {
            Term::Price => lang.pick("the price", "le prix"),
            Term::Rate => lang.pick("the rate", "le taux"),
            Term::PlannedStart => lang.pick("the planned start", "le démarrage prévu"),
            Term::PlannedEnd => lang.pick("the planned end", "la fin prévue"),
            Term::PlannedHours => lang.pick("the planned hours", "les heures prévues"),
            Term::PlannedMonths => lang.pick("the planned duration", "la durée prévue"),
        }
    }
}
