//! What exhaustive tests run on: random schedules and random histories of them, both small and full of
//! what is hard. The same number gives the same.

pub mod histories;
pub mod schedules;
