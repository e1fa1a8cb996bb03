//! Events in Parquet give the lines that the same events give as NDJSON, byte for byte, however
//! they are laid out; what a column cannot hold exactly is refused; lines written as Parquet say
//! what lines written as JSON say.

#![cfg(feature = "parquet")]
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::wildcard_enum_match_arm,
    reason = "a test may panic, and writes its own files"
)]

mod files;
mod lines;
#[path = "../program/mod.rs"]
mod program;
mod refused;
mod rows;
