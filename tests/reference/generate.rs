//! Random pairs of a schedule that the checker accepts and a case of it, each from one seed.

use super::rng::Rng;
use super::rules::{Case, Schedule};

pub use super::random_case::case;
pub use super::random_schedule::schedule;

/// A schedule and a case of it, from one seed.
#[must_use]
pub fn pair(seed: u64) -> (Schedule, Case) {
    let mut rng = Rng::new(seed);
    let schedule = schedule(&mut rng);
    let case = case(&mut rng, &schedule);
    (schedule, case)
}
