//! `jalon follow` and `jalon unpaid`: invoices under their follow-ups.

mod explain;
mod files;
mod steps;
mod table;
mod unpaid;
mod words;

pub use steps::{Options as FollowOptions, follow};
pub use table::{Format, Grid, headings};
pub use unpaid::{Options as UnpaidOptions, unpaid};
