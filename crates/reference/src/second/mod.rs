//! The second part of the language, read a second time: terms of the case, recurrence, planned dates,
//! progress, quantities, suspension, payers. A small model of its own is written as text and as events, and walked day by day.

pub mod account;
pub mod conditions;
pub mod moments;
pub mod payers;
pub mod random;
mod random_aimed;
mod random_case;
pub mod random_first;
pub mod random_usual;
mod random_when;
mod random_work;
pub mod rules;
pub mod text;
pub mod told;
pub mod walk;
pub mod work;
