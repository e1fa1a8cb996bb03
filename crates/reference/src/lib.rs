//! A second, deliberately naive reading of the language: a schedule is walked as it is written, one
//! day after another, in exact fractions. It exists to be held against the real evaluator.

#![forbid(unsafe_code)]
#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::unreachable,
    clippy::wildcard_enum_match_arm,
    reason = "it is for tests, which may stop; each public thing is said of in its module"
)]

pub mod amounts;
pub mod conditions;
pub mod exact;
pub mod follow;
pub mod generate;
pub mod moments;
pub mod naive;
#[cfg(test)]
mod of_the_language;
mod pen;
mod random_case;
mod random_schedule;
pub mod rng;
pub mod rules;
pub mod second;
pub mod sound;
pub mod told;
pub mod write;
pub mod write_events;
