//! The periods that the calendar itself has: months, quarters, years.

use super::Noun;
use crate::calendar::Date;
use crate::lang::Lang;
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

/// What is true of a civil period: how many months it has, what it is called, what its end is called.
struct Row(u32, Noun, Noun);

impl Civil {
    /// All of them, the shortest first.
    pub const ALL: [Civil; 3] = [Civil::Month, Civil::Quarter, Civil::Year];

    #[inline]
    fn row(self) -> Row {
        let (le, la, elided) = (Noun::masculine, Noun::feminine, Noun::elided);
        match self {
            Civil::Month => Row(1, le("month", "mois"), la("month end", "fin de mois")),
            Civil::Quarter => {
                Row(3, le("quarter", "trimestre"), la("quarter end", "fin de trimestre"))
            }
            Civil::Year => Row(12, elided("year", "année"), la("year end", "fin d'année")),
        }
    }

    /// How many months it has.
    #[inline]
    pub fn months(self) -> u32 {
        self.row().0
    }

    /// What it is called.
    pub fn noun(self) -> Noun {
        self.row().1
    }

    /// What its end is called.
    pub fn ending(self) -> Noun {
        self.row().2
    }

    /// `each month`, `chaque mois`.
    pub fn each(self, lang: Lang) -> String {
        format!("{} {}", lang.pick("each", "chaque"), self.noun().bare(lang))
    }

    /// `each month end`, `à chaque fin de mois`.
    pub fn each_ending(self, lang: Lang) -> String {
        format!("{} {}", lang.pick("each", "à chaque"), self.ending().bare(lang))
    }

    /// `on month end`, `en fin de mois`.
    pub fn once_ending(self, lang: Lang) -> String {
        format!("{} {}", lang.pick("on", "en"), self.ending().bare(lang))
    }

    /// Whether the first part of the language has its end.
    pub fn is_of_the_first_part(self) -> bool {
        self == Civil::Month
    }

    /// The last day of the period that holds a day.
    #[inline]
    pub fn end(self, day: Date) -> Date {
        let months = self.months();
        Date::month_end(day.month_index() / months * months + months - 1)
    }

    /// The first day of the period that holds a day.
    #[inline]
    pub fn start(self, day: Date) -> Date {
        let months = self.months();
        let index = day.month_index() / months * months;
        if index == 0 { Date::MIN } else { Date::month_end(index - 1).next() }
    }
}
