//! What there is to say, as data: the findings of the checker and of the prover, with their places and words,
//! for whatever shows them. Nothing here draws, prints or knows of a terminal.

mod follow;
mod proofs;
mod report;

pub use follow::{Found, ToldFollowUp, VerifiedFollowUp, add_follow_ups, tell_follow_up};
pub use proofs::{Levels, Told, Verified, document, tell};
pub use report::{json, place};
