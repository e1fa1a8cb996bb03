//! What was found, told. In: evaluations, findings, journals. Out: texts and JSON, in both languages. Nothing here knows a terminal.
//!
//! - [`explain`]: how the lines of a case came about, and why others did not;
//! - [`tell`]: findings, proofs and follow-ups as data, scenarios in words.

#![forbid(unsafe_code)]

pub mod explain;
pub mod tell;

use jalon_batch::feed;
use jalon_evaluate::{eval, leaks};
use jalon_follow::follow;
use jalon_model::model;
use jalon_prove::{scenario, situations, verify};
use jalon_rules::{plan, rules};
use jalon_values::{calendar, diagnostic, lang, money, span};
