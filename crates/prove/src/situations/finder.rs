//! The situations of one trigger, each with its plainest example.
//!
//! In: what the search over all histories says that the trigger comes to. Out: the situations that the
//! evaluator shows, and which of the others are left open. The search proposes; only the evaluator
//! lists.

use super::axes::Axes;
use super::edges::EdgeDay;
use super::situation::{Situation, situation};
use super::usual::{self, Addition};
use super::watch::{Seen, watch};
use crate::calendar::Date;
use crate::model::{Event, EventKind, InvoiceLine, Milestone, When};
use crate::plan::{Plan, PlannedTerms, PlannedTest, TriggerId};
use crate::verify::InForce;
use crate::verify::reached::{Coming, Projection, Reaching, Way};
use std::collections::{BTreeMap, BTreeSet};

/// So many paths to one situation are made into histories for each timeline, from either end of it.
const MOST_WAYS: usize = 24;
const FEW_WAYS: usize = 4;
/// So many situations are listed for one trigger at the most.
pub(super) const MOST_SITUATIONS: usize = 2_000;

/// How plain an example is: the least is the plainest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Plainness {
    /// A case that has not started although nothing asks about it, or that an action starts or ends
    /// where the trigger is its start or end.
    unusual: bool,
    /// Where durations bound it: whether it comes on the first day, the last one, or another.
    day: u8,
    events: usize,
    /// Several events on its last day.
    crowded: bool,
    /// How far it is from the middle of January.
    far: u64,
}

/// A search under way.
pub(super) struct Finder<'a> {
    plan: &'a Plan,
    all_axes: &'a [Axes],
    axes: &'a Axes,
    id: TriggerId,
    terms: PlannedTerms,
    in_force: InForce,
    additions: Vec<Addition>,
    /// What is found, by which tests hold.
    found: BTreeMap<Vec<bool>, (Situation, Plainness)>,
    /// There are no more than so many.
    most: usize,
}

/// What is found of one trigger.
pub(super) struct Found {
    pub(super) situations: Vec<Situation>,
    /// How many states were looked at.
    pub(super) states: usize,
    /// Whether these were all there are, for every situation that no example shows.
    pub(super) complete: bool,
    /// How many situations there may be that no example shows.
    pub(super) open: usize,
}

/// All situations of a trigger, each number of planned hours being tried in turn.
pub(super) fn find(
    plan: &Plan,
    all_axes: &[Axes],
    id: TriggerId,
    (terms, in_force): (&[PlannedTerms], InForce),
    budget: usize,
) -> Found {
    let none = Axes::default();
    let axes = all_axes.get(id.0 as usize).unwrap_or(&none);
    let mut found = Found { situations: Vec::new(), states: 0, complete: true, open: 0 };
    let mut known = BTreeMap::new();
    let projection = Projection::new(plan, id);
    let count = terms.len();
    for (place, terms) in terms.iter().enumerate() {
        let budget = budget.saturating_sub(found.states) / (count - place).max(1);
        let terms = *terms;
        let additions = usual::additions(plan, id, axes, terms);
        let mut finder = Finder {
            plan,
            all_axes,
            axes,
            id,
            terms,
            in_force,
            additions,
            found: known,
            most: axes.most(plan),
        };
        finder.search(&projection, budget, &mut found);
        known = finder.found;
    }
    found.situations = known.into_values().map(|(situation, _)| situation).collect();
    found
}

