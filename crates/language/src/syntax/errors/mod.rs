//! The errors of the reading stage: one constructor each, with its words in both languages.

mod figures;
mod items;
mod texts;

pub use figures::*;
pub use items::*;
pub use texts::*;
