//! What is wrong with a schedule of the second part: one constructor for each finding.

mod never_billed;
mod numbers;
mod options;
mod payers;
mod prices;
mod repetition;

pub use never_billed::*;
pub use numbers::*;
pub use options::*;
pub use payers::*;
pub use prices::*;
pub use repetition::*;
