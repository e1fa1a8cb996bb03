//! Many cases at once. In: the bytes of event files, as JSON, CSV or columns. Out: cases with their events, billed, and lines as they are
//! written. Bytes come from whoever calls: nothing here opens a file.
//!
//! - [`feed`]: events read, cases gathered and billed, lines written.

#![forbid(unsafe_code)]

pub mod feed;

use jalon_evaluate::eval;
use jalon_model::model;
use jalon_rules::plan;
use jalon_values::{calendar, diagnostic, lang, money};
