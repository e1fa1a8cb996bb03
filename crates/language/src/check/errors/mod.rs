//! The findings of the checks: one constructor each, with its words in both languages.

mod follow;
mod habits;
mod lines;
mod names;
mod quantities;
mod scenarios;
mod shares;

pub use follow::*;
pub use habits::*;
pub use lines::*;
pub use names::*;
pub use quantities::*;
pub use scenarios::*;
pub use shares::*;
