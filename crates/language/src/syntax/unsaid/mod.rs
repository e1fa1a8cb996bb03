//! What the language cannot say, and what says the nearest to it: the words of it in both languages.
//!
//! No advice here has an edit unless it means what was written.

mod amounts;
mod conditions;
mod moments;

pub use amounts::*;
pub use conditions::*;
pub use moments::*;
