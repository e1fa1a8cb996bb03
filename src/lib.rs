//! Jalon: billing schedules in, invoice lines out.
//!
//! A schedule says what is billed, how much, when and on which conditions. A case has a history of
//! dated events. Evaluating a schedule on a history gives invoice lines, exactly.
//!
//! ```text
//! text ──syntax──▶ ast ──check──▶ model ──plan──▶ plan ──eval──▶ invoice lines
//!                 (as written)   (as meant)      (dense)         └─▶ explanation, from the same run
//!                                  ▲ └──artefact──▶ compiled file, with its semantic hash
//!                                  └───────────────┘ loaded without the parser
//! ```
//!
//! Hosts begin with [`compile`], which gives a [`Compiled`] file or a [`Report`], and
//! [`Compiled::evaluate`]; or with [`load`], on what was compiled before. [`Event`]s and
//! [`InvoiceLine`]s are serde types. Nothing in the library reads a file, prints, or knows what day
//! it is; that is the command line's work, in `cli`.
//!
//! The modules, in reading order; each stands in a crate of the workspace, as `docs/house.md` shows:
//!
//! - [`lang`], [`span`], [`money`], [`calendar`], [`diagnostic`]: what all others speak in; [`stop`]: a word to long work;
//! - [`syntax`], [`check`], [`model`]: from a text to what it means, or to what is wrong with it;
//! - [`artefact`]: what it means as a file, and its hash;
//! - [`plan`], [`eval`]: what it means made dense, and billed; [`life`]: what an event makes of a case;
//! - [`feed`]: event files, cases and lines as they are read and written;
//! - [`follow`]: invoices and what happened to them under their follow-ups;
//! - [`explain`]: how the lines of a case came about, and why others did not;
//! - [`forecast`](mod@forecast): what is still to come of a case;
//! - [`leaks`](mod@leaks): what was done and never billed;
//! - [`scenario`]: histories with the lines that they are to give;
//! - [`verify`]: every history that a case can have;
//! - [`situations`], [`compare`]: what these come to, one example for each, and what another version
//!   makes of them;
//! - [`tell`]: findings and proofs as data, scenarios in words;
//! - `cli`, with the feature `program`: the command line.

#![forbid(unsafe_code)]

#[cfg(feature = "program")]
pub mod cli;
mod compiled;

pub use jalon_batch::feed;
pub use jalon_evaluate::{eval, forecast, leaks};
pub use jalon_follow::follow;
pub use jalon_language::{check, syntax};
pub use jalon_model::{artefact, life, model};
pub use jalon_prove::{compare, scenario, situations, verify};
pub use jalon_rules::{plan, rules};
pub use jalon_tell::{explain, tell};
pub use jalon_values::{calendar, diagnostic, lang, money, span, stop};

pub use artefact::semantic_hash;
pub use calendar::Date;
pub use compiled::{Compiled, compile, compile_bytes, load};
pub use diagnostic::{Code, Diagnostic, Report, Severity};
pub use eval::{
    Evaluation, Evaluator, InvoiceFault, Notice, NoticeKind, Withheld, evaluate, outstanding,
};
pub use forecast::{Assumed, Forecast, Horizon, LeftOut, NextEvent, forecast, forecast_assuming};
pub use lang::Lang;
pub use leaks::{CaseLeaks, Leak, LeakKind, leaks};
pub use model::{
    Event, EventKind, Invoice, InvoiceKind, InvoiceLine, InvoiceLineKind, InvoiceTax, SemanticHash,
};
pub use plan::Plan;
pub use stop::Stop;

/// The examples of the README are run with the others.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
