//! The library, called as hosts call it, on inputs that somebody chose.

#![forbid(unsafe_code)]
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

mod advised;
mod before_start;
mod canaries;
mod compared;
mod evaluation;
mod follow;
mod format;
mod fuzzed;
mod invoices;
mod issued;
mod notices;
mod property_pages;
mod second;
mod semantic_hash;
mod textmate;
mod verify_schedules;
