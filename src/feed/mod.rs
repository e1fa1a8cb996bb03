//! Many cases: event files in, each case on its schedule, line files out.
//!
//! Everything here works on bytes in memory and gives values; `cli` reads and writes the files.

mod book;
mod events;
mod lines;

pub use book::{Bill, Book, Unbilled, UnbilledReason};
pub use events::{Case, CaseFault, Histories, Place, Unreadable, UnreadableReason};
pub use lines::{LineFormat, write_lines};
