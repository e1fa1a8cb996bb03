//! What the walk tells of each moment, so that a reader can judge a whole history.

use chrono::NaiveDate;

use super::exact::{Exact, zero};
use super::moments::{Facts, Moment};

/// One moment of an open case, and how the case stands after it.
#[derive(Clone, Debug)]
pub struct Told {
    pub date: NaiveDate,
    /// Whether an event comes, or else a day ends.
    pub of_event: bool,
    pub started: bool,
    pub ended: bool,
    pub abandoned: bool,
    /// The lines that wait for it and can still fire, in the order in which they are judged.
    pub judged: Vec<Judged>,
    pub closed: bool,
    /// Everything billed so far, deductions included.
    pub billed: Exact,
    /// What the work not yet billed would come to.
    pub owed: Exact,
    pub deposits_left: bool,
}

/// A line that waits for a moment.
#[derive(Clone, Debug)]
pub struct Judged {
    pub line: usize,
    pub holds: bool,
    /// Whether it would hold, had the case started on this day.
    pub holds_if_started: bool,
    /// Holds, and no balance has closed the case before it.
    pub fires: bool,
    /// Anything stands on the invoice for it.
    pub bills: bool,
}

impl Told {
    /// A moment of which nothing has come yet.
    #[must_use]
    pub fn begin(moment: &Moment<'_>, facts: &Facts) -> Self {
        Self {
            date: moment.date(),
            of_event: matches!(moment, Moment::OfEvent { .. }),
            started: facts.started.is_some(),
            ended: facts.ended,
            abandoned: facts.abandoned,
            judged: Vec::new(),
            closed: false,
            billed: zero(),
            owed: zero(),
            deposits_left: false,
        }
    }
}
