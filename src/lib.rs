//! Jalon.
pub mod calendar;
pub mod diagnostic;
pub mod lang;
pub mod money;
pub mod span;
pub mod syntax;
