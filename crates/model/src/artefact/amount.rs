//! The amount of a line: its record, written and read.

use super::errors::Unsound;
use super::fault::{Fault, sound};
use super::quantities::{percent, percent_text};
use super::read::Terms;
use crate::model;
use crate::money::{Money, Percent};
use serde::{Deserialize, Serialize};

#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Amount {
    Percent(String),
    Sum(String),
    Work,
    WorkItemised,
    UpTo(String),
    Nothing,
    ProRataAttendance,
    ProRataDuration,
}

impl Amount {
    /// Of an amount; `money` writes one of money.
    pub fn of(amount: model::Amount, money: &impl Fn(Money) -> String) -> Amount {
        match amount {
            model::Amount::Percent(share) => Amount::Percent(percent_text(share)),
            model::Amount::Sum(sum) => Amount::Sum(money(sum)),
            model::Amount::Work { itemised: false } => Amount::Work,
            model::Amount::Work { itemised: true } => Amount::WorkItemised,
            model::Amount::UpTo(share) => Amount::UpTo(percent_text(share)),
            model::Amount::Nothing => Amount::Nothing,
            model::Amount::ProRataAttendance => Amount::ProRataAttendance,
            model::Amount::ProRataDuration => Amount::ProRataDuration,
        }
    }

    /// The amount, where it is sound by itself.
    pub fn read(&self, terms: &Terms) -> Result<model::Amount, Fault> {
        let share = |text: &str| {
            let share = percent(text)?;
            sound(share > Percent::default() && share <= Percent::WHOLE, Unsound::Quantity)?;
            Ok(share)
        };
        Ok(match self {
            Amount::Percent(text) => model::Amount::Percent(share(text)?),
            Amount::Sum(text) => model::Amount::Sum(terms.money(text)?),
            Amount::Work => model::Amount::Work { itemised: false },
            Amount::WorkItemised => model::Amount::Work { itemised: true },
            Amount::UpTo(text) => model::Amount::UpTo(share(text)?),
            Amount::Nothing => model::Amount::Nothing,
            Amount::ProRataAttendance => model::Amount::ProRataAttendance,
            Amount::ProRataDuration => model::Amount::ProRataDuration,
        })
    }
}
