//! What there is to say: the findings of the checker and of the prover as data, with their places and words, what
//! scenarios come to in words, and the lists of invoices and leaks as data, for whatever shows them. Nothing here draws, prints or knows of a terminal.

mod examples;
mod follow;
mod invoices;
mod journal;
mod leaks;
mod outcomes;
mod proofs;
mod report;
mod situations;
mod witness;

pub use examples::{agreed, has_a_rate, stand_ins};
pub use follow::{Found, ToldFollowUp, VerifiedFollowUp, add_follow_ups, tell_follow_up};
pub use invoices::{ToldStep, notices, unknown, unpaid_json, withheld};
pub use journal::{
    DELAY_FIELDS, JOURNAL_FIELDS, delay_fields, entry_fields, journal_json, sum, tenths,
    withheld_ids,
};
pub use leaks::{ToldLeak, leak_kind, leaks_of_case, leaks_without_events};
pub use outcomes::{shown, why, why_of_follow_up};
pub use proofs::{Levels, Told, Verified, document, tell};
pub use report::{json, place};
pub use situations::situations_json;
pub use witness::scenario as witness_scenario;
