//! Every history that a case can have. In: plans and follow-ups. Out: findings, each with a dated case that the evaluator has billed; one example
//! for each situation; what two versions of a schedule bill differently. Nothing is believed that the evaluator does not replay.
//!
//! - [`verify`]: the proofs;
//! - [`situations`]: what histories come to, one example for each;
//! - [`scenario`]: histories with the lines that they are to give;
//! - [`compare`]: what another version makes of the same cases.

#![forbid(unsafe_code)]

pub mod compare;
pub mod scenario;
pub mod situations;
pub mod verify;

use jalon_batch::feed;
use jalon_evaluate::eval;
use jalon_follow::follow;
use jalon_model::{artefact, life, model};
use jalon_rules::{plan, rules};
use jalon_values::{calendar, lang, money, span, stop};
