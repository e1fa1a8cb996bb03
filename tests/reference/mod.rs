//! A second, deliberately naive reading of the language: a schedule is walked as it is written, one
//! day after another, in exact fractions. It exists to be held against the real evaluator.

pub mod amounts;
pub mod conditions;
pub mod exact;
pub mod generate;
pub mod moments;
pub mod naive;
mod pen;
mod random_case;
mod random_schedule;
pub mod rng;
pub mod rules;
pub mod sound;
pub mod told;
pub mod write;
pub mod write_events;
