//! One case: events in, invoice lines and notices out.
//!
//! Evaluation is a pure function of a plan, a history and an as-of date: no clock, no output, no
//! text of the schedule read or compared. What is computed on the way is told to an [`Observer`];
//! [`Silent`] costs nothing, [`Trace`] keeps what an explanation needs.

mod amounts;
mod fault;
mod history;
mod lines;
mod moments;
mod observer;
mod state;
mod trace;

use crate::calendar::Date;
use crate::model::{Event, InvoiceLine};
use crate::plan::{Plan, PlannedTerms};

pub use fault::{Notice, NoticeKind, Withheld};
pub use observer::{Arithmetic, Observer, Silent, Verdict, WorkItem};
pub use state::{Measured, Measurement, Outstanding, Shortfall, State};
pub use trace::{Computed, Considered, Cut, How, Standing, Step, Trace};

/// What a case comes to at an as-of date.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evaluation {
    /// Its invoice lines, in the order in which they fired.
    pub lines: Vec<InvoiceLine>,
    /// Its events that had no effect, in the order of their dates.
    pub notices: Vec<Notice>,
}

/// Evaluates the whole history of one case, up to and including `as_of`.
///
/// The events may come in any order; those of one date and kind keep the order of the slice. All of
/// them have to name the same case. A history that is not sound gives no line at all, only the
/// reason.
pub fn evaluate(plan: &Plan, events: &[Event], as_of: Date) -> Result<Evaluation, Withheld> {
    evaluate_with(plan, events, PlannedTerms::default(), as_of, &mut Silent)
}

/// The same, with planned terms that no event states (those of an `opened` event come first), and
/// an observer that is told each step.
pub fn evaluate_with<O: Observer>(
    plan: &Plan,
    events: &[Event],
    terms: PlannedTerms,
    as_of: Date,
    observer: &mut O,
) -> Result<Evaluation, Withheld> {
    let history = history::History::read(plan, events, terms, as_of)?;
    let mut state = state::State::new(plan, history.terms);
    let mut run = moments::Run::new(plan, &history, &mut state, observer);
    run.to(as_of)?;
    let (fired, mut notices) = (run.lines, run.notices);
    notices.extend(history.notices);
    notices.sort_by_key(|notice| (notice.date, notice.event));
    Ok(Evaluation { lines: lines::written(plan, events, &fired)?, notices })
}
