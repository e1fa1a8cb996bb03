//! What a schedule, a case and an invoice line mean, once everything written has been understood.
//!
//! Names here are texts and quantities exact numbers; nothing remembers how it was spelled. `check`
//! makes schedules of this kind from the tree; `plan` makes them dense.

mod agreement;
mod amount;
mod cell_fault;
mod civil;
mod condition;
mod day_form;
mod event;
mod event_fault;
mod event_json;
mod event_kind;
mod event_to_json;
mod event_values;
mod everyday;
mod exact_digits;
mod field;
mod file_names;
mod follow_up;
pub mod french;
mod host_names;
mod invoice;
mod json_fault;
mod json_fields;
mod line;
mod line_id;
mod milestone;
mod noun;
mod plain_digits;
mod planned_terms;
pub mod program;
mod property;
mod scenario;
mod schedule;
mod semantic_hash;
mod spoken_length;
mod subject;
mod when;
mod words;
pub mod written;

pub use agreement::{Agreement, Beside, StatedShare, StatedSum};
pub use amount::{Amount, Most};
pub use cell_fault::{CellFault, NO_VALUE, nameless, without_currency, without_value};
pub use civil::Civil;
pub use condition::{Condition, Range, Test};
pub use day_form::{DayForm, DayShape, day_form};
pub use event::{Event, EventKind};
pub use event_fault::{AMENDED, EventFault, Fault, InCommon};
pub use event_json::{DayMarks, ReadLine, read_event, read_line};
pub use event_kind::{Changes, Kind, More};
pub use exact_digits::plain_digits;
pub use field::{Field, LONGEST_PLAN, LONGEST_TEXT};
pub use file_names::{CellsOf, FileNames};
pub use follow_up::{
    FollowAcceptance, FollowHappening, FollowScenario, FollowStep, FollowUp, InvoiceDay,
    InvoiceField, Standing, StepAnchor, StepCondition, StepTrigger, SumComparator, Turn,
};
pub use host_names::HostNames;
pub use invoice::{Invoice, InvoiceKind, InvoiceTax};
pub use line::{InvoiceLine, InvoiceLineKind, LineTrigger};
pub use line_id::{LineKey, Said, Stem};
pub use milestone::{ByMilestone, Milestone, Terminal};
pub use noun::Noun;
pub use planned_terms::PlannedTerms;
pub use property::{FollowProperty, Level, Property};
pub use scenario::{Expected, ExpectedLine, Scenario};
pub use schedule::{Acceptance, Action, Billed, Line, LineKind, Price, Rate, Schedule};
pub use semantic_hash::SemanticHash;
pub use subject::{Subject, SubjectKind};
pub use when::{Anchor, AnchorKind, Anchors, CalendarDay, PlannedDate, When, WhenKind};
