//! What a schedule means made ready to be billed. In: the model. Out: a dense plan, and the rules by which a case is billed in exact
//! fractions. Nothing here reads events or writes lines.
//!
//! - [`rules`]: the life of a case, which lines fire, its account, and what a line comes to;
//! - [`plan`]: a schedule made dense.

#![forbid(unsafe_code)]

pub mod plan;
pub mod rules;

use jalon_model::{life, model};
use jalon_values::{calendar, lang, money};
