//! What is asked of two versions, and what is known of them.

use super::super::assumed::Assumed;
use super::super::limit::Limit;
use super::super::unseen::Unseen;
use crate::calendar::Date;
use crate::model::{Event, InvoiceLine, Subject, When, WhenKind};
use crate::money::Money;
use crate::plan::{Plan, PlannedTerms, PlannedTest, TriggerId};

/// What to compare, and how far to go.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Only what is billed in all on each day counts, not the lines.
    pub money: bool,
    /// Cases that are over before they start are left out.
    pub started: bool,
    /// So many situations are looked at; past them the verdict is unknown.
    pub budget: usize,
}

impl Default for Options {
    fn default() -> Self {
        Options { money: false, started: false, budget: 200_000 }
    }
}

/// What is known of two versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// They bill the same in every history.
    Equivalent,
    /// A history shows that they do not.
    Different,
    /// Neither proved nor refuted.
    Unknown,
    /// What they bill cannot be compared.
    Incomparable,
}

impl Verdict {
    /// The stable name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Equivalent => "equivalent",
            Verdict::Different => "different",
            Verdict::Unknown => "unknown",
            Verdict::Incomparable => "incomparable",
        }
    }
}

/// How the new version differs from the old one in a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Change {
    /// Not at all, in any history.
    Same,
    /// It bills more.
    More,
    /// It bills less.
    Less,
    /// It bills more in one history and less in another.
    Both,
    /// It bills the same sums on other lines.
    Lines,
    /// It is not known.
    Unknown,
}

impl Change {
    /// The stable name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Change::Same => "same",
            Change::More => "more",
            Change::Less => "less",
            Change::Both => "both",
            Change::Lines => "lines",
            Change::Unknown => "unknown",
        }
    }
}

/// What two versions do not have in common, whatever a case does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Apart {
    /// Their names, which stand on every line.
    Name,
    /// Their currencies: sums cannot be compared.
    Currency,
    /// The one is billed for each case, the other for each group.
    Unit,
    /// The prices or rates that cases may agree.
    Figure,
    /// One version withholds cases that the other bills.
    Withheld {
        /// Whether the new version withholds them.
        new: bool,
        /// Which cases.
        cases: Cases,
    },
}

/// Cases that are withheld.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cases {
    /// Those with this action, which is not listed; with any that neither version lists, if none.
    WithAction(Option<String>),
    /// Those that plan no hours.
    WithoutPlannedHours,
    /// Those that plan no duration.
    WithoutPlannedMonths,
}

/// A trigger, in a window of time and hours.
#[derive(Clone, Debug)]
pub struct Window {
    /// What comes, by its number in [`Comparison::both`].
    pub trigger: TriggerId,
    /// How invoice lines name the kind of that trigger.
    pub kind: WhenKind,
    /// What is asked, by numbers of the same plan.
    pub tests: Vec<PlannedTest>,
    /// Which of that holds.
    pub truths: Vec<bool>,
    /// How the new version differs there.
    pub change: Change,
    /// Whether that is all: no other change is possible there.
    pub proved: bool,
    /// The smallest history that shows it.
    pub example: Option<Example>,
}

/// A history in which the versions differ.
#[derive(Clone, Debug)]
pub struct Example {
    /// Its events.
    pub events: Vec<Event>,
    /// What the case plans, on each version.
    pub terms: [PlannedTerms; 2],
    /// When it plans to start and to end, where a version asks for that.
    pub planned_dates: [Option<Date>; 2],
    /// The day on which they differ: the last one that is looked at.
    pub day: Date,
    /// What each bills then: at that moment, or on the day where only money counts; of an end or an
    /// abandonment, in all up to then.
    pub amounts: [Money; 2],
    /// The lines of that moment, or of that day.
    pub lines: [Vec<InvoiceLine>; 2],
    /// What each has billed in all.
    pub totals: [Money; 2],
    /// Its moments, in order.
    pub moments: Vec<Moment>,
    /// Whether no history with fewer events shows a difference there.
    pub shortest: bool,
}

/// Everything that is known of two versions.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// The verdict.
    pub verdict: Verdict,
    /// What differs whatever a case does.
    pub apart: Vec<Apart>,
    /// Each trigger and window; none where the versions say the same in other words.
    pub windows: Vec<Window>,
    /// Whether the versions say the same in other words, name and lines, whatever was asked.
    pub same_text: bool,
    /// Whether they were compared by what is billed on each day, not by lines.
    pub money: bool,
    /// How many situations were looked at.
    pub situations: usize,
    /// The price, or the rate, that the cases of all examples agree, where each agrees its own.
    pub figure: Option<Money>,
    /// What single lives tell, where the search does not.
    pub lives: Option<SingleLives>,
    /// Why not everything is known.
    pub limit: Option<Limit>,
    /// By which version that is so: the old one, 0, or the new one, 1.
    pub limit_by: usize,
    /// What both say otherwise, and no comparison looks at.
    pub unseen: Vec<Unseen>,
    /// What is assumed of the cases, for each version: where a schedule states planned hours or months,
    /// that a case states no others.
    pub assumed: [Assumed; 2],
    /// The lines of both versions as one plan, by whose numbers windows are named. It is not to be
    /// billed.
    pub both: Plan,
}

/// What single lives tell of two versions.
#[derive(Clone, Debug, Default)]
pub struct SingleLives {
    /// How many both versions bill.
    pub tried: usize,
    /// One that they bill otherwise.
    pub example: Option<Example>,
}

/// One moment of a history on both versions.
#[derive(Clone, Debug)]
pub struct Moment {
    /// Its day.
    pub date: Date,
    /// Its event's place in the history; none for the calendar.
    pub event: Option<usize>,
    /// The labels of the lines that each version bills.
    pub labels: [Vec<String>; 2],
    /// What each version bills, deductions included.
    pub amounts: [Money; 2],
}

impl Comparison {
    /// The name of what a window waits for, where it has one.
    pub fn name_in(&self, window: &Window) -> Option<&str> {
        match self.both.trigger(window.trigger)? {
            When::Subject(Subject { name, .. }) => Some(name),
            When::Milestone(_) | When::Calendar(_) => None,
        }
    }
}