impl Finder<'_> {
    /// First roughly, which is quick; where that finds what no example shows, exactly.
    fn search(&mut self, projection: &Projection<'_>, budget: usize, found: &mut Found) {
        let tests = &self.axes.tests;
        let Some(search) = Reaching::new(projection, tests, self.terms.hours) else {
            found.complete = false;
            return;
        };
        let search = search.beginning(self.in_force);
        let open = |finder: &Finder<'_>, seen: &BTreeSet<Vec<bool>>| {
            seen.iter().filter(|truths| !finder.found.contains_key(*truths)).count()
        };
        let mut seen = BTreeSet::new();
        let rough = search.is_rough();
        let first = search.explore(rough, budget, &mut |coming| self.take(coming, &mut seen));
        found.states += first.states;
        let left = open(self, &seen);
        if rough && (left > 0 || !first.complete) {
            let budget = budget.saturating_sub(first.states);
            let mut exactly = BTreeSet::new();
            let exact =
                search.explore(false, budget, &mut |coming| self.take(coming, &mut exactly));
            found.states += exact.states;
            if exact.complete {
                found.open += open(self, &exactly);
                return;
            }
        }
        found.complete &= first.complete;
        found.open += left;
    }

    /// What the trigger comes to on one timeline. Whether all that is possible is found.
    fn take(&mut self, coming: &Coming<'_>, seen: &mut BTreeSet<Vec<bool>>) -> bool {
        seen.insert(coming.truths.clone());
        self.try_out(coming);
        self.found.len() >= self.most
    }

    fn try_out(&mut self, coming: &Coming<'_>) {
        let unusual = |way: &Way| way.by_action || !way.started && self.expects_start();
        let fewest = |unusual_ones: bool| {
            let ways = coming.ways.iter().filter(|way| unusual(way) == unusual_ones);
            ways.map(|way| way.events as usize).min()
        };
        let plainest = fewest(false).map(|events| (false, events));
        let plainest = plainest.or(fewest(true).map(|events| (true, events)));
        let Some(plainest) = plainest else { return };
        match self.found.get(&coming.truths) {
            Some((_, known)) if (known.unusual, known.events) <= plainest => return,
            None if self.found.len() >= MOST_SITUATIONS => return,
            Some(_) | None => {}
        }
        let mut ways: Vec<Way> = coming.ways.clone();
        ways.sort_by_key(|way| (unusual(way), way.events, way.cell));
        // Without bounds of time, one day is as good as another.
        let most = if self.axes.lengths.is_empty() { FEW_WAYS } else { MOST_WAYS };
        let late = ways.split_off(ways.len().min(most));
        ways.extend(late.into_iter().rev().take(most));
        for way in &ways {
            for (events, as_of) in coming.dated(way) {
                self.consider(&events, as_of, &coming.truths);
            }
        }
        if self.found.contains_key(&coming.truths) {
            return;
        }
        for way in &coming.ways {
            for (events, as_of) in coming.otherwise(way) {
                self.consider(&events, as_of, &coming.truths);
                if self.found.contains_key(&coming.truths) {
                    return;
                }
            }
        }
    }

    /// Whether a case that has not started is an unusual example.
    fn expects_start(&self) -> bool {
        let signature = self.plan.trigger(self.id) == Some(&When::Milestone(Milestone::Signature));
        !signature && !self.axes.tests.contains(&PlannedTest::Reached(Milestone::Start))
    }

    /// Runs a history, and takes it for an example where it comes to the situation.
    fn consider(&mut self, events: &[Event], as_of: Date, truths: &[bool]) {
        let Some((seen, billed)) = self.run(events, as_of, truths) else { return };
        let cut: Vec<Event> =
            events.iter().filter(|event| event.date <= seen.date).cloned().collect();
        let plainness = self.plainness(&cut, &seen);
        let known = self.found.get(truths);
        let plainer = known.is_none_or(|(_, known)| plainness < *known);
        let edge = |day: &EdgeDay| {
            known.is_none_or(|(known, _)| known.edges.iter().all(|edge| edge.day != *day))
        };
        if !plainer && !seen.edges.iter().any(edge) {
            return;
        }
        let (events, seen, billed) = self.usual(cut, seen, billed, truths);
        let new = || situation(&seen, billed.clone(), &events, self.terms);
        match self.found.get_mut(truths) {
            Some((known, rank)) => {
                if plainer {
                    let edges = std::mem::take(&mut known.edges);
                    *known = Situation { edges, ..new() };
                    *rank = plainness;
                }
                known.stands(&seen, &events, self.terms);
            }
            None => {
                let mut known = new();
                known.stands(&seen, &events, self.terms);
                self.found.insert(truths.to_vec(), (known, plainness));
            }
        }
    }

    /// The first moment of a history that comes to the situation, and what is billed there.
    fn run(
        &self,
        events: &[Event],
        as_of: Date,
        truths: &[bool],
    ) -> Option<(Seen, Vec<InvoiceLine>)> {
        let first = events.iter().map(|event| event.date).min()?;
        if !self.in_force.holds(first) {
            return None;
        }
        let (seen, evaluation) = watch(self.plan, self.all_axes, events, self.terms, as_of)?;
        let seen = seen.into_iter().find(|s| s.trigger == self.id && s.truths == truths)?;
        let lines = seen.billed.iter().filter_map(|place| evaluation.lines.get(*place));
        let lines = lines.cloned().collect();
        Some((seen, lines))
    }

    /// The same example with what a usual case has, as far as it comes to the same.
    fn usual(
        &self,
        mut events: Vec<Event>,
        mut seen: Seen,
        mut billed: Vec<InvoiceLine>,
        truths: &[bool],
    ) -> (Vec<Event>, Seen, Vec<InvoiceLine>) {
        for addition in &self.additions {
            let Some(more) = addition.to(&events, seen.date) else { continue };
            let Some((again, lines)) = self.run(&more, seen.date, truths) else { continue };
            if again.date == seen.date && again.edges == seen.edges {
                (events, seen, billed) = (more, again, lines);
            }
        }
        (events, seen, billed)
    }

    fn plainness(&self, events: &[Event], seen: &Seen) -> Plainness {
        let starts = |event: &Event| event.kind.may_start();
        let last = events.last();
        // An action may also start or end a case: less plainly.
        let own = match self.plan.trigger(self.id) {
            Some(When::Milestone(milestone @ (Milestone::Start | Milestone::End))) => {
                last.is_some_and(|last| last.kind == EventKind::Milestone(*milestone))
            }
            Some(When::Milestone(_) | When::Subject(_) | When::Calendar(_)) | None => true,
        };
        let day = if self.axes.lengths.is_empty() || seen.edges.contains(&EdgeDay::First) {
            0
        } else if seen.edges.contains(&EdgeDay::Last) {
            1
        } else {
            2
        };
        let round = Date::new(2025, 1, 15).unwrap_or(Date::MIN);
        Plainness {
            unusual: !own || self.expects_start() && !events.iter().any(starts),
            day,
            events: events.len(),
            crowded: events.iter().filter(|event| event.date == seen.date).count() > 1,
            far: events.first().map_or(0, |event| event.date.days_since(round).unsigned_abs()),
        }
    }
}
