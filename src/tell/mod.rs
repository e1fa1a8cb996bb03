//! What there is to say: the findings of the checker and of the prover as data, with their places and words, and what
//! scenarios come to in words, for whatever shows them. Nothing here draws, prints or knows of a terminal.

mod follow;
mod outcomes;
mod proofs;
mod report;
mod witness;

pub use follow::{Found, ToldFollowUp, VerifiedFollowUp, add_follow_ups, tell_follow_up};
pub use outcomes::{shown, why, why_of_follow_up};
pub use proofs::{Levels, Told, Verified, document, tell};
pub use report::{json, place};
pub use witness::scenario as witness_scenario;
