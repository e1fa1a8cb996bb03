//! What holds of every schedule and every history, on pairs that are generated and, where one fails, made
//! smaller until nothing can be left out: the compiled evaluator comes to what the naive reference comes
//! to; no money is lost or made; what is billed does not depend on order, copies, other cases, layout of
//! files or threads; an earlier date gives a prefix; corrections come to what billing from scratch comes
//! to; every event is accounted for.
//!
//! Some seconds with the other tests. `PROPTEST_CASES=200000 cargo test --release --test properties`
//! takes as many pairs as are asked for, other ones with each `PROPTEST_RNG_SEED`.

#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::unreachable,
    clippy::wildcard_enum_match_arm,
    clippy::disallowed_methods,
    reason = "a test may stop, and reads and writes its own files"
)]

mod agreement;
mod aimed;
mod books;
mod cases;
mod combination;
mod compare;
mod corrections;
mod coverage;
mod event_lines;
mod files;
mod forecasts;
mod generated;
mod histories;
mod money;
mod strategies;
mod texts;
mod told;
mod verify;

/// So many pairs the evaluator and the reference are compared on, unless stated: enough for the
/// generator to come to its whole catalogue.
const PAIRS: u32 = 1_300;
