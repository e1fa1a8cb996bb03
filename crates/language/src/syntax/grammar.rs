//! The parser that pest derives from `grammar/`: the words of `words.toml`, from which `build.rs` makes rules,
//! and the structure of `jalon.pest`. Its rules do not leave `syntax`.

#![allow(
    missing_docs,
    clippy::allow_attributes_without_reason,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "pest writes this code"
)]

include!(concat!(env!("OUT_DIR"), "/grammar.rs"));
