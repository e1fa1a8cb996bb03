//! Jalon.
pub mod lang;
pub mod span;
pub mod diagnostic;
pub mod money;
pub mod calendar;
pub mod syntax;
pub mod model;
pub mod check;
pub mod plan;
pub mod eval;
