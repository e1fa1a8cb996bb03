//! `jalon follow`, `jalon unpaid` and `jalon journal`: invoices under their follow-ups.

mod explain;
mod files;
mod journal;
mod journal_page;
mod journal_told;
mod pictures;
mod steps;
mod table;
mod unpaid;
pub(super) mod words;
mod workbook;

pub use journal::{Options as JournalOptions, journal};
pub use steps::{Options as FollowOptions, follow};
pub use table::{Format, Grid, headings};
pub use unpaid::{Options as UnpaidOptions, unpaid};
