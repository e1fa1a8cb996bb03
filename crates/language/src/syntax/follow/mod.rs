//! Follow-ups as they are written: their part of the tree, how it is printed, and what everyday words for it mean.

mod everyday;
pub mod print;
pub(super) mod spoken;
mod states;
pub mod tree;
mod turns;

pub(super) use spoken::STEPS;
