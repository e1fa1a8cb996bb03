//! Invoices under their follow-ups. In: invoices, and what happened to them. Out: where each stands in an evening, and the steps that are
//! due. Nothing here sends anything.
//!
//! - [`follow`]: the whole of it, with lives that are made up for scenarios and proofs.

#![forbid(unsafe_code)]

pub mod follow;

use jalon_batch::feed;
use jalon_model::model;
use jalon_values::{calendar, diagnostic, lang, money, stop};
