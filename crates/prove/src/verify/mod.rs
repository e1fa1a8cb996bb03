//! Every history that a case can have: proved sound, or a concrete one that goes wrong.
//!
//! In: a [`Plan`]. Out: a [`Verification`]: for each property a [`Verdict`], and for each way in
//! which one is refuted a [`Finding`] with a dated history that shows it. The schedule's constants
//! cut time and hours into finitely many cells within which nothing changes; a search over them
//! finds every situation that a case can come to. A finding is reported only if the evaluator shows
//! it on a real history; a property is proved only if the search, which leaves out no history, ends
//! without one. Whatever is neither is unknown. Nothing here bills, reads or prints.

mod acceptance;
mod agreed;
mod ahead;
pub mod asked;
mod assumed;
mod at_bounds;
mod axis;
mod between;
mod billing;
mod bounds;
pub(crate) mod by_the_rules;
mod cells;
mod choices;
mod claims;
mod cliff;
mod compare;
mod dated;
mod edits;
mod first_part;
pub mod follow;
mod frame;
mod from_the_lines;
mod gate;
mod grouped;
mod hole;
mod in_force;
mod key;
mod ledger;
mod limit;
mod lives;
mod machine;
mod moments;
mod order;
mod own_terms;
mod past_bounds;
pub(crate) mod planned;
mod projection;
mod proposal;
mod proposed;
pub mod reached;
mod replay;
mod run;
mod search;
mod second;
mod shapes;
mod situation;
mod steps;
mod timeline;
mod tried;
mod unseen;
mod verification;
pub mod versions;
mod within;
mod witness;
mod words;
mod words_compared;
mod words_condition;
mod words_help;
mod words_lines;
mod words_message;

use crate::plan::Plan;

pub use crate::model::Terminal;
pub use crate::model::{FollowProperty, Level, Property};
pub use acceptance::{left, unused, used};
pub use assumed::Assumed;
pub use grouped::say_all;
pub use in_force::InForce;
pub use key::Key;
pub use limit::Limit;
pub use situation::{DurationKey, Measure, Missing};
pub use unseen::Unseen;
pub use verification::{Compared, Finding, Options, Proof, Shown, Verdict, Verification, Witness};
pub use words::{Said, say};

/// Looks at every history that a case of this schedule can have.
pub fn verify(plan: &Plan, options: &Options) -> Verification {
    match &plan.schedule.second {
        Some(program) => second::verify(plan, program, options),
        None => first_part::verify(plan, options),
    }
}
