//! What all of Jalon speaks in. In: nothing. Out: values that cannot hold nonsense, and findings as data. Nothing here knows what a
//! schedule is.
//!
//! - [`lang`]: the two languages, and one sentence in both;
//! - [`span`]: places in a source text;
//! - [`money`], [`calendar`]: amounts, quantities and days, exactly;
//! - [`diagnostic`]: what is wrong with a text;
//! - [`stop`]: a word to long work that nobody waits any more.

#![forbid(unsafe_code)]

pub mod calendar;
pub mod diagnostic;
pub mod lang;
pub mod money;
pub mod span;
pub mod stop;
