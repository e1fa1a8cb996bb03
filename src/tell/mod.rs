//! What there is to say, as data: the findings of the checker and of the prover, with their places and words,
//! for whatever shows them. Nothing here draws, prints or knows of a terminal.

mod proofs;
mod report;

pub use proofs::{Levels, Told, Verified, document, tell};
pub use report::{json, place};
