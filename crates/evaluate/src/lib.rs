//! Cases billed. In: plans and the events of a case. Out: its lines, exactly, or why it is withheld whole. Nothing here knows where events come
//! from.
//!
//! - [`eval`]: a case billed, and what an observer sees of it;
//! - [`forecast`](mod@forecast): what is still to come of a case, as a difference of evaluations;
//! - [`leaks`](mod@leaks): what was done and never billed.

#![forbid(unsafe_code)]

pub mod eval;
pub mod forecast;
pub mod leaks;

use jalon_model::{life, model};
use jalon_rules::{plan, rules};
use jalon_values::{calendar, diagnostic, lang, money};
