//! What holds of any input, whoever chooses it: a fuzzer, a property test, or a file kept from either.
//! Each check panics where it does not hold.

#![forbid(unsafe_code)]
#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::unreachable,
    clippy::wildcard_enum_match_arm,
    reason = "a check that fails stops, and says on what"
)]

pub mod agreement;
pub mod event_lines;
pub mod layout;
pub mod oracle;
pub mod source;
pub mod target;
pub mod written;
