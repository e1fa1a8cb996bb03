//! Two files of schedules: which belong together, how they differ over every history and on the
//! cases of a portfolio, and how that is said.
//!
//! In: the plans of an old and a new file. Out: for each schedule a [`Comparison`], and words for
//! it. The proof itself is made by [`crate::verify::versions`]; nothing here bills otherwise than
//! the evaluator does.

mod document;
mod portfolio;
mod words;

use crate::artefact::semantic_hash;
use crate::plan::Plan;
use crate::verify::versions::{Comparison, Options, Verdict, compare};

pub use document::document;
pub use portfolio::{
    CaseChange, CaseWithheld, Differs, Outcome, Portfolio, Side, Sums, Version, Withheld,
};
pub use words::{apart, cases, change, headline, lived, planned, reasons, same_sum, size, window};

/// A schedule of the old file and the one of the new file that takes its place.
#[derive(Clone, Copy, Debug)]
pub struct Match<'p> {
    /// None for a schedule that is new.
    pub old: Option<&'p Plan>,
    /// None for a schedule that is gone.
    pub new: Option<&'p Plan>,
}

/// A match, compared.
#[derive(Debug)]
pub struct Compared<'p> {
    /// What was compared.
    pub of: Match<'p>,
    /// What is known; none where there is only one.
    pub comparison: Option<Comparison>,
}

impl<'p> Match<'p> {
    /// The name that it goes by: the old one, if there is one.
    pub fn name(&self) -> &'p str {
        self.old.or(self.new).map_or("", |plan| plan.schedule.name.as_str())
    }
}

impl Compared<'_> {
    /// The verdict: a schedule that has no other is a difference.
    pub fn verdict(&self) -> Verdict {
        self.comparison.as_ref().map_or(Verdict::Different, |comparison| comparison.verdict)
    }
}

/// Matches schedules by their names and the days from which they are in force; then by their names where
/// there is one of each; of those that are left, one and one are taken for renamed.
pub fn matches<'p>(old: &[&'p Plan], new: &[&'p Plan]) -> Vec<Match<'p>> {
    let version = |plan: &Plan| (plan.schedule.name.clone(), plan.schedule.in_force_from());
    let alone = |plans: &[&'p Plan], name: &str| {
        let mut named = plans.iter().filter(|plan| plan.schedule.name == name);
        match (named.next(), named.next()) {
            (Some(only), None) => Some(*only),
            (_, _) => None,
        }
    };
    let other = |plan: &Plan| {
        let same = new.iter().find(|other| version(other) == version(plan)).copied();
        let name = plan.schedule.name.as_str();
        same.or_else(|| alone(old, name).and_then(|_| alone(new, name)))
    };
    let mut all: Vec<Match<'p>> =
        old.iter().map(|plan| Match { old: Some(*plan), new: other(plan) }).collect();
    let taken: Vec<*const Plan> =
        all.iter().filter_map(|of| of.new).map(std::ptr::from_ref).collect();
    let added: Vec<&Plan> =
        new.iter().filter(|plan| !taken.contains(&std::ptr::from_ref(**plan))).copied().collect();
    let mut gone = all.iter_mut().filter(|of| of.new.is_none());
    match (gone.next(), gone.next(), added.as_slice()) {
        (Some(only), None, [renamed]) => only.new = Some(*renamed),
        (_, _, added) => {
            all.extend(added.iter().map(|plan| Match { old: None, new: Some(*plan) }));
        }
    }
    all
}

/// Compares each match over every history.
pub fn compare_all<'p>(matches: &[Match<'p>], options: &Options) -> Vec<Compared<'p>> {
    let compared = |of: &Match<'p>| Compared {
        of: *of,
        comparison: of.old.zip(of.new).map(|(old, new)| {
            let mut comparison = compare(old, new, options);
            let hashes = [old, new].map(|plan| semantic_hash(&plan.schedule));
            let [old, new] = hashes;
            if comparison.verdict == Verdict::Unknown && old == new {
                // What no search compares may still say the same in other words.
                (comparison.verdict, comparison.same_text) = (Verdict::Equivalent, true);
                (comparison.limit, comparison.lives) = (None, None);
                comparison.windows.clear();
            }
            comparison
        }),
    };
    matches.iter().map(compared).collect()
}
