//! The parser that pest derives from `grammar/`. Its rules do not leave `syntax`.

#![allow(
    missing_docs,
    clippy::allow_attributes_without_reason,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "pest writes this code"
)]

#[derive(pest_derive::Parser)]
#[grammar = "../grammar/words.pest"]
#[grammar = "../grammar/jalon.pest"]
pub struct Grammar;
