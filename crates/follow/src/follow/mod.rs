//! After the invoice: what is open, what is to be done about it today, and why.
//!
//! In: follow-ups, invoices, what happened to them, and a day. Out: the steps that fire, the list of what is unpaid,
//! and what is withheld. All of it is a pure function of what goes in: the order of files and lines, and what day
//! it is on the machine, make no difference. Nothing here reads a file.
//!
//! ```text
//! text ──lines──▶ fields ──invoice, event──▶ book (linked, sound or withheld) ──evening, steps, walk──▶ steps, rows
//! ```
//!
//! One bad event withholds its invoice, and those that a move, a replacement or a credit note links to it; the
//! others are judged.

mod book;
mod draft;
mod evening;
mod event;
mod fault;
mod history;
mod invoice;
mod journal;
mod lines;
mod lived;
mod objects;
mod place;
mod record;
mod run;
mod scenario;
mod statuses;
mod steps;
mod unpaid;
mod walk;
mod words;

pub use book::{Book, Unknown};
pub use draft::{Draft, DraftOfEvents};
pub use event::{Event, EventKind, Given};
pub use fault::{Fault, Why};
pub use history::{Happened, History, Moment};
pub use invoice::{Amount, Invoice};
pub use journal::{Delays, Entry, Journal, journal};
#[cfg(feature = "parquet")]
pub use lines::read_parquet;
pub use lines::{Format, Give, Lines, SheetRow, Unreadable, read, read_sheet};
pub use lived::{Lived, Seen};
pub use place::Place;
pub use record::Record;
pub use run::{
    Asked, Done, Followed, Run, Standing, Withheld, chosen, explain, follow, follow_unless,
    read_done,
};
pub use scenario::{Outcome, ScenarioRow, scenario};
pub use statuses::STATUSES;
pub use steps::{Fired, Logged, StepNow, Wait, step_id};
pub use unpaid::{Ageing, NextStep, Owed, Row, Unpaid, unpaid};
pub use walk::End;
pub use words::{Table, Words};
