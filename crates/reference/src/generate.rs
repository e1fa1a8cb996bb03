//! Random pairs of a schedule that the checker accepts and a case of it, each from one seed.

use super::rng::Rng;
use super::rules::{Case, Schedule};

pub use super::random_case::case;
pub use super::random_schedule::{amount_of, schedule};

/// A schedule and a case of it, from one seed.
#[must_use]
pub fn pair(seed: u64) -> (Schedule, Case) {
    let mut rng = Rng::new(seed);
    let schedule = schedule(&mut rng);
    let case = case(&mut rng, &schedule);
    (schedule, case)
}

/// The names of actions that a schedule's lines may mention.
#[must_use]
pub fn action_names(schedule: &Schedule) -> Vec<String> {
    super::random_schedule::Ground::of(schedule).actions
}
