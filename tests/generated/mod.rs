//! What exhaustive tests run on: random schedules and random histories of them, both small and full of
//! what is hard. The same number gives the same.

#![allow(
    dead_code,
    missing_docs,
    clippy::expect_used,
    reason = "each test uses a part of it, and a test may panic"
)]

pub mod histories;
pub mod schedules;
