//! Two versions of a schedule, over every history that a case can have: whether they bill the same,
//! and where they do not.
//!
//! In: an old and a new [`Plan`]. Out: a [`Comparison`]: for each trigger and window whether they
//! bill the same, more or less, with the smallest history that shows it and both sums. That they are
//! equivalent is claimed only if a search that leaves out no history ends without a difference; a
//! difference is reported only if the evaluator shows it. Whatever is neither is unknown.

mod both;
mod comparison;
mod deposits;
mod first_part;
mod form;
mod invoice;
mod joint;
mod moment;
mod pair;
mod pairs;
mod second;
mod seek;
mod side;
mod so_far;
mod steps;
mod sum;
mod tests_of;
mod tried;
mod twins;
mod windows;

use crate::plan::Plan;

pub use comparison::{
    Apart, Cases, Change, Comparison, Example, Moment, Options, SingleLives, Verdict, Window,
};
pub(super) use first_part::equivalent;

/// Compares two versions over every history.
pub fn compare(old: &Plan, new: &Plan, options: &Options) -> Comparison {
    if old.schedule.second.is_some() || new.schedule.second.is_some() {
        second::compare(old, new, options)
    } else {
        first_part::compare(old, new, options)
    }
}
