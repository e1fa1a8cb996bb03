//! How each line of a case came about and why the others did not: in, a case with the record of its evaluation; out, a text
//! in either language, or data. Nothing here reads a file or prints.
//!
//! An explanation is made from the record of the evaluation itself ([`Trace`](crate::eval::Trace)); no rule is read a
//! second time. The same facts as data are, one document:
//!
//! ```text
//! { "as_of": "2025-12-31", "cases": [ CASE, … ] }
//!
//! CASE, withheld:   { "case", "withheld": [ { "place": "file:line:column", "reason" } ] }
//! CASE, explained:  { "case", "schedule", "currency", "lang",
//!                     "moments":     [ MOMENT, … ],     what happened, in order
//!                     "never_fired": [ { "line", "rule", "says" } ],
//!                     "totals":      { "billed", "deducted", "net" },
//!                     "unbilled_work",                  work done that a line may still
//!                                                       bill, or null
//!                     "deposits_left": [ { "invoice_line", "label", "left" } ],
//!                     "closed":      null or { "date", "line" } }
//! MOMENT            { "date",
//!                     "event":   null (the calendar) or the event, as event files
//!                                state it
//!                     "place":   where the event stands, "file:line:column", or null
//!                     "says":    the moment in words
//!                     "starts_case", "ends_case",
//!                     "notices": [ { "notice", "says" } ],
//!                     "lines":   [ LINE, … ] }          the lines that waited for it
//! LINE              { "line", "rule" (as written),
//!                     "outcome": "fired", "fired_before", "condition_failed" or "case_closed",
//!                     "facts":   [ FACT, … ]            what its condition measured, or where it
//!                                                       failed: then each with "says"
//!                     "fired_on": the day, of a line that has fired before
//!                     "amounts": [ AMOUNT, … ], "closes_case" }
//! FACT              { "measured": "duration", "attendance", "hours" or a fact such as "started",
//!                     "holds", what was measured, and "needed": bounds among "at_least", "over",
//!                     "at_most", "under" }
//! AMOUNT            { "how": "share", "sum", "work", "up_to", "nothing", "attendance", "duration",
//!                            "not_started" or "deduction", its terms,
//!                     "amount", "invoice_lines": [ ids ], "says": [ the arithmetic in words ] }
//! ```
//!
//! A case that uses what cases agree, quantities, recurrences, payers, tax or versions says more:
//!
//! ```text
//! MOMENT            also "terms": price, rate, planned days, hours and months in force
//! LINE              also "waited_for", "occurrence": which time it is, if it counts as one, "period":
//!                   { "from", "to" };
//!                   "outcome" may be "exhausted" or "after_terminal" too; each FACT has "holds" and "says"
//! AMOUNT            "how" may also be "discount", "period", "days" (run, of the period); a "share" has
//!                   its "part" of "parts_in_all", an item of work its "tier" and what it is "uncut";
//!                   "parts": [ { "payer", "due_before", "due_after", "amount" } ]
//! ```
//!
//! Amounts, hours and percentages are decimal strings, dates are `YYYY-MM-DD`, and what stands under
//! `says` is in the language of the explanation.

mod arithmetic;
mod events;
mod figures;
mod json;
mod program;
mod reasons;
mod story;
mod teller;
mod timeline;
mod told;
mod waiting;

pub use events::more_words;
pub use figures::Figures;
pub use program::ProgramStory;
pub use story::{Entry, Story, Totals};
pub use teller::{Form, Teller, Told};
pub use told::Explanation;

use crate::calendar::Date;
use crate::eval::Recorded;
use crate::feed::Case;
use crate::lang::Lang;
use crate::plan::Plan;

/// Why a line that was looked at did not fire, in half sentences: `at` is the step of the record, and which of the
/// lines that were looked at.
pub fn kept_back(
    plan: &Plan,
    case: &Case,
    recorded: &Recorded,
    as_of: Date,
    names: &[String],
    lang: Lang,
    at: (usize, usize),
) -> Vec<String> {
    let Recorded { evaluation, program, record } = recorded;
    let figures = Figures { lang, currency: plan.schedule.currency };
    let story = ProgramStory { plan, program, case, record, evaluation, as_of, names, figures };
    let step = record.steps.get(at.0);
    let considered = step.and_then(|step| step.considered.get(at.1));
    considered.map_or(Vec::new(), |considered| story.why_not(considered))
}
