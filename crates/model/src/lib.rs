//! What a schedule, a case, a line and a follow-up mean. In: values. Out: sound schedules and what happens in a case; nothing of how either was
//! spelled, and nothing that bills.
//!
//! - [`model`]: the meaning itself;
//! - [`life`]: what an event makes of a case;
//! - [`artefact`]: what a schedule means as a file, and its hash.

#![forbid(unsafe_code)]

pub mod artefact;
pub mod life;
pub mod model;

use jalon_values::{calendar, diagnostic, lang, money, span};
