//! The language. In: a text. Out: the schedules and follow-ups that it means, or findings with their places; and the text printed as it is
//! usually written. The grammar does not leave this crate.
//!
//! - [`syntax`]: from a text to a tree, and back;
//! - [`check`]: from the tree to the model, or to what is wrong with it.

#![forbid(unsafe_code)]

pub mod check;
pub mod syntax;

use jalon_model::model;
use jalon_rules::rules;
use jalon_values::{calendar, diagnostic, lang, money, span};
