//! Two versions of a schedule, over every history that a case can have: whether they bill the same,
//! and where they do not.
//!
//! In: an old and a new [`Plan`]. Out: a [`Comparison`]: for each trigger and window whether they
//! bill the same, more or less, with the smallest history that shows it and both sums. That they are
//! equivalent is claimed only if a search that leaves out no history ends without a difference; a
//! difference is reported only if the evaluator shows it. Whatever is neither is unknown.

mod both;
mod form;
mod invoice;
mod joint;
mod moment;
mod pair;
mod second;
mod seek;
mod side;
mod so_far;
mod sum;
mod tests_of;
mod tried;
mod twins;
mod windows;

use super::Unseen;
use super::limit::Limit;
use super::own_terms::Assumed;
use crate::calendar::Date;
use crate::model::{Event, EventKind, InvoiceLine, Subject, When, WhenKind};
use crate::money::Money;
use crate::plan::{Plan, PlannedTerms, PlannedTest, TriggerId};
use joint::Joint;
use windows::Search;

pub use both::Moment;
pub use tried::SingleLives;

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

impl Comparison {
    /// The name of what a window waits for, where it has one.
    pub fn name_in(&self, window: &Window) -> Option<&str> {
        match self.both.trigger(window.trigger)? {
            When::Subject(Subject { name, .. }) => Some(name),
            When::Milestone(_) | When::Calendar(_) => None,
        }
    }
}

/// Whether two versions surely bill every history alike.
pub(super) fn equivalent(old: &Plan, new: &Plan, options: &Options) -> bool {
    let second = |plan: &Plan| plan.schedule.second.is_some();
    if !apart(old, new, options).is_empty() || second(old) || second(new) {
        return false;
    }
    if form::same(&old.schedule, &new.schedule, options.money) {
        return true;
    }
    let both = joint::plan([old, new]);
    let joint = Joint::new([old, new], &both);
    joint.withheld.is_empty() && Search::new(&joint, options).finds_nothing()
}

/// Compares two versions over every history.
pub fn compare(old: &Plan, new: &Plan, options: &Options) -> Comparison {
    if old.schedule.second.is_some() || new.schedule.second.is_some() {
        second::compare(old, new, options)
    } else {
        of_the_first_part(old, new, options)
    }
}

impl Comparison {
    /// Nothing is known but what differs whatever a case does.
    fn unknown(old: &Plan, new: &Plan, options: &Options) -> Comparison {
        let apart = apart(old, new, options);
        let incomparable = |apart: &Apart| matches!(apart, Apart::Currency | Apart::Unit);
        Comparison {
            verdict: if apart.iter().any(incomparable) {
                Verdict::Incomparable
            } else {
                Verdict::Unknown
            },
            apart,
            windows: Vec::new(),
            same_text: false,
            money: options.money,
            situations: 0,
            figure: None,
            lives: None,
            limit: None,
            limit_by: 1,
            unseen: Vec::new(),
            assumed: [Assumed::default(); 2],
            both: joint::plan([old, new]),
        }
    }
}

fn of_the_first_part(old: &Plan, new: &Plan, options: &Options) -> Comparison {
    let mut comparison = Comparison::unknown(old, new, options);
    if comparison.verdict == Verdict::Incomparable {
        return comparison;
    }
    let decided = |same: bool, apart: &[Apart]| match (same, apart) {
        (true, []) => Verdict::Equivalent,
        (false, []) => Verdict::Unknown,
        (_, [_, ..]) => Verdict::Different,
    };
    if form::same(&old.schedule, &new.schedule, options.money) {
        comparison.same_text = old.schedule.name == new.schedule.name
            && form::same(&old.schedule, &new.schedule, false);
        comparison.verdict = decided(true, &comparison.apart);
        return comparison;
    }
    let joint = Joint::new([old, new], &comparison.both);
    let mut apart = std::mem::take(&mut comparison.apart);
    apart
        .extend(joint.withheld.iter().filter_map(|(action, side)| withheld(&joint, action, *side)));
    let found = Search::new(&joint, options).run();
    comparison.verdict =
        if found.different { Verdict::Different } else { decided(found.same, &apart) };
    comparison.situations = found.situations;
    comparison.limit = found.limit;
    comparison.assumed = [old, new].map(Assumed::of_amounts);
    comparison.windows = found.windows;
    drop(joint);
    comparison.apart = apart;
    comparison
}

/// What differs before any case is looked at.
fn apart(old: &Plan, new: &Plan, options: &Options) -> Vec<Apart> {
    let mut apart = Vec::new();
    let (one, other) = (&old.schedule, &new.schedule);
    let mut add = |differs: bool, what: Apart| apart.extend(differs.then_some(what));
    add(one.currency != other.currency, Apart::Currency);
    add(one.billed != other.billed, Apart::Unit);
    add(one.name != other.name && !options.money, Apart::Name);
    let no_hours =
        [old, new].map(|plan| plan.needs_planned_hours && plan.schedule.planned_hours.is_none());
    let no_months =
        [old, new].map(|plan| plan.needs_planned_months && plan.schedule.planned_months.is_none());
    for (lacks, cases) in
        [(no_hours, Cases::WithoutPlannedHours), (no_months, Cases::WithoutPlannedMonths)]
    {
        let [old, new] = lacks;
        add(old != new, Apart::Withheld { new, cases });
    }
    apart
}

/// That one version withholds cases with an action, as the evaluator shows.
fn withheld(joint: &Joint<'_>, action: &Option<String>, side: usize) -> Option<Apart> {
    let date = Date::new(2025, 1, 15)?;
    let unnamed = || joint.machine.plan.unnamed(crate::model::SubjectKind::Action);
    let name = action.clone().unwrap_or_else(unnamed);
    let kind = EventKind::Action { name, hours: None };
    let event = [Event { case: "D-001".to_owned(), date, id: None, kind }];
    let mut refused = joint.sides.iter().map(|side| {
        crate::eval::evaluate_with(side.plan, &event, side.terms, date, &mut crate::eval::Silent)
            .is_err()
    });
    let (old, new) = (refused.next()?, refused.next()?);
    (old != new && new == (side == 1))
        .then(|| Apart::Withheld { new, cases: Cases::WithAction(action.clone()) })
}
