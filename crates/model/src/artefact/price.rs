//! How a schedule and its actions are priced: their records, written and read.

use super::errors::Unsound;
use super::fault::{Fault, Within, sound};
use super::quantities::{hours_above_zero, hours_text};
use super::read::Terms;
use crate::model;
use crate::money::Money;
use serde::{Deserialize, Serialize};

#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Price {
    Fixed(String),
    Hourly {
        rate: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at_least: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at_most: Option<String>,
    },
    PerAction,
}

impl Price {
    /// Of a price; `money` writes an amount.
    pub fn of(price: model::Price, money: &impl Fn(Money) -> String) -> Price {
        match price {
            model::Price::Fixed(price) => Price::Fixed(money(price)),
            model::Price::Hourly { rate, at_least, at_most } => Price::Hourly {
                rate: money(rate),
                at_least: at_least.map(hours_text),
                at_most: at_most.map(hours_text),
            },
            model::Price::PerAction => Price::PerAction,
        }
    }

    /// The price, where it is sound.
    pub fn read(&self, terms: &Terms) -> Result<model::Price, Fault> {
        Ok(match self {
            Price::Fixed(price) => model::Price::Fixed(terms.money(price).of("fixed")?),
            Price::Hourly { rate, at_least, at_most } => {
                let bound =
                    |text: &Option<String>| text.as_deref().map(hours_above_zero).transpose();
                let rate = terms.money(rate).of("rate").of("hourly")?;
                let at_least = bound(at_least).of("at_least").of("hourly")?;
                let at_most = bound(at_most).of("at_most").of("hourly")?;
                if let (Some(least), Some(most)) = (at_least, at_most) {
                    sound(least <= most, Unsound::Misfit).of("at_most").of("hourly")?;
                }
                model::Price::Hourly { rate, at_least, at_most }
            }
            Price::PerAction => model::Price::PerAction,
        })
    }
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rate {
    Hourly(String),
    Flat(String),
    NotBilled,
    AsPriced,
}

impl Rate {
    /// Of a rate; `money` writes an amount.
    pub fn of(rate: model::Rate, money: &impl Fn(Money) -> String) -> Rate {
        match rate {
            model::Rate::Hourly(rate) => Rate::Hourly(money(rate)),
            model::Rate::Flat(amount) => Rate::Flat(money(amount)),
            model::Rate::NotBilled => Rate::NotBilled,
            model::Rate::AsPriced => Rate::AsPriced,
        }
    }

    /// The rate, where it is sound.
    pub fn read(&self, terms: &Terms) -> Result<model::Rate, Fault> {
        Ok(match self {
            Rate::Hourly(rate) => model::Rate::Hourly(terms.money(rate)?),
            Rate::Flat(amount) => model::Rate::Flat(terms.money(amount)?),
            Rate::NotBilled => model::Rate::NotBilled,
            Rate::AsPriced => model::Rate::AsPriced,
        })
    }
}
