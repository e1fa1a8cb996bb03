//! Follow-ups, read a second time from the text of the design: every evening of every day is looked at, and all that is
//! known by then is counted anew, for all invoices at once.

pub mod evening;
pub mod judge;
pub mod life;
pub mod random;
pub mod rules;
pub mod text;
